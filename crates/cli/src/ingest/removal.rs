//! Captures and single records on their way out of a library. The order makes every kill safe: what
//! is removed is recorded first, then leaves the index with a commit, and only then are its bytes
//! deleted; whoever writes next finishes what was interrupted.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use anyhow::anyhow;
use indexing::Index;
use ingestion::corpus::{CaptureRecord, Removal};
use model::{DocumentId, DocumentRecord};
use render::{RemoveReport, Removed};

use super::{Ingest, today};
use crate::choice::Chosen;
use crate::contents::prepare;
use crate::output::Output;

/// What is to be removed: whole captures, and records of data sets by the capture they stand in.
#[derive(Default)]
struct Leaving {
    captures: Vec<CaptureRecord>,
    records: BTreeMap<DocumentId, BTreeSet<DocumentId>>,
    report: RemoveReport,
}

impl Ingest {
    /// Takes what was chosen out of the library.
    pub fn remove(&mut self, chosen: Vec<Chosen>, output: &Output) -> anyhow::Result<RemoveReport> {
        let index = Index::open(&self.folder)?;
        let documents = index.documents()?;
        let mut leaving = Leaving::default();
        for chosen in chosen {
            self.choose_leaving(chosen, &documents, &mut leaving)?;
        }
        let Leaving { captures, records, mut report } = leaving;
        let mut lines = Vec::new();
        for (capture, ids) in &records {
            if let Some(held) = self.records.get(capture) {
                let mut without = held.without.clone().unwrap_or_default();
                without.extend(ids.iter().cloned());
                lines.push(CaptureRecord { without: Some(without), ..held.clone() });
            }
        }
        let removals: Vec<Removal> =
            captures.iter().map(|record| Removal::of(record, today())).collect();
        self.corpus.append(&lines, &self.lock)?;
        self.corpus.append_removals(&removals, &self.lock)?;
        for line in lines {
            self.records.take(line);
        }
        for id in records.into_values().flatten() {
            self.writer.remove(&id)?;
        }
        removals.iter().for_each(|removal| self.records.remove(&removal.removed));
        let returning = self.leave(&removals, &documents)?;
        self.index_captures(&returning, output)?;
        report.returned = returning.into_iter().map(|digest| (digest.id, digest.name)).collect();
        self.commit()?;
        self.settle(output)?;
        self.discard_removed(&removals)?;
        Ok(report)
    }

    /// Notes what has to leave for one choice, and reports on it. A chapter leaves alone, and what it
    /// was cut out of with all its chapters.
    fn choose_leaving(
        &self,
        chosen: Chosen,
        documents: &[DocumentRecord],
        leaving: &mut Leaving,
    ) -> anyhow::Result<()> {
        let capture = match &chosen {
            Chosen::Capture(record) => record.id.clone(),
            Chosen::Document(document) => capture_of(document),
        };
        let held = self.records.get(&capture).cloned();
        let held = held.ok_or_else(|| anyhow!("{capture} is in no record; run `forb doctor`"))?;
        let inside = documents.iter().filter(|document| capture_of(document) == capture).count();
        if let Chosen::Document(document) = &chosen {
            let leaves = 1 + chapters_held(document, documents);
            if held.mapping.is_some() || inside > leaves {
                let ids = self.one_document(&held, document)?;
                leaving.report.removed.push(Removed {
                    id: document.id.clone(),
                    file_name: document.metadata.file_name.clone(),
                    part_of: Some(capture.clone()),
                    documents: leaves,
                });
                leaving.records.entry(capture).or_default().extend(ids);
                return Ok(());
            }
        }
        if leaving.captures.iter().all(|known| known.id != held.id) {
            leaving.report.removed.push(Removed {
                id: held.id.clone(),
                file_name: held.name.clone(),
                part_of: None,
                documents: inside,
            });
            leaving.captures.push(held);
        }
        Ok(())
    }

    /// The records of a data set that are one document: this one, and those folded into it.
    fn one_document(
        &self,
        capture: &CaptureRecord,
        document: &DocumentRecord,
    ) -> anyhow::Result<BTreeSet<DocumentId>> {
        let mut ids = BTreeSet::from([document.id.clone()]);
        if capture.mapping.is_none() {
            return Ok(ids);
        }
        let alike = self.records_alike(capture, &HashSet::from([document.id.clone()]))?;
        let read = alike.iter().filter_map(|record| prepare(record, &self.rules).ok());
        let read: Vec<_> = read.map(|ready| (ready.document.id, ready.likeness)).collect();
        let likeness = read.iter().find(|(id, _)| *id == document.id).and_then(|(_, l)| *l);
        if let Some(likeness) = likeness {
            let same = read.into_iter().filter(|(_, other)| *other == Some(likeness));
            ids.extend(same.map(|(id, _)| id));
        }
        Ok(ids)
    }

    /// Takes the documents of removed captures out of the index. Returns the digests that answer
    /// again, because their originals are gone.
    fn leave(
        &mut self,
        removals: &[Removal],
        documents: &[DocumentRecord],
    ) -> anyhow::Result<Vec<CaptureRecord>> {
        let gone: HashSet<&DocumentId> = removals.iter().map(|removal| &removal.removed).collect();
        for document in documents.iter().filter(|document| gone.contains(&capture_of(document))) {
            self.writer.remove(&document.id)?;
        }
        let mut returning: Vec<CaptureRecord> = Vec::new();
        for removal in removals {
            self.unread.remove(&removal.removed);
            returning.extend(self.records.digests_of(removal.sha256).cloned());
        }
        Ok(returning)
    }

    /// Takes out of the index what was removed after it was made: the removal was interrupted.
    /// Returns the digests that answer again.
    pub(super) fn leave_since(
        &mut self,
        removals: &[Removal],
    ) -> anyhow::Result<Vec<CaptureRecord>> {
        if removals.is_empty() {
            return Ok(Vec::new());
        }
        let documents = Index::open(&self.folder)?.documents()?;
        self.leave(removals, &documents)
    }

    /// Deletes the bytes of captures that were removed and left the index.
    pub(super) fn discard_removed(&self, removals: &[Removal]) -> anyhow::Result<()> {
        for removal in removals.iter().filter(|r| self.records.get(&r.removed).is_none()) {
            self.corpus.discard(removal, &self.lock)?;
        }
        Ok(())
    }

    /// Deletes what interrupted removals left.
    pub(super) fn finish_removals(&self) -> anyhow::Result<()> {
        let removals: Vec<Removal> = self.records.removed().cloned().collect();
        self.discard_removed(&removals)
    }

    /// Whether a document was taken out of the capture it stands in.
    pub(super) fn is_left_out(&self, capture: &DocumentId, id: &DocumentId) -> bool {
        let held = self.records.get(capture).and_then(|record| record.without.as_ref());
        held.is_some_and(|without| without.contains(id))
    }
}

/// How many of the chapters that were cut out of a document are among these documents.
fn chapters_held(document: &DocumentRecord, documents: &[DocumentRecord]) -> usize {
    documents.iter().filter(|held| document.chapters.contains(&held.id)).count()
}

/// The capture a document was read from.
pub(super) fn capture_of(document: &DocumentRecord) -> DocumentId {
    match &document.metadata.part_of {
        Some(part) => part.sha256.document_id(),
        None => document.id.clone(),
    }
}
