//! The words that tell most about a passage, as a query: those that stand in it more often than in
//! others. Each counts by its share of the passage, as words do in feedback (`ranking/feedback.rs`).

use std::collections::BTreeMap;

use indexing::{Analyser, Index, tokens};
use model::{Field, IndexRecord};

use crate::ast::{Boost, Clause, Node, Occur, Query};
use crate::error::QueryError;
use crate::function_words::is_function_word;
use crate::matching::collection;
use crate::matching::holding;
use crate::matching::score::Scorer;
use crate::ranking::Ranking;

/// How many words of a passage are searched.
pub const TELLING_WORDS: usize = 20;

/// The query for passages like this one: its most telling words, the most telling first; empty where
/// it has none. What it finds is the passage itself, too, and those nearly the same; see
/// [`crate::Listing::unlike`].
///
/// # Errors
/// When the index cannot be read.
pub fn similar(index: &Index, record: &IndexRecord) -> Result<Query, QueryError> {
    let text = &record.passage.passage.text;
    let mut words: BTreeMap<String, (u32, String)> = BTreeMap::new();
    let exact = tokens(text, Analyser::Exact);
    for (stemmed, exact) in tokens(text, Analyser::Stemmed).zip(exact) {
        if may_tell(&exact.word) {
            words.entry(stemmed.word).or_insert((0, exact.word)).0 += 1;
        }
    }
    let scorer = Scorer::new(Ranking::default().bm25, collection(index));
    let field = index.fields().of(Field::Text);
    let mut telling = Vec::with_capacity(words.len());
    for (stem, (count, form)) in words {
        let passages = holding(index, field, &stem);
        let passages = passages.map_err(QueryError::engine("weigh the words of a passage"))?;
        telling.push((count as f32 * scorer.rarity(passages), count, form));
    }
    // Stable: equals stay in the order of their stems.
    telling.sort_by(|(a, ..), (b, ..)| b.total_cmp(a));
    telling.truncate(TELLING_WORDS);
    let most = telling.iter().map(|(_, count, _)| *count).max().unwrap_or(1);
    let clause = |(_, count, form): (f32, u32, String)| Clause {
        occur: Occur::Should,
        boost: Boost::from_hundredths((count * 100 / most).clamp(1, 100) as u16)
            .unwrap_or(Boost::ONE),
        node: Node::Word { text: form },
    };
    Ok(Query { clauses: telling.into_iter().map(clause).collect() })
}

fn may_tell(word: &str) -> bool {
    word.chars().nth(2).is_some()
        && !word.contains(|c: char| c.is_ascii_digit())
        && !is_function_word(word)
}
