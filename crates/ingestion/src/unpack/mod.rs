//! Captures that are not a document but hold some: compressed files, data sets, ZIP and tar archives,
//! web archives (WARC). Opened here into source files of their own, each with its place in the
//! capture, so that reading goes on as for any file. What is in them is told from their content.
//! Nothing is written anywhere. Word files and books, which are ZIP archives too, are documents: they
//! are left to [`crate::readers`].

mod beside;
mod bounds;
mod compressed;
mod layer;
mod many;
mod mapping;
mod place;
mod records;
mod stream;
mod tar;
#[cfg(test)]
mod tests;
mod warc;
mod zip;

use model::PartOf;

pub use many::{Many, Part};
pub use mapping::{Mapping, MappingError};

use crate::source::SourceFile;
use bounds::{BOUNDS, Bounds, Budget, Trouble};
use many::{Found, Opened};

/// What a capture is.
#[derive(Debug)]
pub enum Parts {
    /// One document.
    One(Box<SourceFile>),
    /// Several, one after the other: the records of a data set, the files of an archive.
    Many(Box<Many>),
}

/// Why a capture cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It is compressed and cannot be decompressed, or not within the bounds.
    #[error("is compressed ({0}) and {1}")]
    Compressed(&'static str, String),
    /// It is an archive without anything in it.
    #[error("is {0} without a file in it")]
    Empty(&'static str),
    /// It is an archive, and the only thing in it cannot be read.
    #[error("is {0} in which nothing can be read: {1}")]
    Nothing(&'static str, String),
    /// It is packed in itself again and again.
    #[error("is packed more than {} times in itself; unpack it and add what it holds", BOUNDS.depth)]
    TooDeep,
    /// It looks like a data set, but its records cannot be told.
    #[error("{0}")]
    Mapping(#[from] MappingError),
}

/// Opens a capture. `asked` is the mapping of record fields that the user gave.
///
/// # Errors
/// When it is compressed and cannot be opened, is an archive without files, or is a data set whose
/// mapping is wrong.
pub fn open(source: &SourceFile, asked: Option<&Mapping>) -> Result<Parts, UnpackError> {
    open_within(source, asked, BOUNDS)
}

fn open_within(
    source: &SourceFile,
    asked: Option<&Mapping>,
    bounds: Bounds,
) -> Result<Parts, UnpackError> {
    let mut budget = Budget::new(bounds);
    let Opened { found, how, depth } = many::open(source.shared_bytes(), 0, asked, &mut budget)?;
    match (found, how) {
        (Found::Holds(layer), _) => {
            Many::new(source, layer, depth, asked, budget).map(|many| Parts::Many(Box::new(many)))
        }
        (Found::Document(_), None) => Ok(Parts::One(Box::new(source.clone()))),
        (Found::Document(content), Some(how)) => {
            let mut inner = SourceFile::new(source.name(), content);
            inner.by_user = source.by_user.clone();
            inner.by_sidecar = source.by_sidecar.clone();
            inner.fetched = source.fetched.clone();
            inner.added = source.added;
            inner.part_of = Some(PartOf {
                sha256: source.sha256(),
                file_name: source.name().to_owned(),
                place: format!("inside {how}"),
            });
            Ok(Parts::One(Box::new(inner)))
        }
    }
}
