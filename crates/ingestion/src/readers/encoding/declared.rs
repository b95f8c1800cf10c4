//! The encoding that an HTML page or an XML declaration names for itself, looked for in its first
//! bytes as browsers do. Whether the declaration is to be believed is decided by the caller.

use encoding_rs::{Encoding, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

/// How much of a page is searched.
const WITHIN: usize = 4096;

/// What a page says about its encoding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Declared {
    /// An encoding that can be decoded.
    Known(&'static Encoding),
    /// A name that stands for nothing we can decode.
    Unknown(String),
}

/// The encoding that the first bytes of a page declare.
pub(super) fn encoding(bytes: &[u8]) -> Option<Declared> {
    let head = bytes[..bytes.len().min(WITHIN)].to_ascii_lowercase();
    let label = in_xml_declaration(&head).or_else(|| in_meta(&head))?;
    let name = String::from_utf8_lossy(label).into_owned();
    Some(match Encoding::for_label(label) {
        // a page that could be searched for this as ASCII is not UTF-16
        Some(known) if known == UTF_16LE || known == UTF_16BE => Declared::Known(UTF_8),
        Some(known) if known == REPLACEMENT => Declared::Unknown(name),
        Some(known) => Declared::Known(known),
        None => Declared::Unknown(name),
    })
}

fn in_xml_declaration(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.strip_prefix(b"<?xml")?;
    value_after(&declaration[..find(declaration, b"?>")?], b"encoding")
}

fn in_meta(head: &[u8]) -> Option<&[u8]> {
    let mut left = head;
    while let Some(at) = left.iter().position(|byte| *byte == b'<') {
        left = &left[at..];
        if left.starts_with(b"<!--") {
            left = &left[find(left, b"-->")?..];
        } else if left.starts_with(b"<meta") {
            let tag = &left[..find(left, b">")?];
            if let Some(label) = value_after(tag, b"charset") {
                return Some(label);
            }
            left = &left[tag.len()..];
        } else {
            left = &left[1..];
        }
    }
    None
}

/// The word after `name=`, quoted or not.
fn value_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let after = tag[find(tag, name)? + name.len()..].trim_ascii_start();
    let value = after.strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or(value.strip_prefix(b"'")).unwrap_or(value);
    let ends = |byte: &u8| matches!(byte, b'"' | b'\'' | b';' | b'/') || byte.is_ascii_whitespace();
    let label = &value[..value.iter().position(ends).unwrap_or(value.len())];
    (!label.is_empty()).then_some(label)
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

#[cfg(test)]
mod tests {
    use encoding_rs::{ISO_2022_JP, WINDOWS_1251, WINDOWS_1252};

    use super::*;

    #[test]
    fn declarations_are_found_in_their_several_forms() {
        let known = |page: &str| match encoding(page.as_bytes()) {
            Some(Declared::Known(encoding)) => Some(encoding),
            _ => None,
        };
        assert_eq!(known("<html><META CharSet=\"UTF-8\">"), Some(UTF_8));
        assert_eq!(known("<meta charset=windows-1251 />"), Some(WINDOWS_1251));
        let old = "<meta http-equiv='Content-Type' content='text/html; charset=iso-8859-1'>";
        assert_eq!(known(old), Some(WINDOWS_1252));
        assert_eq!(known("<?xml version='1.0' encoding='iso-2022-jp'?>"), Some(ISO_2022_JP));
        assert_eq!(known("<meta charset=utf-16>"), Some(UTF_8));
        assert_eq!(known("<!-- <meta charset=utf-8> --><p>"), None);
        assert_eq!(known("a text about charset=utf-8"), None);
        assert_eq!(known("<meta charset="), None);
    }

    #[test]
    fn a_name_nobody_knows_is_reported() {
        let page = b"<meta charset=\"x-klingon\">";
        assert_eq!(encoding(page), Some(Declared::Unknown("x-klingon".to_owned())));
    }
}
