//! Citations as JSON.

use citation::{SaidBy, Surroundings};
use serde::Serialize;

use super::{AlterationShape, CitedQuotation};
use crate::json::{FORMAT_VERSION, to_json};
use crate::phrases::set_aside_line;
use crate::shapes::{DocumentShape, PassageShape, Span};

#[derive(Serialize)]
struct CiteShape<'a> {
    format_version: u32,
    style: &'a str,
    citations: Vec<CitationShape<'a>>,
}

#[derive(Serialize)]
struct CitationShape<'a> {
    quotation: &'a str,
    exact: &'a str,
    range: Span,
    alterations: Vec<AlterationShape<'a>>,
    place: String,
    citation: String,
    bibliography: Option<String>,
    caution: Option<String>,
    sha256: String,
    archived: Option<&'a str>,
    link: Option<&'a str>,
    passage: PassageShape<'a>,
    document: DocumentShape<'a>,
    packet: Option<PacketShape<'a>>,
}

#[derive(Serialize)]
struct PacketShape<'a> {
    before: Option<&'a str>,
    sentences: &'a str,
    after: Option<&'a str>,
    said_by: Vec<SaidByShape<'a>>,
    licence: Option<&'a str>,
    description: Option<&'a str>,
}

#[derive(Serialize)]
struct SaidByShape<'a> {
    speaker: &'static str,
    words: &'a [String],
    in_quotation: bool,
}

/// The citations as JSON; `style` is the name of the style they are written in.
pub fn cite_json(cited: &[CitedQuotation], style: &str) -> String {
    let citations = cited.iter().map(shape).collect();
    to_json(&CiteShape { format_version: FORMAT_VERSION, style, citations })
}

fn shape(cited: &CitedQuotation) -> CitationShape<'_> {
    let (work, range) = (&cited.work, cited.citation.quotation().range());
    CitationShape {
        quotation: &cited.written,
        exact: cited.citation.quotation().exact(),
        range: [range.start, range.end],
        alterations: cited.alterations.iter().map(AlterationShape::from).collect(),
        place: citation::locator_line(cited.citation.locator()),
        citation: cited.reference.citation.to_plain(),
        bibliography: cited.reference.bibliography.as_ref().map(|entry| entry.to_plain()),
        caution: caution(cited),
        sha256: work.sha256.to_hex(),
        archived: work.archived.as_ref().map(|copy| copy.url.as_str()),
        link: cited.link.as_deref(),
        passage: PassageShape::from(&cited.record),
        document: DocumentShape::from(cited.citation.document()),
        packet: cited.surroundings.as_ref().map(|around| packet(cited, around)),
    }
}

fn caution(cited: &CitedQuotation) -> Option<String> {
    let said: Vec<String> =
        cited.work.caution().into_iter().chain(set_aside_line(&cited.record)).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

fn packet<'a>(cited: &'a CitedQuotation, around: &'a Surroundings) -> PacketShape<'a> {
    let said = |said: &'a SaidBy| SaidByShape {
        speaker: said.speaker.name(),
        words: &said.words,
        in_quotation: said.in_quotation,
    };
    PacketShape {
        before: around.before.as_deref(),
        sentences: &around.sentences,
        after: around.after.as_deref(),
        said_by: around.said_by.iter().map(said).collect(),
        licence: cited.work.licence.as_deref(),
        description: cited.work.description.as_deref(),
    }
}

/// One value that is JSON already, such as an annotation or works in CSL-JSON, on a line.
pub fn json_line(value: &serde_json::Value) -> String {
    to_json(value)
}
