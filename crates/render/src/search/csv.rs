//! Search results as CSV and TSV: a row a hit, or, where matches are counted, a row a value.

use citation::{page_line, paragraph_line, work_name};
use query::Hit;

use super::SearchView;
use super::facets::facet_cells;
use crate::csv::csv_row;
use crate::export::cited;
use crate::labels::label_line;
use crate::phrases::cautions;
use crate::safe::safe;

/// The columns of a row.
pub(crate) const COLUMNS: [&str; 19] = [
    "rank",
    "score",
    "passage",
    "publisher",
    "series",
    "work",
    "country",
    "period",
    "section",
    "page",
    "paragraph",
    "url",
    "text",
    "labels",
    "nearly_the_same",
    "in_document",
    "added_words",
    "caution",
    "source",
];

/// The hits as CSV under a row of headings; where matches are counted, the counts instead: field,
/// value, passages.
pub fn search_csv(view: &SearchView<'_>) -> String {
    rows(view).iter().map(|row| csv_row(row.iter().map(String::as_str))).collect()
}

/// The same with cells parted by tabs. No cell holds a tab or a line feed: paragraphs of a text are
/// parted by ` ¶ `.
pub fn search_tsv(view: &SearchView<'_>) -> String {
    rows(view).iter().map(|row| tsv_row(row)).collect()
}

/// A row of cells parted by tabs.
pub(crate) fn tsv_row(cells: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| safe(&cell.replace('\n', " ¶ ").replace('\t', " ")).into_owned())
        .collect();
    format!("{}\n", cells.join("\t"))
}

fn rows(view: &SearchView<'_>) -> Vec<Vec<String>> {
    let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
    if !view.result.facets.is_empty() {
        let counts = facet_cells(view).into_iter().map(Vec::from);
        return std::iter::once(owned(&["field", "value", "passages"])).chain(counts).collect();
    }
    let added: Vec<&str> = view.result.added.iter().map(|added| added.written.as_str()).collect();
    let added = added.join("; ");
    let hits = view.result.hits.iter().map(|hit| row(hit, &added));
    std::iter::once(owned(&COLUMNS)).chain(hits).collect()
}

fn row(hit: &Hit, added: &str) -> Vec<String> {
    let (document, passage) = (&hit.record.document, &hit.record.passage.passage);
    let unknown = || "unknown".to_owned();
    let folded: Vec<String> = hit.folded.iter().map(|one| one.passage.to_string()).collect();
    let cells: [String; COLUMNS.len()] = [
        hit.rank.to_string(),
        hit.score.map(|score| score.to_string()).unwrap_or_default(),
        passage.id.to_string(),
        document.publisher.as_ref().map_or_else(unknown, |publisher| publisher.name.clone()),
        document.series.as_ref().map_or_else(unknown, |series| series.id.clone()),
        work_name(document),
        document.country.map_or_else(unknown, |country| country.code().to_owned()),
        document.period.map_or_else(unknown, |period| period.to_string()),
        passage.locator.section.join(" › "),
        passage.locator.page.as_ref().map(page_line).unwrap_or_default(),
        paragraph_line(&passage.locator).unwrap_or_default(),
        document.url.clone().unwrap_or_default(),
        passage.text.clone(),
        label_line(&hit.record),
        folded.join("; "),
        hit.in_document.map(|passages| passages.to_string()).unwrap_or_default(),
        added.to_owned(),
        cautions(&hit.record).join("; "),
        cited(&hit.record),
    ];
    cells.into()
}
