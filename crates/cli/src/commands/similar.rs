//! `forb similar`: passages that speak of the same as one.

use anyhow::{anyhow, bail};
use clap::Args;
use model::PassageId;
use query::{Scope, SearchRequest};

use crate::arguments::GlobalArguments;
use crate::choice::find_document;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::listing::{ListingArguments, SearchFormat};
use crate::searching::record::SearchRecord;
use crate::searching::written;
use crate::{library, searching, tagging};

/// Find passages that speak of the same as one.
///
/// The words that tell most about the passage are searched: those that stand in it more often than in
/// others. The passage itself, and what is nearly the same, is left out. The options of `forb search`
/// say what is searched and how it is shown.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb similar k7m2q9x4tb3c.4\n  \
    forb similar k7m2q9x4tb3c.4 --publisher open-doors --format csv")]
pub struct SimilarArguments {
    /// Id of the passage.
    #[arg(value_name = "PASSAGE")]
    pub id: String,
    /// What is searched.
    #[command(flatten)]
    pub filters: FilterArguments,
    /// What is listed, and how it is written.
    #[command(flatten)]
    pub listing: ListingArguments,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &SimilarArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    arguments.listing.check()?;
    if arguments.listing.format == Some(SearchFormat::Trec) {
        bail!("--format trec is for `forb search`");
    }
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let Some((document, position)) = arguments.id.split_once('.') else {
        bail!("`{}` names no passage: write its whole id, as searches show it", arguments.id);
    };
    let document = find_document(&index, document, &arguments.id)?;
    let id = PassageId::new(document, position.parse()?);
    let record = index.passage(&id)?.ok_or_else(|| {
        anyhow!("there is no passage {id}; `forb show {}` shows its document", id.document)
    })?;
    let filters = arguments.filters.resolve(&library.corpus(), &index)?;
    let tags = &arguments.filters.tag;
    let filters = tagging::restrict(filters, tags, &library.corpus(), &index, output)?;
    let query = query::similar(&index, &record)?;
    let mut request =
        arguments.listing.request(SearchRequest::new(query), filters, Scope::Passages);
    request.listing.unlike = Some(id.clone());
    let result = query::search(&index, &request)?;
    let typed = format!("similar {id}");
    if let Some(path) = &arguments.listing.record {
        SearchRecord::of(&index, &typed, &request, &result).write(path)?;
    }
    output.note(&format!("searched: {}", request.query));
    let silence =
        searching::silence(&library, &index, &request.query, &request.filters, &result, output)?;
    let style = arguments.listing.cite.as_deref();
    let citations = searching::citations(style, &library, &index, &result)?;
    written::write(
        &arguments.listing,
        &typed,
        &request,
        &result,
        silence.as_ref(),
        &citations,
        output,
    )?;
    Ok(if result.hits.is_empty() && !arguments.listing.count {
        Outcome::Nothing
    } else {
        Outcome::Found
    })
}
