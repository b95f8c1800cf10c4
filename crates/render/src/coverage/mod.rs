//! For which countries, series and periods how much text is held: on a terminal an overview, a list
//! by country or a matrix; in a pipe and as CSV a line for each country of each series and period; as
//! Markdown the matrix; as JSON everything. Here are the words that all of them share.

mod countries;
mod json;
mod matrix;
mod overview;
mod rows;

use model::{Country, Period, Series};
use query::{Coverage, Holding, Standing};

use crate::style::Style;

pub use json::coverage_json;
pub use matrix::coverage_markdown;
pub use rows::coverage_csv;

/// How a coverage is set out on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoverageView {
    /// Series by period, with counts and what is empty, short or missing by name.
    Overview,
    /// For each country what is held and what is missing.
    Countries,
    /// Countries down, series and periods across.
    Matrix,
}

/// The coverage as text. On a terminal as the view says; in a pipe a line for each country of each
/// series and period.
pub fn coverage_text(coverage: &Coverage, view: CoverageView, style: Style) -> String {
    let mut out = String::new();
    match (style.width, view) {
        (None, _) => rows::write_rows(&mut out, style, coverage),
        (Some(_), CoverageView::Overview) => overview::write_overview(&mut out, style, coverage),
        (Some(_), CoverageView::Countries) => countries::write_countries(&mut out, style, coverage),
        (Some(width), CoverageView::Matrix) => {
            matrix::write_matrix(&mut out, style, width, coverage);
        }
    }
    out
}

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Held => "held",
        Standing::Short => "too-short",
        Standing::NeedsOcr => "needs-ocr",
        Standing::Empty => "empty",
    }
}

fn country_name(country: &Option<Country>) -> &'static str {
    country.map_or("country unknown", Country::name)
}

fn series_id(series: &Option<Series>) -> &str {
    series.as_ref().map_or("unknown", |series| &series.id)
}

fn series_name(series: &Option<Series>) -> &str {
    series.as_ref().map_or("series unknown", |series| &series.name)
}

fn period_name(period: &Option<Period>) -> String {
    period.map_or("unknown".to_owned(), |period| period.to_string())
}

fn extents(holding: &Holding) -> Vec<&'static str> {
    holding.extents.iter().map(|extent| extent.name()).collect()
}
