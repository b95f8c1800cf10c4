//! What the nearness of a query's words to one another adds to the score of the best matches, after
//! Büttcher, Clarke and Lushman, "Term proximity scoring for ad-hoc retrieval on very large text
//! collections" (SIGIR 2006): wherever two different words of the query stand next to one another
//! with no third between them, each gathers the rarity of the other divided by the square of their
//! distance; what it gathered counts like occurrences of a word in BM25.

use indexing::{Analyser, Index};
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as EngineField, IndexRecordOption, Term};
use tantivy::{DocSet, TERMINATED};

use crate::matching::Evaluator;
use crate::matching::plan::{Leaf, Plan, Sought};
use crate::ranking::best::Ranked;

/// How many of the best matches are looked at again.
pub(crate) const WINDOW: usize = 200;

/// The most words of a query whose nearness is looked at.
const MAX_WORDS: usize = 16;

/// A word whose nearness to others counts.
pub(crate) struct NearWord {
    word: String,
    rarity: f32,
}

/// The query's own single words, each once.
pub(crate) fn near_words(plan: &Plan, evaluator: &Evaluator<'_>) -> Vec<NearWord> {
    let mut words: Vec<NearWord> = Vec::new();
    for (leaf, weight) in plan.leaves.iter().zip(&evaluator.weights).take(plan.own) {
        let Leaf { analyser: Analyser::Stemmed, sought: Sought::Any(any), .. } = leaf else {
            continue;
        };
        let ([(word, _)], Some(rarity)) = (any.as_slice(), weight) else { continue };
        if words.len() < MAX_WORDS && words.iter().all(|other| other.word != *word) {
            words.push(NearWord { word: word.clone(), rarity: *rarity });
        }
    }
    words
}

/// What nearness earns each of the matches, before it is weighted. `fields` hold the words of
/// records; a record has words in one of them only.
pub(crate) fn earned(
    index: &Index,
    evaluator: &Evaluator<'_>,
    words: &[NearWord],
    fields: &[EngineField],
    ranked: &[Ranked],
) -> tantivy::Result<Vec<f32>> {
    let mut earned = vec![0.0; ranked.len()];
    if words.len() < 2 {
        return Ok(earned);
    }
    // Postings are read forwards only.
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_unstable_by_key(|at| ranked[*at].address);
    for in_segment in
        order.chunk_by(|a, b| ranked[*a].address.segment_ord == ranked[*b].address.segment_ord)
    {
        let segment = index.searcher().segment_reader(ranked[in_segment[0]].address.segment_ord);
        for field in fields {
            let inverted = segment.inverted_index(*field)?;
            let lengths = segment.get_fieldnorms_reader(*field)?;
            let mut postings: Vec<Option<SegmentPostings>> = Vec::with_capacity(words.len());
            for word in words {
                let term = Term::from_field_text(*field, &word.word);
                let option = IndexRecordOption::WithFreqsAndPositions;
                postings.push(inverted.read_postings(&term, option)?);
            }
            let (mut places, mut of_word) = (Vec::new(), Vec::new());
            for at in in_segment {
                let doc = ranked[*at].address.doc_id;
                places.clear();
                for (word, postings) in postings.iter_mut().enumerate() {
                    let Some(postings) = postings else { continue };
                    if postings.doc() < doc {
                        postings.seek(doc);
                    }
                    if postings.doc() != TERMINATED && postings.doc() == doc {
                        postings.positions(&mut of_word);
                        places.extend(of_word.iter().map(|place| (*place, word)));
                    }
                }
                places.sort_unstable();
                let length = lengths.fieldnorm_id(doc);
                earned[*at] += gathered(words, &places)
                    .into_iter()
                    .zip(words)
                    .filter(|(gathered, _)| *gathered > 0.0)
                    .map(|(gathered, word)| {
                        evaluator.scorer.earned(word.rarity.min(1.0), gathered, length)
                    })
                    .sum::<f32>();
            }
        }
    }
    Ok(earned)
}

/// What each word gathers in one record, whose places are given in order, each with its word.
fn gathered(words: &[NearWord], places: &[(u32, usize)]) -> Vec<f32> {
    let mut gathered = vec![0.0; words.len()];
    for pair in places.windows(2) {
        let ((before, a), (after, b)) = (pair[0], pair[1]);
        if a != b && after > before {
            let distance = (after - before) as f32;
            gathered[a] += words[b].rarity / (distance * distance);
            gathered[b] += words[a].rarity / (distance * distance);
        }
    }
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_gather_the_rarity_of_their_neighbours() {
        let word = |word: &str, rarity| NearWord { word: word.into(), rarity };
        let words = [word("a", 2.0), word("b", 3.0), word("c", 5.0)];
        assert_eq!(gathered(&words, &[(4, 0), (5, 1)]), [3.0, 2.0, 0.0]);
        assert_eq!(gathered(&words, &[(4, 0), (6, 1), (7, 1)]), [0.75, 0.5, 0.0]);
        assert_eq!(gathered(&words, &[(1, 0), (2, 2), (3, 1)]), [5.0, 5.0, 5.0]);
        assert_eq!(gathered(&words, &[]), [0.0, 0.0, 0.0]);
    }
}
