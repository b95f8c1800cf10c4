//! `forb status`: what the library holds, and how that is known.

use clap::Args;
use indexing::Index;
use render::{Detail, Holdings};

use crate::arguments::{Format, GlobalArguments};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// How many paragraphs that recur are listed.
const REPEATS_LISTED: usize = 200;

/// Say what the library holds, and how that is known.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb status\n  \
    forb status --verbose          every document with the evidence for what is said of it\n  \
    forb status --repeats          paragraphs that recur word for word and are not set aside\n  \
    forb status --format json")]
pub struct StatusArguments {
    /// Show every document, with the evidence for everything said of it.
    #[arg(long, short)]
    pub verbose: bool,
    /// Show the paragraphs that recur word for word in documents on three or more countries of one
    /// publisher and are not set aside, instead of the holdings. They stay where they are: most are
    /// evidence. A rule of your own can set aside what is not.
    #[arg(long, conflicts_with = "verbose")]
    pub repeats: bool,
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
    if arguments.repeats {
        return repeats(&index, arguments, output);
    }
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

/// Shows what recurs and was not set aside.
fn repeats(index: &Index, arguments: &StatusArguments, output: &Output) -> anyhow::Result<Outcome> {
    let repeats = query::repeats(index, REPEATS_LISTED)?;
    output.data(&match arguments.format {
        Format::Text => render::repeats_text(&repeats, *output.style()),
        Format::Json => render::repeats_json(&repeats),
    })?;
    let (total, listed) = (repeats.total, repeats.listed.len());
    if listed < total {
        output.note(&format!(
            "{total} paragraphs recur; the {listed} on the most countries are shown"
        ));
    }
    if total == 0 {
        output.note("no paragraph recurs on three or more countries of one publisher");
    }
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Found })
}
