//! Reads sources from an index: which there are under some filters, how much text of each was
//! searched, and its passages that speak to a topic, the best first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use indexing::Index;
use model::Held as _;
use model::{
    AnnotationKind, Country, Field, HeldDocument, IndexRecord, IssueId, Polarity, TextRange,
};
use rayon::prelude::*;

use super::source::{OnCountry, Source, SourceName, Speaking};
use crate::ast::{Clause, Occur, Query};
use crate::coverage::within;
use crate::error::QueryError;
use crate::filters::{CaptureChoice, Filters};
use crate::function_words::carried;
use crate::search::{SearchRequest, search};

/// At most how many passages of a source are read; how many there are is counted all the same.
pub const MOST_READ: usize = 1_000;

/// What is to be read.
#[derive(Clone, Copy, Debug)]
pub struct SourcesRequest<'a> {
    /// What is looked for; empty where only an issue is asked for.
    pub query: &'a Query,
    /// The issue, which the filters ask for, too.
    pub issue: Option<&'a IssueId>,
    /// What the search is restricted to.
    pub filters: &'a Filters,
}

/// The sources of a library that the filters ask for, in order of their names: also those that hold
/// nothing on the countries and in the time asked for, if they hold anything else.
///
/// # Errors
/// When the index cannot be read.
pub fn sources(
    index: &Index,
    documents: &[HeldDocument],
    request: &SourcesRequest<'_>,
) -> Result<Vec<Source>, QueryError> {
    let filters = request.filters;
    let mut by_source: BTreeMap<SourceName, Vec<&HeldDocument>> = BTreeMap::new();
    for document in documents {
        if filters.captures.admits(document) && filters.admit_source(document) {
            by_source.entry(SourceName::of_held(document)).or_default().push(document);
        }
    }
    // One source alone is all that the filters let through.
    let alone = by_source.len() == 1;
    let read = |(name, of_source): (SourceName, Vec<&HeldDocument>)| {
        source(index, name, &of_source, request, alone)
    };
    by_source.into_par_iter().map(read).collect()
}

fn source(
    index: &Index,
    name: SourceName,
    of_source: &[&HeldDocument],
    request: &SourcesRequest<'_>,
    alone: bool,
) -> Result<Source, QueryError> {
    let filters = request.filters;
    let admitted: Vec<&HeldDocument> =
        of_source.iter().filter(|document| filters.admit(**document)).copied().collect();
    let searched = within(admitted.iter().copied(), filters);
    let mut source = Source { name, searched, ..Source::default() };
    if source.searched.tally.words > 0 {
        let narrowed =
            if alone { filters.clone() } else { narrowed(&source.name, &admitted, filters) };
        let found = found(index, request, narrowed)?;
        (source.total, source.passages) = (found.total, found.passages);
        source.countries = on_countries(&admitted, filters, &found.countries);
    } else {
        source.countries = on_countries(&admitted, filters, &BTreeMap::new());
    }
    Ok(source)
}

/// The filters, narrowed to one source.
fn narrowed(name: &SourceName, admitted: &[&HeldDocument], filters: &Filters) -> Filters {
    let mut filters = filters.clone();
    match (&name.series, &name.publisher) {
        (Some(series), Some(publisher)) => {
            filters.choices.entry(Field::Series).or_default().any = vec![series.id.clone()];
            filters.choices.entry(Field::Publisher).or_default().any = vec![publisher.id.clone()];
        }
        // That something is unknown is nothing a filter can ask for.
        _ => {
            filters.captures = CaptureChoice::Only(admitted.iter().map(|d| d.id.clone()).collect())
        }
    }
    filters
}

struct FoundPassages {
    total: usize,
    passages: Vec<Speaking>,
    countries: BTreeMap<String, usize>,
}

fn found(
    index: &Index,
    request: &SourcesRequest<'_>,
    filters: Filters,
) -> Result<FoundPassages, QueryError> {
    let asked = SearchRequest {
        filters,
        facets: vec![Field::Country],
        limit: MOST_READ,
        ..SearchRequest::new(all_words(request.query))
    };
    let result = search(index, &asked)?;
    let countries = result.facets.into_iter().flat_map(|facet| facet.values).collect();
    let mut passages: Vec<Speaking> = result
        .hits
        .into_iter()
        .map(|hit| {
            let mut words = hit.highlights;
            words.extend(request.issue.iter().flat_map(|issue| evidence(&hit.record, issue)));
            Speaking { words: joined(words), record: hit.record }
        })
        .collect();
    if let (Some(issue), true) = (request.issue, request.query.is_empty()) {
        // Stable: equals stay in the order of documents and their text.
        passages.sort_by_key(|speaking| Reverse(weight(speaking, issue)));
    }
    Ok(FoundPassages { total: result.total, passages, countries })
}

/// The query with every part of it needed: two sources are compared on what all its words say.
pub(super) fn all_words(query: &Query) -> Query {
    let needed = carried(query).clauses.into_iter().map(|clause| match clause.occur {
        Occur::Should => Clause { occur: Occur::Must, ..clause },
        _ => clause,
    });
    Query { clauses: needed.collect() }
}

/// The words of a passage that earned it the label of an issue.
fn evidence(record: &IndexRecord, issue: &IssueId) -> Vec<TextRange> {
    let labels = record.passage.annotations.iter().filter(
        |annotation| matches!(&annotation.kind, AnnotationKind::Issue { issue: of, .. } if of == issue),
    );
    labels.flat_map(|annotation| annotation.evidence.iter().copied()).collect()
}

/// How much a passage says on an issue: something rather than its mere mention, then how often it
/// speaks of it, then what can be checked.
fn weight(speaking: &Speaking, issue: &IssueId) -> (bool, usize, usize) {
    let annotations = &speaking.record.passage.annotations;
    let says = annotations.iter().any(|annotation| match &annotation.kind {
        AnnotationKind::Issue { issue: of, polarity } => {
            of == issue && *polarity != Polarity::Context
        }
        _ => false,
    });
    let checked = annotations.iter().filter(|annotation| {
        matches!(annotation.kind, AnnotationKind::Figure(_) | AnnotationKind::Attribution(_))
    });
    (says, speaking.words.len(), checked.count())
}

/// Ranges in order, those that overlap made one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    let mut joined: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => joined.push(range),
        }
    }
    joined
}

/// What was searched and found on each country, where several were asked for.
fn on_countries(
    admitted: &[&HeldDocument],
    filters: &Filters,
    found: &BTreeMap<String, usize>,
) -> Vec<OnCountry> {
    let asked = &filters.of(Field::Country).any;
    if asked.len() < 2 {
        return Vec::new();
    }
    let countries = asked.iter().filter_map(|code| Country::find(code));
    countries
        .map(|country| {
            let on_it = |document: &&&HeldDocument| document.country() == Some(country);
            let searched = within(admitted.iter().filter(on_it).copied(), filters);
            let passages = found.get(country.code()).copied().unwrap_or(0);
            OnCountry { country, searched, passages }
        })
        .collect()
}
