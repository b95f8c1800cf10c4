//! A draft with quotations planted from the passages of a library, verified by the program, and the table of
//! what came of it. Shared by the test and by `benches/quotations.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use ingestion::sentences::sentences;
use serde_json::Value;

use super::planting::{Chance, KINDS, Planted, Table, altered, typed};

/// Words that reports on the subject are full of.
const QUERIES: [&str; 6] =
    ["government", "authorities", "reportedly", "religious", "police", "church"];
/// Sentences of so many words are quoted.
const WORDS: std::ops::RangeInclusive<usize> = 7..=60;

/// The program, and a library to ask it about.
pub struct Asked<'a> {
    pub forb: &'a Path,
    pub library: &'a Path,
}

/// A passage with the sentences that can be quoted of it.
struct Source {
    id: String,
    document: String,
    sentences: Vec<String>,
}

impl Asked<'_> {
    fn run(&self, arguments: &[&str]) -> Value {
        let mut command = Command::new(self.forb);
        command.arg("--quiet").arg("--library").arg(self.library).args(arguments);
        let output = command.args(["--format", "json"]).output().expect("forb runs");
        let text = String::from_utf8_lossy(&output.stdout);
        serde_json::from_str(&text).unwrap_or_else(|error| {
            panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
        })
    }

    /// Passages that can be quoted, in the order of their ids.
    fn sources(&self, each: usize) -> Vec<Source> {
        let mut found = BTreeMap::new();
        let limit = each.to_string();
        for query in QUERIES {
            let fixed = ["--unfold", "--no-bridge", "--no-balance", "--limit", &limit];
            let answer = self.run(&[&["search", query][..], &fixed].concat());
            for hit in answer["hits"].as_array().expect("hits") {
                let (id, text) = (string(&hit["passage"]["id"]), string(&hit["passage"]["text"]));
                let all = sentences(&text).into_iter().filter_map(|range| range.of(&text));
                let sentences: Vec<String> =
                    all.filter(|s| is_quotable(s)).map(str::to_owned).collect();
                if !sentences.is_empty() {
                    let document = string(&hit["document"]["id"]);
                    found.insert(id.clone(), Source { id, document, sentences });
                }
            }
        }
        found.into_values().collect()
    }

    /// Whether a document holds these words, white space and the forms of marks left aside.
    fn holds(&self, document: &str, words: &str) -> bool {
        let shown = self.run(&["show", document]);
        let after = shown["after"].as_array().expect("passages").iter();
        let text: String =
            after.chain([&shown["passage"]]).map(|p| string(&p["text"]) + "\n").collect();
        plain(&text).contains(&plain(words))
    }

    /// Plants so many quotations in a draft, verifies it and counts what was said of each. What was not
    /// expected is printed.
    pub fn check(&self, number: usize, each: usize) -> Table {
        let sources = self.sources(each);
        let mut chance = Chance(2026);
        let (mut draft, mut planted) = (String::new(), Vec::new());
        while planted.len() < number {
            let kind = KINDS[planted.len() % KINDS.len()];
            let source = &sources[chance.below(sources.len())];
            let held: Vec<&str> = source.sentences.iter().map(String::as_str).collect();
            let Some(words) = altered(kind, &held, &mut chance) else { continue };
            let cited = match kind {
                Planted::WrongDocument => {
                    let other = &sources[chance.below(sources.len())];
                    if other.document == source.document || self.holds(&other.document, &words) {
                        continue;
                    }
                    &other.id
                }
                _ => &source.id,
            };
            // Marks within a quotation are single ones, as editors set them.
            let words = typed(&words, &mut chance).replace('“', "‘").replace('”', "’");
            let (open, close) = [("“", "”"), ("\"", "\""), ("«", "»")][chance.below(3)];
            draft.push_str(&format!("One source says: {open}{words}{close} ({cited}).\n\n"));
            planted.push(kind);
        }
        let file = tempfile::Builder::new().suffix(".txt").tempfile().expect("a file");
        fs::write(file.path(), draft).expect("written");
        let answer = self.run(&["verify", file.path().to_str().expect("a path")]);
        let quotations = answer["quotations"].as_array().expect("a list");
        assert_eq!(quotations.len(), planted.len());
        let mut table = Table::default();
        for (quotation, kind) in quotations.iter().zip(planted) {
            let judgement = string(&quotation["judgement"]);
            if judgement != kind.expected() {
                eprintln!("{kind:?}, {judgement}: {quotation}");
            }
            table.add(kind, &judgement);
        }
        table
    }
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A sentence of middling length that brings no double marks of its own which would end a quotation.
fn is_quotable(sentence: &str) -> bool {
    let marks = ['"', '«', '»', '„', '\n'];
    WORDS.contains(&sentence.split(' ').count())
        && !sentence.contains(marks)
        && sentence.matches('“').count() == sentence.matches('”').count()
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
