//! The coverage country by country: for each what is held of which series and period, and what is
//! missing.

use std::collections::BTreeSet;

use model::Country;
use query::{Coverage, Standing};

use super::{country_name, extents, series_name};
use crate::line::{Line, Look};
use crate::phrases::grouped;
use crate::style::Style;

pub(super) fn write_countries(out: &mut String, style: Style, coverage: &Coverage) {
    let held = coverage.held.values().flat_map(|held| held.countries.keys().copied());
    let missing = coverage.held.values().flat_map(|held| held.missing.iter().copied().map(Some));
    let mut countries: Vec<Option<Country>> =
        held.chain(missing).collect::<BTreeSet<_>>().into_iter().collect();
    countries.sort_by_key(|country| (country.is_none(), country_name(country)));
    for country in countries {
        if !out.is_empty() {
            out.push('\n');
        }
        write_country(out, style, coverage, country);
    }
}

fn write_country(out: &mut String, style: Style, coverage: &Coverage, country: Option<Country>) {
    let code = country.map_or(String::new(), |country| format!("  {}", country.code()));
    Line::new(style)
        .add(Look::Strong, country_name(&country))
        .add(Look::Faint, &code)
        .write(out, 0, 4);
    for ((series, period), held) in &coverage.held {
        let period = period.map_or("period unknown".to_owned(), |period| period.to_string());
        let work = format!("{}, {period}", series_name(series));
        if country.is_some_and(|country| held.missing.contains(&country)) {
            let line = Line::new(style).add(Look::Warning, &format!("{:>9}  ", "missing"));
            line.plain(&work).write(out, 2, 13);
        }
        let Some(holding) = held.countries.get(&country) else { continue };
        let extents = extents(holding).join(", ");
        let folded = match holding.folded {
            0 => String::new(),
            folded => format!(", {} records with the same text", folded + 1),
        };
        let captures = match holding.other_captures {
            0 => String::new(),
            others => format!(", {} captures", holding.tally.documents + others),
        };
        let (amount, means) = match holding.standing() {
            Standing::Held => (grouped(holding.tally.words), ""),
            Standing::Short => (grouped(holding.tally.words), "too short to mean anything"),
            Standing::NeedsOcr => ("needs OCR".to_owned(), ""),
            Standing::Empty => ("empty".to_owned(), ""),
        };
        let mut line = Line::new(style).plain(&format!("{amount:>9}  {work}"));
        if holding.tally.words > 0 {
            line = line.add(Look::Faint, &format!("  {extents}{folded}{captures}"));
        }
        if !means.is_empty() {
            line = line.add(Look::Warning, &format!("  {means}"));
        }
        line.write(out, 2, 13);
    }
}
