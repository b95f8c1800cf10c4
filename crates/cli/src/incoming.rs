//! Files and pages on their way in: their bytes, the name people know them by, and what the user and the
//! metadata file beside them state. What cannot be read is kept as a report on it.

use std::fs;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use ingestion::profiles::Profiles;
use ingestion::{SIDECAR, SourceFile, Stated};
use model::PartialDate;
use render::AddOutcome;

use ingestion::corpus::{bytes_of, describe};

use crate::fetch;
use crate::ingest::{Reading, today};
use crate::paths::Found;

/// Largest file that is read, in bytes: it is held in memory while it is read, with what else that
/// takes. What one document may hold is less; the readers say how much.
const LARGEST: u64 = 512 << 20;

/// A file on its way in.
pub struct Incoming {
    /// The file, as the user named it.
    pub name: String,
    /// The source, or why there is none.
    pub source: Result<SourceFile, AddOutcome>,
}

/// Reads the bytes of files, fetches those of pages, and reads what is stated of them.
pub fn load(found: &[Found], reading: &Reading<'_>, profiles: &Profiles) -> Vec<Incoming> {
    let stated = reading.stated;
    let load = |item: &Found| match item {
        Found::Failed(path, reason) => Incoming {
            name: path.display().to_string(),
            source: Err(AddOutcome::Failed { reason: reason.clone() }),
        },
        Found::PassedOver(path, reason) => Incoming {
            name: path.display().to_string(),
            source: Err(AddOutcome::Skipped { reason: reason.clone() }),
        },
        Found::Input => Incoming { name: "-".to_owned(), source: load_input(stated) },
        Found::Url(address) => {
            let shown = fetch::shown(address);
            reading.output.note(&format!("fetching {shown}"));
            let source = load_page(address, reading, today());
            let source = source.map_err(|reason| AddOutcome::Failed { reason });
            Incoming { name: shown, source }
        }
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

fn load_page(
    address: &str,
    reading: &Reading<'_>,
    today: PartialDate,
) -> Result<SourceFile, String> {
    let page = reading.fetcher.borrow_mut().page(address, today)?;
    let mut source = SourceFile::new(page.name, page.bytes);
    source.by_user = reading.stated.clone();
    source.fetched = Some(page.fetched);
    Ok(source)
}

fn load_file(path: &Path, stated: &Stated, profiles: &Profiles) -> Result<SourceFile, String> {
    let length = fs::metadata(path).map_err(|error| describe(&error))?.len();
    if length > LARGEST {
        return Err(too_large());
    }
    let bytes = bytes_of(path).map_err(|error| describe(&error))?;
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
        // A name too long to stand beside is no file either.
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidFilename) => {
            return Ok(Stated::default());
        }
        Err(error) => return Err(format!("{}: {}", beside.display(), describe(&error))),
    };
    let stated = Stated::from_toml(&text)
        .and_then(|stated| stated.check(profiles).map(|()| stated))
        .map_err(|error| format!("{}: {error}", beside.display()))?;
    Ok(stated)
}

fn too_large() -> String {
    format!(
        "is larger than {} MB, the most that is read at once; divide it, or compress it if it is a data set",
        LARGEST >> 20
    )
}
