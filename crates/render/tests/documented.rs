//! `docs/output-format.md` describes every key that is written, and no other.

mod common;

use std::collections::BTreeSet;

use common::{digest_metadata, document, hit, record, result};
use model::{Metadata, Page};
use query::Neighbourhood;
use render::{
    AddOutcome, AddReport, EditReport, Examination, Holdings, Problem, RemoveReport, Removed,
    Style, add_json, coverage_json, doctor_json, edit_json, remove_json, search_json, search_text,
    show_json, status_json,
};
use serde_json::Value;

const DOCUMENTATION: &str = include_str!("../../../docs/output-format.md");

/// The keys in the table under a heading.
fn documented(heading: &str) -> BTreeSet<String> {
    section(heading)
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect()
}

fn section(heading: &str) -> &'static str {
    let wanted = format!("\n### {heading}\n");
    let (_, rest) = DOCUMENTATION.split_once(&wanted).unwrap_or_else(|| panic!("no {heading}"));
    rest.split("\n##").next().unwrap_or(rest)
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).expect("valid JSON")
}

fn search() -> (Metadata, Value) {
    let metadata = digest_metadata();
    let mut record = record(&metadata, 1, 0, "laws");
    record.passage.passage.locator.page = Some(Page { physical: 14, label: Some("12".into()) });
    (metadata, read(&search_json("laws", &result(1, vec![hit(1, record, &["laws"])]))))
}

#[test]
fn every_key_of_search_and_show_is_documented() {
    let (metadata, search) = search();
    let hit = &search["hits"][0];
    assert_eq!(keys(&search), documented("JSON: search"));
    assert_eq!(keys(hit), documented("JSON: hit"));
    assert_eq!(keys(&hit["passage"]), documented("JSON: passage"));
    assert_eq!(keys(&hit["passage"]["page"]), documented("JSON: page"));
    assert_eq!(keys(&hit["document"]), documented("JSON: document"));
    assert_eq!(keys(&hit["document"]["digest_of"]), documented("JSON: original"));
    let record = record(&metadata, 1, 0, "laws");
    let neighbours = vec![record.clone()];
    let shown = Neighbourhood { before: neighbours.clone(), record, after: neighbours };
    let show = read(&show_json(&shown));
    assert_eq!(keys(&show), documented("JSON: show"));
    assert_eq!(keys(&show["document"]), documented("JSON: document"));
    for passage in [&show["passage"], &show["before"][0], &show["after"][0]] {
        assert_eq!(keys(passage), documented("JSON: passage"));
    }
}

#[test]
fn every_key_of_status_and_add_is_documented() {
    let held = document(digest_metadata(), 1, 1, 1);
    let holdings = Holdings { library: "L", documents: std::slice::from_ref(&held) };
    let status = read(&status_json(&holdings));
    assert_eq!(keys(&status), documented("JSON: status"));
    assert_eq!(keys(&status["totals"]), documented("JSON: totals of status"));
    for table in ["by_country", "by_publisher", "by_series", "by_period"] {
        assert_eq!(keys(&status[table][0]), documented(&format!("JSON: {table}")));
    }
    let record = &status["documents"][0];
    let mut all = documented("JSON: document");
    all.extend(documented("JSON: record"));
    assert_eq!(keys(record), all);
    assert_eq!(keys(&record["findings"][0]), documented("JSON: finding"));
    assert_eq!(keys(&record["findings"][0]["evidence"][0]), documented("JSON: evidence"));
    let outcome = AddOutcome::Held { document: Box::new(held) };
    let add = read(&add_json(&[AddReport { file: "f".into(), outcome }]));
    assert_eq!(keys(&add), documented("JSON: add"));
    assert_eq!(keys(&add["totals"]), documented("JSON: totals of add"));
    assert_eq!(keys(&add["files"][0]), documented("JSON: file"));
    assert_eq!(keys(&add["files"][0]["document"]), all);
    let fields = section("JSON: finding");
    for finding in record["findings"].as_array().expect("a list") {
        let field = format!("`{}`", finding["field"].as_str().expect("a name"));
        assert!(fields.contains(&field), "{field} is not documented");
    }
}

#[test]
fn the_example_is_of_the_shape_described() {
    let (_, after) = DOCUMENTATION.split_once("```json\n").expect("an example");
    let example = read(after.split("```").next().unwrap_or(""));
    let (_, search) = search();
    let (shown, hit) = (&example["hits"][0], &search["hits"][0]);
    assert_eq!(keys(&example), keys(&search));
    assert_eq!(keys(shown), keys(hit));
    assert_eq!(keys(&shown["passage"]), keys(&hit["passage"]));
    assert_eq!(keys(&shown["document"]), keys(&hit["document"]));
    let text: Vec<char> = shown["passage"]["text"].as_str().expect("a text").chars().collect();
    let marked: String = text[25..40].iter().collect();
    assert_eq!(marked, "applied broadly");
    assert_eq!(shown["highlights"], serde_json::json!([[25, 40]]));
    assert_eq!(shown["passage"]["range"], serde_json::json!([10, 10 + text.len()]));
}

#[test]
fn every_column_of_search_is_documented() {
    let described = section("Columns of `search`").lines().filter(|line| {
        line.starts_with("| ") && line[2..].starts_with(|c: char| c.is_ascii_digit())
    });
    let record = record(&digest_metadata(), 1, 0, "laws");
    let row = search_text(&result(1, vec![hit(1, record, &[])]), Style::PIPE);
    assert_eq!(described.count(), row.split('\t').count());
}

#[test]
fn every_key_of_edit_is_documented() {
    let before = document(digest_metadata(), 1, 1, 1);
    let mut after = before.clone();
    after.metadata.country.value = None;
    let unchanged = vec![("title", "is so already".to_owned())];
    let json = read(&edit_json(&[EditReport { before, after: Some(after), unchanged }]));
    assert_eq!(keys(&json), documented("JSON: edit"));
    let edited = &json["documents"][0];
    assert_eq!(keys(edited), documented("JSON: edited document"));
    assert_eq!(keys(&edited["changes"][0]), documented("JSON: change"));
    assert_eq!(keys(&edited["unchanged"][0]), documented("JSON: unchanged field"));
}

#[test]
fn every_key_of_remove_is_documented() {
    let id = document(digest_metadata(), 1, 1, 1).id;
    let removed = Removed { id: id.clone(), file_name: "a".into(), part_of: None, documents: 1 };
    let report = RemoveReport { removed: vec![removed], returned: vec![(id, "b".into())] };
    let json = read(&remove_json(&report));
    assert_eq!(keys(&json), documented("JSON: remove"));
    assert_eq!(keys(&json["removed"][0]), documented("JSON: removed capture"));
    assert_eq!(keys(&json["returned"][0]), documented("JSON: returned digest"));
}

#[test]
fn every_key_of_doctor_is_documented() {
    let problem = Problem { kind: "capture", what: "w".into(), mend: "m".into() };
    let examination = Examination { captures: 1, documents: 1, problems: vec![problem] };
    let json = read(&doctor_json(&examination));
    assert_eq!(keys(&json), documented("JSON: doctor"));
    assert_eq!(keys(&json["problems"][0]), documented("JSON: problem"));
}

#[test]
fn every_key_of_coverage_is_documented() {
    let documents = [document(digest_metadata(), 2, 30, 1)];
    let json = read(&coverage_json(&query::coverage(&documents)));
    assert_eq!(keys(&json), documented("JSON: coverage"));
    assert_eq!(keys(&json["series"][0]), documented("JSON: coverage of a series"));
    let country = &json["series"][0]["countries"][0];
    assert_eq!(keys(country), documented("JSON: coverage of a country"));
    assert_eq!(country["standing"], "too-short");
}
