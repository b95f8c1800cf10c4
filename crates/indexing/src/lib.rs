//! Annotated passages to an index on disk, and back: the analysers, the schema, the writer, what an
//! index says of itself, and the versions of all that.
//!
//! The index is derived: it can be deleted and built again from the corpus. This crate knows neither
//! the formats of sources nor the language of queries; it gives `query` the engine's handles and the
//! records.

pub mod analysis;
mod commit;
mod directory;
mod engine;
mod error;
mod fingerprint;
mod held;
mod index;
mod layout;
mod lookup;
mod merging;
mod places;
mod schema;
mod stems;
mod stored;
#[cfg(test)]
mod tests;
mod writer;

pub use analysis::{Analyser, Token, analysers_digest, tokens};
pub use commit::{Commit, Counts, Coverage, CoveredCorrections, CoveredFile, FileStamp};
pub use error::IndexError;
pub use fingerprint::{FINGERPRINT, fingerprint, likeness, may_be_alike, shingles};
pub use index::Index;
pub use layout::{FORMAT_VERSION, Meta};
pub use lookup::{FoundDocument, PlacedRecord};
pub use places::RecordPlace;
pub use schema::{DOCUMENT_NUMBER, Fields, kind_word};
pub use writer::{Writer, WriterSettings};
