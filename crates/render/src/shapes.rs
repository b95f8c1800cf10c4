//! What a passage and a document look like in JSON, in every command's output alike. The model's own
//! types are never written out: these are the promise to readers, described in
//! `docs/output-format.md`.

use model::{
    Captures, DigestOf, DocumentId, DocumentSummary, IndexRecord, Page, Passage, Polarity,
    TextRange,
};
use serde::Serialize;

use crate::labels::{Label, labels};
use crate::line::sound;

/// A place: first and one past the last Unicode scalar value.
pub(crate) type Span = [usize; 2];

/// A passage.
#[derive(Serialize)]
pub(crate) struct PassageShape<'a> {
    id: String,
    text: &'a str,
    section: &'a [String],
    paragraph: Option<u32>,
    paragraph_label: Option<&'a str>,
    range: Span,
    last_paragraph: Option<u32>,
    page: Option<PageShape<'a>>,
    role: &'static str,
    labels: Vec<LabelShape>,
}

/// A label: what was found in a passage, without the words that earned it.
#[derive(Serialize)]
pub(crate) struct LabelShape {
    kind: &'static str,
    value: String,
    polarity: Option<&'static str>,
}

/// A page.
#[derive(Serialize)]
pub(crate) struct PageShape<'a> {
    label: Option<&'a str>,
    physical: u32,
}

/// A document.
#[derive(Serialize)]
pub(crate) struct DocumentShape<'a> {
    id: &'a str,
    title: Option<&'a str>,
    publisher: Option<&'a str>,
    publisher_id: Option<&'a str>,
    series: Option<&'a str>,
    series_id: Option<&'a str>,
    country: Option<&'static str>,
    period: Option<String>,
    extent: &'static str,
    url: Option<&'a str>,
    digest_of: Option<DigestShape<'a>>,
    edition: Option<&'a str>,
    published: Option<String>,
    captured: Option<String>,
    file_name: &'a str,
    captures: Option<CapturesShape<'a>>,
}

/// The captures of a document that is held in several.
#[derive(Serialize)]
pub(crate) struct CapturesShape<'a> {
    answering: &'a str,
    others: Vec<&'a str>,
}

/// The original of a digest.
#[derive(Serialize)]
pub(crate) struct DigestShape<'a> {
    publisher: &'a str,
    title: &'a str,
    period: Option<String>,
    sha256: String,
}

impl<'a> From<&'a IndexRecord> for PassageShape<'a> {
    fn from(record: &'a IndexRecord) -> Self {
        let passage: &Passage = &record.passage.passage;
        let locator = &passage.locator;
        Self {
            id: passage.id.to_string(),
            text: &passage.text,
            section: &locator.section,
            paragraph: locator.paragraph,
            paragraph_label: locator.paragraph_label.as_deref(),
            range: [locator.characters.start, locator.characters.end],
            last_paragraph: locator.last_paragraph,
            page: locator.page.as_ref().map(PageShape::from),
            role: passage.role.name(),
            labels: labels(&record.passage.annotations).into_iter().map(LabelShape::from).collect(),
        }
    }
}

impl From<Label> for LabelShape {
    fn from(label: Label) -> Self {
        Self { kind: label.kind, value: label.value, polarity: label.polarity.map(Polarity::name) }
    }
}

impl<'a> From<&'a Page> for PageShape<'a> {
    fn from(page: &'a Page) -> Self {
        Self { label: page.label.as_deref(), physical: page.physical }
    }
}

impl<'a> From<&'a DocumentSummary> for DocumentShape<'a> {
    fn from(document: &'a DocumentSummary) -> Self {
        let (publisher, series) = (document.publisher.as_ref(), document.series.as_ref());
        Self {
            id: document.id.as_str(),
            title: document.title.as_deref(),
            publisher: publisher.map(|publisher| publisher.name.as_str()),
            publisher_id: publisher.map(|publisher| publisher.id.as_str()),
            series: series.map(|series| series.name.as_str()),
            series_id: series.map(|series| series.id.as_str()),
            country: document.country.map(|country| country.code()),
            period: document.period.map(|period| period.to_string()),
            extent: document.extent.name(),
            url: document.url.as_deref(),
            digest_of: document.digest_of.as_ref().map(DigestShape::from),
            edition: document.edition.as_deref(),
            published: document.published.map(|date| date.to_string()),
            captured: document.captured.map(|date| date.to_string()),
            file_name: &document.file_name,
            captures: document.captures.as_ref().map(CapturesShape::from),
        }
    }
}

impl<'a> From<&'a Captures> for CapturesShape<'a> {
    fn from(captures: &'a Captures) -> Self {
        Self {
            answering: captures.answering.as_str(),
            others: captures.others.iter().map(DocumentId::as_str).collect(),
        }
    }
}

impl<'a> From<&'a DigestOf> for DigestShape<'a> {
    fn from(original: &'a DigestOf) -> Self {
        Self {
            publisher: &original.publisher,
            title: &original.title,
            period: original.period.map(|period| period.to_string()),
            sha256: original.sha256.to_hex(),
        }
    }
}

/// Highlights as places in the passage's text.
pub(crate) fn highlight_spans(text: &str, highlights: &[TextRange]) -> Vec<Span> {
    sound(text, highlights)
        .iter()
        .filter_map(|highlight| highlight.in_characters(text))
        .map(|characters| [characters.start, characters.end])
        .collect()
}
