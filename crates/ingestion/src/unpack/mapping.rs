//! Which field of a data set's records is what: given by the user (`text=summary,country=name`), or
//! guessed from the names and values of the first records, to be shown before it is used.

use std::fmt;
use std::str::FromStr;

use model::Country;
use serde_json::{Map, Value};

/// The fields of a record, by what they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// The report's text; several fields are joined as paragraphs.
    pub text: Vec<String>,
    /// The country it is on.
    pub country: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The day it came out.
    pub published: Option<String>,
    /// The day its bytes were taken from the publisher.
    pub captured: Option<String>,
    /// The time it covers.
    pub period: Option<String>,
    /// Who wrote it: a name, or a list of names.
    pub author: Option<String>,
    /// The language it is written in.
    pub language: Option<String>,
    /// Under which terms its text may be used.
    pub licence: Option<String>,
    /// The record's own id: the name of its place in the data set, instead of its number.
    pub id: Option<String>,
}

/// Why a mapping cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MappingError {
    /// A part of it is not `what=field`.
    #[error("`{0}` is no mapping: write, for example, text=summary,country=name,url=url")]
    Syntax(String),
    /// It names something that records are not asked for.
    #[error(
        "`{0}` is nothing a record is asked for: text, country, title, url, published, captured, period, author, language, licence, id"
    )]
    Unknown(String),
    /// It does not say where the text is.
    #[error(
        "the mapping does not say which field holds the text: add text=FIELD; the records have {0}"
    )]
    NoText(String),
}

/// Names that fields of texts have, the likeliest first.
const TEXTS: &[&str] =
    &["text", "summary", "body", "content", "details", "text_excerpt", "excerpt", "description"];

impl Mapping {
    /// Guesses from the fields of some records. `None` when no field is plainly the text.
    pub fn guess(records: &[Map<String, Value>]) -> Option<Self> {
        let named = |names: &[&str]| {
            let holds = |name: &&&str| records.iter().any(|r| r.get(**name).is_some_and(is_value));
            names.iter().find(holds).map(|name| (*name).to_owned())
        };
        let is_text = |record: &Map<String, Value>, name: &str| {
            record.get(name).and_then(Value::as_str).is_some_and(|text| !text.trim().is_empty())
        };
        let text = TEXTS.iter().find(|name| records.iter().any(|r| is_text(r, name)))?;
        // A field is taken for the country only if most of its values are countries.
        let names_countries = |name: &&&str| {
            let is_country = |record: &&Map<String, Value>| {
                record
                    .get(**name)
                    .and_then(Value::as_str)
                    .is_some_and(|v| Country::find(v).is_some())
            };
            records.iter().filter(is_country).count() * 2 > records.len()
        };
        let country = ["country", "name", "title"].iter().find(names_countries);
        let country = country.map(|name| (*name).to_owned());
        let is_names = |value: &Value| match value {
            Value::Array(names) => !names.is_empty() && names.iter().all(Value::is_string),
            other => other.is_string(),
        };
        let names_authors =
            |name: &&&str| records.iter().any(|r| r.get(**name).is_some_and(is_names));
        let author = ["author", "authors"].iter().find(names_authors);
        let title = named(&["title", "headline"]).filter(|title| Some(title) != country.as_ref());
        Some(Self {
            text: vec![(*text).to_owned()],
            country,
            title,
            url: named(&["url", "link"]),
            published: named(&["published", "published_at", "date"]),
            captured: named(&["captured", "captured_at", "archived_at", "retrieved"]),
            period: named(&["period", "year"]),
            author: author.map(|name| (*name).to_owned()),
            language: named(&["language", "lang"]),
            licence: named(&["licence", "license"]),
            // The number of a record finds it in the file; an id only where that is asked for.
            id: None,
        })
    }

    /// The names of all fields it uses.
    pub(super) fn names(&self) -> impl Iterator<Item = &String> {
        let single = [
            &self.country,
            &self.title,
            &self.url,
            &self.published,
            &self.captured,
            &self.period,
            &self.author,
            &self.language,
            &self.licence,
            &self.id,
        ];
        self.text.iter().chain(single.into_iter().flatten())
    }
}

fn is_value(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_))
}

impl FromStr for Mapping {
    type Err = MappingError;

    fn from_str(written: &str) -> Result<Self, MappingError> {
        let mut mapping = Self::default();
        for part in written.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let (what, field) =
                part.split_once('=').ok_or_else(|| MappingError::Syntax(part.to_owned()))?;
            let (what, field) = (what.trim(), field.trim().to_owned());
            if field.is_empty() {
                return Err(MappingError::Syntax(part.to_owned()));
            }
            match what {
                "text" => mapping.text.push(field),
                "country" => mapping.country = Some(field),
                "title" => mapping.title = Some(field),
                "url" => mapping.url = Some(field),
                "published" => mapping.published = Some(field),
                "captured" => mapping.captured = Some(field),
                "period" => mapping.period = Some(field),
                "author" => mapping.author = Some(field),
                "language" => mapping.language = Some(field),
                "licence" => mapping.licence = Some(field),
                "id" => mapping.id = Some(field),
                other => return Err(MappingError::Unknown(other.to_owned())),
            }
        }
        if mapping.text.is_empty() {
            return Err(MappingError::NoText("the fields of the data set".to_owned()));
        }
        Ok(mapping)
    }
}

impl fmt::Display for Mapping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text.iter().map(|field| ("text", Some(field)));
        let single = [
            ("country", self.country.as_ref()),
            ("title", self.title.as_ref()),
            ("url", self.url.as_ref()),
            ("published", self.published.as_ref()),
            ("captured", self.captured.as_ref()),
            ("period", self.period.as_ref()),
            ("author", self.author.as_ref()),
            ("language", self.language.as_ref()),
            ("licence", self.licence.as_ref()),
            ("id", self.id.as_ref()),
        ];
        let parts =
            text.chain(single).filter_map(|(what, field)| Some(format!("{what}={}", field?)));
        f.write_str(&parts.collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(value: Value) -> Map<String, Value> {
        value.as_object().cloned().unwrap_or_default()
    }

    #[test]
    fn fields_are_guessed_from_names_and_values() {
        let guess = |value: Value| Mapping::guess(&[record(value)]).map(|m| m.to_string());
        assert_eq!(
            guess(json!({"name": "Peru", "year": 2021, "url": "https://x", "summary": "A text."})),
            Some(
                "text=summary,country=name,url=https://x".replace("https://x", "url")
                    + ",period=year"
            )
        );
        // A title that names a country is the country; a name that names none is nothing.
        assert_eq!(
            guess(json!({"title": "Peru", "text_excerpt": "A text."})),
            Some("text=text_excerpt,country=title".to_owned())
        );
        assert_eq!(
            guess(json!({"name": "Smith", "text": "A text."})),
            Some("text=text".to_owned())
        );
        assert_eq!(guess(json!({"a": 1, "b": [2]})), None);
    }

    #[test]
    fn authors_may_be_a_list_and_other_facts_may_not_be_objects() {
        let record = record(json!({"text": "A.", "authors": ["B", "C"], "license": {"a": 1}}));
        let guessed = Mapping::guess(&[record]).map(|mapping| mapping.to_string());
        assert_eq!(guessed.as_deref(), Some("text=text,author=authors"));
    }

    #[test]
    fn a_written_mapping_is_read_back_and_a_wrong_one_says_what_is_wrong() {
        let written = "text=a,text=b,country=c,url=u,id=i";
        assert_eq!(written.parse::<Mapping>().map(|m| m.to_string()), Ok(written.to_owned()));
        assert_eq!("text".parse::<Mapping>(), Err(MappingError::Syntax("text".into())));
        assert_eq!("txt=a".parse::<Mapping>(), Err(MappingError::Unknown("txt".into())));
        assert!(matches!("country=c".parse::<Mapping>(), Err(MappingError::NoText(_))));
    }
}
