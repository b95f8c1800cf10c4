//! How well labels agree: those of a library with those given by hand, or two labellings by hand
//! with each other. Pure measures: what is compared is handed in, nothing is read or written.
//!
//! How well a ranking finds what was judged relevant is measured in [`retrieval`].
//!
//! Everything is counted passage by passage ([`compare`]), summed, and reported with intervals from
//! resampling the passages ([`Scores`]). [`Baseline`] is what a plain list of seed words would say.

mod baseline;
mod compare;
mod draw;
mod labels;
mod measures;
pub mod retrieval;
mod scores;
mod take;

pub use baseline::Baseline;
pub use compare::{Comparison, Difference, Facet, compare};
pub use draw::{SHORTEST_DRAWN, drawing_key, words_of_passage};
pub use labels::{FigureLabel, IssueLabel, Labels, SpeakerLabel};
pub use measures::{Estimate, Measures, Tally};
pub use scores::{Counted, RESAMPLES, Row, Scores, score};
pub use take::{QuotedLabels, Refusal, take};
