//! For which countries, series and periods how much text is held, as text and as JSON: a line for
//! each series and period with what is empty, short or missing by name, and in full a line for each
//! country.

use model::{Country, Extent, Period, Series};
use query::{Coverage, Holding, SHORT_WORDS, SeriesCoverage, Standing};
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted, grouped};
use crate::status::write_columns;
use crate::style::{Detail, Style};

#[derive(Serialize)]
struct CoverageShape<'a> {
    format_version: u32,
    series: Vec<SeriesShape<'a>>,
}

#[derive(Serialize)]
struct SeriesShape<'a> {
    series_id: Option<&'a str>,
    series: Option<&'a str>,
    period: Option<String>,
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
    words: u64,
    extents: Vec<&'static str>,
    standing: &'static str,
    empty: &'a [String],
}

fn standing_name(standing: Standing) -> &'static str {
    match standing {
        Standing::Held => "held",
        Standing::Short => "too-short",
        Standing::Empty => "empty",
    }
}

fn country_name(country: &Option<Country>) -> &'static str {
    country.map_or("country unknown", Country::name)
}

fn series_name(series: &Option<Series>) -> &str {
    series.as_ref().map_or("unknown", |series| &series.id)
}

fn period_name(period: &Option<Period>) -> String {
    period.map_or("unknown".to_owned(), |period| period.to_string())
}

fn extents(holding: &Holding) -> Vec<&'static str> {
    holding.extents.iter().map(|extent| extent.name()).collect()
}

/// The coverage as text. On a terminal a paragraph for each series and period, in full with a line
/// for each country; in a pipe a line for each country of each series and period.
pub fn coverage_text(coverage: &Coverage, style: Style, detail: Detail) -> String {
    let mut out = String::new();
    for ((series, period), held) in coverage {
        if style.width.is_none() {
            write_rows(&mut out, style, series, period, held);
            continue;
        }
        write_summary(&mut out, style, series, period, held);
        if detail == Detail::Full {
            for (country, holding) in &held.countries {
                let Holding { tally, .. } = holding;
                let standing = match holding.standing() {
                    Standing::Held => String::new(),
                    other => format!("{DOT}{}", standing_name(other)),
                };
                let words = grouped(tally.words);
                let line = format!("{words:>9} words  {}", country_name(country));
                let extents = extents(holding).join(", ");
                Line::new(style)
                    .plain(&format!("{line}{DOT}{extents}{standing}"))
                    .write(&mut out, 4, 6);
            }
        }
    }
    out
}

fn write_summary(
    out: &mut String,
    style: Style,
    series: &Option<Series>,
    period: &Option<Period>,
    held: &SeriesCoverage,
) {
    let countries = held.countries.keys().flatten().count();
    let head = format!("{} {}", series_name(series), period_name(period));
    let counts = [
        counted(held.records as u64, "record", "records"),
        counted(held.tally.documents as u64, "document", "documents"),
        counted(countries as u64, "country", "countries"),
        counted(held.tally.words, "word", "words"),
    ];
    Line::new(style)
        .add(Look::Strong, &head)
        .plain(&format!("  {}", counts.join(DOT)))
        .write(out, 0, 4);
    let summaries = held.countries.values().filter(|h| !h.extents.contains(&Extent::Full)).count();
    if summaries > 0 {
        let share = format!(
            "{summaries} of {} are not known to be full reports: a silence in them means little",
            held.countries.len()
        );
        Line::new(style).plain(&share).write(out, 4, 6);
    }
    let named = |standing: Standing| -> Vec<&str> {
        let of = held.countries.iter().filter(|(_, h)| h.standing() == standing);
        of.map(|(country, _)| country_name(country)).collect()
    };
    let folded: Vec<&str> = held
        .countries
        .iter()
        .filter(|(_, holding)| holding.folded > 0)
        .map(|(country, _)| country_name(country))
        .collect();
    let short = format!("too short (under {SHORT_WORDS} words)");
    let missing: Vec<&str> = held.missing.iter().map(|country| country.name()).collect();
    for (what, names) in [
        ("empty", named(Standing::Empty)),
        (short.as_str(), named(Standing::Short)),
        ("stand twice and are folded", folded),
        ("nothing held", missing),
    ] {
        if !names.is_empty() {
            let line = format!("{what}: {}", listed(&names));
            Line::new(style).plain(&line).write(out, 4, 6);
        }
    }
}

/// Names, the first of many.
fn listed(names: &[&str]) -> String {
    const MOST: usize = 12;
    match names.len().checked_sub(MOST) {
        Some(more) if more > 0 => format!("{}, and {more} more", names[..MOST].join(", ")),
        _ => names.join(", "),
    }
}

fn write_rows(
    out: &mut String,
    style: Style,
    series: &Option<Series>,
    period: &Option<Period>,
    held: &SeriesCoverage,
) {
    let (series, period) = (series_name(series), period_name(period));
    for (country, holding) in &held.countries {
        let columns = [
            series.to_owned(),
            period.clone(),
            country.map_or("unknown", Country::code).to_owned(),
            holding.tally.documents.to_string(),
            holding.tally.words.to_string(),
            extents(holding).join(","),
            standing_name(holding.standing()).to_owned(),
        ];
        write_columns(out, style, &columns);
    }
    for country in &held.missing {
        let (none, code) = ("0".to_owned(), country.code().to_owned());
        let columns = [series.to_owned(), period.clone(), code, none.clone(), none, "-".to_owned()];
        let columns: Vec<String> = columns.into_iter().chain(["missing".to_owned()]).collect();
        write_columns(out, style, &columns);
    }
}

/// The coverage as JSON.
pub fn coverage_json(coverage: &Coverage) -> String {
    let series = coverage.iter().map(|((series, period), held)| SeriesShape {
        series_id: series.as_ref().map(|series| series.id.as_str()),
        series: series.as_ref().map(|series| series.name.as_str()),
        period: period.map(|period| period.to_string()),
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
                words: holding.tally.words,
                extents: extents(holding),
                standing: standing_name(holding.standing()),
                empty: &holding.empty,
            })
            .collect(),
        missing: held.missing.iter().map(|country| country.code()).collect(),
    });
    to_json(&CoverageShape { format_version: FORMAT_VERSION, series: series.collect() })
}
