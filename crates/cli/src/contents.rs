//! What a file turns out to be once it is opened: one document, read and segmented, or a data set
//! or archive of which only the mapping of fields is known yet.

use std::borrow::Cow;

use ingestion::annotate::Annotators;
use ingestion::corpus::{Corpus, CorpusError};
use ingestion::corrections::Corrections;
use ingestion::profiles::Profiles;
use ingestion::records::{DocumentRecords, LargeDocument};
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile, read_corrected};
use model::{ContentHash, DocumentRecord, IndexRecord, Verdict};
use rayon::prelude::*;

/// How many records of a large document are labelled at once.
const LABELLED_AT_ONCE: usize = 1_024;

/// What a library goes by when it reads a document, beyond what is in the capture.
pub struct Rules {
    /// What is known of publishers.
    pub profiles: Cow<'static, Profiles>,
    /// What the user corrected of single documents.
    pub corrections: Corrections,
    /// What labels passages, by the codebook of the library.
    pub annotators: Annotators,
}

/// A document read and segmented, ready for the index.
pub struct Prepared {
    /// The record of the document.
    pub document: DocumentRecord,
    /// Its searchable records.
    pub records: PreparedRecords,
    /// What two documents share that are one: series, country, period and every word; `None` where
    /// one of the three is unknown.
    pub likeness: Option<ContentHash>,
    /// The chapters on one country each that were cut out of it.
    pub chapters: Vec<Prepared>,
}

/// The searchable records of a document.
pub enum PreparedRecords {
    /// All of them, made.
    Made(Vec<IndexRecord>),
    /// Those of a document so large that they are made only as they go into the index.
    Later(Box<LargeDocument>),
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
        let profiles = corpus.profiles()?;
        let corrections = corpus.corrections(&profiles)?;
        let codebook = corpus.codebook()?;
        let annotators = Annotators::new(&codebook);
        Ok(Self { profiles, corrections, annotators })
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
    let new = Verdict::default();
    let chapters = read.chapters.iter().map(|chapter| prepared(chapter, &new, rules)).collect();
    Ok(Prepared { chapters, ..prepared(&read, &new, rules) })
}

/// Segments a document that was read, under what the rest of its library says of it; its chapters,
/// which have verdicts of their own, are left to the caller.
pub fn prepared(read: &ReadDocument, verdict: &Verdict, rules: &Rules) -> Prepared {
    let metadata = &read.document.metadata;
    let known = match (&metadata.series.value, metadata.country.value, metadata.period.value) {
        (Some(series), Some(country), Some(period)) => {
            Some(format!("{} {} {period}", series.id, country.code()))
        }
        _ => None,
    };
    let (document, records) = if LargeDocument::is(read) {
        let (document, large) = LargeDocument::under(read, verdict);
        (document, PreparedRecords::Later(Box::new(large)))
    } else {
        let made = DocumentRecords::under(read, verdict).into_records(&rules.annotators);
        (made.0, PreparedRecords::Made(made.1.collect()))
    };
    let known = known.filter(|_| document.words > 0);
    let likeness = known.map(|known| likeness(&known, &records));
    Prepared { document, records, likeness, chapters: Vec::new() }
}

/// The records of a large document with their labels, made a few at a time and in parallel.
pub fn labelled<'a>(
    large: &'a LargeDocument,
    annotators: &'a Annotators,
) -> impl Iterator<Item = IndexRecord> + 'a {
    let mut bare = large.bare_records();
    let label = |mut record: IndexRecord| {
        if record.kind.is_passage() {
            record.passage.annotations = annotators.annotations(&record.passage.passage);
        }
        record
    };
    let some = std::iter::from_fn(move || {
        let some: Vec<IndexRecord> = bare.by_ref().take(LABELLED_AT_ONCE).collect();
        (!some.is_empty()).then_some(some)
    });
    some.flat_map(move |some| some.into_par_iter().map(label).collect::<Vec<_>>())
}

/// The hash of what is known of a report and of its own words: what is set aside, such as the other
/// fields of a record, does not tell reports apart.
fn likeness(known: &str, records: &PreparedRecords) -> ContentHash {
    let known = [known.as_bytes()].into_iter();
    match records {
        PreparedRecords::Made(records) => {
            let passages = records.iter().filter(|record| record.kind.is_passage());
            let texts = passages.map(|record| record.passage.passage.text.as_bytes());
            ingestion::hash_of_lines(known.chain(texts))
        }
        PreparedRecords::Later(large) => {
            let known = known.map(<[u8]>::to_owned);
            let texts = large.passages().map(|passage| passage.text.into_bytes());
            ingestion::hash_of_lines(known.chain(texts))
        }
    }
}

/// Reads one document and the chapters in it, with what was corrected of them.
pub fn read_document(source: &SourceFile, rules: &Rules) -> Result<ReadDocument, String> {
    read_corrected(source, &rules.corrections, &rules.profiles).map_err(|error| error.to_string())
}
