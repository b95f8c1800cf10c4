//! An index open for reading: its last committed state, the engine's handles that searching needs,
//! and the records by address. Looking records up by id is done in `lookup.rs`.

use std::path::{Path, PathBuf};

use model::{DocumentRecord, IndexRecord};
use tantivy::schema::Term;
use tantivy::{DocAddress, Searcher};

use crate::commit::Commit;
use crate::engine::{self, Generation, damaged};
use crate::error::IndexError;
use crate::layout::{Meta, generation_dir};
use crate::places::Places;
use crate::schema::{Fields, decode_document, decode_record};
use crate::stored::Stored;

/// How often a reader tries again whose generation was switched while it opened it.
const ATTEMPTS: usize = 3;

/// An index open for reading. It stands for one committed state and never changes, whatever is
/// written meanwhile.
pub struct Index {
    pub(crate) dir: PathBuf,
    fields: Fields,
    searcher: Searcher,
    commit: Commit,
    places: Places,
}

impl Index {
    /// Opens the index in `dir` at its last commit. The directory may be read-only.
    ///
    /// # Errors
    /// [`IndexError::Missing`] when there is none, [`IndexError::OtherVersion`] when this version
    /// cannot read it, [`IndexError::Damaged`] when it is half-written or changed from outside.
    pub fn open(dir: &Path) -> Result<Self, IndexError> {
        let mut meta = Meta::read(dir)?;
        for _ in 1..ATTEMPTS {
            let opened = Self::open_generation(dir, &meta);
            let now = Meta::read(dir)?;
            // A writer may have switched generations and removed the one just read from.
            if opened.is_ok() || now.generation == meta.generation {
                return opened;
            }
            meta = now;
        }
        Self::open_generation(dir, &meta)
    }

    fn open_generation(dir: &Path, meta: &Meta) -> Result<Self, IndexError> {
        let path = generation_dir(dir, meta.generation);
        if !path.is_dir() {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            return Err(damaged(dir, format!("{name} is missing")));
        }
        Self::of(dir, engine::open(dir, &path)?)
    }

    pub(crate) fn of(dir: &Path, generation: Generation) -> Result<Self, IndexError> {
        let Generation { fields, reader, commit, .. } = generation;
        let commit = commit.ok_or_else(|| damaged(dir, "nothing was ever committed to it"))?;
        let searcher = reader.searcher();
        let (held, expected) = (searcher.num_docs(), commit.counts.records());
        if held != expected {
            return Err(damaged(dir, format!("it holds {held} records instead of {expected}")));
        }
        Ok(Self::at(dir, fields, searcher, commit))
    }

    /// The index of a state that is known to be whole.
    pub(crate) fn at(dir: &Path, fields: Fields, searcher: Searcher, commit: Commit) -> Self {
        let places = Places::of(&searcher);
        Self { dir: dir.to_owned(), fields, searcher, commit, places }
    }

    /// The commit it stands for.
    pub fn commit(&self) -> &Commit {
        &self.commit
    }

    /// The engine's searcher over this state.
    pub fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// The fields of the schema.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The passage or block set aside at an address.
    ///
    /// # Errors
    /// When the address is not of such a record, or its stored form cannot be read.
    pub fn record(&self, address: DocAddress) -> Result<IndexRecord, IndexError> {
        let entry = self.entry(address)?;
        decode_record(&self.fields, &entry).map_err(|reason| damaged(&self.dir, reason))
    }

    pub(crate) fn document_at(&self, address: DocAddress) -> Result<DocumentRecord, IndexError> {
        let entry = self.entry(address)?;
        decode_document(&self.fields, &entry).map_err(|reason| damaged(&self.dir, reason))
    }

    pub(crate) fn entry(&self, address: DocAddress) -> Result<Stored, IndexError> {
        self.searcher.doc(address).map_err(IndexError::engine("fetch a record"))
    }

    /// In how many records a term occurs, records deleted and not yet cleaned away not counted.
    ///
    /// # Errors
    /// When the engine cannot read its terms.
    pub fn live_count(&self, term: &Term) -> Result<u64, IndexError> {
        crate::lookup::live_count(&self.searcher, term)
            .map_err(IndexError::engine("count the occurrences of a word"))
    }
}
