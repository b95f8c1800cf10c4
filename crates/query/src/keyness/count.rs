//! Counts every term once over both sides: stems, and phrases of two or three of them that begin and
//! end with a word of content. Memory is bounded by what may matter: a phrase is counted only where
//! the words it begins and ends with stand in enough documents.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use super::read::{BORDER, Texts, Words};

/// A term: its stems packed into one number. 0 stands for no stem.
pub(super) type Key = u64;

/// Bits of one stem in a key. A side would need two million different stems that recur to need more;
/// those beyond are counted in no term.
const BITS: u32 = 21;

/// Counts of a term: in the two halves of the first side, then of the second.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub counts: [u32; 4],
    /// Documents of the first and of the second side.
    pub documents: [u32; 2],
    /// The last document it was seen in, from 1.
    last: u32,
}

/// What was counted.
pub(super) struct Counts {
    /// Every term that stands in enough documents of a side, in order of its key.
    pub terms: Vec<(Key, Tally)>,
    /// The number that stands for each stem in a key; 0 where it is in none.
    pub places: Vec<u64>,
    /// Words of each half.
    pub words: [u64; 4],
}

/// In which of the four halves a document is: drawn by lot, always the same.
pub(super) fn half(side: usize, document: usize) -> usize {
    let mixed = (document as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    2 * side + ((mixed ^ (mixed >> 31)).wrapping_mul(0x94D0_49BB_1331_11EB) >> 63) as usize
}

/// Counts the terms of both sides; those that stand in fewer documents of either are left out.
pub(super) fn count(texts: &Texts, fewest_documents: usize) -> Counts {
    let fewest = fewest_documents.max(1) as u32;
    let (singles, words) = count_stems(texts);
    let recurs = |tally: &Tally| tally.documents.iter().any(|documents| *documents >= fewest);
    let mut places = vec![0; singles.len()];
    let mut next = 1u64;
    let mut terms = Vec::new();
    for (stem, tally) in singles.iter().enumerate() {
        if next < 1 << BITS && (recurs(tally) || texts.is_function[stem]) {
            places[stem] = next;
            next += 1;
            if !texts.is_function[stem] {
                terms.push((places[stem], *tally));
            }
        }
    }
    let mut phrases: Table<Tally> = Table::default();
    for_each_document(texts, |side, number, document, seen| {
        let half = half(side, number);
        phrases_of(texts, &places, document, |key, _, length| {
            if length > 1 {
                phrases.entry(key).or_default().add(side, half, seen);
            }
        });
    });
    terms.extend(phrases.into_iter().filter(|(_, tally)| recurs(tally)));
    terms.sort_unstable_by_key(|(key, _)| *key);
    Counts { terms, places, words }
}

/// Whether the stems of a term stand in a longer one, in their order and side by side.
pub(super) fn holds(longer: Key, shorter: Key) -> bool {
    let length = |key: Key| (Key::BITS - key.leading_zeros()).div_ceil(BITS);
    let (long, short) = (length(longer), length(shorter));
    let mask = (1 << (BITS * short)) - 1;
    long > short && (0..=long - short).any(|at| (longer >> (BITS * at)) & mask == shorter)
}

/// Calls `visit` for every document: its side, its place there, and its number among all, from 1.
pub(super) fn for_each_document(texts: &Texts, mut visit: impl FnMut(usize, usize, &Words, u32)) {
    let mut seen = 0;
    for (side, documents) in texts.sides.iter().enumerate() {
        for (number, document) in documents.iter().enumerate() {
            seen += 1;
            visit(side, number, document, seen);
        }
    }
}

/// Calls `visit` for every term of a document: its key, the place of its first form, and how many
/// forms it has.
pub(super) fn phrases_of(
    texts: &Texts,
    places: &[u64],
    document: &Words,
    mut visit: impl FnMut(Key, usize, usize),
) {
    let stem = |form: u32| texts.stem_of[form as usize] as usize;
    let strong =
        |form: u32| form != BORDER && !texts.is_function[stem(form)] && places[stem(form)] > 0;
    let forms = &document.forms;
    for (at, &first) in forms.iter().enumerate() {
        if !strong(first) {
            continue;
        }
        let mut key = places[stem(first)];
        visit(key, at, 1);
        for (length, &form) in (2..=3).zip(&forms[at + 1..]) {
            if form == BORDER || places[stem(form)] == 0 {
                break;
            }
            key = key << BITS | places[stem(form)];
            if strong(form) {
                visit(key, at, length);
            }
        }
    }
}

fn count_stems(texts: &Texts) -> (Vec<Tally>, [u64; 4]) {
    let mut tallies = vec![Tally::default(); texts.is_function.len()];
    let mut words = [0; 4];
    for_each_document(texts, |side, number, document, seen| {
        let half = half(side, number);
        words[half] += document.count;
        for &form in document.forms.iter().filter(|form| **form != BORDER) {
            tallies[texts.stem_of[form as usize] as usize].add(side, half, seen);
        }
    });
    (tallies, words)
}

impl Tally {
    fn add(&mut self, side: usize, half: usize, seen: u32) {
        self.counts[half] += 1;
        if self.last != seen {
            self.last = seen;
            self.documents[side] += 1;
        }
    }
}

/// A table by keys.
pub(super) type Table<V> = HashMap<Key, V, BuildHasherDefault<Mixing>>;

/// Spreads keys, which are small numbers side by side, over a table.
#[derive(Default)]
pub(super) struct Mixing(u64);

impl Hasher for Mixing {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
