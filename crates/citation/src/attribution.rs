//! The plain line under a quotation: which source, which place. It is no citation style (those come
//! with their own rules); it says what is known, says that what is unknown is unknown, and never
//! passes a digest off as its original.

use model::{Country, DigestOf, DocumentSummary, Extent, Locator, Page, Period, fold};

/// What the work is called: `Country Reports on Terrorism 2021: Kazakhstan`. It is put together from
/// series, edition, title and country, each named once. The period is no part of it: a list of 2024
/// may cover 2023.
pub fn work_name(document: &DocumentSummary) -> String {
    let title = document.title.as_deref();
    let series = document.series.as_ref().map(|series| series.name.as_str());
    let name = match (title, series) {
        (Some(title), Some(series)) if !holds(title, series) => {
            format!("{}: {title}", edition_of(series, document, title))
        }
        (Some(title), _) => title.to_owned(),
        (None, Some(series)) => edition_of(series, document, ""),
        (None, None) => "title unknown".to_owned(),
    };
    match document.country {
        Some(country) if !names(&name, country) => format!("{name}: {}", country.name()),
        _ => name,
    }
}

/// Who published which work on what period: `U.S. Department of State, Country Reports on Terrorism
/// 2021: Kazakhstan`. Where only part of the work is held it says so. Of a digest it says that it is
/// one, and of what.
pub fn source_line(document: &DocumentSummary) -> String {
    if let Some(original) = &document.digest_of {
        return digest_line(original);
    }
    let publisher = document.publisher.as_ref().map(|publisher| publisher.name.as_str());
    let mut line = attributed(publisher, &work_name(document), document.period);
    if let Some(extent) = extent_line(document.extent) {
        line.push_str(&format!(", {extent}"));
    }
    line
}

/// That a document holds less than the whole work, where that is known: `summary only`. What such a
/// document does not mention may stand in the work.
pub fn extent_line(extent: Extent) -> Option<&'static str> {
    match extent {
        Extent::Summary => Some("summary only"),
        Extent::Excerpt => Some("excerpt only"),
        Extent::Full | Extent::Unknown => None,
    }
}

/// What a digest is: `digest in forb's own words of: …; not a quotation of it`.
pub fn digest_line(original: &DigestOf) -> String {
    let source = attributed(Some(&original.publisher), &original.title, original.period);
    format!("digest in forb's own words of: {source}; not a quotation of it")
}

/// Where in the document: `p. 12 (PDF p. 14), section “Overview”, para. 4 (counted)`. A place that
/// has neither page, section nor paragraph is given in characters of the document's text.
pub fn locator_line(locator: &Locator) -> String {
    let section =
        (!locator.section.is_empty()).then(|| format!("section “{}”", locator.section.join(" › ")));
    let parts: Vec<String> =
        [locator.page.as_ref().map(page_line), section, paragraph_line(locator)]
            .into_iter()
            .flatten()
            .collect();
    if parts.is_empty() {
        let characters = locator.characters;
        return format!("characters {} to {} of its text", characters.start, characters.end);
    }
    parts.join(", ")
}

/// The paragraph: `para. 124` as printed, `para. 4 (counted)` where forb counted, `paras. 4–6
/// (counted)` for several; `None` for what is no paragraph.
pub fn paragraph_line(locator: &Locator) -> Option<String> {
    if let Some(printed) = &locator.paragraph_label {
        return Some(format!("para. {printed}"));
    }
    let first = locator.paragraph?;
    Some(match locator.last_paragraph {
        Some(last) if last > first => format!("paras. {first}–{last} (counted)"),
        _ => format!("para. {first} (counted)"),
    })
}

/// The page: `p. 12 (PDF p. 14)`; `p. 12` where the printed number is the file's own, `PDF p. 14`
/// where none is printed.
pub fn page_line(page: &Page) -> String {
    let physical = page.physical;
    match &page.label {
        Some(printed) if *printed == physical.to_string() => format!("p. {printed}"),
        Some(printed) => format!("p. {printed} (PDF p. {physical})"),
        None => format!("PDF p. {physical}"),
    }
}

/// The period: `2021`, `2020-10 to 2021-09`, `period unknown`.
pub fn period_line(period: Option<Period>) -> String {
    match period {
        Some(period) => period.to_string().replace('/', " to "),
        None => "period unknown".to_owned(),
    }
}

/// Publisher, work and, where the work's name does not already give it, the period.
fn attributed(publisher: Option<&str>, work: &str, period: Option<Period>) -> String {
    let begun = publisher.is_some_and(|name| {
        let name = fold(name);
        !name.is_empty() && padded(&fold(work)).starts_with(&padded(&name))
    });
    let mut line = match publisher {
        Some(_) if begun => work.to_owned(),
        Some(name) => format!("{name}, {work}"),
        None => format!("publisher unknown, {work}"),
    };
    let written = period_line(period);
    match period {
        Some(_) if holds(work, &written) => {}
        Some(_) => line.push_str(&format!(", period {written}")),
        None => line.push_str(", period unknown"),
    }
    line
}

/// The series with its edition, unless series or title already give it.
pub(crate) fn edition_of(series: &str, document: &DocumentSummary, title: &str) -> String {
    match &document.edition {
        Some(edition) if !holds(series, edition) && !holds(title, edition) => {
            format!("{series} {edition}")
        }
        _ => series.to_owned(),
    }
}

/// Whether `text` holds `name` as whole words, whatever their case, accents and punctuation.
pub(crate) fn holds(text: &str, name: &str) -> bool {
    let name = fold(name);
    !name.is_empty() && padded(&fold(text)).contains(&padded(&name))
}

pub(crate) fn names(text: &str, country: Country) -> bool {
    country.names().all_names().any(|name| holds(text, name))
}

fn padded(words: &str) -> String {
    format!(" {words} ")
}
