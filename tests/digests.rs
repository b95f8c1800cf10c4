//! The corpus that ships: digests in our own words, never presented as quotations of their
//! originals, and retired by them.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::harness::{Library, real_reports, repository};

/// A library with the corpus that ships.
fn shipped() -> Library {
    let library = Library::new();
    copy(&repository().join("corpus"), &library.root().join("corpus"));
    library
}

/// Copies what is tracked: not what a user added to this checkout's own library.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("listed") {
        let path = entry.expect("entry").path();
        let name = path.file_name().expect("a name").to_owned();
        if name == "captures" || name == "added.jsonl" || name == ".lock" {
            continue;
        }
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).expect("copied");
        }
    }
}

#[test]
fn the_first_search_builds_the_index_and_finds_the_digests() {
    let library = shipped();
    let hits = library.search(["religious extremism", "--limit", "30"]);
    let of = |publisher: &str| hits.iter().any(|hit| hit["document"]["publisher_id"] == publisher);
    assert!(of("us-state") && of("open-doors"));
    for hit in &hits {
        assert!(hit["document"]["digest_of"]["sha256"].is_string(), "{hit}");
        assert_eq!(hit["document"]["country"], "KZ");
    }
}

#[test]
fn every_output_that_shows_a_digest_says_so() {
    let library = shipped();
    let search = library.forb(["search", "religious extremism"]).ends(0).out;
    for line in search.lines() {
        assert!(line.to_lowercase().contains("digest"), "{line}");
    }
    let id = library.search(["converts"])[0]["passage"]["id"].as_str().expect("id").to_owned();
    let shown = library.forb(["show", &id]).ends(0).out;
    assert!(shown.lines().all(|line| line.to_lowercase().contains("digest")), "{shown}");
    assert!(library.forb(["status"]).ends(0).out.to_lowercase().contains("digest"));
    let ask = ["changes", "--country", "KZ", "--series", "us-state-irf", "--period", "2021..2022"];
    let changes = library.forb(ask).ends(0).out;
    assert!(changes.lines().all(|line| line.contains("digest in forb's own words")), "{changes}");
    for format in ["json", "markdown", "csv"] {
        let written = library.forb([&ask[..], &["--format", format]].concat()).ends(0).out;
        assert!(written.contains("digest"), "{format}: {written}");
    }
}

#[test]
fn page_chrome_and_the_notice_of_a_digest_are_set_aside() {
    let library = shipped();
    for words in
        ["\"This site uses cookies\"", "\"year-end goal\"", "Seconds", "\"in other words\""]
    {
        assert!(library.search([words]).is_empty(), "{words}");
        assert!(!library.search([words, "--include", "chrome"]).is_empty(), "{words}");
    }
}

#[test]
fn the_original_retires_its_digest() {
    let Some(reports) = real_reports("the_original_retires_its_digest") else { return };
    let library = shipped();
    let seeds = reports.join("seeds");
    library.forb(["search", "religious extremism"]).ends(0);
    library.forb(["add".as_ref(), seeds.as_os_str()]).ends(0);
    let check = |hits: Vec<Value>| {
        assert!(!hits.is_empty());
        assert!(hits.iter().all(|hit| hit["document"]["digest_of"].is_null()), "{hits:?}");
    };
    for file in
        ["us-state-irf/2021.json", "us-state-irf/2022.json", "un-upr/pdf/kazakhstan2010.pdf"]
    {
        library.forb(["add".as_ref(), reports.join(file).as_os_str()]).ends(0);
    }
    check(library.search(["religious extremism", "--country", "KZ"]));
    library.forb(["index"]).ends(0);
    check(library.search(["religious extremism", "--country", "KZ"]));
    assert!(library.forb(["status"]).ends(0).err.contains("retired"));
    // A digest that comes after its original is retired at once, and that is no error.
    let digest = library.root().join("corpus/digests/us-state-crt-kazakhstan-2021.txt");
    let again = library.forb(["add".as_ref(), digest.as_os_str()]).ends(0);
    assert!(again.out.starts_with("retired"), "{}", again.out);
}

#[test]
fn no_sentence_of_an_original_stands_in_its_digest() {
    let Some(reports) = real_reports("no_sentence_of_an_original_stands_in_its_digest") else {
        return;
    };
    let words = |text: &str| -> Vec<String> {
        let text = text.to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    };
    let runs =
        |words: &[String]| -> HashSet<String> { words.windows(9).map(|w| w.join(" ")).collect() };
    let mut original = HashSet::new();
    let seeds = fs::read_dir(reports.join("seeds")).expect("listed");
    let mut files: Vec<_> = seeds.map(|entry| entry.expect("entry").path()).collect();
    let others =
        ["us-state-irf/2021.json", "us-state-irf/2022.json", "un-upr/txt/kazakhstan2010.txt"];
    files.extend(others.map(|file| reports.join(file)));
    for file in files {
        let text = fs::read(file).expect("read");
        original.extend(runs(&words(&String::from_utf8_lossy(&text))));
    }
    // What the two may share: the banner, the lists of names, titles and fixed headings, and the days of
    // a session.
    let allowed = [
        "the working group on",
        "interactive dialogue and responses",
        "seventh session from",
        "website",
        "gov",
        "you ve safely",
        "https",
        "oppression medium",
        "main religion",
        "cooperation",
    ];
    for entry in fs::read_dir(repository().join("corpus/digests")).expect("listed") {
        let path = entry.expect("entry").path();
        let text = fs::read_to_string(&path).expect("read");
        let plain =
            text.split('<').map(|part| part.rsplit('>').next().unwrap_or("")).collect::<Vec<_>>();
        for run in runs(&words(&plain.join(" "))) {
            let known = allowed.iter().any(|fixed| run.contains(fixed));
            assert!(known || !original.contains(&run), "{}: {run}", path.display());
        }
    }
}
