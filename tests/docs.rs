//! Documentation that falls behind fails here: the README names every command and option and shows
//! ids that exist; every source file says what it is responsible for.

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
