//! A cross table as text: on a terminal as many columns beside each other as fit, a stronger colour
//! where the rate is higher and every number written out; in a pipe rows, one a cell.

use anstyle::Ansi256Color;
use query::compare::Cell;
use unicode_width::UnicodeWidthStr;

use super::rows::rows;
use super::said::{header_lines, heading, label, openings};
use super::{LEVELS, TableView, cell_lines, level};
use crate::line::{Line, Look};
use crate::safe::safe;
use crate::status::write_columns;
use crate::style::{Colour, Style};

/// The widest that names of rows are.
const WIDEST_LABEL: usize = 24;

/// The narrowest that a column is.
const NARROWEST: usize = 14;

/// What parts two columns.
const BETWEEN: &str = " ";

/// The colours of a cell by its strength, from none to the strongest: light to dark, with black or
/// white letters on them.
const SHADES: [(u8, u8); LEVELS] = [(230, 16), (222, 16), (214, 16), (130, 231)];

/// A cross table as text.
pub fn table_text(view: &TableView<'_>, style: Style) -> String {
    let mut out = String::new();
    let Some(width) = style.width else {
        for row in rows(view) {
            let cells = row.map(|cell| if cell.is_empty() { "-".to_owned() } else { cell });
            write_columns(&mut out, style, &cells);
        }
        return out;
    };
    Line::new(style).add(Look::Strong, &heading(view)).write(&mut out, 0, 2);
    for line in header_lines(view) {
        Line::new(style).add(Look::Faint, &line).write(&mut out, 2, 4);
    }
    let grid = Grid::of(view, style, width);
    for columns in grid.blocks() {
        out.push('\n');
        grid.write_heads(&mut out, &columns);
        (0..view.table.rows.len()).for_each(|row| grid.write_row(&mut out, row, &columns));
    }
    out.push('\n');
    for opening in openings(view) {
        Line::new(style).plain(&opening.line()).write(&mut out, 0, 2);
    }
    out
}

/// How wide the parts of a table are.
struct Grid<'a> {
    view: &'a TableView<'a>,
    style: Style,
    labels: usize,
    column: usize,
    beside: usize,
    highest: f64,
}

impl<'a> Grid<'a> {
    fn of(view: &'a TableView<'a>, style: Style, width: usize) -> Self {
        let table = view.table;
        let labels = table.rows.iter().map(|row| label(row).width()).max().unwrap_or(0);
        let labels = labels.min(WIDEST_LABEL).min(width / 2);
        let cells = table.each().flat_map(|(_, _, cell)| cell_lines(cell));
        let column = cells.map(|line| line.width()).max().unwrap_or(0).max(NARROWEST);
        let room = width.saturating_sub(labels);
        let beside = (room / (column + BETWEEN.len())).max(1);
        Self { view, style, labels, column, beside, highest: table.highest() }
    }

    /// The numbers of the columns that stand beside each other, block after block.
    fn blocks(&self) -> Vec<Vec<usize>> {
        let numbers: Vec<usize> = (0..self.view.table.columns.len()).collect();
        numbers.chunks(self.beside).map(<[usize]>::to_vec).collect()
    }

    fn write_heads(&self, out: &mut String, columns: &[usize]) {
        let heads: Vec<Vec<String>> = columns
            .iter()
            .map(|at| wrapped(&label(&self.view.table.columns[*at]), self.column))
            .collect();
        let height = heads.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut written = " ".repeat(self.labels);
            for head in &heads {
                let text = head.get(line).map_or("", String::as_str);
                written.push_str(BETWEEN);
                written.push_str(&padded(text, self.column));
            }
            self.strong(out, written.trim_end());
            out.push('\n');
        }
    }

    /// A row is as high as its name and its cells need.
    fn write_row(&self, out: &mut String, row: usize, columns: &[usize]) {
        let table = self.view.table;
        let name = wrapped(&label(&table.rows[row]), self.labels.max(1));
        let cells: Vec<(&Cell, [String; 2])> = columns
            .iter()
            .map(|at| &table.cells[row][*at])
            .map(|cell| (cell, cell_lines(cell)))
            .collect();
        for line in 0..name.len().max(2) {
            let text = name.get(line).map_or("", String::as_str);
            out.push_str(&padded(text, self.labels));
            for (cell, lines) in &cells {
                out.push_str(BETWEEN);
                let text = lines.get(line).map_or("", String::as_str);
                self.shaded(out, &padded(text, self.column), cell);
            }
            while out.ends_with(' ') {
                out.pop();
            }
            out.push('\n');
        }
    }

    fn strong(&self, out: &mut String, text: &str) {
        let bold = anstyle::Style::new().bold();
        match self.style.colour {
            Colour::Always => out.push_str(&format!("{bold}{text}{bold:#}")),
            Colour::Never => out.push_str(text),
        }
    }

    fn shaded(&self, out: &mut String, text: &str, cell: &Cell) {
        let level = level(cell, self.highest).unwrap_or(0);
        let shade = level.checked_sub(1).and_then(|at| SHADES.get(at));
        match (self.style.colour, shade) {
            (Colour::Always, Some((ground, letters))) => {
                let style = anstyle::Style::new()
                    .bg_color(Some(Ansi256Color(*ground).into()))
                    .fg_color(Some(Ansi256Color(*letters).into()));
                out.push_str(&format!("{style}{text}{style:#}"));
            }
            _ => out.push_str(text),
        }
    }
}

/// A name made safe to show, as lines no wider than that.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let safe = safe(text);
    let lines = textwrap::wrap(&safe, textwrap::Options::new(width.max(1)).break_words(true));
    lines.into_iter().map(|line| line.into_owned()).collect()
}

fn padded(text: &str, width: usize) -> String {
    let room = width.saturating_sub(text.width());
    format!("{text}{}", " ".repeat(room))
}

#[cfg(test)]
mod tests {
    use super::super::tests::sample;
    use super::*;
    use crate::compare::CompareAsked;

    /// A text without its escape sequences.
    fn plain(text: &str) -> String {
        let mut parts = text.split('\u{1b}');
        let first = parts.next().unwrap_or("").to_owned();
        parts.fold(first, |plain, part| plain + part.split_once('m').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn colour_adds_nothing_to_the_numbers() {
        let (table, asked) = (sample(), CompareAsked::default());
        let view = TableView { asked: &asked, issues: &[], table: &table };
        for columns in [24, 60, 100] {
            let bare = table_text(&view, Style::terminal(Colour::Never, columns));
            let coloured = table_text(&view, Style::terminal(Colour::Always, columns));
            assert!(coloured.contains("\u{1b}[38;5;16;48;5;230m") || coloured.contains("48;5;230"));
            let ends = |text: &str| {
                text.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>()
            };
            assert_eq!(ends(&plain(&coloured)), ends(&bare));
            for said in ["12 (12.0 %)", "24.0 [12.4–41.9]", "no text", "0 (0.0 %)"] {
                assert!(bare.contains(said), "{columns}: {said}: {bare}");
            }
        }
        let narrow = table_text(&view, Style::terminal(Colour::Never, 60));
        let table = narrow.split("\n\n").skip(1).take_while(|part| !part.starts_with("a cell"));
        assert!(table.flat_map(str::lines).all(|line| line.width() <= 60), "{narrow}");
    }
}
