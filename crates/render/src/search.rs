//! Search results, as text and as JSON.

use query::{Hit, SearchResult};
use serde::Serialize;

use crate::entry::{write_foot, write_head, write_labels, write_row, write_text};
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{counted, grouped};
use crate::shapes::{DocumentShape, PassageShape, Span, highlight_spans};
use crate::style::Style;

#[derive(Serialize)]
struct SearchShape<'a> {
    format_version: u32,
    query: &'a str,
    total: u64,
    hits: Vec<HitShape<'a>>,
}

#[derive(Serialize)]
struct HitShape<'a> {
    rank: u64,
    score: Option<f32>,
    passage: PassageShape<'a>,
    document: DocumentShape<'a>,
    highlights: Vec<Span>,
}

/// The hits as text. On a terminal a block of lines for each: rank and name of the work; publisher,
/// period and section; the passage with its matches marked; its id, place and address; and what a
/// reader must know of it. In a pipe one line of columns for each, and nothing where nothing is
/// found.
pub fn search_text(result: &SearchResult, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for hit in &result.hits {
            let rank = hit.rank.to_string();
            write_row(&mut out, style, &rank, &hit.record, &hit.highlights);
        }
        return out;
    }
    write_heading(&mut out, style, result);
    for hit in &result.hits {
        out.push('\n');
        write_hit(&mut out, style, hit);
    }
    out
}

/// The hits as JSON; `query` is the query as it was given.
pub fn search_json(query: &str, result: &SearchResult) -> String {
    to_json(&SearchShape {
        format_version: FORMAT_VERSION,
        query,
        total: result.total as u64,
        hits: result.hits.iter().map(HitShape::from).collect(),
    })
}

impl<'a> From<&'a Hit> for HitShape<'a> {
    fn from(hit: &'a Hit) -> Self {
        Self {
            rank: hit.rank as u64,
            score: hit.score,
            passage: PassageShape::from(&hit.record),
            document: DocumentShape::from(&hit.record.document),
            highlights: highlight_spans(&hit.record.passage.passage.text, &hit.highlights),
        }
    }
}

/// How many there are, and which of them are shown.
fn write_heading(out: &mut String, style: Style, result: &SearchResult) {
    let found = counted(result.total as u64, "passage found", "passages found");
    let said = match (result.hits.first(), result.hits.last()) {
        (None, _) | (_, None) if result.total == 0 => "no passage found".to_owned(),
        (None, _) | (_, None) => format!("{found}; none of them is this far down the list"),
        _ if result.hits.len() as u64 == result.total as u64 => found,
        (Some(first), Some(last)) => {
            let order = match first.score {
                Some(_) => "the best match first",
                None => "in the order of the documents",
            };
            let (first, last) = (grouped(first.rank as u64), grouped(last.rank as u64));
            format!("{found}; {first} to {last} shown, {order}")
        }
    };
    Line::new(style).add(Look::Faint, &said).write(out, 0, 2);
}

fn write_hit(out: &mut String, style: Style, hit: &Hit) {
    let section = &hit.record.passage.passage.locator.section;
    write_head(out, style, &format!("{:>2}  ", hit.rank), &hit.record.document, section);
    write_text(out, style, &hit.record, &hit.highlights);
    write_labels(out, style, &hit.record);
    write_foot(out, style, &hit.record);
}
