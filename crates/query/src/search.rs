//! Answering a query: from a request to ranked hits, with their records and highlights.

use indexing::Index;
use model::{Field, IndexRecord, TextRange};
use tantivy::query::{BooleanQuery, Occur as EngineOccur, Query as EngineQuery};

use crate::ast::Query;
use crate::engine::{EngineForm, Kinds, lower};
use crate::error::QueryError;
use crate::filters::{Filters, Restriction};
use crate::highlight::Highlighter;
use crate::ranking::{best, count_documents};

/// What is searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scope {
    /// The reports' own text.
    #[default]
    Passages,
    /// That and the blocks set aside: chrome and front matter.
    WithSetAside,
}

/// A question to a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchRequest {
    /// What is looked for.
    pub query: Query,
    /// What the search is restricted to.
    pub filters: Filters,
    /// What is searched.
    pub scope: Scope,
    /// At most how many hits are wanted.
    pub limit: usize,
    /// How many of the best hits are passed over.
    pub offset: usize,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResult {
    /// How many records match.
    pub total: usize,
    /// The hits asked for, the best first. Equal scores are in the order of document ids, and within
    /// a document in the order of its text.
    pub hits: Vec<Hit>,
    /// How many documents hold matches that the period alone leaves out, because their own period
    /// is unknown. 0 unless the search is restricted to a period.
    pub unknown_period: usize,
}

/// A record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches (BM25); comparable within one answer. `None` where nothing was asked for
    /// but what filters say, so that nothing is better than anything else.
    pub score: Option<f32>,
    /// The record.
    pub record: IndexRecord,
    /// The words that matched, as ranges of the passage's text: ordered, apart from one another.
    pub highlights: Vec<TextRange>,
}

impl SearchRequest {
    /// The ten best passages for a query.
    pub fn new(query: Query) -> Self {
        let (filters, scope) = (Filters::default(), Scope::default());
        Self { query, filters, scope, limit: 10, offset: 0 }
    }
}

/// Answers a request. Without words, the answer is everything that the filters let through, in the
/// order of documents and their text; without either, nothing.
///
/// # Errors
/// When the index cannot be read; no query is wrong.
pub fn search(index: &Index, request: &SearchRequest) -> Result<SearchResult, QueryError> {
    let ranked_by_words = !request.query.is_empty();
    if !ranked_by_words && request.filters.is_empty() {
        return Ok(SearchResult { total: 0, hits: Vec::new(), unknown_period: 0 });
    }
    let fields = index.fields();
    let kinds = Kinds::of(request.scope, &request.filters.captures);
    let EngineForm { query, scored } = lower(&request.query, fields, &kinds);
    let mut keywords = request.filters.by_keyword(fields);
    keywords.extend(kinds.restriction(fields).map(|query| (EngineOccur::Must, query)));
    let period = request.filters.by_period(fields);
    let unknown_period = if period.is_empty() {
        0
    } else {
        let in_any_period =
            restricted(query.box_clone(), keywords.iter().map(|(o, k)| (*o, k.box_clone())));
        count_documents(index, in_any_period.as_ref(), Field::PeriodStart.name())
            .map_err(QueryError::engine("count the documents of unknown period"))?
    };
    let query = restricted(query, keywords.into_iter().chain(period));
    let most = request.offset.saturating_add(request.limit);
    let (total, ranked) = best(index, &EngineForm { query, scored }, most)
        .map_err(QueryError::engine("search the index"))?;
    let highlighter = Highlighter::new(&request.query);
    let hits = ranked.into_iter().enumerate().skip(request.offset).map(|(at, ranked)| {
        let record = index.record(ranked.address)?;
        let highlights = highlighter.ranges(&record.passage.passage.text);
        let score = ranked_by_words.then_some(ranked.score);
        Ok(Hit { rank: at + 1, score, record, highlights })
    });
    let hits = hits.collect::<Result<Vec<Hit>, QueryError>>()?;
    Ok(SearchResult { total, hits, unknown_period })
}

pub(crate) fn restricted(
    query: Box<dyn EngineQuery>,
    filters: impl Iterator<Item = Restriction>,
) -> Box<dyn EngineQuery> {
    let filters: Vec<_> = filters.collect();
    if filters.is_empty() {
        return query;
    }
    let clauses = [(EngineOccur::Must, query)].into_iter().chain(filters).collect();
    Box::new(BooleanQuery::new(clauses))
}
