//! Judgements as text: for a terminal, each quotation with what is said of it; in a pipe, a line each.

use std::collections::BTreeMap;

use citation::verify::Paraphrase;

use super::places::Places;
use super::said::{details, fault_line, paraphrase_lines, place_line, place_of};
use super::{CheckedQuotation, DraftReport};
use crate::line::{Line, Look};
use crate::phrases::counted;
use crate::style::Style;

/// How many characters of a quotation are shown on a terminal; a pipe gets all of it.
const SHOWN: usize = 160;

/// The judgements as text.
pub fn verify_text(report: &DraftReport<'_>, style: Style) -> String {
    let mut out = String::new();
    let places = Places::of(report);
    for checked in report.quotations {
        let place = places.at(checked.quotation.range.start);
        let place = format!("{}:{}", place.line, place.column);
        match style.width {
            None => write_row(&mut out, &place, checked, style),
            Some(_) => write_block(&mut out, &place, checked, style),
        }
    }
    for paraphrase in report.paraphrases {
        write_paraphrase(&mut out, &places, paraphrase, style);
    }
    for fault in report.faults {
        let place = places.at(fault.at);
        let place = format!("{}:{}", place.line, place.column);
        let said = fault_line(fault);
        let line = Line::new(style);
        match style.width {
            None => line.plain("fault").tab().plain(&place).tab().plain(said).write(&mut out, 0, 0),
            Some(_) => {
                let line = line.add(Look::Faint, &format!("{place}  "));
                line.add(Look::Warning, said).write(&mut out, 0, 4);
            }
        }
    }
    if style.width.is_some() && !report.quotations.is_empty() {
        Line::new(style).add(Look::Strong, &tally(report.quotations)).write(&mut out, 0, 4);
    }
    out
}

/// A passage cited for words of the draft's own: a line in a pipe, a block on a terminal.
fn write_paraphrase(out: &mut String, places: &Places<'_>, paraphrase: &Paraphrase, style: Style) {
    let place = places.at(paraphrase.mention.range.start);
    let place = format!("{}:{}", place.line, place.column);
    let (id, standing) = (paraphrase.mention.id.to_string(), paraphrase.standing.name());
    let said = paraphrase_lines(paraphrase);
    if style.width.is_none() {
        let line = Line::new(style).plain("paraphrase").tab().plain(&place).tab().plain(standing);
        let line = line.tab().add(Look::Id, &id).tab();
        line.marked(&said.join("; "), &[]).write(out, 0, 0);
        return;
    }
    let look = if paraphrase.holds() { Look::Plain } else { Look::Warning };
    let line = Line::new(style).add(Look::Faint, &format!("{place}  ")).add(look, standing);
    line.plain("  cited without a quotation: ").add(Look::Id, &id).write(out, 0, 4);
    for said in said {
        Line::new(style).marked(&said, &[]).write(out, 4, 6);
    }
    out.push('\n');
}

fn write_row(out: &mut String, place: &str, checked: &CheckedQuotation, style: Style) {
    let judgement = &checked.judgement;
    let passage = place_of(judgement).and_then(|place| place.passage.as_ref());
    let passage = passage.map_or("-".to_owned(), ToString::to_string);
    let said = details(checked);
    let said = if said.is_empty() { "-".to_owned() } else { said.join("; ") };
    Line::new(style)
        .plain("quotation")
        .tab()
        .plain(place)
        .tab()
        .plain(judgement.name())
        .tab()
        .add(Look::Id, &passage)
        .tab()
        .marked(&flowing(&checked.quotation.text), &[])
        .tab()
        .marked(&said, &[])
        .write(out, 0, 0);
}

fn write_block(out: &mut String, place: &str, checked: &CheckedQuotation, style: Style) {
    let judgement = &checked.judgement;
    let look = if judgement.holds() { Look::Plain } else { Look::Warning };
    let text = flowing(&checked.quotation.text);
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    Line::new(style)
        .add(Look::Faint, &format!("{place}  "))
        .add(look, judgement.name())
        .plain("  “")
        .marked(&shown, &[])
        .plain("”")
        .write(out, 0, 4);
    if let Some(place) = place_of(judgement) {
        Line::new(style).add(Look::Faint, &place_line(place)).write(out, 4, 6);
    }
    for said in details(checked) {
        Line::new(style).marked(&said, &[]).write(out, 4, 6);
    }
    out.push('\n');
}

/// A draft's words without its line ends; paragraphs stay apart.
fn flowing(text: &str) -> String {
    let words = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    text.split("\n\n").map(words).collect::<Vec<_>>().join("\n")
}

/// How many quotations were judged how: `8 quotations: 5 exact, 3 differs`.
fn tally(quotations: &[CheckedQuotation]) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for checked in quotations {
        *counts.entry(checked.judgement.name()).or_default() += 1;
    }
    let counts: Vec<String> =
        counts.into_iter().map(|(name, count)| format!("{count} {name}")).collect();
    let all = counted(quotations.len() as u64, "quotation", "quotations");
    format!("{all}: {}", counts.join(", "))
}
