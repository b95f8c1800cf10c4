//! Answering a query: from a request to ranked hits, with their records and highlights.

use indexing::{DOCUMENT_NUMBER, Index};
use model::{Field, IndexRecord, IssueId, TextRange};
use tantivy::SegmentReader;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur as EngineOccur, Query as EngineQuery};

use crate::ast::Query;
use crate::error::QueryError;
use crate::filters::{Filters, Restriction};
use crate::function_words::carried;
use crate::highlight::Highlighter;
use crate::matching::bits::Bits;
use crate::matching::plan::{Kinds, Plan, Planner, Supplement};
use crate::matching::score::Scorer;
use crate::matching::vocabulary::Bounded;
use crate::matching::{Evaluator, collection};
use crate::ranking::best::{Best, Ranked, in_order};
use crate::ranking::{Feedback, Ranking, feedback, proximity};

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
#[derive(Clone, Debug, PartialEq)]
pub struct SearchRequest {
    /// What is looked for.
    pub query: Query,
    /// Words to try beside those of the query, at a lower weight.
    pub added: Vec<Added>,
    /// What the search is restricted to.
    pub filters: Filters,
    /// What is searched.
    pub scope: Scope,
    /// How matches are ranked.
    pub ranking: Ranking,
    /// Whether each hit says what its score is made of.
    pub explained: bool,
    /// At most how many hits are wanted.
    pub limit: usize,
    /// How many of the best hits are passed over.
    pub offset: usize,
}

/// A word that was added to a query.
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// As a reader knows it: `apostasy`, `apostat*`, `"leave Islam"`.
    pub written: String,
    /// What is looked for.
    pub words: AddedWords,
    /// What its score is multiplied by, beside 1 for the query's own words.
    pub weight: f32,
    /// Why it was added.
    pub because: Because,
}

/// What an added word looks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AddedWords {
    /// A stem of the index.
    Stem(String),
    /// Words in any of their forms, one after the other.
    Words(String),
    /// Words of a shape; see [`crate::Node::Pattern`].
    Pattern(String),
}

/// Why a word was added to a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Because {
    /// A word of the query belongs to this issue, and so does it.
    Issue(IssueId),
    /// It stands out in the best matches.
    Feedback,
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResult {
    /// How many records match.
    pub total: usize,
    /// How many of them hold what the query itself asks for; the others hold words added to it.
    pub own: usize,
    /// The hits asked for, the best first. Equal scores are in the order of document ids, and within
    /// a document in the order of its text.
    pub hits: Vec<Hit>,
    /// How many documents hold matches that the period alone leaves out, because their own period
    /// is unknown. 0 unless the search is restricted to a period.
    pub unknown_period: usize,
    /// The words that were added to the query.
    pub added: Vec<Added>,
    /// Patterns and fuzzy words that stand for more words than were searched.
    pub bounded: Vec<Bounded>,
}

/// A record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place among all matches, from 1.
    pub rank: usize,
    /// How well it matches; comparable within one answer. `None` where nothing was asked for but what
    /// filters say, so that nothing is better than anything else.
    pub score: Option<f32>,
    /// What the score is made of, in the order of the query; it adds up to it. Empty unless asked for.
    pub parts: Vec<ScorePart>,
    /// The record.
    pub record: IndexRecord,
    /// The words that matched, as ranges of the passage's text: ordered, apart from one another.
    pub highlights: Vec<TextRange>,
    /// The words added to the query that stand in it, as ranges: ordered, apart from one another.
    pub added: Vec<TextRange>,
}

/// What one part of a query earns a hit.
#[derive(Clone, Debug, PartialEq)]
pub struct ScorePart {
    /// What earns it.
    pub what: Earner,
    /// How often it stands in the passage.
    pub count: u32,
    /// What it earns.
    pub score: f32,
}

/// What earns a hit a part of its score.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Earner {
    /// A part of the query, as it is written.
    Own(String),
    /// A word added to the query.
    Added(String),
    /// A word that stands beside the passage: in the headings above ([`Field::Section`]) or in what
    /// says which report it is of ([`Field::About`]).
    Beside(Field, String),
    /// The nearness of the words to one another.
    Nearness,
}

impl SearchRequest {
    /// The ten best passages for a query.
    pub fn new(query: Query) -> Self {
        Self {
            query,
            added: Vec::new(),
            filters: Filters::default(),
            scope: Scope::default(),
            ranking: Ranking::default(),
            explained: false,
            limit: 10,
            offset: 0,
        }
    }
}

/// Answers a request. Without words, the answer is everything that the filters let through, in the
/// order of documents and their text; without either, nothing.
///
/// # Errors
/// When the index cannot be read; no query is wrong.
pub fn search(index: &Index, request: &SearchRequest) -> Result<SearchResult, QueryError> {
    let search = Search::new(index, request);
    let found = search.run().map_err(QueryError::engine("search the index"))?;
    let highlighter = Highlighter::new(&search.query).with_added(&found.added);
    let hits = found.ranked.into_iter().enumerate().map(|(at, (ranked, parts))| {
        let record = index.record(ranked.address)?;
        let text = &record.passage.passage.text;
        let (highlights, added) = (highlighter.ranges(text), highlighter.added(text));
        let score = found.scored.then_some(ranked.score);
        let rank = request.offset + at + 1;
        Ok(Hit { rank, score, parts, highlights, added, record })
    });
    Ok(SearchResult {
        total: found.total,
        own: found.own,
        hits: hits.collect::<Result<Vec<Hit>, QueryError>>()?,
        unknown_period: found.unknown_period,
        added: found.added,
        bounded: found.bounded,
    })
}

/// One search under way.
struct Search<'a> {
    index: &'a Index,
    request: &'a SearchRequest,
    /// The query of the request, without words that carry nothing.
    query: Query,
    kinds: Kinds,
}

/// What a search found, records not yet fetched.
#[derive(Default)]
struct Found {
    total: usize,
    own: usize,
    scored: bool,
    ranked: Vec<(Ranked, Vec<ScorePart>)>,
    unknown_period: usize,
    added: Vec<Added>,
    bounded: Vec<Bounded>,
}

/// The matches of a plan.
struct Matched {
    total: usize,
    own: usize,
    /// The best, in order.
    best: Vec<Ranked>,
    unknown_period: usize,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, request: &'a SearchRequest) -> Self {
        let kinds = Kinds::of(request.scope, &request.filters.captures);
        Self { index, request, query: carried(&request.query), kinds }
    }

    fn run(&self) -> tantivy::Result<Found> {
        let request = self.request;
        if request.query.is_empty() && request.filters.is_empty() {
            return Ok(Found::default());
        }
        let most = request.offset.saturating_add(request.limit);
        let mut added = request.added.clone();
        if let Some(settings) = request.ranking.feedback {
            added.extend(self.suggested(settings)?);
        }
        let plan = self.plan(&added)?;
        let evaluator = self.evaluator(&plan)?;
        let (matched, near) = self.ranked(&plan, &evaluator, most)?;
        let ranked = matched.best.into_iter().zip(near).take(most).skip(request.offset);
        let ranked =
            ranked.map(|(ranked, near)| Ok((ranked, self.parts(&plan, &evaluator, ranked, near)?)));
        Ok(Found {
            total: matched.total,
            own: matched.own,
            scored: plan.leaves.iter().any(|leaf| leaf.factor.is_some()),
            ranked: ranked.collect::<tantivy::Result<_>>()?,
            unknown_period: matched.unknown_period,
            added,
            bounded: plan.bounded,
        })
    }

    fn plan(&self, added: &[Added]) -> tantivy::Result<Plan> {
        let supplements: Vec<Supplement<'_>> = added
            .iter()
            .map(|added| Supplement {
                words: &added.words,
                factor: added.weight,
                written: &added.written,
            })
            .collect();
        Planner::new(self.index, &self.kinds).plan(&self.query.clauses, &supplements)
    }

    fn evaluator<'p>(&'p self, plan: &'p Plan) -> tantivy::Result<Evaluator<'p>> {
        let ranking = &self.request.ranking;
        let scorer = Scorer::new(ranking.bm25, collection(self.index));
        let mut beside = vec![(Field::Section, ranking.heading), (Field::About, ranking.about)];
        beside.retain(|(_, share)| *share > 0.0);
        Evaluator::new(self.index, plan, &self.kinds, scorer, beside)
    }

    /// The matches, the best of them in their final order; and what nearness earns each of these.
    fn ranked(
        &self,
        plan: &Plan,
        evaluator: &Evaluator<'_>,
        most: usize,
    ) -> tantivy::Result<(Matched, Vec<f32>)> {
        let weight = self.request.ranking.proximity;
        let words = match weight > 0.0 {
            true => proximity::near_words(plan, evaluator),
            false => Vec::new(),
        };
        let looked_at = if words.len() < 2 { 0 } else { proximity::WINDOW };
        let mut matched = self.matched(evaluator, most.max(looked_at))?;
        let mut near = vec![0.0; matched.best.len()];
        if looked_at > 0 {
            let fields = self.kinds.fields(self.index.fields(), indexing::Analyser::Stemmed);
            let looked_at = looked_at.min(matched.best.len());
            let best = &matched.best[..looked_at];
            let earned = proximity::earned(self.index, evaluator, &words, &fields, best)?;
            near = reordered(&mut matched.best, earned.iter().map(|earned| earned * weight));
        }
        Ok((matched, near))
    }

    /// Goes through the segments.
    fn matched(&self, evaluator: &Evaluator<'_>, most: usize) -> tantivy::Result<Matched> {
        let fields = self.index.fields();
        let keywords = self.request.filters.by_keyword(fields);
        let period = self.request.filters.by_period(fields);
        let mut best = Best::new(most);
        let (mut total, mut own) = (0, 0);
        let mut without_period = std::collections::HashSet::new();
        for (ordinal, segment) in (0..).zip(self.index.searcher().segment_readers()) {
            let mut matches = evaluator.matches(segment)?;
            evaluator.restrict(segment, &keywords, &mut matches.all)?;
            if !period.is_empty() {
                add_without_period(segment, &matches.all, &mut without_period)?;
                evaluator.restrict(segment, &period, &mut matches.all)?;
            }
            matches.own.keep(&matches.all);
            total += matches.all.count();
            own += matches.own.count();
            for doc in matches.all.iter() {
                best.offer(matches.scores[doc as usize], ordinal, doc);
            }
        }
        let best = in_order(self.index, best.finish(), most)?;
        Ok(Matched { total, own, best, unknown_period: without_period.len() })
    }

    /// The words that the best matches of the query suggest.
    fn suggested(&self, settings: Feedback) -> tantivy::Result<Vec<Added>> {
        let plan = self.plan(&self.request.added)?;
        let own_words = plan.leaves.iter().filter(|leaf| leaf.factor.is_some()).count();
        if own_words == 0 || !plan.root.needs_one() {
            return Ok(Vec::new());
        }
        let evaluator = self.evaluator(&plan)?;
        let (matched, near) = self.ranked(&plan, &evaluator, settings.passages)?;
        let mut best = Vec::with_capacity(settings.passages);
        for (ranked, near) in matched.best.into_iter().zip(near).take(settings.passages) {
            let record = self.index.record(ranked.address);
            let record = record.map_err(|e| tantivy::TantivyError::InternalError(e.to_string()))?;
            let _ = near;
            best.push((record.passage.passage.text, ranked.score));
        }
        let suggested = feedback::suggested(self.index, &best, settings)?;
        // Beside 1 for each of the query's own words.
        let others = (1.0 - settings.own) / settings.own * own_words as f32;
        Ok(suggested
            .into_iter()
            .map(|word| Added {
                written: word.form,
                words: AddedWords::Stem(word.stem),
                weight: others * word.share,
                because: Because::Feedback,
            })
            .collect())
    }

    /// What the score of a match is made of.
    fn parts(
        &self,
        plan: &Plan,
        evaluator: &Evaluator<'_>,
        ranked: Ranked,
        near: f32,
    ) -> tantivy::Result<Vec<ScorePart>> {
        if !self.request.explained {
            return Ok(Vec::new());
        }
        let segment = self.index.searcher().segment_reader(ranked.address.segment_ord);
        let earned = evaluator.earned(segment, ranked.address.doc_id)?;
        let mut parts = Vec::new();
        for (at, (leaf, earned)) in plan.leaves.iter().zip(earned).enumerate() {
            let written = leaf.written.clone();
            let what = if at < plan.own { Earner::Own(written) } else { Earner::Added(written) };
            parts.push(ScorePart { what, count: earned.count, score: earned.by_words });
            parts.extend(earned.beside.into_iter().map(|(field, score)| {
                let what = Earner::Beside(field, leaf.written.clone());
                ScorePart { what, count: 1, score }
            }));
        }
        parts.push(ScorePart { what: Earner::Nearness, count: 1, score: near });
        parts.retain(|part| part.score != 0.0);
        Ok(parts)
    }
}

/// Puts the first of the matches in the order that what they earn more makes; returns what each
/// earns more, in the new order, 0 for the rest.
fn reordered(best: &mut [Ranked], more: impl Iterator<Item = f32>) -> Vec<f32> {
    let mut first: Vec<(Ranked, f32)> = best
        .iter()
        .copied()
        .zip(more)
        .map(|(ranked, more)| (Ranked { score: ranked.score + more, ..ranked }, more))
        .collect();
    // Stable: equal scores stay in the order of documents and places.
    first.sort_by(|(a, _), (b, _)| b.score.total_cmp(&a.score));
    let mut all_more = vec![0.0; best.len()];
    for ((place, all_more), (ranked, more)) in best.iter_mut().zip(&mut all_more).zip(first) {
        (*place, *all_more) = (ranked, more);
    }
    all_more
}

/// Adds the documents of matches whose period is unknown.
fn add_without_period(
    segment: &SegmentReader,
    matches: &Bits,
    documents: &mut std::collections::HashSet<u64>,
) -> tantivy::Result<()> {
    let numbers = segment.fast_fields().u64(DOCUMENT_NUMBER)?;
    let values: Column<i64> = segment.fast_fields().i64(Field::PeriodStart.name())?;
    for doc in matches.iter().filter(|doc| values.first(*doc).is_none()) {
        documents.extend(numbers.first(doc));
    }
    Ok(())
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
