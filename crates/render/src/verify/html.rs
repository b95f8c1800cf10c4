//! A copy of the draft as a page of HTML, its quotations marked and numbered, with a note under the text for
//! each. The draft is shown as it is written: neither its markup nor its words become the page's.

use std::path::Path;

use model::TextRange;

use super::said::{details, fault_line, paraphrase_lines, place_line, place_of};
use super::{CheckedQuotation, DraftReport};
use crate::cite::html;
use crate::safe::safe;

const STYLE: &str = "body{max-width:52rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 serif;\
    color:#111;background:#fff}pre{white-space:pre-wrap;font:inherit}mark{color:#111}\
    .holds{background:#d5f0d5}.fails{background:#ffd9c9;text-decoration:underline}\
    li{margin-bottom:.5rem}";

/// A place of the draft with what is said of it.
struct Note {
    range: TextRange,
    holds: bool,
    /// `exact`, `differs`, …
    name: &'static str,
    said: Vec<String>,
}

/// The draft with notes.
pub fn verify_html(report: &DraftReport<'_>) -> String {
    let notes = notes(report);
    let title = html(&format!("{}, its quotations checked", file_name(report.name)));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<pre>"
    );
    out.push_str(&marked(report.text, &notes));
    out.push_str("</pre>\n<h2>Notes</h2>\n<ol>\n");
    for (at, note) in notes.iter().enumerate() {
        let said: String = note.said.iter().map(|said| format!("<br>{}", html(said))).collect();
        let (id, name) = (at + 1, note.name);
        out.push_str(&format!(
            "<li id=\"note-{id}\"><a href=\"#place-{id}\">{name}</a>{said}</li>\n"
        ));
    }
    out.push_str("</ol>\n</main>\n</body>\n</html>\n");
    out
}

/// The name of the draft's file: the copy may be passed on, and where the draft lies is nobody's business.
fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}

/// What is said, in the order of the places; of two places that overlap the first is kept.
fn notes(report: &DraftReport<'_>) -> Vec<Note> {
    let mut notes: Vec<Note> = report.quotations.iter().map(quotation).collect();
    notes.extend(report.paraphrases.iter().map(|found| Note {
        range: found.mention.range,
        holds: found.holds(),
        name: found.standing.name(),
        said: paraphrase_lines(found),
    }));
    notes.extend(report.faults.iter().map(|fault| Note {
        range: TextRange::new(fault.at, fault.at),
        holds: false,
        name: "fault",
        said: vec![fault_line(fault).to_owned()],
    }));
    notes.sort_by_key(|note| (note.range.start, note.range.end));
    notes
}

fn quotation(checked: &CheckedQuotation) -> Note {
    let place = place_of(&checked.judgement).map(place_line);
    Note {
        range: checked.quotation.range,
        holds: checked.judgement.holds(),
        name: checked.judgement.name(),
        said: place.into_iter().chain(details(checked)).collect(),
    }
}

/// The text with its places marked. A place that begins within another has its number and no mark.
fn marked(text: &str, notes: &[Note]) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for (at, note) in notes.iter().enumerate() {
        let id = at + 1;
        let link = format!("<sup><a id=\"place-{id}\" href=\"#note-{id}\">{id}</a></sup>");
        let Some(words) = note.range.of(text).filter(|_| note.range.start >= from) else {
            out.push_str(&link);
            continue;
        };
        out.push_str(&lines(text.get(from..note.range.start).unwrap_or_default()));
        if !words.is_empty() {
            let class = if note.holds { "holds" } else { "fails" };
            out.push_str(&format!("<mark class=\"{class}\">{}</mark>", lines(words)));
        }
        out.push_str(&link);
        from = note.range.end;
    }
    out.push_str(&lines(text.get(from..).unwrap_or_default()));
    out
}

/// Text in which no character is markup; line feeds stay.
fn lines(text: &str) -> String {
    let line =
        |line: &str| safe(line).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
