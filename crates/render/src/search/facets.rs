//! Matches counted by the values of fields.

use model::{Country, Field};
use query::Facet;

use super::SearchView;
use crate::line::{Line, Look};
use crate::phrases::grouped;
use crate::style::Style;

/// The name by which a field is asked for and shown.
pub(crate) fn facet_name(facet: &Facet) -> &'static str {
    match facet.field {
        Field::PeriodStart => "period",
        field => field.name(),
    }
}

/// What the values that are shown come to: each with its count; of the rest their number and the sum
/// of their counts; and how many matches have none.
pub(crate) struct Shown<'a> {
    pub values: &'a [(String, usize)],
    pub others: usize,
    pub without: usize,
}

pub(crate) fn shown(facet: &Facet, most: usize) -> Shown<'_> {
    let values = &facet.values[..most.min(facet.values.len())];
    Shown { values, others: facet.values.len() - values.len(), without: facet.without }
}

/// Rows of `facet`, field, value, count.
pub(crate) fn facet_rows(view: &SearchView<'_>, style: Style) -> String {
    let mut out = String::new();
    for [field, value, count] in facet_cells(view) {
        let line = Line::new(style).plain("facet").tab().plain(&field).tab().plain(&value);
        line.tab().plain(&count).write(&mut out, 0, 0);
    }
    out
}

/// Field, value and count of each value shown; the value is empty for matches that have none.
pub(crate) fn facet_cells(view: &SearchView<'_>) -> Vec<[String; 3]> {
    let mut cells = Vec::new();
    for facet in &view.result.facets {
        let field = facet_name(facet).to_owned();
        let shown = shown(facet, view.values);
        for (value, count) in shown.values {
            cells.push([field.clone(), value.clone(), count.to_string()]);
        }
        if shown.without > 0 {
            cells.push([field.clone(), "unknown or none".to_owned(), shown.without.to_string()]);
        }
        if shown.others > 0 {
            cells.push([field, "further values".to_owned(), shown.others.to_string()]);
        }
    }
    cells
}

/// Writes a small table for each field.
pub(crate) fn write_facets(out: &mut String, view: &SearchView<'_>, style: Style) {
    for facet in &view.result.facets {
        let shown = shown(facet, view.values);
        out.push('\n');
        Line::new(style).add(Look::Strong, &format!("by {}", facet_name(facet))).write(out, 0, 2);
        let counts = shown.values.iter().map(|(_, count)| *count).chain([shown.without]);
        let width = counts.map(|count| grouped(count as u64).len()).max().unwrap_or(0);
        let mut row = |count: usize, value: &str| {
            let count = format!("{:>width$}  ", grouped(count as u64));
            Line::new(style).plain(&count).plain(value).write(out, 2, width + 4);
        };
        for (value, count) in shown.values {
            match (facet.field, Country::find(value)) {
                (Field::Country | Field::Mention, Some(country)) => {
                    row(*count, &format!("{} ({value})", country.name()));
                }
                _ => row(*count, value),
            }
        }
        if shown.without > 0 {
            row(shown.without, "unknown or none");
        }
        if shown.others > 0 {
            let others = format!("and {} others", grouped(shown.others as u64));
            Line::new(style).add(Look::Faint, &others).write(out, 2, 4);
        }
    }
}
