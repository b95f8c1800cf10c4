//! `forb coverage`: for which countries, series and periods how much text is held.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};
use ingestion::captures::{Work, proposals};
use ingestion::profiles::Profiles;
use model::{DocumentId, DocumentRecord};
use query::Coverage;
use render::CoverageView;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::restrictions::Restrictions;

/// Say for which countries, series and periods how much text is held.
///
/// "Nothing found" means something only where text is held. Summaries and excerpts say little by
/// their silence; empty, short and missing documents say nothing at all: they are named here.
/// "Missing" is said of a series that covers every country in each edition: others of that period
/// are held. Without options it is an overview; with --country a list for each country; with
/// --matrix, --series, --publisher or --period a matrix of countries by series and period.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb coverage\n  \
    forb coverage --country China\n  \
    forb coverage --series IRF --period 2019..\n  \
    forb coverage --matrix --format csv > coverage.csv\n  \
    forb coverage --period 2021 | grep -w missing")]
pub struct CoverageArguments {
    /// What it is restricted to.
    #[command(flatten)]
    pub restrictions: Restrictions,
    /// Every country by series and period.
    #[arg(long)]
    pub matrix: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CoverageFormat,
}

/// How a coverage is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageFormat {
    /// For people; in a pipe one country of one series and period a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// For spreadsheets: the lines of a pipe, with a head.
    Csv,
    /// The matrix as a table.
    Markdown,
}

impl CoverageArguments {
    fn view(&self) -> CoverageView {
        let Restrictions { country, publisher, series, period } = &self.restrictions;
        let restricted = !publisher.is_empty() || !series.is_empty() || period.is_some();
        match (self.matrix, country.is_empty()) {
            (true, _) => CoverageView::Matrix,
            (false, false) => CoverageView::Countries,
            (false, true) if restricted => CoverageView::Matrix,
            (false, true) => CoverageView::Overview,
        }
    }
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &CoverageArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = arguments.restrictions.filters(&library, &index)?;
    let profiles = library.corpus().profiles()?;
    let reach_all: BTreeSet<String> =
        profiles.covering_all_countries().map(str::to_owned).collect();
    let documents = index.documents()?;
    let coverage = query::coverage(&documents, &reach_all, &filters);
    if coverage.unknown_period > 0 {
        output.unknown_period(coverage.unknown_period);
    }
    let view = arguments.view();
    let overview = view == CoverageView::Overview && output.style().width.is_some();
    if arguments.format != CoverageFormat::Json && !overview {
        say_unrecognised(&coverage, output);
    }
    say_captures(documents.iter().filter(|d| filters.admit(*d)), &profiles, output);
    output.data(&match arguments.format {
        CoverageFormat::Text => render::coverage_text(&coverage, view, *output.style()),
        CoverageFormat::Json => render::coverage_json(&coverage),
        CoverageFormat::Csv => render::coverage_csv(&coverage),
        CoverageFormat::Markdown => render::coverage_markdown(&coverage),
    })?;
    if coverage.is_empty() {
        output.note(
            "the library holds no document of the country, publisher, series and period asked for",
        );
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Found)
}

/// Says of which reports more than one capture is held, and which documents may be such captures.
fn say_captures<'a>(
    documents: impl Iterator<Item = &'a DocumentRecord>,
    profiles: &Profiles,
    output: &Output,
) {
    let documents: Vec<&DocumentRecord> = documents.collect();
    let several = documents.iter().filter(|document| document.captures().is_some()).count();
    let works: Vec<(&DocumentId, Work)> = documents
        .into_iter()
        .filter_map(|document| Some((&document.id, Work::of(&document.metadata, profiles)?)))
        .collect();
    if several > 0 {
        let reports = if several == 1 { "1 report is" } else { &format!("{several} reports are") };
        output.note(&format!(
            "{reports} held in more than one capture; of each the words of the one that answers are \
             counted (`forb status` names them)"
        ));
    }
    for unsure in proposals(works.iter().map(|(id, work)| (*id, work))).iter().take(MOST_NAMED) {
        let ids: Vec<&str> = unsure.iter().map(DocumentId::as_str).collect();
        output.note(&format!(
            "{} are of one series, country and period under different titles: if they are one \
             report, give them one with `forb add FILE --title TITLE`",
            ids.join(", ")
        ));
    }
}

/// The most documents that are named one by one.
const MOST_NAMED: usize = 20;

/// Names the documents of which the series or the country is unknown, where the data does not.
fn say_unrecognised(coverage: &Coverage, output: &Output) {
    for document in coverage.unrecognised.iter().take(MOST_NAMED) {
        let unknown = document.unknown.join(" and ");
        output.note(&format!(
            "{} ({}): {unknown} unknown",
            document.file_name.as_deref().unwrap_or_default(),
            document.id
        ));
    }
    let more = coverage.unrecognised.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        output.note(&format!(
            "and {more} more of which series or country is unknown; --format json names them all"
        ));
    }
}
