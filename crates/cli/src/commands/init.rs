//! `forb init`: an empty library.

use std::path::PathBuf;

use clap::Args;

use crate::failure::Outcome;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Make an empty library.
///
/// A library is a folder with `corpus/` (what was captured, with a record of each file) and `index/`
/// (derived, and built again at need). `forb add` makes one too; this command only makes sure where.
#[derive(Args, Debug)]
#[command(
    before_long_help = "Examples:\n  forb init ~/forb-library\n  forb --library ~/forb-library add reports/"
)]
pub struct InitArguments {
    /// The folder; it is made if need be.
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// Runs the command.
pub fn run(arguments: &InitArguments, output: &Output) -> anyhow::Result<Outcome> {
    let library = LibraryPaths { root: arguments.folder.clone() };
    let existed = library.corpus().exists();
    library.corpus().create()?;
    let state = if existed { "is a library already" } else { "is an empty library now" };
    output.note(&format!("{} {state}", library.root.display()));
    Ok(Outcome::Found)
}
