//! `forb worksheet`: the questions of a scheme with the passages that may answer them.

use anyhow::bail;
use clap::{Args, ValueEnum};
use indexing::Index;
use model::codebook::Standing;
use model::{AnnotationKind, Codebook, Field, IndexRecord, Issue, PeriodFilter, Polarity, nearest};
use query::{Filters, SearchRequest};
use render::Question;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::{library, names};

/// How many passages of a question are weighed against one another.
const WEIGHED: usize = 2_000;

/// Write a worksheet for coding by hand: the questions of a scheme, with passages that may answer.
///
/// Each question has the likeliest passages with their ids and citations, and an empty column for
/// the code. Passages are found by the labels of the codebook: read them before you code, and look
/// further where a question has none.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb worksheet --country KZ --scheme pew-gri --period 2021 > kz-2021.csv\n  \
    forb worksheet --country KZ --scheme issues --format markdown")]
pub struct WorksheetArguments {
    /// The country: a name or a code.
    #[arg(long, value_name = "NAME", required = true)]
    pub country: Vec<String>,
    /// The scheme: `issues` for the codebook's own, or the id of one that it refers to.
    #[arg(long, value_name = "SCHEME", default_value = "issues")]
    pub scheme: String,
    /// Only documents that cover some of this time.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Only documents of this series: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// How many passages to show for a question.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub candidates: usize,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "csv")]
    pub format: WorksheetFormat,
}

/// How a worksheet is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorksheetFormat {
    /// For spreadsheets.
    Csv,
    /// To be read and filled in as text.
    Markdown,
}

/// An entry of a scheme, the issues that stand for it, and whether each was checked.
struct Entry<'a> {
    name: String,
    issues: Vec<&'a Issue>,
    status: Standing,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &WorksheetArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let codebook = library.corpus().codebook()?;
    let entries = entries(&codebook, &arguments.scheme)?;
    let filters = FilterArguments {
        country: arguments.country.clone(),
        series: arguments.series.clone(),
        period: arguments.period,
        ..FilterArguments::default()
    };
    let filters = filters.resolve(&library.corpus(), &index)?;
    let mut questions = Vec::with_capacity(entries.len());
    for entry in &entries {
        questions.push(question(&index, entry, &filters, arguments.candidates)?);
    }
    let scheme = codebook.scheme(&arguments.scheme);
    let scheme = scheme.map_or("Issues of the codebook", |scheme| scheme.name.as_str());
    let period = arguments.period.map(|period| format!(", {period}")).unwrap_or_default();
    let title = format!("{scheme}: {}{period}", arguments.country.join(", "));
    output.data(&match arguments.format {
        WorksheetFormat::Csv => render::worksheet_csv(&questions),
        WorksheetFormat::Markdown => render::worksheet_markdown(&title, &questions),
    })?;
    let found = questions.iter().any(|question| question.found > 0);
    Ok(if found { Outcome::Found } else { Outcome::Nothing })
}

/// The entries of a scheme, in the order in which the codebook comes to them.
fn entries<'a>(codebook: &'a Codebook, scheme: &str) -> anyhow::Result<Vec<Entry<'a>>> {
    if scheme == "issues" {
        let of = |issue: &'a Issue| Entry {
            name: issue.id.to_string(),
            issues: vec![issue],
            status: Standing::Checked,
        };
        return Ok(codebook.issues.iter().map(of).collect());
    }
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for issue in &codebook.issues {
        for reference in issue.references.iter().filter(|r| r.scheme == scheme) {
            match entries.iter_mut().find(|entry| entry.name == reference.entry) {
                Some(entry) => {
                    entry.issues.push(issue);
                    if reference.status == Standing::Lead {
                        entry.status = Standing::Lead;
                    }
                }
                None => entries.push(Entry {
                    name: reference.entry.clone(),
                    issues: vec![issue],
                    status: reference.status,
                }),
            }
        }
    }
    if entries.is_empty() {
        let known = codebook.schemes.iter().map(|scheme| scheme.id.as_str());
        let near = nearest(scheme, known.clone().chain(["issues"]), 3);
        let all: Vec<&str> = ["issues"].into_iter().chain(known).collect();
        bail!(names::unknown("scheme of the codebook", scheme, &near, &all.join(", ")));
    }
    Ok(entries)
}

fn question(
    index: &Index,
    entry: &Entry<'_>,
    filters: &Filters,
    candidates: usize,
) -> anyhow::Result<Question> {
    let filters = entry
        .issues
        .iter()
        .fold(filters.clone(), |filters, issue| filters.with(Field::Issue, issue.id.as_str()));
    let mut request = SearchRequest::new(query::parse("").query);
    (request.filters, request.limit) = (filters, WEIGHED);
    let result = query::search(index, &request)?;
    let mut records: Vec<IndexRecord> = result.hits.into_iter().map(|hit| hit.record).collect();
    records.sort_by_key(|record| weight(record, &entry.issues));
    records.truncate(candidates);
    let asks = |issue: &&Issue| format!("{}: {}", issue.name, issue.definition);
    Ok(Question {
        entry: entry.name.clone(),
        asks: entry.issues.iter().map(asks).collect::<Vec<_>>().join(" "),
        status: if entry.status == Standing::Checked { "checked" } else { "lead" },
        found: result.total,
        candidates: records,
    })
}

/// What puts one candidate before another: that it says more than context, then how many words of
/// it speak to the issue.
fn weight(record: &IndexRecord, issues: &[&Issue]) -> (bool, std::cmp::Reverse<usize>) {
    let (mut context, mut words) = (true, 0);
    for annotation in &record.passage.annotations {
        if let AnnotationKind::Issue { issue, polarity } = &annotation.kind
            && issues.iter().any(|asked| asked.id == *issue)
        {
            context &= *polarity == Polarity::Context;
            words += annotation.evidence.len();
        }
    }
    (context, std::cmp::Reverse(words))
}
