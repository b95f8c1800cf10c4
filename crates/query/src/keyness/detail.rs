//! Where single terms stand, in full: in which documents how often, in which forms, and passages that
//! hold them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use model::PassageId;

use super::count::{Counts, Key, Tally, documents, first_of, half};
use super::forms::Table;
use super::texts::{Part, Texts, Words};

/// Most passages shown of a term.
const EXAMPLES: usize = 3;

/// Where a term stands.
#[derive(Clone, Default)]
pub(super) struct Detail {
    /// For each side the documents, in order, and how often it stands there.
    pub places: [Vec<(u32, u32)>; 2],
    /// Its forms, by how often they stand there.
    pub forms: HashMap<Vec<u32>, u32>,
    /// For each side passages, each of another document, by the number of that.
    pub examples: [Vec<(u32, PassageId)>; 2],
}

/// Walks over both sides once more for the terms that may be shown.
pub(super) fn details(texts: &Texts, counts: &Counts, keys: &HashSet<Key>) -> Table<Detail> {
    let mut begins = vec![false; keys.iter().map(|key| first_of(*key) + 1).max().unwrap_or(0)];
    keys.iter().for_each(|key| begins[first_of(*key)] = true);
    let begins = |stem: usize| begins.get(stem).copied().unwrap_or_default();
    let of_groups = texts.in_groups(|parts| {
        let mut details: Table<Detail> = keys.iter().map(|key| (*key, Detail::default())).collect();
        for (part, document) in documents(parts) {
            counts.phrases.visit(document.words, begins, |key, at, length| {
                if let Some(detail) = details.get_mut(&key) {
                    detail.add(part, &document, at..at + length);
                }
            });
        }
        details
    });
    let mut all: Table<Detail> = Table::default();
    for (key, more) in of_groups.into_iter().flatten() {
        all.entry(key).or_default().append(more);
    }
    all.values_mut().for_each(Detail::sort);
    all
}

impl Detail {
    /// Takes in one more place, in a document of a side; those of a document come together.
    pub fn add(&mut self, part: &Part, document: &Words<'_>, at: Range<usize>) {
        let places = &mut self.places[part.side];
        match places.last_mut().filter(|(last, _)| *last == document.number) {
            Some((_, times)) => *times += 1,
            None => {
                places.push((document.number, 1));
                self.show(part, document, at.start);
            }
        }
        let form = &document.words[at];
        match self.forms.get_mut(form) {
            Some(times) => *times += 1,
            None => {
                self.forms.insert(form.to_vec(), 1);
            }
        }
    }

    /// Keeps the passage of a place if its document is among the first that hold the term.
    fn show(&mut self, part: &Part, document: &Words<'_>, at: usize) {
        let examples = &mut self.examples[part.side];
        let after = examples.partition_point(|(number, _)| *number < document.number);
        if after < EXAMPLES {
            let passage = document.passage(at).cloned();
            let example = passage.map(|passage| (document.number, passage));
            examples.splice(after..after, example);
            examples.truncate(EXAMPLES);
        }
    }

    /// Takes in what was found in other documents.
    pub fn append(&mut self, mut more: Self) {
        for side in [0, 1] {
            self.places[side].append(&mut more.places[side]);
            self.examples[side].append(&mut more.examples[side]);
        }
        for (form, times) in more.forms {
            *self.forms.entry(form).or_default() += times;
        }
    }

    /// Puts all in the order of the documents.
    pub fn sort(&mut self) {
        self.places.iter_mut().for_each(|places| places.sort_unstable());
        for examples in &mut self.examples {
            examples.sort_by_key(|(number, _)| *number);
            examples.truncate(EXAMPLES);
        }
    }

    /// How often it stands in each half.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for (side, places) in self.places.iter().enumerate() {
            for (document, times) in places {
                tally.counts[half(side, *document)] += times;
            }
        }
        tally
    }
}
