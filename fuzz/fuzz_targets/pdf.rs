//! A PDF: bytes that begin as one go in as they are; anything else is the pages of a file made
//! around it, so that inputs are spent on pages, fonts and forms.
#![no_main]

use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = match bytes.starts_with(b"%PDF-") {
        true => bytes.to_vec(),
        false => forb_fuzz::paper::pdf(&forb_fuzz::text(bytes)),
    };
    forb_fuzz::reads(&SourceFile::new("fuzz", file), Profiles::built_in());
});
