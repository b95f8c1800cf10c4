//! XML as a run of events, for the readers of packed formats.
//!
//! Elements go by their local names: the prefix is a writer's choice. Nothing outside the bytes is
//! ever fetched, and no entity is known but those of XML itself and numbers, so none can grow. How
//! deep elements nest and how many attributes are looked at is bounded. What is not well-formed is
//! an error, not a guess.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::{BytesEnd, BytesStart, Event as Raw};

use super::ReadError;
use super::encoding;

/// The greatest depth of elements.
const DEEPEST: usize = 512;

/// The most attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 256;

/// What is met in XML. An empty element opens and closes.
pub(super) enum Event<'a> {
    /// An element begins.
    Open(Element<'a>),
    /// Text, as it is after entities; a stretch may come in several pieces.
    Text(Cow<'a, str>),
    /// An element ends.
    Close(End<'a>),
}

/// The beginning of an element.
pub(super) struct Element<'a>(BytesStart<'a>);

/// The end of an element.
pub(super) struct End<'a>(BytesEnd<'a>);

impl Element<'_> {
    /// Its name, without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of the attribute of this local name; the first, where prefixes differ.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let mut attributes = attributes.take(MOST_ATTRIBUTES).flatten();
        let found = attributes.find(|found| found.key.local_name().into_inner() == name)?;
        Some(match unescape(&found.value) {
            Ok(value) => value.into_owned(),
            Err(_) => found.value.into_owned(),
        })
    }
}

impl End<'_> {
    /// Its name, without a prefix.
    pub(super) fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }
}

/// Goes through XML, its parts in order. `kind` and `part` are for errors.
///
/// # Errors
/// When the bytes are no text, or not well-formed XML within bounds; or what `visit` returns.
pub(super) fn walk(
    kind: &'static str,
    part: &str,
    bytes: &[u8],
    mut visit: impl FnMut(Event<'_>),
) -> Result<(), ReadError> {
    let fault =
        |what: &str| ReadError::Damaged { kind, place: format!("its part {part:?} {what}") };
    let decoded = encoding::decode(bytes).map_err(|_| fault("is not text"))?;
    let mut reader = Reader::from_str(&decoded.text);
    reader.config_mut().expand_empty_elements = true;
    let (mut depth, mut elements) = (0_usize, 0_usize);
    loop {
        let event = reader.read_event().map_err(|_| {
            fault(&format!("is not well-formed at byte {}", reader.error_position()))
        })?;
        match event {
            Raw::Start(element) => {
                depth += 1;
                elements += 1;
                if depth > DEEPEST {
                    let limit = format!("its part {part:?} nests deeper than {DEEPEST} elements");
                    return Err(ReadError::TooLarge { kind, limit });
                }
                visit(Event::Open(Element(element)));
            }
            Raw::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Event::Close(End(end)));
            }
            Raw::Text(text) => visit(Event::Text(text.into_inner())),
            Raw::CData(text) => visit(Event::Text(text.into_inner())),
            Raw::GeneralRef(name) => {
                let c = match &*name {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => name.resolve_char_ref().ok().flatten(),
                };
                let unknown = || fault(&format!("uses &{};, which XML does not define", &*name));
                let c = c.ok_or_else(unknown)?;
                visit(Event::Text(Cow::Borrowed(c.encode_utf8(&mut [0; 4]))));
            }
            Raw::Eof if depth > 0 => return Err(fault("is cut short")),
            Raw::Eof if elements == 0 => return Err(fault("holds no XML")),
            Raw::Eof => return Ok(()),
            Raw::Empty(_) | Raw::Comment(_) | Raw::Decl(_) | Raw::PI(_) | Raw::DocType(_) => {}
        }
    }
}

/// What a file states about itself in the words of Dublin Core: Word files, OpenDocument texts and
/// EPUB books all do.
#[derive(Default)]
pub(super) struct Stated {
    /// Every element without elements in it: local name, attribute `event`, text.
    pub(super) facts: Vec<(String, Option<String>, String)>,
}

/// The most facts that are kept.
const MOST_FACTS: usize = 256;

impl Stated {
    /// Reads the facts of a part.
    pub(super) fn read(kind: &'static str, part: &str, bytes: &[u8]) -> Result<Self, ReadError> {
        let mut stated = Self::default();
        let mut open: Option<(String, Option<String>, String)> = None;
        walk(kind, part, bytes, |event| match event {
            Event::Open(element) => {
                let about = element.attribute("event").or_else(|| element.attribute("property"));
                open = Some((element.name().to_owned(), about, String::new()));
            }
            Event::Text(text) => {
                if let Some((_, _, value)) = &mut open {
                    value.push_str(&text);
                }
            }
            Event::Close(_) => {
                if let Some(mut fact) = open.take().filter(|_| stated.facts.len() < MOST_FACTS) {
                    fact.2 = crate::normalise::normalise(&fact.2).into_owned();
                    if !fact.2.is_empty() {
                        stated.facts.push(fact);
                    }
                }
            }
        })?;
        Ok(stated)
    }

    /// The first fact of this name.
    pub(super) fn first(&self, name: &str) -> Option<String> {
        let found = self.facts.iter().find(|(found, _, _)| found == name);
        found.map(|(_, _, value)| value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript(xml: &str) -> Result<String, ReadError> {
        let mut out = String::new();
        walk("a Word file (DOCX)", "x.xml", xml.as_bytes(), |event| match event {
            Event::Open(element) => {
                out.push_str(&format!("<{}", element.name()));
                if let Some(value) = element.attribute("val") {
                    out.push_str(&format!("={value}"));
                }
                out.push('>');
            }
            Event::Text(text) => out.push_str(&text),
            Event::Close(end) => out.push_str(&format!("</{}>", end.name())),
        })?;
        Ok(out)
    }

    #[test]
    fn empty_elements_entities_and_cdata() {
        assert_eq!(
            transcript("<w:a><w:b w:val='1 &amp; 2'/>x &lt; &#233;<![CDATA[ & ]]></w:a>")
                .expect("read"),
            "<a><b=1 & 2></b>x < é & </a>"
        );
    }

    #[test]
    fn what_is_not_well_formed_is_an_error() {
        for bad in ["<a><b></a>", "<a>", "<a", "", "plain", "<a>&nbsp;</a>", "<a>&#xFFFFFFFF;</a>"]
        {
            let error = transcript(bad).expect_err(bad);
            assert!(matches!(error, ReadError::Damaged { .. }), "{bad}: {error}");
        }
        let deep = "<a>".repeat(600) + &"</a>".repeat(600);
        assert!(matches!(transcript(&deep), Err(ReadError::TooLarge { .. })));
    }

    #[test]
    fn entities_that_grow_are_not_known() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>";
        let error = transcript(laughs).expect_err("an error").to_string();
        assert!(error.contains("uses &c;, which XML does not define"), "{error}");
    }
}
