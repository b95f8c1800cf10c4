//! `forb eval` as a labeller and a reader meet it: the same passages drawn again, labels taken in with
//! their places, and measured against a library.

use std::path::Path;

use serde_json::{Value, json};

use crate::harness::{Library, TERRORISM};

const SEED: &[&str] = &["eval", "draw", "--seed", "s", "--number", "9", "--series", "us-state-crt"];

/// Long enough to be drawn, with an issue, a speaker, figures and countries in it.
fn report() -> String {
    let paragraphs = [
        "Officials said police arrested more than 600 members of a religious group in Kazakhstan.",
        "Observers reported that about half of the mosques in two towns of Peru were closed.",
    ];
    let last = "Countering Violent Extremism:";
    TERRORISM.replace(last, &format!("{}\n\n{last}", paragraphs.join("\n\n")))
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn library() -> (Library, Vec<Value>) {
    let library = Library::new();
    library.add("crt.txt", &report()).ends(0);
    let drawn = library.forb(SEED).ends(0).out;
    library.file("drawn.jsonl", &drawn);
    (library, lines(&drawn))
}

/// The labels of a passage that holds `words`, as a labeller writes them.
fn labels(drawn: &[Value], words: &str, figures: &Value, countries: &Value) -> Value {
    let holds = |line: &&Value| line["text"].as_str().expect("text").contains(words);
    let passage = drawn.iter().find(holds).expect("drawn")["passage"].clone();
    json!({
        "passage": passage, "issues": [["arrest-imprisonment", "violation"]], "nature": ["practice"],
        "attribution": [[words, "government", 1]], "figures": figures, "countries": countries,
    })
}

fn take(library: &Library, labels: &[Value]) -> crate::harness::Ran {
    let text: String = labels.iter().map(|line| format!("{line}\n")).collect();
    let path = library.file("labels.jsonl", text);
    let drawn = path.with_file_name("drawn.jsonl");
    let named = |path: &Path| path.to_str().expect("a name").to_owned();
    library.forb(["eval", "take", &named(&path), "--drawn", &named(&drawn)])
}

#[test]
fn the_same_seed_draws_the_same_passages_and_excluded_ones_are_left_out() {
    let (library, drawn) = library();
    assert_eq!(drawn, lines(&library.forb(SEED).ends(0).out));
    assert!(drawn.len() >= 2);
    for line in &drawn {
        let text = line["text"].as_str().expect("text");
        assert!(text.split_whitespace().count() >= 10, "{text}");
    }
    let first = library.file("first.jsonl", format!("{}\n", drawn[0]));
    let excluding = [SEED, &["--exclude", first.to_str().expect("a name")]].concat();
    assert_eq!(lines(&library.forb(excluding).ends(0).out), drawn[1..]);
}

#[test]
fn labels_are_taken_with_their_places_and_measured() {
    let (library, drawn) = library();
    let figures = json!([["more than 600", "600", "count", "more-than", 1]]);
    let given = labels(&drawn, "Officials", &figures, &json!(["KZ"]));
    let taken = take(&library, &[given]).ends(0).out;
    let gold = &lines(&taken)[0];
    assert!(!taken.contains("police arrested"), "a gold set holds no text: {taken}");
    assert_eq!(gold["labels"]["attribution"], json!([{ "range": [0, 9], "kind": "government" }]));
    assert_eq!(gold["labels"]["figures"][0]["range"], json!([31, 44]));
    let path = library.file("gold.jsonl", &taken);
    let path = path.to_str().expect("a name");
    let arguments = ["eval", "labels", "--gold", path, "--format", "json", "--errors"];
    let measured: Value = serde_json::from_str(&library.forb(arguments).ends(0).out).expect("JSON");
    assert_eq!(measured["passages"], 1);
    let rows = measured["rows"].as_array().expect("rows");
    for facet in ["attribution", "figures", "countries"] {
        let row = rows.iter().find(|row| row["facet"] == facet).expect("a row");
        assert_eq!(row["f1"]["value"], 1.0, "{facet}: {measured}");
    }
    let agreement = library.forb(["eval", "agreement", path, path]).ends(0).out;
    assert!(agreement.contains("attribution\t1\t1\t1\t1.00"), "{agreement}");
}

#[test]
fn what_does_not_stand_in_the_passage_is_refused_and_another_text_is_not_compared() {
    let (library, drawn) = library();
    let figures = json!([["700", "700", "count", "none", 1]]);
    let refused = take(&library, &[labels(&drawn, "Officials", &figures, &json!([]))]).ends(2);
    assert_eq!(refused.out, "");
    assert!(refused.err.contains("`700` does not stand in the passage"), "{}", refused.err);
    let taken = take(&library, &[labels(&drawn, "Officials", &json!([]), &json!([]))]).ends(0).out;
    let mut gold = lines(&taken).remove(0);
    gold["sha256"] = json!("0".repeat(64));
    let path = library.file("gold.jsonl", gold.to_string());
    let ran = library.forb(["eval", "labels", "--gold", path.to_str().expect("a name")]).ends(1);
    let id = gold["passage"].as_str().expect("an id");
    assert!(ran.out.contains("their text is another") && ran.out.contains(id), "{}", ran.out);
    let torn = library.file("torn.jsonl", "{\"passage\": 4}\n");
    let ran = library.forb(["eval", "labels", "--gold", torn.to_str().expect("a name")]).ends(2);
    assert!(ran.err.contains("torn.jsonl, line 1"), "{}", ran.err);
}
