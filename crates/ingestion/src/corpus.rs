//! The corpus of a library: what was captured, as plain files, and a record of each capture.
//!
//! ```text
//! corpus/records/*.jsonl     one line a capture: hash, file, name, day added, what people stated,
//!                            how it was fetched
//! corpus/captures/k7/k7m2….html   the bytes, named by document id
//! corpus/publishers.toml     the library's own publisher profiles, if it has any
//! corpus/tags.jsonl           the user's tags, a line each
//! corpus/corrections.toml    what the user corrected, a table a document
//! corpus/.lock               held by the one process that writes
//! ```
//!
//! This is the truth; the index is derived from it. Record files only grow: a later line on the
//! same bytes completes the earlier one, and a line that says `removed` takes the capture out again. A capture is written before its record, each in one step
//! that a crash cannot halve, so a record always has its bytes. A last line without its line end is
//! the trace of a write that was cut off: it is not read, and the next writer takes it away.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use model::codebook::CodebookError;
use model::{ContentHash, DocumentId, PartialDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::fetched::Fetched;
use crate::profiles::{Profiles, ProfilesError};
use crate::source::{SourceFile, hash};
use crate::stated::Stated;

/// The file that `add` appends to.
const ADDED: &str = "added.jsonl";

/// The beginning of the names of files that are being written.
pub(crate) const BEING_WRITTEN: &str = ".forb-";

/// The corpus folder of a library.
#[derive(Clone, Debug)]
pub struct Corpus {
    root: PathBuf,
}

/// What is recorded of one capture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaptureRecord {
    /// Id of the document read from it.
    pub id: DocumentId,
    /// SHA-256 of the bytes.
    pub sha256: ContentHash,
    /// Number of bytes.
    pub bytes: u64,
    /// Where the bytes are, relative to the corpus folder, with `/` between folders.
    pub file: String,
    /// The name people know it by: the file's name when it was added.
    pub name: String,
    /// The day it entered the library (UTC).
    pub added: PartialDate,
    /// What the user stated of it.
    #[serde(default, skip_serializing_if = "Stated::is_empty")]
    pub stated: Stated,
    /// What the metadata file beside it stated.
    #[serde(default, skip_serializing_if = "Stated::is_empty")]
    pub sidecar: Stated,
    /// How it was fetched, when forb fetched it itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Fetched>,
    /// Which field of its records is what, when it is a data set: as it was read then, so that it is
    /// read the same again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mapping: Option<String>,
    /// The documents in it that were removed: a later line that names some says all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<BTreeSet<DocumentId>>,
}

/// A line of a record file that takes a capture out of the corpus. Its bytes are deleted once no
/// index holds anything of them; the same bytes may be added again later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removal {
    /// Id of the capture.
    pub removed: DocumentId,
    /// SHA-256 of its bytes.
    pub sha256: ContentHash,
    /// Where they were, relative to the corpus folder.
    pub file: String,
    /// The name people knew it by.
    pub name: String,
    /// The day it was removed (UTC).
    pub on: PartialDate,
}

/// One record file as the file system sees it: enough to tell, mostly without reading it, whether
/// an index has taken all of it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFile {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its length, in bytes.
    pub length: u64,
    /// When it last changed, in nanoseconds from 1970; 0 where the system does not say.
    pub modified_ns: i64,
}

/// Every record of a corpus.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The captures in the order of their first record, each once, with everything stated of it.
    pub captures: Vec<CaptureRecord>,
    by_id: HashMap<DocumentId, usize>,
    /// For every line: the record file's name, where the line ends in it, and which capture it is on.
    lines: Vec<(Arc<str>, u64, usize)>,
    /// Every removal, with the record file's name and where its line ends in it.
    removals: Vec<(Arc<str>, u64, Removal)>,
    /// Places in `captures` whose captures were removed, until they are taken away.
    gone: HashSet<usize>,
}

/// The right to write to a corpus, until it is dropped.
#[derive(Debug)]
pub struct CorpusLock {
    // Holding the open file is what holds the lock; the system lets go of it however the process ends.
    _file: File,
}

/// What went wrong with a corpus.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {}: {}{}", path.display(), describe(cause), advice(cause))]
    Io {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A line of a record file means nothing.
    #[error("{}, line {line}: {problem}; mend or delete that line", path.display())]
    Record {
        /// The record file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// The bytes in the corpus are not the bytes that were captured.
    #[error("{} is not what was captured as {name}: its SHA-256 has changed; put the original file back, or remove its line from the record", path.display())]
    Changed {
        /// The file.
        path: PathBuf,
        /// The name it was captured under.
        name: String,
    },
    /// Two different files share a document id.
    #[error(
        "{name} has the same id ({id}) as another file with other bytes; it cannot be held in this library"
    )]
    Collision {
        /// The file.
        name: String,
        /// The id.
        id: DocumentId,
    },
    /// The file of corrections is wrong.
    #[error("{}: {problem}; mend or delete it there, nothing was changed", path.display())]
    Corrections {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, with the line.
        problem: String,
    },
    /// The library's own publisher profiles are wrong.
    #[error("{}: {problem}", path.display())]
    Profiles {
        /// The file of profiles.
        path: PathBuf,
        /// What is wrong with it.
        problem: ProfilesError,
    },
    /// The library's own codebook is wrong.
    #[error("{}, {problem}; mend it there, nothing was changed", path.display())]
    Codebook {
        /// The file of the codebook.
        path: PathBuf,
        /// What is wrong with it, and where.
        problem: CodebookError,
    },
}

/// What the system said, in words that name no error number.
pub fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "it does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => error.to_string(),
    }
}

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            "; choose a library you may write to with --library DIR"
        }
        io::ErrorKind::StorageFull => "; make room and run the command again, nothing held is lost",
        _ => "",
    }
}

pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> CorpusError {
    move |cause| CorpusError::Io { action, path: path.to_owned(), cause }
}

impl Corpus {
    /// The corpus in this folder, whether it exists or not.
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Its folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is a corpus: a folder with forb's own record files.
    pub fn exists(&self) -> bool {
        self.records_folder().is_dir()
    }

    fn records_folder(&self) -> PathBuf {
        self.root.join("records")
    }

    /// Makes an empty corpus, if there is none.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn create(&self) -> Result<(), CorpusError> {
        let folder = self.records_folder();
        fs::create_dir_all(&folder).map_err(io("create", &folder))
    }

    /// Takes the right to write. When another process holds it, `waiting` is told once who, and the
    /// call waits until it lets go.
    ///
    /// # Errors
    /// When the corpus cannot be written to.
    pub fn lock(&self, waiting: impl FnOnce(&str)) -> Result<CorpusLock, CorpusError> {
        let path = self.root.join(".lock");
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io("lock", &path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Only for the message: who cannot be read stays unnamed.
                let _ = Read::by_ref(&mut file).take(200).read_to_string(&mut holder);
                let named = holder.trim();
                waiting(if named.is_empty() { "another forb" } else { named });
                file.lock().map_err(io("lock", &path))?;
            }
            Err(fs::TryLockError::Error(error)) => return Err(io("lock", &path)(error)),
        }
        let holder = format!("process {}\n", std::process::id());
        let written = file.set_len(0).and_then(|()| {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(holder.as_bytes())
        });
        written.map_err(io("write", &path))?;
        Ok(CorpusLock { _file: file })
    }

    /// The profiles that hold for this corpus: its own, else the built-in ones.
    ///
    /// # Errors
    /// When its own cannot be read.
    pub fn profiles(&self) -> Result<Cow<'static, Profiles>, CorpusError> {
        match self.own_profiles()? {
            Some(text) => Profiles::from_toml(&text).map(Cow::Owned).map_err(|problem| {
                CorpusError::Profiles { path: self.root.join("publishers.toml"), problem }
            }),
            None => Ok(Cow::Borrowed(Profiles::built_in())),
        }
    }

    /// The hash of the profiles that hold for this corpus.
    ///
    /// # Errors
    /// When its own cannot be read.
    pub fn profiles_digest(&self) -> Result<ContentHash, CorpusError> {
        let own = self.own_profiles()?;
        Ok(hash(own.as_deref().unwrap_or(Profiles::built_in_text()).as_bytes()))
    }

    fn own_profiles(&self) -> Result<Option<String>, CorpusError> {
        self.own("publishers.toml")
    }

    /// The text of a file of the library's own, where it has one.
    pub(crate) fn own(&self, name: &str) -> Result<Option<String>, CorpusError> {
        let path = self.root.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io("read", &path)(error)),
        }
    }

    /// The record files, by name.
    ///
    /// # Errors
    /// When they cannot be listed.
    pub fn record_files(&self) -> Result<Vec<RecordFile>, CorpusError> {
        let folder = self.records_folder();
        let mut files = Vec::new();
        for entry in fs::read_dir(&folder).map_err(io("list", &folder))? {
            let path = entry.map_err(io("list", &folder))?.path();
            if path.extension().is_some_and(|extension| extension == "jsonl") {
                files.push(RecordFile::stat(path)?);
            }
        }
        files.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(files)
    }

    /// Reads every record.
    ///
    /// # Errors
    /// When a record file cannot be read or a complete line of one means nothing.
    pub fn records(&self) -> Result<Records, CorpusError> {
        let mut records = Records::default();
        for RecordFile { path, name, .. } in self.record_files()? {
            let text = fs::read(&path).map_err(io("read", &path))?;
            let complete = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            let name: Arc<str> = name.into();
            let mut end = 0;
            for (at, line) in (1..).zip(text[..complete].split(|&byte| byte == b'\n')) {
                end += line.len() as u64 + 1;
                if line.trim_ascii().is_empty() {
                    continue;
                }
                let wrong =
                    |problem: String| CorpusError::Record { path: path.clone(), line: at, problem };
                match line_of(line).map_err(wrong)? {
                    Line::Capture(record) => {
                        let capture = records.take(*record);
                        records.lines.push((Arc::clone(&name), end, capture));
                    }
                    Line::Removal(removal) => {
                        records.forget(&removal.removed);
                        records.removals.push((Arc::clone(&name), end, removal));
                    }
                }
            }
        }
        records.close_gaps();
        Ok(records)
    }

    /// Writes the bytes of a source file into the corpus and says where. Bytes that are there
    /// already stay as they are.
    ///
    /// # Errors
    /// When the file cannot be written; nothing of it is left then.
    pub fn keep(&self, source: &SourceFile) -> Result<String, CorpusError> {
        let id = source.sha256().document_id();
        let shard = &id.as_str()[..2];
        let relative = format!("captures/{shard}/{id}.{}", extension_of(source.name()));
        let path = self.root.join(&relative);
        if fs::metadata(&path).is_ok_and(|held| held.len() == source.bytes().len() as u64)
            && fs::read(&path).is_ok_and(|held| hash(&held) == source.sha256())
        {
            return Ok(relative);
        }
        let folder = self.root.join("captures").join(shard);
        fs::create_dir_all(&folder).map_err(io("create", &folder))?;
        let mut file = self.new_file(&folder)?;
        file.write_all(source.bytes()).map_err(io("write", &path))?;
        file.as_file().sync_data().map_err(io("write", &path))?;
        file.persist(&path).map_err(|error| io("write", &path)(error.error))?;
        Ok(relative)
    }

    /// A file being written in a folder, gone again unless it is put in its place.
    pub(crate) fn new_file(&self, folder: &Path) -> Result<tempfile::NamedTempFile, CorpusError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(BEING_WRITTEN);
        // A library may be shared: its files are as readable as any the user makes.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(folder).map_err(io("write in", folder))
    }

    /// Whether the bytes of a record are there, by their number; whether they are the right ones
    /// shows when they are loaded.
    pub fn holds(&self, record: &CaptureRecord) -> bool {
        fs::metadata(self.root.join(&record.file)).is_ok_and(|file| file.len() == record.bytes)
    }

    /// Appends records, in one write that is on the disk when this returns.
    ///
    /// # Errors
    /// When the record file cannot be written; a line cut off half way is not read.
    pub fn append(&self, records: &[CaptureRecord], held: &CorpusLock) -> Result<(), CorpusError> {
        self.append_lines(records, held)
    }

    /// Appends removals, in one write that is on the disk when this returns.
    ///
    /// # Errors
    /// As [`Corpus::append`].
    pub fn append_removals(
        &self,
        removals: &[Removal],
        held: &CorpusLock,
    ) -> Result<(), CorpusError> {
        self.append_lines(removals, held)
    }

    fn append_lines(
        &self,
        records: &[impl Serialize],
        _held: &CorpusLock,
    ) -> Result<(), CorpusError> {
        if records.is_empty() {
            return Ok(());
        }
        let path = self.records_folder().join(ADDED);
        let mut lines = String::new();
        for record in records {
            // A record holds only strings, numbers and dates, which JSON can always say.
            let line = serde_json::to_string(record).map_err(|e| io("write", &path)(e.into()))?;
            lines.push_str(&line);
            lines.push('\n');
        }
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(io("open", &path))?;
        let complete = complete_length(&mut file).map_err(io("read", &path))?;
        let written = file.set_len(complete).and_then(|()| {
            file.seek(SeekFrom::Start(complete))?;
            file.write_all(lines.as_bytes())?;
            file.sync_data()
        });
        if written.is_err() {
            // What cannot be written whole is taken back; if that fails too, the torn line is not read.
            let _ = file.set_len(complete);
        }
        written.map_err(io("write", &path))
    }

    /// Deletes the bytes of a capture that was removed, if they are still there. Only what forb put
    /// into the corpus itself is deleted: a file outside `captures/` stays.
    ///
    /// # Errors
    /// When they cannot be deleted.
    pub fn discard(&self, removal: &Removal, _held: &CorpusLock) -> Result<(), CorpusError> {
        if !removal.file.starts_with("captures/") {
            return Ok(());
        }
        let path = self.root.join(&removal.file);
        match fs::remove_file(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            other => other.map_err(io("delete", &path)),
        }
    }

    /// Reads the bytes of a recorded capture, and checks that they are what was captured.
    ///
    /// # Errors
    /// When they cannot be read or have changed.
    pub fn load(&self, record: &CaptureRecord) -> Result<SourceFile, CorpusError> {
        let path = self.root.join(&record.file);
        let bytes = bytes_of(&path).map_err(io("read", &path))?;
        let mut source = SourceFile::new(record.name.clone(), bytes);
        if source.sha256() != record.sha256 {
            return Err(CorpusError::Changed { path, name: record.name.clone() });
        }
        source.by_user = record.stated.clone();
        source.by_sidecar = record.sidecar.clone();
        source.fetched = record.fetched.clone();
        source.added = Some(record.added);
        Ok(source)
    }
}

/// The bytes of a file, held once: a copy of them would double what a large file takes.
pub fn bytes_of(path: &Path) -> io::Result<Arc<[u8]>> {
    let mut file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
    let mut bytes: Arc<[u8]> = std::iter::repeat_n(0, length).collect();
    let mut filled = 0;
    if let Some(room) = Arc::get_mut(&mut bytes) {
        while filled < length {
            match file.read(&mut room[filled..])? {
                0 => break,
                read => filled += read,
            }
        }
    }
    let mut rest = Vec::new();
    file.read_to_end(&mut rest)?;
    // It may have grown or shrunk meanwhile, or be none that knows its length.
    let is_whole = filled == length && rest.is_empty();
    Ok(if is_whole { bytes } else { [&bytes[..filled], &rest].concat().into() })
}

/// Length of the complete lines of a file.
fn complete_length(file: &mut File) -> io::Result<u64> {
    let mut end = file.seek(SeekFrom::End(0))?;
    let mut buffer = [0u8; 4096];
    while end > 0 {
        let step = end.min(buffer.len() as u64);
        file.seek(SeekFrom::Start(end - step))?;
        // `step` is at most the buffer's length.
        let window = &mut buffer[..step as usize];
        file.read_exact(window)?;
        if let Some(at) = window.iter().rposition(|&byte| byte == b'\n') {
            return Ok(end - step + at as u64 + 1);
        }
        end -= step;
    }
    Ok(0)
}

/// The ending a capture keeps from its name, so that other programs open it.
fn extension_of(name: &str) -> String {
    let extension = Path::new(name).extension().and_then(|e| e.to_str()).unwrap_or("");
    let plain = extension.len() <= 8 && extension.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain && !extension.is_empty() { extension.to_ascii_lowercase() } else { "txt".to_owned() }
}

impl RecordFile {
    fn stat(path: PathBuf) -> Result<Self, CorpusError> {
        let metadata = fs::metadata(&path).map_err(io("read", &path))?;
        let since_1970 = metadata.modified().ok().and_then(|m| m.duration_since(UNIX_EPOCH).ok());
        let modified_ns = since_1970.and_then(|d| i64::try_from(d.as_nanos()).ok()).unwrap_or(0);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, path, length: metadata.len(), modified_ns })
    }

    /// Length of its complete lines, in bytes.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn complete(&self) -> Result<u64, CorpusError> {
        let length = File::open(&self.path).and_then(|mut file| complete_length(&mut file));
        length.map_err(io("read", &self.path))
    }

    /// SHA-256 of its first `bytes` bytes; `None` when it has fewer.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn prefix_hash(&self, bytes: u64) -> Result<Option<ContentHash>, CorpusError> {
        let read = || -> io::Result<Option<ContentHash>> {
            let mut hasher = Sha256::new();
            let mut file = File::open(&self.path)?.take(bytes);
            let mut buffer = vec![0u8; 64 * 1024];
            let mut left = bytes;
            loop {
                let count = file.read(&mut buffer)?;
                if count == 0 {
                    break;
                }
                hasher.update(&buffer[..count]);
                left -= count as u64;
            }
            Ok((left == 0).then(|| ContentHash(hasher.finalize().into())))
        };
        read().map_err(io("read", &self.path))
    }
}

impl CaptureRecord {
    /// A record of a source file kept at `file`.
    pub fn new(source: &SourceFile, file: String, added: PartialDate) -> Self {
        Self {
            id: source.sha256().document_id(),
            sha256: source.sha256(),
            bytes: source.bytes().len() as u64,
            file,
            name: source.name().to_owned(),
            added,
            stated: source.by_user.clone(),
            sidecar: source.by_sidecar.clone(),
            fetched: source.fetched.clone(),
            mapping: None,
            without: None,
        }
    }
}

impl Removal {
    /// The removal of a capture on a day.
    pub fn of(record: &CaptureRecord, on: PartialDate) -> Self {
        Self {
            removed: record.id.clone(),
            sha256: record.sha256,
            file: record.file.clone(),
            name: record.name.clone(),
            on,
        }
    }
}

/// What a line of a record file says.
enum Line {
    Capture(Box<CaptureRecord>),
    Removal(Removal),
}

fn line_of(line: &[u8]) -> Result<Line, String> {
    match serde_json::from_slice::<CaptureRecord>(line) {
        Ok(record) => {
            check(&record.id, record.sha256, &record.file)?;
            Ok(Line::Capture(Box::new(record)))
        }
        Err(error) => {
            let removal: Removal = serde_json::from_slice(line).map_err(|_| error.to_string())?;
            check(&removal.removed, removal.sha256, &removal.file)?;
            Ok(Line::Removal(removal))
        }
    }
}

/// Fails where an id is not that of the bytes, or a file lies outside the corpus.
fn check(id: &DocumentId, sha256: ContentHash, file: &str) -> Result<(), String> {
    if *id != sha256.document_id() {
        return Err(format!("the id {id} does not belong to the SHA-256"));
    }
    let inside = Path::new(file).components().all(|c| matches!(c, Component::Normal(_)));
    if !inside || file.is_empty() {
        return Err(format!("the file `{file}` lies outside the corpus"));
    }
    Ok(())
}

impl Records {
    /// Takes in one record and says which capture it is on. Statements complete earlier ones on the
    /// same bytes.
    pub fn take(&mut self, record: CaptureRecord) -> usize {
        if let Some(&at) = self.by_id.get(&record.id)
            && let Some(earlier) = self.captures.get_mut(at)
        {
            earlier.file = record.file;
            earlier.stated = record.stated.or(&earlier.stated);
            earlier.sidecar = record.sidecar.or(&earlier.sidecar);
            // The bytes were taken from the publisher when they first were.
            earlier.fetched = earlier.fetched.take().or(record.fetched);
            earlier.mapping = record.mapping.or(earlier.mapping.take());
            earlier.without = record.without.or(earlier.without.take());
            return at;
        }
        self.by_id.insert(record.id.clone(), self.captures.len());
        self.captures.push(record);
        self.captures.len() - 1
    }

    /// Takes a capture out.
    pub fn remove(&mut self, id: &DocumentId) {
        self.forget(id);
        self.close_gaps();
    }

    fn forget(&mut self, id: &DocumentId) {
        self.gone.extend(self.by_id.remove(id));
    }

    /// Takes away the places of captures that were removed.
    fn close_gaps(&mut self) {
        if self.gone.is_empty() {
            return;
        }
        let gone = std::mem::take(&mut self.gone);
        let mut places = Vec::with_capacity(self.captures.len());
        let mut next = 0;
        for at in 0..self.captures.len() {
            let stays = !gone.contains(&at);
            places.push(stays.then_some(next));
            next += usize::from(stays);
        }
        let mut at = 0;
        self.captures.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        let place = |at: usize| places.get(at).copied().flatten();
        self.lines.retain_mut(|(_, _, at)| place(*at).map(|new| *at = new).is_some());
        self.by_id.retain(|_, at| place(*at).map(|new| *at = new).is_some());
    }

    /// The captures that were removed and not added again.
    pub fn removed(&self) -> impl Iterator<Item = &Removal> {
        let removals = self.removals.iter().map(|(_, _, removal)| removal);
        removals.filter(|removal| self.get(&removal.removed).is_none())
    }

    /// The same, of those that `file` records after its first `bytes` bytes.
    pub fn removed_after<'a>(
        &'a self,
        file: &'a str,
        bytes: u64,
    ) -> impl Iterator<Item = &'a Removal> {
        let later =
            move |(name, end, _): &&(Arc<str>, u64, Removal)| **name == *file && *end > bytes;
        let removals = self.removals.iter().filter(later).map(|(_, _, removal)| removal);
        removals.filter(|removal| self.get(&removal.removed).is_none())
    }

    /// The captures on which `file` records something after its first `bytes` bytes.
    pub fn recorded_after<'a>(
        &'a self,
        file: &'a str,
        bytes: u64,
    ) -> impl Iterator<Item = &'a CaptureRecord> {
        let later = move |(name, end, _): &&(Arc<str>, u64, usize)| **name == *file && *end > bytes;
        self.lines.iter().filter(later).filter_map(|(_, _, at)| self.captures.get(*at))
    }

    /// The capture from which a document is read.
    pub fn get(&self, id: &DocumentId) -> Option<&CaptureRecord> {
        self.captures.get(*self.by_id.get(id)?)
    }

    /// The captures that answer: all but the digests whose original is held too.
    pub fn active(&self) -> impl Iterator<Item = &CaptureRecord> {
        self.captures.iter().filter(|record| !self.is_retired(record))
    }

    /// Whether a capture is a digest whose original is held, and so is retired.
    pub fn is_retired(&self, record: &CaptureRecord) -> bool {
        self.original_of(record).is_some_and(|original| {
            self.get(&original.document_id()).is_some_and(|r| r.sha256 == original)
        })
    }

    /// The digests of the original with this hash.
    pub fn digests_of(&self, original: ContentHash) -> impl Iterator<Item = &CaptureRecord> {
        self.captures.iter().filter(move |record| self.original_of(record) == Some(original))
    }

    fn original_of(&self, record: &CaptureRecord) -> Option<ContentHash> {
        let digest = record.stated.digest_of.as_ref().or(record.sidecar.digest_of.as_ref())?;
        Some(digest.sha256)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetched::Redirect;

    fn today() -> PartialDate {
        "2026-11-22".parse().expect("a date")
    }

    fn corpus() -> (tempfile::TempDir, Corpus) {
        let folder = tempfile::tempdir().expect("a folder");
        let corpus = Corpus::at(folder.path().join("corpus"));
        corpus.create().expect("created");
        (folder, corpus)
    }

    fn add(corpus: &Corpus, source: &SourceFile) -> CaptureRecord {
        let lock = corpus.lock(|_| {}).expect("free");
        let file = corpus.keep(source).expect("kept");
        let record = CaptureRecord::new(source, file, today());
        corpus.append(std::slice::from_ref(&record), &lock).expect("recorded");
        record
    }

    #[test]
    fn what_is_added_is_read_back_with_its_bytes() {
        let (_folder, corpus) = corpus();
        let source = SourceFile::new("report.html", *b"<p>Text");
        let record = add(&corpus, &source);
        assert!(record.file.ends_with(".html"));
        let records = corpus.records().expect("read");
        assert_eq!(records.captures, std::slice::from_ref(&record));
        assert_eq!(corpus.load(&record).expect("held").bytes(), b"<p>Text");
    }

    #[test]
    fn how_a_capture_was_first_fetched_stays_in_its_record() {
        let (_folder, corpus) = corpus();
        let mut source = SourceFile::new("report.html", *b"<p>Text");
        add(&corpus, &source);
        let fetched = |url: &str| Fetched {
            url: url.to_owned(),
            requested: "https://example.org/".to_owned(),
            redirects: vec![Redirect { status: 301, to: url.to_owned() }],
            captured: today(),
            last_modified: None,
            charset: Some("utf-8".to_owned()),
        };
        for url in ["https://example.org/a", "https://example.org/b"] {
            source.fetched = Some(fetched(url));
            add(&corpus, &source);
        }
        let records = corpus.records().expect("read");
        let [record] = records.captures.as_slice() else { panic!("{records:?}") };
        assert_eq!(record.fetched, Some(fetched("https://example.org/a")));
        assert_eq!(corpus.load(record).expect("held").fetched, record.fetched);
    }

    #[test]
    fn a_line_cut_off_half_way_is_not_read_and_the_next_writer_takes_it_away() {
        let (_folder, corpus) = corpus();
        add(&corpus, &SourceFile::new("a.txt", *b"one"));
        let file = corpus.record_files().expect("listed").remove(0);
        let path = file.path.clone();
        let whole = fs::read(&path).expect("read");
        let mut torn = whole.clone();
        torn.extend(&whole[..whole.len() / 2]);
        fs::write(&path, torn).expect("written");
        assert_eq!(corpus.records().expect("read").captures.len(), 1);
        assert_eq!(file.complete().expect("read"), whole.len() as u64);
        add(&corpus, &SourceFile::new("b.txt", *b"two"));
        assert_eq!(corpus.records().expect("read").captures.len(), 2);
    }

    #[test]
    fn a_line_that_means_nothing_is_named() {
        let (_folder, corpus) = corpus();
        let record = add(&corpus, &SourceFile::new("a.txt", *b"one"));
        let path = corpus.record_files().expect("listed").remove(0).path;
        let outside = serde_json::to_string(&CaptureRecord { file: "../../x".into(), ..record });
        for line in ["{", &outside.expect("written")] {
            fs::write(&path, format!("\n{line}\n")).expect("written");
            let error = corpus.records().expect_err("a bad line").to_string();
            assert!(error.contains("line 2"), "{error}");
        }
    }

    #[test]
    fn what_is_removed_is_gone_until_it_is_added_again() {
        let (_folder, corpus) = corpus();
        let [a, b] = ["a", "b"].map(|name| SourceFile::new(format!("{name}.txt"), name.as_bytes()));
        let mut stated = a.clone();
        stated.by_user.country = Some("KZ".into());
        let record = add(&corpus, &stated);
        add(&corpus, &b);
        let removal = Removal::of(&record, today());
        let end = corpus.record_files().expect("listed")[0].length;
        let lock = corpus.lock(|_| {}).expect("free");
        corpus.append_removals(std::slice::from_ref(&removal), &lock).expect("recorded");
        drop(lock);
        let records = corpus.records().expect("read");
        let names: Vec<&str> = records.captures.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(names, ["b.txt"]);
        assert_eq!(records.get(&b.sha256().document_id()).expect("held").name, "b.txt");
        assert_eq!(records.removed().collect::<Vec<_>>(), [&removal]);
        let name = &corpus.record_files().expect("listed")[0].name;
        assert_eq!(records.removed_after(name, end).count(), 1);
        assert_eq!(records.recorded_after(name, 0).count(), 1);
        add(&corpus, &a);
        let records = corpus.records().expect("read");
        assert_eq!(records.captures.len(), 2);
        assert_eq!(records.removed().count(), 0);
        // What was stated before the removal left with it.
        assert!(records.get(&record.id).expect("held").stated.is_empty());
    }

    #[test]
    fn bytes_that_changed_are_not_taken_for_what_was_captured() {
        let (_folder, corpus) = corpus();
        let record = add(&corpus, &SourceFile::new("a.txt", *b"one"));
        fs::write(corpus.root().join(&record.file), b"two").expect("written");
        let error = corpus.load(&record).expect_err("changed").to_string();
        assert!(error.contains("is not what was captured as a.txt"), "{error}");
        // Adding the same file again puts the bytes back.
        add(&corpus, &SourceFile::new("a.txt", *b"one"));
        assert!(corpus.load(&record).is_ok());
    }

    #[test]
    fn a_second_writer_is_told_who_holds_the_lock() {
        let (_folder, corpus) = corpus();
        let lock = corpus.lock(|_| {}).expect("free");
        let other = corpus.clone();
        let (sender, told) = std::sync::mpsc::channel();
        let waiting = std::thread::spawn(move || {
            other.lock(|holder| sender.send(holder.to_owned()).expect("heard")).map(|_| ())
        });
        let holder = told.recv().expect("told");
        assert_eq!(holder, format!("process {}", std::process::id()));
        drop(lock);
        assert!(waiting.join().expect("ended").is_ok());
    }

    #[test]
    fn a_digest_is_retired_when_its_original_is_held_whatever_the_order() {
        let original = SourceFile::new("original.txt", *b"the original");
        let mut digest = SourceFile::new("digest.txt", *b"the digest");
        digest.by_user.digest_of = Some(model::DigestOf {
            publisher: "P".into(),
            title: "T".into(),
            period: None,
            sha256: original.sha256(),
        });
        for order in [[&digest, &original], [&original, &digest]] {
            let (_folder, corpus) = corpus();
            for source in order {
                add(&corpus, source);
            }
            let records = corpus.records().expect("read");
            let active: Vec<&str> = records.active().map(|r| r.name.as_str()).collect();
            assert_eq!(active, ["original.txt"]);
        }
    }

    #[test]
    fn what_is_stated_later_completes_what_was_stated_before() {
        let (_folder, corpus) = corpus();
        let mut source = SourceFile::new("a.txt", *b"one");
        source.by_user.country = Some("KZ".into());
        add(&corpus, &source);
        source.by_user = Stated { period: "2021".parse().ok(), ..Stated::default() };
        add(&corpus, &source);
        let records = corpus.records().expect("read");
        let file = &corpus.record_files().expect("listed")[0];
        assert_eq!(records.recorded_after(&file.name, file.length - 1).count(), 1);
        assert_eq!(records.recorded_after(&file.name, file.length).count(), 0);
        let stated = &records.captures[0].stated;
        assert_eq!(stated.country.as_deref(), Some("KZ"));
        assert!(stated.period.is_some());
    }
}
