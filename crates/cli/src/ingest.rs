//! The way into a library: files read in parallel, then kept, recorded and indexed one after the
//! other. Each step leaves a state that a crash cannot spoil: bytes before their record, records
//! before the commit, and what a crash left unindexed is taken in first by whoever writes next.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::bail;
use indexing::{
    Counts, Coverage, CoveredFile, FileStamp, Index, IndexError, Writer, WriterSettings,
};
use ingestion::corpus::{CaptureRecord, Corpus, CorpusError, CorpusLock, Records};
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::{SourceFile, Stated, read};
use model::{ContentHash, DocumentId, DocumentRecord, IndexRecord, PartialDate};
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use crate::library::{Standing, standing};
use crate::output::Output;
use crate::paths::{Found, LibraryPaths, SIDECAR, describe};

/// Largest file that is read, in bytes. A text of a gigabyte is no report, and reading takes a few
/// times its size in memory.
const LARGEST: u64 = 1 << 30;

/// How many files are read at once, and after how many bytes of them the next ones wait.
const BATCH_FILES: usize = 64;
const BATCH_BYTES: u64 = 64 << 20;

/// After how many bytes of reports what was done is committed, so that little is left to do again.
const COMMIT_BYTES: u64 = 512 << 20;

/// A library opened for writing.
pub struct Ingest {
    corpus: Corpus,
    records: Records,
    profiles: Profiles,
    folder: PathBuf,
    writer: Writer,
    // Let go of last, when the writer is done.
    lock: CorpusLock,
}

/// A file on its way in.
struct Incoming {
    name: String,
    /// The source, or why there is none.
    source: Result<SourceFile, AddOutcome>,
}

/// A document read and segmented, ready for the index.
struct Prepared {
    document: DocumentRecord,
    records: Vec<IndexRecord>,
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
        let captures = match arrears {
            Arrears::None => return Ok(ingest),
            Arrears::Since(coverage) => ingest.recorded_after(&coverage)?,
            Arrears::All(why) => {
                why.iter().for_each(|why| output.note(&format!("{why}; building it again now")));
                ingest.records.active().cloned().collect()
            }
        };
        if !captures.is_empty() {
            output.note(&format!("indexing {} captures that the corpus holds", captures.len()));
        }
        ingest.index_captures(&captures, output)?;
        ingest.commit()?;
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
        let counts = ingest.commit()?;
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
        let (records, profiles) = (corpus.records()?, corpus.profiles()?);
        Ok(Self { corpus, records, profiles, folder, writer, lock })
    }

    /// The profiles that hold for this library.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// Reads files into the library and reports on each, in order.
    pub fn add(
        &mut self,
        found: &[Found],
        stated: &Stated,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut uncommitted = 0;
        let mut rest = found;
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(batch_length(rest));
            rest = later;
            let incoming = load(batch, stated, &self.profiles);
            let prepared = self.prepare(incoming);
            uncommitted += self.take_in(prepared, report)?;
            if uncommitted > COMMIT_BYTES {
                self.commit()?;
                uncommitted = 0;
            }
        }
        if uncommitted > 0 {
            self.commit()?;
        }
        Ok(())
    }

    /// Reads what is not held yet, in parallel.
    fn prepare(
        &self,
        incoming: Vec<Incoming>,
    ) -> Vec<(Incoming, Option<Result<Prepared, String>>)> {
        let read = |file: Incoming| {
            let prepared = match &file.source {
                Ok(source) if self.is_new(source) => {
                    Some(prepare(&self.completed(source), &self.profiles))
                }
                _ => None,
            };
            (file, prepared)
        };
        incoming.into_par_iter().map(read).collect()
    }

    /// Whether there is anything in it that the library does not hold: bytes, or statements on them.
    fn is_new(&self, source: &SourceFile) -> bool {
        self.records.get(&source.sha256().document_id()).is_none_or(|held| {
            source.by_user.clone().or(&held.stated) != held.stated
                || source.by_sidecar.clone().or(&held.sidecar) != held.sidecar
        })
    }

    /// The source with what was stated of it before, and the day it entered the library.
    fn completed(&self, source: &SourceFile) -> SourceFile {
        let mut source = source.clone();
        source.added = Some(today());
        if let Some(held) = self.records.get(&source.sha256().document_id()) {
            source.by_user = source.by_user.or(&held.stated);
            source.by_sidecar = source.by_sidecar.or(&held.sidecar);
            source.added = Some(held.added);
        }
        source
    }

    /// Keeps, records and indexes what was prepared. Returns how many bytes of reports that was; 0
    /// when nothing changed.
    fn take_in(
        &mut self,
        prepared: Vec<(Incoming, Option<Result<Prepared, String>>)>,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        let mut done = Vec::with_capacity(prepared.len());
        let mut lines = Vec::new();
        let mut indexed: Vec<Prepared> = Vec::new();
        for (Incoming { name, source }, read) in prepared {
            let outcome = match (source, read) {
                (Err(outcome), _) => outcome,
                (Ok(_), Some(Err(reason))) => AddOutcome::Skipped { reason },
                // The same bytes may stand twice in one batch.
                (Ok(source), Some(Ok(ready))) if self.is_new(&source) => match self.keep(&source) {
                    Ok(record) => {
                        let document = Box::new(ready.document.clone());
                        let updates = self.records.get(&record.id).is_some();
                        let retired = self.retire_digests(record.sha256)?;
                        self.records.take(record.clone());
                        lines.push(record);
                        indexed.push(ready);
                        if updates {
                            AddOutcome::Updated { document }
                        } else {
                            AddOutcome::Added { document, retired }
                        }
                    }
                    Err(error) => AddOutcome::Failed { reason: error.to_string() },
                },
                (Ok(source), _) => self.held(&source)?,
            };
            done.push(AddReport { file: name, outcome });
        }
        self.corpus.append(&lines, &self.lock)?;
        for ready in &indexed {
            let id = &ready.document.id;
            match self.records.get(id) {
                Some(record) if self.records.is_retired(record) => self.writer.remove(id)?,
                _ => self.writer.replace(&ready.document, &ready.records)?,
            }
        }
        done.into_iter().try_for_each(report)?;
        Ok(lines.iter().map(|record| record.bytes.max(1)).sum())
    }

    fn keep(&self, source: &SourceFile) -> Result<CaptureRecord, CorpusError> {
        let source = self.completed(source);
        let id = source.sha256().document_id();
        let file = match self.records.get(&id) {
            Some(held) if held.sha256 != source.sha256() => {
                return Err(CorpusError::Collision { name: source.name().to_owned(), id });
            }
            Some(held) => held.file.clone(),
            None => self.corpus.keep(&source)?,
        };
        Ok(CaptureRecord::new(&source, file, source.added.unwrap_or_else(today)))
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

    /// What to say of bytes that are held already.
    fn held(&self, source: &SourceFile) -> anyhow::Result<AddOutcome> {
        let id = source.sha256().document_id();
        if self.records.get(&id).is_some_and(|record| self.records.is_retired(record)) {
            let reason = "is a digest whose original the library holds; the original answers";
            return Ok(AddOutcome::Skipped { reason: reason.to_owned() });
        }
        let committed = match Index::open(&self.folder) {
            Ok(index) => index.document(&id)?,
            Err(_) => None,
        };
        // What came in earlier in this very run is not committed yet; reading it again tells the same.
        let document = match committed {
            Some(document) => Ok(document),
            None => prepare(&self.completed(source), &self.profiles).map(|ready| ready.document),
        };
        Ok(match document {
            Ok(document) => AddOutcome::Held { document: Box::new(document) },
            Err(reason) => AddOutcome::Skipped { reason },
        })
    }

    /// The captures recorded after what an index covers.
    fn recorded_after(&self, coverage: &Coverage) -> anyhow::Result<Vec<CaptureRecord>> {
        let mut captures: HashMap<DocumentId, CaptureRecord> = HashMap::new();
        for file in self.corpus.record_files()? {
            let covered =
                coverage.corpus.iter().find(|c| c.name == file.name).map_or(0, |c| c.bytes);
            for record in self.records.recorded_after(&file.name, covered) {
                captures.insert(record.id.clone(), record.clone());
                self.retire_digests(record.sha256)?;
            }
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
        for batch in captures.chunks(BATCH_FILES) {
            let read = |record: &CaptureRecord| -> Result<Prepared, String> {
                let source = self.corpus.load(record).map_err(|error| error.to_string())?;
                prepare(&source, &self.profiles)
            };
            let prepared: Vec<_> = batch.par_iter().map(read).collect();
            for (record, prepared) in batch.iter().zip(prepared) {
                match prepared {
                    Ok(ready) => self.writer.replace(&ready.document, &ready.records)?,
                    Err(reason) => {
                        failed += 1;
                        output.warning(&format!("{} is not indexed: {reason}", record.name));
                    }
                }
            }
        }
        Ok(failed)
    }

    /// Makes everything done so far part of the index, and says what it holds then.
    pub fn commit(&mut self) -> anyhow::Result<Counts> {
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
        let publishers_digest = self.corpus.profiles_digest()?;
        let commit = self.writer.commit(&Coverage { corpus, publishers_digest })?;
        Ok(commit.counts)
    }
}

/// Reads files without changing anything, and reports on each what would become of it.
pub fn rehearse(
    library: &LibraryPaths,
    found: &[Found],
    stated: &Stated,
    profiles: &Profiles,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let corpus = library.corpus();
    let records = if corpus.exists() { corpus.records()? } else { Records::default() };
    for Incoming { name, source } in load(found, stated, profiles) {
        let outcome = match source {
            Err(outcome) => outcome,
            Ok(source) => match prepare(&source, profiles) {
                Err(reason) => AddOutcome::Skipped { reason },
                Ok(ready) => {
                    let document = Box::new(ready.document);
                    let digests = records.digests_of(source.sha256()).map(|r| r.id.clone());
                    match records.get(&document.id) {
                        Some(_) => AddOutcome::Held { document },
                        None => AddOutcome::WouldAdd { document, retired: digests.collect() },
                    }
                }
            },
        };
        report(AddReport { file: name, outcome })?;
    }
    Ok(())
}

fn lock(corpus: &Corpus, output: &Output) -> Result<CorpusLock, CorpusError> {
    corpus
        .lock(|holder| output.note(&format!("{holder} is writing to this library; waiting for it")))
}

fn arrears(corpus: &Corpus, folder: &Path) -> anyhow::Result<Arrears> {
    Ok(match Index::open(folder) {
        Ok(index) => match standing(corpus, &index.commit().coverage)? {
            Standing::Current => Arrears::None,
            Standing::Behind => Arrears::Since(index.commit().coverage.clone()),
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

/// How many of the files to come are read at once.
fn batch_length(found: &[Found]) -> usize {
    let mut bytes = 0;
    let fits = |item: &&Found| {
        if let Found::File(path) = item {
            bytes += fs::metadata(path).map_or(0, |m| m.len());
        }
        bytes <= BATCH_BYTES
    };
    found.iter().take(BATCH_FILES).take_while(fits).count().max(1)
}

/// Reads the bytes of files, and what is stated of them.
fn load(found: &[Found], stated: &Stated, profiles: &Profiles) -> Vec<Incoming> {
    let load = |item: &Found| match item {
        Found::Failed(path, reason) => Incoming {
            name: path.display().to_string(),
            source: Err(AddOutcome::Failed { reason: reason.clone() }),
        },
        Found::Input => Incoming { name: "-".to_owned(), source: load_input(stated) },
        Found::File(path) => {
            let source =
                load_file(path, stated, profiles).map_err(|reason| AddOutcome::Failed { reason });
            Incoming { name: path.display().to_string(), source }
        }
    };
    found.iter().map(load).collect()
}

fn load_input(stated: &Stated) -> Result<SourceFile, AddOutcome> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes);
    let failed = |reason: String| AddOutcome::Failed { reason };
    read.map_err(|error| failed(describe(&error)))?;
    if bytes.len() as u64 > LARGEST {
        return Err(failed(too_large()));
    }
    let mut source = SourceFile::new("standard input", bytes);
    source.by_user = stated.clone();
    Ok(source)
}

fn load_file(path: &Path, stated: &Stated, profiles: &Profiles) -> Result<SourceFile, String> {
    let length = fs::metadata(path).map_err(|error| describe(&error))?.len();
    if length > LARGEST {
        return Err(too_large());
    }
    let bytes = fs::read(path).map_err(|error| describe(&error))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    let mut source = SourceFile::new(name, bytes);
    source.by_user = stated.clone();
    source.by_sidecar = load_sidecar(path, profiles)?;
    Ok(source)
}

fn load_sidecar(path: &Path, profiles: &Profiles) -> Result<Stated, String> {
    let mut name = path.as_os_str().to_owned();
    name.push(SIDECAR);
    let beside = PathBuf::from(name);
    let text = match fs::read_to_string(&beside) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Stated::default()),
        Err(error) => return Err(format!("{} {}", beside.display(), describe(&error))),
    };
    let stated = Stated::from_toml(&text)
        .and_then(|stated| stated.check(profiles).map(|()| stated))
        .map_err(|error| format!("{}: {error}", beside.display()))?;
    Ok(stated)
}

fn too_large() -> String {
    format!("is larger than {} MB, the most that is read", LARGEST >> 20)
}

fn prepare(source: &SourceFile, profiles: &Profiles) -> Result<Prepared, String> {
    let read = read(source, profiles).map_err(|error| error.to_string())?;
    let (document, records) = DocumentRecords::of(&read).into_records();
    Ok(Prepared { document, records: records.collect() })
}

/// The day it is, in UTC: the one clock that every library shares.
fn today() -> PartialDate {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    // A clock set outside the years 1 to 9999 is no clock.
    PartialDate::day(date.year(), date.month(), date.day()).unwrap_or(PartialDate::EPOCH)
}
