//! The Bluebook, 21st edition, in the form of law reviews: reports by institutional authors (rule
//! 15.1(d): author and title in large and small capitals, the subdivision before its parent), with an
//! address (rule 18.2) and an archived copy in brackets (rule 18.2.1(d)). Names of institutions are
//! shortened by table T6, months by table T12. A paragraph is cited by its printed number only.

use model::AuthorKind;

use super::text::{Run, StyledText};
use super::{Reference, title_of};
use crate::date::DateParts;
use crate::pinpoint::Pinpoint;
use crate::work::Work;

/// Words of institutions' names and their short forms.
const SHORT: &[(&str, &str)] = &[
    ("and", "&"),
    ("Association", "Ass’n"),
    ("Commission", "Comm’n"),
    ("Committee", "Comm."),
    ("Department", "Dep’t"),
    ("Government", "Gov’t"),
    ("Human", "Hum."),
    ("Institute", "Inst."),
    ("International", "Int’l"),
    ("Labor", "Lab."),
    ("National", "Nat’l"),
    ("Office", "Off."),
    ("Organization", "Org."),
    ("Organisation", "Org."),
    ("Rights", "Rts."),
    ("University", "Univ."),
];

const MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

pub(super) fn cite(work: &Work, pinpoint: &Pinpoint) -> Reference {
    let mut citation = written(work, Some(pinpoint));
    citation.plain(".");
    // The Bluebook has no list of works; a table of authorities gives them without pinpoint.
    Reference { citation, bibliography: Some(written(work, None)) }
}

fn written(work: &Work, pinpoint: Option<&Pinpoint>) -> StyledText {
    let mut text = StyledText::default();
    let mut names: Vec<String> = work
        .responsible()
        .iter()
        .map(|author| match author.kind {
            AuthorKind::Person => author.name.clone(),
            _ => shortened(&author.name),
        })
        .collect();
    if !work.is_published_by_its_author() {
        names.extend(work.publisher.as_deref().map(shortened));
    }
    if !names.is_empty() {
        text.push(Run::SmallCaps(names.join(", ")));
        text.plain(", ");
    }
    match &work.container {
        Some(container) => {
            text.italic(title_of(work));
            text.plain(", in ");
            text.push(Run::SmallCaps(container.clone()));
        }
        None => text.push(Run::SmallCaps(title_of(work).to_owned())),
    }
    let place = pinpoint.map(|pinpoint| {
        (pinpoint.printed_paragraph(), pinpoint.printed_page(), pinpoint.heading())
    });
    match place {
        Some((Some(label), ..)) => text.plain(format!(" ¶ {label}")),
        Some((None, Some(page), _)) => text.plain(format!(" at {page}")),
        _ => {}
    }
    let date = work.published.map(|date| day(DateParts::of(date)));
    text.plain(format!(" ({})", date.unwrap_or_else(|| "n.d.".to_owned())));
    if let Some((None, None, Some(heading))) = place {
        text.plain(format!(" (under “{heading}”)"));
    }
    if let Some(url) = work.address() {
        text.plain(", ");
        text.push(Run::Link(url.to_owned()));
    }
    if let Some(archived) = &work.archived {
        text.plain(" [");
        text.push(Run::Link(archived.url.clone()));
        text.plain("]");
    }
    if let Some(captured) = work.captured {
        text.plain(format!(" (archived copy, captured {})", day(DateParts::of(captured))));
    }
    if let Some(caution) = work.caution() {
        text.plain(format!(" ({caution})"));
    }
    text
}

/// `June 2, 2022`, `June 2022`, `2022`.
fn day(date: DateParts) -> String {
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    match (date.day, month) {
        (Some(day), Some(month)) => format!("{month} {day}, {}", date.year),
        (None, Some(month)) => format!("{month} {}", date.year),
        _ => date.year.to_string(),
    }
}

fn shortened(name: &str) -> String {
    let words = name.split(' ').map(|word| {
        let bare = word.trim_end_matches(',');
        let short = SHORT.iter().find(|(long, _)| *long == bare);
        short.map_or(word.to_owned(), |(_, short)| format!("{short}{}", &word[bare.len()..]))
    });
    // A comma before an ampersand is left out.
    words.collect::<Vec<_>>().join(" ").replace(", &", " &")
}
