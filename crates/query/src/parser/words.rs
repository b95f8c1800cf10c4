//! The words of a stretch of text without spaces: what is joined by a hyphen, a dot or the like is
//! one node, and a word with `*` or `?` is a pattern. What a word is, the analyser says.

use indexing::{Analyser, Token, tokens};
use model::TextRange;

use crate::ast::Node;

/// What was found in a stretch.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub nodes: Vec<Node>,
    /// Where signs of patterns stand without a letter.
    pub bare: Vec<TextRange>,
    /// Where a pattern is joined with other words.
    pub apart: Vec<TextRange>,
    /// Whether there were more words than may be read.
    pub cut: bool,
}

/// How many words may still be read.
pub(super) struct Allowance(pub usize);

impl Allowance {
    /// Takes one word, if one is left.
    pub fn take(&mut self) -> bool {
        let left = self.0 > 0;
        self.0 = self.0.saturating_sub(1);
        left
    }

    /// Takes as many words as may still be read; how many of them those are.
    pub fn take_of(&mut self, words: &[Token]) -> usize {
        let taken = words.len().min(self.0);
        self.0 -= taken;
        taken
    }
}

/// The nodes of a stretch without spaces.
pub(super) fn nodes(run: &str, allowance: &mut Allowance) -> Found {
    let signs = pattern_signs(run);
    // A letter in the place of each sign: so the analyser says where a pattern begins and ends.
    let lettered: String =
        run.char_indices().map(|(at, c)| if signs.contains(&at) { 'x' } else { c }).collect();
    let words: Vec<Token> = tokens(&lettered, Analyser::Exact).collect();
    let joined = |a: &Token, b: &Token| is_joint(&run[a.range.end..b.range.start]);
    let mut found = Found::default();
    for group in words.chunk_by(joined) {
        let has_sign =
            |range: &TextRange| signs.iter().any(|at| range.start <= *at && *at < range.end);
        if !group.iter().any(|word| has_sign(&word.range)) {
            let taken = allowance.take_of(group);
            found.cut |= taken < group.len();
            if let Some(last) = taken.checked_sub(1) {
                let text = &run[group[0].range.start..group[last].range.end];
                found.nodes.push(Node::Word { text: unmistakable(text) });
            }
            continue;
        }
        if group.len() > 1 {
            let (first, last) = (group[0].range.start, group[group.len() - 1].range.end);
            found.apart.push(TextRange { start: first, end: last });
        }
        for word in group {
            let text = run[word.range.start..word.range.end].trim_end_matches('?');
            let node = if !has_letter(text) {
                found.bare.push(word.range);
                continue;
            } else if text.contains(['*', '?']) {
                Node::Pattern { text: text.to_owned() }
            } else {
                // Without its signs it may end sooner: the apostrophe of `aa'?` joins nothing.
                let ends = tokens(text, Analyser::Exact).last().map_or(0, |last| last.range.end);
                Node::Word { text: unmistakable(&text[..ends]) }
            };
            if allowance.take() {
                found.nodes.push(node);
            } else {
                found.cut = true;
            }
        }
    }
    found
}

/// Whether the letters of a pattern are some to the analyser.
fn has_letter(pattern: &str) -> bool {
    pattern.split(['*', '?']).any(|letters| tokens(letters, Analyser::Exact).next().is_some())
}

/// A word as it can be written without being taken for an operator.
fn unmistakable(word: &str) -> String {
    if matches!(word, "AND" | "OR" | "NOT") { word.to_lowercase() } else { word.to_owned() }
}

/// Where the signs of patterns stand: `*` everywhere, `?` where a word goes on behind it; elsewhere it
/// ends a question.
fn pattern_signs(run: &str) -> Vec<usize> {
    let mut signs = Vec::new();
    let mut goes_on = false;
    for (at, c) in run.char_indices().rev() {
        match c {
            '*' => {
                signs.push(at);
                goes_on = true;
            }
            '?' if goes_on => signs.push(at),
            _ => goes_on = c.is_alphanumeric(),
        }
    }
    signs
}

/// Whether what stands between two words makes them one: a hyphen, a dot or the like, or nothing at
/// all, as in Chinese.
fn is_joint(between: &str) -> bool {
    let mut signs = between.chars();
    let sign = signs.next();
    signs.next().is_none()
        && sign.is_none_or(|sign| matches!(sign, '-' | '‐' | '‑' | '.' | '_' | '\'' | '’'))
}

/// Whether a word begins right here. Asked of the analyser itself: the standard library's notion of
/// letters differs from it for some ideographs, and some letters are words only before others.
pub(super) fn begins_word(text: &str) -> bool {
    let run = text.split(|c: char| c.is_whitespace() || is_quote(c)).next().unwrap_or("");
    tokens(run, Analyser::Exact).next().is_some_and(|word| word.range.start == 0)
}

/// The words of quoted text: from the first to the last, parted by single spaces.
pub(super) fn quoted_words(content: &str, allowance: &mut Allowance) -> (Option<String>, Cut) {
    let words: Vec<Token> = tokens(content, Analyser::Exact).collect();
    let taken = allowance.take_of(&words);
    let cut = if taken < words.len() { Cut::Yes } else { Cut::No };
    let text = taken.checked_sub(1).map(|last| {
        let text = &content[words[0].range.start..words[last].range.end];
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    (text, cut)
}

/// Whether words were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    Yes,
    No,
}

pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}
