//! For which countries, series and periods a library holds how much text: so that "nothing found" is
//! never taken for "nothing said" where in truth nothing is held.

use std::collections::{BTreeMap, BTreeSet};

use model::{Country, DocumentRecord, Extent, Period, Series};

use crate::filters::Filters;
use crate::overview::Tally;

/// A document of fewer words is too short for its silence to mean anything.
pub const SHORT_WORDS: u64 = 100;

/// What is held of one series for one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesCoverage {
    /// How much, in all.
    pub tally: Tally,
    /// How many records were read: documents, and records folded into them.
    pub records: usize,
    /// What is held on each country; `None` where the country is unknown.
    pub countries: BTreeMap<Option<Country>, Holding>,
    /// The countries on which the library holds other series or periods, but nothing of this one.
    pub missing: BTreeSet<Country>,
}

/// What is held of one series for one period on one country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holding {
    /// How much.
    pub tally: Tally,
    /// How much of the works the documents hold, each extent once.
    pub extents: BTreeSet<Extent>,
    /// Files of documents without any text, by name.
    pub empty: Vec<String>,
    /// How many of the records read the same as another and are folded.
    pub folded: usize,
}

/// What a silence of a holding means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// There is text.
    Held,
    /// There is so little text that a silence means nothing.
    Short,
    /// There is a document, and it is empty.
    Empty,
}

/// By series, then period; `None` where it is unknown.
pub type Coverage = BTreeMap<(Option<Series>, Option<Period>), SeriesCoverage>;

impl Holding {
    /// What a silence of it means.
    pub fn standing(&self) -> Standing {
        match self.tally.words {
            0 => Standing::Empty,
            words if words < SHORT_WORDS => Standing::Short,
            _ => Standing::Held,
        }
    }
}

/// What documents cover, such as [`indexing::Index::documents`] gives.
pub fn coverage<'a>(documents: impl IntoIterator<Item = &'a DocumentRecord>) -> Coverage {
    let mut coverage = Coverage::new();
    let mut all: BTreeSet<Country> = BTreeSet::new();
    for document in documents {
        let known = &document.metadata;
        // What chapters left of their report may well have no text: it is in the chapters.
        if document.words == 0 && !document.chapters.is_empty() {
            continue;
        }
        let (country, period) = (known.country.value, known.period.value);
        all.extend(country);
        let of_series = coverage.entry((known.series.value.clone(), period)).or_default();
        let holding = of_series.countries.entry(country).or_default();
        of_series.tally.count(document);
        of_series.records += 1 + document.folded.len();
        holding.tally.count(document);
        holding.folded += document.folded.len();
        holding.extents.insert(known.extent.value.unwrap_or_default());
        if document.words == 0 {
            holding.empty.push(known.file_name.clone());
        }
    }
    for of_series in coverage.values_mut() {
        let held: BTreeSet<Country> = of_series.countries.keys().flatten().copied().collect();
        of_series.missing = all.difference(&held).copied().collect();
    }
    coverage
}

/// How much of these documents a search with such filters goes through.
pub fn within<'a>(
    documents: impl IntoIterator<Item = &'a DocumentRecord>,
    filters: &Filters,
) -> Tally {
    let any = |asked: &[String], known: Option<&str>| {
        asked.is_empty() || known.is_some_and(|id| asked.iter().any(|asked| asked == id))
    };
    let mut tally = Tally::default();
    for document in documents {
        let known = &document.metadata;
        let of_country = filters.countries.is_empty()
            || known.country.value.is_some_and(|country| filters.countries.contains(&country));
        let of_period = filters
            .period
            .is_none_or(|filter| known.period.value.is_some_and(|period| filter.overlaps(&period)));
        let publisher = known.publisher.value.as_ref().map(|publisher| publisher.id.as_str());
        let series = known.series.value.as_ref().map(|series| series.id.as_str());
        if of_country
            && of_period
            && any(&filters.publishers, publisher)
            && any(&filters.series, series)
        {
            tally.count(document);
        }
    }
    tally
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ContentHash, Evidence, Metadata, Origin, Settled};

    fn document(byte: u8, country: &str, period: &str, words: u64) -> DocumentRecord {
        let hash = ContentHash([byte; 32]);
        let mut metadata = Metadata::of_capture(hash);
        let evidence = || Evidence::new(Origin::User, "x", "stated");
        let series = Series { id: "irf".into(), name: "IRF".into() };
        metadata.series.witness(series, evidence());
        metadata.country.witness(Country::find(country).expect("known"), evidence());
        metadata.period.witness(period.parse().expect("a period"), evidence());
        metadata.file_name = format!("{country}.txt");
        let (id, passages) = (hash.document_id(), u32::from(words > 0));
        let (warnings, folded) = (Vec::new(), Vec::new());
        let settled = Settled::default();
        DocumentRecord {
            id,
            metadata,
            passages,
            words,
            set_aside: 0,
            warnings,
            chapters: Vec::new(),
            folded,
            settled,
        }
    }

    #[test]
    fn what_chapters_left_of_their_report_is_not_empty() {
        let mut rest = document(1, "Peru", "2021", 0);
        assert_eq!(coverage([&rest]).len(), 1);
        rest.chapters.push(ContentHash([2; 32]).document_id());
        assert_eq!(coverage([&rest]), Coverage::new());
        // Where something is left, such as an introduction, it is counted.
        rest.words = 40;
        assert_eq!(coverage([&rest]).len(), 1);
    }

    #[test]
    fn empty_short_and_missing_are_told_apart() {
        let mut twice = document(3, "Peru", "2022", 500);
        twice.folded.push("set: Peru again".into());
        let documents = [
            document(1, "Peru", "2021", 500),
            document(2, "Chad", "2021", 40),
            twice,
            document(4, "Fiji", "2022", 0),
        ];
        let coverage = coverage(&documents);
        let country = |name: &str| Country::find(name).expect("known");
        let of = |period: &str| {
            let wanted: Option<Period> = period.parse().ok();
            let found = coverage.iter().find(|((_, p), _)| *p == wanted);
            found.map(|(_, of_series)| of_series.clone()).expect("held")
        };
        let standing =
            |period: &str, name: &str| of(period).countries[&Some(country(name))].standing();
        assert_eq!(standing("2021", "Peru"), Standing::Held);
        assert_eq!(standing("2021", "Chad"), Standing::Short);
        assert_eq!(standing("2022", "Fiji"), Standing::Empty);
        assert_eq!(of("2022").countries[&Some(country("Fiji"))].empty, ["Fiji.txt"]);
        assert_eq!(of("2021").missing, BTreeSet::from([country("Fiji")]));
        assert_eq!((of("2022").records, of("2022").tally.documents), (3, 2));
    }
}
