//! Data sets: JSON (an object of records by key, an array of them, or one), JSON Lines, CSV and TSV.
//! Each record becomes a source file of its own: its bytes are the record's bytes, its text the
//! field that holds the text, and its other fields state what they are mapped to.

use std::borrow::Cow;
use std::fmt;
use std::io::Read;

use model::{Extent, PartOf, PartialDate, Period};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::mapping::{Mapping, MappingError};
use crate::source::{RecordContent, SourceFile};
use crate::stated::Stated;

/// From how many records the mapping is guessed.
const SAMPLE: usize = 50;

/// The records of a data set, one after the other.
pub struct Records<'a> {
    capture: &'a SourceFile,
    raw: Box<dyn Iterator<Item = RawRecord<'a>> + Send + 'a>,
    /// Which field is what.
    pub mapping: Mapping,
    /// Whether the mapping was guessed.
    pub guessed: bool,
}

/// A record as it stands in the data set.
pub(super) struct RawRecord<'a> {
    pub(super) place: String,
    pub(super) bytes: Cow<'a, [u8]>,
    pub(super) fields: Result<Map<String, Value>, String>,
}

/// A record, or its place and why it cannot be read.
pub type Record = Result<SourceFile, (String, String)>;

impl<'a> Records<'a> {
    /// The records of a capture whose content is a data set; `None` when it is none.
    ///
    /// # Errors
    /// When the mapping names no field that holds the text.
    pub(super) fn of(
        capture: &'a SourceFile,
        content: &'a [u8],
        asked: Option<&Mapping>,
    ) -> Result<Option<Self>, MappingError> {
        match json(content).or_else(|| lines(content)).or_else(|| rows(content, asked)) {
            Some(records) => Self::mapped(capture, records, asked),
            None => Ok(None),
        }
    }

    /// Records, with the mapping asked for or guessed from the first of them; `None` when none fits.
    ///
    /// # Errors
    /// When the mapping names no field that holds the text.
    pub(super) fn mapped(
        capture: &'a SourceFile,
        mut records: Found<'a>,
        asked: Option<&Mapping>,
    ) -> Result<Option<Self>, MappingError> {
        let mut sample = Vec::new();
        let mut first = Vec::new();
        while first.len() < SAMPLE
            && let Some(record) = records.next()
        {
            sample.extend(record.fields.clone().ok());
            first.push(record);
        }
        let guessed = asked.is_none();
        let mapping = match asked {
            Some(mapping) => mapping.clone(),
            None => match Mapping::guess(&sample) {
                Some(mapping) => mapping,
                None => return Ok(None),
            },
        };
        if !sample.is_empty()
            && !mapping.text.iter().any(|f| sample.iter().any(|r| r.contains_key(f)))
        {
            let mut known: Vec<&str> =
                sample.iter().flat_map(|r| r.keys().map(String::as_str)).collect();
            known.sort_unstable();
            known.dedup();
            known.truncate(20);
            return Err(MappingError::NoText(known.join(", ")));
        }
        let raw = Box::new(first.into_iter().chain(records));
        Ok(Some(Self { capture, raw, mapping, guessed }))
    }

    fn source(&self, record: RawRecord<'_>) -> Record {
        let RawRecord { place, bytes, fields } = record;
        let fields = fields.map_err(|problem| (place.clone(), problem))?;
        let name = format!("{}: {place}", self.capture.name());
        let mut source = SourceFile::new(name, bytes.into_owned());
        source.by_user = self.capture.by_user.clone();
        source.by_sidecar = self.capture.by_sidecar.clone();
        source.added = self.capture.added;
        source.by_record = self.stated(&fields);
        source.record = Some(self.content(&fields));
        source.part_of = Some(PartOf {
            sha256: self.capture.sha256(),
            file_name: self.capture.name().to_owned(),
            place,
        });
        Ok(source)
    }

    /// A field named for a summary or an excerpt holds no more than that.
    fn extent(&self) -> Option<Extent> {
        let named = |word: &str| self.mapping.text.iter().any(|field| field.contains(word));
        if named("excerpt") {
            Some(Extent::Excerpt)
        } else {
            named("summary").then_some(Extent::Summary)
        }
    }

    fn content(&self, fields: &Map<String, Value>) -> RecordContent {
        let texts = self.mapping.text.iter().filter_map(|field| fields.get(field)).map(written);
        let used: Vec<&String> = self.mapping.names().collect();
        let others = fields.iter().filter(|(name, _)| !used.contains(name));
        RecordContent {
            text: texts.collect::<Vec<_>>().join("\n\n"),
            others: others.map(|(name, value)| (name.clone(), written(value))).collect(),
        }
    }

    fn stated(&self, fields: &Map<String, Value>) -> Stated {
        let value = |field: &Option<String>| {
            let value = fields.get(field.as_ref()?).map(written)?;
            Some(value).filter(|value| !value.trim().is_empty())
        };
        // Of a time stamp only the day counts.
        let date = |field: &Option<String>| -> Option<PartialDate> {
            let value = value(field)?;
            value.parse().ok().or_else(|| value.get(..10)?.parse().ok())
        };
        Stated {
            country: value(&self.mapping.country),
            title: value(&self.mapping.title),
            url: value(&self.mapping.url),
            published: date(&self.mapping.published),
            captured: date(&self.mapping.captured),
            period: value(&self.mapping.period).and_then(|v| v.parse::<Period>().ok()),
            extent: self.extent(),
            ..Stated::default()
        }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let record = self.raw.next()?;
        Some(self.source(record))
    }
}

impl fmt::Debug for Records<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Records").field("mapping", &self.mapping).finish_non_exhaustive()
    }
}

/// A value as text: strings as they are, lists as paragraphs, everything else as JSON writes it.
fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        Value::Array(items) => items.iter().map(written).collect::<Vec<_>>().join("\n\n"),
        other => other.to_string(),
    }
}

/// Records as they stand, one after the other.
pub(super) type Found<'a> = Box<dyn Iterator<Item = RawRecord<'a>> + Send + 'a>;

pub(super) fn raw_record<'a>(place: String, bytes: impl Into<Cow<'a, [u8]>>) -> RawRecord<'a> {
    let bytes = bytes.into();
    let fields = serde_json::from_slice(&bytes).map_err(|error| format!("is no record: {error}"));
    RawRecord { place, bytes, fields }
}

/// The records of a JSON file: an object of objects, an array of objects, or one object.
fn json(content: &[u8]) -> Option<Found<'_>> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    if !matches!(content.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return None;
    }
    let Entries(entries) = serde_json::from_slice(content).ok()?;
    let is_object = |raw: &RawValue| raw.get().starts_with('{');
    if !entries.is_empty() && entries.iter().all(|(_, raw)| is_object(raw)) {
        let records = entries.into_iter().map(|(key, raw)| raw_record(key, raw.get().as_bytes()));
        return Some(Box::new(records));
    }
    let whole = raw_record("the only record".to_owned(), content);
    whole.fields.is_ok().then(|| Box::new(std::iter::once(whole)) as Found<'_>)
}

/// The values of a JSON object or array, unread, with their keys or numbers.
struct Entries<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Entries<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EntriesVisitor)
    }
}

struct EntriesVisitor;

impl<'de> Visitor<'de> for EntriesVisitor {
    type Value = Entries<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry::<String, &RawValue>()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Entries<'de>, A::Error> {
        let mut entries = Vec::new();
        while let Some(value) = sequence.next_element::<&RawValue>()? {
            entries.push((format!("record {}", entries.len() + 1), value));
        }
        Ok(Entries(entries))
    }
}

/// The records of JSON Lines: the first two lines are objects.
fn lines(content: &[u8]) -> Option<Found<'_>> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    if !are_lines(content) {
        return None;
    }
    let numbered = (1u64..).zip(content.split(|&byte| byte == b'\n'));
    Some(Box::new(
        numbered
            .filter(|(_, line)| !line.trim_ascii().is_empty())
            .map(|(number, line)| raw_record(format!("line {number}"), line.trim_ascii())),
    ))
}

/// Whether the first two lines that are not empty are objects.
pub(super) fn are_lines(content: &[u8]) -> bool {
    let kept = |line: &&[u8]| !line.trim_ascii().is_empty();
    let is_object = |line: &[u8]| serde_json::from_slice::<Map<String, Value>>(line).is_ok();
    let mut first = content.split(|&byte| byte == b'\n').filter(kept).take(2);
    first.next().is_some_and(is_object) && first.next().is_none_or(is_object)
}

/// The rows of CSV or TSV. A text full of commas is no table: the first row must be names of fields
/// of which one is plainly the text (or is the one asked for), and the second as long.
fn rows<'a>(content: &'a [u8], asked: Option<&Mapping>) -> Option<Found<'a>> {
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    rows_of(content, fitting(content, asked)?)
}

/// What parts the cells of a table whose first row names fields that `fit`.
pub(super) fn delimiter(content: &[u8], fit: impl Fn(&[String]) -> bool) -> Option<u8> {
    [b',', b'\t', b';'].into_iter().find(|&delimiter| {
        let names = header(&mut table(content, delimiter));
        names.is_some_and(|names| names.len() >= 2 && fit(&names))
    })
}

/// What parts the cells of a table whose first row this is, if one of them is the text.
pub(super) fn fitting(first: &[u8], asked: Option<&Mapping>) -> Option<u8> {
    delimiter(first, |names| holds_text(names, asked))
}

/// Whether one of these fields is plainly the text, or the one asked for, and none stands twice.
fn holds_text(names: &[String], asked: Option<&Mapping>) -> bool {
    let sample: Map<String, Value> =
        names.iter().map(|name| (name.clone(), Value::String("text".to_owned()))).collect();
    let fits = match asked {
        Some(mapping) => mapping.text.iter().all(|field| sample.contains_key(field)),
        None => Mapping::guess(std::slice::from_ref(&sample)).is_some(),
    };
    sample.len() == names.len() && fits
}

fn table<R: Read>(content: R, delimiter: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(content)
}

fn header<R: Read>(table: &mut csv::Reader<R>) -> Option<Vec<String>> {
    Some(table.headers().ok()?.iter().map(|name| name.trim().to_owned()).collect())
}

/// The rows of a table, whose first names the fields.
pub(super) fn rows_of<'a>(content: impl Read + Send + 'a, delimiter: u8) -> Option<Found<'a>> {
    let mut reader = table(content, delimiter);
    let names = header(&mut reader)?;
    let rows = (2u64..).zip(reader.into_byte_records()).map(move |(number, row)| {
        let place = format!("row {number}");
        match row {
            Ok(row) => {
                RawRecord { place, bytes: joined(&row).into(), fields: row_fields(&names, &row) }
            }
            Err(error) => {
                let fields = Err(format!("is no row: {error}"));
                RawRecord { place, bytes: Cow::Borrowed(&[]), fields }
            }
        }
    });
    Some(Box::new(rows))
}

/// The cells of a row as bytes to hash, parted by a character that no text holds.
fn joined(row: &csv::ByteRecord) -> Vec<u8> {
    row.iter().collect::<Vec<_>>().join(&b'\x1f')
}

fn row_fields(names: &[String], row: &csv::ByteRecord) -> Result<Map<String, Value>, String> {
    if row.len() != names.len() {
        return Err(format!("has {} cells instead of {}", row.len(), names.len()));
    }
    let cells = row.iter().map(|cell| match std::str::from_utf8(cell) {
        Ok(text) => Ok(Value::String(text.to_owned())),
        Err(_) => Err("is not UTF-8: save the table as UTF-8".to_owned()),
    });
    names.iter().cloned().zip(cells).map(|(name, cell)| Ok((name, cell?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unpack::{Opened, Parts};
    use proptest::prelude::*;

    /// The records of a file, each as `place: text | what it states`.
    fn read(content: &str, mapping: Option<&str>) -> Vec<String> {
        let source = SourceFile::new("set", content.as_bytes());
        let opened = Opened::new(&source).expect("open");
        let mapping = mapping.map(|m| m.parse::<Mapping>().expect("a mapping"));
        match opened.parts(mapping.as_ref()).expect("parts") {
            Parts::One(_) => vec!["one document".to_owned()],
            Parts::Records(records) => records
                .map(|record| match record {
                    Ok(source) => {
                        let place = source.part_of.map(|p| p.place).unwrap_or_default();
                        let country = source.by_record.country.unwrap_or_default();
                        format!("{place}: {} | {country}", source.record.unwrap_or_default().text)
                    }
                    Err((place, problem)) => format!("{place}! {problem}"),
                })
                .collect(),
        }
    }

    #[test]
    fn every_shape_of_data_set_gives_its_records() {
        let keyed = r#"{"Peru": {"name": "Peru", "summary": "A."}, "Chad": {"name": "Chad", "summary": "B."}}"#;
        assert_eq!(read(keyed, None), ["Peru: A. | Peru", "Chad: B. | Chad"]);
        let array = r#"[{"country": "Peru", "text": "A."}, {"country": "Chad", "text": "B."}]"#;
        assert_eq!(read(array, None), ["record 1: A. | Peru", "record 2: B. | Chad"]);
        let one = r#"{"title": "Peru", "text_excerpt": "A.", "key_findings": ["x"]}"#;
        assert_eq!(read(one, None), ["the only record: A. | Peru"]);
        let lines = "{\"text\": \"A.\"}\n\n{\"text\": \"B.\"}\n{\"text\": \n";
        let read_lines = read(lines, None);
        assert_eq!(read_lines[..2], ["line 1: A. | ", "line 3: B. | "]);
        assert!(read_lines[2].starts_with("line 4! is no record"), "{read_lines:?}");
        let table = "country,text\nPeru,\"A, b.\"\nChad\n";
        assert_eq!(read(table, None), ["row 2: A, b. | Peru", "row 3! has 1 cells instead of 2"]);
        let tabs = "country\tx\nPeru\tA.\n";
        assert_eq!(read(tabs, Some("text=x,country=country")), ["row 2: A. | Peru"]);
    }

    #[test]
    fn prose_is_no_data_set() {
        for prose in [
            "A text, with commas,\nand lines, too.",
            "{not json}",
            "[1, 2]",
            "",
            "text",
            "[]",
            "{}",
        ] {
            assert_eq!(read(prose, None), ["one document"], "{prose}");
        }
    }

    #[test]
    fn a_mapping_that_names_no_field_says_which_there_are() {
        let source = SourceFile::new("set", *br#"[{"a": "x"}, {"b": "y"}]"#);
        let opened = Opened::new(&source).expect("open");
        let mapping = "text=c".parse().expect("a mapping");
        let error = opened.parts(Some(&mapping)).expect_err("no such field").to_string();
        assert!(error.contains("a, b"), "{error}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_parts_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let source = SourceFile::new("set", bytes);
            if let Ok(opened) = Opened::new(&source)
                && let Ok(Parts::Records(records)) = opened.parts(None)
            {
                prop_assert!(records.count() < 1000);
            }
        }

        #[test]
        fn any_json_is_parts_or_an_error(text in "[\\[{]([{}\\[\\],:\"a-z0-9 ]{0,60})") {
            let source = SourceFile::new("set", text.as_bytes());
            let opened = Opened::new(&source).expect("open");
            if let Ok(Parts::Records(records)) = opened.parts(None) {
                prop_assert!(records.count() < 1000);
            }
        }
    }
}
