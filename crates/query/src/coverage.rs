//! For which countries, series and periods a library holds how much text: so that "nothing found" is
//! never taken for "nothing said" where in truth nothing is held.

use std::collections::{BTreeMap, BTreeSet};

use model::{Country, DocumentId, Extent, Field, Held, Period, Series};

use crate::filters::Filters;
use crate::overview::Tally;

/// A document of fewer words is too short for its silence to mean anything.
pub const SHORT_WORDS: u64 = 100;

/// What a library covers, as far as it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// By series, then period; `None` where it is unknown.
    pub held: BTreeMap<(Option<Series>, Option<Period>), SeriesCoverage>,
    /// The documents of which the series or the country is not recognised.
    pub unrecognised: Vec<Unrecognised>,
    /// How many documents were left out because their period is unknown and one was asked for.
    pub unknown_period: usize,
}

/// What is held of one series for one period.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeriesCoverage {
    /// How much, in all.
    pub tally: Tally,
    /// How many records were read: documents, and records folded into them.
    pub records: usize,
    /// Whether an edition of the series covers every country, so that what is not held is missing.
    pub reach: Reach,
    /// What is held on each country; `None` where the country is unknown.
    pub countries: BTreeMap<Option<Country>, Holding>,
    /// The countries on which the library holds some series that covers every country, and nothing
    /// of this one, which does so too.
    pub missing: BTreeSet<Country>,
}

/// Which countries the editions of a series cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// Some, or it is not known which: what is not held may never have been published.
    #[default]
    Some,
    /// Every country.
    All,
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
    /// Files of which pages or all are images without text, by name.
    pub needs_ocr: Vec<String>,
    /// How many of the records read the same as another and are folded.
    pub folded: usize,
    /// How many more captures of the documents are held; counted nowhere else.
    pub other_captures: usize,
}

/// A document of which the series or the country is not recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unrecognised {
    /// Its id.
    pub id: DocumentId,
    /// The name of its file, as far as what was counted says it; its record always does.
    pub file_name: Option<String>,
    /// What is unknown of it: `series`, `country`, or both.
    pub unknown: Vec<&'static str>,
}

/// What a silence of a holding means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// There is text.
    Held,
    /// There is so little text that a silence means nothing.
    Short,
    /// There is a document, and it holds images of pages instead of text.
    NeedsOcr,
    /// There is a document, and it is empty.
    Empty,
}

/// What a search with some filters goes through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Searched {
    /// How much, in all.
    pub tally: Tally,
    /// How many of the documents hold how much of their works.
    pub extents: BTreeMap<Extent, usize>,
    /// How many of them hold no text.
    pub empty: usize,
    /// How many of them hold some text, and too little for a silence to mean anything.
    pub short: usize,
}

impl Holding {
    /// What a silence of it means.
    pub fn standing(&self) -> Standing {
        match self.tally.words {
            0 if !self.needs_ocr.is_empty() => Standing::NeedsOcr,
            0 => Standing::Empty,
            words if words < SHORT_WORDS => Standing::Short,
            _ => Standing::Held,
        }
    }

    /// Takes in another holding, as of another period.
    pub fn join(&mut self, other: &Holding) {
        self.tally.documents += other.tally.documents;
        self.tally.passages += other.tally.passages;
        self.tally.words += other.tally.words;
        self.extents.extend(&other.extents);
        self.empty.extend_from_slice(&other.empty);
        self.needs_ocr.extend_from_slice(&other.needs_ocr);
        self.folded += other.folded;
        self.other_captures += other.other_captures;
    }

    fn count(&mut self, document: &impl Held) {
        self.tally.count(document);
        self.folded += document.folded() as usize;
        self.other_captures += document.other_captures().unwrap_or(0) as usize;
        self.extents.insert(document.extent());
        let file = || document.file_name().unwrap_or_default().to_owned();
        if document.needs_ocr() {
            self.needs_ocr.push(file());
        } else if document.words() == 0 {
            self.empty.push(file());
        }
    }
}

impl SeriesCoverage {
    /// The countries on which something is held.
    pub fn known_countries(&self) -> impl Iterator<Item = Country> {
        self.countries.keys().flatten().copied()
    }
}

impl Coverage {
    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.held.is_empty()
    }
}

/// What documents cover, such as [`indexing::Index::held`] gives, as far as the filters ask for
/// it; captures for which another answers are left out. `reach_all` are the ids of the series whose editions cover every country.
pub fn coverage<'a, D: Held + 'a>(
    documents: impl IntoIterator<Item = &'a D>,
    reach_all: &BTreeSet<String>,
    filters: &Filters,
) -> Coverage {
    let of_all =
        |series: Option<&Series>| series.is_some_and(|series| reach_all.contains(&series.id));
    let asked = |country: &Country| filters.of(Field::Country).allows(Some(country.code()));
    let mut coverage = Coverage::default();
    // What is missing depends on all that is held, whatever is asked for.
    let mut everywhere: BTreeSet<Country> = BTreeSet::new();
    for document in
        documents.into_iter().filter(|document| document.answers() && !is_rest(*document))
    {
        if of_all(document.series()) {
            everywhere.extend(document.country());
        }
        if !filters.admit_source(document) {
            continue;
        }
        if !filters.admit_period(document) {
            coverage.unknown_period += usize::from(document.period().is_none());
            continue;
        }
        let key = (document.series().cloned(), document.period());
        let of_series = coverage.held.entry(key).or_default();
        let holding = of_series.countries.entry(document.country()).or_default();
        holding.count(document);
        if filters.admit_country(document) {
            of_series.tally.count(document);
            of_series.records += 1 + document.folded() as usize;
            coverage.unrecognised.extend(Unrecognised::of(document));
        }
    }
    for ((series, period), of_series) in &mut coverage.held {
        if of_all(series.as_ref()) {
            of_series.reach = Reach::All;
        }
        // Documents of unknown period are no edition of which anything could be missing.
        if of_all(series.as_ref()) && period.is_some() {
            let held: BTreeSet<Country> = of_series.known_countries().collect();
            of_series.missing = everywhere.difference(&held).copied().filter(asked).collect();
        }
        of_series.countries.retain(|country, _| {
            filters.of(Field::Country).is_empty() || country.as_ref().is_some_and(asked)
        });
    }
    // An edition of which nothing on the countries asked for is held or missing says nothing.
    coverage
        .held
        .retain(|_, of_series| !of_series.countries.is_empty() || !of_series.missing.is_empty());
    coverage
}

/// Whether a document is what chapters left of their report, and without text: it is in the chapters.
pub(crate) fn is_rest(document: &impl Held) -> bool {
    document.words() == 0 && document.has_chapters()
}

impl Unrecognised {
    fn of(document: &impl Held) -> Option<Self> {
        let mut unknown = Vec::new();
        unknown.extend(document.series().is_none().then_some("series"));
        unknown.extend(document.country().is_none().then_some("country"));
        let file_name = document.file_name().map(str::to_owned);
        let id = document.id().clone();
        (!unknown.is_empty()).then_some(Self { id, file_name, unknown })
    }
}

/// How much of these documents a search with such filters goes through.
pub fn within<'a, D: Held + 'a>(
    documents: impl IntoIterator<Item = &'a D>,
    filters: &Filters,
) -> Searched {
    let mut searched = Searched::default();
    let admits = |document: &&D| filters.admit(*document) && !is_rest(*document);
    for document in documents.into_iter().filter(admits) {
        searched.tally.count(document);
        *searched.extents.entry(document.extent()).or_default() += 1;
        searched.empty += usize::from(document.words() == 0);
        searched.short += usize::from((1..SHORT_WORDS).contains(&document.words()));
    }
    searched
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ContentHash, DocumentRecord, Evidence, Metadata, NEEDS_OCR, Origin, Settled};

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
        let (set_aside, set_aside_by) = (0, Vec::new());
        DocumentRecord {
            id,
            metadata,
            passages,
            words,
            set_aside,
            set_aside_by,
            warnings,
            chapters: Vec::new(),
            folded,
            settled,
        }
    }

    #[test]
    fn what_chapters_left_of_their_report_is_not_empty() {
        let mut rest = document(1, "Peru", "2021", 0);
        let held = |rest: &DocumentRecord| {
            coverage([rest], &BTreeSet::new(), &Filters::default()).held.len()
        };
        assert_eq!(held(&rest), 1);
        rest.chapters.push(ContentHash([2; 32]).document_id());
        assert_eq!(held(&rest), 0);
        // Where something is left, such as an introduction, it is counted.
        rest.words = 40;
        assert_eq!(held(&rest), 1);
    }

    fn country(name: &str) -> Country {
        Country::find(name).expect("known")
    }

    fn all() -> BTreeSet<String> {
        BTreeSet::from(["irf".to_owned()])
    }

    fn five() -> [DocumentRecord; 5] {
        let mut twice = document(3, "Peru", "2022", 500);
        twice.folded.push("set: Peru again".into());
        let mut images = document(5, "Niger", "2022", 0);
        images.warnings.push(format!("page 1 shows no text; an image {NEEDS_OCR}"));
        [
            document(1, "Peru", "2021", 500),
            document(2, "Chad", "2021", 40),
            twice,
            document(4, "Fiji", "2022", 0),
            images,
        ]
    }

    fn of(coverage: &Coverage, period: &str) -> SeriesCoverage {
        let wanted: Option<Period> = period.parse().ok();
        let found = coverage.held.iter().find(|((_, p), _)| *p == wanted);
        found.map(|(_, of_series)| of_series.clone()).expect("held")
    }

    #[test]
    fn empty_short_images_and_missing_are_told_apart() {
        let coverage = coverage(&five(), &all(), &Filters::default());
        let standing = |period: &str, name: &str| {
            of(&coverage, period).countries[&Some(country(name))].standing()
        };
        assert_eq!(standing("2021", "Peru"), Standing::Held);
        assert_eq!(standing("2021", "Chad"), Standing::Short);
        assert_eq!(standing("2022", "Fiji"), Standing::Empty);
        assert_eq!(standing("2022", "Niger"), Standing::NeedsOcr);
        let later = of(&coverage, "2022");
        assert_eq!(later.countries[&Some(country("Fiji"))].empty, ["Fiji.txt"]);
        assert_eq!((later.records, later.tally.documents), (4, 3));
        assert_eq!(later.missing, BTreeSet::from([country("Chad")]));
        let earlier = of(&coverage, "2021");
        assert_eq!(earlier.missing, BTreeSet::from([country("Fiji"), country("Niger")]));
    }

    #[test]
    fn only_a_series_that_covers_every_country_has_missing_ones() {
        let coverage = coverage(&five(), &BTreeSet::new(), &Filters::default());
        assert!(coverage.held.values().all(|of_series| of_series.missing.is_empty()));
    }

    #[test]
    fn what_is_missing_does_not_depend_on_what_is_asked_for() {
        let filters = Filters {
            choices: Filters::default().with(Field::Country, country("Chad").code()).choices,
            period: "2022".parse().ok(),
            ..Filters::default()
        };
        let coverage = coverage(&five(), &all(), &filters);
        let later = of(&coverage, "2022");
        assert_eq!(later.missing, BTreeSet::from([country("Chad")]));
        assert!(later.countries.is_empty());
        assert_eq!((coverage.held.len(), later.tally), (1, Tally::default()));
    }

    #[test]
    fn what_is_not_recognised_is_listed_by_name() {
        let mut theme = document(9, "Peru", "2021", 500);
        theme.metadata.country = model::Finding::default();
        let coverage = coverage([&theme], &all(), &Filters::default());
        assert_eq!(coverage.unrecognised[0].unknown, ["country"]);
        assert_eq!(coverage.unrecognised[0].file_name.as_deref(), Some("Peru.txt"));
    }

    #[test]
    fn a_silence_says_how_much_was_searched() {
        let searched = within(&five(), &Filters::default());
        assert_eq!((searched.tally.documents, searched.empty, searched.short), (5, 2, 1));
        assert_eq!(searched.extents, BTreeMap::from([(Extent::Unknown, 5)]));
    }
}
