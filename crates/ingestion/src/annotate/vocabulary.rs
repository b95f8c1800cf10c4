//! Many patterns found in one pass: an automaton over the words of all of them tells which words of
//! a text could begin a match, and only there a pattern is compared word by word. The cost is linear
//! in the text, whatever the number of patterns that are not met.

use std::collections::HashMap;

use aho_corasick::AhoCorasick;
use model::TextRange;
use model::pattern::{Pattern, PatternError, PatternWord, Step, WordMatch};

use super::words::{SEPARATOR, Words};

/// Patterns, each with what it means.
#[derive(Debug)]
pub struct Vocabulary<T> {
    /// What the patterns mean, by their number.
    meanings: Vec<T>,
    phrases: Vec<Phrase>,
    automaton: Option<AhoCorasick>,
    /// For each pattern of the automaton: the word it stands for.
    forms: Vec<PatternWord>,
    /// For each word of the patterns: the phrases that are looked at where it is met.
    anchored: Vec<Vec<Anchor>>,
}

/// A phrase of a pattern, its words as numbers.
#[derive(Debug)]
struct Phrase {
    pattern: usize,
    steps: Vec<Stride>,
}

#[derive(Debug)]
enum Stride {
    /// A word that meets one of these, in order.
    Word(Vec<usize>),
    Gap(usize),
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    phrase: usize,
    step: usize,
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
        let mut forms: Vec<PatternWord> = Vec::new();
        let mut numbers: HashMap<PatternWord, usize> = HashMap::new();
        let mut number = |word: PatternWord| {
            *numbers.entry(word).or_insert_with_key(|word| {
                forms.push(word.clone());
                forms.len() - 1
            })
        };
        let (mut meanings, mut phrases) = (Vec::new(), Vec::new());
        for (pattern, meaning) in patterns {
            for steps in pattern.phrases {
                let stride = |step: Step| match step {
                    Step::Gap(words) => Stride::Gap(words.into()),
                    Step::Word(words) => {
                        let mut words: Vec<usize> = words.into_iter().map(&mut number).collect();
                        words.sort_unstable();
                        Stride::Word(words)
                    }
                };
                let steps = steps.into_iter().map(stride).collect();
                phrases.push(Phrase { pattern: meanings.len(), steps });
            }
            meanings.push(meaning);
        }
        let mut anchored = vec![Vec::new(); forms.len()];
        for (at, phrase) in phrases.iter().enumerate() {
            let Some((step, words)) = rarest(phrase, &forms) else { continue };
            for &word in words {
                anchored[word].push(Anchor { phrase: at, step });
            }
        }
        let spelt = forms.iter().map(|form| match form.how {
            WordMatch::Whole => format!("{SEPARATOR}{}{SEPARATOR}", form.word),
            WordMatch::Prefix => format!("{SEPARATOR}{}", form.word),
            WordMatch::AsWritten => {
                format!("{SEPARATOR}{}{SEPARATOR}", form.word.to_lowercase())
            }
        });
        // It fails only beyond what memory holds; a codebook is bounded far below that.
        let automaton = if forms.is_empty() { None } else { AhoCorasick::new(spelt).ok() };
        Self { meanings, phrases, automaton, forms, anchored }
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

    /// What a pattern means.
    pub fn meaning(&self, met: &Met) -> &T {
        &self.meanings[met.pattern]
    }

    /// Every pattern met in a text, in the order of their first words, each at most once for the
    /// same words. A match never crosses the end of a sentence, or a semicolon.
    pub fn find(&self, words: &Words<'_>) -> Vec<Met> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else { return found };
        let mut met: Vec<(usize, usize)> = automaton
            .find_overlapping_iter(&words.folded)
            .filter_map(|hit| {
                let form = hit.pattern().as_usize();
                let word = words.starting_at(hit.start() + SEPARATOR.len_utf8())?;
                let form_of = &self.forms[form];
                let as_written = form_of.how != WordMatch::AsWritten
                    || written_base(words.written(word)) == form_of.word;
                as_written.then_some((word, form))
            })
            .collect();
        met.sort_unstable();
        let reading = Reading { words, met: &met };
        for &(word, form) in &met {
            for anchor in &self.anchored[form] {
                let phrase = &self.phrases[anchor.phrase];
                let (before, after) = phrase.steps.split_at(anchor.step);
                let Some(last) = reading.onwards(&after[1..], word) else { continue };
                let Some(first) = reading.backwards(before, word) else { continue };
                found.push(Met { first, last, pattern: phrase.pattern });
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// A word as written, without a possessive ending.
fn written_base(written: &str) -> &str {
    written.strip_suffix("’s").or_else(|| written.strip_suffix("'s")).unwrap_or(written)
}

/// The word of a phrase that is met least: the one whose shortest form is longest. Words that hold
/// sentences together are short.
fn rarest<'a>(phrase: &'a Phrase, forms: &[PatternWord]) -> Option<(usize, &'a [usize])> {
    let words = phrase.steps.iter().enumerate().filter_map(|(at, step)| match step {
        Stride::Word(words) => Some((at, words.as_slice())),
        Stride::Gap(_) => None,
    });
    words.max_by_key(|(_, words)| words.iter().map(|&w| forms[w].word.len()).min())
}

/// A text on which phrases are compared.
struct Reading<'a> {
    words: &'a Words<'a>,
    /// Which words of the patterns the words of the text meet, in order.
    met: &'a [(usize, usize)],
}

impl Reading<'_> {
    fn meets(&self, word: usize, wanted: &[usize]) -> bool {
        let from = self.met.partition_point(|(at, _)| *at < word);
        let here = self.met[from..].iter().take_while(|(at, _)| *at == word);
        here.into_iter().any(|(_, form)| wanted.binary_search(form).is_ok())
    }

    fn same_clause(&self, a: usize, b: usize) -> bool {
        let of = |word: usize| self.words.all().get(word).map(|word| word.clause);
        of(a).is_some() && of(a) == of(b)
    }

    /// The last word of the shortest match of `steps` after `word`.
    fn onwards(&self, steps: &[Stride], word: usize) -> Option<usize> {
        match steps {
            [] => Some(word),
            [Stride::Gap(most), rest @ ..] => {
                (word..=word + most).find_map(|skipped| self.onwards(rest, skipped))
            }
            [Stride::Word(wanted), rest @ ..] => {
                let next = word + 1;
                let fits = self.same_clause(word, next) && self.meets(next, wanted);
                if fits { self.onwards(rest, next) } else { None }
            }
        }
    }

    /// The first word of the shortest match of `steps` before `word`.
    fn backwards(&self, steps: &[Stride], word: usize) -> Option<usize> {
        match steps {
            [] => Some(word),
            [rest @ .., Stride::Gap(most)] => (word.saturating_sub(*most)..=word)
                .rev()
                .find_map(|skipped| self.backwards(rest, skipped)),
            [rest @ .., Stride::Word(wanted)] => {
                let previous = word.checked_sub(1)?;
                let fits = self.same_clause(word, previous) && self.meets(previous, wanted);
                if fits { self.backwards(rest, previous) } else { None }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;
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
