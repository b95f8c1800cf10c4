//! Counts and what is computed of them: precision, recall, F1, kappa, and intervals by resampling.

/// How often two labellings say the same: how often both do, and how often each does. For an
/// accuracy the last two are the same: how often there was something to decide.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How often both say it.
    pub both: u64,
    /// How often the first does: what was expected.
    pub expected: u64,
    /// How often the second does: what was found.
    pub found: u64,
}

/// A measure with the interval in which it lies in 95 of 100 resamples of the passages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Its value.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The measures of one row; each `None` where there is nothing to divide by.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Share of what was found that was expected.
    pub precision: Option<Estimate>,
    /// Share of what was expected that was found.
    pub recall: Option<Estimate>,
    /// Harmonic mean of the two.
    pub f1: Option<Estimate>,
}

impl Tally {
    /// Adds another.
    pub fn add(&mut self, other: Tally) {
        self.both += other.both;
        self.expected += other.expected;
        self.found += other.found;
    }

    /// Share of what was found that was expected.
    pub fn precision(&self) -> Option<f64> {
        share(self.both, self.found)
    }

    /// Share of what was expected that was found.
    pub fn recall(&self) -> Option<f64> {
        share(self.both, self.expected)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> Option<f64> {
        share(2 * self.both, self.expected + self.found)
    }

    /// Cohen's kappa over so many decisions, each for or against: agreement beyond what the two
    /// would reach by chance, given how often each says yes. `None` where chance alone agrees always.
    pub fn kappa(&self, decisions: u64) -> Option<f64> {
        let all = decisions as f64;
        let (a, b, both) = (self.expected as f64, self.found as f64, self.both as f64);
        let neither = all - a - b + both;
        let seen = (both + neither) / all;
        let chance = (a / all) * (b / all) + (1.0 - a / all) * (1.0 - b / all);
        (decisions > 0 && chance < 1.0).then(|| (seen - chance) / (1.0 - chance))
    }
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A measure of the whole with the interval of its resampled values: the 2.5th and the 97.5th
/// percentile. Resamples in which it has no value are left out.
pub(crate) fn estimate(value: Option<f64>, resampled: &[Option<f64>]) -> Option<Estimate> {
    let value = value?;
    let mut known: Vec<f64> = resampled.iter().flatten().copied().collect();
    known.sort_by(f64::total_cmp);
    let at = |part: f64| {
        let last = known.len().saturating_sub(1);
        known.get((part * last as f64).round() as usize).copied().unwrap_or(value)
    };
    Some(Estimate { value, low: at(0.025), high: at(0.975) })
}

/// Numbers that look random and are the same in every run (the generator SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Draws(u64);

impl Draws {
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper half of the product: a share of `end`.
        ((u128::from(mixed) * end as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_those_of_the_textbook() {
        let tally = Tally { both: 6, expected: 8, found: 10 };
        assert_eq!(tally.precision(), Some(0.6));
        assert_eq!(tally.recall(), Some(0.75));
        assert!((tally.f1().expect("some") - 12.0 / 18.0).abs() < 1e-12);
        assert_eq!(Tally::default().f1(), None);
        // 20 both, 5 and 10 alone, 15 neither: kappa 0.4.
        let tally = Tally { both: 20, expected: 25, found: 30 };
        assert!((tally.kappa(50).expect("some") - 0.4).abs() < 1e-12);
        assert_eq!(Tally::default().kappa(10), None);
        assert_eq!(Tally::default().kappa(0), None);
    }

    #[test]
    fn draws_are_spread_and_repeat() {
        let mut draws = Draws::from_seed(1);
        let first: Vec<usize> = (0..10_000).map(|_| draws.below(10)).collect();
        let mut counts = [0; 10];
        first.iter().for_each(|&draw| counts[draw] += 1);
        assert!(counts.iter().all(|&count| (850..1150).contains(&count)), "{counts:?}");
        let mut again = Draws::from_seed(1);
        assert!(first.iter().all(|&draw| draw == again.below(10)));
    }
}
