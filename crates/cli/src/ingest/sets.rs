//! The documents of a capture that holds several, on their way into the index.

use std::collections::HashMap;

use anyhow::bail;
use ingestion::SourceFile;
use ingestion::unpack::{self, Mapping, Parts};
use model::{ContentHash, DocumentId};
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use super::Ingest;
use super::arriving::chapter_report;
use super::batches::{BATCH_BYTES, BATCH_RECORDS};
use crate::contents::{Prepared, prepare};

impl Ingest {
    /// Reads the documents of a data set or archive into the index, a few hundred at a time, and
    /// reports on each. Those that read the same, of one series on one country for one period, are
    /// one document.
    pub(super) fn index_set(
        &self,
        source: &SourceFile,
        mapping: Option<&Mapping>,
        note: &dyn Fn(String),
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let Parts::Many(mut many) = unpack::open(source, mapping)? else {
            bail!("{} no longer holds several documents; run `forb index`", source.name());
        };
        let mut known: HashMap<ContentHash, DocumentId> = HashMap::new();
        let capture = source.sha256().document_id();
        for id in self.records.get(&capture).iter().flat_map(|r| r.without.iter().flatten()) {
            self.writer.remove(id)?;
        }
        let is_in = |record: &Result<SourceFile, (String, String)>| match record {
            Ok(record) => !self.is_left_out(&capture, &record.sha256().document_id()),
            Err(_) => true,
        };
        loop {
            let mut bytes = 0;
            let mut batch = Vec::new();
            while batch.len() < BATCH_RECORDS
                && bytes < BATCH_BYTES
                && let Some(part) = many.next()
            {
                if !is_in(&part) {
                    continue;
                }
                bytes += part.as_ref().map_or(0, |part| part.bytes().len() as u64);
                batch.push(part);
            }
            many.take_notes().into_iter().for_each(note);
            if batch.is_empty() {
                return Ok(());
            }
            let read = |record: Result<SourceFile, (String, String)>| match record {
                Ok(source) => {
                    let prepared = prepare(&source, &self.rules);
                    (source.name().to_owned(), prepared)
                }
                Err((place, problem)) => (format!("{}: {place}", source.name()), Err(problem)),
            };
            let prepared: Vec<_> = batch.into_par_iter().map(read).collect();
            for (file, outcome) in self.index_records(prepared, &mut known)? {
                report(AddReport { file, outcome })?;
            }
        }
    }

    /// Indexes some records of a data set, those that read the same folded into the first of them.
    pub(super) fn index_records(
        &self,
        prepared: Vec<(String, Result<Prepared, String>)>,
        known: &mut HashMap<ContentHash, DocumentId>,
    ) -> anyhow::Result<Vec<(String, AddOutcome)>> {
        let mut outcomes = Vec::with_capacity(prepared.len());
        let mut firsts: HashMap<DocumentId, (usize, Prepared)> = HashMap::new();
        for (at, (file, prepared)) in prepared.into_iter().enumerate() {
            let ready = match prepared {
                Ok(ready) => ready,
                Err(reason) => {
                    outcomes.push((file, AddOutcome::Skipped { reason }));
                    continue;
                }
            };
            match ready.likeness.and_then(|likeness| known.get(&likeness)) {
                Some(same) if *same != ready.document.id => {
                    if let Some((_, first)) = firsts.get_mut(same) {
                        first.document.folded.push(file.clone());
                    }
                    let reason = format!("reads the same as {same}, and is folded into it");
                    outcomes.push((file, AddOutcome::Skipped { reason }));
                }
                _ => {
                    let id = ready.document.id.clone();
                    known.extend(ready.likeness.map(|likeness| (likeness, id.clone())));
                    let retired = self.retire_digests(ready.document.metadata.sha256)?;
                    let document = Box::new(ready.document.clone());
                    outcomes.push((file, AddOutcome::Added { document, retired }));
                    let chapters = ready.chapters.iter().map(|one| chapter_report(one, false));
                    outcomes.extend(chapters.map(|report| (report.file, report.outcome)));
                    firsts.insert(id, (at, ready));
                }
            }
        }
        let mut firsts: Vec<(usize, Prepared)> = firsts.into_values().collect();
        firsts.sort_by_key(|(at, _)| *at);
        for (_, ready) in &firsts {
            self.put(ready)?;
        }
        Ok(outcomes)
    }
}
