//! What changed between two editions as JSON.

use model::IssueId;
use query::align::{Mark, MarkKind, Number, Span};
use query::changes::{FigureChange, SentencePlace, Statement, Volume};
use serde::Serialize;

use super::said::kind_name;
use super::{ChangesView, EditionView, extent_name};
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::DocumentShape;
use crate::state::StateShape;

#[derive(Serialize)]
struct ChangesShape<'a> {
    format_version: u32,
    country: &'static str,
    issue: Option<&'a str>,
    old: EditionShape<'a>,
    new: EditionShape<'a>,
    extent: &'static str,
    compared: usize,
    identical: usize,
    nearly_identical: usize,
    statements: Vec<StatementShape<'a>>,
    sections_vanished: &'a [Vec<String>],
    sections_new: &'a [Vec<String>],
    issues: Vec<IssueShape<'a>>,
    library: StateShape<'a>,
}

#[derive(Serialize)]
struct EditionShape<'a> {
    period: &'a str,
    documents: Vec<DocumentShape<'a>>,
    passages: usize,
    sentences: usize,
    words: usize,
}

#[derive(Serialize)]
struct StatementShape<'a> {
    status: &'static str,
    moved: bool,
    likeness: f64,
    old: Vec<SentenceShape<'a>>,
    new: Vec<SentenceShape<'a>>,
    marks: Vec<MarkShape>,
    figures: Vec<FigureShape<'a>>,
    issues: Vec<&'a str>,
}

#[derive(Serialize)]
struct SentenceShape<'a> {
    passage: String,
    sentence: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct MarkShape {
    kind: &'static str,
    old: Vec<SpanShape>,
    new: Vec<SpanShape>,
}

#[derive(Serialize)]
struct SpanShape {
    sentence: usize,
    range: [usize; 2],
}

#[derive(Serialize)]
struct FigureShape<'a> {
    old: Option<NumberShape<'a>>,
    new: Option<NumberShape<'a>>,
    counted: Option<&'a str>,
}

#[derive(Serialize)]
struct NumberShape<'a> {
    value: &'a str,
    hedge: &'static str,
    unit: &'static str,
    kind: &'static str,
    sentence: usize,
    range: [usize; 2],
}

#[derive(Serialize)]
struct IssueShape<'a> {
    issue: &'a str,
    old: usize,
    new: usize,
}

/// What changed as JSON: what stayed the same is among the statements, except where the text was
/// mostly rewritten.
pub fn changes_json(view: &ChangesView<'_>) -> String {
    let changes = view.changes;
    let issues = changes.issues.iter().map(|of| IssueShape {
        issue: of.issue.as_str(),
        old: of.old,
        new: of.new,
    });
    to_json(&ChangesShape {
        format_version: FORMAT_VERSION,
        country: view.country.code(),
        issue: view.issue.map(IssueId::as_str),
        old: edition(view.old, changes.old),
        new: edition(view.new, changes.new),
        extent: extent_name(changes.extent),
        compared: changes.shared.sentences,
        identical: changes.shared.identical,
        nearly_identical: changes.shared.nearly,
        statements: view.shown().into_iter().map(StatementShape::from).collect(),
        sections_vanished: &changes.sections.vanished,
        sections_new: &changes.sections.new,
        issues: issues.collect(),
        library: StateShape::from(view.state),
    })
}

fn edition(of: &EditionView, volume: Volume) -> EditionShape<'_> {
    EditionShape {
        period: &of.period,
        documents: of.documents.iter().map(DocumentShape::from).collect(),
        passages: volume.passages,
        sentences: volume.sentences,
        words: volume.words,
    }
}

impl<'a> From<&'a Statement> for StatementShape<'a> {
    fn from(of: &'a Statement) -> Self {
        let sentence = |place: &'a SentencePlace| SentenceShape {
            passage: place.passage.to_string(),
            sentence: place.sentence,
            text: &place.text,
        };
        let figure = |change: &'a FigureChange| FigureShape {
            old: change.old.as_ref().and_then(|number| NumberShape::of(number, &of.old)),
            new: change.new.as_ref().and_then(|number| NumberShape::of(number, &of.new)),
            counted: change.counted.as_deref(),
        };
        Self {
            status: of.status.name(),
            moved: of.moved,
            likeness: of.likeness,
            old: of.old.iter().map(sentence).collect(),
            new: of.new.iter().map(sentence).collect(),
            marks: of.marks.iter().map(|mark| MarkShape::of(mark, of)).collect(),
            figures: of.figures.iter().map(figure).collect(),
            issues: of.issues.iter().map(IssueId::as_str).collect(),
        }
    }
}

impl MarkShape {
    fn of(mark: &Mark, statement: &Statement) -> Self {
        let spans = |spans: &[Span], side: &[SentencePlace]| {
            spans.iter().filter_map(|span| SpanShape::of(*span, side)).collect()
        };
        Self {
            kind: match mark.kind {
                MarkKind::Deleted => "deleted",
                MarkKind::Inserted => "inserted",
                MarkKind::Replaced => "replaced",
            },
            old: spans(&mark.old, &statement.old),
            new: spans(&mark.new, &statement.new),
        }
    }
}

impl SpanShape {
    fn of(span: Span, side: &[SentencePlace]) -> Option<Self> {
        let range = span.range.in_characters(&side.get(span.sentence)?.text)?;
        Some(Self { sentence: span.sentence, range: [range.start, range.end] })
    }
}

impl<'a> NumberShape<'a> {
    fn of(number: &'a Number, side: &[SentencePlace]) -> Option<Self> {
        let SpanShape { sentence, range } = SpanShape::of(number.span, side)?;
        Some(Self {
            value: &number.value,
            hedge: number.hedge.name(),
            unit: number.unit.name(),
            kind: kind_name(number.kind),
            sentence,
            range,
        })
    }
}
