//! A passage as numbers of its words, and the few runs of them by which shared text is found: of every
//! window of runs the one with the least hash (winnowing), so that whatever two texts share over a
//! certain length has one of these runs in common.

use model::TextRange;
use model::words::next_word;

/// How many words a run has.
pub(super) const RUN: usize = 6;

/// Of how many runs in a row the one with the least hash is kept. Text that is shared over
/// `RUN + WINDOW - 1` words is found for certain.
pub(super) const WINDOW: usize = 6;

/// The fewest words of shared text that are found for certain.
pub const fn least_words() -> usize {
    RUN + WINDOW - 1
}

/// The words of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// A hash of each, folded.
    pub hashes: Vec<u64>,
    /// Where each stands.
    pub ranges: Vec<TextRange>,
}

impl Words {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let (mut at, mut folded) = (0, String::new());
        let mut words = Self::default();
        while let Some(range) = next_word(text, at, &mut folded) {
            words.hashes.push(hash(folded.as_bytes()));
            words.ranges.push(range);
            at = range.end;
        }
        words
    }

    /// The hash of every run, in order.
    pub fn runs(&self) -> impl Iterator<Item = u64> {
        self.hashes.windows(RUN).map(|run| run.iter().fold(0, |sum, word| mixed(sum ^ word)))
    }

    /// The runs that are kept, each with the place of its first word; in order, each once.
    pub fn kept(&self) -> Vec<(u64, usize)> {
        let runs: Vec<u64> = self.runs().collect();
        let mut kept: Vec<(u64, usize)> = Vec::new();
        for (start, window) in runs.windows(WINDOW.min(runs.len()).max(1)).enumerate() {
            // Of equals the last: it stays the least of more windows.
            let least = window.iter().enumerate().min_by_key(|(at, run)| (**run, usize::MAX - at));
            if let Some((at, run)) = least
                && kept.last() != Some(&(*run, start + at))
            {
                kept.push((*run, start + at));
            }
        }
        kept
    }
}

/// FNV-1a.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// The finishing step of SplitMix64: every bit of the input moves every bit of the output.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    #[test]
    fn short_texts_have_few_runs_or_none() {
        assert!(Words::of("one two three four five").kept().is_empty());
        assert_eq!(Words::of("one two three four five six").kept().len(), 1);
        assert_eq!(Words::of("").kept(), []);
    }

    proptest! {
        #[test]
        fn what_is_shared_over_eleven_words_is_found(
            before in "[a-d]( [a-d]){0,9}", after in "[a-d]( [a-d]){0,9}",
            shared in "[e-z]( [e-z]){10,16}", other in "[a-d]( [a-d]){0,20}",
        ) {
            let a = Words::of(&format!("{before} {shared} {after}"));
            let b = Words::of(&format!("{other} {shared}"));
            let runs: BTreeSet<u64> = a.kept().into_iter().map(|(run, _)| run).collect();
            prop_assert!(b.kept().iter().any(|(run, _)| runs.contains(run)));
        }

        #[test]
        fn what_is_kept_stands_at_its_place(text in "[a-c]( [a-c]){0,40}") {
            let words = Words::of(&text);
            let runs: Vec<u64> = words.runs().collect();
            for (run, at) in words.kept() {
                prop_assert_eq!(runs.get(at), Some(&run));
            }
        }
    }
}
