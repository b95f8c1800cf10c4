//! The engine's schema, made from `model::Field` by an exhaustive match, and the entry an index
//! record becomes in it. The index's own fields are the stored record, its kind, the ids of document
//! records, the circles they are settled in and what is held by them, the number that orders equal
//! hits by document, and the number by which texts that are nearly the same are known.

use model::{
    DocumentId, DocumentRecord, Field, FieldKind, FieldValue, HeldAs, IndexRecord, RecordKind,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field as EngineField, IndexRecordOption, NumericOptions, STORED, Schema,
    TextFieldIndexing, TextOptions,
};

use crate::analysis::Analyser;
use crate::error::IndexError;
use crate::fingerprint::{FINGERPRINT, fingerprint};
use crate::stored::Stored;

/// Name of the fast field that holds the number of a record's document ([`DocumentId::number`]).
pub const DOCUMENT_NUMBER: &str = "document_number";

/// Names of the fast fields of document records that say what is held: [`HeldAs`] as bytes, and how
/// many passages and words.
pub(crate) const HELD_AS: &str = "held_as";
pub(crate) const HELD_PASSAGES: &str = "held_passages";
pub(crate) const HELD_WORDS: &str = "held_words";

/// The fields of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    by_field: [EngineField; Field::ALL.len()],
    /// The record itself, stored.
    pub(crate) record: EngineField,
    /// What a record is: [`kind_word`]; document records have none.
    pub kind: EngineField,
    /// Id of the document, in document records only.
    pub document_record: EngineField,
    /// The circles in which the document is settled, in document records only.
    pub(crate) circle: EngineField,
    pub(crate) document_number: EngineField,
    pub(crate) fingerprint: EngineField,
    held_as: EngineField,
    held_passages: EngineField,
    held_words: EngineField,
}

impl Fields {
    /// The engine's field for one of ours.
    pub fn of(&self, field: Field) -> EngineField {
        // `Field::ALL` lists the variants in the order of their declaration, which a test holds.
        self.by_field[field as usize]
    }
}

/// The word that [`Fields::kind`] holds for a kind of record.
pub fn kind_word(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Passage => "passage",
        RecordKind::SetAside => "set-aside",
        RecordKind::OtherPassage => "other-passage",
        RecordKind::OtherSetAside => "other-set-aside",
    }
}

/// The schema of this version, and its fields.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let by_field = Field::ALL.map(|field| match field.kind() {
        FieldKind::StemmedWords => builder.add_text_field(field.name(), words(Analyser::Stemmed)),
        FieldKind::ExactWords => builder.add_text_field(field.name(), words(Analyser::Exact)),
        FieldKind::Keyword if field.is_counted() => {
            builder.add_text_field(field.name(), keyword().set_fast("raw"))
        }
        FieldKind::Keyword => builder.add_text_field(field.name(), keyword()),
        // Numbers are compared by size, which reads columns and needs no terms.
        FieldKind::Number => builder.add_i64_field(field.name(), NumericOptions::from(FAST)),
    });
    let fields = Fields {
        by_field,
        record: builder.add_bytes_field("record", STORED),
        kind: builder.add_text_field("kind", keyword()),
        document_record: builder.add_text_field("document_record", keyword()),
        circle: builder.add_text_field("circle", keyword()),
        document_number: builder.add_u64_field(DOCUMENT_NUMBER, FAST),
        fingerprint: builder.add_u64_field(FINGERPRINT, FAST),
        held_as: builder.add_bytes_field(HELD_AS, FAST),
        held_passages: builder.add_u64_field(HELD_PASSAGES, FAST),
        held_words: builder.add_u64_field(HELD_WORDS, FAST),
    };
    (builder.build(), fields)
}

fn words(analyser: Analyser) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyser.name())
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

fn keyword() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}

/// The first byte of a stored record says what follows.
pub(crate) const PASSAGE_RECORD: u8 = b'p';
const DOCUMENT_RECORD: u8 = b'd';

/// About how many bytes a stored record takes beyond its text.
const STORED_BEYOND: usize = 512;

/// The entry of a passage or a block set aside.
pub(crate) fn record_entry(
    fields: &Fields,
    record: &IndexRecord,
) -> Result<TantivyDocument, IndexError> {
    let (id, text) = (&record.document.id, &record.passage.passage.text);
    let stored = encode(PASSAGE_RECORD, record, id, STORED_BEYOND + text.len())?;
    let mut entry = TantivyDocument::with_capacity(2 * text.len() + stored.len() + STORED_BEYOND);
    for field in Field::ALL {
        let engine_field = fields.of(field);
        record.values(field, |value| match value {
            FieldValue::Text(text) => entry.add_text(engine_field, text),
            FieldValue::Number(number) => entry.add_i64(engine_field, number),
        });
    }
    entry.add_text(fields.kind, kind_word(record.kind));
    entry.add_u64(fields.document_number, id.number());
    entry.add_u64(fields.fingerprint, fingerprint(text));
    entry.add_bytes(fields.record, &stored);
    Ok(entry)
}

/// The entry of a document record. It has no words and no kind, so no search for passages meets it.
pub(crate) fn document_entry(
    fields: &Fields,
    document: &DocumentRecord,
) -> Result<TantivyDocument, IndexError> {
    let mut entry = TantivyDocument::new();
    entry.add_text(fields.of(Field::Document), document.id.as_str());
    entry.add_text(fields.document_record, document.id.as_str());
    for circle in document.circles() {
        entry.add_text(fields.circle, circle.to_string());
    }
    entry.add_u64(fields.document_number, document.id.number());
    let held_as = postcard::to_stdvec(&HeldAs::of(document));
    entry.add_bytes(fields.held_as, &held_as.map_err(unstorable(&document.id))?);
    entry.add_u64(fields.held_passages, document.passages.into());
    entry.add_u64(fields.held_words, document.words);
    entry
        .add_bytes(fields.record, &encode(DOCUMENT_RECORD, document, &document.id, STORED_BEYOND)?);
    Ok(entry)
}

fn encode<T: Serialize>(
    prefix: u8,
    record: &T,
    id: &DocumentId,
    expected: usize,
) -> Result<Vec<u8>, IndexError> {
    let mut bytes = Vec::with_capacity(expected);
    bytes.push(prefix);
    postcard::to_extend(record, bytes).map_err(unstorable(id))
}

fn unstorable(id: &DocumentId) -> impl Fn(postcard::Error) -> IndexError {
    move |error| IndexError::Inconsistent {
        document: id.clone(),
        reason: format!("its record cannot be stored: {error}"),
    }
}

/// The bytes of the stored record of an entry, which must be of a kind; on failure what is wrong with it.
pub(crate) fn bytes_of<'a>(
    fields: &Fields,
    entry: &'a Stored,
    prefix: u8,
) -> Result<&'a [u8], String> {
    match entry.of(fields.record).and_then(<[u8]>::split_first) {
        Some((found, bytes)) if *found == prefix => Ok(bytes),
        Some(_) => Err("a stored record is of another kind than its terms say".to_owned()),
        None => Err("an entry has no stored record".to_owned()),
    }
}

fn decode<T: DeserializeOwned>(fields: &Fields, entry: &Stored, prefix: u8) -> Result<T, String> {
    postcard::from_bytes(bytes_of(fields, entry, prefix)?)
        .map_err(|error| format!("a stored record cannot be read: {error}"))
}

pub(crate) fn decode_record(fields: &Fields, entry: &Stored) -> Result<IndexRecord, String> {
    decode(fields, entry, PASSAGE_RECORD)
}

pub(crate) fn decode_document(fields: &Fields, entry: &Stored) -> Result<DocumentRecord, String> {
    decode(fields, entry, DOCUMENT_RECORD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_of_the_model_is_a_field_of_the_schema() {
        let (schema, fields) = schema();
        for field in Field::ALL {
            assert_eq!(schema.get_field_name(fields.of(field)), field.name());
        }
    }
}
