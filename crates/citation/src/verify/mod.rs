//! Checking the quotations of a draft: they are taken out of its text with the citations near them,
//! and each is judged against the texts it may have been taken from. Where those texts come from is
//! the caller's: a [`QuoteSource`] looks them up.

mod callouts;
mod cited;
mod clean;
mod compare;
mod draft;
mod judge;
mod marks;
mod paraphrase;
mod words;

pub use callouts::Callout;
pub use cited::CitedId;
pub use compare::{Difference, DifferenceKind};
pub use draft::{
    Draft, DraftKind, DraftMention, DraftQuotation, Fault, FaultKind, MOST_QUOTATIONS,
};
pub use judge::{
    Candidate, CandidatePassage, Concern, Judgement, NotChecked, Place, QuoteSource, judge,
};
pub use marks::MarkKind;
pub use paraphrase::{Paraphrase, PassageStanding};
