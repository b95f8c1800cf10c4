//! The best hits of a query, in an order that depends on nothing but the library and the query.
//!
//! Three things would let the layout of the engine's segments into the order, and are kept out.
//! Statistics: see `statistics.rs`. Ties: they are broken by document and place. Rounding: the
//! engine adds the scores of three or more words in whatever order its loops meet them, so of all
//! hits near enough to the border the scores are added anew, in the order of the query.
//!
//! Every match is scored. The engine could skip those that cannot be among the best, but its bounds
//! rest on the mean length of each segment instead of the library's, so it may skip too much; and the
//! exact number of matches is wanted anyway.

use indexing::{DOCUMENT_NUMBER, Index};
use model::Field;
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::{DocAddress, DocSet, SegmentReader};

use crate::engine::EngineForm;
use crate::statistics::PassageStatistics;

/// A match and what orders it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub score: f32,
    pub address: DocAddress,
}

/// How many records match, and the `most` best of them in order.
pub(crate) fn best(
    index: &Index,
    form: &EngineForm,
    most: usize,
) -> tantivy::Result<(usize, Vec<Ranked>)> {
    let statistics = PassageStatistics(index);
    let scoring = EnableScoring::enabled_from_statistics_provider(&statistics, index.searcher());
    let weight = form.query.weight(scoring)?;
    let mut total = 0;
    let mut best = Best::new(most, form.scored.len());
    for (ordinal, segment) in segments(index) {
        let alive = segment.alive_bitset();
        weight.for_each(segment, &mut |doc, score| {
            if alive.is_none_or(|alive| alive.is_alive(doc)) {
                total += 1;
                best.offer(score, ordinal, doc);
            }
        })?;
    }
    let mut found = best.finish();
    if sums_may_differ(form.scored.len()) {
        add_anew(index, &form.scored, scoring, &mut found)?;
    }
    Ok((total, in_order(index, found, most)?))
}

/// In how many documents a query matches records that have no value in a column.
pub(crate) fn count_documents(
    index: &Index,
    query: &dyn EngineQuery,
    column: &str,
) -> tantivy::Result<usize> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(index.searcher()))?;
    let mut documents = std::collections::HashSet::new();
    for (_, segment) in segments(index) {
        let numbers = segment.fast_fields().u64(DOCUMENT_NUMBER)?;
        let values: Column<i64> = segment.fast_fields().i64(column)?;
        weight.for_each_no_score(segment, &mut |docs| {
            for doc in docs.iter().copied().filter(|doc| !segment.is_deleted(*doc)) {
                if values.first(doc).is_none() {
                    documents.extend(numbers.first(doc));
                }
            }
        })?;
    }
    Ok(documents.len())
}

/// Addition of two numbers does not depend on their order; of three it does.
fn sums_may_differ(parts: usize) -> bool {
    parts > 2
}

/// Gathers the best matches: all that are at least as good as the `most`-th, ties included, and
/// those so little worse that rounding alone may have put them there.
struct Best {
    most: usize,
    /// The share of the score below the border that rounding can explain.
    slack: f32,
    floor: f32,
    room: usize,
    found: Vec<Ranked>,
}

impl Best {
    fn new(most: usize, parts: usize) -> Self {
        let slack = if sums_may_differ(parts) { parts as f32 * 2.0 * f32::EPSILON } else { 0.0 };
        let room = most.saturating_mul(2).clamp(64, 1 << 20);
        Self { most, slack, floor: f32::NEG_INFINITY, room, found: Vec::new() }
    }

    #[inline]
    fn offer(&mut self, score: f32, segment: u32, doc: u32) {
        if score >= self.floor {
            self.found.push(Ranked { score, address: DocAddress::new(segment, doc) });
            if self.found.len() >= self.room {
                self.prune();
            }
        }
    }

    #[cold]
    fn prune(&mut self) {
        if self.most == 0 {
            self.found.clear();
            self.floor = f32::INFINITY;
        } else if self.found.len() > self.most {
            let (_, border, _) = self
                .found
                .select_nth_unstable_by(self.most - 1, |a, b| b.score.total_cmp(&a.score));
            self.floor = border.score * (1.0 - self.slack);
            let floor = self.floor;
            self.found.retain(|found| found.score >= floor);
        }
        // Where many hits tie, more room keeps the work in proportion to their number.
        self.room = self.room.max(self.found.len().saturating_mul(2));
    }

    fn finish(mut self) -> Vec<Ranked> {
        self.prune();
        self.found
    }
}

/// Adds the scores of each hit's parts anew, in the order of the query.
fn add_anew(
    index: &Index,
    parts: &[Box<dyn EngineQuery>],
    scoring: EnableScoring<'_>,
    found: &mut [Ranked],
) -> tantivy::Result<()> {
    found.sort_unstable_by_key(|found| found.address);
    found.iter_mut().for_each(|found| found.score = 0.0);
    for part in parts {
        let weight = part.weight(scoring)?;
        for hits in found.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let segment = index.searcher().segment_reader(hits[0].address.segment_ord);
            let mut scorer = weight.scorer(segment, 1.0)?;
            for hit in hits {
                let doc = hit.address.doc_id;
                if scorer.doc() < doc {
                    scorer.seek(doc);
                }
                if scorer.doc() == doc {
                    hit.score += scorer.score();
                }
            }
        }
    }
    Ok(())
}

/// The `most` best in order: by score, then by document and place.
fn in_order(index: &Index, found: Vec<Ranked>, most: usize) -> tantivy::Result<Vec<Ranked>> {
    let columns = index
        .searcher()
        .segment_readers()
        .iter()
        .map(|segment| {
            let fast = segment.fast_fields();
            Ok((fast.u64(DOCUMENT_NUMBER)?, fast.i64(Field::Position.name())?))
        })
        .collect::<tantivy::Result<Vec<_>>>()?;
    let mut placed: Vec<(Ranked, u64, i64)> = found
        .into_iter()
        .map(|hit| {
            let (documents, positions) = &columns[hit.address.segment_ord as usize];
            let doc = hit.address.doc_id;
            let document = documents.first(doc).unwrap_or(u64::MAX);
            (hit, document, positions.first(doc).unwrap_or(i64::MAX))
        })
        .collect();
    placed.sort_unstable_by(|(a, a_document, a_position), (b, b_document, b_position)| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| (a_document, a_position).cmp(&(b_document, b_position)))
    });
    placed.truncate(most);
    Ok(placed.into_iter().map(|(hit, ..)| hit).collect())
}

fn segments(index: &Index) -> impl Iterator<Item = (u32, &SegmentReader)> {
    (0..).zip(index.searcher().segment_readers())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_hit_that_may_be_among_the_best_is_lost(
            scores in proptest::collection::vec(0u8..40, 0..600), most in 0usize..30,
        ) {
            let mut best = Best::new(most, 1);
            for (doc, score) in scores.iter().enumerate() {
                best.offer(f32::from(*score), 0, doc as u32);
            }
            let mut kept: Vec<u32> = best.finish().iter().map(|hit| hit.address.doc_id).collect();
            kept.sort_unstable();
            let mut sorted = scores.clone();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let border = most.checked_sub(1).map(|last| sorted.get(last).copied().unwrap_or(0));
            let expected: Vec<u32> = (0..scores.len() as u32)
                .filter(|doc| border.is_some_and(|border| scores[*doc as usize] >= border))
                .collect();
            prop_assert_eq!(kept, expected);
        }
    }
}
