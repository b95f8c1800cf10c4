//! A passage among its neighbours.

use indexing::Index;
use model::{IndexRecord, PassageId};

use crate::error::QueryError;

/// A passage, or a block set aside, and the passages around it in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbourhood {
    /// The passages before it.
    pub before: Vec<IndexRecord>,
    /// What was asked for.
    pub record: IndexRecord,
    /// The passages after it.
    pub after: Vec<IndexRecord>,
}

/// The record of an id with up to `context` passages before and after it in its document; `None`
/// when the index does not hold it. Blocks set aside are never among the neighbours.
///
/// # Errors
/// When the index cannot be read.
pub fn neighbours(
    index: &Index,
    id: &PassageId,
    context: usize,
) -> Result<Option<Neighbourhood>, QueryError> {
    let Some(address) = index.passage_address(id)? else { return Ok(None) };
    let record = index.record(address)?;
    if context == 0 {
        return Ok(Some(Neighbourhood { before: Vec::new(), record, after: Vec::new() }));
    }
    let places = index.places_of(&id.document)?;
    let at = places.iter().position(|place| place.address == address).unwrap_or(0);
    // Lazily: a record is fetched only while neighbours are still wanted.
    let passages = |places: &mut dyn Iterator<Item = &indexing::PlacedRecord>| {
        places
            .map(|place| index.record(place.address))
            .filter(|found| !matches!(found, Ok(found) if !found.kind.is_passage()))
            .take(context)
            .collect::<Result<Vec<IndexRecord>, _>>()
    };
    let mut before = passages(&mut places[..at].iter().rev())?;
    before.reverse();
    let after = passages(&mut places.iter().skip(at + 1))?;
    Ok(Some(Neighbourhood { before, record, after }))
}
