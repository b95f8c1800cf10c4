//! Passages with everything that was found in them and where they come from, one a line: for
//! spreadsheets and for programs.

use citation::{Citation, page_line, paragraph_line, work_name};
use model::{IndexRecord, Polarity};
use serde::Serialize;

use crate::csv::csv_row;
use crate::explain::{AnnotationShape, Explanation};
use crate::json::{FORMAT_VERSION, to_json};
use crate::labels::{Label, labels};
use crate::phrases::cautions;
use crate::shapes::{DocumentShape, PassageShape};

/// The columns of the CSV.
pub(crate) const COLUMNS: [&str; 25] = [
    "passage",
    "publisher",
    "work",
    "series",
    "country",
    "period",
    "section",
    "page",
    "paragraph",
    "url",
    "file",
    "issues",
    "polarity",
    "nature",
    "attribution",
    "groups",
    "places",
    "mentions",
    "instruments",
    "figures",
    "times",
    "acronyms",
    "caution",
    "source",
    "text",
];

#[derive(Serialize)]
struct ExportShape<'a> {
    format_version: u32,
    document: DocumentShape<'a>,
    passage: PassageShape<'a>,
    annotations: Vec<AnnotationShape<'a>>,
}

/// The row of headings.
pub fn export_csv_head() -> String {
    csv_row(COLUMNS)
}

/// A passage as a row. Several values of a column are parted by `; `.
pub fn export_csv(record: &IndexRecord) -> String {
    let (document, passage) = (&record.document, &record.passage.passage);
    let found = labels(&record.passage.annotations);
    let of = |kind: &str| -> String {
        let wanted = found.iter().filter(|label| label.kind == kind).map(shown);
        wanted.collect::<Vec<_>>().join("; ")
    };
    let unknown = || "unknown".to_owned();
    let cells = [
        passage.id.to_string(),
        document.publisher.as_ref().map_or_else(unknown, |publisher| publisher.name.clone()),
        work_name(document),
        document.series.as_ref().map_or_else(unknown, |series| series.id.clone()),
        document.country.map_or_else(unknown, |country| country.code().to_owned()),
        document.period.map_or_else(unknown, |period| period.to_string()),
        passage.locator.section.join(" › "),
        passage.locator.page.as_ref().map(page_line).unwrap_or_default(),
        paragraph_line(&passage.locator).unwrap_or_default(),
        document.url.clone().unwrap_or_default(),
        document.file_name.clone(),
        of("issue"),
        of("polarity"),
        of("nature"),
        of("attribution"),
        of("group"),
        of("place"),
        of("country"),
        of("instrument"),
        of("figure"),
        of("time"),
        of("acronym"),
        cautions(record).join("; "),
        cited(record),
        passage.text.clone(),
    ];
    csv_row(cells.iter().map(String::as_str))
}

fn shown(label: &Label) -> String {
    match label.polarity.map(Polarity::name) {
        Some(polarity) => format!("{} ({polarity})", label.value),
        None => label.value.clone(),
    }
}

/// The line that cites a passage, or why it cannot be cited.
pub(crate) fn cited(record: &IndexRecord) -> String {
    match Citation::of_passage(record) {
        Ok(citation) => citation.line(),
        Err(error) => format!("this passage cannot be cited: {error}"),
    }
}

/// A passage as one line of JSON.
pub fn export_json(explanation: &Explanation<'_>) -> String {
    to_json(&ExportShape {
        format_version: FORMAT_VERSION,
        document: DocumentShape::from(&*explanation.record.document),
        passage: PassageShape::from(explanation.record),
        annotations: explanation.shapes(),
    })
}
