//! A passage made into a citation and into selectors, and looked for again: in the document's text, and in
//! passages that were cut by other sizes. Shared by the test and by `benches/round_trip.rs`.

use std::fs;
use std::path::{Path, PathBuf};

use citation::{Anchor, Citation, Selectors, Target};
use ingestion::profiles::Profiles;
use ingestion::records::LargeDocument;
use ingestion::segment::{LONGEST, segment_sized};
use ingestion::unpack::{self, Parts};
use ingestion::{ReadDocument, SourceFile, read};
use model::{Document, Role, TextRange, Verdict};

/// The other sizes by which passages are cut: from one sentence each to four times as long.
pub const SIZES: [usize; 3] = [1, LONGEST / 4, LONGEST * 4];

/// What came of passages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents that were read.
    pub documents: usize,
    /// Passages of them that were looked at.
    pub passages: usize,
    /// Cited, and the citation stands in the document's text.
    pub cited: usize,
    /// Found by their selectors at the very range.
    pub in_place: usize,
    /// The same words at the same range of passages cut by each of [`SIZES`].
    pub cut_otherwise: usize,
}

impl Tally {
    /// Both together.
    pub fn and(self, other: Self) -> Self {
        Self {
            documents: self.documents + other.documents,
            passages: self.passages + other.passages,
            cited: self.cited + other.cited,
            in_place: self.in_place + other.in_place,
            cut_otherwise: self.cut_otherwise + other.cut_otherwise,
        }
    }
}

/// The files below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = match fs::read_dir(folder) {
        Ok(entries) => entries.filter_map(|entry| Some(entry.ok()?.path())).collect(),
        Err(_) => Vec::new(),
    };
    entries.sort();
    for path in entries {
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// What came of every so manieth passage of every document in a file.
pub fn tally_file(path: &Path, every: usize) -> Tally {
    let Ok(bytes) = fs::read(path) else { return Tally::default() };
    let file = SourceFile::new(path.display().to_string(), bytes);
    let of_source = |source: &SourceFile| match read(source, Profiles::built_in()) {
        Ok(read) => tally_read(&read, every),
        Err(_) => Tally::default(),
    };
    match unpack::open(&file, None) {
        Ok(Parts::One(source)) => of_source(&source),
        Ok(Parts::Many(many)) => {
            many.flatten().map(|source| of_source(&source)).fold(Tally::default(), Tally::and)
        }
        Err(_) => Tally::default(),
    }
}

fn tally_read(read: &ReadDocument, every: usize) -> Tally {
    let chapters = read.chapters.iter().map(|chapter| tally(chapter, every));
    chapters.fold(tally(read, every), Tally::and)
}

fn tally(read: &ReadDocument, every: usize) -> Tally {
    let document = &read.document;
    let text = document.text();
    let (record, records) = LargeDocument::under(read, &Verdict::default());
    let cuts = SIZES.map(|size| Cut::of(document, size));
    let mut tally = Tally { documents: 1, ..Tally::default() };
    let passages = records.bare_records().take(record.passages as usize).step_by(every);
    for record in passages {
        let passage = &record.passage.passage;
        tally.passages += 1;
        let Ok(citation) = Citation::of_passage(&record) else { continue };
        tally.cited += usize::from(citation.verify(text).is_ok());
        let Some(range) = citation.quotation().range().in_bytes(text) else { continue };
        tally.in_place += usize::from(found(text, range, document) == Some(passage.range));
        let wanted = words(document, range);
        let stands = |cut: &Cut| cut.words(document, range) == wanted;
        tally.cut_otherwise += usize::from(cuts.iter().all(stands));
    }
    tally
}

/// Where the selectors of a range, written as an annotation and read again, find it.
fn found(text: &str, range: TextRange, document: &Document) -> Option<TextRange> {
    let selectors = Selectors::of(text, range)?;
    let sha256 = document.metadata.sha256;
    let target = Target { url: None, sha256, captured: None, archived: None };
    let line = selectors.annotation(&target).to_string();
    match Selectors::from_annotation(&line).ok()?.find(text) {
        Anchor::InPlace(range) => Some(range),
        _ => None,
    }
}

/// The passages of a document cut by a size, by their places.
struct Cut {
    ranges: Vec<TextRange>,
}

impl Cut {
    fn of(document: &Document, size: usize) -> Self {
        let passages = segment_sized(document, size);
        Self { ranges: passages.iter().map(|passage| passage.range).collect() }
    }

    /// The words that the passages hold of a range.
    fn words(&self, document: &Document, range: TextRange) -> String {
        let first = self.ranges.partition_point(|passage| passage.end <= range.start);
        let over = self.ranges[first..].iter().take_while(|passage| passage.start < range.end);
        let inside = |passage: &TextRange| {
            TextRange::new(passage.start.max(range.start), passage.end.min(range.end))
        };
        over.map(|passage| words(document, inside(passage))).collect()
    }
}

/// The characters of a range, without white space, and without numbers printed before a paragraph: these
/// stand in a passage only where it begins before them.
fn words(document: &Document, range: TextRange) -> String {
    let first = document.blocks().partition_point(|block| block.range.end <= range.start);
    let over = document.blocks()[first..].iter().take_while(|block| block.range.start < range.end);
    let mut words = String::new();
    for block in over.filter(|block| block.role != Role::Number) {
        let inside =
            TextRange::new(block.range.start.max(range.start), block.range.end.min(range.end));
        let text = inside.of(document.text()).unwrap_or("");
        words.extend(text.chars().filter(|c| !c.is_whitespace()));
    }
    words
}
