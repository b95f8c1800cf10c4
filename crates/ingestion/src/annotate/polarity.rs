//! What a sentence says on the issues in it: that freedom is violated or protected, that nothing of
//! the kind was reported, or neither. Told by cues, each a pattern of words; where no cue speaks,
//! the issue's own leaning does.

use std::sync::LazyLock;

use model::pattern::Pattern;
use model::{Annotation, AnnotationKind, Polarity};

use super::vocabulary::{Met, Vocabulary};
use super::words::Words;

#[path = "polarity_cues.rs"]
mod cues;

use cues::{CUES, Cue, IMPERATIVES};

static VOCABULARY: LazyLock<Vocabulary<Cue>> = LazyLock::new(|| {
    // The cues are part of the program: a test reads every one of them.
    Vocabulary::written(
        CUES.iter()
            .flat_map(|(cue, patterns)| patterns.iter().map(move |pattern| (*pattern, *cue))),
    )
    .unwrap_or_else(|_| Vocabulary::new([]))
});

/// The patterns of this annotator, by their number.
pub fn patterns() -> &'static [Pattern] {
    VOCABULARY.patterns()
}

/// The cues of a passage.
#[derive(Debug)]
pub struct Leanings {
    /// By clause, as the words number them.
    cues: Vec<(usize, Cue, Met)>,
    /// The sentences in which diplomats, reviewers or the source itself ask, meet or recommend.
    spoken: Vec<usize>,
}

/// The first word of a sentence that begins with this word: after "To" and the number of an item.
fn first_word<'w>(words: &'w Words<'_>, number: usize) -> &'w str {
    let is_mark = |word: &str| word == "to" || word.len() <= 1 || word.parse::<u32>().is_ok();
    let first = (number..number + 3).map(|word| words.folded(word)).find(|word| !is_mark(word));
    first.unwrap_or("")
}

impl Leanings {
    /// The cues of a passage, by the patterns met in it.
    pub fn of_met(words: &Words<'_>, met: &[Met]) -> Self {
        let clause = |met: &Met| words.all().get(met.first).map_or(0, |word| word.clause);
        let cues = met.iter().map(|met| (clause(met), *VOCABULARY.meaning(met), *met));
        let cues: Vec<(usize, Cue, Met)> = cues.collect();
        let mut spoken = Vec::new();
        let mut last = None;
        for (number, word) in words.all().iter().enumerate() {
            if last == Some(word.sentence) {
                continue;
            }
            last = Some(word.sentence);
            let opens = first_word(words, number);
            let sentence = |met: &Met| words.all().get(met.first).map(|word| word.sentence);
            let told = cues.iter().any(|(_, cue, met)| {
                *cue == Cue::Diplomacy && sentence(met) == Some(word.sentence)
            });
            // "They also urged …": the same speakers go on.
            let goes_on = matches!(opens, "they" | "he" | "she" | "it")
                && word.sentence.checked_sub(1).is_some_and(|before| spoken.contains(&before));
            if told || goes_on || IMPERATIVES.contains(&opens) {
                spoken.push(word.sentence);
            }
        }
        Self { cues, spoken }
    }

    /// What the sentence of a seed says on its issue, which leans so.
    pub fn of(&self, words: &Words<'_>, seed: &Met, leaning: Polarity) -> Polarity {
        let sentence = words.all().get(seed.first).map_or(0, |word| word.sentence);
        let has =
            |wanted: Cue| self.cues.iter().any(|(s, cue, _)| *s == sentence && *cue == wanted);
        if has(Cue::NoneReported) {
            return Polarity::NoneReported;
        }
        if self.spoken.contains(&sentence) {
            return Polarity::Context;
        }
        let undone = has(Cue::Undone);
        match leaning {
            _ if has(Cue::Protection) && !undone => Polarity::Protection,
            // What a constitution says on freedom protects it, unless it is taken back.
            Polarity::Protection if !undone => Polarity::Protection,
            _ if has(Cue::Violation) => Polarity::Violation,
            leaning => leaning,
        }
    }

    /// The cues as annotations of their own: what the passage says, and the words that say so.
    pub fn annotate(&self, words: &Words<'_>) -> Vec<Annotation> {
        let mut annotations: Vec<Annotation> = Vec::new();
        for (_, cue, met) in &self.cues {
            let Some(polarity) = cue.polarity() else { continue };
            let kind = AnnotationKind::Polarity(polarity);
            let range = met.range(words);
            match annotations.iter_mut().find(|annotation| annotation.kind == kind) {
                Some(annotation) => annotation.evidence.push(range),
                None => annotations.push(Annotation { kind, evidence: vec![range] }),
            }
        }
        annotations
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentences::sentences;

    fn said(text: &str, leaning: Polarity) -> Polarity {
        let sentences = sentences(text);
        let words = Words::of(text, &sentences);
        let whole = Met { first: 0, last: 0, pattern: 0 };
        Leanings::of_met(&words, &VOCABULARY.find(&words)).of(&words, &whole, leaning)
    }

    #[test]
    fn every_cue_is_a_pattern() {
        for (_, patterns) in CUES {
            for pattern in *patterns {
                model::pattern::Pattern::parse(pattern).expect("a pattern");
            }
        }
    }

    #[test]
    fn cues_decide_and_else_the_issue_leans() {
        let violation = |text| said(text, Polarity::Violation);
        let context = |text| said(text, Polarity::Context);
        assert_eq!(
            violation("There were no reported terrorist incidents in Kazakhstan in 2021."),
            Polarity::NoneReported
        );
        assert_eq!(violation("The law prohibits religious discrimination."), Polarity::Protection);
        assert_eq!(violation("Police arrested three converts."), Polarity::Violation);
        assert_eq!(
            violation("Embassy officials raised the arrests with the ministry."),
            Polarity::Context
        );
        assert_eq!(context("The group has been registered since 1992."), Polarity::Context);
        assert_eq!(context("Authorities denied the group registration."), Polarity::Violation);
        assert_eq!(
            said("The constitution provides for freedom of religion.", Polarity::Protection),
            Polarity::Protection
        );
    }
}
