//! A line of text made of pieces that look different, and how it is written: safe to show, wrapped
//! by the columns it takes up, the looks closed at each line's end. All text output passes through
//! here, so nothing unsafe reaches a terminal by another way.

use std::ops::Range;

use anstyle::AnsiColor;
use model::TextRange;
use textwrap::WordSeparator;
use textwrap::core::{Word, break_words};
use textwrap::wrap_algorithms::wrap_first_fit;
use unicode_width::UnicodeWidthStr;

use crate::safe::safe;
use crate::style::{Colour, Style};

/// Opens and closes a match where there is no colour.
const MATCH_MARKS: (&str, &str) = ("⟦", "⟧");
/// Parts two paragraphs of a passage that share a line.
const PARAGRAPH_MARK: &str = " ¶ ";
/// However narrow a terminal says it is, this much text is written beside the indent.
const NARROWEST: usize = 20;

/// What a piece of text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Like the report's own words.
    Plain,
    /// Titles and headings.
    Strong,
    /// What a reader may skip.
    Faint,
    /// An id that can be typed.
    Id,
    /// Words that were searched for.
    Match,
    /// Something a reader must not overlook.
    Warning,
}

/// One line before it is wrapped.
#[derive(Debug)]
pub(crate) struct Line {
    style: Style,
    text: String,
    pieces: Vec<(Range<usize>, Look)>,
}

impl Line {
    /// An empty line.
    pub(crate) fn new(style: Style) -> Self {
        Self { style, text: String::new(), pieces: Vec::new() }
    }

    /// Adds text, made safe.
    pub(crate) fn add(mut self, look: Look, text: &str) -> Self {
        self.push(look, &safe(text));
        self
    }

    /// Adds plain text, made safe.
    pub(crate) fn plain(self, text: &str) -> Self {
        self.add(Look::Plain, text)
    }

    /// Adds the end of a column.
    pub(crate) fn tab(mut self) -> Self {
        self.push(Look::Plain, "\t");
        self
    }

    /// Adds a whole text on this one line, its matches marked.
    pub(crate) fn marked(mut self, text: &str, highlights: &[TextRange]) -> Self {
        let highlights = sound(text, highlights);
        for (at, paragraph) in paragraphs(text).enumerate() {
            if at > 0 {
                self.push(Look::Faint, PARAGRAPH_MARK);
            }
            self = self.marked_part(text, paragraph, &highlights);
        }
        self
    }

    /// Adds `part` of a text, its matches marked.
    fn marked_part(mut self, text: &str, part: TextRange, highlights: &[TextRange]) -> Self {
        let mut from = part.start;
        for highlight in highlights.iter().filter(|highlight| highlight.overlaps(&part)) {
            let start = highlight.start.max(part.start);
            let end = highlight.end.min(part.end);
            self = self.plain(text.get(from..start).unwrap_or(""));
            self = self.matched(text.get(start..end).unwrap_or(""));
            from = end;
        }
        self.plain(text.get(from..part.end).unwrap_or(""))
    }

    fn matched(self, text: &str) -> Self {
        match self.style.colour {
            Colour::Always => self.add(Look::Match, text),
            Colour::Never => self.plain(MATCH_MARKS.0).plain(text).plain(MATCH_MARKS.1),
        }
    }

    fn push(&mut self, look: Look, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        if !text.is_empty() {
            self.pieces.push((start..self.text.len(), look));
        }
    }

    /// Writes the line, wrapped where there is a width: its first line behind `first` spaces, every
    /// further one behind `hanging`.
    pub(crate) fn write(&self, out: &mut String, first: usize, hanging: usize) {
        let Some(columns) = self.style.width else {
            return self.write_unbroken(out, 0);
        };
        let room = |indent: usize| columns.saturating_sub(indent).max(NARROWEST);
        let lines = wrapped(&self.text, room(first), room(hanging));
        for (at, range) in lines.into_iter().enumerate() {
            let indent = if at == 0 { first } else { hanging };
            out.extend(std::iter::repeat_n(' ', indent));
            self.write_range(out, range);
            out.push('\n');
        }
    }

    /// Writes the line behind `indent` spaces and lets the terminal break it: what is to be copied,
    /// such as an address, stays in one piece.
    pub(crate) fn write_unbroken(&self, out: &mut String, indent: usize) {
        out.extend(std::iter::repeat_n(' ', indent));
        self.write_range(out, 0..self.text.len());
        out.push('\n');
    }

    /// Whether the line fits behind `indent` spaces without being wrapped.
    pub(crate) fn fits(&self, indent: usize) -> bool {
        self.style.width.is_none_or(|columns| indent + self.text.width() <= columns)
    }

    fn write_range(&self, out: &mut String, range: Range<usize>) {
        for (piece, look) in &self.pieces {
            let (start, end) = (piece.start.max(range.start), piece.end.min(range.end));
            let Some(text) = self.text.get(start..end).filter(|text| !text.is_empty()) else {
                continue;
            };
            let effect = match self.style.colour {
                Colour::Always => effect(*look),
                Colour::Never => anstyle::Style::new(),
            };
            out.push_str(&format!("{effect}{text}{effect:#}"));
        }
    }
}

/// A text as lines of its paragraphs, its matches marked.
pub(crate) fn marked_lines(style: Style, text: &str, highlights: &[TextRange]) -> Vec<Line> {
    marked_part_lines(style, text, TextRange::new(0, text.len()), ["", ""], highlights)
}

/// A part of a text as lines of its paragraphs, its matches marked, between two signs of what was left out.
pub(crate) fn marked_part_lines(
    style: Style,
    text: &str,
    part: TextRange,
    [lead, tail]: [&str; 2],
    highlights: &[TextRange],
) -> Vec<Line> {
    let highlights = sound(text, highlights);
    let inside =
        |line: TextRange| TextRange::new(line.start.max(part.start), line.end.min(part.end));
    let reached = paragraphs(text).filter(|line| line.start <= part.end && part.start <= line.end);
    let ranges: Vec<TextRange> = reached.map(inside).collect();
    let last = ranges.len().saturating_sub(1);
    let line = |(at, range): (usize, TextRange)| {
        let line = Line::new(style).add(Look::Faint, if at == 0 { lead } else { "" });
        let line = line.marked_part(text, range, &highlights);
        line.add(Look::Faint, if at == last { tail } else { "" })
    };
    ranges.into_iter().enumerate().map(line).collect()
}

/// The highlights that can be shown: in order, inside the text, on character borders, and each only
/// as far as it does not overlap the one before.
pub(crate) fn sound(text: &str, highlights: &[TextRange]) -> Vec<TextRange> {
    let mut sorted = highlights.to_vec();
    sorted.sort_unstable();
    let mut sound: Vec<TextRange> = Vec::with_capacity(sorted.len());
    for highlight in sorted {
        let after = sound.last().map_or(0, |last| last.end);
        let rest = TextRange { start: highlight.start.max(after), end: highlight.end };
        if rest.of(text).is_some_and(|words| !words.is_empty()) {
            sound.push(rest);
        }
    }
    sound
}

/// The lines of a text, as ranges of it.
fn paragraphs(text: &str) -> impl Iterator<Item = TextRange> {
    let mut from = 0;
    text.split('\n').map(move |line| {
        let range = TextRange::new(from, from + line.len());
        from = range.end + 1;
        range
    })
}

/// The lines that a text is broken into, as ranges of it, without the spaces at their ends.
fn wrapped(text: &str, first: usize, hanging: usize) -> Vec<Range<usize>> {
    let words = break_words(WordSeparator::new().find_words(text), first.min(hanging));
    let mut from = 0;
    wrap_first_fit(&words, &[first as f64, hanging as f64])
        .into_iter()
        .map(|line| {
            let start = from;
            from += line.iter().map(length).sum::<usize>();
            let spaces = line.last().map_or(0, |word| word.whitespace.len());
            start..from - spaces
        })
        .collect()
}

fn length(word: &Word<'_>) -> usize {
    word.word.len() + word.whitespace.len()
}

fn effect(look: Look) -> anstyle::Style {
    let style = anstyle::Style::new();
    match look {
        Look::Plain => style,
        Look::Strong => style.bold(),
        Look::Faint => style.dimmed(),
        Look::Id => AnsiColor::Cyan.on_default(),
        Look::Match => AnsiColor::Yellow.on_default().bold().underline(),
        Look::Warning => AnsiColor::Magenta.on_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str, columns: usize, first: usize, hanging: usize) -> String {
        let mut out = String::new();
        let line = Line::new(Style::terminal(Colour::Never, columns)).plain(text);
        line.write(&mut out, first, hanging);
        out
    }

    #[test]
    fn lines_hang_and_long_words_are_broken() {
        assert_eq!(
            written("one two https://example.org/a/very/long/path end", 24, 0, 4),
            "one two https://\n    example.org/a/very/\n    long/path end\n"
        );
        assert_eq!(written("", 24, 4, 4), "    \n");
        assert_eq!(written("one two", 0, 0, 0), "one two\n");
    }

    #[test]
    fn a_range_of_lines_keeps_every_paragraph() {
        let ranges: Vec<TextRange> = paragraphs("a\n\nb").collect();
        assert_eq!(ranges, [TextRange::new(0, 1), TextRange::new(2, 2), TextRange::new(3, 4)]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_terminal_and_no_word_is_lost(
            text in "[a-c 宗é/.-]{0,200}", columns in 24usize..100, indent in 0usize..5,
        ) {
            let out = written(&text, columns, indent, 4);
            for line in out.lines() {
                prop_assert!(line.width() <= columns, "{line}");
            }
            let squeezed = |text: &str| text.replace([' ', '\n'], "");
            prop_assert_eq!(squeezed(&out), squeezed(&text));
        }

        #[test]
        fn sound_highlights_are_ordered_apart_and_on_borders(
            text in "[aé宗]{0,20}", ends in proptest::collection::vec((0usize..40, 0usize..40), 0..8),
        ) {
            let asked: Vec<TextRange> =
                ends.into_iter().map(|(start, end)| TextRange { start, end }).collect();
            let mut after = 0;
            for highlight in sound(&text, &asked) {
                prop_assert!(highlight.start >= after && !highlight.is_empty());
                prop_assert!(highlight.of(&text).is_some());
                after = highlight.end;
            }
        }
    }
}
