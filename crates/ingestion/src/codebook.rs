//! The codebook that is built into the program, the annotators and the words to search by that are made
//! from it, and the codebook of a library, which takes its place.

use std::borrow::Cow;
use std::sync::LazyLock;

use model::{Codebook, ContentHash, Vocabulary};

use crate::annotate::Annotators;
use crate::corpus::{Corpus, CorpusError};
use crate::source::hash;

/// The name of a library's own codebook in its corpus.
pub const FILE_NAME: &str = "codebook.toml";

/// The text of the codebook that comes with forb.
pub const BUILT_IN: &str = include_str!("../../../corpus/codebook.toml");

static ANNOTATORS: LazyLock<Annotators> = LazyLock::new(|| Annotators::new(built_in()));

static CODEBOOK: LazyLock<Codebook> = LazyLock::new(|| {
    // The built-in file is part of the program: a test parses it.
    Codebook::from_toml(BUILT_IN).unwrap_or_default()
});

static VOCABULARIES: LazyLock<Vec<Vocabulary>> = LazyLock::new(|| Vocabulary::all_in(BUILT_IN));

/// The codebook that comes with forb.
pub fn built_in() -> &'static Codebook {
    &CODEBOOK
}

/// The annotators of the codebook that comes with forb.
pub fn built_in_annotators() -> &'static Annotators {
    &ANNOTATORS
}

impl Corpus {
    /// The codebook that holds for this corpus: its own, else the built-in one.
    ///
    /// # Errors
    /// When its own cannot be read, or something is wrong with it.
    pub fn codebook(&self) -> Result<Cow<'static, Codebook>, CorpusError> {
        Ok(self.codebook_of_its_own()?.map_or(Cow::Borrowed(built_in()), Cow::Owned))
    }

    fn codebook_of_its_own(&self) -> Result<Option<Codebook>, CorpusError> {
        let Some(text) = self.own(FILE_NAME)? else { return Ok(None) };
        let whole = Codebook::from_toml(&text).map_err(|problem| CorpusError::Codebook {
            path: self.root().join(FILE_NAME),
            problem,
        });
        whole.map(Some)
    }

    /// The words by which the issues of the codebook that holds for this corpus are searched.
    ///
    /// # Errors
    /// When its own codebook cannot be read, or something is wrong with it.
    pub fn vocabularies(&self) -> Result<Cow<'static, [Vocabulary]>, CorpusError> {
        Ok(match self.codebook_of_its_own()? {
            Some(codebook) => Cow::Owned(codebook.vocabularies()),
            None => Cow::Borrowed(&VOCABULARIES),
        })
    }

    /// The hash of the codebook that holds for this corpus.
    ///
    /// # Errors
    /// When its own cannot be read.
    pub fn codebook_digest(&self) -> Result<ContentHash, CorpusError> {
        Ok(hash(self.own(FILE_NAME)?.as_deref().unwrap_or(BUILT_IN).as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_codebook_is_whole() {
        let codebook = Codebook::from_toml(BUILT_IN).expect("a codebook");
        assert!(codebook.issues.len() >= 35);
        assert_eq!(Vocabulary::all_in(BUILT_IN), codebook.vocabularies());
        assert!(codebook.issues.iter().all(|issue| !issue.references.is_empty()));
    }
}
