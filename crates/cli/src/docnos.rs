//! What passages are called in the files of an evaluation: their own ids, or the names of the records
//! they come from. Of several passages of one record the best is kept.

use std::collections::{HashMap, HashSet};

use clap::ValueEnum;
use indexing::Index;
use model::{DocumentId, DocumentRecord};
use query::SearchResult;
use query::evaluation::retrieval::{Retrieved, docno_of, in_this_order};

/// What a passage is called in a run.
#[derive(ValueEnum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Docno {
    /// Its id.
    #[default]
    Passage,
    /// The record of the data set that it comes from, by the key, id or number that the record has
    /// there; of several passages of a record the best is kept.
    Record,
}

/// The docnos of a library.
pub struct Docnos {
    /// By the document: its name as a docno; empty where passages are called by their own ids.
    records: HashMap<DocumentId, String>,
    sources: HashMap<String, String>,
}

impl Docnos {
    /// The docnos alone, [`Self::source`] knowing nothing: of passages they are told without a look at
    /// the documents.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn names_only(index: &Index, docno: Docno) -> anyhow::Result<Self> {
        let records = match docno {
            Docno::Passage => HashMap::new(),
            Docno::Record => names(&index.documents()?),
        };
        Ok(Self { records, sources: HashMap::new() })
    }

    /// Looks at all documents of a library.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn of(index: &Index, docno: Docno) -> anyhow::Result<Self> {
        let documents = index.documents()?;
        let records: HashMap<DocumentId, String> = match docno {
            Docno::Passage => HashMap::new(),
            Docno::Record => names(&documents),
        };
        let sources = documents.iter().filter_map(|document| {
            let series = document.metadata.series.value.as_ref()?;
            let name = records.get(&document.id).map_or(document.id.as_str(), String::as_str);
            Some((name.to_owned(), series.id.clone()))
        });
        let sources = sources.collect();
        Ok(Self { records, sources })
    }

    /// The series that a docno is of, where it is known.
    pub fn source(&self, docno: &str) -> Option<String> {
        let of_passage = || self.sources.get(docno.split_once('.')?.0);
        self.sources.get(docno).or_else(of_passage).cloned()
    }

    /// The hits as a run holds them: in their order, each docno once. Hits without a score (a search
    /// by nothing but filters) are scored by their order; where another order than that of scores is asked
    /// for, or a hit is lifted, scores are raised to it.
    pub fn retrieved(&self, result: &SearchResult) -> Vec<Retrieved> {
        let mut seen = HashSet::new();
        let hits = result.hits.iter().map(|hit| {
            let passage = &hit.record.passage.passage.id;
            let record = self.records.get(&passage.document);
            let docno = record.cloned().unwrap_or_else(|| passage.to_string());
            Retrieved { docno, score: hit.score.unwrap_or(1.0 / hit.rank as f32) }
        });
        let mut retrieved: Vec<_> = hits.filter(|hit| seen.insert(hit.docno.clone())).collect();
        in_this_order(&mut retrieved);
        retrieved
    }
}

/// The name of each document: its place in the data set, together with the file where two data sets
/// have records of one name; its id where it is no record.
fn names(documents: &[DocumentRecord]) -> HashMap<DocumentId, String> {
    let mut files: HashMap<&str, HashSet<&str>> = HashMap::new();
    for part in documents.iter().filter_map(|document| document.metadata.part_of.as_ref()) {
        files.entry(&part.place).or_default().insert(&part.file_name);
    }
    let name = |document: &DocumentRecord| match &document.metadata.part_of {
        Some(part) if files.get(part.place.as_str()).is_some_and(|files| files.len() > 1) => {
            docno_of(&format!("{}: {}", part.file_name, part.place))
        }
        Some(part) => docno_of(&part.place),
        None => document.id.to_string(),
    };
    documents.iter().map(|document| (document.id.clone(), name(document))).collect()
}
