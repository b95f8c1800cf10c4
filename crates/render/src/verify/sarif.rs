//! Judgements as SARIF 2.1.0, which editors and code-review pages show at their lines.

use citation::verify::PassageStanding;
use serde_json::{Value, json};

use super::places::Places;
use super::said::{details, fault_line, paraphrase_lines, place_line, place_of};
use super::{CheckedQuotation, DraftPlaces, DraftReport};
use crate::json::to_json;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The rules, each a judgement or a fault with what it means.
const RULES: [(&str, &str); 8] = [
    ("exact", "The quotation stands word for word at its place."),
    ("marked", "The quotation stands at its place with alterations that it shows."),
    ("found-elsewhere", "The quotation stands in another place than the one cited."),
    ("differs", "The source reads otherwise."),
    ("not-found", "Nothing like the quotation stands in the library."),
    ("cannot-check", "The quotation was not checked."),
    ("paraphrase", "A passage is cited for words of the draft's own."),
    ("fault", "The draft could not be read as it was meant."),
];

/// The judgements as SARIF.
pub fn verify_sarif(report: &DraftReport<'_>) -> String {
    let places = Places::of(report);
    let rules: Vec<Value> = RULES
        .iter()
        .map(|(id, text)| json!({ "id": id, "shortDescription": { "text": text } }))
        .collect();
    let judged = report.quotations.iter().map(|checked| {
        let range = checked.quotation.range;
        let level = if checked.judgement.holds() { "none" } else { "error" };
        let kind = if checked.judgement.holds() { "pass" } else { "fail" };
        let id = checked.judgement.name().replace(' ', "-");
        let location = location(report, &places, range.start, range.end);
        json!({ "ruleId": id, "level": level, "kind": kind,
            "message": { "text": message(checked) }, "locations": [location] })
    });
    let faults = report.faults.iter().map(|fault| {
        let location = location(report, &places, fault.at, fault.at);
        json!({ "ruleId": "fault", "level": "warning", "kind": "fail",
            "message": { "text": fault_line(fault) }, "locations": [location] })
    });
    let paraphrases = report.paraphrases.iter().map(|found| {
        let range = found.mention.range;
        let (level, kind) = match (found.holds(), &found.standing) {
            (false, _) => ("error", "fail"),
            (true, PassageStanding::Changed { .. }) => ("note", "review"),
            (true, _) => ("none", "pass"),
        };
        let text = format!("{}: {}", found.standing.name(), paraphrase_lines(found).join("; "));
        let location = location(report, &places, range.start, range.end);
        json!({ "ruleId": "paraphrase", "level": level, "kind": kind,
            "message": { "text": text }, "locations": [location] })
    });
    let results: Vec<Value> = judged.chain(paraphrases).chain(faults).collect();
    let driver = json!({ "name": "forb", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    to_json(&json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints",
            "results": results }],
    }))
}

/// Where something stands: line and column of a text, or the file alone where it has no lines.
fn location(report: &DraftReport<'_>, places: &Places<'_>, start: usize, end: usize) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(report.name) } });
    if report.places == DraftPlaces::Lines {
        let (first, last) = (places.at(start), places.at(end));
        physical["region"] = json!({ "startLine": first.line, "startColumn": first.column,
            "endLine": last.line, "endColumn": last.column });
    }
    json!({ "physicalLocation": physical })
}

/// A file's name as a relative reference.
fn uri(name: &str) -> String {
    let mut written = String::new();
    for byte in name.replace('\\', "/").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                written.push(char::from(byte));
            }
            _ => written.push_str(&format!("%{byte:02X}")),
        }
    }
    written
}

fn message(checked: &CheckedQuotation) -> String {
    let place = place_of(&checked.judgement).map(|place| format!(": {}", place_line(place)));
    let mut text = format!("{}{}", checked.judgement.name(), place.unwrap_or_default());
    for said in details(checked) {
        text.push_str(&format!("; {said}"));
    }
    text
}
