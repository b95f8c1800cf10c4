//! Citations as text: for a terminal, the quotation with its citation under it; in a pipe, a line each.

use citation::export::{Entry, biblatex, ris};

use super::packet::rows;
use super::{CitedQuotation, alteration_line, safe_lines};
use crate::line::{Line, Look, marked_lines};
use crate::phrases::set_aside_line;
use crate::style::Style;

/// A format of other programs that is text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// BibLaTeX.
    Bibtex,
    /// RIS.
    Ris,
}

/// Works written for another program.
pub fn export_text(entries: &[Entry], format: ExportFormat) -> String {
    safe_lines(&match format {
        ExportFormat::Bibtex => biblatex(entries),
        ExportFormat::Ris => ris(entries),
    })
}

/// The citations as text.
pub fn cite_text(cited: &[CitedQuotation], style: Style) -> String {
    let mut out = String::new();
    for (at, cited) in cited.iter().enumerate() {
        if style.width.is_none() {
            write_rows(&mut out, cited, style);
            continue;
        }
        if at > 0 {
            out.push('\n');
        }
        write_block(&mut out, cited, style);
    }
    out
}

/// The line of a pipe, and one for each row of a packet.
fn write_rows(out: &mut String, cited: &CitedQuotation, style: Style) {
    let id = cited.citation.passage().to_string();
    let bibliography = cited.reference.bibliography.as_ref().map(|text| text.to_plain());
    let mut line = Line::new(style).plain("citation").tab().add(Look::Id, &id).tab();
    line = line.marked(&cited.written, &[]).tab().plain(&cited.reference.citation.to_plain());
    line = line.tab().plain(bibliography.as_deref().unwrap_or("-"));
    let said = notes(cited);
    line = line.tab().plain(&if said.is_empty() { "-".to_owned() } else { said.join("; ") });
    line.write(out, 0, 0);
    for (name, value) in cited.surroundings.iter().flat_map(|around| rows(cited, around)) {
        let line = Line::new(style).plain("packet").tab().add(Look::Id, &id).tab();
        line.plain(name).tab().marked(&value, &[]).write(out, 0, 0);
    }
}

fn write_block(out: &mut String, cited: &CitedQuotation, style: Style) {
    for line in marked_lines(style, &cited.written, &[]) {
        line.write(out, 4, 4);
    }
    out.push('\n');
    let mut row = |name: &str, value: &str, look: Look| {
        let mut lines = value.split('\n');
        let first = lines.next().unwrap_or_default();
        Line::new(style).add(Look::Faint, &format!("{name}: ")).add(look, first).write(out, 0, 2);
        for line in lines {
            Line::new(style).add(look, line).write(out, 2, 2);
        }
    };
    row("citation", &cited.reference.citation.to_plain(), Look::Plain);
    if let Some(entry) = &cited.reference.bibliography {
        row("bibliography", &entry.to_plain(), Look::Plain);
    }
    match &cited.surroundings {
        Some(around) => {
            for (name, value) in rows(cited, around) {
                row(name, &value, Look::Plain);
            }
        }
        None => {
            for said in notes(cited) {
                row("note", &said, Look::Warning);
            }
        }
    }
}

/// What must be said beside a citation: alterations, that the text was set aside, and that it is a digest
/// or a part where the citation leaves that to the bibliography.
fn notes(cited: &CitedQuotation) -> Vec<String> {
    let alterations = cited.alterations.iter().map(alteration_line);
    let line = cited.reference.citation.to_plain();
    let caution = cited.work.caution().filter(|caution| !line.contains(caution.as_str()));
    alterations.chain(caution).chain(set_aside_line(&cited.record)).collect()
}
