//! What changed between two editions as rows: a statement each.

use query::changes::Statement;

use super::said::{digests, figure_line};
use super::{ChangesView, Side, places, words};
use crate::rows::Rows;

const COLUMNS: [&str; 10] = [
    "status",
    "moved",
    "likeness",
    "old_places",
    "new_places",
    "old_text",
    "new_text",
    "figures",
    "issues",
    "digest",
];

/// The cells of a statement; what there is none of is empty.
pub(super) fn row(view: &ChangesView<'_>, statement: &Statement) -> [String; 10] {
    let figures: Vec<String> = statement.figures.iter().map(figure_line).collect();
    let issues: Vec<&str> = statement.issues.iter().map(|issue| issue.as_str()).collect();
    [
        statement.status.name().to_owned(),
        if statement.moved { "yes" } else { "no" }.to_owned(),
        format!("{:.2}", statement.likeness),
        places(&statement.old),
        places(&statement.new),
        words(statement, Side::Old).0,
        words(statement, Side::New).0,
        figures.join("; "),
        issues.join(","),
        digests(view, |id| {
            let mut sentences = statement.old.iter().chain(&statement.new);
            sentences.any(|sentence| sentence.passage.document == *id)
        })
        .join("; "),
    ]
}

/// What changed as rows: of each statement where it stands in both editions.
pub fn changes_rows(view: &ChangesView<'_>) -> Rows {
    let rows = view.shown().into_iter().map(|statement| row(view, statement).to_vec());
    Rows::new(COLUMNS, &["old_places", "new_places"], rows)
}
