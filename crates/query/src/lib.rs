//! Questions and answers: the query language, ranking, highlights, the neighbourhood of a passage,
//! what a library holds, and how well labels agree ([`evaluation`]). Engine-free are [`align`],
//! [`changes`], [`compare`] and [`keyness`]: they work on sentences and passages that are handed in.
//!
//! A question is data ([`Query`]), parsed from any text whatever and answered over an open
//! [`indexing::Index`]. This crate knows neither terminals nor output formats, and reads no files.

pub mod align;
mod aside;
mod ast;
mod bridge;
pub mod changes;
pub mod compare;
mod coverage;
pub mod editions;
mod error;
pub mod evaluation;
mod facets;
mod filters;
mod function_words;
mod highlight;
mod issues;
pub mod keyness;
mod listing;
mod matching;
mod overview;
mod parser;
mod quoted;
mod ranking;
mod repeats;
pub mod reuse;
mod search;
mod show;
mod silence;
mod similar;
mod snippet;
#[cfg(test)]
mod tests;
mod wording;

pub use aside::{RuleTally, SetAside};
pub use ast::{Boost, Clause, Node, Occur, Query};
pub use bridge::{BRIDGE_WEIGHT, MOST_ADDED, bridge};
pub use coverage::{
    Coverage, Holding, Reach, SHORT_WORDS, Searched, SeriesCoverage, Standing, Unrecognised,
    coverage, within,
};
pub use error::QueryError;
pub use facets::Facet;
pub use filters::{CaptureChoice, Choice, Filters};
pub use highlight::Highlighter;
pub use issues::{ByPolarity, IssueCounts, Source, count_issues};
pub use listing::balance::{EVERY, HEAD, OneVoice};
pub use listing::{FOLDED_AMONG, Folding, Listing, NEARLY_THE_SAME, Sort, Unit};
pub use matching::vocabulary::{Bounded, MAX_WORDS_LIKE};
pub use overview::{Overview, Tally, overview};
pub use parser::{
    ClosedNames, FieldForm, MAX_CHARACTERS, MAX_DEPTH, MAX_WORDS, Names, Note, Parsed, QueryField,
    parse, parse_with, query_field, query_fields,
};
pub use quoted::{holding_quoted, like_quoted};
pub use ranking::{Balance, Bm25, Feedback, Ranking};
pub use repeats::{REPEAT_COUNTRIES, Repeat, Repeats, repeats};
pub use search::{
    Added, AddedWords, Because, Earner, Folded, Hit, Scope, ScorePart, SearchRequest, SearchResult,
    search,
};
pub use show::{Neighbourhood, neighbours};
pub use silence::{Absent, LITTLE, Missing, Silence, silence};
pub use similar::{TELLING_WORDS, similar};
pub use snippet::{Context, KwicCell, Snippet, kwic, snippet};
