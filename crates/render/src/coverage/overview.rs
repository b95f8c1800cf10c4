//! The overview of a coverage: for each series a line for each period, and beneath it by name what
//! is empty, short, folded or missing.

use model::{Country, Extent, Period, Series};
use query::{Coverage, Holding, Reach, SHORT_WORDS, SeriesCoverage, Standing};

use super::{country_name, series_name};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted};
use crate::style::Style;

/// Of a series that covers every country each period has a line; of any other, only where there are
/// no more than so many.
const MOST_PERIODS: usize = 4;

/// The most names that are said one by one.
const MOST_NAMES: usize = 12;

/// What is held of one series for one period.
type Edition<'a> = (&'a Option<Period>, &'a SeriesCoverage);

pub(super) fn write_overview(out: &mut String, style: Style, coverage: &Coverage) {
    let mut held = coverage.held.iter().peekable();
    while let Some(((series, period), of_period)) = held.next() {
        let mut editions: Vec<Edition<'_>> = vec![(period, of_period)];
        while let Some(((_, period), of_period)) = held.next_if(|((next, _), _)| next == series) {
            editions.push((period, of_period));
        }
        if !out.is_empty() {
            out.push('\n');
        }
        write_series(out, style, series, &editions);
    }
    write_unrecognised(out, style, coverage);
    let meaning = "Summaries and excerpts say little by their silence; what is empty, too short or \
                   missing says nothing at all.";
    if !coverage.is_empty() {
        out.push('\n');
        Line::new(style).add(Look::Faint, meaning).write(out, 0, 0);
        let more = "forb coverage --matrix shows every country, --country NAME one of them.";
        Line::new(style).add(Look::Faint, more).write(out, 0, 0);
    }
}

fn write_series(out: &mut String, style: Style, series: &Option<Series>, editions: &[Edition<'_>]) {
    let id = series.as_ref().map_or(String::new(), |series| format!("  {}", series.id));
    Line::new(style).add(Look::Strong, series_name(series)).add(Look::Faint, &id).write(out, 0, 4);
    let every = editions.iter().all(|(_, held)| held.reach == Reach::All);
    if every || editions.len() <= MOST_PERIODS {
        for (period, held) in editions {
            let period = period.map_or("period unknown".to_owned(), |period| period.to_string());
            write_edition(out, style, &period, held);
        }
        return;
    }
    let mut together = SeriesCoverage::default();
    for (_, held) in editions {
        together.records += held.records;
        together.tally.documents += held.tally.documents;
        together.tally.passages += held.tally.passages;
        together.tally.words += held.tally.words;
        for (country, holding) in &held.countries {
            together.countries.entry(*country).or_default().join(holding);
        }
    }
    write_edition(out, style, &span(editions), &together);
    let unknown = editions.iter().filter(|(period, _)| period.is_none());
    let without: usize = unknown.map(|(_, held)| held.tally.documents).sum();
    if without > 0 {
        let said = counted(without as u64, "document", "documents");
        write_problem(out, style, &format!("{said} of unknown period"));
    }
}

/// `14 periods, 2008-04-07 to 2012-11-05`.
fn span(editions: &[Edition<'_>]) -> String {
    let known: Vec<Period> = editions.iter().filter_map(|(period, _)| **period).collect();
    let first = known.iter().min_by_key(|period| period.first_day());
    let last = known.iter().max_by_key(|period| period.last_day());
    let (Some(first), Some(last)) = (first, last) else { return "period unknown".to_owned() };
    let (first, last) = (first.to_string(), last.to_string());
    let begin = first.split('/').next().unwrap_or(&first);
    let end = last.split('/').next_back().unwrap_or(&last);
    let count = counted(known.len() as u64, "period", "periods");
    format!("{count}, {begin} to {end}")
}

fn write_edition(out: &mut String, style: Style, period: &str, held: &SeriesCoverage) {
    let countries = held.known_countries().count();
    let folded: usize = held.countries.values().map(|holding| holding.folded).sum();
    let mut counts = Vec::new();
    if folded > 0 {
        counts.push(counted(held.records as u64, "record", "records"));
    }
    counts.push(counted(countries as u64, "country", "countries"));
    counts.push(counted(held.tally.documents as u64, "document", "documents"));
    counts.push(counted(held.tally.words, "word", "words"));
    counts.push(extents_held(held));
    Line::new(style).plain(&format!("{period}  ")).plain(&counts.join(DOT)).write(out, 2, 6);
    for (what, names) in problems(held) {
        write_problem(out, style, &format!("{what}: {}", listed(names)));
    }
}

fn write_problem(out: &mut String, style: Style, said: &str) {
    Line::new(style).add(Look::Warning, said).write(out, 4, 6);
}

/// How much of their works the documents hold: `summary only`, `full 3, extent unknown 2`.
fn extents_held(held: &SeriesCoverage) -> String {
    let with = |extent: Extent| {
        let of = held
            .countries
            .values()
            .filter(|holding| holding.tally.words > 0 && holding.extents.contains(&extent));
        of.count()
    };
    let found: Vec<(Extent, usize)> =
        Extent::ALL.map(|extent| (extent, with(extent))).into_iter().filter(|e| e.1 > 0).collect();
    let name = |extent: Extent| match extent {
        Extent::Full => "full",
        Extent::Summary => "summary only",
        Extent::Excerpt => "excerpt only",
        Extent::Unknown => "extent unknown",
    };
    match found.as_slice() {
        [] => "no text".to_owned(),
        [(only, _)] => name(*only).to_owned(),
        several => {
            let parts: Vec<String> = several
                .iter()
                .map(|(extent, count)| format!("{} {count}", name(*extent)))
                .collect();
            parts.join(", ")
        }
    }
}

/// What a reader must know of an edition, and of which countries.
fn problems(held: &SeriesCoverage) -> Vec<(String, Vec<&str>)> {
    let named = |of: &dyn Fn(&Holding) -> bool| -> Vec<&str> {
        let of = held.countries.iter().filter(|(_, holding)| of(holding));
        of.map(|(country, _)| country_name(country)).collect()
    };
    let missing: Vec<&str> = held.missing.iter().map(|country| Country::name(*country)).collect();
    let all = [
        ("empty".to_owned(), named(&|holding| holding.standing() == Standing::Empty)),
        ("needs OCR".to_owned(), named(&|holding| holding.standing() == Standing::NeedsOcr)),
        (
            "needs OCR in part".to_owned(),
            named(&|holding| holding.tally.words > 0 && !holding.needs_ocr.is_empty()),
        ),
        (
            format!("too short (under {SHORT_WORDS} words)"),
            named(&|holding| holding.standing() == Standing::Short),
        ),
        ("stands twice with the same text, folded".to_owned(), named(&|h| h.folded > 0)),
        ("missing".to_owned(), missing),
    ];
    all.into_iter().filter(|(_, names)| !names.is_empty()).collect()
}

/// Names in order; of many only how many there are, for the matrix shows them.
fn listed(mut names: Vec<&str>) -> String {
    if names.len() > MOST_NAMES {
        return format!("{} countries", names.len());
    }
    names.sort_unstable();
    names.join(", ")
}

fn write_unrecognised(out: &mut String, style: Style, coverage: &Coverage) {
    if coverage.unrecognised.is_empty() {
        return;
    }
    out.push('\n');
    Line::new(style).add(Look::Strong, "not recognised").write(out, 0, 4);
    for document in coverage.unrecognised.iter().take(MOST_NAMES) {
        let unknown = document.unknown.join(" and ");
        Line::new(style)
            .add(Look::Id, document.id.as_str())
            .plain(&format!("  {}{DOT}", document.file_name.as_deref().unwrap_or_default()))
            .add(Look::Warning, &format!("{unknown} unknown"))
            .write(out, 2, 6);
    }
    let more = coverage.unrecognised.len().saturating_sub(MOST_NAMES);
    if more > 0 {
        let said = format!("and {more} more; forb coverage --format json names them all");
        Line::new(style).plain(&said).write(out, 2, 6);
    }
}
