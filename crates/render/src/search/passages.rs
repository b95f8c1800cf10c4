//! The words of passages and nothing else: an id and a text each.

use query::SearchResult;

use super::csv::tsv_row;
use crate::csv::csv_row;
use crate::line::{Line, Look, marked_lines};
use crate::style::Style;

/// The passages as text: on a terminal each under its id, in a pipe id and text a line; their matches
/// marked.
pub fn passages_text(result: &SearchResult, style: Style) -> String {
    let mut out = String::new();
    for (at, hit) in result.hits.iter().enumerate() {
        let passage = &hit.record.passage.passage;
        let id = passage.id.to_string();
        if style.width.is_none() {
            let line = Line::new(style).plain(&id).tab();
            line.marked(&passage.text, &hit.highlights).write(&mut out, 0, 0);
            continue;
        }
        if at > 0 {
            out.push('\n');
        }
        Line::new(style).add(Look::Id, &id).write(&mut out, 0, 0);
        for line in marked_lines(style, &passage.text, &hit.highlights) {
            line.write(&mut out, 0, 0);
        }
    }
    out
}

/// The passages as CSV under a row of headings, their texts as they are.
pub fn passages_csv(result: &SearchResult) -> String {
    rows(result).iter().map(|row| csv_row(row.iter().map(String::as_str))).collect()
}

/// The same with cells parted by tabs.
pub fn passages_tsv(result: &SearchResult) -> String {
    rows(result).iter().map(|row| tsv_row(row)).collect()
}

fn rows(result: &SearchResult) -> Vec<Vec<String>> {
    let head = ["passage", "text"].map(str::to_owned);
    let passages = result.hits.iter().map(|hit| &hit.record.passage.passage);
    let rows = passages.map(|passage| vec![passage.id.to_string(), passage.text.clone()]);
    std::iter::once(Vec::from(head)).chain(rows).collect()
}
