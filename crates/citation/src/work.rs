//! What is cited: one work, as far as it is known. It is read off a document's record and the facts
//! a publisher's profile states. Which style writes it how is none of its business; what nobody
//! states stays unknown, and the day a capture entered the library is never taken for the day it was
//! captured.

use model::{
    Author, AuthorKind, ContentHash, DigestOf, DocumentId, DocumentRecord, DocumentSummary, Extent,
    Metadata, PartialDate, Period,
};

use crate::archive::{Archived, archived};
use crate::attribution::{edition_of, extent_line, holds, names};

/// What a publisher's profile states of the source, for citations. All of it may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceFacts<'a> {
    /// The part of the publisher that writes the series: `Bureau of Counterterrorism`.
    pub author: Option<&'a str>,
    /// Where it is published.
    pub place: Option<&'a str>,
    /// Under which terms its texts may be used.
    pub licence: Option<&'a str>,
    /// Mandate, method and coverage of the source, in neutral words.
    pub description: Option<&'a str>,
}

/// A citable work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Work {
    /// The document that holds it.
    pub document: DocumentId,
    /// SHA-256 of the captured bytes.
    pub sha256: ContentHash,
    /// Who wrote it, in the order given: people, or a part of the publisher. Empty where nobody but
    /// the publisher is known to have.
    pub authors: Vec<Author>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it was published.
    pub place: Option<String>,
    /// What it is called; `None` where neither title nor series is known.
    pub title: Option<Title>,
    /// The work that it is a chapter of, with its edition: `Country Reports on Terrorism 2021`.
    pub container: Option<String>,
    /// The edition, as the publisher names it.
    pub edition: Option<String>,
    /// The time it covers.
    pub period: Option<Period>,
    /// When it came out: a day, a month or a year, whichever is known.
    pub published: Option<PartialDate>,
    /// When its bytes were taken from the publisher.
    pub captured: Option<PartialDate>,
    /// When they entered the library. It stands in no citation.
    pub added: Option<PartialDate>,
    /// Its address at the publisher's.
    pub url: Option<String>,
    /// The copy in a public archive, where the address known is one.
    pub archived: Option<Archived>,
    /// How much of it the document holds.
    pub extent: Extent,
    /// The original, where the document is a digest of one: the digest is what is cited.
    pub digest_of: Option<DigestOf>,
    /// The language it is written in: a primary subtag of BCP 47.
    pub language: Option<String>,
    /// Under which terms its text may be used, in the words of whoever states them.
    pub licence: Option<String>,
    /// Mandate, method and coverage of its source.
    pub description: Option<String>,
}

/// What a work is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Title {
    /// As the document gives it.
    Stated(String),
    /// Put together from series, edition and country, because no title is stated.
    Described(String),
}

/// What kind of publication a work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorkKind {
    /// A report that stands on its own.
    Report,
    /// A chapter of a report, such as the part of a yearly report that is on one country.
    Chapter,
    /// A page of which neither publisher nor series is known.
    WebPage,
}

impl Title {
    /// The words.
    pub fn text(&self) -> &str {
        match self {
            Title::Stated(text) | Title::Described(text) => text,
        }
    }
}

impl Work {
    /// The work that a document holds.
    pub fn of(record: &DocumentRecord, facts: SourceFacts<'_>) -> Self {
        let metadata = &record.metadata;
        let summary = record.summary();
        let (title, container) = titles(&summary);
        let publisher = summary.publisher.map(|publisher| publisher.name);
        let (url, archived) = archived(summary.url);
        Self {
            document: record.id.clone(),
            sha256: metadata.sha256,
            authors: authors(metadata.authors.value.clone(), facts, publisher.as_deref()),
            publisher,
            place: owned(facts.place),
            title,
            container,
            edition: summary.edition,
            period: summary.period,
            published: summary.published,
            captured: summary.captured,
            added: metadata.added,
            url,
            archived,
            extent: summary.extent,
            digest_of: summary.digest_of,
            language: metadata.language.value.clone(),
            licence: licence(metadata, facts),
            description: owned(facts.description),
        }
    }

    /// What kind of publication it is.
    pub fn kind(&self) -> WorkKind {
        match (&self.container, &self.publisher, &self.url) {
            (Some(_), ..) => WorkKind::Chapter,
            (None, None, Some(_)) => WorkKind::WebPage,
            _ => WorkKind::Report,
        }
    }

    /// The people and institutions to name first: the authors, or the publisher where no author is
    /// known.
    pub fn responsible(&self) -> Vec<Author> {
        let publisher = || self.publisher.iter().map(|name| institution(name)).collect();
        if self.authors.is_empty() { publisher() } else { self.authors.clone() }
    }

    /// Whether the publisher is already named as the one responsible.
    pub fn is_published_by_its_author(&self) -> bool {
        match (&self.authors[..], &self.publisher) {
            ([], Some(_)) => true,
            (authors, Some(publisher)) => authors.iter().any(|author| author.name == *publisher),
            (_, None) => false,
        }
    }

    /// What every citation of it must say besides where it is: that it is a digest, and of what;
    /// that only part of the work is held. `None` where there is nothing to say.
    pub fn caution(&self) -> Option<String> {
        let digest = self.digest_of.as_ref().map(crate::attribution::digest_line);
        let extent = extent_line(self.extent).map(|extent| format!("{extent} held"));
        let parts: Vec<String> = digest.into_iter().chain(extent).collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// The work's address, the publisher's own where it is known.
    pub fn address(&self) -> Option<&str> {
        self.url.as_deref().or_else(|| self.archived.as_ref().map(|copy| copy.url.as_str()))
    }
}

/// An institution of this name.
pub(crate) fn institution(name: &str) -> Author {
    Author { name: name.to_owned(), kind: AuthorKind::Institution }
}

/// The authors the document states, else the part of the publisher that writes the series.
fn authors(
    stated: Option<Vec<Author>>,
    facts: SourceFacts<'_>,
    publisher: Option<&str>,
) -> Vec<Author> {
    match (stated, facts.author) {
        (Some(stated), _) if !stated.is_empty() => stated,
        (_, Some(unit)) if Some(unit) != publisher => vec![institution(unit)],
        _ => Vec::new(),
    }
}

/// The terms that are stated for it. Those found for a digest are its original's, and are not its own.
fn licence(metadata: &Metadata, facts: SourceFacts<'_>) -> Option<String> {
    if metadata.digest_of.is_some() {
        return None;
    }
    metadata.licence.value.clone().or_else(|| owned(facts.licence))
}

/// The title, and the work it is a chapter of. A title that holds its series' name stands on its own;
/// a country that neither of them names is added.
fn titles(document: &DocumentSummary) -> (Option<Title>, Option<String>) {
    let title = document.title.as_deref();
    let series = document.series.as_ref().map(|series| series.name.as_str());
    let country = document.country.map(|country| country.name());
    let unnamed = |text: &str| document.country.filter(|country| !names(text, *country));
    match (title, series) {
        (Some(title), Some(series)) if !holds(title, series) => {
            let container = edition_of(series, document, title);
            let title = match unnamed(title).filter(|country| !names(&container, *country)) {
                Some(country) => Title::Described(format!("{title}: {}", country.name())),
                None => Title::Stated(title.to_owned()),
            };
            (Some(title), Some(container))
        }
        (Some(title), _) => match unnamed(title) {
            Some(country) => (Some(Title::Described(format!("{title}: {}", country.name()))), None),
            None => (Some(Title::Stated(title.to_owned())), None),
        },
        (None, Some(series)) => {
            let series = edition_of(series, document, "");
            let name = match country {
                Some(country) => format!("{series}: {country}"),
                None => series,
            };
            (Some(Title::Described(name)), None)
        }
        (None, None) => (None, None),
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}
