//! A passage: the unit of retrieval, a stretch of a document's text with its place.

use serde::{Deserialize, Serialize};

use crate::document::{Document, Role};
use crate::ids::PassageId;
use crate::locator::Locator;
use crate::range::TextRange;

/// A passage. Its text is, to the byte, the text of its document in its range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// Its id, a function of document and position.
    pub id: PassageId,
    /// The role of its first block.
    pub role: Role,
    /// Where it stands in the document's text.
    pub range: TextRange,
    /// The text there.
    pub text: String,
    /// The sentences, as ranges of the passage's own text: ordered, not overlapping, and together
    /// holding everything in it but white space.
    pub sentences: Vec<TextRange>,
    /// Its place in the terms of a citation.
    pub locator: Locator,
}

/// How a passage fails its document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidPassage {
    /// It names another document.
    #[error("passage {0} is not of this document")]
    OtherDocument(PassageId),
    /// The document's text at its range is not its text, or its two ranges name two places.
    #[error("the document does not read so at the place of passage {0}")]
    NotVerbatim(PassageId),
    /// Its sentences overlap, leave it, or leave out some of its text.
    #[error("the sentences of passage {0} do not cover it")]
    Sentences(PassageId),
}

impl Passage {
    /// The text of sentence `number`, from 1.
    pub fn sentence(&self, number: usize) -> Option<&str> {
        self.sentences.get(number.checked_sub(1)?)?.of(&self.text)
    }

    /// Checks every invariant against the document the passage is of. Costs one pass over the
    /// document up to the passage.
    ///
    /// # Errors
    /// The first invariant that does not hold.
    pub fn verify(&self, document: &Document) -> Result<(), InvalidPassage> {
        if self.id.document != *document.id() {
            return Err(InvalidPassage::OtherDocument(self.id.clone()));
        }
        let there = self.range.of(document.text());
        let characters = self.range.in_characters(document.text());
        if there != Some(&self.text) || characters != Some(self.locator.characters) {
            return Err(InvalidPassage::NotVerbatim(self.id.clone()));
        }
        let mut covered = 0;
        for sentence in
            self.sentences.iter().chain([&TextRange::new(self.text.len(), self.text.len())])
        {
            let between = self.text.get(covered..sentence.start);
            if sentence.of(&self.text).is_none() || between.is_none_or(|gap| !gap.trim().is_empty())
            {
                return Err(InvalidPassage::Sentences(self.id.clone()));
            }
            covered = sentence.end;
        }
        Ok(())
    }
}
