//! The second way through a page: its text into blocks, each with a shape and, where the markup sets
//! it aside, the reason.

use std::borrow::Cow;

use scraper::Html;
use scraper::node::Element;

use super::survey::Survey;
use super::{Event, attribute, chrome, walk};
use crate::normalise::normalise;
use crate::readers::{RawBlock, Shape, text};

/// The reason for text that its own style hides.
pub(super) const INVISIBLE: &str = "hidden";

/// What becomes of the borders within a block: of cells, of lines, of what is no text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Borders {
    /// Text is joined over them by a space, and is in its normal form.
    Joined,
    /// [`LINE`] and [`OBSTACLE`] stand for them, and text is as the source has it.
    Marked,
}

/// Stands for the border of a line or a cell.
pub(super) const LINE: char = '\u{1d}';
/// Stands for something that is no text.
pub(super) const OBSTACLE: char = '\u{1c}';

/// Makes the blocks of a page, in the order of its source.
pub(super) fn compose(html: &Html, survey: &Survey, borders: Borders) -> Vec<RawBlock> {
    let mut composer = Composer {
        survey,
        borders,
        frames: Vec::new(),
        shapes: Vec::new(),
        lists: 0,
        run: Run::default(),
        outer: Vec::new(),
        blocks: Vec::new(),
        deferred: Vec::new(),
        raised: 0,
    };
    walk(html, |event| match event {
        Event::Passed(element) => composer.obstacle(element),
        Event::Open(element, ordinal) => composer.open(element, ordinal),
        Event::Text(text) => composer.text(text),
        Event::Close(element) => composer.close(element),
    });
    composer.flush();
    composer.blocks
}

struct Composer<'a> {
    survey: &'a Survey,
    borders: Borders,
    frames: Vec<Frame>,
    shapes: Vec<Form>,
    lists: u8,
    run: Run,
    /// Runs interrupted by an aside in the midst of a line.
    outer: Vec<Run>,
    blocks: Vec<RawBlock>,
    /// Such asides, to follow the block they interrupted.
    deferred: Vec<RawBlock>,
    /// How many open elements raise their text.
    raised: usize,
}

/// An element that is open.
struct Frame {
    aside: Option<&'static str>,
    /// Whether it stands in the page's main part.
    within: bool,
    /// Whether it stands in an article or section, whose head and foot are its own.
    in_section: bool,
    has_form: bool,
    interrupts: bool,
}

/// What an element makes of the text in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Is(Shape),
    /// Preformatted text: read as plain text.
    Preformatted,
}

/// Text that is being gathered for a block.
#[derive(Default)]
struct Run {
    text: String,
    /// Where the text goes on after the last line break.
    after_break: Option<usize>,
}

impl Composer<'_> {
    fn open(&mut self, element: &Element, ordinal: usize) {
        self.raised += usize::from(element.name() == "sup");
        let name = element.name();
        if name == "br" {
            self.line_break();
        }
        self.obstacle(element);
        let frame = self.frame(element, ordinal);
        let parent = self.frames.last().and_then(|parent| parent.aside);
        let starts_aside = frame.aside.is_some() && frame.aside != parent;
        let mid_line = self.is_in_row() || !is_block(name);
        if starts_aside && mid_line {
            self.outer.push(std::mem::take(&mut self.run));
            self.frames.push(Frame { interrupts: true, ..frame });
        } else {
            if is_block(name) {
                self.border();
            }
            self.frames.push(frame);
        }
        self.lists = self.lists.saturating_add(u8::from(is_list(name)));
        if let Some(form) = self.form(element, ordinal) {
            self.shapes.push(form);
            if let Some(frame) = self.frames.last_mut() {
                frame.has_form = true;
            }
        }
    }

    /// The frame of an element, with the reason that sets it aside: its parent's, or its own.
    fn frame(&self, element: &Element, ordinal: usize) -> Frame {
        let parent = self.frames.last();
        let name = element.name();
        let within = parent.is_some_and(|parent| parent.within)
            || self.survey.outside.is_none()
            || self.survey.main.contains(&ordinal);
        let section = matches!(name, "main" | "article") || chrome::is_main(element);
        let in_section = parent.is_some_and(|parent| parent.in_section) || section;
        // the one title of a page belongs to it even in the page's head
        let is_title = name == "h1" && self.survey.has_one_title;
        let in_page_head = |reason: &str| matches!(reason, "header" | "banner");
        let outside = self.survey.outside.filter(|_| !within);
        let aside = parent
            .and_then(|parent| parent.aside)
            .filter(|reason| Some(*reason) != self.survey.outside)
            .filter(|reason| !(is_title && in_page_head(reason)))
            .or_else(|| self.own_reason(element, ordinal, in_section))
            .or(outside);
        Frame { aside, within, in_section, has_form: false, interrupts: false }
    }

    fn own_reason(
        &self,
        element: &Element,
        ordinal: usize,
        in_section: bool,
    ) -> Option<&'static str> {
        let is_page_head = element.name() == "header" && !in_section;
        chrome::by_element(element)
            .or(is_page_head.then_some("header"))
            .or_else(|| self.survey.worded.get(&ordinal).copied())
            .or_else(|| chrome::is_invisible(element).then_some(INVISIBLE))
    }

    /// What an element makes of the text in it, where it makes something else of it.
    fn form(&self, element: &Element, ordinal: usize) -> Option<Form> {
        if self.is_in_row() {
            return None;
        }
        if let Some(level) = heading_level(element) {
            return Some(Form::Is(Shape::Heading(level)));
        }
        Some(match element.name() {
            "li" => Form::Is(Shape::ListItem(self.lists.max(1))),
            "dt" => Form::Is(Shape::Term),
            "dd" => Form::Is(Shape::Paragraph),
            "caption" | "figcaption" => Form::Is(Shape::Caption),
            "tr" if self.survey.layout_rows.contains(&ordinal) => Form::Is(Shape::Paragraph),
            "tr" => Form::Is(Shape::TableRow),
            "pre" | "xmp" | "plaintext" | "listing" => Form::Preformatted,
            _ => return None,
        })
    }

    /// Takes text in. The raised number of a footnote is written with raised digits, as the page
    /// shows it: else it would run into the word before it ("religion12").
    fn text(&mut self, text: &str) {
        let number = text.trim();
        let is_mark = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
        if self.raised > 0 && is_mark {
            self.run.text.extend(number.chars().map(raised_digit));
        } else {
            self.run.text.push_str(text);
        }
    }

    fn close(&mut self, element: &Element) {
        let name = element.name();
        self.raised = self.raised.saturating_sub(usize::from(name == "sup"));
        let Some(frame) = self.frames.last() else { return };
        let (interrupts, has_form) = (frame.interrupts, frame.has_form);
        if interrupts {
            self.flush();
            self.run = self.outer.pop().unwrap_or_default();
            if self.borders == Borders::Marked {
                self.run.text.push(OBSTACLE);
            }
            if is_block(name) || self.frames.last().is_some_and(|f| f.aside == Some("form")) {
                self.run.text.push(' ');
            }
        } else if name == "tr" && self.is_in_row() {
            self.flush();
        } else if is_block(name) {
            self.border();
        }
        if has_form {
            self.shapes.pop();
        }
        self.lists = self.lists.saturating_sub(u8::from(is_list(name)));
        self.frames.pop();
    }

    /// Whether text stands in a row of cells, which is one block.
    fn is_in_row(&self) -> bool {
        self.shapes.last() == Some(&Form::Is(Shape::TableRow))
    }

    /// The border of a block: within a row it is a space.
    fn border(&mut self) {
        if self.is_in_row() {
            self.part();
        } else {
            self.flush();
        }
    }

    /// The border of a line or a cell within a block.
    fn part(&mut self) {
        self.run.text.push(if self.borders == Borders::Marked { LINE } else { ' ' });
    }

    /// Marks what is no text, where borders are marked.
    fn obstacle(&mut self, element: &Element) {
        let is_shown = attribute(element, "hidden").is_none();
        if self.borders == Borders::Marked && is_shown && is_no_text(element.name()) {
            self.run.text.push(OBSTACLE);
        }
    }

    fn line_break(&mut self) {
        match self.shapes.last() {
            Some(Form::Preformatted) => self.run.text.push('\n'),
            Some(Form::Is(Shape::TableRow | Shape::Heading(_))) => self.part(),
            _ => {
                let at = self.run.after_break;
                let is_second = at.is_some_and(|at| self.run.text[at..].trim().is_empty());
                if is_second {
                    self.flush();
                } else {
                    self.part();
                    self.run.after_break = Some(self.run.text.len());
                }
            }
        }
    }

    /// Ends the block that is being gathered.
    fn flush(&mut self) {
        let run = std::mem::take(&mut self.run);
        let aside = self.frames.last().and_then(|frame| frame.aside);
        let target = if self.outer.is_empty() { &mut self.blocks } else { &mut self.deferred };
        match self.shapes.last() {
            Some(Form::Preformatted) => {
                let pieces = text::read(&run.text).blocks;
                target.extend(pieces.into_iter().map(|block| RawBlock { aside, ..block }));
            }
            form => {
                let text = match self.borders {
                    Borders::Joined => normalise(&run.text),
                    Borders::Marked => Cow::Borrowed(run.text.as_str()),
                };
                if !text.is_empty() {
                    let shape = match form {
                        Some(Form::Is(shape)) => *shape,
                        _ => Shape::Paragraph,
                    };
                    target.push(RawBlock { aside, ..RawBlock::new(shape, text.into_owned()) });
                }
            }
        }
        if self.outer.is_empty() {
            self.blocks.append(&mut self.deferred);
        }
    }
}

fn heading_level(element: &Element) -> Option<u8> {
    match element.name() {
        "h1" => Some(1),
        "h2" => Some(2),
        "h3" => Some(3),
        "h4" => Some(4),
        "h5" => Some(5),
        "h6" => Some(6),
        name if is_block(name) && attribute(element, "role") == Some("heading") => {
            let level = attribute(element, "aria-level").and_then(|level| level.parse().ok());
            Some(level.unwrap_or(2_u8).clamp(1, 6))
        }
        _ => None,
    }
}

/// Elements that a browser sets as one thing in a line, whatever is in them.
fn is_no_text(name: &str) -> bool {
    matches!(
        name,
        "audio"
            | "button"
            | "canvas"
            | "embed"
            | "iframe"
            | "img"
            | "input"
            | "meter"
            | "object"
            | "progress"
            | "select"
            | "svg"
            | "textarea"
            | "video"
    )
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "menu" | "dir")
}

/// Elements that browsers set as blocks.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "frameset"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "plaintext"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "xmp"
    )
}

/// A digit as it is written above the line; anything else as it is.
fn raised_digit(digit: char) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    digit.to_digit(10).and_then(|value| RAISED.get(value as usize)).copied().unwrap_or(digit)
}
