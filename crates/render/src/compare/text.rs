//! A comparison as text: on a terminal the sources in columns that fit the width, or one below the
//! other; in a pipe rows.

use query::compare::{Compared, Said};

use super::columns::{beside, width_of_each};
use super::rows::rows;
use super::said::{
    apart_line, cited_line, country_line, facts, group_line, header_lines, heading, locator_line,
    origins_line, said_line, why_line,
};
use super::{CompareView, MOST_PAIRS, telling};
use crate::line::{Line, Look};
use crate::phrases::cautions;
use crate::status::write_columns;
use crate::style::Style;

/// A comparison as text.
pub fn compare_text(view: &CompareView<'_>, style: Style) -> String {
    let mut out = String::new();
    let Some(columns) = style.width else {
        for row in rows(view) {
            let cells = row.map(|cell| match cell.is_empty() {
                true => "-".to_owned(),
                false => cell.replace('\n', " ¶ "),
            });
            write_columns(&mut out, style, &cells);
        }
        return out;
    };
    Line::new(style).add(Look::Strong, &heading(view)).write(&mut out, 0, 2);
    for line in header_lines(view) {
        Line::new(style).add(Look::Faint, &line).write(&mut out, 2, 4);
    }
    let sources = &view.comparison.sources;
    let (speak, silent): (Vec<&Compared>, Vec<&Compared>) =
        sources.iter().partition(|source| source.said == Said::Speaks);
    match width_of_each(speak.len(), columns) {
        Some(each) => {
            let narrow = Style { width: Some(each), ..style };
            let written: Vec<String> =
                speak.iter().map(|source| source_text(view, source, narrow)).collect();
            out.push('\n');
            out.push_str(&beside(&written, each));
        }
        None => {
            for source in &speak {
                out.push('\n');
                out.push_str(&source_text(view, source, style));
            }
        }
    }
    if !silent.is_empty() {
        title(&mut out, style, "silent");
        for source in silent {
            let line = format!("{}: {}", source.source.name.shown(), said_line(source));
            Line::new(style).plain(&line).write(&mut out, 2, 4);
            for on in &source.source.countries {
                Line::new(style).add(Look::Faint, &country_line(on)).write(&mut out, 4, 6);
            }
        }
    }
    write_pairs(&mut out, view, style);
    write_only(&mut out, view, style);
    write_origins(&mut out, view, style);
    out
}

fn title(out: &mut String, style: Style, title: &str) {
    out.push('\n');
    Line::new(style).add(Look::Strong, title).write(out, 0, 2);
}

fn source_text(view: &CompareView<'_>, source: &Compared, style: Style) -> String {
    let mut out = String::new();
    Line::new(style).add(Look::Strong, &source.source.name.shown()).write(&mut out, 0, 2);
    Line::new(style).plain(&said_line(source)).write(&mut out, 0, 2);
    for on in &source.source.countries {
        Line::new(style).plain(&country_line(on)).write(&mut out, 2, 4);
    }
    for (name, value) in facts(source) {
        Line::new(style).add(Look::Faint, &format!("{name}: {value}")).write(&mut out, 0, 2);
    }
    for speaking in view.best(source) {
        out.push('\n');
        let (text, marked) = telling(speaking);
        Line::new(style).marked(&text, &marked).write(&mut out, 0, 0);
        let id = speaking.record.passage.passage.id.to_string();
        Line::new(style)
            .add(Look::Id, &id)
            .plain(" ")
            .add(Look::Faint, &locator_line(speaking))
            .write(&mut out, 2, 2);
        for caution in cautions(&speaking.record) {
            Line::new(style).add(Look::Warning, &caution).write(&mut out, 2, 2);
        }
    }
    out
}

fn write_pairs(out: &mut String, view: &CompareView<'_>, style: Style) {
    let comparison = view.comparison;
    if !comparison.claims.is_empty() {
        title(out, style, "said alike");
        for claim in comparison.claims.iter().take(MOST_PAIRS) {
            for at in [&claim.a, &claim.b] {
                let text = comparison.text(at).unwrap_or_default();
                let source = format!("{}: ", view.source_id(at.source));
                Line::new(style).add(Look::Strong, &source).plain(text).write(out, 2, 4);
                Line::new(style).add(Look::Id, &view.place(at)).write(out, 4, 6);
            }
            Line::new(style).add(Look::Faint, &why_line(claim)).write(out, 4, 6);
            out.push('\n');
        }
        more(out, style, comparison.claims.len(), MOST_PAIRS, "pairs");
    }
    if !comparison.figures.is_empty() {
        title(out, style, "figures that differ");
        for apart in comparison.figures.iter().take(MOST_PAIRS) {
            Line::new(style).plain(&apart_line(view, apart)).write(out, 2, 4);
        }
        more(out, style, comparison.figures.len(), MOST_PAIRS, "pairs of figures");
    }
}

fn write_only(out: &mut String, view: &CompareView<'_>, style: Style) {
    for (number, source) in view.comparison.sources.iter().enumerate() {
        let (shown, left) = view.only(source);
        if shown.is_empty() || view.comparison.speaking() < 2 {
            continue;
        }
        title(out, style, &format!("only in {}", view.source_id(number)));
        for at in shown {
            let text = view.comparison.text(at).unwrap_or_default();
            Line::new(style).plain(text).write(out, 2, 4);
            Line::new(style).add(Look::Id, &view.place(at)).write(out, 4, 6);
        }
        more(out, style, left + shown.len(), shown.len(), "sentences");
    }
}

fn write_origins(out: &mut String, view: &CompareView<'_>, style: Style) {
    let of = &view.comparison.independence;
    if of.passages == 0 {
        return;
    }
    title(out, style, &origins_line(view));
    for group in of.groups.iter().take(MOST_PAIRS) {
        Line::new(style).plain(&group_line(view, group)).write(out, 2, 4);
    }
    if let Some(line) = cited_line(view) {
        Line::new(style).add(Look::Faint, &line).write(out, 2, 4);
    }
}

fn more(out: &mut String, style: Style, all: usize, shown: usize, what: &str) {
    if all > shown {
        let line = format!("and {} more {what}; `--format json` has all", all - shown);
        Line::new(style).add(Look::Faint, &line).write(out, 2, 4);
    }
}
