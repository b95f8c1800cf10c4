//! Reports whose words, titles, names and addresses try to act on a terminal, shown by every command in
//! every format: no control character but line and column ends is ever written.

use crate::harness::Library;

/// What stands in everything that a stranger could have written.
const HOSTILE: &str = "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\u{202e}\u{2066}\u{7f}";

/// Commands in the formats that each writes. `ID` is a passage, `DOC` its document.
const COMMANDS: [(&str, &[&str]); 24] = [
    (
        "search chapel --facets place,series",
        &["text", "json", "jsonl", "csv", "tsv", "markdown", "html"],
    ),
    ("search chapel --explain --cite oscola", &["text", "json", "jsonl", "markdown", "html"]),
    ("search chapel --output passages", &["text", "csv", "tsv"]),
    ("search chapel --output kwic", &["text", "csv", "tsv"]),
    ("search chapel --output documents", &["text", "json"]),
    ("search --queries QUERIES", &["trec", "jsonl", "csv"]),
    ("search nowhere --country KZ", &["text", "json"]),
    ("similar ID", &["text", "json", "html"]),
    ("show ID", &["text", "json"]),
    ("show DOC --blocks", &["text", "json"]),
    ("cite ID", &["text", "markdown", "html", "bibtex", "ris", "csl-json", "annotation", "json"]),
    ("cite ID --packet", &["text", "markdown", "html", "json"]),
    ("compare chapel --country KZ", &["text", "json", "csv", "markdown", "html"]),
    (
        "compare --country KZ --rows issue --columns period",
        &["text", "json", "csv", "markdown", "html"],
    ),
    (
        "changes --country KZ --series us-state-irf --period 2021..2022",
        &["text", "json", "csv", "markdown", "html"],
    ),
    ("keyness --a period:2021 --b period:2022 --term chapel", &["text", "json", "csv", "markdown"]),
    ("reuse", &["text", "json", "csv", "markdown"]),
    ("verify DRAFT", &["text", "json", "sarif", "html"]),
    ("bibliography DRAFT", &["text", "markdown", "html", "bibtex", "ris", "csl-json"]),
    ("exhibit ID", &["markdown", "html"]),
    ("tags", &["text", "json"]),
    ("coverage", &["text", "json", "csv", "markdown"]),
    ("status", &["text", "json"]),
    ("export", &["csv", "jsonl"]),
];

fn acts(c: char) -> bool {
    c.is_control() && c != '\n' && c != '\t'
        || ('\u{202a}'..='\u{202e}').contains(&c)
        || ('\u{2066}'..='\u{2069}').contains(&c)
}

/// A record of a data set that says the hostile words everywhere.
fn record(year: u16, closed: &str) -> String {
    let calm = "Nothing else was heard of in the town, and the people went on with their work. ";
    let text =
        format!("A chapel {HOSTILE} was {closed}{HOSTILE} by the police. {}", calm.repeat(6));
    let record = serde_json::json!({
        "id": format!("r{year}{HOSTILE}"), "title": format!("Report {year}{HOSTILE}"), "country": "Kazakhstan",
        "section": format!("Notes{HOSTILE}"), "series": "us-state-irf", "authors": format!("A. Writer{HOSTILE}"), "period": year.to_string(),
        "url": format!("https://example.org/{year}/{HOSTILE}"), "text": text,
    });
    record.to_string()
}

#[test]
fn no_command_in_any_format_writes_what_acts_on_a_terminal() {
    let library = Library::new();
    let records = [record(2021, "closed"), record(2022, "sealed")].join("\n");
    let added = library.add(&format!("evil{HOSTILE}.jsonl"), &records).ends(0);
    assert!(!added.err.contains(acts) && !added.out.contains(acts), "{:?}", added.err);
    let found = library.search(["chapel"]);
    assert_eq!(found.len(), 2);
    let id = found[0]["passage"]["id"].as_str().expect("an id").to_owned();
    let document = id.split('.').next().expect("a document").to_owned();
    library.forb(["tag", &id, "note", "--note", &format!("see{HOSTILE}")]).ends(0);
    let draft = format!(
        "They say “A chapel {HOSTILE} was closed” ({id}), and “an altar{HOSTILE} fell down” ({id}). {}",
        "Nobody else was asked what became of it. ".repeat(20)
    );
    let draft = library.file(&format!("draft{HOSTILE}.md"), draft);
    let queries = library.file("queries.tsv", format!("1\tchapel{HOSTILE}\nbroken{HOSTILE}\n"));
    for (command, formats) in COMMANDS {
        let words = || {
            command.split(' ').map(|word| match word {
                "ID" => id.clone(),
                "DOC" => document.clone(),
                "DRAFT" => draft.display().to_string(),
                "QUERIES" => queries.display().to_string(),
                word => word.to_owned(),
            })
        };
        for format in formats {
            let arguments = words().chain(["--format".to_owned(), (*format).to_owned()]);
            let ran = library.forb(arguments);
            assert!(ran.code < 2 || command.contains("QUERIES"), "{command} {format}: {}", ran.err);
            assert!(!ran.out.is_empty() || ran.code == 1, "{command} {format}: {}", ran.err);
            // Some formats have lines end so.
            for said in [ran.out.replace("\r\n", "\n"), ran.err] {
                let at = said
                    .find(acts)
                    .map(|at| said[at.saturating_sub(60)..].escape_debug().to_string());
                assert!(at.is_none(), "{command} {format}: {at:?}");
            }
        }
    }
}
