//! A citation: a quotation, the document it stands in and its place there. Making one checks that
//! the three belong together; checking it against the document's text proves it.

use model::{CharacterRange, DocumentSummary, IndexRecord, Locator, Passage, PassageId, TextRange};

use crate::attribution::{locator_line, source_line};
use crate::error::{CitationError, shortened};
use crate::quotation::{Quotation, find_place, find_wording};
use crate::wording::Found;

/// A quotation with its source.
///
/// Invariant, checked when it is made: the quotation stands verbatim at the locator, in a passage of
/// this very document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    quotation: Quotation,
    document: DocumentSummary,
    passage: PassageId,
    locator: Locator,
}

impl Citation {
    /// The citation of a byte range of a record's passage.
    ///
    /// # Errors
    /// When the range is no text of the passage, or the record contradicts itself.
    pub fn new(record: &IndexRecord, range: TextRange) -> Result<Self, CitationError> {
        let passage = &record.passage.passage;
        if passage.id.document != record.document.id {
            let (passage, document) = (passage.id.clone(), record.document.id.clone());
            return Err(CitationError::OtherDocument { passage, document });
        }
        let quotation = Quotation::of_range(passage, range)?;
        let locator = narrowed(passage, range, quotation.range());
        let (document, passage) = (DocumentSummary::clone(&record.document), passage.id.clone());
        Ok(Self { quotation, document, passage, locator })
    }

    /// The citation of a whole passage.
    ///
    /// # Errors
    /// As [`Citation::new`].
    pub fn of_passage(record: &IndexRecord) -> Result<Self, CitationError> {
        Self::new(record, TextRange::new(0, record.passage.passage.text.len()))
    }

    /// The citation of words that stand at one place of a record's passage.
    ///
    /// # Errors
    /// As [`Quotation::find`] and [`Citation::new`].
    pub fn of_words(record: &IndexRecord, quote: &str) -> Result<Self, CitationError> {
        Self::new(record, find_place(&record.passage.passage, quote)?)
    }

    /// The citation of a quotation as its writer marked it, with ellipses and square brackets, and
    /// how it departs from the passage. What is cited is the stretch from its first word to its last.
    ///
    /// # Errors
    /// As [`Quotation::find`] and [`Citation::new`].
    pub fn of_wording(record: &IndexRecord, quote: &str) -> Result<(Self, Found), CitationError> {
        let found = find_wording(&record.passage.passage, quote)?;
        Ok((Self::new(record, found.range)?, found))
    }

    /// The words quoted.
    pub fn quotation(&self) -> &Quotation {
        &self.quotation
    }

    /// The document they stand in.
    pub fn document(&self) -> &DocumentSummary {
        &self.document
    }

    /// The passage they were taken from.
    pub fn passage(&self) -> &PassageId {
        &self.passage
    }

    /// The place of the words themselves: the passage's place, narrowed to the paragraphs that the
    /// words touch.
    pub fn locator(&self) -> &Locator {
        &self.locator
    }

    /// Checks the citation against the document's text.
    ///
    /// # Errors
    /// When the document does not read so at the place.
    pub fn verify(&self, document_text: &str) -> Result<(), CitationError> {
        if self.quotation.stands_in(document_text) {
            return Ok(());
        }
        let CharacterRange { start, end } = self.quotation.range();
        let quote = shortened(self.quotation.exact());
        Err(CitationError::NotVerbatim { document: self.document.id.clone(), quote, start, end })
    }

    /// Source and place in one plain line.
    pub fn line(&self) -> String {
        format!("{}, {}", source_line(&self.document), locator_line(&self.locator))
    }
}

/// The passage's locator, narrowed to the words quoted.
///
/// A passage of several paragraphs holds one line for each, so the lines before the words count the
/// paragraphs before them. Where lines and paragraphs do not tally (a footnote stands between them)
/// the passage's own numbers stay. The printed number and the page are those of the passage's first
/// paragraph: they are left out where the words begin in a later one.
fn narrowed(passage: &Passage, range: TextRange, characters: CharacterRange) -> Locator {
    let mut locator = Locator { characters, ..passage.locator.clone() };
    let (Some(first), Some(last)) = (locator.paragraph, locator.last_paragraph) else {
        return locator;
    };
    let lines = |text: Option<&str>| {
        let borders = text.unwrap_or("").bytes().filter(|&byte| byte == b'\n').count();
        u32::try_from(borders).unwrap_or(u32::MAX)
    };
    if last.checked_sub(first) != Some(lines(Some(&passage.text))) {
        return locator;
    }
    let begin = first + lines(passage.text.get(..range.start));
    let end = begin + lines(range.of(&passage.text));
    locator.paragraph = Some(begin);
    locator.last_paragraph = (end > begin).then_some(end);
    if begin > first {
        locator.paragraph_label = None;
        locator.page = None;
    }
    locator
}
