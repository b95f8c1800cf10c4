//! What the styles of a Word file say about the paragraphs and runs that use them.

use std::collections::HashMap;

use super::super::xml::{self, Element, Event};
use super::{ById, ReadError, is_on};

/// How many styles a style may rest on.
const LONGEST_CHAIN: usize = 32;

/// A style, with what it takes over from those it rests on.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Its name, in lower case; built-in styles have English names in every language.
    pub(super) name: String,
    based_on: Option<String>,
    /// The outline level, from 0; 9 is body text.
    pub(super) outline: Option<u8>,
    /// The numbering of its paragraphs, and their level where it is stated.
    pub(super) numbering: Option<String>,
    pub(super) level: Option<u8>,
    /// Whether its text is hidden.
    pub(super) hidden: Option<bool>,
}

/// The styles of a file by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: ById<Style>,
    default: Style,
}

impl Styles {
    pub(super) fn read(kind: &'static str, part: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let mut raw: ById<Style> = HashMap::new();
        let mut default = None;
        let mut open: Option<(String, Style)> = None;
        let mut changes = 0_usize;
        xml::walk(kind, part, bytes, |event| match event {
            Event::Open(element) if element.name().ends_with("PrChange") => changes += 1,
            Event::Open(element) if element.name() == "style" => {
                let id = element.attribute("styleId").unwrap_or_default();
                let is_paragraph = element.attribute("type").as_deref() == Some("paragraph");
                let is_default =
                    element.attribute("default").is_some_and(|v| v == "1" || v == "true");
                if is_paragraph && is_default {
                    default = Some(id.clone());
                }
                open = Some((id, Style::default()));
            }
            Event::Open(element) => {
                if let Some((_, style)) = open.as_mut().filter(|_| changes == 0) {
                    style.property(&element);
                }
            }
            Event::Close(end) if end.name().ends_with("PrChange") => changes -= 1,
            Event::Close(end) if end.name() == "style" => raw.extend(open.take()),
            _ => {}
        })?;
        let by_id: ById<Style> = raw.keys().map(|id| (id.clone(), resolved(&raw, id))).collect();
        let default = default.and_then(|id| by_id.get(&id).cloned()).unwrap_or_default();
        Ok(Self { by_id, default })
    }

    /// The style of this identifier; the default one for a paragraph that names none.
    pub(super) fn of(&self, id: Option<&str>) -> &Style {
        id.and_then(|id| self.by_id.get(id)).unwrap_or(&self.default)
    }
}

impl Style {
    fn property(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        match element.name() {
            "name" => self.name = value().unwrap_or_default().to_lowercase(),
            "basedOn" => self.based_on = value(),
            "outlineLvl" => self.outline = value().and_then(|level| level.parse().ok()),
            "numId" => self.numbering = value(),
            "ilvl" => self.level = value().and_then(|level| level.parse().ok()),
            "vanish" => self.hidden = Some(is_on(element)),
            _ => {}
        }
    }

    /// The level of the heading that its paragraphs are; `Title` is one of the first level.
    pub(super) fn heading(&self) -> Option<u8> {
        if self.name == "title" {
            return Some(1);
        }
        let named = || self.name.strip_prefix("heading ")?.parse::<u8>().ok()?.checked_sub(1);
        heading_of(self.outline.or_else(named)?)
    }

    /// Whether its paragraphs are a table of contents.
    pub(super) fn is_contents(&self) -> bool {
        let of_level = self.name.strip_prefix("toc ").is_some_and(|rest| rest.len() == 1);
        of_level || self.name == "toc heading" || self.name == "table of figures"
    }
}

/// The level of a heading of this outline level.
pub(super) fn heading_of(outline: u8) -> Option<u8> {
    (outline < 9).then(|| (outline + 1).min(6))
}

fn resolved(raw: &ById<Style>, id: &str) -> Style {
    let mut style = raw.get(id).cloned().unwrap_or_default();
    let mut next = style.based_on.clone();
    for _ in 0..LONGEST_CHAIN {
        let Some(base) = next.as_ref().and_then(|id| raw.get(id)) else { break };
        // a style made from a built-in heading is one, whatever it is called; one made from that of
        // the title is not
        if style.outline.is_none() && style.heading().is_none() && base.name != "title" {
            style.outline = base.outline.or_else(|| base.heading().map(|level| level - 1));
        }
        style.level = style.level.or(base.level.filter(|_| style.numbering.is_none()));
        style.numbering = style.numbering.or_else(|| base.numbering.clone());
        style.hidden = style.hidden.or(base.hidden);
        next.clone_from(&base.based_on);
    }
    style
}
