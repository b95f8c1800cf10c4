//! `forb index`: the index built again from the corpus.

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::ingest::Ingest;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Runs the command.
pub fn run(global: &GlobalArguments, output: &Output) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    crate::library::require(&library)?;
    let failed = Ingest::rebuild(&library, output)?;
    Ok(if failed == 0 { Outcome::Found } else { Outcome::Partly })
}
