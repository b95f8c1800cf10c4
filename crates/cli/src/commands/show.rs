//! `forb show`: a passage between its neighbours, a whole document, or every block of one.

use anyhow::anyhow;
use clap::Args;
use indexing::Index;
use ingestion::settled::reasons;
use model::{DocumentId, PassageId, PassagePosition};
use query::Neighbourhood;
use render::DocumentBlocks;

use crate::arguments::{Format, GlobalArguments};
use crate::choice::find_document;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::reread::reread;

/// Show a passage between its neighbours, or a whole document.
///
/// The id is the one that `forb search` prints. Of a document's id the first letters are enough, as
/// long as only one document begins so; the name of its file, as `forb status` prints it, will do too.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb show k7m2q9x4tb3c.4\n  \
    forb show k7m2.4 --context 3\n  \
    forb show k7m2                 the whole document, passage by passage\n  \
    forb show k7m2 --blocks        every block of it, with its role and the rule that gave it\n  \
    forb show peru.pdf --blocks    the same, by the name of its file")]
pub struct ShowArguments {
    /// Id of a passage or of a document, or the name of a document's file.
    pub id: String,
    /// How many passages before and after to show.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub context: usize,
    /// Show every block of the document with its role, its page and the rule that gave the role: what
    /// was set aside, and why. The document is read again from the corpus.
    #[arg(long, conflicts_with = "context")]
    pub blocks: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ShowArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    if arguments.blocks {
        return blocks(&library, &index, arguments, output);
    }
    let shown = match passage_of(&arguments.id) {
        Some((document, position)) => {
            let document = find_document(&index, document, &arguments.id)?;
            let id = PassageId::new(document, position);
            query::neighbours(&index, &id, arguments.context)?.ok_or_else(|| {
                let document = &id.document;
                anyhow!("there is no passage {id}; `forb show {document}` shows its document")
            })?
        }
        None => whole(&index, &find_document(&index, &arguments.id, &arguments.id)?)?,
    };
    output.data(&match arguments.format {
        Format::Text => render::show_text(&shown, *output.style()),
        Format::Json => render::show_json(&shown),
    })?;
    Ok(Outcome::Found)
}

/// The beginning of a document's id and a place in it, where that is what was asked for.
fn passage_of(asked: &str) -> Option<(&str, PassagePosition)> {
    let (document, position) = asked.split_once('.')?;
    Some((document, position.parse().ok()?))
}

/// Shows every block of the document that an id names, or that the passage of an id stands in.
fn blocks(
    library: &LibraryPaths,
    index: &Index,
    arguments: &ShowArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let asked = arguments.id.as_str();
    let prefix = passage_of(asked).map_or(asked, |(document, _)| document);
    let id = find_document(index, prefix, &arguments.id)?;
    let held = index
        .document(&id)?
        .ok_or_else(|| anyhow!("no document in this library has the id {id}"))?;
    let read = reread(&library.corpus(), &held)?;
    let roles = reasons(&read.document, &held.settled.verdict);
    let shown = DocumentBlocks { document: &read.document, roles };
    output.data(&match arguments.format {
        Format::Text => render::blocks_text(&shown, *output.style()),
        Format::Json => render::blocks_json(&shown),
    })?;
    Ok(Outcome::Found)
}

/// Every passage of a document, as the neighbourhood of its first.
fn whole(index: &Index, document: &DocumentId) -> anyhow::Result<Neighbourhood> {
    let records = index.passages_of(document)?.into_iter();
    let mut passages = records.filter(|record| record.kind.is_passage());
    let record = passages.next().ok_or_else(|| anyhow!("document {document} holds no passage"))?;
    Ok(Neighbourhood { before: Vec::new(), record, after: passages.collect() })
}
