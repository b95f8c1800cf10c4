//! Text that documents share, as `forb reuse` shows it: a small library in which it is known what was
//! taken over, what is a formula, and what only looks alike.

use serde_json::{Value, json};

use crate::harness::{Library, repository};

/// What two publishers share; the second puts in and exchanges words.
const TAKEN: &str = "the police closed three prayer rooms near the harbour in March and took the \
    carpets, the books and a loudspeaker to the station";
const RETOLD: &str = "the police closed three old prayer rooms near the harbour in March and took \
    the carpets, the books and one loudspeaker to the station";

/// What a publisher writes of every country, and another of one.
const FORMULA: &str = "The constitution provides for freedom of religion and the government generally \
    respects this right in practice throughout the whole country";

fn add(library: &Library, name: &str, text: &str, stated: [&str; 4]) {
    let path = library.file(&format!("{name}.txt"), text);
    let [publisher, series, country, period] = stated;
    let options = [
        ["--publisher", publisher],
        ["--series", series],
        ["--country", country],
        ["--period", period],
    ];
    let add = ["add".as_ref(), path.as_os_str()].into_iter();
    library.forb(add.chain(options.as_flattened().iter().map(AsRef::as_ref))).ends(0);
}

/// A letter of each of two publishers on one country, an older one of the first, a table, and reports
/// on five more countries with a formula.
fn library() -> Library {
    let library = Library::new();
    let first = format!(
        "{FORMULA}. Witnesses say that {TAKEN} of the port.\n\nA school was built by the lake."
    );
    add(&library, "first", &first, ["harbour-watch", "harbour-letters", "PE", "2021"]);
    let second = format!("{FORMULA}.\n\nA newspaper wrote: “{RETOLD}.” Nobody was hurt.");
    add(&library, "second", &second, ["us-state", "us-state-irf", "PE", "2022"]);
    let later = "A year after, it was still so. A school was built by the lake, as the letter of the \
        year before had said it would be built by the end of the summer.";
    let earlier = "It is said that a school will stand by the lake, as the letter of the year before \
        had said it would be built by the end of the summer, and more schools after it.";
    add(&library, "later", later, ["harbour-watch", "harbour-letters", "PE", "2023"]);
    add(&library, "earlier", earlier, ["harbour-watch", "harbour-letters", "PE", "2020"]);
    for (country, year) in [("TD", 2018), ("FJ", 2018), ("KE", 2018), ("LA", 2018), ("MT", 2018)] {
        let text = format!("{FORMULA}. Report for {country}.");
        let name = format!("report-{country}");
        add(&library, &name, &text, ["us-state", "us-state-irf", country, &year.to_string()]);
    }
    library
}

fn asked(library: &Library, line: &[&str]) -> Value {
    let command = ["reuse", "--format", "json"].into_iter().chain(line.iter().copied());
    serde_json::from_str(&library.forb(command).ends(0).out).expect("JSON")
}

/// A document's text, as `show` prints its passages.
fn passage(library: &Library, id: &str) -> Value {
    let shown = library.forb(["show", id, "--context", "0", "--format", "json"]).ends(0).out;
    serde_json::from_str(&shown).expect("JSON")
}

#[test]
fn what_two_publishers_share_has_its_exact_place_on_both_sides() {
    let library = library();
    let answer = asked(&library, &["--country", "PE"]);
    assert_eq!(answer["total"], 1, "{answer}");
    let shared = &answer["shared"][0];
    let (a, b) = (&shared["a"], &shared["b"]);
    assert_eq!((&a["text"], &b["text"]), (&json!(TAKEN), &json!(RETOLD)));
    assert_eq!((&shared["same"], &shared["words"]), (&json!(22), &json!(24)));
    // The earlier of the two comes first.
    assert_eq!(
        (&a["document"]["period"], &b["document"]["period"]),
        (&json!("2021"), &json!("2022"))
    );
    for side in [a, b] {
        let shown = passage(&library, side["passage"].as_str().expect("an id"));
        let whole = &shown["passage"];
        let start = whole["range"][0].as_u64().expect("a place");
        let text: Vec<char> = whole["text"].as_str().expect("text").chars().collect();
        let [from, to] =
            [0, 1].map(|at| (side["range"][at].as_u64().expect("a place") - start) as usize);
        let stands: String = text[from..to].iter().collect();
        assert_eq!(side["text"], stands);
    }
}

#[test]
fn formulas_and_tables_are_left_out_and_counted() {
    let library = library();
    // The formula stands in reports on other countries, too, which are not asked for.
    let answer = asked(&library, &["--country", "PE"]);
    assert!(answer["left_out"]["formulas"].as_u64() > Some(0), "{answer}");
    assert!(!answer["shared"].to_string().contains("constitution"), "{answer}");
    let ran = library.forb(["reuse"]).ends(0);
    assert!(ran.err.contains("in reports on 5 countries or more"), "{}", ran.err);
}

#[test]
fn across_years_one_publisher_is_compared_with_itself() {
    let library = library();
    let answer = asked(&library, &["--across", "years"]);
    let shared = answer["shared"].as_array().expect("a list");
    assert_eq!(shared.len(), 1, "{answer}");
    let periods = ["a", "b"].map(|side| shared[0][side]["document"]["period"].clone());
    assert_eq!(periods, [json!("2020"), json!("2023")]);
    assert!(shared[0]["a"]["text"].as_str().expect("text").contains("as the letter of the year"));
    let nothing = library.forb(["reuse", "--across", "years", "--publisher", "us-state"]).ends(1);
    assert_eq!(nothing.out, "");
}

#[test]
fn one_of_the_two_is_of_the_publisher_asked_for() {
    let library = library();
    add(
        &library,
        "third",
        &format!("We heard that {TAKEN}."),
        ["far", "far-letters", "PE", "2022"],
    );
    assert_eq!(asked(&library, &[])["total"], 3);
    assert_eq!(asked(&library, &["--publisher", "far"])["total"], 2);
    assert_eq!(asked(&library, &["--series", "us-state-irf"])["total"], 2);
    assert_eq!(asked(&library, &["--limit", "1"])["shared"].as_array().map(Vec::len), Some(1));
    assert_eq!(asked(&library, &["--words", "23"])["total"], 1);
}

#[test]
fn every_format_shows_both_places() {
    let library = library();
    let answer = asked(&library, &["--country", "PE"]);
    let ids = ["a", "b"].map(|side| answer["shared"][0][side]["passage"].clone());
    for format in ["text", "csv", "markdown"] {
        let out = library.forb(["reuse", "--country", "PE", "--format", format]).ends(0).out;
        for id in &ids {
            // Markdown writes the dot of an id behind a backslash.
            let id = id.as_str().expect("an id");
            let found = out.contains(id) || out.contains(&id.replace('.', "\\."));
            assert!(found, "{format}: {id}: {out}");
        }
        assert!(out.contains("prayer rooms near the harbour"), "{format}: {out}");
    }
}

#[test]
fn what_cannot_be_compared_is_said() {
    let library = library();
    let ask = |line: &[&str]| library.forb(["reuse"].into_iter().chain(line.iter().copied()));
    for (line, expected) in [
        (&["--country", "Perru"][..], "did you mean Peru"),
        (&["--series", "harbor-letters"], "did you mean harbour-letters"),
        (&["--publisher", "harbour-wach"], "did you mean harbour-watch"),
        (&["--period", "2022..2021"], "2022"),
        (&["--words", "3"], "11 at least"),
        (&["--across", "moons"], "moons"),
    ] {
        let wrong = ask(line).ends(2).err;
        assert!(wrong.contains(expected), "{line:?}: {wrong}");
    }
    let one = ask(&["--country", "TD"]).ends(1);
    assert!(one.err.contains("no text of two publishers is held"), "{}", one.err);
    let empty = Library::new();
    empty.forb(["init".as_ref(), empty.root().as_os_str()]).ends(0);
    for format in ["text", "json", "csv", "markdown"] {
        let nothing = empty.forb(["reuse", "--format", format]).ends(1);
        assert!(nothing.err.contains("no text of two publishers"), "{format}: {}", nothing.err);
    }
    // Control characters and markup of a report reach neither a terminal nor a note.
    let text = format!("\u{1b}[2J<b>{TAKEN}</b> =1+1");
    add(&library, "hostile", &text, ["bad", "bad-letters", "PE", "2022"]);
    for format in ["text", "markdown", "csv"] {
        let out = ask(&["--publisher", "bad", "--format", format]).ends(0).out;
        assert!(!out.contains('\u{1b}'), "{format}: {out}");
        assert!(format != "markdown" || !out.contains("<b>"), "{out}");
    }
}

#[test]
fn the_documentation_has_every_key() {
    let page = std::fs::read_to_string(repository().join("docs/output-format.md")).expect("read");
    let documented = |heading: &str| -> Vec<String> {
        let (_, rest) = page.split_once(&format!("\n### JSON: {heading}\n")).expect("a heading");
        let section = rest.split("\n##").next().unwrap_or(rest);
        let keys = section.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
        let mut keys: Vec<String> = keys.map(str::to_owned).collect();
        keys.sort();
        keys
    };
    let keys = |value: &Value| -> Vec<String> {
        let mut keys: Vec<String> = value.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys
    };
    let answer = asked(&library(), &["--country", "PE"]);
    assert_eq!(keys(&answer), documented("reuse"));
    assert_eq!(keys(&answer["left_out"]), documented("left out of reuse"));
    assert_eq!(keys(&answer["shared"][0]), documented("shared stretch"));
    assert_eq!(keys(&answer["shared"][0]["a"]), documented("place of a stretch"));
}
