//! Hits of many queries, one a line: JSON Lines and CSV, each line with the id of its query.

use query::{Hit, SearchResult};
use serde::Serialize;

use crate::csv::csv_row;
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::{DocumentShape, PassageShape, Span, highlight_spans};

#[derive(Serialize)]
struct HitLineShape<'a> {
    format_version: u32,
    query: &'a str,
    total: u64,
    rank: u64,
    score: Option<f32>,
    passage: PassageShape<'a>,
    document: DocumentShape<'a>,
    highlights: Vec<Span>,
}

const COLUMNS: [&str; 10] =
    ["query", "rank", "score", "passage", "publisher", "title", "country", "period", "text", "url"];

/// The hits of a query, whose id is `query`, as one JSON object a line.
pub fn hits_jsonl(query: &str, result: &SearchResult) -> String {
    let line = |hit: &Hit| {
        to_json(&HitLineShape {
            format_version: FORMAT_VERSION,
            query,
            total: result.total as u64,
            rank: hit.rank as u64,
            score: hit.score,
            passage: PassageShape::from(&hit.record),
            document: DocumentShape::from(&*hit.record.document),
            highlights: highlight_spans(&hit.record.passage.passage.text, &hit.highlights),
        })
    };
    result.hits.iter().map(line).collect()
}

/// The row of headings of [`hits_csv`].
pub fn hits_csv_head() -> String {
    csv_row(COLUMNS)
}

/// The hits of a query, whose id is `query`, as rows of CSV.
pub fn hits_csv(query: &str, result: &SearchResult) -> String {
    result.hits.iter().map(|hit| row(query, hit)).collect()
}

fn row(query: &str, hit: &Hit) -> String {
    let (passage, document) = (&hit.record.passage.passage, &hit.record.document);
    let rank = hit.rank.to_string();
    let score = hit.score.map(|score| score.to_string()).unwrap_or_default();
    let period = document.period.map(|period| period.to_string()).unwrap_or_default();
    let id = passage.id.to_string();
    csv_row([
        query,
        &rank,
        &score,
        &id,
        document.publisher.as_ref().map_or("", |publisher| publisher.name.as_str()),
        document.title.as_deref().unwrap_or_default(),
        document.country.map_or("", model::Country::code),
        &period,
        &passage.text,
        document.url.as_deref().unwrap_or_default(),
    ])
}
