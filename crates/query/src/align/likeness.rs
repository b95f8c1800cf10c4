//! How alike two sentences are, word by word: the words both have in the same order, and what that
//! comes to as shares. Every candidate is verified here; nothing is paired by a hash alone.

use super::words::{Vocabulary, Word};

/// Most cells of a comparison of word against word. Two sentences of 700 words stay below it; longer
/// ones are first cut at words that stand once in each.
const MOST_CELLS: usize = 500_000;

/// Pairs of places in the first and the second list that hold the same word: both ascending.
pub(crate) type Matches = Vec<(usize, usize)>;

/// The words two lists share in the same order: a longest common subsequence, by weight. For lists
/// of thousands of words it is cut at words that stand once in each, and may then be shorter.
pub(crate) fn common_words(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> Matches {
    let mut matches = Vec::new();
    let before = a.iter().zip(b).take_while(|(a, b)| a.id == b.id).count();
    let (rest_a, rest_b) = (&a[before..], &b[before..]);
    let after =
        rest_a.iter().rev().zip(rest_b.iter().rev()).take_while(|(a, b)| a.id == b.id).count();
    let (inner_a, inner_b) = (&rest_a[..rest_a.len() - after], &rest_b[..rest_b.len() - after]);
    matches.extend((0..before).map(|at| (at, at)));
    let mut inner = Vec::new();
    if inner_a.len().saturating_mul(inner_b.len()) <= MOST_CELLS {
        compare_all(inner_a, inner_b, vocabulary, &mut inner);
    } else {
        compare_between_anchors(inner_a, inner_b, vocabulary, &mut inner);
    }
    matches.extend(inner.into_iter().map(|(x, y)| (x + before, y + before)));
    matches.extend((0..after).rev().map(|back| (a.len() - 1 - back, b.len() - 1 - back)));
    matches
}

/// The heaviest common subsequence, by the table of the textbook.
fn compare_all(a: &[Word], b: &[Word], vocabulary: &Vocabulary, matches: &mut Matches) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let width = b.len() + 1;
    // Cell (x, y): the most weight that a[x..] and b[y..] share.
    let mut best = vec![0u32; (a.len() + 1) * width];
    for x in (0..a.len()).rev() {
        let weight = vocabulary.weight(a[x].id);
        for y in (0..b.len()).rev() {
            let skip = best[(x + 1) * width + y].max(best[x * width + y + 1]);
            let take = best[(x + 1) * width + y + 1] + weight;
            best[x * width + y] = if a[x].id == b[y].id { take.max(skip) } else { skip };
        }
    }
    let (mut x, mut y) = (0, 0);
    while x < a.len() && y < b.len() {
        let here = best[x * width + y];
        let same = a[x].id == b[y].id;
        if same && here == best[(x + 1) * width + y + 1] + vocabulary.weight(a[x].id) {
            matches.push((x, y));
            (x, y) = (x + 1, y + 1);
        } else if here == best[(x + 1) * width + y] {
            x += 1;
        } else {
            y += 1;
        }
    }
}

/// Cuts both lists at words that stand once in each and keep their order, and compares in between.
fn compare_between_anchors(a: &[Word], b: &[Word], vocabulary: &Vocabulary, matches: &mut Matches) {
    let anchors = anchors(a, b);
    let (mut x, mut y) = (0, 0);
    let ends = [(a.len(), b.len())];
    for &(next_x, next_y) in anchors.iter().chain(&ends) {
        let (gap_a, gap_b) = (&a[x..next_x], &b[y..next_y]);
        if gap_a.len().saturating_mul(gap_b.len()) <= MOST_CELLS {
            let mut inner = Vec::new();
            compare_all(gap_a, gap_b, vocabulary, &mut inner);
            matches.extend(inner.into_iter().map(|(i, j)| (i + x, j + y)));
        }
        if next_x < a.len() {
            matches.push((next_x, next_y));
        }
        (x, y) = (next_x + 1, next_y + 1);
    }
}

fn anchors(a: &[Word], b: &[Word]) -> Matches {
    use std::collections::HashMap;
    let once = |words: &[Word]| {
        let mut places: HashMap<u32, Option<usize>> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            places.entry(word.id).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let there = once(b);
    let mut shared: Matches = once(a)
        .into_iter()
        .filter_map(|(id, place)| place.zip(there.get(&id).copied().flatten()))
        .collect();
    shared.sort_unstable();
    let places: Vec<(usize, u64)> = shared.iter().map(|(_, y)| (*y, 1)).collect();
    super::order::heaviest_ascending(&places).into_iter().map(|at| shared[at]).collect()
}

/// What two sentences share.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Likeness {
    /// Weight of the words in common, twice, over the weight of both: 1 for the same words.
    pub both: f64,
    /// Share of the weight of the first that the second has, in order.
    pub of_old: f64,
    /// Share of the weight of the second that the first has, in order.
    pub of_new: f64,
    /// How many words of content they share.
    pub content: usize,
}

/// How alike two lists of words are.
pub(crate) fn likeness(old: &[Word], new: &[Word], vocabulary: &Vocabulary) -> Likeness {
    let matches = common_words(old, new, vocabulary);
    let weight = |words: &[Word]| -> u32 { words.iter().map(|w| vocabulary.weight(w.id)).sum() };
    let common: u32 = matches.iter().map(|(x, _)| vocabulary.weight(old[*x].id)).sum();
    let share =
        |whole: u32, part: u32| if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) };
    let (a, b) = (weight(old), weight(new));
    let content = matches.iter().filter(|(x, _)| vocabulary.is_content(old[*x].id)).count();
    Likeness {
        both: share(a + b, 2 * common),
        of_old: share(a, common),
        of_new: share(b, common),
        content,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(vocabulary: &mut Vocabulary, text: &str) -> Vec<Word> {
        vocabulary.read(text)
    }

    proptest! {
        #[test]
        fn matches_ascend_and_join_the_same_words(a in "[a-d ]{0,60}", b in "[a-d ]{0,60}") {
            let mut vocabulary = Vocabulary::default();
            let (a, b) = (words(&mut vocabulary, &a), words(&mut vocabulary, &b));
            let matches = common_words(&a, &b, &vocabulary);
            prop_assert!(matches.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 < p[1].1));
            prop_assert!(matches.iter().all(|(x, y)| a[*x].id == b[*y].id));
            let alike = likeness(&a, &b, &vocabulary);
            prop_assert!((0.0..=1.0).contains(&alike.both));
            prop_assert_eq!(alike.both, likeness(&b, &a, &vocabulary).both);
        }
    }

    #[test]
    fn a_sentence_of_thousands_of_words_is_compared_without_a_table_of_millions() {
        let mut vocabulary = Vocabulary::default();
        let long: Vec<String> = (0..5_000).map(|n| format!("w{n} and")).collect();
        let old = words(&mut vocabulary, &long.join(" "));
        let mut changed = long.clone();
        changed[0] = "other".to_owned();
        changed[2_500] = "another thing".to_owned();
        changed[4_999] = "end".to_owned();
        let new = words(&mut vocabulary, &changed.join(" "));
        let alike = likeness(&old, &new, &vocabulary);
        assert!(alike.both > 0.999, "{alike:?}");
    }

    #[test]
    fn likeness_counts_words_of_content_for_more() {
        let mut vocabulary = Vocabulary::default();
        let a = words(&mut vocabulary, "the police of the town");
        let b = words(&mut vocabulary, "the mayor of the river");
        let c = words(&mut vocabulary, "a police in a remote town");
        assert!(likeness(&a, &c, &vocabulary).both > likeness(&a, &b, &vocabulary).both);
        assert_eq!(likeness(&a, &[], &vocabulary), Likeness::default());
    }
}
