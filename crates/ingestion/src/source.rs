//! A source file as it was captured, and the whole way from its bytes to a document.

use std::sync::Arc;

use model::{
    ContentHash, Document, Finding, Form, InvalidDocument, Metadata, Origin, PartOf, PartialDate,
};
use sha2::{Digest, Sha256};

use crate::captures::Work;
use crate::chapters::{self, Layout, chapter_id};
use crate::corrections::{Correction, Corrections};
use crate::fetched::Fetched;
use crate::profiles::Profiles;
use crate::readers::{Format, RawDocument};
use crate::stated::Stated;
use crate::{arrange, flattened, language, readers, recognise};

/// The bytes of one capture, with what is said of them. The hash is made from the bytes here and
/// nowhere else, so the two always match.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    bytes: Arc<[u8]>,
    sha256: ContentHash,
    /// What the user states.
    pub by_user: Stated,
    /// What the metadata file beside it states.
    pub by_sidecar: Stated,
    /// What the other fields of its record state, when it is a record of a data set.
    pub by_record: Stated,
    /// How it was fetched, when forb fetched it itself.
    pub fetched: Option<Fetched>,
    /// Where it stands in its capture, when the capture holds more than this document.
    pub part_of: Option<PartOf>,
    /// The text of the report, when the bytes are a record that holds more than the text.
    pub record: Option<RecordContent>,
    /// The day it entered the library.
    pub added: Option<PartialDate>,
}

/// What a record of a data set holds of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordContent {
    /// The report's text, as the record has it.
    pub text: String,
    /// Its other fields, by name: kept for the record, no part of the report.
    pub others: Vec<(String, String)>,
}

/// A document, and what its reader should know about how it was read.
#[derive(Debug)]
pub struct ReadDocument {
    /// The document.
    pub document: Document,
    /// Warnings, one sentence each.
    pub warnings: Vec<String>,
    /// Documents on one country each that were cut out of the same bytes: chapters of a report on
    /// several. The document above is then what belongs to no country.
    pub chapters: Vec<ReadDocument>,
    /// The report of which it is a capture; `None` where that is not known.
    pub work: Option<Work>,
    /// What its locators can rest on.
    pub form: Form,
}

impl ReadDocument {
    /// The documents of it: the one above first, then its chapters.
    pub fn each(&self) -> impl Iterator<Item = &ReadDocument> {
        std::iter::once(self).chain(&self.chapters)
    }
}

/// Why a source file did not become a document.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Its bytes cannot be read as text.
    #[error(transparent)]
    Reader(#[from] readers::ReadError),
    /// Reading broke an invariant of the document; a defect of forb.
    #[error("reading it broke a rule of forb's own, please report this: {0}")]
    Defect(#[from] InvalidDocument),
}

impl SourceFile {
    /// A capture of these bytes, under the name people know it by.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        let sha256 = hash(&bytes);
        Self {
            name: name.into(),
            bytes,
            sha256,
            by_user: Stated::default(),
            by_sidecar: Stated::default(),
            by_record: Stated::default(),
            fetched: None,
            part_of: None,
            record: None,
            added: None,
        }
    }

    /// The same capture under another name.
    pub fn known_as(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The name people know it by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its bytes, shared.
    pub(crate) fn shared_bytes(&self) -> Arc<[u8]> {
        Arc::clone(&self.bytes)
    }

    /// SHA-256 of its bytes.
    pub fn sha256(&self) -> ContentHash {
        self.sha256
    }
}

/// SHA-256 of `bytes`.
pub fn hash(bytes: &[u8]) -> ContentHash {
    ContentHash(Sha256::digest(bytes).into())
}

/// SHA-256 of lines, with a line break after each.
pub fn hash_of_lines(lines: impl Iterator<Item = impl AsRef<[u8]>>) -> ContentHash {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line);
        hash.update(b"\n");
    }
    ContentHash(hash.finalize().into())
}

/// Reads a source file: decodes it, recognises what it is, gives every block its role.
///
/// # Errors
/// When the bytes hold no readable text, or are of a format that is not read yet.
pub fn read(source: &SourceFile, profiles: &Profiles) -> Result<ReadDocument, ReadError> {
    read_corrected(source, &Corrections::default(), profiles)
}

/// Reads a source file as [`read`] does, with what the user says is wrong put right: a correction
/// weighs more than everything else, what was stated when the file was added included. A correction
/// of the whole file holds for the chapters in it, where theirs say nothing else.
///
/// # Errors
/// As [`read`].
pub fn read_corrected(
    source: &SourceFile,
    corrections: &Corrections,
    profiles: &Profiles,
) -> Result<ReadDocument, ReadError> {
    let raw = raw(source)?;
    let id = source.sha256().document_id();
    let of_whole = corrections.of(&id);
    let metadata = witnessed(source, &raw, of_whole, profiles);
    let recognition = recognise::recognise(&raw, metadata, profiles);
    let raw = match recognition.series.and_then(|series| series.flattened.as_ref()) {
        Some(rule) => flattened::restore(raw, rule),
        None => raw,
    };
    let form = form(&raw);
    let document = arrange::arrange(id, &raw, &recognition, profiles)?;
    let concluded =
        |document, warnings, chapters| concluded(document, warnings, chapters, form, profiles);
    let layout = match source.record {
        // A record of a data set is one document.
        Some(_) => Layout::Whole,
        None => chapters::layout(&document),
    };
    Ok(match layout {
        Layout::Whole => concluded(document, raw.warnings, Vec::new()),
        Layout::Doubtful(countries, why) => {
            let mut warnings = raw.warnings;
            warnings.push(format!(
                "{countries} countries have headings of their own, but {why}: kept as one document"
            ));
            concluded(document, warnings, Vec::new())
        }
        Layout::Chapters(found) => {
            let known = |country| {
                let correction = corrections.of(&chapter_id(source.sha256(), country));
                known_of_chapter(source, &document, correction, of_whole, profiles)
            };
            let (rest, cut) = chapters::cut(&document, &found, known)?;
            let chapters =
                cut.into_iter().map(|chapter| concluded(chapter, Vec::new(), Vec::new()));
            concluded(rest, raw.warnings, chapters.collect())
        }
    })
}

/// The text of a source file, as its format gives it.
fn raw(source: &SourceFile) -> Result<RawDocument, readers::ReadError> {
    match &source.record {
        Some(record) => readers::read_record(record),
        None => {
            let charset = source.fetched.as_ref().and_then(|fetched| fetched.charset.as_deref());
            readers::read_labelled(source.bytes(), charset)
        }
    }
}

/// What is said of a source file from outside its text, the user first.
fn witnessed(
    source: &SourceFile,
    raw: &RawDocument,
    correction: Option<&Correction>,
    profiles: &Profiles,
) -> Metadata {
    let mut metadata = Metadata::of_capture(source.sha256());
    metadata.file_name = source.name().to_owned();
    metadata.added = source.added;
    metadata.encoding.clone_from(&raw.encoding);
    match correction {
        Some(correction) => {
            correction.witness(&mut metadata, profiles);
            let rest = correction.without_withdrawn(source.by_user.clone());
            rest.witness(&mut metadata, Origin::User, profiles);
        }
        None => source.by_user.witness(&mut metadata, Origin::User, profiles),
    }
    source.by_sidecar.witness(&mut metadata, Origin::Sidecar, profiles);
    source.by_record.witness(&mut metadata, Origin::Record, profiles);
    match (&source.fetched, &source.record) {
        (Some(fetched), None) => fetched.witness(&mut metadata),
        (Some(fetched), Some(_)) => fetched.witness_on_record(&mut metadata),
        (None, _) => {}
    }
    metadata.part_of.clone_from(&source.part_of);
    metadata
}

/// What is known of a chapter but for its heading: what is known of the whole file, or, where the
/// chapter itself is corrected, what is known of the file with that correction.
fn known_of_chapter(
    source: &SourceFile,
    whole: &Document,
    correction: Option<&Correction>,
    of_whole: Option<&Correction>,
    profiles: &Profiles,
) -> Metadata {
    let mut known = whole.metadata.clone();
    known.country = Finding::default();
    let Some(correction) = correction else { return known };
    // Read a moment ago, so it can be read again; few chapters are corrected.
    if let Ok(raw) = raw(source) {
        let all = correction.within(of_whole);
        let metadata = witnessed(source, &raw, Some(&all), profiles);
        known = recognise::recognise(&raw, metadata, profiles).metadata;
    }
    let mut of_user = Metadata::of_capture(source.sha256());
    correction.witness(&mut of_user, profiles);
    known.country = of_user.country;
    known
}

/// A document with what its own text shows of it, and what its reader should know.
fn concluded(
    mut document: Document,
    mut warnings: Vec<String>,
    chapters: Vec<ReadDocument>,
    form: Form,
    profiles: &Profiles,
) -> ReadDocument {
    language::detect(&mut document);
    warnings.extend(missing(&document, chapters.len()));
    let work = Work::of(&document.metadata, profiles);
    ReadDocument { document, warnings, chapters, work, form }
}

/// What the locators of a document can rest on.
fn form(raw: &RawDocument) -> Form {
    match raw.format {
        _ if raw.blocks.iter().any(|block| block.page.is_some()) => Form::Pages,
        Format::Text | Format::Pdf => Form::Text,
        Format::Html
        | Format::Markdown
        | Format::Docx
        | Format::Odt
        | Format::Epub
        | Format::Mhtml => Form::Structure,
    }
}

/// What a researcher has to know before relying on a document: what it is not known to be, and
/// where witnesses disagree. What is left when `chapters` were cut out of it may well have no country
/// and no text.
fn missing(document: &Document, chapters: usize) -> Vec<String> {
    let metadata = &document.metadata;
    let mut warnings = Vec::new();
    let unknown: Vec<&str> = [
        ("publisher", metadata.publisher.value.is_none()),
        ("series", metadata.series.value.is_none()),
        ("country", metadata.country.value.is_none() && chapters == 0),
        ("period", metadata.period.value.is_none()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect();
    if !unknown.is_empty() {
        let options: Vec<String> = unknown.iter().map(|name| format!("--{name}")).collect();
        warnings.push(format!(
            "{} not stated in the text: `forb edit {} …` with {} sets it",
            unknown.join(", "),
            document.id(),
            options.join(", ")
        ));
    }
    let disagreeing = [
        ("publisher", metadata.publisher.disagreements().count()),
        ("series", metadata.series.disagreements().count()),
        ("country", metadata.country.disagreements().count()),
        ("period", metadata.period.disagreements().count()),
        ("extent", metadata.extent.disagreements().count()),
        ("language", metadata.language.disagreements().count()),
    ];
    for (name, _) in disagreeing.iter().filter(|(_, count)| *count > 0) {
        warnings.push(format!("evidence on the {name} disagrees: see `forb status --verbose`"));
    }
    let is_passage = |b: &model::Block| b.role.is_passage_text();
    if chapters == 0 && !document.blocks().is_empty() && !document.blocks().iter().any(is_passage) {
        warnings.push("holds no text beyond headings and what is set aside".to_owned());
    }
    warnings
}
