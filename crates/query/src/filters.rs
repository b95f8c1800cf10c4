//! What a search is restricted to. Values of one kind widen the choice, kinds narrow it, and no
//! filter changes a score.

use std::ops::Bound;

use indexing::Fields;
use model::{Country, DocumentId, DocumentRecord, Field, PeriodFilter};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Query as EngineQuery, RangeQuery, TermQuery};
use tantivy::schema::{IndexRecordOption, Term};

/// What a search is restricted to; empty means everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// Documents on any of these countries.
    pub countries: Vec<Country>,
    /// Documents of any of these publishers, by id.
    pub publishers: Vec<String>,
    /// Documents of any of these series, by id.
    pub series: Vec<String>,
    /// Documents whose period overlaps this range of time. Those of unknown period are left out.
    pub period: Option<PeriodFilter>,
    /// Which captures of the documents.
    pub captures: CaptureChoice,
}

/// Which captures are searched of documents that are held in several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum CaptureChoice {
    /// Of each document the one that answers.
    #[default]
    Answering,
    /// All of them.
    All,
    /// These and no others, whether they answer or not.
    Only(Vec<DocumentId>),
}

impl CaptureChoice {
    /// Whether the document is among them.
    pub fn admits(&self, document: &DocumentRecord) -> bool {
        match self {
            CaptureChoice::Answering => document.answers(),
            CaptureChoice::All => true,
            CaptureChoice::Only(ids) => ids.contains(&document.id),
        }
    }

    /// Whether captures that do not answer may be among them.
    pub(crate) fn reaches_others(&self) -> bool {
        *self != CaptureChoice::Answering
    }
}

impl Filters {
    /// Whether a search so restricted goes through the document.
    pub fn admit(&self, document: &DocumentRecord) -> bool {
        self.captures.admits(document)
            && self.admit_source(document)
            && self.admit_country(document)
            && self.admit_period(document)
    }

    /// Whether the document is of a publisher and a series asked for.
    pub(crate) fn admit_source(&self, document: &DocumentRecord) -> bool {
        let any = |asked: &[String], known: Option<&str>| {
            asked.is_empty() || known.is_some_and(|id| asked.iter().any(|asked| asked == id))
        };
        let known = &document.metadata;
        let publisher = known.publisher.value.as_ref().map(|publisher| publisher.id.as_str());
        let series = known.series.value.as_ref().map(|series| series.id.as_str());
        any(&self.publishers, publisher) && any(&self.series, series)
    }

    /// Whether it is on a country asked for.
    pub(crate) fn admit_country(&self, document: &DocumentRecord) -> bool {
        let known = document.metadata.country.value;
        self.countries.is_empty() || known.is_some_and(|country| self.countries.contains(&country))
    }

    /// Whether it covers some of the time asked for.
    pub(crate) fn admit_period(&self, document: &DocumentRecord) -> bool {
        let known = document.metadata.period.value;
        self.period.is_none_or(|filter| known.is_some_and(|period| filter.overlaps(&period)))
    }

    /// The restrictions but for the period, and for whether captures answer.
    pub(crate) fn by_keyword(&self, fields: &Fields) -> Vec<Box<dyn EngineQuery>> {
        let countries = self.countries.iter().map(|country| country.code());
        let publishers = self.publishers.iter().map(String::as_str);
        let series = self.series.iter().map(String::as_str);
        let captures = match &self.captures {
            CaptureChoice::Only(ids) => ids.as_slice(),
            CaptureChoice::Answering | CaptureChoice::All => &[],
        };
        [
            any_of(fields, Field::Document, captures.iter().map(DocumentId::as_str)),
            any_of(fields, Field::Country, countries),
            any_of(fields, Field::Publisher, publishers),
            any_of(fields, Field::Series, series),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// The restriction of the period: the document's begins before the end asked for, and ends after
    /// the beginning.
    pub(crate) fn by_period(&self, fields: &Fields) -> Vec<Box<dyn EngineQuery>> {
        let Some(period) = &self.period else { return Vec::new() };
        let day = |field, day| Term::from_field_i64(fields.of(field), day);
        let from = period.first_day().map_or(i64::MIN, |first| first);
        let to = period.last_day().map_or(i64::MAX, |last| last);
        let begins =
            RangeQuery::new(Bound::Unbounded, Bound::Included(day(Field::PeriodStart, to)));
        let ends = RangeQuery::new(Bound::Included(day(Field::PeriodEnd, from)), Bound::Unbounded);
        vec![unscored(Box::new(begins)), unscored(Box::new(ends))]
    }
}

/// The same matches, none of which adds to a score.
pub(crate) fn unscored(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(crate) fn keyword(term: Term) -> Box<dyn EngineQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn any_of<'a>(
    fields: &Fields,
    field: Field,
    values: impl Iterator<Item = &'a str>,
) -> Option<Box<dyn EngineQuery>> {
    let mut terms: Vec<Box<dyn EngineQuery>> =
        values.map(|value| keyword(Term::from_field_text(fields.of(field), value))).collect();
    match terms.len() {
        0 => None,
        1 => terms.pop().map(unscored),
        _ => Some(unscored(Box::new(BooleanQuery::union(terms)))),
    }
}
