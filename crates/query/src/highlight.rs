//! Where the words of a query stand in a passage: computed on the stored text by the analysers that
//! index it, so that what is marked is what matched. Phrases are marked where their words follow one
//! another, and nowhere else; exclusions are never marked.

use std::collections::HashSet;

use indexing::{Analyser, tokens};
use model::TextRange;

use crate::ast::{Node, Query};
use crate::search::Added;

/// Marks the words of one query; made once, used for each hit.
pub struct Highlighter {
    wanted: Vec<Wanted>,
}

/// What is looked for by one analyser.
struct Wanted {
    analyser: Analyser,
    words: HashSet<String>,
    phrases: Vec<Vec<String>>,
}

impl Highlighter {
    /// A highlighter of the wanted and needed clauses of `query`.
    pub fn new(query: &Query) -> Self {
        let mut wanted = Analyser::ALL.map(|analyser| Wanted {
            analyser,
            words: HashSet::new(),
            phrases: Vec::new(),
        });
        for (node, _) in query.scored() {
            let (analyser, mut words) = words_of(node);
            for by in wanted.iter_mut().filter(|by| by.analyser == analyser) {
                match words.len() {
                    0 => {}
                    1 => by.words.extend(words.pop()),
                    _ => by.phrases.push(std::mem::take(&mut words)),
                }
            }
        }
        let used = |wanted: &Wanted| !(wanted.words.is_empty() && wanted.phrases.is_empty());
        Self { wanted: wanted.into_iter().filter(used).collect() }
    }

    /// The same, which also knows words that were added to the query.
    #[must_use]
    pub fn with_added(self, _added: &[Added]) -> Self {
        self
    }

    /// The places of `text` where words stand that were added to the query and are not its own.
    pub fn added(&self, _text: &str) -> Vec<TextRange> {
        Vec::new()
    }

    /// The places of `text` that match, ordered and apart from one another.
    pub fn ranges(&self, text: &str) -> Vec<TextRange> {
        let mut ranges = Vec::new();
        for wanted in &self.wanted {
            if wanted.phrases.is_empty() {
                wanted.mark_words(text, &mut ranges);
            } else {
                wanted.mark_all(text, &mut ranges);
            }
        }
        merged(ranges)
    }
}

/// The words a node looks for one after the other, and by which analyser they are compared.
fn words_of(node: &Node) -> (Analyser, Vec<String>) {
    let (analyser, text) = match node {
        Node::Word { text } => (Analyser::Stemmed, text.as_str()),
        Node::Phrase { text } => (Analyser::Exact, text.as_str()),
        _ => (Analyser::Exact, ""),
    };
    (analyser, tokens(text, analyser).map(|token| token.word).collect())
}

impl Wanted {
    fn mark_words(&self, text: &str, ranges: &mut Vec<TextRange>) {
        let mut tokens = tokens(text, self.analyser);
        while let Some((range, word)) = tokens.next_borrowed() {
            if self.words.contains(word) {
                ranges.push(range);
            }
        }
    }

    fn mark_all(&self, text: &str, ranges: &mut Vec<TextRange>) {
        let tokens: Vec<_> = tokens(text, self.analyser).collect();
        let words = tokens.iter().filter(|token| self.words.contains(&token.word));
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

    fn marked(query: &str, text: &str) -> String {
        let mut marked = text.to_owned();
        for range in Highlighter::new(&parse(query).query).ranges(text).into_iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
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
    fn exclusions_are_not_marked() {
        assert_eq!(marked("law -blasphemy", "blasphemy law"), "blasphemy [law]");
        assert_eq!(marked("+law -law", "law"), "[law]");
    }

    proptest! {
        #[test]
        fn marks_lie_in_the_text_in_order(query in "\\PC{0,30}", text in "\\PC{0,60}") {
            let query = parse(&format!("{query} {text}")).query;
            let mut before = None;
            for range in Highlighter::new(&query).ranges(&text) {
                prop_assert!(range.of(&text).is_some_and(|marked| !marked.is_empty()));
                prop_assert!(before.is_none_or(|end| end < range.start));
                before = Some(range.end);
            }
        }
    }
}
