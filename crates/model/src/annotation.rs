//! What annotators add to a passage. Annotations only add: the passage under them is unchanged, and
//! each says what produced it and which words earned it.

use serde::{Deserialize, Serialize};

use crate::country::Country;
use crate::passage::Passage;
use crate::range::TextRange;

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnnotationKind {
    /// A country is named, or its people are.
    Country(Country),
}

/// One annotation of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// What it says.
    pub kind: AnnotationKind,
    /// The words that earned it, as ranges of the passage's text; never none.
    pub evidence: Vec<TextRange>,
    /// The annotator that produced it.
    pub annotator: String,
}

/// A passage with everything the annotators found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotatedPassage {
    /// The passage, as segmented.
    pub passage: Passage,
    /// The annotations, in the order of their first words.
    pub annotations: Vec<Annotation>,
}
