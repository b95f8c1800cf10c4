//! What a file turns out to be once it is opened: one document, read and segmented, or a data set of
//! which only the mapping of fields is known yet.

use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{Mapping, Opened, Parts};
use ingestion::{SourceFile, read};
use model::{ContentHash, DocumentRecord, IndexRecord, Verdict};

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

/// Reads and segments one document, as it comes in.
pub fn prepare(source: &SourceFile, profiles: &Profiles) -> Result<Prepared, String> {
    prepare_under(source, profiles, &Verdict::default())
}

/// Reads and segments one document, under what the rest of its library says of it.
pub fn prepare_under(
    source: &SourceFile,
    profiles: &Profiles,
    verdict: &Verdict,
) -> Result<Prepared, String> {
    let read = read(source, profiles).map_err(|error| error.to_string())?;
    let metadata = &read.document.metadata;
    let likeness = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            let alike =
                format!("{} {} {period}\n{}", series.id, country.code(), read.document.text());
            Some(ingestion::hash(alike.as_bytes()))
        }
        _ => None,
    };
    let (document, records) = DocumentRecords::under(&read, verdict).into_records();
    Ok(Prepared { document, records: records.collect(), likeness })
}
