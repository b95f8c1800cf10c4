//! Whether two rankings differ by more than chance: a paired randomisation test.
//!
//! Were there no difference, it would be chance which of the two rankings of a query is called the
//! first. So for each query a coin decides whether the two are exchanged, again and again, and it is
//! counted how often the difference of the means is at least as large as the one seen.

use super::measures::Measure;
use super::scores::RankingScores;
use crate::evaluation::measures::Draws;

/// How often the rankings are exchanged at random.
pub const PERMUTATIONS: usize = 10_000;

/// Seed of the coin: any, and always the same.
const SEED: u64 = 2019;

/// Differences this much smaller than the one seen still count as large: they are sums of the same
/// numbers in another order.
const ROUNDING: f64 = 1e-12;

/// Two rankings of the same queries, compared by one measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paired {
    /// The mean of the second less that of the first.
    pub difference: f64,
    /// Share of random exchanges in which the means differ at least as much, either way: how likely
    /// such a difference is by chance alone. Never 0, for the exchange that changes nothing counts.
    pub p: f64,
    /// In how many queries the second is better.
    pub better: usize,
    /// In how many it is worse.
    pub worse: usize,
    /// How many queries both were scored on.
    pub queries: usize,
}

/// Compares a second scoring with a first, over the queries that both have. `None` without any.
pub fn paired(first: &RankingScores, second: &RankingScores, measure: Measure) -> Option<Paired> {
    let both = first.queries.iter().filter_map(|(id, one)| {
        let other = second.queries.get(id)?.get(measure)?;
        Some(other - one.get(measure)?)
    });
    let differences: Vec<f64> = both.collect();
    if differences.is_empty() {
        return None;
    }
    let queries = differences.len();
    let seen: f64 = differences.iter().sum();
    let mut draws = Draws::from_seed(SEED);
    let as_large = (0..PERMUTATIONS).filter(|_| {
        let flip = |difference: &f64| if draws.below(2) == 0 { *difference } else { -difference };
        let sum: f64 = differences.iter().map(flip).sum();
        sum.abs() >= seen.abs() - ROUNDING
    });
    let as_large = as_large.count();
    Some(Paired {
        difference: seen / queries as f64,
        p: (as_large + 1) as f64 / (PERMUTATIONS + 1) as f64,
        better: differences.iter().filter(|difference| **difference > 0.0).count(),
        worse: differences.iter().filter(|difference| **difference < 0.0).count(),
        queries,
    })
}
