//! Captures that are not a document but hold some: compressed files and data sets. Opened here into
//! source files of their own, each with its place in the capture, so that reading goes on as for any
//! file. What is in them is told from their content. Nothing is written anywhere.

mod compressed;
mod mapping;
mod records;

use std::borrow::Cow;

use model::PartOf;

pub use mapping::{Mapping, MappingError};
pub use records::Records;

use crate::source::SourceFile;

/// Most bytes that a compressed capture may hold.
pub const MOST_BYTES: u64 = 4 << 30;

/// What a capture is.
#[derive(Debug)]
pub enum Parts<'a> {
    /// One document.
    One(Box<SourceFile>),
    /// The records of a data set.
    Records(Records<'a>),
}

/// Why a capture cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It holds more than is read.
    #[error("unpacks to more than {} MB, the most that is read", MOST_BYTES >> 20)]
    TooLarge,
    /// It is compressed and cannot be decompressed.
    #[error("is {0} and damaged: {1}")]
    Damaged(&'static str, String),
    /// It looks like a data set, but its records cannot be told.
    #[error("{0}")]
    Mapping(#[from] MappingError),
}

/// A capture with its compression taken off.
#[derive(Debug)]
pub struct Opened<'a> {
    source: &'a SourceFile,
    content: Cow<'a, [u8]>,
    how: Option<&'static str>,
}

impl<'a> Opened<'a> {
    /// Takes the compression off a capture, if it has any.
    ///
    /// # Errors
    /// When it cannot be decompressed, or holds too much.
    pub fn new(source: &'a SourceFile) -> Result<Self, UnpackError> {
        let (content, how) = match compressed::of(source.bytes()) {
            Some(compression) => {
                (compression.open(source.bytes(), MOST_BYTES)?.into(), Some(compression.name()))
            }
            None => (source.bytes().into(), None),
        };
        Ok(Self { source, content, how })
    }

    /// Its parts. `asked` is the mapping of record fields that the user gave.
    ///
    /// # Errors
    /// When it is a data set whose mapping is wrong or cannot be guessed.
    pub fn parts(&'a self, asked: Option<&Mapping>) -> Result<Parts<'a>, UnpackError> {
        if let Some(records) = Records::of(self.source, &self.content, asked)? {
            return Ok(Parts::Records(records));
        }
        let Some(how) = self.how else { return Ok(Parts::One(Box::new(self.source.clone()))) };
        let mut inner = SourceFile::new(self.source.name(), self.content.to_vec());
        inner.by_user = self.source.by_user.clone();
        inner.by_sidecar = self.source.by_sidecar.clone();
        inner.fetched = self.source.fetched.clone();
        inner.added = self.source.added;
        inner.part_of = Some(PartOf {
            sha256: self.source.sha256(),
            file_name: self.source.name().to_owned(),
            place: format!("inside {how}"),
        });
        Ok(Parts::One(Box::new(inner)))
    }
}
