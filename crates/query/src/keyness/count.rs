//! Counts every term once over both sides: stems, and phrases of two or three of them that begin and
//! end with a word of content. Memory is bounded: a phrase is counted only where the words it begins
//! and ends with stand in enough documents, and of a large text only a share of all phrases at a time.

use rayon::prelude::*;

use super::forms::mix;
use super::texts::{Part, Texts, Words};

/// A term: its stems packed into one number. 0 stands for no stem.
pub(super) type Key = u64;

/// Bits of one stem in a key. A side would need two million different stems that recur to need more;
/// those beyond are counted in no term.
const BITS: u32 = 21;

/// About how many words of both sides there are for each share of the phrases.
const WORDS_OF_A_SHARE: u64 = 8_000_000;

/// Counts of a term: in the two halves of the first side, then of the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub counts: [u32; 4],
    /// Documents of the first and of the second side.
    pub documents: [u32; 2],
}

/// What was counted.
pub(super) struct Counts {
    /// Every term that stands in enough documents of a side, in order of its key.
    pub terms: Vec<(Key, Tally)>,
    pub phrases: Phrases,
    /// Words of each half.
    pub words: [u64; 4],
}

/// Finds terms among the forms of a text.
pub(super) struct Phrases {
    /// What each form is to a phrase: the number that stands for its stem in a key, 0 where it is in
    /// none, and whether a phrase may begin and end with it.
    places: Vec<(u32, bool)>,
}

/// In which of the four halves a document is: drawn by lot, always the same.
pub(super) fn half(side: usize, document: u32) -> usize {
    let mixed = (u64::from(document) + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    2 * side + ((mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 63) as usize
}

/// Counts the terms of both sides; those that stand in fewer documents of either are left out.
pub(super) fn count(texts: &Texts, fewest_documents: usize) -> Counts {
    let words = words(texts);
    let shares = words.iter().sum::<u64>() / WORDS_OF_A_SHARE + 1;
    count_in_shares(texts, fewest_documents, words, shares)
}

/// The same, of the phrases one of so many shares at a time.
pub(super) fn count_in_shares(
    texts: &Texts,
    fewest_documents: usize,
    words: [u64; 4],
    shares: u64,
) -> Counts {
    let fewest = fewest_documents.max(1) as u32;
    let is_function = &texts.stems.is_function;
    let mut places = vec![0; is_function.len()];
    let mut next = 1;
    let mut terms = Vec::new();
    for (stem, tally) in count_stems(texts).into_iter().enumerate() {
        if next < 1 << BITS && (tally.recurs(fewest) || is_function[stem]) {
            places[stem] = next;
            next += 1;
            if !is_function[stem] {
                terms.push((Key::from(places[stem]), tally));
            }
        }
    }
    let place = |stem: &u32| {
        let place = places[*stem as usize];
        (place, place > 0 && !is_function[*stem as usize])
    };
    let phrases = Phrases { places: texts.stems.of.iter().map(place).collect() };
    for share in 0..shares {
        terms.append(&mut count_phrases(texts, &phrases, fewest, (share, shares)));
    }
    terms.sort_unstable_by_key(|(key, _)| *key);
    Counts { terms, phrases, words }
}

/// Whether the stems of a term stand in a longer one, in their order and side by side.
pub(super) fn holds(longer: Key, shorter: Key) -> bool {
    let length = |key: Key| (Key::BITS - key.leading_zeros()).div_ceil(BITS);
    let (long, short) = (length(longer), length(shorter));
    let mask = (1 << (BITS * short)) - 1;
    long > short && (0..=long - short).any(|at| (longer >> (BITS * at)) & mask == shorter)
}

/// The number of the first stem of a term.
pub(super) fn first_of(key: Key) -> usize {
    let length = (Key::BITS - key.leading_zeros()).div_ceil(BITS).max(1);
    (key >> (BITS * (length - 1))) as usize
}

impl Phrases {
    /// Calls `visit` for every term of a text that begins with one of some stems: its key, the place
    /// of its first form, and how many forms it has.
    pub fn visit(
        &self,
        words: &[u32],
        begins: impl Fn(usize) -> bool,
        mut visit: impl FnMut(Key, usize, usize),
    ) {
        // A border is no form.
        let place = |word: u32| self.places.get(word as usize).copied().unwrap_or_default();
        for (at, &first) in words.iter().enumerate() {
            let (first, is_strong) = place(first);
            if !is_strong || !begins(first as usize) {
                continue;
            }
            let mut key = Key::from(first);
            visit(key, at, 1);
            for (length, &word) in (2..=3).zip(&words[at + 1..]) {
                let (next, is_strong) = place(word);
                if next == 0 {
                    break;
                }
                key = key << BITS | Key::from(next);
                if is_strong {
                    visit(key, at, length);
                }
            }
        }
    }
}

/// Words of each half.
fn words(texts: &Texts) -> [u64; 4] {
    let mut words = [0; 4];
    for (side, documents) in texts.documents.iter().enumerate() {
        for (number, document) in (0..).zip(documents) {
            words[half(side, number)] += u64::from(document.words);
        }
    }
    words
}

/// The tally of every stem that is a word of content.
fn count_stems(texts: &Texts) -> Vec<Tally> {
    let is_function = &texts.stems.is_function;
    // Their places among words of content: numbers and function words are many.
    let (mut places, mut content) = (vec![u32::MAX; is_function.len()], Vec::new());
    for stem in (0..is_function.len()).filter(|stem| !is_function[*stem]) {
        places[stem] = content.len() as u32;
        content.push(stem);
    }
    let places: Vec<u32> = texts.stems.of.iter().map(|stem| places[*stem as usize]).collect();
    let of_groups = texts.in_groups(|parts| {
        // With each tally the last document it was seen in.
        let mut tallies = vec![(Tally::default(), u32::MAX); content.len()];
        for (part, document) in documents(parts) {
            let (half, seen) = (half(part.side, document.number), seen(part, &document));
            for word in document.words {
                let place = places.get(*word as usize).copied().unwrap_or(u32::MAX);
                let Some((tally, last)) = tallies.get_mut(place as usize) else { continue };
                tally.counts[half] += 1;
                tally.documents[part.side] += u32::from(*last != seen);
                *last = seen;
            }
        }
        tallies
    });
    let mut all = vec![Tally::default(); is_function.len()];
    for tallies in of_groups {
        let of_stems = content.iter().zip(tallies);
        of_stems.for_each(|(stem, (more, _))| all[*stem].add(&more));
    }
    all
}

/// A number for a document among those of both sides; the lowest bit says of which.
fn seen(part: &Part, document: &Words<'_>) -> u32 {
    document.number << 1 | part.side as u32
}

/// The phrases of one share of all that stand in enough documents of a side.
fn count_phrases(
    texts: &Texts,
    phrases: &Phrases,
    fewest: u32,
    (share, shares): (u64, u64),
) -> Vec<(Key, Tally)> {
    let is_of_share = |key: Key| mix(key) % shares == share;
    let of_groups = texts.in_groups(|parts| {
        let mut found: Vec<(Key, u32)> = Vec::new();
        for (part, document) in documents(parts) {
            let seen = seen(part, &document);
            phrases.visit(
                document.words,
                |_| true,
                |key, _, length| {
                    if length > 1 && is_of_share(key) {
                        found.push((key, seen));
                    }
                },
            );
        }
        found
    });
    let mut found = of_groups.concat();
    found.par_sort_unstable();
    let tallies = found.chunk_by(|a, b| a.0 == b.0).map(|places| (places[0].0, tally(places)));
    tallies.filter(|(_, tally)| tally.recurs(fewest)).collect()
}

/// The tally of one phrase, from its places in the order of documents.
fn tally(places: &[(Key, u32)]) -> Tally {
    let mut tally = Tally::default();
    for in_document in places.chunk_by(|a, b| a.1 == b.1) {
        let (document, side) = (in_document[0].1 >> 1, (in_document[0].1 & 1) as usize);
        tally.counts[half(side, document)] += in_document.len() as u32;
        tally.documents[side] += 1;
    }
    tally
}

/// The documents of some parts, each with its part.
pub(super) fn documents(parts: &[Part]) -> impl Iterator<Item = (&Part, Words<'_>)> {
    parts.iter().flat_map(|part| part.documents().map(move |document| (part, document)))
}

impl Tally {
    fn recurs(&self, fewest: u32) -> bool {
        self.documents.iter().any(|documents| *documents >= fewest)
    }

    fn add(&mut self, more: &Tally) {
        self.counts.iter_mut().zip(more.counts).for_each(|(count, more)| *count += more);
        self.documents.iter_mut().zip(more.documents).for_each(|(count, more)| *count += more);
    }
}
