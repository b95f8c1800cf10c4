//! Works written for other programs: CSL-JSON, BibLaTeX and RIS. One entry a work, under a key that
//! stays the same as long as the captured bytes do, with the place cited kept beside it.

mod biblatex;
mod csl_json;
mod names;
mod ris;

pub use biblatex::biblatex;
pub(crate) use csl_json::csl_item;
pub use csl_json::csl_json;
pub(crate) use names::person;
pub use ris::ris;

use crate::date::DateParts;
use crate::pinpoint::{Paragraph, Pinpoint};
use crate::work::Work;

/// A work to export, with the places in it that are cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The work.
    pub work: Work,
    /// The places, in the order cited; none for the work as a whole.
    pub pinpoints: Vec<Pinpoint>,
}

/// The key of a work: `forb-k7m2q9x4tb3c`. It follows from the captured bytes alone.
pub fn key(work: &Work) -> String {
    format!("forb-{}", work.document.as_str())
}

/// Puts the places of each work together, so that there is one entry for it, in the order in which
/// the works first came.
pub fn entries(cited: impl IntoIterator<Item = (Work, Pinpoint)>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for (work, pinpoint) in cited {
        let place = entries.iter_mut().find(|entry| entry.work.document == work.document);
        match place {
            Some(entry) if entry.pinpoints.contains(&pinpoint) || pinpoint.is_empty() => {}
            Some(entry) => entry.pinpoints.push(pinpoint),
            None => {
                let pinpoints = if pinpoint.is_empty() { Vec::new() } else { vec![pinpoint] };
                entries.push(Entry { work, pinpoints });
            }
        }
    }
    entries
}

/// A place in words that any program keeps: `para. 4 (counted), section “Overview”, p. 12`.
fn place_line(pinpoint: &Pinpoint) -> String {
    let paragraph = pinpoint.paragraph.as_ref().map(|paragraph| {
        let label = if paragraph.is_several() { "paras." } else { "para." };
        let counted = if paragraph.is_counted() { " (counted)" } else { "" };
        format!("{label} {}{counted}", paragraph.number())
    });
    let section = (!pinpoint.section.is_empty())
        .then(|| format!("section “{}”", pinpoint.section.join(" › ")));
    let page = pinpoint.page.as_ref().map(crate::attribution::page_line);
    paragraph.into_iter().chain(section).chain(page).collect::<Vec<_>>().join(", ")
}

/// What other programs have no field for: cautions, the archive's copy, the hash of the bytes, places.
fn notes(entry: &Entry) -> Vec<String> {
    let work = &entry.work;
    let mut notes: Vec<String> = work.caution().into_iter().collect();
    if let Some(archived) = &work.archived {
        let taken = archived.taken.map(|day| format!(" of {}", DateParts::of(day).day_first()));
        notes.push(format!("archived copy{}: {}", taken.unwrap_or_default(), archived.url));
    }
    notes.push(format!("SHA-256 of the captured bytes: {}", work.sha256.to_hex()));
    notes.extend(entry.pinpoints.iter().map(|pinpoint| format!("cited: {}", place_line(pinpoint))));
    notes
}

/// The label and number of a place, as CSL names them; a counted paragraph says so.
fn locator(pinpoint: &Pinpoint) -> Option<(&'static str, String)> {
    let paragraph = pinpoint.paragraph.as_ref().map(|paragraph| match paragraph {
        Paragraph::Printed(label) => ("paragraph", label.clone()),
        counted => ("paragraph", format!("{} (counted)", counted.number())),
    });
    let printed = pinpoint.printed_paragraph().is_some();
    let page = pinpoint.printed_page().map(|label| ("page", label.to_owned()));
    let section = pinpoint.heading().map(|heading| ("section", heading.to_owned()));
    if printed { paragraph } else { page.or(section).or(paragraph) }
}
