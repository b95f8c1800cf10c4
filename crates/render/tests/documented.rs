//! `docs/output-format.md` describes every key that is written, and no other.

mod common;

use std::collections::BTreeSet;

use common::{digest_metadata, document, hit, record, result, view};
use model::{
    Annotation, AnnotationKind, Block, Document, Metadata, Page, Publisher, Role, TextRange,
};
use query::evaluation::{IssueLabel, Labels, compare, score};
use query::{
    Absent, Added, AddedWords, Because, Bounded, Earner, Facet, Folded, Missing, Neighbourhood,
    Repeat, Repeats, ScorePart, Silence, Tally,
};
use render::{
    AddOutcome, AddReport, CodebookReport, DocumentBlocks, EditReport, Evaluation, Examination,
    Explanation, Holdings, IssueList, Problem, RemoveReport, Removed, SearchView, SeedFirings,
    SharedPassages, ShownDifference, Style, add_json, blocks_json, codebook_json, coverage_json,
    doctor_json, drawn_json, edit_json, evaluation_json, explain_json, explain_text, export_json,
    issues_json, remove_json, repeats_json, search_json, search_jsonl, search_text, show_json,
    status_json,
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

/// A search in which every list has something, as JSON and as a line of JSON.
fn search() -> (Metadata, Value, Value) {
    let metadata = digest_metadata();
    let mut record = record(&metadata, 1, 0, "laws");
    let kind = AnnotationKind::Nature(model::Nature::Law);
    record.passage.annotations = vec![Annotation { kind, evidence: vec![TextRange::new(0, 4)] }];
    record.passage.passage.locator.page = Some(Page { physical: 14, label: Some("12".into()) });
    let mut hit = hit(1, record.clone(), &["laws"]);
    let (passage, document) = (record.passage.passage.id.clone(), record.document.clone());
    hit.folded = vec![Folded { passage, document: (*document).clone() }];
    hit.parts = vec![ScorePart { what: Earner::Own("laws".into()), count: 1, score: 7.5 }];
    let mut found = result(1, vec![hit]);
    found.added = vec![Added {
        written: "acts".into(),
        words: AddedWords::Words("acts".into()),
        weight: 0.5,
        because: Because::Feedback,
        instead_of: Vec::new(),
    }];
    found.voice = Some(query::OneVoice { source: "s".into(), hits: 15, of: 20 });
    found.bounded = vec![Bounded { written: "l*".into(), words: 2000, searched: 1024 }];
    let values = vec![("KZ".to_owned(), 1)];
    found.facets = vec![Facet { field: model::Field::Country, values, without: 0 }];
    let country = model::Country::find("KZ").expect("known");
    let silence = Silence {
        by_source: [(Some("s".to_owned()), Tally::default())].into(),
        missing: vec![Missing { series: None, period: None, country, held: None }],
        absent: vec![Absent { word: "laus".into(), near: vec![("laws".into(), 1)] }],
        ..Silence::default()
    };
    let view = SearchView { silence: Some(&silence), ..view("laws", &found) };
    (metadata, read(&search_json(&view)), read(&search_jsonl(&view)))
}

#[test]
fn every_key_of_search_and_show_is_documented() {
    let (metadata, search, line) = search();
    let hit = &search["hits"][0];
    assert_eq!(keys(&search), documented("JSON: search"));
    for (list, heading) in [
        ("added", "added word"),
        ("bounded", "bounded pattern"),
        ("facets", "facet"),
        ("hits", "hit"),
    ] {
        assert_eq!(keys(&search[list][0]), documented(&format!("JSON: {heading}")));
    }
    assert_eq!(keys(&search["facets"][0]["values"][0]), documented("JSON: counted value"));
    let silence = &search["silence"];
    assert_eq!(keys(silence), documented("JSON: silence"));
    assert_eq!(keys(&silence["by_source"][0]), documented("JSON: source searched"));
    assert_eq!(keys(&silence["missing"][0]), documented("JSON: missing report"));
    assert_eq!(keys(&silence["absent"][0]), documented("JSON: absent word"));
    assert_eq!(keys(&silence["absent"][0]["near"][0]), documented("JSON: counted value"));
    assert_eq!(keys(&hit["parts"][0]), documented("JSON: part of a score"));
    assert_eq!(keys(&hit["folded"][0]), documented("JSON: folded passage"));
    let mut of_line = documented("JSON: hit line");
    of_line.extend(documented("JSON: hit"));
    assert_eq!(keys(&line), of_line);
    assert_eq!(keys(hit), documented("JSON: hit"));
    assert_eq!(keys(&hit["passage"]), documented("JSON: passage"));
    assert_eq!(keys(&hit["passage"]["labels"][0]), documented("JSON: label"));
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
fn every_key_of_blocks_and_repeats_is_documented() {
    let metadata = digest_metadata();
    let page = Page { physical: 14, label: None };
    let (range, role) = (TextRange::new(0, 4), Role::Heading);
    let block = Block { role, range, level: 1, label: None, page: Some(page), rule: None };
    let id = metadata.sha256.document_id();
    let document = Document::new(id.clone(), metadata, "Laws".into(), vec![block]).expect("sound");
    let roles = vec![(role, None)];
    let blocks = read(&blocks_json(&DocumentBlocks { document: &document, roles }));
    assert_eq!(keys(&blocks), documented("JSON: blocks"));
    assert_eq!(keys(&blocks["document"]), documented("JSON: document"));
    assert_eq!(keys(&blocks["blocks"][0]), documented("JSON: block"));
    assert_eq!(keys(&blocks["blocks"][0]["page"]), documented("JSON: page"));
    let example = format!("{id}.1").parse().expect("an id");
    let publisher = Publisher { id: "p".into(), name: "P".into() };
    let repeat = Repeat { text: "t".into(), publisher, countries: 3, documents: 4, example };
    let repeats = read(&repeats_json(&Repeats { total: 1, listed: vec![repeat] }));
    assert_eq!(keys(&repeats), documented("JSON: repeats"));
    assert_eq!(keys(&repeats["repeats"][0]), documented("JSON: repeat"));
}

#[test]
fn every_key_of_explain_and_export_is_documented() {
    let mut record = record(&digest_metadata(), 1, 0, "600 laws");
    let whole = TextRange::new(0, 3);
    let figure = model::Figure {
        value: "600".into(),
        to: None,
        unit: model::Unit::Count,
        hedge: model::Hedge::MoreThan,
        change: None,
        counted: Some("laws".into()),
    };
    let kind = AnnotationKind::Figure(figure);
    record.passage.annotations = vec![Annotation { kind, evidence: vec![whole] }];
    let names = std::collections::HashMap::new();
    let explanation = Explanation { record: &record, names: &names, seeds: Vec::new() };
    let explained = read(&explain_json(&explanation));
    assert_eq!(keys(&explained), documented("JSON: explain"));
    let annotation = &explained["annotations"][0];
    assert_eq!(keys(annotation), documented("JSON: annotation"));
    assert_eq!(annotation["value"], "more than 600 laws");
    assert_eq!(keys(&annotation["figure"]), documented("JSON: figure"));
    assert_eq!(keys(&annotation["evidence"][0]), documented("JSON: words"));
    assert_eq!(annotation["evidence"][0]["words"], "600");
    assert_eq!(keys(&read(&export_json(&explanation))), documented("JSON: export"));
    let columns = section("Columns of `explain`").matches("\n| ").count();
    let text = explain_text(&explanation, Style::PIPE);
    let last = text.lines().last().expect("a line of evidence");
    // Two columns share a line, beside the heading of the table.
    assert_eq!(last.split('\t').count(), columns);
}

#[test]
fn every_key_of_issues_and_codebook_is_documented() {
    let book = model::Codebook::from_toml(
        "format_version = 1\n[[scheme]]\nid = \"s\"\nname = \"S\"\n[[issue]]\nid = \"i\"\nname = \"I\"\n\
         definition = \"D\"\nseeds = [\"word\"]\nreferences = [{ scheme = \"s\", entry = \"1\", status = \"lead\" }]",
    )
    .expect("a codebook");
    let mut counts = query::IssueCounts::new();
    counts.entry("i".into()).or_default().insert((None, Some("KZ".into())), [1, 2, 3, 4]);
    let issues: Vec<&model::Issue> = book.issues.iter().collect();
    let json = read(&issues_json(&IssueList { codebook: &book, issues: &issues, counts: &counts }));
    assert_eq!(keys(&json), documented("JSON: issues"));
    let issue = &json["issues"][0];
    assert_eq!(keys(issue), documented("JSON: issue"));
    assert_eq!(issue["passages"], 10);
    assert_eq!(keys(&issue["by_source"][0]), documented("JSON: source of passages"));
    assert_eq!(keys(&issue["references"][0]), documented("JSON: reference"));
    assert_eq!(keys(&issue["seeds"][0]), documented("JSON: seed"));
    let firing = SeedFirings { issue: "i".into(), pattern: "word".into(), line: 8, passages: 0 };
    let pair = |smaller, both| SharedPassages { issues: ["i".into(), "j".into()], both, smaller };
    let report = CodebookReport {
        file: "f".into(),
        issues: 1,
        passages: 40,
        seeds: vec![firing.clone(), SeedFirings { passages: 11, ..firing }],
        pairs: vec![pair(10, 6), pair(10, 5), pair(9, 9)],
    };
    let json = read(&codebook_json(&report));
    assert_eq!(keys(&json), documented("JSON: codebook"));
    assert_eq!(keys(&json["seeds"][0]), documented("JSON: firing seed"));
    assert_eq!(
        (&json["seeds"][0]["finding"], &json["seeds"][1]["finding"]),
        (&"dead".into(), &"broad".into())
    );
    assert_eq!(json["overlaps"].as_array().expect("a list").len(), 1);
    assert_eq!(keys(&json["overlaps"][0]), documented("JSON: overlap"));
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
    assert_eq!(keys(&status["set_aside_by"][0]), documented("JSON: rule of status"));
    let record = &status["documents"][0];
    assert_eq!(keys(&record["set_aside_by"][0]), documented("JSON: rule of a record"));
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
    let (_, search, _) = search();
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
    let row = search_text(&view("", &result(1, vec![hit(1, record, &[])])), Style::PIPE);
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
    let mut theme = document(digest_metadata(), 2, 30, 1);
    theme.metadata.country = model::Finding::default();
    let documents = [document(digest_metadata(), 2, 30, 1), theme];
    let filters = query::Filters::default();
    let json = read(&coverage_json(&query::coverage(&documents, &BTreeSet::new(), &filters)));
    assert_eq!(keys(&json), documented("JSON: coverage"));
    assert_eq!(keys(&json["series"][0]), documented("JSON: coverage of a series"));
    assert_eq!(keys(&json["unrecognised"][0]), documented("JSON: unrecognised document"));
    let country = &json["series"][0]["countries"][1];
    assert_eq!(keys(country), documented("JSON: coverage of a country"));
    assert_eq!(country["standing"], "too-short");
}

#[test]
fn every_key_of_an_evaluation_is_documented() {
    let metadata = digest_metadata();
    let drawn = drawn_json(&record(&metadata, 1, 0, "laws"), &document(metadata.clone(), 1, 1, 1));
    assert_eq!(keys(&read(&drawn)), documented("JSON: drawn passage"));
    let id = model::IssueId::new("bans").expect("an id");
    let label = IssueLabel { polarity: model::Polarity::Context, evidence: Vec::new() };
    let found = Labels { issues: [(id.clone(), label)].into(), ..Labels::default() };
    let comparison = compare(&Labels::default(), &found);
    let shown = ShownDifference {
        passage: "k7m2q9x4tb3c.4".parse().expect("an id"),
        difference: comparison.differences[0].clone(),
        words: vec!["ban".into()],
    };
    let scores = score(&[comparison], &[id].into());
    let json = read(&evaluation_json(&Evaluation {
        scores: &scores,
        baseline: Some(&scores),
        missing: &[],
        changed: &[],
        differences: &[shown],
    }));
    assert_eq!(keys(&json), documented("JSON: evaluation"));
    let row = &json["rows"][0];
    assert_eq!(keys(row), documented("JSON: row of an evaluation"));
    assert_eq!(keys(&row["precision"]), documented("JSON: estimate"));
    assert_eq!(row["precision"]["value"], 0.0);
    assert_eq!(keys(&json["differences"][0]), documented("JSON: difference"));
    let mean: BTreeSet<String> = ["precision", "recall", "f1"].map(str::to_owned).into();
    assert_eq!(keys(&json["mean_of_issues"]), mean);
}
