//! One input as several pieces, for formats that hold more than one part; and pieces made
//! well-formed, so that what a mutation changes reaches the story and not only the parser before it.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The line that parts the pieces of an input.
const BORDER: &str = "\n%%\n";

/// An input cut at its borders. A piece that is not there is empty.
#[derive(Debug)]
pub struct Pieces<'a>(Vec<&'a str>);

impl<'a> Pieces<'a> {
    /// The pieces of an input.
    pub fn of(text: &'a str) -> Self {
        Self(text.split(BORDER).collect())
    }

    /// One piece, counted from 0.
    pub fn get(&self, at: usize) -> &'a str {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// The pieces from one on; none beyond sixteen of them, so that no input is spent on numbers.
    pub fn from(&self, at: usize) -> impl Iterator<Item = &'a str> {
        self.0.iter().skip(at).take(16).copied()
    }
}

/// A ZIP archive of these parts, each a name and its content, none of them compressed.
pub fn pack(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("a part");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

/// XML that is well-formed, out of text that may not be: what begins as a tag stays one where it can
/// be, ends of elements that are not open are left out, open ones are closed, and every other sign
/// of markup becomes text.
pub fn well_formed(text: &str) -> String {
    let mut made = String::with_capacity(text.len() + 64);
    let mut open: Vec<&str> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        made.push_str(&plain(&rest[..at]));
        rest = &rest[at..];
        match tag(rest) {
            Some((tag, length)) => {
                match tag {
                    Tag::Opens(name, attributes) => {
                        open.push(name);
                        made.push_str(&format!("<{name}{attributes}>"));
                    }
                    Tag::Empty(name, attributes) => {
                        made.push_str(&format!("<{name}{attributes}/>"))
                    }
                    Tag::Closes(name) => {
                        if let Some(depth) = open.iter().rposition(|known| *known == name) {
                            open.drain(depth..).rev().for_each(|name| {
                                made.push_str(&format!("</{name}>"));
                            });
                        }
                    }
                }
                rest = &rest[length..];
            }
            None => {
                made.push_str(if rest.starts_with('<') { "&lt;" } else { "&amp;" });
                rest = &rest[1..];
            }
        }
    }
    made.push_str(&plain(rest));
    open.iter().rev().for_each(|name| made.push_str(&format!("</{name}>")));
    made
}

enum Tag<'a> {
    Opens(&'a str, String),
    Empty(&'a str, String),
    Closes(&'a str),
}

/// The tag that a text begins with, and how long it is.
fn tag(text: &str) -> Option<(Tag<'_>, usize)> {
    let end = text.find('>')?;
    let inside = text.get(1..end).filter(|_| text.starts_with('<'))?;
    let (inside, closes) = match inside.strip_prefix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let (inside, is_empty) = match inside.strip_suffix('/') {
        Some(inside) => (inside, true),
        None => (inside, false),
    };
    let length = inside.find(|c: char| !is_of_name(c)).unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(length);
    let parts: Vec<&str> = name.split(':').collect();
    let letters = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    if parts.len() > 2 || !parts.iter().all(letters) {
        return None;
    }
    let tag = match (closes, is_empty) {
        (true, _) => Tag::Closes(name),
        (false, true) => Tag::Empty(name, written(attributes)),
        (false, false) => Tag::Opens(name, written(attributes)),
    };
    Some((tag, end + 1))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')
}

/// Attributes as XML has them, out of whatever stands in a tag: `name='value'` each, values quoted
/// by the one sign.
fn written(text: &str) -> String {
    let mut made = String::new();
    let mut parts = text.split('\'');
    while let (Some(before), Some(value)) = (parts.next(), parts.next()) {
        let name = before.trim().trim_end_matches('=');
        let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(is_of_name)
            && name.matches(':').count() < 2
            && !name.ends_with(':');
        if is_name {
            let value = plain(value).replace(['<', '&'], "_");
            made.push_str(&format!(" {name}='{value}'"));
        }
    }
    made
}

/// Text without what no XML may hold.
fn plain(text: &str) -> String {
    let may_be = |c: &char| !c.is_control() || matches!(c, '\t' | '\n' | '\r');
    text.chars().filter(may_be).collect::<String>().replace("]]>", "]]")
}
