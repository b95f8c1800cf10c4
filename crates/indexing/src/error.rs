//! What can go wrong with an index, each with what to do next.

use std::path::PathBuf;

use model::DocumentId;
use tantivy::TantivyError;

/// Why an index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// There is no index, or none that was ever finished.
    #[error("no index stands in {}; run `forb index` to build it", .dir.display())]
    Missing {
        /// Where it was looked for.
        dir: PathBuf,
    },
    /// The index was made by another version of forb, or by other analysers.
    #[error(
        "the index in {} is of {found}, this forb reads {expected}; run `forb index` to rebuild it",
        .dir.display()
    )]
    OtherVersion {
        /// Where it stands.
        dir: PathBuf,
        /// What made it.
        found: String,
        /// What this version reads.
        expected: String,
    },
    /// The index is half-written or its files were changed.
    #[error("the index in {} is damaged ({reason}); run `forb index` to rebuild it", .dir.display())]
    Damaged {
        /// Where it stands.
        dir: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// Another process is writing to the index.
    #[error("another forb is writing to the index in {}; try again when it is done", .dir.display())]
    Locked {
        /// Where it stands.
        dir: PathBuf,
    },
    /// The records given for a document do not fit it.
    #[error("document {document} cannot be indexed: {reason}")]
    Inconsistent {
        /// The document.
        document: DocumentId,
        /// What does not fit.
        reason: String,
    },
    /// The file system refused something.
    #[error("cannot {action} {}: {cause}", .path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The search engine refused something.
    #[error("the search engine cannot {action}: {cause}")]
    Engine {
        /// What was tried.
        action: &'static str,
        /// What it said.
        cause: TantivyError,
    },
}

impl IndexError {
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |cause| Self::Io { action, path, cause }
    }

    /// Wraps what the search engine said while `action` was tried.
    pub fn engine<E: Into<TantivyError>>(action: &'static str) -> impl FnOnce(E) -> Self {
        move |cause: E| Self::Engine { action, cause: cause.into() }
    }
}
