//! Captures and documents: when two captures are of one document, and which of them answers for it.
//! Pure rules: neither depends on the order in which captures came, and neither knows a library.
//!
//! A document is known by its work (publisher, series, edition), its country and its period; a
//! capture by the hash of its bytes, never by its address. Two different reports are never one
//! document: where it is not sure that two captures are of the same report they stay apart, and
//! [`proposals`] names them.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use model::{
    Captures, Country, DocumentId, DocumentRecord, Extent, Form, Metadata, Origin, PartialDate,
    Period, fold,
};

use crate::profiles::{OnePer, Profiles, Series};

/// Words of a title that tell no report of a series from another.
const COMMON: [&str; 14] = [
    "a", "an", "and", "annual", "by", "for", "in", "of", "on", "report", "reports", "the", "to",
    "profile",
];

/// What captures of one document share: the key under which they find each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Work {
    publisher: String,
    series: String,
    country: Country,
    /// The period; the edition where the period is unknown.
    time: String,
    /// What its title says beyond series, country and time: the part of a chapter, an addendum.
    distinction: BTreeSet<String>,
}

/// A capture as far as it matters for which one answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capture {
    /// Id of the document read from it.
    pub id: DocumentId,
    /// The edition, or the document's symbol.
    pub edition: Option<String>,
    /// How much of the work it holds.
    pub extent: Extent,
    /// What its locators can rest on.
    pub form: Form,
    /// The day its bytes were taken; the day they entered the library where that is unknown.
    pub day: Option<PartialDate>,
    /// Number of words in its passages.
    pub words: u64,
}

/// Which capture answers for a document, and which others there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The capture that answers.
    pub by: DocumentId,
    /// The others, the best first.
    pub others: Vec<DocumentId>,
}

impl Work {
    /// The work, country and time of a document; `None` where one of them is unknown, where the
    /// series publishes more than one report on a country in a period, and for a digest, which is
    /// no capture of its original.
    pub fn of(metadata: &Metadata, profiles: &Profiles) -> Option<Self> {
        let series = metadata.series.value.as_ref()?;
        let profile = profiles.series.iter().find(|known| known.id == series.id)?;
        if profile.one_per != Some(OnePer::CountryPeriod) || metadata.digest_of.is_some() {
            return None;
        }
        let period = metadata.period.value.map(|period| period.to_string());
        let edition =
            || metadata.edition.value.as_ref().map(|edition| format!("edition {edition}"));
        Some(Self {
            publisher: metadata.publisher.value.as_ref()?.id.clone(),
            series: series.id.clone(),
            country: metadata.country.value?,
            time: period.or_else(edition)?,
            distinction: distinction(metadata, profile, profiles),
        })
    }

    /// The key in one line: equal for equal works only.
    pub fn key(&self) -> String {
        let Self { publisher, series, country, time, distinction } = self;
        let distinction: Vec<&str> = distinction.iter().map(String::as_str).collect();
        format!("{publisher} {series} {} {time} {}", country.code(), distinction.join(" "))
    }

    /// Whether the two are of one series, country and time, and only their titles tell them apart.
    fn is_near(&self, other: &Self) -> bool {
        let Self { publisher, series, country, time, .. } = self;
        (publisher, series, country, time)
            == (&other.publisher, &other.series, &other.country, &other.time)
    }
}

/// The words of a title that are neither of the series, the publisher, the country and the time, nor
/// common to all titles. A title composed by the profile has none.
fn distinction(metadata: &Metadata, series: &Series, profiles: &Profiles) -> BTreeSet<String> {
    let composed = metadata.title.evidence.first().is_none_or(|e| e.origin == Origin::Profile);
    let Some(title) = metadata.title.value.as_ref().filter(|_| !composed) else {
        return addendum(metadata).into_iter().collect();
    };
    let mut known = vec![series.name.clone(), series.id.clone()];
    known.extend(series.aliases.iter().cloned());
    known.extend(series.author.clone());
    if let Some(publisher) = profiles.publishers.iter().find(|p| p.id == series.publisher) {
        known.push(publisher.name.clone());
        known.extend(publisher.aliases.iter().cloned());
    }
    known.extend(metadata.period.value.map(|period| period.to_string()));
    known.extend(metadata.edition.value.clone());
    let known: BTreeSet<String> =
        known.iter().flat_map(|name| words(name)).chain(COMMON.map(str::to_owned)).collect();
    words(&without_country(title, metadata.country.value))
        .into_iter()
        .filter(|word| !known.contains(word))
        .chain(addendum(metadata))
        .collect()
}

/// A title without the names of its country, each as a whole and the longest first: the words of
/// "China (Includes Tibet)" are no names of China one by one.
fn without_country(title: &str, country: Option<Country>) -> String {
    let mut names: Vec<String> =
        country.iter().flat_map(|country| country.names().all_names()).map(fold).collect();
    names.sort_by_key(|name| Reverse(name.len()));
    let mut rest = format!(" {} ", fold(title));
    for name in names.iter().filter(|name| !name.is_empty()) {
        rest = rest.replace(&format!(" {name} "), " ");
    }
    rest
}

/// The addendum that a document's symbol says it is, such as `add 1`.
fn addendum(metadata: &Metadata) -> Option<String> {
    let symbol = fold(metadata.edition.value.as_ref()?);
    symbol.find(" add ").map(|at| symbol[at..].trim().to_owned())
}

fn words(text: &str) -> Vec<String> {
    fold(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Which captures of one [`Work`] answer: one for each document among them. They are one document
/// unless they name different editions; then those of each edition are one, and one that names none
/// stays a document of its own, for nothing says of which it is.
///
/// Of the captures of a document one with text answers before one without, then the fuller, then the
/// one whose locators rest on more, then the one taken last, then the smallest id.
pub fn best(captures: &[Capture]) -> Vec<Answer> {
    let editions: BTreeSet<String> =
        captures.iter().filter_map(|capture| capture.edition.as_deref().map(fold)).collect();
    let mut documents: BTreeMap<String, Vec<&Capture>> = BTreeMap::new();
    for capture in captures {
        let document = match &capture.edition {
            _ if editions.len() < 2 => String::new(),
            Some(edition) => format!("edition {}", fold(edition)),
            None => format!("capture {}", capture.id),
        };
        documents.entry(document).or_default().push(capture);
    }
    let answer = |mut captures: Vec<&Capture>| {
        captures.sort_by_cached_key(|capture| {
            let day = capture.day.and_then(|day| Period::new(day, day)).map(|day| day.last_day());
            let fullness = fullness(capture.extent);
            (capture.words == 0, fullness, capture.form, Reverse(day), capture.id.clone())
        });
        captures.dedup_by(|a, b| a.id == b.id);
        let mut ids = captures.into_iter().map(|capture| capture.id.clone());
        ids.next().map(|by| Answer { by, others: ids.collect() })
    };
    let mut answers: Vec<Answer> = documents.into_values().filter_map(answer).collect();
    answers.sort_by(|a, b| a.by.cmp(&b.by));
    answers
}

impl Capture {
    /// A document of a library as a capture, by what no verdict changes; `None` where it is not known
    /// of which report it is one.
    pub fn of(document: &DocumentRecord) -> Option<Self> {
        let (known, mark) = (&document.metadata, document.settled.capture.as_ref()?);
        Some(Self {
            id: document.id.clone(),
            edition: known.edition.value.clone(),
            extent: known.extent.value.unwrap_or_default(),
            form: mark.form,
            day: known.captured.value.or(known.added),
            words: mark.words,
        })
    }
}

/// What each capture of one [`Work`] is told: which of its document's answers and which others there
/// are; nothing where it is the only one.
pub fn verdicts(captures: &[Capture]) -> BTreeMap<DocumentId, Option<Captures>> {
    let mut verdicts = BTreeMap::new();
    for Answer { by, others } in best(captures) {
        let several = !others.is_empty();
        let ids: Vec<DocumentId> = [&by].into_iter().chain(&others).cloned().collect();
        let captures = several.then_some(Captures { answering: by, others });
        verdicts.extend(ids.into_iter().map(|id| (id, captures.clone())));
    }
    verdicts
}

/// The fuller extent first; what is unknown may be anything.
fn fullness(extent: Extent) -> u8 {
    match extent {
        Extent::Full => 0,
        Extent::Summary => 1,
        Extent::Excerpt => 2,
        Extent::Unknown => 3,
    }
}

/// The documents that may be captures of one document, and for which it is not sure: of one series,
/// country and time, and told apart by their titles alone. Each group in the order of its ids.
pub fn proposals<'a>(
    documents: impl IntoIterator<Item = (&'a DocumentId, &'a Work)>,
) -> Vec<Vec<DocumentId>> {
    let mut sorted: Vec<(&Work, &DocumentId)> =
        documents.into_iter().map(|(id, work)| (work, id)).collect();
    // The title comes last in the order of works, so what is near stands together.
    sorted.sort();
    let groups = sorted.chunk_by(|(a, _), (b, _)| a.is_near(b));
    let unsure = groups.filter(|group| group.iter().any(|(work, _)| *work != group[0].0));
    let ids = unsure.map(|group| {
        let mut ids: Vec<DocumentId> = group.iter().map(|(_, id)| (*id).clone()).collect();
        ids.sort();
        ids
    });
    ids.collect()
}
