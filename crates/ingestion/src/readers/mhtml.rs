//! Pages as browsers save them (MHTML): a message of several parts, of which one is the page.
//!
//! The page is the part that the message names as its start, else the one whose address is that of
//! the snapshot, else the first HTML. Its coding and its character set are undone here; `html` reads
//! it. The other parts, images and frames, are not read. The address and the day come from the
//! browser, not from the page.

use std::fmt::Display;

use jiff::fmt::rfc2822::DateTimeParser;
use mailparse::{MailHeaderMap, ParsedMail, parse_headers, parse_mail};

use super::signature::contains;
use super::{Format, RawDocument, ReadError, encoding, html};
use crate::normalise::normalise;

const KIND: &str = "a page saved as MHTML";

/// How much of a file is looked at for the fields of a message.
const HEAD_WITHIN: usize = 16 * 1024;

/// How near the end of the file the last border must stand.
const END_WITHIN: usize = 4096;

/// Whether a file is a message that holds a page.
pub(super) fn is_mhtml(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_WITHIN)];
    let name = head.split(|byte| *byte == b':').next().unwrap_or(&[]);
    let is_field = name.len() < head.len()
        && !name.is_empty()
        && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    if !is_field {
        return false;
    }
    let Ok((fields, _)) = parse_headers(head) else { return false };
    let of = |name: &str| fields.get_first_value(name).unwrap_or_default().to_ascii_lowercase();
    let kind = of("Content-Type");
    let states_mime = !of("MIME-Version").is_empty() || !of("From").is_empty();
    states_mime && (kind.starts_with("multipart/related") || kind.starts_with("text/html"))
}

/// Reads a saved page.
pub(super) fn read(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    let damaged = |what: &dyn Display| ReadError::Damaged { kind: KIND, place: what.to_string() };
    let message = parse_mail(bytes).map_err(|_| damaged(&"its parts cannot be told apart"))?;
    let page = page_of(&message).ok_or_else(|| damaged(&"none of its parts is HTML"))?;
    let content = page.get_body_raw();
    let content = content.map_err(|_| damaged(&"the coding of its page cannot be undone"))?;
    let decoded = match page.ctype.params.get("charset") {
        Some(label) => encoding::decode_labelled(&content, label)?,
        None => encoding::decode(&content)?,
    };
    let mut document = html::read(&decoded.text);
    document.format = Format::Mhtml;
    document.encoding = decoded.encoding.to_owned();
    document.warnings.splice(0..0, decoded.warnings);
    if is_cut_short(&message) {
        document.warnings.push("the saved page is cut short: its end may be missing".to_owned());
    }
    let addresses = [
        field(&message, "Snapshot-Content-Location"),
        field(page, "Content-Location"),
        field(&message, "Content-Location"),
    ];
    let address = addresses.into_iter().flatten().find(|address| is_address(address));
    let markup = &mut document.markup;
    markup.url = address.or_else(|| markup.url.take());
    markup.title = markup.title.take().or_else(|| field(&message, "Subject"));
    markup.saved = field(&message, "Date").and_then(|date| day(&date));
    Ok(document)
}

/// The part that is the page.
fn page_of<'a>(message: &'a ParsedMail<'a>) -> Option<&'a ParsedMail<'a>> {
    let is_html = |part: &&ParsedMail<'_>| {
        matches!(part.ctype.mimetype.as_str(), "text/html" | "application/xhtml+xml")
    };
    let start = message.ctype.params.get("start");
    let address = field(message, "Snapshot-Content-Location");
    let is_start =
        |part: &&ParsedMail<'_>| start.is_some() && field(part, "Content-ID").as_ref() == start;
    let is_there =
        |part: &&ParsedMail<'_>| address.is_some() && field(part, "Content-Location") == address;
    let pages = || message.parts().filter(is_html);
    pages().find(is_start).or_else(|| pages().find(is_there)).or_else(|| pages().next())
}

/// Whether the border that ends the message is missing.
fn is_cut_short(message: &ParsedMail<'_>) -> bool {
    let bytes = message.raw_bytes;
    let end = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    let border = message.ctype.params.get("boundary").map(|border| format!("--{border}--"));
    border.is_some_and(|border| !contains(end, border.as_bytes()))
}

fn field(part: &ParsedMail<'_>, name: &str) -> Option<String> {
    let value = part.headers.get_first_value(name)?;
    let value = normalise(&value);
    (!value.is_empty()).then(|| value.into_owned())
}

/// Whether this is an address on the web, not one within the message or on a disk.
fn is_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The day of a message's date, in the time zone that it states.
fn day(date: &str) -> Option<String> {
    let parser = DateTimeParser::new().relaxed_weekday(true);
    parser.parse_zoned(date).ok().map(|time| time.date().to_string())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::read;
    use super::super::tests::transcript;
    use super::*;

    const SAVED: &str = "From: <Saved by Blink>\r\n\
        Snapshot-Content-Location: https://example.org/kazakhstan?page=1\r\n\
        Subject: =?utf-8?Q?Kazakhstan=20=E2=80=93=20report?=\r\n\
        Date: Sat, 31 Dec 2022 23:30:00 -0500\r\n\
        MIME-Version: 1.0\r\n\
        Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----Border--x----\"\r\n\
        \r\n\r\n------Border--x----\r\n\
        Content-Type: text/html\r\nContent-ID: <frame-2@mhtml.blink>\r\n\
        Content-Location: https://ads.example.org/\r\n\r\n<p>An advertisement.</p>\r\n\
        ------Border--x----\r\n\
        Content-Type: text/html\r\nContent-ID: <frame-1@mhtml.blink>\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\
        Content-Location: https://example.org/kazakhstan?page=1\r\n\r\n\
        <html lang=3D\"en\"><head><meta charset=3D\"utf-8\"><link rel=3D\"canonical\" href=\r\n\
        =3D\"https://example.org/\"></head><body><h1>Overview</h1><p>The law=E2=80=99s a=\r\n\
        pplication was broad.</p></body></html>\r\n\
        ------Border--x----\r\n\
        Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n\
        ------Border--x------\r\n";

    #[test]
    fn the_page_is_the_part_at_the_address_of_the_snapshot() {
        let document = read(SAVED.as_bytes()).expect("read");
        assert_eq!(document.format.name(), "mhtml");
        assert_eq!(document.encoding, "UTF-8");
        assert_eq!(
            transcript(&document),
            ["heading 1: Overview", "paragraph: The law’s application was broad."]
        );
        assert_eq!(document.warnings, [""; 0]);
    }

    #[test]
    fn address_day_and_title_come_from_the_browser() {
        let markup = read(SAVED.as_bytes()).expect("read").markup;
        assert_eq!(markup.url.as_deref(), Some("https://example.org/kazakhstan?page=1"));
        assert_eq!(markup.saved.as_deref(), Some("2022-12-31"));
        assert_eq!(markup.title.as_deref(), Some("Kazakhstan – report"));
        assert_eq!(markup.language.as_deref(), Some("en"));
        assert_eq!(markup.dates, []);
    }

    #[test]
    fn the_start_the_coding_and_the_character_set_are_heeded() {
        let message = |charset: &str| {
            format!(
                "MIME-Version: 1.0\nContent-Type: multipart/related; start=\"<b@x>\"; boundary=x\n\n\
                 --x\nContent-Type: text/html\n\n<p>frame\n--x\nContent-Type: text/html{charset}\n\
                 Content-ID: <b@x>\nContent-Location: file:///c:/page.html\n\
                 Content-Transfer-Encoding: base64\n\nPHA+4fLoIO/u\n6+js6zwvcD4=\n--x--\n"
            )
        };
        let document = read(message("; charset=windows-1251").as_bytes()).expect("read");
        assert_eq!(transcript(&document), ["paragraph: бти полимл"]);
        assert_eq!(document.encoding, "windows-1251");
        assert_eq!(document.markup.url, None);
        assert_eq!(document.markup.saved, None);
    }

    #[test]
    fn a_page_alone_needs_no_border() {
        let page = "MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<p>Alone</p>";
        let document = read(page.as_bytes()).expect("read");
        assert_eq!(transcript(&document), ["paragraph: Alone"]);
        assert_eq!(document.warnings, [""; 0]);
    }

    #[test]
    fn a_page_cut_short_says_so_and_one_without_html_is_refused() {
        let at = SAVED.find("</body>").expect("its end");
        let document = read(&SAVED.as_bytes()[..at]).expect("read");
        assert_eq!(document.blocks.len(), 2);
        assert_eq!(document.warnings, ["the saved page is cut short: its end may be missing"]);
        let none =
            "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n\nx\n--x--";
        let error = read(none.as_bytes()).expect_err("an error").to_string();
        assert!(error.contains("none of its parts is HTML"), "{error}");
    }

    #[test]
    fn text_that_begins_with_fields_is_text() {
        for text in [
            "From: the Embassy\n\nTo whom it may concern",
            "Title: Report\nContent-Type: multipart/related is what a saved page says\n\nx",
            "The report of 2021: an overview",
        ] {
            assert!(!is_mhtml(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_mutation_is_read_or_refused(
            at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 0..8)
        ) {
            let mut saved = SAVED.as_bytes().to_vec();
            let at = at.index(saved.len());
            let end = saved.len().min(at + bytes.len());
            saved.splice(at..end, bytes);
            let _ = read(&saved);
        }
    }
}
