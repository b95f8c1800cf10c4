//! The codebook that is built into the program, and the annotators made from it.

use std::sync::LazyLock;

use model::Codebook;

use crate::annotate::Annotators;

/// The text of the codebook that comes with forb.
pub const BUILT_IN: &str = include_str!("../../../corpus/codebook.toml");

static ANNOTATORS: LazyLock<Annotators> = LazyLock::new(|| Annotators::new(built_in()));

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    // The built-in file is part of the program: a test parses it.
    Codebook::from_toml(BUILT_IN).unwrap_or_default()
});

/// The codebook that comes with forb.
pub fn built_in() -> &'static Codebook {
    &CODEBOOK
}

/// The annotators of the codebook that comes with forb.
pub fn built_in_annotators() -> &'static Annotators {
    &ANNOTATORS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_is_whole() {
        let codebook = Codebook::from_toml(BUILT_IN).expect("a codebook");
        assert!(codebook.issues.len() >= 35);
        assert!(codebook.issues.iter().all(|issue| !issue.references.is_empty()));
    }
}
