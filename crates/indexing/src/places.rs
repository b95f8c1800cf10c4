//! Where records stand: their document's number and their place in it, read from columns that are opened
//! once for a whole index.

use std::sync::OnceLock;

use model::Field;
use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher, SegmentReader};

use crate::error::IndexError;
use crate::index::Index;
use crate::schema::DOCUMENT_NUMBER;

/// Where a record stands. In this order records are in the order of documents and of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecordPlace {
    /// The number of its document.
    pub document: u64,
    /// First byte in the document's text; `None` for the record of a document itself.
    pub position: Option<i64>,
}

/// The columns of a segment.
#[derive(Debug)]
pub(crate) struct PlaceColumns {
    documents: Column<u64>,
    positions: Column<i64>,
}

impl PlaceColumns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        let (documents, positions) =
            (columns.u64(DOCUMENT_NUMBER)?, columns.i64(Field::Position.name())?);
        Ok(Self { documents, positions })
    }

    fn document(&self, doc: u32) -> u64 {
        // Every record has a document: what has none comes last.
        self.documents.first(doc).unwrap_or(u64::MAX)
    }

    pub(crate) fn place(&self, doc: u32) -> RecordPlace {
        RecordPlace { document: self.document(doc), position: self.positions.first(doc) }
    }
}

/// The columns of every segment, each opened when it is first asked for.
#[derive(Debug)]
pub(crate) struct Places {
    segments: Vec<OnceLock<PlaceColumns>>,
}

impl Places {
    pub(crate) fn of(searcher: &Searcher) -> Self {
        Self { segments: searcher.segment_readers().iter().map(|_| OnceLock::new()).collect() }
    }
}

impl Index {
    /// Where the record at an address stands. Costs no reading of the record.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn place_of(&self, address: DocAddress) -> Result<RecordPlace, IndexError> {
        Ok(self.place_columns(address.segment_ord)?.place(address.doc_id))
    }

    /// The number of the document of the record at an address. Costs no reading of the record.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn document_number(&self, address: DocAddress) -> Result<u64, IndexError> {
        Ok(self.place_columns(address.segment_ord)?.document(address.doc_id))
    }

    /// The columns of a segment of the searcher.
    pub(crate) fn place_columns(&self, ordinal: u32) -> Result<&PlaceColumns, IndexError> {
        let columns = &self.places().segments[ordinal as usize];
        if let Some(opened) = columns.get() {
            return Ok(opened);
        }
        let opened = PlaceColumns::open(self.searcher().segment_reader(ordinal))
            .map_err(IndexError::engine("read where records stand"))?;
        Ok(columns.get_or_init(|| opened))
    }
}
