//! Whether a line goes on with the sentence of the line above: was a paragraph broken to a width?
//!
//! A line that was broken is full: the first word of the next would not have fitted. Fullness alone
//! proves nothing, for lines of a list may be as long as one another; so it counts for as much as
//! the document bears it out. Where lines that are full are often followed by one that begins in
//! lower case, the text was wrapped, and every full line goes on. Elsewhere only a beginning in
//! lower case joins. Lines longer than [`LONGEST`], dot leaders and columns never join.

use super::lines::{LONGEST, Line};

/// The narrowest width to which paragraphs are broken.
const NARROWEST: usize = 40;

/// The words before which a hyphen at a line's end stands for a part left out: `pre- and post-`.
const AFTER_HANGING_HYPHEN: [&str; 3] = ["and", "or", "to"];

/// What the lines of a document say about its wrapping.
pub(super) struct DocumentMeasure {
    lines: usize,
    long: usize,
    /// Edges of lines followed by one that begins in lower case.
    edges: [usize; LONGEST + 2],
    /// How far lines would have reached with the next line's first word: all, and those followed by
    /// one that begins in lower case.
    reaches: [usize; LONGEST + 2],
    lower_reaches: [usize; LONGEST + 2],
}

/// What joins the lines of one chunk.
#[derive(Default)]
pub(super) struct Wrapping {
    /// The width to which a line is full.
    full: usize,
    /// The width to which a line before one in lower case is full; 0 where there is none.
    full_before_lower: usize,
    /// Whether full lines go on whatever the next begins with.
    is_prose: bool,
    /// Whether they do so even after the end of a sentence: only where the whole document says so.
    beyond_sentences: bool,
    columns: usize,
}

/// How a line begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    Lower,
    /// A letter of a script without capitals, where words are parted by spaces.
    Caseless,
    Other,
}

impl Default for DocumentMeasure {
    fn default() -> Self {
        let none = [0; LONGEST + 2];
        Self { lines: 0, long: 0, edges: none, reaches: none, lower_reaches: none }
    }
}

impl DocumentMeasure {
    /// Measures the lines of a chunk.
    pub(super) fn add(&mut self, lines: &[Line<'_>]) {
        self.lines += lines.len();
        self.long += lines.iter().filter(|line| line.is_long()).count();
        for pair in lines.windows(2) {
            let [above, line] = pair else { continue };
            if !may_join(above, line) {
                continue;
            }
            let reach = reach(above, line).min(LONGEST + 1);
            self.reaches[reach] += 1;
            if begins_within(above, line) {
                self.lower_reaches[reach] += 1;
                self.edges[above.edge().min(LONGEST + 1)] += 1;
            }
        }
    }

    /// The width to which this document's paragraphs are broken, if they are.
    pub(super) fn width(&self) -> Option<usize> {
        let all: usize = self.edges.iter().sum();
        let mut beyond = 0;
        let width = (0..self.edges.len()).rev().find(|&edge| {
            beyond += self.edges[edge];
            beyond * 10 >= all && beyond > 0
        })?;
        let full = |counts: &[usize]| counts[(width * 4 / 5)..].iter().sum::<usize>();
        let borne_out = full(&self.lower_reaches) * 5 >= full(&self.reaches);
        (width >= NARROWEST && borne_out && self.long * 5 <= self.lines).then_some(width)
    }
}

impl Wrapping {
    /// What joins the lines of this chunk, in a document broken to this width, if it is.
    pub(super) fn of(lines: &[Line<'_>], document: Option<usize>) -> Self {
        let columns = lines_in_columns(lines);
        if lines.len() < 2 {
            return Self { columns, ..Self::default() };
        }
        let short = lines.iter().filter(|line| !line.is_long());
        let own = short.map(Line::edge).max().unwrap_or(0);
        match document {
            Some(width) => Self {
                full: width,
                full_before_lower: if own >= NARROWEST { own.min(width) } else { 0 },
                is_prose: true,
                beyond_sentences: true,
                columns,
            },
            None => Self {
                full: own,
                full_before_lower: if own >= NARROWEST + 10 { own } else { 0 },
                is_prose: own >= NARROWEST + 10 && is_prose(lines, own),
                beyond_sentences: false,
                columns,
            },
        }
    }

    /// Whether the line goes on with the line above.
    pub(super) fn joins(&self, above: &Line<'_>, line: &Line<'_>) -> bool {
        if !may_join(above, line) {
            return false;
        }
        let reach = reach(above, line);
        if begins_within(above, line) {
            return self.full_before_lower > 0 && reach * 10 >= self.full_before_lower * 6;
        }
        let ends = ends_a_sentence(above.text);
        let slack = if ends { 18 } else { 15 };
        let opens = ends && (!self.beyond_sentences || is_numbered(line.text))
            || line.indent > above.indent + 1;
        self.is_prose && !opens && reach * 20 >= self.full * slack
    }

    /// How many of the chunk's lines look like columns side by side.
    pub(super) fn lines_in_columns(&self) -> usize {
        self.columns
    }
}

/// Whether a line ends within a word that the next line goes on with.
pub(super) fn divides_a_word(text: &str, next: &str) -> bool {
    let Some(hyphen @ ('-' | '\u{2010}' | '\u{ad}')) = text.chars().next_back() else {
        return false;
    };
    let before = text[..text.len() - hyphen.len_utf8()].chars().next_back();
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let fits = match (before, word.chars().next()) {
        (Some(a), Some(b)) => a.is_alphabetic() && b.is_lowercase() || is_digit(a) && is_digit(b),
        _ => false,
    };
    fits && (hyphen == '\u{ad}' || !AFTER_HANGING_HYPHEN.contains(&word))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a chunk, by itself, is a paragraph broken to its own width.
fn is_prose(lines: &[Line<'_>], width: usize) -> bool {
    let (mut full, mut lower) = (0, 0);
    for pair in lines.windows(2) {
        if let [above, line] = pair
            && may_join(above, line)
            && reach(above, line) * 5 >= width * 4
        {
            full += 1;
            lower += usize::from(begins_within(above, line));
        }
    }
    lower > 0 && lower * 3 >= full
}

/// How far a line would reach with the first word of the next.
fn reach(above: &Line<'_>, line: &Line<'_>) -> usize {
    let word = line.text.split(char::is_whitespace).next().unwrap_or("");
    above.edge() + 1 + word.chars().count()
}

/// Whether lines of these forms can be parts of one paragraph at all.
fn may_join(above: &Line<'_>, line: &Line<'_>) -> bool {
    let stands_alone = |line: &Line<'_>| line.is_long() || line.has_leaders || line.has_columns;
    !stands_alone(above) && !stands_alone(line)
}

/// Whether a line begins as only the inside of a sentence does.
fn begins_within(above: &Line<'_>, line: &Line<'_>) -> bool {
    match start_of(line.text) {
        Start::Lower => !(is_bracketed(line.text) && ends_a_sentence(above.text)),
        Start::Caseless => !ends_a_sentence(above.text),
        Start::Other => false,
    }
}

fn start_of(text: &str) -> Start {
    let opening = ['"', '“', '‘', '\'', '(', '[', '«'];
    match text.trim_start_matches(opening).chars().next() {
        Some(c) if c.is_lowercase() => Start::Lower,
        Some(c) if !c.is_alphabetic() || c.is_uppercase() || writes_without_spaces(c) => {
            Start::Other
        }
        Some(_) => Start::Caseless,
        None => Start::Other,
    }
}

/// Scripts in which a line's end is no space: their lines are left as they are.
fn writes_without_spaces(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
        || ('\u{2e80}'..='\u{d7ff}').contains(&c)
        || c >= '\u{20000}'
}

fn ends_a_sentence(text: &str) -> bool {
    let closing = ['"', '”', '’', '\'', ')', ']', '»'];
    let last = text.trim_end_matches(closing).chars().next_back();
    last.is_some_and(|c| matches!(c, '.' | '!' | '?' | ':' | ';' | '…' | '؟' | '۔' | '।' | '。'))
}

/// Whether a line begins with the number of a paragraph or section: `12.`, `84.6.`, `IV.`, `B.`
fn is_numbered(text: &str) -> bool {
    let first = text.split(char::is_whitespace).next().unwrap_or("");
    let Some(label) = first.strip_suffix('.') else { return false };
    let mut parts = label.split('.');
    let numbers = parts.all(|part| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let roman = label.len() <= 4 && label.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let letter = label.len() == 1 && label.bytes().all(|byte| byte.is_ascii_uppercase());
    !label.is_empty() && (numbers || roman || letter)
}

/// Whether a line begins with a label in brackets: `(b)`.
fn is_bracketed(text: &str) -> bool {
    text.starts_with('(') && text.bytes().take(6).any(|byte| byte == b')')
}

/// Lines with a gap, where at least three of them stand together.
fn lines_in_columns(lines: &[Line<'_>]) -> usize {
    lines
        .chunk_by(|a, b| a.has_columns == b.has_columns)
        .filter(|run| run.len() >= 3 && run[0].has_columns)
        .map(<[Line<'_>]>::len)
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divided_words_are_known_and_suspended_hyphens_are_not_one() {
        assert!(divides_a_word("effectively criminaliz-", "ing them"));
        assert!(divides_a_word("a well-", "known case"));
        assert!(divides_a_word("crimi\u{ad}", "nal and"));
        assert!(divides_a_word("in 2011-", "2012, when"));
        assert!(!divides_a_word("pre-", "and post-election"));
        assert!(!divides_a_word("Hoa Hao -", "and others"));
        assert!(!divides_a_word("non-", "Muslim"));
        assert!(!divides_a_word("", "a"));
    }

    #[test]
    fn numbers_of_paragraphs_are_known() {
        for text in ["1.", "124. The delegation", "84.6. Put", "IV. Conclusions", "B. Dialogue"] {
            assert!(is_numbered(text), "{text}");
        }
        for text in ["2012. The", "1.5 million", "Mr. Smith", ". x", "no stop"] {
            assert!(!is_numbered(text), "{text}");
        }
    }
}
