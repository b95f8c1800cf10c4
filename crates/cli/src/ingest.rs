//! The way into a library: files read in parallel, then kept, recorded and indexed one after the
//! other. Each step leaves a state that a crash cannot spoil: bytes before their record, records
//! before the commit, and what a crash left unindexed is taken in first by whoever writes next.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use indexing::{
    Counts, Coverage, CoveredFile, FileStamp, Index, IndexError, Writer, WriterSettings,
};
use ingestion::corpus::{CaptureRecord, Corpus, CorpusError, CorpusLock, Records};
use ingestion::profiles::Profiles;
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{SourceFile, Stated};
use model::{ContentHash, DocumentId, DocumentRecord, PartialDate};
use rayon::prelude::*;
use render::{AddOutcome, AddReport};

use crate::contents::{Contents, Prepared, contents, prepare};
use crate::incoming::{Incoming, load};
use crate::library::{Standing, standing};
use crate::output::Output;
use crate::paths::{Found, LibraryPaths};

/// How many files are read at once, and after how many bytes of them the next ones wait.
const BATCH_FILES: usize = 64;
const BATCH_BYTES: u64 = 64 << 20;

/// How many records of a data set are read at once.
const BATCH_RECORDS: usize = 512;

/// After how many bytes of reports what was done is committed, so that little is left to do again.
const COMMIT_BYTES: u64 = 512 << 20;

/// A library opened for writing.
pub struct Ingest {
    corpus: Corpus,
    records: Records,
    profiles: Profiles,
    folder: PathBuf,
    writer: Writer,
    /// Captures that are recorded and could not be read, by id, with their names.
    unread: BTreeMap<DocumentId, String>,
    /// What came in with this very run.
    fresh: HashSet<DocumentId>,
    // Let go of last, when the writer is done.
    lock: CorpusLock,
}

/// A file, and what it turned out to be if it was read.
type Looked = (Incoming, Option<Result<Contents, String>>);

/// How files are to be read, beyond what is in them.
pub struct Reading<'a> {
    /// What the user states of every file.
    pub stated: &'a Stated,
    /// Which field of a data set is what, if the user says.
    pub mapping: Option<&'a Mapping>,
    /// Where notes go.
    pub output: &'a Output,
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
        let unread = writer.last_commit().map(|commit| commit.coverage.unread.clone());
        let unread = unread.into_iter().flatten().collect();
        let fresh = HashSet::new();
        Ok(Self { corpus, records, profiles, folder, writer, unread, fresh, lock })
    }

    /// The profiles that hold for this library.
    pub fn profiles(&self) -> &Profiles {
        &self.profiles
    }

    /// Reads files into the library and reports on each, in order.
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
            let incoming = load(batch, reading.stated, &self.profiles);
            let looked = self.look(incoming, reading.mapping);
            uncommitted += self.take_in(looked, reading, report)?;
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
    fn look(&self, incoming: Vec<Incoming>, mapping: Option<&Mapping>) -> Vec<Looked> {
        let read = |file: Incoming| {
            let contents = match &file.source {
                Ok(source) if self.known().is_new(source) => {
                    Some(contents(&self.known().completed(source), &self.profiles, mapping))
                }
                _ => None,
            };
            (file, contents)
        };
        incoming.into_par_iter().map(read).collect()
    }

    fn known(&self) -> Known<'_> {
        Known { corpus: &self.corpus, records: &self.records, unread: Some(&self.unread) }
    }

    /// Keeps, records and indexes what was read. Returns how many bytes of reports that was; 0 when
    /// nothing changed.
    fn take_in(
        &mut self,
        looked: Vec<Looked>,
        reading: &Reading<'_>,
        report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
    ) -> anyhow::Result<u64> {
        let mut done = Vec::with_capacity(looked.len());
        let mut lines = Vec::new();
        let mut indexed: Vec<Box<Prepared>> = Vec::new();
        let mut sets: Vec<(SourceFile, Option<Mapping>)> = Vec::new();
        for (Incoming { name, source }, look) in looked {
            let outcome = match (source, look) {
                (Err(outcome), _) => outcome,
                (Ok(_), Some(Err(reason))) => AddOutcome::Skipped { reason },
                // The same bytes may stand twice in one batch.
                (Ok(source), Some(Ok(first_look))) if self.known().is_new(&source) => {
                    let mut record = match self.keep(&source) {
                        Ok(record) => record,
                        Err(error) => {
                            let outcome = AddOutcome::Failed { reason: error.to_string() };
                            done.push(AddReport { file: name, outcome });
                            continue;
                        }
                    };
                    let id = record.id.clone();
                    let repairs = self.unread.remove(&id).is_some();
                    let updates = self.records.get(&id).is_some() && !repairs;
                    // The same bytes, with other statements, came earlier in this batch: the two
                    // together are what is known now.
                    let looked_again = match self.fresh.insert(id.clone()) {
                        true => Ok(first_look),
                        false => contents(
                            &self.known().completed(&source),
                            &self.profiles,
                            reading.mapping,
                        ),
                    };
                    match looked_again.map_err(|reason| anyhow!("{name}: {reason}"))? {
                        Contents::Document(ready) => {
                            let retired = self.retire_digests(ready.document.metadata.sha256)?;
                            self.records.take(record.clone());
                            lines.push(record);
                            let document = Box::new(ready.document.clone());
                            indexed.push(ready);
                            match updates {
                                _ if self.known().is_retired(&id) => {
                                    AddOutcome::Retired { document }
                                }
                                true => AddOutcome::Updated { document },
                                false => AddOutcome::Added { document, retired },
                            }
                        }
                        Contents::Set(mapping) => {
                            record.mapping = mapping.as_ref().map(Mapping::to_string);
                            self.records.take(record.clone());
                            lines.push(record);
                            sets.push((self.known().completed(&source), mapping));
                            continue;
                        }
                    }
                }
                (Ok(source), _) => self.held(&source)?,
            };
            done.push(AddReport { file: name, outcome });
        }
        self.corpus.append(&lines, &self.lock)?;
        for ready in &indexed {
            let id = &ready.document.id;
            if self.known().is_retired(id) {
                self.writer.remove(id)?;
            } else {
                self.writer.replace(&ready.document, &ready.records)?;
            }
        }
        done.into_iter().try_for_each(&mut *report)?;
        for (source, mapping) in &sets {
            if let (None, Some(mapping)) = (reading.mapping, mapping) {
                let name = source.name();
                reading
                    .output
                    .note(&format!("{name}: a data set, read with --map {mapping} (a guess)"));
            }
            let note = |note: String| reading.output.note(&note);
            self.index_set(source, mapping.as_ref(), &note, report)?;
        }
        Ok(lines.iter().map(|record| record.bytes.max(1)).sum())
    }

    /// Reads the documents of a data set or archive into the index, a few hundred at a time, and
    /// reports on each. Those that read the same, of one series on one country for one period, are one document.
    fn index_set(
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
        loop {
            let mut bytes = 0;
            let mut batch = Vec::new();
            while batch.len() < BATCH_RECORDS
                && bytes < BATCH_BYTES
                && let Some(part) = many.next()
            {
                bytes += part.as_ref().map_or(0, |part| part.bytes().len() as u64);
                batch.push(part);
            }
            many.take_notes().into_iter().for_each(note);
            if batch.is_empty() {
                return Ok(());
            }
            let read = |record: Result<SourceFile, (String, String)>| match record {
                Ok(source) => {
                    let prepared = prepare(&source, &self.profiles);
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
            self.writer.replace(&ready.document, &ready.records)?;
        }
        Ok(outcomes)
    }

    fn keep(&self, source: &SourceFile) -> Result<CaptureRecord, CorpusError> {
        let source = self.known().completed(source);
        let id = source.sha256().document_id();
        let file = match self.records.get(&id) {
            Some(held) if held.sha256 != source.sha256() => {
                return Err(CorpusError::Collision { name: source.name().to_owned(), id });
            }
            Some(held) if self.corpus.holds(held) => held.file.clone(),
            _ => self.corpus.keep(&source)?,
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
        if self.records.get(&id).is_some_and(|record| record.mapping.is_some()) {
            return Ok(AddOutcome::HeldSet);
        }
        let committed = match Index::open(&self.folder) {
            Ok(index) => index.document(&id)?,
            Err(_) => None,
        };
        // What came in earlier in this very run is not committed yet, and a digest that is retired
        // is not in the index; reading it again tells the same.
        let document = match committed {
            Some(document) => document,
            None => match contents(&self.known().completed(source), &self.profiles, None) {
                Ok(Contents::Document(ready)) => ready.document,
                Ok(Contents::Set(_)) => return Ok(AddOutcome::HeldSet),
                Err(reason) => return Ok(AddOutcome::Skipped { reason }),
            },
        };
        Ok(self.known().held(Box::new(document), &id))
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
        let mut rest = captures;
        while !rest.is_empty() {
            let (batch, later) = rest.split_at(within_batch(rest, |record| record.bytes));
            rest = later;
            let read = |record: &CaptureRecord| -> Result<(SourceFile, Contents), String> {
                let source = self.corpus.load(record).map_err(|error| error.to_string())?;
                let mapping = record.mapping.as_ref().map(|written| written.parse::<Mapping>());
                let mapping = mapping.transpose().map_err(|error| error.to_string())?;
                let contents = contents(&source, &self.profiles, mapping.as_ref())?;
                Ok((source, contents))
            };
            let read: Vec<_> = batch.par_iter().map(read).collect();
            for (record, read) in batch.iter().zip(read) {
                self.unread.remove(&record.id);
                match read {
                    Ok((_, Contents::Document(ready))) => {
                        self.writer.replace(&ready.document, &ready.records)?;
                    }
                    // What is wrong with single records was reported when they were added.
                    Ok((source, Contents::Set(mapping))) => {
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
        let unread = self.unread.clone().into_iter().collect();
        let commit = self.writer.commit(&Coverage { corpus, publishers_digest, unread })?;
        Ok(commit.counts)
    }
}

/// What a library knows of files before they are read.
struct Known<'a> {
    corpus: &'a Corpus,
    records: &'a Records,
    unread: Option<&'a BTreeMap<DocumentId, String>>,
}

impl Known<'_> {
    /// Whether there is anything in a file that the library does not hold: its bytes, whole and
    /// read, or statements on them.
    fn is_new(&self, source: &SourceFile) -> bool {
        let id = source.sha256().document_id();
        self.records.get(&id).is_none_or(|held| {
            source.by_user.clone().or(&held.stated) != held.stated
                || source.by_sidecar.clone().or(&held.sidecar) != held.sidecar
                || self.unread.is_some_and(|unread| unread.contains_key(&id))
                || !self.corpus.holds(held)
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

    fn is_retired(&self, id: &DocumentId) -> bool {
        self.records.get(id).is_some_and(|record| self.records.is_retired(record))
    }

    fn held(&self, document: Box<DocumentRecord>, capture: &DocumentId) -> AddOutcome {
        if self.is_retired(capture) {
            AddOutcome::Retired { document }
        } else {
            AddOutcome::Held { document }
        }
    }
}

/// Reads files without changing anything, and reports on each what would become of it.
pub fn rehearse(
    library: &LibraryPaths,
    found: &[Found],
    reading: &Reading<'_>,
    profiles: &Profiles,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let corpus = library.corpus();
    let records = if corpus.exists() { corpus.records()? } else { Records::default() };
    for Incoming { name, source } in load(found, reading.stated, profiles) {
        let source = match source {
            Ok(source) => source,
            Err(outcome) => {
                report(AddReport { file: name, outcome })?;
                continue;
            }
        };
        let known = Known { corpus: &corpus, records: &records, unread: None };
        let (id, is_new) = (source.sha256().document_id(), known.is_new(&source));
        let outcome = match contents(&known.completed(&source), profiles, reading.mapping) {
            Err(reason) => AddOutcome::Skipped { reason },
            Ok(Contents::Set(_)) if !is_new => AddOutcome::HeldSet,
            Ok(Contents::Document(ready)) if !is_new => known.held(Box::new(ready.document), &id),
            Ok(Contents::Document(ready)) => {
                let document = Box::new(ready.document);
                let digests = records.digests_of(document.metadata.sha256);
                let retired = digests.map(|record| record.id.clone()).collect();
                AddOutcome::WouldAdd { document, retired }
            }
            Ok(Contents::Set(mapping)) => {
                if let Some(mapping) = &mapping {
                    reading.output.note(&format!("{name}: a data set, read with --map {mapping}"));
                }
                rehearse_set(&source, mapping.as_ref(), profiles, reading.output, report)?;
                continue;
            }
        };
        report(AddReport { file: name, outcome })?;
    }
    Ok(())
}

fn rehearse_set(
    source: &SourceFile,
    mapping: Option<&Mapping>,
    profiles: &Profiles,
    output: &Output,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Parts::Many(mut many) = unpack::open(source, mapping)? else { return Ok(()) };
    while let Some(part) = many.next() {
        many.take_notes().iter().for_each(|note| output.note(note));
        let (place, outcome) = match part {
            Err((place, reason)) => (place, AddOutcome::Skipped { reason }),
            Ok(part) => {
                let outcome = match prepare(&part, profiles) {
                    Err(reason) => AddOutcome::Skipped { reason },
                    Ok(ready) => {
                        let document = Box::new(ready.document);
                        AddOutcome::WouldAdd { document, retired: Vec::new() }
                    }
                };
                (part.part_of.map(|part| part.place).unwrap_or_default(), outcome)
            }
        };
        report(AddReport { file: format!("{}: {place}", source.name()), outcome })?;
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
    within_batch(found, |item| match item {
        Found::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
        Found::Input | Found::Failed(..) | Found::PassedOver(..) => 0,
    })
}

/// How many of these things make one batch: at least one.
fn within_batch<T>(things: &[T], bytes_of: impl Fn(&T) -> u64) -> usize {
    let mut bytes = 0;
    let fits = |thing: &&T| {
        bytes += bytes_of(thing);
        bytes <= BATCH_BYTES
    };
    things.iter().take(BATCH_FILES).take_while(fits).count().max(1)
}

/// The day it is, in UTC: the one clock that every library shares.
fn today() -> PartialDate {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    // A clock set outside the years 1 to 9999 is no clock.
    PartialDate::day(date.year(), date.month(), date.day()).unwrap_or(PartialDate::EPOCH)
}
