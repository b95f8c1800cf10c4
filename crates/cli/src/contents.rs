//! What a file turns out to be once it is opened: one document, read and segmented, or a data set of
//! which only the mapping of fields is known yet.

use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{Mapping, Opened, Parts};
use ingestion::{SourceFile, read};
use model::{ContentHash, DocumentRecord, IndexRecord, RecordKind};

/// A document read and segmented, ready for the index.
pub struct Prepared {
    /// The record of the document.
    pub document: DocumentRecord,
    /// Its searchable records.
    pub records: Vec<IndexRecord>,
    /// What two documents share that are one: series, country, period and every word; `None` where
    /// one of the three is unknown.
    pub likeness: Option<ContentHash>,
}

/// What a file turned out to be.
pub enum Contents {
    /// One document.
    Document(Box<Prepared>),
    /// A data set, with the mapping of its fields.
    Set(Mapping),
}

/// What a file is: one document, read; or a data set, whose records are read later.
pub fn contents(
    source: &SourceFile,
    profiles: &Profiles,
    mapping: Option<&Mapping>,
) -> Result<Contents, String> {
    let opened = Opened::new(source).map_err(|error| error.to_string())?;
    match opened.parts(mapping).map_err(|error| error.to_string())? {
        Parts::One(inner) => {
            prepare(&inner, profiles).map(|ready| Contents::Document(Box::new(ready)))
        }
        Parts::Records(records) => Ok(Contents::Set(records.mapping)),
    }
}

/// Reads and segments one document.
pub fn prepare(source: &SourceFile, profiles: &Profiles) -> Result<Prepared, String> {
    let read = read(source, profiles).map_err(|error| error.to_string())?;
    let metadata = &read.document.metadata;
    let known = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            Some(format!("{} {} {period}", series.id, country.code()))
        }
        _ => None,
    };
    let (document, records) = DocumentRecords::of(&read).into_records();
    let records: Vec<IndexRecord> = records.collect();
    let likeness = known.filter(|_| document.words > 0).map(|known| likeness(&known, &records));
    Ok(Prepared { document, records, likeness })
}

/// The hash of what is known of a report and of its own words: what is set aside, such as the other
/// fields of a record, does not tell reports apart.
fn likeness(known: &str, records: &[IndexRecord]) -> ContentHash {
    let mut alike = known.to_owned();
    for record in records.iter().filter(|record| record.kind == RecordKind::Passage) {
        alike.push('\n');
        alike.push_str(&record.passage.passage.text);
    }
    ingestion::hash(alike.as_bytes())
}
