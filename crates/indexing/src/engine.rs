//! Opening and creating the search engine's directory of one generation: the right schema, the
//! right analysers, the committed state. Both the reader (`index.rs`) and the writer (`writer.rs`)
//! come through here.

use std::path::Path;

use tantivy::directory::MmapDirectory;
use tantivy::directory::error::OpenReadError;
use tantivy::{
    Directory, Index as EngineIndex, IndexReader, IndexSettings, ReloadPolicy, TantivyError,
};

use crate::analysis::Analyser;
use crate::commit::Commit;
use crate::directory::ReadableDirectory;
use crate::error::IndexError;
use crate::schema::{Fields, schema};

/// How often a reader tries again that met a commit halfway.
const ATTEMPTS: usize = 20;

/// A generation, open.
pub(crate) struct Generation {
    pub index: EngineIndex,
    pub fields: Fields,
    pub reader: IndexReader,
    /// What the last commit says of itself; `None` before the first.
    pub commit: Option<Commit>,
}

/// Creates an empty generation in a directory that exists and is empty.
pub(crate) fn create(path: &Path) -> Result<Generation, IndexError> {
    let directory = open_directory(path)?;
    let (schema, fields) = schema();
    let index = EngineIndex::create(directory, schema, IndexSettings::default())
        .map_err(IndexError::engine("create an index"))?;
    register_analysers(&index);
    let reader = reader_of(&index).map_err(IndexError::engine("read the new index"))?;
    Ok(Generation { index, fields, reader, commit: None })
}

/// Opens a generation in `path`; errors name `dir`, the index it belongs to.
pub(crate) fn open(dir: &Path, path: &Path) -> Result<Generation, IndexError> {
    open_in(dir, open_directory(path)?)
}

pub(crate) fn open_in(
    dir: &Path,
    directory: impl Directory + Clone,
) -> Result<Generation, IndexError> {
    let unreadable = |error: TantivyError| open_error(dir, error);
    let index = EngineIndex::open(ReadableDirectory(directory)).map_err(unreadable)?;
    let (expected, fields) = schema();
    if index.schema() != expected {
        return Err(damaged(dir, "its fields are not those of its version"));
    }
    register_analysers(&index);
    for _ in 0..ATTEMPTS {
        let (reader, before, after) = (|| {
            let before = index.load_metas()?;
            Ok((reader_of(&index)?, before, index.load_metas()?))
        })()
        .map_err(unreadable)?;
        // The commit and the segments are read one after the other; only when no commit came in
        // between do they speak of the same state.
        if before.opstamp == after.opstamp && before.payload == after.payload {
            let commit = after.payload.as_deref().map(serde_json::from_str).transpose();
            let commit = commit.map_err(|_| damaged(dir, "its commit note cannot be read"))?;
            return Ok(Generation { index, fields, reader, commit });
        }
    }
    Err(IndexError::Locked { dir: dir.to_owned() })
}

/// A damaged index is one whose files do not say what they should; a file system that refuses to
/// read them is another matter, and rebuilding would not help.
fn open_error(dir: &Path, error: TantivyError) -> IndexError {
    let refused = match &error {
        TantivyError::IoError(io) => Some(io.kind()),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => {
            Some(io_error.kind())
        }
        _ => None,
    };
    match refused {
        Some(std::io::ErrorKind::UnexpectedEof | std::io::ErrorKind::InvalidData) | None => {
            damaged(dir, error.to_string())
        }
        Some(_) => IndexError::Engine { action: "read the index", cause: error },
    }
}

pub(crate) fn damaged(dir: &Path, reason: impl Into<String>) -> IndexError {
    IndexError::Damaged { dir: dir.to_owned(), reason: reason.into() }
}

fn open_directory(path: &Path) -> Result<MmapDirectory, IndexError> {
    MmapDirectory::open(path).map_err(IndexError::engine("open the directory of the index"))
}

fn register_analysers(index: &EngineIndex) {
    for analyser in Analyser::ALL {
        index.tokenizers().register(analyser.name(), analyser.for_engine());
    }
}

fn reader_of(index: &EngineIndex) -> tantivy::Result<IndexReader> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
}
