//! What is known about a document, and the records an index keeps: one for each passage and each
//! block set aside, one for each document.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::annotation::AnnotatedPassage;
use crate::author::Author;
use crate::country::Country;
use crate::evidence::Finding;
use crate::ids::{ContentHash, DocumentId};
use crate::period::{PartialDate, Period};
use crate::publisher::{Publisher, Series};
use crate::settled::{Captures, Circle, Settled};

/// How much of a work a document holds. "Not mentioned" means little in a summary.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Extent {
    /// All of it.
    Full,
    /// Its summary only.
    Summary,
    /// Part of it.
    Excerpt,
    /// Not known.
    #[default]
    Unknown,
}

/// The original that a digest retells in other words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DigestOf {
    /// Publisher of the original.
    pub publisher: String,
    /// Title of the original.
    pub title: String,
    /// Period the original covers, where it is known.
    pub period: Option<Period>,
    /// SHA-256 of the original's bytes.
    pub sha256: ContentHash,
}

/// Where a document stands in a capture that holds several, such as a data set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartOf {
    /// SHA-256 of the whole capture.
    pub sha256: ContentHash,
    /// Name of the captured file.
    pub file_name: String,
    /// Which part of it: the key or number of a record, the path in an archive, the address in a web
    /// archive; parted by `: ` where one stands within another.
    pub place: String,
}

/// What a warning says of pages that are images without text: its readers may count on these words.
pub const NEEDS_OCR: &str = "needs OCR";

/// What is known about a document, each piece with its evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Metadata {
    /// SHA-256 of the captured bytes; of the record's or file's own, where the capture holds several.
    pub sha256: ContentHash,
    /// Where it stands in its capture, when the capture holds more than this document.
    pub part_of: Option<PartOf>,
    /// Who published it.
    pub publisher: Finding<Publisher>,
    /// In which series.
    pub series: Finding<Series>,
    /// On which country.
    pub country: Finding<Country>,
    /// The time it covers.
    pub period: Finding<Period>,
    /// The edition: the year or number the publisher gives it.
    pub edition: Finding<String>,
    /// The day it came out.
    pub published: Finding<PartialDate>,
    /// The day its bytes were taken from the publisher; not the day it entered the library.
    pub captured: Finding<PartialDate>,
    /// Its title.
    pub title: Finding<String>,
    /// Who wrote it, in the order given: people, or the part of an institution.
    pub authors: Finding<Vec<Author>>,
    /// The language it is written in: a primary subtag of BCP 47, in lower case (`en`).
    pub language: Finding<String>,
    /// Under which terms its text may be used, in the words of whoever states them.
    pub licence: Finding<String>,
    /// Its address.
    pub url: Finding<String>,
    /// How much of the work it holds.
    pub extent: Finding<Extent>,
    /// The original, when this document is a digest.
    pub digest_of: Option<DigestOf>,
    /// The day it entered the library; `None` for what is not in one.
    pub added: Option<PartialDate>,
    /// The name of the file it came from, for people to recognise it by.
    pub file_name: String,
    /// The encoding its bytes were read in.
    pub encoding: String,
}

/// What a hit says of the document it stands in: the values of the metadata, without evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentSummary {
    /// The document's id.
    pub id: DocumentId,
    /// Its title.
    pub title: Option<String>,
    /// Its publisher.
    pub publisher: Option<Publisher>,
    /// Its series.
    pub series: Option<Series>,
    /// The country it is on.
    pub country: Option<Country>,
    /// The time it covers.
    pub period: Option<Period>,
    /// The edition.
    pub edition: Option<String>,
    /// The day it came out.
    pub published: Option<PartialDate>,
    /// The day its bytes were taken from the publisher.
    pub captured: Option<PartialDate>,
    /// How much of the work it holds.
    pub extent: Extent,
    /// Its address.
    pub url: Option<String>,
    /// The original, when it is a digest.
    pub digest_of: Option<DigestOf>,
    /// The name of the file it came from.
    pub file_name: String,
    /// The captures of the same document, where the library holds more than this one.
    pub captures: Option<Captures>,
}

/// What a record of a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RecordKind {
    /// A passage: ranked, labelled and counted.
    Passage,
    /// A block set aside (chrome, front matter): found only when it is asked for.
    SetAside,
    /// A passage of a capture for which another answers: found only when that capture is asked for.
    OtherPassage,
    /// A block set aside in such a capture.
    OtherSetAside,
}

/// One searchable record: a passage, or a block set aside, with what its document is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexRecord {
    /// What it is.
    pub kind: RecordKind,
    /// The document it stands in: the records of one share it.
    #[serde(with = "shared")]
    pub document: Arc<DocumentSummary>,
    /// The passage and its annotations. A block set aside takes the same shape, without sentences
    /// or annotations.
    pub passage: AnnotatedPassage,
}

/// Something shared, stored as what it is.
mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(
        value: &Arc<T>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        T::serialize(value, serializer)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<T>, D::Error> {
        T::deserialize(deserializer).map(Arc::new)
    }
}

/// One record for each document: everything known of it, and what became of its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRecord {
    /// Its id.
    pub id: DocumentId,
    /// What is known of it.
    pub metadata: Metadata,
    /// Number of passages.
    pub passages: u32,
    /// Words in them: runs of characters between spaces that hold a letter or a digit.
    pub words: u64,
    /// Number of blocks set aside.
    pub set_aside: u32,
    /// The same by the rule that set them aside, the most blocks first; they add up to `set_aside`.
    pub set_aside_by: Vec<RuleCount>,
    /// What a reader should know about how it was read.
    pub warnings: Vec<String>,
    /// The documents on one country each that were cut out of it: the chapters of a report on several.
    pub chapters: Vec<DocumentId>,
    /// The other records of its data set that read the same and are folded into it, by name.
    pub folded: Vec<String>,
    /// What the rest of the library has to do with it.
    pub settled: Settled,
}

/// How many blocks of a document a rule set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// Name of the rule, as every block that it set aside has it.
    pub rule: String,
    /// Number of blocks, from 1.
    pub blocks: u32,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 4] =
        [Self::Passage, Self::SetAside, Self::OtherPassage, Self::OtherSetAside];

    /// The kind of a passage in a capture that answers for its document, or in one that does not.
    pub fn of_passage(document: &DocumentSummary) -> Self {
        if document.answers() { Self::Passage } else { Self::OtherPassage }
    }

    /// The kind of a block set aside in such a capture.
    pub fn of_set_aside(document: &DocumentSummary) -> Self {
        if document.answers() { Self::SetAside } else { Self::OtherSetAside }
    }

    /// Whether it is a passage, of whichever capture.
    pub fn is_passage(self) -> bool {
        matches!(self, Self::Passage | Self::OtherPassage)
    }

    /// Whether it is of a capture that answers for its document.
    pub fn answers(self) -> bool {
        matches!(self, Self::Passage | Self::SetAside)
    }
}

impl DocumentSummary {
    /// Whether this capture answers for its document: there is no other, or it is the best.
    pub fn answers(&self) -> bool {
        self.captures.as_ref().is_none_or(|captures| captures.answering == self.id)
    }
}

impl DocumentRecord {
    /// The circles in which it is settled.
    pub fn circles(&self) -> Vec<Circle> {
        let publisher = self.metadata.publisher.value.as_ref();
        let of_publisher = publisher.filter(|_| !self.settled.marks.is_empty());
        let publisher = of_publisher.map(|publisher| Circle::Publisher(publisher.id.clone()));
        let work = self.settled.capture.as_ref().map(|mark| Circle::Work(mark.work.clone()));
        publisher.into_iter().chain(work).collect()
    }

    /// The captures of the same document, where the library holds more than this one.
    pub fn captures(&self) -> Option<&Captures> {
        self.settled.verdict.captures.as_ref()
    }

    /// Whether this capture answers for its document: there is no other, or it is the best.
    pub fn answers(&self) -> bool {
        self.captures().is_none_or(|captures| captures.answering == self.id)
    }

    /// The values of its metadata, without their evidence, and its other captures.
    pub fn summary(&self) -> DocumentSummary {
        let captures = self.captures().cloned();
        DocumentSummary { captures, ..self.metadata.summary(&self.id) }
    }
}

impl Metadata {
    /// Nothing known but the captured bytes' hash.
    pub fn of_capture(sha256: ContentHash) -> Self {
        Self {
            sha256,
            part_of: None,
            publisher: Finding::default(),
            series: Finding::default(),
            country: Finding::default(),
            period: Finding::default(),
            edition: Finding::default(),
            published: Finding::default(),
            captured: Finding::default(),
            title: Finding::default(),
            authors: Finding::default(),
            language: Finding::default(),
            licence: Finding::default(),
            url: Finding::default(),
            extent: Finding::default(),
            digest_of: None,
            added: None,
            file_name: String::new(),
            encoding: String::new(),
        }
    }

    /// The values, without their evidence.
    pub fn summary(&self, id: &DocumentId) -> DocumentSummary {
        DocumentSummary {
            id: id.clone(),
            title: self.title.value.clone(),
            publisher: self.publisher.value.clone(),
            series: self.series.value.clone(),
            country: self.country.value,
            period: self.period.value,
            edition: self.edition.value.clone(),
            published: self.published.value,
            captured: self.captured.value,
            extent: self.extent.value.unwrap_or_default(),
            url: self.url.value.clone(),
            digest_of: self.digest_of.clone(),
            file_name: self.file_name.clone(),
            captures: None,
        }
    }
}

impl Extent {
    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Extent::Full => "full",
            Extent::Summary => "summary",
            Extent::Excerpt => "excerpt",
            Extent::Unknown => "unknown",
        }
    }

    /// Every value, in order.
    pub const ALL: [Extent; 4] = [Extent::Full, Extent::Summary, Extent::Excerpt, Extent::Unknown];
}

impl std::str::FromStr for Extent {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|extent| extent.name() == text).ok_or_else(|| {
            format!("`{text}` is no extent: write full, summary, excerpt or unknown")
        })
    }
}
