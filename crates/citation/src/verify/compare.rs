//! A quotation compared with a source word by word: the stretch of the source that reads most like it,
//! and where the two differ. Only whether enough of the words stand there in order decides that it is
//! that stretch; how many is nobody's measure of accuracy and is not told.

use std::collections::HashMap;

use model::TextRange;

use super::callouts::{Callout, callouts};
use super::words::{Gaps, Token, TokenKind, tokens};

/// The most words and marks of a quotation that are compared.
pub(super) const MOST_TOKENS: usize = 7_000;
/// How many places of a source are compared word by word.
const MOST_WINDOWS: usize = 3;
/// Room around the quotation's own length, in words.
const ROOM: usize = 40;
/// More room where an ellipsis stands for any words.
const ROOM_FOR_GAPS: usize = 400;

/// What a word costs that only the quotation has, and one that only the source has: a word put in is
/// rarer than one left out.
const ADDED: u32 = 3;
const DROPPED: u32 = 2;

/// One difference between a quotation and its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind.
    pub kind: DifferenceKind,
    /// The quotation's words; empty for words left out.
    pub quoted: String,
    /// The source's words; empty for words put in.
    pub source: String,
    /// Where the quotation's words stand, in bytes of the quotation's text; empty where none do.
    pub quoted_range: TextRange,
    /// What deserves a look.
    pub callouts: Vec<Callout>,
}

/// What kind of difference it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DifferenceKind {
    /// Other words than the source's.
    Changed,
    /// Words of the source are left out without a mark.
    Dropped,
    /// Words stand there that the source does not have.
    Added,
    /// Only capitals differ.
    Case,
    /// Only punctuation differs.
    Punctuation,
}

/// A quotation beside the stretch of a source that reads most like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Comparison {
    pub differences: Vec<Difference>,
    /// The stretch, in bytes of the source.
    pub range: TextRange,
    /// What the differences cost; the less the more alike.
    pub cost: u32,
}

/// One step of an alignment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Both,
    Quoted,
    Source,
}

/// The stretch of a source that reads most like the quotation; `None` where none reads enough like it
/// for the words to have been taken from there.
pub(super) fn compare(quote: &str, source: &str) -> Option<Comparison> {
    let quoted = tokens(quote, Gaps::Marked);
    let words = quoted.iter().filter(|token| token.kind == TokenKind::Word).count();
    if words < 4 || quoted.len() > MOST_TOKENS {
        return None;
    }
    let source_tokens = tokens(source, Gaps::Own);
    let mut best: Option<Comparison> = None;
    for window in windows(&quoted, &source_tokens) {
        let Some(tokens) = source_tokens.get(window.start..window.end) else { continue };
        let found = aligned(quote, &quoted, source, tokens);
        if let Some(found) = found
            && best.as_ref().is_none_or(|best| found.cost < best.cost)
        {
            best = Some(found);
        }
    }
    best
}

/// The stretches of source tokens where most pairs of neighbouring words of the quotation stand, in
/// its order.
fn windows(quoted: &[Token], source: &[Token]) -> Vec<TextRange> {
    let gaps = quoted.iter().any(|token| token.kind == TokenKind::Gap);
    let wanted = pairs(quoted);
    let mut at: HashMap<(&str, &str), Vec<usize>> = HashMap::new();
    for &(first, second, place) in &wanted {
        at.entry((first, second)).or_default().push(place);
    }
    // Votes for where the quotation would begin, in steps of a few words.
    const STEP: usize = 16;
    let mut votes: HashMap<usize, u32> = HashMap::new();
    for (first, second, place) in pairs(source) {
        for &inside in at.get(&(first, second)).into_iter().flatten().take(8) {
            let begin = (place + MOST_TOKENS).saturating_sub(inside) / STEP;
            *votes.entry(begin).or_default() += 1;
        }
    }
    let mut best: Vec<(u32, usize)> = votes
        .iter()
        .map(|(&begin, &count)| (count + votes.get(&(begin + 1)).copied().unwrap_or(0), begin))
        .collect();
    best.sort_by_key(|&(count, begin)| (std::cmp::Reverse(count), begin));
    // Neighbouring places share their window.
    let mut chosen: Vec<usize> = Vec::new();
    for &(_, begin) in &best {
        if chosen.len() < MOST_WINDOWS && chosen.iter().all(|at| at.abs_diff(begin) * STEP > ROOM) {
            chosen.push(begin);
        }
    }
    let room = ROOM + quoted.len() / 4 + if gaps { ROOM_FOR_GAPS } else { 0 };
    let window = |begin: usize| {
        let begin = (begin * STEP).saturating_sub(MOST_TOKENS);
        let end = begin + quoted.len() + STEP + room;
        TextRange::new(begin.saturating_sub(room), end.min(source.len()))
    };
    chosen.into_iter().map(window).collect()
}

/// Pairs of neighbouring words, punctuation passed over, with the first one's ordinal.
fn pairs(tokens: &[Token]) -> Vec<(&str, &str, usize)> {
    let words = tokens.iter().enumerate().filter(|(_, token)| token.kind == TokenKind::Word);
    let words: Vec<(usize, &str)> = words.map(|(at, token)| (at, token.text.as_str())).collect();
    words.windows(2).map(|pair| (pair[0].1, pair[1].1, pair[0].0)).collect()
}

/// A token as the alignment sees it: equal words have equal numbers, in either case.
#[derive(Clone, Copy)]
struct Sign {
    exact: usize,
    folded: usize,
    kind: TokenKind,
}

/// The signs of two lists of tokens.
fn signs(quoted: &[Token], source: &[Token]) -> (Vec<Sign>, Vec<Sign>) {
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let mut number = |text: String| {
        let next = numbers.len();
        *numbers.entry(text).or_insert(next)
    };
    let mut all = |tokens: &[Token]| -> Vec<Sign> {
        let mut signs = Vec::with_capacity(tokens.len());
        for token in tokens {
            let (exact, folded) = (number(token.text.clone()), number(token.text.to_lowercase()));
            signs.push(Sign { exact, folded, kind: token.kind });
        }
        signs
    };
    (all(quoted), all(source))
}

fn replace_cost(quoted: Sign, source: Sign) -> u32 {
    match (quoted.kind, source.kind) {
        _ if quoted.exact == source.exact => 0,
        (TokenKind::Word, TokenKind::Word) if quoted.folded == source.folded => 1,
        (TokenKind::Word, TokenKind::Word) => 3,
        (TokenKind::Punctuation, TokenKind::Punctuation) => 1,
        _ => 10,
    }
}

/// What a word or mark costs that stands on one side only; `word` is what a word does.
fn lone_cost(token: Sign, word: u32) -> u32 {
    match token.kind {
        TokenKind::Word => word,
        TokenKind::Punctuation => 1,
        TokenKind::Gap => 0,
    }
}

/// The cheapest way to lay the whole quotation along the source tokens; what stands before and after
/// it there is free, and so is what a gap stands for.
fn steps(quoted: &[Token], source: &[Token]) -> (Vec<Step>, usize, u32) {
    let (quoted, source) = signs(quoted, source);
    let width = source.len() + 1;
    let mut taken = vec![Step::Source; (quoted.len() + 1) * width];
    let mut above: Vec<u32> = vec![0; width];
    for (i, &token) in quoted.iter().enumerate() {
        let mut row = vec![0; width];
        row[0] = above[0] + lone_cost(token, ADDED);
        taken[(i + 1) * width] = Step::Quoted;
        for (j, &there) in source.iter().enumerate() {
            let gap = token.kind == TokenKind::Gap;
            // In the row of a gap, and after the last token, the source's words cost nothing.
            let both = if gap { u32::MAX } else { above[j] + replace_cost(token, there) };
            let quoted_only = above[j + 1] + lone_cost(token, ADDED);
            let source_only = row[j] + if gap { 0 } else { lone_cost(there, DROPPED) };
            let (mut cost, mut step) = (both, Step::Both);
            if quoted_only < cost {
                (cost, step) = (quoted_only, Step::Quoted);
            }
            if source_only < cost {
                (cost, step) = (source_only, Step::Source);
            }
            row[j + 1] = cost;
            taken[(i + 1) * width + j + 1] = step;
        }
        above = row;
    }
    // Of several ends that cost the same the last one lays a changed last word beside the source's;
    // after a gap the first one keeps the gap short.
    let gap_ends = quoted.last().is_some_and(|token| token.kind == TokenKind::Gap);
    let end = if gap_ends {
        (0..width).min_by_key(|&j| above[j])
    } else {
        (0..width).rev().min_by_key(|&j| above[j])
    };
    let end = end.unwrap_or(0);
    let (mut i, mut j) = (quoted.len(), end);
    let mut path = Vec::new();
    while i > 0 {
        let step = taken[i * width + j];
        path.push(step);
        match step {
            Step::Both => (i, j) = (i - 1, j - 1),
            Step::Quoted => i -= 1,
            Step::Source => j -= 1,
        }
    }
    path.reverse();
    (path, j, above[end])
}

fn aligned(quote: &str, quoted: &[Token], source: &str, window: &[Token]) -> Option<Comparison> {
    let (path, begin, cost) = steps(quoted, window);
    let (mut i, mut j) = (0, begin);
    let (mut same, mut run, mut longest) = (0usize, 0usize, 0usize);
    let mut differences = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for step in path {
        let equal = step == Step::Both && quoted[i].text == window[j].text;
        // What a gap stands for is no difference: the row after a gap's own token absorbs it.
        let in_gap = match step {
            Step::Source => i > 0 && quoted[i - 1].kind == TokenKind::Gap,
            _ => quoted.get(i).is_some_and(|token| token.kind == TokenKind::Gap),
        };
        if equal || in_gap {
            if let Some((from, at)) = open.take() {
                differences.push(difference(quote, &quoted[from..i], source, &window[at..j]));
            }
        } else {
            open.get_or_insert((i, j));
        }
        if step == Step::Both && quoted[i].kind == TokenKind::Word {
            run = if equal { run + 1 } else { 0 };
            same += usize::from(equal);
            longest = longest.max(run);
        }
        match step {
            Step::Both => (i, j) = (i + 1, j + 1),
            Step::Quoted => i += 1,
            Step::Source => j += 1,
        }
    }
    if let Some((from, at)) = open {
        differences.push(difference(quote, &quoted[from..i], source, &window[at..j]));
    }
    let words = quoted.iter().filter(|token| token.kind == TokenKind::Word).count();
    // Most of the words, or a long run of them: half a sentence with another one's half.
    let most = same * 5 >= words * 3 && longest >= if words < 6 { 2 } else { 3 };
    let alike = most || (same * 5 >= words * 2 && longest >= 6);
    let range =
        TextRange::new(window.get(begin)?.range.start, window.get(j.checked_sub(1)?)?.range.end);
    alike.then_some(Comparison { differences, range, cost })
}

fn difference(quote: &str, quoted: &[Token], source: &str, there: &[Token]) -> Difference {
    let cover = |tokens: &[Token]| match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => TextRange::new(first.range.start, last.range.end),
        _ => TextRange::default(),
    };
    let (ours, theirs) = (words_in(quoted), words_in(there));
    let folded =
        |words: &[&str]| -> Vec<String> { words.iter().map(|word| word.to_lowercase()).collect() };
    let kind = match (ours.is_empty(), theirs.is_empty()) {
        (true, true) => DifferenceKind::Punctuation,
        (true, false) => DifferenceKind::Dropped,
        (false, true) => DifferenceKind::Added,
        _ if ours == theirs => DifferenceKind::Punctuation,
        _ if folded(&ours) == folded(&theirs) => DifferenceKind::Case,
        _ => DifferenceKind::Changed,
    };
    let (quoted_range, source_range) = (cover(quoted), cover(there));
    Difference {
        kind,
        quoted: quoted_range.of(quote).unwrap_or("").to_owned(),
        source: source_range.of(source).unwrap_or("").to_owned(),
        quoted_range,
        callouts: callouts(&ours, &theirs),
    }
}

fn words_in(tokens: &[Token]) -> Vec<&str> {
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.map(|token| token.text.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "Overview. The authorities did not apply the law broadly in 2021. Some groups \
                          reported delays of up to 12 months. Others reported none at all.";

    fn one(quote: &str) -> Difference {
        let found = compare(quote, SOURCE).expect("enough alike");
        assert_eq!(found.differences.len(), 1, "{:?}", found.differences);
        found.differences[0].clone()
    }

    #[test]
    fn a_changed_word_is_named_with_the_source_s() {
        let found = one("The authorities did not apply the law strictly in 2021");
        assert_eq!((found.quoted.as_str(), found.source.as_str()), ("strictly", "broadly"));
        assert_eq!(found.kind, DifferenceKind::Changed);
    }

    #[test]
    fn numbers_negations_and_qualifiers_are_called_out() {
        let dropped = one("The authorities did apply the law broadly in 2021");
        assert_eq!(dropped.kind, DifferenceKind::Dropped);
        assert_eq!(dropped.callouts, [Callout::NegationDropped]);
        let number = one("groups reported delays of up to 21 months");
        assert_eq!(number.callouts, [Callout::NumberChanged]);
        let qualifier = one("groups reported delays of 12 months");
        assert_eq!(
            (qualifier.source.as_str(), qualifier.callouts),
            ("up to", vec![Callout::QualifierDropped])
        );
    }

    #[test]
    fn sentences_run_together_and_capitals_within_are_differences() {
        let merged = one("delays of up to 12 months and Others reported none");
        assert_eq!((merged.quoted.as_str(), merged.source.as_str()), ("and", "."));
        let case = one("groups Reported delays of up to 12 months");
        assert_eq!(case.kind, DifferenceKind::Case);
        let stop = one("reported delays, of up to 12 months");
        assert_eq!(stop.kind, DifferenceKind::Punctuation);
    }

    #[test]
    fn what_a_gap_stands_for_is_no_difference() {
        let found = one("The authorities … reported delays of 12 months");
        assert_eq!(found.source, "up to");
    }

    #[test]
    fn invented_words_are_like_nothing() {
        assert_eq!(compare("The ministry closed all of the mosques in the north", SOURCE), None);
        assert_eq!(compare("apply the law", SOURCE), None, "too few words to tell");
        assert_eq!(compare("", SOURCE), None);
        assert_eq!(compare("One two three four five", ""), None);
    }
}
