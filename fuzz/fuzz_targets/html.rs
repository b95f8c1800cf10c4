//! Any text as the body of an HTML page, so that no input is spent on finding out what HTML is.
#![no_main]

use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = format!("<!DOCTYPE html><html><body>{}", forb_fuzz::text(bytes));
    forb_fuzz::reads(&SourceFile::new("fuzz", page.into_bytes()), Profiles::built_in());
});
