//! The passages that a draft cites for words of its own, looked up in a library and in its newer editions.

use std::collections::HashMap;

use citation::verify::{CitedId, Draft, Paraphrase, PassageStanding};
use indexing::Index;
use model::{DocumentId, DocumentRecord, PassageId};
use query::align::Status;
use query::changes::{Changes, changes};
use query::editions::{latest_after, passages_of};

/// What was found of each passage that is cited for words that are not quoted.
pub fn paraphrases(draft: &Draft, index: &Index) -> anyhow::Result<Vec<Paraphrase>> {
    let own = draft.mentions.iter().filter(|mention| !mention.of_quotation);
    let passages = own.filter_map(|mention| match &mention.id {
        CitedId::Passage(id) => Some((mention, id)),
        CitedId::Document(_) => None,
    });
    let mut editions = Editions { documents: None, compared: HashMap::new() };
    let found = passages.map(|(mention, id)| {
        let standing = standing(id, index, &mut editions)?;
        Ok(Paraphrase { mention: mention.clone(), standing })
    });
    found.collect()
}

/// The documents of the library, read once they are needed, and what changed after each cited one.
struct Editions {
    documents: Option<Vec<DocumentRecord>>,
    compared: HashMap<DocumentId, Option<(DocumentId, Changes)>>,
}

fn standing(
    id: &PassageId,
    index: &Index,
    editions: &mut Editions,
) -> anyhow::Result<PassageStanding> {
    let Some(document) = index.document(&id.document)? else {
        return Ok(PassageStanding::NotHeld);
    };
    if index.passage(id)?.is_none() {
        return Ok(PassageStanding::Gone);
    }
    let Some((newer, changes)) = editions.newer(&document, index)? else {
        return Ok(PassageStanding::There);
    };
    let mut sentences = Vec::new();
    for statement in &changes.statements {
        // What stands elsewhere in the newer report is said there all the same.
        if !matches!(statement.status, Status::Same | Status::Moved) {
            let here = statement.old.iter().filter(|place| place.passage == *id);
            let became = statement.status.name();
            sentences.extend(here.map(|place| (place.text.clone(), became)));
        }
    }
    let newer = newer.clone();
    Ok(match sentences.is_empty() {
        true => PassageStanding::Unchanged { newer },
        false => PassageStanding::Changed { newer, sentences },
    })
}

impl Editions {
    /// The latest edition that is newer than a document, with what changed in it.
    fn newer(
        &mut self,
        document: &DocumentRecord,
        index: &Index,
    ) -> anyhow::Result<Option<&(DocumentId, Changes)>> {
        if self.documents.is_none() {
            self.documents = Some(index.documents()?);
        }
        let documents = self.documents.as_deref().unwrap_or_default();
        if !self.compared.contains_key(&document.id) {
            let compared = match latest_after(documents, document) {
                None => None,
                Some(newer) => {
                    let old = passages_of(index, &[document])?;
                    let new = passages_of(index, &[newer])?;
                    (!new.is_empty()).then(|| (newer.id.clone(), changes(&old, &new)))
                }
            };
            self.compared.insert(document.id.clone(), compared);
        }
        Ok(self.compared.get(&document.id).and_then(Option::as_ref))
    }
}
