//! The keys by which matches are listed when it is not their scores that count.

use std::collections::HashMap;

use indexing::Index;
use model::{Country, Field};
use tantivy::SegmentReader;
use tantivy::columnar::{Column, StrColumn};

use super::Sort;

/// What a match without a value has for a key: it comes last.
pub(crate) const UNKNOWN: i64 = i64::MAX;

/// The keys of an index's matches for one order.
pub(crate) enum Order {
    Relevance,
    Newest,
    Oldest,
    /// The place of each country's code among their names.
    Country(HashMap<String, i64>),
}

/// The keys of a segment.
pub(crate) enum Keys {
    None,
    Newest(Column<i64>),
    Oldest(Column<i64>),
    Country(Option<(StrColumn, Vec<i64>)>),
}

impl Order {
    pub fn of(index: &Index, sort: Sort) -> tantivy::Result<Self> {
        Ok(match sort {
            Sort::Relevance => Order::Relevance,
            Sort::Newest => Order::Newest,
            Sort::Oldest => Order::Oldest,
            Sort::Country => {
                let codes = index.values(Field::Country);
                let codes = codes
                    .map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
                let name = |code: &String| Country::find(code).map_or("", Country::name);
                let mut named: Vec<(&str, String)> =
                    codes.iter().map(|code| (name(code), code.clone())).collect();
                named.sort();
                Order::Country((0..).zip(named).map(|(at, (_, code))| (code, at)).collect())
            }
        })
    }

    /// The keys of a segment.
    pub fn keys(&self, segment: &SegmentReader) -> tantivy::Result<Keys> {
        let days = |field: Field| segment.fast_fields().i64(field.name());
        Ok(match self {
            Order::Relevance => Keys::None,
            Order::Newest => Keys::Newest(days(Field::PeriodEnd)?),
            Order::Oldest => Keys::Oldest(days(Field::PeriodStart)?),
            Order::Country(places) => {
                let Some(column) = segment.fast_fields().str(Field::Country.name())? else {
                    return Ok(Keys::Country(None));
                };
                let mut by_ordinal = Vec::with_capacity(column.num_terms());
                for ordinal in 0..column.num_terms() as u64 {
                    let mut code = String::new();
                    column.ord_to_str(ordinal, &mut code)?;
                    by_ordinal.push(places.get(&code).copied().unwrap_or(UNKNOWN));
                }
                Keys::Country(Some((column, by_ordinal)))
            }
        })
    }
}

impl Keys {
    /// The key of a record.
    pub fn of(&self, doc: u32) -> i64 {
        match self {
            Keys::None => 0,
            Keys::Newest(days) => days.first(doc).map_or(UNKNOWN, |day| -day),
            Keys::Oldest(days) => days.first(doc).unwrap_or(UNKNOWN),
            Keys::Country(None) => UNKNOWN,
            Keys::Country(Some((column, places))) => {
                let ordinal = column.ords().first(doc);
                ordinal.and_then(|at| places.get(at as usize).copied()).unwrap_or(UNKNOWN)
            }
        }
    }
}
