//! Tags as text and as JSON: which passages have them, and which read as they did.

use citation::Tag;
use model::PassageId;
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::DOT;
use crate::style::Style;

/// How many characters of a passage are shown on a terminal; a pipe gets all of it.
const SHOWN: usize = 160;

/// A tag and what became of it.
#[derive(Clone, Debug)]
pub struct ShownTag {
    /// The tag.
    pub tag: Tag,
    /// Where its words stand now.
    pub standing: TagStanding,
}

/// Where the words of a tag stand now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TagStanding {
    /// At their very place, in these passages.
    Exact(Vec<PassageId>),
    /// Not there any more, and why.
    Orphaned(String),
}

impl ShownTag {
    /// Whether the words do not stand at their place any more.
    pub fn is_orphaned(&self) -> bool {
        matches!(self.standing, TagStanding::Orphaned(_))
    }

    /// The passages in which they stand.
    pub fn passages(&self) -> &[PassageId] {
        match &self.standing {
            TagStanding::Exact(passages) => passages,
            TagStanding::Orphaned(_) => &[],
        }
    }

    fn status(&self) -> &'static str {
        if self.is_orphaned() { "orphaned" } else { "exact" }
    }

    fn reason(&self) -> Option<&str> {
        match &self.standing {
            TagStanding::Exact(_) => None,
            TagStanding::Orphaned(reason) => Some(reason),
        }
    }

    /// The passages now, or the one it was given to.
    fn ids(&self) -> Vec<String> {
        match self.passages() {
            [] => vec![self.tag.passage.to_string()],
            passages => passages.iter().map(ToString::to_string).collect(),
        }
    }
}

#[derive(Serialize)]
struct TagsShape<'a> {
    format_version: u32,
    tags: Vec<TagShape<'a>>,
}

#[derive(Serialize)]
struct TagShape<'a> {
    name: &'a str,
    note: Option<&'a str>,
    status: &'static str,
    reason: Option<&'a str>,
    tagged: String,
    passages: Vec<String>,
    created: String,
    quotation: &'a str,
}

/// The tags as JSON.
pub fn tags_json(tags: &[ShownTag]) -> String {
    let shape = |shown: &'_ ShownTag| -> Vec<String> {
        shown.passages().iter().map(ToString::to_string).collect()
    };
    let tags = tags.iter().map(|shown| TagShape {
        name: &shown.tag.name,
        note: shown.tag.note.as_deref(),
        status: shown.status(),
        reason: shown.reason(),
        tagged: shown.tag.passage.to_string(),
        passages: shape(shown),
        created: shown.tag.created.to_string(),
        quotation: &shown.tag.selectors.exact,
    });
    to_json(&TagsShape { format_version: FORMAT_VERSION, tags: tags.collect() })
}

/// The tags as text: for a terminal a block each, in a pipe a line.
pub fn tags_text(tags: &[ShownTag], style: Style) -> String {
    let mut out = String::new();
    for shown in tags {
        match style.width {
            None => write_row(&mut out, shown, style),
            Some(_) => write_block(&mut out, shown, style),
        }
    }
    out
}

fn write_row(out: &mut String, shown: &ShownTag, style: Style) {
    let line = Line::new(style).plain("tag").tab().plain(&shown.tag.name).tab();
    let line = line.add(Look::Id, &shown.ids().join(",")).tab().plain(shown.status()).tab();
    let line = line.marked(shown.tag.note.as_deref().unwrap_or("-"), &[]).tab();
    let line = line.plain(shown.reason().unwrap_or("-")).tab();
    line.marked(&shown.tag.selectors.exact, &[]).write(out, 0, 0);
}

fn write_block(out: &mut String, shown: &ShownTag, style: Style) {
    let line = Line::new(style).add(Look::Strong, &shown.tag.name).add(Look::Faint, DOT);
    let line = line.add(Look::Id, &shown.ids().join(", ")).add(Look::Faint, DOT);
    let look = if shown.is_orphaned() { Look::Warning } else { Look::Faint };
    line.add(look, shown.status()).write(out, 0, 4);
    let words = &shown.tag.selectors.exact;
    let mut text: String = words.chars().take(SHOWN).collect();
    if text.len() < words.len() {
        text.push('…');
    }
    Line::new(style).marked(&text, &[]).write(out, 4, 4);
    if let Some(note) = &shown.tag.note {
        Line::new(style).add(Look::Faint, "note: ").marked(note, &[]).write(out, 4, 6);
    }
    if let Some(reason) = shown.reason() {
        Line::new(style).add(Look::Warning, reason).write(out, 4, 6);
    }
}
