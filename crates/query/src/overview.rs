//! What a library holds: documents, passages and words, in all and by country, publisher, series and
//! period.

use std::collections::BTreeMap;

use model::{Country, DocumentRecord, Held, Period, Publisher, Series};

use crate::aside::SetAside;

/// How much of a library something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents.
    pub documents: usize,
    /// Their passages.
    pub passages: u64,
    /// The words in them.
    pub words: u64,
}

/// What a library holds. In each table `None` stands for "unknown" and every document is counted
/// once, so each table adds up to the total.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// Everything.
    pub total: Tally,
    /// Captures of these documents for which another answers; counted nowhere else.
    pub other_captures: usize,
    /// By the country the documents are on.
    pub countries: BTreeMap<Option<Country>, Tally>,
    /// By publisher.
    pub publishers: BTreeMap<Option<Publisher>, Tally>,
    /// By series.
    pub series: BTreeMap<Option<Series>, Tally>,
    /// By the period covered.
    pub periods: BTreeMap<Option<Period>, Tally>,
    /// What was set aside, by rule.
    pub set_aside: SetAside,
}

impl Tally {
    pub(crate) fn count(&mut self, document: &impl Held) {
        self.documents += 1;
        self.passages += u64::from(document.passages());
        self.words += document.words();
    }
}

/// Counts documents, such as [`indexing::Index::documents`] gives: of captures of one document the
/// one that answers.
pub fn overview<'a>(documents: impl IntoIterator<Item = &'a DocumentRecord>) -> Overview {
    let mut overview = Overview::default();
    for document in documents {
        if !document.answers() {
            overview.other_captures += 1;
            continue;
        }
        let known = &document.metadata;
        overview.total.count(document);
        overview.set_aside.take(document);
        overview.countries.entry(known.country.value).or_default().count(document);
        overview.publishers.entry(known.publisher.value.clone()).or_default().count(document);
        overview.series.entry(known.series.value.clone()).or_default().count(document);
        overview.periods.entry(known.period.value).or_default().count(document);
    }
    overview
}
