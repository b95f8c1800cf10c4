//! Counts as a small table: numbers to the left, aligned, and what they count to the right, where a
//! long name does no harm.

use query::Tally;
use unicode_width::UnicodeWidthStr;

use crate::line::{Line, Look};
use crate::phrases::grouped;
use crate::style::Style;

/// What stands in one line of a table.
pub(crate) struct Row {
    pub(crate) tally: Tally,
    pub(crate) name: String,
}

const TITLES: [&str; 3] = ["documents", "passages", "words"];

impl Row {
    fn numbers(&self) -> [String; 3] {
        let Tally { documents, passages, words } = self.tally;
        [grouped(documents as u64), grouped(passages), grouped(words)]
    }
}

/// Writes a table of counts under its heading.
pub(crate) fn write_table(out: &mut String, style: Style, heading: &str, rows: &[Row]) {
    let rows: Vec<([String; 3], &str)> =
        rows.iter().map(|row| (row.numbers(), row.name.as_str())).collect();
    write_cells(out, style, TITLES, heading, &rows);
}

/// Writes a table: each row's numbers under their titles, and its name under the heading.
pub(crate) fn write_cells<const N: usize>(
    out: &mut String,
    style: Style,
    titles: [&str; N],
    heading: &str,
    rows: &[([String; N], &str)],
) {
    let mut widths = titles.map(UnicodeWidthStr::width);
    for (numbers, _) in rows {
        for (width, number) in widths.iter_mut().zip(numbers) {
            *width = (*width).max(number.width());
        }
    }
    let indent = 2 + widths.iter().map(|width| width + 2).sum::<usize>();
    let titles = aligned(&titles.map(str::to_owned), widths);
    Line::new(style).add(Look::Faint, &titles).add(Look::Strong, heading).write(out, 2, indent);
    for (numbers, name) in rows {
        let numbers = aligned(numbers, widths);
        Line::new(style).plain(&numbers).plain(name).write(out, 2, indent);
    }
}

/// The cells, each to the right of its column, with two spaces behind.
fn aligned<const N: usize>(cells: &[String; N], widths: [usize; N]) -> String {
    cells.iter().zip(widths).map(|(cell, width)| format!("{cell:>width$}  ")).collect()
}
