//! `forb search`: passages, best first.

use clap::Args;
use indexing::Index;
use query::{Filters, Scope, SearchRequest};

use crate::arguments::{Format, GlobalArguments, unguarded};
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::{filters, library};

/// Find passages, best first.
///
/// Words are ranked by best match: a passage need not hold all of them. A phrase stands in quotation
/// marks, which the shell has to be kept from taking; +word must occur, -word must not. Any text is a
/// legal query: what cannot be read as an operator is searched as words. Without words, every passage
/// that the options let through is shown, in the order of the documents.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb search converts from Islam\n  \
    forb search '\"religious extremism\"' --country KZ\n  \
    forb search mosque +closed -reopened --publisher us-state --period 2019..2023\n  \
    forb search --issue conversion-apostasy --polarity violation --group ahmadi\n  \
    forb search raid --issue security-laws --attributed ngo --not-country RU\n  \
    forb search 'house church' --format json | jq '.hits[].passage.id'")]
pub struct SearchArguments {
    /// Words, "phrases", +must, -not. May be left out where an option below restricts the search.
    #[arg(required_unless_present_any = filters::OPTIONS, value_name = "WORDS", value_parser = unguarded)]
    pub words: Vec<String>,
    /// What the search is restricted to.
    #[command(flatten)]
    pub filters: FilterArguments,
    /// Search what is set aside, too.
    #[arg(long, value_name = "WHAT")]
    pub include: Option<Include>,
    /// How many hits to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// How many of the best hits to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// How hits are written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// What is set aside and may be searched.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// Banners, menus, appeals and front matter.
    Chrome,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &SearchArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = arguments.filters.resolve(&library.corpus(), &index)?;
    let typed = arguments.words.join(" ");
    let parsed = query::parse(&typed);
    if !arguments.words.is_empty() {
        parsed.notes.iter().for_each(|note| output.note(&note.to_string()));
    }
    // Words that hold nothing to look for are not the same as no words.
    let nothing_typed = arguments.words.is_empty() || !parsed.query.is_empty();
    let request = SearchRequest {
        query: parsed.query,
        filters: if nothing_typed { filters } else { Filters::default() },
        scope: match arguments.include {
            Some(Include::Chrome) => Scope::WithSetAside,
            None => Scope::Passages,
        },
        limit: arguments.limit,
        offset: arguments.offset,
    };
    let result = query::search(&index, &request)?;
    if result.unknown_period > 0 {
        output.note(&format!(
            "{} of unknown period left out; `forb status --verbose` shows them",
            counted(result.unknown_period as u64, "document")
        ));
    }
    if result.total == 0 {
        output.note(&silence(&index, &request.filters)?);
    }
    output.data(&match arguments.format {
        Format::Text => render::search_text(&result, *output.style()),
        Format::Json => render::search_json(&typed, &result),
    })?;
    Ok(if result.total == 0 { Outcome::Nothing } else { Outcome::Found })
}

/// What finding nothing means: whether anything was searched at all.
fn silence(index: &Index, filters: &Filters) -> anyhow::Result<String> {
    let counts = index.commit().counts;
    let searched = if filters.is_empty() {
        (counts.documents, counts.passages)
    } else {
        let within = query::within(&index.documents()?, filters);
        (within.documents as u64, within.passages)
    };
    Ok(match searched {
        (0, _) if counts.documents > 0 => "nothing was searched: the library holds no document of \
             the country, publisher, series and period asked for; `forb coverage` shows what it holds"
            .to_owned(),
        (documents, passages) => format!(
            "nothing found in {} and {}; that a report does not say it is no evidence that it does \
             not happen",
            counted(documents, "document"),
            counted(passages, "passage"),
        ),
    })
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
