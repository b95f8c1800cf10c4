//! What `search`, `similar` and `replay` share: the options that say what is listed and how it is
//! written, the request they come to, what is said beside the data, and the record of a search.

pub mod listing;
pub mod record;
pub mod written;

use std::collections::BTreeSet;

use indexing::Index;
use query::{Filters, LITTLE, Query, SearchResult, Silence};

use crate::paths::LibraryPaths;

/// What it means that a search found nothing, or little; `None` where it found much.
pub fn silence(
    library: &LibraryPaths,
    index: &Index,
    query: &Query,
    filters: &Filters,
    result: &SearchResult,
) -> anyhow::Result<Option<Silence>> {
    if result.total > LITTLE || index.commit().counts.documents == 0 {
        return Ok(None);
    }
    let profiles = library.corpus().profiles()?;
    let covers_all: BTreeSet<String> =
        profiles.covering_all_countries().map(str::to_owned).collect();
    let documents = index.documents()?;
    Ok(Some(query::silence(index, &documents, &covers_all, query, filters)?))
}
