//! Any text as Markdown: two headings stand before it that make it so.
#![no_main]

use ingestion::SourceFile;
use ingestion::profiles::Profiles;
use ingestion::readers::markdown::{looks_like_markdown, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    // What is told of the whole stands first, where it stands at all.
    let _ = (looks_like_markdown(&text), read(&text));
    let file = format!("# Utopia\n\n## Law\n\n{text}");
    forb_fuzz::reads(&SourceFile::new("fuzz", file.into_bytes()), Profiles::built_in());
});
