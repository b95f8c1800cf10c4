//! What can stand before a colon in a query, and the names of values that need no library.

use model::{
    Country, DocumentId, Extent, Field, Nature, PassageId, Polarity, Role, Speaker, THE_SOURCE,
    Unit, fold, nearest,
};

/// A field that can be asked for in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueryField {
    /// The field of the index; of the two that hold a period, the first.
    pub field: Field,
    /// Its name in queries.
    pub name: &'static str,
    /// How its value is read.
    pub form: FieldForm,
}

/// How the value of a field in a query is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// As any part of a query.
    Words,
    /// As any part of a query, with words in the form in which they are written.
    ExactWords,
    /// Words of the headings, one after the other.
    Headings,
    /// A name, an id or a code.
    Keyword,
    /// A time.
    Period,
}

/// What the values of fields are called.
pub trait Names {
    /// The values of the index that a name stands for, ordered and at least one; what they are
    /// themselves called included, so that a value stands for itself.
    ///
    /// # Errors
    /// The nearest names, where it stands for nothing.
    fn resolve(&self, field: Field, value: &str) -> Result<Vec<String>, Vec<String>>;
}

/// The names that are the same in every library: countries, words for labels, ids.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClosedNames;

/// How a field can be asked for in a query; `None` for those that can not.
pub fn query_field(field: Field) -> Option<QueryField> {
    let of = |name, form| Some(QueryField { field, name, form });
    match field {
        Field::Text => of(field.name(), FieldForm::Words),
        Field::Exact => of(field.name(), FieldForm::ExactWords),
        Field::Section => of(field.name(), FieldForm::Headings),
        // One name for both ends.
        Field::PeriodStart => of("period", FieldForm::Period),
        Field::Country
        | Field::Publisher
        | Field::Series
        | Field::Extent
        | Field::Role
        | Field::Document
        | Field::Passage
        | Field::Issue
        | Field::Polarity
        | Field::Nature
        | Field::Attribution
        | Field::Group
        | Field::Place
        | Field::Mention
        | Field::Instrument
        | Field::Figure => of(field.name(), FieldForm::Keyword),
        Field::SetAsideText
        | Field::SetAsideExact
        | Field::PeriodEnd
        | Field::Position
        | Field::About
        | Field::Label => None,
    }
}

/// Every field that can be asked for in a query.
pub fn query_fields() -> impl Iterator<Item = QueryField> {
    Field::ALL.into_iter().filter_map(query_field)
}

/// The field of a name, whatever its case.
pub(super) fn field_named(name: &str) -> Option<QueryField> {
    query_fields().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// The names of fields near to one that is none.
pub(super) fn fields_near(name: &str) -> Vec<&'static str> {
    nearest(name, query_fields().map(|field| field.name), 3)
}

impl Names for ClosedNames {
    fn resolve(&self, field: Field, value: &str) -> Result<Vec<String>, Vec<String>> {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let one_of = |known: &[&str]| -> Result<Vec<String>, Vec<String>> {
            let wanted = fold(value);
            match known.iter().find(|name| fold(name) == wanted) {
                Some(name) => Ok(vec![(*name).to_owned()]),
                None => Err(owned(nearest(value, known.iter().copied(), 3))),
            }
        };
        match field {
            Field::Country | Field::Mention => match Country::find(value) {
                Some(country) => Ok(vec![country.code().to_owned()]),
                None => Err(owned(Country::nearest(value, 3))),
            },
            Field::Extent => one_of(&Extent::ALL.map(Extent::name)),
            Field::Role => one_of(&PASSAGE_ROLES.map(Role::name)),
            Field::Polarity => one_of(&Polarity::ALL.map(Polarity::name)),
            Field::Nature => one_of(&Nature::ALL.map(Nature::name)),
            Field::Attribution => {
                let speakers = Speaker::ALL.map(Speaker::name);
                one_of(&[&speakers[..], &[THE_SOURCE]].concat())
            }
            Field::Figure => one_of(&Unit::NAMES),
            Field::Document => {
                value.parse::<DocumentId>().map(|id| vec![id.to_string()]).map_err(|_| vec![])
            }
            Field::Passage => {
                value.parse::<PassageId>().map(|id| vec![id.to_string()]).map_err(|_| vec![])
            }
            // What these are called depends on the library; the others hold no keywords.
            Field::Publisher
            | Field::Series
            | Field::Issue
            | Field::Group
            | Field::Place
            | Field::Instrument
            | Field::Text
            | Field::Exact
            | Field::SetAsideText
            | Field::SetAsideExact
            | Field::Section
            | Field::About
            | Field::PeriodStart
            | Field::PeriodEnd
            | Field::Position
            | Field::Label => Err(vec![]),
        }
    }
}

/// The parts that a passage's block can play.
const PASSAGE_ROLES: [Role; 5] =
    [Role::Body, Role::Heading, Role::ListItem, Role::Table, Role::Footnote];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_are_no_two_alike_and_inner_ones_are_none() {
        let mut names: Vec<&str> = query_fields().map(|field| field.name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase())));
        for inner in ["set_aside_text", "period_start", "period_end", "position", "label"] {
            assert!(field_named(inner).is_none(), "{inner}");
        }
        assert_eq!(field_named("Country").map(|known| known.field), Some(Field::Country));
        assert_eq!(fields_near("contry"), ["country"]);
    }

    #[test]
    fn closed_names_stand_for_themselves() {
        let resolve = |field, value| ClosedNames.resolve(field, value);
        assert_eq!(resolve(Field::Country, "Kazakhstan"), Ok(vec!["KZ".into()]));
        assert_eq!(
            resolve(Field::Attribution, "Religious group"),
            Ok(vec!["religious-group".into()])
        );
        assert_eq!(resolve(Field::Country, "Kazahkstan").unwrap_err()[0], "Kazakhstan");
        for (field, value) in [
            (Field::Country, "KZ"),
            (Field::Extent, "summary"),
            (Field::Role, "list-item"),
            (Field::Polarity, "none-reported"),
            (Field::Attribution, THE_SOURCE),
            (Field::Passage, "k7m2q9x4tb3c.4"),
            (Field::Document, "k7m2q9x4tb3c"),
            (Field::Figure, "percent"),
        ] {
            assert_eq!(resolve(field, value), Ok(vec![value.to_owned()]), "{value}");
        }
    }
}
