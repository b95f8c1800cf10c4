//! What a library holds, as JSON: totals, counts, and every document with every finding and its
//! evidence.

use model::{Author, DocumentRecord, DocumentSummary};
use query::{Tally, overview};
use serde::Serialize;

use crate::facts::{FindingShape, finding_shapes};
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::DocumentShape;
use crate::status::{Holdings, Table, unknown_last};

#[derive(Serialize)]
struct StatusShape<'a> {
    format_version: u32,
    library: &'a str,
    totals: TotalsShape,
    by_country: Vec<CountShape<CountryKey>>,
    by_publisher: Vec<CountShape<PublisherKey>>,
    by_series: Vec<CountShape<SeriesKey>>,
    by_period: Vec<CountShape<PeriodKey>>,
    documents: Vec<RecordShape<'a>>,
}

#[derive(Serialize)]
struct TotalsShape {
    documents: usize,
    passages: u64,
    words: u64,
    set_aside: u64,
    digests: u64,
}

/// A value of a field, and how much of the library has it.
#[derive(Serialize)]
struct CountShape<K> {
    #[serde(flatten)]
    key: K,
    documents: usize,
    passages: u64,
    words: u64,
}

#[derive(Serialize)]
struct CountryKey {
    country: Option<&'static str>,
    name: Option<&'static str>,
}

#[derive(Serialize)]
struct PublisherKey {
    publisher: Option<String>,
    publisher_id: Option<String>,
}

#[derive(Serialize)]
struct SeriesKey {
    series: Option<String>,
    series_id: Option<String>,
}

#[derive(Serialize)]
struct PeriodKey {
    period: Option<String>,
}

/// Somebody who wrote a document.
#[derive(Serialize)]
struct AuthorShape<'a> {
    name: &'a str,
    kind: &'static str,
}

impl<'a> From<&'a Author> for AuthorShape<'a> {
    fn from(author: &'a Author) -> Self {
        Self { name: &author.name, kind: author.kind.name() }
    }
}

/// A document's record: the document as a hit shows it, and everything else known of it.
#[derive(Serialize)]
pub(crate) struct RecordShape<'a> {
    #[serde(flatten)]
    document: DocumentShape<'a>,
    sha256: String,
    added: Option<String>,
    encoding: &'a str,
    passages: u32,
    words: u64,
    set_aside: u32,
    authors: Vec<AuthorShape<'a>>,
    warnings: &'a [String],
    findings: Vec<FindingShape<'a>>,
}

impl<'a> RecordShape<'a> {
    /// The shape of a record; `summary` is its own [`Metadata::summary`](model::Metadata::summary).
    pub(crate) fn new(record: &'a DocumentRecord, summary: &'a DocumentSummary) -> Self {
        let metadata = &record.metadata;
        Self {
            document: DocumentShape::from(summary),
            sha256: metadata.sha256.to_hex(),
            added: metadata.added.map(|day| day.to_string()),
            encoding: &metadata.encoding,
            passages: record.passages,
            words: record.words,
            set_aside: record.set_aside,
            authors: metadata.authors.value.iter().flatten().map(AuthorShape::from).collect(),
            warnings: &record.warnings,
            findings: finding_shapes(metadata),
        }
    }
}

/// The holdings as JSON, every document in full.
pub fn status_json(holdings: &Holdings<'_>) -> String {
    let overview = overview(holdings.documents);
    let summaries: Vec<DocumentSummary> =
        holdings.documents.iter().map(|record| record.metadata.summary(&record.id)).collect();
    let documents = holdings.documents.iter().zip(&summaries);
    let Tally { documents: count, passages, words } = overview.total;
    to_json(&StatusShape {
        format_version: FORMAT_VERSION,
        library: holdings.library,
        totals: TotalsShape {
            documents: count,
            passages,
            words,
            set_aside: holdings.set_aside(),
            digests: holdings.digests(),
        },
        by_country: counts(&overview.countries, |country| CountryKey {
            country: country.map(|country| country.code()),
            name: country.map(|country| country.name()),
        }),
        by_publisher: counts(&overview.publishers, |publisher| PublisherKey {
            publisher: publisher.map(|publisher| publisher.name.clone()),
            publisher_id: publisher.map(|publisher| publisher.id.clone()),
        }),
        by_series: counts(&overview.series, |series| SeriesKey {
            series: series.map(|series| series.name.clone()),
            series_id: series.map(|series| series.id.clone()),
        }),
        by_period: counts(&overview.periods, |period| PeriodKey {
            period: period.map(ToString::to_string),
        }),
        documents: documents.map(|(record, summary)| RecordShape::new(record, summary)).collect(),
    })
}

fn counts<K, S>(table: &Table<K>, key: impl Fn(Option<&K>) -> S) -> Vec<CountShape<S>> {
    unknown_last(table)
        .map(|(value, &Tally { documents, passages, words })| CountShape {
            key: key(value),
            documents,
            passages,
            words,
        })
        .collect()
}
