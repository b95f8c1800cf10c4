//! A whole run scored: every judged query, and the means with intervals from resampling the queries.

use std::collections::BTreeMap;

use super::files::{Judgements, Run};
use super::measures::{Measure, QueryScore, SourceOf, score_query};
use crate::evaluation::measures::{Draws, Estimate, estimate};
use crate::evaluation::scores::RESAMPLES;

/// Seed of the resampling: any, and always the same.
const SEED: u64 = 1948;

/// How well a run finds what was judged relevant.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankingScores {
    /// The scores of every judged query, by its id.
    pub queries: BTreeMap<String, QueryScore>,
    /// How many judged queries the run has nothing for; they score 0.
    pub without_answer: usize,
    /// How many queries of the run have no judgements; they are left out.
    pub not_judged: usize,
}

/// Scores a run whose passages are in order (see [`Run::sort`]). Every judged query counts: one that
/// the run has nothing for scores 0 (`trec_eval -c`), and so does one without a relevant passage.
pub fn score_run(judgements: &Judgements, run: &Run, source_of: &SourceOf<'_>) -> RankingScores {
    let score = |(id, grades): (&String, &BTreeMap<String, i64>)| {
        let found = run.queries.get(id).map_or(&[][..], Vec::as_slice);
        (id.clone(), score_query(grades, found, source_of))
    };
    let judged = &judgements.queries;
    let empty = |id: &&String| run.queries.get(*id).is_none_or(Vec::is_empty);
    RankingScores {
        queries: judged.iter().map(score).collect(),
        without_answer: judged.keys().filter(empty).count(),
        not_judged: run.queries.keys().filter(|id| !judged.contains_key(*id)).count(),
    }
}

impl RankingScores {
    /// The mean of a measure over the queries in which it has a value, with the interval in which it
    /// lies in 95 of 100 resamples of the queries (2,000, always the same ones).
    pub fn mean(&self, measure: Measure) -> Option<Estimate> {
        let values: Vec<f64> = self.queries.values().filter_map(|q| q.get(measure)).collect();
        let mut draws = Draws::from_seed(SEED);
        let rounds = if values.is_empty() { 0 } else { RESAMPLES };
        let resampled: Vec<Option<f64>> = (0..rounds)
            .map(|_| mean((0..values.len()).filter_map(|_| values.get(draws.below(values.len())))))
            .collect();
        estimate(mean(values.iter()), &resampled)
    }
}

fn mean<'a>(values: impl Iterator<Item = &'a f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0_u32);
    for value in values {
        sum += value;
        count += 1;
    }
    (count > 0).then(|| sum / f64::from(count))
}
