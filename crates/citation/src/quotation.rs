//! A quotation: exact words, the words around them, and the place they stand at. The selectors of
//! the W3C Web Annotation model (text quote and text position) can be read off it; writing them out
//! belongs to the exports.

use model::{CharacterRange, Passage, TextRange};

use crate::error::{CitationError, shortened};
use crate::find::places;
use crate::wording::{Found, find_quote};

/// How many scalar values of its surroundings a quotation carries on either side.
const SURROUNDINGS: usize = 32;

/// Words quoted from a document.
///
/// Invariants, checked when it is made from a passage: the words are not none; they stand verbatim
/// in the passage, directly between `prefix` and `suffix`; and the range is their place in the
/// document as far as the passage's own place is right, which [`Quotation::stands_in`] checks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    exact: String,
    prefix: String,
    suffix: String,
    range: CharacterRange,
}

impl Quotation {
    /// The words at a byte range of a passage's text.
    ///
    /// # Errors
    /// When the range is empty, leaves the passage or cuts a character, or when the passage does
    /// not fit its own place.
    pub fn of_range(passage: &Passage, range: TextRange) -> Result<Self, CitationError> {
        check_place(passage)?;
        let TextRange { start, end } = range;
        let outside = || CitationError::Outside { passage: passage.id.clone(), start, end };
        let exact = range.of(&passage.text).ok_or_else(outside)?;
        if exact.is_empty() {
            return Err(CitationError::Empty(passage.id.clone()));
        }
        let inside = range.in_characters(&passage.text).ok_or_else(outside)?;
        let offset = passage.locator.characters.start;
        Ok(Self {
            exact: exact.to_owned(),
            prefix: last_characters(&passage.text[..start]).to_owned(),
            suffix: first_characters(&passage.text[end..]).to_owned(),
            range: CharacterRange { start: offset + inside.start, end: offset + inside.end },
        })
    }

    /// The one place of a passage where `quote` stands. Straight quotation marks and apostrophes
    /// match curly ones, any white space matches any other; the words returned are the passage's.
    ///
    /// # Errors
    /// When the words stand nowhere in the passage or at more than one place, or when the passage
    /// does not fit its own place.
    pub fn find(passage: &Passage, quote: &str) -> Result<Self, CitationError> {
        Self::of_range(passage, find_place(passage, quote)?)
    }

    /// The words, as the source prints them.
    pub fn exact(&self) -> &str {
        &self.exact
    }

    /// The words directly before, up to 32 scalar values of the same passage.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The words directly after, up to 32 scalar values of the same passage.
    pub fn suffix(&self) -> &str {
        &self.suffix
    }

    /// Their place in the document's text, in Unicode scalar values.
    pub fn range(&self) -> CharacterRange {
        self.range
    }

    /// Whether a document's text reads so at this place, surroundings included.
    pub fn stands_in(&self, document_text: &str) -> bool {
        let Some(TextRange { start, end }) = self.range.in_bytes(document_text) else {
            return false;
        };
        let (before, after) = (document_text.get(..start), document_text.get(end..));
        document_text.get(start..end) == Some(self.exact.as_str())
            && before.is_some_and(|text| text.ends_with(&self.prefix))
            && after.is_some_and(|text| text.starts_with(&self.suffix))
    }
}

/// The one place of a passage where a quotation as its writer marked it stands: with ellipses,
/// brackets and the customs of editors.
pub(crate) fn find_wording(passage: &Passage, quote: &str) -> Result<Found, CitationError> {
    let (id, wanted) = (passage.id.clone(), shortened(quote.trim()));
    let mut found = find_quote(&passage.text, quote);
    match (found.pop(), found.len()) {
        _ if quote.trim().is_empty() => Err(CitationError::Empty(id)),
        (None, _) => Err(CitationError::NotFound { passage: id, quote: wanted }),
        (Some(only), 0) => Ok(only),
        (_, more) => Err(CitationError::Ambiguous { passage: id, quote: wanted, places: more + 1 }),
    }
}

/// The one place of a passage where `quote` stands, in bytes of the passage's text.
pub(crate) fn find_place(passage: &Passage, quote: &str) -> Result<TextRange, CitationError> {
    let (id, wanted) = (passage.id.clone(), shortened(quote.trim()));
    match places(&passage.text, quote).as_slice() {
        _ if quote.trim().is_empty() => Err(CitationError::Empty(id)),
        [] => Err(CitationError::NotFound { passage: id, quote: wanted }),
        [place] => Ok(*place),
        many => Err(CitationError::Ambiguous { passage: id, quote: wanted, places: many.len() }),
    }
}

/// A passage fits its place when its two ranges are as long as its text.
fn check_place(passage: &Passage) -> Result<(), CitationError> {
    let CharacterRange { start, end } = passage.locator.characters;
    let characters = passage.text.chars().count();
    let fits = start.checked_add(characters) == Some(end)
        && passage.range.start.checked_add(passage.text.len()) == Some(passage.range.end);
    if fits { Ok(()) } else { Err(CitationError::Unsound(passage.id.clone())) }
}

fn first_characters(text: &str) -> &str {
    let end = text.char_indices().nth(SURROUNDINGS).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last_characters(text: &str) -> &str {
    let start = text.char_indices().nth_back(SURROUNDINGS - 1).map_or(0, |(at, _)| at);
    &text[start..]
}
