//! The options that say what of the matches is listed, in which order, and how it is written.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use model::{Field, nearest};
use query::{CaptureChoice, Filters, Folding, Listing, Scope, SearchRequest, Sort, Unit};

/// What is listed and how it is written.
#[derive(Args, Debug)]
pub struct ListingArguments {
    /// In which order hits are listed. What is of unknown period or country comes last.
    #[arg(long, value_name = "ORDER", default_value = "relevance")]
    pub sort: SortBy,
    /// Show passages that are nearly the same as one above them; else they are folded under it.
    #[arg(long)]
    pub unfold: bool,
    /// Show no more than so many of one source: a series, or its publisher where that is unknown.
    #[arg(long, value_name = "N")]
    pub per_source: Option<NonZeroUsize>,
    /// Count all matches by the values of these fields, parted by commas: country, publisher, series,
    /// period, issue, polarity, nature, attribution, group, place, …
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = facet)]
    pub facets: Vec<Field>,
    /// How many values of each of these fields to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub values: usize,
    /// What to write of what is found.
    #[arg(long, value_name = "WHAT", default_value = "hits")]
    pub output: What,
    /// On a terminal, show passages whole; else of a long one the sentences around the best match. Every
    /// other way of writing has them whole.
    #[arg(long)]
    pub whole: bool,
    /// Write how many there are, and nothing else.
    #[arg(long, conflicts_with_all = ["offset", "explain"])]
    pub count: bool,
    /// Show what the score of each hit is made of.
    #[arg(long)]
    pub explain: bool,
    /// How many hits to show.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
    /// How many hits at the head of the list to pass over.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Write the citation of each hit in this style: chicago, apa, mla, harvard, vancouver, ieee, oscola,
    /// bluebook, euaa, or a CSL file.
    #[arg(long, value_name = "STYLE")]
    pub cite: Option<String>,
    /// How they are written: text, or with --queries trec, unless this says otherwise.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<SearchFormat>,
    /// Which version of the format to write; an error where this forb does not know it.
    #[arg(long, value_name = "N")]
    pub format_version: Option<u32>,
    /// Write a record of the search to a file that is not there yet, for `forb replay`.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// In which order hits are listed.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// The best match first.
    Relevance,
    /// The latest period first.
    Newest,
    /// The earliest period first.
    Oldest,
    /// By the name of the country.
    Country,
}

/// What is written of what is found.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Passages with their sources.
    Hits,
    /// The id and the text of each passage, and nothing else.
    Passages,
    /// Documents, each with its best passage.
    Documents,
    /// The ids of the passages, one a line.
    Ids,
    /// Each match on a line of its own, between the words around it.
    Kwic,
}

/// How hits are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchFormat {
    /// For people; in a pipe one record a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// The same, one hit a line.
    Jsonl,
    /// For spreadsheets.
    Csv,
    /// Columns parted by tabs.
    Tsv,
    /// For notes.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// A run of TREC: the id of the query, Q0, the passage, its rank, its score, the name of the run.
    Trec,
}

/// The field of a name, if matches can be counted by it.
fn facet(name: &str) -> Result<Field, String> {
    let counted = |field: &Field| field.is_counted() && *field != Field::PeriodStart;
    let names = || Field::ALL.into_iter().filter(counted).map(Field::name).chain(["period"]);
    match name {
        "period" => Ok(Field::PeriodStart),
        _ => Field::ALL.into_iter().find(|f| counted(f) && f.name() == name).ok_or_else(|| {
            match nearest(name, names(), 3) {
                near if near.is_empty() => {
                    format!("matches are counted by: {}", names().collect::<Vec<_>>().join(", "))
                }
                near => format!("did you mean {}?", near.join(", ")),
            }
        }),
    }
}

impl ListingArguments {
    /// Fails where the options do not go together.
    pub fn check(&self) -> anyhow::Result<()> {
        if let Some(version) = self.format_version.filter(|v| *v != render::FORMAT_VERSION) {
            let known = render::FORMAT_VERSION;
            bail!("this forb writes version {known} of its formats, not {version}");
        }
        use SearchFormat::{Csv, Text, Tsv};
        let fits = match self.output {
            What::Hits | What::Documents => true,
            What::Ids => self.format() == Text,
            What::Passages | What::Kwic => matches!(self.format(), Text | Csv | Tsv),
        };
        if !fits {
            bail!(
                "--output ids is written as text, passages and kwic as text, csv or tsv; for other \
                 formats leave --output out"
            );
        }
        if self.count && self.format() != Text {
            bail!("--count writes a number; the other formats say how many there are themselves");
        }
        let holds_citations = matches!(self.output, What::Hits | What::Documents)
            && !matches!(self.format(), Csv | Tsv | SearchFormat::Trec);
        if self.cite.is_some() && (!holds_citations || self.count) {
            bail!("--cite is written with hits, as text, json, jsonl, markdown or html");
        }
        if self.output == What::Documents && self.per_source.is_some() {
            bail!("--per-source counts passages: leave it out with --output documents");
        }
        Ok(())
    }

    /// How the answer to one query is written.
    pub fn format(&self) -> SearchFormat {
        self.format.unwrap_or(SearchFormat::Text)
    }

    /// The request that a request comes to by these options.
    pub fn request(&self, of: SearchRequest, filters: Filters, scope: Scope) -> SearchRequest {
        // Other captures of a document say nearly the same: who asks for them wants to see them.
        let captures = filters.captures != CaptureChoice::Answering;
        let listed = self.unfold || captures || of.query.scored().is_empty();
        let listing = Listing {
            unit: match self.output {
                What::Documents => Unit::Documents,
                _ => Unit::Passages,
            },
            sort: self.sort.into(),
            folding: if listed { Folding::None } else { Folding::NearlyTheSame },
            per_source: self.per_source,
            unlike: None,
        };
        SearchRequest {
            filters,
            scope,
            listing,
            facets: self.facets.clone(),
            explained: self.explain,
            limit: if self.count { 0 } else { self.limit },
            offset: self.offset,
            ..of
        }
    }
}

impl From<SortBy> for Sort {
    fn from(sort: SortBy) -> Self {
        match sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Newest => Sort::Newest,
            SortBy::Oldest => Sort::Oldest,
            SortBy::Country => Sort::Country,
        }
    }
}
