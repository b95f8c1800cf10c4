//! What became of each file that was to be added, as text and as JSON. Text is made a file at a
//! time, so that it can be shown as the work goes on.

use citation::digest_line;
use model::{DocumentId, DocumentRecord, DocumentSummary};
use serde::Serialize;

use crate::add_totals::AddTotals;
use crate::facts::write_facts;
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{DOT, counted, recognised};
use crate::status::{write_columns, write_detail_rows, write_document_row, write_warnings};
use crate::status_json::RecordShape;
use crate::style::{Detail, Style};

/// What became of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct AddReport {
    /// The file as it was named by the caller; `-` for standard input.
    pub file: String,
    /// What became of it.
    pub outcome: AddOutcome,
}

/// What became of a file that was to be added.
#[derive(Clone, Debug, PartialEq)]
pub enum AddOutcome {
    /// It is in the library now.
    Added {
        /// What it was recognised as, and what became of its text.
        document: Box<DocumentRecord>,
        /// The digests that it took the place of.
        retired: Vec<DocumentId>,
    },
    /// It would be added: this was a dry run.
    WouldAdd {
        /// What it was recognised as.
        document: Box<DocumentRecord>,
        /// The digests whose place it would take.
        retired: Vec<DocumentId>,
    },
    /// The library held these very bytes; what is stated of them has changed.
    Updated {
        /// The document as it is known now.
        document: Box<DocumentRecord>,
    },
    /// The library already held these very bytes.
    Held {
        /// The document held.
        document: Box<DocumentRecord>,
    },
    /// It is a digest, and the library holds its original, which answers in its place.
    Retired {
        /// The digest.
        document: Box<DocumentRecord>,
    },
    /// The library already held these very bytes, which hold several documents.
    HeldSet,
    /// It is nothing that can be read as a report; nothing was changed.
    Skipped {
        /// Why, and what to do next.
        reason: String,
    },
    /// It should have been added and could not be.
    Failed {
        /// Why, and what to do next.
        reason: String,
    },
}

#[derive(Serialize)]
struct FileShape<'a> {
    file: &'a str,
    outcome: &'static str,
    document: Option<RecordShape<'a>>,
    retired: Vec<&'a str>,
    reason: Option<&'a str>,
}

/// How far the lines under a report are indented.
const INDENT: usize = 11;

impl AddOutcome {
    /// The word for it in output.
    pub fn name(&self) -> &'static str {
        match self {
            AddOutcome::Added { .. } => "added",
            AddOutcome::WouldAdd { .. } => "would-add",
            AddOutcome::Updated { .. } => "updated",
            AddOutcome::Held { .. } | AddOutcome::HeldSet => "held",
            AddOutcome::Retired { .. } => "retired",
            AddOutcome::Skipped { .. } => "skipped",
            AddOutcome::Failed { .. } => "failed",
        }
    }

    /// The document that the file is, where it is one.
    pub fn document(&self) -> Option<&DocumentRecord> {
        match self {
            AddOutcome::Added { document, .. }
            | AddOutcome::WouldAdd { document, .. }
            | AddOutcome::Updated { document }
            | AddOutcome::Retired { document }
            | AddOutcome::Held { document } => Some(document),
            AddOutcome::HeldSet | AddOutcome::Skipped { .. } | AddOutcome::Failed { .. } => None,
        }
    }

    /// The digests whose place it takes.
    pub fn retired(&self) -> &[DocumentId] {
        match self {
            AddOutcome::Added { retired, .. } | AddOutcome::WouldAdd { retired, .. } => retired,
            _ => &[],
        }
    }

    /// Why there is no document to show, where there is none.
    pub fn reason(&self) -> Option<&str> {
        match self {
            AddOutcome::Skipped { reason } | AddOutcome::Failed { reason } => Some(reason),
            AddOutcome::HeldSet => Some("a data set or archive that the library holds"),
            _ => None,
        }
    }
}

/// One file's report as text: a line that says what became of it and what it was recognised as,
/// warnings beneath, and in full each finding with its evidence.
pub fn add_text(report: &AddReport, style: Style, detail: Detail) -> String {
    let mut out = String::new();
    match report.outcome.document() {
        Some(document) if style.width.is_none() => {
            let kind = report.outcome.name();
            write_document_row(&mut out, style, kind, document, &report.file);
            for digest in report.outcome.retired() {
                let columns = ["retired".to_owned(), document.id.to_string(), digest.to_string()];
                write_columns(&mut out, style, &columns);
            }
            write_detail_rows(&mut out, style, document, detail);
        }
        Some(document) => write_document(&mut out, style, report, document, detail),
        None => write_reason(&mut out, style, report),
    }
    out
}

/// The reports on all files as one JSON document, written a file at a time: there may be a million.
#[derive(Debug, Default)]
pub struct AddJson {
    totals: AddTotals,
    begun: bool,
}

impl AddJson {
    /// What there is to write for the next file, its document in full.
    pub fn file(&mut self, report: &AddReport) -> String {
        self.totals.count(report);
        let document = report.outcome.document();
        let summary: Option<DocumentSummary> =
            document.map(|record| record.metadata.summary(&record.id));
        let shape = FileShape {
            file: &report.file,
            outcome: report.outcome.name(),
            document: document.zip(summary.as_ref()).map(|(r, s)| RecordShape::new(r, s)),
            retired: report.outcome.retired().iter().map(DocumentId::as_str).collect(),
            reason: report.outcome.reason(),
        };
        format!("{}{}", self.opening(","), to_json(&shape).trim_end())
    }

    /// What there is to write after the last file. `log` is the file that lists what did not come in.
    pub fn end(mut self, log: Option<&str>) -> String {
        let opening = self.opening("");
        let (totals, log) = (to_json(&self.totals), to_json(&log));
        format!("{opening}],\"totals\":{},\"log\":{}}}\n", totals.trim_end(), log.trim_end())
    }

    fn opening(&mut self, later: &str) -> String {
        match std::mem::replace(&mut self.begun, true) {
            false => format!("{{\"format_version\":{FORMAT_VERSION},\"files\":["),
            true => later.to_owned(),
        }
    }
}

/// The reports on all files as JSON, every document in full.
pub fn add_json(reports: &[AddReport]) -> String {
    let mut json = AddJson::default();
    let mut out: String = reports.iter().map(|report| json.file(report)).collect();
    out.push_str(&json.end(None));
    out
}

fn write_document(
    out: &mut String,
    style: Style,
    report: &AddReport,
    document: &DocumentRecord,
    detail: Detail,
) {
    let passages = counted(u64::from(document.passages), "passage", "passages");
    let set_aside = counted(u64::from(document.set_aside), "block", "blocks");
    let is = recognised(&document.metadata.summary(&document.id));
    Line::new(style)
        .add(Look::Strong, &format!("{:<11}", report.outcome.name()))
        .add(Look::Id, document.id.as_str())
        .plain(&format!("  {is}{DOT}{passages}, {set_aside} set aside"))
        .add(Look::Faint, &format!("  ({})", report.file))
        .write(out, 0, INDENT);
    if let Some(original) = &document.metadata.digest_of {
        Line::new(style).add(Look::Warning, &digest_line(original)).write(out, INDENT, INDENT + 2);
    }
    for digest in report.outcome.retired() {
        let retires = format!("takes the place of the digest {digest}");
        Line::new(style).plain(&retires).write(out, INDENT, INDENT + 2);
    }
    write_warnings(out, style, document, INDENT);
    if detail == Detail::Full {
        write_facts(out, style, &document.metadata, INDENT);
    }
}

fn write_reason(out: &mut String, style: Style, report: &AddReport) {
    let (name, reason) = (report.outcome.name(), report.outcome.reason().unwrap_or("-"));
    if style.width.is_none() {
        return write_columns(
            out,
            style,
            &[name.to_owned(), report.file.clone(), reason.to_owned()],
        );
    }
    Line::new(style)
        .add(Look::Warning, &format!("{name:<11}"))
        .plain(&format!("{}: {reason}", report.file))
        .write(out, 0, INDENT);
}
