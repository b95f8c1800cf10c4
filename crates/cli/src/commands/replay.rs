//! `forb replay`: a recorded search asked again, and what is found differently.

use std::path::PathBuf;

use clap::Args;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::record::SearchRecord;

/// Ask a recorded search again.
///
/// The file is one that `--record` of `forb search` or `forb similar` wrote. Where the library
/// answers the same, passages, order and scores, the exit code is 0; else what differs is listed and
/// the exit code is 1.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb search blasphemy --country PK --record blasphemy.json\n  \
    forb replay blasphemy.json")]
pub struct ReplayArguments {
    /// The record of a search.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ReplayArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let record = SearchRecord::open(&arguments.file)?;
    let request = record.request()?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let result = query::search(&index, &request)?;
    let now = SearchRecord::of(&index, record.typed(), &request, &result);
    for changed in record.changed(&now) {
        output.note(&changed);
    }
    let differences = record.differences(&now);
    let mut said = String::new();
    for difference in &differences {
        said.push_str(&render::safe(difference));
        said.push('\n');
    }
    if differences.is_empty() {
        let (total, shown) = (result.total, result.hits.len());
        said = format!("the same: {total} found, {shown} listed, every rank and score\n");
    }
    output.data(&said)?;
    Ok(if differences.is_empty() { Outcome::Found } else { Outcome::Nothing })
}
