//! Who is heard in a list: one source that uses the words asked for, and another that says the same
//! in its own.

use serde_json::Value;

use crate::harness::Library;

/// Twenty-four passages of one publisher in the words of the query, two of another in other words.
fn library() -> Library {
    let library = Library::new();
    let loud: Vec<String> = (1..=24)
        .map(|at| {
            format!("Village {at} saw persecution of converts in the {at}th week of the year.")
        })
        .collect();
    let quiet = "Apostates were harassed by their neighbours.\n\n\
        Two families accused of apostasy spoke of harassment in the south.";
    for (name, publisher, text) in
        [("Peru.txt", "Open Doors", loud.join("\n\n")), ("Chad.txt", "Forum 18", quiet.to_owned())]
    {
        let about = format!("country = \"{}\"\npublisher = \"{publisher}\"\n", &name[..4]);
        library.file(&format!("{name}.meta.toml"), about);
        library.add(name, &text).ends(0);
    }
    library
}

/// The words of the query, added words counting so little that they come last by score.
fn asked<'a>(options: &[&'a str]) -> Vec<&'a str> {
    let asked = ["search", "persecution", "of", "converts", "--rank", "bridge=0.01"];
    asked.iter().chain(options).copied().collect()
}

fn hits(library: &Library, options: &[&str]) -> Vec<Value> {
    let ran = library.forb(asked(options).into_iter().chain(["--format", "json"])).ends(0);
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    found["hits"].as_array().expect("hits").clone()
}

fn lifted(hits: &[Value]) -> Vec<(u64, &str)> {
    let lifted = hits.iter().filter(|hit| hit["lifted"] == true);
    let place = |hit: &'_ Value| hit["rank"].as_u64().unwrap_or(0);
    lifted.map(|hit| (place(hit), hit["document"]["publisher"].as_str().unwrap_or(""))).collect()
}

#[test]
fn a_source_that_says_it_otherwise_has_every_third_place_and_that_is_said() {
    let library = library();
    let found = hits(&library, &[]);
    assert_eq!(lifted(&found), [(3, "Forum 18"), (6, "Forum 18")]);
    let ran = library.forb(asked(&[])).ends(0);
    let said = "20 of the 20 best matches are of Open Doors, so every third place goes to another \
        source that says it in other words (--no-balance: by score alone)";
    assert!(ran.err.contains(said), "{}", ran.err);
    for options in [["--no-balance"], ["--no-bridge"], ["--exact"], ["--per-source=9"]] {
        let ran = library.forb(asked(&options)).ends(0);
        assert!(!ran.err.contains("every third place"), "{options:?}: {}", ran.err);
        assert_eq!(lifted(&hits(&library, &options)), [], "{options:?}");
    }
}

#[test]
fn pages_runs_and_records_know_the_same_list() {
    let library = library();
    let whole = hits(&library, &["--limit", "8"]);
    let mut pages = hits(&library, &["--limit", "4"]);
    pages.extend(hits(&library, &["--limit", "4", "--offset", "4"]));
    assert_eq!(pages, whole);

    // A run is ordered by its scores alone: they fall.
    let run = library.forb(asked(&["--limit", "8", "--format", "trec"])).ends(0).out;
    let columns: Vec<Vec<&str>> = run.lines().map(|line| line.split(' ').collect()).collect();
    let ids: Vec<&str> = columns.iter().map(|line| line[2]).collect();
    let listed: Vec<&str> = whole.iter().filter_map(|hit| hit["passage"]["id"].as_str()).collect();
    assert_eq!(ids, listed);
    let scores: Vec<f32> = columns.iter().map(|line| line[4].parse().expect("a score")).collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");

    library.forb(asked(&["--record", "search.json"])).ends(0);
    library.forb(["replay", "search.json"]).ends(0);
}
