//! The one form in which text enters a document: Unicode normalisation form C, every run of white
//! space one U+0020, nothing but words at either end.
//!
//! What white space is, and what is dropped, is decided here and nowhere else. Glyphs are never
//! exchanged: curly quotation marks, dashes, soft hyphens, joiners and bullets stay as the source
//! has them. Where blocks begin and end is decided by the readers.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A byte order mark, or a zero-width no-break space of the old kind: neither is a glyph.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// What has to be done to a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Work {
    Nothing,
    Spaces,
    Everything,
}

/// The text in the form in which documents hold it.
///
/// The result is in normalisation form C. Every run of Unicode white space (no-break spaces, tabs
/// and line ends included) and of control characters is one U+0020; there is none at either end.
/// U+FEFF is dropped. A text that is already so is returned as it came.
pub fn normalise(text: &str) -> Cow<'_, str> {
    match work_on(text) {
        Work::Nothing => Cow::Borrowed(text),
        Work::Spaces => Cow::Owned(single_spaces(text)),
        Work::Everything => {
            let kept = text.chars().filter(|&c| c != BYTE_ORDER_MARK);
            let spaced = kept.map(|c| if is_space(c) { ' ' } else { c });
            Cow::Owned(single_spaces(&spaced.nfc().collect::<String>()))
        }
    }
}

/// Whether forb reads this character as a space: Unicode white space, or a control character.
pub fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn work_on(text: &str) -> Work {
    let bytes = text.as_bytes();
    let is_trimmed = bytes.first() != Some(&b' ') && bytes.last() != Some(&b' ');
    let mut work = if is_trimmed { Work::Nothing } else { Work::Spaces };
    let mut at = plain(bytes);
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if is_space(c) {
            work = Work::Spaces;
        } else if c == BYTE_ORDER_MARK || !is_surely_composed(c) {
            return needs_composing(text);
        }
        at += c.len_utf8();
        at += plain(&bytes[at..]);
    }
    work
}

/// How many bytes at the beginning are printable ASCII without two spaces together.
fn plain(bytes: &[u8]) -> usize {
    const STEP: usize = 16;
    let is_odd = |byte: u8| byte.wrapping_sub(b' ') > b'~' - b' ';
    let mut at = 0;
    // whole steps without a branch, so that the compiler can look at them at once
    while let Some(step) = bytes.get(at..=at + STEP) {
        let odd = step[..STEP].iter().zip(&step[1..]).fold(false, |odd, (&byte, &next)| {
            odd | is_odd(byte) | ((byte == b' ') & (next == b' '))
        });
        if odd {
            break;
        }
        at += STEP;
    }
    let ends = |at: usize| is_odd(bytes[at]) || (at > 0 && bytes[at - 1..=at] == *b"  ");
    (at..bytes.len()).find(|&at| ends(at)).unwrap_or(bytes.len())
}

/// Letters and punctuation that normalisation form C neither changes nor combines with what stands
/// before them: what most texts are written in, not all that could be said.
fn is_surely_composed(c: char) -> bool {
    matches!(c,
        ..'\u{300}' // Latin
        | '\u{400}'..='\u{482}' | '\u{48a}'..='\u{52f}' // Cyrillic
        | '\u{620}'..='\u{64a}' // Arabic
        | '\u{1e00}'..='\u{1eff}' // Latin, as in Vietnamese
        | '\u{2010}'..='\u{205e}' // punctuation
        | '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}') // East Asian
}

/// The slower look, for a text with a character of which the quick one knows nothing.
fn needs_composing(text: &str) -> Work {
    if text.contains(BYTE_ORDER_MARK) || !is_nfc(text) {
        return Work::Everything;
    }
    if has_single_spaces(text) { Work::Nothing } else { Work::Spaces }
}

fn has_single_spaces(text: &str) -> bool {
    let mut after_space = true;
    for c in text.chars() {
        let space = is_space(c);
        if space && (after_space || c != ' ') {
            return false;
        }
        after_space = space;
    }
    !after_space
}

/// A text with single spaces; its other characters are as they should be.
fn single_spaces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let run = at + plain(&text.as_bytes()[at..]);
        let words = text.get(at..run).unwrap_or("");
        let after_space = out.is_empty() || out.ends_with(' ');
        out.push_str(if after_space { words.trim_start_matches(' ') } else { words });
        let Some(c) = text.get(run..).and_then(|rest| rest.chars().next()) else { break };
        if !is_space(c) {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
        at = run + c.len_utf8();
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_normalization::char::canonical_combining_class;
    use unicode_normalization::{IsNormalized, is_nfc_quick};

    use super::*;

    #[test]
    fn text_that_is_normal_is_returned_as_it_came() {
        for text in ["", "one", "one two", "Kazakhstan’s “normal” – é", "Қазақстан халқы", "宗教"]
        {
            assert!(matches!(normalise(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn every_run_of_space_is_one_space() {
        assert_eq!(normalise("Overview:\u{a0} Kazakhstan"), "Overview: Kazakhstan");
        assert_eq!(normalise("Incidents:\u{202f} There\u{2028}were\r\n\tnone"), {
            "Incidents: There were none"
        });
        assert_eq!(normalise("  a  b\u{3000}"), "a b");
        assert_eq!(normalise(" 宗教  自由 "), "宗教 自由");
        assert_eq!(normalise(" \t\n"), "");
    }

    #[test]
    fn control_characters_part_words_and_marks_of_byte_order_do_not() {
        assert_eq!(normalise("a\0b\u{7}\u{85}c"), "a b c");
        assert_eq!(normalise("\u{feff}a\u{feff}b"), "ab");
        assert_eq!(normalise("e\u{feff}\u{301}"), "é");
    }

    #[test]
    fn glyphs_are_kept_and_characters_composed() {
        let glyphs = "crimi\u{ad}nal • ‣ a\u{200d}b\u{200c}c ‘x’ ﬁ";
        assert_eq!(normalise(glyphs), glyphs);
        assert_eq!(normalise("Cafe\u{301}  Tu\u{308}rkiye"), "Café Türkiye");
    }

    #[test]
    fn what_is_surely_composed_is_so_by_the_standard() {
        for c in (0..=0x10_ffff_u32).filter_map(char::from_u32).filter(|&c| is_surely_composed(c)) {
            assert_eq!(is_nfc_quick(std::iter::once(c)), IsNormalized::Yes, "{c:?}");
            assert_eq!(canonical_combining_class(c), 0, "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn the_form_is_reached_at_once(text in any::<String>()) {
            let once = normalise(&text).into_owned();
            prop_assert!(is_nfc(&once));
            prop_assert_eq!(once.is_empty(), !text.chars().any(|c| !is_space(c) && c != '\u{feff}'));
            prop_assert!(once.is_empty() || has_single_spaces(&once));
            prop_assert!(matches!(normalise(&once), Cow::Borrowed(_)), "twice is as once");
        }

        #[test]
        fn marks_and_spaces_in_any_mixture_give_the_form(
            text in "[ea \u{a0}\u{301}\u{323}\u{feff}\u{1100}\u{1161}\u{7}\u{2028}q]{0,20}"
        ) {
            let once = normalise(&text).into_owned();
            prop_assert!(is_nfc(&once));
            prop_assert_eq!(normalise(&once).into_owned(), once.clone());
            // blocks are joined by a line end or a space: neither may combine with what follows
            let joined = format!("{once}\n{once} {once}");
            prop_assert!(is_nfc(&joined));
        }
    }
}
