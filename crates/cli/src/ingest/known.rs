//! What a library knows of files before they are read: whether there is anything new in them, and
//! what was stated of them before.

use std::collections::BTreeMap;

use ingestion::SourceFile;
use ingestion::corpus::{Corpus, Records};
use model::{DocumentId, DocumentRecord};
use render::AddOutcome;

use super::today;

/// What a library knows of files before they are read.
pub(super) struct Known<'a> {
    pub corpus: &'a Corpus,
    pub records: &'a Records,
    pub unread: Option<&'a BTreeMap<DocumentId, String>>,
}

impl Known<'_> {
    /// Whether there is anything in a file that the library does not hold: its bytes, whole and
    /// read, statements on them, or where they were fetched.
    pub fn is_new(&self, source: &SourceFile) -> bool {
        let id = source.sha256().document_id();
        self.records.get(&id).is_none_or(|held| {
            source.by_user.clone().or(&held.stated) != held.stated
                || source.by_sidecar.clone().or(&held.sidecar) != held.sidecar
                || (source.fetched.is_some() && held.fetched.is_none())
                || self.unread.is_some_and(|unread| unread.contains_key(&id))
                || held.without.as_ref().is_some_and(|without| !without.is_empty())
                || !self.corpus.holds(held)
        })
    }

    /// The source under the name it has in the library, with what was stated of it before and the day
    /// it entered.
    pub fn completed(&self, source: &SourceFile) -> SourceFile {
        let mut source = source.clone();
        source.added = Some(today());
        if let Some(held) = self.records.get(&source.sha256().document_id()) {
            source = source.known_as(held.name.clone());
            source.by_user = source.by_user.or(&held.stated);
            source.by_sidecar = source.by_sidecar.or(&held.sidecar);
            source.fetched = held.fetched.clone().or(source.fetched);
            source.added = Some(held.added);
        }
        source
    }

    pub fn is_retired(&self, id: &DocumentId) -> bool {
        self.records.get(id).is_some_and(|record| self.records.is_retired(record))
    }

    pub fn held(&self, document: Box<DocumentRecord>, capture: &DocumentId) -> AddOutcome {
        if self.is_retired(capture) {
            AddOutcome::Retired { document }
        } else {
            AddOutcome::Held { document }
        }
    }
}
