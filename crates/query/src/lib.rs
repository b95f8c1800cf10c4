//! Questions and answers: the query language, ranking, highlights, the neighbourhood of a passage,
//! what a library holds, and how well labels agree ([`evaluation`]). Engine-free are [`align`],
//! [`changes`] and [`compare`]: they work on sentences and passages that are handed in.
//!
//! A question is data ([`Query`]), parsed from any text whatever and answered over an open
//! [`indexing::Index`]. This crate knows neither terminals nor output formats, and reads no files.

pub mod align;
mod aside;
mod ast;
pub mod changes;
pub mod compare;
mod coverage;
mod engine;
mod error;
pub mod evaluation;
mod filters;
mod function_words;
mod highlight;
mod issues;
mod overview;
mod parser;
mod ranking;
mod repeats;
mod search;
mod show;
mod statistics;
#[cfg(test)]
mod tests;

pub use aside::{RuleTally, SetAside};
pub use ast::{Clause, Node, Occur, Query};
pub use coverage::{
    Coverage, Holding, Reach, SHORT_WORDS, Searched, SeriesCoverage, Standing, Unrecognised,
    coverage, within,
};
pub use error::QueryError;
pub use filters::{CaptureChoice, Choice, Filters};
pub use highlight::Highlighter;
pub use issues::{ByPolarity, IssueCounts, Source, count_issues};
pub use overview::{Overview, Tally, overview};
pub use parser::{MAX_CHARACTERS, MAX_WORDS, Note, Parsed, parse};
pub use repeats::{REPEAT_COUNTRIES, Repeat, Repeats, repeats};
pub use search::{Hit, Scope, SearchRequest, SearchResult, search};
pub use show::{Neighbourhood, neighbours};
