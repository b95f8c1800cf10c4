//! `forb search --queries`: many queries at once, as a run of TREC, JSON Lines or CSV. The same forms
//! of one query, whose id is then `1`.

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use indexing::Index;
use query::evaluation::retrieval::run_line;
use query::{SearchRequest, SearchResult};

use crate::batch::{Asked, answer_each};
use crate::docnos::{Docno, Docnos};
use crate::failure::Outcome;
use crate::output::Output;
use crate::searching::listing::SearchFormat;

/// The most hits that a query of a batch may ask for.
const DEEPEST: usize = 1_000;

/// Options for searching many queries at once.
#[derive(Args, Debug)]
pub struct BatchArguments {
    /// Search the queries of this file (`-` is standard input) instead of words: an id, a tab and the
    /// query on each line. Lines that are no query are named and passed over.
    #[arg(long, value_name = "FILE.tsv", conflicts_with_all = ["words", "offset"])]
    pub queries: Option<PathBuf>,
    /// The name of the run, which stands in each line of `--format trec`.
    #[arg(long, value_name = "NAME", default_value = "forb")]
    pub run: String,
    /// What a passage is called in `--format trec`.
    #[arg(long, value_name = "WHICH", default_value = "passage")]
    pub docno: Docno,
}

/// Writes the hits of one query after the other.
pub struct Writer<'a> {
    format: SearchFormat,
    run: &'a str,
    docnos: Docnos,
}

impl<'a> Writer<'a> {
    /// A writer of hits in a format that has one a line.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn new(
        index: &Index,
        arguments: &'a BatchArguments,
        format: SearchFormat,
    ) -> anyhow::Result<Self> {
        let docnos = Docnos::names_only(index, arguments.docno)?;
        Ok(Self { format, run: &arguments.run, docnos })
    }

    /// What stands before all hits.
    pub fn head(&self) -> String {
        match self.format {
            SearchFormat::Csv => render::hits_csv_head(),
            _ => String::new(),
        }
    }

    /// The hits of a query.
    pub fn hits(&self, query: &str, result: &SearchResult) -> String {
        match self.format {
            SearchFormat::Csv => render::hits_csv(query, result),
            SearchFormat::Trec => {
                let retrieved = (1..).zip(self.docnos.retrieved(result));
                let line = |(rank, hit): (usize, query::evaluation::retrieval::Retrieved)| {
                    run_line(query, &hit.docno, rank, hit.score, self.run)
                };
                retrieved.map(line).collect()
            }
            _ => render::hits_jsonl(query, result),
        }
    }
}

/// Answers every query of a file. `request` makes a request of the words of a query.
///
/// # Errors
/// When the file or the index cannot be read, or the options do not go together.
pub fn run(
    path: &Path,
    writer: &Writer<'_>,
    index: &Index,
    output: &Output,
    request: impl Fn(&str) -> SearchRequest + Sync,
) -> anyhow::Result<Outcome> {
    if !matches!(writer.format, SearchFormat::Trec | SearchFormat::Jsonl | SearchFormat::Csv) {
        bail!("--queries writes trec, jsonl or csv: give one of them to --format, or leave it out");
    }
    let limit = request("").limit;
    if limit > DEEPEST {
        bail!("--limit {limit} is more than a query of a batch may ask for: {DEEPEST} at most");
    }
    let answer = |asked: &Asked| -> anyhow::Result<(bool, String)> {
        let result = query::search(index, &request(&asked.words))?;
        Ok((result.total > 0, writer.hits(&asked.id, &result)))
    };
    output.data(&writer.head())?;
    let mut silent = 0;
    let answered = answer_each(path, output, answer, |_, (found, lines)| {
        silent += usize::from(!found);
        output.data(&lines)
    })?;
    if silent > 0 {
        let queries = if silent == 1 { "1 query".to_owned() } else { format!("{silent} queries") };
        output.note(&format!("nothing was found for {queries} of {}", answered.queries));
    }
    Ok(match answered {
        answered if answered.bad > 0 => Outcome::Partly,
        answered if answered.queries == silent => Outcome::Nothing,
        _ => Outcome::Found,
    })
}
