//! What a file turns out to be once it is opened: one document, read and segmented, or a data set
//! or archive of which only the mapping of fields is known yet.

use ingestion::corpus::{Corpus, CorpusError};
use ingestion::corrections::Corrections;
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile, read_corrected};
use model::{ContentHash, DocumentRecord, IndexRecord, Verdict};

/// What a library goes by when it reads a document, beyond what is in the capture.
pub struct Rules {
    /// What is known of publishers.
    pub profiles: Profiles,
    /// What the user corrected of single documents.
    pub corrections: Corrections,
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
    /// The chapters on one country each that were cut out of it.
    pub chapters: Vec<Prepared>,
}

/// What a file turned out to be.
// One is made for each file and taken apart at once: its size costs nothing.
#[allow(clippy::large_enum_variant)]
pub enum Contents {
    /// One document.
    Document(Box<Prepared>),
    /// A capture that holds several documents; with the mapping of fields by which a data set, or
    /// those in an archive, are read.
    Set(Option<Mapping>),
}

impl Rules {
    /// The rules that hold for a corpus.
    pub fn of(corpus: &Corpus) -> Result<Self, CorpusError> {
        Self::with(corpus.profiles()?, corpus)
    }

    /// These profiles, with what was corrected in a corpus.
    pub fn with(profiles: Profiles, corpus: &Corpus) -> Result<Self, CorpusError> {
        let corrections = corpus.corrections(&profiles)?;
        Ok(Self { profiles, corrections })
    }
}

/// What a file is: one document, read; or a data set or archive, whose documents are read later.
pub fn contents(
    source: &SourceFile,
    rules: &Rules,
    mapping: Option<&Mapping>,
) -> Result<Contents, String> {
    match unpack::open(source, mapping).map_err(|error| error.to_string())? {
        Parts::One(inner) => Ok(Contents::Document(Box::new(prepare(&inner, rules)?))),
        Parts::Many(many) => Ok(Contents::Set(many.mapping().cloned())),
    }
}

/// Reads and segments one document and the chapters in it, with what was corrected of them, as they
/// come in.
pub fn prepare(source: &SourceFile, rules: &Rules) -> Result<Prepared, String> {
    let read = read_document(source, rules)?;
    let chapters = read.chapters.iter().map(|chapter| prepared(chapter, &Verdict::default()));
    Ok(Prepared { chapters: chapters.collect(), ..prepared(&read, &Verdict::default()) })
}

/// Segments a document that was read, under what the rest of its library says of it; its chapters,
/// which have verdicts of their own, are left to the caller.
pub fn prepared(read: &ReadDocument, verdict: &Verdict) -> Prepared {
    let metadata = &read.document.metadata;
    let likeness = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            let alike =
                format!("{} {} {period}\n{}", series.id, country.code(), read.document.text());
            Some(ingestion::hash(alike.as_bytes()))
        }
        _ => None,
    };
    let (document, records) = DocumentRecords::under(read, verdict).into_records();
    Prepared { document, records: records.collect(), likeness, chapters: Vec::new() }
}

/// Reads one document and the chapters in it, with what was corrected of them.
pub fn read_document(source: &SourceFile, rules: &Rules) -> Result<ReadDocument, String> {
    read_corrected(source, &rules.corrections, &rules.profiles).map_err(|error| error.to_string())
}
