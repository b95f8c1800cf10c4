//! `forb replay`: a recorded search, comparison or other answer asked again, and what is found
//! differently.

use std::path::PathBuf;

use clap::Args;
use indexing::Index;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::answered::AnswerRecord;
use crate::searching::compared::CompareRecord;
use crate::searching::file;
use crate::searching::record::SearchRecord;

/// Ask a recorded search, comparison or other answer again.
///
/// The file is one that `--record` of `forb search`, `forb similar`, `forb compare`, `forb changes`,
/// `forb keyness` or `forb reuse` wrote. Where the library answers the same, passages, order and scores,
/// or every finding, the exit code is 0; else what differs is listed and the exit code is 1.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb search blasphemy --country PK --record blasphemy.json\n  \
    forb replay blasphemy.json\n  \
    forb compare --country PK --issue blasphemy --record pakistan.json\n  \
    forb changes --country KZ --series us-state-irf --period 2021..2022 --record kazakhstan.json")]
pub struct ReplayArguments {
    /// The record.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ReplayArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let value = file::read(&arguments.file)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let again = if CompareRecord::is(&value) {
        comparison(CompareRecord::of_value(value, &arguments.file)?, &index)?
    } else if AnswerRecord::is(&value) {
        answer(AnswerRecord::of_value(value, &arguments.file)?, &library, &index)?
    } else {
        search(SearchRecord::of_value(value, &arguments.file)?, &index)?
    };
    for changed in &again.changed {
        output.note(changed);
    }
    let mut said = String::new();
    for difference in &again.differences {
        said.push_str(&render::safe(difference));
        said.push('\n');
    }
    let same = again.differences.is_empty();
    output.data(if same { &again.same } else { &said })?;
    Ok(if same { Outcome::Found } else { Outcome::Nothing })
}

/// What came of asking again.
struct Again {
    changed: Vec<String>,
    differences: Vec<String>,
    /// What is said where nothing differs.
    same: String,
}

fn search(record: SearchRecord, index: &Index) -> anyhow::Result<Again> {
    let request = record.request()?;
    let result = query::search(index, &request)?;
    let now = SearchRecord::of(index, record.typed(), &request, &result);
    let (total, shown) = (result.total, result.hits.len());
    let same = format!("the same: {total} found, {shown} listed, every rank and score\n");
    let (changed, differences) = (record.changed(&now), record.differences(&now));
    Ok(Again { changed, differences, same })
}

fn comparison(record: CompareRecord, index: &Index) -> anyhow::Result<Again> {
    let request = record.request()?;
    let answer = request.answer(index, &index.held()?)?;
    let now = CompareRecord::of(index, record.typed(), &request, &answer);
    let same = format!("the same: {} findings\n", record.findings());
    let (changed, differences) = (record.changed(&now), record.differences(&now));
    Ok(Again { changed, differences, same })
}

fn answer(record: AnswerRecord, library: &LibraryPaths, index: &Index) -> anyhow::Result<Again> {
    let now = record.again(library, index)?;
    let same = format!("the same: {} findings\n", record.findings());
    let (changed, differences) = (record.changed(&now), record.differences(&now));
    Ok(Again { changed, differences, same })
}
