//! A record as text: the block of lines that a terminal gets and the row of columns that a pipe
//! gets. Hits and the neighbours of a passage look alike.

use citation::{extent_line, paragraph_line, period_line, work_name};
use model::{DocumentSummary, IndexRecord, TextRange};
use query::Snippet;

use crate::labels::label_line;
use crate::line::{Line, Look, marked_lines, marked_part_lines};
use crate::phrases::{DOT, captures_line, cautions, place, publisher};
use crate::style::Style;

/// How far the lines of a block are indented.
pub(crate) const INDENT: usize = 4;

/// Writes the head of a document or hit: its name, then publisher, period, how much of the work is
/// held where that is less than the whole, and, for a hit, section.
pub(crate) fn write_head(
    out: &mut String,
    style: Style,
    lead: &str,
    document: &DocumentSummary,
    section: &[String],
) {
    let indent = if lead.is_empty() { 0 } else { INDENT };
    Line::new(style)
        .add(Look::Faint, lead)
        .add(Look::Strong, &work_name(document))
        .write(out, 0, indent);
    let publisher = match document.digest_of {
        Some(_) => format!("digest of {}", publisher(document)),
        None => publisher(document),
    };
    let mut parts = vec![publisher, period_line(document.period)];
    parts.extend(extent_line(document.extent).map(str::to_owned));
    if !section.is_empty() {
        parts.push(section.join(" › "));
    }
    Line::new(style).add(Look::Faint, &parts.join(DOT)).write(out, indent, indent);
}

/// Writes the passage's own words, matches marked.
pub(crate) fn write_text(
    out: &mut String,
    style: Style,
    record: &IndexRecord,
    highlights: &[TextRange],
) {
    for line in marked_lines(style, &record.passage.passage.text, highlights) {
        line.write(out, INDENT, INDENT);
    }
}

/// Writes a part of the passage's own words, matches marked, with `…` where some were left out.
pub(crate) fn write_snippet(
    out: &mut String,
    style: Style,
    record: &IndexRecord,
    highlights: &[TextRange],
    part: &Snippet,
) {
    let sign = |left_out: TextRange, sign| if left_out.start < left_out.end { sign } else { "" };
    let signs = [sign(part.before, "… "), sign(part.after, " …")];
    let text = &record.passage.passage.text;
    for line in marked_part_lines(style, text, part.range, signs, highlights) {
        line.write(out, INDENT, INDENT);
    }
}

/// Writes what is needed to go on from a hit: its id, place and address, then every caution. An
/// address too long for the line has one of its own.
pub(crate) fn write_foot(out: &mut String, style: Style, record: &IndexRecord) {
    let line = || {
        let id = record.passage.passage.id.to_string();
        let place = dotted(place(record).into_iter());
        Line::new(style).add(Look::Id, &id).add(Look::Faint, &place)
    };
    let url = record.document.url.as_deref().unwrap_or("");
    let joined = match url {
        "" => line(),
        url => line().add(Look::Faint, DOT).add(Look::Faint, url),
    };
    if joined.fits(INDENT) {
        joined.write(out, INDENT, INDENT);
    } else {
        line().write(out, INDENT, INDENT);
        write_address(out, style, url, INDENT);
    }
    write_captures(out, style, &record.document, INDENT);
    write_cautions(out, style, record);
}

/// Writes which capture of the document answers, where the library holds several.
pub(crate) fn write_captures(
    out: &mut String,
    style: Style,
    document: &DocumentSummary,
    indent: usize,
) {
    if let Some(captures) = &document.captures {
        let look = if document.answers() { Look::Faint } else { Look::Warning };
        let said = captures_line(&document.id, captures);
        Line::new(style).add(look, &said).write(out, indent, indent + 2);
    }
}

/// Writes an address in one piece, where there is one.
pub(crate) fn write_address(out: &mut String, style: Style, url: &str, indent: usize) {
    if !url.is_empty() {
        Line::new(style).add(Look::Faint, url).write_unbroken(out, indent);
    }
}

/// The parts of a line that follow an id.
pub(crate) fn dotted(parts: impl Iterator<Item = String>) -> String {
    parts.map(|part| format!("{DOT}{part}")).collect()
}

/// Writes the labels of a passage, where it has any.
pub(crate) fn write_labels(out: &mut String, style: Style, record: &IndexRecord) {
    let labels = label_line(record);
    if !labels.is_empty() {
        Line::new(style).add(Look::Faint, &labels).write(out, INDENT, INDENT + 2);
    }
}

/// Writes what a reader must know before trusting the words.
pub(crate) fn write_cautions(out: &mut String, style: Style, record: &IndexRecord) {
    for caution in cautions(record) {
        Line::new(style).add(Look::Warning, &caution).write(out, INDENT, INDENT + 2);
    }
}

/// Writes the row of a record; see [`row_line`].
pub(crate) fn write_row(
    out: &mut String,
    style: Style,
    lead: &str,
    record: &IndexRecord,
    highlights: &[TextRange],
) {
    row_line(style, lead, record, highlights).write(out, 0, 0);
}

/// The row of a record: `lead`, passage id, publisher, title, period, country, section, paragraph,
/// address, text, cautions, labels. What is not known is `unknown`, what there is none of is `-`.
pub(crate) fn row_line(
    style: Style,
    lead: &str,
    record: &IndexRecord,
    highlights: &[TextRange],
) -> Line {
    let (document, passage) = (&record.document, &record.passage.passage);
    let unknown = || "unknown".to_owned();
    let none = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let columns = [
        passage.id.to_string(),
        document.publisher.as_ref().map_or_else(unknown, |publisher| publisher.name.clone()),
        work_name(document),
        document.period.map_or_else(unknown, |period| period.to_string()),
        document.country.map_or_else(unknown, |country| country.code().to_owned()),
        none(passage.locator.section.join(" › ")),
        none(paragraph_line(&passage.locator).unwrap_or_default()),
        document.url.clone().unwrap_or_else(unknown),
    ];
    let extent = extent_line(document.extent).map(str::to_owned);
    let captures = document.captures.as_ref();
    let captures = captures.map(|captures| captures_line(&document.id, captures));
    let known = cautions(record).into_iter().chain(extent).chain(captures);
    let known: Vec<String> = known.collect();
    let mut line = Line::new(style).plain(lead);
    for column in columns {
        line = line.tab().plain(&column);
    }
    line.tab()
        .marked(&passage.text, highlights)
        .tab()
        .plain(&none(known.join("; ")))
        .tab()
        .plain(&none(label_line(record)))
}
