//! `forb doctor`: whether a library is as it should be.

use clap::Args;

use crate::arguments::{Format, GlobalArguments};
use crate::examination::{Depth, examine};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Say whether the library is as it should be, and how to mend what is not.
///
/// Verifies every capture by its hash, compares records, files and index with each other, and reads
/// every document again: each passage of the index has to stand verbatim at its place. Nothing is
/// changed. Exit code 0: healthy; 1: problems were found; 2: it could not be examined.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb doctor\n  \
    forb doctor --quick            without reading every document again\n  \
    forb doctor --format json | jq -r '.problems[].mend'")]
pub struct DoctorArguments {
    /// Do not read the documents again.
    #[arg(long)]
    pub quick: bool,
    /// How the report is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &DoctorArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    library::require(&library)?;
    let depth = if arguments.quick { Depth::Quick } else { Depth::Full };
    let examination = examine(&library, depth)?;
    output.data(&match arguments.format {
        Format::Text => render::doctor_text(&examination, *output.style()),
        Format::Json => render::doctor_json(&examination),
    })?;
    if examination.problems.is_empty() {
        output.note("the library is healthy");
        return Ok(Outcome::Found);
    }
    Ok(Outcome::Unsound)
}
