//! The best of many matches: by score, and where scores are equal by document and place, so that the
//! layout of the engine's segments does not show.

use indexing::{Index, IndexError};
use tantivy::{DocAddress, TantivyError};

/// A match and what orders it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ranked {
    pub score: f32,
    pub address: DocAddress,
}

/// Gathers the best matches: all that are at least as good as the `most`-th, ties included.
pub(crate) struct Best {
    most: usize,
    floor: f32,
    room: usize,
    found: Vec<Ranked>,
}

impl Best {
    pub fn new(most: usize) -> Self {
        let room = most.saturating_mul(2).clamp(64, 1 << 20);
        Self { most, floor: f32::NEG_INFINITY, room, found: Vec::new() }
    }

    #[inline]
    pub fn offer(&mut self, score: f32, segment: u32, doc: u32) {
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
            self.floor = border.score;
            let floor = self.floor;
            self.found.retain(|found| found.score >= floor);
        }
        // Where many hits tie, more room keeps the work in proportion to their number.
        self.room = self.room.max(self.found.len().saturating_mul(2));
    }

    pub fn finish(mut self) -> Vec<Ranked> {
        self.prune();
        self.found
    }
}

/// The `most` best in order: by score, then by document and place, which are read of ties only: reading a column
/// here and there costs a page each time.
pub(crate) fn in_order(
    index: &Index,
    mut found: Vec<Ranked>,
    most: usize,
) -> tantivy::Result<Vec<Ranked>> {
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score));
    let mut ordered: Vec<Ranked> = Vec::with_capacity(found.len().min(most));
    for tied in found.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
        if ordered.len() >= most {
            break;
        }
        if let [one] = tied {
            ordered.push(*one);
            continue;
        }
        let mut of_documents = keyed(tied, |address| index.document_number(address))?;
        of_documents.sort_unstable_by_key(|(document, _)| *document);
        for of_one in of_documents.chunk_by(|(a, _), (b, _)| a == b) {
            let hits: Vec<Ranked> = of_one.iter().map(|(_, hit)| *hit).collect();
            if let [one] = hits.as_slice() {
                ordered.push(*one);
                continue;
            }
            let mut placed = keyed(&hits, |address| index.place_of(address))?;
            placed.sort_unstable_by_key(|(place, _)| *place);
            ordered.extend(placed.into_iter().map(|(_, hit)| hit));
        }
    }
    ordered.truncate(most);
    Ok(ordered)
}

/// Hits with what is read of each.
fn keyed<K>(
    hits: &[Ranked],
    read: impl Fn(DocAddress) -> Result<K, IndexError>,
) -> tantivy::Result<Vec<(K, Ranked)>> {
    let keyed = hits.iter().map(|hit| Ok((read(hit.address)?, *hit)));
    let keyed: Result<Vec<(K, Ranked)>, IndexError> = keyed.collect();
    keyed.map_err(|error| TantivyError::InternalError(error.to_string()))
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
            let mut best = Best::new(most);
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
