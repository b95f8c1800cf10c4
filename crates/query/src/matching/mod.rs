//! Which records match a query, and how well: the query as a plan, evaluated segment by segment.
//!
//! Every match is scored, word by word in the order of the query, into a table with a place for each
//! record. So sums are always made in the same order and do not depend on how the engine's segments
//! happen to lie; the exact number of matches is known; and which records match is a set that facets
//! and quotas can go through.

pub(crate) mod bits;
mod evaluate;
pub(crate) mod plan;
mod positions;
pub(crate) mod postings;
pub(crate) mod score;
pub(crate) mod scores;
pub(crate) mod vocabulary;

pub(crate) use evaluate::{Evaluator, InSegment, collection, holding, matching};
