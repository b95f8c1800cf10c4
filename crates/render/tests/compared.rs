//! What `compare` writes as JSON is described key by key in `docs/output-format.md`, and what a report
//! says is no markup on its page.

mod common;

use std::collections::BTreeSet;

use common::{profile_metadata, record, state_metadata};
use model::{
    Annotation, AnnotationKind, Country, Figure, Hedge, IssueId, Metadata, Polarity, TextRange,
    Unit,
};
use query::compare::{OnCountry, Source, SourceName, Speaking, Topic, compare};
use query::{Searched, Tally};
use render::{
    Colour, CompareAsked, CompareView, LibraryState, Style, compare_csv, compare_html,
    compare_json, compare_markdown, compare_text,
};
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

/// A source of one document with these passages, each of one sentence.
fn source(metadata: &Metadata, texts: &[&str]) -> Source {
    let country = Country::find("KZ").expect("known");
    let tally = Tally { documents: 1, passages: texts.len() as u64, words: 500 };
    let searched = Searched { tally, ..Searched::default() };
    let passages = texts.iter().zip(1..).map(|(text, paragraph)| {
        let mut record = record(metadata, paragraph, 0, text);
        let whole = TextRange::new(0, text.len());
        record.passage.passage.sentences = vec![whole];
        let issue = IssueId::new("security-laws").expect("an id");
        let kind = AnnotationKind::Issue { issue, polarity: Polarity::Violation };
        record.passage.annotations = vec![Annotation { kind, evidence: vec![whole] }];
        if let Some(start) = text.find("prisoners").map(|end| end - 3) {
            let figure = Figure {
                value: text[start..start + 2].to_owned(),
                to: None,
                unit: Unit::Count,
                hedge: Hedge::None,
                change: None,
                counted: Some("prisoners".to_owned()),
            };
            let evidence = vec![TextRange::new(start, start + 2)];
            record
                .passage
                .annotations
                .push(Annotation { kind: AnnotationKind::Figure(figure), evidence });
        }
        Speaking { record, words: vec![TextRange::new(0, 3)] }
    });
    let passages: Vec<Speaking> = passages.collect();
    let document = metadata.summary(&metadata.sha256.document_id());
    Source {
        name: SourceName::of(&document),
        countries: vec![OnCountry { country, searched: searched.clone(), passages: texts.len() }],
        searched,
        total: texts.len(),
        passages,
    }
}

/// What both sources say.
const SEIZED: &str =
    "Guards at the old mill seized printed leaflets from weavers and sold the looms.";

fn sources() -> Vec<Source> {
    vec![
        source(
            &state_metadata(),
            &[
                "The court in Almaty held 15 prisoners under the extremism law for study meetings.",
                "Extremism was <b>named</b> & feared.",
                SEIZED,
            ],
        ),
        source(
            &profile_metadata(),
            &[
                "The court in Almaty held 17 prisoners under the extremism law for study meetings.",
                SEIZED,
            ],
        ),
    ]
}

#[test]
fn every_key_of_compare_is_documented() {
    let topic = Topic { issue: IssueId::new("security-laws"), query: None };
    let comparison = compare(sources(), topic);
    let asked = CompareAsked {
        filters: vec![("series".to_owned(), vec!["x".to_owned()])],
        state: LibraryState {
            corpus: vec![("a.jsonl".to_owned(), "00".to_owned())],
            ..LibraryState::default()
        },
        ..CompareAsked::default()
    };
    let view = CompareView { asked: &asked, comparison: &comparison, limit: 5 };
    let shown: Value = serde_json::from_str(&compare_json(&view)).expect("JSON");
    assert_eq!(keys(&shown), documented("compare"));
    assert_eq!(keys(&shown["asked"]), documented("asked comparison"));
    let source = &shown["sources"][1];
    assert_eq!(keys(source), documented("compared source"));
    assert_eq!(keys(&source["countries"][0]), documented("source on a country"));
    assert_eq!(keys(&source["only"][0]), documented("sentence of a source"));
    assert_eq!(keys(&shown["alike"][0]), documented("claim"));
    let figures = &shown["figures_differ"][0];
    assert_eq!(keys(figures), documented("pair of figures"));
    assert_eq!(keys(&figures["figure_a"]), documented("figure of a source"));
    assert_eq!(
        (&figures["figure_a"]["value"], &figures["figure_b"]["value"]),
        (&"17".into(), &"15".into())
    );
    assert_eq!(keys(&shown["independence"]), documented("independence"));
}

#[test]
fn what_a_report_says_is_no_markup_and_acts_on_no_terminal() {
    let mut sources = sources();
    sources[0].passages[1].record.passage.passage.text = "<script>\u{1b}[2J\u{202e}".to_owned();
    let comparison = compare(sources, Topic::default());
    let asked = CompareAsked { query: Some("<i>\u{7}".to_owned()), ..CompareAsked::default() };
    let view = CompareView { asked: &asked, comparison: &comparison, limit: 5 };
    let page = compare_html(&view);
    assert!(
        !page.contains("<script")
            && !page.contains("<i>")
            && page.contains("<mark>&lt;sc</mark>ript&gt;")
    );
    let wide = Style::terminal(Colour::Never, 120);
    let narrow = Style::terminal(Colour::Never, 40);
    for text in [
        page,
        compare_markdown(&view),
        compare_csv(&view),
        compare_text(&view, Style::PIPE),
        compare_text(&view, wide),
        compare_text(&view, narrow),
    ] {
        assert!(!text.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{text}");
    }
}

#[test]
fn columns_stand_beside_each_other_where_the_terminal_is_wide() {
    let comparison = compare(sources(), Topic::default());
    let asked = CompareAsked::default();
    let view = CompareView { asked: &asked, comparison: &comparison, limit: 5 };
    let wide = compare_text(&view, Style::terminal(Colour::Never, 120));
    let narrow = compare_text(&view, Style::terminal(Colour::Never, 60));
    assert!(wide.contains(" │ ") && !narrow.contains('│'), "{wide}");
}
