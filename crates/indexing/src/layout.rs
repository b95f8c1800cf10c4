//! Where the parts of an index stand on disk, and `meta.json`, which says which of them count.
//!
//! `index/passages-N/` is the search engine's directory of generation N. A rebuild writes the next
//! generation beside the present one, and only the renaming of a new `meta.json` into its place
//! switches over; at every moment one whole generation counts. What a commit says of itself travels
//! with the engine's own commit, so that it can never disagree with the records; `meta.json` repeats
//! it for people, and a kill between the two leaves the engine's word standing.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::analysis::analysers_digest;
use crate::commit::Commit;
use crate::error::IndexError;

/// The version of everything that is stored: fields, records, files. It changes whenever an older
/// forb could misread the index or a newer one could misread this.
pub const FORMAT_VERSION: u32 = 8;

pub(crate) const META: &str = "meta.json";
const META_BEING_WRITTEN: &str = "meta.json.new";
const LOCK: &str = ".writer.lock";
const GENERATION: &str = "passages-";

/// What `meta.json` holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// [`FORMAT_VERSION`] of the forb that wrote the index.
    pub format_version: u32,
    /// Its version.
    pub tool_version: String,
    /// Which `passages-N` counts.
    pub generation: u64,
    /// [`analysers_digest`] of the forb that wrote the index.
    pub analysers: String,
    /// The last commit.
    pub commit: Commit,
}

/// The one part of `meta.json` that every version can read.
#[derive(Deserialize)]
struct AnyMeta {
    format_version: u32,
    #[serde(default)]
    tool_version: Option<String>,
}

impl Meta {
    pub(crate) fn new(generation: u64, commit: Commit) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            tool_version: env!("CARGO_PKG_VERSION").to_owned(),
            generation,
            analysers: analysers_digest().to_owned(),
            commit,
        }
    }

    /// Reads `meta.json` and refuses what this version cannot read.
    pub(crate) fn read(dir: &Path) -> Result<Self, IndexError> {
        let path = dir.join(META);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                return Err(IndexError::Missing { dir: dir.to_owned() });
            }
            Err(error) => return Err(IndexError::io("read", path)(error)),
        };
        let damaged = |error: serde_json::Error| IndexError::Damaged {
            dir: dir.to_owned(),
            reason: format!("{META} cannot be read: {error}"),
        };
        let any: AnyMeta = serde_json::from_slice(&bytes).map_err(damaged)?;
        let other = |found, expected| {
            Err(IndexError::OtherVersion { dir: dir.to_owned(), found, expected })
        };
        if any.format_version != FORMAT_VERSION {
            let by = any.tool_version.map(|tool| format!(" (forb {tool})")).unwrap_or_default();
            let found = format!("format {}{by}", any.format_version);
            return other(found, format!("format {FORMAT_VERSION}"));
        }
        let meta: Self = serde_json::from_slice(&bytes).map_err(damaged)?;
        if meta.analysers != analysers_digest() {
            let found = format!("analysers {}", meta.analysers);
            return other(found, format!("analysers {}", analysers_digest()));
        }
        Ok(meta)
    }

    /// Puts this `meta.json` in the place of the present one, in one step that is either done or
    /// not done whatever happens.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let (new, path) = (dir.join(META_BEING_WRITTEN), dir.join(META));
        let json = serde_json::to_vec_pretty(self)
            .map_err(|error| IndexError::io("write", &path)(error.into()))?;
        let mut file = File::create(&new).map_err(IndexError::io("create", &new))?;
        file.write_all(&json)
            .and_then(|()| file.write_all(b"\n"))
            .and_then(|()| file.sync_all())
            .map_err(IndexError::io("write", &new))?;
        drop(file);
        fs::rename(&new, &path).map_err(IndexError::io("replace", &path))?;
        sync_directory(dir).map_err(IndexError::io("write", dir))
    }
}

/// The directory of a generation.
pub(crate) fn generation_dir(dir: &Path, generation: u64) -> PathBuf {
    dir.join(format!("{GENERATION}{generation}"))
}

/// Every generation that has a directory, finished or not, in order.
pub(crate) fn generations(dir: &Path) -> Result<Vec<u64>, IndexError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).map_err(IndexError::io("list", dir))? {
        let name = entry.map_err(IndexError::io("list", dir))?.file_name();
        let number = name.to_str().and_then(|name| name.strip_prefix(GENERATION));
        found.extend(number.and_then(|number| number.parse::<u64>().ok()));
    }
    found.sort_unstable();
    Ok(found)
}

/// Removes every generation but one. What cannot be removed now (a reader may hold it) is left to
/// the next writer.
pub(crate) fn remove_generations_but(dir: &Path, kept: Option<u64>) -> Result<(), IndexError> {
    for generation in generations(dir)?.into_iter().filter(|found| Some(*found) != kept) {
        let _left_to_the_next = fs::remove_dir_all(generation_dir(dir, generation));
    }
    Ok(())
}

/// Takes the one lock that lets a process write to an index. It ends with the process, however that
/// ends: what counts is the lock, not the presence of its file.
pub(crate) fn lock(dir: &Path) -> Result<File, IndexError> {
    let path = dir.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(IndexError::io("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(fs::TryLockError::WouldBlock) => Err(IndexError::Locked { dir: dir.to_owned() }),
        Err(fs::TryLockError::Error(error)) => Err(IndexError::io("lock", path)(error)),
    }
}

#[cfg(unix)]
fn sync_directory(dir: &Path) -> std::io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Elsewhere a directory cannot be synced, and need not be.
#[cfg(not(unix))]
fn sync_directory(_dir: &Path) -> std::io::Result<()> {
    Ok(())
}
