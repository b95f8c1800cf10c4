//! A cross table as a picture: a heat map in SVG, the stronger a cell's colour the higher its rate.
//! Every cell has its number written in it, one without text says so, and nothing rests on colour.

use query::compare::{Cell, Heard, Member};

use super::said::label;
use super::{LEVELS, TableView, level, number};
use crate::search::html_escaped as escaped;

/// How wide and how high a cell is.
const CELL: [usize; 2] = [68, 28];

/// The room for what the colours mean.
const LEGEND: usize = 58;

/// How wide the legend is at least.
const NARROWEST: usize = 310;

/// About how wide a character is.
const CHARACTER: f64 = 6.6;

/// By how many degrees names above the columns lean.
const LEANING: f64 = 38.0;

/// Most characters of a name that are written in the picture; the table has all.
const MOST_CHARACTERS: usize = 28;

/// The colours from none to the strongest, and that of the letters on them: a contrast of seven to
/// one at least.
const SHADES: [(&str, &str); LEVELS + 1] = [
    ("#ffffff", "#1a1a1a"),
    ("#fdebd0", "#1a1a1a"),
    ("#f8c98b", "#1a1a1a"),
    ("#f0a04b", "#1a1a1a"),
    ("#7a3208", "#ffffff"),
];

/// Where no text is held.
const NO_TEXT: &str = "#e4e4e4";

/// The heat map, as an element of a page.
pub(super) fn heat_map(view: &TableView<'_>) -> String {
    let table = view.table;
    let (columns, rows) = (table.columns.len(), table.rows.len());
    let highest = table.highest();
    let room = |members: &[Member]| {
        let longest = members.iter().map(|member| name(member).chars().count()).max();
        CHARACTER * longest.unwrap_or(0) as f64
    };
    let (sine, cosine) = LEANING.to_radians().sin_cos();
    let labels = room(&table.rows) as usize + 16;
    let heads = (room(&table.columns) * sine) as usize + 24;
    // The name above the last column leans over the edge of its cell.
    let edge = ((room(&table.columns) * cosine) as usize).saturating_sub(CELL[0] / 2) + 12;
    let width = (labels + columns * CELL[0] + edge).max(NARROWEST);
    let height = heads + rows * CELL[1] + LEGEND;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"map-title map-desc\" \
         width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-size=\"13\">\n\
         <title id=\"map-title\">Heat map: {} by {}</title>\n<desc id=\"map-desc\">Passages in \
         10,000 words. The table below has every number of it.</desc>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        table.rows_are.name(),
        table.columns_are.name(),
    );
    for (at, column) in table.columns.iter().enumerate() {
        let (x, y) = (labels + at * CELL[0] + CELL[0] / 2 - 4, heads - 8);
        out.push_str(&format!(
            "<text transform=\"translate({x} {y}) rotate(-{LEANING})\" fill=\"#1a1a1a\">{}</text>\n",
            escaped(&name(column))
        ));
    }
    for (at, (row, cells)) in table.rows.iter().zip(&table.cells).enumerate() {
        let y = heads + at * CELL[1];
        out.push_str(&format!(
            "<text x=\"{}\" y=\"{}\" text-anchor=\"end\" fill=\"#1a1a1a\">{}</text>\n",
            labels - 8,
            y + CELL[1] * 2 / 3,
            escaped(&name(row))
        ));
        for (column, cell) in cells.iter().enumerate() {
            write_cell(&mut out, cell, highest, [labels + column * CELL[0], y]);
        }
    }
    write_legend(&mut out, highest, heads + rows * CELL[1] + 14);
    out.push_str("</svg>\n");
    out
}

fn write_cell(out: &mut String, cell: &Cell, highest: f64, [x, y]: [usize; 2]) {
    let (ground, letters) = match level(cell, highest) {
        Some(level) => SHADES[level.min(LEVELS)],
        None => (NO_TEXT, "#1a1a1a"),
    };
    let text = match (cell.heard(), cell.rate) {
        (Heard::NoText, _) | (_, None) => "no text".to_owned(),
        (Heard::TooShort, _) => "short".to_owned(),
        (Heard::Text, Some(_)) if cell.passages == 0 => "0".to_owned(),
        (Heard::Text, Some(rate)) => number(rate.value),
    };
    out.push_str(&format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{}\" height=\"{}\" fill=\"{ground}\" \
         stroke=\"#767676\"/><text x=\"{}\" y=\"{}\" text-anchor=\"middle\" \
         fill=\"{letters}\">{text}</text>\n",
        CELL[0],
        CELL[1],
        x + CELL[0] / 2,
        y + CELL[1] * 2 / 3,
    ));
}

/// What the colours mean.
fn write_legend(out: &mut String, highest: f64, y: usize) {
    let step = |level: usize| number(highest * (level - 1) as f64 / LEVELS as f64);
    let mut entries = vec![(NO_TEXT, "no text held".to_owned()), (SHADES[0].0, "0".to_owned())];
    if highest > 0.0 {
        entries
            .extend((1..=LEVELS).map(|level| (SHADES[level].0, format!("over {}", step(level)))));
    }
    for (at, (ground, text)) in entries.into_iter().enumerate() {
        // Two lines of three, so that the narrowest picture holds them.
        let (x, y) = (8 + (at % 3) * 100, y + (at / 3) * 20);
        out.push_str(&format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"14\" height=\"14\" fill=\"{ground}\" \
             stroke=\"#767676\"/><text x=\"{}\" y=\"{}\" fill=\"#1a1a1a\">{text}</text>\n",
            x + 20,
            y + 12,
        ));
    }
}

/// A name, cut where it is long.
fn name(member: &Member) -> String {
    let name = label(member);
    if name.chars().count() <= MOST_CHARACTERS {
        return name;
    }
    let cut: String = name.chars().take(MOST_CHARACTERS - 1).collect();
    format!("{}…", cut.trim_end())
}
