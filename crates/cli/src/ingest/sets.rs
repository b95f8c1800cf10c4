//! The documents of a capture that holds several, on their way into the index.

use std::collections::HashMap;

use anyhow::bail;
use ingestion::SourceFile;
use ingestion::unpack::{self, Mapping, Part, Parts};
use model::{ContentHash, DocumentId};
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use super::Ingest;
use super::arriving::chapter_report;
use super::batches::{COMMIT_BYTES, COMMIT_RECORDS, next_records};
use crate::contents::{Prepared, prepare};
use crate::interrupt;

impl Ingest {
    /// Reads the documents of a data set or archive into the index, a few hundred at a time, and
    /// reports on each. Those that read the same, of one series on one country for one period, are
    /// one document.
    ///
    /// Commits as it goes. Until the last one is in, each commit says how many are, so that whoever
    /// writes next goes on there; [`Ingest::covered`] must not reach to the capture's own line. Those
    /// that are in already are looked at again only to find what reads the same.
    ///
    /// # Errors
    /// [`interrupt::Interrupted`] after a batch when the user asked to stop.
    pub(super) fn index_set(
        &mut self,
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
        let already = self.begun.get(&capture).copied().unwrap_or(0);
        let (mut done, mut uncommitted, mut bytes) = (0, 0, 0);
        loop {
            let bytes_of =
                |part: &Part| part.as_ref().map_or(0, |part: &SourceFile| part.bytes().len());
            let mut batch = next_records(&mut many, bytes_of);
            many.take_notes().into_iter().for_each(note);
            if batch.is_empty() {
                self.begun.remove(&capture);
                return Ok(());
            }
            let count = batch.len() as u64;
            bytes += batch.iter().map(bytes_of).sum::<usize>() as u64;
            batch.retain(|part| {
                part.as_ref()
                    .map_or(true, |part| !self.is_left_out(&capture, &part.sha256().document_id()))
            });
            let read = |part: Part| match part {
                Ok(source) => {
                    let prepared = prepare(&source, &self.rules);
                    (source.name().to_owned(), prepared)
                }
                Err((place, problem)) => (format!("{}: {place}", source.name()), Err(problem)),
            };
            let prepared: Vec<_> = batch.into_par_iter().map(read).collect();
            done += count;
            if done <= already {
                known.extend(prepared.into_iter().filter_map(|(_, ready)| {
                    let ready = ready.ok()?;
                    Some((ready.likeness?, ready.document.id))
                }));
                continue;
            }
            for (file, outcome) in self.index_records(prepared, &mut known)? {
                report(AddReport { file, outcome })?;
            }
            self.begun.insert(capture.clone(), done);
            uncommitted += count;
            interrupt::check()?;
            if self.covered.is_some() && (uncommitted >= COMMIT_RECORDS || bytes > COMMIT_BYTES) {
                self.commit()?;
                (uncommitted, bytes) = (0, 0);
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
