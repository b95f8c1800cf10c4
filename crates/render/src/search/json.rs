//! Search results as JSON: one object, or one a hit and line.

use citation::style::StyledText;
use model::{Field, Period, TextRange};
use query::{Because, Earner, Facet, Folded, Hit, Missing, Silence, Standing};
use serde::Serialize;

use super::SearchView;
use super::facets::{facet_name, shown};
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::{DocumentShape, PassageShape, Span, highlight_spans};

#[derive(Serialize)]
struct SearchShape<'a> {
    format_version: u32,
    query: &'a str,
    read: &'a str,
    total: u64,
    own: u64,
    documents: Option<u64>,
    added: Vec<AddedShape<'a>>,
    one_voice: Option<VoiceShape<'a>>,
    bounded: Vec<BoundedShape<'a>>,
    unsorted: u64,
    left_out: u64,
    facets: Vec<FacetShape<'a>>,
    silence: Option<SilenceShape<'a>>,
    hits: Vec<HitShape<'a>>,
}

#[derive(Serialize)]
struct HitShape<'a> {
    rank: u64,
    score: Option<f32>,
    lifted: bool,
    passage: PassageShape<'a>,
    document: DocumentShape<'a>,
    highlights: Vec<Span>,
    added: Vec<Span>,
    parts: Vec<PartShape<'a>>,
    folded: Vec<FoldedShape<'a>>,
    in_document: Option<u64>,
    citation: Option<String>,
}

#[derive(Serialize)]
struct LineShape<'a> {
    format_version: u32,
    query: &'a str,
    total: u64,
    added_words: Vec<&'a str>,
    #[serde(flatten)]
    hit: HitShape<'a>,
}

#[derive(Serialize)]
struct AddedShape<'a> {
    words: &'a str,
    weight: f32,
    because: &'static str,
    issue: Option<&'a str>,
}

#[derive(Serialize)]
struct VoiceShape<'a> {
    source: &'a str,
    hits: u64,
    of: u64,
}

#[derive(Serialize)]
struct BoundedShape<'a> {
    pattern: &'a str,
    words: u64,
    searched: u64,
}

#[derive(Serialize)]
struct PartShape<'a> {
    earner: &'static str,
    words: Option<&'a str>,
    count: u32,
    score: f32,
}

#[derive(Serialize)]
struct FoldedShape<'a> {
    passage: String,
    document: DocumentShape<'a>,
}

#[derive(Serialize)]
struct FacetShape<'a> {
    field: &'static str,
    values: Vec<ValueShape<'a>>,
    others: u64,
    without: u64,
}

#[derive(Serialize)]
struct ValueShape<'a> {
    value: &'a str,
    passages: u64,
}

#[derive(Serialize)]
struct SilenceShape<'a> {
    documents: u64,
    passages: u64,
    words: u64,
    empty: u64,
    too_short: u64,
    by_source: Vec<SourceShape<'a>>,
    missing: Vec<MissingShape<'a>>,
    absent: Vec<AbsentShape<'a>>,
    caution: &'static str,
}

#[derive(Serialize)]
struct SourceShape<'a> {
    source: Option<&'a str>,
    documents: u64,
    passages: u64,
    words: u64,
}

#[derive(Serialize)]
struct MissingShape<'a> {
    series_id: Option<&'a str>,
    period: Option<String>,
    country: &'static str,
    standing: &'static str,
}

#[derive(Serialize)]
struct AbsentShape<'a> {
    word: &'a str,
    near: Vec<ValueShape<'a>>,
}

/// What a silence is never evidence of.
pub(crate) const CAUTION: &str =
    "that a report does not say it is no evidence that it does not happen";

/// The hits as JSON.
pub fn search_json(view: &SearchView<'_>) -> String {
    let result = view.result;
    to_json(&SearchShape {
        format_version: FORMAT_VERSION,
        query: view.query,
        read: view.read,
        total: result.total as u64,
        own: result.own as u64,
        documents: result.documents.map(|documents| documents as u64),
        added: result.added.iter().map(AddedShape::from).collect(),
        one_voice: result.voice.as_ref().map(VoiceShape::from),
        bounded: result.bounded.iter().map(BoundedShape::from).collect(),
        unsorted: result.unsorted as u64,
        left_out: result.left_out as u64,
        facets: result.facets.iter().map(|facet| FacetShape::of(facet, view.values)).collect(),
        silence: view.silence.map(SilenceShape::from),
        hits: view.cited().map(HitShape::from).collect(),
    })
}

/// The hits as one JSON object a line, each with the query.
pub fn search_jsonl(view: &SearchView<'_>) -> String {
    let result = view.result;
    let line = |hit: (&Hit, Option<&StyledText>)| {
        to_json(&LineShape {
            format_version: FORMAT_VERSION,
            query: view.query,
            total: result.total as u64,
            added_words: result.added.iter().map(|added| added.written.as_str()).collect(),
            hit: HitShape::from(hit),
        })
    };
    view.cited().map(line).collect()
}

impl<'a> From<(&'a Hit, Option<&'a StyledText>)> for HitShape<'a> {
    fn from((hit, citation): (&'a Hit, Option<&'a StyledText>)) -> Self {
        let spans =
            |ranges: &[TextRange]| highlight_spans(&hit.record.passage.passage.text, ranges);
        Self {
            rank: hit.rank as u64,
            score: hit.score,
            lifted: hit.lifted,
            passage: PassageShape::from(&hit.record),
            document: DocumentShape::from(&*hit.record.document),
            highlights: spans(&hit.highlights),
            added: spans(&hit.added),
            parts: hit.parts.iter().map(PartShape::from).collect(),
            folded: hit.folded.iter().map(FoldedShape::from).collect(),
            in_document: hit.in_document.map(|passages| passages as u64),
            citation: citation.map(StyledText::to_plain),
        }
    }
}

impl<'a> From<&'a query::Added> for AddedShape<'a> {
    fn from(added: &'a query::Added) -> Self {
        let (because, issue) = match &added.because {
            Because::Issue(issue) => ("issue", Some(issue.as_str())),
            Because::Feedback => ("feedback", None),
        };
        Self { words: &added.written, weight: added.weight, because, issue }
    }
}

impl<'a> From<&'a query::OneVoice> for VoiceShape<'a> {
    fn from(voice: &'a query::OneVoice) -> Self {
        Self { source: &voice.source, hits: voice.hits as u64, of: voice.of as u64 }
    }
}

impl<'a> From<&'a query::Bounded> for BoundedShape<'a> {
    fn from(bounded: &'a query::Bounded) -> Self {
        let (words, searched) = (bounded.words as u64, bounded.searched as u64);
        Self { pattern: &bounded.written, words, searched }
    }
}

impl<'a> From<&'a query::ScorePart> for PartShape<'a> {
    fn from(part: &'a query::ScorePart) -> Self {
        let (earner, words) = match &part.what {
            Earner::Own(words) => ("own", Some(words)),
            Earner::Added(words) => ("added", Some(words)),
            Earner::Beside(Field::Section, words) => ("heading", Some(words)),
            Earner::Beside(_, words) => ("about", Some(words)),
            Earner::Nearness => ("nearness", None),
        };
        Self { earner, words: words.map(String::as_str), count: part.count, score: part.score }
    }
}

impl<'a> From<&'a Folded> for FoldedShape<'a> {
    fn from(folded: &'a Folded) -> Self {
        let document = DocumentShape::from(&folded.document);
        Self { passage: folded.passage.to_string(), document }
    }
}

impl<'a> FacetShape<'a> {
    fn of(facet: &'a Facet, most: usize) -> Self {
        let shown = shown(facet, most);
        let value =
            |(value, count): &'a (String, usize)| ValueShape { value, passages: *count as u64 };
        Self {
            field: facet_name(facet),
            values: shown.values.iter().map(value).collect(),
            others: shown.others as u64,
            without: shown.without as u64,
        }
    }
}

impl<'a> From<&'a Silence> for SilenceShape<'a> {
    fn from(silence: &'a Silence) -> Self {
        let searched = &silence.searched;
        let by_source = silence.by_source.iter().map(|(source, tally)| SourceShape {
            source: source.as_deref(),
            documents: tally.documents as u64,
            passages: tally.passages,
            words: tally.words,
        });
        let absent = silence.absent.iter().map(|absent| AbsentShape {
            word: &absent.word,
            near: absent
                .near
                .iter()
                .map(|(value, passages)| ValueShape { value, passages: *passages })
                .collect(),
        });
        Self {
            documents: searched.tally.documents as u64,
            passages: searched.tally.passages,
            words: searched.tally.words,
            empty: searched.empty as u64,
            too_short: searched.short as u64,
            by_source: by_source.collect(),
            missing: silence.missing.iter().map(MissingShape::from).collect(),
            absent: absent.collect(),
            caution: CAUTION,
        }
    }
}

impl<'a> From<&'a Missing> for MissingShape<'a> {
    fn from(missing: &'a Missing) -> Self {
        let standing = match missing.held {
            None => "missing",
            Some(Standing::Held) => "held",
            Some(Standing::Short) => "too-short",
            Some(Standing::NeedsOcr) => "needs-ocr",
            Some(Standing::Empty) => "empty",
        };
        Self {
            series_id: missing.series.as_ref().map(|series| series.id.as_str()),
            period: missing.period.as_ref().map(Period::to_string),
            country: missing.country.code(),
            standing,
        }
    }
}
