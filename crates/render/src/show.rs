//! One passage between its neighbours, as text and as JSON.

use citation::Citation;
use model::IndexRecord;
use query::Neighbourhood;
use serde::Serialize;

use crate::entry::{
    INDENT, dotted, write_address, write_captures, write_head, write_row, write_text,
};
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{place, set_aside_line};
use crate::shapes::{DocumentShape, PassageShape};
use crate::style::Style;

#[derive(Serialize)]
struct ShowShape<'a> {
    format_version: u32,
    document: DocumentShape<'a>,
    passage: PassageShape<'a>,
    before: Vec<PassageShape<'a>>,
    after: Vec<PassageShape<'a>>,
}

/// The passage between its neighbours as text. On a terminal the passage asked for is marked with
/// `>` and followed by the line that cites it; in a pipe each passage is one line, which begins with
/// `before`, `passage` or `after`.
pub fn show_text(shown: &Neighbourhood, style: Style) -> String {
    let mut out = String::new();
    let rows = shown.before.iter().map(|record| ("before", record));
    let rows = rows.chain([("passage", &shown.record)]);
    let rows = rows.chain(shown.after.iter().map(|record| ("after", record)));
    if style.width.is_none() {
        rows.for_each(|(relation, record)| write_row(&mut out, style, relation, record, &[]));
        return out;
    }
    write_head(&mut out, style, "", &shown.record.document, &[]);
    write_address(&mut out, style, shown.record.document.url.as_deref().unwrap_or(""), 0);
    write_captures(&mut out, style, &shown.record.document, 0);
    for (relation, record) in rows {
        out.push('\n');
        let asked = relation == "passage";
        write_passage_head(&mut out, style, if asked { "  > " } else { "    " }, record);
        write_text(&mut out, style, record, &[]);
        if asked {
            write_attribution(&mut out, style, record);
        }
    }
    out
}

/// The passage between its neighbours as JSON.
pub fn show_json(shown: &Neighbourhood) -> String {
    to_json(&ShowShape {
        format_version: FORMAT_VERSION,
        document: DocumentShape::from(&*shown.record.document),
        passage: PassageShape::from(&shown.record),
        before: shown.before.iter().map(PassageShape::from).collect(),
        after: shown.after.iter().map(PassageShape::from).collect(),
    })
}

fn write_passage_head(out: &mut String, style: Style, mark: &str, record: &IndexRecord) {
    let passage = &record.passage.passage;
    let section = passage.locator.section.join(" › ");
    let parts = [place(record), Some(section).filter(|section| !section.is_empty())];
    Line::new(style)
        .add(Look::Strong, mark)
        .add(Look::Id, &passage.id.to_string())
        .add(Look::Faint, &dotted(parts.into_iter().flatten()))
        .write(out, 0, INDENT);
}

/// The line that cites the passage, or why it cannot be cited.
fn write_attribution(out: &mut String, style: Style, record: &IndexRecord) {
    let said = match Citation::of_passage(record) {
        Ok(citation) => citation.line(),
        Err(error) => format!("this passage cannot be cited: {error}"),
    };
    out.push('\n');
    Line::new(style).add(Look::Faint, "source: ").plain(&said).write(out, INDENT, INDENT + 2);
    if let Some(caution) = set_aside_line(record) {
        Line::new(style).add(Look::Warning, &caution).write(out, INDENT, INDENT + 2);
    }
}
