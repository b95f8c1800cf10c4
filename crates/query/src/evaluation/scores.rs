//! Comparisons of many passages, summed and measured, with intervals from resampling the passages.

use std::collections::{BTreeMap, BTreeSet};

use model::IssueId;

use super::compare::{Comparison, Facet};
use super::measures::{Draws, Estimate, Measures, Tally, estimate};

/// How often the passages are resampled.
pub const RESAMPLES: usize = 2_000;

/// Seed of the resampling: any, and always the same.
const SEED: u64 = 1948;

/// The counts of one facet.
pub type Counted = BTreeMap<Facet, Tally>;

/// One line of the result.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is measured.
    pub facet: Facet,
    /// The counts.
    pub tally: Tally,
    /// The measures; for an accuracy the three are the same.
    pub measures: Measures,
    /// Cohen's kappa, for facets of which every passage is a decision for or against.
    pub kappa: Option<Estimate>,
}

/// How two labellings compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// How many passages were compared.
    pub passages: usize,
    /// A row a facet, in the order of [`Facet`].
    pub rows: Vec<Row>,
    /// The mean of precision, recall and F1 of the issues that were expected at least once. An issue
    /// that was never found counts with a precision of 0.
    pub issues_mean: Measures,
}

impl Scores {
    /// The row of a facet.
    pub fn row(&self, facet: &Facet) -> Option<&Row> {
        self.rows.iter().find(|row| row.facet == *facet)
    }
}

/// Sums comparisons, one a passage. `issues` are those that the labellers decided about, in each
/// passage for or against: kappa needs to know.
pub fn score(comparisons: &[Comparison], issues: &BTreeSet<IssueId>) -> Scores {
    let whole = sum(comparisons.iter());
    let samples = resamples(comparisons);
    let (each, all) = (comparisons.len() as u64, (comparisons.len() * issues.len()) as u64);
    let rows = whole.iter().map(|(facet, tally)| {
        let of = |measure: &dyn Fn(&Tally) -> Option<f64>| {
            let sampled: Vec<Option<f64>> =
                samples.iter().map(|counted| counted.get(facet).and_then(measure)).collect();
            estimate(measure(tally), &sampled)
        };
        let decisions = match facet {
            Facet::Issues => Some(all),
            Facet::Issue(_) => Some(each),
            _ => None,
        };
        Row {
            facet: facet.clone(),
            tally: *tally,
            measures: Measures {
                precision: of(&Tally::precision),
                recall: of(&Tally::recall),
                f1: of(&Tally::f1),
            },
            kappa: decisions.and_then(|decisions| of(&|tally: &Tally| tally.kappa(decisions))),
        }
    });
    Scores {
        passages: comparisons.len(),
        rows: rows.collect(),
        issues_mean: issues_mean(&whole, &samples),
    }
}

fn sum<'a>(comparisons: impl Iterator<Item = &'a Comparison>) -> Counted {
    let mut counted = Counted::new();
    for comparison in comparisons {
        for (facet, tally) in &comparison.tallies {
            counted.entry(facet.clone()).or_default().add(*tally);
        }
    }
    counted
}

/// The sums of as many passages, drawn with repetition, again and again.
fn resamples(comparisons: &[Comparison]) -> Vec<Counted> {
    let facets: BTreeSet<&Facet> =
        comparisons.iter().flat_map(|comparison| comparison.tallies.keys()).collect();
    let facets: Vec<&Facet> = facets.into_iter().collect();
    // By number: the passages are walked two thousand times.
    let numbered = |comparison: &Comparison| -> Vec<(usize, Tally)> {
        let tallies = comparison.tallies.iter();
        tallies.filter_map(|(f, tally)| Some((facets.binary_search(&f).ok()?, *tally))).collect()
    };
    let passages: Vec<Vec<(usize, Tally)>> = comparisons.iter().map(numbered).collect();
    let mut draws = Draws::from_seed(SEED);
    let rounds = if passages.is_empty() { 0 } else { RESAMPLES };
    let sample = |_| {
        let mut sums = vec![Tally::default(); facets.len()];
        for _ in 0..passages.len() {
            for (facet, tally) in &passages[draws.below(passages.len())] {
                sums[*facet].add(*tally);
            }
        }
        facets.iter().map(|facet| (*facet).clone()).zip(sums).collect()
    };
    (0..rounds).map(sample).collect()
}

fn issues_mean(whole: &Counted, samples: &[Counted]) -> Measures {
    let mean = |counted: &Counted, measure: fn(&Tally) -> Option<f64>| {
        let issues = counted.iter().filter(|(facet, _)| matches!(facet, Facet::Issue(_)));
        let expected = issues.filter(|(_, tally)| tally.expected > 0);
        let values: Vec<f64> = expected.map(|(_, t)| measure(t).unwrap_or(0.0)).collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let of = |measure: fn(&Tally) -> Option<f64>| {
        let sampled: Vec<Option<f64>> = samples.iter().map(|s| mean(s, measure)).collect();
        estimate(mean(whole, measure), &sampled)
    };
    Measures { precision: of(Tally::precision), recall: of(Tally::recall), f1: of(Tally::f1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(both: u64, expected: u64, found: u64) -> Comparison {
        let tally = Tally { both, expected, found };
        let issue = Facet::Issue(IssueId::new("bans").expect("an id"));
        Comparison {
            tallies: [(Facet::Issues, tally), (issue, tally)].into(),
            differences: Vec::new(),
        }
    }

    #[test]
    fn an_interval_holds_the_value_and_narrows_with_more_passages() {
        let issues = [IssueId::new("bans").expect("an id")].into();
        let few: Vec<Comparison> = (0..20).map(|at| passage(u64::from(at % 4 > 0), 1, 1)).collect();
        let many: Vec<Comparison> = few.iter().cycle().take(400).cloned().collect();
        let width = |comparisons: &[Comparison]| {
            let scores = score(comparisons, &issues);
            let f1 = scores.row(&Facet::Issues).expect("a row").measures.f1.expect("a value");
            assert_eq!(f1.value, 0.75);
            assert!(f1.low < f1.value && f1.value < f1.high, "{f1:?}");
            assert_eq!(scores.issues_mean.f1.expect("a value").value, 0.75);
            f1.high - f1.low
        };
        assert!(width(&many) < width(&few) / 2.0);
        assert_eq!(score(&few, &issues), score(&few, &issues));
    }

    #[test]
    fn nothing_compared_is_nothing_measured() {
        assert_eq!(score(&[], &BTreeSet::new()), Scores::default());
        let none = score(&[passage(0, 0, 0)], &BTreeSet::new());
        assert_eq!(none.rows[0].measures, Measures::default());
    }
}
