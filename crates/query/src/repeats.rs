//! Paragraphs that recur word for word in the reports of one publisher and were not set aside. They
//! are shown for a person to judge: a sentence that a publisher writes of every quiet country is
//! evidence, and nothing here changes that.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use indexing::Index;
use model::{Country, DocumentId, PassageId, Publisher};

use crate::error::QueryError;

/// On how many countries of one publisher a passage must recur to be listed.
pub const REPEAT_COUNTRIES: usize = 3;

/// A passage that recurs word for word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Its text.
    pub text: String,
    /// The publisher of the documents it stands in.
    pub publisher: Publisher,
    /// On how many countries they are; at least [`REPEAT_COUNTRIES`].
    pub countries: usize,
    /// How many documents they are; those of unknown country are not counted.
    pub documents: usize,
    /// One of its places: the first by id.
    pub example: PassageId,
}

/// The passages that recur, as far as they are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// How many recur, listed or not.
    pub total: usize,
    /// Those on the most countries, then in the most documents.
    pub listed: Vec<Repeat>,
}

/// A passage, by what it takes to find its like.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    publisher: usize,
    text: u64,
    country: Country,
    passage: PassageId,
}

/// Passages that read the same.
struct Found<'a> {
    publisher: usize,
    countries: usize,
    documents: usize,
    example: &'a PassageId,
}

/// The passages that recur word for word in documents on [`REPEAT_COUNTRIES`] or more countries of
/// one publisher, at most `limit` of them. Reads every passage of the library once; documents whose
/// publisher or country is unknown say nothing.
///
/// # Errors
/// When the index cannot be read.
pub fn repeats(index: &Index, limit: usize) -> Result<Repeats, QueryError> {
    let (publishers, mut seen) = read(index)?;
    seen.sort_unstable();
    let same_text = seen.chunk_by(|a, b| (a.publisher, a.text) == (b.publisher, b.text));
    let mut found: Vec<Found> = same_text.filter_map(found).collect();
    found.sort_by(|a, b| {
        (Reverse((a.countries, a.documents)), a.example)
            .cmp(&(Reverse((b.countries, b.documents)), b.example))
    });
    let mut listed = Vec::new();
    for repeat in found.iter().take(limit) {
        let record = index.passage(repeat.example)?;
        let Some((record, publisher)) = record.zip(publishers.get(repeat.publisher)) else {
            continue;
        };
        listed.push(Repeat {
            text: record.passage.passage.text,
            publisher: publisher.clone(),
            countries: repeat.countries,
            documents: repeat.documents,
            example: repeat.example.clone(),
        });
    }
    Ok(Repeats { total: found.len(), listed })
}

/// The publishers, and every passage by the place of its publisher among them.
fn read(index: &Index) -> Result<(Vec<Publisher>, Vec<Seen>), QueryError> {
    let mut publishers: Vec<Publisher> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut seen = Vec::new();
    for record in index.passages()? {
        let record = record?;
        let known = record.document.publisher.clone().zip(record.document.country);
        let Some((publisher, country)) = known else { continue };
        let place = match places.get(&publisher.id) {
            Some(place) => *place,
            None => {
                places.insert(publisher.id.clone(), publishers.len());
                publishers.push(publisher);
                publishers.len() - 1
            }
        };
        let passage = record.passage.passage;
        let text = text_hash(&passage.text);
        seen.push(Seen { publisher: place, text, country, passage: passage.id });
    }
    Ok((publishers, seen))
}

/// What passages of one publisher that read the same come to; `None` where they are on too few
/// countries.
fn found(same: &[Seen]) -> Option<Found<'_>> {
    let countries: BTreeSet<Country> = same.iter().map(|seen| seen.country).collect();
    let documents: BTreeSet<&DocumentId> = same.iter().map(|seen| &seen.passage.document).collect();
    let first = same.first().filter(|_| countries.len() >= REPEAT_COUNTRIES)?;
    let example = same.iter().map(|seen| &seen.passage).min()?;
    let (countries, documents) = (countries.len(), documents.len());
    Some(Found { publisher: first.publisher, countries, documents, example })
}

fn text_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
