//! Why a citation could not be made, or does not hold. The words are for people; what they should do
//! next stands in each.

use model::{DocumentId, PassageId};

/// Why a citation could not be made, or does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CitationError {
    /// There is nothing between the two ends asked for.
    #[error("nothing is quoted from passage {0}: ask for at least one character")]
    Empty(PassageId),
    /// The range leaves the passage or cuts a character in two.
    #[error(
        "bytes {start} to {end} are no text of passage {passage}: ask for a range inside it, on character borders"
    )]
    Outside {
        /// The passage quoted.
        passage: PassageId,
        /// First byte asked for.
        start: usize,
        /// One past the last byte asked for.
        end: usize,
    },
    /// The quoted words do not stand in the passage.
    #[error(
        "“{quote}” does not stand in passage {passage}: quote its words as `forb show {passage}` prints them"
    )]
    NotFound {
        /// The passage searched.
        passage: PassageId,
        /// The beginning of what was looked for.
        quote: String,
    },
    /// The quoted words stand in the passage more than once.
    #[error(
        "“{quote}” stands at {places} places in passage {passage}: quote more words, so that only one is meant"
    )]
    Ambiguous {
        /// The passage searched.
        passage: PassageId,
        /// The beginning of what was looked for.
        quote: String,
        /// How often it stands there, overlapping places counted.
        places: usize,
    },
    /// The passage's text does not have the length of the place it claims.
    #[error(
        "passage {0} does not fit its own place in the document: rebuild the index with `forb index`"
    )]
    Unsound(PassageId),
    /// The passage is of another document than the one it would be attributed to.
    #[error("passage {passage} is not of document {document}: rebuild the index with `forb index`")]
    OtherDocument {
        /// The passage quoted.
        passage: PassageId,
        /// The document it came with.
        document: DocumentId,
    },
    /// The document does not read so at the quotation's place.
    #[error(
        "document {document} does not read “{quote}” at characters {start} to {end}: search for the words again, the text may have changed"
    )]
    NotVerbatim {
        /// The document checked.
        document: DocumentId,
        /// The beginning of the quotation.
        quote: String,
        /// First scalar value.
        start: usize,
        /// One past the last scalar value.
        end: usize,
    },
}

/// Enough of a text to recognise it by.
pub(crate) fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(60).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}
