//! Matches counted by the values of a field: every match, shown or not. Values are counted by their
//! numbers in the columns of a segment and named once.

use std::collections::{BTreeMap, HashMap};

use model::{Field, year_of};
use tantivy::SegmentReader;

use crate::matching::bits::Bits;

/// How many matches have which value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The field; [`Field::PeriodStart`] stands for the years that documents cover.
    pub field: Field,
    /// Each value that some match has, with the number of matches that have it: the most first, and
    /// of equals in the order of the values; years the latest first. A passage with two values
    /// counts for both.
    pub values: Vec<(String, usize)>,
    /// How many matches have none, or none that is known.
    pub without: usize,
}

/// Counts the matches of one field, segment by segment.
pub(crate) struct Counter {
    field: Field,
    values: BTreeMap<String, usize>,
    years: BTreeMap<i16, usize>,
    without: usize,
}

impl Counter {
    /// Nothing counted yet. Of a field that is not counted ([`Field::is_counted`]) there will be no
    /// values.
    pub fn new(field: Field) -> Self {
        Self { field, values: BTreeMap::new(), years: BTreeMap::new(), without: 0 }
    }

    /// Counts the matches of a segment.
    pub fn count(&mut self, segment: &SegmentReader, matches: &Bits) -> tantivy::Result<()> {
        match self.field {
            Field::PeriodStart => self.count_years(segment, matches),
            _ => self.count_values(segment, matches),
        }
    }

    fn count_values(&mut self, segment: &SegmentReader, matches: &Bits) -> tantivy::Result<()> {
        let Some(column) = segment.fast_fields().str(self.field.name())? else {
            self.without += matches.count();
            return Ok(());
        };
        let mut counts = vec![0_usize; column.num_terms()];
        let ordinals = column.ords();
        for doc in matches.iter() {
            let mut has_one = false;
            for ordinal in ordinals.values_for_doc(doc) {
                has_one = true;
                if let Some(count) = counts.get_mut(ordinal as usize) {
                    *count += 1;
                }
            }
            self.without += usize::from(!has_one);
        }
        let found = (0..).zip(counts).filter(|(_, count)| *count > 0);
        let (ordinals, counts): (Vec<u64>, Vec<usize>) = found.unzip();
        let mut counts = counts.into_iter();
        // In one go: each value looked up by itself took longer than all of the search.
        column.dictionary().sorted_ords_to_term_cb(&ordinals, |value| {
            self.add(&String::from_utf8_lossy(value), counts.next().unwrap_or(0));
        })?;
        Ok(())
    }

    fn add(&mut self, value: &str, count: usize) {
        match self.values.get_mut(value) {
            Some(known) => *known += count,
            None => {
                self.values.insert(value.to_owned(), count);
            }
        }
    }

    /// A match counts for every year that its document covers, as a search for that year finds it.
    fn count_years(&mut self, segment: &SegmentReader, matches: &Bits) -> tantivy::Result<()> {
        let first = segment.fast_fields().i64(Field::PeriodStart.name())?;
        let last = segment.fast_fields().i64(Field::PeriodEnd.name())?;
        let mut periods: HashMap<(i64, i64), usize> = HashMap::new();
        for doc in matches.iter() {
            match (first.first(doc), last.first(doc)) {
                (Some(first), Some(last)) => *periods.entry((first, last)).or_default() += 1,
                _ => self.without += 1,
            }
        }
        for ((first, last), count) in periods {
            let (Some(first), Some(last)) = (year_of(first), year_of(last)) else { continue };
            (first..=last).for_each(|year| *self.years.entry(year).or_default() += count);
        }
        Ok(())
    }

    /// What was counted.
    pub fn finish(self) -> Facet {
        let years = self.years.into_iter().rev().map(|(year, count)| (year.to_string(), count));
        let mut values: Vec<(String, usize)> = self.values.into_iter().collect();
        // Stable: equals stay in the order of the values.
        values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        values.extend(years);
        Facet { field: self.field, values, without: self.without }
    }
}
