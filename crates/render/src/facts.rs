//! What is known of a document, field by field, with the evidence for it: as lines of text and as
//! JSON. Used wherever a document's recognition is shown.

use model::{Author, Confidence, Evidence, Finding, Metadata, Origin};
use serde::Serialize;

use crate::line::{Line, Look};
use crate::style::Style;

/// One field of a document's metadata.
pub(crate) struct Fact<'a> {
    /// Its name.
    pub(crate) field: &'static str,
    /// The value in its written form, an id where there is one.
    pub(crate) value: Option<String>,
    /// The value's name where that differs from its written form.
    name: Option<String>,
    /// How far the value may be relied on, where there is one.
    pub(crate) confidence: Option<Confidence>,
    /// What evidence has to speak for to agree.
    taken: Option<&'a str>,
    evidence: &'a [Evidence],
}

/// How a piece of evidence stands to the value taken.
#[derive(Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// It speaks for it.
    Agrees,
    /// It speaks for another.
    Disagrees,
    /// It settles no value.
    Note,
}

/// A fact in JSON.
#[derive(Serialize)]
pub(crate) struct FindingShape<'a> {
    field: &'static str,
    value: Option<String>,
    confidence: Option<&'static str>,
    evidence: Vec<EvidenceShape<'a>>,
}

/// A piece of evidence in JSON.
#[derive(Serialize)]
pub(crate) struct EvidenceShape<'a> {
    origin: &'static str,
    standing: Standing,
    value: Option<&'a str>,
    quote: Option<&'a str>,
    note: &'a str,
}

/// Every field of a document's metadata that carries evidence.
pub(crate) fn facts(metadata: &Metadata) -> [Fact<'_>; 13] {
    let m = metadata;
    [
        Fact::named("publisher", &m.publisher, |p| (p.id.clone(), &p.name)),
        Fact::named("series", &m.series, |s| (s.id.clone(), &s.name)),
        Fact::plain("title", &m.title, String::clone),
        Fact::named("country", &m.country, |c| (c.code().to_owned(), c.name())),
        Fact::plain("period", &m.period, ToString::to_string),
        Fact::plain("edition", &m.edition, String::clone),
        Fact::plain("published", &m.published, ToString::to_string),
        Fact::plain("captured", &m.captured, ToString::to_string),
        Fact::plain("extent", &m.extent, |extent| extent.name().to_owned()),
        Fact::plain("url", &m.url, String::clone),
        Fact::plain("authors", &m.authors, |authors| Author::list(authors)),
        Fact::plain("language", &m.language, String::clone),
        Fact::plain("licence", &m.licence, String::clone),
    ]
}

/// The facts in JSON.
pub(crate) fn finding_shapes(metadata: &Metadata) -> Vec<FindingShape<'_>> {
    facts(metadata).into_iter().map(FindingShape::from).collect()
}

/// Writes every fact with its evidence beneath, behind `indent` spaces.
pub(crate) fn write_facts(out: &mut String, style: Style, metadata: &Metadata, indent: usize) {
    let evidence_indent = indent + 11;
    for fact in facts(metadata) {
        let line = Line::new(style).add(Look::Faint, &format!("{:<11}", fact.field));
        let mut line = line.plain(&fact.shown());
        if let Some(confidence) = fact.confidence {
            line = line.add(Look::Faint, &format!(" · {}", confidence.name()));
        }
        line.write(out, indent, evidence_indent);
        for (evidence, standing) in fact.evidence() {
            evidence_line(style, evidence, standing).write(
                out,
                evidence_indent,
                evidence_indent + 2,
            );
        }
    }
}

/// The word for a kind of witness.
pub(crate) fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::User => "user",
        Origin::Sidecar => "sidecar",
        Origin::Fetch => "fetch",
        Origin::Text => "text",
        Origin::Record => "record",
        Origin::Markup => "markup",
        Origin::Profile => "profile",
        Origin::FileName => "file-name",
    }
}

impl Standing {
    /// The word for it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Standing::Agrees => "agrees",
            Standing::Disagrees => "disagrees",
            Standing::Note => "note",
        }
    }
}

impl<'a> Fact<'a> {
    fn plain<T>(field: &'static str, finding: &'a Finding<T>, write: fn(&T) -> String) -> Self {
        let value = finding.value.as_ref().map(write);
        let confidence = finding.confidence();
        let taken = finding.taken();
        Self { field, value, name: None, confidence, taken, evidence: &finding.evidence }
    }

    fn named<T>(
        field: &'static str,
        finding: &'a Finding<T>,
        split: fn(&T) -> (String, &str),
    ) -> Self {
        let (value, name) = match finding.value.as_ref().map(split) {
            Some((value, name)) => (Some(value), Some(name.to_owned())),
            None => (None, None),
        };
        let (confidence, taken) = (finding.confidence(), finding.taken());
        Self { field, value, name, confidence, taken, evidence: &finding.evidence }
    }

    /// The value as people read it.
    pub(crate) fn shown(&self) -> String {
        match (&self.value, &self.name) {
            (Some(value), Some(name)) => format!("{name} ({value})"),
            (Some(value), None) => value.clone(),
            (None, _) => "unknown".to_owned(),
        }
    }

    /// The evidence, each piece with how it stands to the value taken.
    pub(crate) fn evidence(&self) -> impl Iterator<Item = (&'a Evidence, Standing)> + use<'a> {
        let taken = self.taken;
        self.evidence.iter().map(move |evidence| {
            let standing = match evidence.value.as_deref() {
                None => Standing::Note,
                value if value == taken => Standing::Agrees,
                Some(_) => Standing::Disagrees,
            };
            (evidence, standing)
        })
    }
}

impl<'a> From<Fact<'a>> for FindingShape<'a> {
    fn from(fact: Fact<'a>) -> Self {
        let evidence = fact
            .evidence()
            .map(|(evidence, standing)| EvidenceShape {
                origin: origin_name(evidence.origin),
                standing,
                value: evidence.value.as_deref(),
                quote: evidence.quote.as_deref(),
                note: &evidence.note,
            })
            .collect();
        let confidence = fact.confidence.map(Confidence::name);
        Self { field: fact.field, value: fact.value, confidence, evidence }
    }
}

/// `text: “As we close out 2023” — bounds the day of capture`; of a witness for another value it says
/// `file-name disagrees, says 2022: …`.
fn evidence_line(style: Style, evidence: &Evidence, standing: Standing) -> Line {
    let mut line = Line::new(style).add(Look::Faint, origin_name(evidence.origin));
    if let (Standing::Disagrees, Some(value)) = (standing, &evidence.value) {
        line = line.add(Look::Warning, " disagrees").plain(&format!(", says {value}"));
    }
    let quote = evidence.quote.as_ref().map(|quote| format!("“{quote}”"));
    let note = Some(evidence.note.clone()).filter(|note| !note.is_empty());
    let said: Vec<String> = [quote, note].into_iter().flatten().collect();
    if said.is_empty() { line } else { line.add(Look::Faint, ": ").plain(&said.join(" — ")) }
}
