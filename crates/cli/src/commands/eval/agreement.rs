//! `forb eval agreement`: two labellings of the same passages next to each other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Args;
use ingestion::codebook::built_in;
use model::PassageId;
use model::gold::GoldPassage;
use query::evaluation::{Labels, compare, score};
use render::Evaluation;

use super::EvaluationFormat;
use super::files::read_lines;
use crate::failure::Outcome;
use crate::output::Output;

/// Compare two labellings of the same passages.
///
/// What the first says counts as expected, what the second says as found; F1 and kappa do not
/// depend on which is which. Passages that only one of them has are left out: the first may be
/// larger, and that is not worth a word; those that only the second has are named.
#[derive(Args, Debug)]
pub struct AgreementArguments {
    /// The first labelling.
    #[arg(value_name = "A.jsonl")]
    pub first: PathBuf,
    /// The second labelling.
    #[arg(value_name = "B.jsonl")]
    pub second: PathBuf,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: EvaluationFormat,
}

/// Runs the step.
pub fn run(arguments: &AgreementArguments, output: &Output) -> anyhow::Result<Outcome> {
    let first: Vec<GoldPassage> = read_lines(&arguments.first)?;
    let second: Vec<GoldPassage> = read_lines(&arguments.second)?;
    let first: BTreeMap<&PassageId, &GoldPassage> =
        first.iter().map(|passage| (&passage.passage, passage)).collect();
    let (mut missing, mut changed, mut comparisons) = (Vec::new(), Vec::new(), Vec::new());
    let mut issues: BTreeSet<_> = built_in().issues.iter().map(|issue| issue.id.clone()).collect();
    for again in &second {
        let Some(before) = first.get(&again.passage) else {
            missing.push(again.passage.clone());
            continue;
        };
        if before.sha256 != again.sha256 {
            changed.push(again.passage.clone());
            continue;
        }
        let both = before.labels.issues.iter().chain(&again.labels.issues);
        issues.extend(both.map(|label| label.issue.clone()));
        comparisons
            .push(compare(&Labels::of_gold(&before.labels), &Labels::of_gold(&again.labels)));
    }
    let evaluation = Evaluation {
        scores: &score(&comparisons, &issues),
        baseline: None,
        missing: &missing,
        changed: &changed,
        differences: &[],
    };
    super::write(&evaluation, arguments.format, output)
}
