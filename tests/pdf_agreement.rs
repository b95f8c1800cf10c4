//! The reading of a PDF against somebody's text of the same report: 58 reports of one series, as
//! both. Skipped loudly where the reports are absent; six of them are compared unless
//! `FORB_ALL_REPORTS` is set.
//!
//! What is compared, and what is not. Words are runs of letters and digits, in lower case. The text
//! counts as it is, its running heads, page numbers and cover included, except blocks with dot
//! leaders: its table of contents, which we set aside. Of the PDF counts what is not set aside, with
//! the numbers of paragraphs that became labels. The share is the longest common subsequence of
//! words. Footnotes are compared apart, in the words that are left, because we set them behind the
//! block they interrupt, while the text has them wherever their page ended.

use std::fs;
use std::path::Path;
use std::time::Instant;

use ingestion::readers::{self, RawBlock, RawDocument, Shape};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::harness::real_reports;

/// Compared by default: old and new layouts, footnotes, many recommendations.
const SAMPLE: [&str; 6] =
    ["brazil2008", "china2009", "kazakhstan2010", "libya2011", "pakistan2012", "turkmenistan2009"];

/// Reports whose text and PDF differ in content, and the share that holds all the same.
const DIFFERENT: [(&str, f64); 5] = [
    ("bahamas2009", 0.97),
    ("fiji2010", 0.97),
    ("sanmarino2010", 0.93),
    ("uzbekistan2009", 0.97),
    ("vanuatu2009", 0.97),
];

#[test]
fn pdf_and_text_of_a_report_agree() {
    let Some(reports) = real_reports("pdf_and_text_of_a_report_agree") else { return };
    let folder = reports.join("un-upr");
    let all = std::env::var_os("FORB_ALL_REPORTS").is_some();
    let mut names: Vec<String> = fs::read_dir(folder.join("pdf"))
        .expect("the PDFs")
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
        .filter(|name| all || SAMPLE.contains(&name.as_str()))
        .collect();
    names.sort();
    assert_eq!(names.len(), if all { 58 } else { SAMPLE.len() });
    let (mut failures, mut pages, mut seconds) = (Vec::new(), 0, 0.0);
    println!("{:34}text in PDF  PDF in text  words of text  words of PDF", "report");
    for name in &names {
        let text = read(&folder.join(format!("txt/{name}.txt")));
        let started = Instant::now();
        let pdf = read(&folder.join(format!("pdf/{name}.pdf")));
        seconds += started.elapsed().as_secs_f64();
        pages +=
            pdf.blocks.iter().filter_map(|b| Some(b.page.as_ref()?.physical)).max().unwrap_or(0);
        let found = agreement(&text, &pdf);
        println!(
            "{name:34}{:10.2}%{:12.2}%{:15}{:14}",
            100.0 * found.of_text(),
            100.0 * found.of_pdf(),
            found.in_text,
            found.in_pdf
        );
        let different = DIFFERENT.iter().find(|(different, _)| different == name);
        let least = different.map_or(0.99, |(_, least)| *least);
        if found.of_text() < least {
            failures.push(format!("{name}: {:.4} < {least}", found.of_text()));
        }
    }
    println!("{pages} pages in {seconds:.2} s, {:.0} a second", f64::from(pages) / seconds);
    assert!(failures.is_empty(), "{failures:?}");
}

#[test]
fn numbers_of_paragraphs_and_pages_are_read() {
    let Some(reports) = real_reports("numbers_of_paragraphs_and_pages_are_read") else { return };
    let pdf = read(&reports.join("un-upr/pdf/kazakhstan2010.pdf"));
    let labels = pdf.blocks.iter().filter(|block| block.shape != Shape::Footnote);
    let labels: Vec<&str> = labels.filter_map(|block| block.label.as_deref()).collect();
    let mut expected = 1u32;
    for label in labels {
        expected += u32::from(*label == expected.to_string());
    }
    // The list of recommendations under paragraph 95 has numbers of its own, up to 102.
    assert!(expected > 98, "paragraph {expected} is missing");
    for (label, page) in [("9", 4), ("29", 6), ("46", 8)] {
        let block = pdf.blocks.iter().find(|block| block.label.as_deref() == Some(label));
        let place = block.and_then(|block| block.page.clone()).expect("a page");
        assert_eq!((place.physical, place.label), (page, Some(page.to_string())), "{label}");
    }
}

fn read(path: &Path) -> RawDocument {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    readers::read(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// How many words stand in both.
struct Agreement {
    common: usize,
    in_text: usize,
    in_pdf: usize,
}

impl Agreement {
    fn of_text(&self) -> f64 {
        self.common as f64 / self.in_text as f64
    }

    fn of_pdf(&self) -> f64 {
        self.common as f64 / self.in_pdf as f64
    }
}

fn agreement(text: &RawDocument, pdf: &RawDocument) -> Agreement {
    let contents = |block: &&RawBlock| block.text.contains(".....");
    let theirs = words(text.blocks.iter().filter(|block| !contents(block)));
    let kept = || pdf.blocks.iter().filter(|block| block.aside.is_none());
    let is_note = |block: &&RawBlock| block.shape == Shape::Footnote;
    let body = words(kept().filter(|block| !is_note(block)));
    let notes = words(kept().filter(is_note));
    let (in_body, left) = common(&theirs, &body);
    let (in_notes, _) = common(&left, &notes);
    Agreement {
        common: in_body + in_notes,
        in_text: theirs.len(),
        in_pdf: body.len() + notes.len(),
    }
}

/// How many words two texts have in common, in order, and which of the first are left.
fn common(first: &[String], second: &[String]) -> (usize, Vec<String>) {
    let (mut count, mut left) = (0, Vec::new());
    for operation in capture_diff_slices(Algorithm::Myers, first, second) {
        match operation {
            DiffOp::Equal { len, .. } => count += len,
            other => left.extend_from_slice(&first[other.old_range()]),
        }
    }
    (count, left)
}

fn words<'a>(blocks: impl Iterator<Item = &'a RawBlock>) -> Vec<String> {
    let mut words = Vec::new();
    for block in blocks {
        for text in block.label.iter().chain([&block.text]) {
            let found = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            words.extend(found.map(str::to_lowercase));
        }
    }
    words
}
