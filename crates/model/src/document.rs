//! A document: one report on one country or theme, as a text that never changes again and the
//! blocks that cover it. Every offset in forb points into that text.

use serde::{Deserialize, Serialize};
use unicode_normalization::is_nfc;

use crate::ids::DocumentId;
use crate::range::TextRange;
use crate::record::Metadata;

/// What part a block plays in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Running text.
    Body,
    /// A heading, a run-in heading included.
    Heading,
    /// An item of a list.
    ListItem,
    /// A row of a table, or a `key value` fact; cells are parted by one space.
    Table,
    /// The number printed before a paragraph, which carries it as its label.
    Number,
    /// A footnote.
    Footnote,
    /// Title lines, prefaces, tables of contents, notices about the document.
    FrontMatter,
    /// What surrounds the report and is no part of it: banners, menus, appeals.
    Chrome,
}

/// A page of a paginated source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Page {
    /// Its ordinal in the file, from 1.
    pub physical: u32,
    /// The number printed on it, where there is one.
    pub label: Option<String>,
}

/// A stretch of a document's text that plays one part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What part it plays.
    pub role: Role,
    /// Where it stands in the document's text.
    pub range: TextRange,
    /// Level of a heading or depth of a list item, from 1; 0 for every other block.
    pub level: u8,
    /// The number printed before it, such as `124` of a numbered paragraph; an item of a list
    /// within one has both numbers, `56 (3)`.
    pub label: Option<String>,
    /// The page it begins on, where there are pages.
    pub page: Option<Page>,
    /// The rule that gave it its role, where the role is not plain from the source's structure.
    pub rule: Option<String>,
}

/// One report on one country or theme for one period, read from one capture.
///
/// Invariants, checked when it is made: the text is NFC; within a block every run of Unicode space
/// is one U+0020; the blocks are ordered, not empty, and cover the text but for one separator
/// between neighbours: U+000A, or U+0020 after a run-in heading or a number that shares its
/// paragraph's line.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    id: DocumentId,
    /// What is known about it, with evidence.
    pub metadata: Metadata,
    text: String,
    blocks: Vec<Block>,
}

/// Why a text and its blocks do not make a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidDocument {
    /// The text is not in Unicode normalisation form C.
    #[error("the text is not in normalisation form C")]
    NotNormalised,
    /// A block is empty, leaves the text, cuts a character, overlaps its neighbour or leaves a gap.
    #[error("block {block} does not follow its neighbour: it covers bytes {start} to {end}")]
    Border {
        /// Ordinal of the block, from 1.
        block: usize,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A block holds a space other than single U+0020 between its words.
    #[error("block {0} holds white space that is not a single space between words")]
    Space(usize),
    /// Text is left over after the last block.
    #[error("bytes {0} to the end belong to no block")]
    Uncovered(usize),
}

impl Role {
    /// Whether a block of this role is counted as a paragraph of the body.
    pub fn is_paragraph(self) -> bool {
        match self {
            Role::Body | Role::ListItem | Role::Table => true,
            Role::Heading | Role::Number | Role::Footnote | Role::FrontMatter | Role::Chrome => {
                false
            }
        }
    }

    /// Whether a block of this role belongs to passages: the report's own text, footnotes included.
    pub fn is_passage_text(self) -> bool {
        self.is_paragraph() || self == Role::Footnote
    }

    /// Whether a block of this role is set aside: kept for the record, but neither ranked, labelled
    /// nor counted.
    pub fn is_set_aside(self) -> bool {
        matches!(self, Role::Chrome | Role::FrontMatter)
    }

    /// The word for it in output and queries.
    pub fn name(self) -> &'static str {
        match self {
            Role::Body => "body",
            Role::Heading => "heading",
            Role::ListItem => "list-item",
            Role::Table => "table",
            Role::Number => "number",
            Role::Footnote => "footnote",
            Role::FrontMatter => "front-matter",
            Role::Chrome => "chrome",
        }
    }
}

impl Document {
    /// A document of this text and these blocks.
    ///
    /// # Errors
    /// When an invariant of the type does not hold.
    pub fn new(
        id: DocumentId,
        metadata: Metadata,
        text: String,
        blocks: Vec<Block>,
    ) -> Result<Self, InvalidDocument> {
        if !is_nfc(&text) {
            return Err(InvalidDocument::NotNormalised);
        }
        let mut covered = 0;
        for (at, block) in blocks.iter().enumerate() {
            let TextRange { start, end } = block.range;
            let border = InvalidDocument::Border { block: at + 1, start, end };
            let expected = if at == 0 { 0 } else { covered + 1 };
            if start != expected || end <= start {
                return Err(border);
            }
            let content = block.range.of(&text).ok_or(border.clone())?;
            if at > 0 && !matches!(text.as_bytes()[covered], b'\n' | b' ') {
                return Err(border);
            }
            if !has_single_spaces(content) {
                return Err(InvalidDocument::Space(at + 1));
            }
            covered = end;
        }
        if covered != text.len() {
            return Err(InvalidDocument::Uncovered(covered));
        }
        Ok(Self { id, metadata, text, blocks })
    }

    /// Its id, made from the hash of the captured bytes.
    pub fn id(&self) -> &DocumentId {
        &self.id
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks that cover the text, in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The text of one of its blocks; empty for a block of another document.
    pub fn text_of(&self, block: &Block) -> &str {
        block.range.of(&self.text).unwrap_or("")
    }
}

fn has_single_spaces(content: &str) -> bool {
    let mut before = ' ';
    for c in content.chars() {
        if c.is_whitespace() && (c != ' ' || before == ' ') {
            return false;
        }
        before = c;
    }
    before != ' '
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContentHash;

    fn block(start: usize, end: usize) -> Block {
        let range = TextRange { start, end };
        Block { role: Role::Body, range, level: 0, label: None, page: None, rule: None }
    }

    fn document(text: &str, blocks: Vec<Block>) -> Result<Document, InvalidDocument> {
        let hash = ContentHash([1; 32]);
        Document::new(hash.document_id(), Metadata::of_capture(hash), text.to_owned(), blocks)
    }

    #[test]
    fn blocks_that_cover_the_text_make_a_document() {
        let made = document("one\ntwo words", vec![block(0, 3), block(4, 13)]).expect("valid");
        assert_eq!(made.text_of(&made.blocks()[1]), "two words");
        assert!(document("", vec![]).is_ok());
        assert!(document("Overview: It was so.", vec![block(0, 9), block(10, 20)]).is_ok());
    }

    #[test]
    fn gaps_overlaps_cut_characters_and_loose_space_are_refused() {
        let two = |a: usize, b: usize| vec![block(0, a), block(b, 7)];
        assert!(matches!(document("one\ntwo", two(3, 5)), Err(InvalidDocument::Border { .. })));
        assert_eq!(document("one\ntwo", two(4, 4)), Err(InvalidDocument::Space(1)));
        assert!(matches!(document("one\ntwo", two(3, 3)), Err(InvalidDocument::Border { .. })));
        assert!(matches!(document("oneatwo", two(3, 4)), Err(InvalidDocument::Border { .. })));
        assert!(matches!(document("é", vec![block(0, 1)]), Err(InvalidDocument::Border { .. })));
        assert!(matches!(document("one", vec![]), Err(InvalidDocument::Uncovered(0))));
        assert_eq!(document("a  b", vec![block(0, 4)]), Err(InvalidDocument::Space(1)));
        assert_eq!(document("a\u{a0}b", vec![block(0, 4)]), Err(InvalidDocument::Space(1)));
        assert_eq!(document("a\nb", vec![block(0, 3)]), Err(InvalidDocument::Space(1)));
        assert_eq!(document("e\u{301}", vec![block(0, 3)]), Err(InvalidDocument::NotNormalised));
    }
}
