//! The commands for coding by hand, over the digests that come with this repository: why a label is
//! there, the codebook with its counts, exports and worksheets.

use std::fs;

use serde_json::Value;

use crate::harness::{Library, repository};

/// A library of the digests.
fn digests() -> Library {
    let library = Library::new();
    let corpus = library.root().join("corpus");
    for folder in ["records", "digests"] {
        fs::create_dir_all(corpus.join(folder)).expect("made");
        for entry in fs::read_dir(repository().join("corpus").join(folder)).expect("listed") {
            let path = entry.expect("entry").path();
            if !path.ends_with("added.jsonl") {
                fs::copy(&path, corpus.join(folder).join(path.file_name().expect("a name")))
                    .expect("copied");
            }
        }
    }
    library.forb(["index"]).ends(0);
    library
}

fn json(library: &Library, arguments: &[&str]) -> Value {
    let ran = library.forb(arguments.iter().chain(&["--format", "json"])).ends(0);
    serde_json::from_str(&ran.out).expect("JSON")
}

#[test]
fn explain_quotes_the_words_that_earned_each_label() {
    let library = digests();
    let hit = &library.search(["--issue", "security-laws"])[0];
    let id = hit["passage"]["id"].as_str().expect("an id");
    let explained = json(&library, &["explain", id]);
    let text: Vec<char> = explained["passage"]["text"].as_str().expect("a text").chars().collect();
    let mut seeds = 0;
    for annotation in explained["annotations"].as_array().expect("a list") {
        let evidence = annotation["evidence"].as_array().expect("a list");
        assert!(!evidence.is_empty(), "{annotation}");
        for words in evidence {
            let at = |end: usize| words["range"][end].as_u64().expect("a place") as usize;
            let quoted: String = text[at(0)..at(1)].iter().collect();
            assert_eq!(words["words"], quoted.as_str());
            assert!(words["sentence"].as_u64().is_some_and(|sentence| sentence > 0));
            if annotation["kind"] == "issue" {
                let line = words["seed_line"].as_u64().expect("a line") as usize;
                let book = fs::read_to_string(repository().join("corpus/codebook.toml"));
                let book = book.expect("read");
                let pattern = words["seed"].as_str().expect("a seed");
                assert!(book.lines().nth(line - 1).is_some_and(|l| l.contains(pattern)), "{line}");
                seeds += 1;
            }
        }
    }
    assert!(seeds > 0);
    let ran = library.forb(["explain", id]).ends(0);
    assert!(ran.out.starts_with("passage\t") && ran.out.contains("\nissue\tsecurity-laws\t"));
    for wrong in ["zzz", "0000.1", &format!("{}.999", &id[..4])] {
        library.forb(["explain", wrong]).ends(2);
    }
}

#[test]
fn issues_are_counted_as_they_are_found() {
    let library = digests();
    let listed = json(&library, &["issues"]);
    let mut counted = 0;
    for issue in listed["issues"].as_array().expect("a list") {
        let id = issue["id"].as_str().expect("an id");
        let found = library.search(["--issue", id, "--limit", "1000"]).len();
        assert_eq!(issue["passages"], found, "{id}");
        counted += found;
    }
    assert!(counted > 10);
    let one = json(&library, &["issues", "security-laws", "--series", "us-state-crt"]);
    let sources = one["issues"][0]["by_source"].as_array().expect("a list");
    assert!(sources.iter().all(|source| source["source"] == "us-state-crt"));
    let elsewhere = json(&library, &["issues", "security-laws", "--country", "PE"]);
    assert_eq!(elsewhere["issues"][0]["passages"], 0);
    let csv = library.forb(["issues", "--format", "csv"]).ends(0).out;
    assert!(csv.starts_with("issue,name,source,country,passages,violation,"), "{csv}");
    let error = library.forb(["issues", "blasphemie"]).ends(2).err;
    assert!(error.contains("did you mean blasphemy"), "{error}");
}

#[test]
fn a_codebook_is_shown_to_be_edited_and_checked() {
    let library = digests();
    let shown = library.forb(["codebook", "show"]).ends(0).out;
    let built_in = fs::read_to_string(repository().join("corpus/codebook.toml")).expect("read");
    assert_eq!(shown, built_in);
    let draft = "format_version = 1\n[[issue]]\nid = \"x\"\nname = \"X\"\ndefinition = \"D\"\n\
                 seeds = [\"government\", \"xylophone\"]\n";
    let path = library.file("draft.toml", draft);
    let path = path.to_str().expect("a path");
    let report = json(&library, &["codebook", "check", path]);
    let found = |at: usize| (&report["seeds"][at]["line"], &report["seeds"][at]["finding"]);
    assert_eq!(found(1), (&6.into(), &"dead".into()));
    let passages = library.search(["government", "--limit", "1000"]).len();
    assert!(passages > 0 && report["seeds"][0]["passages"].as_u64().is_some_and(|n| n > 0));
    let broken = library.file("broken.toml", format!("{draft}colour = 1\n"));
    let error = library.forb(["codebook", "check", broken.to_str().expect("a path")]).ends(2).err;
    assert!(error.contains("broken.toml, line 7, column 1"), "{error}");
    // The library's own counts when no file is named.
    library.forb(["codebook", "check"]).ends(0);
}

#[test]
fn an_export_holds_what_a_search_finds() {
    let library = digests();
    for filters in [
        &["--issue", "security-laws"][..],
        &["--not-nature", "law"],
        &["--polarity", "violation", "--not-issue", "security-laws"],
    ] {
        let mut found: Vec<String> = library
            .search(filters.iter().chain(&["--limit", "1000"]))
            .iter()
            .map(|hit| hit["passage"]["id"].as_str().expect("an id").to_owned())
            .collect();
        let ran = library.forb(["export"].iter().chain(filters)).ends(0);
        let id = |line: &str| -> String {
            let line: Value = serde_json::from_str(line).expect("JSON");
            line["passage"]["id"].as_str().expect("an id").to_owned()
        };
        let mut exported: Vec<String> = ran.out.lines().map(id).collect();
        found.sort();
        exported.sort();
        assert_eq!(exported, found, "{filters:?}");
        assert!(!found.is_empty(), "{filters:?}");
    }
    library.forb(["export", "--country", "PE"]).ends(1);
}

#[test]
fn no_cell_of_an_export_is_a_formula() {
    let library = Library::new();
    library.add("=cmd.txt", "=HYPERLINK(\"https://example.org\") says a \"report\".\n").ends(0);
    let csv = library.forb(["export", "--format", "csv"]).ends(0).out;
    assert!(csv.contains(",'=cmd.txt,"), "{csv}");
    assert!(csv.contains("\"'=HYPERLINK(\"\"https://example.org\"\")"), "{csv}");
}

#[test]
fn a_worksheet_has_a_row_for_each_question_and_leaves_room_for_the_code() {
    let library = digests();
    let sheet = |more: &[&str]| {
        let arguments = ["worksheet", "--country", "KZ"];
        library.forb(arguments.iter().chain(more)).ends(0).out
    };
    let issues = sheet(&["--scheme", "issues"]);
    assert!(
        issues.starts_with("entry,asks,status,found,passages,quotations,citations,code,remark\n")
    );
    assert!(issues.contains("not a quotation of it"), "a digest is passed off: {issues}");
    let listed = json(&library, &["issues"]);
    for issue in listed["issues"].as_array().expect("a list") {
        let id = issue["id"].as_str().expect("an id");
        assert!(issues.lines().any(|line| line.starts_with(&format!("{id},"))), "{id}");
    }
    let gri = sheet(&["--scheme", "pew-gri", "--period", "2021", "--format", "markdown"]);
    assert!(gri.starts_with("# Pew Research Center") && gri.contains("\nCode:\n"), "{gri}");
    let error = library.forb(["worksheet", "--country", "KZ", "--scheme", "pew"]).ends(2).err;
    assert!(error.contains("did you mean pew-gri"), "{error}");
}
