//! What is shown of a passage beside its hit: a stretch of whole sentences around the best match, and
//! lines with the match in the middle (keyword in context). Everything is a range of the passage's
//! text, so that what is shown is verbatim.

use std::collections::HashSet;

use indexing::{Analyser, tokens};
use model::TextRange;

/// A stretch of a passage: whole sentences, one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Where it stands in the passage's text.
    pub range: TextRange,
    /// What of the passage stands before it, white space at the borders left out.
    pub before: TextRange,
    /// What of the passage stands behind it, white space at the borders left out.
    pub after: TextRange,
}

impl Snippet {
    /// Its text, with `…` where text of the passage was left out. `text` is the passage's.
    pub fn shown(&self, text: &str) -> String {
        let sign =
            |left_out: TextRange, sign| if left_out.start < left_out.end { sign } else { "" };
        let (before, after) = (sign(self.before, "… "), sign(self.after, " …"));
        format!("{before}{}{after}", self.range.of(text).unwrap_or(""))
    }
}

/// The stretch of a passage that shows best why it was found: the sentence with the most different
/// words that matched, whole however long it is, with its neighbours as long as all of it has at most
/// `most` characters. Without highlights it is the beginning of the passage.
///
/// `sentences` are those of the passage, `highlights` ordered and apart from one another; a highlight
/// that goes over the end of a sentence holds both together.
pub fn snippet(
    text: &str,
    sentences: &[TextRange],
    highlights: &[TextRange],
    most: usize,
) -> Snippet {
    let units = units(text, sentences, highlights);
    let matched: Vec<Vec<TextRange>> = units
        .iter()
        .map(|unit| highlights.iter().copied().filter(|range| overlap(unit, range)).collect())
        .collect();
    let worth: Vec<(usize, usize)> =
        matched.iter().map(|ranges| (different_words(text, ranges), ranges.len())).collect();
    // Of equals the first.
    let Some(best) = (0..units.len()).rev().max_by_key(|at| worth[*at]) else {
        let nothing = TextRange { start: 0, end: 0 };
        return Snippet { range: nothing, before: nothing, after: nothing };
    };
    let (mut first, mut last) = (best, best);
    let characters = |first: usize, last: usize| {
        text.get(units[first].start..units[last].end).map_or(0, |text| text.chars().count())
    };
    loop {
        let before = first.checked_sub(1).filter(|at| characters(*at, last) <= most);
        let after = Some(last + 1).filter(|at| *at < units.len() && characters(first, *at) <= most);
        match (before, after) {
            (None, None) => break,
            // The neighbour that says more of why it was found; of equals the nearer, then what follows.
            (Some(before), Some(after))
                if (worth[before], after - best) > (worth[after], best - before) =>
            {
                first = before;
            }
            (_, Some(after)) => last = after,
            (Some(before), None) => first = before,
        }
    }
    let range = TextRange { start: units[first].start, end: units[last].end };
    Snippet {
        range,
        before: trimmed(text, TextRange { start: 0, end: range.start }),
        after: trimmed(text, TextRange { start: range.end, end: text.len() }),
    }
}

/// The sentences, those that a highlight holds together as one; all of the text where there are none.
fn units(text: &str, sentences: &[TextRange], highlights: &[TextRange]) -> Vec<TextRange> {
    let mut units: Vec<TextRange> = Vec::with_capacity(sentences.len().max(1));
    for sentence in sentences.iter().filter(|sentence| sentence.of(text).is_some()) {
        match units.last_mut() {
            Some(before)
                if highlights
                    .iter()
                    .any(|range| overlap(before, range) && overlap(sentence, range)) =>
            {
                before.end = sentence.end;
            }
            _ => units.push(*sentence),
        }
    }
    if units.is_empty() {
        let all = trimmed(text, TextRange { start: 0, end: text.len() });
        units.extend((all.start < all.end).then_some(all));
    }
    units
}

fn overlap(a: &TextRange, b: &TextRange) -> bool {
    a.start < b.end && b.start < a.end
}

/// How many different words, whatever their forms, stand in some ranges.
fn different_words(text: &str, ranges: &[TextRange]) -> usize {
    let words = ranges.iter().filter_map(|range| range.of(text));
    let words: HashSet<String> =
        words.flat_map(|words| tokens(words, Analyser::Stemmed)).map(|token| token.word).collect();
    words.len()
}

fn trimmed(text: &str, range: TextRange) -> TextRange {
    let inside = range.of(text).unwrap_or("");
    let start = range.start + (inside.len() - inside.trim_start().len());
    TextRange { start, end: start + inside.trim().len() }
}

/// How much is shown on either side of a match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Context {
    /// So many words at most.
    Words(usize),
    /// So many characters at most, without a word cut in two unless it is longer than that.
    Characters(usize),
}

/// A match in its context: three ranges of the passage's text, white space at their borders left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KwicCell {
    /// What stands before the match.
    pub left: TextRange,
    /// The match.
    pub matched: TextRange,
    /// What stands behind it.
    pub right: TextRange,
}

/// A cell for each highlight of a passage, in their order. Highlights outside the text are left out.
pub fn kwic(text: &str, highlights: &[TextRange], context: Context) -> Vec<KwicCell> {
    let inside = highlights.iter().filter(|range| range.of(text).is_some());
    inside
        .map(|matched| {
            let (before, after) = (&text[..matched.start], &text[matched.end..]);
            let (start, end) = match context {
                Context::Words(words) => (words_back(before, words), words_on(after, words)),
                Context::Characters(most) => {
                    (characters_back(before, most), characters_on(after, most))
                }
            };
            let right = TextRange { start: matched.end, end: matched.end + end };
            KwicCell {
                left: trimmed(text, TextRange { start, end: matched.start }),
                matched: *matched,
                right: trimmed(text, right),
            }
        })
        .collect()
}

/// Where the last so many words of a text begin.
fn words_back(text: &str, words: usize) -> usize {
    let starts: Vec<usize> = tokens(text, Analyser::Exact).map(|token| token.range.start).collect();
    match starts.len().checked_sub(words) {
        None => 0,
        Some(0) => 0,
        Some(first) => starts.get(first).copied().unwrap_or(text.len()),
    }
}

/// Where the first so many words of a text end, with the signs that stand right behind the last.
fn words_on(text: &str, words: usize) -> usize {
    let Some(last) = words.checked_sub(1) else { return 0 };
    match tokens(text, Analyser::Exact).map(|token| token.range).nth(last) {
        None => text.len(),
        Some(range) => {
            let rest = &text[range.end..];
            let sign = |c: char| !c.is_whitespace() && !c.is_alphanumeric();
            range.end + rest.find(|c| !sign(c)).unwrap_or(rest.len())
        }
    }
}

/// Where the last so many characters of a text begin, or the first word that stands in them whole.
fn characters_back(text: &str, most: usize) -> usize {
    let Some(more) = text.chars().count().checked_sub(most).filter(|more| *more > 0) else {
        return 0;
    };
    let start = text.char_indices().nth(more).map_or(text.len(), |(at, _)| at);
    if text[..start].ends_with(char::is_whitespace) {
        return start;
    }
    text[start..].find(char::is_whitespace).map_or(start, |space| start + space)
}

/// Where the first so many characters of a text end, or the last word that stands in them whole.
fn characters_on(text: &str, most: usize) -> usize {
    let Some((end, c)) = text.char_indices().nth(most) else { return text.len() };
    if c.is_whitespace() {
        return end;
    }
    text[..end].rfind(char::is_whitespace).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TEXT: &str = "The law changed. Converts were fined in May. Police raided a church and \
        fined converts again. Nobody was freed. The end.";

    fn sentences(text: &str) -> Vec<TextRange> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices('.') {
            let range = trimmed(text, TextRange { start, end: at + 1 });
            sentences.extend((range.start < range.end).then_some(range));
            start = at + 1;
        }
        let rest = trimmed(text, TextRange { start, end: text.len() });
        sentences.extend((rest.start < rest.end).then_some(rest));
        sentences
    }

    fn places(text: &str, words: &[&str]) -> Vec<TextRange> {
        let found = |word: &&str| {
            let word = (*word).to_owned();
            text.match_indices(&word)
                .map(|(start, word)| TextRange { start, end: start + word.len() })
                .collect::<Vec<_>>()
        };
        let mut places: Vec<TextRange> = words.iter().flat_map(found).collect();
        places.sort_unstable();
        places
    }

    fn shown(words: &[&str], most: usize) -> String {
        snippet(TEXT, &sentences(TEXT), &places(TEXT, words), most).shown(TEXT)
    }

    #[test]
    fn the_sentence_with_the_most_different_words_is_shown_whole() {
        let raided = "… Police raided a church and fined converts again. …";
        assert_eq!(shown(&["fined", "onverts", "raided"], 10), raided);
        assert_eq!(shown(&["church"], 60), raided);
        assert_eq!(shown(&["fined"], 10), "… Converts were fined in May. …", "of equals the first");
        assert_eq!(shown(&["law"], 10), "The law changed. …");
        assert_eq!(shown(&["end"], 10), "… The end.");
    }

    #[test]
    fn neighbours_are_shown_while_they_fit() {
        assert_eq!(shown(&["Nobody"], 27), "… Nobody was freed. The end.");
        assert_eq!(
            shown(&["Nobody", "church"], 80),
            "… Police raided a church and fined converts again. Nobody was freed. The end."
        );
        assert_eq!(shown(&["church"], 1000), TEXT);
        assert_eq!(shown(&[], 20), "The law changed. …");
    }

    #[test]
    fn a_match_over_the_end_of_a_sentence_holds_both_together() {
        assert_eq!(shown(&["freed. The"], 5), "… Nobody was freed. The end.");
        let none = snippet(TEXT, &[], &places(TEXT, &["May"]), 5);
        assert_eq!(none.shown(TEXT), TEXT, "without sentences nothing is cut");
        assert_eq!(snippet("", &[], &[], 5).shown(""), "");
    }

    fn cells(word: &str, context: Context) -> Vec<[&'static str; 3]> {
        let cells = kwic(TEXT, &places(TEXT, &[word]), context);
        let of = |range: TextRange| &TEXT[range.start..range.end];
        cells.into_iter().map(|cell| [of(cell.left), of(cell.matched), of(cell.right)]).collect()
    }

    #[test]
    fn a_match_stands_in_its_context() {
        assert_eq!(
            cells("fined", Context::Words(2)),
            [["Converts were", "fined", "in May."], ["church and", "fined", "converts again."]]
        );
        assert_eq!(cells("fined", Context::Words(0))[0], ["", "fined", ""]);
        assert_eq!(cells("law", Context::Words(3)), [["The", "law", "changed. Converts were"]]);
        assert_eq!(
            cells("fined", Context::Characters(15)),
            [["Converts were", "fined", "in May. Police"], ["a church and", "fined", "converts"]]
        );
        assert_eq!(cells("church", Context::Characters(4)), [["a", "church", "and"]]);
    }

    proptest! {
        #[test]
        fn a_snippet_is_verbatim_and_never_cuts_the_sentence_of_a_match(
            text in "([a-d]{1,3}[ .é]{1,2}){0,20}", picked in proptest::collection::vec(0usize..60, 0..5),
            most in 0usize..60,
        ) {
            let words: Vec<TextRange> =
                tokens(&text, Analyser::Exact).map(|token| token.range).collect();
            let mut marks: Vec<TextRange> =
                picked.iter().filter_map(|at| words.get(*at).copied()).collect();
            marks.sort_unstable();
            marks.dedup();
            let sentences = sentences(&text);
            let found = snippet(&text, &sentences, &marks, most);
            prop_assert!(text.is_char_boundary(found.range.start) && text.is_char_boundary(found.range.end));
            let shown = found.shown(&text);
            let inside = shown.trim_start_matches("… ").trim_end_matches(" …");
            prop_assert_eq!(inside, &text[found.range.start..found.range.end]);
            let held = |s: &&TextRange| found.range.start <= s.start && s.end <= found.range.end;
            prop_assert!(sentences.iter().all(|s| held(&s) || !overlap(s, &found.range)));
            let count = sentences.iter().filter(held).count();
            // A match that goes over the end of a sentence holds both together.
            let holds = |mark: &TextRange| sentences.iter().filter(|s| overlap(s, mark)).count() > 1;
            let held_together = marks.iter().any(holds);
            prop_assert!(count <= 1 || held_together || inside.chars().count() <= most);
            if !marks.is_empty() {
                prop_assert!(marks.iter().any(|mark| overlap(mark, &found.range)));
            }
            for context in [Context::Words(most / 8), Context::Characters(most)] {
                let cells = kwic(&text, &marks, context);
                prop_assert_eq!(cells.len(), marks.len());
                for cell in cells {
                    prop_assert!(cell.left.end <= cell.matched.start);
                    prop_assert!(cell.matched.end <= cell.right.start);
                    for side in [cell.left, cell.right] {
                        let side = &text[side.start..side.end];
                        prop_assert_eq!(side.trim(), side);
                        match context {
                            Context::Characters(most) => prop_assert!(side.chars().count() <= most),
                            Context::Words(most) => {
                                prop_assert!(tokens(side, Analyser::Exact).count() <= most);
                            }
                        }
                    }
                }
            }
        }
    }
}
