//! Reports of our own on several countries: which are cut, which are not, and what becomes of them.

use model::{Document, Role};

use super::*;
use crate::profiles::Profiles;
use crate::segment::segment;
use crate::source::{ReadDocument, SourceFile, read};

fn read_text(text: &str) -> ReadDocument {
    read(&SourceFile::new("annual.html", text.as_bytes()), Profiles::built_in()).expect("read")
}

/// Countries with their text, the chapters of a page; `_` names none.
fn outline(read: &ReadDocument) -> Vec<String> {
    let documents = std::iter::once(read).chain(&read.chapters);
    let line = |read: &ReadDocument| {
        let country = read.document.metadata.country.value.map_or("_", |country| country.code());
        format!("{country}: {}", read.document.text().replace('\n', " / "))
    };
    documents.map(line).collect()
}

const ANNUAL: &str = "<h1>Annual report</h1><p>What this report is about.</p>\
    <h1>Countries</h1>\
    <h2>1. Kazakhstan</h2><p>A law was changed in Kazakhstan.</p><h3>Background</h3><p>It is large.</p>\
    <h2>Tajikistan*</h2><p>Meetings in Tajikistan were raided.</p><ul><li>One of them twice.</li></ul>\
    <h1>Others</h1>\
    <h2>UZBEKISTAN</h2><p>Prisoners were released.</p>\
    <h2>Conclusion</h2><p>So it was.</p><footer>© A publisher</footer>";

#[test]
fn a_chapter_on_each_of_several_countries_is_a_document() {
    let read = read_text(ANNUAL);
    assert_eq!(
        outline(&read),
        [
            "_: Annual report / What this report is about. / Countries / Others / Conclusion / \
             So it was. / © A publisher",
            "KZ: 1. Kazakhstan / A law was changed in Kazakhstan. / Background / It is large.",
            "TJ: Tajikistan* / Meetings in Tajikistan were raided. / One of them twice.",
            "UZ: UZBEKISTAN / Prisoners were released.",
        ]
    );
    let kazakhstan = &read.chapters[0].document;
    let passages = segment(kazakhstan);
    assert_eq!(passages[1].locator.section, ["1. Kazakhstan", "Background"]);
    assert_eq!(passages[1].range.of(kazakhstan.text()), Some("It is large."));
    let part = kazakhstan.metadata.part_of.as_ref().expect("a part");
    assert_eq!((part.place.as_str(), part.file_name.as_str()), ("chapter KZ", "annual.html"));
    assert_eq!(part.sha256, kazakhstan.metadata.sha256);
    assert_eq!(kazakhstan.metadata.country.evidence[0].quote.as_deref(), Some("1. Kazakhstan"));
}

#[test]
fn ids_are_those_that_the_capture_can_have_and_each_is_its_own() {
    let read = read_text(ANNUAL);
    let capture = read.document.metadata.sha256;
    assert_eq!(*read.document.id(), capture.document_id());
    let mut all: Vec<DocumentId> =
        Country::all().map(|country| chapter_id(capture, country)).collect();
    let known = all.len();
    assert!(read.chapters.iter().all(|chapter| all.contains(chapter.document.id())));
    all.push(capture.document_id());
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), known + 1);
    // Another capture with the same chapters has others.
    let again = read_text(&ANNUAL.replace("So it was.", "So it is."));
    assert_ne!(again.chapters[0].document.id(), read.chapters[0].document.id());
}

#[test]
fn in_doubt_nothing_is_cut_and_it_is_said_why() {
    let chapter = |name: &str| format!("<h2>{name}</h2><p>Something happened there then.</p>");
    let three = ["Kazakhstan", "Tajikistan", "Uzbekistan"].map(chapter).concat();
    let long = "<h2>Method</h2><p>".to_owned() + &"A long account of it. ".repeat(20) + "</p>";
    for (page, why) in [
        (format!("{three}{}", chapter("Kazakhstan")), "one of them has two headings"),
        (
            format!("{}{}{three}", chapter("Turkmenistan"), chapter("Background")),
            "headings of the same level that name no country stand between them",
        ),
        (format!("{three}<h2>Turkmenistan</h2>"), "no text follows one of them"),
        (format!("{three}{long}"), "most of the text stands elsewhere"),
    ] {
        let read = read_text(&page);
        assert!(read.chapters.is_empty(), "{page}");
        assert!(read.warnings.iter().any(|warning| warning.contains(why)), "{:?}", read.warnings);
    }
}

#[test]
fn two_countries_two_letters_and_countries_within_sentences_are_no_chapters() {
    let two = "<h2>Kazakhstan</h2><p>A.</p><h2>Tajikistan</h2><p>B.</p><h3>Peru</h3><p>C.</p>";
    let codes = "<h2>IT</h2><p>A.</p><h2>NO</h2><p>B.</p><h2>IS</h2><p>C.</p>";
    let sentences = "<h2>In Kazakhstan</h2><p>A.</p><h2>Tajikistan and Uzbekistan</h2><p>B.</p>\
        <h2>Peru: a summary</h2><p>C.</p>";
    for page in [two, codes, sentences] {
        let read = read_text(page);
        assert!(read.chapters.is_empty(), "{page}");
        assert!(!read.warnings.iter().any(|w| w.contains("headings")), "{:?}", read.warnings);
    }
}

#[test]
fn a_country_that_people_state_holds_the_report_together() {
    let mut source = SourceFile::new("annual.html", ANNUAL.as_bytes());
    source.by_user.country = Some("Peru".into());
    let read = read(&source, Profiles::built_in()).expect("read");
    assert!(read.chapters.is_empty());
    assert_eq!(read.document.metadata.country.value.map(|c| c.code()), Some("PE"));
    assert!(
        read.warnings.iter().any(|w| w.contains("as a whole is on Peru")),
        "{:?}",
        read.warnings
    );
}

#[test]
fn markdown_has_chapters_too_and_pages_stay_those_of_the_file() {
    let text = "# Report\n\n*An introduction* to [it](https://example.org).\n\n## Chad\n\nOne thing.\n\n\
        ## Niger\n\nAnother thing.\n\n## Mali\n\n- a third\n- a fourth\n";
    let countries: Vec<_> = read_text(text)
        .chapters
        .iter()
        .map(|read| read.document.metadata.country.value.map(|c| c.code()))
        .collect();
    assert_eq!(countries, [Some("TD"), Some("NE"), Some("ML")]);

    let mut text = String::new();
    let mut blocks = Vec::new();
    let parts = [(1, "Chad"), (0, "One."), (1, "Mali"), (0, "Two."), (1, "Niger"), (0, "Three.")];
    for (physical, (level, content)) in (4..).zip(parts) {
        text.push_str(if text.is_empty() { "" } else { "\n" });
        let range = TextRange::new(text.len(), text.len() + content.len());
        text.push_str(content);
        let role = if level > 0 { Role::Heading } else { Role::Body };
        let page = Some(model::Page { physical, label: None });
        blocks.push(Block { role, range, level, label: None, page, rule: None });
    }
    let capture = ContentHash([7; 32]);
    let metadata = Metadata::of_capture(capture);
    let document = Document::new(capture.document_id(), metadata, text, blocks).expect("valid");
    let Layout::Chapters(found) = layout(&document) else { panic!("chapters") };
    let (rest, chapters) =
        cut(&document, &found, |_| Metadata::of_capture(document.metadata.sha256)).expect("cut");
    assert!(rest.blocks().is_empty());
    let pages: Vec<_> = chapters
        .iter()
        .flat_map(segment)
        .filter_map(|p| p.locator.page)
        .map(|p| p.physical)
        .collect();
    assert_eq!(pages, [5, 7, 9]);
}

#[test]
fn every_block_goes_to_exactly_one_document() {
    let read = read_text(ANNUAL);
    let blocks: usize = read.chapters.iter().map(|c| c.document.blocks().len()).sum();
    assert_eq!(blocks + read.document.blocks().len(), 16);
}
