//! What becomes of matches: facets, order, folds, quotas, documents, keywords in context, formats,
//! records, and what a silence says.

use serde_json::Value;

use crate::harness::{Library, Ran};

const LONG: &str = "The mosque in the old town was closed by the police after a complaint of \
    neighbours in the spring of that year, and no reason was given to the community.";

/// Three reports on two countries by two publishers.
fn library() -> Library {
    let library = Library::new();
    let peru = format!("{LONG}\n\nA chapel near the mosque was opened by converts.");
    let chad = format!("{}\n\nA mosque burned.", LONG.replace("spring", "autumn"));
    for (name, about, text) in [
        ("peru.txt", "country = \"Peru\"\npublisher = \"Forum 18\"\nperiod = \"2019\"\n", peru),
        ("chad.txt", "country = \"Chad\"\npublisher = \"Forum 18\"\nperiod = \"2021\"\n", chad),
        (
            "fiji.txt",
            "country = \"Fiji\"\npublisher = \"Open Doors\"\n",
            "Mosque, mosque and temple stand side by side.".to_owned(),
        ),
    ] {
        library.file(&format!("{name}.meta.toml"), about);
        library.add(name, &text).ends(0);
    }
    library
}

fn json(ran: &Ran) -> Value {
    serde_json::from_str(&ran.out).expect("JSON")
}

/// The hits of a search as it is by default: what is nearly the same is folded.
fn folded(library: &Library, arguments: &[&str]) -> Vec<Value> {
    let arguments = ["search", "--format", "json"].iter().chain(arguments);
    json(&library.forb(arguments).ends(0))["hits"].as_array().expect("hits").clone()
}

fn countries(library: &Library, arguments: &[&str]) -> Vec<String> {
    let hits = library.search(arguments);
    let country = |hit: &Value| hit["document"]["country"].as_str().unwrap_or("").to_owned();
    hits.iter().map(country).collect()
}

#[test]
fn matches_are_counted_in_text_json_and_csv() {
    let library = library();
    let counted = ["search", "mosque", "--facets", "country,period", "--limit", "1"];
    let text = library.forb(counted).ends(0).out;
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("facet\t")).collect();
    assert_eq!(
        rows,
        [
            "facet\tcountry\tPE\t2",
            "facet\tcountry\tTD\t2",
            "facet\tcountry\tFJ\t1",
            "facet\tperiod\t2021\t2",
            "facet\tperiod\t2019\t2",
            "facet\tperiod\tunknown or none\t1",
        ]
    );
    let as_json = json(&library.forb(counted.iter().chain(&["--format", "json"])).ends(0));
    assert_eq!(as_json["facets"][0]["values"][0]["passages"], 2);
    assert_eq!(as_json["facets"][1]["without"], 1);
    let csv = ["--values", "1", "--format", "csv"];
    let csv = library.forb(counted.iter().chain(&csv)).ends(0).out;
    assert!(
        csv.starts_with("field,value,passages\ncountry,PE,2\ncountry,further values,2\n"),
        "{csv}"
    );
    let wrong = library.forb(["search", "mosque", "--facets", "contry"]).ends(2);
    assert!(wrong.err.contains("did you mean country"), "{}", wrong.err);
}

#[test]
fn lists_are_sorted_and_the_unknown_is_last_and_said() {
    let library = library();
    let sorted = |order| countries(&library, &["mosque", "--sort", order]);
    assert_eq!(sorted("newest"), ["TD", "TD", "PE", "PE", "FJ"]);
    assert_eq!(sorted("oldest"), ["PE", "PE", "TD", "TD", "FJ"]);
    assert_eq!(sorted("country"), ["TD", "TD", "FJ", "PE", "PE"]);
    let newest = library.forb(["search", "mosque", "--sort", "newest"]).ends(0);
    assert!(newest.err.contains("1 passage of unknown period"), "{}", newest.err);
}

#[test]
fn nearly_the_same_passages_are_folded_and_can_be_opened() {
    let library = library();
    let answer = json(&library.forb(["search", "mosque", "--format", "json"]).ends(0));
    let hits = answer["hits"].as_array().expect("hits");
    assert_eq!((&answer["total"], hits.len()), (&5.into(), 4));
    let under: Vec<&Value> =
        hits.iter().flat_map(|hit| hit["folded"].as_array().expect("a list")).collect();
    assert_eq!(under.len(), 1);
    assert_eq!(library.search(["mosque"]).len(), 5);
    // Pages of a folded list fit together.
    let page = |offset| folded(&library, &["mosque", "--limit", "2", "--offset", offset]);
    let pages: Vec<Value> = page("0").into_iter().chain(page("2")).collect();
    assert_eq!(&pages, hits);
    // What was folded is said, and its id is at hand.
    let row = library.forb(["search", "closed police complaint", "--limit", "1"]).ends(0).out;
    let id = under[0]["passage"].as_str().expect("an id");
    assert!(row.trim_end().ends_with(&format!("\t{id}")), "{row}");
}

#[test]
fn one_source_does_not_drown_the_others() {
    let library = library();
    let hits = library.search(["mosque", "--per-source", "1"]);
    let mut publishers: Vec<&str> =
        hits.iter().filter_map(|hit| hit["document"]["publisher"].as_str()).collect();
    publishers.sort_unstable();
    assert_eq!(publishers, ["Forum 18", "Open Doors"]);
}

#[test]
fn what_is_found_is_written_as_asked() {
    let library = library();
    let run = |arguments: &[&str]| {
        library
            .forb(["search", "mosque", "--unfold", "--no-bridge"].iter().chain(arguments))
            .ends(0)
            .out
    };
    assert_eq!(run(&["--count"]), "5\n");
    assert_eq!(run(&["--count", "--output", "documents"]), "3\n");
    assert_eq!(run(&["--output", "documents"]).lines().count(), 3);
    let ids = run(&["--output", "ids", "--limit", "2"]);
    assert_eq!(ids.lines().count(), 2);
    library.forb(["show", ids.lines().next().expect("an id")]).ends(0);
    let kwic = run(&["--output", "kwic"]);
    assert!(kwic.lines().any(|line| line.contains("\tA \tmosque\t burned.")), "{kwic}");
    assert_eq!(kwic.lines().count(), 6, "{kwic}");
    assert!(run(&["--output", "passages"]).contains("\tA ⟦mosque⟧ burned.\n"));
    library.forb(["search", "mosque", "--output", "ids", "--format", "json"]).ends(2);
    library.forb(["search", "mosque", "--format-version", "1"]).ends(0);
    let other = library.forb(["search", "mosque", "--format-version", "9"]).ends(2);
    assert!(other.err.contains("version 1"), "{}", other.err);
}

#[test]
fn every_format_holds_the_same_hits() {
    let library = library();
    let run = |format: &str| {
        library.forb(["search", "mosque burned", "--unfold", "--format", format]).ends(0).out
    };
    let hits = library.search(["mosque burned"]);
    let ids: Vec<&str> = hits.iter().filter_map(|hit| hit["passage"]["id"].as_str()).collect();
    assert_eq!(ids.len(), 5);
    for format in ["text", "json", "jsonl", "csv", "tsv", "markdown", "html"] {
        let out = run(format);
        let mut from = 0;
        for id in &ids {
            let at = out[from..].find(id).unwrap_or_else(|| panic!("{format} lacks {id}: {out}"));
            from += at;
        }
    }
    assert_eq!(run("jsonl").lines().count(), 5);
    assert_eq!(run("csv").lines().count(), 6);
    assert!(run("tsv").lines().all(|line| line.split('\t').count() == 19));
    let html = run("html");
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<mark>burned</mark>"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<link"), "{html}");
    assert!(run("markdown").contains("**burned**"));
}

#[test]
fn a_report_s_markup_is_never_markup() {
    let library = Library::new();
    library.add("r.txt", "A mosque <b>burned</b> & *fell* | [here](https://example.org).").ends(0);
    let html = library.forb(["search", "mosque", "--format", "html"]).ends(0).out;
    assert!(html.contains("&lt;b&gt;burned&lt;/b&gt; &amp; *fell*"), "{html}");
    let query = library.forb(["search", "mosque <i>", "--format", "html"]).ends(0).out;
    assert!(query.contains("<title>mosque &lt;i&gt;</title>"), "{query}");
    let markdown = library.forb(["search", "mosque", "--format", "markdown"]).ends(0).out;
    assert!(
        markdown.contains("&lt;b&gt;burned&lt;/b&gt; &amp; \\*fell\\* \\| \\[here\\]"),
        "{markdown}"
    );
}

#[test]
fn a_passage_leads_to_others_like_it() {
    let library = library();
    let hits = library.search(["chapel"]);
    let id = hits[0]["passage"]["id"].as_str().expect("an id");
    let ran = library.forb(["similar", id, "--format", "json"]).ends(0);
    assert!(ran.err.contains("searched: ") && ran.err.contains("chapel"), "{}", ran.err);
    let similar = json(&ran);
    let hits = similar["hits"].as_array().expect("hits");
    assert!(!hits.is_empty() && hits.iter().all(|hit| hit["passage"]["id"] != id));
    // What is nearly the same is left out, too.
    let long = &library.search(["complaint neighbours"])[0];
    let long = long["passage"]["id"].as_str().expect("an id");
    let others = json(&library.forb(["similar", long, "--format", "json"]).ends(0));
    assert_eq!(others["left_out"], 2);
    library.forb(["similar", "zzzz.1"]).ends(2);
    library.forb(["similar", id.split('.').next().expect("an id")]).ends(2);
}

#[test]
fn a_recorded_search_is_asked_again() {
    let library = library();
    let asked =
        ["search", "mosque \"of that year\" -temple", "--country", "Peru", "--country", "TD"];
    let record = ["--record", "r.json", "--period", "2018..2022", "--sort", "newest"];
    library.forb(asked.iter().chain(&record)).ends(0);
    let again = library.forb(asked.iter().chain(&record)).ends(2);
    assert!(again.err.contains("choose a name that is not taken"), "{}", again.err);
    let same = library.forb(["replay", "r.json"]).ends(0);
    assert!(same.out.starts_with("the same: "), "{}", same.out);
    assert_eq!(same.err, "");
    library.file("late.txt.meta.toml", "country = \"Chad\"\nperiod = \"2022\"\n");
    library.add("late.txt", "A second mosque was built.").ends(0);
    let other = library.forb(["replay", "r.json"]).ends(1);
    assert!(other.err.contains("the corpus has changed"), "{}", other.err);
    assert!(other.out.contains(" is new, at 1\n"), "{}", other.out);
    library.file("wrong.json", "{\"hits\": []}");
    library.file("later.json", "{\"record_version\": 99}");
    for wrong in ["wrong.json", "later.json", "absent.json", "peru.txt"] {
        let error = library.forb(["replay", wrong]).ends(2).err;
        assert!(error.starts_with("error: ") && error.contains(wrong), "{error}");
    }
}

#[test]
fn a_silence_says_what_was_searched_and_which_words_occur_nowhere() {
    let library = library();
    let silent = library.forb(["search", "mosqe converst", "--format", "json"]).ends(1);
    assert!(silent.err.contains("nothing found in 3 documents and 5 passages"), "{}", silent.err);
    assert!(silent.err.contains("`mosqe` stands in no passage"), "{}", silent.err);
    assert!(silent.err.contains("spelt nearly so: mosque (5 passages)"), "{}", silent.err);
    assert!(silent.err.contains("converts (1 passage)"), "{}", silent.err);
    assert!(silent.err.contains("no evidence that it does not happen"), "{}", silent.err);
    let silence = &json(&silent)["silence"];
    assert_eq!(
        (&silence["documents"], &silence["absent"][0]["word"]),
        (&3.into(), &"mosqe".into())
    );
    assert_eq!(silence["by_source"].as_array().map(Vec::len), Some(2));
    let much = json(&library.forb(["search", "mosque", "--format", "json"]).ends(0));
    assert_eq!(much["silence"], Value::Null);
}

/// The issue's own example.
#[test]
fn a_report_that_is_not_held_is_named() {
    let library = Library::new();
    for (name, country, period) in [("a", "China", "2021"), ("b", "Peru", "2023")] {
        library.file(
            &format!("{name}.txt.meta.toml"),
            format!("country = \"{country}\"\npublisher = \"us-state\"\nseries = \"us-state-irf\"\nperiod = \"{period}\"\n"),
        );
        library.add(&format!("{name}.txt"), &format!("Uyghur neighbours of {country}.")).ends(0);
    }
    let asked =
        ["search", "uyghur", "--country", "CN", "--series", "us-state-irf", "--period", "2023"];
    let ran = library.forb(asked).ends(1);
    assert!(ran.err.contains("no text is held"), "{}", ran.err);
    assert!(ran.err.contains("not held on China: us-state-irf 2023"), "{}", ran.err);
    assert_eq!(ran.out, "");
}

#[test]
fn a_score_is_explained_part_by_part() {
    let library = library();
    let asked = ["search", "mosque burned", "--explain", "--format", "json"];
    let explained = json(&library.forb(asked).ends(0));
    let hit = &explained["hits"][0];
    let parts = hit["parts"].as_array().expect("parts");
    let sum: f64 = parts.iter().filter_map(|part| part["score"].as_f64()).sum();
    assert!((sum - hit["score"].as_f64().expect("a score")).abs() < 1e-4, "{hit}");
    let text = library.forb(["search", "mosque burned", "--explain"]).ends(0).out;
    assert!(text.lines().next().is_some_and(|row| row.contains("\tscore ")), "{text}");
    let plain = json(&library.forb(["search", "mosque", "--format", "json"]).ends(0));
    assert_eq!(plain["hits"][0]["parts"], serde_json::json!([]));
}

#[test]
fn an_empty_library_is_said_to_be_empty() {
    let library = Library::new();
    library.add("broken.pdf", "%PDF-1.7\nand nothing more").ends(2);
    let ran = library.forb(["search", "law"]).ends(1);
    assert!(ran.err.contains("the library holds no documents: `forb add FILE…`"), "{}", ran.err);
}
