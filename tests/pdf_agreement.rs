//! The reading of a PDF against somebody's text of the same report: 58 reports of one series, as
//! both. Skipped loudly where the reports are absent; six of them are compared unless
//! `FORB_ALL_REPORTS` is set.
//!
//! What is compared, and what is not. Words are runs of letters and digits, in lower case. The text
//! counts as it is, its running heads, page numbers and cover included, except blocks with dot
//! leaders: its table of contents, which we set aside. Of the PDF counts what is not set aside, with
//! the numbers of paragraphs that became labels. The share is the longest common subsequence of
//! words. Where more is found so, footnotes are compared apart, in the words that are left, because we
//! set them behind the block they interrupt, while the text has them wherever their page ended.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
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

/// What leads from a heading to its page in a table of contents.
const CONTENTS: &str = ".....";

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

/// The reports whose text differs in content from the PDF: no word of the text that `pdftotext -layout`
/// reads is missing in our reading, and in order there are as many. It keeps
/// running heads, as the texts do: so here what we set aside counts, too. Numbers of pages do not, which
/// are no words with us. Skipped loudly where that program is not installed.
#[test]
fn reports_that_differ_are_read_no_worse_than_by_pdftotext() {
    const TEST: &str = "reports_that_differ_are_read_no_worse_than_by_pdftotext";
    let Some(reports) = real_reports(TEST) else { return };
    let folder = reports.join("un-upr");
    let mut worse = Vec::new();
    println!(
        "words of the text in the reading, of the reading in the text; ours without what is set"
    );
    println!("aside, ours, that of pdftotext:");
    for (name, _) in DIFFERENT {
        let path = folder.join(format!("pdf/{name}.pdf"));
        let Ok(run) = Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output() else {
            eprintln!("SKIPPED {TEST}: pdftotext is not installed");
            return;
        };
        assert!(run.status.success(), "{}: pdftotext failed", path.display());
        let laid_out = String::from_utf8_lossy(&run.stdout);
        let lines = laid_out.lines().filter(|line| !line.contains(CONTENTS));
        let theirs: Vec<String> = lines.flat_map(words_of).collect();
        let text = read(&folder.join(format!("txt/{name}.txt")));
        let pdf = read(&path);
        let ours = agreement_with(&text, || pdf.blocks.iter());
        let without = agreement(&text, &pdf);
        let (common, _) = common(&words_of_text(&text), &theirs);
        let its = Agreement { common, in_text: ours.in_text, in_pdf: theirs.len() };
        print!("{name:16}");
        let readings = [without, ours, its];
        let shares =
            readings.iter().map(Agreement::of_text).chain(readings.iter().map(Agreement::of_pdf));
        println!("{}", shares.map(|share| format!("{:9.2}%", 100.0 * share)).collect::<String>());
        let [_, ours, its] = readings;
        let (in_text, in_its) = (counts(&words_of_text(&text)), counts(&theirs));
        let in_ours = counts(&words(pdf.blocks.iter()));
        let found = |counts: &BTreeMap<String, usize>, word| counts.get(word).copied().unwrap_or(0);
        for (word, count) in &in_text {
            let least = (*count).min(found(&in_its, word));
            if found(&in_ours, word) < least && word.chars().any(char::is_alphabetic) {
                worse.push(format!("{name}: `{word}` is missing"));
            }
        }
        if ours.of_text() < its.of_text() {
            worse.push(format!("{name}: {:.4} < {:.4}", ours.of_text(), its.of_text()));
        }
    }
    assert!(worse.is_empty(), "{worse:?}");
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
    agreement_with(text, || pdf.blocks.iter().filter(|block| block.aside.is_none()))
}

/// What a text and these blocks of a PDF have in common.
fn agreement_with<'a, B: Iterator<Item = &'a RawBlock>>(
    text: &RawDocument,
    kept: impl Fn() -> B,
) -> Agreement {
    let theirs = words_of_text(text);
    let is_note = |block: &&RawBlock| block.shape == Shape::Footnote;
    let body = words(kept().filter(|block| !is_note(block)));
    let notes = words(kept().filter(is_note));
    let (in_body, left) = common(&theirs, &body);
    let (in_notes, _) = common(&left, &notes);
    let (in_order, _) = common(&theirs, &words(kept()));
    Agreement {
        common: in_order.max(in_body + in_notes),
        in_text: theirs.len(),
        in_pdf: body.len() + notes.len(),
    }
}

fn counts(words: &[String]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word.clone()).or_default() += 1;
    }
    counts
}

/// The words of a report's text, without its table of contents.
fn words_of_text(text: &RawDocument) -> Vec<String> {
    words(text.blocks.iter().filter(|block| !block.text.contains(CONTENTS)))
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
        block.label.iter().chain([&block.text]).for_each(|text| words.extend(words_of(text)));
    }
    words
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    let found = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    found.map(str::to_lowercase)
}
