//! How much of one file is opened: bytes that its streams unpack to, drawing instructions, characters,
//! and the objects packed inside it. A small file may ask for any amount of each; a report does not.
//! What goes beyond is refused with the bound it goes beyond, never read in part without a word.

use std::cell::Cell;

use lopdf::{DecompressError, Error, Object, ObjectId, Stream};

use super::super::ReadError;

/// Most pages that are read.
pub(super) const PAGES: usize = 20_000;

/// Most bytes one stream may unpack to.
pub(super) const STREAM: usize = 32 << 20;

/// Most bytes the map for reading of one font may unpack to.
pub(super) const FONT_MAP: usize = 8 << 20;

/// Most bytes that the streams of one file may unpack to, taken together.
const BYTES: usize = 256 << 20;

/// Most drawing instructions that are followed in one file.
const OPERATIONS: usize = 50_000_000;

/// Most forms that are drawn in one file, each as often as it is drawn.
const FORMS: usize = 200_000;

/// Most characters on one page: a hundred times those of a page set densely.
const CHARACTERS_OF_PAGE: usize = 400_000;

/// Most bytes that hold no instruction, only what instructions work on.
const OPERANDS: usize = 2 << 20;

/// Most bytes, and most values, of the objects packed in one file: each value takes a hundred times
/// its length when it is opened.
const PACKED: (usize, usize) = (64 << 20, 8_000_000);

/// What may still be opened of one file, and the bound that was met.
pub(super) struct Budget {
    bytes: usize,
    operations: usize,
    forms: usize,
    characters: usize,
    met: Option<String>,
}

impl Budget {
    pub(super) fn new() -> Self {
        Self {
            bytes: BYTES,
            operations: OPERATIONS,
            forms: FORMS,
            characters: CHARACTERS_OF_PAGE,
            met: None,
        }
    }

    /// Whether nothing more is to be read, for a bound was met.
    pub(super) fn is_spent(&self) -> bool {
        self.met.is_some()
    }

    /// The refusal, where a bound was met.
    pub(super) fn verdict(self) -> Result<(), ReadError> {
        match self.met {
            Some(limit) => Err(too_large(limit)),
            None => Ok(()),
        }
    }

    /// A page begins.
    pub(super) fn turn_page(&mut self) {
        self.characters = CHARACTERS_OF_PAGE;
    }

    /// The most bytes that the next stream may unpack to.
    pub(super) fn next_stream(&self) -> usize {
        STREAM.min(self.bytes)
    }

    /// A stream would unpack to more than [`Self::next_stream`].
    pub(super) fn exceeded(&mut self) {
        let limit = if self.bytes < STREAM { BYTES } else { STREAM };
        let what = if self.bytes < STREAM { "its parts unpack" } else { "a part of it unpacks" };
        self.meet(format!("{what} to more than {} MB", limit >> 20));
    }

    /// Takes a stream that was unpacked into account.
    pub(super) fn take_stream(&mut self, content: &[u8]) {
        self.bytes = self.bytes.saturating_sub(content.len());
        if longest_operand(content) > OPERANDS {
            self.meet(format!("one drawing instruction is of more than {} MB", OPERANDS >> 20));
        }
    }

    /// Takes an instruction into account.
    pub(super) fn take_operation(&mut self) {
        match self.operations.checked_sub(1) {
            Some(left) => self.operations = left,
            None => self.meet(format!("it has more than {OPERATIONS} drawing instructions")),
        }
    }

    /// Takes a form into account.
    pub(super) fn take_form(&mut self) {
        match self.forms.checked_sub(1) {
            Some(left) => self.forms = left,
            None => self.meet(format!("it draws more than {FORMS} forms")),
        }
    }

    /// Takes characters of a page into account.
    pub(super) fn take_characters(&mut self, count: usize) {
        match self.characters.checked_sub(count) {
            Some(left) => self.characters = left,
            None => self.meet(format!("a page shows more than {CHARACTERS_OF_PAGE} characters")),
        }
    }

    fn meet(&mut self, limit: String) {
        self.met.get_or_insert(limit);
    }
}

/// A file that goes beyond a bound.
pub(super) fn too_large(limit: String) -> ReadError {
    ReadError::TooLarge { kind: "a PDF file", limit }
}

/// The longest stretch of drawing instructions in which no word begins, in bytes: numbers of one
/// array, or the letters of one string.
fn longest_operand(content: &[u8]) -> usize {
    let (mut longest, mut since, mut before) = (0, 0, b' ');
    for (at, &byte) in content.iter().enumerate() {
        if byte.is_ascii_alphabetic() && before.is_ascii_whitespace() {
            longest = longest.max(at - since);
            since = at;
        }
        before = byte;
    }
    longest.max(content.len() - since)
}

thread_local! {
    /// What the file that this thread is opening may still hold packed: bytes and values; `None` once
    /// it went beyond. The library that opens files takes a plain function, which has no place of
    /// its own to keep this.
    static LEFT: Cell<Option<(usize, usize)>> = const { Cell::new(Some(PACKED)) };
}

/// Opens a file under the bound on what is packed in it.
pub(super) fn watch<T>(open: impl FnOnce() -> T) -> Result<T, ReadError> {
    LEFT.set(Some(PACKED));
    let opened = open();
    let limit = || format!("the objects in it unpack to more than {} MB", PACKED.0 >> 20);
    if LEFT.get().is_some() { Ok(opened) } else { Err(too_large(limit())) }
}

/// Lets an object in, unless it is one that holds others and goes beyond the bound.
pub(super) fn admit(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = object else { return Some((id, object.clone())) };
    if stream.dict.has_type(b"ObjStm") {
        let left = LEFT.get().and_then(|left| after(stream, left));
        LEFT.set(left);
        left?;
    }
    // Of a stream, the library takes the object itself; only that something is returned counts.
    Some((id, Object::Null))
}

/// What is left after a stream of objects is opened.
fn after(stream: &Stream, (bytes, values): (usize, usize)) -> Option<(usize, usize)> {
    let content = match stream.get_plain_content_with_limit(bytes.min(STREAM)) {
        Ok(content) => content,
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => return None,
        // What cannot be unpacked costs nothing; that it is missing is found by the library.
        Err(_) => return Some((bytes, values)),
    };
    let begins = |pair: &[u8]| {
        let apart = |byte: u8| byte.is_ascii_whitespace() || b"[]<>/()".contains(&byte);
        !pair[1].is_ascii_whitespace() && apart(pair[0])
    };
    let count = content.windows(2).filter(|pair| begins(pair)).count();
    Some((bytes.checked_sub(content.len())?, values.checked_sub(count)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_are_measured_between_words() {
        assert_eq!(longest_operand(b"1 0 m 22 33 l"), 8);
        assert_eq!(longest_operand(&[b'0'; 50]), 50);
        assert_eq!(longest_operand(b""), 0);
    }

    #[test]
    fn the_first_bound_that_is_met_is_told() {
        let mut budget = Budget::new();
        budget.take_characters(CHARACTERS_OF_PAGE);
        assert!(!budget.is_spent());
        budget.take_characters(1);
        budget.exceeded();
        let refused = budget.verdict().expect_err("spent").to_string();
        assert!(refused.contains("a page shows more than 400000 characters"), "{refused}");
    }
}
