//! A plan over a segment: which records match, and what each earns.

use std::collections::BTreeMap;

use indexing::{Analyser, Index};
use model::Field;
use tantivy::SegmentReader;
use tantivy::query::{EnableScoring, Query as EngineQuery};
use tantivy::schema::{Field as EngineField, Term};

use crate::ast::Occur;
use crate::filters::Restriction;
use crate::matching::bits::Bits;
use crate::matching::plan::{Group, Kinds, Leaf, Part, Plan, Sought, word_fields};
use crate::matching::postings::{Together, each_with_word};
use crate::matching::score::{Collection, Scorer};
use crate::matching::scores::Scores;

/// The matches in a segment.
pub(crate) struct InSegment {
    /// Those that hold what the query asks for.
    pub own: Bits,
    /// Those, and those found by words added to it only.
    pub all: Bits,
    /// Those that hold nothing of what the query asks for, but say every word of it otherwise: by a
    /// word that was added for it, or by what report they are of; and by added words for two parts of it
    /// at least. `None` where no word was added.
    pub otherwise: Option<Bits>,
    /// What each record earns; of others than matches it means nothing.
    pub scores: Scores,
}

/// What a leaf earns one record.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Earned {
    /// How often the record holds what is sought.
    pub count: u32,
    /// By that.
    pub by_words: f32,
    /// By standing in fields beside the passage.
    pub beside: Vec<(Field, f32)>,
}

/// Evaluates a plan over the segments of an index.
pub(crate) struct Evaluator<'a> {
    index: &'a Index,
    plan: &'a Plan,
    kinds: &'a Kinds,
    pub scorer: Scorer,
    /// The fields beside the passage in which a word earns something, as a share of its rarity.
    beside: Vec<(Field, f32)>,
    /// What a leaf's occurrences are multiplied by: its factor and the rarity of its words.
    pub weights: Vec<Option<f32>>,
}

/// In how many live passages a word occurs.
pub(crate) fn holding(index: &Index, field: EngineField, word: &str) -> tantivy::Result<u64> {
    let live = index.live_count(&Term::from_field_text(field, word));
    live.map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))
}

/// The passages of an index in figures. They count passages that answer only, and only those that are
/// live: so blocks set aside, other captures, records of documents and deleted records not yet cleaned
/// away change no score, and the same library gives the same scores however it came to be indexed.
pub(crate) fn collection(index: &Index) -> Collection {
    let counts = &index.commit().counts;
    let passages = counts.passages.max(1);
    Collection { passages, mean_words: counts.words.max(passages) as f32 / passages as f32 }
}

impl<'a> Evaluator<'a> {
    pub fn new(
        index: &'a Index,
        plan: &'a Plan,
        kinds: &'a Kinds,
        scorer: Scorer,
        beside: Vec<(Field, f32)>,
    ) -> tantivy::Result<Self> {
        let mut weights = Vec::with_capacity(plan.leaves.len());
        for leaf in &plan.leaves {
            weights.push(weight(index, leaf, &scorer)?);
        }
        Ok(Self { index, plan, kinds, scorer, beside, weights })
    }

    /// The matches in a segment, restrictions not yet applied.
    pub fn matches(&self, segment: &SegmentReader) -> tantivy::Result<InSegment> {
        let bound = segment.max_doc();
        let mut scores = Scores::none(bound);
        let mut leaves = Vec::with_capacity(self.plan.leaves.len());
        let says_otherwise = self.plan.otherwise.iter().any(|by| !by.is_empty());
        let mut beside = Vec::new();
        for (at, (leaf, weight)) in self.plan.leaves.iter().zip(&self.weights).enumerate() {
            let mut held = (says_otherwise && at < self.plan.own).then(|| Bits::none(bound));
            leaves.push(self.leaf(segment, leaf, *weight, &mut scores, held.as_mut())?);
            beside.extend(held);
        }
        let own = self.group(segment, &self.plan.root, &leaves)?;
        let mut all = own.clone();
        if self.plan.root.needs_one() && self.plan.own < leaves.len() {
            all = Bits::none(bound);
            leaves[self.plan.own..].iter().for_each(|leaf| all.add(leaf));
            self.bound_by(segment, &self.plan.root, &leaves, &mut all)?;
            all.add(&own);
        }
        let otherwise = says_otherwise.then(|| {
            let mut others = all.clone();
            others.take_out(&own);
            self.otherwise(&leaves, beside, others, bound)
        });
        Ok(InSegment { own, all, otherwise, scores })
    }

    /// See [`InSegment::otherwise`], among `found`; `beside` says for each own leaf what it stands beside.
    fn otherwise(&self, leaves: &[Bits], beside: Vec<Bits>, mut found: Bits, bound: u32) -> Bits {
        let asked = self.plan.leaves.iter().zip(&self.plan.otherwise).zip(beside);
        for ((_, by), mut said) in asked.filter(|((leaf, _), _)| leaf.factor.is_some()) {
            by.iter().for_each(|added| said.add(&leaves[*added]));
            found.keep(&said);
        }
        found.keep(&self.two_things_said(leaves, bound));
        found
    }

    /// The records with added words for two different parts of the query at least: one alone is often
    /// said of something else.
    fn two_things_said(&self, leaves: &[Bits], bound: u32) -> Bits {
        let mut of_part: BTreeMap<Vec<usize>, Bits> = BTreeMap::new();
        for (added, held) in leaves.iter().enumerate().skip(self.plan.own) {
            let says = self.plan.otherwise.iter().enumerate();
            let parts: Vec<usize> =
                says.filter(|(_, by)| by.contains(&added)).map(|(own, _)| own).collect();
            of_part
                .entry(parts)
                .and_modify(|held_of| held_of.add(held))
                .or_insert_with(|| held.clone());
        }
        of_part.remove(&Vec::new());
        let mut once = Bits::none(bound);
        let mut twice = Bits::none(bound);
        for mut part in of_part.into_values() {
            let held = part.clone();
            part.keep(&once);
            twice.add(&part);
            once.add(&held);
        }
        twice
    }

    fn group(
        &self,
        segment: &SegmentReader,
        group: &Group,
        leaves: &[Bits],
    ) -> tantivy::Result<Bits> {
        let mut matches = Bits::none(segment.max_doc());
        if group.needs_one() {
            for (_, part) in group.parts.iter().filter(|(occur, _)| *occur == Occur::Should) {
                self.with_part(segment, part, leaves, |part| matches.add(part))?;
            }
        } else {
            match group.parts.iter().find(|(occur, _)| *occur == Occur::Must) {
                Some((_, part)) => {
                    self.with_part(segment, part, leaves, |part| matches.add(part))?;
                }
                None => matches = self.everything(segment)?,
            }
        }
        self.bound_by(segment, group, leaves, &mut matches)?;
        Ok(matches)
    }

    /// Keeps of `matches` what holds everything that must be there and nothing that must not.
    fn bound_by(
        &self,
        segment: &SegmentReader,
        group: &Group,
        leaves: &[Bits],
        matches: &mut Bits,
    ) -> tantivy::Result<()> {
        for (occur, part) in &group.parts {
            match occur {
                Occur::Should => {}
                Occur::Must => self.with_part(segment, part, leaves, |part| matches.keep(part))?,
                Occur::MustNot => {
                    self.with_part(segment, part, leaves, |part| matches.take_out(part))?;
                }
            }
        }
        Ok(())
    }

    fn with_part(
        &self,
        segment: &SegmentReader,
        part: &Part,
        leaves: &[Bits],
        mut visit: impl FnMut(&Bits),
    ) -> tantivy::Result<()> {
        match part {
            Part::Leaf(leaf) => visit(&leaves[*leaf]),
            Part::Group(group) => visit(&self.group(segment, group, leaves)?),
            Part::Filter(queries) => {
                let mut matches = self.everything(segment)?;
                for query in queries {
                    matches.keep(&matching(self.index, segment, query.as_ref())?);
                }
                visit(&matches);
            }
        }
        Ok(())
    }

    fn everything(&self, segment: &SegmentReader) -> tantivy::Result<Bits> {
        matching(self.index, segment, self.kinds.everything(self.index.fields()).as_ref())
    }

    /// Keeps what restrictions let through, and what is not deleted.
    pub fn restrict(
        &self,
        segment: &SegmentReader,
        restrictions: &[Restriction],
        matches: &mut Bits,
    ) -> tantivy::Result<()> {
        use tantivy::query::Occur as EngineOccur;
        for (occur, query) in restrictions {
            let allowed = matching(self.index, segment, query.as_ref())?;
            match occur {
                EngineOccur::MustNot => matches.take_out(&allowed),
                EngineOccur::Must | EngineOccur::Should => matches.keep(&allowed),
            }
        }
        if let Some(alive) = segment.alive_bitset() {
            let dead: Vec<u32> = matches.iter().filter(|doc| !alive.is_alive(*doc)).collect();
            dead.into_iter().for_each(|doc| matches.remove(doc));
        }
        Ok(())
    }

    /// The records that hold what a leaf looks for, other kinds of records than those searched among
    /// them only where their words have the same fields; adds what they earn. The records that its word
    /// stands beside are put in `stands_beside`.
    fn leaf(
        &self,
        segment: &SegmentReader,
        leaf: &Leaf,
        weight: Option<f32>,
        scores: &mut Scores,
        mut stands_beside: Option<&mut Bits>,
    ) -> tantivy::Result<Bits> {
        let mut matches = Bits::none(segment.max_doc());
        for field in self.kinds.fields(self.index.fields(), leaf.analyser) {
            let lengths = segment.get_fieldnorms_reader(field)?;
            let mut found = |doc: u32, count: f32| {
                matches.insert(doc);
                if let Some(weight) = weight {
                    let earned = self.scorer.earned(weight, count, lengths.fieldnorm_id(doc));
                    scores.add(doc, earned);
                }
            };
            match &leaf.sought {
                Sought::Any(words) => match words.as_slice() {
                    [(word, by)] => each_with_word(segment, field, word, |doc, count| {
                        found(doc, count as f32 * by);
                    })?,
                    // Words that stand for one another count as one.
                    words => {
                        let mut counts = Counts::new(segment.max_doc());
                        for (word, by) in words {
                            each_with_word(segment, field, word, |doc, count| {
                                counts.add(doc, count as f32 * by);
                            })?;
                        }
                        counts.each(found);
                    }
                },
                Sought::InOrder(words) | Sought::Near { words, .. } => {
                    if let Some(together) = Together::open(segment, field, words)? {
                        together.each(&leaf.sought, |doc, count| found(doc, count as f32));
                    }
                }
            }
        }
        if let Some(others) = self.kinds.with_the_same_fields(self.index.fields()) {
            matches.take_out(&matching(self.index, segment, others.as_ref())?);
        }
        if let Some((word, weight)) = alone(leaf, weight) {
            for (field, share) in &self.beside {
                let field = self.index.fields().of(*field);
                let earned = weight * share;
                each_with_word(segment, field, word, |doc, _| {
                    scores.add(doc, earned);
                    if let Some(beside) = &mut stands_beside {
                        beside.insert(doc);
                    }
                })?;
            }
        }
        Ok(matches)
    }

    /// What each leaf earns a record, in their order; nothing for one that is not scored.
    pub fn earned(&self, segment: &SegmentReader, doc: u32) -> tantivy::Result<Vec<Earned>> {
        let mut all = Vec::with_capacity(self.plan.leaves.len());
        for (leaf, weight) in self.plan.leaves.iter().zip(&self.weights) {
            let mut of_leaf = Earned::default();
            for field in self.kinds.fields(self.index.fields(), leaf.analyser) {
                let length = segment.get_fieldnorms_reader(field)?.fieldnorm_id(doc);
                let (count, weighted) = count_in(segment, field, doc, &leaf.sought)?;
                if let Some(weight) = weight.filter(|_| count > 0) {
                    of_leaf.count += count;
                    of_leaf.by_words += self.scorer.earned(weight, weighted, length);
                }
            }
            if let Some((word, weight)) = alone(leaf, *weight) {
                let sought = Sought::Any(vec![(word.to_owned(), 1.0)]);
                for (field, share) in &self.beside {
                    let in_engine = self.index.fields().of(*field);
                    if count_in(segment, in_engine, doc, &sought)?.0 > 0 {
                        of_leaf.beside.push((*field, weight * share));
                    }
                }
            }
            all.push(of_leaf);
        }
        Ok(all)
    }
}

/// The word of a leaf that looks for one word in any of its forms, and its weight: such a word also
/// earns by standing beside the passage.
fn alone(leaf: &Leaf, weight: Option<f32>) -> Option<(&str, f32)> {
    match (&leaf.sought, leaf.analyser) {
        (Sought::Any(words), Analyser::Stemmed) if words.len() == 1 => {
            Some((words[0].0.as_str(), weight?))
        }
        _ => None,
    }
}

/// Counts of records added up: a list while they are few, a table once they are many.
enum Counts {
    Few { bound: u32, counts: Vec<(u32, f32)> },
    Many { any: Bits, counts: Vec<f32> },
}

impl Counts {
    fn new(bound: u32) -> Self {
        Counts::Few { bound, counts: Vec::new() }
    }

    fn add(&mut self, doc: u32, count: f32) {
        match self {
            Counts::Few { bound, counts } if counts.len() >= *bound as usize / 8 => {
                let mut table =
                    Counts::Many { any: Bits::none(*bound), counts: vec![0.0; *bound as usize] };
                counts.drain(..).for_each(|(doc, count)| table.add(doc, count));
                table.add(doc, count);
                *self = table;
            }
            Counts::Few { counts, .. } => counts.push((doc, count)),
            Counts::Many { any, counts } => {
                any.insert(doc);
                counts[doc as usize] += count;
            }
        }
    }

    /// Visits the records in order. A record's counts are added in the order in which they came.
    fn each(self, mut visit: impl FnMut(u32, f32)) {
        match self {
            Counts::Few { mut counts, .. } => {
                counts.sort_by_key(|(doc, _)| *doc);
                for of_doc in counts.chunk_by(|(a, _), (b, _)| a == b) {
                    visit(of_doc[0].0, of_doc.iter().map(|(_, count)| count).sum());
                }
            }
            Counts::Many { any, counts } => {
                any.iter().for_each(|doc| visit(doc, counts[doc as usize]));
            }
        }
    }
}

/// How often one record holds what is sought, plainly and as it counts for the score.
fn count_in(
    segment: &SegmentReader,
    field: EngineField,
    doc: u32,
    sought: &Sought,
) -> tantivy::Result<(u32, f32)> {
    let one = |word: &String| Together::open(segment, field, std::slice::from_ref(word));
    match sought {
        Sought::Any(words) => {
            let (mut count, mut weighted) = (0, 0.0);
            for (word, by) in words {
                let in_doc = one(word)?
                    .map_or(0, |mut t| t.count_in(doc, &Sought::InOrder(vec![word.clone()])));
                count += in_doc;
                weighted += in_doc as f32 * by;
            }
            Ok((count, weighted))
        }
        Sought::InOrder(words) | Sought::Near { words, .. } => {
            let together = Together::open(segment, field, words)?;
            let count = together.map_or(0, |mut together| together.count_in(doc, sought));
            Ok((count, count as f32))
        }
    }
}

/// What a leaf's occurrences are multiplied by. Of words that stand together the rarities add up; of
/// words that stand for one another the numbers of passages do.
fn weight(index: &Index, leaf: &Leaf, scorer: &Scorer) -> tantivy::Result<Option<f32>> {
    let Some(factor) = leaf.factor else { return Ok(None) };
    let field = index.fields().of(word_fields(leaf.analyser).0);
    let rarity = match &leaf.sought {
        Sought::Any(words) => {
            let mut passages = 0;
            for (word, _) in words {
                passages += holding(index, field, word)?;
            }
            scorer.rarity(passages)
        }
        Sought::InOrder(words) | Sought::Near { words, .. } => {
            let mut sum = 0.0;
            for word in words {
                sum += scorer.rarity(holding(index, field, word)?);
            }
            sum
        }
    };
    Ok(Some(factor * rarity))
}

/// The records of a segment that the engine's query matches.
pub(crate) fn matching(
    index: &Index,
    segment: &SegmentReader,
    query: &dyn EngineQuery,
) -> tantivy::Result<Bits> {
    let mut matches = Bits::none(segment.max_doc());
    let weight = query.weight(EnableScoring::disabled_from_searcher(index.searcher()))?;
    weight.for_each_no_score(segment, &mut |docs| {
        docs.iter().for_each(|doc| matches.insert(*doc));
    })?;
    Ok(matches)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn counts_are_the_same_as_a_list_and_as_a_table(
            added in proptest::collection::vec((0u32..64, 1u8..4), 0..40),
        ) {
            // A bound of 4,000 keeps them a list; one of 64 makes them a table after eight.
            let counted = [64, 4000].map(|bound| {
                let mut counts = Counts::new(bound);
                added.iter().for_each(|(doc, count)| counts.add(*doc, f32::from(*count)));
                let mut all = Vec::new();
                counts.each(|doc, count| all.push((doc, count)));
                all
            });
            prop_assert_eq!(&counted[0], &counted[1]);
            prop_assert!(counted[0].is_sorted_by(|(a, _), (b, _)| a < b));
            let sum: f32 = added.iter().map(|(_, count)| f32::from(*count)).sum();
            prop_assert_eq!(counted[0].iter().map(|(_, count)| count).sum::<f32>(), sum);
        }
    }
}
