//! Labels in a few words: what annotators found in a passage, each thing once, without the words that
//! earned it. `explain` shows those.

use model::{Annotation, AnnotationKind, IndexRecord, Polarity, RecordKind};
use model::{Change, Figure, Hedge, Unit};

use crate::phrases::{DOT, grouped_value};

/// A label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    /// What kind of thing it is: `issue`, `group`.
    pub(crate) kind: &'static str,
    /// Its id, code or name.
    pub(crate) value: String,
    /// For an issue, what is said on it.
    pub(crate) polarity: Option<Polarity>,
}

/// The kinds in the order in which they are listed.
const ORDER: [&str; 11] = [
    "issue",
    "polarity",
    "nature",
    "attribution",
    "group",
    "place",
    "country",
    "instrument",
    "figure",
    "time",
    "acronym",
];

/// The place of a kind in the order in which kinds are listed.
pub(crate) fn order(kind: &str) -> usize {
    ORDER.iter().position(|known| *known == kind).unwrap_or(ORDER.len())
}

/// The labels of a passage, each once: by kind, and within one in the order of the text.
pub(crate) fn labels(annotations: &[Annotation]) -> Vec<Label> {
    let mut labels: Vec<Label> = Vec::new();
    for annotation in annotations {
        let label = Label::from(&annotation.kind);
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels.sort_by_key(|label| order(label.kind));
    labels
}

/// What a reader of hits wants to see of a passage in one line; empty where there is nothing. What
/// is merely mentioned (figures, times, acronyms) is left to `explain`.
pub(crate) fn label_line(record: &IndexRecord) -> String {
    if record.kind != RecordKind::Passage {
        return String::new();
    }
    let shown = |label: &Label| match (label.kind, label.polarity) {
        ("issue", Some(polarity)) => Some(format!("{} ({})", label.value, polarity.name())),
        ("nature", _) => Some(label.value.clone()),
        ("attribution", _) => Some(format!("says {}", label.value)),
        ("group" | "place" | "instrument", _) => Some(format!("{} {}", label.kind, label.value)),
        ("country", _) => Some(format!("mentions {}", label.value)),
        _ => None,
    };
    let parts: Vec<String> = labels(&record.passage.annotations).iter().filter_map(shown).collect();
    parts.join(DOT)
}

impl From<&AnnotationKind> for Label {
    fn from(kind: &AnnotationKind) -> Self {
        let (value, polarity) = match kind {
            AnnotationKind::Country(country) => (country.code().to_owned(), None),
            AnnotationKind::Issue { issue, polarity } => (issue.to_string(), Some(*polarity)),
            AnnotationKind::Polarity(polarity) => (polarity.name().to_owned(), None),
            AnnotationKind::Nature(nature) => (nature.name().to_owned(), None),
            AnnotationKind::Attribution(speaker) => (speaker.name().to_owned(), None),
            AnnotationKind::Group(name)
            | AnnotationKind::Place(name)
            | AnnotationKind::Instrument(name) => (name.clone(), None),
            AnnotationKind::Figure(figure) => (figure_line(figure), None),
            AnnotationKind::Time(period) => (period.to_string(), None),
            AnnotationKind::Acronym { short, long } => (format!("{short}: {long}"), None),
        };
        Self { kind: kind.name(), value, polarity }
    }
}

/// A figure in words: `more than 600 individuals`, `19.8 percent, an increase`.
pub(crate) fn figure_line(figure: &Figure) -> String {
    line_of(figure, str::to_owned)
}

/// The same for people: the digits of large numbers in groups.
pub(crate) fn figure_shown(figure: &Figure) -> String {
    line_of(figure, grouped_value)
}

fn line_of(figure: &Figure, shown: impl Fn(&str) -> String) -> String {
    let hedge = match figure.hedge {
        Hedge::None => "",
        Hedge::MoreThan => "more than ",
        Hedge::AtLeast => "at least ",
        Hedge::LessThan => "less than ",
        Hedge::UpTo => "up to ",
        Hedge::About => "about ",
    };
    let mut value = shown(&figure.value);
    if let Some(to) = &figure.to {
        value = format!("{value} to {}", shown(to));
    }
    let unit = match &figure.unit {
        Unit::Count => String::new(),
        Unit::Money(currency) => format!(" {currency}"),
        unit => format!(" {}", unit.name()),
    };
    let counted = figure.counted.as_ref().map(|counted| format!(" {counted}")).unwrap_or_default();
    let change = match figure.change {
        None => "",
        Some(Change::Increase) => ", an increase",
        Some(Change::Decrease) => ", a decrease",
    };
    format!("{hedge}{value}{unit}{counted}{change}")
}
