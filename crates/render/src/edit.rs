//! What was corrected of documents, as text and as JSON: every value that changed, before and after,
//! those included that follow from the one that was set.

use model::DocumentRecord;
use serde::Serialize;

use crate::facts::facts;
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::status::write_columns;
use crate::style::Style;

/// What became of one document that was to be corrected.
#[derive(Clone, Debug, PartialEq)]
pub struct EditReport {
    /// The document as it was known before.
    pub before: DocumentRecord,
    /// As it is known now; `None` where it now reads the same as another of its data set, and is
    /// folded into that.
    pub after: Option<DocumentRecord>,
    /// Fields of which there was nothing to change, each with why.
    pub unchanged: Vec<(&'static str, String)>,
}

/// A value that changed.
#[derive(Serialize)]
struct ChangeShape {
    field: &'static str,
    before: String,
    after: String,
}

#[derive(Serialize)]
struct UnchangedShape<'a> {
    field: &'a str,
    reason: &'a str,
}

#[derive(Serialize)]
struct EditedShape<'a> {
    id: &'a str,
    file_name: &'a str,
    changes: Vec<ChangeShape>,
    unchanged: Vec<UnchangedShape<'a>>,
    folded: bool,
}

#[derive(Serialize)]
struct EditShape<'a> {
    format_version: u32,
    documents: Vec<EditedShape<'a>>,
}

fn changes(report: &EditReport) -> Vec<ChangeShape> {
    let Some(after) = &report.after else { return Vec::new() };
    let pairs = facts(&report.before.metadata).into_iter().zip(facts(&after.metadata));
    let changed = pairs.filter(|(before, after)| before.value != after.value);
    let shape = |(before, after): (crate::facts::Fact<'_>, crate::facts::Fact<'_>)| ChangeShape {
        field: before.field,
        before: before.shown(),
        after: after.shown(),
    };
    changed.map(shape).collect()
}

/// The reports as text. On a terminal a paragraph for each document; in a pipe an `edited` line for
/// each value that changed, an `unchanged` line for each field that did not, and a `folded` line for
/// a document that is one with another now.
pub fn edit_text(reports: &[EditReport], style: Style) -> String {
    let mut out = String::new();
    for report in reports {
        let (id, file) = (report.before.id.as_str(), &report.before.metadata.file_name);
        let columns = |kind: &str, rest: &[&str]| -> Vec<String> {
            [kind, id].iter().chain(rest).chain([&file.as_str()]).map(|c| (*c).to_owned()).collect()
        };
        let terminal = style.width.is_some();
        if terminal {
            let line = Line::new(style).add(Look::Id, id).plain("  ");
            line.add(Look::Strong, file).write(&mut out, 0, 2);
        }
        for ChangeShape { field, before, after } in changes(report) {
            if terminal {
                let line = Line::new(style).add(Look::Faint, field).plain(": ");
                line.plain(&format!("{before} → {after}")).write(&mut out, 2, 4);
            } else {
                write_columns(&mut out, style, &columns("edited", &[field, &before, &after]));
            }
        }
        for (field, reason) in &report.unchanged {
            if terminal {
                Line::new(style).plain(&format!("{field} {reason}")).write(&mut out, 2, 4);
            } else {
                write_columns(&mut out, style, &columns("unchanged", &[field, reason]));
            }
        }
        if report.after.is_none() {
            let said =
                "reads the same as another document of its data set now, and is folded into it";
            if terminal {
                Line::new(style).add(Look::Warning, said).write(&mut out, 2, 4);
            } else {
                write_columns(&mut out, style, &columns("folded", &[said]));
            }
        }
    }
    out
}

/// The reports as JSON.
pub fn edit_json(reports: &[EditReport]) -> String {
    let documents = reports.iter().map(|report| EditedShape {
        id: report.before.id.as_str(),
        file_name: &report.before.metadata.file_name,
        changes: changes(report),
        unchanged: report
            .unchanged
            .iter()
            .map(|(field, reason)| UnchangedShape { field, reason })
            .collect(),
        folded: report.after.is_none(),
    });
    to_json(&EditShape { format_version: FORMAT_VERSION, documents: documents.collect() })
}
