//! Answers in rows that are kept with `--record` and asked again with `forb replay`: of `changes`,
//! `keyness` and `reuse`; and their pages of HTML.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use crate::harness::{Library, repository};

const COUNTRIES: [&str; 5] = ["Peru", "Chad", "Fiji", "Laos", "Malta"];

fn add(library: &Library, name: &str, of: [&str; 3], text: impl Fn(&str) -> String) {
    let [publisher, series, year] = of;
    let chapters = COUNTRIES.map(|country| {
        let chapter = json!({ "name": country, "year": year, "summary": text(country) });
        (country.to_owned(), chapter)
    });
    let set = Value::Object(chapters.into_iter().collect()).to_string();
    let path = library.file(&format!("{name}.json"), set);
    let said = ["--publisher", publisher, "--series", series];
    let add = ["add".as_ref(), path.as_os_str()].into_iter();
    library.forb(add.chain(said.map(AsRef::as_ref))).ends(0);
}

/// Two editions of a series, and a series of another publisher that takes a sentence over.
fn library() -> Library {
    let library = Library::new();
    let told = |country: &str| {
        format!(
            "The police of {country} closed {} prayer rooms near the old harbour in March and took \
             the carpets, the books and a loudspeaker away.",
            country.len()
        )
    };
    add(&library, "old", ["us-state", "us-state-irf", "2021"], |country| {
        format!("{} Places of worship in {country} stayed open.", told(country))
    });
    add(&library, "new", ["us-state", "us-state-irf", "2022"], |country| {
        format!("{} Places of worship in {country} were all shut.", told(country))
    });
    add(&library, "other", ["open-doors", "od-wwl", "2022"], |country| {
        format!("Believers of {country} are persecuted. A letter says: {}", told(country))
    });
    library
}

const ASKED: [(&str, &[&str]); 4] = [
    (
        "country",
        &["changes", "--country", "PE", "--series", "us-state-irf", "--period", "2021..2022"],
    ),
    (
        "chapters",
        &["changes", "--series", "us-state-irf", "--period", "2021..2022", "--all-countries"],
    ),
    (
        "keyness",
        &[
            "keyness",
            "--a",
            "publisher:us-state",
            "--b",
            "publisher:open-doors",
            "--term",
            "persec*",
        ],
    ),
    ("reuse", &["reuse", "--country", "PE", "--country", "Chad", "--words", "15"]),
];

#[test]
fn a_recorded_answer_is_asked_again() {
    let library = library();
    for (name, line) in ASKED {
        let file = format!("{name}.record");
        let asked = line.iter().copied().chain(["--record", &file]);
        library.forb(asked.clone()).ends(0);
        let taken = library.forb(asked).ends(2).err;
        assert!(taken.contains("choose a name that is not taken"), "{taken}");
        let same = library.forb(["replay", &file]).ends(0);
        let found = same.out.strip_prefix("the same: ").and_then(|said| said.split(' ').next());
        let found: usize = found.and_then(|count| count.parse().ok()).expect("a count");
        assert!(found > 0 && same.err.is_empty(), "{name}: {}{}", same.out, same.err);
    }
    add(&library, "late", ["open-doors", "od-letters", "2021"], |country| {
        format!("Believers of {country} were persecuted, a letter of {country} said in July.")
    });
    let (_, line) = ASKED[0];
    let changes = library.forb(line.iter().copied().chain(["--format", "json"])).ends(0).out;
    let changes: Value = serde_json::from_str(&changes).expect("JSON");
    let taken_out = changes["new"]["documents"][0]["id"].as_str().expect("an id");
    library.forb(["remove", taken_out]).ends(0);
    for (name, expected) in [
        ("country", " is gone\n"),
        ("chapters", "PE: "),
        ("keyness", "asked-b / persecuted: "),
        ("reuse", " is gone\n"),
    ] {
        let other = library.forb(["replay", &format!("{name}.record")]).ends(1);
        assert!(other.err.contains("the corpus has changed"), "{}", other.err);
        assert!(other.out.contains(expected), "{name}: {}", other.out);
    }
}

#[test]
fn a_record_that_asks_what_cannot_be_asked_is_an_error() {
    let library = library();
    let (_, line) = ASKED[3];
    library.forb(line.iter().copied().chain(["--record", "reuse.record"])).ends(0);
    let record = fs::read_to_string(library.file("x", "").with_file_name("reuse.record"));
    let record = record.expect("read");
    for (name, wrong, said) in [
        ("option", record.replace("--words=15", "--moons=15"), "what this forb does not know"),
        ("value", record.replace("--words=15", "--words=1"), "--words is "),
        ("command", record.replace("\"of\": \"reuse\"", "\"of\": \"doctor\""), "error: "),
        ("other", record.replace("\"of\": \"reuse\"", "\"of\": \"remove\""), "error: "),
        ("cut", record.replace("\"found\"", "\"lost\""), "is no record"),
    ] {
        let name = format!("{name}.wrong");
        library.file(&name, &wrong);
        let error = library.forb(["replay", &name]).ends(2).err;
        assert!(error.starts_with("error: ") && error.contains(said), "{name}: {error}");
    }
}

#[test]
fn the_documentation_has_every_key_of_a_record() {
    let library = library();
    let (_, line) = ASKED[2];
    library.forb(line.iter().copied().chain(["--record", "keyness.record"])).ends(0);
    let record = fs::read_to_string(library.file("x", "").with_file_name("keyness.record"));
    let record: Value = serde_json::from_str(&record.expect("read")).expect("JSON");
    let page = fs::read_to_string(repository().join("docs/output-format.md")).expect("read");
    let (_, rest) = page.split_once("\n### JSON: recorded answer\n").expect("a heading");
    let section = rest.split("\n##").next().unwrap_or(rest);
    let documented: BTreeSet<&str> =
        section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let keys = record.as_object().expect("an object").keys().map(String::as_str);
    assert_eq!(keys.collect::<BTreeSet<&str>>(), documented);
}

#[test]
fn every_answer_says_of_which_library_it_is() {
    let library = library();
    let status = library.forb(["status"]).ends(0).out;
    let documents = status.lines().filter(|line| line.starts_with("document\t")).count();
    for (name, line) in ASKED {
        let written = |format: &'static str| {
            library.forb(line.iter().copied().chain(["--format", format])).ends(0).out
        };
        let json: Value = serde_json::from_str(&written("json")).expect("JSON");
        let of = &json["library"];
        assert_eq!(of["documents"], documents, "{name}: {of}");
        let codebook = of["codebook"].as_str().and_then(|hash| hash.get(..12)).expect("a hash");
        for format in ["markdown", "html"] {
            let page = written(format);
            assert!(page.contains(&format!("codebook {codebook}")), "{name}, {format}: {page}");
        }
        let page = written("html");
        assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"), "{name}");
        assert_eq!(page.matches("<section").count(), page.matches("</section>").count(), "{name}");
        assert!(page.matches("<section").count() > 0 && !page.contains("<script"), "{name}");
    }
}
