//! `forb compare --rows … --columns …`: how many passages speak to an issue or a query, as a table.

use anyhow::bail;
use indexing::Index;
use model::{Field, HeldDocument, IssueId};
use query::Filters;
use query::compare::{Axis, CrossTable};
use render::TableView;

use super::{By, CompareArguments, CompareFormat, asked, unknown_period};
use crate::failure::Outcome;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::compared::{Answer, CompareRecord, CompareRequest};

impl From<By> for Axis {
    fn from(by: By) -> Self {
        match by {
            By::Issue => Axis::Issue,
            By::Country => Axis::Country,
            By::Period => Axis::Period,
            By::Source => Axis::Source,
        }
    }
}

/// Runs the command, its filters resolved.
pub fn run(
    arguments: &CompareArguments,
    axes: (By, By),
    mut filters: Filters,
    library: &LibraryPaths,
    index: &Index,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let (rows, columns) = (Axis::from(axes.0), Axis::from(axes.1));
    if rows == columns {
        bail!("rows and columns are both {}: choose another for one of them", rows.name());
    }
    let typed = arguments.words.join(" ");
    let query = arguments.query(&typed, library, index, output)?;
    let by_issue = rows == Axis::Issue || columns == Axis::Issue;
    if !by_issue && query.is_empty() && arguments.issue.is_empty() {
        bail!("there is nothing to count: give --issue or words, or make issue a row or a column");
    }
    let given: Vec<IssueId> =
        filters.of(Field::Issue).any.iter().filter_map(|id| IssueId::new(id)).collect();
    let asked = asked(arguments, &typed, index, &filters);
    // Where issues have rows or columns, each asks for its own.
    if by_issue {
        filters.choices.remove(&Field::Issue);
    }
    let issues = match (by_issue, given.is_empty()) {
        (true, true) => {
            let codebook = library.corpus().codebook()?;
            codebook.issues.iter().map(|issue| issue.id.clone()).collect()
        }
        _ => given.clone(),
    };
    let documents = index.held()?;
    let request =
        CompareRequest { query, issue: None, table: Some((rows, columns, issues)), filters };
    let answer = request.answer(index, &documents)?;
    if let Some(path) = &arguments.record {
        CompareRecord::of(index, &typed, &request, &answer).write(path)?;
    }
    // A request with rows and columns is answered by a table.
    let Answer::Table(table) = answer else { return Ok(Outcome::Nothing) };
    say_beside(&table, &documents, &request.filters, output);
    let issues = if by_issue { &[][..] } else { &given };
    let view = TableView { asked: &asked, issues, table: &table };
    output.data(&match arguments.format {
        CompareFormat::Text => render::table_text(&view, *output.style()),
        CompareFormat::Json => render::table_json(&view),
        CompareFormat::Csv => render::table_csv(&view),
        CompareFormat::Markdown => render::table_markdown(&view),
        CompareFormat::Html => render::table_html(&view),
    })?;
    Ok(if table.total() > 0 { Outcome::Found } else { Outcome::Nothing })
}

/// Says what the cells cannot.
fn say_beside(table: &CrossTable, documents: &[HeldDocument], filters: &Filters, output: &Output) {
    let unknown = unknown_period(documents, filters);
    if unknown > 0 {
        output.unknown_period(unknown);
    } else if table.unknown_period > 0 {
        output.unknown_period(table.unknown_period);
    }
    if table.unknown_country > 0 {
        let count = table.unknown_country;
        let documents = if count == 1 { "document" } else { "documents" };
        output.note(&format!(
            "{count} {documents} of unknown country left out; `forb status --verbose` shows them"
        ));
    }
    if table.searched.words == 0 {
        output.note(
            "no text is held of the countries, sources and period asked for; `forb coverage` shows \
             what is",
        );
    } else if table.total() == 0 {
        output.note("no passage speaks to it; `no text` in a cell says where none is held");
    }
}
