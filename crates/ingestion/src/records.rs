//! The records an index takes in: one for each passage and each block set aside, and one for the
//! document. A pure function of the document; which engine keeps them is not known here.

use model::{
    AnnotatedPassage, Document, DocumentRecord, DocumentSummary, IndexRecord, Passage, RecordKind,
    Settled, Verdict,
};

use crate::annotate::annotate;
use crate::segment::{segment_under, set_aside_under};
use crate::settled::marks;
use crate::source::ReadDocument;

/// Everything an index takes in of one document.
#[derive(Debug)]
pub struct DocumentRecords {
    /// The record of the document.
    pub document: DocumentRecord,
    summary: DocumentSummary,
    passages: Vec<Passage>,
    set_aside: Vec<Passage>,
}

impl DocumentRecords {
    /// Segments a document that was read.
    pub fn of(read: &ReadDocument) -> Self {
        Self::under(read, &Verdict::default())
    }

    /// Segments a document that was read, under what the rest of its library says of it.
    pub fn under(read: &ReadDocument, verdict: &Verdict) -> Self {
        let document: &Document = &read.document;
        let passages = segment_under(document, verdict);
        let set_aside = set_aside_under(document, verdict);
        // A document has fewer blocks than bytes, and is read only up to a gigabyte.
        let count = |of: &[Passage]| u32::try_from(of.len()).unwrap_or(u32::MAX);
        let of_publisher = document.metadata.publisher.value.is_some();
        let marks = if of_publisher { marks(document) } else { Vec::new() };
        let record = DocumentRecord {
            id: document.id().clone(),
            metadata: document.metadata.clone(),
            passages: count(&passages),
            words: passages.iter().map(|passage| words(&passage.text)).sum(),
            set_aside: count(&set_aside),
            warnings: read.warnings.clone(),
            chapters: read.chapters.iter().map(|chapter| chapter.document.id().clone()).collect(),
            folded: Vec::new(),
            settled: Settled { marks, verdict: verdict.clone() },
        };
        let summary = document.metadata.summary(document.id());
        Self { document: record, summary, passages, set_aside }
    }

    /// The records of passages, annotated, in order, then those of blocks set aside.
    pub fn into_records(self) -> (DocumentRecord, impl Iterator<Item = IndexRecord>) {
        let Self { document, summary, passages, set_aside } = self;
        let passages = passages.into_iter().map(|p| (RecordKind::Passage, annotate(p)));
        let bare = |passage| AnnotatedPassage { passage, annotations: Vec::new() };
        let aside = set_aside.into_iter().map(move |p| (RecordKind::SetAside, bare(p)));
        let records = passages.chain(aside).map(move |(kind, passage)| IndexRecord {
            kind,
            document: summary.clone(),
            passage,
        });
        (document, records)
    }
}

/// Number of words: runs of characters between spaces that hold a letter or a digit.
fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|run| run.chars().any(char::is_alphanumeric)).count() as u64
}
