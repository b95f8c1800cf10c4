//! Lines become blocks: what was broken to a width is joined again, over the ends of columns and
//! pages too; numbers of paragraphs become labels; headings are known by their type or their
//! number; notes and furniture follow the block they interrupted. A block's page is the one it
//! begins on.

use model::Page;

use super::furniture::PageLines;
use super::hyphens::Words;
use super::lines::Line;
use super::measure::Measure;
use super::notes::{self, Foot};
use super::opening::{self, Opening};
use crate::normalise::normalise;
use crate::readers::{RawBlock, Shape};

/// Longest heading, in characters.
const HEADING_LENGTH: usize = 250;

/// Makes blocks of the lines of all pages.
pub(super) fn compose(pages: &[PageLines], words: &mut Words) -> Vec<RawBlock> {
    let measure = Measure::of(pages);
    let numbered = Composer::new(&measure, words, pages);
    numbered.compose(pages)
}

/// A block that is still growing.
struct Open {
    shape: Shape,
    text: String,
    label: Option<String>,
    page: Page,
    lines: usize,
    /// Whether all its lines so far are set as headings are.
    styled: bool,
    opening: Opening,
    size: f32,
    last: Line,
    last_page: usize,
}

struct Composer<'a> {
    measure: &'a Measure,
    words: &'a mut Words,
    blocks: Vec<RawBlock>,
    open: Option<Open>,
    /// What follows the open block when it closes.
    after: Vec<RawBlock>,
    /// The number of the last numbered paragraph.
    last_number: Vec<u32>,
    last_letter: char,
    /// The level of a heading without a number, set as the text is.
    plain_level: u8,
}

impl<'a> Composer<'a> {
    fn new(measure: &'a Measure, words: &'a mut Words, pages: &[PageLines]) -> Self {
        let headings = || {
            let lines = pages.iter().flat_map(|page| &page.lines);
            lines.filter(|l| l.aside.is_none() && measure.is_styled(l)).map(opening::of)
        };
        let plain_level = if headings().any(|o| matches!(o, Opening::Letter(_))) {
            4
        } else if headings().any(|o| o == Opening::Roman) {
            3
        } else {
            2
        };
        Self {
            measure,
            words,
            blocks: Vec::new(),
            open: None,
            after: Vec::new(),
            last_number: Vec::new(),
            last_letter: '\0',
            plain_level,
        }
    }

    fn compose(mut self, pages: &[PageLines]) -> Vec<RawBlock> {
        let mut in_note = false;
        for (at, page) in pages.iter().enumerate() {
            let physical = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let place = Page { physical, label: page.label.clone() };
            let feet = notes::find(&page.lines, self.measure.size, in_note);
            in_note = feet.contains(&Foot::Note);
            let mut waiting: Vec<RawBlock> = Vec::new();
            let mut notes: Vec<&Line> = Vec::new();
            let mut imprint: Vec<&Line> = Vec::new();
            let mut has_body = false;
            for (line, foot) in page.lines.iter().zip(feet) {
                if let Some(reason) = line.aside {
                    let block = RawBlock {
                        aside: Some(reason),
                        page: Some(place.clone()),
                        ..RawBlock::new(Shape::Line, normalise(&line.whole()).into_owned())
                    };
                    if has_body {
                        waiting.push(block)
                    } else {
                        self.follow(block)
                    }
                    continue;
                }
                match foot {
                    Foot::Note => notes.push(line),
                    Foot::Imprint => imprint.push(line),
                    Foot::Above => {
                        has_body = true;
                        self.take(line, at, &place);
                    }
                }
            }
            for note in self.notes(&notes, &place).into_iter().chain(waiting) {
                self.follow(note);
            }
            imprint.into_iter().for_each(|line| self.take(line, at, &place));
        }
        self.close();
        self.blocks.retain(|block| !block.text.is_empty());
        self.blocks
    }

    /// Puts a block behind the open one, or where there is none, at the end.
    fn follow(&mut self, block: RawBlock) {
        match self.open {
            Some(_) => self.after.push(block),
            None => self.blocks.push(block),
        }
    }

    /// Takes a line of the report itself.
    fn take(&mut self, line: &Line, page: usize, place: &Page) {
        let opening = opening::of(line);
        let styled = self.measure.is_styled(line);
        if let Some(mut open) = self.open.take() {
            if self.goes_on(&open, line, page, &opening, styled) {
                self.words.join(&mut open.text, &line.whole());
                open.lines += 1;
                open.styled &= styled;
                (open.last, open.last_page) = (line.clone(), page);
                self.open = Some(open);
                return;
            }
            self.open = Some(open);
        }
        self.close();
        self.begin(line, page, place, opening, styled);
    }

    fn begin(&mut self, line: &Line, page: usize, place: &Page, opening: Opening, styled: bool) {
        let whole = line.whole();
        let (mut label, mut text) = (None, whole.clone());
        if let Opening::Number(parts) = &opening {
            let (first, rest) = whole.split_once(' ').unwrap_or((&whole, ""));
            label = Some(first.trim_end_matches('.').to_owned());
            text = rest.to_owned();
            self.last_number.clone_from(parts);
        }
        let shape = match opening {
            Opening::Item(depth) => Shape::ListItem(depth),
            _ => Shape::Paragraph,
        };
        self.open = Some(Open {
            shape,
            text,
            label,
            page: place.clone(),
            lines: 1,
            styled,
            opening,
            size: line.size,
            last: line.clone(),
            last_page: page,
        });
    }

    /// Whether a line goes on with the open block.
    fn goes_on(
        &self,
        open: &Open,
        line: &Line,
        page: usize,
        opening: &Opening,
        styled: bool,
    ) -> bool {
        let above = &open.last;
        if open.text.is_empty() && open.last_page == page {
            // A number or a bullet that stands alone before its text.
            return true;
        }
        if (above.size - line.size).abs() > 0.08 * above.size.max(line.size) {
            return false;
        }
        let ends = ends_a_sentence(&above.whole());
        let same_place = open.last_page == page && above.column == line.column;
        let full = self.measure.is_full(above, open.last_page, line);
        if same_place && !self.measure.is_next_line(above, line) {
            return false;
        }
        match opening {
            Opening::Item(_) if line.tab_after_first || ends || !full => return false,
            Opening::Number(parts) if self.may_follow(parts, line.tab_after_first, ends) => {
                return false;
            }
            Opening::Roman | Opening::Letter(_) if styled || line.tab_after_first => return false,
            _ => {}
        }
        if styled != self.measure.is_styled(above) {
            // Bold words at the beginning or the end of a paragraph.
            let larger = (above.size - line.size).abs() > 0.02 * line.size;
            return !larger && same_place && full && !ends && open.opening != Opening::Roman;
        }
        if styled && open.styled && same_place {
            return true;
        }
        let lower = line.text.starts_with(char::is_lowercase);
        if !same_place {
            if lower || !ends {
                return full || lower;
            }
            return full && !self.measure.is_indented(line, page) && !self.measure.by_spacing;
        }
        let indent = line.left - above.left;
        if indent > 0.8 * line.size {
            let hangs = open.lines == 1 && open.opening != Opening::Words;
            if !hangs && (ends || self.measure.is_indented(line, page)) {
                return false;
            }
        }
        if indent < -0.8 * line.size && open.lines > 1 {
            return false;
        }
        full || (lower || leads_on(&above.text)) && !ends
    }

    /// Whether a number can be the next paragraph's.
    fn may_follow(&self, parts: &[u32], tab: bool, ends: bool) -> bool {
        let (Some(last), Some(number)) = (self.last_number.first(), parts.first()) else {
            return tab || ends;
        };
        let next = *number == last + 1 || number == last && parts.len() > 1;
        tab || next && ends
    }

    /// Closes the open block.
    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            let shape = self.shape(&open);
            let mut text = normalise(&open.text).into_owned();
            let mut label = open.label;
            if let (Shape::Heading(_), Some(number)) = (shape, &label) {
                // A heading's number is part of its name.
                text = format!("{number}. {text}");
                label = None;
            }
            let block = RawBlock { label, page: Some(open.page), ..RawBlock::new(shape, text) };
            if block.text.is_empty()
                && let Some(label) = &block.label
            {
                // A number without text is text.
                let text = format!("{label}.");
                self.blocks.push(RawBlock { label: None, text, ..block });
            } else {
                self.blocks.push(block);
            }
        }
        self.blocks.append(&mut self.after);
    }

    /// What a block is, now that it is whole.
    fn shape(&mut self, open: &Open) -> Shape {
        let long = open.text.chars().count() > HEADING_LENGTH;
        let letters = open.text.chars().any(char::is_alphabetic);
        let prose = open.text.ends_with(['.', ';', ',', ':']) && open.text.len() > 60;
        let numbered = matches!(open.opening, Opening::Roman | Opening::Letter(_));
        let stands_out = open.styled || numbered && is_capitals(&open.text);
        let paragraph = open.label.is_some()
            && (open.text.chars().count() > 100 || open.text.ends_with(['.', ';', ',', ':', ')']));
        if long || !letters || prose || !stands_out || paragraph {
            return open.shape;
        }
        let larger = open.size / self.measure.size;
        Shape::Heading(match open.opening {
            Opening::Roman if !(self.last_letter == 'H' && open.text.starts_with("I.")) => {
                self.last_letter = '\0';
                2
            }
            Opening::Roman => 3,
            Opening::Letter(letter) => {
                self.last_letter = letter;
                3
            }
            _ if larger > 1.35 => 1,
            _ if larger > 1.15 => 2,
            _ => self.plain_level,
        })
    }

    /// The notes of a page.
    fn notes(&mut self, lines: &[&Line], place: &Page) -> Vec<RawBlock> {
        let mut notes: Vec<RawBlock> = Vec::new();
        for line in lines {
            match (notes::split_mark(line), notes.last_mut()) {
                (Some((mark, text)), _) => notes.push(RawBlock {
                    label: Some(mark),
                    page: Some(place.clone()),
                    ..RawBlock::new(Shape::Footnote, text)
                }),
                (None, Some(note)) => self.words.join(&mut note.text, &line.text),
                (None, None) => notes.push(RawBlock {
                    page: Some(place.clone()),
                    ..RawBlock::new(Shape::Footnote, line.text.clone())
                }),
            }
        }
        for note in &mut notes {
            note.text = normalise(&note.text).into_owned();
        }
        notes
    }
}

/// Words with which no paragraph ends, in English.
const LEADING_ON: [&str; 14] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// Whether a line ends with a word after which something must follow: it may be short because what
/// follows is not broken, such as `18 April`.
fn leads_on(line: &str) -> bool {
    line.rsplit(' ').next().is_some_and(|last| LEADING_ON.contains(&last))
}

fn ends_a_sentence(text: &str) -> bool {
    let closing = ['"', '”', '’', '\'', ')', ']', '»'];
    let marks = |c: char| closing.contains(&c) || c.is_ascii_digit() && text.ends_with(c);
    let last = text.trim_end_matches(closing).trim_end_matches(marks).chars().next_back();
    last.is_some_and(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '؟' | '۔' | '।' | '。'))
}

fn is_capitals(text: &str) -> bool {
    text.chars().count() <= 120 && !text.chars().any(char::is_lowercase)
}
