//! Search results as text: blocks of lines for a terminal, a row of columns a hit for a pipe.

use citation::style::StyledText;
use query::{Hit, snippet};

use super::SearchView;
use super::facets::{facet_rows, write_facets};
use super::said::{folded_line, heading, said_beside, score_line};
use crate::entry::{
    INDENT, row_line, write_foot, write_head, write_labels, write_snippet, write_text,
};
use crate::line::{Line, Look};
use crate::phrases::counted;
use crate::style::Style;

/// How many characters of a passage a terminal shows of its own accord; the sentence of a match is shown
/// whole, however long it is.
const SHOWN: usize = 600;

/// The hits as text. On a terminal a block of lines for each: rank and name of the work; publisher,
/// period and section; the passage with its matches marked, of a
/// long one the sentences around the best of them; its id, place and address; and what a
/// reader must know of it. In a pipe one line of columns for each, and nothing where nothing is
/// found; then a line for each value of a field by which matches are counted.
pub fn search_text(view: &SearchView<'_>, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for (hit, citation) in view.cited() {
            write_row(&mut out, style, hit, citation);
        }
        out.push_str(&facet_rows(view, style));
        return out;
    }
    Line::new(style).add(Look::Faint, &heading(view)).write(&mut out, 0, 2);
    for said in said_beside(view) {
        Line::new(style).add(Look::Faint, &said).write(&mut out, 0, 2);
    }
    for (hit, citation) in view.cited() {
        out.push('\n');
        write_hit(&mut out, style, hit, view.whole);
        if let Some(citation) = citation {
            let line = Line::new(style).add(Look::Faint, "cite: ");
            line.plain(&citation.to_plain()).write(&mut out, INDENT, INDENT + 2);
        }
    }
    write_facets(&mut out, view, style);
    out
}

fn write_row(out: &mut String, style: Style, hit: &Hit, citation: Option<&StyledText>) {
    let ids: Vec<String> = hit.folded.iter().map(|folded| folded.passage.to_string()).collect();
    let ids = if ids.is_empty() { "-".to_owned() } else { ids.join(",") };
    let rank = hit.rank.to_string();
    let mut line = row_line(style, &rank, &hit.record, &hit.highlights).tab().plain(&ids);
    if let Some(passages) = hit.in_document {
        line = line.tab().plain(&passages.to_string());
    }
    if let Some(score) = score_line(hit) {
        line = line.tab().plain(&score);
    }
    if let Some(citation) = citation {
        line = line.tab().plain(&citation.to_plain());
    }
    line.write(out, 0, 0);
}

fn write_hit(out: &mut String, style: Style, hit: &Hit, whole: bool) {
    let passage = &hit.record.passage.passage;
    let section = &passage.locator.section;
    write_head(out, style, &format!("{:>2}  ", hit.rank), &hit.record.document, section);
    if whole {
        write_text(out, style, &hit.record, &hit.highlights);
    } else {
        let part = snippet(&passage.text, &passage.sentences, &hit.highlights, SHOWN);
        write_snippet(out, style, &hit.record, &hit.highlights, &part);
    }
    write_labels(out, style, &hit.record);
    write_foot(out, style, &hit.record);
    let in_document = hit.in_document.filter(|passages| *passages > 1).map(|passages| {
        let more = counted(passages as u64 - 1, "more passage", "more passages");
        format!("and {more} of this document")
    });
    let lifted = hit.lifted.then(|| "stands here because it says it in other words".to_owned());
    let said = [lifted, in_document, folded_line(&hit.folded), score_line(hit)];
    for said in said.into_iter().flatten() {
        Line::new(style).add(Look::Faint, &said).write(out, INDENT, INDENT + 2);
    }
}
