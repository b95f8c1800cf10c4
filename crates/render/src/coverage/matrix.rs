//! The matrix of a coverage: countries down, series and periods across, in each cell the words held
//! and how much of the work they are. On a terminal as many columns stand side by side as fit.

use std::collections::{BTreeMap, BTreeSet};

use model::{Country, Extent};
use query::{Coverage, Holding, Reach, Standing};
use unicode_width::UnicodeWidthStr;

use super::{country_name, period_name, series_id};
use crate::line::{Line, Look};
use crate::phrases::grouped;
use crate::style::Style;

/// The widest a country's name may be on a narrow terminal, in columns.
const NARROW_NAME: usize = 22;

/// What stands in a cell of which nothing is known to be missing.
const NOTHING: &str = "·";

const LEGEND: &str = "Words held; full, sum. (summary only), exc. (excerpt only), ? (extent unknown). \
                      missing: other countries of that series and period are held. short: too \
                      short for a silence to mean anything.";

/// A series and period, and its cells.
struct Column {
    head: [String; 2],
    cells: BTreeMap<Option<Country>, Cell>,
}

enum Cell {
    Held(Holding),
    Missing,
}

impl Cell {
    fn text(&self) -> String {
        let holding = match self {
            Cell::Missing => return "missing".to_owned(),
            Cell::Held(holding) => holding,
        };
        let words = grouped(holding.tally.words);
        match holding.standing() {
            Standing::Empty => "empty".to_owned(),
            Standing::NeedsOcr => "needs OCR".to_owned(),
            Standing::Short => format!("{words} short"),
            Standing::Held => {
                let extents: Vec<&str> = holding.extents.iter().map(|e| short_name(*e)).collect();
                format!("{words} {}", extents.join("/"))
            }
        }
    }
}

fn short_name(extent: Extent) -> &'static str {
    match extent {
        Extent::Full => "full",
        Extent::Summary => "sum.",
        Extent::Excerpt => "exc.",
        Extent::Unknown => "?",
    }
}

/// The columns: one for each period of a series that covers every country, one for each year of any
/// other, whose periods may be many and differ from country to country.
fn columns(coverage: &Coverage) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for ((series, period), held) in &coverage.held {
        let written = period_name(period);
        let label = match held.reach {
            Reach::All => written,
            Reach::Some => written.split(['-', '/']).next().unwrap_or(&written).to_owned(),
        };
        let head = [series_id(series).to_owned(), label];
        if columns.last().is_none_or(|last| last.head != head) {
            columns.push(Column { head, cells: BTreeMap::new() });
        }
        let Some(column) = columns.last_mut() else { continue };
        for (country, holding) in &held.countries {
            match column.cells.entry(*country).or_insert_with(|| Cell::Held(Holding::default())) {
                Cell::Held(sum) => sum.join(holding),
                cell @ Cell::Missing => *cell = Cell::Held(holding.clone()),
            }
        }
        for country in &held.missing {
            column.cells.entry(Some(*country)).or_insert(Cell::Missing);
        }
    }
    columns
}

/// The countries of some columns by name, the unknown last.
fn countries(columns: &[Column]) -> Vec<Option<Country>> {
    let all: BTreeSet<Option<Country>> =
        columns.iter().flat_map(|column| column.cells.keys().copied()).collect();
    let mut countries: Vec<Option<Country>> = all.into_iter().collect();
    countries.sort_by_key(|country| (country.is_none(), country_name(country)));
    countries
}

fn cell_text(column: &Column, country: &Option<Country>) -> String {
    column.cells.get(country).map_or_else(|| NOTHING.to_owned(), Cell::text)
}

fn width_of(column: &Column) -> usize {
    let cells = column.cells.values().map(Cell::text);
    cells.chain(column.head.clone()).map(|text| text.width()).max().unwrap_or(0)
}

pub(super) fn write_matrix(out: &mut String, style: Style, width: usize, coverage: &Coverage) {
    let columns = columns(coverage);
    let countries = countries(&columns);
    let widest = countries.iter().map(|country| country_name(country).width()).max().unwrap_or(0);
    let names = if width < 100 { widest.min(NARROW_NAME) } else { widest };
    let mut rest = columns.as_slice();
    while !rest.is_empty() {
        let mut used = names;
        let fits = |column: &&Column| {
            used += 2 + width_of(column);
            used <= width
        };
        let count = rest.iter().take_while(fits).count().max(1);
        let (shown, later) = rest.split_at(count);
        rest = later;
        if !out.is_empty() {
            out.push('\n');
        }
        write_part(out, style, names, &countries, shown);
    }
    if !columns.is_empty() {
        out.push('\n');
        Line::new(style).add(Look::Faint, LEGEND).write(out, 0, 0);
    }
}

fn write_part(
    out: &mut String,
    style: Style,
    names: usize,
    countries: &[Option<Country>],
    columns: &[Column],
) {
    for line in 0..2 {
        let mut head = " ".repeat(names);
        for column in columns {
            head.push_str(&right(&column.head[line], width_of(column) + 2));
        }
        Line::new(style).add(Look::Strong, head.trim_end()).write_unbroken(out, 0);
    }
    for country in countries {
        // A country of other columns only would be a line of dots.
        if columns.iter().all(|column| !column.cells.contains_key(country)) {
            continue;
        }
        let mut line = Line::new(style).plain(&left(country_name(country), names));
        for column in columns {
            let text = right(&cell_text(column, country), width_of(column) + 2);
            let look = match column.cells.get(country) {
                Some(Cell::Held(holding)) if holding.standing() == Standing::Held => Look::Plain,
                Some(_) => Look::Warning,
                None => Look::Faint,
            };
            line = line.add(look, &text);
        }
        line.write_unbroken(out, 0);
    }
}

fn right(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text in so many columns, cut with `…` where it is wider.
fn left(text: &str, width: usize) -> String {
    if text.width() <= width {
        return format!("{text}{}", " ".repeat(width - text.width()));
    }
    let mut cut = String::new();
    for letter in text.chars() {
        if cut.width() + letter.to_string().width() + 1 > width {
            break;
        }
        cut.push(letter);
    }
    cut.push('…');
    left(&cut, width.max(cut.width()))
}

/// The matrix as a table in Markdown.
pub fn coverage_markdown(coverage: &Coverage) -> String {
    let columns = columns(coverage);
    let heads: Vec<String> = columns.iter().map(|column| column.head.join(" ")).collect();
    let mut out = markdown_row("country", heads.into_iter());
    out.push_str(&format!("| --- |{}\n", " ---: |".repeat(columns.len())));
    for country in countries(&columns) {
        let cells = columns.iter().map(|column| cell_text(column, &country));
        out.push_str(&markdown_row(country_name(&country), cells));
    }
    out.push_str(&format!("\n{LEGEND}\n"));
    out
}

fn markdown_row(first: &str, cells: impl Iterator<Item = String>) -> String {
    let cells = std::iter::once(first.to_owned()).chain(cells);
    let written: String =
        cells.map(|cell| format!(" {} |", crate::safe::safe(&cell).replace('|', "\\|"))).collect();
    format!("|{written}\n")
}
