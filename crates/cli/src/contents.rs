//! What a file turns out to be once it is opened: one document, read and segmented, or a data set
//! or archive of which only the mapping of fields is known yet.

use ingestion::corrections::Corrections;
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile, read_corrected};
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
    /// A capture that holds several documents; with the mapping of fields by which a data set, or
    /// those in an archive, are read.
    Set(Option<Mapping>),
}

/// What a file is: one document, read; or a data set or archive, whose documents are read later.
pub fn contents(
    source: &SourceFile,
    profiles: &Profiles,
    corrections: &Corrections,
    mapping: Option<&Mapping>,
) -> Result<Contents, String> {
    match unpack::open(source, mapping).map_err(|error| error.to_string())? {
        Parts::One(inner) => {
            let ready = prepare(&inner, profiles, corrections)?;
            Ok(Contents::Document(Box::new(ready)))
        }
        Parts::Many(many) => Ok(Contents::Set(many.mapping().cloned())),
    }
}

/// Reads and segments one document, with what was corrected of it, as it comes in.
pub fn prepare(
    source: &SourceFile,
    profiles: &Profiles,
    corrections: &Corrections,
) -> Result<Prepared, String> {
    let read = read_document(source, profiles, corrections)?;
    Ok(prepared(&read, &Verdict::default()))
}

/// Segments a document that was read, under what the rest of its library says of it.
pub fn prepared(read: &ReadDocument, verdict: &Verdict) -> Prepared {
    let metadata = &read.document.metadata;
    let known = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            Some(format!("{} {} {period}", series.id, country.code()))
        }
        _ => None,
    };
    let (document, records) = DocumentRecords::under(read, verdict).into_records();
    let records: Vec<IndexRecord> = records.collect();
    let likeness = known.filter(|_| document.words > 0).map(|known| likeness(&known, &records));
    Prepared { document, records, likeness }
}

/// The hash of what is known of a report and of its own words: what is set aside, such as the other
/// fields of a record, does not tell reports apart.
fn likeness(known: &str, records: &[IndexRecord]) -> ContentHash {
    let mut alike = known.to_owned();
    for record in records.iter().filter(|record| record.kind.is_passage()) {
        alike.push('\n');
        alike.push_str(&record.passage.passage.text);
    }
    ingestion::hash(alike.as_bytes())
}

/// Reads one document, with what was corrected of it.
pub fn read_document(
    source: &SourceFile,
    profiles: &Profiles,
    corrections: &Corrections,
) -> Result<ReadDocument, String> {
    let correction = corrections.of(&source.sha256().document_id());
    read_corrected(source, correction, profiles).map_err(|error| error.to_string())
}
