//! `forb eval take`: labels that quote the words, made into lines of a gold set.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use ingestion::codebook::built_in;
use ingestion::hash;
use model::PassageId;
use model::gold::GoldPassage;
use query::evaluation::{QuotedLabels, take};

use super::files::{read_lines, text_of};
use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Make a gold set of labels that quote the words.
///
/// Each line of the file is an object with `passage`, `issues` (id and polarity), `nature`,
/// `attribution` (words, kind, and which occurrence of the words), `figures` (words, value, unit,
/// hedge, occurrence) and `countries` (codes). The words are looked for in the text that was drawn;
/// what does not stand there is refused by name, and so is a passage that reads otherwise in the library.
#[derive(Args, Debug)]
pub struct TakeArguments {
    /// The labels, one passage a line.
    #[arg(value_name = "LABELS.jsonl", required = true)]
    pub labels: Vec<PathBuf>,
    /// What `forb eval draw` printed for the labeller.
    #[arg(long, value_name = "FILE")]
    pub drawn: PathBuf,
}

/// Runs the step.
pub fn run(
    global: &GlobalArguments,
    arguments: &TakeArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let mut texts = HashMap::new();
    for line in read_lines::<serde_json::Value>(&arguments.drawn)? {
        let id: PassageId = text_of(&line, "passage", &arguments.drawn)?.parse()?;
        texts.insert(id, text_of(&line, "text", &arguments.drawn)?.to_owned());
    }
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let (mut taken, mut refused) = (0, 0);
    for path in &arguments.labels {
        for quoted in read_lines::<QuotedLabels>(path)? {
            let id = &quoted.passage;
            let record = index.passage(id)?;
            let labelled = match (texts.get(id), &record) {
                (None, _) => Err("it was not drawn".to_owned()),
                (_, None) => Err("this library lacks it".to_owned()),
                (Some(text), Some(record)) if *text != record.passage.passage.text => {
                    Err("it reads otherwise in this library".to_owned())
                }
                (Some(text), Some(record)) => take(&quoted, text, built_in())
                    .map(|labels| (record, labels))
                    .map_err(|refusal| refusal.to_string()),
            };
            let (record, labels) = match labelled {
                Ok(labelled) => labelled,
                Err(why) => {
                    output.warning(&format!("passage {id} is not taken: {why}"));
                    refused += 1;
                    continue;
                }
            };
            let passage = &record.passage.passage;
            let gold = GoldPassage {
                passage: id.clone(),
                document: id.document.clone(),
                series: record.document.series.as_ref().map(|series| series.id.clone()),
                range: passage.range,
                sha256: hash(passage.text.as_bytes()),
                labels,
            };
            output.data(&format!("{}\n", serde_json::to_string(&gold)?))?;
            taken += 1;
        }
    }
    output.note(&format!("{taken} passages taken, {refused} refused"));
    Ok(match (taken, refused) {
        (_, 1..) => Outcome::Partly,
        (0, 0) => Outcome::Nothing,
        _ => Outcome::Found,
    })
}
