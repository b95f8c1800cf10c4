//! Of which state of a library an answer is, so that it can be had again: a line for people, and keys
//! for programs.

use serde::Serialize;

use crate::phrases::counted;

/// How many record files are named in a line.
const FILES_NAMED: usize = 3;

/// What a library was when it was asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryState {
    /// SHA-256 of the codebook with which labels were made, in hexadecimal.
    pub codebook: String,
    /// The record files that are indexed, each with the SHA-256 of what of it is.
    pub corpus: Vec<(String, String)>,
    /// Documents of the whole index.
    pub documents: u64,
    /// Its passages.
    pub passages: u64,
}

/// The same for programs.
#[derive(Serialize)]
pub(crate) struct StateShape<'a> {
    codebook: &'a str,
    corpus: Vec<FileShape<'a>>,
    documents: u64,
    passages: u64,
}

#[derive(Serialize)]
struct FileShape<'a> {
    file: &'a str,
    sha256: &'a str,
}

impl LibraryState {
    /// `codebook 0bd13fbcf530; index of 5 documents, 45 passages; corpus shipped.jsonl 3985892abbe7`.
    pub(crate) fn line(&self) -> String {
        let named = self.corpus.iter().take(FILES_NAMED);
        let corpus: Vec<String> =
            named.map(|(file, hash)| format!("{file} {}", short(hash))).collect();
        let more = self.corpus.len() - corpus.len();
        let more = if more > 0 { format!(" and {more} more files") } else { String::new() };
        format!(
            "codebook {}; index of {}, {}; corpus {}{more}",
            short(&self.codebook),
            counted(self.documents, "document", "documents"),
            counted(self.passages, "passage", "passages"),
            corpus.join(", "),
        )
    }
}

/// The beginning of a hash, enough to tell two apart.
fn short(hash: &str) -> &str {
    hash.get(..12).unwrap_or(hash)
}

impl<'a> From<&'a LibraryState> for StateShape<'a> {
    fn from(of: &'a LibraryState) -> Self {
        Self {
            codebook: &of.codebook,
            corpus: of.corpus.iter().map(|(file, sha256)| FileShape { file, sha256 }).collect(),
            documents: of.documents,
            passages: of.passages,
        }
    }
}
