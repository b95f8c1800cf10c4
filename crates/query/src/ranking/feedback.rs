//! Words that the best matches suggest: relevance model RM3. Each of them speaks for its words by
//! their share of it, weighted with its score; function words, single letters and numbers have no say,
//! nor has a word that stands in more than a tenth of all passages.

use std::collections::{BTreeMap, HashMap};

use indexing::{Analyser, Index, tokens};
use model::Field;

use crate::function_words::is_function_word;
use crate::matching::holding;
use crate::ranking::Feedback;

/// A word that the best matches suggest.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Suggested {
    /// Its stem.
    pub stem: String,
    /// The form in which it stands most often in them.
    pub form: String,
    /// Its share among the words taken, above 0 and up to 1; the shares add up to 1.
    pub share: f32,
}

/// The words that texts with these scores suggest.
pub(crate) fn suggested(
    index: &Index,
    best: &[(String, f32)],
    feedback: Feedback,
) -> tantivy::Result<Vec<Suggested>> {
    let all_scores: f32 = best.iter().map(|(_, score)| score).sum();
    let mut shares: BTreeMap<String, f32> = BTreeMap::new();
    let mut forms: HashMap<String, BTreeMap<String, u32>> = HashMap::new();
    for (text, score) in best {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        let mut words = 0;
        let exact = tokens(text, Analyser::Exact);
        for (stemmed, exact) in tokens(text, Analyser::Stemmed).zip(exact) {
            words += 1;
            if may_speak(&exact.word) {
                *forms.entry(stemmed.word.clone()).or_default().entry(exact.word).or_default() += 1;
                *counts.entry(stemmed.word).or_default() += 1;
            }
        }
        for (stem, count) in counts {
            *shares.entry(stem).or_default() +=
                count as f32 / words as f32 * score / all_scores.max(f32::MIN_POSITIVE);
        }
    }
    let mut ordered: Vec<(String, f32)> = shares.into_iter().collect();
    ordered.sort_by(|(a, share_a), (b, share_b)| share_b.total_cmp(share_a).then(a.cmp(b)));
    let common = index.commit().counts.passages.div_ceil(10);
    let mut taken = Vec::new();
    for (stem, share) in ordered {
        if taken.len() == feedback.words {
            break;
        }
        if holding(index, index.fields().of(Field::Text), &stem)? <= common {
            taken.push((stem, share));
        }
    }
    let sum: f32 = taken.iter().map(|(_, share)| share).sum();
    Ok(taken
        .into_iter()
        .map(|(stem, share)| {
            let most = forms.get(&stem).and_then(|forms| forms.iter().max_by_key(|(_, n)| **n));
            let form = most.map_or_else(|| stem.clone(), |(form, _)| form.clone());
            Suggested { stem, form, share: share / sum }
        })
        .collect())
}

fn may_speak(word: &str) -> bool {
    word.chars().nth(1).is_some()
        && !word.contains(|c: char| c.is_ascii_digit())
        && !is_function_word(word)
}
