//! The two reports forb was first asked for, as they are: recognised from their text, clean of page
//! chrome, ranked, verbatim. Skipped loudly where the reports are absent.

use std::fs;

use ingestion::profiles::Profiles;
use ingestion::segment::{segment, set_aside};
use ingestion::{SourceFile, read};
use model::Document;
use serde_json::Value;

use crate::harness::{Library, real_reports};

fn with_seeds(test: &str) -> Option<Library> {
    let seeds = real_reports(test)?.join("seeds");
    let library = Library::new();
    library.forb(["add".as_ref(), seeds.as_os_str()]).ends(0);
    Some(library)
}

#[test]
fn both_reports_are_recognised_from_their_text_with_evidence() {
    let Some(library) = with_seeds("both_reports_are_recognised") else { return };
    let status: Value =
        serde_json::from_str(&library.forb(["status", "--format", "json"]).ends(0).out)
            .expect("JSON");
    let summary = |hit: &Value| {
        let of = |key: &str| hit["document"][key].as_str().unwrap_or("unknown").to_owned();
        [of("publisher"), of("series"), of("country"), of("period"), of("extent")]
    };
    let state = &library.search(["terrorism laws applied broadly"])[0];
    let expected =
        ["U.S. Department of State", "Country Reports on Terrorism", "KZ", "2021", "full"];
    assert_eq!(summary(state), expected);
    let profile = &library.search(["converts from Islam"])[0];
    assert_eq!(summary(profile), ["Open Doors", "World Watch List", "KZ", "unknown", "full"]);
    let text = status.to_string();
    for evidence in ["2021 Terrorist Incidents:", "47 Kazakhstan", "As we close out 2023"] {
        assert!(text.contains(evidence), "{evidence}");
    }
    let verbose = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(verbose.contains("As we close out 2023"), "{verbose}");
}

#[test]
fn the_right_passage_comes_first() {
    let Some(library) = with_seeds("the_right_passage_comes_first") else { return };
    let converts = &library.texts(["converts", "from", "Islam"])[0];
    assert!(converts.starts_with("Converts from Islam suffer"), "{converts}");
    let laws = &library.texts(["terrorism", "laws", "applied", "broadly"])[0];
    assert!(laws.starts_with("Kazakhstan remained on guard"), "{laws}");
}

#[test]
fn page_chrome_is_found_only_when_asked_for() {
    let Some(library) = with_seeds("page_chrome_is_found_only_when_asked_for") else { return };
    for words in [
        "\"Secure .gov websites use HTTPS\"",
        "\"year-end gift\"",
        "\"The Lessons of 1989\"",
        "Seconds",
    ] {
        library.forb(["search", words]).ends(1);
        let found = library.search([words, "--include", "chrome"]);
        assert!(!found.is_empty(), "{words}");
        assert_eq!(found[0]["passage"]["role"], "chrome", "{words}");
    }
}

#[test]
fn highlights_mark_the_words_that_matched() {
    let Some(library) = with_seeds("highlights_mark_the_words_that_matched") else { return };
    let marked = |words: &str| -> Vec<String> {
        let hit = library.search([words]).remove(0);
        let text: Vec<char> = hit["passage"]["text"].as_str().expect("text").chars().collect();
        let at = |range: &Value, n: usize| range[n].as_u64().expect("a number") as usize;
        let ranges = hit["highlights"].as_array().expect("ranges").clone();
        ranges.iter().map(|r| text[at(r, 0)..at(r, 1)].iter().collect()).collect()
    };
    assert_eq!(marked("\"propaganda of terrorism\""), ["propaganda of terrorism"]);
    assert_eq!(marked("Bokayev"), ["Bokayev"]);
    assert_eq!(marked("\"nation's committee\""), ["nation’s Committee"]);
}

/// Every passage is verbatim at its place, and together they cover all text of the report itself.
fn check(name: &str, document: &Document) {
    let mut covered = vec![false; document.text().len()];
    let mut end = 0;
    for passage in segment(document) {
        assert_eq!(passage.verify(document), Ok(()), "{name}");
        assert_eq!(passage.range.of(document.text()), Some(passage.text.as_str()), "{name}");
        assert!(passage.range.start >= end, "{name}: {} overlaps", passage.id);
        end = passage.range.end;
        covered[passage.range.start..passage.range.end].fill(true);
    }
    for passage in set_aside(document) {
        assert_eq!(passage.verify(document), Ok(()), "{name}");
    }
    for block in document.blocks().iter().filter(|block| block.role.is_passage_text()) {
        let text = document.text_of(block);
        let missing =
            text.char_indices().find(|(at, c)| *c != ' ' && !covered[block.range.start + at]);
        assert_eq!(missing, None, "{name}: {text}");
    }
}

#[test]
fn every_passage_is_verbatim_and_all_body_text_is_covered() {
    let Some(reports) = real_reports("every_passage_is_verbatim") else { return };
    let mut read_files = 0;
    for folder in ["seeds", "page-excerpts", "un-upr/txt"] {
        for entry in fs::read_dir(reports.join(folder)).expect("listed") {
            let path = entry.expect("entry").path();
            let name = path.display().to_string();
            let source = SourceFile::new(name.clone(), fs::read(&path).expect("read"));
            let read =
                read(&source, Profiles::built_in()).unwrap_or_else(|e| panic!("{name}: {e}"));
            check(&name, &read.document);
            read_files += 1;
        }
    }
    assert!(read_files >= 65, "only {read_files} files");
}

#[test]
fn the_body_of_the_state_report_is_all_there() {
    let Some(reports) = real_reports("the_body_of_the_state_report_is_all_there") else { return };
    let bytes = fs::read(reports.join("seeds/004_5fff3e37353b2ac8.txt")).expect("read");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let document =
        read(&SourceFile::new("state", bytes), Profiles::built_in()).expect("read").document;
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(squeezed(document.text()), squeezed(&text), "no word is lost or altered");
    let body: String = segment(&document).iter().map(|p| p.text.clone() + " ").collect();
    for words in
        ["19.8 percent", "up to 90 percent", "Max Bokayev", "C5+1", "181,000", "$900 million"]
    {
        assert!(body.contains(words), "{words}");
    }
    for chrome in ["Official websites", "On This Page", "The Lessons of 1989"] {
        assert!(!body.contains(chrome), "{chrome}");
    }
}
