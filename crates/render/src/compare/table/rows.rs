//! A cross table as rows of one shape: one for each cell, with the command that opens it.

use query::compare::{Cell, Heard};

use super::TableView;
use crate::csv::csv_row;

const COLUMNS: [&str; 13] = [
    "row",
    "column",
    "held",
    "passages",
    "share",
    "share_low",
    "share_high",
    "rate",
    "rate_low",
    "rate_high",
    "documents",
    "words",
    "command",
];

/// A row; what there is none of is empty.
pub(super) type Row = [String; 13];

/// Every cell, row by row.
pub(super) fn rows(view: &TableView<'_>) -> Vec<Row> {
    view.table.each().map(|(row, column, cell)| row_of(view, row.id(), column.id(), cell)).collect()
}

fn row_of(view: &TableView<'_>, row: String, column: String, cell: &Cell) -> Row {
    let mut cells = Row::default();
    (cells[0], cells[1]) = (row, column);
    cells[2] = cell.heard().name().to_owned();
    if cell.heard() != Heard::NoText {
        cells[3] = cell.passages.to_string();
    }
    if let Some(share) = cell.share {
        let values = [share.value, share.low, share.high].map(|value| format!("{value:.5}"));
        [cells[4], cells[5], cells[6]] = values;
    }
    if let Some(rate) = cell.rate {
        let values = [rate.value, rate.low, rate.high].map(|value| format!("{value:.4}"));
        [cells[7], cells[8], cells[9]] = values;
    }
    cells[10] = cell.searched.documents.to_string();
    cells[11] = cell.searched.words.to_string();
    cells[12] = view.command_line(cell);
    cells
}

/// A cross table as CSV under a row of headings.
pub fn table_csv(view: &TableView<'_>) -> String {
    let mut out = csv_row(COLUMNS);
    for row in rows(view) {
        out.push_str(&csv_row(row.iter().map(String::as_str)));
    }
    out
}
