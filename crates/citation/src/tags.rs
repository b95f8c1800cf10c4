//! Tags: names that a reader gives to passages, with notes. They are kept as web annotations, one a
//! line, each with selectors of the words it was given to: so they outlast a new index and another
//! cutting into passages, and a text that changed is noticed. A line that cannot be read is kept as it is.

use model::{CharacterRange, ContentHash, PartialDate, Passage, PassageId};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::selectors::{Selectors, Target};

/// The most scalar values of a tag's name.
const LONGEST_NAME: usize = 100;

/// A tag on a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What the reader noted.
    pub note: Option<String>,
    /// The passage, as it was called when the tag was given.
    pub passage: PassageId,
    /// The day it was given.
    pub created: PartialDate,
    /// SHA-256 of the captured bytes.
    pub sha256: ContentHash,
    /// The source's address.
    pub url: Option<String>,
    /// The passage's words and their place.
    pub selectors: Selectors,
}

/// The tags of a library, as they stand in its file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Line {
    Tag(Box<Tag>),
    /// A line that is no tag, and why.
    Other(String, String),
}

/// What came of giving a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tagged {
    /// The passage has it now.
    Added,
    /// The passage had it with another note, which this one replaced.
    Noted,
    /// The passage had it so already.
    Held,
}

/// A name that no tag can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidName {
    /// It has no letters or digits.
    #[error("a tag's name needs a letter or digit: write, for example, registration")]
    Empty,
    /// It is too long.
    #[error("a tag's name has at most {LONGEST_NAME} characters: put the rest into --note")]
    TooLong,
    /// It holds a control character.
    #[error("a tag's name holds no control characters: write it in letters")]
    Control,
}

#[derive(Deserialize)]
struct Shape {
    created: PartialDate,
    body: Vec<Body>,
    target: Source,
    #[serde(rename = "forb:passage")]
    passage: PassageId,
    #[serde(rename = "forb:sha256")]
    sha256: ContentHash,
}

#[derive(Deserialize)]
struct Body {
    purpose: String,
    value: String,
}

#[derive(Deserialize)]
struct Source {
    source: String,
}

/// A tag's name as it is kept: its runs of white space are one space.
///
/// # Errors
/// When no tag can be called so.
pub fn tag_name(text: &str) -> Result<String, InvalidName> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match &name {
        name if name.chars().any(char::is_control) => Err(InvalidName::Control),
        name if !name.contains(char::is_alphanumeric) => Err(InvalidName::Empty),
        name if name.chars().count() > LONGEST_NAME => Err(InvalidName::TooLong),
        _ => Ok(name),
    }
}

impl Tag {
    /// Whether the tag is called so, whatever the case and the accents.
    pub fn is_called(&self, name: &str) -> bool {
        model::fold(&self.name) == model::fold(name)
    }

    /// Whether all its words stand in a passage, at the very place.
    pub fn stands_in(&self, passage: &Passage) -> bool {
        let (place, own) = (self.selectors.position, passage.locator.characters);
        let inside = |at: usize| at.checked_sub(own.start);
        let range = inside(place.start).zip(inside(place.end));
        let range =
            range.and_then(|(start, end)| CharacterRange { start, end }.in_bytes(&passage.text));
        range.and_then(|range| range.of(&passage.text)) == Some(&self.selectors.exact)
    }

    fn is_same(&self, other: &Tag) -> bool {
        self.name == other.name
            && self.passage.document == other.passage.document
            && self.selectors.position == other.selectors.position
    }

    fn line(&self) -> Value {
        let target =
            Target { url: self.url.clone(), sha256: self.sha256, captured: None, archived: None };
        let mut line = self.selectors.annotation(&target);
        let body = |purpose: &str, value: &str| json!({ "type": "TextualBody", "purpose": purpose, "value": value });
        let note = self.note.as_deref().map(|note| body("commenting", note));
        let bodies: Vec<Value> = std::iter::once(body("tagging", &self.name)).chain(note).collect();
        line["motivation"] = "tagging".into();
        line["created"] = self.created.to_string().into();
        line["body"] = bodies.into();
        line["forb:passage"] = self.passage.to_string().into();
        line["forb:sha256"] = self.sha256.to_hex().into();
        line
    }

    fn read(line: &str) -> Result<Self, String> {
        let selectors = Selectors::from_annotation(line).map_err(|error| error.to_string())?;
        let shape: Shape = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let said = |purpose: &str| {
            let mut bodies = shape.body.iter();
            bodies.find(|body| body.purpose == purpose).map(|body| body.value.clone())
        };
        let name = said("tagging").ok_or("it has no body whose purpose is tagging")?;
        let url = Some(shape.target.source).filter(|source| !source.starts_with("ni:"));
        Ok(Self {
            name: tag_name(&name).map_err(|error| error.to_string())?,
            note: said("commenting"),
            passage: shape.passage,
            created: shape.created,
            sha256: shape.sha256,
            url,
            selectors,
        })
    }
}

impl Tags {
    /// Reads the file of a library's tags. Empty lines are passed over.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let lines = lines.map(|line| match Tag::read(line) {
            Ok(tag) => Line::Tag(Box::new(tag)),
            Err(reason) => Line::Other(line.to_owned(), reason),
        });
        Self { lines: lines.collect() }
    }

    /// The text of the file, a line a tag.
    pub fn to_text(&self) -> String {
        let line = |line: &Line| match line {
            Line::Tag(tag) => format!("{}\n", tag.line()),
            Line::Other(line, _) => format!("{line}\n"),
        };
        self.lines.iter().map(line).collect()
    }

    /// The tags, in the order in which they were given.
    pub fn iter(&self) -> impl Iterator<Item = &Tag> {
        self.lines.iter().filter_map(|line| match line {
            Line::Tag(tag) => Some(&**tag),
            Line::Other(..) => None,
        })
    }

    /// The lines that are no tags, each with its number from 1 among the lines that are not empty, and
    /// why.
    pub fn unread(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().enumerate().filter_map(|(at, line)| match line {
            Line::Other(_, reason) => Some((at + 1, reason.as_str())),
            Line::Tag(_) => None,
        })
    }

    /// Gives a tag. A passage has a tag of one name once only.
    pub fn add(&mut self, tag: Tag) -> Tagged {
        let held = self.lines.iter_mut().find_map(|line| match line {
            Line::Tag(held) if held.is_same(&tag) => Some(held),
            _ => None,
        });
        match held {
            None => {
                self.lines.push(Line::Tag(Box::new(tag)));
                Tagged::Added
            }
            Some(held) if tag.note.is_none() || held.note == tag.note => Tagged::Held,
            Some(held) => {
                held.note = tag.note;
                Tagged::Noted
            }
        }
    }

    /// Takes away the tags that `gone` names; how many there were.
    pub fn remove(&mut self, gone: impl Fn(&Tag) -> bool) -> usize {
        let before = self.lines.len();
        self.lines.retain(|line| !matches!(line, Line::Tag(tag) if gone(tag)));
        before - self.lines.len()
    }
}

#[cfg(test)]
mod tests {
    use model::TextRange;

    use super::*;

    const TEXT: &str = "One law. “Two” laws were applied. Three.";

    fn tag(name: &str, note: Option<&str>) -> Tag {
        let sha256 = ContentHash([7; 32]);
        let start = TEXT.find('“').expect("a mark");
        let selectors = Selectors::of(TEXT, TextRange::new(start, start + 27));
        Tag {
            name: name.to_owned(),
            note: note.map(str::to_owned),
            passage: PassageId::new(sha256.document_id(), "4".parse().expect("a place")),
            created: "2024-05-06".parse().expect("a day"),
            sha256,
            url: Some("https://example.org/".to_owned()),
            selectors: selectors.expect("a place"),
        }
    }

    #[test]
    fn tags_are_annotations_a_line_each_and_come_back() {
        let mut tags = Tags::default();
        assert_eq!(tags.add(tag("laws", Some("see “it”"))), Tagged::Added);
        assert_eq!(tags.add(tag("courts", None)), Tagged::Added);
        assert_eq!(tags.add(tag("laws", None)), Tagged::Held);
        assert_eq!(tags.add(tag("laws", Some("new"))), Tagged::Noted);
        let text = tags.to_text();
        assert_eq!(text.lines().count(), 2);
        assert_eq!(Tags::read(&text), tags);
        let first: Value =
            serde_json::from_str(text.lines().next().expect("a line")).expect("JSON");
        assert_eq!(first["motivation"], "tagging");
        assert_eq!(first["body"][1]["value"], "new");
        assert_eq!(tags.remove(|tag| tag.is_called("LAWS")), 1);
        assert_eq!(tags.iter().count(), 1);
    }

    #[test]
    fn a_line_that_is_no_tag_is_told_and_kept() {
        let own = "# my list\n{\"a\":1}\n";
        let mut tags = Tags::read(own);
        assert_eq!(tags.unread().map(|(line, _)| line).collect::<Vec<_>>(), [1, 2]);
        tags.add(tag("laws", None));
        assert!(tags.to_text().starts_with(own));
    }

    #[test]
    fn names_are_words() {
        assert_eq!(tag_name("  house \n church "), Ok("house church".to_owned()));
        assert_eq!(tag_name("“ ”"), Err(InvalidName::Empty));
        assert_eq!(tag_name("a\u{1b}[0m"), Err(InvalidName::Control));
        assert_eq!(tag_name(&"x".repeat(101)), Err(InvalidName::TooLong));
    }
}
