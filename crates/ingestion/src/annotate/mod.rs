//! What can be found in a passage: one file a kind of annotation. Annotators only add; each names
//! the words that earned its annotation. Blocks set aside (chrome, front matter) are not annotated.

pub mod acronyms;
pub mod attribution;
pub mod countries;
pub mod figures;
pub mod finder;
pub mod groups;
pub mod instruments;
pub mod issues;
mod lexicon;
pub mod nature;
pub mod places;
pub mod polarity;
pub mod times;
pub mod vocabulary;
mod word_list;
pub mod words;

use model::{AnnotatedPassage, Annotation, Codebook, Country, Passage, TextRange};

use self::attribution::Heard;
use self::finder::Finder;
use self::issues::Issues;
use self::polarity::Leanings;
use self::words::Words;

/// The annotators, made ready once for many passages.
#[derive(Debug)]
pub struct Annotators {
    issues: Issues,
    /// What finds the patterns of all annotators in one pass.
    finder: Finder,
}

/// The vocabularies of the finder, by their numbers in it.
enum Spoken {
    Issues,
    Polarity,
    Attribution,
    Nature,
    Groups,
}

impl Annotators {
    /// Annotators that label the issues of this codebook.
    pub fn new(codebook: &Codebook) -> Self {
        let issues = Issues::of(codebook);
        // In the order of `Spoken`.
        let finder = Finder::of(&[
            issues.patterns(),
            polarity::patterns(),
            attribution::patterns(),
            nature::patterns(),
            groups::patterns(),
        ]);
        Self { issues, finder }
    }

    /// Runs every annotator over a passage.
    pub fn annotate(&self, passage: Passage) -> AnnotatedPassage {
        let annotations = self.annotations(&passage);
        AnnotatedPassage { passage, annotations }
    }

    /// What there is to say of a passage, in the order of the first words that earn it.
    pub fn annotations(&self, passage: &Passage) -> Vec<Annotation> {
        self.annotations_of(&passage.text, &passage.sentences)
    }

    /// What there is to say of a text that has these sentences.
    pub fn annotations_of(&self, text: &str, sentences: &[TextRange]) -> Vec<Annotation> {
        let words = Words::of(text, sentences);
        let findings = self.finder.find(&words);
        let met = |vocabulary: Spoken| findings.of(vocabulary as usize);
        let leanings = Leanings::of_met(&words, met(Spoken::Polarity));
        let countries: Vec<(Country, TextRange)> = countries::mentions(text).collect();
        let acronyms = acronyms::annotate(text);
        let heard =
            Heard { met: met(Spoken::Attribution), countries: &countries, acronyms: &acronyms };
        let mut annotations = countries::annotate(&countries);
        annotations.extend(self.issues.annotate(&words, met(Spoken::Issues), &leanings));
        annotations.extend(leanings.annotate(&words));
        annotations.extend(figures::annotate(&words));
        annotations.extend(attribution::annotate(&words, heard));
        annotations.extend(nature::annotate(&words, met(Spoken::Nature)));
        annotations.extend(groups::annotate(&words, met(Spoken::Groups)));
        annotations.extend(places::annotate(text));
        annotations.extend(times::annotate(text));
        annotations.extend(instruments::annotate(text));
        annotations.extend(acronyms);
        annotations.sort_by_key(|annotation| annotation.evidence.first().map(|range| range.start));
        annotations
    }
}
