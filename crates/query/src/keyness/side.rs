//! A side of a library: the documents and passages that filters let through, read in parallel.

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
    /// Reads the passages that filters let through. What is set aside is not among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read(
        index: &Index,
        documents: &[DocumentRecord],
        filters: &Filters,
    ) -> Result<Self, QueryError> {
        let text = |document: &DocumentRecord| -> Result<SideText, QueryError> {
            let records = index.passages_of(&document.id)?.into_iter();
            let of_side = records.filter(|r| r.kind == RecordKind::Passage && filters.allow(r));
            let passages = of_side.map(|r| (r.passage.passage.id, r.passage.passage.text));
            Ok(SideText { country: document.metadata.country.value, passages: passages.collect() })
        };
        let admitted: Vec<&DocumentRecord> =
            documents.iter().filter(|document| filters.admit(*document)).collect();
        let read: Result<Vec<SideText>, QueryError> = admitted.into_par_iter().map(text).collect();
        let mut documents = read?;
        documents.retain(|document| !document.passages.is_empty());
        Ok(Self { documents })
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
