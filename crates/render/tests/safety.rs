//! Nothing in a report, a file name or a query acts on a terminal, breaks a record or a column.

mod common;

use common::{document, hit, record, result, state_metadata, view};
use model::{Evidence, Metadata, Origin};
use proptest::prelude::*;
use query::Neighbourhood;
use render::{
    AddOutcome, AddReport, Colour, Detail, Holdings, Style, add_json, add_text, safe, search_json,
    search_text, show_json, show_text, status_json, status_text,
};

const HOSTILE: &str = "a\u{1b}[2Jb\u{9b}31mc\u{7}d\r\u{202e}e\u{2066}f\u{2028}g\t\u{7f}";

fn acts(c: char) -> bool {
    c.is_control()
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// A library in which everything a stranger could have written says `text`.
fn written_by_a_stranger(text: &str) -> Metadata {
    let mut metadata = state_metadata();
    let evidence = || Evidence::new(Origin::Text, text, text).quoting(text);
    metadata.title.witness(text.to_owned(), evidence());
    metadata.edition.witness(text.to_owned(), evidence());
    metadata.url = Default::default();
    metadata.url.witness(text.to_owned(), evidence());
    metadata.file_name = text.to_owned();
    metadata.encoding = text.to_owned();
    metadata
}

/// Every output of this crate, made of such a library.
fn outputs(text: &str, style: Style) -> Vec<String> {
    let metadata = written_by_a_stranger(text);
    let mut record = record(&metadata, 1, 0, text);
    record.passage.passage.locator.section = vec![text.to_owned()];
    record.passage.passage.locator.paragraph_label = Some(text.to_owned());
    let shown =
        Neighbourhood { before: vec![record.clone()], record: record.clone(), after: Vec::new() };
    let mut document = document(metadata, 1, 1, 1);
    document.warnings.push(text.to_owned());
    let holdings = Holdings { library: text, documents: std::slice::from_ref(&document) };
    let added = AddOutcome::Added { document: Box::new(document.clone()), retired: Vec::new() };
    let reports = [
        AddReport { file: text.to_owned(), outcome: added },
        AddReport {
            file: text.to_owned(),
            outcome: AddOutcome::Failed { reason: text.to_owned() },
        },
    ];
    let result = result(1, vec![hit(1, record, &["a"])]);
    let mut made = vec![
        search_text(&view("", &result), style),
        search_json(&view(text, &result)),
        show_text(&shown, style),
        show_json(&shown),
        status_text(&holdings, style, Detail::Full),
        status_json(&holdings),
        add_json(&reports),
    ];
    made.extend(reports.iter().map(|report| add_text(report, style, Detail::Full)));
    made
}

#[test]
fn escape_sequences_are_shown_and_not_obeyed() {
    assert_eq!(
        safe(HOSTILE),
        "a\u{fffd}[2Jb\u{fffd}31mc\u{fffd}d\u{fffd}\u{fffd}e\u{fffd}f\u{fffd}g\u{fffd}\u{fffd}"
    );
    assert_eq!(safe("“état” 宗教"), "“état” 宗教");
}

#[test]
fn a_hostile_passage_on_a_terminal() {
    let record = record(&state_metadata(), 1, 0, "laws \u{1b}]0;owned\u{7} of \u{202e}2011");
    let shown = search_text(
        &view("", &result(1, vec![hit(1, record, &["laws"])])),
        Style::terminal(Colour::Never, 80),
    );
    assert!(shown.contains("\n    ⟦laws⟧ \u{fffd}]0;owned\u{fffd} of \u{fffd}2011\n"), "{shown}");
}

#[test]
fn json_escapes_what_it_does_not_show_and_loses_nothing() {
    let json = search_json(&view(HOSTILE, &result(0, Vec::new())));
    assert!(json.contains("a\\u001b[2Jb\\u009b31mc\\u0007d\\r\\u202ee\\u2066f\\u2028g\\t\\u007f"));
    let read: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
    assert_eq!(read["query"], HOSTILE);
}

proptest! {
    #[test]
    fn safe_text_acts_on_nothing_and_keeps_its_length(text in any::<String>()) {
        let shown = safe(&text);
        prop_assert!(!shown.contains(acts));
        prop_assert_eq!(shown.chars().count(), text.chars().count());
        for (a, b) in text.chars().zip(shown.chars()) {
            let kept = a == b || b == char::REPLACEMENT_CHARACTER;
            prop_assert!(kept);
        }
    }

    #[test]
    fn no_output_acts_on_a_terminal(
        text in "[a \n\t\r\u{1b}\u{7}\u{9b}\u{202e}\u{2066}\u{301}宗⟦é-]{0,40}", columns in 0usize..60,
    ) {
        for output in outputs(&text, Style::terminal(Colour::Never, columns)) {
            prop_assert!(!output.contains(|c| acts(c) && c != '\n'), "{:?}", output);
        }
        for output in outputs(&text, Style::PIPE) {
            prop_assert!(!output.contains(|c| acts(c) && c != '\n' && c != '\t'), "{:?}", output);
        }
    }

    #[test]
    fn a_record_in_a_pipe_is_one_line_of_its_columns(text in "[a \n\t\r\u{2028}宗]{1,40}") {
        let metadata = written_by_a_stranger(&text);
        let hits = result(1, vec![hit(1, record(&metadata, 1, 0, &text), &["a"])]);
        let rows = search_text(&view("", &hits), Style::PIPE);
        prop_assert_eq!(rows.lines().count(), 1);
        prop_assert_eq!(rows.matches('\t').count(), 12);
    }

    #[test]
    fn without_its_marks_a_passage_is_the_source_s_own_text(
        text in "[a-c é宗”]{1,80}", columns in 20usize..60,
    ) {
        let hits = result(1, vec![hit(1, record(&state_metadata(), 1, 0, &text), &["a", "b"])]);
        let row = search_text(&view("", &hits), Style::PIPE).replace(['⟦', '⟧'], "");
        prop_assert_eq!(row.split('\t').nth(9), Some(text.as_str()));
        let shown = search_text(&view("", &hits), Style::terminal(Colour::Never, columns));
        let squeezed = |text: &str| text.replace(['⟦', '⟧', ' ', '\n'], "");
        prop_assert!(squeezed(&shown).contains(&squeezed(&text)));
    }
}
