//! Matches as keywords in context: a line for each marked place, with the words before and after it.

use model::TextRange;
use query::{Hit, SearchResult};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::csv::tsv_row;
use crate::csv::csv_row;
use crate::line::{Line, Look, sound};
use crate::safe::safe;
use crate::style::Style;

/// How many columns of a line stand on either side of a match where there is no terminal.
const SIDE: usize = 50;

/// The narrowest side of a line on a terminal.
const NARROWEST: usize = 12;

/// A marked place.
struct Place {
    id: String,
    before: String,
    words: String,
    after: String,
}

/// The places as lines: aligned on a terminal, in a pipe passage id, what stands before, the match
/// and what stands after in columns.
pub fn kwic_text(result: &SearchResult, style: Style) -> String {
    let mut out = String::new();
    let Some(columns) = style.width else {
        return kwic_tsv(result).lines().skip(1).map(|line| format!("{line}\n")).collect();
    };
    let ids = result.hits.iter().map(|hit| hit.record.passage.passage.id.to_string().width());
    let id_width = ids.max().unwrap_or(0);
    let side = (columns.saturating_sub(id_width + 6) * 2 / 5).max(NARROWEST);
    for place in places(result, side) {
        let missing = side.saturating_sub(place.before.width());
        let line = Line::new(style).add(Look::Id, &format!("{:<id_width$}  ", place.id));
        let line = line.plain(&" ".repeat(missing)).plain(&place.before);
        let whole = TextRange::new(0, place.words.len());
        line.marked(&place.words, &[whole]).plain(&place.after).write_unbroken(&mut out, 0);
    }
    out
}

/// The places as CSV under a row of headings.
pub fn kwic_csv(result: &SearchResult) -> String {
    rows(result).iter().map(|row| csv_row(row.iter().map(String::as_str))).collect()
}

/// The same with cells parted by tabs.
pub fn kwic_tsv(result: &SearchResult) -> String {
    rows(result).iter().map(|row| tsv_row(row)).collect()
}

fn rows(result: &SearchResult) -> Vec<Vec<String>> {
    let head = ["passage", "before", "match", "after"].map(str::to_owned);
    let row = |place: Place| vec![place.id, place.before, place.words, place.after];
    let places = places(result, SIDE).into_iter().map(row);
    std::iter::once(Vec::from(head)).chain(places).collect()
}

fn places(result: &SearchResult, side: usize) -> Vec<Place> {
    result.hits.iter().flat_map(|hit| of_hit(hit, side)).collect()
}

fn of_hit(hit: &Hit, side: usize) -> Vec<Place> {
    let passage = &hit.record.passage.passage;
    let mut marked = hit.highlights.clone();
    marked.extend(&hit.added);
    let line = |text: &str| safe(&text.replace(['\n', '\t'], " ")).into_owned();
    let place = |range: TextRange| Place {
        id: passage.id.to_string(),
        before: line(last(&passage.text[..range.start], side)),
        words: line(&passage.text[range.start..range.end]),
        after: line(first(&passage.text[range.end..], side)),
    };
    sound(&passage.text, &marked).into_iter().map(place).collect()
}

/// The beginning of a text that takes up at most so many columns.
fn first(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            return &text[..at];
        }
    }
    text
}

/// The end of a text that takes up at most so many columns.
fn last(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (at, c) in text.char_indices().rev() {
        taken += c.width().unwrap_or(0);
        if taken > columns {
            return &text[at + c.len_utf8()..];
        }
    }
    text
}
