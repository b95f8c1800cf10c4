//! A cross table as Markdown: for notes. What is named in a report is never markup.

use super::said::{Opening, header_lines, heading, label, openings};
use super::{TableView, cell_lines};
use crate::safe::safe;
use crate::search::escaped;

/// A cross table as Markdown.
pub fn table_markdown(view: &TableView<'_>) -> String {
    let table = view.table;
    let mut out = format!("# {}\n\n", escaped(&heading(view)));
    for line in header_lines(view) {
        out.push_str(&format!("- {}\n", escaped(&line)));
    }
    let columns = table.columns.iter().map(|column| escaped(&label(column)));
    let heads: Vec<String> =
        std::iter::once(table.rows_are.name().to_owned()).chain(columns).collect();
    out.push_str(&format!("\n| {} |\n|{}\n", heads.join(" | "), "---|".repeat(heads.len())));
    for (row, cells) in table.rows.iter().zip(&table.cells) {
        let numbers = cells.iter().map(|of| {
            let [count, rate] = cell_lines(of);
            escaped(format!("{count} {rate}").trim_end())
        });
        let line: Vec<String> = std::iter::once(escaped(&label(row))).chain(numbers).collect();
        out.push_str(&format!("| {} |\n", line.join(" | ")));
    }
    out.push('\n');
    for Opening { before, typed, after } in openings(view) {
        // A command stands as code, to be copied as it is; one with a mark of code in it cannot.
        let typed = match typed.contains('`') {
            true => escaped(&typed),
            false => format!("`{}`", safe(&typed)),
        };
        out.push_str(&format!("- {} {typed}{}\n", escaped(&before), escaped(&after)));
    }
    out
}
