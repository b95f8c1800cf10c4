//! What a judgement says, in sentences that text, JSON and SARIF share.

use citation::verify::{
    Callout, Concern, Difference, DifferenceKind, Fault, FaultKind, Judgement, NotChecked,
    Paraphrase, PassageStanding, Place,
};
use citation::{Alteration, locator_line};

use super::CheckedQuotation;
use crate::cite::alteration_line;

/// The place in the library that a judgement names.
pub(super) fn place_of(judgement: &Judgement) -> Option<&Place> {
    match judgement {
        Judgement::Exact { place, .. }
        | Judgement::Marked { place, .. }
        | Judgement::FoundElsewhere { place, .. }
        | Judgement::Differs { place, .. } => Some(place),
        Judgement::NotFound | Judgement::CannotCheck(_) => None,
    }
}

/// The alterations of a quotation that stands in its source, and those that deserve a look.
pub(super) fn alterations_of(judgement: &Judgement) -> (&[Alteration], &[Concern]) {
    match judgement {
        Judgement::Exact { alterations, .. } => (alterations, &[]),
        Judgement::Marked { alterations, concerns, .. }
        | Judgement::FoundElsewhere { alterations, concerns, .. } => (alterations, concerns),
        _ => (&[], &[]),
    }
}

/// The differences of a quotation that reads otherwise than its source.
pub(super) fn differences_of(judgement: &Judgement) -> &[Difference] {
    match judgement {
        Judgement::Differs { differences, .. } => differences,
        _ => &[],
    }
}

/// Where it stands: `k7m2q9x4tb3c.4, section “Overview”, para. 4 (counted)`.
pub(super) fn place_line(place: &Place) -> String {
    let id = match &place.passage {
        Some(passage) => passage.to_string(),
        None => place.document.to_string(),
    };
    match &place.locator {
        Some(locator) => format!("{id}, {}", locator_line(locator)),
        None => id,
    }
}

/// Everything that is said of a quotation beside its judgement, a sentence each.
pub(super) fn details(checked: &CheckedQuotation) -> Vec<String> {
    let judgement = &checked.judgement;
    let mut said = Vec::new();
    if let Judgement::CannotCheck(reason) = judgement {
        said.push(not_checked(reason));
    }
    if let Judgement::FoundElsewhere { .. } = judgement {
        let cited: Vec<String> = checked.quotation.cited.iter().map(ToString::to_string).collect();
        said.push(format!("cited is {}", cited.join(", ")));
    }
    if let Some(place) = place_of(judgement).filter(|_| !differences_of(judgement).is_empty()) {
        said.push(format!("the source reads “{}”", place.words));
    }
    said.extend(differences_of(judgement).iter().map(difference_line));
    let (alterations, concerns) = alterations_of(judgement);
    said.extend(alterations.iter().map(alteration_line));
    for concern in concerns {
        let what = callouts(&concern.callouts);
        said.push(format!("look at what is hidden, “{}”: {what}", concern.hidden.trim()));
    }
    said
}

/// A difference in a sentence: `“not” is left out (negation dropped)`.
pub(super) fn difference_line(difference: &Difference) -> String {
    let (quoted, source) = (&difference.quoted, &difference.source);
    let what = match difference.kind {
        DifferenceKind::Changed => format!("“{quoted}” stands for “{source}”"),
        DifferenceKind::Dropped => format!("“{source}” is left out"),
        DifferenceKind::Added => format!("“{quoted}” is put in"),
        DifferenceKind::Case => format!("“{quoted}” is written “{source}” in the source"),
        DifferenceKind::Punctuation => match (quoted.is_empty(), source.is_empty()) {
            (true, _) => format!("the mark “{source}” is left out"),
            (_, true) => format!("the mark “{quoted}” is put in"),
            _ => format!("the mark “{quoted}” stands for “{source}”"),
        },
    };
    match difference.callouts.is_empty() {
        true => what,
        false => format!("{what} ({})", callouts(&difference.callouts)),
    }
}

fn callouts(callouts: &[Callout]) -> String {
    callouts.iter().map(|callout| callout_name(*callout)).collect::<Vec<_>>().join(", ")
}

pub(super) fn callout_name(callout: Callout) -> &'static str {
    match callout {
        Callout::NumberChanged => "number changed",
        Callout::NegationDropped => "negation dropped",
        Callout::NegationAdded => "negation added",
        Callout::QualifierDropped => "qualifier dropped",
        Callout::QualifierAdded => "qualifier added",
    }
}

pub(super) fn difference_name(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Changed => "changed",
        DifferenceKind::Dropped => "dropped",
        DifferenceKind::Added => "added",
        DifferenceKind::Case => "case",
        DifferenceKind::Punctuation => "punctuation",
    }
}

fn not_checked(reason: &NotChecked) -> String {
    match reason {
        NotChecked::NotHeld(id) => {
            format!("{id} is not in this library, and the words stand nowhere else in it")
        }
        NotChecked::NoWords => "it holds no words".to_owned(),
        NotChecked::TooShort => {
            "it has only a word or two and cites nothing: put the passage's id after it".to_owned()
        }
        NotChecked::TooLong => {
            "it has more words than are compared: quote it in several pieces".to_owned()
        }
    }
}

/// What is said of a passage that is cited for words of the draft's own.
pub(super) fn paraphrase_lines(paraphrase: &Paraphrase) -> Vec<String> {
    let id = &paraphrase.mention.id;
    match &paraphrase.standing {
        PassageStanding::There => vec!["no newer edition is held".to_owned()],
        PassageStanding::Unchanged { newer } => {
            vec![format!("the newer edition {newer} has every sentence of it")]
        }
        PassageStanding::Changed { newer, sentences } => {
            let became = |(sentence, became): &(String, &str)| {
                format!("in the newer edition {newer} {became}: “{sentence}”")
            };
            sentences.iter().map(became).collect()
        }
        PassageStanding::Gone => {
            vec![format!("{} is in this library and has no passage {id} any more", id.document())]
        }
        PassageStanding::NotHeld => vec![format!("{} is not in this library", id.document())],
    }
}

pub(super) fn fault_line(fault: &Fault) -> &'static str {
    match fault.kind {
        FaultKind::Unclosed => "a quotation mark opens here and nothing closes it",
        FaultKind::TooMany => "there are too many quotations: those from here on were not checked",
    }
}
