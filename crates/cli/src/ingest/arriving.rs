//! Files on their way into a library: read in parallel, then kept, recorded and indexed one after
//! the other, bytes before their record and records before the commit.

use anyhow::anyhow;
use indexing::Index;
use ingestion::SourceFile;
use ingestion::corpus::{CaptureRecord, CorpusError};
use ingestion::unpack::Mapping;
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use super::batches::{COMMIT_BYTES, batch_length};
use super::{Ingest, Reading, today};
use crate::contents::{Contents, Prepared, contents};
use crate::incoming::{Incoming, load};
use crate::interrupt::{self, Interrupted};
use crate::paths::Found;

/// A file, and what it turned out to be if it was read.
type Looked = (Incoming, Option<Result<Contents, String>>);

/// What one batch of files brings in.
#[derive(Default)]
struct Taken {
    /// What is to be recorded of it.
    lines: Vec<CaptureRecord>,
    /// The files that are one document.
    documents: Vec<Prepared>,
    /// The files that hold several documents, with what is to be recorded of each and the mapping of
    /// the fields of data sets.
    sets: Vec<(CaptureRecord, SourceFile, Option<Mapping>)>,
    /// What became of the chapters of the file that was taken last.
    chapters: Vec<AddReport>,
    /// What became of the files, as far as that is known.
    done: Vec<AddReport>,
}

impl Ingest {
    /// Reads files into the library and reports on each, in order.
    ///
    /// # Errors
    /// [`Interrupted`] when the user asked to stop: what was done by then is committed.
    pub fn add(
        &mut self,
        found: &[Found],
        reading: &Reading<'_>,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut uncommitted = 0;
        let mut rest = found;
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_length(rest));
            rest = later;
            let incoming = load(batch, reading, &self.rules.profiles);
            let looked = self.look(incoming, reading.mapping);
            let taken = self.take_in(looked, reading, report);
            if taken.as_ref().is_err_and(|error| error.is::<Interrupted>()) {
                self.commit()?;
            }
            uncommitted += taken?;
            reading.progress.advance(batch);
            if uncommitted > COMMIT_BYTES {
                self.commit()?;
                uncommitted = 0;
            }
        }
        if uncommitted > 0 {
            self.commit()?;
        }
        self.settle(reading.output).map(drop)
    }

    /// Reads what is not held yet, in parallel.
    fn look(&self, incoming: Vec<Incoming>, mapping: Option<&Mapping>) -> Vec<Looked> {
        let read = |file: Incoming| {
            let contents = match &file.source {
                Ok(source) if !interrupt::asked() && self.known().is_new(source) => {
                    let completed = self.known().completed(source);
                    Some(contents(&completed, &self.rules, mapping))
                }
                _ => None,
            };
            (file, contents)
        };
        incoming.into_par_iter().map(read).collect()
    }

    /// Keeps, records and indexes what was read. Returns how many bytes of reports that was; 0 when
    /// nothing changed.
    fn take_in(
        &mut self,
        looked: Vec<Looked>,
        reading: &Reading<'_>,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        let mut taken = Taken::default();
        for (Incoming { name: file, source }, look) in looked {
            if interrupt::asked() {
                break;
            }
            reading.progress.name(&file);
            let outcome = match (source, look) {
                (Err(outcome), _) => Some(outcome),
                (Ok(_), Some(Err(reason))) => Some(AddOutcome::Skipped { reason }),
                // The same bytes may stand twice in one batch.
                (Ok(source), Some(Ok(look))) if self.known().is_new(&source) => {
                    self.take(&source, look, reading, &mut taken)?
                }
                (Ok(source), _) => Some(self.held(&source)?),
            };
            taken.done.extend(outcome.map(|outcome| AddReport { file, outcome }));
            taken.done.append(&mut taken.chapters);
        }
        self.corpus.append(&taken.lines, &self.lock)?;
        for ready in &taken.documents {
            let id = &ready.document.id;
            if self.known().is_retired(id) {
                self.writer.remove(id)?;
            } else {
                self.put(ready)?;
            }
        }
        taken.done.into_iter().try_for_each(&mut *report)?;
        let mut bytes = taken.lines.iter().map(|record| record.bytes.max(1)).sum();
        for (record, source, mapping) in taken.sets {
            interrupt::check()?;
            if let (None, Some(mapping)) = (reading.mapping, &mapping) {
                let name = source.name();
                reading
                    .output
                    .note(&format!("{name}: a data set, read with --map {mapping} (a guess)"));
            }
            bytes += record.bytes.max(1);
            self.take_set(record, &source, mapping.as_ref(), reading, report)?;
        }
        interrupt::check()?;
        Ok(bytes)
    }

    /// Records a capture that holds several documents and reads them into the index. Until they are
    /// in, no commit covers its line.
    fn take_set(
        &mut self,
        record: CaptureRecord,
        source: &SourceFile,
        mapping: Option<&Mapping>,
        reading: &Reading<'_>,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        self.covered = Some(self.covered_now()?);
        // What came in of it with other statements is read again.
        self.begun.remove(&record.id);
        self.corpus.append(&[record], &self.lock)?;
        let mut count = 0u64;
        let note = |note: String| reading.output.note(&note);
        self.index_set(source, mapping, &note, &mut |one| {
            count += 1;
            reading.progress.records(source.name(), count);
            report(one)
        })?;
        self.covered = None;
        Ok(())
    }

    /// Keeps the bytes of a file that is new, and notes what is to be recorded and indexed. Returns
    /// what became of it; nothing yet for a data set, whose records each have their own report.
    fn take(
        &mut self,
        source: &SourceFile,
        first_look: Contents,
        reading: &Reading<'_>,
        taken: &mut Taken,
    ) -> anyhow::Result<Option<AddOutcome>> {
        let mut record = match self.keep(source) {
            Ok(record) => record,
            Err(error) => return Ok(Some(AddOutcome::Failed { reason: error.to_string() })),
        };
        let id = record.id.clone();
        let repairs = self.unread.remove(&id).is_some();
        let updates = self.records.get(&id).is_some() && !repairs;
        let completed = self.known().completed(source);
        // The same bytes, with other statements, came earlier in this run: the two together are
        // what is known now.
        let look = match self.fresh.insert(id.clone()) {
            true => Ok(first_look),
            false => contents(&completed, &self.rules, reading.mapping),
        };
        match look.map_err(|reason| anyhow!("{}: {reason}", source.name()))? {
            Contents::Document(ready) => {
                let retired = self.retire_digests(ready.document.metadata.sha256)?;
                self.records.take(record.clone());
                taken.lines.push(record);
                let document = Box::new(ready.document.clone());
                let is_retired = self.known().is_retired(&id);
                if !is_retired {
                    let reports = ready.chapters.iter().map(|one| chapter_report(one, updates));
                    taken.chapters = reports.collect();
                }
                taken.documents.push(*ready);
                Ok(Some(match updates {
                    _ if is_retired => AddOutcome::Retired { document },
                    true => AddOutcome::Updated { document },
                    false => AddOutcome::Added { document, retired },
                }))
            }
            Contents::Set(mapping) => {
                record.mapping = mapping.as_ref().map(Mapping::to_string);
                self.records.take(record.clone());
                taken.sets.push((record, completed, mapping));
                Ok(None)
            }
        }
    }

    fn keep(&self, source: &SourceFile) -> Result<CaptureRecord, CorpusError> {
        let source = self.known().completed(source);
        let id = source.sha256().document_id();
        // What was removed from a data set comes back when that is added again.
        let without = self.records.get(&id).and_then(|held| held.without.as_ref());
        let without = without.map(|_| std::collections::BTreeSet::new());
        let file = match self.records.get(&id) {
            Some(held) if held.sha256 != source.sha256() => {
                return Err(CorpusError::Collision { name: source.name().to_owned(), id });
            }
            Some(held) if self.corpus.holds(held) => held.file.clone(),
            _ => self.corpus.keep(&source)?,
        };
        let record = CaptureRecord::new(&source, file, source.added.unwrap_or_else(today));
        Ok(CaptureRecord { without, ..record })
    }

    /// What to say of bytes that are held already.
    fn held(&mut self, source: &SourceFile) -> anyhow::Result<AddOutcome> {
        let id = source.sha256().document_id();
        if self.records.get(&id).is_some_and(|record| record.mapping.is_some()) {
            return Ok(AddOutcome::HeldSet);
        }
        if self.committed.is_none() {
            self.committed = Index::open(&self.folder).ok();
        }
        let committed = match &self.committed {
            Some(index) => index.document(&id)?,
            None => None,
        };
        // What came in earlier in this very run is not committed yet, and a digest that is retired
        // is not in the index; reading it again tells the same.
        let document = match committed {
            Some(document) => document,
            None => match contents(&self.known().completed(source), &self.rules, None) {
                Ok(Contents::Document(ready)) => ready.document,
                Ok(Contents::Set(_)) => return Ok(AddOutcome::HeldSet),
                Err(reason) => return Ok(AddOutcome::Skipped { reason }),
            },
        };
        Ok(self.known().held(Box::new(document), &id))
    }
}

/// What became of a chapter that was cut out of a file.
pub(super) fn chapter_report(chapter: &Prepared, updates: bool) -> AddReport {
    let document = Box::new(chapter.document.clone());
    let file = document.metadata.file_name.clone();
    let outcome = match updates {
        true => AddOutcome::Updated { document },
        false => AddOutcome::Added { document, retired: Vec::new() },
    };
    AddReport { file, outcome }
}
