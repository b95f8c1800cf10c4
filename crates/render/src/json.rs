//! JSON as every command writes it: one line, valid, safe to show. The shapes themselves stand in
//! `shapes` and with each command.

use std::io;

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::safe::is_unsafe;

/// The version of all JSON shapes. Later versions of forb add keys; a key renamed or taken away
/// would raise this number.
pub const FORMAT_VERSION: u32 = 1;

/// Compact JSON in which no character is left that could act on a terminal: those are written as
/// `\u` escapes, so that a reader of the JSON gets the source's text unchanged.
struct SafeFormatter;

impl Formatter for SafeFormatter {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + io::Write,
    {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_unsafe(c)) {
            writer.write_all(&fragment.as_bytes()[from..at])?;
            // Every such character lies below U+10000: one escape holds it.
            write!(writer, "\\u{:04x}", u32::from(c))?;
            from = at + c.len_utf8();
        }
        writer.write_all(&fragment.as_bytes()[from..])
    }
}

/// One line of JSON and a line feed.
pub(crate) fn to_json(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, SafeFormatter));
    // Shapes hold strings, numbers, lists and structs: none of them fails to serialise, and writing
    // into memory cannot fail.
    debug_assert!(written.is_ok());
    bytes.push(b'\n');
    String::from_utf8_lossy(&bytes).into_owned()
}
