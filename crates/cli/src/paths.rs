//! Where things are: which library a command works on, and which files a folder of reports holds.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;
use ingestion::SIDECAR;
use ingestion::corpus::{Corpus, describe};

use crate::fetch::is_address;

/// The folders of a library.
#[derive(Clone, Debug)]
pub struct LibraryPaths {
    /// The library's own folder.
    pub root: PathBuf,
}

impl LibraryPaths {
    /// The library to use: the one asked for (by option or environment), else the nearest folder
    /// upward that holds one, else the platform's folder for data.
    pub fn find(asked: Option<&Path>) -> anyhow::Result<Self> {
        if let Some(root) = asked.filter(|root| !root.as_os_str().is_empty()) {
            return Ok(Self { root: root.to_owned() });
        }
        let here = std::env::current_dir()?;
        let upward = here.ancestors().find(|folder| Self::in_folder(folder).corpus().exists());
        if let Some(root) = upward {
            return Ok(Self { root: root.to_owned() });
        }
        let data = etcetera::choose_base_strategy()?.data_dir();
        Ok(Self { root: data.join("forb") })
    }

    fn in_folder(folder: &Path) -> Self {
        Self { root: folder.to_owned() }
    }

    /// Its corpus.
    pub fn corpus(&self) -> Corpus {
        Corpus::at(self.root.join("corpus"))
    }

    /// The folder of its index.
    pub fn index(&self) -> PathBuf {
        self.root.join("index")
    }
}

/// A file to be added, or what stood in the way of finding it.
#[derive(Debug)]
pub enum Found {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Input,
    /// A page at an address.
    Url(String),
    /// A path that cannot be followed, with the reason.
    Failed(PathBuf, String),
    /// A file that is no report, and why.
    PassedOver(PathBuf, String),
}

/// Every file that the given paths name, and every page whose address is given; folders followed in the
/// order of names. Hidden files and metadata files are passed over; a folder met twice (through a
/// link) is followed once.
pub fn files(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut visited = HashSet::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found::Input);
            continue;
        }
        if let Some(address) = path.to_str().filter(|text| is_address(text)) {
            found.push(Found::Url(address.to_owned()));
            continue;
        }
        let before = found.len();
        follow(path, &mut visited, &mut found);
        if found.len() == before {
            found.push(Found::Failed(path.clone(), "holds no file to read".to_owned()));
        }
    }
    found
}

fn follow(top: &Path, visited: &mut HashSet<PathBuf>, found: &mut Vec<Found>) {
    let mut waiting = vec![top.to_owned()];
    while let Some(path) = waiting.pop() {
        match fs::metadata(&path) {
            Err(error) => found.push(Found::Failed(path, describe(&error))),
            Ok(kind) if kind.is_dir() => {
                // A folder that cannot be resolved cannot be listed either; that is reported below.
                let real = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
                if visited.insert(real) {
                    match entries(&path) {
                        Ok(inside) => waiting.extend(inside.into_iter().rev()),
                        Err(error) => found.push(Found::Failed(path, describe(&error))),
                    }
                }
            }
            Ok(kind) if kind.is_file() && is_sidecar(&path) => {
                let reason = "states metadata of the file beside it, and is read with that file";
                found.push(Found::PassedOver(path, reason.to_owned()));
            }
            Ok(kind) if kind.is_file() => found.push(Found::File(path)),
            Ok(_) => found.push(Found::Failed(path, "is neither a file nor a folder".to_owned())),
        }
    }
}

fn is_sidecar(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().ends_with(SIDECAR))
}

/// What a folder holds, in the order of names.
fn entries(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut inside = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let path = entry.path();
        if !hidden && !is_sidecar(&path) {
            inside.push(path);
        }
    }
    inside.sort();
    Ok(inside)
}
