//! Any bytes as a source file: refused, or read into documents that keep every rule.
#![no_main]

use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    forb_fuzz::opens(&SourceFile::new("fuzz", bytes), Profiles::built_in());
});
