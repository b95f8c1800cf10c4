//! Tests of the whole program, run against the built binary. One file a subject; what they share
//! stands in `harness`. Tests over the real reports skip loudly where the reports are absent.

mod hard_drafts;
mod harness;
mod hostile_reports;

mod again;
mod alignment;
mod bad_input;
mod bad_input_table;
mod balance;
mod blocks;
mod captures;
mod care;
mod changes;
mod citing;
mod citing_more;
mod coding;
mod commands;
mod compare;
mod containers;
mod crash;
mod cross_table;
mod digests;
mod docs;
mod evaluation;
mod fetch;
mod keyness;
mod labels;
mod layering;
mod long_work;
mod pairs;
mod pdf_agreement;
mod pdf_files;
mod planted;
mod published_rules;
mod query_language;
mod quotations;
mod ranking;
mod real_reports;
mod recorded;
mod reuse;
mod round_trip;
mod searching;
mod settle;
mod several_countries;
mod tags;
