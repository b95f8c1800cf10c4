//! Word files (DOCX) into blocks.
//!
//! The parts are found by their relations, never by fixed names alone. The text is what Word shows
//! with all changes accepted: insertions and the results of fields are kept; deletions, the codes of
//! fields, hidden text and comments are not, and deletions and comments are counted in a warning.
//! Levels of headings come from outline levels and the built-in styles ([`styles`]); printed numbers
//! of paragraphs are counted as Word counts them ([`numbering`]) and become labels; the story itself
//! is gone through in [`story`]. Notes follow the block that refers to them. Heads and feet of pages
//! are kept aside.

mod numbering;
mod story;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::archive::{Archive, resolve};
use super::xml::{self, Event, Stated};
use super::{Credit, Format, Markup, RawBlock, RawDocument, ReadError};
use numbering::Numbering;
use story::{Notes, Story};
use styles::Styles;

const KIND: &str = "a Word file (DOCX)";
const MAIN: &str = "word/document.xml";

/// Whether an archive is a Word file.
pub(super) fn is_docx(archive: &Archive<'_>) -> bool {
    archive.has("[Content_Types].xml") && archive.has_under("word/")
}

/// Reads a Word file.
pub(super) fn read(mut archive: Archive<'_>) -> Result<RawDocument, ReadError> {
    archive.kind = KIND;
    let package = relations(&mut archive, "")?;
    let target = |kind: &str, all: &[Relation]| {
        all.iter().find(|relation| relation.kind == kind).map(|found| found.target.clone())
    };
    let main = target("officeDocument", &package).unwrap_or_else(|| MAIN.to_owned());
    let related = relations(&mut archive, &main)?;
    let mut part = |kind: &str| match target(kind, &related) {
        Some(name) => Ok(archive.part(&name)?.map(|bytes| (name, bytes))),
        None => Ok(None),
    };
    let styles = match part("styles")? {
        Some((name, bytes)) => Styles::read(KIND, &name, &bytes)?,
        None => Styles::default(),
    };
    let mut numbering = match part("numbering")? {
        Some((name, bytes)) => Numbering::read(KIND, &name, &bytes)?,
        None => Numbering::default(),
    };
    let settings = part("settings")?;
    let mut notes = Notes::default();
    let mut warnings = Vec::new();
    for kind in ["footnotes", "endnotes"] {
        if let Some((name, bytes)) = part(kind)? {
            notes.read(&name, &bytes, &styles, &mut numbering)?;
        }
    }
    if let Some((name, bytes)) = &settings {
        notes.read_numbers(name, bytes)?;
    }
    let bytes = archive.needed(&main)?;
    if std::str::from_utf8(&bytes).is_ok_and(|text| text.contains("notePr")) {
        notes.read_numbers(&main, &bytes)?;
    }
    let mut story = Story::new(&styles, &mut numbering, &mut notes);
    xml::walk(KIND, &main, &bytes, |event| story.visit(event))?;
    let told = story.finish();
    warnings.extend(told.warnings());
    let mut edges: [Vec<RawBlock>; 2] = [Vec::new(), Vec::new()];
    for (edge, kind, reason) in [(0, "header", "page head"), (1, "footer", "page foot")] {
        let references = told.edges.iter().filter_map(|id| related.iter().find(|r| r.id == *id));
        for relation in references.filter(|relation| relation.kind == kind) {
            let Some(bytes) = archive.part(&relation.target)? else { continue };
            let mut story = Story::new(&styles, &mut numbering, &mut notes);
            xml::walk(KIND, &relation.target, &bytes, |event| story.visit(event))?;
            for mut block in story.finish().blocks {
                block.aside = Some(reason);
                if !edges[edge].iter().any(|known| known.text == block.text) {
                    edges[edge].push(block);
                }
            }
        }
    }
    let [heads, feet] = edges;
    let blocks = heads.into_iter().chain(told.blocks).chain(feet).collect();
    let core = package.iter().find(|relation| relation.kind == "core-properties");
    let markup = match core {
        Some(core) => match archive.part(&core.target)? {
            Some(bytes) => markup(&Stated::read(KIND, &core.target, &bytes)?),
            None => Markup::default(),
        },
        None => Markup::default(),
    };
    Ok(RawDocument { blocks, format: Format::Docx, encoding: "UTF-8".to_owned(), markup, warnings })
}

fn markup(stated: &Stated) -> Markup {
    let created = stated.first("created").map(|day| ("dcterms:created".to_owned(), day));
    Markup {
        title: stated.first("title"),
        language: stated.first("language"),
        authors: stated
            .first("creator")
            .map(|name| Credit::new("dc:creator", name))
            .into_iter()
            .collect(),
        licence: stated.first("rights").map(|terms| ("dc:rights".to_owned(), terms)),
        dates: created.into_iter().collect(),
        ..Markup::default()
    }
}

/// A relation of one part to another.
struct Relation {
    id: String,
    /// The last word of its type: `styles`, `footnotes`, `header`.
    kind: String,
    /// The name of the part it leads to.
    target: String,
}

/// The relations of a part; of the whole package, where `part` is empty. External ones lead nowhere.
fn relations(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relation>, ReadError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let name = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    let mut relations = Vec::new();
    let Some(bytes) = archive.part(&name)? else { return Ok(relations) };
    xml::walk(KIND, &name, &bytes, |event| {
        let Event::Open(element) = event else { return };
        let value = |name: &str| element.attribute(name).unwrap_or_default();
        if element.name() == "Relationship" && value("TargetMode") != "External" {
            let kind = value("Type").rsplit('/').next().unwrap_or("").to_owned();
            let target = resolve(part, &value("Target"));
            relations.push(Relation { id: value("Id"), kind, target });
        }
    })?;
    Ok(relations)
}

/// Whether a property that is on or off is on: `<w:vanish/>` is, `<w:vanish w:val="0"/>` is not.
fn is_on(element: &xml::Element<'_>) -> bool {
    !matches!(element.attribute("val").as_deref(), Some("0" | "false" | "off"))
}

/// A map by identifiers of the file.
type ById<T> = HashMap<String, T>;
