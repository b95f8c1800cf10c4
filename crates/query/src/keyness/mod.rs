//! Words and phrases that mark one side of two against the other: documents that hold them, how much
//! more often they stand there, with a lower bound, in how many countries, how evenly, and where.
//!
//! Left out are words that only build sentences, names of countries and of their people, and
//! sentences that stand word for word in several documents of a side. Words are counted by their
//! stem. The same is done between two halves of each side, drawn by lot: what comes out there is
//! noise, and shows how far a difference must go to mean anything.

mod chunk;
mod count;
mod detail;
mod forms;
mod issues;
mod names;
mod side;
mod sought;
mod statistics;
mod stems;
#[cfg(test)]
mod tests;
mod texts;

use model::{IssueId, PassageId, Vocabulary};

pub(crate) use self::names::name_at;
pub use self::side::SideDocument;
pub use self::statistics::dispersion;
pub use self::texts::Texts;
use crate::compare::Rate;

/// By what terms are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The z-score of the weighted log-odds ratio, with the words of both sides as the prior: what is
    /// much used comes first.
    #[default]
    LogOdds,
    /// The lower bound of the rate ratio: what only one side uses comes first.
    RateRatio,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeynessRequest {
    /// Most terms a side.
    pub most: usize,
    /// Fewest documents of its side that must hold a term.
    pub fewest_documents: usize,
    /// By what terms are ordered.
    pub order: Order,
    /// Terms to be measured whatever they mark: words and phrases; `persecut*` for all that begins so.
    pub asked: Vec<String>,
    /// The vocabularies of issues, to be measured whatever they mark.
    pub vocabularies: Vec<Vocabulary>,
}

/// How a term stands in one side.
#[derive(Clone, Debug, PartialEq)]
pub struct Occurrences {
    /// How often, in how many words.
    pub rate: Rate,
    /// In how many documents.
    pub documents: usize,
    /// On how many countries those are.
    pub countries: usize,
    /// Gries' deviation of proportions: 0 where the term is spread as the words are, near 1 where it
    /// stands in one document only; `None` where it does not stand at all.
    pub dispersion: Option<f64>,
}

/// A word or phrase that marks a side.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The form that stands there most often, folded.
    pub shown: String,
    /// All its forms, the commonest first, folded.
    pub forms: Vec<String>,
    /// In the side it marks.
    pub here: Occurrences,
    /// In the other side.
    pub there: Occurrences,
    /// Rate here over rate there, half an occurrence added to both counts.
    pub ratio: f64,
    /// Its 95 % lower bound, words of one document taken together.
    pub low: f64,
    /// The z-score of the weighted log-odds ratio.
    pub log_odds: f64,
    /// Passages that hold it, each of another document as far as there are any; at most three.
    pub examples: Vec<PassageId>,
}

/// A term that was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct AskedTerm {
    /// As it was asked for.
    pub words: String,
    /// Whether it stands more often in the second side, which its numbers then are of; otherwise they
    /// are of the first.
    pub marks_second: bool,
    /// Its numbers, whether it marks a side or not; `None` where it stands nowhere.
    pub term: Option<Term>,
}

/// How the vocabulary of an issue stands in the sides.
#[derive(Clone, Debug, PartialEq)]
pub struct IssueWords {
    /// The issue.
    pub issue: IssueId,
    /// Whether its words stand more often in the second side, which the numbers then are of; otherwise
    /// they are of the first.
    pub marks_second: bool,
    /// All its words together, of those that overlap the first and longest.
    pub all: Term,
    /// Those of its words that stand anywhere, the commonest first, without those whose forms another
    /// of them has.
    pub words: Vec<AskedTerm>,
}

/// What comes out between two halves of the same side, drawn by lot.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct NoiseFloor {
    /// How many terms were compared between halves.
    pub terms: usize,
    /// The greatest lower bound of a ratio that came out; a term below it may be noise.
    pub low: f64,
    /// The greatest z-score of the log-odds ratio that came out.
    pub log_odds: f64,
}

/// How much text of a side was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SideVolume {
    /// Documents with a word in them.
    pub documents: usize,
    /// Countries they are on.
    pub countries: usize,
    /// Words that were counted.
    pub words: u64,
    /// Sentences left out because they stand word for word in several documents of the side.
    pub repeated: usize,
}

/// What marks two sides against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyness {
    /// How much text the first side has.
    pub a: SideVolume,
    /// How much text the second side has.
    pub b: SideVolume,
    /// What marks the first side, the most marking first; only what stands more often there, by the
    /// lower bound.
    pub marks_a: Vec<Term>,
    /// What marks the second side.
    pub marks_b: Vec<Term>,
    /// The terms that were asked for, in their order.
    pub asked: Vec<AskedTerm>,
    /// The issues whose words stand anywhere: those of the first side, then those of the second, by the
    /// z-score of the log-odds ratio.
    pub issues: Vec<IssueWords>,
    /// How many terms were compared.
    pub compared: usize,
    /// What comes out where there is no difference.
    pub noise: NoiseFloor,
}

impl Default for KeynessRequest {
    fn default() -> Self {
        Self {
            most: 25,
            fewest_documents: 3,
            order: Order::default(),
            asked: Vec::new(),
            vocabularies: Vec::new(),
        }
    }
}

/// The words and phrases that mark each of two sides.
pub fn keyness(texts: &Texts, request: &KeynessRequest) -> Keyness {
    let counts = count::count(texts, request.fewest_documents);
    statistics::compare(texts, &counts, request)
}
