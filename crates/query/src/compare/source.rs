//! A source as it is compared: what it is called, how much of its text was searched, what its
//! passages say on the topic, and what its silence means.

use std::collections::BTreeMap;

use model::Held as _;
use model::{
    AnnotatedPassage, AnnotationKind, Country, DocumentSummary, Extent, Figure, HeldDocument,
    IndexRecord, IssueId, Nature, Polarity, Publisher, Series, Speaker, TextRange,
};

use crate::coverage::{SHORT_WORDS, Searched};

/// What sources are compared on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// An issue of the codebook.
    pub issue: Option<IssueId>,
    /// A query, as it was read.
    pub query: Option<String>,
}

/// A series; its publisher where the series is unknown. Two without either are one source.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceName {
    /// The series.
    pub series: Option<Series>,
    /// Who published it.
    pub publisher: Option<Publisher>,
}

/// A passage that speaks to the topic.
#[derive(Clone, Debug, PartialEq)]
pub struct Speaking {
    /// The passage and what its document is.
    pub record: IndexRecord,
    /// The words that make it speak to the topic, as ranges of its text: ordered, apart.
    pub words: Vec<TextRange>,
}

/// A source: what of it was searched, and what was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Source {
    /// What it is called.
    pub name: SourceName,
    /// What of it was searched.
    pub searched: Searched,
    /// The same by country, in the order asked for; empty unless several were asked for.
    pub countries: Vec<OnCountry>,
    /// How many of its passages speak to the topic.
    pub total: usize,
    /// Those that were read, the best first; at most [`super::MOST_READ`].
    pub passages: Vec<Speaking>,
}

/// A source on one country of several.
#[derive(Clone, Debug, PartialEq)]
pub struct OnCountry {
    /// The country.
    pub country: Country,
    /// What was searched of it.
    pub searched: Searched,
    /// How many passages on it speak to the topic.
    pub passages: usize,
}

/// Whether a source speaks to a topic, and what it means if not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Said {
    /// It does.
    Speaks,
    /// It does not.
    NotMentioned,
    /// Its executive summary does not; no more of it is held.
    NotInSummary,
    /// An excerpt does not; no more of it is held.
    NotInExcerpt,
    /// It has so little text that its silence means nothing.
    TooShort,
    /// No text of it is held.
    NoText,
}

/// How much of what a source says is of which kind, counted over the passages that were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// How many passages were counted.
    pub passages: usize,
    /// Passages in which someone is said to say so, by who speaks; in the order of
    /// [`Speaker::ALL`], none left out that occurs.
    pub attributed: Vec<(Speaker, usize)>,
    /// Passages in which nobody but the report itself speaks.
    pub by_itself: usize,
    /// Passages by what they say; one may say several things. In the order of [`Polarity::ALL`].
    pub polarity: Vec<(Polarity, usize)>,
    /// Passages by law and practice; one may speak of both.
    pub nature: Vec<(Nature, usize)>,
}

/// A figure that a source gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureGiven {
    /// The figure.
    pub figure: Figure,
    /// Which of [`Source::passages`] gives it first.
    pub passage: usize,
    /// Where it stands in the text of that passage.
    pub range: TextRange,
    /// How many passages give it.
    pub passages: usize,
}

impl SourceName {
    /// The source of a document.
    pub fn of(document: &DocumentSummary) -> Self {
        Self { series: document.series.clone(), publisher: document.publisher.clone() }
    }

    /// The source of a document as it is counted.
    pub fn of_held(document: &HeldDocument) -> Self {
        Self { series: document.series().cloned(), publisher: document.publisher().cloned() }
    }

    /// The id of the series, of the publisher where that is unknown; `None` where both are.
    pub fn id(&self) -> Option<&str> {
        let series = self.series.as_ref().map(|series| series.id.as_str());
        series.or(self.publisher.as_ref().map(|publisher| publisher.id.as_str()))
    }

    /// What people call it.
    pub fn shown(&self) -> String {
        match (&self.publisher, &self.series) {
            (Some(publisher), Some(series)) => format!("{}, {}", publisher.name, series.name),
            (None, Some(series)) => series.name.clone(),
            (Some(publisher), None) => format!("{}, series unknown", publisher.name),
            (None, None) => "source unknown".to_owned(),
        }
    }
}

impl Speaking {
    /// Whether a place of its text lies in a sentence that holds words on the topic.
    fn on_topic(&self, place: TextRange) -> bool {
        let sentences = self.record.passage.passage.sentences.iter();
        let mut around = sentences.filter(|sentence| sentence.overlaps(&place));
        around.any(|sentence| self.words.iter().any(|words| words.overlaps(sentence)))
    }
}

impl Said {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Said::Speaks => "speaks",
            Said::NotMentioned => "not-mentioned",
            Said::NotInSummary => "not-in-summary",
            Said::NotInExcerpt => "not-in-excerpt",
            Said::TooShort => "too-short",
            Said::NoText => "no-text",
        }
    }
}

/// What it means that so many passages of what was searched speak to a topic.
pub fn said(searched: &Searched, passages: usize) -> Said {
    let only = |extent: Extent| searched.extents.keys().all(|held| *held == extent);
    match searched.tally.words {
        0 => Said::NoText,
        _ if passages > 0 => Said::Speaks,
        words if words < SHORT_WORDS => Said::TooShort,
        _ if only(Extent::Summary) => Said::NotInSummary,
        _ if only(Extent::Excerpt) => Said::NotInExcerpt,
        _ => Said::NotMentioned,
    }
}

impl Source {
    /// Whether it speaks to the topic, and what it means if not.
    pub fn said(&self) -> Said {
        said(&self.searched, self.total)
    }

    /// What its passages say, counted.
    pub fn profile(&self, topic: &Topic) -> Profile {
        let mut attributed: BTreeMap<Speaker, usize> = BTreeMap::new();
        let mut polarity: BTreeMap<Polarity, usize> = BTreeMap::new();
        let mut nature: BTreeMap<Nature, usize> = BTreeMap::new();
        let mut by_itself = 0;
        for speaking in &self.passages {
            let kinds = Kinds::of(&speaking.record.passage, topic);
            by_itself += usize::from(kinds.speakers.is_empty());
            kinds.speakers.iter().for_each(|of| *attributed.entry(*of).or_default() += 1);
            kinds.polarities.iter().for_each(|of| *polarity.entry(*of).or_default() += 1);
            kinds.natures.iter().for_each(|of| *nature.entry(*of).or_default() += 1);
        }
        Profile {
            passages: self.passages.len(),
            attributed: attributed.into_iter().collect(),
            by_itself,
            polarity: polarity.into_iter().collect(),
            nature: nature.into_iter().collect(),
        }
    }

    /// The figures that its passages give in sentences on the topic, those that say what they count,
    /// in the order of the passages; the same figure once.
    pub fn figures(&self) -> Vec<FigureGiven> {
        let mut given: Vec<FigureGiven> = Vec::new();
        for (passage, speaking) in self.passages.iter().enumerate() {
            let mut here: Vec<&Figure> = Vec::new();
            for annotation in &speaking.record.passage.annotations {
                let AnnotationKind::Figure(figure) = &annotation.kind else { continue };
                let Some(range) = annotation.evidence.first().copied() else { continue };
                let counts = figure.counted.is_some() && speaking.on_topic(range);
                if !counts || here.contains(&figure) {
                    continue;
                }
                here.push(figure);
                match given.iter_mut().find(|known| known.figure == *figure) {
                    Some(known) => known.passages += 1,
                    None => {
                        let figure = figure.clone();
                        given.push(FigureGiven { figure, passage, range, passages: 1 });
                    }
                }
            }
        }
        given
    }
}

/// What a passage says, each thing once.
struct Kinds {
    speakers: std::collections::BTreeSet<Speaker>,
    polarities: std::collections::BTreeSet<Polarity>,
    natures: std::collections::BTreeSet<Nature>,
}

impl Kinds {
    /// With an issue the polarity is that of what is said on it.
    fn of(passage: &AnnotatedPassage, topic: &Topic) -> Self {
        let mut kinds = Self {
            speakers: Default::default(),
            polarities: Default::default(),
            natures: Default::default(),
        };
        for annotation in &passage.annotations {
            match &annotation.kind {
                AnnotationKind::Attribution(speaker) => drop(kinds.speakers.insert(*speaker)),
                AnnotationKind::Nature(nature) => drop(kinds.natures.insert(*nature)),
                AnnotationKind::Issue { issue, polarity }
                    if topic.issue.as_ref() == Some(issue) =>
                {
                    kinds.polarities.insert(*polarity);
                }
                AnnotationKind::Polarity(polarity) if topic.issue.is_none() => {
                    kinds.polarities.insert(*polarity);
                }
                _ => {}
            }
        }
        kinds
    }
}
