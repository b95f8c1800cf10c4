//! The two sides: the documents and passages of a library that filters let through, or passages that
//! are at hand. They are read in parallel, and their texts are let go of at once.

use indexing::Index;
use model::{Country, Held, PassageId, RecordKind};
use rayon::prelude::*;
use tantivy::query::{BooleanQuery, Occur};
use tantivy::schema::Term;
use tantivy::{DocAddress, SegmentReader};

use super::chunk::{Chunk, PASSAGES, Reader};
use super::forms::Table;
use super::texts::{Arranged, Arrangement, OF_A_PART, ReadAt, Texts};
use crate::error::QueryError;
use crate::filters::{Filters, keyword};
use crate::matching::bits::Bits;
use crate::matching::matching;

/// A document of a side that is at hand.
#[derive(Clone, Debug)]
pub struct SideDocument<'a> {
    /// The country it is on, where one is known.
    pub country: Option<Country>,
    /// Its passages in reading order, chrome and front matter left out, with their text.
    pub passages: Vec<(&'a PassageId, &'a str)>,
}

impl Texts {
    /// Two sides that are at hand.
    pub fn of(a: &[SideDocument], b: &[SideDocument]) -> Self {
        Self::of_numbered([a, b].map(|side| (0..).zip(side).collect()), PASSAGES, OF_A_PART)
    }

    /// The same of documents with their numbers, in any order: so many passages in a chunk and about
    /// so many in a part.
    pub(super) fn of_numbered(
        sides: [Vec<(u32, &SideDocument)>; 2],
        in_chunk: usize,
        of_a_part: usize,
    ) -> Self {
        let mut passages = Vec::new();
        let sides = sides.map(|documents| {
            let mut side = Arrangement::default();
            for (number, document) in documents {
                for passage in &document.passages {
                    side.passages.push(ReadAt::of(passages.len(), in_chunk));
                    passages.push(*passage);
                }
                let (country, end) = (document.country, side.passages.len());
                side.documents.push(Arranged { number, country, end });
            }
            side
        });
        let read = |reader: &mut Reader, passages: &[(&PassageId, &str)]| {
            passages.iter().for_each(|(id, text)| reader.add(PassageId::clone(id), text));
            reader.chunk()
        };
        let chunks = passages.par_chunks(in_chunk).map_init(Reader::default, read);
        Self::assemble(chunks.collect(), sides, of_a_part)
    }

    /// Reads the passages that either filters let through. What is set aside is not among them.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn read(
        index: &Index,
        documents: &[impl Held + Sync],
        filters: [&Filters; 2],
    ) -> Result<Self, QueryError> {
        let admitted = admit(documents, filters);
        let found = find(index, &admitted, filters)?;
        // In the order of the store, every block of it is read once.
        let read = |reader: &mut Reader, found: &[Found]| -> Result<Chunk, QueryError> {
            for passage in found {
                index.read_text(passage.address, |id, text| reader.add(id, text))?;
            }
            Ok(reader.chunk())
        };
        let chunks = found.par_chunks(PASSAGES).map_init(Reader::default, read);
        let chunks = chunks.collect::<Result<_, QueryError>>()?;
        Ok(Self::assemble(chunks, arrange(&found, &admitted), OF_A_PART))
    }
}

impl ReadAt {
    /// The place of a passage by its number, so many in a chunk.
    fn of(number: usize, in_chunk: usize) -> Self {
        Self { chunk: (number / in_chunk) as u32, at: (number % in_chunk) as u32 }
    }
}

/// A document of one side or of both.
struct Admitted {
    /// The number of its id.
    id: u64,
    country: Option<Country>,
    sides: [bool; 2],
}

/// A passage of one side or of both.
struct Found {
    address: DocAddress,
    /// The place of its document among those admitted.
    document: u32,
    position: Option<i64>,
    sides: [bool; 2],
}

/// The documents that either filters let through, in the order of their ids.
fn admit(documents: &[impl Held + Sync], filters: [&Filters; 2]) -> Vec<Admitted> {
    let admit = |document: &_| {
        let sides = filters.map(|filters| filters.admit(document));
        let (id, country) = (Held::id(document).number(), Held::country(document));
        sides.contains(&true).then_some(Admitted { id, country, sides })
    };
    let mut admitted: Vec<Admitted> = documents.par_iter().filter_map(admit).collect();
    admitted.par_sort_unstable_by_key(|document| document.id);
    admitted
}

/// Finds the passages of both sides, without reading them, in the order of the store.
fn find(
    index: &Index,
    admitted: &[Admitted],
    filters: [&Filters; 2],
) -> Result<Vec<Found>, QueryError> {
    let places: Table<u32> = admitted.iter().map(|document| document.id).zip(0..).collect();
    let segments = index.searcher().segment_readers().par_iter().enumerate();
    let found = segments.map(|(ordinal, segment)| {
        let passages = |filters| passages(index, segment, filters);
        let of_sides = [passages(filters[0])?, passages(filters[1])?];
        let mut both = of_sides[0].clone();
        both.add(&of_sides[1]);
        let mut found = Vec::new();
        for doc in both.iter().filter(|doc| !segment.is_deleted(*doc)) {
            let address = DocAddress::new(ordinal as u32, doc);
            let place = index.place_of(address)?;
            let Some(&document) = places.get(&place.document) else { continue };
            let by = admitted[document as usize].sides;
            let sides = [0, 1].map(|side| by[side] && of_sides[side].contains(doc));
            if sides.contains(&true) {
                found.push(Found { address, document, position: place.position, sides });
            }
        }
        Ok(found)
    });
    Ok(found.collect::<Result<Vec<Vec<Found>>, QueryError>>()?.into_iter().flatten().collect())
}

/// The passages of a segment that filters let through; of their documents more is asked than that.
fn passages(index: &Index, segment: &SegmentReader, filters: &Filters) -> Result<Bits, QueryError> {
    let kind = indexing::kind_word(RecordKind::Passage);
    let is_passage = keyword(Term::from_field_text(index.fields().kind, kind));
    let mut asked = filters.by_keyword(index.fields());
    asked.push((Occur::Must, is_passage));
    matching(index, segment, &BooleanQuery::new(asked))
        .map_err(QueryError::engine("find the passages of a side"))
}

/// Puts the passages of each document together, in reading order, and the documents as they come in
/// the store.
fn arrange(found: &[Found], admitted: &[Admitted]) -> [Arrangement; 2] {
    let (mut ranks, mut next) = (vec![None; admitted.len()], 0u32);
    let mut order = Vec::with_capacity(found.len());
    for (number, passage) in found.iter().enumerate() {
        let rank = *ranks[passage.document as usize].get_or_insert_with(|| {
            next += 1;
            next
        });
        order.push((rank, passage.position, number as u32));
    }
    // Mostly they are in this order already.
    order.sort_unstable();
    let side = |side| arrange_side(side, &order, found, admitted);
    rayon::join(|| side(0), || side(1)).into()
}

/// Arranges one side, given the passages of both in their order.
fn arrange_side(
    side: usize,
    order: &[(u32, Option<i64>, u32)],
    found: &[Found],
    admitted: &[Admitted],
) -> Arrangement {
    let mut is_of_side = vec![false; admitted.len()];
    for passage in found.iter().filter(|passage| passage.sides[side]) {
        is_of_side[passage.document as usize] = true;
    }
    let mut numbers = Vec::with_capacity(admitted.len());
    let mut next = 0;
    for is_of_side in is_of_side {
        numbers.push(next);
        next += u32::from(is_of_side);
    }
    let (mut arranged, mut last) = (Arrangement::default(), None);
    for (_, _, at) in order {
        let Found { document, sides, .. } = found[*at as usize];
        if !sides[side] {
            continue;
        }
        if last.replace(document) != Some(document) {
            let country = admitted[document as usize].country;
            let number = numbers[document as usize];
            arranged.documents.push(Arranged { number, country, end: 0 });
        }
        arranged.passages.push(ReadAt::of(*at as usize, PASSAGES));
        if let Some(document) = arranged.documents.last_mut() {
            document.end = arranged.passages.len();
        }
    }
    arranged
}
