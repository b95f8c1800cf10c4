//! Names that stay the same as long as the text they name: the hash of captured bytes, the id of a
//! document made from it, and the id of a passage made from its document and its position there.
//!
//! A document id is the first 60 bits of the SHA-256 of its captured bytes, as 12 characters of
//! Crockford's base 32 in lower case (no i, l, o, u). Among a million documents the chance that any
//! two share an id is below one in two million; the writer of a library refuses such a pair.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const DOCUMENT_ID_LENGTH: usize = 12;

/// The SHA-256 of captured bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

/// The id of a document: 12 characters of lower-case Crockford base 32.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentId([u8; DOCUMENT_ID_LENGTH]);

/// Where a passage stands in its document.
///
/// A passage of the body is named by its paragraph number (the number its locator cites), and by
/// its piece where a long paragraph was cut. A block that carries no paragraph number (chrome, front
/// matter, a heading) is named by its ordinal among all blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum PassagePosition {
    /// A passage that begins at body paragraph `paragraph` (from 1).
    Paragraph {
        /// Ordinal among body blocks, from 1.
        paragraph: u32,
        /// Which piece of a paragraph that was cut, from 1; 0 for one that was not.
        piece: u32,
    },
    /// A block without a paragraph number.
    Block {
        /// Its ordinal among all blocks of the document, from 1.
        block: u32,
        /// Which piece of a block that was cut, from 1; 0 for one that was not.
        piece: u32,
    },
}

/// The id of a passage: `k7m2q9x4tb3c.4` is paragraph 4 of document `k7m2q9x4tb3c`, `….4-2` its
/// second piece, `….b9` the ninth block, for a block without a paragraph number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PassageId {
    /// The document.
    pub document: DocumentId,
    /// The place in it.
    pub position: PassagePosition,
}

/// A text that is not an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not {1}: a document id has 12 letters and digits (k7m2q9x4tb3c), a passage id adds its place (k7m2q9x4tb3c.4)"
)]
pub struct InvalidId(String, &'static str);

impl ContentHash {
    /// The hash as 64 hexadecimal digits, as other tools print it.
    pub fn to_hex(&self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Reads 64 hexadecimal digits.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut bytes = [0u8; 32];
        if hex.len() != 64 || !hex.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return None;
        }
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }

    /// The id of the document whose captured bytes have this hash.
    pub fn document_id(&self) -> DocumentId {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        let first = u64::from_be_bytes([a, b, c, d, e, f, g, h]);
        DocumentId::of_bits(first >> 4)
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl Serialize for ContentHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_hex())
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let hex = String::deserialize(deserializer)?;
        Self::from_hex(&hex).ok_or_else(|| serde::de::Error::custom("not 64 hexadecimal digits"))
    }
}

impl DocumentId {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        // Letters of the alphabet only.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Whether `text` could be the beginning of a document id: 1 to 12 letters of the alphabet.
    pub fn is_prefix(text: &str) -> bool {
        (1..=DOCUMENT_ID_LENGTH).contains(&text.len())
            && text.bytes().all(|byte| ALPHABET.contains(&byte))
    }

    /// The id as a number below 2^60: documents in the order of their numbers are in the order of
    /// their ids.
    pub fn number(&self) -> u64 {
        self.0.iter().fold(0, |number, letter| {
            let digit = ALPHABET.iter().position(|known| known == letter).unwrap_or(0);
            (number << 5) | digit as u64
        })
    }

    /// The id of a number; `None` for a number that no id has.
    pub fn of_number(number: u64) -> Option<Self> {
        (number >> (5 * DOCUMENT_ID_LENGTH) == 0).then(|| Self::of_bits(number))
    }

    /// The id of the lowest 60 bits.
    fn of_bits(bits: u64) -> Self {
        let digit = |at: usize| bits >> (5 * (DOCUMENT_ID_LENGTH - 1 - at)) & 31;
        Self(std::array::from_fn(|at| ALPHABET[digit(at) as usize]))
    }
}

impl FromStr for DocumentId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let lower = text.to_ascii_lowercase();
        match lower.as_bytes().try_into() {
            Ok(letters) if Self::is_prefix(&lower) => Ok(Self(letters)),
            _ => Err(InvalidId(shortened(text), "a document id")),
        }
    }
}

impl PassageId {
    /// The passage at a position of a document.
    pub fn new(document: DocumentId, position: PassagePosition) -> Self {
        Self { document, position }
    }
}

impl FromStr for PassagePosition {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let wrong = || InvalidId(shortened(text), "a place in a document");
        let number = |digits: &str| match digits.parse::<u32>() {
            // Only the one spelling that `Display` writes: no sign, no leading zero.
            Ok(n) if n > 0 && digits == n.to_string() => Ok(n),
            _ => Err(wrong()),
        };
        let (place, piece) = match text.split_once('-') {
            Some((place, piece)) => (place, number(piece)?),
            None => (text, 0),
        };
        Ok(match place.strip_prefix('b') {
            Some(block) => Self::Block { block: number(block)?, piece },
            None => Self::Paragraph { paragraph: number(place)?, piece },
        })
    }
}

impl FromStr for PassageId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let (document, position) =
            text.split_once('.').ok_or_else(|| InvalidId(shortened(text), "a passage id"))?;
        Ok(Self { document: document.parse()?, position: position.parse()? })
    }
}

impl fmt::Display for PassagePosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph { paragraph, piece: 0 } => write!(f, "{paragraph}"),
            Self::Paragraph { paragraph, piece } => write!(f, "{paragraph}-{piece}"),
            Self::Block { block, piece: 0 } => write!(f, "b{block}"),
            Self::Block { block, piece } => write!(f, "b{block}-{piece}"),
        }
    }
}

impl fmt::Display for PassageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.document, self.position)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<DocumentId> for String {
    fn from(id: DocumentId) -> String {
        id.as_str().to_owned()
    }
}

impl TryFrom<String> for DocumentId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

impl From<PassageId> for String {
    fn from(id: PassageId) -> String {
        id.to_string()
    }
}

impl TryFrom<String> for PassageId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

/// Enough of a wrong text to recognise it by.
fn shortened(text: &str) -> String {
    let mut start: String = text.chars().take(60).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_passage_id_is_read_back_as_it_is_written(
            hash: [u8; 32], paragraph in 1u32.., piece: u32, on_block: bool,
        ) {
            let position = if on_block {
                PassagePosition::Block { block: paragraph, piece }
            } else {
                PassagePosition::Paragraph { paragraph, piece }
            };
            let id = PassageId::new(ContentHash(hash).document_id(), position);
            prop_assert_eq!(id.to_string().parse::<PassageId>(), Ok(id));
        }

        #[test]
        fn documents_sort_by_number_as_by_id(a: [u8; 32], b: [u8; 32]) {
            let (a, b) = (ContentHash(a).document_id(), ContentHash(b).document_id());
            prop_assert_eq!(a.number().cmp(&b.number()), a.cmp(&b));
            prop_assert_eq!(DocumentId::of_number(a.number()), Some(a));
        }

        #[test]
        fn a_number_is_of_one_document_or_of_none(number: u64) {
            let document = DocumentId::of_number(number);
            prop_assert_eq!(document.is_some(), number < 1 << 60);
            prop_assert!(document.is_none_or(|id| id.number() == number && id.as_str().len() == 12));
        }

        #[test]
        fn any_text_is_an_id_or_an_error(text in "\\PC{0,30}") {
            if let Ok(id) = text.parse::<PassageId>() {
                prop_assert_eq!(id.to_string(), text.to_ascii_lowercase());
            }
        }
    }

    #[test]
    fn hashes_are_read_back_from_hexadecimal() {
        let hash = ContentHash([0xab; 32]);
        assert_eq!(ContentHash::from_hex(&hash.to_hex()), Some(hash));
        assert_eq!(ContentHash::from_hex("ab"), None);
        assert_eq!(ContentHash::from_hex(&"+f".repeat(32)), None);
    }

    #[test]
    fn the_id_is_the_first_sixty_bits() {
        assert_eq!(ContentHash([0; 32]).document_id().as_str(), "000000000000");
        assert_eq!(ContentHash([0xff; 32]).document_id().as_str(), "zzzzzzzzzzzz");
    }
}
