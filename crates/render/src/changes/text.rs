//! What changed between two editions as text for a terminal or a pipe, and as Markdown.

use query::align::Status;
use query::changes::Statement;

use super::rows::row;
use super::said::{edition_lines, figure_line, heading, summary_lines};
use super::{ChangesView, Side, places, words};
use crate::line::{Line, Look};
use crate::search::{bold, escaped};
use crate::status::write_columns;
use crate::style::Style;

/// What changed as text. On a terminal what is to be said of the whole, then each statement that did
/// not stay the same, the old words over the new ones, those that changed marked. In a pipe the rows
/// of the CSV parted by tabs, what stayed the same among them.
pub fn changes_text(view: &ChangesView<'_>, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for statement in view.shown() {
            let cells = row(view, statement).map(|cell| match cell.is_empty() {
                true => "-".to_owned(),
                false => cell.replace('\n', " ¶ "),
            });
            write_columns(&mut out, style, &cells);
        }
        return out;
    }
    Line::new(style).add(Look::Strong, &heading(view)).write(&mut out, 0, 2);
    for line in edition_lines(view) {
        Line::new(style).add(Look::Faint, &line).write(&mut out, 2, 4);
    }
    for line in summary_lines(view) {
        Line::new(style).plain(&line).write(&mut out, 0, 2);
    }
    for statement in view.shown() {
        if statement.status != Status::Same {
            out.push('\n');
            write_statement(&mut out, style, statement);
        }
    }
    out
}

fn write_statement(out: &mut String, style: Style, statement: &Statement) {
    Line::new(style).add(Look::Strong, &status(statement)).write(out, 0, 2);
    // What only moved is shown once.
    let old = (statement.status != Status::Moved).then_some((Side::Old, &statement.old, "- "));
    for (side, sentences, sign) in old.into_iter().chain([(Side::New, &statement.new, "+ ")]) {
        if sentences.is_empty() {
            continue;
        }
        let (text, marked) = words(statement, side);
        Line::new(style).plain(sign).marked(&text, &marked).write(out, 2, 4);
        Line::new(style).add(Look::Id, &places(sentences)).write(out, 4, 6);
    }
    for change in &statement.figures {
        let line = format!("figure: {}", figure_line(change));
        Line::new(style).add(Look::Warning, &line).write(out, 4, 6);
    }
}

/// What became of a statement, and whether it moved, too.
pub(super) fn status(statement: &Statement) -> String {
    let moved = statement.moved && statement.status != Status::Moved;
    format!("{}{}", statement.status.name(), if moved { ", moved" } else { "" })
}

/// What changed as Markdown: the whole, then each statement that did not stay the same, the words
/// that changed in bold.
pub fn changes_markdown(view: &ChangesView<'_>) -> String {
    let mut out = format!("# {}\n\n", escaped(&heading(view)));
    for line in edition_lines(view).iter().chain(&summary_lines(view)) {
        out.push_str(&format!("- {}\n", escaped(line)));
    }
    for statement in view.shown() {
        if statement.status == Status::Same {
            continue;
        }
        out.push_str(&format!("\n## {}\n", escaped(&status(statement))));
        for (side, sentences, name) in
            [(Side::Old, &statement.old, &view.old), (Side::New, &statement.new, &view.new)]
        {
            if sentences.is_empty() {
                continue;
            }
            let (text, marked) = words(statement, side);
            let quoted = bold(&text, &marked).replace('\n', "\n> ");
            let place = escaped(&places(sentences));
            out.push_str(&format!("\n> {quoted}\n\n{}: {place}\n", escaped(&name.period)));
        }
        for change in &statement.figures {
            out.push_str(&format!("\nFigure: {}\n", escaped(&figure_line(change))));
        }
    }
    out
}
