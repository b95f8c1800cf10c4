//! Data sets: JSON (an object of records by key, an array of them, or one), JSON Lines, CSV and TSV.
//! Each record becomes a source file of its own: its bytes are the record's bytes, its text the
//! field that holds the text, and its other fields state what they are mapped to.

use std::fmt;
use std::io::{Cursor, Read};
use std::ops::Range;
use std::sync::Arc;

use model::{Extent, PartialDate, Period};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::bounds::Budget;
use super::layer::{Layer, Member, Passed, Refused, Step};
use super::mapping::{Mapping, MappingError};
use super::place::place_of;
use crate::source::RecordContent;
use crate::stated::Stated;

/// From how many records the mapping is guessed.
const SAMPLE: usize = 50;

/// How far into a table its first row may reach, in bytes.
const HEADER_WITHIN: usize = 64 << 10;

/// The records of a data set, one after the other.
pub(super) struct Records {
    raw: Found,
    /// Which field is what.
    pub(super) mapping: Mapping,
}

/// A record as it stands in the data set.
pub(super) struct RawRecord {
    pub(super) place: String,
    pub(super) bytes: Vec<u8>,
    pub(super) fields: Result<Map<String, Value>, String>,
}

impl Records {
    /// The records of content that is a data set; `None` when it is none.
    ///
    /// # Errors
    /// When the mapping names no field that holds the text.
    pub(super) fn of(
        content: &Arc<[u8]>,
        asked: Option<&Mapping>,
    ) -> Result<Option<Self>, MappingError> {
        match json(content).or_else(|| lines(content)).or_else(|| rows(content, asked)) {
            Some(records) => Self::mapped(records, asked),
            None => Ok(None),
        }
    }

    /// Records, with the mapping asked for or guessed from the first of them; `None` when none fits.
    ///
    /// # Errors
    /// When the mapping names no field that holds the text.
    pub(super) fn mapped(
        mut records: Found,
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
        Ok(Some(Self { raw, mapping }))
    }

    fn member(&self, record: RawRecord) -> Step {
        let RawRecord { place, bytes, fields } = record;
        let fields = fields.map_err(|problem| Refused::new(&place, problem))?;
        Ok(Member {
            place: self.own_id(&fields).unwrap_or(place),
            bytes,
            stated: self.stated(&fields),
            record: Some(self.content(&fields)),
            may_hold_more: false,
        })
    }

    /// What a record calls itself, where a field is mapped to that and holds anything.
    fn own_id(&self, fields: &Map<String, Value>) -> Option<String> {
        let id = written(fields.get(self.mapping.id.as_ref()?)?);
        (!id.trim().is_empty()).then(|| place_of(id.trim().as_bytes()))
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

    /// The names a record gives as its authors: a text is one name, a list has one each.
    fn authors(&self, fields: &Map<String, Value>) -> Vec<String> {
        let stated = self.mapping.author.as_ref().and_then(|field| fields.get(field));
        let names = match stated {
            Some(Value::Array(names)) => names.iter().map(written).collect(),
            Some(name) => vec![written(name)],
            None => Vec::new(),
        };
        names.into_iter().filter(|name| !name.trim().is_empty()).collect()
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
            authors: self.authors(fields),
            language: value(&self.mapping.language),
            licence: value(&self.mapping.licence),
            ..Stated::default()
        }
    }
}

impl Layer for Records {
    fn next(&mut self, _budget: &mut Budget, _passed: &mut Passed) -> Option<Step> {
        let record = self.raw.next()?;
        Some(self.member(record))
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
pub(super) type Found = Box<dyn Iterator<Item = RawRecord> + Send>;

pub(super) fn raw_record(place: String, bytes: &[u8]) -> RawRecord {
    let fields = serde_json::from_slice(bytes).map_err(|error| format!("is no record: {error}"));
    RawRecord { place, bytes: bytes.to_vec(), fields }
}

fn without_mark(content: &[u8]) -> &[u8] {
    content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content)
}

/// The records of a JSON file: an object of objects, an array of objects, or one object.
fn json(whole: &Arc<[u8]>) -> Option<Found> {
    let content = without_mark(whole);
    if !matches!(content.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return None;
    }
    let Entries(entries) = serde_json::from_slice(content).ok()?;
    let is_object = |raw: &RawValue| raw.get().starts_with('{');
    if entries.is_empty() || !entries.iter().all(|(_, raw)| is_object(raw)) {
        let only = raw_record("the only record".to_owned(), content);
        return only.fields.is_ok().then(|| Box::new(std::iter::once(only)) as Found);
    }
    // Each value stands in the content: its place there is kept instead of a copy.
    let start_of_all = whole.as_ptr() as usize;
    let places = entries.into_iter().map(|(key, raw)| {
        let start = raw.get().as_ptr() as usize - start_of_all;
        (key, start..start + raw.get().len())
    });
    let places: Vec<_> = places.collect();
    let whole = Arc::clone(whole);
    let record = move |(key, place): (String, Range<usize>)| {
        raw_record(key, whole.get(place).unwrap_or_default())
    };
    Some(Box::new(places.into_iter().map(record)))
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
fn lines(whole: &Arc<[u8]>) -> Option<Found> {
    let content = without_mark(whole);
    if !are_lines(content) {
        return None;
    }
    let (whole, mut at) = (Arc::clone(whole), whole.len() - content.len());
    let mut number = 0_u64;
    Some(Box::new(std::iter::from_fn(move || {
        loop {
            let rest = whole.get(at..).filter(|rest| !rest.is_empty())?;
            let end = rest.iter().position(|&byte| byte == b'\n').unwrap_or(rest.len());
            let line = rest[..end].trim_ascii();
            at += end + 1;
            number += 1;
            if !line.is_empty() {
                return Some(raw_record(format!("line {number}"), line));
            }
        }
    })))
}

/// Whether the first two lines that are not empty are objects.
pub(super) fn are_lines(content: &[u8]) -> bool {
    let kept = |line: &&[u8]| !line.trim_ascii().is_empty();
    let is_object = |line: &[u8]| serde_json::from_slice::<Map<String, Value>>(line).is_ok();
    let mut first = content.split(|&byte| byte == b'\n').filter(kept).take(2);
    first.next().is_some_and(is_object) && first.next().is_none_or(is_object)
}

/// The rows of CSV or TSV. A text full of commas is no table: the first row must be names of fields
/// of which one is plainly the text (or is the one asked for), and none may stand twice.
fn rows(whole: &Arc<[u8]>, asked: Option<&Mapping>) -> Option<Found> {
    let start = whole.len() - without_mark(whole).len();
    let delimiter = fitting(&whole[start..], asked)?;
    let mut content = Cursor::new(Arc::clone(whole));
    content.set_position(start as u64);
    rows_of(content, delimiter)
}

/// What parts the cells of a table that begins so, if one of its fields is the text.
pub(super) fn fitting(beginning: &[u8], asked: Option<&Mapping>) -> Option<u8> {
    let head = beginning.get(..HEADER_WITHIN).unwrap_or(beginning);
    let mut stands = [b',', b'\t', b';'].into_iter().filter(|one| head.contains(one));
    stands.find(|&delimiter| {
        let names = header(&mut table(beginning, delimiter));
        names.is_some_and(|names| names.len() >= 2 && holds_text(&names, asked))
    })
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
pub(super) fn rows_of(content: impl Read + Send + 'static, delimiter: u8) -> Option<Found> {
    let mut reader = table(content, delimiter);
    let names = header(&mut reader)?;
    let rows = (2u64..).zip(reader.into_byte_records()).map(move |(number, row)| {
        let place = format!("row {number}");
        match row {
            Ok(row) => RawRecord { place, bytes: joined(&row), fields: row_fields(&names, &row) },
            Err(error) => {
                let fields = Err(format!("is no row: {error}"));
                RawRecord { place, bytes: Vec::new(), fields }
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
    use crate::SourceFile;
    use crate::unpack::{Parts, open};
    use proptest::prelude::*;

    /// The records of a file, each as `place: text | what it states`.
    fn read(content: &str, mapping: Option<&str>) -> Vec<String> {
        let source = SourceFile::new("set", content.as_bytes());
        let mapping = mapping.map(|m| m.parse::<Mapping>().expect("a mapping"));
        match open(&source, mapping.as_ref()).expect("parts") {
            Parts::One(_) => vec!["one document".to_owned()],
            Parts::Many(records) => records
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
        let mapping = "text=c".parse().expect("a mapping");
        let error = open(&source, Some(&mapping)).expect_err("no such field").to_string();
        assert!(error.contains("a, b"), "{error}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_parts_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let source = SourceFile::new("set", bytes);
            if let Ok(Parts::Many(records)) = open(&source, None) {
                prop_assert!(records.count() < 1000);
            }
        }

        #[test]
        fn any_json_is_parts_or_an_error(text in "[\\[{]([{}\\[\\],:\"a-z0-9 ]{0,60})") {
            let source = SourceFile::new("set", text.as_bytes());
            if let Ok(Parts::Many(records)) = open(&source, None) {
                prop_assert!(records.count() < 1000);
            }
        }
    }
}
