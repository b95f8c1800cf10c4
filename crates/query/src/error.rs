//! What can go wrong with a question. A text is never wrong; only an index can be.

use indexing::IndexError;

/// Why a question could not be answered.
#[derive(Debug, thiserror::Error)]
pub enum QueryError {
    /// The index could not be read.
    #[error(transparent)]
    Index(#[from] IndexError),
}

impl QueryError {
    /// Wraps what the search engine said while `action` was tried.
    pub(crate) fn engine(action: &'static str) -> impl FnOnce(tantivy::TantivyError) -> Self {
        move |cause| Self::Index(IndexError::Engine { action, cause })
    }
}
