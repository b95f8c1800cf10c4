//! Captures that are not a document but hold some: compressed files and data sets. Opened here into
//! source files of their own, each with its place in the capture, so that reading goes on as for any
//! file. What is in them is told from their content. Nothing is written anywhere.

mod compressed;
mod mapping;
mod records;
mod stream;

use model::PartOf;

pub use mapping::{Mapping, MappingError};
pub use records::Records;

use crate::source::SourceFile;
use compressed::Compression;
use stream::Head;

/// Most bytes that a compressed data set may hold whose records are read one after the other.
pub const MOST_BYTES: u64 = 4 << 30;

/// Most bytes that a compressed capture of any other kind may hold: it is unpacked into memory.
pub const MOST_AT_ONCE: u64 = 1 << 30;

/// What holds no more bytes than this is unpacked into memory, whatever it is.
const SMALL: u64 = 16 << 20;

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
    #[error("unpacks to more than {} MB, the most that is read", .0 >> 20)]
    TooLarge(u64),
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
    content: Content<'a>,
}

/// What a capture holds.
#[derive(Debug)]
enum Content<'a> {
    /// The bytes of the capture, not compressed.
    Plain(&'a [u8]),
    /// Unpacked bytes.
    Unpacked(Vec<u8>, Compression),
    /// A data set too large to be unpacked into memory: how it begins, and its packed bytes. They
    /// were gone through to the end, and are whole.
    Stream(Head, &'a [u8], Compression),
}

impl<'a> Opened<'a> {
    /// Takes the compression off a capture, if it has any. Data sets of JSON Lines, CSV or TSV are
    /// not unpacked into memory beyond their beginning.
    ///
    /// # Errors
    /// When it cannot be decompressed, or holds too much.
    pub fn new(source: &'a SourceFile) -> Result<Self, UnpackError> {
        let bytes = source.bytes();
        let content = match compressed::of(bytes) {
            Some(compression) => Self::unpack(bytes, compression)?,
            None => Content::Plain(bytes),
        };
        Ok(Self { source, content })
    }

    fn unpack(bytes: &'a [u8], compression: Compression) -> Result<Content<'a>, UnpackError> {
        let beginning = compression.beginning(bytes, SMALL + 1)?;
        if beginning.len() as u64 <= SMALL {
            return Ok(Content::Unpacked(beginning, compression));
        }
        if let Some(head) = Head::of(&beginning) {
            compression.check(bytes, MOST_BYTES)?;
            return Ok(Content::Stream(head, bytes, compression));
        }
        Ok(Content::Unpacked(compression.open(bytes, MOST_AT_ONCE)?, compression))
    }

    /// Its parts. `asked` is the mapping of record fields that the user gave.
    ///
    /// # Errors
    /// When it is a data set whose mapping is wrong or cannot be guessed.
    pub fn parts(&'a self, asked: Option<&Mapping>) -> Result<Parts<'a>, UnpackError> {
        let (source, content) = (self.source, &self.content);
        let records = match content {
            Content::Plain(bytes) => Records::of(source, bytes, asked)?,
            Content::Unpacked(bytes, _) => Records::of(source, bytes, asked)?,
            Content::Stream(head, bytes, compression) => {
                match head.records(compression.reader(bytes)?, asked) {
                    Some(raw) => Records::mapped(source, raw, asked)?,
                    None => None,
                }
            }
        };
        if let Some(records) = records {
            return Ok(Parts::Records(records));
        }
        let (bytes, compression) = match content {
            Content::Plain(_) => return Ok(Parts::One(Box::new(source.clone()))),
            Content::Unpacked(bytes, compression) => (bytes.clone(), compression),
            Content::Stream(_, bytes, compression) => {
                (compression.open(bytes, MOST_AT_ONCE)?, compression)
            }
        };
        let mut inner = SourceFile::new(source.name(), bytes);
        inner.by_user = source.by_user.clone();
        inner.by_sidecar = source.by_sidecar.clone();
        inner.added = source.added;
        inner.part_of = Some(PartOf {
            sha256: source.sha256(),
            file_name: source.name().to_owned(),
            place: format!("inside {}", compression.name()),
        });
        Ok(Parts::One(Box::new(inner)))
    }
}
