//! What can be found in a passage: one file a kind of annotation. Annotators only add; each names
//! the words that earned its annotation. Blocks set aside (chrome, front matter) are not annotated.

pub mod acronyms;
pub mod attribution;
pub mod countries;
pub mod figures;
pub mod groups;
pub mod instruments;
pub mod issues;
pub mod nature;
pub mod places;
pub mod polarity;
pub mod times;
pub mod vocabulary;
pub mod words;

use model::{AnnotatedPassage, Annotation, Codebook, Passage, TextRange};

use self::issues::Issues;
use self::polarity::Leanings;
use self::words::Words;

/// The annotators, made ready once for many passages.
#[derive(Debug)]
pub struct Annotators {
    issues: Issues,
}

impl Annotators {
    /// Annotators that label the issues of this codebook.
    pub fn new(codebook: &Codebook) -> Self {
        Self { issues: Issues::of(codebook) }
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
        let leanings = Leanings::find(&words);
        let mut annotations = countries::annotate(text);
        annotations.extend(self.issues.annotate(&words, &leanings));
        annotations.extend(leanings.annotate(&words));
        annotations.extend(figures::annotate(&words));
        annotations.extend(attribution::annotate(&words));
        annotations.extend(nature::annotate(&words));
        annotations.extend(groups::annotate(&words));
        annotations.extend(places::annotate(text));
        annotations.extend(times::annotate(text));
        annotations.extend(instruments::annotate(text));
        annotations.extend(acronyms::annotate(text));
        annotations.sort_by_key(|annotation| annotation.evidence.first().map(|range| range.start));
        annotations
    }
}
