//! The packet of a quotation as rows of name and value: what a reader needs to judge it and to find it
//! again. What is not known is left out, but for what a reader would otherwise take for granted.

use citation::{
    SaidBy, Surroundings, digest_line, extent_line, locator_line, period_line, work_name,
};
use model::{Extent, Speaker};

use super::{CitedQuotation, alteration_line};
use crate::phrases::{captures_line, or_unknown, set_aside_line};

/// A row of the packet.
pub(crate) type Row = (&'static str, String);

/// The rows, in order.
pub(crate) fn rows(cited: &CitedQuotation, surroundings: &Surroundings) -> Vec<Row> {
    let (work, document) = (&cited.work, cited.citation.document());
    let mut rows: Vec<Row> = Vec::new();
    let mut row = |name: &'static str, value: Option<String>| {
        rows.extend(value.map(|value| (name, value)));
    };
    row("sentence before", surroundings.before.clone());
    let whole = &surroundings.sentences;
    row("whole sentence", (whole.trim() != cited.written.trim()).then(|| whole.clone()));
    row("sentence after", surroundings.after.clone());
    for alteration in &cited.alterations {
        row("alteration", Some(alteration_line(alteration)));
    }
    for said in &surroundings.said_by {
        row("attribution", Some(said_line(said)));
    }
    row("place", Some(locator_line(cited.citation.locator())));
    row("passage", Some(cited.citation.passage().to_string()));
    row("work", Some(work_name(document)));
    row("publisher", Some(or_unknown(work.publisher.as_deref(), "publisher")));
    row("edition", work.edition.clone());
    row("period", Some(period_line(work.period)));
    row("published", work.published.map(|day| day.to_string()));
    row("digest", work.digest_of.as_ref().map(digest_line));
    row("set aside", set_aside_line(&cited.record));
    row("extent", Some(held(work.extent)));
    let captures = document.captures.as_ref();
    row("captures", captures.map(|captures| captures_line(&document.id, captures)));
    let captured = work.captured.map(|day| day.to_string());
    row("captured", Some(captured.unwrap_or_else(|| "date unknown".to_owned())));
    row("sha-256", Some(work.sha256.to_hex()));
    row("address", work.url.clone());
    row("address of the words", cited.link.clone());
    row("archived", work.archived.as_ref().map(|copy| copy.url.clone()));
    row("licence", Some(or_unknown(work.licence.as_deref(), "terms")));
    row("source", work.description.as_deref().map(|text| text.trim().to_owned()));
    rows
}

fn held(extent: Extent) -> String {
    match (extent, extent_line(extent)) {
        (_, Some(line)) => format!("{line} held"),
        (Extent::Full, None) => "all of the work's part held".to_owned(),
        (_, None) => "unknown how much of the work is held".to_owned(),
    }
}

fn said_line(said: &SaidBy) -> String {
    let who = match said.speaker {
        Speaker::Other => String::new(),
        speaker => format!(" ({})", speaker.name()),
    };
    let place = if said.in_quotation { "" } else { ", elsewhere in the passage" };
    format!("“{}”{who}{place}", said.words.join(" … "))
}
