//! `forb show`: a passage between its neighbours.

use anyhow::{anyhow, bail};
use clap::Args;
use indexing::{FoundDocument, Index};
use model::{DocumentId, PassageId, RecordKind};
use query::Neighbourhood;

use crate::arguments::{Format, GlobalArguments};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Show a passage between its neighbours, or a whole document.
///
/// The id is the one that `forb search` prints. Of a document's id the first letters are enough, as
/// long as only one document begins so.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb show k7m2q9x4tb3c.4\n  \
    forb show k7m2.4 --context 3\n  \
    forb show k7m2                 the whole document, passage by passage")]
pub struct ShowArguments {
    /// Id of a passage or of a document.
    pub id: String,
    /// How many passages before and after to show.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub context: usize,
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
    let shown = match arguments.id.split_once('.') {
        Some((document, position)) => {
            let document = find(&index, document, &arguments.id)?;
            let id = PassageId::new(document, position.parse()?);
            query::neighbours(&index, &id, arguments.context)?.ok_or_else(|| {
                let document = &id.document;
                anyhow!("there is no passage {id}; `forb show {document}` shows its document")
            })?
        }
        None => whole(&index, &find(&index, &arguments.id, &arguments.id)?)?,
    };
    output.data(&match arguments.format {
        Format::Text => render::show_text(&shown, *output.style()),
        Format::Json => render::show_json(&shown),
    })?;
    Ok(Outcome::Found)
}

/// Every passage of a document, as the neighbourhood of its first.
fn whole(index: &Index, document: &DocumentId) -> anyhow::Result<Neighbourhood> {
    let records = index.passages_of(document)?.into_iter();
    let mut passages = records.filter(|record| record.kind == RecordKind::Passage);
    let record = passages.next().ok_or_else(|| anyhow!("document {document} holds no passage"))?;
    Ok(Neighbourhood { before: Vec::new(), record, after: passages.collect() })
}

/// The document whose id begins so; `asked` is what the whole id was written as.
pub(super) fn find(index: &Index, prefix: &str, asked: &str) -> anyhow::Result<DocumentId> {
    if !DocumentId::is_prefix(&prefix.to_ascii_lowercase()) {
        // The message of the full parser says what an id looks like.
        let parsed: PassageId = asked.parse()?;
        return Ok(parsed.document);
    }
    match index.find_document(prefix)? {
        FoundDocument::One(id) => Ok(id),
        FoundDocument::None => {
            bail!("no document in this library has an id that begins with {prefix}")
        }
        FoundDocument::Several(ids) => {
            let ids: Vec<String> = ids.iter().take(5).map(ToString::to_string).collect();
            bail!("several documents begin with {prefix}: {}; write more of the id", ids.join(", "))
        }
    }
}
