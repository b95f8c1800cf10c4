//! From the bytes of a source file to its structural pieces, in the order of the source.
//!
//! A reader knows a format and nothing else: no publisher, no country, no role. It loses no text;
//! what the markup itself says is no part of the report is kept, with the reason
//! ([`RawBlock::aside`]). The format is told from the content, never from a file's name. One reader
//! a file: [`text`], [`html`] and [`markdown`], before which comes [`encoding`]; `docx`, `odt` and
//! `epub`, which `archive` unpacks and `xml` goes through; `mhtml`, for pages that browsers saved; and
//! `pdf`. What the pieces mean is decided later, by profiles and roles.

mod archive;
mod docx;
pub mod encoding;
mod epub;
pub mod html;
mod limits;
pub mod markdown;
mod mhtml;
mod odt;
mod pdf;
mod rows;
mod signature;
pub mod text;
mod xml;

use model::{AuthorKind, NEEDS_OCR, Page, ShownPiece};

use crate::normalise::normalise;
use crate::source::RecordContent;
use archive::Archive;

/// One structural piece of a source, before any profile has looked at it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawBlock {
    /// What the source's structure says it is.
    pub shape: Shape,
    /// Its text, in the form of [`crate::normalise::normalise`]; never empty.
    pub text: String,
    /// Why the markup itself says that this is no part of the report: `nav`, `outside main`, and
    /// the like. `None` for everything in plain text.
    pub aside: Option<&'static str>,
    /// The number printed before it (`124` of a numbered paragraph, the mark of a footnote), where
    /// the reader took it off the text; `None` where it still stands in the text or there is none.
    pub label: Option<String>,
    /// The page it begins on, in formats that have pages.
    pub page: Option<Page>,
}

impl RawBlock {
    /// A piece of the report itself, without a printed number or a page.
    pub fn new(shape: Shape, text: String) -> Self {
        Self { shape, text, aside: None, label: None, page: None }
    }
}

/// What a source's structure says about one of its pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A heading, with its level, 1 to 6.
    Heading(u8),
    /// A paragraph. In plain text: lines that were wrapped, a line that stands alone between blank
    /// ones, or a line longer than a typeset line can be.
    Paragraph,
    /// A short line of plain text with another directly above or below it.
    Line,
    /// An item of a list, with its depth from 1. A bullet printed in the source stays in the text.
    ListItem(u8),
    /// A row of a table; its cells are parted by one space.
    TableRow,
    /// The term of a list of terms and descriptions, such as `Government` before its value.
    Term,
    /// The caption of a table or figure.
    Caption,
    /// A footnote or endnote, kept apart from the text that refers to it.
    Footnote,
}

/// The format a source was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML or XHTML.
    Html,
    /// Markdown.
    Markdown,
    /// A Word file.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// An EPUB book.
    Epub,
    /// A page as a browser saved it.
    Mhtml,
    /// PDF, its text layer.
    Pdf,
}

/// What a source's markup states about the document as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup {
    /// The title.
    pub title: Option<String>,
    /// The address that the page gives as its own.
    pub url: Option<String>,
    /// The language tag, such as `en-US`.
    pub language: Option<String>,
    /// Who the markup says wrote it.
    pub authors: Vec<Credit>,
    /// The terms of use it names, after the name of the tag they came from.
    pub licence: Option<(String, String)>,
    /// Dates as they are written, each after the name of the tag it came from, such as
    /// `article:published_time`.
    pub dates: Vec<(String, String)>,
    /// The day the browser saved the page, as `2022-12-31`, where the file is a page that a browser
    /// saved: a witness for the day of capture, never for that of publication.
    pub saved: Option<String>,
}

/// Somebody whom the markup names as author.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Where it is said, such as `article:author`.
    pub tag: String,
    /// The name.
    pub name: String,
    /// Whether it is a person or an institution, where that is said.
    pub kind: AuthorKind,
}

impl Credit {
    /// A name of which no more is said than that it wrote this.
    pub fn new(tag: impl Into<String>, name: impl Into<String>) -> Self {
        Self { tag: tag.into(), name: name.into(), kind: AuthorKind::Unknown }
    }
}

/// What a reader makes of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawDocument {
    /// Its pieces, in order.
    pub blocks: Vec<RawBlock>,
    /// The format it was read as.
    pub format: Format,
    /// The encoding it was read as, by its name in the WHATWG Encoding Standard: `UTF-8`,
    /// `windows-1252`, `macintosh` (Mac Roman); `PDF` for a PDF, each of whose fonts has its own.
    pub encoding: String,
    /// What its markup states about the whole.
    pub markup: Markup,
    /// What a person should know about this reading, a sentence each.
    pub warnings: Vec<String>,
}

/// Why bytes could not be read as a document. A `kind` is what the file is, with an article: `a Word
/// file (DOCX)`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// There are no bytes.
    #[error("the file is empty; capture it again")]
    Empty,
    /// The bytes are of another format, or of none.
    #[error("the file {}; save it as plain text, HTML or PDF and add that", of_kind(*.looks_like))]
    NotText {
        /// What its first bytes say it is, with an article: `a PDF file`.
        looks_like: Option<&'static str>,
    },
    /// The text is in an encoding that is not read.
    #[error(
        "the text is encoded as {name}, which forb does not read; save it as UTF-8 and add that"
    )]
    UnknownEncoding {
        /// The encoding, as the file names it.
        name: String,
    },
    /// The file is locked with a password.
    #[error("the file is {kind} that is encrypted; save it without its password and add that")]
    Encrypted {
        /// What the file is.
        kind: &'static str,
    },
    /// The file is of a format that is read, but it breaks the rules of that format.
    #[error(
        "the file is {kind} that is damaged: {place}; open it to see whether it is whole, and \
         capture it again"
    )]
    Damaged {
        /// What the file is.
        kind: &'static str,
        /// What is wrong, and where.
        place: String,
    },
    /// The file goes beyond what is read of any file, as those made to do harm do.
    #[error("the file is {kind} that is too large to read: {limit}; take out of it what is needed")]
    TooLarge {
        /// What the file is.
        kind: &'static str,
        /// The bound it goes beyond.
        limit: String,
    },
    /// The file is text, but there is no word in it.
    #[error("the file holds no words; open it to see what it shows, and capture it again")]
    NoText,
}

impl Format {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Html => "html",
            Format::Markdown => "markdown",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Epub => "epub",
            Format::Mhtml => "mhtml",
            Format::Pdf => "pdf",
        }
    }
}

fn of_kind(looks_like: Option<&'static str>) -> String {
    match looks_like {
        Some(kind) => format!("is {kind}, which this version does not read"),
        None => "is not text: no text encoding explains its bytes".to_owned(),
    }
}

/// Reads a source file's bytes.
///
/// Every block of the result holds normalised text that is not empty, and at least one block holds
/// a word; but the pages of a PDF that are all images give no block, and a warning that says so.
///
/// # Errors
/// When the bytes are empty, are of no format or encoding that is read, are encrypted, damaged or too
/// large, or hold no word.
pub fn read(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    read_labelled(bytes, None)
}

/// Reads a source file's bytes that came with the name of an encoding, as a server's answer does. It
/// is believed as [`encoding::decode_labelled`] says; formats that are no text pass it over.
///
/// # Errors
/// As [`read`].
pub fn read_labelled(bytes: &[u8], charset: Option<&str>) -> Result<RawDocument, ReadError> {
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let document = read_as_it_is(bytes, charset)?;
    limits::check_blocks(document.blocks.len())?;
    let needs_ocr = document.warnings.iter().any(|warning| warning.contains(NEEDS_OCR));
    if needs_ocr || document.blocks.iter().any(|block| holds_a_word(&block.text)) {
        Ok(document)
    } else {
        Err(ReadError::NoText)
    }
}

/// What a browser that is sent these bytes shows, piece by piece; `None` where they are no page of HTML.
/// The charset is the name of an encoding that came with them.
pub fn shown(bytes: &[u8], charset: Option<&str>) -> Option<Vec<ShownPiece>> {
    let other = signature::is_pdf(bytes)
        || signature::is_zip(bytes)
        || signature::of_bytes(bytes).is_some()
        || mhtml::is_mhtml(bytes);
    if other {
        return None;
    }
    let decoded = match charset {
        Some(charset) => encoding::decode_labelled(bytes, charset),
        None => encoding::decode(bytes),
    };
    let text = decoded.ok()?.text;
    html::looks_like_html(&text).then(|| html::shown(&text))
}

/// Reads bytes with the reader of their format.
fn read_as_it_is(bytes: &[u8], charset: Option<&str>) -> Result<RawDocument, ReadError> {
    if signature::is_pdf(bytes) {
        return pdf::read(bytes);
    }
    if signature::is_zip(bytes) {
        return read_packed(Archive::open(bytes)?);
    }
    if signature::is_locked_office(bytes) {
        return Err(ReadError::Encrypted { kind: "an Office file" });
    }
    if let Some(looks_like) = signature::of_bytes(bytes) {
        return Err(ReadError::NotText { looks_like: Some(looks_like) });
    }
    if mhtml::is_mhtml(bytes) {
        return mhtml::read(bytes);
    }
    let decoded = match charset {
        Some(charset) => encoding::decode_labelled(bytes, charset)?,
        None => encoding::decode(bytes)?,
    };
    if let Some(looks_like) = signature::of_text(&decoded.text) {
        return Err(ReadError::NotText { looks_like: Some(looks_like) });
    }
    limits::check_text(&decoded.text)?;
    let mut document = if html::looks_like_html(&decoded.text) {
        limits::check_page(&decoded.text)?;
        html::read(&decoded.text)
    } else if markdown::looks_like_markdown(&decoded.text) {
        markdown::read(&decoded.text)
    } else {
        text::read(&decoded.text)
    };
    document.encoding = decoded.encoding.to_owned();
    document.warnings.splice(0..0, decoded.warnings);
    Ok(document)
}

/// Reads a document that is an archive of parts.
fn read_packed(mut archive: Archive<'_>) -> Result<RawDocument, ReadError> {
    if docx::is_docx(&archive) {
        return docx::read(archive);
    }
    let declared = archive.part("mimetype")?.unwrap_or_default();
    if odt::is_odt(&declared) {
        odt::read(archive)
    } else if epub::is_epub(&declared, &archive) {
        epub::read(archive)
    } else {
        let looks_like = Some(signature::of_parts(&declared, &archive));
        Err(ReadError::NotText { looks_like })
    }
}

/// Reads a record of a data set: its text as plain text or HTML, whichever it is, and its other
/// fields as pieces set aside. A record without text is read, too: that nothing is there is a
/// finding, and said in a warning.
///
/// # Errors
/// When its text is too long to read.
pub fn read_record(record: &RecordContent) -> Result<RawDocument, ReadError> {
    limits::check_text(&record.text)?;
    let mut document = if html::looks_like_html(&record.text) {
        limits::check_page(&record.text)?;
        html::read(&record.text)
    } else {
        text::read(&record.text)
    };
    document.encoding = "UTF-8".to_owned();
    document.blocks.extend(record.others.iter().filter_map(|(name, value)| {
        let text = normalise(&format!("{name}: {value}")).into_owned();
        let block = RawBlock::new(Shape::TableRow, text);
        (!value.trim().is_empty()).then_some(RawBlock { aside: Some("record field"), ..block })
    }));
    if !holds_a_word(&record.text) {
        document.warnings.push("the record is empty: it holds no text of the report".to_owned());
    }
    limits::check_blocks(document.blocks.len())?;
    Ok(document)
}

/// Whether a text holds a letter or a digit of any script.
fn holds_a_word(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
