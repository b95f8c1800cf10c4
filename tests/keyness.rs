//! What marks one side of a library against another, as `forb keyness` tells it: two series of small
//! reports whose words are known to differ, and every case in which there is nothing to compare.

use serde_json::{Value, json};

use crate::harness::{Library, real_reports};

const COUNTRIES: [&str; 5] = ["Peru", "Chad", "Fiji", "Laos", "Malta"];

/// Two series on five countries each: one speaks of places of worship, one of believers.
fn two_series() -> Library {
    let library = Library::new();
    for (series, publisher, words) in [
        (
            "us-state-irf",
            "us-state",
            "places of worship were registered and a place of worship built",
        ),
        ("od-wwl", "open-doors", "believers are persecuted and a believer fears persecution"),
    ] {
        let chapters = COUNTRIES.map(|country| {
            let text = format!("In {country} {words} near town{}. The law applies.", country.len());
            (country.to_owned(), json!({ "name": country, "year": 2021, "summary": text }))
        });
        let set = Value::Object(chapters.into_iter().collect()).to_string();
        let path = library.file(&format!("{series}.json"), set);
        let add = ["add".as_ref(), path.as_os_str()].into_iter();
        let said = ["--publisher", publisher, "--series", series];
        library.forb(add.chain(said.map(AsRef::as_ref))).ends(0);
    }
    library
}

const SIDES: [&str; 5] = ["keyness", "--a", "publisher:us-state", "--b", "publisher:open-doors"];

fn ask(more: &[&'static str]) -> Vec<&'static str> {
    SIDES.into_iter().chain(more.iter().copied()).collect()
}

fn terms(answer: &Value, side: &str) -> Vec<String> {
    let terms = answer[side]["terms"].as_array().expect("terms").iter();
    terms.map(|term| term["term"].as_str().expect("a term").to_owned()).collect()
}

#[test]
fn each_side_is_marked_by_its_own_words() {
    let library = two_series();
    let more = ["--term", "persec*", "--term", "mosque", "--format", "json"];
    let ran = library.forb(ask(&more)).ends(0);
    let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(terms(&answer, "a").contains(&"place of worship".to_owned()), "{answer}");
    assert!(terms(&answer, "b").contains(&"believer".to_owned()), "{answer}");
    for word in ["peru", "the", "law", "in"] {
        let all = [terms(&answer, "a"), terms(&answer, "b")].concat();
        assert!(!all.contains(&word.to_owned()), "{word}: {all:?}");
    }
    let believers = answer["b"]["terms"].as_array().expect("terms").iter();
    let believers = believers.clone().find(|term| term["term"] == "believer").expect("a term");
    assert_eq!(
        (&believers["here"]["count"], &believers["there"]["count"]),
        (&json!(10), &json!(0))
    );
    assert_eq!(
        (&believers["here"]["documents"], &believers["here"]["countries"]),
        (&json!(5), &json!(5))
    );
    let example = believers["examples"][0].as_str().expect("an example").to_owned();
    assert!(library.forb(["show", &example]).ends(0).out.contains("believers are persecuted"));
    let asked = &answer["asked"];
    assert_eq!((&asked[0]["side"], &asked[0]["term"]["here"]["count"]), (&json!("b"), &json!(10)));
    assert_eq!(asked[1]["term"], Value::Null);
    let issue = |id: &str| {
        let issues = answer["issues"].as_array().expect("issues").iter();
        issues.clone().find(|issue| issue["issue"] == id).unwrap_or(&Value::Null)
    };
    let worship = issue("places-of-worship");
    assert_eq!((&worship["side"], &worship["all"]["here"]["count"]), (&json!("a"), &json!(10)));
    let words = worship["words"].as_array().expect("words").iter().map(|word| &word["asked"]);
    assert_eq!(words.collect::<Vec<_>>(), ["place of worship", "places of worship"]);
    assert_eq!(issue("societal-pressure")["side"], "b");
    assert!(ran.err.contains("`mosque` stands in neither side"), "{}", ran.err);
}

#[test]
fn every_form_names_the_same_terms_and_what_was_compared() {
    let library = two_series();
    let rows = library.forb(ask(&["--limit", "3"])).ends(0);
    let marks = rows.out.lines().filter(|row| row.starts_with("a\t") || row.starts_with("b\t"));
    assert!(marks.count() <= 6 && rows.out.starts_with("a\t"), "{}", rows.out);
    for row in ["issue-a\tplaces-of-worship\t", "word-a\tplaces-of-worship: places of worship\t"] {
        assert!(rows.out.lines().any(|line| line.starts_with(row)), "{row}: {}", rows.out);
    }
    assert!(rows.err.contains("a: publisher:us-state: 5 documents, 5 countries"), "{}", rows.err);
    let csv = library.forb(ask(&["--limit", "3", "--format", "csv"])).ends(0).out;
    assert!(csv.starts_with("side,term,forms,count,rate,documents"), "{csv}");
    assert_eq!(csv.lines().count(), rows.out.lines().count() + 1);
    let markdown = library.forb(ask(&["--limit", "3", "--format", "markdown"])).ends(0).out;
    assert!(markdown.contains("## Marks b: publisher\\:open\\-doors"), "{markdown}");
    assert!(
        markdown.contains("\n## Issues of the codebook whose words stand more often in b: "),
        "{markdown}"
    );
    let ratio = library.forb(ask(&["--order", "ratio"])).ends(0).out;
    let low = |row: &str| row.split('\t').nth(13).and_then(|cell| cell.parse::<f64>().ok());
    let lows: Vec<f64> =
        ratio.lines().filter(|row| row.starts_with("b\t")).filter_map(low).collect();
    assert!(lows.len() > 1 && lows.is_sorted_by(|a, b| a >= b), "{lows:?}");
}

#[test]
fn what_is_no_side_or_holds_no_text_is_said() {
    let library = two_series();
    let fails = |arguments: &[&str], said: &str| {
        let error = library.forb(arguments).ends(2).err;
        assert!(error.contains(said), "{said}: {error}");
    };
    fails(&["keyness", "--a", "us-state", "--b", "series:od-wwl"], "write FIELD:VALUE");
    fails(
        &["keyness", "--a", "publihser:us-state", "--b", "series:od-wwl"],
        "did you mean publisher?",
    );
    fails(&["keyness", "--a", "publisher:us-stat", "--b", "series:od-wwl"], "us-stat");
    fails(&["keyness", "--a", "country:PE", "--b", "country:Peru"], "both sides are the same");
    fails(&["keyness", "--a", "period:2022..2021", "--b", "country:PE"], "2022..2021");
    fails(
        &["keyness", "--a", "country:PE", "--b", "country:TD", "--country", "FJ"],
        "leave one out",
    );
    let none = library.forb(["keyness", "--a", "country:PE", "--b", "country:KZ"]).ends(1);
    assert!(none.out.is_empty() && none.err.contains("no text is held of side b"), "{}", none.err);
    let same = ["keyness", "--a", "country:PE", "--b", "country:TD", "--format", "json"];
    let same = library.forb(same).ends(1);
    assert!(same.err.contains("no term marks either side"), "{}", same.err);
    assert!(serde_json::from_str::<Value>(&same.out).is_ok());
}

/// The State Department against Open Doors on all real reports.
#[test]
fn the_publishers_of_the_real_reports_are_marked_by_the_words_known_of_them() {
    const TEST: &str = "the_publishers_of_the_real_reports_are_marked_by_the_words_known_of_them";
    let Some(reports) = real_reports(TEST) else { return };
    let library = Library::new();
    let mut add = vec!["add".into()];
    for folder in ["us-state-irf", "us-state-hrr", "open-doors"] {
        add.push(reports.join(folder).into_os_string());
    }
    library.forb(add).ends(0);
    let more = ["--term", "place of worship", "--term", "believer*", "--format", "json"];
    let answer: Value = serde_json::from_str(&library.forb(ask(&more)).ends(0).out).expect("JSON");
    let of_open_doors = terms(&answer, "b");
    for word in ["persecution", "believers"] {
        assert!(of_open_doors.contains(&word.to_owned()), "{word}: {of_open_doors:?}");
    }
    let all = [terms(&answer, "a"), of_open_doors].concat();
    for word in ["the", "of", "and", "including", "in", "that", "china", "chinese"] {
        assert!(!all.contains(&word.to_owned()), "{word}: {all:?}");
    }
    assert_eq!(
        (&answer["asked"][0]["side"], &answer["asked"][1]["side"]),
        (&json!("a"), &json!("b"))
    );
    let issues = answer["issues"].as_array().expect("issues").iter();
    let words = issues.flat_map(|issue| issue["words"].as_array().expect("words"));
    let side =
        |asked: &str| words.clone().find(|word| word["asked"] == asked).map(|of| &of["side"]);
    assert_eq!(side("places of worship"), Some(&json!("a")));
    assert_eq!(side("persecut*"), Some(&json!("b")));
}
