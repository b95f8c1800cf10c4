//! What a file turns out to be once it is opened: one document, read and segmented, or a data set
//! or archive of which only the mapping of fields is known yet.

use ingestion::annotate::Annotators;
use ingestion::corpus::{Corpus, CorpusError};
use ingestion::corrections::Corrections;
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile, read_corrected};
use model::{ContentHash, DocumentRecord, IndexRecord, Verdict};

/// What the documents of a library are read by.
pub struct Rules {
    /// The publishers.
    pub profiles: Profiles,
    /// What the user corrected.
    pub corrections: Corrections,
    /// What labels passages.
    pub annotators: Annotators,
}

impl Rules {
    /// The rules that hold for a library.
    pub fn of(corpus: &Corpus) -> Result<Self, CorpusError> {
        let profiles = corpus.profiles()?;
        let corrections = corpus.corrections(&profiles)?;
        let annotators = Annotators::new(&corpus.codebook()?);
        Ok(Self { profiles, corrections, annotators })
    }
}

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
    rules: &Rules,
    mapping: Option<&Mapping>,
) -> Result<Contents, String> {
    match unpack::open(source, mapping).map_err(|error| error.to_string())? {
        Parts::One(inner) => {
            let ready = prepare(&inner, rules)?;
            Ok(Contents::Document(Box::new(ready)))
        }
        Parts::Many(many) => Ok(Contents::Set(many.mapping().cloned())),
    }
}

/// Reads and segments one document, with what was corrected of it, as it comes in.
pub fn prepare(source: &SourceFile, rules: &Rules) -> Result<Prepared, String> {
    let read = read_document(source, rules)?;
    Ok(prepared(&read, &Verdict::default(), rules))
}

/// Segments a document that was read, under what the rest of its library says of it.
pub fn prepared(read: &ReadDocument, verdict: &Verdict, rules: &Rules) -> Prepared {
    let metadata = &read.document.metadata;
    let likeness = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            let alike =
                format!("{} {} {period}\n{}", series.id, country.code(), read.document.text());
            Some(ingestion::hash(alike.as_bytes()))
        }
        _ => None,
    };
    let (document, records) = DocumentRecords::under(read, verdict).into_records(&rules.annotators);
    Prepared { document, records: records.collect(), likeness }
}

/// Reads one document, with what was corrected of it.
pub fn read_document(source: &SourceFile, rules: &Rules) -> Result<ReadDocument, String> {
    let correction = rules.corrections.of(&source.sha256().document_id());
    read_corrected(source, correction, &rules.profiles).map_err(|error| error.to_string())
}
