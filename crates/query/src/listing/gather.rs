//! Gathers the first of many matches in an order that need not be that of their scores.

use tantivy::DocAddress;

use crate::ranking::best::Ranked;

/// A match and its key: lower keys stand first, and of equal keys higher scores.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Keyed {
    pub key: i64,
    pub ranked: Ranked,
}

/// Keeps every match that may be among the `most` first, ties included.
pub(crate) struct Gather {
    most: usize,
    room: usize,
    found: Vec<Keyed>,
}

impl Keyed {
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key).then(other.ranked.score.total_cmp(&self.ranked.score))
    }
}

impl Gather {
    pub fn new(most: usize) -> Self {
        Self { most, room: most.saturating_mul(2).clamp(64, 1 << 20), found: Vec::new() }
    }

    pub fn offer(&mut self, key: i64, score: f32, segment: u32, doc: u32) {
        let ranked = Ranked { score, address: DocAddress::new(segment, doc) };
        self.found.push(Keyed { key, ranked });
        if self.found.len() >= self.room {
            self.prune();
        }
    }

    fn prune(&mut self) {
        if self.most == 0 {
            self.found.clear();
        } else if self.found.len() > self.most {
            let (_, border, _) = self.found.select_nth_unstable_by(self.most - 1, Keyed::order);
            let border = *border;
            self.found.retain(|found| found.order(&border).is_le());
        }
        // Where many tie, more room keeps the work in proportion to their number.
        self.room = self.room.max(self.found.len().saturating_mul(2));
    }

    /// The first of what was offered, in no order, and what ties with the last of them.
    pub fn finish(mut self) -> Vec<Keyed> {
        self.prune();
        self.found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn nothing_that_may_be_among_the_first_is_lost(
            offered in proptest::collection::vec((0i64..6, 0u8..6), 0..600), most in 0usize..40,
        ) {
            let mut gather = Gather::new(most);
            for (doc, (key, score)) in (0..).zip(&offered) {
                gather.offer(*key, f32::from(*score), 0, doc);
            }
            let mut kept: Vec<u32> =
                gather.finish().iter().map(|keyed| keyed.ranked.address.doc_id).collect();
            kept.sort_unstable();
            let place = |(key, score): &(i64, u8)| (*key, 255 - *score);
            let mut sorted: Vec<_> = offered.iter().map(place).collect();
            sorted.sort_unstable();
            let border = most.checked_sub(1).map(|last| sorted.get(last).copied());
            let expected: Vec<u32> = (0..).zip(&offered)
                .filter(|(_, offer)| match border {
                    None => false,
                    Some(None) => true,
                    Some(Some(border)) => place(offer) <= border,
                })
                .map(|(doc, _)| doc)
                .collect();
            prop_assert_eq!(kept, expected);
        }
    }
}
