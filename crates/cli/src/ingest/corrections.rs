//! Corrections on their way into the index: the file of corrections written, and the documents that
//! are concerned read again, no others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use anyhow::bail;
use indexing::{Coverage, Index};
use ingestion::corpus::CaptureRecord;
use ingestion::corrections::{Correction, Corrections};
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{SourceFile, hash};
use model::{ContentHash, DocumentId};
use rayon::prelude::*;
use render::AddOutcome;

use super::Ingest;
use crate::contents::{Prepared, prepare};
use crate::output::Output;

impl Ingest {
    /// What is corrected.
    pub fn corrections(&self) -> &Corrections {
        &self.rules.corrections
    }

    /// Writes corrections into their file, reads the documents concerned again and commits.
    pub fn correct(&mut self, corrected: Vec<Correction>, output: &Output) -> anyhow::Result<()> {
        if self.corpus.corrections_digest()? != self.rules.corrections.file_digest() {
            bail!("corrections.toml was changed meanwhile by somebody else; run the command again");
        }
        let ids: BTreeSet<DocumentId> = corrected.iter().map(Correction::id).collect();
        let corrections = &mut self.rules.corrections;
        corrected.into_iter().for_each(|correction| corrections.set(correction));
        self.corpus.write_corrections(&self.rules.corrections, &self.lock)?;
        self.reread(&ids, output)?;
        self.commit()?;
        self.settle(output)?;
        Ok(())
    }

    /// Reads the documents again whose corrections are not those an index was made with.
    pub(super) fn correct_since(
        &mut self,
        coverage: &Coverage,
        output: &Output,
    ) -> anyhow::Result<()> {
        let (before, now) = (&coverage.corrections.documents, self.rules.corrections.digests());
        let ids = before.keys().chain(now.keys());
        let changed = ids.filter(|id| before.get(id) != now.get(id)).cloned().collect();
        self.reread(&changed, output)
    }

    /// Reads single documents of the committed index again.
    fn reread(&mut self, ids: &BTreeSet<DocumentId>, output: &Output) -> anyhow::Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let index = Index::open(&self.folder)?;
        let mut whole: Vec<CaptureRecord> = Vec::new();
        let mut sets: BTreeMap<DocumentId, HashSet<DocumentId>> = BTreeMap::new();
        for id in ids {
            let known = index.document(id)?.map(|document| document.metadata);
            // A chapter is read again with its file. One that is not in the index just now may come
            // back there.
            let file = known.as_ref().map(|known| known.sha256);
            let file = file.or_else(|| self.rules.corrections.of(id).map(|found| found.sha256));
            let file = file.map_or_else(|| id.clone(), |sha256| sha256.document_id());
            let part_of = known.and_then(|known| known.part_of);
            let capture = part_of.map_or_else(|| file.clone(), |part| part.sha256.document_id());
            match self.records.get(&capture) {
                Some(record) if self.records.is_retired(record) => {}
                Some(record) if record.mapping.is_some() => {
                    sets.entry(capture).or_default().insert(file);
                }
                Some(record) if whole.iter().all(|known| known.id != record.id) => {
                    whole.push(record.clone());
                }
                Some(_) => {}
                None => {
                    let named = self.rules.corrections.of(id).map_or("", |c| c.file.as_str());
                    output.note(&format!(
                        "corrections.toml corrects {id} {named}, which this library does not hold"
                    ));
                }
            }
        }
        self.index_captures(&whole, output)?;
        for (capture, ids) in sets {
            if let Some(record) = self.records.get(&capture).cloned() {
                self.reread_records(&record, &ids)?;
            }
        }
        Ok(())
    }

    /// Reads some records of a data set again, together with those of the same text: which of them
    /// are one document may have changed.
    fn reread_records(
        &self,
        capture: &CaptureRecord,
        ids: &HashSet<DocumentId>,
    ) -> anyhow::Result<()> {
        let alike = self.records_alike(capture, ids)?;
        let read = |source: SourceFile| {
            let ready = prepare(&source, &self.rules);
            (source.name().to_owned(), ready)
        };
        let prepared: Vec<(String, Result<Prepared, String>)> =
            alike.into_par_iter().map(read).collect();
        let read_again = prepared.iter().filter_map(|(_, ready)| ready.as_ref().ok());
        let read_again: Vec<DocumentId> = read_again.map(|r| r.document.id.clone()).collect();
        let mut standing = HashSet::new();
        for (_, outcome) in self.index_records(prepared, &mut HashMap::new())? {
            if let AddOutcome::Added { document, .. } = outcome {
                standing.insert(document.id);
            }
        }
        for id in read_again.iter().filter(|id| !standing.contains(id)) {
            self.writer.remove(id)?;
        }
        Ok(())
    }

    /// The records of a data set that have the same text as one of these documents, themselves
    /// included, in their order.
    pub(super) fn records_alike(
        &self,
        capture: &CaptureRecord,
        ids: &HashSet<DocumentId>,
    ) -> anyhow::Result<Vec<SourceFile>> {
        let source = self.corpus.load(capture)?;
        let mapping: Option<Mapping> = capture.mapping.as_deref().map(str::parse).transpose()?;
        let records = || -> anyhow::Result<_> {
            match unpack::open(&source, mapping.as_ref())? {
                Parts::Many(many) => Ok(many.filter_map(Result::ok)),
                Parts::One(_) => {
                    bail!("{} no longer holds several documents; run `forb index`", capture.name)
                }
            }
        };
        let wanted: HashSet<ContentHash> = records()?
            .filter(|record| ids.contains(&record.sha256().document_id()))
            .map(|record| words(&record))
            .collect();
        let is_in = |record: &SourceFile| {
            wanted.contains(&words(record))
                && !self.is_left_out(&capture.id, &record.sha256().document_id())
        };
        Ok(records()?.filter(is_in).collect())
    }
}

/// A hash of the words of a record, however they are spaced; of the bytes of any other part.
fn words(record: &SourceFile) -> ContentHash {
    let Some(content) = &record.record else { return record.sha256() };
    let text = content.text.as_str();
    hash(text.split_whitespace().collect::<Vec<_>>().join(" ").as_bytes())
}
