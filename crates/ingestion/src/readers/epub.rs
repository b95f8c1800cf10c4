//! EPUB books into blocks: the chapters in the order of the spine, each read as the XHTML it is.
//!
//! What a chapter's own markup sets aside stays so; the book's table of contents and the parts that
//! the spine calls not linear are set aside as well, and kept. A part that cannot be read as text (a
//! drawing, a missing file) is named in a warning. Title, language and date are those of the book,
//! not of its chapters.

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use super::archive::{Archive, resolve};
use super::xml::{self, Event, Stated};
use super::{Credit, Format, Markup, RawDocument, ReadError, encoding, html};

const KIND: &str = "an EPUB book";
const CONTAINER: &str = "META-INF/container.xml";

/// The longest spine that is read.
const MOST_CHAPTERS: usize = 65_536;

/// Dates that say when the book came out, where a book says of a date what it is of.
const PUBLISHED: [&str; 3] = ["publication", "original-publication", "issued"];

/// Whether an archive is an EPUB book, by the type it declares or by its container file.
pub(super) fn is_epub(declared: &[u8], archive: &Archive<'_>) -> bool {
    declared.trim_ascii() == b"application/epub+zip" || archive.has(CONTAINER)
}

/// Reads an EPUB book.
pub(super) fn read(mut archive: Archive<'_>) -> Result<RawDocument, ReadError> {
    archive.kind = KIND;
    let container = archive.needed(CONTAINER)?;
    let name = package(&container)?;
    let bytes = archive.needed(&name)?;
    let book = Book::read(&name, &bytes)?;
    if book.spine.len() > MOST_CHAPTERS {
        let limit = format!("its spine is longer than {MOST_CHAPTERS} parts");
        return Err(ReadError::TooLarge { kind: KIND, limit });
    }
    let locked = locked(&mut archive)?;
    let markup = markup(&Stated::read(KIND, &name, &bytes)?);
    let mut this = RawDocument {
        blocks: Vec::new(),
        format: Format::Epub,
        encoding: "UTF-8".to_owned(),
        markup,
        warnings: Vec::new(),
    };
    let mut apart = 0_usize;
    let mut seen = HashSet::new();
    for (id, is_linear) in &book.spine {
        // a part that the spine names twice is one part
        let Some(item) = book.items.get(id).filter(|item| seen.insert(item.name.clone())) else {
            continue;
        };
        if locked.contains(&item.name) {
            return Err(ReadError::Encrypted { kind: KIND });
        }
        let name = &item.name;
        if !matches!(item.media_type.as_str(), "application/xhtml+xml" | "text/html") {
            this.warnings.push(format!("the part {name:?} is {}: not read", item.media_type));
            continue;
        }
        let Some(bytes) = archive.part(name)? else {
            this.warnings.push(format!("the book has no part {name:?}, which its spine names"));
            continue;
        };
        if bytes.is_empty() {
            continue;
        }
        let damaged =
            |_| ReadError::Damaged { kind: KIND, place: format!("its part {name:?} is not text") };
        let decoded = encoding::decode(&bytes).map_err(damaged)?;
        let chapter = html::read(&decoded.text);
        let reason = match (item.is_contents, is_linear) {
            (true, _) => Some("table of contents"),
            (false, false) => Some("outside the reading order"),
            (false, true) => None,
        };
        apart += usize::from(reason == Some("outside the reading order"));
        for mut block in chapter.blocks {
            block.aside = reason.or(block.aside);
            this.blocks.push(block);
        }
        let of_chapter = if reason.is_none() { chapter.warnings } else { Vec::new() };
        let warnings = decoded.warnings.into_iter().chain(of_chapter);
        this.warnings.extend(warnings.map(|warning| format!("{name}: {warning}")));
    }
    match apart {
        0 => {}
        1 => this.warnings.push("1 part is outside the reading order and is set aside".to_owned()),
        n => {
            this.warnings.push(format!("{n} parts are outside the reading order and are set aside"))
        }
    }
    Ok(this)
}

/// The name of the part that describes the book.
fn package(container: &[u8]) -> Result<String, ReadError> {
    let mut found = None;
    xml::walk(KIND, CONTAINER, container, |event| {
        if let Event::Open(element) = event
            && element.name() == "rootfile"
            && found.is_none()
        {
            found = element.attribute("full-path");
        }
    })?;
    let place = || format!("its part {CONTAINER:?} names no book");
    found
        .map(|path| resolve("", &path))
        .ok_or_else(|| ReadError::Damaged { kind: KIND, place: place() })
}

/// What a book consists of.
#[derive(Default)]
struct Book {
    items: HashMap<String, Item>,
    /// Identifiers of items in reading order, and whether each is linear.
    spine: Vec<(String, bool)>,
}

struct Item {
    name: String,
    media_type: String,
    is_contents: bool,
}

impl Book {
    fn read(part: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let mut book = Self::default();
        xml::walk(KIND, part, bytes, |event| {
            let Event::Open(element) = event else { return };
            let value = |name: &str| element.attribute(name).unwrap_or_default();
            match element.name() {
                "item" => {
                    let is_contents =
                        value("properties").split_ascii_whitespace().any(|p| p == "nav");
                    let (name, media_type) = (resolve(part, &value("href")), value("media-type"));
                    book.items.insert(value("id"), Item { name, media_type, is_contents });
                }
                "itemref" => book.spine.push((value("idref"), value("linear") != "no")),
                _ => {}
            }
        })?;
        Ok(book)
    }
}

/// The names of the parts that are encrypted. Fonts often are, in books that can be read.
fn locked(archive: &mut Archive<'_>) -> Result<HashSet<String>, ReadError> {
    const PART: &str = "META-INF/encryption.xml";
    let mut names = HashSet::new();
    let Some(bytes) = archive.part(PART)? else { return Ok(names) };
    xml::walk(KIND, PART, &bytes, |event| {
        if let Event::Open(element) = event
            && element.name() == "CipherReference"
        {
            names.extend(element.attribute("URI").map(|path| resolve("", &path)));
        }
    })?;
    Ok(names)
}

fn markup(stated: &Stated) -> Markup {
    let of_book =
        |of: &Option<String>| of.as_ref().is_none_or(|of| PUBLISHED.contains(&of.as_str()));
    let is_date = |fact: &&(String, Option<String>, String)| fact.0 == "date" && of_book(&fact.1);
    let dates = stated.facts.iter().filter(is_date);
    let creators = stated.facts.iter().filter(|fact| fact.0 == "creator");
    Markup {
        title: stated.first("title"),
        language: stated.first("language"),
        authors: creators.map(|(_, _, name)| Credit::new("dc:creator", name)).collect(),
        licence: stated.first("rights").map(|terms| ("dc:rights".to_owned(), terms)),
        dates: dates.map(|(_, _, day)| ("dc:date".to_owned(), day.clone())).collect(),
        ..Markup::default()
    }
}
