//! The documents of a capture that holds several, on their way into the index.

use std::collections::HashMap;

use anyhow::bail;
use ingestion::SourceFile;
use ingestion::unpack::{Mapping, Opened, Parts};
use model::{ContentHash, DocumentId};
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use super::Ingest;
use super::batches::{COMMIT_BYTES, COMMIT_RECORDS, next_records};
use crate::contents::{Prepared, prepare};
use crate::interrupt;

impl Ingest {
    /// Reads the records of a data set into the index, a few hundred at a time, and reports on each.
    /// Records that read the same, of one series on one country for one period, are one document.
    ///
    /// Commits as it goes. Until the last record is in, each commit says how many are, so that
    /// whoever writes next goes on there; [`Ingest::covered`] must not reach to the set's own line.
    /// Records that are in already are looked at again only to find what reads the same.
    ///
    /// # Errors
    /// [`interrupt::Interrupted`] after a batch when the user asked to stop.
    pub(super) fn index_set(
        &mut self,
        source: &SourceFile,
        mapping: &Mapping,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let opened = Opened::new(source)?;
        let Parts::Records(mut records) = opened.parts(Some(mapping))? else {
            bail!("{} is no data set any more; run `forb index`", source.name());
        };
        let mut known: HashMap<ContentHash, DocumentId> = HashMap::new();
        let id = source.sha256().document_id();
        let already = self.begun.get(&id).copied().unwrap_or(0);
        let (mut done, mut uncommitted, mut bytes) = (0, 0, 0);
        loop {
            let bytes_of = |record: &Result<SourceFile, _>| {
                record.as_ref().map_or(0, |source: &SourceFile| source.bytes().len())
            };
            let batch = next_records(&mut records, bytes_of);
            if batch.is_empty() {
                self.begun.remove(&id);
                return Ok(());
            }
            let count = batch.len() as u64;
            bytes += batch.iter().map(bytes_of).sum::<usize>() as u64;
            let read = |record: Result<SourceFile, (String, String)>| match record {
                Ok(source) => {
                    let prepared = prepare(&source, &self.profiles);
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
            self.begun.insert(id.clone(), done);
            uncommitted += count;
            interrupt::check()?;
            if self.covered.is_some() && (uncommitted >= COMMIT_RECORDS || bytes > COMMIT_BYTES) {
                self.commit()?;
                (uncommitted, bytes) = (0, 0);
            }
        }
    }

    /// Indexes some records of a data set, those that read the same folded into the first of them.
    fn index_records(
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
