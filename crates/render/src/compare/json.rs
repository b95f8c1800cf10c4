//! A comparison as JSON.

use model::{Figure, IssueId, TextRange};
use query::compare::{
    Claim, Compared, FigureGiven, FiguresApart, OnCountry, PassageAt, SentenceAt, Speaking, said,
};
use serde::Serialize;

use super::{CompareAsked, CompareView};
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::{DocumentShape, PassageShape, Span, highlight_spans};
use crate::state::StateShape;

#[derive(Serialize)]
struct CompareShape<'a> {
    format_version: u32,
    asked: AskedShape<'a>,
    sources: Vec<SourceShape<'a>>,
    alike: Vec<ClaimShape<'a>>,
    figures_differ: Vec<ApartShape<'a>>,
    independence: IndependenceShape<'a>,
}

#[derive(Serialize)]
pub(super) struct AskedShape<'a> {
    countries: Vec<&'static str>,
    issue: Option<&'a str>,
    query: Option<&'a str>,
    read: Option<&'a str>,
    period: Option<&'a str>,
    filters: Vec<FilterShape<'a>>,
    #[serde(flatten)]
    state: StateShape<'a>,
}

#[derive(Serialize)]
struct FilterShape<'a> {
    field: &'a str,
    values: &'a [String],
}

#[derive(Serialize)]
struct CountShape<'a> {
    value: &'a str,
    passages: usize,
}

#[derive(Serialize)]
struct SourceShape<'a> {
    source: Option<&'a str>,
    name: String,
    said: &'static str,
    total: usize,
    counted_over: usize,
    documents: usize,
    words: u64,
    extents: Vec<CountShape<'a>>,
    countries: Vec<CountryShape>,
    attributions: Vec<CountShape<'a>>,
    polarity: Vec<CountShape<'a>>,
    nature: Vec<CountShape<'a>>,
    figures: Vec<FigureShape<'a>>,
    marks: Vec<MarkShape<'a>>,
    passages: Vec<SpeakingShape<'a>>,
    only: Vec<SentenceShape<'a>>,
}

#[derive(Serialize)]
struct CountryShape {
    country: &'static str,
    said: &'static str,
    passages: usize,
    documents: usize,
    words: u64,
}

#[derive(Serialize)]
struct FigureShape<'a> {
    value: &'a str,
    to: Option<&'a str>,
    unit: &'static str,
    hedge: &'static str,
    counted: Option<&'a str>,
    passage: Option<String>,
    passages: usize,
}

#[derive(Serialize)]
struct MarkShape<'a> {
    word: &'a str,
    here: u64,
    there: u64,
    examples: Vec<String>,
}

#[derive(Serialize)]
struct SpeakingShape<'a> {
    document: DocumentShape<'a>,
    passage: PassageShape<'a>,
    words: Vec<Span>,
}

#[derive(Serialize)]
struct SentenceShape<'a> {
    source: usize,
    passage: Option<String>,
    sentence: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct ClaimShape<'a> {
    a: SentenceShape<'a>,
    b: SentenceShape<'a>,
    likeness: f64,
    words: &'a [String],
    names: &'a [String],
    figures: &'a [String],
    dates: &'a [String],
    instruments: &'a [String],
    issues: &'a [String],
}

#[derive(Serialize)]
struct ApartShape<'a> {
    a: SentenceShape<'a>,
    b: SentenceShape<'a>,
    figure_a: FigureShape<'a>,
    figure_b: FigureShape<'a>,
    likeness: f64,
}

#[derive(Serialize)]
struct IndependenceShape<'a> {
    passages: usize,
    origins: usize,
    groups: Vec<GroupShape<'a>>,
    cited: Vec<CitedShape<'a>>,
}

#[derive(Serialize)]
struct GroupShape<'a> {
    passages: Vec<String>,
    shared_text: bool,
    cited: &'a [String],
}

#[derive(Serialize)]
struct CitedShape<'a> {
    name: &'a str,
    passages: Vec<String>,
}

/// A comparison as JSON: every pair and every sentence, and of each source as many passages as are
/// asked for.
pub fn compare_json(view: &CompareView<'_>) -> String {
    let comparison = view.comparison;
    let independence = &comparison.independence;
    let groups = independence.groups.iter().map(|group| GroupShape {
        passages: ids(view, &group.passages),
        shared_text: group.shared_text,
        cited: &group.cited,
    });
    let cited = independence
        .cited
        .iter()
        .map(|(name, passages)| CitedShape { name, passages: ids(view, passages) });
    let topic = &comparison.topic;
    to_json(&CompareShape {
        format_version: FORMAT_VERSION,
        asked: asked(view.asked, topic.issue.as_ref().map(IssueId::as_str), topic.query.as_deref()),
        sources: comparison.sources.iter().map(|of| source(view, of)).collect(),
        alike: comparison.claims.iter().map(|of| claim(view, of)).collect(),
        figures_differ: comparison.figures.iter().map(|of| apart(view, of)).collect(),
        independence: IndependenceShape {
            passages: independence.passages,
            origins: independence.origins,
            groups: groups.collect(),
            cited: cited.collect(),
        },
    })
}

/// What was asked, with the topic as it was read.
pub(super) fn asked<'a>(
    asked: &'a CompareAsked,
    issue: Option<&'a str>,
    read: Option<&'a str>,
) -> AskedShape<'a> {
    AskedShape {
        countries: asked.countries.iter().map(|country| country.code()).collect(),
        issue,
        query: asked.query.as_deref(),
        read,
        period: asked.period.as_deref(),
        filters: asked
            .filters
            .iter()
            .map(|(field, values)| FilterShape { field, values })
            .collect(),
        state: StateShape::from(&asked.state),
    }
}

fn source<'a>(view: &CompareView<'a>, of: &'a Compared) -> SourceShape<'a> {
    let (source, profile) = (&of.source, &of.profile);
    let count = |value, passages| CountShape { value, passages };
    let itself = (profile.passages > 0).then(|| count(model::THE_SOURCE, profile.by_itself));
    let speakers = profile.attributed.iter().map(|(who, passages)| count(who.name(), *passages));
    SourceShape {
        source: source.name.id(),
        name: source.name.shown(),
        said: of.said.name(),
        total: source.total,
        counted_over: profile.passages,
        documents: source.searched.tally.documents,
        words: source.searched.tally.words,
        extents: source.searched.extents.iter().map(|(of, n)| count(of.name(), *n)).collect(),
        countries: source.countries.iter().map(CountryShape::from).collect(),
        attributions: speakers.chain(itself).collect(),
        polarity: profile.polarity.iter().map(|(of, n)| count(of.name(), *n)).collect(),
        nature: profile.nature.iter().map(|(of, n)| count(of.name(), *n)).collect(),
        figures: of.figures.iter().map(|given| given_shape(of, given)).collect(),
        marks: of.marks.iter().map(MarkShape::from).collect(),
        passages: view.best(of).iter().map(SpeakingShape::from).collect(),
        only: of.only.iter().map(|at| sentence(view, at)).collect(),
    }
}

fn given_shape<'a>(of: &'a Compared, given: &'a FigureGiven) -> FigureShape<'a> {
    let passage = of.source.passages.get(given.passage);
    FigureShape {
        passage: passage.map(|of| of.record.passage.passage.id.to_string()),
        passages: given.passages,
        ..figure(&given.figure)
    }
}

fn figure(figure: &Figure) -> FigureShape<'_> {
    FigureShape {
        value: &figure.value,
        to: figure.to.as_deref(),
        unit: figure.unit.name(),
        hedge: figure.hedge.name(),
        counted: figure.counted.as_deref(),
        passage: None,
        passages: 1,
    }
}

fn sentence<'a>(view: &CompareView<'a>, at: &SentenceAt) -> SentenceShape<'a> {
    SentenceShape {
        source: at.source,
        passage: view.comparison.passage(at).map(ToString::to_string),
        sentence: at.sentence,
        text: view.comparison.text(at).unwrap_or_default(),
    }
}

fn claim<'a>(view: &CompareView<'a>, of: &'a Claim) -> ClaimShape<'a> {
    ClaimShape {
        a: sentence(view, &of.a),
        b: sentence(view, &of.b),
        likeness: of.likeness,
        words: &of.why.words,
        names: &of.why.names,
        figures: &of.why.figures,
        dates: &of.why.dates,
        instruments: &of.why.instruments,
        issues: &of.why.issues,
    }
}

fn apart<'a>(view: &CompareView<'a>, of: &'a FiguresApart) -> ApartShape<'a> {
    let one = |(at, _, of): &'a (SentenceAt, TextRange, Figure)| {
        let passage = view.comparison.passage(at).map(ToString::to_string);
        FigureShape { passage, ..figure(of) }
    };
    ApartShape {
        a: sentence(view, &of.a.0),
        b: sentence(view, &of.b.0),
        figure_a: one(&of.a),
        figure_b: one(&of.b),
        likeness: of.likeness,
    }
}

fn ids(view: &CompareView<'_>, passages: &[PassageAt]) -> Vec<String> {
    let id = |(source, passage): &PassageAt| {
        let speaking = view.comparison.sources.get(*source)?.source.passages.get(*passage)?;
        Some(speaking.record.passage.passage.id.to_string())
    };
    passages.iter().filter_map(id).collect()
}

impl From<&OnCountry> for CountryShape {
    fn from(on: &OnCountry) -> Self {
        Self {
            country: on.country.code(),
            said: said(&on.searched, on.passages).name(),
            passages: on.passages,
            documents: on.searched.tally.documents,
            words: on.searched.tally.words,
        }
    }
}

impl<'a> From<&'a query::compare::Marking> for MarkShape<'a> {
    fn from(mark: &'a query::compare::Marking) -> Self {
        let examples = mark.examples.iter().map(ToString::to_string).collect();
        Self { word: &mark.shown, here: mark.here, there: mark.there, examples }
    }
}

impl<'a> From<&'a Speaking> for SpeakingShape<'a> {
    fn from(of: &'a Speaking) -> Self {
        Self {
            document: DocumentShape::from(&*of.record.document),
            passage: PassageShape::from(&of.record),
            words: highlight_spans(&of.record.passage.passage.text, &of.words),
        }
    }
}
