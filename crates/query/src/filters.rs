//! What a search is restricted to. Values of one field widen the choice, fields narrow it, a value
//! ruled out is out whatever else is asked, and no filter changes a score.

use std::collections::BTreeMap;
use std::ops::Bound;

use indexing::Fields;
use model::{DocumentId, DocumentSummary, Field, FieldValue, Held, IndexRecord, PeriodFilter};
use tantivy::query::{
    BooleanQuery, ConstScoreQuery, Occur, Query as EngineQuery, RangeQuery, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

/// Values of a field: one of the first must be there, and none of the second may be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Any of these will do; empty means that nothing need be there.
    pub any: Vec<String>,
    /// None of these may be there.
    pub none: Vec<String>,
}

/// What a search is restricted to; empty means everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters {
    /// What is asked of keyword fields, in the form in which the index holds it: ids and codes. An
    /// issue and a polarity that are both asked for mean what is said on that very issue.
    pub choices: BTreeMap<Field, Choice>,
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
    pub fn admits(&self, document: &impl Held) -> bool {
        match self {
            CaptureChoice::Answering => document.answers(),
            CaptureChoice::All => true,
            CaptureChoice::Only(ids) => ids.contains(document.id()),
        }
    }

    /// Whether captures that do not answer may be among them.
    pub(crate) fn reaches_others(&self) -> bool {
        *self != CaptureChoice::Answering
    }
}

/// A restriction, and whether it must hold or must not.
pub(crate) type Restriction = (Occur, Box<dyn EngineQuery>);

impl Choice {
    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.none.is_empty()
    }

    /// Whether a value, or the lack of one, is what is asked.
    pub fn allows(&self, value: Option<&str>) -> bool {
        let among = |values: &[String]| value.is_some_and(|v| values.iter().any(|a| a == v));
        (self.any.is_empty() || among(&self.any)) && !among(&self.none)
    }
}

impl Filters {
    /// Whether a search so restricted goes through the document.
    pub fn admit(&self, document: &impl Held) -> bool {
        self.captures.admits(document)
            && self.admit_source(document)
            && self.admit_country(document)
            && self.admit_period(document)
    }

    /// Whether the document is of a publisher and a series asked for.
    pub(crate) fn admit_source(&self, document: &impl Held) -> bool {
        let publisher = document.publisher().map(|publisher| publisher.id.as_str());
        let series = document.series().map(|series| series.id.as_str());
        self.of(Field::Publisher).allows(publisher) && self.of(Field::Series).allows(series)
    }

    /// Whether it is on a country asked for.
    pub(crate) fn admit_country(&self, document: &impl Held) -> bool {
        let known = document.country();
        self.of(Field::Country).allows(known.map(|country| country.code()))
    }

    /// Whether it covers some of the time asked for.
    pub(crate) fn admit_period(&self, document: &impl Held) -> bool {
        let known = document.period();
        self.period.is_none_or(|filter| known.is_some_and(|period| filter.overlaps(&period)))
    }

    /// Asks for one more value of a field: any of those asked for will do.
    #[must_use]
    pub fn with(mut self, field: Field, value: impl Into<String>) -> Self {
        self.choices.entry(field).or_default().any.push(value.into());
        self
    }

    /// Rules out a value of a field.
    #[must_use]
    pub fn without(mut self, field: Field, value: impl Into<String>) -> Self {
        self.choices.entry(field).or_default().none.push(value.into());
        self
    }

    /// What is asked of a field.
    pub fn of(&self, field: Field) -> &Choice {
        static NOTHING: Choice = Choice { any: Vec::new(), none: Vec::new() };
        self.choices.get(&field).unwrap_or(&NOTHING)
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.period.is_none()
            && self.captures == CaptureChoice::default()
            && self.choices.values().all(Choice::is_empty)
    }

    /// Whether all that is asked of a document's own fields holds for these values; labels are of
    /// passages and are not looked at.
    pub fn allow_document(&self, document: &DocumentSummary) -> bool {
        let publisher = document.publisher.as_ref().map(|publisher| publisher.id.as_str());
        let series = document.series.as_ref().map(|series| series.id.as_str());
        let in_time =
            |filter: &PeriodFilter| document.period.is_some_and(|period| filter.overlaps(&period));
        self.of(Field::Country).allows(document.country.map(|country| country.code()))
            && self.of(Field::Publisher).allows(publisher)
            && self.of(Field::Series).allows(series)
            && self.period.as_ref().is_none_or(in_time)
    }

    /// Whether all that is asked holds for a passage or block: what the index finds, found without it.
    pub fn allow(&self, record: &IndexRecord) -> bool {
        let values = |field: Field| {
            let mut values: Vec<String> = Vec::new();
            record.values(field, |value| {
                if let FieldValue::Text(text) = value {
                    values.push(text.to_owned());
                }
            });
            values
        };
        let (issues, polarities) = (self.of(Field::Issue), self.of(Field::Polarity));
        let said = |polarities: &[String]| {
            let is_asked = |label: &String| {
                label.split_once('/').is_some_and(|(issue, polarity)| {
                    issues.any.iter().any(|i| i == issue)
                        && polarities.iter().any(|p| p == polarity)
                })
            };
            values(Field::Label).iter().any(is_asked)
        };
        let holds = |(field, choice): (&Field, &Choice)| {
            if *field == Field::Polarity && !issues.any.is_empty() {
                let any = polarities.any.is_empty() || said(&polarities.any);
                return any && !said(&polarities.none);
            }
            let values = values(*field);
            let among = |asked: &[String]| values.iter().any(|value| asked.contains(value));
            (choice.any.is_empty() || among(&choice.any)) && !among(&choice.none)
        };
        let in_time = |filter: &PeriodFilter| {
            record.document.period.is_some_and(|period| filter.overlaps(&period))
        };
        self.choices.iter().all(holds) && self.period.as_ref().is_none_or(in_time)
    }

    /// The restrictions but for the period, and for whether captures answer.
    pub(crate) fn by_keyword(&self, fields: &Fields) -> Vec<Restriction> {
        let (issues, polarities) = (self.of(Field::Issue), self.of(Field::Polarity));
        let pairs = |polarities: &[String]| -> Vec<String> {
            let of = |issue: &String| -> Vec<String> {
                polarities.iter().map(|polarity| format!("{issue}/{polarity}")).collect()
            };
            issues.any.iter().flat_map(of).collect()
        };
        let mut restrictions = Vec::new();
        if let CaptureChoice::Only(ids) = &self.captures {
            let only = any_of(fields, Field::Document, ids.iter().map(DocumentId::as_str));
            restrictions.extend(only.map(|query| (Occur::Must, query)));
        }
        let mut ask = |occur: Occur, field: Field, values: &[String]| {
            let query = any_of(fields, field, values.iter().map(String::as_str));
            restrictions.extend(query.map(|query| (occur, query)));
        };
        for (field, choice) in &self.choices {
            if *field == Field::Polarity && !issues.any.is_empty() {
                ask(Occur::Must, Field::Label, &pairs(&polarities.any));
                ask(Occur::MustNot, Field::Label, &pairs(&polarities.none));
            } else {
                ask(Occur::Must, *field, &choice.any);
                ask(Occur::MustNot, *field, &choice.none);
            }
        }
        restrictions
    }

    /// The restriction of the period.
    pub(crate) fn by_period(&self, fields: &Fields) -> Vec<Restriction> {
        let queries = self.period.iter().flat_map(|period| period_queries(fields, period));
        queries.map(|query| (Occur::Must, query)).collect()
    }
}

/// What a document must fulfil to cover some of a period: its own begins before the end of that one,
/// and ends after its beginning.
pub(crate) fn period_queries(fields: &Fields, period: &PeriodFilter) -> Vec<Box<dyn EngineQuery>> {
    let day = |field, day| Term::from_field_i64(fields.of(field), day);
    let from = period.first_day().map_or(i64::MIN, |first| first);
    let to = period.last_day().map_or(i64::MAX, |last| last);
    let begins = RangeQuery::new(Bound::Unbounded, Bound::Included(day(Field::PeriodStart, to)));
    let ends = RangeQuery::new(Bound::Included(day(Field::PeriodEnd, from)), Bound::Unbounded);
    vec![unscored(Box::new(begins)), unscored(Box::new(ends))]
}

/// The same matches, none of which adds to a score.
pub(crate) fn unscored(query: Box<dyn EngineQuery>) -> Box<dyn EngineQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

pub(crate) fn keyword(term: Term) -> Box<dyn EngineQuery> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

pub(crate) fn any_of<'a>(
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
