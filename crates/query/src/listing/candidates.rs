//! The matches that may come into the part of a list that is asked for, in their order.

use std::collections::HashMap;

use indexing::Index;
use tantivy::SegmentReader;

use super::gather::{Gather, Keyed};
use super::groups::{By, Groups};
use super::order::{Order, UNKNOWN};
use super::walk::Candidate;
use super::{FOLDED_AMONG, Folding, Listing, Sort, Unit};
use crate::matching::bits::Bits;
use crate::matching::scores::Scores;
use crate::ranking::best::{Best, in_order};

/// How many matches are kept of a source of which `N` may be listed: this many for each of them, and
/// [`SPARE`] more, so that there are others where some are folded.
const FOR_EACH: usize = 4;
const SPARE: usize = 16;

/// Gathers candidates, segment by segment.
pub(crate) struct Candidates<'a> {
    index: &'a Index,
    order: Order,
    kept: Kept,
    /// How many matches have no key.
    pub unknown: usize,
}

/// What is kept of the matches.
enum Kept {
    /// The best.
    Best(Best, usize),
    /// The first by their keys.
    First(Gather),
    /// The first of each group.
    OfEach { groups: Groups, each: usize, first: HashMap<u64, (Gather, usize)> },
}

/// What was gathered.
pub(crate) struct Gathered {
    /// The candidates in their order.
    pub candidates: Vec<Candidate>,
    /// How many matches each group has, where they are grouped.
    pub sizes: HashMap<u64, usize>,
}

impl<'a> Candidates<'a> {
    /// For the first `most` places of a list; the `reordered` best matches are kept in any case.
    pub fn new(
        index: &'a Index,
        listing: &Listing,
        most: usize,
        reordered: usize,
    ) -> tantivy::Result<Self> {
        let compared = listing.folding == Folding::NearlyTheSame || listing.unlike.is_some();
        let spare = if compared { FOLDED_AMONG } else { 0 };
        let most = most.saturating_add(spare).max(reordered);
        let order = Order::of(index, listing.sort)?;
        let kept = match (listing.unit, listing.per_source, listing.sort) {
            (Unit::Documents, ..) => {
                Kept::OfEach { groups: Groups::new(By::Document), each: 1, first: HashMap::new() }
            }
            (Unit::Passages, Some(quota), _) => {
                let each = quota.get().saturating_mul(FOR_EACH).saturating_add(SPARE);
                Kept::OfEach { groups: Groups::new(By::Source), each, first: HashMap::new() }
            }
            (Unit::Passages, None, Sort::Relevance) => Kept::Best(Best::new(most), most),
            (Unit::Passages, None, _) => Kept::First(Gather::new(most)),
        };
        Ok(Self { index, order, kept, unknown: 0 })
    }

    /// Takes in the matches of a segment.
    pub fn take(
        &mut self,
        ordinal: u32,
        segment: &SegmentReader,
        matches: &Bits,
        scores: &Scores,
    ) -> tantivy::Result<()> {
        let keys = self.order.keys(segment)?;
        match &mut self.kept {
            Kept::Best(best, _) => {
                for doc in matches.iter() {
                    best.offer(scores.of(doc), ordinal, doc);
                }
            }
            Kept::First(gather) => {
                for doc in matches.iter() {
                    let key = keys.of(doc);
                    self.unknown += usize::from(key == UNKNOWN);
                    gather.offer(key, scores.of(doc), ordinal, doc);
                }
            }
            Kept::OfEach { groups, each, first } => {
                let groups = groups.within(segment)?;
                for doc in matches.iter() {
                    let key = keys.of(doc);
                    self.unknown += usize::from(key == UNKNOWN);
                    let of_group = first.entry(groups.of(doc));
                    let (gather, count) = of_group.or_insert_with(|| (Gather::new(*each), 0));
                    *count += 1;
                    gather.offer(key, scores.of(doc), ordinal, doc);
                }
            }
        }
        Ok(())
    }

    /// The candidates.
    pub fn finish(self) -> tantivy::Result<Gathered> {
        let (mut keyed, mut sizes, mut groups) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut ranked = Vec::new();
        let mut most = usize::MAX;
        match self.kept {
            Kept::Best(best, at_most) => (ranked, most) = (best.finish(), at_most),
            Kept::First(gather) => {
                for Keyed { key, ranked: found } in gather.finish() {
                    keyed.insert(found.address, key);
                    ranked.push(found);
                }
            }
            Kept::OfEach { first, each, .. } => {
                for (group, (gather, count)) in first {
                    sizes.insert(group, count);
                    // Ties beyond what may be kept of a group are cut where the order is known.
                    let of_group = gather.finish();
                    let found = of_group.iter().map(|found| found.ranked).collect();
                    let by_score = in_order(self.index, found, usize::MAX)?;
                    let key_of: HashMap<_, _> =
                        of_group.iter().map(|found| (found.ranked.address, found.key)).collect();
                    let mut ordered = by_score;
                    ordered.sort_by_key(|found| key_of[&found.address]);
                    for found in ordered.into_iter().take(each) {
                        keyed.insert(found.address, key_of[&found.address]);
                        groups.insert(found.address, group);
                        ranked.push(found);
                    }
                }
            }
        }
        let ordered = in_order(self.index, ranked, most)?;
        let mut candidates: Vec<(i64, Candidate)> = ordered
            .into_iter()
            .map(|ranked| {
                let key = keyed.get(&ranked.address).copied().unwrap_or(0);
                let group = groups.get(&ranked.address).copied().unwrap_or(0);
                (key, Candidate { ranked, near: 0.0, group })
            })
            .collect();
        // Stable: equal keys stay in the order of scores and places.
        candidates.sort_by_key(|(key, _)| *key);
        let candidates = candidates.into_iter().map(|(_, candidate)| candidate).collect();
        Ok(Gathered { candidates, sizes })
    }
}
