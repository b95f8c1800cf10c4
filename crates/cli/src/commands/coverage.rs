//! `forb coverage`: for which countries, series and periods how much text is held.

use clap::Args;
use model::{Country, DocumentRecord, PeriodFilter};
use render::Detail;

use crate::arguments::{Format, GlobalArguments};
use crate::failure::Outcome;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::{library, names};

/// Say for which countries, series and periods how much text is held.
///
/// "Nothing found" means something only where text is held. Summaries and excerpts say little by
/// their silence; empty, short and missing documents say nothing at all: they are named here.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb coverage\n  \
    forb coverage --country CN --verbose\n  \
    forb coverage --period 2021 | grep empty")]
pub struct CoverageArguments {
    /// Only this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only documents that cover some of this time.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Show every country.
    #[arg(long, short)]
    pub verbose: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &CoverageArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let countries: Vec<Country> =
        arguments.country.iter().map(|name| names::country(name)).collect::<Result<_, _>>()?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let mut documents = index.documents()?;
    let asked = |document: &DocumentRecord| {
        let known = &document.metadata;
        let of_country =
            countries.is_empty() || known.country.value.is_some_and(|c| countries.contains(&c));
        let of_period =
            |filter: &PeriodFilter| known.period.value.is_some_and(|p| filter.overlaps(&p));
        of_country && arguments.period.as_ref().is_none_or(of_period)
    };
    documents.retain(asked);
    let coverage = query::coverage(&documents);
    let detail = if arguments.verbose { Detail::Full } else { Detail::Brief };
    output.data(&match arguments.format {
        Format::Text => render::coverage_text(&coverage, *output.style(), detail),
        Format::Json => render::coverage_json(&coverage),
    })?;
    Ok(if coverage.is_empty() { Outcome::Nothing } else { Outcome::Found })
}
