//! `forb eval draw`: passages for labelling, in the order of a hash.

use std::collections::HashSet;
use std::path::PathBuf;

use clap::Args;
use ingestion::hash;
use model::{ContentHash, IndexRecord, PassageId, RecordKind};
use query::evaluation::{SHORTEST_DRAWN, drawing_key, words_of_passage};

use super::files::{read_lines, text_of};
use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Draw passages for labelling, the same ones for the same seed.
///
/// Of each series, those passages of at least ten words come first whose seed and id have the
/// smallest SHA-256: nobody chooses, and anyone can draw them again.
#[derive(Args, Debug)]
pub struct DrawArguments {
    /// Any text; another seed draws other passages.
    #[arg(long, value_name = "TEXT")]
    pub seed: String,
    /// How many passages of each series.
    #[arg(long, value_name = "N")]
    pub number: usize,
    /// The id of a series. May be given more than once.
    #[arg(long, value_name = "ID", required = true)]
    pub series: Vec<String>,
    /// Leave out the passages of this file, drawn or labelled. May be given more than once.
    #[arg(long, value_name = "FILE")]
    pub exclude: Vec<PathBuf>,
}

/// Runs the step.
pub fn run(
    global: &GlobalArguments,
    arguments: &DrawArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let mut excluded = HashSet::new();
    for path in &arguments.exclude {
        for line in read_lines::<serde_json::Value>(path)? {
            excluded.insert(text_of(&line, "passage", path)?.parse::<PassageId>()?);
        }
    }
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let documents = index.documents()?;
    let mut drawn = 0;
    for series in &arguments.series {
        let mut candidates: Vec<(ContentHash, usize, IndexRecord)> = Vec::new();
        let of_series = documents.iter().enumerate().filter(|(_, document)| {
            document.metadata.series.value.as_ref().is_some_and(|known| known.id == *series)
        });
        for (at, document) in of_series {
            for record in index.passages_of(&document.id)? {
                let passage = &record.passage.passage;
                let long_enough = words_of_passage(&passage.text) >= SHORTEST_DRAWN;
                if record.kind == RecordKind::Passage
                    && long_enough
                    && !excluded.contains(&passage.id)
                {
                    let key = hash(drawing_key(&arguments.seed, &passage.id).as_bytes());
                    candidates.push((key, at, record));
                }
            }
            // Only the first are wanted: a large library is not held in memory.
            candidates.sort_by_key(|(key, ..)| *key);
            candidates.truncate(arguments.number);
        }
        if candidates.len() < arguments.number {
            let (found, wanted) = (candidates.len(), arguments.number);
            output.warning(&format!(
                "the series {series} has {found} passages to draw, and {wanted} were asked for"
            ));
        }
        for (_, at, record) in &candidates {
            output.data(&render::drawn_json(record, &documents[*at]))?;
        }
        drawn += candidates.len();
    }
    Ok(if drawn == 0 { Outcome::Nothing } else { Outcome::Found })
}
