//! What `cite` and `verify` need of a library: passages by the ids that people type, works with the
//! facts that publishers' profiles state, styles, and texts in which quotations may stand.

pub mod draft;
pub mod link;
pub mod paraphrases;
pub mod quotes;
pub mod style;

use anyhow::{anyhow, bail};
use citation::{SourceFacts, Work};
use indexing::Index;
use ingestion::profiles::Profiles;
use model::{DocumentId, DocumentRecord, PassageId};

use crate::choice::find_document;

/// The passage that `asked` names; of its document's part the first letters are enough.
pub fn passage_id(index: &Index, asked: &str) -> anyhow::Result<PassageId> {
    let Some((document, position)) = asked.split_once('.') else {
        bail!("`{asked}` is no id of a passage: write, for example, k7m2.4");
    };
    Ok(PassageId::new(find_document(index, document, asked)?, position.parse()?))
}

/// The record of a document that the index is known to hold a passage of.
pub fn document(index: &Index, id: &DocumentId) -> anyhow::Result<DocumentRecord> {
    let held = index.document(id)?;
    held.ok_or_else(|| anyhow!("no document in this library has the id {id}; run `forb doctor`"))
}

/// The work that a document holds, with what its publisher's profile states.
pub fn work(record: &DocumentRecord, profiles: &Profiles) -> Work {
    let metadata = &record.metadata;
    let publisher = metadata.publisher.value.as_ref();
    let publisher =
        publisher.and_then(|held| profiles.publishers.iter().find(|known| known.id == held.id));
    let series = metadata.series.value.as_ref();
    let series = series.and_then(|held| profiles.series.iter().find(|known| known.id == held.id));
    let of_publisher = publisher.and_then(|publisher| publisher.licence.as_deref());
    let facts = SourceFacts {
        author: series.and_then(|series| series.author.as_deref()),
        place: publisher.and_then(|publisher| publisher.place.as_deref()),
        licence: series.and_then(|series| series.licence.as_deref()).or(of_publisher),
        description: series.and_then(|series| series.description.as_deref()),
    };
    Work::of(record, facts)
}
