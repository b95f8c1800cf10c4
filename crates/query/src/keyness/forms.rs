//! Words by number: each form once.

use std::hash::{BuildHasherDefault, Hasher};

use hashbrown::HashTable;
use hashbrown::hash_table::Entry;

/// Forms of words, numbered in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Forms {
    written: Written,
    /// The number of each, found by its hash.
    numbers: HashTable<u32>,
}

/// Forms as they are written, by their numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// All of them, one after the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    hashes: Vec<u64>,
}

impl Written {
    /// The form of a number.
    pub fn of(&self, number: u32) -> &str {
        let at = number as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[at] as usize]
    }

    /// A hash of the form of a number, the same whatever its number.
    pub fn hash(&self, number: u32) -> u64 {
        self.hashes[number as usize]
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }
}

impl Forms {
    /// The number of a form, which is put in if it is new.
    pub fn number(&mut self, form: &str) -> u32 {
        self.number_by(form, hash_of(form))
    }

    /// The number of a form that is among them.
    pub fn find(&self, form: &str) -> Option<u32> {
        let is_it = |number: &u32| self.written.of(*number) == form;
        self.numbers.find(hash_of(form), is_it).copied()
    }

    /// Puts in others; what number each has here.
    pub fn join(&mut self, other: &Written) -> Vec<u32> {
        (0..other.len() as u32).map(|at| self.number_by(other.of(at), other.hash(at))).collect()
    }

    /// As they are written.
    pub fn written(&self) -> &Written {
        &self.written
    }

    /// Lets go of all of them, and keeps their room.
    pub fn clear(&mut self) {
        self.written.text.clear();
        self.written.ends.clear();
        self.written.hashes.clear();
        self.numbers.clear();
    }

    fn number_by(&mut self, form: &str, hash: u64) -> u32 {
        let Self { written, numbers } = self;
        let is_it = |number: &u32| written.hash(*number) == hash && written.of(*number) == form;
        match numbers.entry(hash, is_it, |number| written.hash(*number)) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(free) => {
                let number = written.len() as u32;
                free.insert(number);
                written.text.push_str(form);
                written.ends.push(written.text.len() as u32);
                written.hashes.push(hash);
                number
            }
        }
    }
}

/// A hash of a form, eight bytes at a time.
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
                prop_assert_eq!((forms.written().of(expected), forms.find(word)), (&**word, Some(expected)));
            }
            prop_assert_eq!(forms.written().len(), known.len());
            prop_assert_eq!(forms.find("zzz"), None);
            // In two parts, joined.
            let mut parts = [Forms::default(), Forms::default()];
            for (at, word) in words.iter().enumerate() {
                parts[usize::from(at >= cut)].number(word);
            }
            let mut joined = Forms::default();
            for part in &parts {
                for (at, number) in joined.join(part.written()).into_iter().enumerate() {
                    let (here, there) = (joined.written(), part.written());
                    prop_assert_eq!(here.of(number), there.of(at as u32));
                    prop_assert_eq!(here.hash(number), there.hash(at as u32));
                }
            }
            let all = |forms: &Forms| {
                let written = forms.written();
                (0..written.len()).map(|at| written.of(at as u32).to_owned()).collect::<Vec<_>>()
            };
            prop_assert_eq!(all(&joined), all(&forms));
            forms.clear();
            prop_assert_eq!((forms.written().len(), forms.find("a")), (0, None));
            prop_assert_eq!(forms.number("a"), 0);
        }
    }
}
