//! What a draft says in words of its own with a passage's id behind it: whether that passage is still
//! there, and what became of its sentences in a newer edition. Whether it bears the draft out, nobody
//! but a reader can say.

use model::DocumentId;

use super::draft::DraftMention;

/// A citation of a passage for words that are not quoted, and what was found of the passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paraphrase {
    /// The citation.
    pub mention: DraftMention,
    /// What was found.
    pub standing: PassageStanding,
}

/// What was found of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PassageStanding {
    /// It is there, and no newer edition is held.
    There,
    /// It is there, and a newer edition has every sentence of it as it is.
    Unchanged {
        /// The newer document.
        newer: DocumentId,
    },
    /// It is there, and a newer edition says some of it otherwise or not at all.
    Changed {
        /// The newer document.
        newer: DocumentId,
        /// Each sentence that does not stand there as it is, with what became of it.
        sentences: Vec<(String, &'static str)>,
    },
    /// Its document is there and has no such passage.
    Gone,
    /// Its document is not in the library.
    NotHeld,
}

impl Paraphrase {
    /// Whether the passage is there.
    pub fn holds(&self) -> bool {
        !matches!(self.standing, PassageStanding::Gone | PassageStanding::NotHeld)
    }
}

impl PassageStanding {
    /// The word for it in output.
    pub fn name(&self) -> &'static str {
        match self {
            PassageStanding::There => "there",
            PassageStanding::Unchanged { .. } => "unchanged",
            PassageStanding::Changed { .. } => "changed",
            PassageStanding::Gone => "gone",
            PassageStanding::NotHeld => "not held",
        }
    }
}
