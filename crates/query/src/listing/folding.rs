//! Which passages are nearly the same: alike by the fingerprints in the index's column, then compared
//! by the shingles of their texts.

use std::collections::{BTreeSet, HashMap};

use indexing::{FINGERPRINT, Index, likeness, may_be_alike, shingles};
use tantivy::DocAddress;
use tantivy::columnar::Column;

use super::NEARLY_THE_SAME;

/// Compares passages; the texts it fetched it remembers.
pub(crate) struct Comparing<'a> {
    index: &'a Index,
    fingerprints: Vec<Column<u64>>,
    fetched: HashMap<DocAddress, BTreeSet<u64>>,
}

impl<'a> Comparing<'a> {
    pub fn new(index: &'a Index) -> tantivy::Result<Self> {
        let segments = index.searcher().segment_readers().iter();
        let columns = segments.map(|segment| segment.fast_fields().u64(FINGERPRINT));
        let fingerprints = columns.collect::<tantivy::Result<_>>()?;
        Ok(Self { index, fingerprints, fetched: HashMap::new() })
    }

    /// The fingerprint of a record.
    pub fn fingerprint(&self, address: DocAddress) -> u64 {
        let column = self.fingerprints.get(address.segment_ord as usize);
        column.and_then(|column| column.first(address.doc_id)).unwrap_or(0)
    }

    /// Whether two records, whose fingerprints are given with them, are nearly the same.
    pub fn alike(&mut self, a: (DocAddress, u64), b: (DocAddress, u64)) -> tantivy::Result<bool> {
        if !may_be_alike(a.1, b.1) {
            return Ok(false);
        }
        for (address, _) in [a, b] {
            if !self.fetched.contains_key(&address) {
                let record = self.index.record(address);
                let record = record
                    .map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
                self.fetched.insert(address, shingles(&record.passage.passage.text));
            }
        }
        Ok(likeness(&self.fetched[&a.0], &self.fetched[&b.0]) >= NEARLY_THE_SAME)
    }
}
