//! A passage with everything that was found in it, and the words that earned each label: as text and
//! as JSON.

use std::collections::HashMap;

use model::{Annotation, AnnotationKind, Figure, IndexRecord, TextRange, Unit};
use serde::Serialize;

use crate::entry::{INDENT, write_cautions, write_head, write_row, write_text};
use crate::json::{FORMAT_VERSION, to_json};
use crate::labels::{Label, order};
use crate::line::{Line, Look};
use crate::shapes::{DocumentShape, PassageShape, Span};
use crate::style::Style;

/// A passage to be explained, with what only the codebook and the lexicons can say of its labels.
#[derive(Debug)]
pub struct Explanation<'a> {
    /// The passage, annotated.
    pub record: &'a IndexRecord,
    /// The names of issues and groups, by kind and id.
    pub names: &'a HashMap<(&'static str, String), String>,
    /// The seeds that earned the labels of issues. Empty where the codebook was changed since.
    pub seeds: Vec<EarningSeed>,
}

/// A seed of the codebook that earned a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarningSeed {
    /// Id of the issue.
    pub issue: String,
    /// The words it was met by, as a range of the passage's text.
    pub range: TextRange,
    /// The pattern, as the codebook writes it.
    pub pattern: String,
    /// Its line in the codebook, from 1.
    pub line: usize,
}

#[derive(Serialize)]
struct ExplainShape<'a> {
    format_version: u32,
    document: DocumentShape<'a>,
    passage: PassageShape<'a>,
    sentences: Vec<Span>,
    annotations: Vec<AnnotationShape<'a>>,
}

/// An annotation, with its evidence.
#[derive(Serialize)]
pub(crate) struct AnnotationShape<'a> {
    kind: &'static str,
    value: String,
    name: Option<&'a str>,
    polarity: Option<&'static str>,
    figure: Option<FigureShape<'a>>,
    evidence: Vec<EvidenceShape<'a>>,
}

#[derive(Serialize)]
struct FigureShape<'a> {
    value: &'a str,
    to: Option<&'a str>,
    unit: &'static str,
    currency: Option<&'a str>,
    hedge: &'static str,
    change: Option<&'static str>,
    counted: Option<&'a str>,
}

#[derive(Serialize)]
struct EvidenceShape<'a> {
    range: Span,
    words: &'a str,
    sentence: Option<usize>,
    seed: Option<&'a str>,
    seed_line: Option<usize>,
}

impl<'a> Explanation<'a> {
    fn text(&self) -> &'a str {
        &self.record.passage.passage.text
    }

    /// The annotations by kind, and within one in the order of the text.
    fn annotations(&self) -> Vec<&'a Annotation> {
        let mut annotations: Vec<&Annotation> = self.record.passage.annotations.iter().collect();
        annotations.sort_by_key(|annotation| order(annotation.kind.name()));
        annotations
    }

    /// The sentence that a range begins in, from 1.
    fn sentence(&self, range: TextRange) -> Option<usize> {
        let sentences = &self.record.passage.passage.sentences;
        sentences.iter().position(|sentence| range.start < sentence.end).map(|at| at + 1)
    }

    fn seed(&self, kind: &AnnotationKind, range: TextRange) -> Option<&EarningSeed> {
        let AnnotationKind::Issue { issue, .. } = kind else { return None };
        self.seeds.iter().find(|seed| seed.range == range && seed.issue == issue.as_str())
    }

    fn name(&self, label: &Label) -> Option<&str> {
        self.names.get(&(label.kind, label.value.clone())).map(String::as_str)
    }

    fn shape(&'a self, annotation: &'a Annotation) -> AnnotationShape<'a> {
        let label = Label::from(&annotation.kind);
        let evidence = annotation.evidence.iter().filter_map(|range| {
            let seed = self.seed(&annotation.kind, *range);
            Some(EvidenceShape {
                range: span(self.text(), *range)?,
                words: range.of(self.text())?,
                sentence: self.sentence(*range),
                seed: seed.map(|seed| seed.pattern.as_str()),
                seed_line: seed.map(|seed| seed.line),
            })
        });
        let figure = match &annotation.kind {
            AnnotationKind::Figure(figure) => Some(FigureShape::from(figure)),
            _ => None,
        };
        let (evidence, name) = (evidence.collect(), self.name(&label));
        let polarity = label.polarity.map(model::Polarity::name);
        AnnotationShape { kind: label.kind, name, polarity, figure, evidence, value: label.value }
    }

    /// The annotations as every JSON output shows them.
    pub(crate) fn shapes(&'a self) -> Vec<AnnotationShape<'a>> {
        self.annotations().into_iter().map(|annotation| self.shape(annotation)).collect()
    }
}

impl<'a> From<&'a Figure> for FigureShape<'a> {
    fn from(figure: &'a Figure) -> Self {
        Self {
            value: &figure.value,
            to: figure.to.as_deref(),
            unit: figure.unit.name(),
            currency: match &figure.unit {
                Unit::Money(currency) => Some(currency),
                _ => None,
            },
            hedge: figure.hedge.name(),
            change: figure.change.map(model::Change::name),
            counted: figure.counted.as_deref(),
        }
    }
}

fn span(text: &str, range: TextRange) -> Option<Span> {
    range.in_characters(text).map(|characters| [characters.start, characters.end])
}

/// Every stretch of a passage that earned a label, in order; those that overlap are one.
fn merged(record: &IndexRecord) -> Vec<TextRange> {
    let annotations = record.passage.annotations.iter();
    let mut ranges: Vec<TextRange> = annotations.flat_map(|a| a.evidence.iter().copied()).collect();
    ranges.sort_unstable();
    let mut merged: Vec<TextRange> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// The passage once, its evidence marked, then its labels by kind with the words that earned them.
/// In a pipe a line for the passage, and one for each stretch of evidence.
pub fn explain_text(explanation: &Explanation<'_>, style: Style) -> String {
    let mut out = String::new();
    let record = explanation.record;
    let evidence = merged(record);
    if style.width.is_none() {
        write_row(&mut out, style, "passage", record, &evidence);
        for annotation in explanation.shapes() {
            write_columns(&mut out, style, &annotation);
        }
        return out;
    }
    write_head(&mut out, style, "", &record.document, &record.passage.passage.locator.section);
    out.push('\n');
    write_text(&mut out, style, record, &evidence);
    write_cautions(&mut out, style, record);
    let mut kind = "";
    for annotation in explanation.shapes() {
        if annotation.kind != kind {
            kind = annotation.kind;
            out.push('\n');
            Line::new(style).add(Look::Strong, kind).write(&mut out, 0, 2);
        }
        write_annotation(&mut out, style, &annotation);
    }
    if record.passage.annotations.is_empty() {
        out.push('\n');
        Line::new(style).plain("no label").write(&mut out, 0, 2);
    }
    out
}

fn write_annotation(out: &mut String, style: Style, annotation: &AnnotationShape<'_>) {
    let mut line = Line::new(style).add(Look::Id, &annotation.value);
    if let Some(name) = annotation.name {
        line = line.plain(" ").plain(name);
    }
    if let Some(polarity) = annotation.polarity {
        line = line.plain(": ").add(Look::Strong, polarity);
    }
    line.write(out, 2, INDENT);
    for evidence in &annotation.evidence {
        let mut line = Line::new(style).add(Look::Match, &format!("“{}”", evidence.words));
        if let Some(sentence) = evidence.sentence {
            line = line.add(Look::Faint, &format!(" sentence {sentence}"));
        }
        if let (Some(seed), Some(at)) = (evidence.seed, evidence.seed_line) {
            line = line.add(Look::Faint, &format!(", by the seed {seed} (codebook, line {at})"));
        }
        line.write(out, INDENT, INDENT + 2);
    }
}

fn write_columns(out: &mut String, style: Style, annotation: &AnnotationShape<'_>) {
    let number = |number: Option<usize>| number.map_or_else(|| "-".to_owned(), |n| n.to_string());
    for evidence in &annotation.evidence {
        let columns = [
            annotation.value.clone(),
            annotation.name.unwrap_or("-").to_owned(),
            annotation.polarity.unwrap_or("-").to_owned(),
            number(evidence.sentence),
            evidence.range[0].to_string(),
            evidence.range[1].to_string(),
            evidence.words.replace('\n', " "),
            evidence.seed.unwrap_or("-").to_owned(),
            number(evidence.seed_line),
        ];
        let mut line = Line::new(style).plain(annotation.kind);
        for column in columns {
            line = line.tab().plain(&column);
        }
        line.write(out, 0, 0);
    }
}

/// The passage with its annotations as JSON.
pub fn explain_json(explanation: &Explanation<'_>) -> String {
    let passage = &explanation.record.passage.passage;
    let sentences = passage.sentences.iter().filter_map(|range| span(&passage.text, *range));
    to_json(&ExplainShape {
        format_version: FORMAT_VERSION,
        document: DocumentShape::from(&*explanation.record.document),
        passage: PassageShape::from(explanation.record),
        sentences: sentences.collect(),
        annotations: explanation.shapes(),
    })
}
