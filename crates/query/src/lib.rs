//! Questions and answers: the query language, ranking, highlights, the neighbourhood of a passage,
//! and what a library holds.
//!
//! A question is data ([`Query`]), parsed from any text whatever and answered over an open
//! [`indexing::Index`]. This crate knows neither terminals nor output formats, and reads no files.

mod ast;
mod coverage;
mod engine;
mod error;
mod filters;
mod highlight;
mod issues;
mod overview;
mod parser;
mod ranking;
mod search;
mod show;
mod statistics;
#[cfg(test)]
mod tests;

pub use ast::{Clause, Node, Occur, Query};
pub use coverage::{Coverage, Holding, SHORT_WORDS, SeriesCoverage, Standing, coverage, within};
pub use error::QueryError;
pub use filters::{Choice, Filters};
pub use highlight::Highlighter;
pub use issues::{ByPolarity, IssueCounts, Source, count_issues};
pub use overview::{Overview, Tally, overview};
pub use parser::{MAX_CHARACTERS, MAX_WORDS, Note, Parsed, parse};
pub use search::{Hit, Scope, SearchRequest, SearchResult, search};
pub use show::{Neighbourhood, neighbours};
