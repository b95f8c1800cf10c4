//! The labels of one passage in the one shape in which they are compared, whoever gave them.

use std::collections::{BTreeMap, BTreeSet};

use model::gold::{GoldLabels, UnitKind, is_labelled};
use model::{
    AnnotatedPassage, Annotation, AnnotationKind, CharacterRange, Country, Hedge, IssueId, Nature,
    Polarity, Speaker,
};

/// The labels of a passage. Ranges count its characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// The issues.
    pub issues: BTreeMap<IssueId, IssueLabel>,
    /// Law, practice, both or neither.
    pub nature: BTreeSet<Nature>,
    /// Those to whom something is attributed, in the order of the text.
    pub speakers: Vec<SpeakerLabel>,
    /// The figures, in the order of the text.
    pub figures: Vec<FigureLabel>,
    /// The countries named, without the regions that ISO 3166-1 does not list.
    pub countries: BTreeSet<Country>,
}

/// What is said on an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueLabel {
    /// Whether it is violated, protected, neither or not reported.
    pub polarity: Polarity,
    /// The words that earned it, where the label was earned by words.
    pub evidence: Vec<CharacterRange>,
}

/// Someone to whom something is attributed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpeakerLabel {
    /// The words that name the speaker.
    pub range: CharacterRange,
    /// What kind of speaker.
    pub kind: Speaker,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureLabel {
    /// Its words.
    pub range: CharacterRange,
    /// Its value; for a range both ends, `18-25`.
    pub value: String,
    /// In what.
    pub unit: UnitKind,
    /// How sure the text is of it.
    pub hedge: Hedge,
}

impl Labels {
    /// What was labelled by hand.
    pub fn of_gold(gold: &GoldLabels) -> Self {
        let issue = |label: &model::gold::GoldIssue| {
            let given = IssueLabel { polarity: label.polarity, evidence: Vec::new() };
            (label.issue.clone(), given)
        };
        let mut labels = Self {
            issues: gold.issues.iter().map(issue).collect(),
            nature: gold.nature.iter().copied().collect(),
            speakers: gold
                .attribution
                .iter()
                .map(|speaker| SpeakerLabel { range: speaker.range, kind: speaker.kind })
                .collect(),
            figures: gold
                .figures
                .iter()
                .map(|figure| FigureLabel {
                    range: figure.range,
                    value: whole_value(&figure.value, figure.to.as_deref()),
                    unit: figure.unit,
                    hedge: figure.hedge,
                })
                .collect(),
            countries: gold.countries.iter().copied().filter(|c| is_labelled(*c)).collect(),
        };
        labels.order();
        labels
    }

    /// What annotators found in a passage.
    pub fn of_annotated(passage: &AnnotatedPassage) -> Self {
        Self::of_annotations(&passage.passage.text, &passage.annotations)
    }

    /// What these annotations say of a text. One whose words do not stand in the text says nothing.
    pub fn of_annotations(text: &str, annotations: &[Annotation]) -> Self {
        let mut labels = Self::default();
        for annotation in annotations {
            let evidence: Vec<CharacterRange> =
                annotation.evidence.iter().filter_map(|range| range.in_characters(text)).collect();
            let Some(first) = evidence.first().copied() else { continue };
            match &annotation.kind {
                AnnotationKind::Issue { issue, polarity } => {
                    let label = IssueLabel { polarity: *polarity, evidence };
                    labels.issues.entry(issue.clone()).or_insert(label);
                }
                AnnotationKind::Nature(nature) => {
                    labels.nature.insert(*nature);
                }
                AnnotationKind::Attribution(kind) => {
                    labels.speakers.push(SpeakerLabel { range: first, kind: *kind });
                }
                AnnotationKind::Figure(figure) => labels.figures.push(FigureLabel {
                    range: first,
                    value: whole_value(&figure.value, figure.to.as_deref()),
                    unit: UnitKind::from(&figure.unit),
                    hedge: figure.hedge,
                }),
                AnnotationKind::Country(country) if is_labelled(*country) => {
                    labels.countries.insert(*country);
                }
                _ => {}
            }
        }
        labels.order();
        labels
    }

    fn order(&mut self) {
        self.speakers.sort_by_key(|speaker| speaker.range.start);
        self.figures.sort_by_key(|figure| figure.range.start);
    }
}

fn whole_value(value: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => format!("{value}-{to}"),
        None => value.to_owned(),
    }
}
