//! What an index holds, read from columns: every document as it is counted, without fetching its
//! record. Documents that are counted as the same share a value of a dictionary.

use std::sync::Arc;

use model::{DocumentId, HeldAs, HeldDocument};
use rayon::prelude::*;
use tantivy::SegmentReader;
use tantivy::columnar::{BytesColumn, Column};

use crate::engine::damaged;
use crate::error::IndexError;
use crate::index::Index;
use crate::schema::{DOCUMENT_NUMBER, HELD_AS, HELD_PASSAGES, HELD_WORDS};

/// How many records that stand side by side in a segment are read by one thread.
const AT_ONCE: u32 = 1 << 16;

impl Index {
    /// Every document as it is counted, in the order of their ids, captures for which another answers
    /// among them. Costs a few numbers of each: a million take well under a second.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn held(&self) -> Result<Vec<HeldDocument>, IndexError> {
        let mut held = Vec::new();
        for segment in self.searcher().segment_readers() {
            let counted =
                Counted::of(segment).map_err(IndexError::engine("read what documents are held"))?;
            let Some(counted) = counted else { continue };
            let parts: Option<Vec<Vec<HeldDocument>>> = (0..segment.max_doc().div_ceil(AT_ONCE))
                .into_par_iter()
                .map(|part| counted.read(segment, part * AT_ONCE))
                .collect();
            let damaged = || damaged(&self.dir, "a document is not counted in it".to_owned());
            held.extend(parts.ok_or_else(damaged)?.into_iter().flatten());
        }
        held.par_sort_unstable_by(|a, b| a.id.cmp(&b.id));
        Ok(held)
    }
}

/// The columns of a segment that say what documents it counts.
struct Counted {
    standings: BytesColumn,
    passages: Column<u64>,
    words: Column<u64>,
    numbers: Column<u64>,
    /// The values that documents share; `None` where one cannot be read.
    known: Option<Vec<Arc<HeldAs>>>,
}

impl Counted {
    /// `None` where the segment counts none.
    fn of(segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let columns = segment.fast_fields();
        let Some(standings) = columns.bytes(HELD_AS)? else { return Ok(None) };
        let known = every_standing(&standings)?;
        let (passages, words) = (columns.u64(HELD_PASSAGES)?, columns.u64(HELD_WORDS)?);
        Ok(Some(Self { standings, passages, words, numbers: columns.u64(DOCUMENT_NUMBER)?, known }))
    }

    /// The documents among the records from the one with number `first`, at most [`AT_ONCE`]; `None` where what is
    /// said of one cannot be read.
    fn read(&self, segment: &SegmentReader, first: u32) -> Option<Vec<HeldDocument>> {
        let known = self.known.as_ref()?;
        let mut held = Vec::new();
        for doc in first..segment.max_doc().min(first.saturating_add(AT_ONCE)) {
            let Some(ordinal) = self.standings.ords().first(doc) else { continue };
            if segment.is_deleted(doc) {
                continue;
            }
            let standing = Arc::clone(known.get(usize::try_from(ordinal).ok()?)?);
            held.push(HeldDocument {
                id: DocumentId::of_number(self.numbers.first(doc)?)?,
                passages: u32::try_from(self.passages.first(doc)?).ok()?,
                words: self.words.first(doc)?,
                standing,
            });
        }
        Some(held)
    }
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
