//! Between which documents shared text says something.

use std::collections::{HashMap, HashSet};

use model::{Country, DocumentId, DocumentRecord, Field, Period};

use super::ReuseRequest;
use crate::coverage::is_rest;
use crate::filters::{Choice, Filters};

/// Between which documents shared text is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Across {
    /// Between those of different publishers.
    Publishers,
    /// Between those of one publisher on one country whose periods do not overlap.
    Years,
}

/// What it takes of a document to know whether it is compared with another.
#[derive(Clone, Debug)]
pub(super) struct Side {
    country: Option<Country>,
    publisher: String,
    period: Option<Period>,
    /// Whether it is of a publisher and a series asked for.
    asked: bool,
}

/// The documents of a library, as far as they are compared.
pub(super) struct Sides {
    sides: Vec<Side>,
    pub places: HashMap<DocumentId, u32>,
    across: Across,
    /// How many cannot be told apart.
    pub unknown: usize,
}

impl Across {
    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Across::Publishers => "publishers",
            Across::Years => "years",
        }
    }
}

impl Sides {
    pub fn of(documents: &[DocumentRecord], request: &ReuseRequest<'_>) -> Self {
        let across = request.across;
        // Whose they are is asked of one of the two only.
        let mut of_both: Filters = request.filters.clone();
        for field in [Field::Publisher, Field::Series] {
            let choice = of_both.choices.entry(field).or_default();
            *choice = Choice { any: Vec::new(), none: std::mem::take(&mut choice.none) };
        }
        let mut sides = Self { sides: Vec::new(), places: HashMap::new(), across, unknown: 0 };
        for document in documents.iter().filter(|of| of_both.admit(*of) && !is_rest(*of)) {
            let known = &document.metadata;
            let (period, country) = (known.period.value, known.country.value);
            let publisher = known.publisher.value.as_ref().map(|publisher| publisher.id.clone());
            let dated = across == Across::Publishers || period.is_some();
            let Some(publisher) = publisher.filter(|_| dated) else {
                sides.unknown += 1;
                continue;
            };
            let asked = request.filters.admit_source(document);
            sides.places.insert(document.id.clone(), sides.sides.len() as u32);
            sides.sides.push(Side { country, publisher, period, asked });
        }
        sides
    }

    /// Whether two of them are compared.
    pub fn compared(&self, a: u32, b: u32) -> bool {
        let (Some(a), Some(b)) = (self.sides.get(a as usize), self.sides.get(b as usize)) else {
            return false;
        };
        let apart = match self.across {
            Across::Publishers => a.publisher != b.publisher,
            Across::Years => {
                let years = a.period.zip(b.period);
                let apart = years.is_some_and(|(a, b)| {
                    a.last_day() < b.first_day() || b.last_day() < a.first_day()
                });
                apart && a.publisher == b.publisher && a.country == b.country
            }
        };
        apart && (a.asked || b.asked)
    }

    /// Whether any two can be compared: else nothing need be read.
    pub fn any(&self) -> bool {
        let asked = self.sides.iter().enumerate().filter(|(_, side)| side.asked);
        // Of each publisher, and of each country and period, one stands for all.
        let mut kinds: HashMap<(&str, Option<Country>, Option<Period>), u32> = HashMap::new();
        for (at, side) in self.sides.iter().enumerate() {
            kinds.entry((&side.publisher, side.country, side.period)).or_insert(at as u32);
        }
        let mut tried: HashSet<_> = HashSet::new();
        asked
            .filter(|(_, side)| tried.insert((&side.publisher, side.country, side.period)))
            .any(|(at, _)| kinds.values().any(|other| self.compared(at as u32, *other)))
    }
}
