//! Tests of the whole program, run against the built binary. One file a subject; what they share
//! stands in `harness`. Tests over the real reports skip loudly where the reports are absent.

mod harness;

mod bad_input;
mod commands;
mod crash;
mod digests;
mod docs;
mod layering;
mod long_work;
mod pdf_agreement;
mod real_reports;
