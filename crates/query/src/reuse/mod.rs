//! Text that documents of different publishers, or of different years of one, share word for word or
//! nearly so: found by runs of words that both hold, then compared word by word, with the exact place on
//! either side. Formulas, which stand in reports on many countries, and whatever is no running text are
//! left out and counted. Who took it from whom is not said: both may have it from a third.

mod find;
mod pairs;
mod stretch;
mod words;

use std::sync::Arc;

use indexing::Index;
use model::{DocumentRecord, DocumentSummary, IndexRecord, PassageId, TextRange};

use crate::error::QueryError;
use crate::filters::Filters;
use crate::overview::Tally;

pub use self::pairs::Across;
pub use self::words::least_words;

/// A run of words that stands in reports on so many countries is a formula.
pub const FORMULA_COUNTRIES: usize = 5;

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct ReuseRequest<'a> {
    /// Between which documents.
    pub across: Across,
    /// Which documents are compared. Of a publisher or series that is asked for one of the two must be;
    /// country and period are asked of both.
    pub filters: &'a Filters,
    /// How many words must be the same, at least; see [`least_words`].
    pub fewest: usize,
}

/// Text that documents share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reuse {
    /// What is shared, the most words first.
    pub shared: Vec<Shared>,
    /// What was compared: documents with their passages and words.
    pub compared: Tally,
    /// What was left out.
    pub left_out: LeftOut,
    /// Where the comparison ended before all was compared.
    pub bounded: Option<Bound>,
}

/// What a comparison of texts leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Documents that cannot be told apart: of unknown publisher; across years also of unknown period.
    pub documents: usize,
    /// Passages of the others that are no running text: tables, footnotes.
    pub passages: usize,
    /// Runs of words, shared by documents that were compared, that stand in reports on
    /// [`FORMULA_COUNTRIES`] countries or more.
    pub formulas: usize,
    /// Runs of words that stand in too many passages to say anything.
    pub common: usize,
}

/// Why not all was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Only the first passages were read.
    Passages {
        /// How many.
        read: usize,
        /// Of how many.
        of: usize,
    },
    /// Only so many places where passages meet were looked at, of more.
    Places(usize),
}

/// A stretch of text that stands in two documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// Where it stands in the one whose period, or else publication, is the earlier.
    pub a: Place,
    /// Where it stands in the other.
    pub b: Place,
    /// How many words are the same on both sides, in the same order.
    pub same: usize,
    /// How many words the longer side has.
    pub words: usize,
}

/// A stretch of a passage.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The document.
    pub document: Arc<DocumentSummary>,
    /// The passage.
    pub passage: PassageId,
    /// Where it stands in the passage's text, in bytes.
    pub range: TextRange,
    /// Where it stands in the document's text: first and one past the last Unicode scalar value.
    pub characters: [usize; 2],
    /// The words as they stand.
    pub text: String,
}

impl Shared {
    /// Share of the longer side's words that are the same, from 0.75 to 1.
    pub fn likeness(&self) -> f64 {
        self.same as f64 / self.words.max(1) as f64
    }

    /// Whether no word differs.
    pub fn is_verbatim(&self) -> bool {
        self.same == self.words
    }
}

impl Place {
    /// A stretch of a record's passage; `None` where the range does not lie in it.
    fn of(record: &IndexRecord, range: TextRange) -> Option<Self> {
        let passage = &record.passage.passage;
        let text = range.of(&passage.text)?;
        let within = range.in_characters(&passage.text)?;
        let start = passage.locator.characters.start;
        Some(Self {
            document: record.document.clone(),
            passage: passage.id.clone(),
            range,
            characters: [start + within.start, start + within.end],
            text: text.to_owned(),
        })
    }
}

/// The text that documents of a library share.
///
/// # Errors
/// When the index cannot be read.
pub fn reuse(
    index: &Index,
    documents: &[DocumentRecord],
    request: &ReuseRequest<'_>,
) -> Result<Reuse, QueryError> {
    find::Finding::new(index, documents, request).run()
}
