//! The tags of an HTML source in one linear pass, as far as telling HTML and bounding its nesting
//! need them. The tree itself is built by a real parser; nothing here reads text or attributes.

use std::ops::Range;

/// Whether a tag begins or ends an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Start,
    End,
}

/// A tag of the source.
#[derive(Clone, Debug)]
pub(super) struct Tag<'a> {
    pub(super) kind: Kind,
    /// Its name as it is written; compare with [`Tag::is`].
    pub(super) name: &'a str,
    /// The bytes it takes, brackets included.
    pub(super) range: Range<usize>,
    /// How many attributes it may have.
    pub(super) attributes: usize,
    /// Whether it ends in `/>`.
    pub(super) closes_itself: bool,
}

impl Tag<'_> {
    /// Whether it has this name, given in lower case.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Whether its name is among these, given in lower case.
    pub(super) fn is_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.is(name))
    }
}

/// The tags of a source; comments, declarations and the bodies of scripts are passed over.
pub(super) struct Tags<'a> {
    source: &'a str,
    at: usize,
    /// Open `svg` and `math` elements: within them the body of a script is no raw text.
    foreign: usize,
}

impl<'a> Tags<'a> {
    pub(super) fn of(source: &'a str) -> Self {
        Self { source, at: 0, foreign: 0 }
    }

    fn seek(&self, sought: &[u8], from: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let first = *sought.first()?;
        let mut from = from;
        loop {
            from += bytes.get(from..)?.iter().position(|byte| *byte == first)?;
            if bytes[from..].starts_with(sought) {
                return Some(from);
            }
            from += 1;
        }
    }

    /// The byte after a comment that begins here.
    fn after_comment(&self) -> usize {
        let mut from = self.at + 2;
        while let Some(dashes) = self.seek(b"--", from) {
            let rest = &self.source.as_bytes()[dashes + 2..];
            if rest.starts_with(b">") {
                return dashes + 3;
            }
            if rest.starts_with(b"!>") {
                return dashes + 4;
            }
            from = dashes + 1;
        }
        self.source.len()
    }

    /// The tag that begins here, at a bracket and a letter.
    fn tag(&self, kind: Kind, name_at: usize) -> Tag<'a> {
        let bytes = self.source.as_bytes();
        let ends_name = |byte: &u8| matches!(byte, b'>' | b'/') || byte.is_ascii_whitespace();
        let length = bytes[name_at..].iter().position(ends_name);
        let name_end = length.map_or(bytes.len(), |length| name_at + length);
        let (mut at, mut attributes, mut before) = (name_end, 0, 0);
        let mut quote = None;
        while let Some(&byte) = bytes.get(at) {
            match quote {
                Some(open) if byte == open => quote = None,
                Some(_) => {}
                None if byte == b'>' => break,
                // a quotation mark begins a value only after an equals sign
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                None if byte.is_ascii_whitespace() || byte == b'/' => {
                    attributes += usize::from(!before.is_ascii_whitespace() && before != b'=');
                }
                None => {}
            }
            if !(byte.is_ascii_whitespace() && before == b'=') {
                before = byte;
            }
            at += 1;
        }
        let end = (at + 1).min(bytes.len());
        let name = &self.source[name_at..name_end];
        Tag { kind, name, range: self.at..end, attributes, closes_itself: before == b'/' }
    }

    /// Where to go on after a start tag: past the body of a script or style.
    fn after(&self, tag: &Tag<'_>) -> usize {
        let raw = ["script", "style"].into_iter().find(|name| tag.is(name));
        let Some(name) = raw.filter(|_| self.foreign == 0) else { return tag.range.end };
        let mut from = tag.range.end;
        while let Some(at) = self.seek(b"</", from) {
            let found = self.source.as_bytes().get(at + 2..at + 2 + name.len());
            if found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
                return at;
            }
            from = at + 2;
        }
        self.source.len()
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;

    fn next(&mut self) -> Option<Tag<'a>> {
        let bytes = self.source.as_bytes();
        loop {
            self.at = self.seek(b"<", self.at)?;
            let (kind, name_at) = match bytes.get(self.at + 1) {
                Some(b'!') if bytes[self.at..].starts_with(b"<!--") => {
                    self.at = self.after_comment();
                    continue;
                }
                Some(b'/') => (Kind::End, self.at + 2),
                _ => (Kind::Start, self.at + 1),
            };
            if !bytes.get(name_at).is_some_and(u8::is_ascii_alphabetic) {
                self.at += 1;
                continue;
            }
            let tag = self.tag(kind, name_at);
            if tag.is_any(&["svg", "math"]) && !tag.closes_itself {
                self.foreign = match kind {
                    Kind::Start => self.foreign + 1,
                    Kind::End => self.foreign.saturating_sub(1),
                };
            }
            self.at = if kind == Kind::Start { self.after(&tag) } else { tag.range.end };
            return Some(tag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(source: &str) -> Vec<String> {
        let shown = |tag: Tag<'_>| match tag.kind {
            Kind::Start => format!("{}@{}", tag.name, tag.range.start),
            Kind::End => format!("/{}@{}", tag.name, tag.range.start),
        };
        Tags::of(source).map(shown).collect()
    }

    #[test]
    fn tags_are_found_and_what_only_looks_like_one_is_not() {
        assert_eq!(tags("<p>a < b <B class='x>y'>c</b>"), ["p@0", "B@9", "/b@25"]);
        assert_eq!(tags("<!-- <p> --><!--><i><!-- x --!><u>"), ["i@17", "u@31"]);
        assert_eq!(tags("<!doctype html><?xml?><br/>"), ["br@22"]);
        assert_eq!(tags("<script>'<p>'</SCRIPT><p"), ["script@0", "/SCRIPT@13", "p@22"]);
        assert_eq!(tags("<a title=\"never closed"), ["a@0"]);
        assert_eq!(tags("<é></é></ x>"), Vec::<String>::new());
    }

    #[test]
    fn attributes_are_counted_and_self_closing_seen() {
        let tag = Tags::of("<a b='1 2 3' c = d e/>").next().expect("a tag");
        assert!(tag.closes_itself);
        assert!((3..=6).contains(&tag.attributes), "{}", tag.attributes);
        assert!(!Tags::of("<a href=x>").next().expect("a tag").closes_itself);
    }
}
