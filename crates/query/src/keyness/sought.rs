//! Words and phrases that are sought by name, whatever they mark: all of them are found in one walk
//! over the texts. A word that a user gives is sought by its stem, a function word as it is; a word of
//! a pattern by the forms that the pattern says; either by its beginning where it ends with `*`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use indexing::{Analyser, tokens};
use model::pattern::{Pattern, PatternWord, Step, WordMatch};
use model::words::next_word;
use rayon::prelude::*;

use super::count::documents;
use super::detail::Detail;
use super::texts::Texts;
use crate::function_words::is_function_word;

/// How a word is sought.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Word {
    Form(String),
    Stem(String),
    Beginning(String),
}

/// Words one after the other, each of them one of several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Phrase(Vec<BTreeSet<Word>>);

/// What is sought and counted together: any of some phrases, of those that overlap the first and
/// longest.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sought(BTreeSet<Phrase>);

impl Word {
    /// A folded word.
    fn of(folded: &str) -> Self {
        let stem = stem(folded).filter(|_| !is_function_word(folded));
        stem.map_or_else(|| Self::Form(folded.to_owned()), Self::Stem)
    }

    /// A word of a pattern. The texts are folded: case is not asked.
    fn of_pattern(word: &PatternWord) -> Self {
        match word.how {
            WordMatch::Prefix => Self::Beginning(word.word.clone()),
            WordMatch::Whole => Self::Form(word.word.clone()),
            WordMatch::AsWritten => {
                let mut folded = String::new();
                next_word(&word.word, 0, &mut folded);
                Self::Form(folded)
            }
        }
    }
}

fn stem(word: &str) -> Option<String> {
    tokens(word, Analyser::Stemmed).next().map(|token| token.word)
}

impl Sought {
    /// Words one after the other, of which those with `*` behind them are beginnings.
    pub fn words(words: &str) -> Self {
        let (mut at, mut folded, mut phrase) = (0, String::new(), Vec::new());
        while let Some(range) = next_word(words, at, &mut folded) {
            let word = match words[range.end..].starts_with('*') {
                true => Word::Beginning(folded.clone()),
                false => Word::of(&folded),
            };
            phrase.push(BTreeSet::from([word]));
            at = range.end;
        }
        Self::of([phrase])
    }

    /// What a pattern of a vocabulary stands for.
    pub fn pattern(pattern: &Pattern) -> Self {
        let word = |step: &Step| match step {
            Step::Word(words) => Some(words.iter().map(Word::of_pattern).collect()),
            Step::Gap(_) => None,
        };
        // No vocabulary has gaps: one that had would be sought as nothing.
        let phrase = |steps: &Vec<Step>| steps.iter().map(word).collect::<Option<Vec<_>>>();
        Self::of(pattern.phrases.iter().filter_map(phrase))
    }

    /// Any of what several stand for.
    pub fn any(of: &[Self]) -> Self {
        Self(of.iter().flat_map(|one| one.0.iter().cloned()).collect())
    }

    fn of(phrases: impl IntoIterator<Item = Vec<BTreeSet<Word>>>) -> Self {
        Self(phrases.into_iter().filter(|words| !words.is_empty()).map(Phrase).collect())
    }
}

/// Where each of some stands.
pub(super) fn find(sought: &[Sought], texts: &Texts) -> Vec<Detail> {
    let plan = Plan::of(sought, texts);
    let mut all = vec![Detail::default(); sought.len()];
    let of_groups = texts.in_groups(|parts| {
        let mut details = vec![Detail::default(); sought.len()];
        // Where what was found of each ends, in the document at hand.
        let mut ends = vec![0; sought.len()];
        for (part, document) in documents(parts) {
            ends.fill(0);
            plan.visit(document.words, |of, at, length| {
                if at >= ends[of] {
                    ends[of] = at + length;
                    details[of].add(part, &document, at..at + length);
                }
            });
        }
        details
    });
    for details in of_groups {
        all.iter_mut().zip(details).for_each(|(all, more)| all.append(more));
    }
    all.par_iter_mut().for_each(Detail::sort);
    all
}

/// What is sought, by the numbers of forms.
#[derive(Default)]
struct Plan {
    phrases: Vec<Numbered>,
    /// For each form its place in `met`, from 1; 0 for those that nothing is sought by.
    places: Vec<u32>,
    met: Vec<Met>,
}

/// A phrase: of which that is sought it is, and for each of its words the numbers of what it may be.
struct Numbered {
    of: usize,
    steps: Vec<Vec<u32>>,
}

/// What a form is: which words, and the beginning of which phrases, the longest first.
struct Met {
    words: Vec<u32>,
    begins: Vec<u32>,
}

impl Plan {
    fn of(sought: &[Sought], texts: &Texts) -> Self {
        let mut words: BTreeMap<&Word, u32> = BTreeMap::new();
        let mut phrases = Vec::new();
        for (of, one) in sought.iter().enumerate() {
            for Phrase(steps) in &one.0 {
                let mut number = |word| {
                    let next = words.len() as u32;
                    *words.entry(word).or_insert(next)
                };
                let steps = steps.iter().map(|step| step.iter().map(&mut number).collect());
                phrases.push(Numbered { of, steps: steps.collect() });
            }
        }
        let mut plan = Self { phrases, ..Self::default() };
        if words.is_empty() {
            return plan;
        }
        plan.phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.steps.len()));
        let fitting = Fitting::of(&words);
        let forms = 0..texts.forms.written().len() as u32;
        let forms = forms.into_par_iter().with_min_len(1_024);
        let met: Vec<Vec<u32>> =
            forms.map(|form| fitting.words(texts.forms.written().of(form))).collect();
        for words in met {
            if words.is_empty() {
                plan.places.push(0);
                continue;
            }
            let begins = |phrase: &Numbered| phrase.steps[0].iter().any(|w| words.contains(w));
            let begins = (0..).zip(&plan.phrases).filter(|(_, phrase)| begins(phrase));
            let begins = begins.map(|(number, _)| number).collect();
            plan.met.push(Met { words, begins });
            plan.places.push(plan.met.len() as u32);
        }
        plan
    }

    /// Calls `visit` for every place where a phrase stands: of which that is sought it is, where it
    /// begins, and how many words it has; of those that begin together the longest first.
    fn visit(&self, words: &[u32], mut visit: impl FnMut(usize, usize, usize)) {
        for (at, first) in words.iter().enumerate() {
            let Some(met) = self.met(*first) else { continue };
            for phrase in met.begins.iter().map(|number| &self.phrases[*number as usize]) {
                let rest = &phrase.steps[1..];
                let Some(after) = words.get(at + 1..at + 1 + rest.len()) else { continue };
                let fits = |(step, word): (&Vec<u32>, &u32)| {
                    self.met(*word).is_some_and(|met| step.iter().any(|w| met.words.contains(w)))
                };
                if rest.iter().zip(after).all(fits) {
                    visit(phrase.of, at, phrase.steps.len());
                }
            }
        }
    }

    /// What a form is; a border is no form.
    fn met(&self, form: u32) -> Option<&Met> {
        let place = self.places.get(form as usize)?;
        self.met.get(place.checked_sub(1)? as usize)
    }
}

/// The words that are sought, by how they are.
#[derive(Default)]
struct Fitting<'a> {
    forms: HashMap<&'a str, u32>,
    stems: HashMap<&'a str, u32>,
    beginnings: HashMap<&'a str, u32>,
    /// The lengths that beginnings have, in bytes.
    lengths: BTreeSet<usize>,
}

impl<'a> Fitting<'a> {
    fn of(words: &BTreeMap<&'a Word, u32>) -> Self {
        let mut fitting = Self::default();
        for (word, number) in words {
            match word {
                Word::Form(form) => fitting.forms.insert(form, *number),
                Word::Stem(stem) => fitting.stems.insert(stem, *number),
                Word::Beginning(beginning) => {
                    fitting.lengths.insert(beginning.len());
                    fitting.beginnings.insert(beginning, *number)
                }
            };
        }
        fitting
    }

    /// Which words a form is.
    fn words(&self, form: &str) -> Vec<u32> {
        let whole = self.forms.get(form).copied();
        let stem = || stem(form).filter(|_| !is_function_word(form));
        let stem = if self.stems.is_empty() { None } else { stem() };
        let stem = stem.and_then(|stem| self.stems.get(stem.as_str()).copied());
        let beginnings = self.lengths.iter().filter_map(|length| form.get(..*length));
        let beginnings = beginnings.filter_map(|start| self.beginnings.get(start).copied());
        whole.into_iter().chain(stem).chain(beginnings).collect()
    }
}
