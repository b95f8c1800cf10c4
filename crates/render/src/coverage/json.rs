//! The coverage as JSON.

use model::Country;
use query::{Coverage, Reach, Unrecognised};
use serde::Serialize;

use super::{extents, standing_name};
use crate::json::{FORMAT_VERSION, to_json};

#[derive(Serialize)]
struct CoverageShape<'a> {
    format_version: u32,
    series: Vec<SeriesShape<'a>>,
    unrecognised: Vec<UnrecognisedShape<'a>>,
}

#[derive(Serialize)]
struct SeriesShape<'a> {
    series_id: Option<&'a str>,
    series: Option<&'a str>,
    period: Option<String>,
    covers: Option<&'static str>,
    records: usize,
    documents: usize,
    words: u64,
    countries: Vec<CountryShape<'a>>,
    missing: Vec<&'static str>,
}

#[derive(Serialize)]
struct CountryShape<'a> {
    country: Option<&'static str>,
    documents: usize,
    folded: usize,
    other_captures: usize,
    words: u64,
    extents: Vec<&'static str>,
    standing: &'static str,
    empty: &'a [String],
    needs_ocr: &'a [String],
}

#[derive(Serialize)]
struct UnrecognisedShape<'a> {
    document: &'a str,
    file_name: &'a str,
    unknown: &'a [&'static str],
}

/// The coverage as JSON.
pub fn coverage_json(coverage: &Coverage) -> String {
    let series = coverage.held.iter().map(|((series, period), held)| SeriesShape {
        series_id: series.as_ref().map(|series| series.id.as_str()),
        series: series.as_ref().map(|series| series.name.as_str()),
        period: period.map(|period| period.to_string()),
        covers: (held.reach == Reach::All).then_some("all-countries"),
        records: held.records,
        documents: held.tally.documents,
        words: held.tally.words,
        countries: held
            .countries
            .iter()
            .map(|(country, holding)| CountryShape {
                country: country.map(Country::code),
                documents: holding.tally.documents,
                folded: holding.folded,
                other_captures: holding.other_captures,
                words: holding.tally.words,
                extents: extents(holding),
                standing: standing_name(holding.standing()),
                empty: &holding.empty,
                needs_ocr: &holding.needs_ocr,
            })
            .collect(),
        missing: held.missing.iter().map(|country| country.code()).collect(),
    });
    let unrecognised = coverage.unrecognised.iter().map(UnrecognisedShape::from);
    to_json(&CoverageShape {
        format_version: FORMAT_VERSION,
        series: series.collect(),
        unrecognised: unrecognised.collect(),
    })
}

impl<'a> From<&'a Unrecognised> for UnrecognisedShape<'a> {
    fn from(of: &'a Unrecognised) -> Self {
        Self {
            document: of.id.as_str(),
            file_name: of.file_name.as_deref().unwrap_or_default(),
            unknown: &of.unknown,
        }
    }
}
