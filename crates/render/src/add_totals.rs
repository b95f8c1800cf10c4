//! What became of many files in few words: counts, the documents of a large capture that are not each
//! shown, and the lines of the log that names everything that did not come in.

use model::{DocumentRecord, NEEDS_OCR};
use serde::Serialize;

use crate::add::{AddOutcome, AddReport};
use crate::json::to_json;
use crate::line::{Line, Look};
use crate::phrases::{counted, grouped};
use crate::status::write_columns;
use crate::style::Style;

/// Counts over what became of files, or of the records of data sets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct AddTotals {
    /// Documents added.
    pub added: u64,
    /// Documents that would be added.
    pub would_add: u64,
    /// Documents of which something else is stated now.
    pub updated: u64,
    /// Files that were held already.
    pub held: u64,
    /// Digests whose originals are held.
    pub retired: u64,
    /// What is nothing that can be read as a report, or reads the same as something else.
    pub skipped: u64,
    /// What could not be added.
    pub failed: u64,
    /// Of the documents added, updated or to be added: those without a passage, and not of images.
    pub empty: u64,
    /// Of the same: those that are images of pages, without a passage.
    pub needs_ocr: u64,
    /// Their passages.
    pub passages: u64,
    /// Their blocks set aside.
    pub set_aside: u64,
    /// The first that is empty, needs OCR, was skipped, failed; with the reason.
    #[serde(skip)]
    pub examples: [Option<(String, String)>; 4],
}

/// The documents of one capture that are not each shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddMore {
    /// The name of the captured file.
    pub file: String,
    /// How many documents.
    pub documents: u64,
    /// Their passages.
    pub passages: u64,
    /// How many more records were skipped or failed.
    pub exceptions: u64,
}

#[derive(Serialize)]
struct LogShape<'a> {
    file: &'a str,
    outcome: &'static str,
    document: Option<&'a str>,
    reason: &'a str,
}

const EMPTY: usize = 0;
const IMAGES: usize = 1;
const SKIPPED: usize = 2;
const FAILED: usize = 3;

impl AddTotals {
    /// Counts one report.
    pub fn count(&mut self, report: &AddReport) {
        let counter = match &report.outcome {
            AddOutcome::Added { .. } => &mut self.added,
            AddOutcome::WouldAdd { .. } => &mut self.would_add,
            AddOutcome::Updated { .. } => &mut self.updated,
            AddOutcome::Held { .. } | AddOutcome::HeldSet => &mut self.held,
            AddOutcome::Retired { .. } => &mut self.retired,
            AddOutcome::Skipped { .. } => &mut self.skipped,
            AddOutcome::Failed { .. } => &mut self.failed,
        };
        *counter += 1;
        let kind = match &report.outcome {
            AddOutcome::Skipped { .. } => Some(SKIPPED),
            AddOutcome::Failed { .. } => Some(FAILED),
            outcome => came_in(outcome).and_then(|document| {
                self.passages += u64::from(document.passages);
                self.set_aside += u64::from(document.set_aside);
                let images = needs_ocr(document).is_some();
                (document.passages == 0).then_some(if images { IMAGES } else { EMPTY })
            }),
        };
        self.empty += u64::from(kind == Some(EMPTY));
        self.needs_ocr += u64::from(kind == Some(IMAGES));
        if let Some(example) = kind.and_then(|kind| self.examples.get_mut(kind)) {
            let without = || came_in(&report.outcome).map_or("", without_passage);
            let reason = || report.outcome.reason().unwrap_or_else(without).to_owned();
            example.get_or_insert_with(|| (report.file.clone(), reason()));
        }
    }

    /// How many reports were counted.
    pub fn reports(&self) -> u64 {
        let came = self.added + self.would_add + self.updated;
        came + self.held + self.retired + self.skipped + self.failed
    }
}

fn came_in(outcome: &AddOutcome) -> Option<&DocumentRecord> {
    match outcome {
        AddOutcome::Added { document, .. }
        | AddOutcome::WouldAdd { document, .. }
        | AddOutcome::Updated { document } => Some(document),
        _ => None,
    }
}

/// What a document says that needs OCR.
fn needs_ocr(document: &DocumentRecord) -> Option<&str> {
    document.warnings.iter().map(String::as_str).find(|warning| warning.contains(NEEDS_OCR))
}

/// Why a document has no passage.
fn without_passage(document: &DocumentRecord) -> &str {
    needs_ocr(document).unwrap_or("holds no passage")
}

/// What became of everything: a sentence on the whole, and one on each kind of thing that did not come
/// in as it should, with its first case. `log` is the file that names them all.
pub fn add_summary(totals: &AddTotals, log: Option<&str>) -> Vec<String> {
    let mut pieces = Vec::new();
    for (count, what) in [
        (totals.added, "added"),
        (totals.would_add, "would be added"),
        (totals.updated, "updated"),
        (totals.held, "held already"),
        (totals.retired, "retired"),
        (totals.skipped, "skipped"),
        (totals.failed, "failed"),
    ] {
        if count > 0 {
            pieces.push(format!("{} {what}", grouped(count)));
        }
    }
    let mut lines = vec![format!(
        "{}; {}, {} set aside",
        pieces.join(", "),
        counted(totals.passages, "passage", "passages"),
        counted(totals.set_aside, "block", "blocks"),
    )];
    let counts = [totals.empty, totals.needs_ocr, totals.skipped, totals.failed];
    for (name, count, example) in ["empty", NEEDS_OCR, "skipped", "failed"]
        .into_iter()
        .zip(counts)
        .zip(&totals.examples)
        .filter_map(|((name, count), example)| Some((name, count, example.as_ref()?)))
    {
        let (file, reason) = example;
        let first = if count == 1 { "" } else { "the first is " };
        lines.push(format!("{name}: {}: {first}{file}: {reason}", grouped(count)));
    }
    if lines.len() > 1
        && let Some(log) = log
    {
        lines.push(format!("each of them is named in {log}"));
    }
    lines
}

/// A line of the log for what was skipped, failed or is empty, as JSON; `None` for anything else.
pub fn add_log_line(report: &AddReport) -> Option<String> {
    let empty = came_in(&report.outcome).filter(|document| document.passages == 0);
    let (outcome, reason) = match &report.outcome {
        AddOutcome::Skipped { reason } | AddOutcome::Failed { reason } => {
            (report.outcome.name(), reason.as_str())
        }
        _ => match empty {
            Some(document) if needs_ocr(document).is_some() => {
                ("needs-ocr", without_passage(document))
            }
            Some(document) => ("empty", without_passage(document)),
            None => return None,
        },
    };
    let document = report.outcome.document().map(|document| document.id.as_str());
    Some(to_json(&LogShape { file: &report.file, outcome, document, reason }))
}

/// The line on the documents of a capture that are not each shown.
pub fn add_more_text(more: &AddMore, style: Style) -> String {
    let mut out = String::new();
    let AddMore { file, documents, passages, exceptions } = more;
    if style.width.is_none() {
        let numbers = [documents, passages, exceptions].map(u64::to_string);
        let [documents, passages, exceptions] = numbers;
        let columns = ["more".to_owned(), file.clone(), documents, passages, exceptions];
        write_columns(&mut out, style, &columns);
        return out;
    }
    let skipped = match exceptions {
        0 => String::new(),
        count => format!("; {} more not read", grouped(*count)),
    };
    let documents = counted(*documents, "more document", "more documents");
    let passages = counted(*passages, "passage", "passages");
    Line::new(style)
        .add(Look::Strong, &format!("{:<11}", "more"))
        .plain(&format!("{documents} of {file}, {passages}{skipped} (--verbose shows each)"))
        .write(&mut out, 0, 11);
    out
}
