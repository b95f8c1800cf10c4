//! Metadata that a person states: options of `add`, or a file `NAME.meta.toml` beside the source
//! file. Values are checked here, so that what is kept is always meaningful.

use model::{
    Author, AuthorKind, Country, DigestOf, Evidence, Extent, Finding, Metadata, Origin,
    PartialDate, Period, Publisher, Series,
};
use serde::{Deserialize, Serialize};

use crate::language;
use crate::profiles::Profiles;

/// The ending of files that state metadata of the file beside them.
pub const SIDECAR: &str = ".meta.toml";

/// What a person states of a document; everything may be left out. The same names are the keys of
/// a `NAME.meta.toml` file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Stated {
    /// Country: a code or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Publisher: an id or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Series: an id or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Period covered: `2021`, `2020-10/2021-09`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Edition, as the publisher names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edition: Option<String>,
    /// Day, month or year it came out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<PartialDate>,
    /// Day its bytes were taken from the publisher.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captured: Option<PartialDate>,
    /// How much of the work it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extent: Option<Extent>,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Who wrote it, each by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// The language it is written in: a tag such as `en` or `pt-BR`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Under which terms its text may be used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub licence: Option<String>,
    /// The original, when the document is a digest of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest_of: Option<DigestOf>,
}

/// A stated value that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatedError {
    /// No such country.
    #[error("`{name}` is not a known country{}", did_you_mean(near))]
    Country {
        /// What was given.
        name: String,
        /// The nearest names.
        near: Vec<String>,
    },
    /// The series is published by somebody else.
    #[error("series `{series}` is published by {by}, not by `{publisher}`: leave one of them out")]
    SeriesOfAnother {
        /// Id of the series.
        series: String,
        /// Who publishes it.
        by: String,
        /// Who was said to.
        publisher: String,
    },
    /// A value that says nothing, or is not of its kind.
    #[error("the {what} `{value}` {problem}")]
    Value {
        /// Which statement.
        what: &'static str,
        /// What was given.
        value: String,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// The text of the metadata file cannot be read.
    #[error("{0}")]
    Syntax(String),
}

fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; did you mean {}?", near.join(", ")) }
}

impl Stated {
    /// Reads the text of a `NAME.meta.toml` file.
    ///
    /// # Errors
    /// Where the text is not TOML, a key is unknown or a value is not of its kind, with the line.
    pub fn from_toml(text: &str) -> Result<Self, StatedError> {
        toml::from_str(text).map_err(|error| StatedError::Syntax(toml_problem(text, &error)))
    }

    /// Whether nothing is stated.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// These statements, completed by `earlier` ones where they say nothing.
    pub fn or(self, earlier: &Stated) -> Stated {
        let earlier = earlier.clone();
        Stated {
            country: self.country.or(earlier.country),
            publisher: self.publisher.or(earlier.publisher),
            series: self.series.or(earlier.series),
            period: self.period.or(earlier.period),
            edition: self.edition.or(earlier.edition),
            published: self.published.or(earlier.published),
            captured: self.captured.or(earlier.captured),
            extent: self.extent.or(earlier.extent),
            url: self.url.or(earlier.url),
            title: self.title.or(earlier.title),
            authors: if self.authors.is_empty() { earlier.authors } else { self.authors },
            language: self.language.or(earlier.language),
            licence: self.licence.or(earlier.licence),
            digest_of: self.digest_of.or(earlier.digest_of),
        }
    }

    /// Checks what can be checked before any document is read.
    ///
    /// # Errors
    /// Those of [`Stated::check_values`], or a series that another publisher than the stated one
    /// publishes. Publishers and series without a profile are allowed: they become what was written.
    pub fn check(&self, profiles: &Profiles) -> Result<(), StatedError> {
        self.check_values()?;
        if let (Some(series), Some(publisher)) = (&self.series, &self.publisher)
            && let Some(profile) = profiles.find_series(series)
            && profiles.find_publisher(publisher).is_none_or(|p| p.id != profile.publisher)
        {
            return Err(StatedError::SeriesOfAnother {
                series: profile.id.clone(),
                by: profiles.publisher_name(&profile.publisher).to_owned(),
                publisher: publisher.clone(),
            });
        }
        Ok(())
    }

    /// Checks each value by itself.
    ///
    /// # Errors
    /// An unknown country, or a value that says nothing or is not of its kind.
    pub fn check_values(&self) -> Result<(), StatedError> {
        let texts = [
            ("publisher", &self.publisher),
            ("series", &self.series),
            ("title", &self.title),
            ("edition", &self.edition),
            ("url", &self.url),
            ("licence", &self.licence),
            ("language", &self.language),
        ];
        let texts = texts.into_iter().filter_map(|(what, value)| Some((what, value.as_ref()?)));
        for (what, value) in texts.chain(self.authors.iter().map(|author| ("author", author))) {
            let problem = match what {
                _ if slug(value).is_empty() => "holds no letter or digit",
                "language" if language::primary_subtag(value).is_none() => {
                    "is no language tag: write en, fr or pt-BR"
                }
                "url" if !["http://", "https://"].iter().any(|s| value.starts_with(s)) => {
                    "is no address: it begins with https:// or http://"
                }
                _ => continue,
            };
            return Err(StatedError::Value { what, value: value.clone(), problem });
        }
        if let Some(name) = &self.country
            && Country::find(name).is_none()
        {
            let near = Country::nearest(name, 3).into_iter().map(str::to_owned).collect();
            return Err(StatedError::Country { name: name.clone(), near });
        }
        Ok(())
    }

    /// The series id stated, as far as it has a profile.
    pub fn known_series<'a>(&self, profiles: &'a Profiles) -> Option<&'a crate::profiles::Series> {
        profiles.find_series(self.series.as_ref()?)
    }

    /// Adds every statement to what is known of a document, as a witness of kind `origin`.
    pub fn witness(&self, metadata: &mut Metadata, origin: Origin, profiles: &Profiles) {
        let note = match origin {
            Origin::Sidecar => "stated in the metadata file",
            Origin::Record => "a field of the record",
            _ => "stated by the user",
        };
        self.witness_as(metadata, origin, note, profiles);
    }

    /// The same, with a note that says how the statements were made.
    pub(crate) fn witness_as(
        &self,
        metadata: &mut Metadata,
        origin: Origin,
        note: &str,
        profiles: &Profiles,
    ) {
        if let Some(name) = &self.publisher {
            let publisher = match profiles.find_publisher(name) {
                Some(known) => Publisher { id: known.id.clone(), name: known.name.clone() },
                None => Publisher { id: slug(name), name: name.clone() },
            };
            let evidence = Evidence::new(origin, publisher.id.clone(), note);
            metadata.publisher.witness(publisher, evidence);
        }
        if let Some(name) = &self.series {
            let series = match profiles.find_series(name) {
                Some(known) => {
                    let publisher = profiles.publisher(&known.publisher);
                    let why = format!("publisher of the stated series {}", known.name);
                    let evidence = Evidence::new(origin, publisher.id.clone(), why);
                    metadata.publisher.witness(publisher, evidence);
                    Series { id: known.id.clone(), name: known.name.clone() }
                }
                None => Series { id: slug(name), name: name.clone() },
            };
            let evidence = Evidence::new(origin, series.id.clone(), note);
            metadata.series.witness(series, evidence);
        }
        match (&self.country, self.country.as_deref().and_then(Country::find)) {
            (Some(name), Some(country)) => {
                let evidence = Evidence::new(origin, country.code(), note).quoting(name.clone());
                metadata.country.witness(country, evidence);
            }
            // Only a record can name what is no country: people's statements are checked first.
            (Some(name), None) => metadata.country.note(Evidence {
                origin,
                value: None,
                quote: Some(name.clone()),
                note: "no country known to forb".to_owned(),
            }),
            (None, _) => {}
        }
        state(&mut metadata.period, self.period, origin, note);
        state(&mut metadata.published, self.published, origin, note);
        state(&mut metadata.captured, self.captured, origin, note);
        state(&mut metadata.edition, self.edition.clone(), origin, note);
        state(&mut metadata.title, self.title.clone(), origin, note);
        state(&mut metadata.url, self.url.clone(), origin, note);
        state(&mut metadata.licence, self.licence.clone(), origin, note);
        if let Some(tag) = &self.language {
            language::witness(metadata, tag, origin, note);
        }
        if !self.authors.is_empty() {
            let unsaid = |name: &String| Author { name: name.clone(), kind: AuthorKind::Unknown };
            let authors: Vec<Author> = self.authors.iter().map(unsaid).collect();
            let evidence = Evidence::new(origin, Author::list(&authors), note);
            metadata.authors.witness(authors, evidence);
        }
        if let Some(extent) = self.extent {
            metadata.extent.witness(extent, Evidence::new(origin, extent.name(), note));
        }
        if self.digest_of.is_some() {
            metadata.digest_of.clone_from(&self.digest_of);
        }
    }
}

fn state<T: ToString>(finding: &mut Finding<T>, value: Option<T>, origin: Origin, note: &str) {
    if let Some(value) = value {
        let evidence = Evidence::new(origin, value.to_string(), note);
        finding.witness(value, evidence);
    }
}

/// What is wrong with a TOML text, in one line, with the line it stands in.
pub(crate) fn toml_problem(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    let line = before.map_or(1, |before| before.matches('\n').count() + 1);
    format!("line {line}: {}", error.message().replace('\n', " "))
}

/// An id made from a name that has no profile: lower case, words joined by hyphens.
pub(crate) fn slug(name: &str) -> String {
    model::fold(name).replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_metadata_file_states_what_it_names_and_nothing_else() {
        let stated =
            Stated::from_toml("country = \"Kazakhstan\"\nperiod = \"2021\"").expect("valid");
        assert_eq!(stated.country.as_deref(), Some("Kazakhstan"));
        assert_eq!(stated.period.map(|p| p.to_string()).as_deref(), Some("2021"));
        assert_eq!(stated.url, None);
    }

    #[test]
    fn a_misspelt_key_or_value_is_an_error_with_its_line() {
        for (text, word) in [("contry = \"KZ\"", "contry"), ("period = \"last year\"", "last year")]
        {
            let error = Stated::from_toml(text).expect_err(text).to_string();
            assert!(error.contains(word) && error.contains("line 1"), "{error}");
        }
    }

    #[test]
    fn statements_that_say_nothing_are_refused() {
        let some = |value: &str| Some(value.to_owned());
        for stated in [
            Stated { publisher: some("  "), ..Stated::default() },
            Stated { series: some("🕌"), ..Stated::default() },
            Stated { title: some(""), ..Stated::default() },
            Stated { url: some("javascript:alert(1)"), ..Stated::default() },
        ] {
            assert!(stated.check(Profiles::built_in()).is_err(), "{stated:?}");
        }
    }

    #[test]
    fn an_unknown_country_names_the_nearest() {
        let stated = Stated { country: Some("Kazahkstan".into()), ..Stated::default() };
        let error = stated.check(Profiles::built_in()).expect_err("unknown").to_string();
        assert!(error.starts_with("`Kazahkstan` is not a known country; did you mean Kazakhstan,"));
    }

    #[test]
    fn a_series_of_another_publisher_is_refused() {
        let stated = Stated {
            publisher: Some("Open Doors".into()),
            series: Some("us-state-crt".into()),
            ..Stated::default()
        };
        let error = stated.check(Profiles::built_in()).expect_err("contradiction").to_string();
        assert!(error.contains("U.S. Department of State"), "{error}");
    }

    #[test]
    fn a_publisher_without_a_profile_is_kept_as_written() {
        let mut metadata = Metadata::of_capture(model::ContentHash([0; 32]));
        let stated = Stated { publisher: Some("Forum Eighteen".into()), ..Stated::default() };
        stated.witness(&mut metadata, Origin::User, Profiles::built_in());
        let publisher = metadata.publisher.value.expect("known");
        assert_eq!(
            (publisher.id.as_str(), publisher.name.as_str()),
            ("forum-eighteen", "Forum Eighteen")
        );
    }
}
