//! What only the rest of the library can tell of a document, settled once documents have come in.
//! The outcome does not depend on the order in which they came: a circle of documents is judged as
//! it stands in the index now, from what never depends on an earlier verdict.
//!
//! The rules are in `ingestion::settled`; here are the lookups and the commits. The writer notes in
//! each commit which circles are unsettled, until a commit made here says that none is: so what a
//! crash leaves unsettled is settled by whoever writes next. Only the circles touched are read, and
//! only the documents whose verdict changed are prepared again.

use std::collections::{BTreeMap, HashMap};

use indexing::{Counts, Index};
use ingestion::SourceFile;
use ingestion::corpus::CaptureRecord;
use ingestion::settled::Repetition;
use ingestion::unpack::{self, Mapping, Parts};
use model::{Circle, ContentHash, DocumentId, DocumentRecord, Verdict};
use rayon::prelude::*;

use super::Ingest;
use super::batches::BATCH_RECORDS;
use crate::contents::{Prepared, prepared, read_document};
use crate::output::Output;

/// A document whose verdict changed: its record as the index has it, and the verdict it gets.
struct Changed {
    record: DocumentRecord,
    verdict: Verdict,
}

/// Changed documents of one capture, by their place in it; the empty place where the capture is the
/// document.
type ByPlace = HashMap<String, Changed>;

impl Ingest {
    /// Settles every circle in which documents came, went or changed, and commits. Call it after a
    /// commit. Returns what the index holds then.
    pub fn settle(&mut self, output: &Output) -> anyhow::Result<Counts> {
        let circles = self.writer.unsettled();
        let held = self.writer.last_commit().map(|commit| commit.counts).unwrap_or_default();
        if circles.is_empty() {
            return Ok(held);
        }
        let index = Index::open(&self.folder)?;
        let mut changed: BTreeMap<DocumentId, Changed> = BTreeMap::new();
        for circle in &circles {
            Self::judge(&index, circle, &mut changed)?;
        }
        let mut captures: BTreeMap<DocumentId, ByPlace> = BTreeMap::new();
        for document in changed.into_values() {
            let (capture, place) = place_of(&document.record);
            captures.entry(capture.document_id()).or_default().insert(place, document);
        }
        for (capture, documents) in captures {
            if let Err(problem) = self.prepare_again(&capture, documents) {
                output.warning(&format!("{capture} stays as it was indexed: {problem}"));
            }
        }
        let coverage = self.coverage()?;
        Ok(self.writer.commit_settled(&coverage)?.counts)
    }

    /// Notes the documents of a circle whose verdict is another than the index has. A document that
    /// is in several circles gets from each the part of its verdict that the circle decides.
    fn judge(
        index: &Index,
        circle: &Circle,
        changed: &mut BTreeMap<DocumentId, Changed>,
    ) -> anyhow::Result<()> {
        match circle {
            Circle::Publisher(_) => {
                let mut repetition = Repetition::default();
                for document in index.documents_in(circle)? {
                    repetition.take(&document?);
                }
                let runs = repetition.runs();
                for document in index.documents_in(circle)? {
                    let document = document?;
                    let set_aside = runs.set_aside(&document.settled.marks);
                    note(changed, document, |verdict| verdict.set_aside = set_aside);
                }
            }
        }
        Ok(())
    }

    /// Reads documents of a capture again and puts them into the index under their new verdicts.
    fn prepare_again(&self, capture: &DocumentId, mut documents: ByPlace) -> Result<(), String> {
        let record = self.records.get(capture).ok_or("its capture is not recorded any more")?;
        let source = self.corpus.load(record).map_err(|error| error.to_string())?;
        let mapping = mapping_of(record)?;
        match unpack::open(&source, mapping.as_ref()).map_err(|error| error.to_string())? {
            Parts::One(inner) => {
                let found = documents.drain().map(|(_, changed)| ((*inner).clone(), changed));
                self.put_again(found.collect())?;
            }
            Parts::Many(many) => {
                let mut batch = Vec::new();
                for part in many.flatten() {
                    let place = part.part_of.as_ref().map(|part| part.place.clone());
                    let found = documents.remove(&place.unwrap_or_default());
                    batch.extend(found.map(|changed| (part, changed)));
                    if documents.is_empty() {
                        break;
                    }
                    if batch.len() == BATCH_RECORDS {
                        self.put_again(std::mem::take(&mut batch))?;
                    }
                }
                self.put_again(batch)?;
            }
        }
        match documents.into_keys().next() {
            Some(place) => Err(format!("{place} is not found in it any more")),
            None => Ok(()),
        }
    }

    fn put_again(&self, documents: Vec<(SourceFile, Changed)>) -> Result<(), String> {
        let prepare = |(source, changed): (SourceFile, Changed)| -> Result<Prepared, String> {
            let read = read_document(&source, &self.rules)?;
            let mut ready = prepared(&read, &changed.verdict, &self.rules);
            // What was folded into it when it came in.
            ready.document.folded = changed.record.folded;
            Ok(ready)
        };
        let prepared: Vec<_> = documents.into_par_iter().map(prepare).collect();
        for ready in prepared {
            self.put(&ready?).map_err(|error| error.to_string())?;
        }
        Ok(())
    }
}

/// Sets a part of a document's verdict, and notes the document if that part was another.
fn note(
    changed: &mut BTreeMap<DocumentId, Changed>,
    record: DocumentRecord,
    set: impl FnOnce(&mut Verdict),
) {
    let noted = changed.get(&record.id).map(|changed| &changed.verdict);
    let mut verdict = noted.unwrap_or(&record.settled.verdict).clone();
    set(&mut verdict);
    if verdict == record.settled.verdict {
        changed.remove(&record.id);
    } else {
        changed.insert(record.id.clone(), Changed { record, verdict });
    }
}

/// The capture a document was read from, and its place there.
fn place_of(record: &DocumentRecord) -> (ContentHash, String) {
    match &record.metadata.part_of {
        Some(part) => (part.sha256, part.place.clone()),
        None => (record.metadata.sha256, String::new()),
    }
}

fn mapping_of(record: &CaptureRecord) -> Result<Option<Mapping>, String> {
    let mapping = record.mapping.as_ref().map(|written| written.parse::<Mapping>());
    mapping.transpose().map_err(|error| error.to_string())
}
