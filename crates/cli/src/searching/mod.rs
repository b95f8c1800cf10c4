//! What `search`, `similar` and `replay` share: the options that say what is listed and how it is
//! written, the request they come to, what is said beside the data, and the records of searches,
//! comparisons and other answers.

pub mod answered;
pub mod compared;
pub mod file;
pub mod listing;
pub mod record;
pub mod written;

use std::collections::BTreeSet;

use citation::Pinpoint;
use citation::style::StyledText;
use indexing::Index;
use query::{Filters, Hit, LITTLE, Query, SearchResult, Silence};

use crate::citing::{self, style::ChosenStyle};
use crate::output::Output;
use crate::paths::LibraryPaths;

/// The citation of each hit, where a style is asked for.
pub fn citations(
    style: Option<&str>,
    library: &LibraryPaths,
    index: &Index,
    result: &SearchResult,
) -> anyhow::Result<Vec<StyledText>> {
    let Some(style) = style.map(ChosenStyle::open).transpose()? else { return Ok(Vec::new()) };
    let profiles = library.corpus().profiles()?;
    let cite = |hit: &Hit| {
        let passage = &hit.record.passage.passage;
        let work = citing::work(&citing::document(index, &passage.id.document)?, &profiles);
        Ok(style.cite(&work, &Pinpoint::of(&passage.locator))?.citation)
    };
    result.hits.iter().map(cite).collect()
}

/// What it means that a search found nothing, or little; `None` where it found much, and where the library is
/// empty, which is said at once.
pub fn silence(
    library: &LibraryPaths,
    index: &Index,
    query: &Query,
    filters: &Filters,
    result: &SearchResult,
    output: &Output,
) -> anyhow::Result<Option<Silence>> {
    if index.commit().counts.documents == 0 {
        output.note("the library holds no documents: `forb add FILE…` adds reports");
        return Ok(None);
    }
    if result.total > LITTLE {
        return Ok(None);
    }
    let profiles = library.corpus().profiles()?;
    let covers_all: BTreeSet<String> =
        profiles.covering_all_countries().map(str::to_owned).collect();
    let held = index.held()?;
    Ok(Some(query::silence(index, &held, &covers_all, query, filters)?))
}
