//! `forb restore`: a library from an archive.

use std::path::PathBuf;

use clap::Args;
use ingestion::packing::unpack;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Make a library of a file that `forb archive` wrote.
///
/// Every part is verified by its hash before any of it counts: the library is restored whole or not
/// at all. It needs a folder that is empty or not there yet.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb --library ~/restored restore ~/backup/forb-2026-11.tar.zst")]
pub struct RestoreArguments {
    /// The archive.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &RestoreArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let manifest = unpack(&arguments.file, &library.root)?;
    let records = library.corpus().records()?;
    output.note(&format!(
        "{} holds {} captures now, archived on {}; the next search builds the index if need be",
        library.root.display(),
        records.captures.len(),
        manifest.made
    ));
    Ok(Outcome::Found)
}
