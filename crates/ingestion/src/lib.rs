//! From a source file to annotated passages, each stage a function that knows nothing of the next:
//!
//! ```text
//! SourceFile ──readers──▶ RawDocument ──recognise, arrange──▶ Document ──segment──▶ Passage ──annotate──▶ AnnotatedPassage
//! ```
//!
//! [`readers`] turn bytes of one format into blocks; [`profiles`] are what is known about publishers,
//! as data; [`recognise`] says what a report is, with evidence; [`arrange`] gives every block its
//! role and makes the [`model::Document`]; [`segment`] cuts passages; [`annotate`] adds what can be
//! found in them. A report with a chapter on each of several countries becomes a document for each
//! ([`chapter_id`]). [`unpack`] opens captures that hold several documents (compressed files, data
//! sets, archives);
//! [`corpus`] keeps what was captured: plain files and a record of each.
//!
//! This crate knows no search engine and prints nothing.

pub mod annotate;
pub mod arrange;
pub mod captures;
mod chapters;
pub mod codebook;
pub mod corpus;
pub mod corrections;
mod credits;
mod fetched;
mod flattened;
mod language;
pub mod normalise;
mod numbers;
pub mod packing;
pub mod profiles;
pub mod readers;
pub mod recognise;
pub mod records;
pub mod segment;
pub mod sentences;
pub mod settled;
mod source;
mod stated;
mod tag_file;
pub mod unpack;
mod written_dates;

pub use chapters::{chapter_id, chapter_of};
pub use fetched::{Fetched, Redirect};
pub use source::{
    ReadDocument, ReadError, RecordContent, SourceFile, hash, hash_of_lines, read, read_corrected,
};
pub use stated::{SIDECAR, Stated, StatedError};
