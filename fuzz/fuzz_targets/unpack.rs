//! Any bytes as a container: what is in it is named or handed on, and it comes to an end. Its
//! documents are not read here, so that no time is spent on them.
#![no_main]

use ingestion::SourceFile;
use ingestion::unpack::{Parts, open};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let source = SourceFile::new("fuzz", bytes);
    match open(&source, None) {
        Ok(Parts::One(part)) => assert!(part.part_of.is_some() || part.bytes() == bytes),
        Ok(Parts::Many(many)) => many.for_each(|part| match part {
            Ok(part) => {
                let place = part.part_of.as_ref().map(|part| &part.place);
                assert!(place.is_some_and(|place| part.name() == format!("fuzz: {place}")));
            }
            Err((_, reason)) => assert!(!reason.is_empty()),
        }),
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
});
