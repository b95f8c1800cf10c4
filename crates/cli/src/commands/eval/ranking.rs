//! `forb eval ranking`: how well a ranking finds what was judged relevant; of a library that is
//! searched now, or of a run that was written before.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::Args;
use query::SearchRequest;
use query::evaluation::retrieval::{
    Judgements, RankingScores, Read, Run, read_judgements, read_run, score_run,
};
use render::{Detail, RankingView, ranking_json, ranking_markdown, ranking_text};

use super::EvaluationFormat;
use crate::arguments::GlobalArguments;
use crate::batch::{Asked, answer_each, name_bad_lines};
use crate::docnos::{Docno, Docnos};
use crate::failure::Outcome;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::rank::RankArguments;
use crate::{library, question};

/// How deep `trec_eval` looks.
const DEPTH: usize = 1_000;

/// Say how well the ranking finds what was judged relevant.
///
/// Prints nDCG@10, MAP, R@50, R@100, P@5, MRR and the coverage of sources at 10, with 95 % confidence
/// intervals (2,000 resamples of the queries). The values are those of `trec_eval -c`: every judged
/// query counts, of those that --queries holds. `docs/judging.md` says how passages were judged.
#[derive(Args, Debug)]
#[group(requires = "qrels")]
pub struct RankingArguments {
    /// The queries, each an id, a tab and its words. They are searched in the library.
    #[arg(long, value_name = "FILE.tsv", required_unless_present = "run")]
    pub queries: Option<PathBuf>,
    /// What was judged, in the form of TREC: the id of a query, 0, a passage, its grade.
    #[arg(long, value_name = "FILE")]
    pub qrels: Option<PathBuf>,
    /// Score this run, in the form of TREC, instead of searching.
    #[arg(long, value_name = "FILE")]
    pub run: Option<PathBuf>,
    /// Compare with this run: differences, and by a paired randomisation test how likely they are by
    /// chance.
    #[arg(long, value_name = "FILE")]
    pub compare: Option<PathBuf>,
    /// What the judgements call a passage.
    #[arg(long, value_name = "WHICH", default_value = "passage")]
    pub docno: Docno,
    /// How matches are ranked.
    #[command(flatten)]
    pub rank: RankArguments,
    /// Show every query.
    #[arg(long)]
    pub by_query: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: EvaluationFormat,
}

/// Runs the step.
pub fn run(
    global: &GlobalArguments,
    arguments: &RankingArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let Some(qrels) = &arguments.qrels else {
        bail!("no judgements are given: name their file with --qrels");
    };
    let mut unsound = false;
    let mut judgements: Judgements = read(qrels, read_judgements, &mut unsound, output)?;
    let compared = arguments.compare.as_ref();
    let other = compared.map(|path| read(path, read_run, &mut unsound, output)).transpose()?;
    // A run can be scored without a library; then nothing is known of sources.
    let found = LibraryPaths::find(global.library.as_deref());
    let opened = found.and_then(|library| {
        let ranker = arguments.rank.ranker(&library.corpus())?;
        Ok((library::open(&library, output)?, ranker, library.corpus()))
    });
    let library = match opened {
        Ok(opened) => Some(opened),
        Err(error) if arguments.run.is_some() && global.library.is_none() => {
            output.note(&format!("the sources of passages are not known: {error:#}"));
            None
        }
        Err(error) => return Err(error),
    };
    let docnos =
        library.as_ref().map(|(index, ..)| Docnos::of(index, arguments.docno)).transpose()?;
    let mut run = Run::default();
    if let Some(path) = &arguments.run {
        run = read(path, read_run, &mut unsound, output)?;
    }
    let mut asked = BTreeSet::new();
    if let Some(path) = &arguments.queries {
        let answer = |query: &Asked| match (&library, &docnos, &arguments.run) {
            (Some((index, ranker, corpus)), Some(docnos), None) => {
                let query = question::read(&query.words, corpus, index).query;
                let request = SearchRequest { limit: DEPTH, ..ranker.request(query) };
                Ok(docnos.retrieved(&query::search(index, &request)?))
            }
            _ => Ok(Vec::new()),
        };
        let answered = answer_each(path, output, answer, |query, found| {
            asked.insert(query.id.clone());
            if arguments.run.is_none() {
                run.queries.insert(query.id.clone(), found);
            }
            Ok(())
        })?;
        unsound |= answered.bad > 0;
        judgements.queries.retain(|query, _| asked.contains(query));
        run.queries.retain(|query, _| asked.contains(query));
    }
    run.sort();
    let source = |docno: &str| docnos.as_ref()?.source(docno);
    let scores = score_run(&judgements, &run, &source);
    let other = other.map(|mut other| {
        if arguments.queries.is_some() {
            other.queries.retain(|query, _| asked.contains(query));
        }
        score_run(&judgements, &other, &source)
    });
    write(arguments, &scores, other.as_ref(), output)?;
    Ok(match scores.queries.len() {
        _ if unsound => Outcome::Partly,
        0 => Outcome::Nothing,
        _ => Outcome::Found,
    })
}

fn write(
    arguments: &RankingArguments,
    scores: &RankingScores,
    other: Option<&RankingScores>,
    output: &Output,
) -> anyhow::Result<()> {
    let name = arguments.compare.as_deref().and_then(Path::file_name);
    let name = name.map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let view = RankingView {
        scores,
        compared: other.map(|other| (name.as_str(), other)),
        detail: if arguments.by_query { Detail::Full } else { Detail::Brief },
    };
    output.data(&match arguments.format {
        EvaluationFormat::Text => ranking_text(&view, *output.style()),
        EvaluationFormat::Markdown => ranking_markdown(&view),
        EvaluationFormat::Json => ranking_json(&view),
    })
}

/// Reads a file of an evaluation; lines that are not right are named, and `unsound` says so.
fn read<T>(
    path: &Path,
    reader: fn(&[u8]) -> Read<T>,
    unsound: &mut bool,
    output: &Output,
) -> anyhow::Result<T> {
    let bytes = fs::read(path).with_context(|| format!("{} could not be read", path.display()))?;
    let Read { held, bad } = reader(&bytes);
    name_bad_lines(path, &bad, output);
    *unsound |= !bad.is_empty();
    Ok(held)
}
