//! OpenDocument texts (ODT) into blocks.
//!
//! The text is what a word processor shows with all changes accepted: what was deleted, comments and
//! hidden text are not read, and deletions and comments are counted in a warning. Headings have the
//! level the file gives them; notes follow the block that refers to them; tables of contents and the
//! heads and feet of pages are kept aside. The story itself is gone through in [`story`]. Numbers of
//! lists are not counted: few files say which they are.

mod story;

#[cfg(test)]
mod tests;

use super::archive::Archive;
use super::xml::{self, Event, Stated};
use super::{Credit, Format, Markup, RawBlock, RawDocument, ReadError};
use story::{Story, Styles};

const KIND: &str = "an OpenDocument text (ODT)";

/// Whether an archive is an OpenDocument text, by the type it declares.
pub(super) fn is_odt(declared: &[u8]) -> bool {
    declared.trim_ascii().starts_with(b"application/vnd.oasis.opendocument.text")
}

/// Reads an OpenDocument text.
pub(super) fn read(mut archive: Archive<'_>) -> Result<RawDocument, ReadError> {
    archive.kind = KIND;
    let manifest = archive.part("META-INF/manifest.xml")?.unwrap_or_default();
    if String::from_utf8_lossy(&manifest).contains("encryption-data") {
        return Err(ReadError::Encrypted { kind: KIND });
    }
    let mut styles = Styles::default();
    let [mut heads, mut feet] = [Vec::new(), Vec::new()];
    if let Some(bytes) = archive.part("styles.xml")? {
        styles.read("styles.xml", &bytes)?;
        [heads, feet] = edges(&styles, &bytes)?;
    }
    let content = archive.needed("content.xml")?;
    styles.read("content.xml", &content)?;
    let mut story = Story::new(&styles);
    let mut within = 0_usize;
    xml::walk(KIND, "content.xml", &content, |event| {
        let is_edge = |name: &str| name == "text";
        match &event {
            Event::Open(element) if within == 0 => {
                within = usize::from(is_edge(element.name()));
                return;
            }
            Event::Open(_) => within += 1,
            Event::Close(_) => within = within.saturating_sub(1),
            Event::Text(_) => {}
        }
        if within > 0 {
            story.visit(event);
        }
    })?;
    let told = story.finish();
    let warnings = told.warnings().collect();
    let blocks = heads.into_iter().chain(told.blocks).chain(feet).collect();
    let markup = match archive.part("meta.xml")? {
        Some(bytes) => markup(&Stated::read(KIND, "meta.xml", &bytes)?),
        None => Markup::default(),
    };
    Ok(RawDocument { blocks, format: Format::Odt, encoding: "UTF-8".to_owned(), markup, warnings })
}

/// The heads and feet of the pages, each text once.
fn edges(styles: &Styles, bytes: &[u8]) -> Result<[Vec<RawBlock>; 2], ReadError> {
    let mut edges = [Vec::new(), Vec::new()];
    let mut open: Option<(usize, Story<'_>)> = None;
    xml::walk(KIND, "styles.xml", bytes, |event| {
        let name = match &event {
            Event::Open(element) => element.name(),
            Event::Close(end) => end.name(),
            Event::Text(_) => "",
        };
        let edge = match name {
            "header" | "header-left" | "header-first" => Some(0),
            "footer" | "footer-left" | "footer-first" => Some(1),
            _ => None,
        };
        match (edge, &event) {
            (Some(edge), Event::Open(_)) => open = Some((edge, Story::new(styles))),
            (Some(_), Event::Close(_)) => {
                let Some((edge, story)) = open.take() else { return };
                for mut block in story.finish().blocks {
                    block.aside = Some(if edge == 0 { "page head" } else { "page foot" });
                    let is_same = |known: &RawBlock| known.text == block.text;
                    if !edges[edge].iter().any(is_same) {
                        edges[edge].push(block);
                    }
                }
            }
            _ => {
                if let Some((_, story)) = &mut open {
                    story.visit(event);
                }
            }
        }
    })?;
    Ok(edges)
}

fn markup(stated: &Stated) -> Markup {
    let created = stated.first("creation-date");
    let author = stated.first("initial-creator").or_else(|| stated.first("creator"));
    Markup {
        title: stated.first("title"),
        language: stated.first("language"),
        authors: author.map(|name| Credit::new("dc:creator", name)).into_iter().collect(),
        dates: created.map(|day| ("meta:creation-date".to_owned(), day)).into_iter().collect(),
        ..Markup::default()
    }
}
