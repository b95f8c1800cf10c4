//! What can be found in a passage: one file a kind of annotation. Annotators only add; each names
//! the words that earned its annotation.

pub mod countries;

use model::{AnnotatedPassage, Passage};

/// Runs every annotator over a passage.
pub fn annotate(passage: Passage) -> AnnotatedPassage {
    let annotations = countries::annotate(&passage.text);
    AnnotatedPassage { passage, annotations }
}
