//! The coverage for line tools and spreadsheets: a row for each country of each series and period,
//! held or missing.

use model::Country;
use query::Coverage;

use super::{country_name, extents, period_name, series_id, standing_name};
use crate::safe::safe;
use crate::status::write_columns;
use crate::style::Style;

/// One row, its cells in the order of [`TITLES`].
type Row = [String; TITLES.len()];

const TITLES: [&str; 10] = [
    "series_id",
    "period",
    "country",
    "documents",
    "words",
    "extents",
    "standing",
    "folded",
    "country_name",
    "other_captures",
];

/// Writes the rows for a pipe: columns parted by tabs, without a head.
pub(super) fn write_rows(out: &mut String, style: Style, coverage: &Coverage) {
    for row in rows(coverage) {
        write_columns(out, style, &row);
    }
}

/// The rows as CSV (RFC 4180), with a head.
pub fn coverage_csv(coverage: &Coverage) -> String {
    let mut out = String::new();
    for row in [TITLES.map(str::to_owned)].into_iter().chain(rows(coverage)) {
        let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
        out.push_str(&cells.join(","));
        out.push_str("\r\n");
    }
    out
}

/// A cell of CSV.
fn quoted(cell: &str) -> String {
    let cell = safe(cell);
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.into_owned()
    }
}

fn rows(coverage: &Coverage) -> impl Iterator<Item = Row> {
    coverage.held.iter().flat_map(|((series, period), held)| {
        let of_series = || [series_id(series).to_owned(), period_name(period)];
        let holdings = held.countries.iter().map(move |(country, holding)| {
            let [series, period] = of_series();
            [
                series,
                period,
                country.map_or("unknown", Country::code).to_owned(),
                holding.tally.documents.to_string(),
                holding.tally.words.to_string(),
                extents(holding).join(","),
                standing_name(holding.standing()).to_owned(),
                holding.folded.to_string(),
                country_name(country).to_owned(),
                holding.other_captures.to_string(),
            ]
        });
        let missing = held.missing.iter().map(move |country| {
            let [series, period] = of_series();
            let none = || "0".to_owned();
            [
                series,
                period,
                country.code().to_owned(),
                none(),
                none(),
                "-".to_owned(),
                "missing".to_owned(),
                none(),
                country.name().to_owned(),
                none(),
            ]
        });
        holdings.chain(missing)
    })
}
