//! What is stored of a record, as the engine keeps it; and the id and the text of a passage, read from
//! it without the rest: whoever goes through the words of a library asks for no more.

use model::{Extent, PassageId, RecordKind, Role, TextRange};
use tantivy::DocAddress;
use tantivy::schema::Field;
use tantivy::schema::document::{
    DeserializeError, DocumentDeserialize, DocumentDeserializer, ValueDeserialize,
    ValueDeserializer,
};

use crate::engine::damaged;
use crate::error::IndexError;
use crate::index::Index;
use crate::schema::{PASSAGE_RECORD, bytes_of};

/// The one field that entries store.
pub(crate) struct Stored {
    pub(crate) field: Field,
    pub(crate) bytes: Vec<u8>,
}

struct Bytes(Vec<u8>);

impl ValueDeserialize for Bytes {
    fn deserialize<'de, D: ValueDeserializer<'de>>(value: D) -> Result<Self, DeserializeError> {
        value.deserialize_bytes().map(Self)
    }
}

impl DocumentDeserialize for Stored {
    fn deserialize<'de, D: DocumentDeserializer<'de>>(
        mut entry: D,
    ) -> Result<Self, DeserializeError> {
        match entry.next_field::<Bytes>()? {
            Some((field, bytes)) => Ok(Self { field, bytes: bytes.0 }),
            None => Err(DeserializeError::custom("an entry has no stored record")),
        }
    }
}

impl Stored {
    /// What is stored in a field.
    pub(crate) fn of(&self, field: Field) -> Option<&[u8]> {
        (self.field == field).then_some(&self.bytes)
    }
}

type Text<'a> = Option<&'a str>;

/// `model::DocumentSummary`, field by field, as far as it has to be read to come to what follows it.
type Document<'a> = (
    &'a str,
    Text<'a>,
    Option<(&'a str, &'a str)>,
    Option<(&'a str, &'a str)>,
    Text<'a>,
    Text<'a>,
    Text<'a>,
    Text<'a>,
    Text<'a>,
    Extent,
    Text<'a>,
    Option<(&'a str, &'a str, Text<'a>, &'a str)>,
    &'a str,
    Option<(&'a str, Vec<&'a str>)>,
);

/// `model::IndexRecord` from its beginning to the text of its passage.
type Beginning<'a> = (RecordKind, Document<'a>, (&'a str, Role, TextRange, &'a str));

/// The id and the text of a stored passage; on failure what is wrong with it.
pub(crate) fn id_and_text(stored: &[u8]) -> Result<(PassageId, &str), String> {
    let (_, _, (id, _, _, text)): Beginning<'_> = postcard::from_bytes(stored)
        .map_err(|error| format!("a stored record cannot be read: {error}"))?;
    Ok((id.parse().map_err(|error| format!("a stored record: {error}"))?, text))
}

impl Index {
    /// Calls `read` with the id and the text of the passage or block set aside at an address. Costs
    /// less than its whole record.
    ///
    /// # Errors
    /// When the address is not of such a record, or its stored form cannot be read.
    pub fn read_text<T>(
        &self,
        address: DocAddress,
        read: impl FnOnce(PassageId, &str) -> T,
    ) -> Result<T, IndexError> {
        let entry = self.entry(address)?;
        let bytes = bytes_of(self.fields(), &entry, PASSAGE_RECORD);
        let (id, text) =
            bytes.and_then(id_and_text).map_err(|reason| damaged(&self.dir, reason))?;
        Ok(read(id, text))
    }
}
