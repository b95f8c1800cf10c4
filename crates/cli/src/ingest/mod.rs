//! The way into a library: files read in parallel, then kept, recorded and indexed one after the
//! other. Each step leaves a state that a crash cannot spoil: bytes before their record, records
//! before the commit, and what a crash left unindexed is taken in first by whoever writes next.

mod arriving;
mod batches;
mod corrections;
mod known;
mod rehearse;
mod relabel;
mod removal;
mod sets;
mod settle;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use anyhow::bail;
use indexing::{
    Counts, Coverage, CoveredCorrections, CoveredFile, FileStamp, Index, IndexError, Writer,
    WriterSettings,
};
use ingestion::corpus::{CaptureRecord, Corpus, CorpusError, CorpusLock, Records};
use ingestion::profiles::Profiles;
use ingestion::unpack::Mapping;
use ingestion::{SourceFile, Stated};
use model::{ContentHash, DocumentId, PartialDate};
use rayon::prelude::*;

use self::batches::within_batch;
use self::known::Known;
use crate::contents::{Contents, Prepared, PreparedRecords, Rules, contents, labelled};
use crate::fetch::Fetcher;
use crate::interrupt::{self, Interrupted};
use crate::library::{Standing, standing};
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::progress::Progress;

pub use self::rehearse::rehearse;
pub use self::relabel::{Relabelled, relabel_library};

/// A library opened for writing.
pub struct Ingest {
    corpus: Corpus,
    records: Records,
    rules: Rules,
    folder: PathBuf,
    writer: Writer,
    /// Captures that are recorded and could not be read, by id, with their names.
    unread: BTreeMap<DocumentId, String>,
    /// What came in with this very run.
    fresh: HashSet<DocumentId>,
    /// Captures of several documents that are on their way in, with how many were looked at.
    begun: BTreeMap<DocumentId, u64>,
    /// What the index covers for as long as something recorded later is on its way in.
    covered: Option<Covered>,
    /// The index as it was committed last, for looking up what is held.
    committed: Option<Index>,
    // Let go of last, when the writer is done.
    lock: CorpusLock,
}

/// How files are to be read, beyond what is in them.
pub struct Reading<'a> {
    /// What the user states of every file.
    pub stated: &'a Stated,
    /// Which field of a data set is what, if the user says.
    pub mapping: Option<&'a Mapping>,
    /// What fetches pages.
    pub fetcher: &'a RefCell<Fetcher>,
    /// Where notes go.
    pub output: &'a Output,
    /// Where it is shown how far the work is.
    pub progress: &'a Progress,
}

/// What the index has taken in of the corpus and of the corrections.
#[derive(Clone)]
struct Covered {
    corpus: Vec<CoveredFile>,
    corrections: CoveredCorrections,
}

impl Covered {
    fn of(coverage: &Coverage) -> Self {
        Self { corpus: coverage.corpus.clone(), corrections: coverage.corrections.clone() }
    }
}

/// What an index needs before anything new goes in.
enum Arrears {
    /// Nothing.
    None,
    /// The captures recorded after these coverages.
    Since(Coverage),
    /// Everything; and why, where there was an index.
    All(Option<String>),
}

impl Ingest {
    /// Opens a library for writing: makes it if need be, waits for another writer, and brings the
    /// index up to what the corpus holds.
    pub fn open(library: &LibraryPaths, output: &Output) -> anyhow::Result<Self> {
        let corpus = library.corpus();
        corpus.create()?;
        let lock = lock(&corpus, output)?;
        let folder = library.index();
        let arrears = arrears(&corpus, &folder)?;
        let writer = match &arrears {
            Arrears::All(_) => Writer::rebuild(&folder, WriterSettings::default())?,
            Arrears::None | Arrears::Since(_) => Writer::open(&folder, WriterSettings::default())?,
        };
        let mut ingest = Self::with(corpus, lock, folder, writer)?;
        let rebuilds = matches!(arrears, Arrears::All(_));
        let mut before = None;
        let captures = match arrears {
            Arrears::None => {
                ingest.finish_removals()?;
                return Ok(ingest);
            }
            Arrears::Since(coverage) => {
                let captures = ingest.recorded_after(&coverage)?;
                ingest.begun = coverage.begun.iter().cloned().collect();
                ingest.covered = Some(Covered::of(&coverage));
                before = Some(coverage);
                captures
            }
            Arrears::All(why) => {
                why.iter().for_each(|why| output.note(&format!("{why}; building it again now")));
                ingest.records.active().cloned().collect()
            }
        };
        if !captures.is_empty() {
            output.note(&format!("indexing {} captures that the corpus holds", captures.len()));
        }
        let done = ingest.index_captures(&captures, output);
        if done.as_ref().is_err_and(|error| error.is::<Interrupted>()) && !rebuilds {
            ingest.commit()?;
        }
        done?;
        ingest.covered = None;
        if let Some(coverage) = before {
            ingest.correct_since(&coverage, output)?;
            ingest.relabel_since(&coverage, output)?;
        }
        ingest.commit()?;
        ingest.settle(output)?;
        ingest.finish_removals()?;
        Ok(ingest)
    }

    /// Builds the index of a library again from its corpus. Returns how many captures failed, each
    /// reported by name.
    pub fn rebuild(library: &LibraryPaths, output: &Output) -> anyhow::Result<usize> {
        let corpus = library.corpus();
        let lock = lock(&corpus, output)?;
        let folder = library.index();
        let writer = Writer::rebuild(&folder, WriterSettings::default())?;
        let mut ingest = Self::with(corpus, lock, folder, writer)?;
        let all: Vec<CaptureRecord> = ingest.records.active().cloned().collect();
        let failed = ingest.index_captures(&all, output)?;
        ingest.commit()?;
        let counts = ingest.settle(output)?;
        ingest.finish_removals()?;
        output.note(&format!(
            "indexed {} documents, {} passages; {failed} captures failed",
            counts.documents, counts.passages
        ));
        Ok(failed)
    }

    fn with(
        corpus: Corpus,
        lock: CorpusLock,
        folder: PathBuf,
        writer: Writer,
    ) -> anyhow::Result<Self> {
        let (records, rules) = (corpus.records()?, Rules::of(&corpus)?);
        let unread = writer.last_commit().map(|commit| commit.coverage.unread.clone());
        let unread = unread.into_iter().flatten().collect();
        Ok(Self {
            corpus,
            records,
            rules,
            folder,
            writer,
            unread,
            fresh: HashSet::new(),
            begun: BTreeMap::new(),
            covered: None,
            committed: None,
            lock,
        })
    }

    /// The profiles that hold for this library.
    pub fn profiles(&self) -> &Profiles {
        &self.rules.profiles
    }

    /// What the corpus records.
    pub fn records(&self) -> &Records {
        &self.records
    }

    fn known(&self) -> Known<'_> {
        Known { corpus: &self.corpus, records: &self.records, unread: Some(&self.unread) }
    }

    /// Puts a document into the index, in the place of what that held of it, with the chapters
    /// that were cut out of it now and none that was cut out before. Every document goes in here.
    fn put(&self, ready: &Prepared) -> anyhow::Result<()> {
        self.put_one(ready)?;
        ready.chapters.iter().try_for_each(|chapter| self.put_one(chapter))
    }

    /// Puts a document into the index without its chapters, which stay there as they are.
    fn put_one(&self, ready: &Prepared) -> anyhow::Result<()> {
        let id = &ready.document.id;
        if self.is_left_out(&removal::capture_of(&ready.document), id) {
            return Ok(self.writer.remove(id)?);
        }
        match &ready.records {
            PreparedRecords::Made(records) => self.writer.replace(&ready.document, records)?,
            PreparedRecords::Later(large) => {
                let records = labelled(large, &self.rules.annotators);
                self.writer.replace_from(&ready.document, records)?;
            }
        }
        Ok(())
    }

    /// Takes the digests of an original that is now held out of the index.
    fn retire_digests(&self, original: ContentHash) -> anyhow::Result<Vec<DocumentId>> {
        let digests: Vec<DocumentId> =
            self.records.digests_of(original).map(|record| record.id.clone()).collect();
        for digest in &digests {
            self.writer.remove(digest)?;
        }
        Ok(digests)
    }

    /// The captures recorded after what an index covers.
    fn recorded_after(&mut self, coverage: &Coverage) -> anyhow::Result<Vec<CaptureRecord>> {
        let mut captures: HashMap<DocumentId, CaptureRecord> = HashMap::new();
        let mut removals = Vec::new();
        for file in self.corpus.record_files()? {
            let covered =
                coverage.corpus.iter().find(|c| c.name == file.name).map_or(0, |c| c.bytes);
            for record in self.records.recorded_after(&file.name, covered) {
                captures.insert(record.id.clone(), record.clone());
                self.retire_digests(record.sha256)?;
            }
            removals.extend(self.records.removed_after(&file.name, covered).cloned());
        }
        for digest in self.leave_since(&removals)? {
            captures.insert(digest.id.clone(), digest);
        }
        let active = |record: &CaptureRecord| !self.records.is_retired(record);
        Ok(captures.into_values().filter(active).collect())
    }

    /// Reads captures of the corpus into the index. Returns how many failed, each reported by name.
    fn index_captures(
        &mut self,
        captures: &[CaptureRecord],
        output: &Output,
    ) -> anyhow::Result<usize> {
        let mut failed = 0;
        let mut rest = captures;
        while !rest.is_empty() {
            interrupt::check()?;
            let (batch, later) = rest.split_at(within_batch(rest, |record| record.bytes));
            rest = later;
            let read = |record: &CaptureRecord| -> Result<(SourceFile, Contents), String> {
                let source = self.corpus.load(record).map_err(|error| error.to_string())?;
                let mapping = record.mapping.as_ref().map(|written| written.parse::<Mapping>());
                let mapping = mapping.transpose().map_err(|error| error.to_string())?;
                let contents = contents(&source, &self.rules, mapping.as_ref())?;
                Ok((source, contents))
            };
            let read: Vec<_> = batch.par_iter().map(read).collect();
            for (record, read) in batch.iter().zip(read) {
                self.unread.remove(&record.id);
                match read {
                    Ok((_, Contents::Document(ready))) => self.put(&ready)?,
                    // What is wrong with single records was reported when they were added.
                    Ok((source, Contents::Set(mapping))) => {
                        self.note_begun(&source, output);
                        self.index_set(&source, mapping.as_ref(), &|_| {}, &mut |_| Ok(()))?;
                    }
                    Err(reason) => {
                        failed += 1;
                        self.unread.insert(record.id.clone(), record.name.clone());
                        output.warning(&format!("{} is not indexed: {reason}", record.name));
                    }
                }
            }
        }
        Ok(failed)
    }

    /// Says of a capture that came in only in part how it goes on.
    fn note_begun(&self, source: &SourceFile, output: &Output) {
        if let Some(records) = self.begun.get(&source.sha256().document_id()) {
            let name = source.name();
            output.note(&format!("{name}: {records} records are in; taking in the rest"));
        }
    }

    /// Makes everything done so far part of the index, and says what it holds then. What the
    /// documents say of each other is settled afterwards, by [`Ingest::settle`].
    pub fn commit(&mut self) -> anyhow::Result<Counts> {
        let coverage = self.coverage()?;
        self.committed = None;
        Ok(self.writer.commit(&coverage)?.counts)
    }

    /// How much of the corpus is in the index with the next commit.
    fn coverage(&self) -> anyhow::Result<Coverage> {
        let Covered { corpus, corrections } = match &self.covered {
            Some(covered) => covered.clone(),
            None => self.covered_now()?,
        };
        let publishers_digest = self.corpus.profiles_digest()?;
        let unread = self.unread.clone().into_iter().collect();
        let begun = self.begun.clone().into_iter().collect();
        let codebook = self.corpus.codebook_digest()?;
        Ok(Coverage { corpus, publishers_digest, unread, begun, corrections, codebook })
    }

    /// Everything that the corpus holds now.
    fn covered_now(&self) -> anyhow::Result<Covered> {
        let mut corpus = Vec::new();
        for file in self.corpus.record_files()? {
            let bytes = file.complete()?;
            let Some(sha256) = file.prefix_hash(bytes)? else {
                bail!("{} changed while it was read; run `forb index`", file.path.display());
            };
            let whole = FileStamp { modified_ns: file.modified_ns, bytes: file.length };
            let stamp = (bytes == file.length && file.modified_ns != 0).then_some(whole);
            corpus.push(CoveredFile { name: file.name, bytes, sha256, stamp });
        }
        let corrections = CoveredCorrections {
            file: self.rules.corrections.file_digest(),
            documents: self.rules.corrections.digests(),
        };
        Ok(Covered { corpus, corrections })
    }
}

/// The right to write to a library; says who holds it while it waits.
pub fn lock(corpus: &Corpus, output: &Output) -> Result<CorpusLock, CorpusError> {
    corpus
        .lock(|holder| output.note(&format!("{holder} is writing to this library; waiting for it")))
}

fn arrears(corpus: &Corpus, folder: &Path) -> anyhow::Result<Arrears> {
    Ok(match Index::open(folder) {
        Ok(index) => match standing(corpus, &index.commit().coverage)? {
            Standing::Current if index.commit().unsettled.is_empty() => Arrears::None,
            // A writer that died before it had settled what it brought in left that to the next.
            Standing::Current | Standing::Behind(_) => {
                Arrears::Since(index.commit().coverage.clone())
            }
            Standing::Differs(what) => {
                Arrears::All(Some(format!("the index does not match the corpus ({what})")))
            }
        },
        Err(IndexError::Missing { .. }) => Arrears::All(None),
        Err(IndexError::OtherVersion { .. }) => {
            Arrears::All(Some("the index was made by another version of forb".to_owned()))
        }
        Err(IndexError::Damaged { reason, .. }) => {
            Arrears::All(Some(format!("the index is damaged ({reason})")))
        }
        Err(error) => return Err(error.into()),
    })
}

/// The day it is, in UTC: the one clock that every library shares.
pub fn today() -> PartialDate {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    // A clock set outside the years 1 to 9999 is no clock.
    PartialDate::day(date.year(), date.month(), date.day()).unwrap_or(PartialDate::EPOCH)
}
