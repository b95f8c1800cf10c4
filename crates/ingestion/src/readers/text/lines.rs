//! Cutting a text into lines, and lines into the chunks that blank lines part. What a chunk is made
//! of is not asked here.

use crate::normalise::is_space;

/// The width beyond which a line was not broken by a typesetter, in characters.
pub(super) const LONGEST: usize = 120;

/// How many columns a tabulator moves.
const TAB: usize = 4;

/// How many spaces make a gap between columns, and before which byte there is none.
const GAP: usize = 3;
const COLUMN: usize = 10;

/// How many dots, with at most one space between them, lead to a page number.
const LEADERS: usize = 5;

/// A line that holds more than space.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// Its text without the space around it.
    pub(super) text: &'a str,
    /// How many columns it is set in.
    pub(super) indent: usize,
    /// How many characters it holds; for a long line, a number beyond [`LONGEST`].
    pub(super) width: usize,
    /// Whether there is a gap within it as between columns.
    pub(super) has_columns: bool,
    /// Whether dots lead to a page number, as in a table of contents.
    pub(super) has_leaders: bool,
}

impl<'a> Line<'a> {
    /// A line of this text, unless it is blank.
    fn of(raw: &'a str) -> Option<Self> {
        if raw.is_empty() {
            return None;
        }
        let text = raw.trim_matches(is_blank);
        if text.is_empty() {
            return None;
        }
        let before = raw.len() - raw.trim_start_matches(is_blank).len();
        let indent = raw[..before].chars().map(|c| if c == '\t' { TAB } else { 1 }).sum();
        let certainly_long = text.len() > 4 * LONGEST;
        let width = if certainly_long { text.len() } else { text.chars().count() };
        let mut line = Self { text, indent, width, has_columns: false, has_leaders: false };
        if !certainly_long && may_have_gaps(text.as_bytes()) {
            line.look_closer();
        }
        Some(line)
    }

    /// Finds gaps between columns, and leaders.
    fn look_closer(&mut self) {
        let (mut spaces, mut dots) = (0, 0);
        for (at, &byte) in self.text.as_bytes().iter().enumerate() {
            match byte {
                b' ' => spaces += 1,
                b'\t' => spaces = GAP,
                b'.' => (spaces, dots) = (0, dots + 1),
                _ => (spaces, dots) = (0, 0),
            }
            dots = if spaces > 1 { 0 } else { dots };
            self.has_columns |= spaces >= GAP && at >= COLUMN;
            self.has_leaders |= dots >= LEADERS;
        }
    }

    /// The column after its last character.
    pub(super) fn edge(&self) -> usize {
        self.indent + self.width
    }

    /// Whether it is longer than a typeset line can be.
    pub(super) fn is_long(&self) -> bool {
        self.width > LONGEST
    }
}

/// Whether three bytes together stand as in a gap or in leaders; without a branch, for speed.
fn may_have_gaps(bytes: &[u8]) -> bool {
    let (second, third) = (bytes.iter().skip(1), bytes.iter().skip(2));
    let gap = |byte: u8| (byte == b' ') | (byte == b'.');
    let triples = bytes.iter().zip(second).zip(third);
    bytes.contains(&b'\t')
        || triples.fold(false, |found, ((&a, &b), &c)| found | (gap(a) & gap(b) & gap(c)))
}

fn is_blank(c: char) -> bool {
    is_space(c) || c == '\u{feff}'
}

/// What ends a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Line,
    /// A form feed or U+2029: no paragraph goes on across it.
    Paragraph,
}

/// The chunks of a text: lines between blank ones.
pub(super) struct Chunks<'a> {
    rest: &'a str,
}

impl<'a> Chunks<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        Self { rest: text }
    }

    /// Puts the lines of the next chunk in place of those given; false when there is none.
    pub(super) fn next_into(&mut self, lines: &mut Vec<Line<'a>>) -> bool {
        lines.clear();
        while !self.rest.is_empty() {
            let (raw, end) = self.take_line();
            match Line::of(raw) {
                Some(line) => lines.push(line),
                None if lines.is_empty() => continue,
                None => break,
            }
            if end == End::Paragraph {
                break;
            }
        }
        !lines.is_empty()
    }

    fn take_line(&mut self) -> (&'a str, End) {
        let (at, length, end) = find_end(self.rest);
        let line = &self.rest[..at];
        self.rest = &self.rest[at + length..];
        (line, end)
    }
}

/// Where the first line of a text ends, how many bytes its end takes, and what kind of end it is.
fn find_end(text: &str) -> (usize, usize, End) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = candidate(bytes, from) {
        match &bytes[at..] {
            [b'\r', b'\n', ..] => return (at, 2, End::Line),
            [b'\n' | b'\r' | 0x0b, ..] | [0xc2, 0x85, ..] => {
                let length = if bytes[at] == 0xc2 { 2 } else { 1 };
                return (at, length, End::Line);
            }
            [0x0c, ..] => return (at, 1, End::Paragraph),
            [0xe2, 0x80, 0xa8, ..] => return (at, 3, End::Line),
            [0xe2, 0x80, 0xa9, ..] => return (at, 3, End::Paragraph),
            _ => from = at + 1,
        }
    }
    (bytes.len(), 0, End::Line)
}

/// The next byte that may begin the end of a line.
fn candidate(bytes: &[u8], from: usize) -> Option<usize> {
    const STEP: usize = 32;
    let is_one = |byte: u8| (byte.wrapping_sub(b'\n') < 4) | (byte == 0xc2) | (byte == 0xe2);
    let mut at = from;
    // whole steps without a branch, so that the compiler can look at them at once
    while let Some(step) = bytes.get(at..at + STEP) {
        if step.iter().fold(false, |found, &byte| found | is_one(byte)) {
            break;
        }
        at += STEP;
    }
    bytes[at..].iter().position(|&byte| is_one(byte)).map(|found| at + found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str) -> Vec<Vec<&str>> {
        let mut chunks = Chunks::of(text);
        let mut lines = Vec::new();
        let mut all = Vec::new();
        while chunks.next_into(&mut lines) {
            all.push(lines.iter().map(|line| line.text).collect());
        }
        all
    }

    #[test]
    fn every_kind_of_line_end_is_known() {
        for end in ["\n", "\r\n", "\r", "\u{b}", "\u{85}", "\u{2028}"] {
            assert_eq!(
                chunks(&format!("a{end}b{end}{end}é’c{end}")),
                [vec!["a", "b"], vec!["é’c"]]
            );
        }
        for end in ["\u{c}", "\u{2029}", "\n \t\n", "\r\n\r\n", "\n\u{feff}\n"] {
            assert_eq!(chunks(&format!("a{end}b")), [vec!["a"], vec!["b"]]);
        }
        assert_eq!(chunks("\n\r\n \u{c}"), Vec::<Vec<&str>>::new());
    }

    #[test]
    fn indent_and_width_count_characters() {
        let line = Line::of("\t  •\u{a0}Überall ").expect("a line");
        assert_eq!((line.indent, line.width, line.edge()), (6, 9, 15));
        assert!(Line::of(&"é".repeat(121)).expect("a line").is_long());
        assert!(!Line::of(&"é".repeat(120)).expect("a line").is_long());
    }
}
