//! The fields of the index: one table that drives the engine's schema, the filters, and the words
//! for them in queries and documentation.

use std::collections::BTreeSet;

use crate::annotation::{Annotation, AnnotationKind};
use crate::record::{DocumentSummary, IndexRecord, RecordKind};

/// A field of an index record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The passage's words, case- and accent-folded and stemmed.
    Text,
    /// The passage's words, case- and accent-folded only.
    Exact,
    /// As [`Field::Text`], for blocks set aside and for captures that do not answer, so that they
    /// enter no statistics of the passages.
    SetAsideText,
    /// As [`Field::Exact`], for blocks set aside and for captures that do not answer.
    SetAsideExact,
    /// The headings above the passage, folded and stemmed.
    Section,
    /// What report it is of: title, country, publisher, series and years, folded and stemmed.
    About,
    /// Code of the country the document is on.
    Country,
    /// Id of the publisher.
    Publisher,
    /// Id of the series.
    Series,
    /// First day of the period covered, in days from 1970-01-01.
    PeriodStart,
    /// Last day of the period covered, in days from 1970-01-01.
    PeriodEnd,
    /// How much of the work the document holds.
    Extent,
    /// The role of the block: body, list-item, chrome, …
    Role,
    /// Id of the document.
    Document,
    /// Id of the passage.
    Passage,
    /// Where the passage begins in the document's text, in bytes: orders the passages of a document.
    Position,
    /// Id of an issue of the codebook that the passage speaks to.
    Issue,
    /// Id of an issue with what the passage says on it: `security-laws/violation`.
    Label,
    /// What the passage says on its issues, and what its words say by themselves.
    Polarity,
    /// Whether it speaks of law or of practice.
    Nature,
    /// Who is said to say something in it; `source` where nobody but its source is.
    Attribution,
    /// Id of a group that is named.
    Group,
    /// A place within a country that is named.
    Place,
    /// Code of a country that is named.
    Mention,
    /// A law or instrument that is cited.
    Instrument,
    /// The unit of a figure.
    Figure,
}

/// How a field is indexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// Words folded and stemmed, with positions.
    StemmedWords,
    /// Words folded, with positions.
    ExactWords,
    /// One value, compared whole.
    Keyword,
    /// A whole number, compared by size.
    Number,
}

/// A value that a record has for a field.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FieldValue<'a> {
    /// Words or a keyword.
    Text(&'a str),
    /// A number.
    Number(i64),
}

impl Field {
    /// Every field, in the order of the schema.
    pub const ALL: [Field; 26] = [
        Field::Text,
        Field::Exact,
        Field::SetAsideText,
        Field::SetAsideExact,
        Field::Section,
        Field::About,
        Field::Country,
        Field::Publisher,
        Field::Series,
        Field::PeriodStart,
        Field::PeriodEnd,
        Field::Extent,
        Field::Role,
        Field::Document,
        Field::Passage,
        Field::Position,
        Field::Issue,
        Field::Label,
        Field::Polarity,
        Field::Nature,
        Field::Attribution,
        Field::Group,
        Field::Place,
        Field::Mention,
        Field::Instrument,
        Field::Figure,
    ];

    /// Its name in the index, in queries and in documentation.
    pub fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Exact => "exact",
            Field::SetAsideText => "set_aside_text",
            Field::SetAsideExact => "set_aside_exact",
            Field::Section => "section",
            Field::About => "about",
            Field::Country => "country",
            Field::Publisher => "publisher",
            Field::Series => "series",
            Field::PeriodStart => "period_start",
            Field::PeriodEnd => "period_end",
            Field::Extent => "extent",
            Field::Role => "role",
            Field::Document => "document",
            Field::Passage => "passage",
            Field::Position => "position",
            Field::Issue => "issue",
            Field::Label => "label",
            Field::Polarity => "polarity",
            Field::Nature => "nature",
            Field::Attribution => "attribution",
            Field::Group => "group",
            Field::Place => "place",
            Field::Mention => "mention",
            Field::Instrument => "instrument",
            Field::Figure => "figure",
        }
    }

    /// How it is indexed.
    pub fn kind(self) -> FieldKind {
        match self {
            Field::Text | Field::SetAsideText | Field::Section | Field::About => {
                FieldKind::StemmedWords
            }
            Field::Exact | Field::SetAsideExact => FieldKind::ExactWords,
            Field::Country
            | Field::Publisher
            | Field::Series
            | Field::Extent
            | Field::Role
            | Field::Document
            | Field::Passage => FieldKind::Keyword,
            Field::Issue
            | Field::Label
            | Field::Polarity
            | Field::Nature
            | Field::Attribution
            | Field::Group
            | Field::Place
            | Field::Mention
            | Field::Instrument
            | Field::Figure => FieldKind::Keyword,
            Field::PeriodStart | Field::PeriodEnd | Field::Position => FieldKind::Number,
        }
    }

    /// Whether matches can be counted by its values: it has a column in the index.
    pub fn is_counted(self) -> bool {
        self == Field::PeriodStart
            || self.kind() == FieldKind::Keyword
                && !matches!(self, Field::Document | Field::Passage)
    }

    /// One line on what it holds, for people.
    pub fn description(self) -> &'static str {
        match self {
            Field::Text => "the passage's words, without case, accents and word endings",
            Field::Exact => "the passage's words, without case and accents",
            Field::SetAsideText => {
                "as `text`, for what is set aside and captures that do not answer"
            }
            Field::SetAsideExact => {
                "as `exact`, for what is set aside and captures that do not answer"
            }
            Field::Section => "the headings above the passage",
            Field::About => "title, country, publisher, series and years of the report",
            Field::Country => "code of the country the document is on (KZ)",
            Field::Publisher => "id of the publisher (us-state)",
            Field::Series => "id of the series (us-state-crt)",
            Field::PeriodStart => "first day of the period covered, in days from 1970-01-01",
            Field::PeriodEnd => "last day of the period covered, in days from 1970-01-01",
            Field::Extent => "how much of the work is held: full, summary, excerpt, unknown",
            Field::Role => "the part the block plays: body, list-item, table, chrome, …",
            Field::Document => "id of the document",
            Field::Passage => "id of the passage",
            Field::Position => "first byte of the passage in the document's text",
            Field::Issue => "ids of the issues the passage speaks to (security-laws)",
            Field::Label => "an issue with what is said on it (security-laws/violation)",
            Field::Polarity => {
                "violation, protection, none-reported, context: on any issue, or by its words"
            }
            Field::Nature => "law, practice",
            Field::Attribution => "kind of speaker (ngo); source, where it names none",
            Field::Group => "ids of the groups named (ahmadi)",
            Field::Place => "places named, as the lexicon spells them (Xinjiang)",
            Field::Mention => "codes of the countries named in the passage (RU)",
            Field::Instrument => "laws and instruments cited (ICCPR 18)",
            Field::Figure => {
                "units of its figures: count, percent, money, times, years, months, days"
            }
        }
    }
}

impl IndexRecord {
    /// Calls `visit` with every value the record has for `field`, in order.
    pub fn values(&self, field: Field, mut visit: impl FnMut(FieldValue<'_>)) {
        let passage = &self.passage.passage;
        let (document, is_passage) = (&self.document, self.kind == RecordKind::Passage);
        match field {
            Field::Text | Field::Exact if is_passage => visit(FieldValue::Text(&passage.text)),
            Field::SetAsideText | Field::SetAsideExact if !is_passage => {
                visit(FieldValue::Text(&passage.text));
            }
            Field::Text | Field::Exact | Field::SetAsideText | Field::SetAsideExact => {}
            Field::Section => {
                passage.locator.section.iter().for_each(|s| visit(FieldValue::Text(s)));
            }
            Field::About => about(document, visit),
            Field::Country => {
                document.country.iter().for_each(|c| visit(FieldValue::Text(c.code())))
            }
            Field::Publisher => {
                document.publisher.iter().for_each(|p| visit(FieldValue::Text(&p.id)));
            }
            Field::Series => document.series.iter().for_each(|s| visit(FieldValue::Text(&s.id))),
            Field::PeriodStart => {
                document.period.iter().for_each(|p| visit(FieldValue::Number(p.first_day())));
            }
            Field::PeriodEnd => {
                document.period.iter().for_each(|p| visit(FieldValue::Number(p.last_day())));
            }
            Field::Extent => visit(FieldValue::Text(document.extent.name())),
            Field::Role => visit(FieldValue::Text(passage.role.name())),
            Field::Document => visit(FieldValue::Text(document.id.as_str())),
            Field::Passage => visit(FieldValue::Text(&passage.id.to_string())),
            Field::Position => visit(FieldValue::Number(passage.range.start as i64)),
            Field::Issue
            | Field::Label
            | Field::Polarity
            | Field::Nature
            | Field::Attribution
            | Field::Group
            | Field::Place
            | Field::Mention
            | Field::Instrument
            | Field::Figure => {
                if is_passage {
                    labels(field, &self.passage.annotations, visit);
                }
            }
        }
    }
}

/// The most years of a period that a report is found by.
const MOST_YEARS: usize = 10;

/// Calls `visit` with the words that say what report a record is of. Those of the country are its
/// name and what its people are called, so that `Nigerian courts` means Nigeria, too.
fn about(document: &DocumentSummary, mut visit: impl FnMut(FieldValue<'_>)) {
    let DocumentSummary { title, publisher, series, country, period, .. } = document;
    let mut text = |text: &str| visit(FieldValue::Text(text));
    title.iter().for_each(|title| text(title));
    if let Some(country) = country {
        text(country.name());
        country.names().demonyms.iter().for_each(|demonym| text(demonym));
    }
    publisher.iter().for_each(|publisher| text(&publisher.name));
    series.iter().for_each(|series| text(&series.name));
    if let Some(period) = period {
        period.years().take(MOST_YEARS).for_each(|year| text(&year.to_string()));
    }
}

/// The value of [`Field::Attribution`] where nobody but the source itself is said to speak.
pub const THE_SOURCE: &str = "source";

/// Calls `visit` with what the annotations of a passage say for a field, each value once, in order.
fn labels(field: Field, annotations: &[Annotation], mut visit: impl FnMut(FieldValue<'_>)) {
    let value = |annotation: &Annotation| match (field, &annotation.kind) {
        (Field::Issue, AnnotationKind::Issue { issue, .. }) => Some(issue.to_string()),
        (Field::Label, AnnotationKind::Issue { issue, polarity }) => {
            Some(format!("{issue}/{}", polarity.name()))
        }
        (Field::Polarity, AnnotationKind::Issue { polarity, .. })
        | (Field::Polarity, AnnotationKind::Polarity(polarity)) => Some(polarity.name().to_owned()),
        (Field::Nature, AnnotationKind::Nature(nature)) => Some(nature.name().to_owned()),
        (Field::Attribution, AnnotationKind::Attribution(speaker)) => {
            Some(speaker.name().to_owned())
        }
        (Field::Group, AnnotationKind::Group(name))
        | (Field::Place, AnnotationKind::Place(name))
        | (Field::Instrument, AnnotationKind::Instrument(name)) => Some(name.clone()),
        (Field::Mention, AnnotationKind::Country(country)) => Some(country.code().to_owned()),
        (Field::Figure, AnnotationKind::Figure(figure)) => Some(figure.unit.name().to_owned()),
        _ => None,
    };
    let mut values: BTreeSet<String> = annotations.iter().filter_map(value).collect();
    if field == Field::Attribution && values.is_empty() {
        values.insert(THE_SOURCE.to_owned());
    }
    values.iter().for_each(|value| visit(FieldValue::Text(value)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_has_a_name_of_its_own() {
        let mut names: Vec<&str> = Field::ALL.iter().map(|f| f.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Field::ALL.len());
        assert!(Field::ALL.iter().all(|f| !f.description().is_empty()));
    }
}
