//! Finding records by what names them: a document by its id or the beginning of it, a passage by its
//! id, the passages of a document in reading order, and where all passages stand.

use std::collections::{BTreeMap, BTreeSet};

use model::{Circle, DocumentId, DocumentRecord, Field, IndexRecord, PassageId, RecordKind};
use tantivy::schema::{IndexRecordOption, Term};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED};

use crate::error::IndexError;
use crate::index::Index;
use crate::places::RecordPlace;
use crate::schema::kind_word;

/// What the beginning of a document id leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundDocument {
    /// One document.
    One(DocumentId),
    /// Several; never fewer than two, in order.
    Several(Vec<DocumentId>),
    /// None.
    None,
}

/// Where a record of a document stands: what it takes to order records without fetching them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlacedRecord {
    /// First byte in the document's text.
    pub position: i64,
    /// The engine's address of it.
    pub address: DocAddress,
}

impl Index {
    /// The record of a document; `None` when the index does not hold it.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn document(&self, id: &DocumentId) -> Result<Option<DocumentRecord>, IndexError> {
        let term = Term::from_field_text(self.fields().document_record, id.as_str());
        self.addresses(&term)?.first().map(|address| self.document_at(*address)).transpose()
    }

    /// Every document, in the order of their ids, captures for which another answers among them.
    /// Reads them all, a large library's on several threads: meant for overviews.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn documents(&self) -> Result<Vec<DocumentRecord>, IndexError> {
        let mut places: Vec<(DocAddress, usize)> =
            self.ids_from("")?.into_values().zip(0..).collect();
        // In the order of the store every block is read once.
        places.sort_unstable();
        // Records are large: each is put in its place by its address in memory.
        let read = |places: &[(DocAddress, usize)]| -> Result<Vec<(usize, Box<_>)>, IndexError> {
            let read = |(address, at): &(DocAddress, usize)| {
                Ok((*at, Box::new(self.document_at(*address)?)))
            };
            places.iter().map(read).collect()
        };
        let mut documents: Vec<Option<Box<DocumentRecord>>> = Vec::new();
        documents.resize_with(places.len(), || None);
        for part in on_threads(&places, read) {
            part?.into_iter().for_each(|(at, document)| documents[at] = Some(document));
        }
        Ok(documents.into_iter().flatten().map(|document| *document).collect())
    }

    /// The documents of a circle, read one after the other. Costs what they are, however large the
    /// rest of the library is; their order depends on when they came in.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn documents_in(
        &self,
        circle: &Circle,
    ) -> Result<impl Iterator<Item = Result<DocumentRecord, IndexError>>, IndexError> {
        let term = Term::from_field_text(self.fields().circle, &circle.to_string());
        // In the order of the store every block is read once.
        let mut addresses = self.addresses(&term)?;
        addresses.sort_unstable();
        Ok(addresses.into_iter().map(|address| self.document_at(address)))
    }

    /// The document whose id begins with `prefix`, whatever its case.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn find_document(&self, prefix: &str) -> Result<FoundDocument, IndexError> {
        let prefix = prefix.to_ascii_lowercase();
        if !DocumentId::is_prefix(&prefix) {
            return Ok(FoundDocument::None);
        }
        let mut found: Vec<DocumentId> = self.ids_from(&prefix)?.into_keys().collect();
        Ok(match (found.len(), found.pop()) {
            (1, Some(id)) => FoundDocument::One(id),
            (_, Some(last)) => {
                found.push(last);
                FoundDocument::Several(found)
            }
            (_, None) => FoundDocument::None,
        })
    }

    /// A passage or block set aside by its id; `None` when the index does not hold it.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn passage(&self, id: &PassageId) -> Result<Option<IndexRecord>, IndexError> {
        self.passage_address(id)?.map(|address| self.record(address)).transpose()
    }

    /// Where a passage or block set aside stands; `None` when the index does not hold it.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn passage_address(&self, id: &PassageId) -> Result<Option<DocAddress>, IndexError> {
        let term = Term::from_field_text(self.fields().of(Field::Passage), &id.to_string());
        Ok(self.addresses(&term)?.first().copied())
    }

    /// Where the passages and the blocks set aside of a document stand, in reading order.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn places_of(&self, id: &DocumentId) -> Result<Vec<PlacedRecord>, IndexError> {
        let term = Term::from_field_text(self.fields().of(Field::Document), id.as_str());
        let mut placed = Vec::new();
        for (ordinal, segment) in segments(self.searcher()) {
            let columns = self.place_columns(ordinal)?;
            each_live(segment, &term, |doc| {
                // The record of the document itself stands at no position.
                if let Some(position) = columns.place(doc).position {
                    let address = DocAddress::new(ordinal, doc);
                    placed.push(PlacedRecord { position, address });
                }
            })
            .map_err(IndexError::engine("find the passages of a document"))?;
        }
        placed.sort_unstable_by_key(|place| (place.position, place.address));
        Ok(placed)
    }

    /// The passages and the blocks set aside of a document, in reading order.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn passages_of(&self, id: &DocumentId) -> Result<Vec<IndexRecord>, IndexError> {
        self.places_of(id)?.into_iter().map(|place| self.record(place.address)).collect()
    }

    /// Every passage of every document, read one after the other. Their order depends on when they
    /// came in. Reads them all: meant for overviews.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn passages(
        &self,
    ) -> Result<impl Iterator<Item = Result<IndexRecord, IndexError>>, IndexError> {
        let term = Term::from_field_text(self.fields().kind, kind_word(RecordKind::Passage));
        // In the order of the store every block is read once.
        let mut addresses = self.addresses(&term)?;
        addresses.sort_unstable();
        Ok(addresses.into_iter().map(|address| self.record(address)))
    }

    /// Where every passage stands that answers for its document, in the order of the store: read in it, every
    /// block of the store is read once. Costs no reading of records.
    ///
    /// # Errors
    /// When the engine cannot read the index.
    pub fn passage_places(&self) -> Result<Vec<(RecordPlace, DocAddress)>, IndexError> {
        let term = Term::from_field_text(self.fields().kind, kind_word(RecordKind::Passage));
        let mut places = Vec::new();
        for (ordinal, segment) in segments(self.searcher()) {
            let columns = self.place_columns(ordinal)?;
            each_live(segment, &term, |doc| {
                places.push((columns.place(doc), DocAddress::new(ordinal, doc)));
            })
            .map_err(IndexError::engine("find the passages"))?;
        }
        Ok(places)
    }

    /// The values that records have for a field, each once, in order. A value whose last record was
    /// deleted may still be among them. Meant for keyword fields with few values, such as publishers.
    ///
    /// # Errors
    /// When the engine cannot read its terms.
    pub fn values(&self, field: Field) -> Result<Vec<String>, IndexError> {
        let mut values = BTreeSet::new();
        for (_, segment) in segments(self.searcher()) {
            let listed = || -> tantivy::Result<Vec<String>> {
                let inverted = segment.inverted_index(self.fields().of(field))?;
                let mut terms = inverted.terms().stream()?;
                let mut listed = Vec::new();
                while terms.advance() {
                    listed.extend(str::from_utf8(terms.key()).ok().map(str::to_owned));
                }
                Ok(listed)
            };
            values.extend(listed().map_err(IndexError::engine("list the values of a field"))?);
        }
        Ok(values.into_iter().collect())
    }

    /// Where the records stand that hold a term.
    fn addresses(&self, term: &Term) -> Result<Vec<DocAddress>, IndexError> {
        let mut found = Vec::new();
        for (ordinal, segment) in segments(self.searcher()) {
            each_live(segment, term, |doc| found.push(DocAddress::new(ordinal, doc)))
                .map_err(IndexError::engine("find a record"))?;
        }
        Ok(found)
    }

    /// The documents whose ids begin with `prefix`, and where their records stand.
    fn ids_from(&self, prefix: &str) -> Result<BTreeMap<DocumentId, DocAddress>, IndexError> {
        let mut found = BTreeMap::new();
        for (ordinal, segment) in segments(self.searcher()) {
            let ids = self.ids_in(segment, prefix).map_err(IndexError::engine("list documents"))?;
            found.extend(ids.into_iter().map(|(id, doc)| (id, DocAddress::new(ordinal, doc))));
        }
        Ok(found)
    }

    fn ids_in(
        &self,
        segment: &SegmentReader,
        prefix: &str,
    ) -> tantivy::Result<Vec<(DocumentId, u32)>> {
        let field = self.fields().document_record;
        let inverted = segment.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(prefix.as_bytes()).into_stream()?;
        let mut found = Vec::new();
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            let Ok(Ok(id)) = str::from_utf8(stream.key()).map(str::parse::<DocumentId>) else {
                continue;
            };
            let mut postings =
                inverted.read_postings_from_terminfo(stream.value(), IndexRecordOption::Basic)?;
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    found.push((id.clone(), postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(found)
    }
}

/// How many items are worth a thread of their own.
const WORTH_A_THREAD: usize = 2_048;

/// What comes of the parts of a list, each worked on by a thread of its own, in order.
fn on_threads<T: Sync, R: Send>(items: &[T], work: impl Fn(&[T]) -> R + Sync) -> Vec<R> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    let each = items.len().div_ceil(threads).max(WORTH_A_THREAD);
    if items.len() <= each {
        return vec![work(items)];
    }
    std::thread::scope(|scope| {
        let parts: Vec<_> = items.chunks(each).map(|part| scope.spawn(|| work(part))).collect();
        let joined = parts.into_iter().map(|part| part.join());
        // Should a part panic, its panic goes on here.
        joined.map(|part| part.unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    })
}

fn segments(searcher: &Searcher) -> impl Iterator<Item = (u32, &SegmentReader)> {
    (0..).zip(searcher.segment_readers())
}

/// Visits the live records of a segment that hold a term.
fn each_live(
    segment: &SegmentReader,
    term: &Term,
    mut visit: impl FnMut(u32),
) -> tantivy::Result<()> {
    let inverted = segment.inverted_index(term.field())?;
    if let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? {
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                visit(postings.doc());
            }
            postings.advance();
        }
    }
    Ok(())
}

/// See [`Index::live_count`]. A segment without deletions knows the number; in the others the
/// records are counted one by one.
pub(crate) fn live_count(searcher: &Searcher, term: &Term) -> tantivy::Result<u64> {
    let mut count = 0;
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(term.field())?;
        let Some(info) = inverted.get_term_info(term)? else { continue };
        count += match segment.alive_bitset() {
            None => u64::from(info.doc_freq),
            Some(alive) => {
                let postings =
                    inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
                u64::from(postings.doc_freq_given_deletes(alive))
            }
        };
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_of_parts_stands_in_the_order_of_the_items() {
        for count in [0, 1, WORTH_A_THREAD, 3 * WORTH_A_THREAD + 1] {
            let items: Vec<usize> = (0..count).collect();
            let parts = on_threads(&items, |part| part.to_vec());
            assert!(!parts.is_empty() && parts.len() <= 8);
            assert_eq!(parts.concat(), items);
        }
    }
}
