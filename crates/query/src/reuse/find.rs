//! Reads passages, finds where two of them meet, and compares them there.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};

use indexing::Index;
use model::{Country, DocumentRecord, IndexRecord, PassageId, Role, TextRange};
use rayon::prelude::*;

use super::pairs::Sides;
use super::stretch::{Stretch, stretches};
use super::words::Words;
use super::{Bound, FORMULA_COUNTRIES, LeftOut, Place, Reuse, ReuseRequest, Shared};
use crate::error::QueryError;
use crate::overview::Tally;

/// At most how many runs are kept of all passages: sixteen bytes each.
const MOST_RUNS: usize = 6_000_000;

/// In how many passages a run may stand to say something.
const MOST_PLACES: usize = 64;

/// At how many places passages are compared, at most.
const MOST_MEETINGS: usize = 1_000_000;

/// How many passages are read before they are worked on together.
const BATCH: usize = 4_096;

/// A run of words, in a passage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kept {
    run: u64,
    passage: u32,
    at: u32,
}

/// Where two passages hold the same run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Meeting {
    run: u64,
    a: (u32, u32),
    b: (u32, u32),
}

/// A comparison under way.
pub(super) struct Finding<'a> {
    index: &'a Index,
    documents: &'a [DocumentRecord],
    sides: Sides,
    fewest: usize,
    /// The passages that were read, each with its document among the sides.
    passages: Vec<(u32, PassageId)>,
    runs: Vec<Kept>,
    found: Reuse,
}

impl<'a> Finding<'a> {
    pub fn new(
        index: &'a Index,
        documents: &'a [DocumentRecord],
        request: &ReuseRequest<'_>,
    ) -> Self {
        let sides = Sides::of(documents, request);
        let fewest = request.fewest.max(super::least_words());
        let left_out = LeftOut { documents: sides.unknown, ..LeftOut::default() };
        let found = Reuse { left_out, ..Reuse::default() };
        Self { index, documents, sides, fewest, passages: Vec::new(), runs: Vec::new(), found }
    }

    pub fn run(mut self) -> Result<Reuse, QueryError> {
        if !self.sides.any() {
            return Ok(self.found);
        }
        self.count();
        self.read()?;
        let meetings = self.meetings();
        let meetings = self.without_formulas(meetings)?;
        self.compare(meetings)?;
        Ok(self.found)
    }

    /// Counts what is compared.
    fn count(&mut self) {
        let compared = self.documents.iter().filter(|of| self.sides.places.contains_key(&of.id));
        let mut tally = Tally::default();
        compared.for_each(|document| tally.count(document));
        self.found.compared = tally;
    }

    /// Reads the passages that are compared, as many as the bounds allow.
    fn read(&mut self) -> Result<(), QueryError> {
        let mut batch: Vec<(u32, IndexRecord)> = Vec::with_capacity(BATCH);
        let mut all = self.index.passages()?.fuse();
        loop {
            for record in all.by_ref() {
                let record = record?;
                let document = &record.passage.passage.id.document;
                let Some(side) = self.sides.places.get(document).copied() else { continue };
                if !is_running_text(&record) {
                    self.found.left_out.passages += 1;
                    continue;
                }
                batch.push((side, record));
                if batch.len() == BATCH {
                    break;
                }
            }
            if batch.is_empty() {
                return Ok(());
            }
            if self.runs.len() >= MOST_RUNS {
                let of = usize::try_from(self.found.compared.passages).unwrap_or(usize::MAX);
                self.found.bounded = Some(Bound::Passages { read: self.passages.len(), of });
                return Ok(());
            }
            let kept: Vec<Vec<(u64, usize)>> = batch
                .par_iter()
                .map(|(_, record)| Words::of(&record.passage.passage.text).kept())
                .collect();
            for ((side, record), kept) in batch.drain(..).zip(kept) {
                let passage = self.passages.len() as u32;
                self.passages.push((side, record.passage.passage.id));
                let kept = kept.into_iter();
                self.runs.extend(kept.map(|(run, at)| Kept { run, passage, at: at as u32 }));
            }
        }
    }

    /// Where passages of documents that are compared hold the same run.
    fn meetings(&mut self) -> Vec<Meeting> {
        let mut runs = std::mem::take(&mut self.runs);
        runs.par_sort_unstable();
        let mut meetings = Vec::new();
        for same in runs.chunk_by(|a, b| a.run == b.run).filter(|same| same.len() > 1) {
            if same.len() > MOST_PLACES {
                self.found.left_out.common += 1;
                continue;
            }
            for (number, one) in same.iter().enumerate() {
                for other in &same[number + 1..] {
                    let side = |of: &Kept| self.passages[of.passage as usize].0;
                    if self.sides.compared(side(one), side(other)) {
                        let (a, b) = ((one.passage, one.at), (other.passage, other.at));
                        meetings.push(Meeting { run: one.run, a, b });
                    }
                }
            }
            if meetings.len() > MOST_MEETINGS {
                meetings.truncate(MOST_MEETINGS);
                self.found.bounded = Some(Bound::Places(MOST_MEETINGS));
                break;
            }
        }
        meetings
    }

    /// Leaves out the runs that stand in reports on many countries, asked for or not.
    fn without_formulas(&mut self, mut meetings: Vec<Meeting>) -> Result<Vec<Meeting>, QueryError> {
        let runs: HashSet<u64> = meetings.iter().map(|meeting| meeting.run).collect();
        if runs.is_empty() {
            return Ok(meetings);
        }
        let mut countries: HashMap<u64, BTreeSet<Country>> = HashMap::new();
        let mut all = self.index.passages()?;
        loop {
            let batch: Vec<IndexRecord> = all.by_ref().take(BATCH).collect::<Result<_, _>>()?;
            if batch.is_empty() {
                break;
            }
            let held: Vec<(Country, Vec<u64>)> = batch
                .par_iter()
                .filter_map(|record| {
                    let country = record.document.country?;
                    let words = Words::of(&record.passage.passage.text);
                    Some((country, words.runs().filter(|run| runs.contains(run)).collect()))
                })
                .collect();
            for (country, held) in held {
                for run in held {
                    countries.entry(run).or_default().insert(country);
                }
            }
        }
        let is_formula =
            |run: &u64| countries.get(run).is_some_and(|on| on.len() >= FORMULA_COUNTRIES);
        self.found.left_out.formulas = runs.iter().filter(|run| is_formula(run)).count();
        meetings.retain(|meeting| !is_formula(&meeting.run));
        Ok(meetings)
    }

    /// Compares passages where they meet.
    fn compare(&mut self, mut meetings: Vec<Meeting>) -> Result<(), QueryError> {
        meetings.par_sort_unstable_by_key(|of| (of.a.0, of.b.0, of.a.1, of.b.1));
        let pairs: Vec<&[Meeting]> =
            meetings.chunk_by(|x, y| (x.a.0, x.b.0) == (y.a.0, y.b.0)).collect();
        let compared: Vec<Vec<Shared>> = pairs
            .par_chunks(256)
            .map(|pairs| self.compare_pairs(pairs))
            .collect::<Result<_, QueryError>>()?;
        self.found.shared = compared.into_iter().flatten().collect();
        self.found.shared.sort_by(|x, y| {
            let key = |of: &Shared| (std::cmp::Reverse(of.same), of.words);
            key(x).cmp(&key(y)).then_with(|| places(x).cmp(&places(y)))
        });
        Ok(())
    }

    fn compare_pairs(&self, pairs: &[&[Meeting]]) -> Result<Vec<Shared>, QueryError> {
        let mut read: HashMap<u32, Option<(IndexRecord, Words)>> = HashMap::new();
        let mut shared = Vec::new();
        for meetings in pairs {
            let Some(first) = meetings.first() else { continue };
            for passage in [first.a.0, first.b.0] {
                if let Entry::Vacant(place) = read.entry(passage) {
                    let record = self.index.passage(&self.passages[passage as usize].1)?;
                    let words = |record: IndexRecord| {
                        let words = Words::of(&record.passage.passage.text);
                        (record, words)
                    };
                    place.insert(record.map(words));
                }
            }
            let of = |passage| read.get(&passage).and_then(Option::as_ref);
            let (Some(a), Some(b)) = (of(first.a.0), of(first.b.0)) else { continue };
            let seeds: Vec<(usize, usize)> =
                meetings.iter().map(|of| (of.a.1 as usize, of.b.1 as usize)).collect();
            let found = stretches(&a.1, &b.1, &seeds, self.fewest);
            shared.extend(found.into_iter().filter_map(|stretch| made(a, b, stretch)));
        }
        Ok(shared)
    }
}

/// What of a report is running text: of its own words, no table and no note.
fn is_running_text(record: &IndexRecord) -> bool {
    matches!(record.passage.passage.role, Role::Body | Role::ListItem)
}

fn made(a: &(IndexRecord, Words), b: &(IndexRecord, Words), of: Stretch) -> Option<Shared> {
    let place = |(record, words): &(IndexRecord, Words), (from, to): (usize, usize)| {
        let start = words.ranges.get(from)?.start;
        let end = words.ranges.get(to.checked_sub(1)?)?.end;
        Place::of(record, TextRange::new(start, end))
    };
    let (a, b) = (place(a, of.a)?, place(b, of.b)?);
    let (a, b) = if age(&a) <= age(&b) { (a, b) } else { (b, a) };
    Some(Shared { a, b, same: of.same, words: of.words() })
}

/// By what the earlier of two is known; what is known of neither comes last, then the id decides.
fn age(place: &Place) -> (i64, String, &str) {
    let document = &place.document;
    let period = document.period.map_or(i64::MAX, |period| period.first_day());
    let published = document.published.map_or_else(|| "~".to_owned(), |day| day.to_string());
    (period, published, document.id.as_str())
}

fn places(of: &Shared) -> [(String, TextRange); 2] {
    [&of.a, &of.b].map(|place| (place.passage.to_string(), place.range))
}
