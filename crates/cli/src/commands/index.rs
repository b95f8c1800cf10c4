//! `forb index`: the index built again from the corpus, or only its labels made again.

use clap::Args;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::ingest::{Ingest, Relabelled, relabel_library};
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Build the index again from the corpus.
///
/// After the codebook of the library (`corpus/codebook.toml`) was edited, `--labels` is enough: the
/// passages are labelled again, and no report is read.
#[derive(Args, Debug)]
pub struct IndexArguments {
    /// Only label the passages again, by the codebook as it is now.
    #[arg(long)]
    pub labels: bool,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &IndexArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    crate::library::require(&library)?;
    if arguments.labels {
        let Relabelled { passages, changed } = relabel_library(&library, output)?;
        output.note(&format!("labelled again: {changed} of {passages} passages changed"));
        return Ok(Outcome::Found);
    }
    let failed = Ingest::rebuild(&library, output)?;
    Ok(if failed == 0 { Outcome::Found } else { Outcome::Partly })
}
