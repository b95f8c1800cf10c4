//! `forb issues`: the issues of the codebook, and how many passages speak to each.

use anyhow::bail;
use clap::{Args, ValueEnum};
use model::{Issue, PeriodFilter, fold, nearest};
use render::{Detail, IssueList};

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::{library, names};

/// Show the issues of the codebook, and how many passages speak to each.
///
/// Passages are counted by source and country. With an id, everything the codebook says of that
/// issue: its definition, its place in published schemes (a lead is to be checked before it is
/// relied on), its seeds.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb issues\n  \
    forb issues conversion-apostasy\n  \
    forb issues --country KZ --period 2019..2023 --format csv > issues.csv")]
pub struct IssuesArguments {
    /// Id or name of an issue. All, if none is named.
    pub issue: Vec<String>,
    /// Only documents on this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only documents of this publisher: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only documents of this series: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// Only documents that cover some of this time.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: IssuesFormat,
}

/// How issues are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuesFormat {
    /// For people; in a pipe one row a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// For spreadsheets.
    Csv,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &IssuesArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let codebook = library.corpus().codebook()?;
    let mut issues: Vec<&Issue> = Vec::new();
    for asked in &arguments.issue {
        let wanted = fold(asked);
        let named =
            |issue: &&Issue| fold(issue.id.as_str()) == wanted || fold(&issue.name) == wanted;
        match codebook.issues.iter().find(named) {
            Some(issue) => issues.push(issue),
            None => {
                let known = codebook.issues.iter().map(|issue| issue.id.as_str());
                let near = nearest(asked, known, 3);
                bail!(names::unknown("issue", asked, &near, "blasphemy"));
            }
        }
    }
    let detail = if issues.is_empty() { Detail::Brief } else { Detail::Full };
    if issues.is_empty() {
        issues = codebook.issues.iter().collect();
    }
    let filters = FilterArguments {
        country: arguments.country.clone(),
        publisher: arguments.publisher.clone(),
        series: arguments.series.clone(),
        period: arguments.period,
        ..FilterArguments::default()
    };
    let filters = filters.resolve(&library.corpus(), &index)?;
    let counts = query::count_issues(&index, &filters)?;
    let list = IssueList { codebook: &codebook, issues: &issues, counts: &counts };
    output.data(&match arguments.format {
        IssuesFormat::Text => render::issues_text(&list, *output.style(), detail),
        IssuesFormat::Json => render::issues_json(&list),
        IssuesFormat::Csv => render::issues_csv(&list),
    })?;
    Ok(Outcome::Found)
}
