//! The two sides of a library: the documents and passages that filters let through, read in parallel.

use std::collections::HashMap;

use indexing::{Index, RecordPlace};
use model::{Country, Held, PassageId};
use rayon::prelude::*;
use tantivy::DocAddress;

use super::SideDocument;
use crate::error::QueryError;
use crate::filters::Filters;

/// How many passages that stand side by side in the index are read by one thread.
const AT_ONCE: usize = 1_024;

/// The text of a side.
#[derive(Clone, Debug, Default)]
pub struct Side {
    documents: Vec<SideText>,
}

/// The text of one document.
#[derive(Clone, Debug)]
struct SideText {
    country: Option<Country>,
    passages: Vec<(PassageId, String)>,
}

impl Side {
    /// Reads the passages that either filters let through, those of one document together. What is set aside is
    /// not among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read_both(
        index: &Index,
        documents: &[impl Held],
        filters: [&Filters; 2],
    ) -> Result<[Self; 2], QueryError> {
        let mut admitted: HashMap<u64, (Option<Country>, [bool; 2])> = HashMap::new();
        for document in documents {
            let by = filters.map(|filters| filters.admit(document));
            if by.contains(&true) {
                admitted.insert(document.id().number(), (document.country(), by));
            }
        }
        let mut places = index.passage_places()?;
        places.retain(|(place, _)| admitted.contains_key(&place.document));
        let read = |places: &[(RecordPlace, DocAddress)]| -> Result<Vec<Read>, QueryError> {
            let mut read = Vec::with_capacity(places.len());
            for (place, address) in places {
                let record = index.record(*address)?;
                let by = admitted.get(&place.document).map_or([false; 2], |(_, by)| *by);
                let sides = [0, 1].map(|side| by[side] && filters[side].allow(&record));
                if sides.contains(&true) {
                    let passage = record.passage.passage;
                    read.push(Read { place: *place, sides, id: passage.id, text: passage.text });
                }
            }
            Ok(read)
        };
        let read: Vec<Vec<Read>> =
            places.par_chunks(AT_ONCE).map(read).collect::<Result<_, QueryError>>()?;
        let mut read: Vec<Read> = read.into_iter().flatten().collect();
        read.par_sort_unstable_by_key(|passage| passage.place);
        let mut both = [Side::default(), Side::default()];
        let mut last = [None; 2];
        for Read { place, sides, id, text } in read {
            let country = admitted.get(&place.document).and_then(|(country, _)| *country);
            // A passage of both sides is given to each.
            let mut given = Some((id, text));
            for (at, side) in both.iter_mut().enumerate().filter(|(at, _)| sides[*at]) {
                if last[at].replace(place.document) != Some(place.document) {
                    side.documents.push(SideText { country, passages: Vec::new() });
                }
                let passage = if sides[1] && at == 0 { given.clone() } else { given.take() };
                if let Some(document) = side.documents.last_mut() {
                    document.passages.extend(passage);
                }
            }
        }
        Ok(both)
    }

    /// Its documents, as [`super::keyness`] takes them.
    pub fn documents(&self) -> Vec<SideDocument<'_>> {
        self.documents.iter().map(SideText::document).collect()
    }
}

/// A passage as it was read.
struct Read {
    place: RecordPlace,
    /// Whose it is.
    sides: [bool; 2],
    id: PassageId,
    text: String,
}

impl SideText {
    fn document(&self) -> SideDocument<'_> {
        let passages = self.passages.iter().map(|(id, text)| (id, text.as_str()));
        SideDocument { country: self.country, passages: passages.collect() }
    }
}
