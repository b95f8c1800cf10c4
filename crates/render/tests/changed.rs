//! What `changes` writes as JSON is described key by key in `docs/output-format.md`.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{record, state_metadata};
use model::{AnnotatedPassage, Annotation, AnnotationKind, Country, IssueId, Polarity, TextRange};
use query::changes::{changes, chapters};
use render::{ChangesView, ChaptersView, EditionView, LibraryState, changes_json, chapters_json};
use serde_json::Value;

const DOCUMENTATION: &str = include_str!("../../../docs/output-format.md");

/// The keys in the table under a heading.
fn documented(heading: &str) -> BTreeSet<String> {
    let wanted = format!("\n### JSON: {heading}\n");
    let (_, rest) = DOCUMENTATION.split_once(&wanted).unwrap_or_else(|| panic!("no {heading}"));
    let section = rest.split("\n##").next().unwrap_or(rest);
    section
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .map(str::to_owned)
        .collect()
}

fn keys(value: &Value) -> BTreeSet<String> {
    value.as_object().expect("an object").keys().cloned().collect()
}

/// A passage of one sentence that speaks to an issue.
fn passage(text: &str) -> AnnotatedPassage {
    let mut passage = record(&state_metadata(), 1, 0, text).passage;
    let whole = TextRange::new(0, text.len());
    passage.passage.sentences = vec![whole];
    let issue = IssueId::new("blasphemy").expect("an id");
    let kind = AnnotationKind::Issue { issue, polarity: Polarity::Violation };
    passage.annotations = vec![Annotation { kind, evidence: vec![whole] }];
    passage
}

#[test]
fn every_key_of_changes_is_documented() {
    let old = vec![passage("In March the police closed 12 prayer rooms near the harbour.")];
    let new = vec![passage("In March the police closed 15 prayer rooms near the harbour.")];
    let compared = changes(&old, &new);
    let document = state_metadata();
    let summary = document.summary(&document.sha256.document_id());
    let edition =
        |period: &str| EditionView { period: period.to_owned(), documents: vec![summary.clone()] };
    let country = Country::find("KZ").expect("known");
    let (before, after) = (edition("2021"), edition("2022"));
    let state = LibraryState {
        corpus: vec![("a.jsonl".to_owned(), "00".to_owned())],
        ..LibraryState::default()
    };
    let view = ChangesView {
        country,
        old: &before,
        new: &after,
        changes: &compared,
        issue: None,
        state: &state,
    };
    let shown: Value = serde_json::from_str(&changes_json(&view)).expect("JSON");
    assert_eq!(keys(&shown), documented("changes"));
    assert_eq!(keys(&shown["old"]), documented("edition"));
    assert_eq!(keys(&shown["library"]), documented("state of a library"));
    assert_eq!(keys(&shown["issues"][0]), documented("changed issue"));
    let statement = &shown["statements"][0];
    assert_eq!(keys(statement), documented("statement"));
    assert_eq!(keys(&statement["old"][0]), documented("sentence of a statement"));
    assert_eq!(keys(&statement["marks"][0]), documented("mark"));
    assert_eq!(keys(&statement["figures"][0]), documented("changed figure"));
    assert_eq!(keys(&statement["figures"][0]["new"]), documented("number of a statement"));
    let rows = chapters(&BTreeMap::from([(country, old)]), &BTreeMap::from([(country, new)]));
    let view =
        ChaptersView { series: "s", old: "2021", new: "2022", chapters: &rows, state: &state };
    let shown: Value = serde_json::from_str(&chapters_json(&view)).expect("JSON");
    assert_eq!(keys(&shown), documented("changed chapters"));
    assert_eq!(keys(&shown["countries"][0]), documented("changed chapter"));
}
