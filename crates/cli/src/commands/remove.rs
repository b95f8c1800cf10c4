//! `forb remove`: documents and captures out of the library.

use clap::Args;
use indexing::Index;

use crate::arguments::{Format, GlobalArguments};
use crate::choice::choose;
use crate::failure::Outcome;
use crate::ingest::Ingest;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Take documents out of the library, with the bytes they were read from.
///
/// Nothing is asked. A data set, an archive or a report with chapters leaves whole when it is named
/// itself, and a single record, file or chapter of it when that is named. Adding a file again brings everything in it back; corrections made with `forb edit`
/// are kept for that day.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb remove k7m2q9x4tb3c\n  \
    forb remove report.html notes.txt      by the names that `forb status` prints\n  \
    forb remove 'set.json: Peru'           one record of a data set\n  \
    forb remove 'annual.html: chapter TJ'  one chapter of a report on several countries")]
pub struct RemoveArguments {
    /// Documents and captures: the beginnings of their ids, or their file names.
    #[arg(required = true, value_name = "DOC")]
    pub documents: Vec<String>,
    /// How the report on the work is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &RemoveArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    library::require(&library)?;
    let mut ingest = Ingest::open(&library, output)?;
    let index = Index::open(&library.index())?;
    // All of them are found before any is removed.
    let mut chosen = Vec::new();
    for asked in &arguments.documents {
        chosen.push(choose(&index, ingest.records(), asked)?);
    }
    chosen.sort_by(|a, b| a.id().cmp(b.id()));
    chosen.dedup_by(|a, b| a.id() == b.id());
    let report = ingest.remove(chosen, output)?;
    output.data(&match arguments.format {
        Format::Text => render::remove_text(&report, *output.style()),
        Format::Json => render::remove_json(&report),
    })?;
    output.note("adding the file again brings back what was in it");
    Ok(Outcome::Found)
}
