//! Shares and rates with 95 % confidence intervals. A share has Wilson's interval:
//! `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`. A rate is a count over words, its interval
//! Byar's approximation of the exact Poisson limits: `c·(1 − 1/9c − z/3√c)³` below, and with
//! `d = c + 1`, `d·(1 − 1/9d + z/3√d)³` above; `z` is 1.96. Both take what is counted to be
//! independent; words of one document are not quite, so intervals are rather too narrow than too wide.

/// For how many words a rate is given.
pub const PER_WORDS: f64 = 10_000.0;

/// The quantile of the normal distribution for an interval of 95 %.
const Z: f64 = 1.959_963_985;

/// A share of a whole, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Of how many; never 0, never less than `count`.
    pub of: u64,
    /// Their share, from 0 to 1.
    pub value: f64,
    /// Lower end of the interval, from 0.
    pub low: f64,
    /// Upper end of the interval, to 1.
    pub high: f64,
}

/// How often something stands in so many words, with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How often it stands there.
    pub count: u64,
    /// In how many words; never 0.
    pub words: u64,
    /// How often in [`PER_WORDS`] words.
    pub value: f64,
    /// Lower end of the interval, in [`PER_WORDS`] words.
    pub low: f64,
    /// Upper end of the interval, in [`PER_WORDS`] words.
    pub high: f64,
}

/// The share of a whole; `None` where there is no whole, or less of it than of its part.
pub fn share(count: u64, of: u64) -> Option<Share> {
    if of == 0 || count > of {
        return None;
    }
    let (n, p, z2) = (of as f64, count as f64 / of as f64, Z * Z);
    let middle = p + z2 / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    // At the ends the formula is exact, but not its arithmetic.
    let low = if count == 0 { 0.0 } else { (middle - spread) / scale };
    let high = if count == of { 1.0 } else { (middle + spread) / scale };
    Some(Share { count, of, value: p, low, high })
}

/// The rate of a count in so many words; `None` where there are no words: then nothing can be said.
pub fn rate(count: u64, words: u64) -> Option<Rate> {
    if words == 0 {
        return None;
    }
    let per = |count: f64| count * PER_WORDS / words as f64;
    let (low, high) = poisson_limits(count);
    Some(Rate { count, words, value: per(count as f64), low: per(low), high: per(high) })
}

/// Byar's limits of the mean of a Poisson count.
fn poisson_limits(count: u64) -> (f64, f64) {
    let limit = |c: f64, z: f64| c * (1.0 - 1.0 / (9.0 * c) + z / (3.0 * c.sqrt())).powi(3);
    let low = if count == 0 { 0.0 } else { limit(count as f64, -Z).max(0.0) };
    (low, limit(count as f64 + 1.0, Z))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn intervals_are_those_of_published_tables() {
        // Exact Poisson limits of 0, 5, 10 and 100; Byar's lie within 0.04 of each.
        for (count, low, high) in
            [(0, 0.0, 3.689), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)]
        {
            let limits = poisson_limits(count);
            assert!((limits.0 - low).abs() < 0.04, "{count}: {limits:?}");
            assert!((limits.1 - high).abs() < 0.04, "{count}: {limits:?}");
        }
        // Wilson's interval of 15 in 50.
        let wilson = share(15, 50).expect("a share");
        assert!((wilson.low - 0.1910).abs() < 5e-4 && (wilson.high - 0.4375).abs() < 5e-4);
    }

    #[test]
    fn nothing_can_be_said_where_there_is_no_text() {
        assert_eq!(rate(0, 0), None);
        assert_eq!(share(0, 0), None);
        assert_eq!(share(3, 2), None);
        assert_eq!(rate(0, 10_000).map(|rate| (rate.value, rate.low)), Some((0.0, 0.0)));
        assert_eq!(share(0, 9).map(|share| share.low), Some(0.0));
        assert_eq!(share(9, 9).map(|share| share.high), Some(1.0));
    }

    proptest! {
        #[test]
        fn intervals_hold_their_value(count in 0u64..10_000, more in 0u64..10_000) {
            let of = count + more;
            if let Some(share) = share(count, of) {
                prop_assert!(0.0 <= share.low && share.low <= share.value);
                prop_assert!(share.value <= share.high && share.high <= 1.0);
            }
            if let Some(rate) = rate(count, of) {
                prop_assert!(0.0 <= rate.low && rate.low <= rate.value && rate.value <= rate.high);
            }
        }
    }
}
