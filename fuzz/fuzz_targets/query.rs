//! Any text as a query, asked of itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use query::{Parsed, parse};

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let Parsed { query, notes } = parse(&text);
    notes.iter().for_each(|note| assert!(!note.to_string().is_empty()));
    forb_fuzz::asks(&query, &text);
});
