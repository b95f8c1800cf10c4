//! `forb search`: passages, best first.

mod batch;

use clap::Args;
use indexing::Index;
use ingestion::corpus::Corpus;
use query::{CaptureChoice, Filters, Parsed, Scope, SearchRequest};

use self::batch::{BatchArguments, Writer};
use crate::arguments::{GlobalArguments, unguarded};
use crate::choice::find_document;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::rank::RankArguments;
use crate::searching::listing::{ListingArguments, SearchFormat};
use crate::searching::record::SearchRecord;
use crate::searching::written;
use crate::{filters, library, question, searching, tagging};

/// Find passages, best first.
///
/// Words are ranked by best match: a passage need not hold all of them. A phrase stands in quotation
/// marks, which the shell has to be kept from taking; +word must occur, -word must not; there are also
/// "near words"~5, word*, word~, AND OR NOT ( ), field:value, period:2019..2023 and ^2: see
/// `forb manual query`. Any text is a legal query: what cannot be read as an operator is searched as
/// words, and said to be. Without words, every passage that the options let through is shown, in the
/// order of the documents.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb search converts from Islam\n  \
    forb search '\"religious extremism\"' --country KZ\n  \
    forb search mosque +closed -reopened --publisher us-state --period 2019..2023\n  \
    forb search 'country:KZ (apostasy OR \"leaving islam\"~3) -terror*'\n  \
    forb search --explain-query 'a AND b OR c'\n  \
    forb search genocide --country Brazil --captures all\n  \
    forb search --issue conversion-apostasy --polarity violation --group ahmadi\n  \
    forb search raid --issue security-laws --attributed ngo --not-country RU\n  \
    forb search raid --facets country,period,issue --sort newest --per-source 3\n  \
    forb search converts --output kwic\n  \
    forb search --tag registration --cite oscola\n  \
    forb search 'house church' --format json | jq '.hits[].passage.id'\n  \
    forb search --queries queries.tsv --limit 1000 --run mine > mine.run")]
pub struct SearchArguments {
    /// Words, "phrases", +must, -not. May be left out where an option below restricts the search.
    #[arg(required_unless_present_any = answered_without_words(), value_name = "WORDS", value_parser = unguarded)]
    pub words: Vec<String>,
    /// Look for every word in the form in which it is written, and for no others.
    #[arg(long)]
    pub exact: bool,
    /// Print how the query was read, and do not search.
    #[arg(long)]
    pub explain_query: bool,
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
    /// Many queries at once.
    #[command(flatten)]
    pub batch: BatchArguments,
    /// How matches are ranked.
    #[command(flatten)]
    pub rank: RankArguments,
    /// What is listed, and how it is written.
    #[command(flatten)]
    pub listing: ListingArguments,
}

/// The options with which a search needs no words.
fn answered_without_words() -> impl Iterator<Item = &'static str> {
    filters::OPTIONS.iter().copied().chain(["queries"])
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
    /// What some words are as a query.
    fn read(&self, words: &str, corpus: &Corpus, index: &Index) -> Parsed {
        let mut parsed = question::read(words, corpus, index);
        if self.exact {
            parsed.query = parsed.query.exact();
        }
        parsed
    }

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
    let tags = &arguments.filters.tag;
    let filters = tagging::restrict(filters, tags, &library.corpus(), &index, output)?;
    let scope = match arguments.include {
        Some(Include::Chrome) => Scope::WithSetAside,
        None => Scope::Passages,
    };
    let listing = &arguments.listing;
    let rank = if arguments.exact { arguments.rank.as_written() } else { arguments.rank.clone() };
    let ranker = rank.ranker(&library.corpus())?;
    let writer = |format| Writer::new(&index, &arguments.batch, format);
    if let Some(path) = &arguments.batch.queries {
        let writer = writer(listing.format.unwrap_or(SearchFormat::Trec))?;
        let request = |words: &str| SearchRequest {
            filters: filters.clone(),
            scope,
            limit: listing.limit,
            ..ranker.request(arguments.read(words, &library.corpus(), &index).query)
        };
        return batch::run(path, &writer, &index, output, request);
    }
    let typed = arguments.words.join(" ");
    let parsed = arguments.read(&typed, &library.corpus(), &index);
    if !arguments.words.is_empty() {
        question::say(&typed, &parsed.notes, output);
    }
    if arguments.explain_query {
        output.data(&render::reading_text(&parsed.query))?;
        return Ok(Outcome::Found);
    }
    // Words that hold nothing to look for are not the same as no words.
    let nothing_typed = arguments.words.is_empty() || !parsed.query.is_empty();
    let filters = if nothing_typed { filters } else { Filters::default() };
    let request = listing.request(ranker.request(parsed.query), filters, scope);
    let result = query::search(&index, &request)?;
    if let Some(path) = &listing.record {
        SearchRecord::of(&index, &typed, &request, &result).write(path)?;
    }
    if listing.format == Some(SearchFormat::Trec) {
        output.data(&writer(SearchFormat::Trec)?.hits("1", &result))?;
        return Ok(if result.hits.is_empty() { Outcome::Nothing } else { Outcome::Found });
    }
    let silence =
        searching::silence(&library, &index, &request.query, &request.filters, &result, output)?;
    let style = listing.cite.as_deref();
    let citations = searching::citations(style, &library, &index, &result)?;
    written::write(listing, &typed, &request, &result, silence.as_ref(), &citations, output)?;
    Ok(if result.total == 0 { Outcome::Nothing } else { Outcome::Found })
}
