//! Writing an index: documents in, one commit at a time. A commit is all or nothing; whatever is
//! killed or rolled back before it leaves the last committed state.

use std::collections::{BTreeSet, HashMap};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::{Circle, ContentHash, DocumentId, DocumentRecord, Field, IndexRecord};
use tantivy::schema::Term;
use tantivy::{IndexReader, IndexWriter, TantivyDocument};

use crate::commit::{Commit, Counts, Coverage};
use crate::engine::{self, Generation};
use crate::error::IndexError;
use crate::index::Index;
use crate::layout::{META, Meta, generation_dir, generations, lock, remove_generations_but};
use crate::merging::Bounded;
use crate::schema::{Fields, document_entry, record_entry};

/// The least memory the engine accepts for a thread, with room for its own margin.
const LEAST_HEAP_BYTES: usize = 16_000_000;

/// How much of the machine a writer may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterSettings {
    /// Threads that index; at least 1.
    pub threads: usize,
    /// Memory for all of them together before they write to disk; each gets at least 16 MB.
    pub heap_bytes: usize,
}

/// Writes an index. Only one writer at a time can have an index open.
///
/// Documents may be given from several threads at once, so long as no two threads give the same
/// document at the same time.
pub struct Writer {
    dir: PathBuf,
    generation: u64,
    fields: Fields,
    engine: IndexWriter,
    reader: IndexReader,
    committed: Option<Commit>,
    changes: Mutex<Changes>,
    // Held for as long as the writer lives.
    _lock: File,
}

/// Makes the files that the engine writes for its owner only as readable as the rest of the index,
/// so that a library can be shared. Where that is refused the index is as good for its owner.
fn share_readability(dir: &Path, generation: &Path) {
    let Ok(like) = fs::metadata(dir.join(META)) else { return };
    for name in ["meta.json", ".managed.json"] {
        let _ = fs::set_permissions(generation.join(name), like.permissions());
    }
}

/// What a document adds to the counts.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Share {
    sha256: ContentHash,
    counts: Counts,
    /// The chapters that were cut out of it, documents of their own.
    chapters: Vec<DocumentId>,
}

/// What was done since the last commit.
#[derive(Default)]
struct Changes {
    documents: HashMap<DocumentId, Change>,
    /// The circles of what came, went or changed.
    circles: BTreeSet<Circle>,
}

/// What becomes of a document with the next commit.
#[derive(Clone, Debug)]
struct Change {
    committed: Option<Share>,
    next: Option<Share>,
}

impl Default for WriterSettings {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        Self { threads, heap_bytes: threads * 64_000_000 }
    }
}

impl Writer {
    /// Opens the index in `dir` for writing; creates the directory and an empty index where there
    /// is none.
    ///
    /// # Errors
    /// [`IndexError::Locked`] while another writer has it open; [`IndexError::OtherVersion`] and
    /// [`IndexError::Damaged`] for an index that only [`Writer::rebuild`] can replace.
    pub fn open(dir: &Path, settings: WriterSettings) -> Result<Self, IndexError> {
        let lock = lock_directory(dir)?;
        match Meta::read(dir) {
            Ok(meta) => {
                remove_generations_but(dir, Some(meta.generation))?;
                let opened = engine::open(dir, &generation_dir(dir, meta.generation))?;
                Self::start(dir, meta.generation, opened, lock, settings)
            }
            Err(IndexError::Missing { .. }) => {
                // Generations without a `meta.json` were never finished.
                remove_generations_but(dir, None)?;
                Self::start_new(dir, 1, lock, settings)
            }
            Err(error) => Err(error),
        }
    }

    /// Starts an empty index that takes the place of the present one, whatever state that is in,
    /// with the first commit; until then the present one stays.
    ///
    /// # Errors
    /// [`IndexError::Locked`] while another writer has the index open.
    pub fn rebuild(dir: &Path, settings: WriterSettings) -> Result<Self, IndexError> {
        let lock = lock_directory(dir)?;
        if let Ok(meta) = Meta::read(dir) {
            remove_generations_but(dir, Some(meta.generation))?;
        }
        let next = generations(dir)?.last().map_or(1, |last| last.saturating_add(1));
        Self::start_new(dir, next, lock, settings)
    }

    fn start_new(
        dir: &Path,
        generation: u64,
        lock: File,
        settings: WriterSettings,
    ) -> Result<Self, IndexError> {
        let path = generation_dir(dir, generation);
        fs::create_dir_all(&path).map_err(IndexError::io("create", &path))?;
        Self::start(dir, generation, engine::create(&path)?, lock, settings)
    }

    fn start(
        dir: &Path,
        generation: u64,
        opened: Generation,
        lock: File,
        settings: WriterSettings,
    ) -> Result<Self, IndexError> {
        let Generation { index, fields, reader, commit } = opened;
        let threads = settings.threads.max(1);
        let heap = settings.heap_bytes.max(threads.saturating_mul(LEAST_HEAP_BYTES));
        let engine: IndexWriter = index
            .writer_with_num_threads(threads, heap)
            .map_err(IndexError::engine("open the index for writing"))?;
        engine.set_merge_policy(Box::new(Bounded::default()));
        // What a killed writer left may have the very names that this one will give.
        engine
            .garbage_collect_files()
            .wait()
            .map_err(IndexError::engine("clear away what an interrupted writer left"))?;
        Ok(Self {
            dir: dir.to_owned(),
            generation,
            fields,
            engine,
            reader,
            committed: commit,
            changes: Mutex::default(),
            _lock: lock,
        })
    }

    /// The last commit; `None` in an index that has none yet.
    pub fn last_commit(&self) -> Option<&Commit> {
        self.committed.as_ref()
    }

    /// Puts a document and its records into the index, in the place of what it held of that
    /// document. The chapters that were cut out of it before and are not any more leave the index.
    /// Takes effect with the next commit.
    ///
    /// # Errors
    /// [`IndexError::Inconsistent`], and nothing is done, when a record is of another document, the
    /// numbers of records are not those the document states, or another capture has the same id.
    /// After any other error the writer must be rolled back or dropped.
    pub fn replace(
        &self,
        document: &DocumentRecord,
        records: &[IndexRecord],
    ) -> Result<(), IndexError> {
        check(document, records)?;
        self.replace_with(document, || {
            records.iter().try_for_each(|record| self.add(record_entry(&self.fields, record)?))
        })
    }

    /// Does what [`Writer::replace`] does with records that are taken one by one and not held
    /// together.
    ///
    /// # Errors
    /// As [`Writer::replace`], but that after [`IndexError::Inconsistent`], too, the writer must be
    /// rolled back or dropped: what is wrong shows only when the records are taken.
    pub fn replace_from(
        &self,
        document: &DocumentRecord,
        records: impl Iterator<Item = IndexRecord>,
    ) -> Result<(), IndexError> {
        self.replace_with(document, || {
            let mut seen = Seen::default();
            for record in records {
                seen.take(document, &record)?;
                self.add(record_entry(&self.fields, &record)?)?;
            }
            seen.check(document)
        })
    }

    /// Replaces a document, with its records added by `add_records`.
    fn replace_with(
        &self,
        document: &DocumentRecord,
        add_records: impl FnOnce() -> Result<(), IndexError>,
    ) -> Result<(), IndexError> {
        let id = &document.id;
        let share = share_of(document);
        let before = self.clear(id, |before| match before {
            Some(before) if before.sha256 != share.sha256 => Err(IndexError::Inconsistent {
                document: id.clone(),
                reason: format!("another capture ({}) has the same id", before.sha256.to_hex()),
            }),
            _ => Ok(()),
        })?;
        add_records()?;
        self.add(document_entry(&self.fields, document)?)?;
        {
            let mut changes = self.changes();
            changes.circles.extend(document.circles());
            let committed = before.committed;
            changes.documents.insert(id.clone(), Change { committed, next: Some(share) });
        }
        let chapters = before.next.into_iter().flat_map(|share| share.chapters);
        let mut gone = chapters.filter(|chapter| !document.chapters.contains(chapter));
        gone.try_for_each(|chapter| self.remove(&chapter))
    }

    /// Puts the records of a committed document back in the place of those it has, with other
    /// labels: nothing else of it changes, and nothing is unsettled by it. A document that was
    /// replaced or removed since the last commit is left alone. Takes effect with the next commit.
    ///
    /// # Errors
    /// As [`Writer::replace`].
    pub fn relabel(
        &self,
        document: &DocumentRecord,
        records: &[IndexRecord],
    ) -> Result<(), IndexError> {
        let share = share_of(document);
        check(document, records)?;
        if self.is_changed(&document.id) {
            return Ok(());
        }
        let term = Term::from_field_text(self.fields.of(Field::Document), document.id.as_str());
        self.engine.delete_term(term);
        for record in records {
            self.add(record_entry(&self.fields, record)?)?;
        }
        self.add(document_entry(&self.fields, document)?)?;
        let change = Change { committed: Some(share.clone()), next: Some(share) };
        self.changes().documents.insert(document.id.clone(), change);
        Ok(())
    }

    /// Whether a document was replaced or removed since the last commit.
    pub fn is_changed(&self, id: &DocumentId) -> bool {
        self.changes().documents.contains_key(id)
    }

    /// Removes a document, its records and the chapters that were cut out of it, if the index holds
    /// them. Takes effect with the next commit.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn remove(&self, id: &DocumentId) -> Result<(), IndexError> {
        let Change { committed, next } = self.clear(id, |_| Ok(()))?;
        self.changes().documents.insert(id.clone(), Change { committed, next: None });
        let mut chapters = next.into_iter().flat_map(|share| share.chapters);
        chapters.try_for_each(|chapter| self.remove(&chapter))
    }

    /// Deletes what there is of a document, if `allowed` says so of its present share, and returns
    /// what was to become of it until now.
    fn clear(
        &self,
        id: &DocumentId,
        allowed: impl FnOnce(Option<&Share>) -> Result<(), IndexError>,
    ) -> Result<Change, IndexError> {
        let known = self.changes().documents.get(id).cloned();
        let change = match known {
            Some(change) => change,
            None => {
                let before = self.committed_document(id)?;
                self.changes().circles.extend(before.iter().flat_map(DocumentRecord::circles));
                let committed = before.as_ref().map(share_of);
                Change { committed: committed.clone(), next: committed }
            }
        };
        allowed(change.next.as_ref())?;
        // A deletion is looked up in every segment, so none is made in vain.
        if change.next.is_some() {
            self.engine
                .delete_term(Term::from_field_text(self.fields.of(Field::Document), id.as_str()));
        }
        Ok(change)
    }

    fn committed_document(&self, id: &DocumentId) -> Result<Option<DocumentRecord>, IndexError> {
        let Some(commit) = &self.committed else { return Ok(None) };
        let index = Index::at(&self.dir, self.fields, self.reader.searcher(), commit.clone());
        index.document(id)
    }

    fn add(&self, entry: TantivyDocument) -> Result<(), IndexError> {
        self.engine.add_document(entry).map(drop).map_err(IndexError::engine("add a record"))
    }

    /// The circles of documents that came, went or changed since the library was last settled, in
    /// order: those of earlier commits, and of what is not committed yet.
    pub fn unsettled(&self) -> Vec<Circle> {
        let mut circles = self.changes().circles.clone();
        circles.extend(self.committed.iter().flat_map(|commit| commit.unsettled.iter().cloned()));
        circles.into_iter().collect()
    }

    /// Makes everything since the last commit part of the index, together with what it covers. The
    /// commit says which circles are unsettled with it.
    ///
    /// # Errors
    /// When something cannot be written; the index then stands at its last commit, and the writer
    /// must be dropped.
    pub fn commit(&mut self, coverage: &Coverage) -> Result<Commit, IndexError> {
        let unsettled = self.unsettled();
        self.commit_with(coverage, unsettled)
    }

    /// As [`Writer::commit`], after every circle was settled: what was done since the last commit is
    /// what settling asked for, and unsettles nothing.
    ///
    /// # Errors
    /// As [`Writer::commit`].
    pub fn commit_settled(&mut self, coverage: &Coverage) -> Result<Commit, IndexError> {
        self.commit_with(coverage, Vec::new())
    }

    fn commit_with(
        &mut self,
        coverage: &Coverage,
        unsettled: Vec<Circle>,
    ) -> Result<Commit, IndexError> {
        let action = "commit to the index";
        let commit = Commit { coverage: coverage.clone(), counts: self.counts(), unsettled };
        let payload = serde_json::to_string(&commit)
            .map_err(|error| IndexError::io(action, &self.dir)(error.into()))?;
        let mut prepared = self.engine.prepare_commit().map_err(IndexError::engine(action))?;
        prepared.set_payload(&payload);
        prepared.commit().map_err(IndexError::engine(action))?;
        Meta::new(self.generation, commit.clone()).write(&self.dir)?;
        share_readability(&self.dir, &generation_dir(&self.dir, self.generation));
        self.reader.reload().map_err(IndexError::engine("read the new commit"))?;
        *self.changes() = Changes::default();
        self.committed = Some(commit.clone());
        // After a rebuild the former generation no longer counts.
        remove_generations_but(&self.dir, Some(self.generation))?;
        Ok(commit)
    }

    /// Forgets everything since the last commit.
    ///
    /// # Errors
    /// When the engine cannot return to the last commit; the writer must then be dropped.
    pub fn rollback(&mut self) -> Result<(), IndexError> {
        self.engine.rollback().map_err(IndexError::engine("return to the last commit"))?;
        *self.changes() = Changes::default();
        Ok(())
    }

    /// Ends writing once the engine has tidied up what was committed, which makes later searches
    /// faster. Dropping the writer instead is quicker and as safe.
    ///
    /// # Errors
    /// When tidying up fails; the last commit stands all the same.
    pub fn finish(self) -> Result<(), IndexError> {
        self.engine.wait_merging_threads().map_err(IndexError::engine("merge its segments"))
    }

    /// The counts after the changes since the last commit.
    fn counts(&self) -> Counts {
        let mut counts = self.committed.as_ref().map(|commit| commit.counts).unwrap_or_default();
        for change in self.changes().documents.values() {
            let [gone, come] = [&change.committed, &change.next]
                .map(|share| share.as_ref().map(|share| share.counts).unwrap_or_default());
            counts = counts.after(gone, come);
        }
        counts
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        // Every change is an insertion, so a thread that panicked left the map whole.
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lock_directory(dir: &Path) -> Result<File, IndexError> {
    fs::create_dir_all(dir).map_err(IndexError::io("create", dir))?;
    lock(dir)
}

fn share_of(document: &DocumentRecord) -> Share {
    let (passages, set_aside) = (u64::from(document.passages), u64::from(document.set_aside));
    let counts = if document.answers() {
        Counts { documents: 1, passages, set_aside, words: document.words, ..Counts::default() }
    } else {
        let other_records = passages + set_aside;
        Counts { other_captures: 1, other_records, ..Counts::default() }
    };
    Share { sha256: document.metadata.sha256, counts, chapters: document.chapters.clone() }
}

fn check(document: &DocumentRecord, records: &[IndexRecord]) -> Result<(), IndexError> {
    let mut seen = Seen::default();
    records.iter().try_for_each(|record| seen.take(document, record))?;
    seen.check(document)
}

/// How many records of a document were seen.
#[derive(Default)]
struct Seen {
    passages: u64,
    set_aside: u64,
}

impl Seen {
    /// Counts a record, which must be of that document and that capture.
    fn take(&mut self, document: &DocumentRecord, record: &IndexRecord) -> Result<(), IndexError> {
        let id = &record.passage.passage.id;
        if record.document.id != document.id {
            return Err(inconsistent(document, format!("passage {id} is of another")));
        }
        if record.kind.answers() != document.answers() {
            return Err(inconsistent(document, format!("{id} is of another capture")));
        }
        let is_passage = record.kind.is_passage();
        *(if is_passage { &mut self.passages } else { &mut self.set_aside }) += 1;
        Ok(())
    }

    /// Whether they are as many as the document states.
    fn check(&self, document: &DocumentRecord) -> Result<(), IndexError> {
        let Self { passages, set_aside } = *self;
        let stated = (u64::from(document.passages), u64::from(document.set_aside));
        if (passages, set_aside) == stated {
            return Ok(());
        }
        let (stated, stated_aside) = stated;
        Err(inconsistent(
            document,
            format!(
                "it states {stated} passages and {stated_aside} blocks set aside, its records are \
                 {passages} and {set_aside}"
            ),
        ))
    }
}

fn inconsistent(document: &DocumentRecord, reason: String) -> IndexError {
    IndexError::Inconsistent { document: document.id.clone(), reason }
}
