//! Whether passages may be nearly the same: a number made of a text's runs of three words (its
//! shingles), kept in a column, so that like texts are found without fetching any. Of eight orders of
//! all shingles the number holds eight bits of the first shingle in each (MinHash, after Broder, "On
//! the resemblance and containment of documents", 1997); the share of equal bytes is near the share
//! of shingles two texts have in common. What is alike by number is to be compared by its shingles.

use std::collections::BTreeSet;

use crate::analysis::{Analyser, tokens};

/// Name of the fast field that holds a record's [`fingerprint`].
pub const FINGERPRINT: &str = "fingerprint";

/// How many words a shingle has.
const WORDS: usize = 3;

/// How many bytes of two fingerprints must be equal for their texts to be worth comparing. Of texts
/// that share four fifths of their shingles, one pair in eight hundred has fewer; of texts that share
/// none, three pairs in a million have as many.
const EQUAL_BYTES: u32 = 3;

/// The runs of three words of a text, each as a hash; of a shorter text, all of it.
pub fn shingles(text: &str) -> BTreeSet<u64> {
    let mut shingles = BTreeSet::new();
    for_each_shingle(text, |shingle| {
        shingles.insert(shingle);
    });
    shingles
}

/// Calls `visit` with every shingle of a text, as often as it stands there.
fn for_each_shingle(text: &str, mut visit: impl FnMut(u64)) {
    let mut words = tokens(text, Analyser::Exact);
    let mut last = [0; WORDS];
    let mut count = 0;
    while let Some((_, word)) = words.next_borrowed() {
        last.rotate_left(1);
        last[WORDS - 1] = hash(word.as_bytes());
        count += 1;
        if count >= WORDS {
            visit(joined(&last));
        }
    }
    if (1..WORDS).contains(&count) {
        visit(joined(&last[WORDS - count..]));
    }
}

fn joined(words: &[u64]) -> u64 {
    words.iter().fold(0, |sum, word| mixed(sum ^ word))
}

/// The number by which texts that are nearly the same are known.
pub fn fingerprint(text: &str) -> u64 {
    let turns: [u64; 8] = std::array::from_fn(|order| mixed(order as u64 + 1));
    let mut first: Option<[u64; 8]> = None;
    for_each_shingle(text, |shingle| {
        let first = first.get_or_insert([u64::MAX; 8]);
        for (least, turn) in first.iter_mut().zip(turns) {
            *least = mixed(shingle ^ turn).min(*least);
        }
    });
    first.unwrap_or_default().iter().fold(0, |number, least| (number << 8) | (least & 0xff))
}

/// Whether the texts of two fingerprints are worth comparing.
pub fn may_be_alike(a: u64, b: u64) -> bool {
    let differing = a ^ b;
    (0..8).filter(|byte| (differing >> (8 * byte)) & 0xff == 0).count() as u32 >= EQUAL_BYTES
}

/// The share of the shingles of either text that both have: 0 to 1. Texts without words have
/// nothing in common.
pub fn likeness(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let both = a.intersection(b).count();
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
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

    #[test]
    fn short_texts_are_one_shingle_and_empty_ones_none() {
        assert_eq!(shingles("").len(), 0);
        assert_eq!(shingles("none reported").len(), 1);
        assert_eq!(shingles("a b c a b c").len(), 3);
        assert_eq!(shingles("A, B and c"), shingles("a b AND c."));
        assert!(likeness(&shingles(""), &shingles("")).abs() < f64::EPSILON);
    }

    #[test]
    fn the_order_of_words_counts() {
        assert!(
            likeness(&shingles("mobs burned the mosque"), &shingles("the mosque burned mobs"))
                < 0.1
        );
    }

    /// The number is stored in every index: an index of the same version must have the same.
    #[test]
    fn the_number_of_a_text_stays_the_same() {
        let slow = |text: &str| {
            (0..8_u64).fold(0, |number, order| {
                let turned = mixed(order + 1);
                let all = shingles(text);
                let first = all.iter().map(|shingle| mixed(shingle ^ turned)).min().unwrap_or(0);
                (number << 8) | (first & 0xff)
            })
        };
        for text in
            ["", "…", "none", "none reported", "mobs burned the mosque", "a b c a b c a b c"]
        {
            assert_eq!(fingerprint(text), slow(text), "{text}");
        }
    }

    proptest! {
        /// Texts of 60 words, one of which is another: nearly always they are worth comparing.
        #[test]
        fn nearly_the_same_texts_are_worth_comparing(
            words in proptest::collection::vec("[a-z]{3,8}", 60), at in 0usize..60,
        ) {
            let mut other = words.clone();
            other[at] = "changed".into();
            let (a, b) = (words.join(" "), other.join(" "));
            if likeness(&shingles(&a), &shingles(&b)) >= 0.9 {
                prop_assert!(may_be_alike(fingerprint(&a), fingerprint(&b)));
            }
        }

        #[test]
        fn a_text_is_like_itself(text in "[a-z ]{0,60}") {
            prop_assert!(may_be_alike(fingerprint(&text), fingerprint(&text)));
        }
    }
}
