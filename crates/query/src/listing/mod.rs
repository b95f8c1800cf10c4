//! From matches to the list that is shown: in which order they stand (`order`), which of them are
//! nearly the same (`folding`), how many of one source or document are let in (`groups`), and what stands
//! higher than its score so that more than one source is heard (`balance`).
//!
//! The list of a request is one list, whatever part of it is asked for: pages fit together.

pub(crate) mod balance;
pub(crate) mod candidates;
pub(crate) mod folding;
pub(crate) mod gather;
pub(crate) mod groups;
pub(crate) mod order;
pub(crate) mod walk;

use std::num::NonZeroUsize;

use model::PassageId;

/// In which order matches are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// By the last day of the period the document covers, the latest first; unknown periods last.
    Newest,
    /// By the first day of the period the document covers, the earliest first; unknown periods last.
    Oldest,
    /// By the name of the country the document is on; unknown countries last.
    Country,
}

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Passages.
    #[default]
    Passages,
    /// Documents, each by the first of its matches.
    Documents,
}

/// What becomes of passages that are nearly the same as one listed before them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Folding {
    /// They are listed like any other.
    #[default]
    None,
    /// They stand under that one, see [`crate::Hit::folded`], if they are among the first
    /// [`FOLDED_AMONG`] of the list; what comes behind is listed as it is.
    NearlyTheSame,
}

/// How a list is made of matches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// What is listed.
    pub unit: Unit,
    /// In which order. Of equals the better match is first; of equally good ones the order is that of
    /// document ids, and within a document that of its text.
    pub sort: Sort,
    /// What becomes of passages that are nearly the same. Of documents nothing is folded.
    pub folding: Folding,
    /// The most that are listed of one source, which is a series, or its publisher where the series is
    /// unknown; all that is unknown is one source. Of documents any number is listed.
    pub per_source: Option<NonZeroUsize>,
    /// A passage that is left out, with those nearly the same as it.
    pub unlike: Option<PassageId>,
}

/// How many matches, from the first on, are looked at for passages that are nearly the same.
pub const FOLDED_AMONG: usize = 500;

/// What share of their shingles (runs of three words) nearly the same passages have in common.
pub const NEARLY_THE_SAME: f64 = 0.8;
