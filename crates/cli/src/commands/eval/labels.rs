//! `forb eval labels`: the labels of a library next to a gold set.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::Args;
use ingestion::annotate::Annotators;
use ingestion::codebook::built_in;
use ingestion::hash;
use model::gold::GoldPassage;
use model::{Codebook, Passage};
use query::evaluation::{Baseline, Labels, compare, score};
use render::{Evaluation, ShownDifference};

use super::EvaluationFormat;
use super::files::read_lines;
use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Compare the labels of a library with a gold set.
///
/// Prints precision, recall and F1 with 95 % confidence intervals (2,000 resamples of the passages,
/// always the same ones), and what the plain words of the seeds would reach.
#[derive(Args, Debug)]
pub struct LabelsArguments {
    /// A file of passages labelled by hand. May be given more than once.
    #[arg(long, value_name = "FILE", required = true)]
    pub gold: Vec<PathBuf>,
    /// Label the passages anew by this codebook; without it the labels in the index are compared.
    #[arg(long, value_name = "FILE")]
    pub codebook: Option<PathBuf>,
    /// List every difference with its words.
    #[arg(long)]
    pub errors: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: EvaluationFormat,
}

/// Runs the step.
pub fn run(
    global: &GlobalArguments,
    arguments: &LabelsArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let mut gold: Vec<GoldPassage> = Vec::new();
    for path in &arguments.gold {
        gold.extend(read_lines(path)?);
    }
    let mut seen = HashSet::new();
    if let Some(twice) = gold.iter().find(|passage| !seen.insert(&passage.passage)) {
        bail!("passage {} is labelled twice; give each gold set once", twice.passage);
    }
    let own = arguments.codebook.as_ref().map(|path| -> anyhow::Result<Codebook> {
        let named = || format!("{}", path.display());
        let text = fs::read_to_string(path).with_context(named)?;
        Codebook::from_toml(&text).with_context(named)
    });
    let own = own.transpose()?;
    let annotators = own.as_ref().map(Annotators::new);
    let codebook = own.as_ref().unwrap_or(built_in());
    let baseline = Baseline::of(codebook);
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let (mut missing, mut changed) = (Vec::new(), Vec::new());
    let (mut comparisons, mut plain, mut differences) = (Vec::new(), Vec::new(), Vec::new());
    for line in &gold {
        let Some(record) = index.passage(&line.passage)? else {
            missing.push(line.passage.clone());
            continue;
        };
        let passage = &record.passage.passage;
        if hash(passage.text.as_bytes()) != line.sha256 {
            changed.push(line.passage.clone());
            continue;
        }
        let found = match &annotators {
            Some(annotators) => {
                Labels::of_annotations(&passage.text, &annotators.annotations(passage))
            }
            None => Labels::of_annotated(&record.passage),
        };
        let expected = Labels::of_gold(&line.labels);
        let comparison = compare(&expected, &found);
        if arguments.errors {
            differences.extend(shown(passage, &comparison));
        }
        comparisons.push(comparison);
        plain.push(compare(&expected, &baseline.labels(&passage.text)));
    }
    let issues = codebook.issues.iter().map(|issue| issue.id.clone()).collect();
    let evaluation = Evaluation {
        scores: &score(&comparisons, &issues),
        baseline: Some(&score(&plain, &issues)),
        missing: &missing,
        changed: &changed,
        differences: &differences,
    };
    super::write(&evaluation, arguments.format, output)
}

/// The differences of a passage with their words.
fn shown<'a>(
    passage: &'a Passage,
    comparison: &'a query::evaluation::Comparison,
) -> impl Iterator<Item = ShownDifference> + 'a {
    comparison.differences.iter().map(|difference| {
        let ranges = difference.words.iter();
        let words = ranges.filter_map(|range| range.in_bytes(&passage.text)?.of(&passage.text));
        ShownDifference {
            passage: passage.id.clone(),
            words: words.map(str::to_owned).collect(),
            difference: difference.clone(),
        }
    })
}
