//! Search results, one file a format. All of them show the same view of a result.

mod csv;
mod facets;
mod html;
mod json;
mod kwic;
mod markdown;
mod passages;
mod said;
mod silence;
mod text;

use citation::style::StyledText;
use query::{Hit, SearchResult, Silence, Sort};

pub use csv::{search_csv, search_tsv};
pub use html::search_html;
pub(crate) use html::{escaped as html_escaped, marked as html_marked};
pub use json::{search_json, search_jsonl};
pub use kwic::{kwic_csv, kwic_text, kwic_tsv};
pub use markdown::search_markdown;
pub(crate) use markdown::{bold, escaped};
pub use passages::{passages_csv, passages_text, passages_tsv};
pub use said::{added_line, said_beside};
pub use silence::silence_lines;
pub use text::search_text;

/// A search and what is shown of it.
#[derive(Clone, Copy, Debug)]
pub struct SearchView<'a> {
    /// The query as it was given.
    pub query: &'a str,
    /// The query as it was read.
    pub read: &'a str,
    /// What was found.
    pub result: &'a SearchResult,
    /// In which order it is listed.
    pub sort: Sort,
    /// What it means that nothing was found, or little; `None` where much was.
    pub silence: Option<&'a Silence>,
    /// How many values of each field are shown with their counts.
    pub values: usize,
    /// Whether a terminal shows passages whole, and not the sentences around the best match of a long one.
    pub whole: bool,
    /// The citation of each hit, in their order; empty where none were asked for.
    pub citations: &'a [StyledText],
}

impl<'a> SearchView<'a> {
    /// A result in the order of relevance, with ten values of each field counted.
    pub fn new(query: &'a str, result: &'a SearchResult) -> Self {
        Self {
            query,
            read: query,
            result,
            sort: Sort::Relevance,
            silence: None,
            values: 10,
            whole: false,
            citations: &[],
        }
    }

    /// The hits, each with its citation where they were asked for.
    fn cited(&self) -> impl Iterator<Item = (&'a Hit, Option<&'a StyledText>)> {
        let citations = self.citations;
        self.result.hits.iter().enumerate().map(move |(at, hit)| (hit, citations.get(at)))
    }
}
