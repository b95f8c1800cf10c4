//! `forb status`: what the library holds, and how that is known.

use clap::Args;
use render::{Detail, Holdings};

use crate::arguments::{Format, GlobalArguments};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Say what the library holds, and how that is known.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb status\n  \
    forb status --verbose          every document with the evidence for what is said of it\n  \
    forb status --format json")]
pub struct StatusArguments {
    /// Show every document, with the evidence for everything said of it.
    #[arg(long, short)]
    pub verbose: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &StatusArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let documents = index.documents()?;
    let shown = library.root.display().to_string();
    let holdings = Holdings { library: &shown, documents: &documents };
    let detail = if arguments.verbose { Detail::Full } else { Detail::Brief };
    output.data(&match arguments.format {
        Format::Text => render::status_text(&holdings, *output.style(), detail),
        Format::Json => render::status_json(&holdings),
    })?;
    let records = library.corpus().records()?;
    for retired in records.captures.iter().filter(|record| records.is_retired(record)) {
        output.note(&format!("{} is retired: the library holds its original", retired.name));
    }
    Ok(if documents.is_empty() { Outcome::Nothing } else { Outcome::Found })
}
