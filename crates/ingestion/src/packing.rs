//! A library as one file, to keep or to hand on: a tar archive compressed with zstd whose first entry
//! is a manifest with the size and SHA-256 of every other one. What is packed is verified while it
//! is written, and what is unpacked before any of it counts: a library is restored whole or not at
//! all, into a folder of its own, by one renaming.
//!
//! An archive is untrusted when it is opened: paths that leave the library, entries that are no plain
//! files, and contents beyond measure are refused before anything is written.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use model::{ContentHash, PartialDate};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::corpus::{BEING_WRITTEN, Corpus, CorpusError, describe};

/// The name of the first entry.
const MANIFEST: &str = "manifest.json";

/// What an archive says it is.
const FORMAT: &str = "forb library";

/// The version of the archive's form.
const FORMAT_VERSION: u32 = 1;

/// The folders that a library has, and so an archive may hold.
const FOLDERS: [&str; 2] = ["corpus", "index"];

/// The largest manifest that is read, in bytes: millions of files.
const MOST_MANIFEST: u64 = 1 << 30;

/// How many times its own size an archive may unpack to, once that is more than [`SMALL`].
const MOST_SWELLING: u64 = 1000;

/// What may be unpacked from any archive, in bytes.
const SMALL: u64 = 1 << 30;

/// How hard is compressed: zstd's own default, fast and good.
const LEVEL: i32 = 3;

/// What an archive holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    format: String,
    format_version: u32,
    /// The day it was made (UTC).
    pub made: PartialDate,
    /// Every file, in the order of the paths.
    pub files: Vec<PackedFile>,
}

/// One file of an archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackedFile {
    /// Its path in the library, with `/` between folders.
    pub path: String,
    /// Number of bytes.
    pub bytes: u64,
    /// SHA-256 of them.
    pub sha256: ContentHash,
}

/// Why a library could not be packed or unpacked.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// A file or folder could not be read or written.
    #[error("cannot {action} {}: {}", path.display(), describe(cause))]
    Io {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// The archive to be made is there already.
    #[error("{} is there already; name another file, or delete that one first", .0.display())]
    Exists(PathBuf),
    /// The library to be made is there already.
    #[error("{} is not empty; name a folder that is, or is not there yet, with --library DIR", .0.display())]
    NotEmpty(PathBuf),
    /// Something in a library cannot be packed.
    #[error("{} {problem}", path.display())]
    Unpackable {
        /// What.
        path: PathBuf,
        /// Why.
        problem: &'static str,
    },
    /// The archive is not one that can be restored.
    #[error("{} {problem}; nothing was restored", archive.display())]
    Refused {
        /// The archive.
        archive: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// The corpus in the archive cannot be read.
    #[error("nothing was restored: {0}")]
    Corpus(#[from] CorpusError),
}

fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> PackError {
    move |cause| PackError::Io { action, path: path.to_owned(), cause }
}

/// Packs the given folders of a library (`corpus`, `index`) into one file, which appears when it is
/// whole. The caller holds the library's lock.
///
/// # Errors
/// When the file is there already, or something cannot be read, written, or packed as it is.
pub fn pack(
    library: &Path,
    folders: &[&str],
    made: PartialDate,
    target: &Path,
) -> Result<Manifest, PackError> {
    if target.symlink_metadata().is_ok() {
        return Err(PackError::Exists(target.to_owned()));
    }
    let mut found = Vec::new();
    for folder in folders {
        collect(&library.join(folder), folder, &mut found)?;
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let mut files = Vec::with_capacity(found.len());
    for (path, name) in &found {
        let file = File::open(path).map_err(failed("read", path))?;
        let (bytes, sha256) = copy(file, io::sink()).map_err(failed("read", path))?;
        files.push(PackedFile { path: name.clone(), bytes, sha256 });
    }
    let manifest =
        Manifest { format: FORMAT.to_owned(), format_version: FORMAT_VERSION, made, files };
    let folder = folder_of(target);
    let temporary = tempfile::Builder::new().prefix(BEING_WRITTEN).tempfile_in(folder);
    let mut temporary = temporary.map_err(failed("write in", folder))?;
    write_archive(&manifest, &found, temporary.as_file_mut(), target)?;
    temporary.as_file().sync_all().map_err(failed("write", target))?;
    temporary.persist_noclobber(target).map_err(|error| failed("write", target)(error.error))?;
    Ok(manifest)
}

fn write_archive(
    manifest: &Manifest,
    found: &[(PathBuf, String)],
    file: &mut File,
    target: &Path,
) -> Result<(), PackError> {
    let encoder = zstd::Encoder::new(BufWriter::new(file), LEVEL);
    let mut builder = tar::Builder::new(encoder.map_err(failed("write", target))?);
    let json = serde_json::to_vec(manifest).map_err(|e| failed("write", target)(e.into()))?;
    let header = header_of(MANIFEST, json.len() as u64, Path::new(MANIFEST))?;
    builder.append(&header, json.as_slice()).map_err(failed("write", target))?;
    for ((path, _), packed) in found.iter().zip(&manifest.files) {
        let header = header_of(&packed.path, packed.bytes, path)?;
        let opened = File::open(path).map_err(failed("read", path))?;
        let mut reader =
            Hashing { inner: opened.take(packed.bytes), hasher: Sha256::new(), bytes: 0 };
        builder.append(&header, &mut reader).map_err(failed("write", target))?;
        let sha256 = ContentHash(reader.hasher.finalize().into());
        if (reader.bytes, sha256) != (packed.bytes, packed.sha256) {
            let problem = "changed while it was packed; run the command again";
            return Err(PackError::Unpackable { path: path.clone(), problem });
        }
    }
    let encoder = builder.into_inner().map_err(failed("write", target))?;
    let mut rest = encoder.finish().map_err(failed("write", target))?;
    rest.flush().map_err(failed("write", target))
}

fn header_of(name: &str, bytes: u64, path: &Path) -> Result<tar::Header, PackError> {
    let mut header = tar::Header::new_ustar();
    let problem = "has a path too long to be packed; shorten it";
    let too_long = |_| PackError::Unpackable { path: path.to_owned(), problem };
    header.set_path(name).map_err(too_long)?;
    header.set_size(bytes);
    header.set_mode(0o644);
    header.set_cksum();
    Ok(header)
}

/// Every file below a folder of a library that belongs to it, with its path in the library.
fn collect(folder: &Path, name: &str, found: &mut Vec<(PathBuf, String)>) -> Result<(), PackError> {
    let mut waiting = vec![(folder.to_owned(), name.to_owned())];
    while let Some((folder, name)) = waiting.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(failed("list", &folder)(error)),
        };
        for entry in entries {
            let path = entry.map_err(failed("list", &folder))?.path();
            let unpackable = |problem| PackError::Unpackable { path: path.clone(), problem };
            let own = path.file_name().and_then(|name| name.to_str());
            let own = own.ok_or_else(|| unpackable("has a name that is not UTF-8; rename it"))?;
            if own.starts_with(BEING_WRITTEN) || own.ends_with(".lock") {
                continue;
            }
            let inside = format!("{name}/{own}");
            let is_link = path.symlink_metadata().map_err(failed("read", &path))?.is_symlink();
            let kind = fs::metadata(&path).map_err(failed("read", &path))?;
            match (kind.is_dir(), kind.is_file()) {
                (true, _) if is_link => {
                    return Err(unpackable("is a link to a folder; put the folder in its place"));
                }
                (true, _) => waiting.push((path, inside)),
                (_, true) => found.push((path, inside)),
                _ => return Err(unpackable("is neither a file nor a folder; take it away")),
            }
        }
    }
    Ok(())
}

/// Restores a library from an archive: verifies everything, and only then gives it its place.
///
/// # Errors
/// When the folder holds anything already, or the archive is damaged, holds what its manifest does
/// not say, or would lead out of the library or beyond measure. Nothing is left behind then.
pub fn unpack(archive: &Path, library: &Path) -> Result<Manifest, PackError> {
    if fs::read_dir(library).is_ok_and(|mut entries| entries.next().is_some()) || library.is_file()
    {
        return Err(PackError::NotEmpty(library.to_owned()));
    }
    let file = File::open(archive).map_err(failed("read", archive))?;
    let size = file.metadata().map_err(failed("read", archive))?.len();
    let refused = |problem: String| PackError::Refused { archive: archive.to_owned(), problem };
    let damaged =
        |error: io::Error| refused(format!("is no archive of a library, or damaged ({error})"));
    let decoder = zstd::Decoder::new(BufReader::new(file)).map_err(damaged)?;
    let mut packed = tar::Archive::new(decoder);
    // Raw entries: extensions could name other paths and sizes than are checked here.
    let mut entries = packed.entries().map_err(damaged)?.raw(true);
    let first = entries.next().ok_or_else(|| refused("holds nothing".to_owned()))?;
    let manifest = read_manifest(first.map_err(damaged)?, size).map_err(refused)?;
    let mut expected: BTreeMap<&str, &PackedFile> =
        manifest.files.iter().map(|file| (file.path.as_str(), file)).collect();
    let folder = folder_of(library);
    fs::create_dir_all(folder).map_err(failed("create", folder))?;
    let temporary = tempfile::Builder::new().prefix(BEING_WRITTEN).tempdir_in(folder);
    let temporary = temporary.map_err(failed("write in", folder))?;
    let root = temporary.path().join("library");
    for entry in entries {
        let entry = entry.map_err(damaged)?;
        let name = entry_name(&entry).map_err(refused)?;
        let packed = expected.remove(name.as_str());
        let packed = packed
            .ok_or_else(|| refused(format!("holds {name}, which its manifest does not say")))?;
        if entry.size() != packed.bytes {
            return Err(refused(format!("holds {name} in another size than its manifest says")));
        }
        let path = root.join(&packed.path);
        let above = folder_of(&path);
        fs::create_dir_all(above).map_err(failed("create", above))?;
        let mut file = File::create_new(&path).map_err(failed("write", &path))?;
        let (bytes, sha256) = copy(entry, &mut file).map_err(damaged)?;
        file.sync_data().map_err(failed("write", &path))?;
        if (bytes, sha256) != (packed.bytes, packed.sha256) {
            return Err(refused(format!("is damaged: {name} is not what was packed")));
        }
    }
    if let Some(missing) = expected.keys().next() {
        return Err(refused(format!("ends too early: {missing} is missing")));
    }
    let corpus = Corpus::at(root.join("corpus"));
    corpus.create()?;
    corpus.records()?;
    if library.is_dir() {
        fs::remove_dir(library).map_err(failed("replace", library))?;
    }
    fs::rename(&root, library).map_err(failed("write", library))?;
    Ok(manifest)
}

/// Reads and checks the manifest of an archive of `size` bytes.
fn read_manifest(entry: tar::Entry<'_, impl Read>, size: u64) -> Result<Manifest, String> {
    let strange = "is no archive of a library: it does not begin with a manifest".to_owned();
    if entry_name(&entry)? != MANIFEST {
        return Err(strange);
    }
    if entry.size() > MOST_MANIFEST {
        return Err("has a manifest beyond measure".to_owned());
    }
    let manifest: Manifest = serde_json::from_reader(BufReader::new(entry))
        .map_err(|error| format!("{strange} ({error})"))?;
    if manifest.format != FORMAT {
        return Err(strange);
    }
    if manifest.format_version != FORMAT_VERSION {
        let version = manifest.format_version;
        return Err(format!("is of version {version}, and this forb reads {FORMAT_VERSION}"));
    }
    let mut before: Option<&str> = None;
    let mut total = 0u64;
    for file in &manifest.files {
        let mut parts = Path::new(&file.path).components();
        let inside = matches!(
            parts.next(),
            Some(Component::Normal(first)) if FOLDERS.iter().any(|folder| first == *folder)
        );
        if !inside || !parts.all(|part| matches!(part, Component::Normal(_))) {
            return Err(format!("holds {}, which leads out of a library", file.path));
        }
        if before.is_some_and(|before| before >= file.path.as_str()) {
            return Err(format!("has a manifest out of order at {}", file.path));
        }
        before = Some(&file.path);
        total = total.saturating_add(file.bytes);
    }
    if total > size.saturating_mul(MOST_SWELLING).max(SMALL) {
        return Err(format!("would unpack to {total} bytes, beyond measure for its {size}"));
    }
    Ok(manifest)
}

/// The name of an entry that is a plain file.
fn entry_name(entry: &tar::Entry<'_, impl Read>) -> Result<String, String> {
    let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
    if entry.header().entry_type() == tar::EntryType::Regular {
        Ok(name)
    } else {
        Err(format!("holds {name}, which is no plain file"))
    }
}

/// The folder that a path stands in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Copies everything, and says how much that was and its SHA-256.
fn copy(reader: impl Read, mut writer: impl Write) -> io::Result<(u64, ContentHash)> {
    let mut reader = Hashing { inner: reader, hasher: Sha256::new(), bytes: 0 };
    io::copy(&mut reader, &mut writer)?;
    Ok((reader.bytes, ContentHash(reader.hasher.finalize().into())))
}

/// A reader that hashes what passes through.
struct Hashing<R> {
    inner: R,
    hasher: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..count).unwrap_or_default());
        self.bytes += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> PartialDate {
        "2026-11-22".parse().expect("a date")
    }

    fn library(folder: &Path) -> PathBuf {
        let library = folder.join("library");
        for (path, text) in [
            ("corpus/records/added.jsonl", ""),
            ("corpus/captures/k7/k7m2.txt", "a report"),
            ("corpus/.lock", "process 1"),
            ("index/meta.json", "{}"),
        ] {
            let path = library.join(path);
            fs::create_dir_all(folder_of(&path)).expect("made");
            fs::write(path, text).expect("written");
        }
        library
    }

    /// An archive of these entries behind this manifest.
    fn archive(path: &Path, manifest: &Manifest, entries: &[(tar::EntryType, &str, &[u8])]) {
        let file = File::create(path).expect("created");
        let mut builder = tar::Builder::new(zstd::Encoder::new(file, 1).expect("started"));
        let json = serde_json::to_vec(manifest).expect("written");
        let all = [(tar::EntryType::Regular, MANIFEST, json.as_slice())];
        for (kind, name, bytes) in all.iter().chain(entries) {
            let mut header = tar::Header::new_ustar();
            // `set_path` refuses what an attacker would write.
            let field = &mut header.as_ustar_mut().expect("ustar").name;
            field[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(bytes.len() as u64);
            header.set_cksum();
            builder.append(&header, *bytes).expect("appended");
        }
        builder.into_inner().expect("ended").finish().expect("ended");
    }

    fn manifest(files: &[(&str, &[u8])]) -> Manifest {
        let file = |(path, bytes): &(&str, &[u8])| PackedFile {
            path: (*path).to_owned(),
            bytes: bytes.len() as u64,
            sha256: crate::hash(bytes),
        };
        let files = files.iter().map(file).collect();
        Manifest { format: FORMAT.to_owned(), format_version: FORMAT_VERSION, made: made(), files }
    }

    #[test]
    fn what_is_packed_is_unpacked_and_only_the_folders_asked_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let library = library(folder.path());
        let target = folder.path().join("library.tar.zst");
        let packed = pack(&library, &["corpus"], made(), &target).expect("packed");
        let paths: Vec<&str> = packed.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(paths, ["corpus/captures/k7/k7m2.txt", "corpus/records/added.jsonl"]);
        let again = pack(&library, &["corpus"], made(), &target).expect_err("there already");
        assert!(matches!(again, PackError::Exists(_)));
        let other = folder.path().join("other");
        assert_eq!(unpack(&target, &other).expect("unpacked"), packed);
        let text = fs::read_to_string(other.join("corpus/captures/k7/k7m2.txt")).expect("read");
        assert_eq!(text, "a report");
        assert!(matches!(unpack(&target, &other), Err(PackError::NotEmpty(_))));
        assert!(!other.join("index").exists());
    }

    #[test]
    fn what_is_not_as_its_manifest_says_is_refused_and_nothing_is_left() {
        use tar::EntryType::{Regular, Symlink};
        let good: (&str, &[u8]) = ("corpus/a.txt", b"one");
        let outside: (&str, &[u8]) = ("../a.txt", b"one");
        let mut swollen = manifest(&[good]);
        swollen.files[0].bytes = 1 << 50;
        let mut later = manifest(&[good]);
        later.format_version = 2;
        for (manifest, entries, word) in [
            (manifest(&[good]), vec![(Regular, good.0, &b"two"[..])], "is not what was packed"),
            (manifest(&[good]), vec![(Regular, good.0, b"longer")], "in another size"),
            (manifest(&[good]), vec![], "is missing"),
            (manifest(&[good]), vec![(Symlink, good.0, b"one")], "no plain file"),
            (manifest(&[good]), vec![(Regular, "corpus/b", b"one")], "manifest does not say"),
            (manifest(&[good]), vec![(Regular, good.0, b"one"); 2], "manifest does not say"),
            (manifest(&[outside]), vec![(Regular, outside.0, b"one")], "leads out"),
            (manifest(&[("/etc/a", b"one")]), vec![], "leads out"),
            (manifest(&[("corpus/../../a", b"one")]), vec![], "leads out"),
            (manifest(&[good, good]), vec![], "out of order"),
            (swollen, vec![], "beyond measure"),
            (later, vec![], "is of version 2"),
        ] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = folder.path().join("archive");
            archive(&path, &manifest, &entries);
            let error = unpack(&path, &folder.path().join("library")).expect_err(word).to_string();
            assert!(error.contains(word), "{word}: {error}");
            assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1, "{word}");
        }
    }

    #[test]
    fn an_archive_cut_off_anywhere_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let target = folder.path().join("archive");
        pack(&library(folder.path()), &["corpus"], made(), &target).expect("packed");
        let whole = fs::read(&target).expect("read");
        for length in (0..whole.len()).step_by(7) {
            fs::write(&target, &whole[..length]).expect("written");
            assert!(unpack(&target, &folder.path().join("other")).is_err(), "{length} bytes");
            assert!(!folder.path().join("other").exists());
        }
    }
}
