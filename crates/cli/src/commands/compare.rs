//! `forb compare`: sources set beside each other on an issue or a query, or a table of how much is said.

mod table;

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use indexing::Index;
use model::Held as _;
use model::{Country, Field, HeldDocument, IssueId, PeriodFilter};
use query::compare::{Comparison, Said};
use query::{Filters, Query};
use render::{CompareAsked, CompareView};

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::compared::{Answer, CompareRecord, CompareRequest};
use crate::{library, names, question};

/// Set sources beside each other on an issue or a query.
///
/// A source is a series; the publisher where the series is unknown. Of each is shown how much of its
/// text was searched, how many passages speak to the topic, the best of them, who is said to say so,
/// the figures it gives and the words that mark it; or what its silence means. Sentences of two
/// sources that say the same stand side by side with the reason, figures that differ for the same
/// thing are set against each other, and passages that share text or rest on one cited origin are
/// counted as one. Of a query every word must stand in a passage.
///
/// With --rows and --columns it is a table: how many passages speak to an issue or a query, their
/// share, and how many there are in 10,000 words with a confidence interval, by issue, country, period
/// or source. Each cell has the search that finds its passages; one without any text is no 0.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb compare --country KZ --issue security-laws\n  \
    forb compare --country PK --country IN --issue blasphemy --period 2021..2022\n  \
    forb compare '\"house church\"' --country CN --format html > china.html\n  \
    forb compare --rows issue --columns source --country PK --country IN\n  \
    forb compare --rows country --columns period --issue blasphemy --format html > map.html")]
pub struct CompareArguments {
    /// Words to look for, as `forb search` takes them, instead of an issue or beside one.
    #[arg(value_name = "WORD", required_unless_present_any = ["issue", "rows"])]
    pub words: Vec<String>,
    /// Only documents on this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// The issue of the codebook: an id or a name; see `forb issues`. For a table it may be given more
    /// than once.
    #[arg(long, value_name = "ISSUE")]
    pub issue: Vec<String>,
    /// Make a table instead, with a row for each of these.
    #[arg(long, value_name = "WHAT", requires = "columns")]
    pub rows: Option<By>,
    /// What has a column in the table.
    #[arg(long, value_name = "WHAT", requires = "rows")]
    pub columns: Option<By>,
    /// Only this series: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// Only this publisher: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only documents that cover some of this time: 2021, 2019..2023, 2020-10/2021-09.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Most passages, and sentences of one source only, that are shown of each source.
    #[arg(long, value_name = "NUMBER", default_value_t = 5)]
    pub limit: usize,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: CompareFormat,
    /// Write a record of the comparison to a file that is not there yet, for `forb replay`.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// What has a row or a column in a table.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The issues of the codebook, or those given with --issue.
    Issue,
    /// The countries that documents are on.
    Country,
    /// The years that documents cover.
    Period,
    /// The series; the publisher where the series is unknown.
    Source,
}

/// How a comparison is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareFormat {
    /// For people; in a pipe one finding a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// For spreadsheets: the lines of a pipe, with a head.
    Csv,
    /// For notes.
    Markdown,
    /// A page that needs nothing else, to be read, printed or sent.
    Html,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &CompareArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = arguments.filters(&library, &index, output)?;
    if let Some(axes) = arguments.rows.zip(arguments.columns) {
        return table::run(arguments, axes, filters, &library, &index, output);
    }
    if arguments.issue.len() > 1 {
        bail!("sources are compared on one issue; with --rows and --columns several are counted");
    }
    let issue = filters.of(Field::Issue).any.first().and_then(|id| IssueId::new(id));
    let typed = arguments.words.join(" ");
    let query = arguments.query(&typed, &library, &index, output)?;
    let documents = index.held()?;
    let request = CompareRequest { query, issue, table: None, filters };
    let answer = request.answer(&index, &documents)?;
    if let Some(path) = &arguments.record {
        CompareRecord::of(&index, &typed, &request, &answer).write(path)?;
    }
    // A request without rows and columns is answered by sources.
    let Answer::Sources(comparison) = answer else { return Ok(Outcome::Nothing) };
    let filters = request.filters;
    say_beside(&comparison, &documents, &filters, output);
    let asked = asked(arguments, &typed, &index, &filters);
    let view = CompareView { asked: &asked, comparison: &comparison, limit: arguments.limit };
    output.data(&match arguments.format {
        CompareFormat::Text => render::compare_text(&view, *output.style()),
        CompareFormat::Json => render::compare_json(&view),
        CompareFormat::Csv => render::compare_csv(&view),
        CompareFormat::Markdown => render::compare_markdown(&view),
        CompareFormat::Html => render::compare_html(&view),
    })?;
    Ok(if comparison.speaking() > 0 { Outcome::Found } else { Outcome::Nothing })
}

impl CompareArguments {
    /// The filters; a country that was named twice is asked for once.
    fn filters(
        &self,
        library: &LibraryPaths,
        index: &Index,
        output: &Output,
    ) -> anyhow::Result<Filters> {
        let mut countries: Vec<(Country, &str)> = Vec::new();
        for name in &self.country {
            let country = names::country(name)?;
            match countries.iter().find(|(known, _)| *known == country) {
                Some((_, other)) => {
                    let known = country.name();
                    output.note(&format!("`{other}` and `{name}` are one country, {known}"));
                }
                None => countries.push((country, name)),
            }
        }
        let asked = FilterArguments {
            country: countries.iter().map(|(country, _)| country.code().to_owned()).collect(),
            series: self.series.clone(),
            publisher: self.publisher.clone(),
            issue: self.issue.clone(),
            period: self.period,
            ..FilterArguments::default()
        };
        asked.resolve(&library.corpus(), index)
    }

    fn query(
        &self,
        typed: &str,
        library: &LibraryPaths,
        index: &Index,
        output: &Output,
    ) -> anyhow::Result<Query> {
        if self.words.is_empty() {
            return Ok(Query::default());
        }
        let parsed = question::read(typed, &library.corpus(), index);
        question::say(typed, &parsed.notes, output);
        if parsed.query.is_empty() && self.issue.is_empty() {
            bail!("there is no word to look for; write words, or an issue with --issue");
        }
        Ok(parsed.query)
    }
}

/// What was asked, and of which state of the library.
fn asked(
    arguments: &CompareArguments,
    typed: &str,
    index: &Index,
    filters: &Filters,
) -> CompareAsked {
    let fields = [("series", Field::Series), ("publisher", Field::Publisher)];
    let filter = fields.into_iter().filter_map(|(name, field)| {
        let any = &filters.of(field).any;
        (!any.is_empty()).then(|| (name.to_owned(), any.clone()))
    });
    CompareAsked {
        countries: filters.of(Field::Country).any.iter().filter_map(|c| Country::find(c)).collect(),
        query: (!typed.is_empty()).then(|| typed.to_owned()),
        period: arguments.period.map(|period| period.to_string()),
        filters: filter.collect(),
        state: library::state(index),
    }
}

/// Says what the page cannot: that nothing is to be compared, and what was left out.
fn say_beside(
    comparison: &Comparison,
    documents: &[HeldDocument],
    filters: &Filters,
    output: &Output,
) {
    let unknown = unknown_period(documents, filters);
    if unknown > 0 {
        output.unknown_period(unknown);
    }
    let held: BTreeSet<Said> = comparison.sources.iter().map(|source| source.said).collect();
    let with_text = comparison.sources.iter().filter(|of| of.said != Said::NoText).count();
    if comparison.sources.is_empty() || held == BTreeSet::from([Said::NoText]) {
        output.note(
            "no text is held of the countries, sources and period asked for; `forb coverage` shows \
             what is",
        );
    } else if comparison.speaking() == 0 {
        output.note("no source speaks to it; what each silence means is said with the source");
    } else if with_text == 1 {
        output.note("text of one source only is held: there is nothing to compare it with");
    }
}

/// How many documents a period leaves out because theirs is unknown.
fn unknown_period(documents: &[HeldDocument], filters: &Filters) -> usize {
    if filters.period.is_none() {
        return 0;
    }
    let whenever = Filters { period: None, ..filters.clone() };
    let unknown =
        |document: &&HeldDocument| document.period().is_none() && whenever.admit(*document);
    documents.iter().filter(unknown).count()
}
