//! Selectors of the W3C Web Annotation model for a place in a document's text: the quotation with what
//! stands around it, and its position. They are written as JSON-LD and found again in a text: at the
//! very place, or at another one that reads the same with the same surroundings, which is said; never
//! at a lookalike.

use model::{CharacterRange, ContentHash, TextRange};
use serde::{Deserialize, Serialize};

use crate::find::occurrences;

/// How many scalar values of surroundings are taken at first, and how many there may be in the end.
const SURROUNDINGS: usize = 32;
const MOST_SURROUNDINGS: usize = 4_096;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// A place in a document's text, described so that it can be found again.
///
/// Made by [`Selectors::of`], the quotation with its surroundings stands in that text once only,
/// unless 4,096 scalar values on either side do not tell it from another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selectors {
    /// The words.
    pub exact: String,
    /// What stands directly before them.
    pub prefix: String,
    /// What stands directly after them.
    pub suffix: String,
    /// Their place, in Unicode scalar values of the document's text.
    pub position: CharacterRange,
}

/// What became of a place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text reads so at the very position.
    InPlace(TextRange),
    /// It reads so, surroundings included, at one other position: text was put in or taken out before
    /// it.
    Moved(TextRange),
    /// It reads so at several other positions, so that none of them is meant for certain.
    Ambiguous {
        /// How many.
        places: usize,
    },
    /// It reads so nowhere.
    Orphaned,
}

/// What an annotation is about: one of these names its source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The address of the source; its captured bytes name it where there is none.
    pub url: Option<String>,
    /// SHA-256 of the captured bytes.
    pub sha256: ContentHash,
    /// When the bytes were captured, in ISO 8601.
    pub captured: Option<String>,
    /// The address of a copy in a public archive.
    pub archived: Option<String>,
}

/// An annotation that is not one, or has no selectors that forb knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidAnnotation {
    /// The text is no annotation in JSON-LD.
    #[error("this is no web annotation ({0}): give JSON-LD with a `target` that has selectors")]
    NotAnnotation(String),
    /// One of the two selectors is missing.
    #[error("the annotation has no {0}: give both a TextQuoteSelector and a TextPositionSelector")]
    Missing(&'static str),
}

#[derive(Serialize, Deserialize)]
struct Annotation {
    #[serde(rename = "@context")]
    context: String,
    #[serde(rename = "type")]
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    motivation: Option<String>,
    target: AnnotationTarget,
}

#[derive(Serialize, Deserialize)]
struct AnnotationTarget {
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TimeState>,
    selector: Vec<Selector>,
}

#[derive(Serialize, Deserialize)]
struct TimeState {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "sourceDate", skip_serializing_if = "Option::is_none")]
    source_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cached: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextQuoteSelector")]
    Quote {
        exact: String,
        #[serde(default)]
        prefix: String,
        #[serde(default)]
        suffix: String,
    },
    #[serde(rename = "TextPositionSelector")]
    Position { start: usize, end: usize },
    #[serde(other)]
    Other,
}

impl Selectors {
    /// The selectors of a byte range of a document's text; `None` when the range is empty, leaves the
    /// text or cuts a character. Costs a few passes over the text.
    pub fn of(text: &str, range: TextRange) -> Option<Self> {
        let exact = range.of(text).filter(|words| !words.is_empty())?;
        let position = range.in_characters(text)?;
        let (before, after) = (text.get(..range.start)?, text.get(range.end..)?);
        let mut length = SURROUNDINGS;
        loop {
            let (prefix, suffix) = (last(before, length), first(after, length));
            let joined = format!("{prefix}{exact}{suffix}");
            let whole = joined.len() == text.len();
            if whole || length >= MOST_SURROUNDINGS || occurrences(text, &joined).nth(1).is_none() {
                let (exact, prefix, suffix) = (exact.into(), prefix.into(), suffix.into());
                return Some(Self { exact, prefix, suffix, position });
            }
            length *= 2;
        }
    }

    /// Looks the place up in a text: at its position first, then by its words with their surroundings.
    pub fn find(&self, text: &str) -> Anchor {
        if let Some(place) = self.position.in_bytes(text)
            && self.reads_so(text, place)
        {
            return Anchor::InPlace(place);
        }
        let joined = format!("{}{}{}", self.prefix, self.exact, self.suffix);
        let places: Vec<usize> = occurrences(text, &joined).collect();
        match places[..] {
            [] => Anchor::Orphaned,
            [at] => {
                let start = at + self.prefix.len();
                Anchor::Moved(TextRange::new(start, start + self.exact.len()))
            }
            _ => Anchor::Ambiguous { places: places.len() },
        }
    }

    fn reads_so(&self, text: &str, place: TextRange) -> bool {
        !self.exact.is_empty()
            && place.of(text) == Some(&self.exact)
            && text.get(..place.start).is_some_and(|before| before.ends_with(&self.prefix))
            && text.get(place.end..).is_some_and(|after| after.starts_with(&self.suffix))
    }

    /// A web annotation in JSON-LD that highlights the place.
    pub fn annotation(&self, target: &Target) -> serde_json::Value {
        let state = (target.captured.is_some() || target.archived.is_some()).then(|| TimeState {
            kind: "TimeState".to_owned(),
            source_date: target.captured.clone(),
            cached: target.archived.clone(),
        });
        let (exact, prefix) = (self.exact.clone(), self.prefix.clone());
        let suffix = self.suffix.clone();
        let CharacterRange { start, end } = self.position;
        let annotation = Annotation {
            context: CONTEXT.to_owned(),
            kind: "Annotation".to_owned(),
            motivation: Some("highlighting".to_owned()),
            target: AnnotationTarget {
                source: target.url.clone().unwrap_or_else(|| name_of(target.sha256)),
                state,
                selector: vec![
                    Selector::Quote { exact, prefix, suffix },
                    Selector::Position { start, end },
                ],
            },
        };
        // A structure of strings and numbers always has a JSON form.
        serde_json::to_value(annotation).unwrap_or_default()
    }

    /// Reads the selectors of an annotation back.
    ///
    /// # Errors
    /// When the text is no annotation, or one of the two selectors is missing.
    pub fn from_annotation(json: &str) -> Result<Self, InvalidAnnotation> {
        let annotation: Annotation = serde_json::from_str(json)
            .map_err(|error| InvalidAnnotation::NotAnnotation(error.to_string()))?;
        let (mut quote, mut position) = (None, None);
        for selector in annotation.target.selector {
            match selector {
                Selector::Quote { exact, prefix, suffix } => {
                    quote = Some((exact, prefix, suffix));
                }
                Selector::Position { start, end } => {
                    position = Some(CharacterRange { start, end });
                }
                Selector::Other => {}
            }
        }
        let (exact, prefix, suffix) =
            quote.ok_or(InvalidAnnotation::Missing("TextQuoteSelector"))?;
        let position = position.ok_or(InvalidAnnotation::Missing("TextPositionSelector"))?;
        Ok(Self { exact, prefix, suffix, position })
    }
}

/// The name of captured bytes by their hash, as RFC 6920 writes it: `ni:///sha-256;…`.
pub(crate) fn name_of(hash: ContentHash) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut name = "ni:///sha-256;".to_owned();
    for chunk in hash.0.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..=chunk.len() {
            let index = (bits >> (18 - 6 * digit) & 63) as usize;
            name.push(char::from(ALPHABET[index]));
        }
    }
    name
}

fn first(text: &str, characters: usize) -> &str {
    let end = text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn last(text: &str, characters: usize) -> &str {
    let start = text.char_indices().nth_back(characters.max(1) - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn target() -> Target {
        let sha256 = ContentHash([0; 32]);
        Target { url: None, sha256, captured: None, archived: None }
    }

    #[test]
    fn a_repeated_sentence_is_told_apart_by_what_stands_around_it() {
        let refrain = "There were no reports. ".repeat(20);
        let text = format!("One. {refrain}Two. {refrain}");
        let at = text.rfind("There were").expect("the last one");
        let selectors = Selectors::of(&text, TextRange::new(at, at + 22)).expect("a place");
        let joined = format!("{}{}{}", selectors.prefix, selectors.exact, selectors.suffix);
        assert_eq!(text.matches(&joined).count(), 1);
        assert_eq!(selectors.find(&text), Anchor::InPlace(TextRange::new(at, at + 22)));
    }

    #[test]
    fn a_place_is_never_moved_silently() {
        let text = "First it was so. Then it was not.";
        let selectors = Selectors::of(text, TextRange::new(22, 24)).expect("a place");
        assert_eq!(selectors.exact, "it");
        let later = format!("New. {text}");
        assert_eq!(selectors.find(&later), Anchor::Moved(TextRange::new(27, 29)));
        assert_eq!(selectors.find(&text.replace("not", "now")), Anchor::Orphaned);
        let twice = format!("x{text}{text}");
        assert_eq!(selectors.find(&twice), Anchor::Ambiguous { places: 2 });
        assert_eq!(selectors.find(""), Anchor::Orphaned);
    }

    #[test]
    fn an_annotation_is_json_ld_with_both_selectors() {
        let selectors = Selectors::of("Était-ce “so”?", TextRange::new(10, 18)).expect("a place");
        let named = Target {
            url: Some("https://example.org/".into()),
            captured: Some("2023-01-05".into()),
            ..target()
        };
        let json = selectors.annotation(&named);
        assert_eq!(json["@context"], CONTEXT);
        assert_eq!(json["target"]["source"], "https://example.org/");
        assert_eq!(json["target"]["state"]["sourceDate"], "2023-01-05");
        let [quote, position] = [0, 1].map(|at| &json["target"]["selector"][at]);
        assert_eq!(quote["type"], "TextQuoteSelector");
        assert_eq!(quote["exact"], "“so”");
        assert_eq!(position["type"], "TextPositionSelector");
        assert_eq!((position["start"].as_u64(), position["end"].as_u64()), (Some(9), Some(13)));
        assert_eq!(Selectors::from_annotation(&json.to_string()), Ok(selectors));
    }

    #[test]
    fn a_source_without_an_address_is_named_by_its_bytes() {
        // The example of RFC 6920, section 8.1, is the hash of `Hello World!`.
        let hex = "7f83b1657ff1fc53b92dc18148a1d65dfc2d4b1fa3d677284addd200126d9069";
        let hash = ContentHash::from_hex(hex).expect("a hash");
        assert_eq!(name_of(hash), "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk");
    }

    #[test]
    fn what_is_no_annotation_is_refused_by_name() {
        for (json, word) in [
            ("", "no web annotation"),
            ("[]", "no web annotation"),
            (
                r#"{"@context":"","type":"","target":{"source":"","selector":[]}}"#,
                "TextQuoteSelector",
            ),
            (
                r#"{"@context":"","type":"","target":{"source":"","selector":[{"type":"TextQuoteSelector","exact":"a"},{"type":"FragmentSelector","value":"x"}]}}"#,
                "TextPositionSelector",
            ),
        ] {
            let error = Selectors::from_annotation(json).expect_err(json);
            assert!(error.to_string().contains(word), "{error}");
        }
    }

    proptest! {
        #[test]
        fn every_place_of_every_text_is_found_again(
            text in "([ab] |é|\\n|\\PC){1,80}", a in 0usize..80, b in 0usize..80,
        ) {
            let place = CharacterRange { start: a.min(b), end: a.max(b) };
            let Some(range) = place.in_bytes(&text) else { return Ok(()) };
            match Selectors::of(&text, range) {
                None => prop_assert!(range.is_empty()),
                Some(selectors) => {
                    prop_assert_eq!(selectors.find(&text), Anchor::InPlace(range));
                    let json = selectors.annotation(&target()).to_string();
                    prop_assert_eq!(Selectors::from_annotation(&json), Ok(selectors));
                }
            }
        }
    }
}
