//! The judgements on a draft's quotations: as text, as JSON, as SARIF and as a copy of
//! the draft with notes. No figure stands for how alike
//! a quotation and its source are: what differs is written out.

mod html;
mod json;
mod places;
mod said;
mod sarif;
mod text;

pub use html::verify_html;
pub use json::verify_json;
pub use sarif::verify_sarif;
pub use text::verify_text;

use citation::verify::{DraftQuotation, Fault, Judgement, Paraphrase};

/// A quotation with its judgement.
#[derive(Clone, Debug)]
pub struct CheckedQuotation {
    /// The quotation.
    pub quotation: DraftQuotation,
    /// What was found of it.
    pub judgement: Judgement,
}

/// What places in a draft are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftPlaces {
    /// Its lines and their characters, both from 1.
    Lines,
    /// Its paragraphs and their characters, both from 1; an empty line stands between two of them.
    Paragraphs,
}

/// A draft and what was found of its quotations.
#[derive(Clone, Copy, Debug)]
pub struct DraftReport<'a> {
    /// The draft's name.
    pub name: &'a str,
    /// Its text, into which the ranges of quotations and faults point.
    pub text: &'a str,
    /// What places in it are counted in.
    pub places: DraftPlaces,
    /// Its quotations, in order.
    pub quotations: &'a [CheckedQuotation],
    /// The passages it cites for words of its own, in order.
    pub paraphrases: &'a [Paraphrase],
    /// What could not be read.
    pub faults: &'a [Fault],
}

impl DraftReport<'_> {
    /// Whether the draft may stand as it is.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
            && self.quotations.iter().all(|checked| checked.judgement.holds())
            && self.paraphrases.iter().all(Paraphrase::holds)
    }
}
