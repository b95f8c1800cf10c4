//! `forb eval`: passages drawn for labelling by hand, their labels taken in, and how well the labels
//! of a library, or two labellings, agree; and how well a ranking finds what was judged relevant.

mod agreement;
mod draw;
mod files;
mod labels;
mod ranking;
mod take;

use clap::{Args, Subcommand, ValueEnum};
use render::{Evaluation, evaluation_json, evaluation_markdown, evaluation_text};

use self::agreement::AgreementArguments;
use self::draw::DrawArguments;
use self::labels::LabelsArguments;
use self::ranking::RankingArguments;
use self::take::TakeArguments;
use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::output::Output;

/// Say how well labels agree with those given by hand, and how well the ranking finds.
///
/// A gold set is a file of passages labelled by hand, one a line, without their text: id, range and
/// hash say which they are. `docs/labelling.md` says how to label, `docs/evaluation.md` what was
/// found with the gold set that comes with forb. With `--queries` and `--qrels` the ranking is scored,
/// as by `forb eval ranking`.
#[derive(Args, Debug)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
#[command(arg_required_else_help = true)]
#[command(before_long_help = "Examples:\n  \
    forb eval draw --seed spring --number 50 --series us-state-irf > drawn.jsonl\n  \
    forb eval take labels.jsonl --drawn drawn.jsonl > gold.jsonl\n  \
    forb eval labels --gold gold.jsonl --errors\n  \
    forb eval agreement gold.jsonl again.jsonl\n  \
    forb eval --queries queries.tsv --qrels qrels.txt")]
pub struct EvalArguments {
    /// What to do.
    #[command(subcommand)]
    pub step: Option<Step>,
    /// What `forb eval ranking` takes.
    #[command(flatten)]
    pub ranking: RankingArguments,
}

/// The steps of an evaluation.
#[derive(Subcommand, Debug)]
pub enum Step {
    /// Draw passages for labelling, the same ones for the same seed.
    Draw(DrawArguments),
    /// Make a gold set of labels that quote the words.
    Take(TakeArguments),
    /// Compare the labels of a library with a gold set.
    Labels(LabelsArguments),
    /// Compare two labellings of the same passages.
    Agreement(AgreementArguments),
    /// Say how well the ranking finds what was judged relevant.
    Ranking(RankingArguments),
}

/// How an evaluation is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvaluationFormat {
    /// For people; in a pipe columns parted by tabs.
    Text,
    /// Tables for a document.
    Markdown,
    /// For programs; see docs/output-format.md.
    Json,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &EvalArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    match &arguments.step {
        Some(Step::Draw(draw)) => draw::run(global, draw, output),
        Some(Step::Take(take)) => take::run(global, take, output),
        Some(Step::Labels(labels)) => labels::run(global, labels, output),
        Some(Step::Agreement(agreement)) => agreement::run(agreement, output),
        Some(Step::Ranking(ranking)) => ranking::run(global, ranking, output),
        None => ranking::run(global, &arguments.ranking, output),
    }
}

/// Writes an evaluation; nothing compared is nothing found.
fn write(
    evaluation: &Evaluation<'_>,
    format: EvaluationFormat,
    output: &Output,
) -> anyhow::Result<Outcome> {
    output.data(&match format {
        EvaluationFormat::Text => evaluation_text(evaluation, *output.style()),
        EvaluationFormat::Markdown => evaluation_markdown(evaluation),
        EvaluationFormat::Json => evaluation_json(evaluation),
    })?;
    Ok(if evaluation.scores.passages == 0 { Outcome::Nothing } else { Outcome::Found })
}
