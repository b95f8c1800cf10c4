//! Answering a query: from a request to ranked hits, with their records and highlights.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexing::{DOCUMENT_NUMBER, Index};
use model::{DocumentSummary, Field, IndexRecord, IssueId, PassageId, TextRange};
use rayon::prelude::*;
use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur as EngineOccur, Query as EngineQuery};
use tantivy::{DocAddress, SegmentReader};

use crate::ast::Query;
use crate::error::QueryError;
use crate::facets::{Counter, Facet};
use crate::filters::{Filters, Restriction};
use crate::function_words::carried;
use crate::highlight::Highlighter;
use crate::listing::balance::{HEAD, OneVoice, SAID_OTHERWISE, lifted};
use crate::listing::candidates::{Candidates, Gathered};
use crate::listing::walk::{Candidate, Entry, walk};
use crate::listing::{Listing, Sort, Unit};
use crate::matching::bits::Bits;
use crate::matching::plan::{Kinds, Plan, Planner, Supplement};
use crate::matching::score::Scorer;
use crate::matching::vocabulary::Bounded;
use crate::matching::{Evaluator, InSegment, collection};
use crate::ranking::best::{Best, Ranked};
use crate::ranking::{Balance, Feedback, Ranking, feedback, proximity};

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
    /// How a list is made of the matches.
    pub listing: Listing,
    /// The fields by whose values all matches are counted; see [`Field::is_counted`].
    pub facets: Vec<Field>,
    /// At most how many hits are wanted.
    pub limit: usize,
    /// How many hits at the head of the list are passed over.
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
    /// The parts of the query, as they are printed, that a passage with it says in other words.
    pub instead_of: Vec<String>,
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
    /// How many documents hold matches; known where documents are listed.
    pub documents: Option<usize>,
    /// The hits asked for, in the order of [`Listing::sort`].
    pub hits: Vec<Hit>,
    /// The matches counted by the values of the fields asked for, in the order they were asked.
    pub facets: Vec<Facet>,
    /// How many matches lack what the list is ordered by and stand at its end. Where only so many of a
    /// source, or documents, are listed, matches that are not listed are counted, too.
    pub unsorted: usize,
    /// How many matches are left out for being, or being nearly the same as, [`Listing::unlike`]; they
    /// are counted in the total.
    pub left_out: usize,
    /// How many documents hold matches that the period alone leaves out, because their own period
    /// is unknown. 0 unless the search is restricted to a period.
    pub unknown_period: usize,
    /// The words that were added to the query.
    pub added: Vec<Added>,
    /// The source that most of the best matches are of, where others were lifted for it.
    pub voice: Option<OneVoice>,
    /// Patterns and fuzzy words that stand for more words than were searched.
    pub bounded: Vec<Bounded>,
}

/// A record that matches.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its place in the list, from 1.
    pub rank: usize,
    /// How well it matches; comparable within one answer. `None` where nothing was asked for but what
    /// filters say, so that nothing is better than anything else.
    pub score: Option<f32>,
    /// What the score is made of, in the order of the query; it adds up to it. Empty unless asked for.
    pub parts: Vec<ScorePart>,
    /// Whether it stands higher than by its score, so that not one source alone is heard: it is of
    /// another than [`SearchResult::voice`] and says each word of the query otherwise.
    pub lifted: bool,
    /// The record.
    pub record: IndexRecord,
    /// The words that matched, as ranges of the passage's text: ordered, apart from one another.
    pub highlights: Vec<TextRange>,
    /// The words added to the query that stand in it, as ranges: ordered, apart from one another.
    pub added: Vec<TextRange>,
    /// The matches further down that are nearly the same and are not listed themselves, in order.
    pub folded: Vec<Folded>,
    /// How many matches its document holds, where documents are listed.
    pub in_document: Option<usize>,
}

/// A match that stands under another because it is nearly the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Folded {
    /// Its id.
    pub passage: PassageId,
    /// The document it stands in.
    pub document: DocumentSummary,
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
            listing: Listing::default(),
            facets: Vec::new(),
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
    let search = Search::new(index, request)?;
    let found = search.run().map_err(QueryError::engine("search the index"))?;
    let highlighter = Highlighter::new(&search.query).with_added(&found.added);
    let hits = found.entries.into_iter().enumerate().map(|(at, (entry, parts))| {
        let record = index.record(entry.candidate.ranked.address)?;
        let text = &record.passage.passage.text;
        let (highlights, added) = (highlighter.ranges(text), highlighter.added(text));
        let score = found.scored.then_some(entry.candidate.ranked.score);
        let rank = request.offset + at + 1;
        let folded = entry.folded.iter().map(|address| {
            let IndexRecord { document, passage, .. } = index.record(*address)?;
            Ok(Folded { passage: passage.passage.id, document: Arc::unwrap_or_clone(document) })
        });
        let folded = folded.collect::<Result<Vec<Folded>, QueryError>>()?;
        let in_document = found.sizes.get(&entry.candidate.group).copied();
        let lifted = entry.lifted;
        Ok(Hit { rank, score, parts, lifted, highlights, added, folded, in_document, record })
    });
    Ok(SearchResult {
        total: found.total,
        own: found.own,
        documents: found.documents,
        hits: hits.collect::<Result<Vec<Hit>, QueryError>>()?,
        facets: found.facets,
        unsorted: found.unsorted,
        left_out: found.left_out,
        unknown_period: found.unknown_period,
        added: found.added,
        voice: found.voice,
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
    /// Where the passage stands that is to be left out.
    unlike: Option<DocAddress>,
}

/// What a search found, records not yet fetched.
#[derive(Default)]
struct Found {
    total: usize,
    own: usize,
    documents: Option<usize>,
    scored: bool,
    entries: Vec<(Entry, Vec<ScorePart>)>,
    facets: Vec<Facet>,
    unsorted: usize,
    left_out: usize,
    /// How many matches each document holds, where documents are listed.
    sizes: HashMap<u64, usize>,
    unknown_period: usize,
    added: Vec<Added>,
    voice: Option<OneVoice>,
    bounded: Vec<Bounded>,
}

/// The matches of a plan.
struct Matched {
    total: usize,
    own: usize,
    /// Those that may come into the list, in order.
    candidates: Vec<Candidate>,
    /// The best of those that say it in other words, where they are asked for.
    otherwise: Best,
    sizes: HashMap<u64, usize>,
    facets: Vec<Facet>,
    unsorted: usize,
    unknown_period: usize,
}

/// What matches are wanted for.
struct Wanted<'w> {
    listing: &'w Listing,
    facets: &'w [Field],
    /// How many places of the list.
    most: usize,
    /// Whether its sources are to be balanced.
    balance: Balance,
}

impl<'a> Search<'a> {
    fn new(index: &'a Index, request: &'a SearchRequest) -> Result<Self, QueryError> {
        let kinds = Kinds::of(request.scope, &request.filters.captures);
        let unlike = match &request.listing.unlike {
            Some(id) => index.passage_address(id)?,
            None => None,
        };
        Ok(Self { index, request, query: carried(&request.query), kinds, unlike })
    }

    fn run(&self) -> tantivy::Result<Found> {
        let SearchRequest { listing, facets, offset, limit, .. } = self.request;
        if self.request.query.is_empty() && self.request.filters.is_empty() {
            return Ok(Found::default());
        }
        let most = offset.saturating_add(*limit);
        let mut added = self.request.added.clone();
        if let Some(settings) = self.request.ranking.feedback {
            added.extend(self.suggested(settings)?);
        }
        let plan = self.plan(&added)?;
        let evaluator = self.evaluator(&plan)?;
        let balance = self.balance();
        let wanted = Wanted { listing, facets, most, balance };
        let matched = self.matched(&plan, &evaluator, &wanted)?;
        let lifted = lifted(self.index, &matched.candidates, matched.otherwise)?;
        let (entries, left_out) =
            walk(self.index, &matched.candidates, &lifted.candidates, listing, self.unlike, most)?;
        let entries = entries.into_iter().skip(*offset).map(|entry| {
            let parts = self.parts(&plan, &evaluator, &entry.candidate)?;
            Ok((entry, parts))
        });
        let of_documents = listing.unit == Unit::Documents;
        Ok(Found {
            total: matched.total,
            own: matched.own,
            documents: of_documents.then_some(matched.sizes.len()),
            scored: plan.leaves.iter().any(|leaf| leaf.factor.is_some()),
            entries: entries.collect::<tantivy::Result<_>>()?,
            facets: matched.facets,
            unsorted: matched.unsorted,
            left_out,
            sizes: if of_documents { matched.sizes } else { HashMap::new() },
            unknown_period: matched.unknown_period,
            added,
            voice: lifted.voice,
            bounded: plan.bounded,
        })
    }

    /// A list that has an order of its own, or a quota for each source, is not balanced.
    fn balance(&self) -> Balance {
        let Listing { unit, sort, per_source, .. } = &self.request.listing;
        match (unit, sort, per_source) {
            (Unit::Passages, Sort::Relevance, None) => self.request.ranking.balance,
            _ => Balance::ByScore,
        }
    }

    fn plan(&self, added: &[Added]) -> tantivy::Result<Plan> {
        let supplements: Vec<Supplement<'_>> = added
            .iter()
            .map(|added| Supplement {
                words: &added.words,
                factor: added.weight,
                written: &added.written,
                instead_of: &added.instead_of,
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

    /// The matches, those that may come into the list in their final order.
    fn matched(
        &self,
        plan: &Plan,
        evaluator: &Evaluator<'_>,
        wanted: &Wanted<'_>,
    ) -> tantivy::Result<Matched> {
        let weight = self.request.ranking.proximity;
        let words = match weight > 0.0 && wanted.listing.sort == Sort::Relevance {
            true => proximity::near_words(plan, evaluator),
            false => Vec::new(),
        };
        let looked_at = if words.len() < 2 { 0 } else { proximity::WINDOW };
        let kept = if wanted.balance == Balance::OfSources { HEAD } else { 0 };
        let mut matched = self.in_segments(evaluator, wanted, looked_at.max(kept))?;
        let looked_at = looked_at.min(matched.candidates.len());
        if looked_at > 0 {
            let fields = self.kinds.fields(self.index.fields(), indexing::Analyser::Stemmed);
            let best = &mut matched.candidates[..looked_at];
            let ranked: Vec<Ranked> = best.iter().map(|candidate| candidate.ranked).collect();
            let earned = proximity::earned(self.index, evaluator, &words, &fields, &ranked)?;
            for (candidate, earned) in best.iter_mut().zip(earned) {
                candidate.near = earned * weight;
                candidate.ranked.score += candidate.near;
            }
            // Stable: equal scores stay in the order of documents and places.
            best.sort_by(|a, b| b.ranked.score.total_cmp(&a.ranked.score));
        }
        Ok(matched)
    }

    /// Goes through the segments.
    fn in_segments(
        &self,
        evaluator: &Evaluator<'_>,
        wanted: &Wanted<'_>,
        reordered: usize,
    ) -> tantivy::Result<Matched> {
        let fields = self.index.fields();
        let keywords = self.request.filters.by_keyword(fields);
        let period = self.request.filters.by_period(fields);
        let mut candidates = Candidates::new(self.index, wanted.listing, wanted.most, reordered)?;
        let mut counters: Vec<Counter> = wanted.facets.iter().copied().map(Counter::new).collect();
        let balanced = wanted.balance == Balance::OfSources;
        let mut otherwise = Best::new(if balanced { SAID_OTHERWISE } else { 0 });
        let (mut total, mut own) = (0, 0);
        let mut without_period = HashSet::new();
        let in_segment = |segment: &SegmentReader| -> tantivy::Result<Restricted> {
            let mut matches = evaluator.matches(segment)?;
            evaluator.restrict(segment, &keywords, &mut matches.all)?;
            let mut without_period = HashSet::new();
            if !period.is_empty() {
                add_without_period(segment, &matches.all, &mut without_period)?;
                evaluator.restrict(segment, &period, &mut matches.all)?;
            }
            matches.own.keep(&matches.all);
            Ok(Restricted { matches, without_period })
        };
        let segments = self.index.searcher().segment_readers();
        for (ordinal, of_segment) in (0..).zip(each_at_once(segments, in_segment)) {
            let Restricted { matches, without_period: in_it } = of_segment?;
            let segment = &segments[ordinal as usize];
            without_period.extend(in_it);
            total += matches.all.count();
            own += matches.own.count();
            for counter in &mut counters {
                counter.count(segment, &matches.all)?;
            }
            candidates.take(ordinal, segment, &matches.all, &matches.scores)?;
            if let Some(mut says) = matches.otherwise.filter(|_| balanced) {
                says.keep(&matches.all);
                says.iter().for_each(|doc| otherwise.offer(matches.scores.of(doc), ordinal, doc));
            }
        }
        let unsorted = candidates.unknown;
        let Gathered { candidates, sizes } = candidates.finish()?;
        Ok(Matched {
            total,
            own,
            candidates,
            otherwise,
            sizes,
            facets: counters.into_iter().map(Counter::finish).collect(),
            unsorted,
            unknown_period: without_period.len(),
        })
    }

    /// The words that the best matches of the query suggest.
    fn suggested(&self, settings: Feedback) -> tantivy::Result<Vec<Added>> {
        let plan = self.plan(&self.request.added)?;
        let own_words = plan.leaves.iter().filter(|leaf| leaf.factor.is_some()).count();
        if own_words == 0 || !plan.root.needs_one() {
            return Ok(Vec::new());
        }
        let evaluator = self.evaluator(&plan)?;
        let listing = Listing::default();
        let balance = Balance::ByScore;
        let wanted = Wanted { listing: &listing, facets: &[], most: settings.passages, balance };
        let matched = self.matched(&plan, &evaluator, &wanted)?;
        let mut best = Vec::with_capacity(settings.passages);
        for Candidate { ranked, .. } in matched.candidates.into_iter().take(settings.passages) {
            let record = self.index.record(ranked.address);
            let record = record.map_err(|e| tantivy::TantivyError::InternalError(e.to_string()))?;
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
                instead_of: Vec::new(),
            })
            .collect())
    }

    /// What the score of a match is made of.
    fn parts(
        &self,
        plan: &Plan,
        evaluator: &Evaluator<'_>,
        Candidate { ranked, near, .. }: &Candidate,
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
        parts.push(ScorePart { what: Earner::Nearness, count: 1, score: *near });
        parts.retain(|part| part.score != 0.0);
        Ok(parts)
    }
}

/// What a segment holds of a search.
struct Restricted {
    /// The matches that the restrictions let through.
    matches: InSegment,
    /// The documents of matches that are left out because their period is unknown.
    without_period: HashSet<u64>,
}

/// What `read` makes of each segment, in their order: several at once, but where several searches
/// are under way already.
fn each_at_once<T: Send>(
    segments: &[SegmentReader],
    read: impl Fn(&SegmentReader) -> tantivy::Result<T> + Sync + Send,
) -> Vec<tantivy::Result<T>> {
    if segments.len() < 2 || rayon::current_thread_index().is_some() {
        return segments.iter().map(read).collect();
    }
    segments.par_iter().map(read).collect()
}

/// Adds the documents of matches whose period is unknown.
fn add_without_period(
    segment: &SegmentReader,
    matches: &Bits,
    documents: &mut HashSet<u64>,
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
