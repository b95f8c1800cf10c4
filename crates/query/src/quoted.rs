//! Records that may hold quoted words: those that hold them one after the other, and those that hold the
//! rarest of them. Whether a quotation stands there, and how, is for others to say.

use std::collections::BTreeMap;

use indexing::{Analyser, Index, tokens};
use model::{Field, IndexRecord, PassageId};
use tantivy::collector::TopDocs;
use tantivy::query::BooleanQuery;
use tantivy::schema::Term;

use crate::ast::{Clause, Node, Query};
use crate::error::QueryError;
use crate::filters::{CaptureChoice, Filters};
use crate::function_words::is_function_word;
use crate::listing::{Folding, Listing};
use crate::matching::holding;
use crate::ranking::Ranking;
use crate::search::{Scope, SearchRequest, search};

/// How many words of a quotation are searched one after the other, at most.
const WORDS_IN_ORDER: usize = 24;
/// How many of its rarest words are searched, at most.
const RAREST_WORDS: usize = 10;

/// The records that hold these words one after the other, whatever stands between words: of a long
/// quotation, those in its middle. All captures are searched, and what is set aside; `limit` records at
/// most, the shortest first.
///
/// # Errors
/// When the index cannot be read.
pub fn holding_quoted(
    index: &Index,
    words: &str,
    limit: usize,
) -> Result<Vec<IndexRecord>, QueryError> {
    let words: Vec<String> = tokens(words, Analyser::Exact).map(|token| token.word).collect();
    let before = words.len().saturating_sub(WORDS_IN_ORDER) / 2;
    let sought: Vec<&str> =
        words.iter().skip(before).take(WORDS_IN_ORDER).map(String::as_str).collect();
    if sought.is_empty() {
        return Ok(Vec::new());
    }
    let clause = Clause::wanted(Node::Phrase { text: sought.join(" ") });
    let filters = Filters { captures: CaptureChoice::All, ..Filters::default() };
    let query = Query { clauses: vec![clause] };
    let scope = Scope::WithSetAside;
    // What is nearly the same may be the very words.
    let listing = Listing { folding: Folding::None, ..Listing::default() };
    let ranking = Ranking::plain();
    let request =
        SearchRequest { filters, scope, listing, ranking, limit, ..SearchRequest::new(query) };
    Ok(search(index, &request)?.hits.into_iter().map(|hit| hit.record).collect())
}

/// The records that hold most of the rarest of these words, the likeliest first, `limit` at most. All
/// captures are searched, and what is set aside. Words that occur nowhere are passed over: they are
/// what a writer altered. Of records that are equally likely and are not all wanted, it depends on how the
/// index came to be which are left out.
///
/// # Errors
/// When the index cannot be read.
pub fn like_quoted(
    index: &Index,
    words: &str,
    limit: usize,
) -> Result<Vec<IndexRecord>, QueryError> {
    let mut forms: BTreeMap<String, String> = BTreeMap::new();
    let exact = tokens(words, Analyser::Exact);
    for (stemmed, exact) in tokens(words, Analyser::Stemmed).zip(exact) {
        forms.entry(stemmed.word).or_insert(exact.word);
    }
    // A quotation of nothing but small words has only these to be found by.
    if forms.values().any(|form| !is_function_word(form)) {
        forms.retain(|_, form| !is_function_word(form));
    }
    let fields = [Field::Text, Field::SetAsideText].map(|field| index.fields().of(field));
    let mut rare = Vec::with_capacity(forms.len());
    for stem in forms.into_keys() {
        let mut records = 0;
        for field in fields {
            let held = holding(index, field, &stem);
            records += held.map_err(QueryError::engine("weigh the words of a quotation"))?;
        }
        if records > 0 {
            rare.push((records, stem));
        }
    }
    rare.sort();
    rare.truncate(RAREST_WORDS);
    if rare.is_empty() || limit == 0 {
        return Ok(Vec::new());
    }
    // The engine passes over what cannot come among the best; in a large library common words would bring up
    // hundreds of thousands of records.
    let in_fields = |(_, stem): &(u64, String)| fields.map(|f| Term::from_field_text(f, stem));
    let union = BooleanQuery::new_multiterms_query(rare.iter().flat_map(in_fields).collect());
    let best = TopDocs::with_limit(limit).order_by_score();
    let best = index.searcher().search(&union, &best);
    let best = best.map_err(QueryError::engine("search the words of a quotation"))?;
    let fetched = best.into_iter().map(|(score, address)| Ok((score, index.record(address)?)));
    let mut fetched = fetched.collect::<Result<Vec<(f32, IndexRecord)>, QueryError>>()?;
    let id = |record: &IndexRecord| -> PassageId { record.passage.passage.id.clone() };
    fetched.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| id(one).cmp(&id(other))));
    Ok(fetched.into_iter().map(|(_, record)| record).collect())
}
