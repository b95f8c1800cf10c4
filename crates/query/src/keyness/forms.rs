//! Words by number: each form once, found again by a table of its own.

use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;

/// Forms of words, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// All of them, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<usize>,
    hashes: Vec<u64>,
    /// The upper half of a hash, and the number of its form; as many as a power of two, at most half
    /// of them taken.
    slots: Vec<(u32, u32)>,
}

/// The number in a slot that is free.
const FREE: u32 = u32::MAX;

impl Forms {
    /// The number of a form, which is put in if it is new.
    pub fn number(&mut self, form: &str) -> u32 {
        self.number_by(form, hash_of(form))
    }

    /// The number of a form that is among them.
    pub fn find(&self, form: &str) -> Option<u32> {
        if self.slots.is_empty() {
            return None;
        }
        self.slot(form, hash_of(form)).ok()
    }

    /// Puts in all forms of another; what number each has here.
    pub fn join(&mut self, other: &Forms) -> Vec<u32> {
        let numbered = (0..other.len()).zip(&other.hashes);
        numbered.map(|(at, hash)| self.number_by(other.of(at as u32), *hash)).collect()
    }

    /// The form of a number.
    pub fn of(&self, number: u32) -> &str {
        &self.text[self.range(number)]
    }

    fn range(&self, number: u32) -> Range<usize> {
        let at = number as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        start..self.ends[at]
    }

    /// A hash of the form of a number, the same whatever its number.
    pub fn hash(&self, number: u32) -> u64 {
        self.hashes[number as usize]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    fn number_by(&mut self, form: &str, hash: u64) -> u32 {
        if 2 * self.len() >= self.slots.len() {
            self.grow();
        }
        match self.slot(form, hash) {
            Ok(number) => number,
            Err(free) => {
                let number = self.len() as u32;
                self.slots[free] = (upper(hash), number);
                self.text.push_str(form);
                self.ends.push(self.text.len());
                self.hashes.push(hash);
                number
            }
        }
    }

    /// The number of a form, or the slot where it would stand. One slot must be free.
    fn slot(&self, form: &str, hash: u64) -> Result<u32, usize> {
        let (text, last) = (self.text.as_bytes(), self.slots.len() - 1);
        let mut at = hash as usize & last;
        loop {
            let (known, number) = self.slots[at];
            if number == FREE {
                return Err(at);
            }
            if known == upper(hash) && text[self.range(number)] == *form.as_bytes() {
                return Ok(number);
            }
            at = (at + 1) & last;
        }
    }

    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(64);
        self.slots.clear();
        self.slots.resize(size, (0, FREE));
        for (number, hash) in (0..).zip(&self.hashes) {
            let mut at = *hash as usize & (size - 1);
            while self.slots[at].1 != FREE {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (upper(*hash), number);
        }
    }
}

fn upper(hash: u64) -> u32 {
    (hash >> 32) as u32
}

fn hash_of(form: &str) -> u64 {
    let (whole, rest) = form.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let of_whole =
        whole.iter().fold(form.len() as u64, |hash, bytes| mix(hash ^ u64::from_le_bytes(*bytes)));
    mix(of_whole ^ u64::from_le_bytes(last))
}

/// Spreads a number over all bits: both halves of a product of twice its width.
pub(super) fn mix(number: u64) -> u64 {
    let product = u128::from(number ^ 0x2D35_8DCC_AA6C_78A5) * 0x9E37_79B9_7F4A_7C15;
    product as u64 ^ (product >> 64) as u64
}

/// A table by numbers, which may be small or side by side.
pub(super) type Table<V> = std::collections::HashMap<u64, V, BuildHasherDefault<Mixing>>;

/// A set of such numbers.
pub(super) type Set = std::collections::HashSet<u64, BuildHasherDefault<Mixing>>;

/// Spreads them over a table.
#[derive(Default)]
pub(super) struct Mixing(u64);

impl Hasher for Mixing {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = mix(self.0 ^ number);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_form_has_one_number_wherever_it_comes_from(
            words in prop::collection::vec("[ab]{0,3}|[a-c]{7,9}|\\PC{0,20}", 0..200), cut in 0usize..200,
        ) {
            let mut known: HashMap<&str, u32> = HashMap::new();
            let mut forms = Forms::default();
            for word in &words {
                let next = known.len() as u32;
                let expected = *known.entry(word).or_insert(next);
                prop_assert_eq!(forms.number(word), expected);
                prop_assert_eq!((forms.of(expected), forms.find(word)), (&**word, Some(expected)));
            }
            prop_assert_eq!(forms.len(), known.len());
            prop_assert_eq!(forms.find("zzz"), None);
            // In two parts, joined.
            let mut parts = [Forms::default(), Forms::default()];
            for (at, word) in words.iter().enumerate() {
                parts[usize::from(at >= cut)].number(word);
            }
            let mut joined = Forms::default();
            for part in &parts {
                for (at, number) in joined.join(part).into_iter().enumerate() {
                    prop_assert_eq!(joined.of(number), part.of(at as u32));
                    prop_assert_eq!(joined.hash(number), part.hash(at as u32));
                }
            }
            let all = |forms: &Forms| (0..forms.len()).map(|at| forms.of(at as u32).to_owned()).collect::<Vec<_>>();
            prop_assert_eq!(all(&joined), all(&forms));
        }
    }
}
