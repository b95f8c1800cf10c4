//! Plain text into blocks: paragraphs, short lines and list items.
//!
//! Blank lines part paragraphs. Lines that stand together are either one paragraph that was broken
//! to a width, and are joined again, or lines of their own; `wrap` decides which, from the
//! document and from the lines. A line that begins with a bullet begins an item (`marker`).
//! Two columns that unmistakably stand side by side are put one after the other (`columns`).
//! Nothing is dropped and no word is altered: where a hyphen stands at the end of a joined line it
//! stays, and the next line follows it without a space, as on the page. Whether a line is a heading,
//! a fact or chrome is for profiles to say.
//!
//! The text is gone through twice, once to measure and once to compose, both in linear time.

mod columns;
mod lines;
mod marker;
mod wrap;

use std::ops::Range;

use super::{Format, Markup, RawBlock, RawDocument, Shape, limits};
use crate::normalise::normalise;
use lines::{Chunks, Line};
use marker::{Bullets, Marker};
use wrap::{DocumentMeasure, Wrapping};

/// Reads plain text; it cannot fail. Of text that has more blocks than are read of any document it
/// makes just so many that this shows. The caller states the encoding.
pub fn read(text: &str) -> RawDocument {
    let unfolded = columns::unfold(text);
    let text = unfolded.as_ref().map_or(text, |(unfolded, _)| unfolded);
    let mut composer = Composer::new(text);
    composer.compose(text);
    let mut warnings = composer.warnings(text);
    if let Some((_, count)) = &unfolded {
        warnings.push(format!(
            "{count} lines stood in two columns side by side; the left column was put before the \
             right one"
        ));
    }
    RawDocument {
        warnings,
        blocks: composer.blocks,
        format: Format::Text,
        encoding: String::new(),
        markup: Markup::default(),
    }
}

/// Makes blocks of lines.
struct Composer {
    /// The width to which the document's paragraphs are broken, if they are.
    width: Option<usize>,
    bullets: Bullets,
    /// Indents of the items that are open, the outermost first.
    open_items: Vec<usize>,
    blocks: Vec<RawBlock>,
    hyphens: usize,
    columns: usize,
}

impl Composer {
    fn new(text: &str) -> Self {
        let mut document = DocumentMeasure::default();
        let mut bullets = Bullets::default();
        let mut chunks = Chunks::of(text);
        let mut lines = Vec::new();
        while chunks.next_into(&mut lines) {
            document.add(&lines);
            bullets.add(&lines);
        }
        let width = document.width();
        Self { width, bullets, open_items: vec![], blocks: vec![], hyphens: 0, columns: 0 }
    }

    fn compose(&mut self, text: &str) {
        let mut chunks = Chunks::of(text);
        let (mut lines, mut next) = (Vec::new(), Vec::new());
        chunks.next_into(&mut lines);
        while !lines.is_empty() && self.blocks.len() <= limits::MOST_BLOCKS {
            chunks.next_into(&mut next);
            self.bullets.look_at(&lines, next.first());
            self.chunk(&lines);
            std::mem::swap(&mut lines, &mut next);
        }
    }

    /// Composes the lines that stand between two blank ones.
    fn chunk(&mut self, lines: &[Line<'_>]) {
        let wrapping = Wrapping::of(lines, self.width);
        self.columns += wrapping.lines_in_columns();
        let mut start = 0;
        while start < lines.len() {
            let marker = self.bullets.marker(&lines[start]);
            let mut end = start + 1;
            while end < lines.len() && self.goes_on(lines, end, marker, &wrapping) {
                end += 1;
            }
            let shape = match marker {
                Some(marker) => Shape::ListItem(self.depth(marker)),
                None => {
                    self.open_items.clear();
                    shape_of(lines, start..end)
                }
            };
            self.push(&lines[start..end], shape);
            start = end;
        }
    }

    /// Whether a line goes on with the block that the line above it belongs to.
    fn goes_on(
        &self,
        lines: &[Line<'_>],
        at: usize,
        item: Option<Marker>,
        wrapping: &Wrapping,
    ) -> bool {
        let (above, line) = (&lines[at - 1], &lines[at]);
        if self.bullets.marker(line).is_some() {
            return false;
        }
        let hangs = item.is_some_and(|item| item.is_bare(above) || line.indent >= item.content);
        hangs || wrapping.joins(above, line)
    }

    /// The depth of an item by its indent among the items that are open.
    fn depth(&mut self, marker: Marker) -> u8 {
        while self.open_items.last().is_some_and(|open| *open > marker.indent + 1) {
            self.open_items.pop();
        }
        match self.open_items.last() {
            Some(open) if marker.indent < open + 2 => {}
            _ => self.open_items.push(marker.indent),
        }
        u8::try_from(self.open_items.len()).unwrap_or(u8::MAX)
    }

    fn push(&mut self, lines: &[Line<'_>], shape: Shape) {
        let text = match lines {
            [line] => normalise(line.text).into_owned(),
            lines => self.joined(lines),
        };
        if !text.is_empty() {
            self.blocks.push(RawBlock::new(shape, text));
        }
    }

    fn joined(&mut self, lines: &[Line<'_>]) -> String {
        let mut text = String::with_capacity(lines.iter().map(|line| line.text.len() + 1).sum());
        for line in lines {
            if wrap::divides_a_word(&text, line.text) {
                self.hyphens += usize::from(!text.ends_with('\u{ad}'));
            } else if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line.text);
        }
        match normalise(&text) {
            std::borrow::Cow::Borrowed(_) => text,
            std::borrow::Cow::Owned(normal) => normal,
        }
    }

    fn warnings(&self, text: &str) -> Vec<String> {
        let mut warnings = Vec::new();
        match self.hyphens {
            0 => {}
            1 => warnings.push("1 word is divided at a line's end; its hyphen is kept".to_owned()),
            many => warnings
                .push(format!("{many} words are divided at a line's end; their hyphens are kept")),
        }
        if self.columns > 0 {
            warnings.push(format!(
                "{} lines look like columns side by side and are kept line by line: check them",
                self.columns
            ));
        }
        if text.trim_start().starts_with(['{', '[']) && text.trim_end().ends_with(['}', ']']) {
            warnings.push("the text looks like JSON records and was read as plain text".to_owned());
        }
        warnings
    }
}

/// The shape of lines that are no item.
fn shape_of(lines: &[Line<'_>], block: Range<usize>) -> Shape {
    if lines.len() == 1 || block.len() > 1 || lines[block.start].is_long() {
        Shape::Paragraph
    } else {
        Shape::Line
    }
}

#[cfg(test)]
mod tests;
