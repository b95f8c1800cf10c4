//! Which documents are an edition of a series, by country, and their passages in reading order.

use std::collections::{BTreeMap, BTreeSet};

use indexing::Index;
use model::{AnnotatedPassage, Country, DocumentRecord, Period, RecordKind};

use crate::error::QueryError;
use crate::filters::Filters;

/// The documents of an edition.
#[derive(Clone, Debug, Default)]
pub struct Edition<'a> {
    /// Those on each country, in order of their ids.
    pub chapters: BTreeMap<Country, Vec<&'a DocumentRecord>>,
    /// How many are on no known country; they are in no chapter.
    pub unknown_country: usize,
}

/// The edition of a period: the documents that the filters let through and whose own period ends in
/// it, so that each document is of one edition only. What the filters say of a period is not looked
/// at, and captures for which another answers are left out.
pub fn edition<'a>(
    documents: &'a [DocumentRecord],
    filters: &Filters,
    period: &Period,
) -> Edition<'a> {
    let mut edition = Edition::default();
    for document in of_source(documents, filters) {
        let ends = document.metadata.period.value.map(|own| own.last_day());
        if !ends.is_some_and(|day| (period.first_day()..=period.last_day()).contains(&day)) {
            continue;
        }
        match document.metadata.country.value {
            Some(country) => edition.chapters.entry(country).or_default().push(document),
            // What chapters left of their report is no chapter of it.
            None if document.chapters.is_empty() => edition.unknown_country += 1,
            None => {}
        }
    }
    edition
}

/// The periods of the documents that the filters let through, whatever they say of a period.
pub fn periods_held(documents: &[DocumentRecord], filters: &Filters) -> BTreeSet<Period> {
    of_source(documents, filters).filter_map(|document| document.metadata.period.value).collect()
}

/// The document of the latest edition that is newer than a document: of the same series, on the same
/// country, its period ending later. Captures for which another answers are left out.
pub fn latest_after<'a>(
    documents: &'a [DocumentRecord],
    document: &DocumentRecord,
) -> Option<&'a DocumentRecord> {
    let series = |of: &DocumentRecord| of.metadata.series.value.as_ref().map(|s| s.id.clone());
    let ends = |of: &DocumentRecord| of.metadata.period.value.map(|period| period.last_day());
    let (own, country) = (series(document)?, document.metadata.country.value);
    let last = ends(document)?;
    let newer = documents.iter().filter(|other| {
        other.answers()
            && series(other).as_ref() == Some(&own)
            && other.metadata.country.value == country
            && ends(other).is_some_and(|day| day > last)
    });
    newer.max_by_key(|other| ends(other))
}

fn of_source<'a>(
    documents: &'a [DocumentRecord],
    filters: &Filters,
) -> impl Iterator<Item = &'a DocumentRecord> {
    documents.iter().filter(|document| {
        document.answers() && filters.admit_source(*document) && filters.admit_country(*document)
    })
}

/// The passages of documents, one document after the other, each in reading order. What is set aside
/// is not among them.
///
/// # Errors
/// When the index cannot be read.
pub fn passages_of(
    index: &Index,
    documents: &[&DocumentRecord],
) -> Result<Vec<AnnotatedPassage>, QueryError> {
    let mut passages = Vec::new();
    for document in documents {
        let records = index.passages_of(&document.id)?.into_iter();
        let of_report = records.filter(|record| record.kind == RecordKind::Passage);
        passages.extend(of_report.map(|record| record.passage));
    }
    Ok(passages)
}
