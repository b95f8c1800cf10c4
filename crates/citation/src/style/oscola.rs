//! OSCOLA, 4th edition: reports and other secondary sources (§3.4.1), contributions (§3.3.1), websites
//! (§3.4.8). No full stops in abbreviations (§1.3.1); a note closes with one (§1.1.1). A paragraph is
//! cited by its printed number only; without one the heading leads there.

use model::{Author, AuthorKind};

use super::text::{Run, StyledText};
use super::{Reference, title_of};
use crate::date::DateParts;
use crate::export::person;
use crate::pinpoint::Pinpoint;
use crate::work::Work;

pub(super) fn cite(work: &Work, pinpoint: &Pinpoint) -> Reference {
    let mut citation = written(work, Some(pinpoint));
    citation.plain(".");
    Reference { citation, bibliography: Some(written(work, None)) }
}

fn written(work: &Work, pinpoint: Option<&Pinpoint>) -> StyledText {
    let mut text = StyledText::default();
    let names: Vec<String> =
        work.responsible().iter().map(|author| name(author, pinpoint.is_none())).collect();
    if !names.is_empty() {
        text.plain(format!("{}, ", names.join(" and ")));
    }
    text.plain(format!("‘{}’", title_of(work)));
    if let Some(container) = &work.container {
        text.plain(" in ");
        text.italic(unstopped(container));
    }
    let publisher = work.publisher.as_deref().filter(|_| !work.is_published_by_its_author());
    let date = work.published.map(|date| DateParts::of(date).day_first());
    let date = date.unwrap_or_else(|| "nd".to_owned());
    let parts: Vec<String> = publisher.map(unstopped).into_iter().chain([date]).collect();
    text.plain(format!(" ({})", parts.join(", ")));
    if let Some(place) = pinpoint.and_then(place) {
        text.plain(format!(" {place}"));
    }
    if let Some(url) = work.address() {
        text.plain(" <");
        text.push(Run::Link(url.to_owned()));
        text.plain(">");
    }
    if let Some(day) = work.captured {
        text.plain(format!(" archived copy, captured {}", DateParts::of(day).day_first()));
    }
    if let Some(archived) = &work.archived {
        text.plain(if work.captured.is_some() { " <" } else { " archived copy <" });
        text.push(Run::Link(archived.url.clone()));
        text.plain(">");
    }
    if let Some(caution) = work.caution() {
        text.plain(format!(" ({caution})"));
    }
    text
}

/// `para 124`, `12`, or the heading.
fn place(pinpoint: &Pinpoint) -> Option<String> {
    let paragraph = pinpoint.printed_paragraph().map(|label| format!("para {label}"));
    let page = || pinpoint.printed_page().map(str::to_owned);
    paragraph
        .or_else(page)
        .or_else(|| pinpoint.heading().map(|heading| format!("under ‘{heading}’")))
}

/// A name; in the list of works a person's surname comes first, with initials (§1.7).
fn name(author: &Author, listed: bool) -> String {
    match person(author).filter(|_| author.kind == AuthorKind::Person) {
        Some(name) if listed => {
            let initials: String =
                name.given.split([' ', '-']).filter_map(|n| n.chars().next()).collect();
            let family = [name.particle.as_str(), name.family.as_str()].join(" ");
            format!("{} {initials}", family.trim())
        }
        _ => unstopped(&author.name),
    }
}

/// Without the full stops of abbreviations: `U.S.` is `US`.
pub(super) fn unstopped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end();
        let letters = bare.trim_end_matches(',').split('.').filter(|part| !part.is_empty());
        let abbreviated =
            bare.contains('.') && letters.clone().all(|part| part.chars().count() == 1);
        if abbreviated {
            written.push_str(&word.replace('.', ""));
        } else {
            written.push_str(word);
        }
    }
    written
}
