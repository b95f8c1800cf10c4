//! What only the rest of a library can tell of a document: runs of blocks that repeat on five
//! countries of one publisher are set aside, whatever the order of adding.

use serde_json::Value;

use crate::harness::Library;

const COUNTRIES: [&str; 6] = ["Kazakhstan", "Peru", "Chad", "Laos", "Fiji", "Malta"];

const HEAD: &str = "\
Subscribe to the letter of the chancery of Ruritania.

The chancery answers every question within a month.

All rights in these pages are kept by the chancery.
";

/// A report of our own: the same head on each, a sentence that is the same on each, and its own.
fn report(country: &str) -> String {
    format!(
        "{HEAD}\nThe temple of {country} was closed for repairs.\n\n\
         There were no reports of arrests.\n\nThe fair of {country} opened on time.\n"
    )
}

fn add(library: &Library, country: &str) {
    let path = library.file(&format!("{country}.txt"), report(country));
    let path = path.to_str().expect("UTF-8");
    library.forb(["add", path, "--publisher", "Forum 18", "--country", country]).ends(0);
}

/// Id and text of every passage that a search finds, in the order of the ids.
fn passages(library: &Library, words: &[&str]) -> Vec<(String, String)> {
    let text = |hit: &Value, key: &str| hit["passage"][key].as_str().expect("text").to_owned();
    let hits = library.search(words.iter().chain(&["--limit", "100"]));
    let mut found: Vec<_> = hits.iter().map(|hit| (text(hit, "id"), text(hit, "text"))).collect();
    found.sort();
    found
}

#[test]
fn a_run_that_repeats_on_five_countries_is_set_aside_and_ids_stay() {
    let library = Library::new();
    COUNTRIES[..4].iter().for_each(|country| add(&library, country));
    assert_eq!(passages(&library, &["chancery"]).len(), 12, "four countries are not enough");
    let temples = passages(&library, &["temple"]);
    assert!(temples.iter().all(|(id, _)| id.ends_with(".4")), "{temples:?}");

    add(&library, COUNTRIES[4]);
    assert_eq!(passages(&library, &["chancery"]), []);
    let now = passages(&library, &["temple"]);
    assert!(temples.iter().all(|found| now.contains(found)), "{temples:?} {now:?}");
    // One paragraph, however often it recurs, is evidence.
    assert_eq!(passages(&library, &["arrests"]).len(), 5);
    // What is set aside is kept, and has an address.
    let aside = passages(&library, &["chancery", "--include", "chrome"]);
    assert_eq!(aside.len(), 15);
    assert!(aside.iter().all(|(id, _)| id.contains(".b")), "{aside:?}");
    let shown = library.forb(["show", &aside[0].0]).ends(0);
    assert!(shown.out.contains("chancery"), "{}", shown.out);
    // Adding again changes nothing.
    let state = library.forb(["status"]).ends(0).out;
    COUNTRIES[..5].iter().for_each(|country| add(&library, country));
    assert_eq!(library.forb(["status"]).ends(0).out, state);

    // A report that turns out to be on a country that counts already takes its voice back.
    let last = COUNTRIES[4];
    let path = library.file(&format!("{last}.txt"), report(last));
    let path = path.to_str().expect("UTF-8");
    library.forb(["add", path, "--country", COUNTRIES[0]]).ends(0);
    assert_eq!(passages(&library, &["chancery"]).len(), 15, "text again on four countries");
}

#[test]
fn the_outcome_does_not_depend_on_the_order_of_adding() {
    let states: Vec<_> = [[0, 1, 2, 3, 4, 5], [5, 3, 1, 4, 2, 0], [2, 5, 0, 4, 1, 3]]
        .iter()
        .map(|order| {
            let library = Library::new();
            order.iter().for_each(|&at| add(&library, COUNTRIES[at]));
            let status = library.forb(["status"]).ends(0).out;
            let mut lines: Vec<String> = status.lines().map(str::to_owned).collect();
            lines.sort();
            (lines, passages(&library, &["temple"]))
        })
        .collect();
    assert_eq!(states[0], states[1]);
    assert_eq!(states[0], states[2]);
    let library = Library::new();
    for country in COUNTRIES {
        library.file(&format!("all/{country}.txt"), report(country));
        let stated = format!("country = \"{country}\"\n");
        library.file(&format!("all/{country}.txt.meta.toml"), stated);
    }
    library.forb(["add", "all", "--publisher", "Forum 18"]).ends(0);
    assert_eq!(passages(&library, &["temple"]), states[0].1, "in one go");
    assert_eq!(passages(&library, &["chancery"]), []);
    // And an index built again says the same.
    let state = library.forb(["status"]).ends(0).out;
    library.forb(["index"]).ends(0);
    assert_eq!(library.forb(["status"]).ends(0).out, state);
}

#[test]
fn records_of_a_data_set_are_settled_like_files() {
    let library = Library::new();
    let lines: Vec<String> = COUNTRIES
        .iter()
        .map(|country| serde_json::json!({"country": country, "text": report(country)}).to_string())
        .collect();
    let path = library.file("set.jsonl", lines.join("\n"));
    let path = path.to_str().expect("UTF-8");
    library.forb(["add", path, "--publisher", "Forum 18"]).ends(0);
    assert_eq!(passages(&library, &["temple"]).len(), 6);
    assert_eq!(passages(&library, &["chancery"]), []);
}
