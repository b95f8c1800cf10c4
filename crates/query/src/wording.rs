//! Which words of an index a pattern or a fuzzy word stands for. Engine and highlighter both ask
//! here, so that what is marked is what matched. Words are compared in their folded form, unstemmed.

use std::sync::LazyLock;

use indexing::{Analyser, tokens};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};

/// The most letters that a fuzzy word may differ in.
pub const MAX_EDITS: u8 = 2;

/// The longest word, in letters, that is searched fuzzily; of a longer one only itself is found.
pub const LONGEST_FUZZY: usize = 64;

/// A set of words.
pub(crate) enum Wording {
    /// Those of a shape.
    Pattern(Pattern),
    /// Those near a word, itself among them.
    Fuzzy(Box<DFA>),
}

/// A shape of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    signs: Vec<Sign>,
    /// What every word of this shape begins with.
    prefix: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Letter(char),
    One,
    Any,
}

impl Pattern {
    /// Reads a shape: letters, `*` and `?`. Letters are folded as in the index.
    pub fn read(text: &str) -> Self {
        let mut signs = Vec::new();
        let mut letters = String::new();
        for c in text.chars() {
            let sign = match c {
                '*' => Sign::Any,
                '?' => Sign::One,
                _ => {
                    letters.push(c);
                    continue;
                }
            };
            push_letters(&mut letters, &mut signs);
            if sign != Sign::Any || signs.last() != Some(&Sign::Any) {
                signs.push(sign);
            }
        }
        push_letters(&mut letters, &mut signs);
        let prefix = signs
            .iter()
            .map_while(|sign| match sign {
                Sign::Letter(c) => Some(*c),
                Sign::One | Sign::Any => None,
            })
            .collect();
        Self { signs, prefix }
    }

    /// What every word of this shape begins with.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether a word is of this shape. Takes time in proportion to the product of both lengths.
    pub fn matches(&self, word: &str) -> bool {
        // Where to go on from when letters no longer fit: behind the last `*`.
        let mut back: Option<(usize, std::str::Chars<'_>)> = None;
        let (mut at, mut rest) = (0, word.chars());
        loop {
            let here = rest.clone();
            let next = rest.next();
            match (self.signs.get(at), next) {
                (Some(Sign::Any), _) => {
                    (at, rest) = (at + 1, here.clone());
                    back = Some((at, here));
                }
                (Some(Sign::One), Some(_)) => at += 1,
                (Some(Sign::Letter(c)), Some(found)) if *c == found => at += 1,
                (None, None) => return true,
                _ => {
                    let Some((sign, mut from)) = back.take() else { return false };
                    if from.next().is_none() {
                        return false;
                    }
                    (at, rest) = (sign, from.clone());
                    back = Some((sign, from));
                }
            }
        }
    }
}

/// The folded form of letters between two signs. What the index would not take for a word there (a
/// vowel sign by itself) is no letter of a word either.
fn push_letters(letters: &mut String, signs: &mut Vec<Sign>) {
    for token in tokens(letters, Analyser::Exact) {
        signs.extend(token.word.chars().map(Sign::Letter));
    }
    letters.clear();
}

impl Wording {
    /// The words of a shape.
    pub fn pattern(text: &str) -> Self {
        Wording::Pattern(Pattern::read(text))
    }

    /// The words that differ from `text` in at most so many letters. A swap of two neighbours is one.
    pub fn fuzzy(text: &str, edits: u8) -> Self {
        static BUILDERS: LazyLock<[LevenshteinAutomatonBuilder; MAX_EDITS as usize + 1]> =
            LazyLock::new(|| [0, 1, 2].map(|edits| LevenshteinAutomatonBuilder::new(edits, true)));
        let word: String = tokens(text, Analyser::Exact).map(|token| token.word).collect();
        let long = word.chars().count() > LONGEST_FUZZY;
        let edits = if long { 0 } else { edits.min(MAX_EDITS) };
        Wording::Fuzzy(Box::new(BUILDERS[usize::from(edits)].build_dfa(&word)))
    }

    /// Whether a folded word is among them.
    pub fn matches(&self, word: &str) -> bool {
        match self {
            Wording::Pattern(pattern) => pattern.matches(word),
            Wording::Fuzzy(near) => matches!(near.eval(word), Distance::Exact(_)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fits(pattern: &str, words: &[&str]) -> Vec<bool> {
        let wording = Wording::pattern(pattern);
        words.iter().map(|word| wording.matches(word)).collect()
    }

    #[test]
    fn a_star_stands_for_any_letters_and_a_question_mark_for_one() {
        assert_eq!(
            fits("conver*", &["convert", "conver", "converts", "conve", "aconvert"]),
            [true, true, true, false, false]
        );
        assert_eq!(
            fits("wom?n", &["woman", "women", "womn", "womaan"]),
            [true, true, false, false]
        );
        assert_eq!(fits("*tion", &["conversion", "registration"]), [false, true]);
        assert_eq!(fits("a*b*a", &["aba", "abba", "abab", "axxbxxa"]), [true, true, false, true]);
        assert_eq!(fits("*", &["", "x"]), [true, true]);
        assert_eq!(fits("BAHÁ*", &["bahai"]), [true]);
    }

    #[test]
    fn a_fuzzy_word_stands_for_those_spelt_nearly_like_it() {
        let near = |word: &str, edits| {
            let wording = Wording::fuzzy(word, edits);
            ["uyghur", "uighur", "uygur", "yughur", "uyghurs"].map(|other| wording.matches(other))
        };
        assert_eq!(near("Uyghur", 1), [true, true, true, true, true]);
        assert_eq!(near("uighur", 1), [true, true, false, false, false]);
        assert_eq!(near("uighur", 2), [true, true, true, true, true]);
        // Beyond the longest, only the word itself.
        let long = Wording::fuzzy(&format!("{}-y", "x".repeat(LONGEST_FUZZY)), 2);
        let words = ["xy", "x"].map(|end| "x".repeat(LONGEST_FUZZY - 1) + end);
        assert_eq!(words.map(|word| long.matches(&word)), [true, false]);
    }

    #[test]
    fn a_hostile_pattern_takes_bounded_time() {
        let word = "a".repeat(64);
        assert!(!Wording::pattern(&"a*".repeat(500)).matches(&format!("{word}b")[..1]));
        assert!(!Wording::pattern(&format!("{}b", "*a".repeat(40))).matches(&word));
    }

    proptest! {
        #[test]
        fn a_pattern_agrees_with_its_meaning(pattern in "[ab*?]{0,7}", word in "[ab]{0,7}") {
            fn means(pattern: &[u8], word: &[u8]) -> bool {
                match (pattern.first(), word.first()) {
                    (None, None) => true,
                    (Some(b'*'), _) => {
                        means(&pattern[1..], word) || (!word.is_empty() && means(pattern, &word[1..]))
                    }
                    (Some(b'?'), Some(_)) => means(&pattern[1..], &word[1..]),
                    (Some(a), Some(b)) if a == b => means(&pattern[1..], &word[1..]),
                    _ => false,
                }
            }
            let expected = means(pattern.as_bytes(), word.as_bytes());
            prop_assert_eq!(Wording::pattern(&pattern).matches(&word), expected);
        }

        #[test]
        fn what_matches_begins_with_the_prefix(pattern in "[ab*?]{0,7}", word in "[ab]{0,7}") {
            let pattern = Pattern::read(&pattern);
            prop_assert!(!pattern.matches(&word) || word.starts_with(pattern.prefix()));
        }
    }
}
