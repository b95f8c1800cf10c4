//! EPUB books as they are made, and the blocks they become.

use super::super::archive::tests::pack;
use super::super::tests::transcript;
use super::super::{ReadError, read};

const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OEBPS/book.opf' \
    media-type='application/oebps-package+xml'/></rootfiles></container>";
const BOOK: &str = "<package><metadata><dc:title>World report</dc:title><dc:language>en</dc:language>\
    <dc:date opf:event='modification'>2024-01-01</dc:date><dc:date>2023-05-03</dc:date>\
    <meta property='dcterms:modified'>2024-01-01T00:00:00Z</meta></metadata><manifest>\
    <item id='nav' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
    <item id='two' href='text/two.xhtml' media-type='application/xhtml+xml'/>\
    <item id='one' href='text/chapter%20one.xhtml' media-type='application/xhtml+xml'/>\
    <item id='notes' href='text/notes.xhtml' media-type='application/xhtml+xml'/>\
    <item id='map' href='map.svg' media-type='image/svg+xml'/>\
    <item id='lost' href='lost.xhtml' media-type='application/xhtml+xml'/></manifest>\
    <spine><itemref idref='nav'/><itemref idref='one'/><itemref idref='two'/><itemref idref='two'/>\
    <itemref idref='map'/><itemref idref='lost'/><itemref idref='notes' linear='no'/></spine></package>";

fn page(body: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='UTF-8'?><html xmlns='http://www.w3.org/1999/xhtml'><head>\
         <title>A chapter</title></head><body>{body}</body></html>"
    )
}

fn epub(more: &[(&str, &str)]) -> Vec<u8> {
    let nav = page("<nav><ol><li><a href='text/two.xhtml'>Two</a></li></ol></nav>");
    let one = page("<h1>One</h1><p>The <b>first</b> chapter.<a/></p>");
    let two = page("<h1>Two</h1><ul><li>An item</li></ul>");
    let notes = page("<p>A note.</p>");
    let mut parts = vec![
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OEBPS/book.opf", BOOK),
        ("OEBPS/nav.xhtml", &nav),
        ("OEBPS/text/chapter one.xhtml", &one),
        ("OEBPS/text/two.xhtml", &two),
        ("OEBPS/text/notes.xhtml", &notes),
    ];
    parts.extend_from_slice(more);
    pack(&parts)
}

#[test]
fn chapters_stand_in_the_order_of_the_spine() {
    let document = read(&epub(&[])).expect("read");
    assert_eq!(document.format.name(), "epub");
    assert_eq!(
        transcript(&document),
        [
            "aside (table of contents) item 1: Two",
            "heading 1: One",
            "paragraph: The first chapter.",
            "heading 1: Two",
            "item 1: An item",
            "aside (outside the reading order) paragraph: A note.",
        ]
    );
    assert_eq!(
        document.warnings,
        [
            "the part \"OEBPS/map.svg\" is image/svg+xml: not read",
            "the book has no part \"OEBPS/lost.xhtml\", which its spine names",
            "1 part is outside the reading order and is set aside",
        ]
    );
}

#[test]
fn the_book_states_title_language_and_day() {
    let markup = read(&epub(&[])).expect("read").markup;
    assert_eq!(markup.title.as_deref(), Some("World report"));
    assert_eq!(markup.language.as_deref(), Some("en"));
    assert_eq!(markup.dates, [("dc:date".to_owned(), "2023-05-03".to_owned())]);
}

#[test]
fn locked_chapters_are_refused_and_locked_fonts_are_not() {
    let locking = |name: &str| {
        format!(
            "<encryption><EncryptedData><CipherReference URI='{name}'/></EncryptedData></encryption>"
        )
    };
    let fonts = locking("OEBPS/font.otf");
    assert!(read(&epub(&[("META-INF/encryption.xml", &fonts)])).is_ok());
    let chapters = locking("OEBPS/text/two.xhtml");
    let error = read(&epub(&[("META-INF/encryption.xml", &chapters)])).expect_err("an error");
    assert_eq!(error, ReadError::Encrypted { kind: "an EPUB book" });
}

#[test]
fn a_bad_book_says_what_is_wrong_with_it() {
    let error = |parts: &[(&str, &str)]| read(&pack(parts)).expect_err("an error").to_string();
    let kind = ("mimetype", "application/epub+zip");
    assert!(error(&[kind]).contains("it has no part \"META-INF/container.xml\""));
    assert!(error(&[kind, ("META-INF/container.xml", "<a/>")]).contains("names no book"));
    assert!(error(&[kind, ("META-INF/container.xml", CONTAINER)]).contains("\"OEBPS/book.opf\""));
    let empty = [kind, ("META-INF/container.xml", CONTAINER), ("OEBPS/book.opf", "<package/>")];
    assert!(error(&empty).contains("holds no words"));
}
