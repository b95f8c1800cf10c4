//! What an index holds, read from columns: every document as it is counted, without fetching its
//! record. Documents that are counted as the same share a value of a dictionary.

use std::sync::Arc;

use model::{DocumentId, HeldAs, HeldDocument};
use tantivy::SegmentReader;
use tantivy::columnar::BytesColumn;

use crate::engine::damaged;
use crate::error::IndexError;
use crate::index::Index;
use crate::schema::{DOCUMENT_NUMBER, HELD_AS, HELD_PASSAGES, HELD_WORDS};

impl Index {
    /// Every document as it is counted, in the order of their ids, captures for which another answers
    /// among them. Costs a few numbers of each: a million take well under a second.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn held(&self) -> Result<Vec<HeldDocument>, IndexError> {
        let mut held = Vec::new();
        for segment in self.searcher().segment_readers() {
            let read = read_segment(segment, &mut held);
            let whole = read.map_err(IndexError::engine("read what documents are held"))?;
            if !whole {
                return Err(damaged(&self.dir, "a document is not counted in it".to_owned()));
            }
        }
        held.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(held)
    }
}

/// Reads the documents of a segment; `false` where what is said of one cannot be read.
fn read_segment(segment: &SegmentReader, held: &mut Vec<HeldDocument>) -> tantivy::Result<bool> {
    let columns = segment.fast_fields();
    let Some(standings) = columns.bytes(HELD_AS)? else { return Ok(true) };
    let (passages, words) = (columns.u64(HELD_PASSAGES)?, columns.u64(HELD_WORDS)?);
    let numbers = columns.u64(DOCUMENT_NUMBER)?;
    let Some(known) = every_standing(&standings)? else { return Ok(false) };
    for doc in segment.doc_ids_alive() {
        let Some(ordinal) = standings.ords().first(doc) else { continue };
        let standing = usize::try_from(ordinal).ok().and_then(|ordinal| known.get(ordinal));
        let Some(standing) = standing.map(Arc::clone) else { return Ok(false) };
        let id = numbers.first(doc).and_then(DocumentId::of_number);
        let passages = passages.first(doc).and_then(|passages| u32::try_from(passages).ok());
        let (Some(id), Some(passages), Some(words)) = (id, passages, words.first(doc)) else {
            return Ok(false);
        };
        held.push(HeldDocument { id, passages, words, standing });
    }
    Ok(true)
}

/// The values of the dictionary in their order, read in one go; `None` where one cannot be read.
fn every_standing(standings: &BytesColumn) -> tantivy::Result<Option<Vec<Arc<HeldAs>>>> {
    let mut every = Vec::with_capacity(standings.num_terms());
    let mut values = standings.dictionary().stream()?;
    while values.advance() {
        match postcard::from_bytes(values.key()) {
            Ok(standing) => every.push(Arc::new(standing)),
            Err(_) => return Ok(None),
        }
    }
    Ok(Some(every))
}
