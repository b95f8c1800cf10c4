//! Patterns with what they mean, and where one of them was met in a text. They are found by a
//! [`Finder`], which serves several vocabularies at once.

use std::sync::OnceLock;

use model::TextRange;
use model::pattern::{Pattern, PatternError};

use super::finder::Finder;
use super::words::Words;

/// Patterns, each with what it means.
#[derive(Debug)]
pub struct Vocabulary<T> {
    /// What the patterns mean, by their number.
    meanings: Vec<T>,
    patterns: Vec<Pattern>,
    /// What finds these patterns and no others; made where it is asked for.
    finder: OnceLock<Finder>,
}

/// A pattern met in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Met {
    /// Number of its first word.
    pub first: usize,
    /// Number of its last word.
    pub last: usize,
    /// Number of the pattern.
    pub pattern: usize,
}

impl Met {
    /// Where it stands in the text.
    pub fn range(&self, words: &Words<'_>) -> TextRange {
        words.range(self.first, self.last)
    }

    /// Whether the words of `other` are all among its own.
    pub fn covers(&self, other: &Met) -> bool {
        self.first <= other.first && other.last <= self.last
    }
}

impl<T> Vocabulary<T> {
    /// A vocabulary of these patterns.
    pub fn new(patterns: impl IntoIterator<Item = (Pattern, T)>) -> Self {
        let (patterns, meanings) = patterns.into_iter().unzip();
        Self { meanings, patterns, finder: OnceLock::new() }
    }

    /// A vocabulary of patterns as they are written.
    ///
    /// # Errors
    /// The first pattern that means nothing.
    pub fn written<'a>(
        patterns: impl IntoIterator<Item = (&'a str, T)>,
    ) -> Result<Self, PatternError> {
        let read = patterns.into_iter().map(|(text, meaning)| Ok((Pattern::parse(text)?, meaning)));
        Ok(Self::new(read.collect::<Result<Vec<_>, PatternError>>()?))
    }

    /// Its patterns, by their number.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// What a pattern means.
    pub fn meaning(&self, met: &Met) -> &T {
        &self.meanings[met.pattern]
    }

    /// Every pattern met in a text, in the order of their first words, each at most once for the
    /// same words. A match never crosses the end of a sentence, or a semicolon.
    pub fn find(&self, words: &Words<'_>) -> Vec<Met> {
        self.finder.get_or_init(|| Finder::of(&[&self.patterns])).find(words).of(0).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;
    use model::pattern::{Step, WordMatch};
    use proptest::prelude::*;

    fn found<'a>(patterns: &[&str], text: &'a str) -> Vec<&'a str> {
        let patterns = patterns.iter().map(|pattern| (*pattern, ()));
        let vocabulary = Vocabulary::written(patterns).expect("patterns");
        let sentences = sentences(text);
        let words = Words::of(text, &sentences);
        let found = vocabulary.find(&words);
        found.iter().map(|met| met.range(&words).of(text).unwrap_or("")).collect()
    }

    #[test]
    fn words_are_found_whole_by_beginning_and_by_ending() {
        let text = "Convert, convertible and CONVERTED: converts reconvert.";
        assert_eq!(found(&["convert"], text), ["Convert"]);
        assert_eq!(found(&["convert~"], text), ["Convert", "CONVERTED", "converts"]);
        assert_eq!(found(&["convert*"], text), ["Convert", "convertible", "CONVERTED", "converts"]);
    }

    #[test]
    fn capitals_are_met_as_written() {
        assert_eq!(
            found(&["FCRA", "ID card*"], "The FCRA’s rules; fcra. id cards, ID cards"),
            ["FCRA’s", "ID cards"]
        );
    }

    #[test]
    fn phrases_and_gaps_stay_within_a_sentence() {
        let text = "Those who converted from Christianity to Islam were shunned. Islam is old. They \
                    convert. Islam grows.";
        assert_eq!(found(&["conver* … Islam"], text), ["converted from Christianity to Islam"]);
        assert_eq!(found(&["conver* …1 Islam"], text), Vec::<&str>::new());
        assert_eq!(found(&["Christianity to (Islam|Judaism)"], text), ["Christianity to Islam"]);
        assert_eq!(found(&["(were shunned|grows)"], text), ["were shunned", "grows"]);
    }

    #[test]
    fn the_anchor_may_stand_anywhere_in_a_phrase() {
        let text = "The law of the land on the registration of groups.";
        assert_eq!(
            found(&["law …9 registration of"], text),
            ["law of the land on the registration of"]
        );
        assert_eq!(
            found(&["of the land … groups"], text),
            ["of the land on the registration of groups"]
        );
    }

    fn slow<'a>(pattern: &Pattern, words: &Words<'a>) -> bool {
        // The same question answered by trying every place and every gap.
        fn fits(steps: &[Step], at: usize, words: &Words<'_>, sentence: usize) -> bool {
            match steps {
                [] => true,
                [Step::Gap(most), rest @ ..] => {
                    (0..=usize::from(*most)).any(|skip| fits(rest, at + skip, words, sentence))
                }
                [Step::Word(wanted), rest @ ..] => {
                    let Some(word) = words.all().get(at) else { return false };
                    let here = words.folded(at);
                    let meets = wanted.iter().any(|w| match w.how {
                        WordMatch::Prefix => here.starts_with(&w.word),
                        _ => here == w.word,
                    });
                    word.sentence == sentence && meets && fits(rest, at + 1, words, sentence)
                }
            }
        }
        (0..words.all().len()).any(|at| {
            let sentence = words.all()[at].sentence;
            pattern.phrases.iter().any(|phrase| fits(phrase, at, words, sentence))
        })
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_trying_every_place_finds(
            pattern in "[a-c]{1,3}( (…[0-3] )?[a-c]{1,3}){0,3}",
            text in "([a-c]{1,3} ){0,20}",
        ) {
            let parsed = Pattern::parse(&pattern).expect("a pattern");
            let whole = [TextRange::new(0, text.len())];
            let words = Words::of(&text, &whole);
            let vocabulary = Vocabulary::new([(parsed.clone(), ())]);
            prop_assert_eq!(!vocabulary.find(&words).is_empty(), slow(&parsed, &words));
        }
    }
}
