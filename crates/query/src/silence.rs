//! What it means that a search found nothing, or little: what was searched, what of it is not held,
//! and which words of the query stand nowhere, with those spelt nearly like them that do occur.

use std::collections::{BTreeMap, BTreeSet};

use indexing::{Analyser, Index, tokens};
use model::{Country, Field, Held, Period, Series};

use crate::ast::{Node, Query};
use crate::coverage::{Searched, Standing, coverage, within};
use crate::error::QueryError;
use crate::filters::Filters;
use crate::matching::holding;
use crate::matching::vocabulary::words_like;
use crate::overview::Tally;
use crate::wording::{LONGEST_FUZZY, Wording};

/// How many matches are few enough to ask what else there may be.
pub const LITTLE: usize = 3;

/// How many words near a word are named.
const NEAR_WORDS: usize = 5;

/// How many words of a query are looked up.
const MOST_WORDS: usize = 16;

/// What a silence means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Silence {
    /// What was searched.
    pub searched: Searched,
    /// The same by source: the id of the series, of the publisher where that is unknown, `None` where
    /// both are.
    pub by_source: BTreeMap<Option<String>, Tally>,
    /// What was asked for and is not held, as far as the library can know.
    pub missing: Vec<Missing>,
    /// The words of the query that stand in no passage of the library.
    pub absent: Vec<Absent>,
}

/// A report that is not held, or not as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Missing {
    /// Its series; `None` where it is unknown.
    pub series: Option<Series>,
    /// The period; `None` where it is unknown.
    pub period: Option<Period>,
    /// The country.
    pub country: Country,
    /// What there is instead of its text; `None` for nothing.
    pub held: Option<Standing>,
}

/// A word that stands in no passage of the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// As it is written in the query.
    pub word: String,
    /// Words spelt nearly like it, with the number of passages they stand in, the most first.
    pub near: Vec<(String, u64)>,
}

/// What the silence of a search with these filters means. `covers_all` are the series whose editions
/// cover every country, so that what is not held of them is missing.
///
/// # Errors
/// When the index cannot be read.
pub fn silence(
    index: &Index,
    documents: &[impl Held],
    covers_all: &BTreeSet<String>,
    query: &Query,
    filters: &Filters,
) -> Result<Silence, QueryError> {
    let mut by_source: BTreeMap<Option<String>, Tally> = BTreeMap::new();
    for document in documents.iter().filter(|document| filters.admit(*document)) {
        let series = document.series().map(|series| series.id.clone());
        let source = series.or_else(|| document.publisher().map(|publisher| publisher.id.clone()));
        by_source.entry(source).or_default().count(document);
    }
    Ok(Silence {
        searched: within(documents, filters),
        by_source,
        missing: missing(documents, covers_all, filters),
        absent: absent(index, query).map_err(QueryError::engine("look up the words of a query"))?,
    })
}

/// What is missing of the countries and periods asked for; nothing where neither is asked for, for
/// then it would be a list of everything.
fn missing(
    documents: &[impl Held],
    covers_all: &BTreeSet<String>,
    filters: &Filters,
) -> Vec<Missing> {
    if filters.of(Field::Country).any.is_empty() {
        return Vec::new();
    }
    let coverage = coverage(documents, covers_all, filters);
    let mut missing = BTreeSet::new();
    for ((series, period), of_series) in &coverage.held {
        let one = |country: Country, held: Option<Standing>| Missing {
            series: series.clone(),
            period: *period,
            country,
            held,
        };
        missing.extend(of_series.missing.iter().map(|country| one(*country, None)));
        for (country, holding) in &of_series.countries {
            let standing = holding.standing();
            if let (Some(country), false) = (country, standing == Standing::Held) {
                missing.insert(one(*country, Some(standing)));
            }
        }
    }
    missing.into_iter().collect()
}

fn absent(index: &Index, query: &Query) -> tantivy::Result<Vec<Absent>> {
    let mut absent: Vec<Absent> = Vec::new();
    let (stems, forms) = (index.fields().of(Field::Text), index.fields().of(Field::Exact));
    for (node, _) in query.scored() {
        let text = match node {
            Node::Word { text } | Node::Phrase { text } | Node::Near { text, .. } => text,
            Node::Fuzzy { text, .. } => text,
            _ => continue,
        };
        for word in tokens(text, Analyser::Exact) {
            let written = word.range.of(text).unwrap_or(&word.word);
            let known = absent.iter().any(|one| one.word == written);
            if known || absent.len() >= MOST_WORDS || word.word.chars().count() > LONGEST_FUZZY {
                continue;
            }
            let stem: Vec<String> = tokens(written, Analyser::Stemmed).map(|t| t.word).collect();
            let mut passages = holding(index, forms, &word.word)?;
            for stem in &stem {
                passages += holding(index, stems, stem)?;
            }
            if passages == 0 {
                let near = near(index, &word.word)?;
                absent.push(Absent { word: written.to_owned(), near });
            }
        }
    }
    Ok(absent)
}

/// Words spelt nearly like this one: one letter apart, or two where there are none and it is long.
fn near(index: &Index, word: &str) -> tantivy::Result<Vec<(String, u64)>> {
    let field = index.fields().of(Field::Exact);
    let edits = if word.chars().count() > 5 { 2 } else { 1 };
    for edits in 1..=edits {
        let (like, _) = words_like(index, &[field], &Wording::fuzzy(word, edits))?;
        let mut counted = Vec::with_capacity(like.len());
        for like in like {
            let passages = holding(index, field, &like)?;
            counted.extend((passages > 0).then_some((like, passages)));
        }
        // Stable: equals stay in the order of the words.
        counted.sort_by_key(|(_, passages)| std::cmp::Reverse(*passages));
        counted.truncate(NEAR_WORDS);
        if !counted.is_empty() {
            return Ok(counted);
        }
    }
    Ok(Vec::new())
}
