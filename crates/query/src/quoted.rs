//! Records that may hold quoted words: those that hold the rarest of them. Whether the words stand
//! there, and how, is for others to say.

use std::collections::BTreeMap;

use indexing::{Analyser, Index, tokens};
use model::{Field, IndexRecord};

use crate::ast::{Clause, Node, Query};
use crate::error::QueryError;
use crate::filters::{CaptureChoice, Filters};
use crate::function_words::is_function_word;
use crate::matching::holding;
use crate::search::{Scope, SearchRequest, search};

/// How many words of a quotation are searched, at most.
const RAREST_WORDS: usize = 10;
/// How many are searched in any case; beyond them, only words that are held by few records together.
const SURE_WORDS: usize = 5;
const FEW_RECORDS: u64 = 30_000;

/// The records that hold most of the rarest of these words, the likeliest first, `limit` at most. All
/// captures are searched, and what is set aside. Words that occur nowhere are passed over: they are
/// what a writer altered.
///
/// # Errors
/// When the index cannot be read.
pub fn quoted(index: &Index, words: &str, limit: usize) -> Result<Vec<IndexRecord>, QueryError> {
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    let exact = tokens(words, Analyser::Exact);
    for (stemmed, exact) in tokens(words, Analyser::Stemmed).zip(exact) {
        forms.entry(stemmed.word).or_insert(exact.word);
    }
    // A quotation of nothing but small words has only these to be found by.
    if forms.values().any(|form| !is_function_word(form)) {
        forms.retain(|_, form| !is_function_word(form));
    }
    let field = index.fields().of(Field::Text);
    let mut rare = Vec::with_capacity(forms.len());
    for (stem, form) in forms {
        let records = holding(index, field, &stem);
        match records.map_err(QueryError::engine("weigh the words of a quotation"))? {
            0 => {}
            records => rare.push((records, form)),
        }
    }
    rare.sort();
    rare.truncate(wanted(&rare));
    if rare.is_empty() {
        return Ok(Vec::new());
    }
    let clauses = rare.into_iter().map(|(_, text)| Clause::wanted(Node::Word { text })).collect();
    let filters = Filters { captures: CaptureChoice::All, ..Filters::default() };
    let query = Query { clauses };
    let scope = Scope::WithSetAside;
    let request = SearchRequest { filters, scope, limit, ..SearchRequest::new(query) };
    Ok(search(index, &request)?.hits.into_iter().map(|hit| hit.record).collect())
}

/// How many of the words, the rarest first with the number of records that hold each, are searched: in a large
/// library common words would bring up hundreds of thousands of records, and the rarer ones find the passage.
fn wanted(rare: &[(u64, String)]) -> usize {
    let mut records = 0;
    let few = rare.iter().take_while(|(held, _)| {
        records += held;
        records <= FEW_RECORDS
    });
    few.count().clamp(SURE_WORDS, RAREST_WORDS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_searched_only_where_they_are_held_by_few() {
        let words = |held: &[u64]| -> Vec<(u64, String)> {
            held.iter().map(|held| (*held, "word".to_owned())).collect()
        };
        assert_eq!(wanted(&words(&[1; 20])), RAREST_WORDS);
        assert_eq!(wanted(&words(&[10, 20, 30, 40, 50, 60, 90_000, 90_000])), 6);
        assert_eq!(wanted(&words(&[200_000; 20])), SURE_WORDS);
    }
}
