//! Looking for quoted words in a text as a careful reader would: a straight quotation mark or
//! apostrophe is the same as a curly one, one dash or hyphen the same as another with or without
//! space around it, a run of white space the same as any other (a quotation may come wrapped),
//! composed letters and ligatures the same as decomposed ones, and soft hyphens are not there.
//! Nothing else is folded: case, punctuation and spelling must agree. What is found is a place; the
//! words shown are always the source's own.

use model::TextRange;
use unicode_normalization::UnicodeNormalization;

/// A text in comparable form, with the place each of its characters came from.
pub(crate) struct Comparable {
    pub text: String,
    /// For each character of `text`: where it starts there, and its first byte and one past its last
    /// byte in the source.
    places: Vec<(usize, usize, usize)>,
}

/// Every place of `text` where `quote` stands, overlapping places included. The text is taken to be
/// in normalisation form C, as a document's text is.
pub(crate) fn places(text: &str, quote: &str) -> Vec<TextRange> {
    let wanted = Comparable::of_quote(quote.trim()).text;
    let source = Comparable::of_text(text);
    occurrences(&source.text, &wanted)
        .map(|start| source.origin(TextRange::new(start, start + wanted.len())))
        .collect()
}

/// Every byte at which `wanted` begins in `text`, overlapping places included; none for no words.
pub(crate) fn occurrences<'a>(text: &'a str, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut from = if wanted.is_empty() { text.len() + 1 } else { 0 };
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(wanted)?;
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        Some(start)
    })
}

impl Comparable {
    /// A text that is in normalisation form C already.
    pub(crate) fn of_text(text: &str) -> Self {
        Self::of(text.chars())
    }

    /// Words from elsewhere; their places are those of their normalisation form C.
    pub(crate) fn of_quote(quote: &str) -> Self {
        Self::of(quote.nfc())
    }

    fn of(characters: impl Iterator<Item = char>) -> Self {
        let mut made = Self { text: String::new(), places: Vec::new() };
        let mut at = 0;
        for c in characters {
            let end = at + c.len_utf8();
            match ligature(c) {
                Some(letters) => letters.chars().for_each(|c| made.push(c, at, end)),
                None => made.push(c, at, end),
            }
            at = end;
        }
        made
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        let Some(shown) = comparable(c) else { return };
        let before = self.text.chars().next_back();
        match (before, shown) {
            // Of a run of white space or dashes only the first is kept; none around a dash.
            (Some(' ' | '-'), ' ') | (Some('-'), '-') => return,
            (Some(' '), '-') => {
                self.text.pop();
                self.places.pop();
            }
            _ => {}
        }
        self.places.push((self.text.len(), start, end));
        self.text.push(shown);
    }

    /// The source's bytes behind a range of the comparable text that is not empty.
    pub(crate) fn origin(&self, range: TextRange) -> TextRange {
        let place = |at: usize| self.places.partition_point(|&(here, ..)| here < at);
        let first = self.places.get(place(range.start));
        let last = place(range.end).checked_sub(1).and_then(|last| self.places.get(last));
        match (first, last) {
            (Some(&(_, start, _)), Some(&(_, _, end))) => TextRange::new(start, end),
            _ => TextRange::default(),
        }
    }
}

/// The character that stands for all that a reader takes to be the same; `None` for one that a reader
/// does not see.
pub(crate) fn comparable(c: char) -> Option<char> {
    Some(match c {
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => return None,
        '‘' | '’' | '‚' | '‛' | 'ʼ' | '\'' | '‹' | '›' => '"',
        '“' | '”' | '„' | '‟' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '…' => '…',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

fn ligature(c: char) -> Option<&'static str> {
    Some(match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
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
        assert!(places("12,14", "12-14").is_empty());
    }

    #[test]
    fn dashes_soft_hyphens_and_ligatures_are_no_difference() {
        assert_eq!(found("paras 12–14 of it", "12-14"), ["12–14"]);
        assert_eq!(
            found("the law — as read — says", "law--as read - says"),
            ["law — as read — says"]
        );
        assert_eq!(found("reli\u{ad}gion", "religion"), ["reli\u{ad}gion"]);
        assert_eq!(found("ofﬁcial", "official"), ["ofﬁcial"]);
        assert!(places("antireligious", "anti-religious").is_empty());
    }
}
