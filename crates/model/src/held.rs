//! A document as it is counted: as much of its record as it takes to say how much text is held of
//! which source, on which country and time, and what a silence of it means.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::ids::DocumentId;
use crate::period::Period;
use crate::publisher::{Publisher, Series};
use crate::record::{DocumentRecord, Extent, NEEDS_OCR};

/// What is asked of a document to count it: its record answers it, and so does its row in an index.
pub trait Held {
    /// Its id.
    fn id(&self) -> &DocumentId;
    /// Its publisher, where known.
    fn publisher(&self) -> Option<&Publisher>;
    /// Its series, where known.
    fn series(&self) -> Option<&Series>;
    /// The country it is on, where known.
    fn country(&self) -> Option<Country>;
    /// The period it covers, where known.
    fn period(&self) -> Option<Period>;
    /// How much of its work it holds.
    fn extent(&self) -> Extent;
    /// Number of passages.
    fn passages(&self) -> u32;
    /// Words in them.
    fn words(&self) -> u64;
    /// How many other records of its data set read the same and are folded into it.
    fn folded(&self) -> u32;
    /// How many more captures of it are held; `None` where this is the only one.
    fn other_captures(&self) -> Option<u32>;
    /// Whether this capture answers for its document.
    fn answers(&self) -> bool;
    /// Whether pages of it are images without text.
    fn needs_ocr(&self) -> bool;
    /// Whether documents on one country each were cut out of it.
    fn has_chapters(&self) -> bool;
    /// Name of its file; known at least where it holds no text, or images instead of it.
    fn file_name(&self) -> Option<&str>;
}

/// A document as it is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldDocument {
    /// Its id.
    pub id: DocumentId,
    /// Number of passages.
    pub passages: u32,
    /// Words in them.
    pub words: u64,
    /// What it may have in common with others, which share it.
    pub standing: Arc<HeldAs>,
}

/// What a document is counted as: most documents of one source, country and period have it in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldAs {
    publisher: Option<Publisher>,
    series: Option<Series>,
    country: Option<Country>,
    period: Option<Period>,
    extent: Extent,
    folded: u32,
    other_captures: Option<u32>,
    answers: bool,
    needs_ocr: bool,
    has_chapters: bool,
    file_name: Option<String>,
}

impl HeldAs {
    /// What a document is counted as.
    pub fn of(document: &DocumentRecord) -> Self {
        let known = &document.metadata;
        // Names are many, and documents without one share their standing.
        let is_named = document.words == 0 || document.needs_ocr();
        Self {
            publisher: known.publisher.value.clone(),
            series: known.series.value.clone(),
            country: known.country.value,
            period: known.period.value,
            extent: document.extent(),
            folded: document.folded(),
            other_captures: document.other_captures(),
            answers: document.answers(),
            needs_ocr: document.needs_ocr(),
            has_chapters: document.has_chapters(),
            file_name: is_named.then(|| known.file_name.clone()),
        }
    }
}

impl Held for DocumentRecord {
    fn id(&self) -> &DocumentId {
        &self.id
    }

    fn publisher(&self) -> Option<&Publisher> {
        self.metadata.publisher.value.as_ref()
    }

    fn series(&self) -> Option<&Series> {
        self.metadata.series.value.as_ref()
    }

    fn country(&self) -> Option<Country> {
        self.metadata.country.value
    }

    fn period(&self) -> Option<Period> {
        self.metadata.period.value
    }

    fn extent(&self) -> Extent {
        self.metadata.extent.value.unwrap_or_default()
    }

    fn passages(&self) -> u32 {
        self.passages
    }

    fn words(&self) -> u64 {
        self.words
    }

    fn folded(&self) -> u32 {
        u32::try_from(self.folded.len()).unwrap_or(u32::MAX)
    }

    fn other_captures(&self) -> Option<u32> {
        self.captures().map(|captures| u32::try_from(captures.others.len()).unwrap_or(u32::MAX))
    }

    fn answers(&self) -> bool {
        DocumentRecord::answers(self)
    }

    fn needs_ocr(&self) -> bool {
        self.warnings.iter().any(|warning| warning.contains(NEEDS_OCR))
    }

    fn has_chapters(&self) -> bool {
        !self.chapters.is_empty()
    }

    fn file_name(&self) -> Option<&str> {
        Some(&self.metadata.file_name)
    }
}

impl Held for HeldDocument {
    fn id(&self) -> &DocumentId {
        &self.id
    }

    fn publisher(&self) -> Option<&Publisher> {
        self.standing.publisher.as_ref()
    }

    fn series(&self) -> Option<&Series> {
        self.standing.series.as_ref()
    }

    fn country(&self) -> Option<Country> {
        self.standing.country
    }

    fn period(&self) -> Option<Period> {
        self.standing.period
    }

    fn extent(&self) -> Extent {
        self.standing.extent
    }

    fn passages(&self) -> u32 {
        self.passages
    }

    fn words(&self) -> u64 {
        self.words
    }

    fn folded(&self) -> u32 {
        self.standing.folded
    }

    fn other_captures(&self) -> Option<u32> {
        self.standing.other_captures
    }

    fn answers(&self) -> bool {
        self.standing.answers
    }

    fn needs_ocr(&self) -> bool {
        self.standing.needs_ocr
    }

    fn has_chapters(&self) -> bool {
        self.standing.has_chapters
    }

    fn file_name(&self) -> Option<&str> {
        self.standing.file_name.as_deref()
    }
}
