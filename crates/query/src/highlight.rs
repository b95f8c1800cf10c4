//! Where the words of a query stand in a passage: computed on the stored text by the analysers that
//! index it, so that what is marked is what matched. Phrases are marked where their words follow one
//! another, words near one another only where all of them do, and nothing else; what excludes and
//! what restricts is never marked.

use std::collections::HashSet;

use indexing::{Analyser, Token, tokens};
use model::TextRange;

use crate::ast::{Node, Query};
use crate::search::{Added, AddedWords};
use crate::wording::Wording;

/// Marks the words of one query; made once, used for each hit.
pub struct Highlighter {
    own: Both,
    /// Words that were added to the query.
    added: Both,
}

/// What is looked for by either analyser.
#[derive(Default)]
struct Both {
    stemmed: Wanted,
    exact: Wanted,
}

/// What is looked for by one analyser.
#[derive(Default)]
struct Wanted {
    words: HashSet<String>,
    phrases: Vec<Vec<String>>,
    near: Vec<Near>,
    wordings: Vec<Wording>,
}

/// Words that must stand near one another.
struct Near {
    /// Each word, and how many times it is wanted.
    words: Vec<(String, usize)>,
    /// How many words there may be from the first to the last of them, themselves included.
    span: usize,
}

impl Highlighter {
    /// A highlighter of the wanted and needed clauses of `query`.
    pub fn new(query: &Query) -> Self {
        let mut own = Both::default();
        let Both { stemmed, exact } = &mut own;
        for (node, _) in query.scored() {
            match node {
                Node::Word { text } => stemmed.in_order(text, Analyser::Stemmed),
                Node::Phrase { text } => exact.in_order(text, Analyser::Exact),
                Node::Near { text, within } => stemmed.near.push(Near::new(text, *within)),
                Node::Pattern { text } => exact.wordings.push(Wording::pattern(text)),
                Node::Fuzzy { text, edits } => exact.wordings.push(Wording::fuzzy(text, *edits)),
                Node::Section { .. }
                | Node::Is { .. }
                | Node::Covers { .. }
                | Node::Group { .. } => {}
            }
        }
        Self { own, added: Both::default() }
    }

    /// The same, which also knows words that were added to the query; see [`Self::added`].
    #[must_use]
    pub fn with_added(mut self, added: &[Added]) -> Self {
        let Both { stemmed, exact } = &mut self.added;
        for Added { words, .. } in added {
            match words {
                AddedWords::Stem(stem) => {
                    stemmed.words.insert(stem.clone());
                }
                AddedWords::Words(text) => stemmed.in_order(text, Analyser::Stemmed),
                AddedWords::Pattern(text) => exact.wordings.push(Wording::pattern(text)),
            }
        }
        self
    }

    /// The places of `text` that match what the user wrote, ordered and apart from one another.
    pub fn ranges(&self, text: &str) -> Vec<TextRange> {
        self.own.ranges(text)
    }

    /// The places of `text` where words stand that were added to the query, ordered and apart from
    /// one another and from [`Self::ranges`].
    pub fn added(&self, text: &str) -> Vec<TextRange> {
        let mut found = self.added.ranges(text);
        if !found.is_empty() {
            let own = self.own.ranges(text);
            found.retain(|range| {
                let next = own.partition_point(|own| own.end <= range.start);
                own.get(next).is_none_or(|own| range.end <= own.start)
            });
        }
        found
    }
}

impl Both {
    fn ranges(&self, text: &str) -> Vec<TextRange> {
        let mut ranges = Vec::new();
        self.stemmed.mark(text, Analyser::Stemmed, &mut ranges);
        self.exact.mark(text, Analyser::Exact, &mut ranges);
        merged(ranges)
    }
}

impl Wanted {
    /// Takes in words that stand one after the other.
    fn in_order(&mut self, text: &str, analyser: Analyser) {
        let mut words: Vec<String> = tokens(text, analyser).map(|token| token.word).collect();
        match words.len() {
            0 => {}
            1 => self.words.extend(words.pop()),
            _ => self.phrases.push(words),
        }
    }

    fn mark(&self, text: &str, analyser: Analyser, ranges: &mut Vec<TextRange>) {
        if self.phrases.is_empty() && self.near.is_empty() {
            if !(self.words.is_empty() && self.wordings.is_empty()) {
                self.mark_words(text, analyser, ranges);
            }
            return;
        }
        let tokens: Vec<Token> = tokens(text, analyser).collect();
        let words = tokens.iter().filter(|token| self.is_wanted(&token.word));
        ranges.extend(words.map(|token| token.range));
        for phrase in &self.phrases {
            let places = tokens.windows(phrase.len()).filter(|window| {
                window.iter().zip(phrase).all(|(token, word)| token.word == *word)
            });
            ranges.extend(places.map(|window| TextRange {
                start: window[0].range.start,
                end: window[window.len() - 1].range.end,
            }));
        }
        self.near.iter().for_each(|near| near.mark(&tokens, ranges));
    }

    fn mark_words(&self, text: &str, analyser: Analyser, ranges: &mut Vec<TextRange>) {
        let mut tokens = tokens(text, analyser);
        while let Some((range, word)) = tokens.next_borrowed() {
            if self.is_wanted(word) {
                ranges.push(range);
            }
        }
    }

    fn is_wanted(&self, word: &str) -> bool {
        self.words.contains(word) || self.wordings.iter().any(|wording| wording.matches(word))
    }
}

impl Near {
    fn new(text: &str, within: u8) -> Self {
        let mut words: Vec<(String, usize)> = Vec::new();
        let mut count = 0;
        for token in tokens(text, Analyser::Stemmed) {
            count += 1;
            match words.iter_mut().find(|(word, _)| *word == token.word) {
                Some((_, times)) => *times += 1,
                None => words.push((token.word, 1)),
            }
        }
        Self { words, span: count + usize::from(within) }
    }

    /// Marks the words in every stretch that begins and ends with one of them, holds all, cannot be
    /// made shorter at either end, and is short enough.
    fn mark(&self, tokens: &[Token], ranges: &mut Vec<TextRange>) {
        let found: Vec<(usize, usize)> = tokens
            .iter()
            .enumerate()
            .filter_map(|(place, token)| {
                let is_token = |(word, _): &(String, usize)| *word == token.word;
                Some((place, self.words.iter().position(is_token)?))
            })
            .collect();
        let mut missing: usize = self.words.iter().map(|(_, times)| times).sum();
        let mut held = vec![0; self.words.len()];
        let mut first = 0;
        for (last, (place, word)) in found.iter().enumerate() {
            held[*word] += 1;
            missing -= usize::from(held[*word] <= self.words[*word].1);
            if missing > 0 {
                continue;
            }
            // What is not needed at the beginning is left out.
            while held[found[first].1] > self.words[found[first].1].1 {
                held[found[first].1] -= 1;
                first += 1;
            }
            if place - found[first].0 < self.span {
                ranges.extend(found[first..=last].iter().map(|(place, _)| tokens[*place].range));
            }
        }
    }
}

/// The same places, in order, with those that overlap or touch made one.
fn merged(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort_unstable();
    let mut merged: Vec<TextRange> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parser::parse;
    use proptest::prelude::*;

    fn with_marks(text: &str, ranges: Vec<TextRange>) -> String {
        let mut marked = text.to_owned();
        for range in ranges.into_iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    fn added(words: impl IntoIterator<Item = AddedWords>) -> Vec<Added> {
        let of = |words| Added {
            written: String::new(),
            words,
            weight: 0.5,
            because: crate::search::Because::Feedback,
            instead_of: Vec::new(),
        };
        words.into_iter().map(of).collect()
    }

    fn marked(query: &str, text: &str) -> String {
        with_marks(text, Highlighter::new(&parse(query).query).ranges(text))
    }

    #[test]
    fn words_are_marked_in_all_their_forms() {
        assert_eq!(
            marked("convert islam", "Converts from Islam; conversion. The Islamic converted."),
            "[Converts] from [Islam]; conversion. The [Islamic] [converted]."
        );
        assert_eq!(marked("kazakhstan", "Kazakhstan’s laws"), "[Kazakhstan’s] laws");
        assert_eq!(marked("quran", "the Qur’an"), "the [Qur’an]");
    }

    #[test]
    fn phrases_are_marked_where_their_words_follow_one_another() {
        assert_eq!(
            marked(
                "\"death sentence\"",
                "A death sentence, not a sentence of death or death sentences."
            ),
            "A [death sentence], not a sentence of death or death sentences."
        );
        assert_eq!(
            marked("non-violent", "nonviolent, non violent and Non-violently"),
            "nonviolent, [non violent] and [Non-violently]"
        );
        assert_eq!(marked("\"a b\" \"b c\"", "x a b c y"), "x [a b c] y");
        assert_eq!(marked("自由", "信仰自由"), "信仰[自由]");
    }

    #[test]
    fn words_near_one_another_are_marked_in_either_order_where_all_are_near() {
        let near = "\"church burned\"~2";
        assert_eq!(
            marked(near, "Churches were burned. And then: they burned the churches."),
            "[Churches] were [burned]. And then: they [burned] the [churches]."
        );
        assert_eq!(marked(near, "a church that they had burned"), "a church that they had burned");
        assert_eq!(marked("\"a b\"~0", "a b x b a x a x b"), "[a] [b] x [b] [a] x a x b");
        assert_eq!(marked("\"a b a\"~1", "a b x x a x b a"), "a b x x [a] x [b] [a]");
        assert_eq!(marked("\"a b c\"~3", "c x a x x b; a"), "[c] x [a] x x [b]; a");
    }

    #[test]
    fn patterns_and_fuzzy_words_are_marked_by_the_words_they_stand_for() {
        assert_eq!(
            marked("conver*", "Converts, conversion; reconvert"),
            "[Converts], [conversion]; reconvert"
        );
        assert_eq!(marked("wom?n *tion", "Women and action"), "[Women] and [action]");
        assert_eq!(
            marked("uyghur~", "Uyghurs, Uighur, Uygur’s, Tajik"),
            "[Uyghurs], [Uighur], [Uygur’s], Tajik"
        );
        assert_eq!(marked("conver* \"to islam\"", "convert to Islam"), "[convert] [to Islam]");
    }

    #[test]
    fn exclusions_and_restrictions_are_not_marked() {
        assert_eq!(marked("law -blasphemy", "blasphemy law"), "blasphemy [law]");
        assert_eq!(marked("+law -law", "law"), "[law]");
        assert_eq!(marked("law -(a OR NOT b) section:c", "law a b c"), "[law] a b c");
        assert_eq!(marked("country:KZ AND (law OR \"a b\")", "KZ law a b"), "KZ [law] [a b]");
    }

    #[test]
    fn added_words_are_marked_by_themselves() {
        let query = parse("convert \"left islam\"").query;
        let stems = tokens("apostates left convert", Analyser::Stemmed);
        let stems = stems.map(|token| AddedWords::Stem(token.word));
        let others = [AddedWords::Pattern("som*".into()), AddedWords::Words("are some".into())];
        let highlighter = Highlighter::new(&query).with_added(&added(stems.chain(others)));
        let text = "Converts who left Islam are apostates; some left.";
        assert_eq!(
            with_marks(text, highlighter.ranges(text)),
            "[Converts] who [left Islam] are apostates; some left."
        );
        assert_eq!(
            with_marks(text, highlighter.added(text)),
            "Converts who left Islam are [apostates]; [some] [left]."
        );
    }

    proptest! {
        #[test]
        fn marks_lie_in_the_text_in_order(query in "\\PC{0,30}", text in "\\PC{0,60}") {
            let query = parse(&format!("{query} {text} \"{text}\"~9 {text}~")).query;
            let words = [AddedWords::Words(text.clone()), AddedWords::Pattern("a*".into())];
            let highlighter = Highlighter::new(&query).with_added(&added(words));
            for ranges in [highlighter.ranges(&text), highlighter.added(&text)] {
                let mut before = None;
                for range in ranges {
                    prop_assert!(range.of(&text).is_some_and(|marked| !marked.is_empty()));
                    prop_assert!(before.is_none_or(|end| end < range.start));
                    before = Some(range.end);
                }
            }
        }

        #[test]
        fn words_are_near_where_some_choice_of_them_is(text in "[abx]( [abx]){0,9}", within in 0u8..4) {
            let words: Vec<&str> = text.split(' ').collect();
            let places = |word| words.iter().enumerate().filter(move |(_, w)| **w == word);
            let near = places("a").any(|(a, _)| {
                places("b").any(|(b, _)| a.abs_diff(b) <= usize::from(within) + 1)
            });
            let query = parse(&format!("\"a b\"~{within}")).query;
            prop_assert_eq!(!Highlighter::new(&query).ranges(&text).is_empty(), near);
        }
    }
}
