//! Which sentences go together: first those with the same words, then what was split or merged, then
//! the pairs most alike; at the end, what was moved. Greedy and in a fixed order, so the same texts
//! always give the same links.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidates::{Candidate, Runs};
use super::likeness::{Likeness, likeness};
use super::order::heaviest_ascending;
use super::words::{Word, hash_of};
use super::{NEARLY_IDENTICAL, Shared, Texts};

/// How alike two sentences must be to be one sentence reworded, where less than
/// [`NEARLY_IDENTICAL`] of the runs of three words is shared.
const REWORDED: f64 = 0.55;

/// How many words of content reworded sentences must share; or all but one of the shorter.
const SHARED_CONTENT: usize = 3;

/// Share of a part that must stand in the whole it was split from, or merged into.
const OF_A_PART: f64 = 0.6;

/// How alike the whole and its parts together must be.
const OF_THE_WHOLE: f64 = 0.72;

/// Most parts of a sentence that was split or merged.
const MOST_PARTS: usize = 4;

/// Sentences that go together, or one that stands alone.
pub(crate) struct Group {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
    pub moved: bool,
    pub likeness: f64,
}

/// A pair that was compared.
struct Pair {
    old: usize,
    new: usize,
    alike: Likeness,
    score: f64,
}

struct Assignment<'a> {
    texts: &'a Texts,
    old_taken: Vec<bool>,
    new_taken: Vec<bool>,
    groups: Vec<Group>,
}

/// Every sentence of both texts in one group, in the order of the new text, and how much is shared.
pub(crate) fn assign(texts: &Texts, runs: &Runs) -> (Vec<Group>, Shared) {
    let mut assignment = Assignment {
        texts,
        old_taken: vec![false; texts.old.len()],
        new_taken: vec![false; texts.new.len()],
        groups: Vec::new(),
    };
    let places = places(&texts.old);
    let partners = assignment.take_identical(places.clone());
    let candidates: Vec<Vec<Candidate>> = texts
        .new
        .iter()
        .zip(&partners)
        .map(|(words, partner)| match partner {
            Some(_) => Vec::new(),
            None => runs.candidates(words, &texts.vocabulary),
        })
        .collect();
    let shared = shared(texts, &places, &candidates);
    let pairs = assignment.compare(runs, &candidates, &partners);
    assignment.take_parts(&pairs);
    assignment.take_alike(&pairs);
    let (mut groups, old_taken, new_taken) =
        (assignment.groups, assignment.old_taken, assignment.new_taken);
    mark_moved(&mut groups, texts);
    (in_order(groups, &old_taken, &new_taken), shared)
}

/// Sentences by the hash of their words.
type Places = HashMap<u64, BTreeSet<usize>>;

fn places(sentences: &[Vec<Word>]) -> Places {
    let mut places = Places::new();
    for (at, words) in sentences.iter().enumerate() {
        places.entry(hash_of(words)).or_default().insert(at);
    }
    places
}

/// Counts what of the new text stands in the old.
fn shared(texts: &Texts, places: &Places, candidates: &[Vec<Candidate>]) -> Shared {
    let mut shared = Shared::default();
    for (words, candidates) in texts.new.iter().zip(candidates) {
        if words.is_empty() {
            continue;
        }
        shared.sentences += 1;
        let there = places.get(&hash_of(words));
        if there.is_some_and(|there| there.iter().any(|old| same(&texts.old[*old], words))) {
            shared.identical += 1;
        } else if candidates.iter().any(|candidate| candidate.shared >= NEARLY_IDENTICAL) {
            shared.nearly += 1;
        }
    }
    shared
}

impl Assignment<'_> {
    /// Pairs sentences with the same words, and says for each new sentence with which old one. Where
    /// several have the same words, the one that follows what went before is taken, else the one
    /// nearest to where it is expected.
    fn take_identical(&mut self, mut free: Places) -> Vec<Option<usize>> {
        let texts = self.texts;
        let once = places(&texts.new);
        let mut partners: Vec<Option<usize>> = vec![None; texts.new.len()];
        for only_once in [true, false] {
            let mut expected = 0;
            for (new, words) in texts.new.iter().enumerate() {
                let hash = hash_of(words);
                if partners[new].is_none()
                    && let Some(options) = free.get_mut(&hash)
                    && (!only_once || (options.len() == 1 && once[&hash].len() == 1))
                    && let Some(old) = nearest(options, expected, &texts.old, words)
                {
                    options.remove(&old);
                    partners[new] = Some(old);
                    self.take(vec![old], vec![new], 1.0);
                }
                expected = partners[new].unwrap_or(expected) + 1;
            }
        }
        partners
    }

    /// Compares every new sentence that is still free with its candidates, and with those that stand
    /// where it is expected.
    fn compare(
        &self,
        runs: &Runs,
        candidates: &[Vec<Candidate>],
        partners: &[Option<usize>],
    ) -> Vec<Pair> {
        let texts = self.texts;
        let mut pairs = Vec::new();
        let mut expected = 0;
        for (new, words) in texts.new.iter().enumerate() {
            if let Some(old) = partners[new] {
                expected = old + 1;
                continue;
            }
            let near = expected.saturating_sub(1)..(expected + 2).min(texts.old.len());
            let mut tried: Vec<usize> = candidates[new].iter().map(|c| c.old).collect();
            tried.extend(near.clone());
            tried.sort_unstable();
            tried.dedup();
            for old in tried.into_iter().filter(|old| !self.old_taken[*old]) {
                let alike = likeness(&texts.old[old], words, &texts.vocabulary);
                let shared = runs.shared(old, words);
                let in_place = if near.contains(&old) { 0.03 } else { 0.0 };
                let score = alike.both + 0.2 * shared + in_place;
                pairs.push(Pair { old, new, alike, score });
            }
            expected += 1;
        }
        pairs
    }

    /// Takes what was split and what was merged.
    fn take_parts(&mut self, pairs: &[Pair]) {
        let mut found = self.wholes(pairs, Side::New);
        found.extend(self.wholes(pairs, Side::Old));
        found.sort_by(|a, b| {
            b.likeness.total_cmp(&a.likeness).then_with(|| (&a.old, &a.new).cmp(&(&b.old, &b.new)))
        });
        for group in found {
            let free = group.old.iter().all(|at| !self.old_taken[*at])
                && group.new.iter().all(|at| !self.new_taken[*at]);
            if free {
                self.take(group.old, group.new, group.likeness);
            }
        }
    }

    /// Sentences that are, together with their neighbours, another one of the other side.
    fn wholes(&self, pairs: &[Pair], parts: Side) -> Vec<Group> {
        let mut by_whole: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
        let mut best: HashMap<usize, f64> = HashMap::new();
        for pair in pairs {
            let (whole, part, of_part) = match parts {
                Side::New => (pair.old, pair.new, pair.alike.of_new),
                Side::Old => (pair.new, pair.old, pair.alike.of_old),
            };
            let most = best.entry(whole).or_default();
            *most = most.max(pair.alike.both);
            if of_part >= OF_A_PART && pair.alike.content >= 2 {
                by_whole.entry(whole).or_default().insert(part, pair.alike.both);
            }
        }
        let mut found = Vec::new();
        for (whole, its_parts) in by_whole {
            for first in its_parts.keys() {
                for count in 2..=MOST_PARTS {
                    let row: Vec<usize> = (*first..first + count).collect();
                    if !row.iter().all(|part| its_parts.contains_key(part)) {
                        break;
                    }
                    let single = row.iter().filter_map(|part| its_parts.get(part)).copied();
                    let single = single.fold(0.0, f64::max);
                    let (old, new) = match parts {
                        Side::New => (vec![whole], row),
                        Side::Old => (row, vec![whole]),
                    };
                    let together = self.together(&old, &new);
                    if together >= OF_THE_WHOLE && 1.0 - together <= 0.6 * (1.0 - single) {
                        found.push(Group { old, new, moved: false, likeness: together });
                    }
                }
            }
        }
        found
    }

    fn together(&self, old: &[usize], new: &[usize]) -> f64 {
        let row = |side: &[Vec<Word>], sentences: &[usize]| -> Vec<Word> {
            sentences.iter().flat_map(|at| side[*at].iter().copied()).collect()
        };
        let (old, new) = (row(&self.texts.old, old), row(&self.texts.new, new));
        likeness(&old, &new, &self.texts.vocabulary).both
    }

    /// Takes the pairs that are alike enough, the most alike first.
    fn take_alike(&mut self, pairs: &[Pair]) {
        let mut order: Vec<&Pair> = pairs.iter().filter(|pair| self.is_reworded(pair)).collect();
        order.sort_by(|a, b| {
            b.score.total_cmp(&a.score).then_with(|| (a.new, a.old).cmp(&(b.new, b.old)))
        });
        for pair in order {
            if !self.old_taken[pair.old] && !self.new_taken[pair.new] {
                self.take(vec![pair.old], vec![pair.new], pair.alike.both);
            }
        }
    }

    fn is_reworded(&self, pair: &Pair) -> bool {
        let content = |words: &[Word]| {
            words.iter().filter(|word| self.texts.vocabulary.is_content(word.id)).count()
        };
        let shorter = content(&self.texts.old[pair.old]).min(content(&self.texts.new[pair.new]));
        let enough = pair.alike.content >= SHARED_CONTENT.min(shorter.saturating_sub(1).max(1));
        enough && pair.alike.both >= REWORDED
    }

    fn take(&mut self, old: Vec<usize>, new: Vec<usize>, likeness: f64) {
        old.iter().for_each(|at| self.old_taken[*at] = true);
        new.iter().for_each(|at| self.new_taken[*at] = true);
        self.groups.push(Group { old, new, moved: false, likeness });
    }
}

#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// The free old sentence with these words that is nearest to a place.
fn nearest(
    options: &BTreeSet<usize>,
    place: usize,
    old: &[Vec<Word>],
    words: &[Word],
) -> Option<usize> {
    let after = options.range(place..).find(|at| same(&old[**at], words));
    let before = options.range(..place).rev().find(|at| same(&old[**at], words));
    match (before, after) {
        (Some(before), Some(after)) if place - before < after - place => Some(*before),
        (before, after) => after.or(before).copied(),
    }
}

fn same(a: &[Word], b: &[Word]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.id == b.id)
}

/// Marks the groups that do not keep the order of the others: the fewest words are moved.
fn mark_moved(groups: &mut [Group], texts: &Texts) {
    groups.sort_by_key(|group| group.new[0]);
    let weight = |group: &Group| -> u64 {
        group.new.iter().map(|at| texts.new[*at].len() as u64).sum::<u64>().max(1)
    };
    let places: Vec<(usize, u64)> =
        groups.iter().map(|group| (group.old[0], weight(group))).collect();
    let mut kept = vec![false; groups.len()];
    heaviest_ascending(&places).into_iter().for_each(|at| kept[at] = true);
    groups.iter_mut().zip(kept).for_each(|(group, kept)| group.moved = !kept);
}

/// All groups in the order of the new text; what stands in the old only follows what it followed.
fn in_order(groups: Vec<Group>, old_taken: &[bool], new_taken: &[bool]) -> Vec<Group> {
    let mut follows: BTreeMap<usize, usize> = BTreeMap::new();
    for group in groups.iter().filter(|group| !group.moved) {
        if let (Some(old), Some(new)) = (group.old.last(), group.new.last()) {
            follows.insert(*old, *new + 1);
        }
    }
    let free =
        |taken: &[bool]| -> Vec<usize> { (0..taken.len()).filter(|at| !taken[*at]).collect() };
    let alone = |old: Vec<usize>, new: Vec<usize>| Group { old, new, moved: false, likeness: 0.0 };
    // Ordered by the new sentence before or at it, then what is in the new text, then the old place.
    let mut keyed: Vec<((usize, u8, usize), Group)> = Vec::new();
    for group in groups {
        keyed.push(((group.new[0] + 1, 0, 0), group));
    }
    for new in free(new_taken) {
        keyed.push(((new + 1, 0, 0), alone(vec![], vec![new])));
    }
    for old in free(old_taken) {
        let after = follows.range(..old).next_back().map_or(0, |(_, new)| *new);
        keyed.push(((after, 1, old), alone(vec![old], vec![])));
    }
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, group)| group).collect()
}
