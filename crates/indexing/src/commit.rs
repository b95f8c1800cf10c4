//! What an index says of itself: which part of the corpus it has taken in, and how much that is.
//! These are plain nouns; where they are kept is the business of `layout.rs` and `writer.rs`.

use std::collections::BTreeMap;

use model::{Circle, ContentHash, DocumentId};
use serde::{Deserialize, Serialize};

/// How much of the corpus an index has taken in. The index keeps it and gives it back; comparing it
/// with the corpus is the caller's part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The record files of the corpus, each with the part of it that is indexed.
    pub corpus: Vec<CoveredFile>,
    /// Hash of the publisher profiles the documents were read with.
    pub publishers_digest: ContentHash,
    /// Captures that are recorded and could not be read, by id and name: no document of theirs is
    /// in the index.
    #[serde(default)]
    pub unread: Vec<(DocumentId, String)>,
    /// Data sets of which only a beginning is in the index, by the id of the capture, with the number
    /// of records in that beginning. Their lines stand after what `corpus` covers.
    #[serde(default)]
    pub begun: Vec<(DocumentId, u64)>,
    /// The corrections the documents were read with.
    #[serde(default)]
    pub corrections: CoveredCorrections,
    /// SHA-256 of the codebook the labels were made with.
    pub codebook: ContentHash,
}

/// The corrections that an index has taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredCorrections {
    /// SHA-256 of the file that holds them; `None` when there is no file.
    pub file: Option<ContentHash>,
    /// For each document that is corrected, a hash of what is corrected.
    pub documents: BTreeMap<DocumentId, ContentHash>,
}

/// A record file of the corpus. Record files only grow, so what is indexed is a beginning of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveredFile {
    /// Its name in the corpus.
    pub name: String,
    /// How many of its first bytes are indexed.
    pub bytes: u64,
    /// SHA-256 of those bytes.
    pub sha256: ContentHash,
    /// What the file system said of the file when it was read, so that a reader who finds the same
    /// need not hash it again.
    pub stamp: Option<FileStamp>,
}

/// What the file system says of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileStamp {
    /// Time of the last change, in nanoseconds from 1970-01-01.
    pub modified_ns: i64,
    /// Its length.
    pub bytes: u64,
}

/// What stands in an index: counted by the writer, committed together with the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Blocks set aside.
    pub set_aside: u64,
    /// Words in the passages.
    pub words: u64,
    /// Captures of these documents for which another answers: counted neither among the documents
    /// nor with anything of theirs above.
    pub other_captures: u64,
    /// Passages and blocks set aside in those captures.
    pub other_records: u64,
}

/// One committed state of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// How much of the corpus is in it.
    #[serde(flatten)]
    pub coverage: Coverage,
    /// How much that is.
    #[serde(flatten)]
    pub counts: Counts,
    /// The circles of documents that came, went or changed, and in which the library has not been
    /// settled since; in order.
    #[serde(default)]
    pub unsettled: Vec<Circle>,
}

impl Counts {
    /// The counts once something has gone and something has come.
    pub(crate) fn after(self, gone: Self, come: Self) -> Self {
        let of = |held: u64, gone: u64, come: u64| (held + come).saturating_sub(gone);
        Self {
            documents: of(self.documents, gone.documents, come.documents),
            passages: of(self.passages, gone.passages, come.passages),
            set_aside: of(self.set_aside, gone.set_aside, come.set_aside),
            words: of(self.words, gone.words, come.words),
            other_captures: of(self.other_captures, gone.other_captures, come.other_captures),
            other_records: of(self.other_records, gone.other_records, come.other_records),
        }
    }

    /// How many records an index of these counts holds.
    pub(crate) fn records(&self) -> u64 {
        let other = self.other_captures + self.other_records;
        self.documents + self.passages + self.set_aside + other
    }
}
