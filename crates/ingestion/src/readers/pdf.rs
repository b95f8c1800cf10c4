//! PDF into blocks: the text layer, page by page, in the order in which it is read.
//!
//! The file's objects, streams and font tables are opened by a library (`lopdf`), as far as `bounds`
//! allows; the rest is ours:
//! `content` follows what a page draws to characters with places (through `font`, `values` and `matrix`),
//! `lines` and `columns` put them into lines in reading order, `furniture` finds running heads, page
//! numbers and contents, `labels` the numbers that the file states, `measure`, `opening`, `notes`
//! and `paragraphs` make blocks, and `hyphens` mends words divided at line ends.
//!
//! A page's number is kept twice: its ordinal in the file, and what is printed on it. The printed
//! number of a paragraph (`124.`) is taken off its text and becomes its label. Marks of footnotes
//! stay in the text; the notes follow the block in which their page ends.
//!
//! Nothing here judges what is written. No character of the text layer is dropped in silence: what
//! no font table explains is U+FFFD, and is counted in a warning, as is what lies outside the page.

mod bounds;
mod columns;
mod content;
mod font;
mod furniture;
mod hyphens;
mod labels;
mod lines;
mod matrix;
mod measure;
mod notes;
mod opening;
mod paragraphs;
mod values;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lopdf::{DecompressError, Document, Error, LoadOptions, Object};
use model::NEEDS_OCR;

use super::{Credit, Format, Markup, RawBlock, RawDocument, ReadError, Shape};
use crate::normalise::normalise;
use furniture::PageLines;
use hyphens::Words;

/// The reason of text set sideways.
const TURNED: &str = "text set sideways";

/// Reads a PDF.
///
/// # Errors
/// When it is damaged beyond reading, asks for a password or has too many pages.
pub(super) fn read(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    // A parser of so rich a format may have a defect left; it must not end the process.
    let read = catch_unwind(AssertUnwindSafe(|| read_document(bytes)));
    read.unwrap_or_else(|_| Err(damaged("its structure cannot be followed")))
}

fn damaged(why: &str) -> ReadError {
    ReadError::Damaged { kind: "a PDF file", place: why.to_owned() }
}

fn read_document(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    let start = bytes.windows(5).position(|window| window == b"%PDF-").unwrap_or(0);
    let options = LoadOptions {
        max_decompressed_size: Some(bounds::STREAM),
        filter: Some(bounds::admit),
        ..LoadOptions::default()
    };
    let opened = bounds::watch(|| Document::load_mem_with_options(&bytes[start..], options))?;
    let doc = opened.map_err(|error| refusal(&error))?;
    // The library takes the entry away when it has decrypted the file.
    if doc.trailer.has(b"Encrypt") {
        return Err(ReadError::Encrypted { kind: "a PDF file" });
    }
    let ids: Vec<_> = doc.page_iter().take(bounds::PAGES + 1).collect();
    match ids.len() {
        0 => return Err(damaged("no page is found in it; it may be cut short")),
        many if many > bounds::PAGES => {
            return Err(bounds::too_large(format!("it has more than {} pages", bounds::PAGES)));
        }
        _ => {}
    }
    let mut warnings = Warnings::default();
    if doc.xref_recovery.is_some() {
        warnings.recovered = true;
    }
    let mut reader = content::Pages::new(&doc);
    let mut pages = Vec::with_capacity(ids.len());
    let mut turned: Vec<(usize, String)> = Vec::new();
    for (at, id) in ids.into_iter().enumerate() {
        let page = reader.read(id);
        if reader.budget.is_spent() {
            break;
        }
        warnings.take(at + 1, &page);
        turned.extend(page.turned.iter().map(|text| (at, text.clone())));
        pages.push(PageLines { lines: lines::of_page(&page), height: page.height, label: None });
    }
    reader.budget.verdict()?;
    if pages.iter().all(|page| page.lines.is_empty()) && turned.is_empty() {
        if !warnings.broken.is_empty() {
            let broken = list(&warnings.broken);
            return Err(damaged(&format!("{broken} cannot be followed to the end")));
        }
        warnings.images_only = true;
    }
    let mut document = compose(&doc, pages, turned);
    document.warnings.splice(0..0, warnings.sentences());
    Ok(document)
}

/// Makes the document of the lines of its pages.
fn compose(doc: &Document, mut pages: Vec<PageLines>, turned: Vec<(usize, String)>) -> RawDocument {
    furniture::mark(&mut pages);
    if pages.iter().all(|page| page.label.is_none())
        && let Some(stated) = labels::of_document(doc, pages.len())
    {
        for (page, label) in pages.iter_mut().zip(stated) {
            page.label = Some(label).filter(|label| !label.is_empty());
        }
    }
    let mut words = Words::default();
    for line in pages.iter().flat_map(|page| &page.lines) {
        words.add(&line.text);
    }
    let mut blocks = paragraphs::compose(&pages, &mut words);
    for (at, text) in turned {
        let text = normalise(&text).into_owned();
        let physical = u32::try_from(at + 1).unwrap_or(u32::MAX);
        if !text.is_empty() {
            blocks.push(RawBlock {
                aside: Some(TURNED),
                page: Some(model::Page { physical, label: pages[at].label.clone() }),
                ..RawBlock::new(Shape::Line, text)
            });
        }
    }
    RawDocument {
        blocks,
        format: Format::Pdf,
        encoding: "PDF".to_owned(),
        markup: markup(doc),
        warnings: words.warnings(),
    }
}

/// What the file states about the whole.
fn markup(doc: &Document) -> Markup {
    let info = doc.trailer.get_deref(b"Info", doc).and_then(Object::as_dict).ok();
    let stated = |key: &[u8]| {
        let text = lopdf::decode_text_string(info?.get_deref(key, doc).ok()?).ok()?;
        Some(normalise(&text).into_owned()).filter(|text| !text.is_empty())
    };
    let language = doc.catalog().ok().and_then(|c| c.get_deref(b"Lang", doc).ok());
    let language = language.and_then(|l| lopdf::decode_text_string(l).ok());
    let dates = ["CreationDate", "ModDate"];
    let dates = dates.iter().filter_map(|key| Some(((*key).to_owned(), stated(key.as_bytes())?)));
    Markup {
        title: stated(b"Title"),
        url: None,
        language: language.filter(|l| !l.trim().is_empty()),
        authors: stated(b"Author").map(|name| Credit::new("Author", name)).into_iter().collect(),
        licence: None,
        dates: dates.collect(),
        saved: None,
    }
}

fn refusal(error: &Error) -> ReadError {
    match error {
        Error::InvalidPassword | Error::Decryption(_) | Error::UnsupportedSecurityHandler(_) => {
            ReadError::Encrypted { kind: "a PDF file" }
        }
        Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            let limit = bounds::STREAM >> 20;
            bounds::too_large(format!("a part of it unpacks to more than {limit} MB"))
        }
        Error::Xref(_) | Error::MissingXrefEntry => {
            damaged("its table of contents is missing or wrong; it may be cut short")
        }
        _ => damaged("its structure cannot be followed; it may be cut short"),
    }
}

/// What a person should know about the pages.
#[derive(Default)]
struct Warnings {
    recovered: bool,
    unknown: usize,
    outside: usize,
    broken: Vec<usize>,
    empty: Vec<usize>,
    images_only: bool,
    leftward: Vec<usize>,
}

impl Warnings {
    fn take(&mut self, number: usize, page: &content::Page) {
        self.unknown += page.unknown;
        self.outside += page.outside;
        if page.broken {
            self.broken.push(number);
        }
        if page.characters.iter().all(|placed| placed.c.is_whitespace()) && page.turned.is_empty() {
            self.empty.push(number);
        }
        let letters = || page.characters.iter().filter(|placed| placed.c.is_alphabetic());
        let leftward = letters().filter(|placed| runs_leftward(placed.c)).count();
        if leftward * 2 > letters().count() {
            self.leftward.push(number);
        }
    }

    fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        if self.recovered {
            sentences
                .push("the PDF is damaged and was mended: check that nothing is missing".into());
        }
        if !self.broken.is_empty() {
            let pages = list(&self.broken);
            sentences.push(format!("{pages} cannot be followed to the end: text may be missing"));
        }
        if self.images_only {
            sentences.push(format!(
                "no page holds text, only images: it {NEEDS_OCR}; run it over the file (`ocrmypdf` \
                 does) and add the result"
            ));
        } else if !self.empty.is_empty() {
            sentences.push(format!("{} shows no text; an image {NEEDS_OCR}", list(&self.empty)));
        }
        if !self.leftward.is_empty() {
            let pages = list(&self.leftward);
            sentences.push(format!(
                "{pages}: the script runs from right to left, and its letters may stand in the order \
                 of the page, from left to right: check them, or add the report as HTML or text"
            ));
        }
        if self.unknown > 0 {
            let count = self.unknown;
            sentences.push(format!("{count} characters have no known letter and stand as U+FFFD"));
        }
        if self.outside > 0 {
            let count = self.outside;
            sentences.push(format!("{count} characters outside the pages' visible part left out"));
        }
        sentences
    }
}

/// Whether a letter is of a script that runs from right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko
/// and their presentation forms.
fn runs_leftward(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}')
}

/// `page 3`, `pages 3, 4 and 7 more`.
fn list(pages: &[usize]) -> String {
    let shown: Vec<String> = pages.iter().take(10).map(usize::to_string).collect();
    let more = match pages.len() - shown.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!("{} {}{more}", if pages.len() == 1 { "page" } else { "pages" }, shown.join(", "))
}

#[cfg(test)]
mod tests;
