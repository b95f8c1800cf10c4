//! What was removed from a library, as text and as JSON.

use model::DocumentId;
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::counted;
use crate::status::write_columns;
use crate::style::Style;

/// A capture, or a record of a data set, that was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Its id.
    pub id: DocumentId,
    /// The name of its file, with its place in it.
    pub file_name: String,
    /// The data set it stood in, where only a record was removed.
    pub part_of: Option<DocumentId>,
    /// How many documents left the index with it.
    pub documents: usize,
}

/// Everything that a removal changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemoveReport {
    /// What was removed.
    pub removed: Vec<Removed>,
    /// The digests that answer again because their originals are gone, with their file names.
    pub returned: Vec<(DocumentId, String)>,
}

#[derive(Serialize)]
struct RemoveShape<'a> {
    format_version: u32,
    removed: Vec<RemovedShape<'a>>,
    returned: Vec<ReturnedShape<'a>>,
}

#[derive(Serialize)]
struct RemovedShape<'a> {
    id: &'a str,
    file_name: &'a str,
    part_of: Option<&'a str>,
    documents: usize,
}

#[derive(Serialize)]
struct ReturnedShape<'a> {
    id: &'a str,
    file_name: &'a str,
}

/// The report as text: on a terminal a sentence each; in a pipe a `removed` line for each capture or
/// record, a `returned` line for each digest that answers again.
pub fn remove_text(report: &RemoveReport, style: Style) -> String {
    let mut out = String::new();
    for Removed { id, file_name, part_of, documents } in &report.removed {
        if style.width.is_none() {
            let of = part_of.as_ref().map_or("-", |capture| capture.as_str());
            let columns = ["removed", id.as_str(), of, &documents.to_string(), file_name];
            write_columns(&mut out, style, &columns.map(str::to_owned));
            continue;
        }
        let held = counted(*documents as u64, "document", "documents");
        let line = Line::new(style).plain("removed ").add(Look::Id, id.as_str());
        line.plain(&format!("  {file_name} ({held})")).write(&mut out, 0, 2);
    }
    for (id, file_name) in &report.returned {
        if style.width.is_none() {
            let columns = ["returned", id.as_str(), file_name];
            write_columns(&mut out, style, &columns.map(str::to_owned));
            continue;
        }
        let said = format!("  {file_name}: a digest, answers again without its original");
        let line = Line::new(style).plain("returned ").add(Look::Id, id.as_str());
        line.plain(&said).write(&mut out, 0, 2);
    }
    out
}

/// The report as JSON.
pub fn remove_json(report: &RemoveReport) -> String {
    let removed = report.removed.iter().map(|removed| RemovedShape {
        id: removed.id.as_str(),
        file_name: &removed.file_name,
        part_of: removed.part_of.as_ref().map(DocumentId::as_str),
        documents: removed.documents,
    });
    let returned =
        report.returned.iter().map(|(id, name)| ReturnedShape { id: id.as_str(), file_name: name });
    to_json(&RemoveShape {
        format_version: FORMAT_VERSION,
        removed: removed.collect(),
        returned: returned.collect(),
    })
}
