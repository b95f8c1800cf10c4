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

/// Writes a table under its heading.
pub(crate) fn write_table(out: &mut String, style: Style, heading: &str, rows: &[Row]) {
    let mut widths = TITLES.map(UnicodeWidthStr::width);
    for row in rows {
        for (width, number) in widths.iter_mut().zip(row.numbers()) {
            *width = (*width).max(number.width());
        }
    }
    let indent = 2 + widths.iter().map(|width| width + 2).sum::<usize>();
    let titles = aligned(TITLES.map(str::to_owned), widths);
    Line::new(style).add(Look::Faint, &titles).add(Look::Strong, heading).write(out, 2, indent);
    for row in rows {
        let numbers = aligned(row.numbers(), widths);
        Line::new(style).plain(&numbers).plain(&row.name).write(out, 2, indent);
    }
}

/// The cells, each to the right of its column, with two spaces behind.
fn aligned(cells: [String; 3], widths: [usize; 3]) -> String {
    cells.iter().zip(widths).map(|(cell, width)| format!("{cell:>width$}  ")).collect()
}
