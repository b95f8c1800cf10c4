//! What an examination of a library found, as text and as JSON: each problem with how to mend it.

use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted};
use crate::status::write_columns;
use crate::style::Style;

/// Something in a library that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What kind of problem: a word, the same for all of its kind.
    pub kind: &'static str,
    /// What is wrong, with the name of the thing.
    pub what: String,
    /// How to mend it.
    pub mend: String,
}

/// What an examination looked at and found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examination {
    /// How many captures were verified by their hashes.
    pub captures: usize,
    /// How many documents were read again and compared with the index; 0 where that was left out.
    pub documents: usize,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

#[derive(Serialize)]
struct ExaminationShape<'a> {
    format_version: u32,
    healthy: bool,
    captures: usize,
    documents: usize,
    problems: &'a [Problem],
}

/// The examination as text: on a terminal what was looked at and a paragraph for each problem; in a
/// pipe a `problem` line for each.
pub fn doctor_text(examination: &Examination, style: Style) -> String {
    let mut out = String::new();
    for Problem { kind, what, mend } in &examination.problems {
        if style.width.is_none() {
            let columns = ["problem", kind, what, mend].map(str::to_owned);
            write_columns(&mut out, style, &columns);
            continue;
        }
        Line::new(style).add(Look::Warning, what).write(&mut out, 0, 2);
        Line::new(style).add(Look::Faint, "to mend it: ").plain(mend).write(&mut out, 2, 4);
    }
    if style.width.is_some() {
        let parts = [
            match examination.problems.len() as u64 {
                0 => "healthy".to_owned(),
                problems => counted(problems, "problem", "problems"),
            },
            format!("{} verified", counted(examination.captures as u64, "capture", "captures")),
            format!(
                "{} read again",
                counted(examination.documents as u64, "document", "documents")
            ),
        ];
        Line::new(style).plain(&parts.join(DOT)).write(&mut out, 0, 2);
    }
    out
}

/// The examination as JSON.
pub fn doctor_json(examination: &Examination) -> String {
    let Examination { captures, documents, problems } = examination;
    to_json(&ExaminationShape {
        format_version: FORMAT_VERSION,
        healthy: problems.is_empty(),
        captures: *captures,
        documents: *documents,
        problems,
    })
}
