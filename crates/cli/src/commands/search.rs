//! `forb search`: passages, best first.

use clap::Args;
use indexing::Index;
use query::{CaptureChoice, Filters, Scope};

use crate::arguments::{GlobalArguments, unguarded};
use crate::choice::find_document;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::listing::ListingArguments;
use crate::searching::record::SearchRecord;
use crate::searching::written;
use crate::{filters, library, searching};

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
    forb search genocide --country Brazil --captures all\n  \
    forb search --issue conversion-apostasy --polarity violation --group ahmadi\n  \
    forb search raid --issue security-laws --attributed ngo --not-country RU\n  \
    forb search raid --facets country,period,issue --sort newest --per-source 3\n  \
    forb search converts --output kwic\n  \
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
    /// Search this capture and no other, whether it answers for its document or not: the beginning of
    /// its id. May be given more than once.
    #[arg(long, value_name = "ID", conflicts_with = "captures")]
    pub capture: Vec<String>,
    /// Which captures to search of documents that are held in several.
    #[arg(long, value_name = "WHICH", default_value = "answering")]
    pub captures: WhichCaptures,
    /// What is listed, and how it is written.
    #[command(flatten)]
    pub listing: ListingArguments,
}

/// What is set aside and may be searched.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// Banners, menus, appeals and front matter.
    Chrome,
}

/// Which captures are searched of documents that are held in several.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhichCaptures {
    /// The one that answers for its document.
    Answering,
    /// All of them.
    All,
}

impl SearchArguments {
    /// The choice of captures they come to in a library.
    fn choice(&self, index: &Index) -> anyhow::Result<CaptureChoice> {
        if self.capture.is_empty() {
            return Ok(match self.captures {
                WhichCaptures::Answering => CaptureChoice::Answering,
                WhichCaptures::All => CaptureChoice::All,
            });
        }
        let ids = self.capture.iter().map(|id| find_document(index, id, id));
        Ok(CaptureChoice::Only(ids.collect::<anyhow::Result<_>>()?))
    }
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &SearchArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    arguments.listing.check()?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = Filters {
        captures: arguments.choice(&index)?,
        ..arguments.filters.resolve(&library.corpus(), &index)?
    };
    let typed = arguments.words.join(" ");
    let parsed = query::parse(&typed);
    if !arguments.words.is_empty() {
        parsed.notes.iter().for_each(|note| output.note(&note.to_string()));
    }
    // Words that hold nothing to look for are not the same as no words.
    let nothing_typed = arguments.words.is_empty() || !parsed.query.is_empty();
    let filters = if nothing_typed { filters } else { Filters::default() };
    let scope = match arguments.include {
        Some(Include::Chrome) => Scope::WithSetAside,
        None => Scope::Passages,
    };
    let listing = &arguments.listing;
    let request = listing.request(parsed.query, filters, scope);
    let result = query::search(&index, &request)?;
    if let Some(path) = &listing.record {
        SearchRecord::of(&index, &typed, &request, &result).write(path)?;
    }
    let silence = searching::silence(&library, &index, &request.query, &request.filters, &result)?;
    written::write(listing, &typed, &request, &result, silence.as_ref(), output)?;
    Ok(if result.total == 0 { Outcome::Nothing } else { Outcome::Found })
}
