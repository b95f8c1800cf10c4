//! A cross table as JSON.

use model::IssueId;
use query::compare::{Cell, Heard, Member, PER_WORDS, Rate, Share};
use serde::Serialize;

use super::TableView;
use crate::compare::json::{AskedShape, asked};
use crate::json::{FORMAT_VERSION, to_json};

#[derive(Serialize)]
struct TableShape<'a> {
    format_version: u32,
    asked: AskedShape<'a>,
    issues: Vec<&'a str>,
    rows_are: &'static str,
    columns_are: &'static str,
    rows: Vec<MemberShape>,
    columns: Vec<MemberShape>,
    cells: Vec<CellShape>,
    documents: usize,
    words: u64,
    unknown_country: usize,
    unknown_period: usize,
}

#[derive(Serialize)]
struct MemberShape {
    id: String,
    name: String,
}

#[derive(Serialize)]
struct CellShape {
    row: String,
    column: String,
    held: &'static str,
    passages: Option<u64>,
    share: Option<ShareShape>,
    rate: Option<RateShape>,
    documents: usize,
    words: u64,
    opens: Vec<String>,
    command: String,
}

#[derive(Serialize)]
struct ShareShape {
    of: u64,
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct RateShape {
    per_words: f64,
    value: f64,
    low: f64,
    high: f64,
}

/// A cross table as JSON.
pub fn table_json(view: &TableView<'_>) -> String {
    let table = view.table;
    let read = (!table.query.is_empty()).then(|| table.query.to_string());
    let issue = match view.issues {
        [issue] => Some(issue.as_str()),
        _ => None,
    };
    let cells = table.each().map(|(row, column, cell)| shape(view, row, column, cell));
    to_json(&TableShape {
        format_version: FORMAT_VERSION,
        asked: asked(view.asked, issue, read.as_deref()),
        issues: view.issues.iter().map(IssueId::as_str).collect(),
        rows_are: table.rows_are.name(),
        columns_are: table.columns_are.name(),
        rows: table.rows.iter().map(MemberShape::from).collect(),
        columns: table.columns.iter().map(MemberShape::from).collect(),
        cells: cells.collect(),
        documents: table.searched.documents,
        words: table.searched.words,
        unknown_country: table.unknown_country,
        unknown_period: table.unknown_period,
    })
}

fn shape(view: &TableView<'_>, row: &Member, column: &Member, cell: &Cell) -> CellShape {
    CellShape {
        row: row.id(),
        column: column.id(),
        held: cell.heard().name(),
        passages: (cell.heard() != Heard::NoText).then_some(cell.passages),
        share: cell.share.map(ShareShape::from),
        rate: cell.rate.map(RateShape::from),
        documents: cell.searched.documents,
        words: cell.searched.words,
        opens: view.command(cell),
        command: view.command_line(cell),
    }
}

impl From<&Member> for MemberShape {
    fn from(member: &Member) -> Self {
        Self { id: member.id(), name: member.shown() }
    }
}

impl From<Share> for ShareShape {
    fn from(share: Share) -> Self {
        Self { of: share.of, value: share.value, low: share.low, high: share.high }
    }
}

impl From<Rate> for RateShape {
    fn from(rate: Rate) -> Self {
        Self { per_words: PER_WORDS, value: rate.value, low: rate.low, high: rate.high }
    }
}
