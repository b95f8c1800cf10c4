//! Documentation that falls behind fails here: the README names every command and option and shows
//! ids that exist; every source file says what it is responsible for.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::{Library, repository};

#[test]
fn the_readme_names_every_command_and_the_options_of_add_and_search() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("read");
    let help = |command: &[&str]| Library::new().forb(command).ends(0).out;
    let commands = help(&["-h"]);
    let listed = commands.split("Commands:").nth(1).expect("commands");
    let listed = listed.split("Options:").next().expect("commands");
    let mut named = 0;
    for name in listed.lines().filter_map(|line| line.split_whitespace().next()) {
        if name != "help" {
            assert!(readme.contains(&format!("`forb {name}")), "the README lacks `forb {name}`");
            named += 1;
        }
    }
    assert!(named >= 6, "{commands}");
    for command in ["add", "search"] {
        let help = help(&[command, "--help"]);
        let options =
            help.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2);
        for option in options.map(|o| o.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')) {
            if !["--library", "--color", "--quiet", "--help"].contains(&option) {
                assert!(readme.contains(option), "the README lacks {option} of {command}");
            }
        }
    }
}

#[test]
fn the_readme_shows_passages_that_exist() {
    let readme = fs::read_to_string(repository().join("README.md")).expect("read");
    let library = Library::new();
    let corpus = library.root().join("corpus");
    fs::create_dir_all(corpus.join("records")).expect("made");
    fs::create_dir_all(corpus.join("digests")).expect("made");
    for folder in ["records", "digests"] {
        for entry in fs::read_dir(repository().join("corpus").join(folder)).expect("listed") {
            let path = entry.expect("entry").path();
            if !path.ends_with("added.jsonl") {
                let name = path.file_name().expect("a name");
                fs::copy(&path, corpus.join(folder).join(name)).expect("copied");
            }
        }
    }
    let is_id = |word: &&str| {
        word.split_once('.').is_some_and(|(document, _)| {
            document.len() == 12 && word.parse::<model::PassageId>().is_ok()
        })
    };
    let ids: Vec<&str> = readme.split_whitespace().filter(is_id).collect();
    assert!(ids.len() >= 3, "{ids:?}");
    for id in ids {
        library.forb(["show", id]).ends(0);
    }
}

/// Every source file in a folder and those below it.
pub fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("listed") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_file_begins_by_saying_what_it_is_responsible_for() {
    let mut files = Vec::new();
    for folder in ["crates", "tests", "benches"] {
        sources(&repository().join(folder), &mut files);
    }
    assert!(files.len() > 50);
    for file in files {
        let text = fs::read_to_string(&file).expect("read");
        assert!(text.starts_with("//! "), "{} does not say what it is for", file.display());
    }
}

/// What stands in the first fenced block of a language in a page of `docs/`.
fn fenced<'a>(page: &'a str, language: &str) -> &'a str {
    let opening = format!("```{language}\n");
    let (_, rest) = page.split_once(&opening).unwrap_or_else(|| panic!("no {opening}"));
    rest.split("```").next().unwrap_or(rest)
}

#[test]
fn the_publisher_added_in_the_documentation_is_recognised() {
    let page = fs::read_to_string(repository().join("docs/ingestion.md")).expect("read");
    let library = Library::new();
    let corpus = library.root().join("corpus");
    fs::create_dir_all(&corpus).expect("made");
    let built_in = fs::read_to_string(repository().join("corpus/publishers.toml")).expect("read");
    let own = format!("{built_in}\n{}", fenced(&page, "toml"));
    fs::write(corpus.join("publishers.toml"), own).expect("written");
    library.add("brief.txt", fenced(&page, "text")).ends(0);
    let status = library.forb(["status", "--format", "json"]).ends(0).out;
    let status: serde_json::Value = serde_json::from_str(&status).expect("JSON");
    let known = &status["documents"][0];
    for (key, value) in [
        ("publisher", "Ruritania Observatory"),
        ("series_id", "observatory-briefs"),
        ("country", "KZ"),
        ("period", "2023"),
    ] {
        assert_eq!(known[key], value, "{key}: {known}");
    }
    assert_eq!(known["set_aside_by"][0]["rule"], "appeal of the Observatory");
    let hit = &library.search(["registration amended"])[0];
    assert_eq!(hit["passage"]["section"], serde_json::json!(["Findings"]));
    assert_eq!(library.search(["subscribe"]).len(), 0);
}

#[test]
fn the_page_on_ingestion_names_every_key_of_a_profile() {
    let page = fs::read_to_string(repository().join("docs/ingestion.md")).expect("read");
    let profiles = repository().join("crates/ingestion/src/profiles.rs");
    let source = fs::read_to_string(profiles).expect("read");
    let fields = |name: &str| -> Vec<String> {
        let (_, body) = source.split_once(&format!("pub struct {name} {{")).expect("a struct");
        let body = body.split("\n}").next().expect("a body");
        let lines = body.lines().filter_map(|line| line.trim().strip_prefix("pub "));
        lines.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    };
    for name in ["Publisher", "Series", "AsideRule"] {
        let fields = fields(name);
        assert!(fields.len() > 4, "{fields:?}");
        for key in fields {
            assert!(page.contains(&format!("`{key}`")), "the page lacks {key} of {name}");
        }
    }
}

/// The keys in the table of a shape of `docs/output-format.md`.
fn documented(shape: &str) -> BTreeSet<String> {
    let page = include_str!("../docs/output-format.md");
    let heading = format!("\n### JSON: {shape}\n");
    let (_, rest) = page.split_once(&heading).unwrap_or_else(|| panic!("no {shape}"));
    let table = rest.split("\n##").next().unwrap_or(rest);
    let rows = table.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    rows.map(str::to_owned).collect()
}

#[test]
fn every_key_of_a_recorded_search_is_documented() {
    let library = Library::new();
    library.add("peru.txt", "Peru\n\nConverts were fined. A court heard of apostasy.").ends(0);
    library.add("chad.txt", "Chad\n\nConverts were fined. A court heard of apostasy.").ends(0);
    let asked = ["search", "converts", "--expand"];
    library.forb(asked.iter().chain(&["--record", "r.json"])).ends(0);
    let record = fs::read(library.root().with_file_name("r.json")).expect("a record");
    let record: serde_json::Value = serde_json::from_slice(&record).expect("valid JSON");
    let first = |value: &serde_json::Value| value[0].clone();
    for (shape, value) in [
        ("recorded search", record.clone()),
        ("recorded restriction", record["restrictions"].clone()),
        ("recorded ranking", record["ranking"].clone()),
        ("recorded word", first(&record["ranking"]["added"])),
        ("recorded listing", record["listing"].clone()),
        ("recorded library", record["library"].clone()),
        ("recorded find", record["found"].clone()),
        ("recorded hit", first(&record["found"]["hits"])),
    ] {
        let keys = value.as_object().unwrap_or_else(|| panic!("{shape}: {value}")).keys();
        assert_eq!(keys.cloned().collect::<BTreeSet<_>>(), documented(shape), "{shape}");
    }
}
