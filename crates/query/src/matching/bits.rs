//! A set of the records of one segment.

/// A set of numbers below a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// The empty set of numbers below `bound`.
    pub fn none(bound: u32) -> Self {
        Self { words: vec![0; (bound as usize).div_ceil(64)] }
    }

    /// Puts a number in.
    #[inline]
    pub fn insert(&mut self, number: u32) {
        self.words[number as usize / 64] |= 1 << (number % 64);
    }

    /// Whether a number is in it.
    pub fn contains(&self, number: u32) -> bool {
        self.words[number as usize / 64] >> (number % 64) & 1 == 1
    }

    /// Takes a number out.
    pub fn remove(&mut self, number: u32) {
        self.words[number as usize / 64] &= !(1 << (number % 64));
    }

    /// Takes all numbers out.
    pub fn clear(&mut self) {
        self.words.fill(0);
    }

    /// Keeps what is in the other, too.
    pub fn keep(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    /// Takes out what is in the other.
    pub fn take_out(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    /// Adds what is in the other.
    pub fn add(&mut self, other: &Bits) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    /// How many numbers are in it.
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The numbers in it, in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.words).flat_map(|(at, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros();
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn of(numbers: &BTreeSet<u32>) -> Bits {
        let mut bits = Bits::none(300);
        numbers.iter().for_each(|number| bits.insert(*number));
        bits
    }

    proptest! {
        #[test]
        fn it_is_a_set(a: BTreeSet<u8>, b: BTreeSet<u8>) {
            let wide = |set: BTreeSet<u8>| set.into_iter().map(|n| u32::from(n) + 44).collect();
            let (a, b): (BTreeSet<u32>, BTreeSet<u32>) = (wide(a), wide(b));
            prop_assert_eq!(of(&a).iter().collect::<Vec<_>>(), a.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(of(&a).count(), a.len());
            prop_assert!((0..300).all(|number| of(&a).contains(number) == a.contains(&number)));
            let both = |change: fn(&mut Bits, &Bits)| {
                let mut bits = of(&a);
                change(&mut bits, &of(&b));
                bits.iter().collect::<BTreeSet<_>>()
            };
            prop_assert_eq!(both(Bits::keep), &a & &b);
            prop_assert_eq!(both(Bits::add), &a | &b);
            prop_assert_eq!(both(Bits::take_out), &a - &b);
            let mut without = of(&a);
            b.iter().for_each(|number| without.remove(*number));
            prop_assert_eq!(without.iter().collect::<BTreeSet<_>>(), &a - &b);
        }
    }
}
