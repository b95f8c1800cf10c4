//! Places in a text. Inside forb every place counts bytes of UTF-8 ([`TextRange`]); at the edges
//! (JSON, selectors) it counts Unicode scalar values ([`CharacterRange`]), which every language can
//! index by. The two are distinct types so that neither is taken for the other.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in a UTF-8 text, its ends on character borders.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct TextRange {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never less than `start` in a range made by [`TextRange::new`].
    pub end: usize,
}

/// A half-open range of Unicode scalar values.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct CharacterRange {
    /// First scalar value.
    pub start: usize,
    /// One past the last scalar value.
    pub end: usize,
}

impl TextRange {
    /// The range from `start` to `end`; empty at `start` where `end` lies before it.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range holds no byte.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The text that stands in this range, or `None` when the range leaves the text or cuts a
    /// character in two.
    pub fn of<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.get(self.start..self.end)
    }

    /// Whether `other` lies wholly inside this range.
    pub fn contains(&self, other: &TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share at least one byte.
    pub fn overlaps(&self, other: &TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same range seen from a text that begins `offset` bytes earlier.
    pub fn shifted(&self, offset: usize) -> TextRange {
        TextRange { start: self.start + offset, end: self.end + offset }
    }

    /// The same place counted in Unicode scalar values of `text`, or `None` when the range does not
    /// lie in `text` on character borders. Costs one pass over the text up to the range's end.
    pub fn in_characters(&self, text: &str) -> Option<CharacterRange> {
        let before = text.get(..self.start)?.chars().count();
        let inside = self.of(text)?.chars().count();
        Some(CharacterRange { start: before, end: before + inside })
    }
}

impl CharacterRange {
    /// The same place counted in bytes of `text`, or `None` when it leaves the text.
    pub fn in_bytes(&self, text: &str) -> Option<TextRange> {
        if self.start > self.end {
            return None;
        }
        let mut borders = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        let start = borders.by_ref().nth(self.start)?;
        let end = match self.end - self.start {
            0 => start,
            further => borders.nth(further - 1)?,
        };
        Some(TextRange { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_and_characters_name_the_same_place(text in "\\PC{0,40}", a in 0usize..50, b in 0usize..50) {
            let characters = CharacterRange { start: a.min(b), end: a.max(b) };
            let total = text.chars().count();
            match characters.in_bytes(&text) {
                Some(bytes) => prop_assert_eq!(bytes.in_characters(&text), Some(characters)),
                None => prop_assert!(characters.end > total),
            }
        }
    }

    #[test]
    fn a_range_that_cuts_a_character_has_no_text() {
        assert_eq!(TextRange::new(0, 1).of("é"), None);
        assert_eq!(TextRange::new(0, 1).in_characters("é"), None);
        assert_eq!(TextRange::new(0, 2).of("é"), Some("é"));
    }

    #[test]
    fn a_reversed_range_is_empty() {
        assert!(TextRange::new(5, 2).is_empty());
        assert_eq!(CharacterRange { start: 3, end: 1 }.in_bytes("abcdef"), None);
    }
}
