//! The record of a comparison: what was asked, of which state of the library, and what was found; as a
//! file that can be kept, read by a person, and asked again.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, anyhow};
use indexing::Index;
use model::{HeldDocument, IssueId};
use query::compare::{
    Axis, Comparison, CrossTable, SourcesRequest, TableRequest, Topic, compare, cross_table,
    sources,
};
use query::{Filters, Query, SearchRequest};
use serde::{Deserialize, Serialize};

use super::file::{self, AsRecorded, LibraryRecord, RECORD_VERSION, Restrictions};

/// What tells it from the record of a search.
const COMPARE: &str = "compare";

/// What a comparison was asked.
#[derive(Clone, Debug)]
pub struct CompareRequest {
    /// The words, as they were read.
    pub query: Query,
    /// The issue on which sources are compared.
    pub issue: Option<IssueId>,
    /// What has rows and columns, where it is a table, and the issues that have them.
    pub table: Option<(Axis, Axis, Vec<IssueId>)>,
    /// What it is restricted to.
    pub filters: Filters,
}

/// A comparison, as it is kept.
#[derive(Serialize, Deserialize)]
pub struct CompareRecord {
    record_version: u32,
    of: String,
    forb: String,
    typed: String,
    read: String,
    issue: Option<String>,
    table: Option<TableRecord>,
    restrictions: Restrictions,
    library: LibraryRecord,
    /// What was found: each finding with what is said of it.
    found: BTreeMap<String, String>,
}

#[derive(Serialize, Deserialize)]
struct TableRecord {
    rows: String,
    columns: String,
    issues: Vec<String>,
}

/// What a comparison finds.
pub enum Answer {
    /// Sources beside each other.
    Sources(Box<Comparison>),
    /// A table.
    Table(Box<CrossTable>),
}

impl CompareRequest {
    /// Asks it of a library.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn answer(&self, index: &Index, documents: &[HeldDocument]) -> anyhow::Result<Answer> {
        let (query, filters) = (&self.query, &self.filters);
        if let Some((rows, columns, issues)) = &self.table {
            let request = TableRequest { rows: *rows, columns: *columns, issues, query, filters };
            return Ok(Answer::Table(Box::new(cross_table(index, documents, &request)?)));
        }
        let request = SourcesRequest { query, issue: self.issue.as_ref(), filters };
        let read = (!query.is_empty()).then(|| query.to_string());
        let topic = Topic { issue: self.issue.clone(), query: read };
        Ok(Answer::Sources(Box::new(compare(sources(index, documents, &request)?, topic))))
    }
}

impl CompareRecord {
    /// Whether a record that was read is one of a comparison.
    pub fn is(value: &serde_json::Value) -> bool {
        value.get("of").and_then(serde_json::Value::as_str) == Some(COMPARE)
    }

    /// The record of a comparison. `typed` is the query as it was given.
    pub fn of(index: &Index, typed: &str, request: &CompareRequest, answer: &Answer) -> Self {
        let filters = request.filters.clone();
        let restricted = SearchRequest { filters, ..SearchRequest::new(Query::default()) };
        let table = request.table.as_ref().map(|(rows, columns, issues)| TableRecord {
            rows: rows.name().to_owned(),
            columns: columns.name().to_owned(),
            issues: issues.iter().map(ToString::to_string).collect(),
        });
        Self {
            record_version: RECORD_VERSION,
            of: COMPARE.to_owned(),
            forb: env!("CARGO_PKG_VERSION").to_owned(),
            typed: typed.to_owned(),
            read: request.query.to_string(),
            issue: request.issue.as_ref().map(ToString::to_string),
            table,
            restrictions: Restrictions::of(&restricted),
            library: LibraryRecord::of(index),
            found: match answer {
                Answer::Sources(comparison) => of_sources(comparison),
                Answer::Table(table) => of_table(table),
            },
        }
    }

    /// Writes it to a file that is not there yet.
    ///
    /// # Errors
    /// When the file is there, or cannot be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        file::write(self, path)
    }

    /// A record that was read from a file.
    ///
    /// # Errors
    /// When it lacks what such a record has.
    pub fn of_value(value: serde_json::Value, path: &Path) -> anyhow::Result<Self> {
        serde_json::from_value(value).with_context(|| file::no_record(path))
    }

    /// The request it records.
    ///
    /// # Errors
    /// When it names what this forb does not know.
    pub fn request(&self) -> anyhow::Result<CompareRequest> {
        let issue = |id: &String| {
            IssueId::new(id).ok_or_else(|| anyhow!("the record names an issue `{id}`"))
        };
        let table = |table: &TableRecord| -> anyhow::Result<_> {
            let issues = table.issues.iter().map(issue).collect::<anyhow::Result<Vec<_>>>()?;
            Ok((axis(&table.rows)?, axis(&table.columns)?, issues))
        };
        Ok(CompareRequest {
            query: query::parse_with(&self.read, &AsRecorded).query,
            issue: self.issue.as_ref().map(issue).transpose()?,
            table: self.table.as_ref().map(table).transpose()?,
            filters: self.restrictions.filters()?,
        })
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.found.len()
    }

    /// What of the library, and of forb, is another now; each a sentence.
    pub fn changed(&self, now: &Self) -> Vec<String> {
        file::changed((&self.forb, &self.library), (&now.forb, &now.library))
    }

    /// What is found differently now; each a sentence.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        for (what, was) in &self.found {
            match now.found.get(what) {
                None => differences.push(format!("{what} is gone, was: {was}")),
                Some(is) if is != was => differences.push(format!("{what}: {is}, was: {was}")),
                Some(_) => {}
            }
        }
        let new = now.found.iter().filter(|(what, _)| !self.found.contains_key(*what));
        differences.extend(new.map(|(what, is)| format!("{what} is new: {is}")));
        differences
    }
}

fn axis(name: &str) -> anyhow::Result<Axis> {
    let found = Axis::ALL.into_iter().find(|axis| axis.name() == name);
    found.ok_or_else(|| anyhow!("the record says `{name}`"))
}

fn of_table(table: &CrossTable) -> BTreeMap<String, String> {
    let cell = |(row, column, cell): (&query::compare::Member, _, &query::compare::Cell)| {
        let column: &query::compare::Member = column;
        let said = format!(
            "passages: {} of {}; words: {}",
            cell.passages, cell.searched.passages, cell.searched.words
        );
        (format!("cell {} / {}", row.id(), column.id()), said)
    };
    table.each().map(cell).collect()
}

fn of_sources(comparison: &Comparison) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let name = |at: usize| {
        let of = comparison.sources.get(at).map(|of| &of.source.name);
        of.and_then(|name| name.id()).unwrap_or("unknown").to_owned()
    };
    for (at, of) in comparison.sources.iter().enumerate() {
        let tally = &of.source.searched.tally;
        found.insert(
            format!("source {}", name(at)),
            format!(
                "{}; passages: {}; documents: {}; words: {}",
                of.said.name(),
                of.source.total,
                tally.documents,
                tally.words
            ),
        );
        for (rank, speaking) in of.source.passages.iter().enumerate() {
            let id = &speaking.record.passage.passage.id;
            found.insert(format!("passage {id}"), format!("{} of {}", rank + 1, name(at)));
        }
        for at in &of.only {
            found.insert(format!("only {}", place(comparison, at)), name(at.source));
        }
    }
    for claim in &comparison.claims {
        let (a, b) = (place(comparison, &claim.a), place(comparison, &claim.b));
        found.insert(format!("alike {a} and {b}"), format!("{:.3}", claim.likeness));
    }
    for apart in &comparison.figures {
        let (a, b) = (place(comparison, &apart.a.0), place(comparison, &apart.b.0));
        let figures = format!("{} and {}", apart.a.2.value, apart.b.2.value);
        found.insert(format!("figures of {a} and {b}"), figures);
    }
    let origins = &comparison.independence;
    found.insert(
        "origins".to_owned(),
        format!("{}; passages: {}", origins.origins, origins.passages),
    );
    found
}

fn place(comparison: &Comparison, at: &query::compare::SentenceAt) -> String {
    let passage = comparison.passage(at).map(ToString::to_string).unwrap_or_default();
    format!("{passage}, sentence {}", at.sentence)
}
