//! What was set aside can be looked at: block by block, counted by rule, and what recurs beside it.

use std::fs;

use serde_json::Value;

use crate::harness::{Library, TERRORISM, real_reports};

const COUNTRIES: [&str; 6] = ["Kazakhstan", "Peru", "Chad", "Laos", "Fiji", "Malta"];

const QUIET: &str = "There were no reports of arrests.";

/// A report of our own: the same head on each, a sentence that is the same on each, and its own.
fn report(country: &str) -> String {
    format!(
        "Subscribe to the letter of the chancery.\n\nThe chancery answers every question.\n\n\
         All rights in these pages are kept.\n\nThe temple of {country} was closed.\n\n{QUIET}\n\n\
         The fair of {country} opened.\n"
    )
}

fn json(library: &Library, arguments: &[&str]) -> Value {
    let ran = library.forb(arguments.iter().chain(&["--format", "json"])).ends(0);
    serde_json::from_str(&ran.out).expect("JSON")
}

/// Role, rule and text of every block of the document on Peru.
fn blocks(library: &Library) -> Vec<(String, String, String)> {
    let id = library.search(["temple Peru", "--country", "PE"])[0]["document"]["id"].clone();
    let shown = json(library, &["show", id.as_str().expect("an id"), "--blocks"]);
    let listed = shown["blocks"].as_array().expect("a list");
    let word = |block: &Value, key: &str| block[key].as_str().unwrap_or("-").to_owned();
    listed.iter().map(|b| (word(b, "role"), word(b, "rule"), word(b, "text"))).collect()
}

fn add_each(library: &Library) -> String {
    for country in COUNTRIES {
        library.file(&format!("all/{country}.txt"), report(country));
        let stated = format!("country = \"{country}\"\n");
        library.file(&format!("all/{country}.txt.meta.toml"), stated);
    }
    library.forb(["add", "all", "--publisher", "Forum 18"]).ends(0).err
}

#[test]
fn every_block_is_shown_with_the_rule_that_gave_its_role() {
    let library = Library::new();
    let said = library.add("report.txt", TERRORISM).ends(0).err;
    let status = json(&library, &["status"]);
    let id = status["documents"][0]["id"].as_str().expect("an id").to_owned();
    let shown = json(&library, &["show", &id, "--blocks"]);
    let blocks = shown["blocks"].as_array().expect("a list");
    let mut aside = 0;
    for (at, block) in blocks.iter().enumerate() {
        assert_eq!(block["block"], at + 1);
        if ["chrome", "front-matter"].contains(&block["role"].as_str().expect("a role")) {
            aside += 1;
            assert!(block["rule"].is_string(), "{block}");
            let address = format!("{id}.b{}", at + 1);
            let found = json(&library, &["show", &address, "--context", "0"]);
            assert_eq!(found["passage"]["text"], block["text"]);
            assert_eq!(found["passage"]["range"], block["range"]);
        }
    }
    assert!(aside > 0 && aside < blocks.len());
    // The same number everywhere, and the rules add up to it.
    assert_eq!(status["totals"]["set_aside"], aside);
    let sum = |rules: &Value| -> u64 {
        rules.as_array().expect("a list").iter().filter_map(|rule| rule["blocks"].as_u64()).sum()
    };
    assert_eq!(sum(&status["set_aside_by"]), aside as u64);
    assert_eq!(sum(&status["documents"][0]["set_aside_by"]), aside as u64);
    assert!(said.contains(&format!("{aside} blocks set aside: ")), "{said}");
    let rows = library.forb(["show", &id, "--blocks"]).ends(0).out;
    assert_eq!(rows.lines().count(), blocks.len());
    assert!(rows.lines().all(|row| row.split('\t').count() == 10), "{rows}");
    let quiet = library.file("other.txt", format!("{TERRORISM}\n\nAn end."));
    let quiet = quiet.to_str().expect("UTF-8");
    assert_eq!(library.forb(["add", quiet, "--quiet"]).ends(0).err, "");
}

#[test]
fn what_repetition_sets_aside_is_named_and_counted_as_such() {
    let library = Library::new();
    let said = add_each(&library);
    assert!(said.contains("18 blocks set aside: 18 by `repeats in documents"), "{said}");
    let found = blocks(&library);
    for (role, rule, _) in &found[..3] {
        assert!(role == "front-matter" && rule.starts_with("repeats in"), "{found:?}");
    }
    assert!(found[3..].iter().all(|(role, rule, _)| role == "body" && rule == "-"), "{found:?}");
    let status = library.forb(["status"]).ends(0).out;
    assert!(status.contains("set-aside\t18\t6\trepeats in documents"), "{status}");
    // What recurs and is not set aside is proposed, with a place.
    let repeats = json(&library, &["status", "--repeats"]);
    assert_eq!(repeats["total"], 1, "{repeats}");
    let repeat = &repeats["repeats"][0];
    assert_eq!(repeat["text"], QUIET);
    assert_eq!((&repeat["countries"], &repeat["documents"]), (&6.into(), &6.into()));
    let example = repeat["example"].as_str().expect("an id");
    assert_eq!(json(&library, &["show", example])["passage"]["text"], QUIET);
}

#[test]
fn a_sentence_on_two_countries_is_not_listed() {
    let library = Library::new();
    for country in &COUNTRIES[..2] {
        let path = library.file(&format!("{country}.txt"), report(country));
        let path = path.to_str().expect("UTF-8");
        library.forb(["add", path, "--publisher", "Forum 18", "--country", country]).ends(0);
    }
    let ran = library.forb(["status", "--repeats"]).ends(1);
    assert!(ran.out.is_empty() && ran.err.contains("no paragraph recurs"), "{}", ran.err);
}

#[test]
fn a_record_of_a_data_set_is_read_again() {
    let library = Library::new();
    let lines: Vec<String> = COUNTRIES
        .iter()
        .map(|country| serde_json::json!({"country": country, "text": report(country)}).to_string())
        .collect();
    let path = library.file("set.jsonl", lines.join("\n"));
    let path = path.to_str().expect("UTF-8");
    library.forb(["add", path, "--publisher", "Forum 18"]).ends(0);
    let found = blocks(&library);
    let texts: Vec<&str> = found.iter().map(|(_, _, text)| text.as_str()).collect();
    assert!(texts.contains(&"The temple of Peru was closed."), "{texts:?}");
    assert!(!texts.contains(&"The temple of Chad was closed."), "{texts:?}");
}

#[test]
fn a_capture_that_is_gone_or_changed_is_named() {
    let library = Library::new();
    library.add("report.txt", TERRORISM).ends(0);
    let id = json(&library, &["status"])["documents"][0]["id"].as_str().expect("an id").to_owned();
    let shards = fs::read_dir(library.root().join("corpus/captures")).expect("captures");
    let shard = shards.last().expect("a shard").expect("an entry").path();
    let capture = fs::read_dir(shard).expect("listed").last().expect("one").expect("entry").path();
    fs::write(&capture, "other bytes").expect("written");
    let changed = library.forb(["show", &id, "--blocks"]).ends(2).err;
    assert!(changed.contains("report.txt") && changed.contains("forb doctor"), "{changed}");
    fs::remove_file(&capture).expect("removed");
    let gone = library.forb(["show", &id, "--blocks"]).ends(2).err;
    assert!(gone.contains("report.txt") && gone.contains("forb doctor"), "{gone}");
    // The passages are in the index all the same.
    library.forb(["show", &id]).ends(0);
}

#[test]
fn sentences_of_quiet_countries_are_listed_and_never_set_aside() {
    let Some(reports) = real_reports("sentences_of_quiet_countries") else { return };
    let library = Library::new();
    library.forb(["add".as_ref(), reports.join("us-state-hrr").as_os_str()]).ends(0);
    let quiet = "There were no reports of significant human rights abuses.";
    let phrase = format!("\"{quiet}\"");
    let text = |hit: &Value| hit["passage"]["text"].as_str().map(str::to_owned);
    let all = library.search([&phrase, "--include", "chrome", "--limit", "200"]);
    let whole = all.iter().filter(|hit| text(hit).as_deref() == Some(quiet));
    let set_aside = |hit: &&Value| hit["passage"]["role"] != "body";
    assert_eq!(whole.clone().filter(set_aside).count(), 0);
    let whole = whole.count();
    assert!(whole >= 13, "{whole}");
    let repeats = json(&library, &["status", "--repeats"]);
    let listed = repeats["repeats"].as_array().expect("a list");
    let repeat = listed.iter().find(|repeat| repeat["text"] == quiet).expect("listed");
    assert_eq!(repeat["documents"], whole);
}
