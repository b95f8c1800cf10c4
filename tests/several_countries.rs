//! A report with a chapter on each of several countries, from the file to what search finds; and what
//! is known of authors, language and terms of use, with how far it may be relied on.

use serde_json::Value;

use crate::harness::Library;

const ANNUAL: &str = "<html><body><h1>Annual report of Ruritania's institute</h1>\
    <p>This introduction is on no country.</p>\
    <h2>Kazakhstan</h2><p>A zebra law was changed.</p>\
    <h2>Tajikistan</h2><p>A zebra meeting was raided.</p>\
    <h2>Uzbekistan</h2><p>A zebra prisoner was released.</p></body></html>";

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
