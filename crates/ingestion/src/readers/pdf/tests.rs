//! The reader over small PDFs written here: what is set where, and what comes of it.

mod writer;

use proptest::prelude::*;
use writer::{Pdf, Sheet};

use crate::readers::{self, RawBlock, RawDocument, ReadError, Shape};

const LOREM: &str = "The Government registers communities of faith and the law protects them";

fn read(pdf: &Pdf) -> RawDocument {
    readers::read(&pdf.bytes()).expect("readable")
}

fn bodies(document: &RawDocument) -> Vec<&RawBlock> {
    document.blocks.iter().filter(|block| block.aside.is_none()).collect()
}

fn texts(document: &RawDocument) -> Vec<&str> {
    bodies(document).iter().map(|block| block.text.as_str()).collect()
}

/// Lines of prose that fill a width of about 330 points at size 10.
fn prose(sheet: &mut Sheet, x: f32, mut y: f32, lines: &[&str]) {
    for line in lines {
        sheet.text(x, y, 10.0, line);
        y -= 12.0;
    }
}

#[test]
fn lines_become_paragraphs_by_space_and_by_fit() {
    let mut sheet = Sheet::default();
    prose(&mut sheet, 72.0, 700.0, &[LOREM, LOREM, "as they should.", LOREM, "and so on."]);
    sheet.text(72.0, 620.0, 10.0, "Apart.");
    let document = read(&Pdf::of([sheet]));
    assert_eq!(
        texts(&document),
        [&format!("{LOREM} {LOREM} as they should."), &format!("{LOREM} and so on."), "Apart."]
    );
    assert_eq!(document.encoding, "PDF");
    assert_eq!(document.blocks[0].page.as_ref().map(|page| page.physical), Some(1));
}

#[test]
fn a_line_may_be_short_before_what_is_not_broken() {
    let mut sheet = Sheet::default();
    let lines = [LOREM, "held its first session from 7 to", "18 April 2008.", LOREM, LOREM];
    prose(&mut sheet, 72.0, 700.0, &lines);
    let document = read(&Pdf::of([sheet]));
    let first = format!("{LOREM} held its first session from 7 to 18 April 2008.");
    assert_eq!(texts(&document), [&first, &format!("{LOREM} {LOREM}")]);
}

#[test]
fn two_columns_are_read_one_after_the_other_whatever_the_order_of_drawing() {
    let mut sheet = Sheet::default();
    sheet.text(72.0, 720.0, 18.0, "Key Findings of the Report on the Freedom of Belief");
    for row in 0..8u8 {
        let y = 680.0 - 12.0 * f32::from(row);
        sheet.text(72.0, y, 10.0, &format!("left {row} words that fill a narrow column ok"));
        sheet.text(320.0, y, 10.0, &format!("right {row} words that fill a narrow column ok"));
    }
    let text = texts(&read(&Pdf::of([sheet]))).join(" ");
    let places: Vec<_> = (0..8).map(|row| text.find(&format!("left {row}"))).collect();
    assert!(places.is_sorted() && places.iter().all(Option::is_some), "{text}");
    assert!(text.find("left 7") < text.find("right 0"), "{text}");
    assert!(text.starts_with("Key Findings"), "{text}");
}

#[test]
fn heads_and_page_numbers_are_set_aside_and_paragraphs_go_on_over_the_page() {
    let mut pdf = Pdf::default();
    for page in 0..4u8 {
        let mut sheet = Sheet::default();
        sheet.text(72.0, 760.0, 9.0, "A/HRC/14/10");
        prose(&mut sheet, 72.0, 600.0, &[LOREM, LOREM]);
        sheet.text(300.0, 30.0, 9.0, &format!("{}", page + 5));
        pdf.add(sheet);
    }
    let document = read(&pdf);
    let whole = [LOREM; 8].join(" ");
    assert_eq!(texts(&document), [&whole]);
    let first = bodies(&document)[0].page.clone().expect("a page");
    assert_eq!((first.physical, first.label.as_deref()), (1, Some("5")));
    let aside: Vec<_> = document.blocks.iter().filter_map(|block| block.aside).collect();
    let count = |reason| aside.iter().filter(|aside| **aside == reason).count();
    assert_eq!((count("running head"), count("page number")), (4, 4));
}

#[test]
fn numbers_become_labels_and_headings_and_items_are_known() {
    let mut sheet = Sheet::default();
    sheet.bold(72.0, 720.0, 10.0, "II. Conclusions");
    prose(&mut sheet, 72.0, 700.0, &[&format!("124.   {LOREM}"), "and so on:"]);
    sheet.text(90.0, 660.0, 10.0, "(a)   The first;");
    sheet.text(90.0, 640.0, 10.0, "(b)   The second.");
    prose(&mut sheet, 72.0, 600.0, &[LOREM, LOREM, LOREM]);
    let document = read(&Pdf::of([sheet]));
    let blocks = bodies(&document);
    assert_eq!(blocks[0].shape, Shape::Heading(2));
    assert_eq!(blocks[1].label.as_deref(), Some("124"));
    assert_eq!(blocks[1].text, format!("{LOREM} and so on:"));
    assert_eq!((blocks[2].shape, blocks[2].text.as_str()), (Shape::ListItem(1), "(a) The first;"));
    assert_eq!(blocks[3].shape, Shape::ListItem(1));
}

#[test]
fn footnotes_follow_the_block_they_interrupt_and_their_marks_stay() {
    let mut first = Sheet::default();
    prose(&mut first, 72.0, 700.0, &[LOREM, LOREM, LOREM]);
    first.text(72.0, 664.0, 10.0, "The troika was chosen");
    first.text(170.0, 668.0, 6.0, "1");
    first.text(180.0, 664.0, 10.0, "and it met in the hall of the council that");
    first.text(72.0, 64.0, 6.0, "1");
    first.text(80.0, 60.0, 8.0, "Chile, Iraq and Italy.");
    let mut second = Sheet::default();
    second.text(72.0, 700.0, 10.0, "same day.");
    let document = read(&Pdf::of([first, second]));
    let blocks = bodies(&document);
    assert_eq!(blocks.len(), 2, "{blocks:?}");
    assert!(
        blocks[0].text.ends_with("chosen1 and it met in the hall of the council that same day.")
    );
    assert_eq!(blocks[1].shape, Shape::Footnote);
    assert_eq!(blocks[1].label.as_deref(), Some("1"));
    assert_eq!(blocks[1].text, "Chile, Iraq and Italy.");
}

#[test]
fn the_number_of_a_printing_job_stays_below_the_notes_of_its_cover() {
    let mut cover = Sheet::default();
    cover.text(72.0, 700.0, 12.0, "Report of the council *");
    cover.text(72.0, 84.0, 8.0, "* Circulated as received.");
    cover.text(72.0, 60.0, 12.0, "GE.10-12345");
    let mut second = Sheet::default();
    prose(&mut second, 72.0, 700.0, &[LOREM, LOREM, LOREM, LOREM, LOREM]);
    let document = read(&Pdf::of([cover, second]));
    let order: Vec<&str> = document.blocks.iter().map(|block| block.text.as_str()).collect();
    let at = |words: &str| order.iter().position(|text| text.contains(words));
    assert_eq!((at("Report of"), at("Circulated"), at("GE.10")), (Some(0), Some(1), Some(2)));
    assert_eq!(document.blocks[1].shape, Shape::Footnote);
}

#[test]
fn divided_words_are_mended_on_evidence_and_counted() {
    let mut sheet = Sheet::default();
    let lines = [
        "The law on religion speaks of the faith of all the people and of their reli-",
        "gion, and it does not speak at all of those who have none of it, or of crimi-",
        "nality.",
    ];
    prose(&mut sheet, 72.0, 700.0, &lines);
    let document = read(&Pdf::of([sheet]));
    let text = texts(&document).join(" ");
    assert!(text.contains("their religion, and") && text.contains("crimi-nality."), "{text}");
    assert_eq!(document.warnings.len(), 2, "{:?}", document.warnings);
}

#[test]
fn contents_are_set_aside() {
    let mut sheet = Sheet::default();
    sheet.text(72.0, 720.0, 10.0, "Contents");
    for row in 1..5u8 {
        let line = format!("{row}. Chapter ...................................... {row}");
        sheet.text(72.0, 720.0 - 20.0 * f32::from(row), 10.0, &line);
    }
    prose(&mut sheet, 72.0, 600.0, &[LOREM, LOREM]);
    let document = read(&Pdf::of([sheet]));
    assert_eq!(texts(&document), [format!("{LOREM} {LOREM}")]);
    assert!(document.blocks[..5].iter().all(|block| block.aside == Some("table of contents")));
}

#[test]
fn pages_of_images_need_ocr() {
    let images = read(&Pdf::of([Sheet::default(), Sheet::default()]));
    assert_eq!(images.blocks, []);
    assert!(images.warnings[0].starts_with("no page holds text, only images: it needs OCR"));
    assert_eq!(images.warnings.len(), 1);
    let mut sheet = Sheet::default();
    sheet.text(72.0, 700.0, 10.0, "One page of two.");
    let document = read(&Pdf::of([sheet, Sheet::default()]));
    assert_eq!(document.warnings, ["page 2 shows no text; an image needs OCR"]);
}

#[test]
fn damaged_files_are_mended_or_refused() {
    let mut sheet = Sheet::default();
    prose(&mut sheet, 72.0, 700.0, &[LOREM]);
    let whole = Pdf::of([sheet]).bytes();
    let broken = String::from_utf8_lossy(&whole).replace("startxref\n", "startxref\n9");
    let document = readers::read(broken.as_bytes()).expect("mended");
    assert_eq!(texts(&document), [LOREM]);
    assert!(document.warnings[0].contains("damaged"), "{:?}", document.warnings);
    let cut = readers::read(&whole[..60]);
    assert!(matches!(cut, Err(ReadError::Damaged { .. })), "{cut:?}");
    let locked = Pdf::locked().bytes();
    assert_eq!(readers::read(&locked), Err(ReadError::Encrypted { kind: "a PDF file" }));
}

#[test]
fn pages_that_run_from_right_to_left_are_named() {
    let mut hebrew = Sheet::default();
    hebrew.draw(
        "BT /F1 10 Tf 72 700 Td /Span << /ActualText <FEFF05D005D105D2> >> BDC (abc) Tj EMC ET",
    );
    let mut mixed = Sheet::default();
    prose(&mut mixed, 72.0, 700.0, &[LOREM]);
    mixed.draw("BT /F1 10 Tf 72 600 Td /Span << /ActualText <FEFF05D0> >> BDC (a) Tj EMC ET");
    let document = read(&Pdf::of([mixed, hebrew]));
    let named: Vec<_> = document.warnings.iter().filter(|w| w.contains("right to left")).collect();
    assert_eq!(named.len(), 1, "{:?}", document.warnings);
    assert!(named[0].starts_with("page 2: "), "{named:?}");
}

#[test]
fn pages_that_cannot_be_followed_are_not_called_images() {
    let mut sheet = Sheet::default();
    sheet.draw(") ] > nothing here is an instruction");
    let refused = readers::read(&Pdf::of([sheet]).bytes()).expect_err("refused").to_string();
    assert!(refused.contains("damaged: page 1 cannot be followed"), "{refused}");
}

#[test]
fn what_asks_for_more_than_any_report_is_refused_with_its_bound() {
    let mut endless = Sheet::default();
    endless.text(72.0, 700.0, 10.0, &"word ".repeat(90_000));
    let mut array = Sheet::default();
    array.draw(&format!("[{}] TJ", "0 ".repeat(1_100_000)));
    for (sheet, words) in [
        (endless, "a page shows more than 400000 characters"),
        (array, "one drawing instruction is of more than 2 MB"),
    ] {
        let refused = readers::read(&Pdf::of([sheet]).bytes()).expect_err("refused");
        assert!(matches!(refused, ReadError::TooLarge { .. }), "{refused}");
        assert!(refused.to_string().contains(words), "{refused}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_after_the_mark_are_read_or_refused(
        bytes in proptest::collection::vec(any::<u8>(), 0..2000)
    ) {
        let _ = readers::read(&[b"%PDF-1.4\n".as_slice(), &bytes].concat());
    }

    #[test]
    fn a_pdf_with_bytes_changed_is_read_or_refused(
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..20)
    ) {
        let mut sheet = Sheet::default();
        prose(&mut sheet, 72.0, 700.0, &[LOREM, LOREM]);
        let mut bytes = Pdf::of([sheet]).bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(document) = readers::read(&bytes) {
            for block in &document.blocks {
                prop_assert_eq!(&*crate::normalise::normalise(&block.text), block.text.as_str());
                prop_assert!(!block.text.is_empty());
            }
        }
    }
}
