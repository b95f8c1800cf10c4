//! A report with a chapter on each of several countries, from the file to what search finds; and what
//! is known of authors, language and terms of use, with how far it may be relied on.

use std::io::{Cursor, Write};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::harness::Library;

const ANNUAL: &str = "<html><body><h1>Annual report of Ruritania's institute</h1>\
    <p>This introduction is on no country.</p>\
    <h2>Kazakhstan</h2><p>A zebra law was changed.</p>\
    <h2>Tajikistan</h2><p>A zebra meeting was raided.</p>\
    <h2>Uzbekistan</h2><p>A zebra prisoner was released.</p></body></html>";

const SET: &str = r#"{"Peru": {"name": "Peru", "year": 2021, "summary": "A mosque was opened."}}"#;

/// Every document of a library, as JSON.
fn documents(library: &Library) -> Vec<Value> {
    let status = library.forb(["status", "--format", "json"]).ends(0).out;
    let status: Value = serde_json::from_str(&status).expect("JSON");
    status["documents"].as_array().expect("documents").clone()
}

fn countries(library: &Library) -> Vec<String> {
    let mut countries: Vec<String> = documents(library)
        .iter()
        .map(|document| document["country"].as_str().unwrap_or("-").to_owned())
        .collect();
    countries.sort();
    countries
}

#[test]
fn each_country_of_a_report_is_found_under_its_name() {
    let library = Library::new();
    let added = library.add("annual.html", ANNUAL).ends(0).out;
    assert!(added.contains("annual.html: chapter TJ"), "{added}");
    assert_eq!(countries(&library), ["-", "KZ", "TJ", "UZ"]);
    let hits = library.search(["zebra", "--country", "TJ"]);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["document"]["file_name"], "annual.html: chapter TJ");
    let id = hits[0]["passage"]["id"].as_str().expect("an id").to_owned();
    let shown = library.forb(["show", &id]).ends(0).out;
    assert!(shown.contains("A zebra meeting was raided."), "{shown}");
    // The chapter ends where the next one begins.
    assert!(!shown.contains("prisoner"), "{shown}");
    let introduction = &library.search(["introduction"])[0];
    assert_eq!(introduction["document"]["country"], Value::Null);
}

#[test]
fn chapters_are_the_same_after_a_second_add_and_a_rebuild() {
    let library = Library::new();
    library.add("annual.html", ANNUAL).ends(0);
    let before = library.search(["zebra"]);
    assert_eq!(before.len(), 3);
    let record = library.root().join("corpus/records/added.jsonl");
    let recorded = std::fs::read(&record).expect("a record");
    assert!(library.add("annual.html", ANNUAL).ends(0).out.contains("held"));
    assert_eq!(std::fs::read(&record).expect("a record"), recorded);
    assert_eq!(library.search(["zebra"]), before);
    library.forb(["index"]).ends(0);
    assert_eq!(library.search(["zebra"]), before);
}

#[test]
fn stating_one_country_joins_the_chapters_again() {
    let library = Library::new();
    library.add("annual.html", ANNUAL).ends(0);
    let path = library.file("annual.html", ANNUAL);
    let add = ["add".as_ref(), path.as_os_str(), "--country".as_ref(), "KZ".as_ref()];
    library.forb(add).ends(0);
    assert_eq!(countries(&library), ["KZ"]);
    assert_eq!(library.search(["zebra"]).len(), 3);
    library.forb(["index"]).ends(0);
    assert_eq!(countries(&library), ["KZ"]);
}

/// A report whose every chapter begins with the same notice.
fn with_notices() -> String {
    let chapter = |country: &&str| {
        format!(
            "<h2>{country}</h2><p>Subscribe to the letter of the chancery.</p>\
             <p>The chancery answers within a month.</p><p>All rights are kept by the chancery.</p>\
             <p>The temple of {country} was closed.</p>"
        )
    };
    let countries = ["Kazakhstan", "Peru", "Chad", "Laos", "Fiji", "Malta"];
    let chapters: String = countries.iter().map(chapter).collect();
    format!("<html><body><h1>Annual report</h1><p>Foreword.</p>{chapters}</body></html>")
}

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(content.as_bytes()).expect("written");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn what_repeats_in_chapters_is_set_aside_in_a_file_and_in_an_archive() {
    let report = with_notices();
    let alone = Library::new();
    alone.file("annual.html", &report);
    let packed = Library::new();
    packed.file("reports.zip", zipped(&[("note.txt", "A note."), ("2021/annual.html", &report)]));
    for (library, file) in [(alone, "annual.html"), (packed, "reports.zip")] {
        let added = library.forb(["add", file, "--publisher", "Forum 18"]).ends(0);
        assert_eq!(added.out.matches("chapter ").count(), 6, "{}", added.out);
        assert!(!added.err.contains("stays as it was"), "{}", added.err);
        let settled = |library: &Library| {
            assert_eq!(library.search(["chancery"]).len(), 0, "{file}");
            let aside = ["chancery", "--include", "chrome", "--limit", "100"];
            assert_eq!(library.search(aside).len(), 18, "{file}");
            assert_eq!(library.search(["temple"]).len(), 6, "{file}");
            assert_eq!(library.search(["temple", "--country", "Malta"]).len(), 1, "{file}");
            library.forb(["doctor"]).ends(0);
        };
        settled(&library);
        let status = library.forb(["status"]).ends(0).out;
        library.forb(["index"]).ends(0);
        settled(&library);
        assert_eq!(library.forb(["status"]).ends(0).out, status);
        // Four countries are too few, so all of it is text again.
        for country in ["Malta", "Fiji"] {
            let name = library.search(["temple", "--country", country]).remove(0);
            let name = name["document"]["file_name"].as_str().expect("a name").to_owned();
            library.forb(["remove", &name]).ends(0);
        }
        assert_eq!(library.search(["chancery", "--limit", "100"]).len(), 12, "{file}");
        library.forb(["doctor"]).ends(0);
    }
}

#[test]
fn a_chapter_is_corrected_on_its_own_and_stays_so() {
    let library = Library::new();
    library.add("annual.html", ANNUAL).ends(0);
    let chapter = "annual.html: chapter TJ";
    library.forb(["edit", chapter, "--period", "2021"]).ends(0);
    library.forb(["edit", "annual.html", "--period", "2020", "--title", "Year book"]).ends(0);
    let corrected = |library: &Library| {
        let documents = documents(library);
        let of = |country: &str, key: &str| {
            let found = documents.iter().find(|d| d["country"].as_str().unwrap_or("-") == country);
            found.expect("a document")[key].clone()
        };
        assert_eq!(of("TJ", "period"), "2021");
        for other in ["KZ", "UZ", "-"] {
            assert_eq!(of(other, "period"), "2020", "{other}");
        }
        assert_eq!(of("TJ", "title"), "Year book");
        library.forb(["doctor"]).ends(0);
    };
    corrected(&library);
    library.forb(["index"]).ends(0);
    corrected(&library);
    // It keeps its id, whatever country it is said to be on.
    let id = library.search(["meeting"])[0]["document"]["id"].as_str().expect("an id").to_owned();
    library.forb(["edit", &id, "--country", "Kyrgyzstan"]).ends(0);
    assert_eq!(library.search(["meeting", "--country", "KG"])[0]["document"]["id"], *id);
    assert_eq!(library.search(["meeting", "--country", "TJ"]).len(), 0);
    library.forb(["edit", &id, "--withdraw", "country"]).ends(0);
    assert_eq!(library.search(["meeting", "--country", "TJ"]).len(), 1);
}

#[test]
fn correcting_the_country_of_the_whole_joins_it_and_taking_that_back_parts_it() {
    let library = Library::new();
    library.add("annual.html", ANNUAL).ends(0);
    library.forb(["edit", "annual.html: chapter TJ", "--period", "2021"]).ends(0);
    library.forb(["edit", "annual.html", "--country", "KZ"]).ends(0);
    assert_eq!(countries(&library), ["KZ"]);
    library.forb(["doctor"]).ends(0);
    library.forb(["edit", "annual.html", "--withdraw", "country"]).ends(0);
    assert_eq!(countries(&library), ["-", "KZ", "TJ", "UZ"]);
    let chapter = &library.search(["meeting"])[0]["document"];
    assert_eq!(chapter["period"], "2021", "{chapter}");
    library.forb(["doctor"]).ends(0);
}

#[test]
fn a_chapter_leaves_alone_and_the_file_with_all_of_them() {
    let library = Library::new();
    library.add("annual.html", ANNUAL).ends(0);
    let removed = library.forb(["remove", "annual.html: chapter TJ"]).ends(0).out;
    assert!(removed.starts_with("removed"), "{removed}");
    let left = |library: &Library| {
        assert_eq!(countries(library), ["-", "KZ", "UZ"]);
        assert_eq!(library.search(["meeting"]).len(), 0);
        library.forb(["doctor"]).ends(0);
    };
    left(&library);
    library.forb(["index"]).ends(0);
    left(&library);
    library.add("annual.html", ANNUAL).ends(0);
    assert_eq!(countries(&library), ["-", "KZ", "TJ", "UZ"]);
    library.forb(["remove", "annual.html"]).ends(0);
    let status = library.forb(["status", "--format", "json"]).ends(1).out;
    assert!(status.contains("\"documents\":[]"), "{status}");
    library.forb(["doctor"]).ends(0);
}

#[test]
fn a_report_in_an_archive_leaves_with_its_chapters_and_nothing_else() {
    let library = Library::new();
    let files = [("note.txt", "A note."), ("annual.html", ANNUAL), ("set.json", SET)];
    library.file("reports.zip", zipped(&files));
    library.forb(["add", "reports.zip"]).ends(0);
    library.forb(["edit", "reports.zip: annual.html: chapter TJ", "--period", "2021"]).ends(0);
    assert_eq!(library.search(["meeting"])[0]["document"]["period"], "2021");
    library.forb(["remove", "reports.zip: annual.html: chapter TJ"]).ends(0);
    assert_eq!(countries(&library), ["-", "-", "KZ", "PE", "UZ"]);
    library.forb(["remove", "reports.zip: annual.html"]).ends(0);
    assert_eq!(countries(&library), ["-", "PE"]);
    library.forb(["index"]).ends(0);
    assert_eq!(countries(&library), ["-", "PE"]);
    library.forb(["doctor"]).ends(0);
}

#[test]
fn a_digest_that_is_retired_leaves_no_chapters() {
    let library = Library::new();
    let original = "The original, on a zebra.";
    let other = Library::new();
    other.add("original.txt", original).ends(0);
    let sha256 = documents(&other)[0]["sha256"].as_str().expect("a hash").to_owned();
    let meta = format!("[digest_of]\npublisher = \"P\"\ntitle = \"T\"\nsha256 = \"{sha256}\"\n");
    library.file("annual.html.meta.toml", meta);
    library.add("annual.html", ANNUAL).ends(0);
    assert_eq!(library.search(["zebra"]).len(), 3);
    library.add("original.txt", original).ends(0);
    assert_eq!(library.texts(["zebra"]), [original]);
    library.forb(["doctor"]).ends(0);
    // And none comes in when the original is there already.
    library.forb(["remove", "annual.html"]).ends(0);
    assert!(library.add("annual.html", ANNUAL).ends(0).out.starts_with("retired"));
    assert_eq!(library.texts(["zebra"]), [original]);
    library.forb(["remove", "original.txt"]).ends(0);
    assert_eq!(library.search(["zebra"]).len(), 3, "the digest answers again");
    library.forb(["doctor"]).ends(0);
}

#[test]
fn coverage_counts_the_chapters_and_no_empty_rest() {
    let library = Library::new();
    let chapters = "<html><body><h2>Kazakhstan</h2><p>One.</p><h2>Tajikistan</h2><p>Two.</p>\
        <h2>Uzbekistan</h2><p>Three.</p></body></html>";
    library.add("annual.html", chapters).ends(0);
    let covered = library.forb(["coverage"]).ends(0).out;
    assert_eq!(covered.lines().count(), 3, "{covered}");
    assert!(!covered.contains("empty"), "{covered}");
}

#[test]
fn a_dry_run_foretells_the_chapters() {
    let library = Library::new();
    let path = library.file("annual.html", ANNUAL);
    let told = library.forb(["add".as_ref(), "--dry-run".as_ref(), path.as_os_str()]).ends(0).out;
    assert_eq!(told.matches("chapter").count(), 3, "{told}");
}

#[test]
fn authors_language_and_terms_are_stated_and_shown_with_their_confidence() {
    let library = Library::new();
    let path = library.file("note.txt", "A short note on temples.");
    let words = ["--author", "A. Writer", "--author", "B. Writer", "--language", "pt-BR"];
    let mut add = vec!["add".as_ref(), path.as_os_str()];
    add.extend(words.iter().map(std::ffi::OsStr::new));
    library.forb(add).ends(0);
    let document = documents(&library).remove(0);
    assert_eq!(document["authors"][1]["name"], "B. Writer");
    assert_eq!(document["authors"][1]["kind"], "unknown");
    let findings = document["findings"].as_array().expect("findings");
    let of = |field: &str| findings.iter().find(|f| f["field"] == field).expect("a field");
    assert_eq!(
        (&of("language")["value"], &of("language")["confidence"]),
        (&"pt".into(), &"certain".into())
    );
    assert_eq!(of("licence")["confidence"], Value::Null);
    let verbose = library.forb(["status", "--verbose"]).ends(0).out;
    assert!(verbose.contains("\tauthors\tA. Writer; B. Writer\tcertain"), "{verbose}");
    let wrong = library.forb([
        "add".as_ref(),
        path.as_os_str(),
        "--language".as_ref(),
        "Portuguese".as_ref(),
    ]);
    assert!(wrong.ends(2).err.contains("is no language tag"));
}
