//! The records an index takes in: one for each passage and each block set aside, and one for the
//! document. A pure function of the document; which engine keeps them is not known here.
//!
//! Records take several times the memory of the text they are made of. Those of most documents are
//! made at once ([`DocumentRecords`]); those of a [`LargeDocument`] as they are taken.

use std::sync::Arc;

use model::{
    AnnotatedPassage, CaptureMark, Document, DocumentRecord, DocumentSummary, IndexRecord, Passage,
    RecordKind, Settled, Verdict,
};

use crate::annotate::Annotators;
use crate::segment::{passages_under, segment_under, set_aside_under};
use crate::settled::{marks, set_aside_by};
use crate::source::ReadDocument;

/// From how many bytes of text on a document is large.
const LARGE: usize = 4 << 20;

/// A document whose records are better not held all at once: they are made each time they are asked
/// for, and only as they are taken.
#[derive(Debug)]
pub struct LargeDocument {
    document: Document,
    verdict: Verdict,
    summary: Arc<DocumentSummary>,
}

/// How many records there are of a document, and how many words in its passages.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    passages: u32,
    words: u64,
    set_aside: u32,
}

/// Everything an index takes in of one document.
#[derive(Debug)]
pub struct DocumentRecords {
    /// The record of the document.
    pub document: DocumentRecord,
    summary: Arc<DocumentSummary>,
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
        let passages = segment_under(&read.document, verdict);
        let set_aside: Vec<Passage> = set_aside_under(&read.document, verdict).collect();
        let mut count = Count::default();
        passages.iter().for_each(|passage| count.add_passage(passage));
        set_aside.iter().for_each(|_| count.add_set_aside());
        let record = record_of(read, verdict, count);
        let summary = Arc::new(record.summary());
        Self { document: record, summary, passages, set_aside }
    }

    /// The records of passages, annotated, in order, then those of blocks set aside.
    pub fn into_records(
        self,
        annotators: &Annotators,
    ) -> (DocumentRecord, impl Iterator<Item = IndexRecord>) {
        let Self { document, summary, passages, set_aside } = self;
        let kind = RecordKind::of_passage(&summary);
        let passages = passages.into_iter().map(move |p| (kind, annotators.annotate(p)));
        let kind = RecordKind::of_set_aside(&summary);
        let bare = |passage| AnnotatedPassage { passage, annotations: Vec::new() };
        let aside = set_aside.into_iter().map(move |p| (kind, bare(p)));
        let records = passages.chain(aside).map(move |(kind, passage)| IndexRecord {
            kind,
            document: Arc::clone(&summary),
            passage,
        });
        (document, records)
    }
}

impl LargeDocument {
    /// Whether a document that was read is large.
    pub fn is(read: &ReadDocument) -> bool {
        read.document.text().len() >= LARGE
    }

    /// Counts the records of a document that was read and keeps a copy of it, under what the rest of its library says of
    /// it. Its chapters are left to the caller.
    pub fn under(read: &ReadDocument, verdict: &Verdict) -> (DocumentRecord, Self) {
        let record = counted(read, verdict);
        let (document, verdict) = (read.document.clone(), verdict.clone());
        let summary = Arc::new(record.summary());
        (record, Self { document, verdict, summary })
    }

    /// Its passages, in order.
    pub fn passages(&self) -> impl Iterator<Item = Passage> {
        passages_under(&self.document, &self.verdict)
    }

    /// Its records without labels, in the order of [`DocumentRecords::into_records`].
    pub fn bare_records(&self) -> impl Iterator<Item = IndexRecord> {
        let of_passage = RecordKind::of_passage(&self.summary);
        let of_set_aside = RecordKind::of_set_aside(&self.summary);
        let set_aside = set_aside_under(&self.document, &self.verdict);
        let passages = self.passages().map(move |passage| (of_passage, passage));
        let all = passages.chain(set_aside.map(move |passage| (of_set_aside, passage)));
        all.map(|(kind, passage)| IndexRecord {
            kind,
            document: Arc::clone(&self.summary),
            passage: AnnotatedPassage { passage, annotations: Vec::new() },
        })
    }
}

impl Count {
    fn add_passage(&mut self, passage: &Passage) {
        // A document has fewer blocks than bytes, and is read only up to a gigabyte.
        self.passages = self.passages.saturating_add(1);
        self.words += words(&passage.text);
    }

    fn add_set_aside(&mut self) {
        self.set_aside = self.set_aside.saturating_add(1);
    }
}

/// The record of a document that was read, under what the rest of its library says of it: its
/// passages are counted, and not kept.
pub fn counted(read: &ReadDocument, verdict: &Verdict) -> DocumentRecord {
    let mut count = Count::default();
    passages_under(&read.document, verdict).for_each(|passage| count.add_passage(&passage));
    set_aside_under(&read.document, verdict).for_each(|_| count.add_set_aside());
    record_of(read, verdict, count)
}

/// The record of a document that was read, with the count of its records.
fn record_of(read: &ReadDocument, verdict: &Verdict, count: Count) -> DocumentRecord {
    let document: &Document = &read.document;
    let of_publisher = document.metadata.publisher.value.is_some();
    let marks = if of_publisher { marks(document) } else { Vec::new() };
    let capture = read.work.as_ref().map(|work| CaptureMark {
        work: work.key(),
        form: read.form,
        words: words_of(document),
    });
    DocumentRecord {
        id: document.id().clone(),
        metadata: document.metadata.clone(),
        passages: count.passages,
        words: count.words,
        set_aside: count.set_aside,
        set_aside_by: set_aside_by(document, verdict),
        warnings: read.warnings.clone(),
        chapters: read.chapters.iter().map(|chapter| chapter.document.id().clone()).collect(),
        folded: Vec::new(),
        settled: Settled { marks, capture, verdict: verdict.clone() },
    }
}

/// Number of words in what belongs to passages, under no verdict.
fn words_of(document: &Document) -> u64 {
    let text = document.blocks().iter().filter(|block| block.role.is_passage_text());
    text.map(|block| words(document.text_of(block))).sum()
}

/// Number of words: runs of characters between spaces that hold a letter or a digit.
fn words(text: &str) -> u64 {
    text.split_whitespace().filter(|run| run.chars().any(char::is_alphanumeric)).count() as u64
}
