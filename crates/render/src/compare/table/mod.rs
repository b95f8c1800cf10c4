//! A cross table as text, JSON, CSV, Markdown and HTML. Here is what the formats share: what is said
//! of a cell, how strong its colour is, and how it is opened.

mod html;
mod json;
mod markdown;
mod rows;
mod said;
mod svg;
mod text;

use model::IssueId;
use query::compare::{Cell, CrossTable, Heard};

pub use html::table_html;
pub use json::table_json;
pub use markdown::table_markdown;
pub use rows::table_csv;
pub use text::table_text;

use super::CompareAsked;
use crate::command::{search_command, shell_line};
use crate::phrases::grouped;

/// A cross table to be shown.
#[derive(Clone, Copy, Debug)]
pub struct TableView<'a> {
    /// What was asked.
    pub asked: &'a CompareAsked,
    /// The issues that passages were asked to speak to, where issues are neither rows nor columns.
    pub issues: &'a [IssueId],
    /// The answer.
    pub table: &'a CrossTable,
}

/// How many strengths of colour there are beside none.
const LEVELS: usize = 4;

impl TableView<'_> {
    /// The command that shows the passages of a cell, as its words.
    fn command(&self, cell: &Cell) -> Vec<String> {
        search_command(&self.table.query.to_string(), &cell.filters, cell.passages)
    }

    /// The same as one line for a shell.
    fn command_line(&self, cell: &Cell) -> String {
        shell_line(&self.command(cell))
    }
}

/// How strong the colour of a cell is: 0 where nothing was counted, else by its rate among all cells,
/// of which the highest is handed in, from 1 to [`LEVELS`]; `None` where no text is held.
fn level(cell: &Cell, highest: f64) -> Option<usize> {
    let rate = cell.rate?.value;
    if rate <= 0.0 || highest <= 0.0 {
        return Some(0);
    }
    // From 0 to LEVELS, above 0: the rate is no higher than the highest.
    Some(((LEVELS as f64 * rate / highest).ceil() as usize).clamp(1, LEVELS))
}

/// What a cell counts, in two short lines: passages and their share, and the rate with its interval.
fn cell_lines(cell: &Cell) -> [String; 2] {
    let (Some(rate), Heard::Text | Heard::TooShort) = (cell.rate, cell.heard()) else {
        return ["no text".to_owned(), String::new()];
    };
    let share = cell.share.map_or(String::new(), |share| format!("{:.1} %", 100.0 * share.value));
    let beside = if cell.heard() == Heard::TooShort { "short text" } else { &share };
    [
        format!("{} ({beside})", grouped(cell.passages)),
        format!("{} [{}–{}]", number(rate.value), number(rate.low), number(rate.high)),
    ]
}

/// A rate as people read it: more digits the smaller it is.
fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 1.0 || v == 0.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use query::compare::{Axis, Member, rate, share};
    use query::{Filters, Query, Tally};

    fn cell(passages: u64, words: u64) -> Cell {
        let searched = Tally { documents: usize::from(words > 0), passages: words / 50, words };
        Cell {
            passages,
            searched,
            share: share(passages, searched.passages),
            rate: rate(passages, words),
            filters: Filters::default(),
        }
    }

    /// Two issues in three countries, of one of which no text is held.
    pub(super) fn sample() -> CrossTable {
        let issue = |id: &str| Member::Issue(IssueId::new(id).expect("an id"));
        let country = |name| Member::Country(model::Country::find(name).expect("known"));
        CrossTable {
            rows_are: Axis::Issue,
            columns_are: Axis::Country,
            query: Query::default(),
            rows: vec![issue("blasphemy"), issue("dress")],
            columns: ["Peru", "Chad", "Fiji"].map(country).to_vec(),
            cells: vec![
                vec![cell(12, 5_000), cell(1, 5_000), cell(0, 0)],
                vec![cell(0, 5_000), cell(3, 5_000), cell(0, 0)],
            ],
            searched: Tally { documents: 2, passages: 200, words: 10_000 },
            unknown_country: 0,
            unknown_period: 0,
        }
    }

    #[test]
    fn the_highest_rate_has_the_strongest_colour_and_no_text_has_none() {
        let table = sample();
        let levels: Vec<Option<usize>> =
            table.each().map(|(_, _, cell)| level(cell, table.highest())).collect();
        assert_eq!(levels, [Some(4), Some(1), None, Some(0), Some(1), None]);
        assert_eq!(level(&cell(0, 5_000), 0.0), Some(0));
        // A passage in a handful of words has a high rate and sets no measure.
        let mut short = sample();
        short.cells[1][0] = cell(1, 60);
        assert_eq!(short.highest(), table.highest());
        assert_eq!(level(&short.cells[1][0], short.highest()), Some(4));
    }

    #[test]
    fn a_zero_in_a_short_text_is_said_to_mean_nothing() {
        assert_eq!(cell_lines(&cell(0, 0))[0], "no text");
        assert_eq!(cell_lines(&cell(0, 60))[0], "0 (short text)");
        assert_eq!(cell_lines(&cell(1, 60))[0], "1 (100.0 %)");
    }
}
