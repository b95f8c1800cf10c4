//! The fields of the index: one table that drives the engine's schema, the filters, and the words
//! for them in queries and documentation.

use crate::record::{IndexRecord, RecordKind};

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
    pub const ALL: [Field; 15] = [
        Field::Text,
        Field::Exact,
        Field::SetAsideText,
        Field::SetAsideExact,
        Field::Section,
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
    ];

    /// Its name in the index, in queries and in documentation.
    pub fn name(self) -> &'static str {
        match self {
            Field::Text => "text",
            Field::Exact => "exact",
            Field::SetAsideText => "set_aside_text",
            Field::SetAsideExact => "set_aside_exact",
            Field::Section => "section",
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
        }
    }

    /// How it is indexed.
    pub fn kind(self) -> FieldKind {
        match self {
            Field::Text | Field::SetAsideText | Field::Section => FieldKind::StemmedWords,
            Field::Exact | Field::SetAsideExact => FieldKind::ExactWords,
            Field::Country
            | Field::Publisher
            | Field::Series
            | Field::Extent
            | Field::Role
            | Field::Document
            | Field::Passage => FieldKind::Keyword,
            Field::PeriodStart | Field::PeriodEnd | Field::Position => FieldKind::Number,
        }
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
        }
    }
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
