//! Judgements as JSON.

use citation::verify::{Callout, Difference, Fault, Paraphrase, PassageStanding};
use serde::Serialize;

use super::places::Places;
use super::said::{
    alterations_of, callout_name, details, difference_name, differences_of, fault_line,
    paraphrase_lines, place_of,
};
use super::{CheckedQuotation, DraftPlaces, DraftReport};
use crate::cite::AlterationShape;
use crate::json::{FORMAT_VERSION, to_json};
use crate::shapes::Span;

#[derive(Serialize)]
struct VerifyShape<'a> {
    format_version: u32,
    draft: &'a str,
    counted_in: &'static str,
    holds: bool,
    quotations: Vec<QuotationShape<'a>>,
    paraphrases: Vec<ParaphraseShape<'a>>,
    faults: Vec<FaultShape>,
}

#[derive(Serialize)]
struct QuotationShape<'a> {
    text: &'a str,
    line: usize,
    column: usize,
    range: Option<Span>,
    cited: Vec<String>,
    judgement: &'static str,
    holds: bool,
    document: Option<&'a str>,
    passage: Option<String>,
    place: Option<String>,
    source: Option<&'a str>,
    differences: Vec<DifferenceShape<'a>>,
    alterations: Vec<AlterationShape<'a>>,
    details: Vec<String>,
}

#[derive(Serialize)]
struct DifferenceShape<'a> {
    kind: &'static str,
    quoted: &'a str,
    source: &'a str,
    callouts: Vec<&'static str>,
}

#[derive(Serialize)]
struct ParaphraseShape<'a> {
    passage: String,
    line: usize,
    column: usize,
    standing: &'static str,
    holds: bool,
    newer: Option<&'a str>,
    details: Vec<String>,
}

#[derive(Serialize)]
struct FaultShape {
    line: usize,
    column: usize,
    what: &'static str,
}

/// The judgements as JSON.
pub fn verify_json(report: &DraftReport<'_>) -> String {
    let places = Places::of(report);
    let quotations: Vec<QuotationShape> =
        report.quotations.iter().map(|checked| shape(checked, report, &places)).collect();
    let fault = |fault: &Fault| {
        let place = places.at(fault.at);
        FaultShape { line: place.line, column: place.column, what: fault_line(fault) }
    };
    to_json(&VerifyShape {
        format_version: FORMAT_VERSION,
        draft: report.name,
        counted_in: match report.places {
            DraftPlaces::Lines => "lines",
            DraftPlaces::Paragraphs => "paragraphs",
        },
        holds: report.holds(),
        quotations,
        paraphrases: report.paraphrases.iter().map(|found| paraphrase(found, &places)).collect(),
        faults: report.faults.iter().map(fault).collect(),
    })
}

fn shape<'a>(
    checked: &'a CheckedQuotation,
    report: &DraftReport<'_>,
    places: &Places<'_>,
) -> QuotationShape<'a> {
    let (quotation, judgement) = (&checked.quotation, &checked.judgement);
    let (at, place) = (places.at(quotation.range.start), place_of(judgement));
    let characters = quotation.range.in_characters(report.text);
    let locator = place.and_then(|place| place.locator.as_ref());
    QuotationShape {
        text: &quotation.text,
        line: at.line,
        column: at.column,
        range: characters.map(|range| [range.start, range.end]),
        cited: quotation.cited.iter().map(ToString::to_string).collect(),
        judgement: judgement.name(),
        holds: judgement.holds(),
        document: place.map(|place| place.document.as_str()),
        passage: place.and_then(|place| Some(place.passage.as_ref()?.to_string())),
        place: locator.map(citation::locator_line),
        source: place.map(|place| place.words.as_str()),
        differences: differences_of(judgement).iter().map(difference).collect(),
        alterations: alterations_of(judgement).0.iter().map(AlterationShape::from).collect(),
        details: details(checked),
    }
}

fn paraphrase<'a>(found: &'a Paraphrase, places: &Places<'_>) -> ParaphraseShape<'a> {
    let place = places.at(found.mention.range.start);
    ParaphraseShape {
        passage: found.mention.id.to_string(),
        line: place.line,
        column: place.column,
        standing: found.standing.name(),
        holds: found.holds(),
        newer: match &found.standing {
            PassageStanding::Unchanged { newer } | PassageStanding::Changed { newer, .. } => {
                Some(newer.as_str())
            }
            _ => None,
        },
        details: paraphrase_lines(found),
    }
}

fn difference(difference: &Difference) -> DifferenceShape<'_> {
    let name = |callout: &Callout| callout_name(*callout);
    DifferenceShape {
        kind: difference_name(difference.kind),
        quoted: &difference.quoted,
        source: &difference.source,
        callouts: difference.callouts.iter().map(name).collect(),
    }
}
