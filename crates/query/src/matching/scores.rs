//! What each record of a segment has earned so far. The room for it is kept for the next search: to be
//! given new room, and to empty it, took more time than most searches themselves.

use std::sync::{Mutex, PoisonError};

use crate::matching::bits::Bits;

/// How many records are emptied together: what one line of a processor's cache holds of them.
const TOGETHER: usize = 16;

/// How many rooms are kept, at four bytes for each record of a segment.
const MOST_KEPT: usize = 64;

/// Rooms in which every record has earned nothing.
static KEPT: Mutex<Vec<Room>> = Mutex::new(Vec::new());

/// What each record of a segment has earned.
#[derive(Debug)]
pub(crate) struct Scores {
    room: Room,
}

#[derive(Debug)]
struct Room {
    earned: Vec<f32>,
    /// The groups of [`TOGETHER`] records of which one earned something.
    touched: Bits,
}

impl Scores {
    /// Nothing earned yet by any of the records below `bound`.
    pub fn none(bound: u32) -> Self {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        // The smallest that holds them, so that a small segment does not take the room of a large one.
        let fits = |room: &Room| room.earned.len() >= bound as usize;
        let best =
            (0..kept.len()).filter(|at| fits(&kept[*at])).min_by_key(|at| kept[*at].earned.len());
        let room = best.map(|at| kept.swap_remove(at));
        drop(kept);
        Self { room: room.unwrap_or_else(|| Room::of(bound as usize)) }
    }

    /// A record earns something.
    #[inline]
    pub fn add(&mut self, record: u32, earned: f32) {
        let at = record as usize;
        self.room.earned[at] += earned;
        self.room.touched.insert(record / TOGETHER as u32);
    }

    /// What a record has earned.
    #[inline]
    pub fn of(&self, record: u32) -> f32 {
        self.room.earned[record as usize]
    }
}

impl Drop for Scores {
    fn drop(&mut self) {
        let mut room = std::mem::replace(&mut self.room, Room::of(0));
        room.empty();
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < MOST_KEPT {
            kept.push(room);
        }
    }
}

impl Room {
    fn of(records: usize) -> Self {
        let groups = records.div_ceil(TOGETHER);
        Self { earned: vec![0.0; records], touched: Bits::none(groups as u32) }
    }

    fn empty(&mut self) {
        for group in self.touched.iter() {
            let from = group as usize * TOGETHER;
            let to = (from + TOGETHER).min(self.earned.len());
            self.earned[from..to].fill(0.0);
        }
        self.touched.clear();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn no_search_finds_what_another_earned(
            searches in proptest::collection::vec((1u32..5_000, proptest::collection::vec(0u32..5_000, 0..40)), 1..12),
        ) {
            for (bound, records) in searches {
                let mut scores = Scores::none(bound);
                prop_assert!((0..bound).all(|record| scores.of(record) == 0.0));
                let records: Vec<u32> = records.into_iter().map(|record| record % bound).collect();
                records.iter().for_each(|record| scores.add(*record, 0.5));
                for record in 0..bound {
                    let times = records.iter().filter(|other| **other == record).count();
                    prop_assert_eq!(scores.of(record), 0.5 * times as f32);
                }
            }
        }
    }
}
