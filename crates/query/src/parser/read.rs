//! From text to the parts of a query: what stands at each place, and which parentheses belong
//! together. A run is a stretch without spaces and quotation marks.

use std::ops::Range;

use indexing::{Analyser, tokens};
use model::TextRange;

use crate::ast::{Boost, Node, Occur};
use crate::parser::MAX_WORDS;
use crate::parser::fields::Names;
use crate::parser::notes::{MAX_NOTES, Note};
use crate::parser::tree::{Forms, Operand, Part};
use crate::parser::words::{Allowance, Cut, begins_word, is_quote, nodes, quoted_words};
use crate::wording::MAX_EDITS;

/// Letters of the longest word that is searched with one letter differing, where no number is given.
const SHORT_WORD: usize = 7;

/// What parentheses mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parentheses {
    Group,
    Ignored,
}

/// What stands right before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// White space, an opening parenthesis or nothing: a sign means something here.
    Free,
    /// A closing parenthesis or quotation mark: an operator means something, a sign does not.
    Closed,
    /// A word, or a sign that meant nothing.
    Glued,
}

/// A part, or an operator of which it is not known yet whether it joins anything.
enum Draft {
    Part(Part),
    Operator(Operator, TextRange),
    /// A parenthesis that is never closed.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    And,
    Or,
    Not,
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) names: &'a dyn Names,
    pub(super) allowance: Allowance,
    parentheses: Parentheses,
    drafts: Vec<Draft>,
    /// The groups that are open: which draft opened each, and where.
    open: Vec<(usize, TextRange)>,
    /// Parentheses opened within words and not closed there: `law(s or more)`.
    in_words: usize,
    notes: Vec<Note>,
    notes_left_out: usize,
    cut: Cut,
}

impl<'a> Reader<'a> {
    /// The parts of a text and what is to be said of them.
    pub fn read(
        text: &'a str,
        names: &'a dyn Names,
        parentheses: Parentheses,
    ) -> (Vec<Part>, Vec<Note>) {
        let mut reader = Reader {
            text,
            names,
            allowance: Allowance(MAX_WORDS),
            parentheses,
            drafts: Vec::new(),
            open: Vec::new(),
            in_words: 0,
            notes: Vec::new(),
            notes_left_out: 0,
            cut: Cut::No,
        };
        reader.read_all();
        reader.close_all();
        let parts = reader.join();
        let mut notes = reader.notes;
        notes.sort_by_key(|note| note.place().map_or(usize::MAX, |place| place.start));
        if reader.notes_left_out > 0 {
            notes.push(Note::More { count: reader.notes_left_out });
        }
        if reader.cut == Cut::Yes {
            notes.push(Note::TooManyWords);
        }
        (parts, notes)
    }

    fn read_all(&mut self) {
        let (mut at, mut before) = (0, Before::Free);
        while let Some(c) = self.next_at(at) {
            (at, before) = match c {
                c if c.is_whitespace() => (at + c.len_utf8(), Before::Free),
                '(' => (self.open_group(at, at, Occur::Should, Forms::Any), Before::Free),
                ')' => (self.close_group(at), Before::Closed),
                _ => self.read_operand(at, before),
            };
        }
    }

    /// Reads a sign, if there is one, and what it belongs to.
    fn read_operand(&mut self, at: usize, before: Before) -> (usize, Before) {
        if before != Before::Glued
            && let Some((operator, length)) = operator_at(&self.text[at..])
        {
            self.drafts.push(Draft::Operator(operator, TextRange { start: at, end: at + length }));
            return (at + length, Before::Free);
        }
        let (occur, sign) = match before {
            Before::Free => sign_at(&self.text[at..]),
            Before::Closed | Before::Glued => (Occur::Should, 0),
        };
        let start = at + sign;
        match self.next_at(start) {
            Some('(') => (self.open_group(start, start, occur, Forms::Any), Before::Free),
            Some(c) if is_quote(c) => self.read_quoted(start, occur, Vec::new()),
            _ => {
                if before == Before::Free
                    && let Some(read) = self.read_field(start, occur)
                {
                    return read;
                }
                (self.read_run(start, occur, Forms::Any), Before::Glued)
            }
        }
    }

    /// Reads words in quotation marks and what follows them. `glued` is what stands right before.
    pub(super) fn read_quoted(
        &mut self,
        start: usize,
        occur: Occur,
        mut glued: Vec<Node>,
    ) -> (usize, Before) {
        let Some((content, end)) = quoted(self.text, start) else {
            self.operand(occur, Boost::ONE, glued);
            // The sign before it falls with the quotation mark.
            let end = start + self.next_at(start).map_or(0, char::len_utf8);
            self.say(start..end, |at| Note::UnclosedQuote { at });
            return (end, Before::Glued);
        };
        let text = self.quoted_text(content);
        let (within, at) = self.distance_at(end, text.as_deref());
        let (boost, at) = self.boost_at(at, occur);
        if let Some(text) = text {
            glued.push(match within {
                Some(within) => Node::Near { text, within },
                None => Node::Phrase { text },
            });
        }
        self.operand(occur, boost, glued);
        (at, Before::Closed)
    }

    /// The words of quoted text, as many as may still be read.
    pub(super) fn quoted_text(&mut self, content: &str) -> Option<String> {
        let (text, cut) = quoted_words(content, &mut self.allowance);
        self.note_cut(cut);
        text
    }

    /// Reads a run and the signs behind it.
    pub(super) fn read_run(&mut self, start: usize, occur: Occur, forms: Forms) -> usize {
        let rest = &self.text[start..];
        if rest.starts_with(['~', '^']) {
            return start + 1;
        }
        let whole = &rest[..rest.find(ends_run).unwrap_or(rest.len())];
        if whole.contains("://") {
            // An address: nothing in it is a sign.
            let address = &whole[..self.end_of_run(whole, &[])];
            let mut found = Vec::new();
            for run in address.split(['*', '?']) {
                found.extend(self.words_of(run, start));
            }
            self.operand(occur, Boost::ONE, found);
            return start + address.len();
        }
        let run = &whole[..self.end_of_run(whole, &['~', '^'])];
        let end = start + run.len();
        let mut nodes = self.words_of(run, start);
        let (spelling, at) = self.spelling_at(end, &nodes, run);
        let (boost, at) =
            if nodes.is_empty() { (Boost::ONE, at) } else { self.boost_at(at, occur) };
        if let (Some(edits), [Node::Word { text }]) = (spelling, nodes.as_mut_slice()) {
            nodes = vec![Node::Fuzzy { text: std::mem::take(text), edits }];
        }
        if forms == Forms::AsWritten {
            nodes = nodes.into_iter().map(as_written).collect();
        }
        self.operand(occur, boost, nodes);
        at
    }

    /// The nodes of a run that stands at a place of the text, with what is to be said of them.
    pub(super) fn words_of(&mut self, run: &str, at: usize) -> Vec<Node> {
        let found = nodes(run, &mut self.allowance);
        for TextRange { start, end } in found.bare {
            self.say(at + start..at + end, |at| Note::BarePattern { at });
        }
        for TextRange { start, end } in found.apart {
            self.say(at + start..at + end, |at| Note::PatternApart { at });
        }
        self.note_cut(if found.cut { Cut::Yes } else { Cut::No });
        found.nodes
    }

    /// Where a run ends: before a parenthesis that closes a group, or a sign that may belong to it.
    pub(super) fn end_of_run(&mut self, run: &str, signs: &[char]) -> usize {
        let mut opened = 0;
        for (at, c) in run.char_indices() {
            match c {
                '(' => opened += 1,
                ')' if opened > 0 => opened -= 1,
                c if c == ')' || signs.contains(&c) => {
                    self.in_words += opened;
                    return at;
                }
                _ => {}
            }
        }
        self.in_words += opened;
        run.len()
    }

    /// Reads `~2` behind a word; where reading goes on.
    fn spelling_at(&mut self, at: usize, nodes: &[Node], run: &str) -> (Option<u8>, usize) {
        if !self.text[at..].starts_with('~') {
            return (None, at);
        }
        let number = number_at(&self.text[at + 1..]);
        let edits = match number {
            Number::None => Some(None),
            Number::Is(digits) => {
                digits.parse().ok().filter(|n| (1..=MAX_EDITS).contains(n)).map(Some)
            }
            Number::Nonsense => None,
        };
        let single = match nodes {
            [Node::Word { text }] if run.ends_with(text.as_str()) || is_operator_word(run) => {
                let mut words = tokens(text, Analyser::Exact);
                words.next().filter(|_| words.next().is_none())
            }
            _ => None,
        };
        let (Some(edits), Some(word)) = (edits, single) else {
            if !nodes.is_empty() {
                self.say(at..at + 1, |at| Note::NoSpelling { at });
            }
            return (None, at + 1);
        };
        let letters = word.word.chars().count();
        let edits = edits.unwrap_or(if letters <= SHORT_WORD { 1 } else { MAX_EDITS });
        (Some(edits), at + 1 + number.length())
    }

    /// Reads `~5` behind quotation marks; where reading goes on.
    fn distance_at(&mut self, at: usize, text: Option<&str>) -> (Option<u8>, usize) {
        if !self.text[at..].starts_with('~') {
            return (None, at);
        }
        let number = number_at(&self.text[at + 1..]);
        let within = match number {
            Number::Is(digits) => digits.parse().ok(),
            Number::None | Number::Nonsense => None,
        };
        let several = text.is_some_and(|text| tokens(text, Analyser::Exact).nth(1).is_some());
        if let Some(within) = within.filter(|_| several) {
            return (Some(within), at + 1 + number.length());
        }
        if text.is_some() {
            self.say(at..at + 1, |at| Note::NoDistance { at });
        }
        (None, at + 1)
    }

    /// Reads `^2`; where reading goes on.
    pub(super) fn boost_at(&mut self, at: usize, occur: Occur) -> (Boost, usize) {
        if !self.text[at..].starts_with('^') {
            return (Boost::ONE, at);
        }
        let number = number_at(&self.text[at + 1..]);
        let boost = match number {
            Number::Is(digits) => boost_of(digits),
            Number::None | Number::Nonsense => None,
        };
        let Some(boost) = boost else {
            self.say(at..at + 1, |at| Note::NoBoost { at });
            return (Boost::ONE, at + 1);
        };
        let end = at + 1 + number.length();
        if occur == Occur::MustNot {
            self.say(at..end, |at| Note::NoScore { at });
            return (Boost::ONE, end);
        }
        (boost, end)
    }

    pub(super) fn operand(&mut self, occur: Occur, boost: Boost, nodes: Vec<Node>) {
        if !nodes.is_empty() {
            self.drafts.push(Draft::Part(Part::Operand(Operand { occur, boost, nodes })));
        }
    }

    /// Opens a group at a parenthesis; where reading goes on. What is said of it is said of all from
    /// `from`.
    pub(super) fn open_group(
        &mut self,
        from: usize,
        at: usize,
        occur: Occur,
        forms: Forms,
    ) -> usize {
        if self.parentheses == Parentheses::Group {
            self.open.push((self.drafts.len(), TextRange { start: from, end: at + 1 }));
            self.drafts.push(Draft::Part(Part::Open(occur, forms)));
        }
        at + 1
    }

    fn close_group(&mut self, at: usize) -> usize {
        if self.parentheses == Parentheses::Ignored {
            return at + 1;
        }
        match self.open.pop() {
            Some((opened, _)) => {
                let (boost, end) = self.boost_at(at + 1, Occur::Should);
                if opened + 1 == self.drafts.len() {
                    self.drafts.pop();
                } else {
                    self.drafts.push(Draft::Part(Part::Close(boost)));
                }
                end
            }
            None => {
                if self.in_words > 0 {
                    self.in_words -= 1;
                } else {
                    self.say(at..at + 1, |at| Note::UnopenedParenthesis { at });
                }
                at + 1
            }
        }
    }

    /// Leaves out the parentheses that are never closed, and their signs.
    fn close_all(&mut self) {
        for (opened, TextRange { start, end }) in std::mem::take(&mut self.open) {
            self.drafts[opened] = Draft::Nothing;
            self.say(start..end, |at| Note::UnclosedParenthesis { at });
        }
    }

    /// The parts: operators that join nothing become words.
    fn join(&mut self) -> Vec<Part> {
        let drafts = std::mem::take(&mut self.drafts);
        // For each draft, whether the next thing behind it, `NOT` left out, can be joined.
        let mut operand_follows = vec![false; drafts.len()];
        let mut follows = false;
        for (at, draft) in drafts.iter().enumerate().rev() {
            operand_follows[at] = follows;
            match draft {
                Draft::Part(Part::Operand(_) | Part::Open(..)) => follows = true,
                Draft::Part(_) | Draft::Operator(Operator::And | Operator::Or, _) => {
                    follows = false
                }
                Draft::Operator(Operator::Not, _) | Draft::Nothing => {}
            }
        }
        let mut parts = Vec::with_capacity(drafts.len());
        let mut operand_before = false;
        for (at, draft) in drafts.into_iter().enumerate() {
            let (part, operand) = match draft {
                Draft::Nothing => continue,
                Draft::Part(part) => {
                    let operand = matches!(part, Part::Operand(_) | Part::Close(_));
                    (part, operand)
                }
                Draft::Operator(Operator::Not, _) if operand_follows[at] => (Part::Not, false),
                Draft::Operator(Operator::And, _) if operand_before && operand_follows[at] => {
                    (Part::And, false)
                }
                Draft::Operator(Operator::Or, _) if operand_before && operand_follows[at] => {
                    (Part::Or, false)
                }
                Draft::Operator(operator, place) => {
                    let Some(part) = self.lone(operator, place) else { continue };
                    (part, true)
                }
            };
            operand_before = operand;
            parts.push(part);
        }
        parts
    }

    /// An operator that joins nothing, as a word.
    fn lone(&mut self, operator: Operator, place: TextRange) -> Option<Part> {
        if !self.allowance.take() {
            self.note_cut(Cut::Yes);
            return None;
        }
        let word = operator.word();
        self.say(place.start..place.end, |at| Note::LoneOperator { at, word });
        let nodes = vec![Node::Word { text: word.to_lowercase() }];
        Some(Part::Operand(Operand { occur: Occur::Should, boost: Boost::ONE, nodes }))
    }

    pub(super) fn next_at(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    pub(super) fn note_cut(&mut self, cut: Cut) {
        if cut == Cut::Yes {
            self.cut = Cut::Yes;
        }
    }

    /// Says something of a place, given in bytes.
    pub(super) fn say(&mut self, place: Range<usize>, note: impl FnOnce(Range<usize>) -> Note) {
        if self.notes.len() == MAX_NOTES {
            self.notes_left_out += 1;
            return;
        }
        let start = self.text[..place.start].chars().count();
        let length = self.text[place].chars().count();
        self.notes.push(note(start..start + length));
    }
}

impl Operator {
    fn word(self) -> &'static str {
        match self {
            Operator::And => "AND",
            Operator::Or => "OR",
            Operator::Not => "NOT",
        }
    }
}

/// The operator a text begins with, and its length.
fn operator_at(text: &str) -> Option<(Operator, usize)> {
    [Operator::And, Operator::Or, Operator::Not].into_iter().find_map(|operator| {
        let rest = text.strip_prefix(operator.word())?;
        let ends = rest.chars().next().is_none_or(|c| ends_run(c) || matches!(c, '(' | ')'));
        ends.then_some((operator, operator.word().len()))
    })
}

fn is_operator_word(run: &str) -> bool {
    operator_at(run).is_some_and(|(_, length)| length == run.len())
}

/// The sign a text begins with, if something stands right behind it that it can belong to.
fn sign_at(text: &str) -> (Occur, usize) {
    let occur = match text.as_bytes().first() {
        Some(b'+') => Occur::Must,
        Some(b'-') => Occur::MustNot,
        _ => return (Occur::Should, 0),
    };
    let rest = &text[1..];
    let belongs =
        rest.starts_with(is_quote) || rest.starts_with(['(', '*', '?']) || begins_word(rest);
    if belongs { (occur, 1) } else { (Occur::Should, 0) }
}

/// What stands in the quotation marks that open at a place, and where they end. Any closing mark fits
/// any opening one; people mix them.
pub(super) fn quoted(text: &str, at: usize) -> Option<(&str, usize)> {
    let start = at + text[at..].chars().next()?.len_utf8();
    let content = &text[start..];
    let (end, close) = content.char_indices().find(|(_, c)| is_quote(*c))?;
    Some((&content[..end], start + end + close.len_utf8()))
}

pub(super) fn ends_run(c: char) -> bool {
    c.is_whitespace() || is_quote(c)
}

/// What stands behind `~` or `^`.
#[derive(Clone, Copy)]
enum Number<'a> {
    /// Nothing that belongs to it.
    None,
    Is(&'a str),
    /// Letters, or a number that goes on in letters.
    Nonsense,
}

impl Number<'_> {
    fn length(self) -> usize {
        match self {
            Number::Is(digits) => digits.len(),
            Number::None | Number::Nonsense => 0,
        }
    }
}

fn number_at(text: &str) -> Number<'_> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    // A full stop at the end of a sentence.
    let number = text[..end].trim_end_matches('.');
    match text[end..].chars().next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '-' | '+') => Number::Nonsense,
        _ if number.is_empty() => Number::None,
        _ => Number::Is(number),
    }
}

/// A factor as written, with two decimals at most.
fn boost_of(number: &str) -> Option<Boost> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let hundredths: u32 = match decimals.len() {
        0 => 0,
        1 => decimals.parse::<u32>().ok()? * 10,
        2 => decimals.parse().ok()?,
        _ => return None,
    };
    let whole: u32 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
    let all = whole.checked_mul(100)?.checked_add(hundredths)?;
    Boost::from_hundredths(u16::try_from(all).ok()?)
}

fn as_written(node: Node) -> Node {
    match node {
        Node::Word { text } => Node::Phrase { text },
        node => node,
    }
}
