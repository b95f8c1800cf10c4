//! Looking for quoted words in a text as a careful reader would: a straight quotation mark or
//! apostrophe is the same as a curly one, a run of white space the same as any other (a quotation
//! may come wrapped), and composed letters the same as decomposed ones. Nothing else is folded:
//! case, punctuation and spelling must agree. What is found is a place; the words shown are always
//! the source's own.

use model::TextRange;
use unicode_normalization::UnicodeNormalization;

/// A text in comparable form, with the place each of its characters came from.
struct Comparable {
    text: String,
    /// For each character of `text`: where it starts there, and where it starts in the source.
    starts: Vec<(usize, usize)>,
    /// The source's length.
    end: usize,
}

/// Every place of `text` where `quote` stands, overlapping places included. The text is taken to be
/// in normalisation form C, as a document's text is.
pub(crate) fn places(text: &str, quote: &str) -> Vec<TextRange> {
    let wanted = Comparable::of(quote.trim().nfc()).text;
    if wanted.is_empty() {
        return Vec::new();
    }
    let source = Comparable::of(text.chars());
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = source.text.get(from..).and_then(|rest| rest.find(&wanted)) {
        let start = from + at;
        found.push(TextRange::new(source.origin(start), source.origin(start + wanted.len())));
        from = start + source.text[start..].chars().next().map_or(1, char::len_utf8);
    }
    found
}

impl Comparable {
    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut made = Self { text: String::new(), starts: Vec::new(), end: 0 };
        for c in characters {
            let shown = comparable(c);
            // Of a run of white space only the first character is kept.
            if shown != ' ' || !made.text.ends_with(' ') {
                made.starts.push((made.text.len(), made.end));
                made.text.push(shown);
            }
            made.end += c.len_utf8();
        }
        made
    }

    /// The source's byte behind byte `at` of the comparable text.
    fn origin(&self, at: usize) -> usize {
        match self.starts.binary_search_by_key(&at, |&(here, _)| here) {
            Ok(place) => self.starts[place].1,
            Err(_) => self.end,
        }
    }
}

/// The character that stands for all that a reader takes to be the same.
fn comparable(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '‛' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, quote: &str) -> Vec<&'a str> {
        places(text, quote).iter().filter_map(|place| place.of(text)).collect()
    }

    #[test]
    fn straight_marks_find_curly_ones_and_the_source_s_glyphs_come_back() {
        let text = "against “religious extremism” and the state’s “enemies”.";
        assert_eq!(found(text, "\"religious extremism\""), ["“religious extremism”"]);
        assert_eq!(found(text, "the state's"), ["the state’s"]);
        assert_eq!(found("the state's", "state’s"), ["state's"]);
    }

    #[test]
    fn a_wrapped_quotation_is_found() {
        assert_eq!(found("one two\nthree", " two \n  three\n"), ["two\nthree"]);
        assert_eq!(found("caf\u{e9}s", "cafe\u{301}"), ["café"]);
        assert_eq!(found("a b", "a b "), ["a b"]);
    }

    #[test]
    fn every_place_counts_even_where_places_overlap() {
        assert_eq!(places("aaa", "aa").len(), 2);
        assert_eq!(places("ééé", "é").len(), 3);
        assert!(places("text", "").is_empty());
        assert!(places("text", " \n").is_empty());
        assert!(places("", "text").is_empty());
    }

    #[test]
    fn words_changed_are_words_not_found() {
        assert!(places("laws were applied broadly", "laws applied broadly").is_empty());
        assert!(places("Laws were applied", "laws were").is_empty());
        assert!(places("12–14", "12-14").is_empty());
    }
}
