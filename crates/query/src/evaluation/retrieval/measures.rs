//! What one query's ranking is worth, by each measure. The numbers are those of `trec_eval`: gains
//! are the grades themselves, a grade of 1 or more is relevant, below 0 counts as 0, and a query
//! without relevant passages scores 0.

use std::collections::{BTreeMap, BTreeSet};

use super::files::Retrieved;

/// How many of the best passages [`Measure::SourceCoverage10`] looks at.
pub const COVERAGE_DEPTH: usize = 10;

/// What is measured of a ranking; every value lies between 0 and 1, and more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Normalised discounted cumulative gain of the ten best: the grades, each divided by the
    /// logarithm (base 2) of its rank plus one, as a share of what the best order would reach.
    Ndcg10,
    /// Average precision: the precision at each relevant passage's rank, summed and divided by the
    /// number of relevant passages. Its mean is MAP.
    AveragePrecision,
    /// Share of the relevant passages among the first 50.
    Recall50,
    /// Share of the relevant passages among the first 100.
    Recall100,
    /// Share of relevant passages among the first 5.
    Precision5,
    /// One divided by the rank of the first relevant passage. Its mean is MRR.
    ReciprocalRank,
    /// Of the sources (series) that hold a relevant passage, the share that stands with a relevant
    /// passage among the first 10.
    SourceCoverage10,
}

/// What one query's ranking is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct QueryScore {
    values: [f64; Measure::ALL.len()],
    /// Whether any relevant passage's source is known.
    has_sources: bool,
}

/// Says of which source (series) a docno is; `None` where that is not known.
pub type SourceOf<'a> = dyn Fn(&str) -> Option<String> + 'a;

impl Measure {
    /// Every measure, in the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Ndcg10,
        Self::AveragePrecision,
        Self::Recall50,
        Self::Recall100,
        Self::Precision5,
        Self::ReciprocalRank,
        Self::SourceCoverage10,
    ];

    /// The name of its mean over queries.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ndcg10 => "nDCG@10",
            Self::AveragePrecision => "MAP",
            Self::Recall50 => "R@50",
            Self::Recall100 => "R@100",
            Self::Precision5 => "P@5",
            Self::ReciprocalRank => "MRR",
            Self::SourceCoverage10 => "source coverage@10",
        }
    }
}

impl QueryScore {
    /// The value of a measure; `None` for the coverage of sources where no relevant passage's source
    /// is known.
    pub fn get(&self, measure: Measure) -> Option<f64> {
        let known = measure != Measure::SourceCoverage10 || self.has_sources;
        let at = Measure::ALL.iter().position(|known| *known == measure);
        at.and_then(|at| self.values.get(at)).copied().filter(|_| known)
    }
}

/// Scores the ranking of one query. `found` is in order, the best first, each docno once.
pub fn score_query(
    grades: &BTreeMap<String, i64>,
    found: &[Retrieved],
    source_of: &SourceOf<'_>,
) -> QueryScore {
    let relevant: Vec<&String> = grades.iter().filter(|(_, g)| **g > 0).map(|(d, _)| d).collect();
    let gains: Vec<f64> = found
        .iter()
        .map(|one| grades.get(&one.docno).copied().unwrap_or(0).max(0) as f64)
        .collect();
    let met = |depth: usize| gains.iter().take(depth).filter(|gain| **gain > 0.0).count() as f64;
    let recall = |depth: usize| share(met(depth), relevant.len());
    let ranks = || (1_usize..).zip(&gains).filter(|(_, gain)| **gain > 0.0).map(|(rank, _)| rank);
    let precisions = (1_usize..).zip(ranks()).map(|(so_far, rank)| share(so_far as f64, rank));
    let sources: BTreeSet<String> = relevant.iter().filter_map(|docno| source_of(docno)).collect();
    let values = Measure::ALL.map(|measure| match measure {
        Measure::Ndcg10 => ndcg(&gains, grades, 10),
        Measure::AveragePrecision => share(precisions.clone().sum(), relevant.len()),
        Measure::Recall50 => recall(50),
        Measure::Recall100 => recall(100),
        Measure::Precision5 => share(met(5), 5),
        Measure::ReciprocalRank => ranks().next().map_or(0.0, |rank| share(1.0, rank)),
        Measure::SourceCoverage10 => {
            let shown = found.iter().zip(&gains).take(COVERAGE_DEPTH);
            let shown = shown.filter(|(_, gain)| **gain > 0.0);
            let shown: BTreeSet<String> =
                shown.filter_map(|(one, _)| source_of(&one.docno)).collect();
            share(shown.len() as f64, sources.len())
        }
    });
    QueryScore { values, has_sources: !sources.is_empty() }
}

fn ndcg(gains: &[f64], grades: &BTreeMap<String, i64>, depth: usize) -> f64 {
    let mut best: Vec<i64> = grades.values().copied().filter(|grade| *grade > 0).collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    let best: Vec<f64> = best.into_iter().map(|grade| grade as f64).collect();
    let ideal = discounted(&best, depth);
    if ideal > 0.0 { discounted(gains, depth) / ideal } else { 0.0 }
}

fn discounted(gains: &[f64], depth: usize) -> f64 {
    let ranked = (1_u32..).zip(gains).take(depth);
    ranked.map(|(rank, gain)| gain / f64::from(rank + 1).log2()).sum()
}

fn share(part: f64, whole: usize) -> f64 {
    if whole > 0 { part / whole as f64 } else { 0.0 }
}
