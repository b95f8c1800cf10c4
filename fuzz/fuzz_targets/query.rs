//! Any text as a query, asked of itself; and what is shown of the text around its matches.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::TextRange;
use query::{Context, Highlighter, Parsed, kwic, parse, snippet};

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let Parsed { query, notes } = parse(&text);
    let characters = text.chars().count();
    for note in &notes {
        assert!(!note.to_string().is_empty());
        assert!(note.place().is_none_or(|at| at.start < at.end && at.end <= characters), "{note:?}");
    }
    forb_fuzz::asks(&query, &text);
    forb_fuzz::asks(&query.clone().exact(), &text);

    let marks = Highlighter::new(&query).ranges(&text);
    let all = [TextRange { start: 0, end: text.len() }];
    let shown = snippet(&text, &all, &marks, 200);
    assert!(shown.range.of(&text).is_some(), "{shown:?}");
    for cell in kwic(&text, &marks, Context::Characters(30)) {
        assert!([cell.left, cell.matched, cell.right].iter().all(|part| part.of(&text).is_some()));
    }
});
