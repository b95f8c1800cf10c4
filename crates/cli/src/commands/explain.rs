//! `forb explain`: a passage with every label it has, and the words that earned each.

use anyhow::anyhow;
use clap::Args;
use model::PassageId;

use crate::arguments::{Format, GlobalArguments};
use crate::explanations::Explainer;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Show why a passage has the labels it has.
///
/// Labels are suggestions made by words. Every one is listed with the words that earned it, the
/// sentence they stand in, and for an issue the seed of the codebook with its line.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb explain k7m2q9x4tb3c.4\n  \
    forb explain k7m2.4 --format json | jq '.annotations[].value'")]
pub struct ExplainArguments {
    /// Id of a passage; of its document's part the first letters are enough.
    pub passage: String,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ExplainArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let asked = &arguments.passage;
    let (document, position) = asked
        .split_once('.')
        .ok_or_else(|| anyhow!("`{asked}` is no id of a passage: write, for example, k7m2.4"))?;
    let id =
        PassageId::new(crate::choice::find_document(&index, document, asked)?, position.parse()?);
    let record = index.passage(&id)?.ok_or_else(|| {
        let document = &id.document;
        anyhow!("there is no passage {id}; `forb show {document}` shows its document")
    })?;
    let explainer = Explainer::open(&library.corpus(), &index);
    let explanation = explainer.explain(&record);
    output.data(&match arguments.format {
        Format::Text => render::explain_text(&explanation, *output.style()),
        Format::Json => render::explain_json(&explanation),
    })?;
    Ok(Outcome::Found)
}
