//! A comparison as rows of one shape: sources, their passages, what they come to, pairs of sentences
//! and of figures, and what only one source says.

use query::compare::{Compared, SentenceAt};

use super::said::{apart_line, group_line, locator_line, origins_line, said_line, why_line};
use super::{CompareView, telling};
use crate::csv::csv_row;
use crate::labels::figure_line;

const COLUMNS: [&str; 9] = [
    "kind",
    "source",
    "what",
    "count",
    "place",
    "text",
    "other_source",
    "other_place",
    "other_text",
];

/// A row; what there is none of is empty.
type Row = [String; 9];

fn row(kind: &str, source: &str, what: &str, count: usize) -> Row {
    let mut row = Row::default();
    row[0] = kind.to_owned();
    row[1] = source.to_owned();
    row[2] = what.to_owned();
    row[3] = count.to_string();
    row
}

/// All that is known of a comparison: of each source as many passages as are asked for.
pub(super) fn rows(view: &CompareView<'_>) -> Vec<Row> {
    let mut rows = Vec::new();
    for (number, source) in view.comparison.sources.iter().enumerate() {
        source_rows(view, view.source_id(number), source, &mut rows);
    }
    for claim in &view.comparison.claims {
        let mut row = row("alike", view.source_id(claim.a.source), &why_line(claim), 2);
        (row[4], row[5]) = sentence(view, &claim.a);
        row[6] = view.source_id(claim.b.source).to_owned();
        (row[7], row[8]) = sentence(view, &claim.b);
        rows.push(row);
    }
    for apart in &view.comparison.figures {
        let line = apart_line(view, apart);
        let mut row = row("figures-differ", view.source_id(apart.a.0.source), &line, 2);
        (row[4], row[5]) = sentence(view, &apart.a.0);
        row[6] = view.source_id(apart.b.0.source).to_owned();
        (row[7], row[8]) = sentence(view, &apart.b.0);
        rows.push(row);
    }
    for (number, source) in view.comparison.sources.iter().enumerate() {
        for at in view.only(source).0 {
            let mut row = row("only", view.source_id(number), "", 1);
            (row[4], row[5]) = sentence(view, at);
            rows.push(row);
        }
    }
    let origins = &view.comparison.independence;
    rows.push(row("origins", "", &origins_line(view), origins.origins));
    for group in &origins.groups {
        rows.push(row("one-origin", "", &group_line(view, group), group.passages.len()));
    }
    rows
}

fn sentence(view: &CompareView<'_>, at: &SentenceAt) -> (String, String) {
    (view.place(at), view.comparison.text(at).unwrap_or_default().to_owned())
}

fn source_rows(view: &CompareView<'_>, id: &str, source: &Compared, rows: &mut Vec<Row>) {
    let mut first = row("source", id, source.said.name(), source.source.total);
    first[5] = said_line(source);
    rows.push(first);
    let tally = &source.source.searched.tally;
    rows.push(row("searched", id, "documents", tally.documents));
    rows.push(row("searched", id, "words", usize::try_from(tally.words).unwrap_or(usize::MAX)));
    for (extent, documents) in &source.source.searched.extents {
        rows.push(row("extent", id, extent.name(), *documents));
    }
    for on in &source.source.countries {
        rows.push(row("country", id, on.country.code(), on.passages));
    }
    let profile = &source.profile;
    for (who, count) in &profile.attributed {
        rows.push(row("attribution", id, who.name(), *count));
    }
    if profile.passages > 0 {
        rows.push(row("attribution", id, "source", profile.by_itself));
    }
    for (polarity, count) in &profile.polarity {
        rows.push(row("polarity", id, polarity.name(), *count));
    }
    for (nature, count) in &profile.nature {
        rows.push(row("nature", id, nature.name(), *count));
    }
    for given in &source.figures {
        let mut row = row("figure", id, &figure_line(&given.figure), given.passages);
        let passage = source.source.passages.get(given.passage);
        row[4] = passage.map(|of| of.record.passage.passage.id.to_string()).unwrap_or_default();
        rows.push(row);
    }
    for mark in &source.marks {
        let here = usize::try_from(mark.here).unwrap_or(usize::MAX);
        rows.push(row("word", id, &mark.shown, here));
    }
    for speaking in view.best(source) {
        let mut row = row("passage", id, &locator_line(speaking), 1);
        row[4] = speaking.record.passage.passage.id.to_string();
        row[5] = telling(speaking).0;
        rows.push(row);
    }
}

/// A comparison as CSV under a row of headings.
pub fn compare_csv(view: &CompareView<'_>) -> String {
    let mut out = csv_row(COLUMNS);
    for row in rows(view) {
        out.push_str(&csv_row(row.iter().map(String::as_str)));
    }
    out
}
