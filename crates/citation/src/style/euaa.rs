//! The European Union Agency for Asylum's style for country of origin information, after its writing
//! and referencing guide: source, title in italics, date, address, place. Footnotes carry the word
//! `url` with the address behind it, the list of sources the address in full and the day of access. A
//! source without a date is `n.d.`

use super::text::{Run, StyledText};
use super::{Reference, title_of};
use crate::date::DateParts;
use crate::pinpoint::Pinpoint;
use crate::work::Work;

pub(super) fn cite(work: &Work, pinpoint: &Pinpoint) -> Reference {
    Reference { citation: written(work, Some(pinpoint)), bibliography: Some(written(work, None)) }
}

fn written(work: &Work, pinpoint: Option<&Pinpoint>) -> StyledText {
    let mut text = StyledText::default();
    let mut names: Vec<String> = work.publisher.iter().cloned().collect();
    names.extend(work.authors.iter().map(|author| author.name.clone()));
    names.dedup();
    if !names.is_empty() {
        text.plain(format!("{}, ", names.join(", ")));
    }
    text.italic(title_of(work));
    if let Some(container) = &work.container {
        text.plain(", in: ");
        text.italic(container.clone());
    }
    let date = work.published.map(|date| DateParts::of(date).day_first());
    text.plain(format!(", {}", date.unwrap_or_else(|| "n.d.".to_owned())));
    match (work.address(), pinpoint) {
        (Some(url), Some(_)) => {
            text.plain(", ");
            text.push(Run::Linked { text: "url".to_owned(), url: url.to_owned() });
        }
        (Some(url), None) => {
            text.plain(", ");
            text.push(Run::Link(url.to_owned()));
        }
        (None, _) => {}
    }
    if let Some(place) = pinpoint.and_then(place) {
        text.plain(format!(", {place}"));
    }
    if let Some(copy) = super::copy_line(work) {
        text.plain(format!(", {copy}"));
    }
    text
}

fn place(pinpoint: &Pinpoint) -> Option<String> {
    let paragraph = pinpoint.printed_paragraph().map(|label| format!("para. {label}"));
    let page = || pinpoint.printed_page().map(|label| format!("p. {label}"));
    let section = || pinpoint.heading().map(|heading| format!("section “{heading}”"));
    paragraph.or_else(page).or_else(section)
}
