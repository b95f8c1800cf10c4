//! `forb search`: passages, best first.

mod batch;

use clap::Args;
use indexing::Index;
use model::Extent;
use query::{CaptureChoice, Filters, Scope, SearchRequest, Searched};

use self::batch::{BatchArguments, SearchFormat, Writer};
use crate::arguments::{GlobalArguments, unguarded};
use crate::choice::find_document;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::rank::RankArguments;
use crate::{filters, library, question};

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
    /// How many hits to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// How many of the best hits to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// How matches are ranked.
    #[command(flatten)]
    pub rank: RankArguments,
    /// How hits are written: text, or with --queries trec, unless this says otherwise.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<SearchFormat>,
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
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = Filters {
        captures: arguments.choice(&index)?,
        ..arguments.filters.resolve(&library.corpus(), &index)?
    };
    let scope = match arguments.include {
        Some(Include::Chrome) => Scope::WithSetAside,
        None => Scope::Passages,
    };
    let (limit, offset) = (arguments.limit, arguments.offset);
    let rank = if arguments.exact { arguments.rank.as_written() } else { arguments.rank.clone() };
    let ranker = rank.ranker(&library.corpus())?;
    if let Some(path) = &arguments.batch.queries {
        let format = arguments.format.unwrap_or(SearchFormat::Trec);
        let writer = Writer::new(&index, &arguments.batch, format)?;
        let request = |query| {
            let filters = filters.clone();
            SearchRequest { filters, scope, limit, offset, ..ranker.request(query) }
        };
        return batch::run(path, &writer, &index, output, request);
    }
    let typed = arguments.words.join(" ");
    let mut parsed = question::read(&typed, &library.corpus(), &index);
    if arguments.exact {
        parsed.query = parsed.query.exact();
    }
    if !arguments.words.is_empty() {
        question::say(&typed, &parsed.notes, output);
    }
    if arguments.explain_query {
        output.data(&render::reading_text(&parsed.query))?;
        return Ok(Outcome::Found);
    }
    // Words that hold nothing to look for are not the same as no words.
    let nothing_typed = arguments.words.is_empty() || !parsed.query.is_empty();
    let request = SearchRequest {
        filters: if nothing_typed { filters } else { Filters::default() },
        scope,
        limit,
        offset,
        ..ranker.request(parsed.query)
    };
    let result = query::search(&index, &request)?;
    if result.unknown_period > 0 {
        output.unknown_period(result.unknown_period);
    }
    if result.total == 0 {
        output.note(&silence(&index, &request.filters)?);
    }
    output.data(&match arguments.format.unwrap_or(SearchFormat::Text) {
        SearchFormat::Text => render::search_text(&result, *output.style()),
        SearchFormat::Json => render::search_json(&typed, &result),
        format => {
            let writer = Writer::new(&index, &arguments.batch, format)?;
            writer.head() + &writer.hits("1", &result)
        }
    })?;
    Ok(if result.total == 0 { Outcome::Nothing } else { Outcome::Found })
}

/// What finding nothing means: whether anything was searched at all, and how much of the reports.
fn silence(index: &Index, filters: &Filters) -> anyhow::Result<String> {
    let searched = query::within(&index.documents()?, filters);
    let documents = searched.tally.documents as u64;
    if documents == 0 && index.commit().counts.documents > 0 {
        return Ok(
            "nothing was searched: the library holds no document of the country, publisher, \
                   series and period asked for; `forb coverage` shows what it holds"
                .to_owned(),
        );
    }
    let mut said = format!(
        "nothing found in {} and {}",
        counted(documents, "document"),
        counted(searched.tally.passages, "passage"),
    );
    let limits = limits(&searched);
    if !limits.is_empty() {
        said.push_str(&format!(" ({})", limits.join(", ")));
    }
    said.push_str("; that a report does not say it is no evidence that it does not happen");
    Ok(said)
}

/// How much less than the whole reports was searched: `2 summaries only, 1 empty`.
fn limits(searched: &Searched) -> Vec<String> {
    let of = |extent| searched.extents.get(&extent).copied().unwrap_or(0);
    [
        (of(Extent::Summary), "held as a summary only"),
        (of(Extent::Excerpt), "held as an excerpt only"),
        (of(Extent::Unknown), "of unknown extent"),
        (searched.short, "too short for a silence to mean anything"),
        (searched.empty, "empty"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{count} {what}"))
    .collect()
}

fn counted(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
