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
use ingestion::captures::{self, Capture};
use ingestion::corpus::CaptureRecord;
use ingestion::settled::Repetition;
use ingestion::unpack::{self, Mapping, Parts};
use model::{Circle, ContentHash, DocumentId, DocumentRecord, Verdict};
use rayon::prelude::*;

use super::Ingest;
use super::batches::BATCH_RECORDS;
use super::removal::capture_of;
use crate::contents::{Prepared, prepared, read_document};
use crate::output::Output;

/// A document whose verdict changed: its record as the index has it, and the verdict it gets.
struct Changed {
    record: DocumentRecord,
    verdict: Verdict,
}

/// Changed documents of one capture, by the hash of the file or record in it that they were read
/// from; several where that is a report with chapters.
type ByFile = HashMap<ContentHash, Vec<Changed>>;

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
        let mut captures: BTreeMap<DocumentId, ByFile> = BTreeMap::new();
        for document in changed.into_values() {
            let files = captures.entry(capture_of(&document.record)).or_default();
            files.entry(document.record.metadata.sha256).or_default().push(document);
        }
        for (capture, documents) in captures {
            if let Err(problem) = self.prepare_again(&capture, documents) {
                output.warning(&format!("{capture} stays as it was indexed: {problem}"));
            }
        }
        let coverage = self.coverage()?;
        self.committed = None;
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
            Circle::Work(_) => {
                let documents = index.documents_in(circle)?.collect::<Result<Vec<_>, _>>()?;
                let captures: Vec<Capture> = documents.iter().filter_map(Capture::of).collect();
                let mut verdicts = captures::verdicts(&captures);
                for document in documents {
                    let captures = verdicts.remove(&document.id).flatten();
                    note(changed, document, |verdict| verdict.captures = captures);
                }
            }
        }
        Ok(())
    }

    /// Reads documents of a capture again and puts them into the index under their new verdicts.
    fn prepare_again(&self, capture: &DocumentId, mut documents: ByFile) -> Result<(), String> {
        let record = self.records.get(capture).ok_or("its capture is not recorded any more")?;
        let source = self.corpus.load(record).map_err(|error| error.to_string())?;
        let mapping = mapping_of(record)?;
        match unpack::open(&source, mapping.as_ref()).map_err(|error| error.to_string())? {
            Parts::One(inner) => {
                let found = documents.remove(&inner.sha256()).map(|found| (*inner, found));
                self.put_again(found.into_iter().collect())?;
            }
            Parts::Many(many) => {
                let mut batch = Vec::new();
                for part in many.flatten() {
                    let found = take_of(&part, &mut documents);
                    batch.extend(found.map(|found| (part, found)));
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
        match documents.into_values().flatten().next() {
            Some(lost) => Err(lost_in_it(&lost.record)),
            None => Ok(()),
        }
    }

    /// Reads files again and puts what changed of each into the index, and nothing else of it.
    fn put_again(&self, files: Vec<(SourceFile, Vec<Changed>)>) -> Result<(), String> {
        let prepare = |(source, changed): (SourceFile, Vec<Changed>)| {
            let read = read_document(&source, &self.rules)?;
            let prepare = |changed: Changed| -> Result<Prepared, String> {
                let found = read.each().find(|read| *read.document.id() == changed.record.id);
                let found = found.ok_or_else(|| lost_in_it(&changed.record))?;
                let mut ready = prepared(found, &changed.verdict, &self.rules);
                // What was folded into it when it came in.
                ready.document.folded = changed.record.folded;
                Ok(ready)
            };
            changed.into_iter().map(prepare).collect()
        };
        let prepared: Vec<Result<Vec<Prepared>, String>> =
            files.into_par_iter().map(prepare).collect();
        for ready in prepared {
            for ready in ready? {
                self.put_one(&ready).map_err(|error| error.to_string())?;
            }
        }
        Ok(())
    }
}

/// Takes out what changed of the documents that stand in a file of an archive or are a record of a
/// data set. The same bytes may stand there twice, so their place counts too.
fn take_of(part: &SourceFile, documents: &mut ByFile) -> Option<Vec<Changed>> {
    let place = part.part_of.as_ref().map_or("", |part| part.place.as_str());
    let changed = documents.get_mut(&part.sha256())?;
    let stands_there = |changed: &mut Changed| {
        let part_of = changed.record.metadata.part_of.as_ref();
        let rest = part_of.and_then(|part_of| part_of.place.strip_prefix(place));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(", "))
    };
    let found: Vec<Changed> = changed.extract_if(.., stands_there).collect();
    if changed.is_empty() {
        documents.remove(&part.sha256());
    }
    (!found.is_empty()).then_some(found)
}

fn lost_in_it(record: &DocumentRecord) -> String {
    format!("{} is not found in it any more", record.metadata.file_name)
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

fn mapping_of(record: &CaptureRecord) -> Result<Option<Mapping>, String> {
    let mapping = record.mapping.as_ref().map(|written| written.parse::<Mapping>());
    mapping.transpose().map_err(|error| error.to_string())
}
