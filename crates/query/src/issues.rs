//! How many passages speak to an issue: counted from the index's own lists, by source, country and
//! what is said, without fetching a passage.

use std::collections::BTreeMap;

use indexing::{Index, IndexError};
use model::{Field, Polarity};
use tantivy::SegmentReader;
use tantivy::columnar::StrColumn;
use tantivy::query::EnableScoring;
use tantivy::schema::Term;

use crate::error::QueryError;
use crate::filters::{Filters, keyword};
use crate::search::restricted;

/// Where passages come from: the id of the series, or of the publisher where the series is unknown;
/// and the code of the country their document is on.
pub type Source = (Option<String>, Option<String>);

/// Numbers of passages by what is said, in the order of [`Polarity::ALL`].
pub type ByPolarity = [u64; Polarity::ALL.len()];

/// For each issue, by its id, how many passages of each source speak to it.
pub type IssueCounts = BTreeMap<String, BTreeMap<Source, ByPolarity>>;

/// Counts the passages of each issue among those that the filters let through.
///
/// # Errors
/// When the index cannot be read.
pub fn count_issues(index: &Index, filters: &Filters) -> Result<IssueCounts, QueryError> {
    let mut counts = IssueCounts::new();
    for label in index.values(Field::Label)? {
        let Some((issue, polarity)) = label.split_once('/') else { continue };
        let place = Polarity::ALL.iter().position(|known| known.name() == polarity);
        let Some(place) = place else { continue };
        for (source, passages) in count_label(index, &label, filters)? {
            let of_issue = counts.entry(issue.to_owned()).or_default();
            of_issue.entry(source).or_default()[place] += passages;
        }
    }
    Ok(counts)
}

fn count_label(
    index: &Index,
    label: &str,
    filters: &Filters,
) -> Result<BTreeMap<Source, u64>, QueryError> {
    let fields = index.fields();
    let of_label = keyword(Term::from_field_text(fields.of(Field::Label), label));
    let restrictions = filters.by_keyword(fields).into_iter().chain(filters.by_period(fields));
    let query = restricted(of_label, restrictions);
    let mut counts = BTreeMap::new();
    let mut counted = || -> tantivy::Result<()> {
        let weight = query.weight(EnableScoring::disabled_from_searcher(index.searcher()))?;
        for segment in index.searcher().segment_readers() {
            let columns = Columns::of(segment)?;
            let mut by_number: BTreeMap<[Option<u64>; 3], u64> = BTreeMap::new();
            weight.for_each_no_score(segment, &mut |docs| {
                for doc in docs.iter().copied().filter(|doc| !segment.is_deleted(*doc)) {
                    *by_number.entry(columns.numbers(doc)).or_default() += 1;
                }
            })?;
            for (numbers, passages) in by_number {
                *counts.entry(columns.source(numbers)?).or_default() += passages;
            }
        }
        Ok(())
    };
    counted().map_err(|cause| IndexError::Engine { action: "count the labels", cause })?;
    Ok(counts)
}

/// The columns that say where a passage comes from: series, publisher, country.
struct Columns([Option<StrColumn>; 3]);

impl Columns {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let column = |field: Field| segment.fast_fields().str(field.name());
        Ok(Self([column(Field::Series)?, column(Field::Publisher)?, column(Field::Country)?]))
    }

    fn numbers(&self, doc: u32) -> [Option<u64>; 3] {
        let number = |column: &Option<StrColumn>| column.as_ref()?.term_ords(doc).next();
        [number(&self.0[0]), number(&self.0[1]), number(&self.0[2])]
    }

    fn source(&self, numbers: [Option<u64>; 3]) -> tantivy::Result<Source> {
        let mut texts = [None, None, None];
        for (text, (column, number)) in texts.iter_mut().zip(self.0.iter().zip(numbers)) {
            if let (Some(column), Some(number)) = (column, number) {
                let mut value = String::new();
                column.ord_to_str(number, &mut value)?;
                *text = Some(value);
            }
        }
        let [series, publisher, country] = texts;
        Ok((series.or(publisher), country))
    }
}
