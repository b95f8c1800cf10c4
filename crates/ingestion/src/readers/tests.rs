//! Reading bytes from end to end, whatever their format.

use proptest::prelude::*;

use super::*;
use crate::normalise::normalise;

/// A document's blocks, a line each.
pub(super) fn transcript(document: &RawDocument) -> Vec<String> {
    let line = |block: &RawBlock| {
        let aside = block.aside.map(|reason| format!("aside ({reason}) ")).unwrap_or_default();
        let shape = match block.shape {
            Shape::Heading(level) => format!("heading {level}"),
            Shape::Paragraph => "paragraph".to_owned(),
            Shape::Line => "line".to_owned(),
            Shape::ListItem(depth) => format!("item {depth}"),
            Shape::TableRow => "row".to_owned(),
            Shape::Term => "term".to_owned(),
            Shape::Caption => "caption".to_owned(),
            Shape::Footnote => "note".to_owned(),
        };
        let label = block.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
        format!("{aside}{shape}{label}: {}", block.text)
    };
    document.blocks.iter().map(line).collect()
}

fn message(bytes: &[u8]) -> String {
    read(bytes).expect_err("an error").to_string()
}

#[test]
fn text_and_html_are_told_apart_by_content() {
    let text = read(b"One\n\nTwo\xe2\x80\x99s").expect("text");
    assert_eq!(
        (text.format, text.encoding.as_str(), text.blocks.len()),
        (Format::Text, "UTF-8", 2)
    );
    let html = read(b"<p>One<p>Two").expect("html");
    assert_eq!(
        (html.format, html.encoding.as_str(), html.blocks.len()),
        (Format::Html, "UTF-8", 2)
    );
}

#[test]
fn what_cannot_be_read_says_what_it_is_and_what_to_do() {
    assert_eq!(message(b""), "the file is empty; capture it again");
    assert_eq!(
        message(b"%PDF-1.7\n%\xe2\xe3"),
        "the file is a PDF file that is damaged: its table of contents is missing or wrong; it may \
         be cut short; open it to see whether it is whole, and capture it again"
    );
    assert_eq!(
        message(b"\0\x01\x02\x03"),
        "the file is not text: no text encoding explains its bytes; save it as plain text, HTML or \
         PDF and add that"
    );
    assert_eq!(
        message(b"\xff\xfe\0\0a\0\0\0"),
        "the text is encoded as UTF-32, which forb does not read; save it as UTF-8 and add that"
    );
    for wordless in [&b" \n\t"[..], b"...\n\n***", b"<html><body><script>x</script></body></html>"]
    {
        assert!(message(wordless).starts_with("the file holds no words"), "{wordless:?}");
    }
}

#[test]
fn warnings_of_the_encoding_come_before_those_of_the_format() {
    let document = read(b"caf\xc3\xa9 \xff criminaliz-\ning them").expect("text");
    assert!(document.warnings[0].contains("not valid UTF-8"), "{:?}", document.warnings);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(document) = read(&bytes) {
            for block in document.blocks {
                prop_assert!(!block.text.is_empty());
                prop_assert_eq!(normalise(&block.text), block.text.as_str());
            }
        }
    }

    #[test]
    fn any_text_with_words_is_read(text in "[ -~\n]{0,80}[a-z]") {
        prop_assert!(read(text.as_bytes()).is_ok() || text.contains('<') || text.contains('%'));
    }
}
