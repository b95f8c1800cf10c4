//! Text that is safe to show. Reports are written by others: a control character in one could move
//! the cursor, retitle the window or hide words, and a bidirectional override could make words read
//! in another order than they stand. None reaches a terminal.

use std::borrow::Cow;

/// What stands in the place of a character that is not shown.
const REPLACEMENT: char = '\u{fffd}';

/// The text with every character that could act on a terminal, break a line or reorder the text
/// replaced by U+FFFD, one for one: control characters (C0, DEL, C1, and so every escape sequence),
/// the separators U+2028 and U+2029, and the bidirectional embeddings, overrides and isolates
/// (U+202A–U+202E, U+2066–U+2069). Every other character is left as it is.
pub fn safe(text: &str) -> Cow<'_, str> {
    if text.contains(is_unsafe) {
        Cow::Owned(text.chars().map(|c| if is_unsafe(c) { REPLACEMENT } else { c }).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a character may not be written as it is.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
