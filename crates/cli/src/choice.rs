//! Which documents and captures a command means that names them by id or by file.

use anyhow::bail;
use indexing::{FoundDocument, Index};
use ingestion::corpus::{CaptureRecord, Records};
use model::{DocumentId, DocumentRecord, PassageId, nearest};

/// What was named.
#[derive(Debug)]
pub enum Chosen {
    /// A document of the index.
    Document(Box<DocumentRecord>),
    /// A capture that is no document: a data set, a digest that is retired, a file nobody could read.
    Capture(Box<CaptureRecord>),
}

/// What `asked` names: the beginning of an id, or the name of a file as `forb status` prints it.
pub fn choose(index: &Index, records: &Records, asked: &str) -> anyhow::Result<Chosen> {
    let documents = index.documents()?;
    let prefix = asked.to_ascii_lowercase();
    let by_id = DocumentId::is_prefix(&prefix);
    let begins = |id: &DocumentId| by_id && id.as_str().starts_with(&prefix);
    let found = chosen(&documents, records, |id, _| begins(id));
    let found = match found.is_empty() {
        true => chosen(&documents, records, |_, name| name == asked),
        false => found,
    };
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one),
        (Some(one), Some(other)) => {
            let ids: Vec<String> =
                [one, other].into_iter().chain(found).take(5).map(|c| c.id().to_string()).collect();
            bail!("`{asked}` names several: {}; write more of one id", ids.join(", "))
        }
        (None, _) => {
            let captures = records.captures.iter().map(|record| record.name.as_str());
            let names = documents.iter().map(|document| document.metadata.file_name.as_str());
            let near = nearest(asked, captures.chain(names), 3);
            let advice = match near.is_empty() {
                true => "`forb status` lists what it holds".to_owned(),
                false => format!("did you mean {}?", near.join(", ")),
            };
            bail!("this library holds nothing of the id or file name `{asked}`; {advice}")
        }
    }
}

/// The document whose id begins with `prefix`, or whose file has the name `asked`, which is what the
/// user wrote.
pub fn find_document(index: &Index, prefix: &str, asked: &str) -> anyhow::Result<DocumentId> {
    if DocumentId::is_prefix(&prefix.to_ascii_lowercase()) {
        match index.find_document(prefix)? {
            FoundDocument::One(id) => return Ok(id),
            FoundDocument::None => {}
            FoundDocument::Several(ids) => {
                let ids = several(&ids);
                bail!("several documents begin with {prefix}: {ids}; write more of the id")
            }
        }
    }
    let of_file: Vec<DocumentId> = index
        .documents()?
        .into_iter()
        .filter(|document| document.metadata.file_name == asked)
        .map(|document| document.id)
        .collect();
    match of_file.as_slice() {
        [one] => Ok(one.clone()),
        [] if DocumentId::is_prefix(&prefix.to_ascii_lowercase()) => {
            bail!("no document in this library has an id that begins with {prefix}")
        }
        // The message of the full parser says what an id looks like.
        [] => Ok(asked.parse::<PassageId>()?.document),
        ids => bail!("several documents are called {asked}: {}; write an id", several(ids)),
    }
}

fn several(ids: &[DocumentId]) -> String {
    ids.iter().take(5).map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

/// Everything whose id and name `fits`, each once.
fn chosen(
    documents: &[DocumentRecord],
    records: &Records,
    fits: impl Fn(&DocumentId, &str) -> bool,
) -> Vec<Chosen> {
    let fitting = documents.iter().filter(|d| fits(&d.id, &d.metadata.file_name));
    let is_document = |id: &DocumentId| documents.binary_search_by(|d| d.id.cmp(id)).is_ok();
    let captures = records.captures.iter();
    let captures = captures.filter(|r| fits(&r.id, &r.name) && !is_document(&r.id));
    let mut found: Vec<Chosen> =
        captures.map(|record| Chosen::Capture(Box::new(record.clone()))).collect();
    // The one document of a compressed file has the name of its capture: that is one thing.
    let whole: Vec<DocumentId> = found.iter().map(|c| c.id().clone()).collect();
    for document in fitting {
        let of = document.metadata.part_of.as_ref().map(|part| part.sha256.document_id());
        match of.and_then(|of| whole.iter().position(|id| *id == of)) {
            Some(at) if records.get(&whole[at]).is_some_and(|r| r.mapping.is_none()) => {
                found[at] = Chosen::Document(Box::new(document.clone()));
            }
            _ => found.push(Chosen::Document(Box::new(document.clone()))),
        }
    }
    found
}

impl Chosen {
    /// Its id.
    pub fn id(&self) -> &DocumentId {
        match self {
            Chosen::Document(document) => &document.id,
            Chosen::Capture(record) => &record.id,
        }
    }
}
