//! What changed between two editions: their passages, read in order, set beside each other sentence
//! by sentence. Nothing is known of the index or of the terminal: passages come in as they were
//! annotated, and every number of the result leads back to a sentence of a passage.

mod sections;
mod table;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use model::{AnnotatedPassage, Annotation, AnnotationKind, Figure, IssueId, PassageId, TextRange};

pub use self::sections::SectionChanges;
pub use self::table::{ChapterChange, Standing, chapters};
use crate::align::{Alignment, Link, Mark, Number, Shared, Span, Status, align};

/// How two editions stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// Neither has a sentence.
    Nothing,
    /// Only the old one has sentences.
    OnlyOld,
    /// Only the new one has sentences.
    OnlyNew,
    /// The same sentences in the same order.
    Identical,
    /// Sentences were kept and changed.
    Revised,
    /// Less than a quarter of the new sentences stood there before: only the statements that have
    /// both sides say something of what changed.
    MostlyRewritten,
}

/// A sentence of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentencePlace {
    /// The passage.
    pub passage: PassageId,
    /// Which of its sentences, from 1.
    pub sentence: usize,
    /// Where it stands in the passage's text, in bytes.
    pub range: TextRange,
    /// Its words as they stand.
    pub text: String,
}

/// A figure that is another than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureChange {
    /// As it was; its span names a sentence of [`Statement::old`], from 0.
    pub old: Option<Number>,
    /// As it is; its span names a sentence of [`Statement::new`], from 0.
    pub new: Option<Number>,
    /// What is counted, as the passages were annotated; of the new where both say it.
    pub counted: Option<String>,
}

/// Sentences that belong together, or one that stands alone, with what became of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What became of it.
    pub status: Status,
    /// Whether it stands in another place than the order of the others would have it.
    pub moved: bool,
    /// The old sentences; none where it is new.
    pub old: Vec<SentencePlace>,
    /// The new sentences; none where it was dropped.
    pub new: Vec<SentencePlace>,
    /// How alike the two sides are, from 0 to 1.
    pub likeness: f64,
    /// The words that changed; their spans name sentences of `old` and `new`, from 0.
    pub marks: Vec<Mark>,
    /// The figures, years and days that changed.
    pub figures: Vec<FigureChange>,
    /// The issues whose words stand in any of its sentences.
    pub issues: BTreeSet<IssueId>,
}

/// How much text an edition has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Volume {
    /// Passages.
    pub passages: usize,
    /// Sentences.
    pub sentences: usize,
    /// Words, parted by white space.
    pub words: usize,
}

/// In how many sentences the words of an issue stand, then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueChange {
    /// The issue.
    pub issue: IssueId,
    /// Sentences of the old edition; of [`Volume::sentences`].
    pub old: usize,
    /// Sentences of the new edition.
    pub new: usize,
}

/// What changed between two editions.
#[derive(Clone, Debug, PartialEq)]
pub struct Changes {
    /// How the editions stand to each other.
    pub extent: Extent,
    /// How many of the new sentences stood there before.
    pub shared: Shared,
    /// How much text the old edition has.
    pub old: Volume,
    /// How much text the new edition has.
    pub new: Volume,
    /// The statements in the order of the new edition; what was dropped follows what it followed.
    pub statements: Vec<Statement>,
    /// Sections that stand in one edition only.
    pub sections: SectionChanges,
    /// Every issue of either edition, in order of its id.
    pub issues: Vec<IssueChange>,
}

impl Changes {
    /// How many statements have a status.
    pub fn count(&self, status: Status) -> usize {
        self.statements.iter().filter(|statement| statement.status == status).count()
    }

    /// The statements in whose sentences the words of an issue stand.
    pub fn on<'a>(&'a self, issue: &'a IssueId) -> impl Iterator<Item = &'a Statement> {
        self.statements.iter().filter(move |statement| statement.issues.contains(issue))
    }
}

/// An edition cut into sentences.
struct Edition<'a> {
    sentences: Vec<Sentence<'a>>,
    volume: Volume,
}

struct Sentence<'a> {
    passage: &'a AnnotatedPassage,
    number: usize,
    range: TextRange,
    text: &'a str,
    issues: BTreeSet<&'a IssueId>,
}

impl AsRef<str> for Sentence<'_> {
    fn as_ref(&self) -> &str {
        self.text
    }
}

/// Sets two editions beside each other, each given as its passages in reading order. Passages of
/// chrome and front matter are the caller's to leave out.
pub fn changes(old: &[AnnotatedPassage], new: &[AnnotatedPassage]) -> Changes {
    let (before, after) = (Edition::read(old), Edition::read(new));
    let Alignment { links, shared } = align(&before.sentences, &after.sentences);
    let statements: Vec<Statement> =
        links.into_iter().map(|link| statement(&before, &after, link)).collect();
    Changes {
        extent: extent(&before, &after, &statements, shared),
        shared,
        old: before.volume,
        new: after.volume,
        statements,
        sections: sections::compare(old, new),
        issues: issues(&before, &after),
    }
}

impl<'a> Edition<'a> {
    fn read(passages: &'a [AnnotatedPassage]) -> Self {
        let mut edition = Self { sentences: Vec::new(), volume: Volume::default() };
        for passage in passages {
            let labels: Vec<(&IssueId, &Annotation)> =
                passage.annotations.iter().filter_map(issue).collect();
            let text = &passage.passage.text;
            edition.volume.passages += 1;
            edition.volume.words += text.split_whitespace().count();
            for (at, range) in passage.passage.sentences.iter().enumerate() {
                let Some(text) = range.of(text) else { continue };
                let stands = |annotation: &Annotation| {
                    annotation.evidence.iter().any(|words| range.overlaps(words))
                };
                let issues = labels.iter().filter(|(_, a)| stands(a)).map(|(id, _)| *id).collect();
                let (number, range) = (at + 1, *range);
                edition.sentences.push(Sentence { passage, number, range, text, issues });
            }
        }
        edition.volume.sentences = edition.sentences.len();
        edition
    }
}

fn issue(annotation: &Annotation) -> Option<(&IssueId, &Annotation)> {
    match &annotation.kind {
        AnnotationKind::Issue { issue, .. } => Some((issue, annotation)),
        _ => None,
    }
}

impl Sentence<'_> {
    fn place(&self) -> SentencePlace {
        SentencePlace {
            passage: self.passage.passage.id.clone(),
            sentence: self.number,
            range: self.range,
            text: self.text.to_owned(),
        }
    }

    /// What the figure at a place of this sentence counts, as annotated.
    fn counted(&self, at: TextRange) -> Option<String> {
        let at = at.shifted(self.range.start);
        let figures = self.passage.annotations.iter().filter_map(|annotation| {
            let here = annotation.evidence.iter().any(|words| words.overlaps(&at));
            match &annotation.kind {
                AnnotationKind::Figure(Figure { counted, .. }) if here => counted.clone(),
                _ => None,
            }
        });
        figures.into_iter().next()
    }
}

fn statement(before: &Edition, after: &Edition, link: Link) -> Statement {
    let sides = [(&link.old, before), (&link.new, after)];
    let sentences = |(places, edition): (&Vec<usize>, &Edition)| -> Vec<SentencePlace> {
        places.iter().map(|at| edition.sentences[*at].place()).collect()
    };
    let labels = sides.iter().flat_map(|(places, edition)| {
        places.iter().flat_map(|at| edition.sentences[*at].issues.iter().map(|id| (*id).clone()))
    });
    let issues = labels.collect();
    let counted = |number: &Option<Number>, edition: &Edition| {
        let span = number.as_ref()?.span;
        edition.sentences.get(span.sentence)?.counted(span.range)
    };
    let figures = link.numbers.iter().map(|change| FigureChange {
        counted: counted(&change.new, after).or_else(|| counted(&change.old, before)),
        old: change.old.clone().map(|number| number_within(number, &link.old)),
        new: change.new.clone().map(|number| number_within(number, &link.new)),
    });
    let marks = link.marks.iter().map(|mark| Mark {
        kind: mark.kind,
        old: mark.old.iter().map(|span| span_within(*span, &link.old)).collect(),
        new: mark.new.iter().map(|span| span_within(*span, &link.new)).collect(),
    });
    Statement {
        status: link.status,
        moved: link.moved,
        likeness: link.likeness,
        figures: figures.collect(),
        marks: marks.collect(),
        old: sentences(sides[0]),
        new: sentences(sides[1]),
        issues,
    }
}

/// A span whose sentence is counted within the statement instead of within the edition.
fn span_within(span: Span, sentences: &[usize]) -> Span {
    let sentence = sentences.iter().position(|at| *at == span.sentence).unwrap_or(0);
    Span { sentence, ..span }
}

fn number_within(number: Number, sentences: &[usize]) -> Number {
    Number { span: span_within(number.span, sentences), ..number }
}

fn extent(before: &Edition, after: &Edition, all: &[Statement], shared: Shared) -> Extent {
    let unchanged = |statement: &Statement| statement.status == Status::Same;
    match (before.sentences.is_empty(), after.sentences.is_empty()) {
        (true, true) => Extent::Nothing,
        (false, true) => Extent::OnlyOld,
        (true, false) => Extent::OnlyNew,
        _ if all.iter().all(unchanged) => Extent::Identical,
        _ if shared.is_mostly_rewritten() => Extent::MostlyRewritten,
        _ => Extent::Revised,
    }
}

fn issues(before: &Edition, after: &Edition) -> Vec<IssueChange> {
    let mut counts: BTreeMap<&IssueId, (usize, usize)> = BTreeMap::new();
    for sentence in &before.sentences {
        sentence.issues.iter().for_each(|issue| counts.entry(issue).or_default().0 += 1);
    }
    for sentence in &after.sentences {
        sentence.issues.iter().for_each(|issue| counts.entry(issue).or_default().1 += 1);
    }
    let change =
        |(issue, (old, new)): (&IssueId, _)| IssueChange { issue: issue.clone(), old, new };
    counts.into_iter().map(change).collect()
}
