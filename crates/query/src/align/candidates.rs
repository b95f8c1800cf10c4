//! Which old sentences are worth comparing with a new one: those that share a rare run of words.
//! A run that many sentences hold says nothing and is passed over, which keeps the cost near linear.

use std::collections::HashMap;

use super::words::{Vocabulary, Word, hash_of};

/// Most old sentences compared with one new one.
const MOST: usize = 8;

/// Runs of words by length: in how many old sentences one may stand to count as rare, and what it
/// counts for where it stands in one only.
const RUNS: [(usize, usize, f64); 3] = [(3, 32, 3.0), (2, 8, 2.0), (1, 8, 1.0)];

/// An old sentence that may be the one a new sentence was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Its place among the old.
    pub old: usize,
    /// Share of the new sentence's runs of three words that stand in it.
    pub shared: f64,
}

/// For each length of run, the old sentences that hold one, by its hash.
pub(crate) struct Runs {
    places: Vec<HashMap<u64, Vec<u32>>>,
    threes: Vec<Vec<u64>>,
}

impl Runs {
    /// The runs of the old sentences.
    pub fn of(old: &[Vec<Word>], vocabulary: &Vocabulary) -> Self {
        let mut places: Vec<HashMap<u64, Vec<u32>>> = vec![HashMap::new(); RUNS.len()];
        for (at, words) in old.iter().enumerate() {
            for ((length, rare, _), places) in RUNS.iter().zip(&mut places) {
                for run in runs(words, *length, vocabulary) {
                    let there = places.entry(run).or_default();
                    // One more than is rare is enough to know that it is not.
                    if there.len() <= *rare && there.last() != Some(&(at as u32)) {
                        there.push(at as u32);
                    }
                }
            }
        }
        let threes = old
            .iter()
            .map(|words| {
                let mut threes: Vec<u64> = words.windows(3).map(hash_of).collect();
                threes.sort_unstable();
                threes
            })
            .collect();
        Self { places, threes }
    }

    /// The candidates for a new sentence: those that share the rarest runs, best first.
    pub fn candidates(&self, new: &[Word], vocabulary: &Vocabulary) -> Vec<Candidate> {
        let mut scores: HashMap<u32, f64> = HashMap::new();
        for ((length, rare, weight), places) in RUNS.iter().zip(&self.places) {
            let mut seen: Vec<u64> = runs(new, *length, vocabulary).collect();
            seen.sort_unstable();
            seen.dedup();
            for run in seen {
                let Some(there) = places.get(&run).filter(|there| there.len() <= *rare) else {
                    continue;
                };
                for old in there {
                    *scores.entry(*old).or_default() += weight / there.len() as f64;
                }
            }
        }
        let mut found: Vec<(u32, f64)> = scores.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(MOST);
        let shared = |old: u32| self.shared(old as usize, new);
        found
            .into_iter()
            .map(|(old, _)| Candidate { old: old as usize, shared: shared(old) })
            .collect()
    }

    /// Share of a new sentence's runs of three words that stand in an old sentence; 0 where it has
    /// fewer than three words.
    pub fn shared(&self, old: usize, new: &[Word]) -> f64 {
        let Some(threes) = self.threes.get(old) else { return 0.0 };
        let all = new.len().saturating_sub(2);
        let there =
            new.windows(3).filter(|run| threes.binary_search(&hash_of(run)).is_ok()).count();
        if all == 0 { 0.0 } else { there as f64 / all as f64 }
    }
}

/// The hashes of the runs of so many words; a single word counts only where it is one of content.
fn runs<'a>(
    words: &'a [Word],
    length: usize,
    vocabulary: &'a Vocabulary,
) -> impl Iterator<Item = u64> + 'a {
    let counts = move |run: &&[Word]| length > 1 || vocabulary.is_content(run[0].id);
    words.windows(length).filter(counts).map(hash_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_runs_are_counted_by_the_new_sentence() {
        let mut vocabulary = Vocabulary::default();
        let old = vec![vocabulary.read("police closed two churches in the town in May")];
        let new = vocabulary.read("police closed two churches");
        let runs = Runs::of(&old, &vocabulary);
        assert_eq!(runs.candidates(&new, &vocabulary), [Candidate { old: 0, shared: 1.0 }]);
        let new = vocabulary.read("police closed two mosques in the town");
        assert_eq!(runs.shared(0, &new), 2.0 / 5.0);
        assert_eq!(runs.shared(0, &[]), 0.0);
        assert_eq!(runs.shared(9, &new), 0.0);
    }

    #[test]
    fn what_every_sentence_says_makes_no_candidate() {
        let mut vocabulary = Vocabulary::default();
        let old: Vec<_> =
            (0..100).map(|n| vocabulary.read(&format!("the law was kept in place{n}"))).collect();
        let runs = Runs::of(&old, &vocabulary);
        let new = vocabulary.read("the law was kept in place77");
        let found: Vec<usize> = runs.candidates(&new, &vocabulary).iter().map(|c| c.old).collect();
        assert_eq!(found, [77]);
    }
}
