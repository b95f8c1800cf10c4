//! Many patterns found in one pass: every word of a text is looked up once among the words of all
//! patterns, and only where the rarest word of a pattern stands is the pattern compared word by
//! word. The cost is linear in the text, whatever the number of patterns that are not met.

use std::collections::HashMap;

use model::pattern::{Pattern, PatternWord, Step, WordMatch};

use super::lexicon::{Class, Lexicon, bit};
use super::vocabulary::Met;
use super::words::Words;

/// The patterns of several vocabularies, made ready for finding them.
#[derive(Debug)]
pub struct Finder {
    /// How many vocabularies there are.
    vocabularies: usize,
    phrases: Vec<Phrase>,
    /// The words of the patterns, by their number.
    forms: Vec<PatternWord>,
    lexicon: Lexicon,
    /// For each word of the patterns: the phrases that are looked at where it is met.
    anchored: Vec<Box<[Anchor]>>,
}

/// A phrase of a pattern, its words as numbers.
#[derive(Debug)]
struct Phrase {
    vocabulary: usize,
    pattern: usize,
    steps: Vec<Stride>,
}

#[derive(Debug)]
enum Stride {
    /// A word that meets one of these, in order.
    Word(Box<[u32]>),
    Gap(usize),
}

#[derive(Clone, Copy, Debug)]
struct Anchor {
    phrase: usize,
    step: usize,
    /// The signature of the words that the word before must meet one of; all bits if any may stand
    /// there.
    before: u64,
    /// The same of the word after.
    after: u64,
}

impl Anchor {
    fn of(phrase: usize, step: usize, steps: &[Stride]) -> Self {
        let wanted = |step: Option<usize>| match step.and_then(|step| steps.get(step)) {
            Some(Stride::Word(words)) => words.iter().fold(0, |all, word| all | bit(*word)),
            Some(Stride::Gap(_)) | None => ANY,
        };
        let (before, after) = (wanted(step.checked_sub(1)), wanted(Some(step + 1)));
        Self { phrase, step, before, after }
    }
}

/// The signature of any word, and of none.
const ANY: u64 = u64::MAX;

/// What was met in a text, by vocabulary.
#[derive(Debug)]
pub struct Findings {
    met: Vec<Met>,
    /// Where what each vocabulary met ends.
    ends: Vec<usize>,
}

impl Findings {
    /// What the vocabulary of this number met, in the order of first words; none if there is no such
    /// vocabulary.
    pub fn of(&self, vocabulary: usize) -> &[Met] {
        let start =
            vocabulary.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let range = start.zip(self.ends.get(vocabulary).copied());
        range.and_then(|(start, end)| self.met.get(start..end)).unwrap_or(&[])
    }
}

impl Finder {
    /// What finds the patterns of these vocabularies.
    pub fn of(vocabularies: &[&[Pattern]]) -> Self {
        let mut forms: Vec<PatternWord> = Vec::new();
        let mut numbers: HashMap<PatternWord, u32> = HashMap::new();
        let mut number = |word: &PatternWord| {
            *numbers.entry(word.clone()).or_insert_with(|| {
                forms.push(word.clone());
                forms.len() as u32 - 1
            })
        };
        let mut phrases = Vec::new();
        for (vocabulary, patterns) in vocabularies.iter().enumerate() {
            for (pattern, written) in patterns.iter().enumerate() {
                for steps in &written.phrases {
                    let stride = |step: &Step| match step {
                        Step::Gap(words) => Stride::Gap(usize::from(*words)),
                        Step::Word(words) => {
                            let mut words: Vec<u32> = words.iter().map(&mut number).collect();
                            words.sort_unstable();
                            Stride::Word(words.into_boxed_slice())
                        }
                    };
                    let steps = steps.iter().map(stride).collect();
                    phrases.push(Phrase { vocabulary, pattern, steps });
                }
            }
        }
        let mut anchored = vec![Vec::new(); forms.len()];
        for (at, phrase) in phrases.iter().enumerate() {
            let Some((step, words)) = rarest(phrase, &forms) else { continue };
            for &word in words {
                anchored[word as usize].push(Anchor::of(at, step, &phrase.steps));
            }
        }
        let anchored = anchored.into_iter().map(Vec::into_boxed_slice).collect();
        let lexicon = Lexicon::of(&forms);
        Self { vocabularies: vocabularies.len(), phrases, forms, lexicon, anchored }
    }

    /// Every pattern met in a text, by vocabulary, in the order of their first words, each at most
    /// once for the same words. A match never crosses the end of a sentence, or a semicolon.
    pub fn find(&self, words: &Words<'_>) -> Findings {
        let all = 0..words.all().len();
        let classes = all.map(|word| self.lexicon.class_of(words.folded(word))).collect();
        let reading = Reading { finder: self, words, classes };
        let mut found: Vec<(usize, Met)> = Vec::new();
        for (word, class) in reading.classes.iter().enumerate() {
            if class.is_empty() {
                continue;
            }
            let (before, after) = reading.beside(word);
            for &form in self.lexicon.forms(*class) {
                let anchors = &self.anchored[form as usize];
                if anchors.is_empty() || !reading.is_as_written(word, form) {
                    continue;
                }
                for anchor in anchors {
                    let fits = |wanted, here| wanted == ANY || wanted & here != 0;
                    if !fits(anchor.before, before) || !fits(anchor.after, after) {
                        continue;
                    }
                    let Phrase { vocabulary, pattern, steps } = &self.phrases[anchor.phrase];
                    let (before, after) = steps.split_at(anchor.step);
                    let Some(last) = reading.onwards(&after[1..], word) else { continue };
                    let Some(first) = reading.backwards(before, word) else { continue };
                    found.push((*vocabulary, Met { first, last, pattern: *pattern }));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        let end = |vocabulary| found.partition_point(|(other, _)| *other <= vocabulary);
        let ends = (0..self.vocabularies).map(end).collect();
        Findings { met: found.into_iter().map(|(_, met)| met).collect(), ends }
    }
}

/// A word as written, without a possessive ending.
fn written_base(written: &str) -> &str {
    written.strip_suffix("’s").or_else(|| written.strip_suffix("'s")).unwrap_or(written)
}

/// The word of a phrase that is met least: the one whose shortest form is longest. Words that hold
/// sentences together are short.
fn rarest<'a>(phrase: &'a Phrase, forms: &[PatternWord]) -> Option<(usize, &'a [u32])> {
    let words = phrase.steps.iter().enumerate().filter_map(|(at, step)| match step {
        Stride::Word(words) => Some((at, &words[..])),
        Stride::Gap(_) => None,
    });
    words.max_by_key(|(_, words)| words.iter().map(|&w| forms[w as usize].word.len()).min())
}

/// A text on which phrases are compared.
struct Reading<'a> {
    finder: &'a Finder,
    words: &'a Words<'a>,
    /// The class of each word.
    classes: Vec<Class>,
}

impl Reading<'_> {
    fn is_as_written(&self, word: usize, form: u32) -> bool {
        let form = &self.finder.forms[form as usize];
        form.how != WordMatch::AsWritten || written_base(self.words.written(word)) == form.word
    }

    /// The signatures of the words before and after one.
    fn beside(&self, word: usize) -> (u64, u64) {
        let class = |word: Option<usize>| word.and_then(|word| self.classes.get(word));
        let signature =
            |class: Option<&Class>| class.map_or(0, |class| self.finder.lexicon.signature(*class));
        (signature(class(word.checked_sub(1))), signature(class(Some(word + 1))))
    }

    fn meets(&self, word: usize, wanted: &[u32]) -> bool {
        let Some(class) = self.classes.get(word).filter(|class| !class.is_empty()) else {
            return false;
        };
        let here = self.finder.lexicon.forms(*class).iter();
        let mut wanted_here = here.filter(|form| wanted.binary_search(form).is_ok());
        wanted_here.any(|form| self.is_as_written(word, *form))
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
                let fits = self.meets(next, wanted) && self.same_clause(word, next);
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
                let fits = self.meets(previous, wanted) && self.same_clause(word, previous);
                if fits { self.backwards(rest, previous) } else { None }
            }
        }
    }
}
