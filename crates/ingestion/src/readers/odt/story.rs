//! The way through the text of an OpenDocument file, event by event and without recursion, and the
//! little that has to be known of its styles.

use std::collections::HashMap;

use super::super::rows::{Rows, left_out};
use super::super::xml::{self, Element, Event};
use super::super::{RawBlock, ReadError, Shape};
use super::KIND;
use crate::normalise::normalise;

/// How many styles a style may rest on.
const LONGEST_CHAIN: usize = 32;

/// The styles of a file, by name.
#[derive(Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    hidden: Option<bool>,
}

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, part: &str, bytes: &[u8]) -> Result<(), ReadError> {
        let mut open: Option<String> = None;
        xml::walk(KIND, part, bytes, |event| match event {
            Event::Open(element) => match element.name() {
                "style" => {
                    open = element.attribute("name");
                    if let Some(name) = &open {
                        let parent = element.attribute("parent-style-name");
                        self.by_name.insert(name.clone(), Style { parent, hidden: None });
                    }
                }
                "text-properties" => {
                    let style = open.as_ref().and_then(|name| self.by_name.get_mut(name));
                    if let (Some(style), Some(shown)) = (style, element.attribute("display")) {
                        style.hidden = Some(shown == "none");
                    }
                }
                _ => {}
            },
            Event::Close(end) if end.name() == "style" => open = None,
            _ => {}
        })
    }

    /// A style and those it rests on, by name.
    fn chain<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, Option<&'a Style>)> {
        let of = |name: &'a str| (name, self.by_name.get(name));
        let next = move |(_, style): &(&'a str, Option<&'a Style>)| {
            style.as_ref()?.parent.as_deref().map(of)
        };
        std::iter::successors(Some(of(name)), next).take(LONGEST_CHAIN)
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.chain(name).find_map(|(_, style)| style?.hidden).unwrap_or(false)
    }

    fn rests_on(&self, name: &str, base: &str) -> bool {
        self.chain(name).any(|(name, _)| name == base)
    }
}

/// A text on its way.
pub(super) struct Story<'a> {
    styles: &'a Styles,
    rows: Rows,
    /// The paragraphs that are open: one in a note stands in another.
    paragraphs: Vec<Paragraph>,
    /// How deep lists nest: in the text, then in each cell, box and note that is open.
    lists: Vec<u8>,
    /// How deep the way is in elements that are passed over.
    skipped: usize,
    /// How many tables of contents are open.
    contents: usize,
    /// The mark of a note, or the number of a paragraph, that is open.
    mark: Option<String>,
    /// Marks of the notes that are open.
    marks: Vec<Option<String>>,
    told: Told,
}

/// What a text told.
#[derive(Default)]
pub(super) struct Told {
    pub(super) blocks: Vec<RawBlock>,
    deletions: usize,
    comments: usize,
}

struct Paragraph {
    shape: Shape,
    label: Option<String>,
    text: String,
    /// Notes and boxes that hang on it, to follow it.
    after: Vec<RawBlock>,
    /// How many cells, boxes and notes were open where it began.
    depth: usize,
}

impl<'a> Story<'a> {
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            rows: Rows::new(),
            paragraphs: Vec::new(),
            lists: vec![0],
            skipped: 0,
            contents: 0,
            mark: None,
            marks: Vec::new(),
            told: Told::default(),
        }
    }

    pub(super) fn visit(&mut self, event: Event<'_>) {
        match event {
            Event::Open(element) if self.skipped > 0 => {
                self.skipped += 1;
                self.told.deletions += usize::from(element.name() == "deletion");
            }
            Event::Open(element) => self.open(&element),
            Event::Text(_) if self.skipped > 0 => {}
            Event::Text(text) => match &mut self.mark {
                Some(mark) => mark.push_str(&text),
                None => self.push(&text),
            },
            Event::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Event::Close(end) => self.close(end.name()),
        }
    }

    pub(super) fn finish(mut self) -> Told {
        while let Some(paragraph) = self.paragraphs.pop() {
            self.place(paragraph);
        }
        Told { blocks: self.rows.finish(), ..self.told }
    }

    fn open(&mut self, element: &Element<'_>) {
        let name = element.name();
        if self.is_silent(element) {
            self.skipped = 1;
            self.told.comments += usize::from(name == "annotation");
            return;
        }
        match name {
            "h" => {
                let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
                self.begin(Shape::Heading(level.unwrap_or(1).clamp(1, 6)));
            }
            "p" => {
                let style = element.attribute("style-name").unwrap_or_default();
                let shape = match self.lists.last() {
                    Some(&depth) if depth > 0 => Shape::ListItem(depth),
                    _ if self.styles.rests_on(&style, "Title") => Shape::Heading(1),
                    _ if self.styles.rests_on(&style, "Caption") => Shape::Caption,
                    _ => Shape::Paragraph,
                };
                self.begin(shape);
            }
            "list" => self.lists.last_mut().into_iter().for_each(|d| *d = d.saturating_add(1)),
            "s" | "tab" | "line-break" => self.push(" "),
            "note-citation" | "number" => self.mark = Some(String::new()),
            "note" => self.marks.push(None),
            "note-body" | "text-box" | "table-cell" => {
                self.rows.begin();
                self.lists.push(0);
            }
            "table-row" => self.rows.begin_row(),
            name if is_contents(name) => self.contents += 1,
            _ => {}
        }
    }

    /// Whether an element shows no text: deleted, hidden, described elsewhere, or a comment.
    fn is_silent(&self, element: &Element<'_>) -> bool {
        let is =
            |attribute: &str, value: &str| element.attribute(attribute).as_deref() == Some(value);
        let hidden =
            || element.attribute("style-name").is_some_and(|style| self.styles.is_hidden(&style));
        match element.name() {
            "tracked-changes" | "annotation" | "forms" | "covered-table-cell" | "ruby-text"
            | "title" | "desc" | "binary-data" | "sequence-decls" => true,
            "section" => is("display", "none"),
            "hidden-text" => is("is-hidden", "true"),
            "p" | "h" | "span" => hidden(),
            name => name.ends_with("-source"),
        }
    }

    fn begin(&mut self, shape: Shape) {
        let depth = self.lists.len();
        let (label, text, after) = (None, String::new(), Vec::new());
        self.paragraphs.push(Paragraph { shape, label, text, after, depth });
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    self.place(paragraph);
                }
            }
            "list" => self.lists.last_mut().into_iter().for_each(|d| *d = d.saturating_sub(1)),
            "number" => {
                let label = self.mark.take();
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    let label = label.as_deref().map(normalise);
                    let label = label.map(|label| label.trim_matches(['.', '(', ')']).to_owned());
                    paragraph.label = label.filter(|label| !label.is_empty());
                }
            }
            "note-citation" => {
                let mark = self.mark.take().map(|mark| normalise(&mark).into_owned());
                let mark = mark.filter(|mark| !mark.is_empty());
                self.marks.last_mut().into_iter().for_each(|open| *open = mark.clone());
            }
            "note-body" => {
                let mut blocks = self.end_box();
                for block in &mut blocks {
                    block.shape = Shape::Footnote;
                }
                let label = self.marks.last_mut().and_then(Option::take);
                if let Some(first) = blocks.first_mut() {
                    first.label = label;
                }
                self.follow(blocks);
            }
            "note" => drop(self.marks.pop()),
            "text-box" => {
                let blocks = self.end_box();
                self.follow(blocks);
            }
            "table-cell" => {
                self.lists.pop();
                self.rows.end_cell();
            }
            "table-row" => self.rows.end_row(),
            name if is_contents(name) => self.contents = self.contents.saturating_sub(1),
            _ => {}
        }
    }

    fn end_box(&mut self) -> Vec<RawBlock> {
        self.lists.pop();
        self.rows.end()
    }

    /// Blocks that follow the paragraph that is open here.
    fn follow(&mut self, blocks: Vec<RawBlock>) {
        let depth = self.lists.len();
        match self.paragraphs.last_mut().filter(|open| open.depth == depth) {
            Some(paragraph) => paragraph.after.extend(blocks),
            None => self.rows.extend(blocks),
        }
    }

    fn place(&mut self, paragraph: Paragraph) {
        let text = normalise(&paragraph.text).into_owned();
        let aside = (self.contents > 0).then_some("table of contents");
        let mut blocks = Vec::with_capacity(1 + paragraph.after.len());
        if !text.is_empty() {
            let label = paragraph.label;
            blocks.push(RawBlock { label, aside, ..RawBlock::new(paragraph.shape, text) });
        }
        blocks.extend(paragraph.after);
        self.follow(blocks);
    }
}

fn is_contents(name: &str) -> bool {
    matches!(name, "table-of-content" | "illustration-index" | "table-index")
}

impl Told {
    /// What a person should know.
    pub(super) fn warnings(&self) -> impl Iterator<Item = String> {
        left_out(self.deletions, self.comments)
    }
}
