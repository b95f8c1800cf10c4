//! Tags and lists of works: what a reader keeps beside the reports, over small reports of our own words.

use std::fs;

use serde_json::Value;

use crate::harness::{Library, Ran};

const TEXT: &str = "Overview\n\nThe registry said that 40 groups applied. Local monitors said that laws \
    were applied broadly, but not in the north.\n\nMonitors asked for a review. None was held.\n";

fn library() -> Library {
    let library = Library::new();
    let path = library.file("report.txt", TEXT);
    let stated = ["--publisher", "Forum 18", "--title", "Courts in Peru", "--country", "PE"];
    let stated = stated.into_iter().chain(["--url", "https://example.org/courts"]);
    library.forb(["add", path.to_str().expect("a path")].into_iter().chain(stated)).ends(0);
    let other = library.file("other.txt", "A chapel of the monitors was closed in spring.\n");
    let stated = ["--publisher", "Aid to All", "--title", "Chapels", "--published", "2022"];
    library.forb(["add", other.to_str().expect("a path")].into_iter().chain(stated)).ends(0);
    library
}

fn id_of(library: &Library, word: &str) -> String {
    library.search([word])[0]["passage"]["id"].as_str().expect("an id").to_owned()
}

fn tags(library: &Library) -> (i32, Value) {
    let ran = library.forb(["tags", "--format", "json"]);
    (ran.code, serde_json::from_str(&ran.out).expect("JSON"))
}

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn a_passage_is_found_by_the_name_it_was_given() {
    let library = library();
    let id = id_of(&library, "broadly");
    library.forb(["tag", &id, "Breite  Gesetze", "--note", "look at “broadly”"]).ends(0);
    library.forb(["tag", &id_of(&library, "chapel"), "places"]).ends(0);
    for words in
        [&["search", "--tag", "breite gesetze"][..], &["search", "laws", "--tag", "Breite Gesetze"]]
    {
        let out = library.forb(words).ends(0).out;
        assert!(out.contains(&id) && out.lines().count() == 1, "{out}");
    }
    let both = library.search(["--tag", "breite gesetze", "--tag", "places"]);
    assert_eq!(both.len(), 2);
    assert!(library.search(["chapel", "--tag", "breite gesetze"]).is_empty());
    let exported = library.forb(["export", "--tag", "places"]).ends(0).out;
    assert_eq!(exported.lines().count(), 1, "{exported}");
    let wrong = library.forb(["search", "--tag", "plces"]).ends(2);
    assert!(wrong.err.contains("did you mean places?"), "{}", wrong.err);
    let file = fs::read_to_string(library.root().join("corpus/tags.jsonl")).expect("read");
    let first: Value = serde_json::from_str(file.lines().next().expect("a line")).expect("JSON");
    assert_eq!(first["type"], "Annotation");
    assert_eq!(first["body"][0]["value"], "Breite Gesetze");
    assert_eq!(first["target"]["source"], "https://example.org/courts");
    assert_eq!(first["target"]["selector"][0]["type"], "TextQuoteSelector");
}

#[test]
fn tags_outlast_a_new_index_and_are_taken_away_by_name() {
    let library = library();
    let id = id_of(&library, "broadly");
    library.forb(["tag", &id, "laws", "--note", "one"]).ends(0);
    let again = library.forb(["tag", &id, "laws", "--note", "two"]).ends(0);
    assert!(again.err.contains("its note is the new one"), "{}", again.err);
    library.forb(["index"]).ends(0);
    let (code, found) = tags(&library);
    assert_eq!(code, 0);
    let tag = &found["tags"][0];
    assert_eq!(tag["status"], "exact");
    assert_eq!(tag["note"], "two");
    assert_eq!(tag["passages"], serde_json::json!([id]));
    let none = library.forb(["tag", &id, "lows", "--remove"]).ends(2);
    assert!(none.err.contains("did you mean laws?"), "{}", none.err);
    library.forb(["tag", &id, "laws", "--remove"]).ends(0);
    let (code, found) = tags(&library);
    assert_eq!((code, found["tags"].as_array().map(Vec::len)), (1, Some(0)));
}

/// Puts other words into the tag file where those of a text that changed since would differ.
fn rewrite(library: &Library, from: &str, to: &str) {
    let path = library.root().join("corpus/tags.jsonl");
    let text = fs::read_to_string(&path).expect("read");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("written");
}

#[test]
fn a_tag_whose_words_changed_is_orphaned_and_never_moved() {
    let library = library();
    let (broad, chapel) = (id_of(&library, "broadly"), id_of(&library, "chapel"));
    library.forb(["tag", &broad, "laws"]).ends(0);
    library.forb(["tag", &chapel, "laws"]).ends(0);
    rewrite(&library, "applied broadly", "applied narrowly");
    let (code, found) = tags(&library);
    assert_eq!(code, 1);
    let status: Vec<&str> = found["tags"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|t| t["status"].as_str().expect("a word"))
        .collect();
    assert_eq!(status, ["orphaned", "exact"], "{found}");
    assert!(found["tags"][0]["reason"].as_str().expect("words").contains("do not stand in it"));
    assert_eq!(found["tags"][0]["passages"], serde_json::json!([]));
    let searched = library.forb(["search", "--tag", "laws"]).ends(0);
    assert!(searched.err.contains("1 tagged passage left out as orphaned"), "{}", searched.err);
    assert!(!searched.out.contains(&broad), "{}", searched.out);
    // The words stand elsewhere: that is told, and the tag stays where it is.
    rewrite(&library, "applied narrowly", "applied broadly");
    let path = library.root().join("corpus/tags.jsonl");
    let text = fs::read_to_string(&path).expect("read");
    let moved = text.replace("\"start\":9,", "\"start\":8,");
    assert_ne!(moved, text);
    fs::write(&path, moved).expect("written");
    let (_, found) = tags(&library);
    let reason = found["tags"][0]["reason"].as_str().expect("orphaned");
    assert!(reason.contains("stand at characters 9 to"), "{reason}");
    // Its document is gone.
    library.forb(["remove", &chapel[..12]]).ends(0);
    let (_, found) = tags(&library);
    assert!(found["tags"][1]["reason"].as_str().expect("words").contains("is not in this library"));
    let searched = library.forb(["search", "--tag", "laws"]).ends(2);
    assert!(searched.err.contains("reads as it did"), "{}", searched.err);
    library.forb(["tag", &chapel, "laws", "--remove"]).ends(0);
}

#[test]
fn bad_tags_and_bad_lines_are_told() {
    let library = library();
    let id = id_of(&library, "broadly");
    let refused = |arguments: &[&str], word: &str| {
        let ran = library.forb(arguments).ends(2);
        assert!(ran.err.contains(word), "{arguments:?}: {}", ran.err);
    };
    refused(&["tag", &id, "“”"], "needs a letter or digit");
    refused(&["tag", &id, "a\u{1b}[31mb"], "no control characters");
    refused(&["tag", "zzzz.1", "laws"], "no document");
    refused(&["tag", &format!("{}.999", &id[..12]), "laws"], "there is no passage");
    refused(&["search", "--tag", "laws"], "`forb tag PASSAGE NAME` gives one");
    library.forb(["tag", &id, "laws", "--note", "a\u{1b}[31mb"]).ends(0);
    let path = library.root().join("corpus/tags.jsonl");
    let own = format!("# mine\n{}", fs::read_to_string(&path).expect("read"));
    fs::write(&path, own).expect("written");
    let listed = library.forb(["tags"]).ends(0);
    assert!(listed.err.contains("line 1 of corpus/tags.jsonl is no tag"), "{}", listed.err);
    assert!(!listed.out.contains('\u{1b}'), "{:?}", listed.out);
    library.forb(["tag", &id, "more"]).ends(0);
    assert!(fs::read_to_string(&path).expect("read").starts_with("# mine\n"));
    Library::new().forb(["tags"]).ends(2);
}

#[test]
fn every_key_of_tags_is_documented() {
    let library = library();
    library.forb(["tag", &id_of(&library, "broadly"), "laws"]).ends(0);
    let (_, found) = tags(&library);
    crate::citing::documented("JSON: tags", &found);
    crate::citing::documented("JSON: tag", &found["tags"][0]);
    assert_eq!(keys(&found["tags"][0]).len(), 8);
}

fn bibliography(library: &Library, draft: &str, style: &str, format: &str) -> Ran {
    let path = library.file("draft.md", draft);
    let path = path.to_str().expect("a path");
    library.forb(["bibliography", path, "--style", style, "--format", format])
}

#[test]
fn a_draft_s_works_are_listed_once_each_in_the_order_of_the_style() {
    let library = library();
    let (laws, review) = (id_of(&library, "broadly"), id_of(&library, "review"));
    let chapel = id_of(&library, "chapel");
    let draft = format!(
        "Laws “were applied broadly” ({laws}). Nobody reviewed them ({review}).[^1]\n\n[^1]: See {chapel}."
    );
    let rows = |style: &str| -> Vec<String> {
        let out = bibliography(&library, &draft, style, "text").ends(0).out;
        out.lines().map(str::to_owned).collect()
    };
    let chicago = rows("chicago");
    assert_eq!(chicago.len(), 2, "{chicago:?}");
    assert!(chicago[0].contains("Aid to All. Chapels") && chicago[1].contains("Courts in Peru"));
    assert!(chicago[1].starts_with(&format!("work\t{}\t", &laws[..12])));
    // Numbered styles keep the order in which works were first cited.
    let ieee = rows("ieee");
    assert!(ieee[0].contains("[1]") && ieee[0].contains("Courts in Peru"), "{ieee:?}");
    assert!(ieee[1].contains("[2]") && ieee[1].contains("Chapels"), "{ieee:?}");
    for style in ["apa", "mla", "harvard", "vancouver", "oscola", "bluebook", "euaa"] {
        assert_eq!(rows(style).len(), 2, "{style}");
    }
    assert!(bibliography(&library, &draft, "apa", "html").ends(0).out.starts_with("<p>Aid to All"));
    let markdown = bibliography(&library, &draft, "chicago", "markdown").ends(0).out;
    assert!(markdown.contains("*Chapels*"), "{markdown}");
    let bibtex = bibliography(&library, &draft, "chicago", "bibtex").ends(0).out;
    assert_eq!(bibtex.matches("\n@").count() + 1, 2, "{bibtex}");
    assert_eq!(bibtex.matches("cited: para. ").count(), 3, "{bibtex}");
    let items = bibliography(&library, &draft, "chicago", "csl-json").ends(0).out;
    let items: Value = serde_json::from_str(&items).expect("JSON");
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!(
        bibliography(&library, &draft, "apa", "ris").ends(0).out.matches("TY  - ").count(),
        2
    );
}

#[test]
fn what_a_draft_cites_and_the_library_lacks_is_named() {
    let library = library();
    let laws = id_of(&library, "broadly");
    let gone = format!("{}.99", &laws[..12]);
    let draft = format!("See k7m2q9x4tb3c.4 and {gone}.");
    let ran = bibliography(&library, &draft, "chicago", "text").ends(1);
    assert!(ran.err.contains("k7m2q9x4tb3c.4 is cited in"), "{}", ran.err);
    assert!(ran.err.contains(&format!("{gone} is cited in")), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    let none = bibliography(&library, "Nothing.", "chicago", "text").ends(1);
    assert!(none.err.contains("cites nothing"), "{}", none.err);
    bibliography(&library, &draft, "turabian", "text").ends(2);
    library.forb(["bibliography", "absent.md"]).ends(2);
}
