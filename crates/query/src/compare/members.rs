//! What a cross table has rows and columns for, which of them a library holds, and the filters under
//! which a search finds what belongs to one: so that every cell opens.

use std::collections::BTreeSet;

use model::Held as _;
use model::{Country, Field, HeldDocument, IssueId, PeriodFilter, Publisher, Series};

use super::source::SourceName;
use crate::filters::{Choice, Filters};

/// By what the rows or the columns of a table part what is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Axis {
    /// The issues of the codebook. A passage can speak to several.
    Issue,
    /// The countries that documents are on.
    Country,
    /// The years that documents cover. A document can cover several.
    Period,
    /// Who speaks: the series, or the publisher where that is unknown.
    Source,
}

/// A row or a column.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// An issue.
    Issue(IssueId),
    /// A country.
    Country(Country),
    /// A calendar year, as far as the period asked for covers it.
    Year(i16, PeriodFilter),
    /// A source.
    Source(SourceName),
}

impl Axis {
    /// Every value.
    pub const ALL: [Axis; 4] = [Axis::Issue, Axis::Country, Axis::Period, Axis::Source];

    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Axis::Issue => "issue",
            Axis::Country => "country",
            Axis::Period => "period",
            Axis::Source => "source",
        }
    }

    /// The field by whose values matches are counted; `None` where no one field says it.
    pub(super) fn field(self) -> Option<Field> {
        match self {
            Axis::Issue => Some(Field::Issue),
            Axis::Country => Some(Field::Country),
            Axis::Period => Some(Field::PeriodStart),
            Axis::Source => None,
        }
    }

    /// The fields by which filters narrow to one of its values; of the period none is one.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Axis::Issue => &[Field::Issue],
            Axis::Country => &[Field::Country],
            Axis::Period => &[],
            Axis::Source => &[Field::Publisher, Field::Series],
        }
    }
}

impl Member {
    /// What it is called in output: an id, a code, a year.
    pub fn id(&self) -> String {
        match self {
            Member::Issue(issue) => issue.to_string(),
            Member::Country(country) => country.code().to_owned(),
            Member::Year(year, _) => year.to_string(),
            Member::Source(source) => source.id().unwrap_or("unknown").to_owned(),
        }
    }

    /// What people call it.
    pub fn shown(&self) -> String {
        match self {
            Member::Country(country) => country.name().to_owned(),
            Member::Source(source) => source.shown(),
            Member::Issue(_) | Member::Year(..) => self.id(),
        }
    }

    /// Whether a document belongs to it; an issue has some of the passages of any document.
    pub(super) fn holds(&self, document: &HeldDocument) -> bool {
        match self {
            Member::Issue(_) => true,
            Member::Country(country) => document.country() == Some(*country),
            Member::Year(_, year) => document.period().is_some_and(|of| year.overlaps(&of)),
            Member::Source(source) => is_of(document, source),
        }
    }
}

/// Whether a document is of a source, by the ids that filters go by.
fn is_of(document: &HeldDocument, source: &SourceName) -> bool {
    series_id(source.series.as_ref()) == series_id(document.series())
        && publisher_id(source.publisher.as_ref()) == publisher_id(document.publisher())
}

fn series_id(series: Option<&Series>) -> Option<&str> {
    series.map(|series| series.id.as_str())
}

fn publisher_id(publisher: Option<&Publisher>) -> Option<&str> {
    publisher.map(|publisher| publisher.id.as_str())
}

/// Who and which series a library holds, so that what is of none of them can be asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    publishers: BTreeSet<String>,
    series: BTreeSet<String>,
}

impl Held {
    pub fn of(documents: &[HeldDocument]) -> Self {
        let mut held = Self::default();
        for document in documents {
            let (publisher, series) =
                (publisher_id(document.publisher()), series_id(document.series()));
            for (id, of) in [(publisher, &mut held.publishers), (series, &mut held.series)] {
                if let Some(id) = id.filter(|id| !of.contains(*id)) {
                    of.insert(id.to_owned());
                }
            }
        }
        held
    }

    /// The filters, narrowed to what belongs to a row or a column.
    pub fn narrowed(&self, filters: &Filters, to: &Member) -> Filters {
        let mut filters = filters.clone();
        match to {
            Member::Issue(issue) => only(&mut filters, Field::Issue, issue.as_str()),
            Member::Country(country) => only(&mut filters, Field::Country, country.code()),
            Member::Year(_, year) => filters.period = Some(*year),
            Member::Source(SourceName { series, publisher }) => {
                match series {
                    Some(series) => only(&mut filters, Field::Series, &series.id),
                    None => none_of(&mut filters, Field::Series, &self.series),
                }
                match publisher {
                    Some(publisher) => only(&mut filters, Field::Publisher, &publisher.id),
                    None => none_of(&mut filters, Field::Publisher, &self.publishers),
                }
            }
        }
        filters
    }
}

fn only(filters: &mut Filters, field: Field, value: &str) {
    let Choice { any, .. } = filters.choices.entry(field).or_default();
    *any = vec![value.to_owned()];
}

/// That something is unknown is asked for by ruling out all that is known.
fn none_of(filters: &mut Filters, field: Field, values: &BTreeSet<String>) {
    if values.is_empty() {
        return;
    }
    let Choice { any, none } = filters.choices.entry(field).or_default();
    any.clear();
    let missing: Vec<String> =
        values.iter().filter(|value| !none.contains(*value)).cloned().collect();
    none.extend(missing);
}

/// The rows or columns of a table over documents that the filters let through. Issues are those
/// handed in; of sources also those are there of which other documents are held than are asked for.
pub(super) fn members(
    axis: Axis,
    issues: &[IssueId],
    documents: &[HeldDocument],
    filters: &Filters,
) -> Vec<Member> {
    let admitted = || documents.iter().filter(|document| filters.admit(*document));
    match axis {
        Axis::Issue => issues.iter().cloned().map(Member::Issue).collect(),
        Axis::Country => {
            let asked =
                filters.of(Field::Country).any.iter().filter_map(|code| Country::find(code));
            let held = admitted().filter_map(|document| document.country());
            let mut countries: Vec<Country> =
                asked.chain(held).collect::<BTreeSet<_>>().into_iter().collect();
            countries.sort_by_key(|country| country.name());
            countries.into_iter().map(Member::Country).collect()
        }
        Axis::Period => {
            let years = admitted().filter_map(|document| document.period());
            let years: BTreeSet<i16> = years.flat_map(|period| period.years()).collect();
            let within = |year| {
                let whole = PeriodFilter::year(year)?;
                Some(Member::Year(
                    year,
                    match filters.period {
                        Some(asked) => whole.within(&asked)?,
                        None => whole,
                    },
                ))
            };
            years.into_iter().filter_map(within).collect()
        }
        Axis::Source => {
            let held = documents.iter().filter(|document| {
                filters.captures.admits(*document) && filters.admit_source(*document)
            });
            let mut sources: BTreeSet<SourceName> = BTreeSet::new();
            for document in held {
                if !sources.iter().any(|source| is_of(document, source)) {
                    sources.insert(SourceName::of_held(document));
                }
            }
            sources.into_iter().map(Member::Source).collect()
        }
    }
}
