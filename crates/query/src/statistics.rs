//! The figures scores are made from. They count passages only, and only those that are live: so
//! blocks set aside, captures that do not answer, records of documents and deleted records not yet cleaned away change no score,
//! and the same library gives the same scores however it came to be indexed.

use indexing::{Fields, Index};
use model::Field;
use tantivy::TantivyError;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::{Field as EngineField, Term};

/// The statistics of the passages of an index.
pub(crate) struct PassageStatistics<'a>(pub &'a Index);

impl Bm25StatisticsProvider for PassageStatistics<'_> {
    /// Words of the passages as the corpus counts them: the engine's own count is an estimate once
    /// segments with deletions were merged.
    fn total_num_tokens(&self, _field: EngineField) -> tantivy::Result<u64> {
        // Never nothing: the mean length is divided by.
        let counts = &self.0.commit().counts;
        Ok(counts.words.max(counts.passages).max(1))
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.0.commit().counts.passages.max(1))
    }

    /// In how many passages a word occurs; a block set aside, or a passage of a
    /// capture that does not answer, is scored as if it were one of them.
    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let live = match in_passages(self.0.fields(), term) {
            Some(term) => self.0.live_count(&term),
            None => self.0.live_count(term),
        };
        let live = live.map_err(|error| TantivyError::InternalError(error.to_string()))?;
        // The engine insists that a word occurs in no more passages than there are.
        Ok(live.min(self.total_num_docs()?))
    }
}

/// The term of a field of blocks set aside as a term of the passages.
fn in_passages(fields: &Fields, term: &Term) -> Option<Term> {
    let pairs = [(Field::SetAsideText, Field::Text), (Field::SetAsideExact, Field::Exact)];
    let (_, passages) = pairs.into_iter().find(|(aside, _)| fields.of(*aside) == term.field())?;
    Some(Term::from_field_text(fields.of(passages), term.value().as_str()?))
}
