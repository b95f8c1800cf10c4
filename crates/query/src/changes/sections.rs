//! Sections that vanished and sections that are new: by their headings, compared as a reader would,
//! without case or accents.

use std::collections::BTreeSet;

use model::{AnnotatedPassage, fold};

/// Sections that stand in one of two editions only, each as the headings above it, the outermost
/// first, in the order of the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectionChanges {
    /// Those of the old edition only.
    pub vanished: Vec<Vec<String>>,
    /// Those of the new edition only.
    pub new: Vec<Vec<String>>,
}

/// Compares the sections of two editions.
pub(super) fn compare(old: &[AnnotatedPassage], new: &[AnnotatedPassage]) -> SectionChanges {
    SectionChanges { vanished: only_in(old, new), new: only_in(new, old) }
}

fn only_in(these: &[AnnotatedPassage], those: &[AnnotatedPassage]) -> Vec<Vec<String>> {
    let mut seen: BTreeSet<Vec<String>> =
        those.iter().map(|passage| key(section(passage))).collect();
    let alone = these.iter().map(section).filter(|headings| {
        // Inserting what was found keeps each section from being named twice.
        !headings.is_empty() && seen.insert(key(headings))
    });
    alone.map(<[String]>::to_vec).collect()
}

fn section(passage: &AnnotatedPassage) -> &[String] {
    &passage.passage.locator.section
}

fn key(headings: &[String]) -> Vec<String> {
    headings.iter().map(|heading| fold(heading)).collect()
}
