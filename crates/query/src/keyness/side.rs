//! The two sides of a library: the documents and passages that filters let through, read in parallel.

use indexing::Index;
use model::{Country, DocumentRecord, PassageId, RecordKind};
use rayon::prelude::*;

use super::SideDocument;
use crate::error::QueryError;
use crate::filters::Filters;

/// The text of a side.
#[derive(Clone, Debug, Default)]
pub struct Side {
    documents: Vec<SideText>,
}

/// The text of one document.
#[derive(Clone, Debug)]
struct SideText {
    country: Option<Country>,
    passages: Vec<(PassageId, String)>,
}

impl Side {
    /// Reads the passages that either filters let through, each document once. What is set aside is
    /// not among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read_both(
        index: &Index,
        documents: &[DocumentRecord],
        filters: [&Filters; 2],
    ) -> Result<[Self; 2], QueryError> {
        let text = |document: &&DocumentRecord| -> Result<[SideText; 2], QueryError> {
            let country = document.metadata.country.value;
            let mut texts = [(); 2].map(|()| SideText { country, passages: Vec::new() });
            let admitted = filters.map(|filters| filters.admit(*document));
            let records = index.passages_of(&document.id)?.into_iter();
            for record in records.filter(|record| record.kind == RecordKind::Passage) {
                let sides = (0..2).filter(|side| admitted[*side] && filters[*side].allow(&record));
                let sides: Vec<usize> = sides.collect();
                let passage = record.passage.passage;
                for side in sides {
                    texts[side].passages.push((passage.id.clone(), passage.text.clone()));
                }
            }
            Ok(texts)
        };
        let admitted: Vec<&DocumentRecord> =
            documents.iter().filter(|of| filters.iter().any(|side| side.admit(*of))).collect();
        let read: Vec<[SideText; 2]> =
            admitted.par_iter().map(text).collect::<Result<_, QueryError>>()?;
        let (mut a, mut b) = (Side::default(), Side::default());
        for [of_a, of_b] in read {
            for (side, text) in [(&mut a, of_a), (&mut b, of_b)] {
                if !text.passages.is_empty() {
                    side.documents.push(text);
                }
            }
        }
        Ok([a, b])
    }

    /// Its documents, as [`super::keyness`] takes them.
    pub fn documents(&self) -> Vec<SideDocument<'_>> {
        self.documents.iter().map(SideText::document).collect()
    }
}

impl SideText {
    fn document(&self) -> SideDocument<'_> {
        let passages = self.passages.iter().map(|(id, text)| (id, text.as_str()));
        SideDocument { country: self.country, passages: passages.collect() }
    }
}
