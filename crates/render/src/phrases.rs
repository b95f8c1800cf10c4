//! The small phrases that several outputs share: counts, and what a document is called in one line.

use citation::{digest_line, page_line, paragraph_line, period_line};
use model::{Captures, DocumentId, DocumentSummary, IndexRecord};

/// What parts the pieces of a line. Its first space does not break, so that a wrapped line ends with
/// the dot and none begins with it.
pub(crate) const DOT: &str = "\u{a0}· ";

/// A count and what is counted: `1 passage`, `1,204 passages`.
pub(crate) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with its thousands parted: `1,204`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut parted = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            parted.push(',');
        }
        parted.push(digit);
    }
    parted
}

/// A number as it is kept, in groups where it has five digits or more: `181,000`, `11000.5` as
/// `11,000.5`; a year stays as it is.
pub(crate) fn grouped_value(value: &str) -> String {
    let (whole, rest) = value.split_at(value.find('.').unwrap_or(value.len()));
    match whole.parse() {
        Ok(number) if whole.len() > 4 && !whole.starts_with('0') => {
            format!("{}{rest}", grouped(number))
        }
        _ => value.to_owned(),
    }
}

/// What is known, or that it is not: `series unknown`.
pub(crate) fn or_unknown(value: Option<&str>, what: &str) -> String {
    match value {
        Some(value) => value.to_owned(),
        None => format!("{what} unknown"),
    }
}

/// The name of the publisher, or `publisher unknown`.
pub(crate) fn publisher(document: &DocumentSummary) -> String {
    or_unknown(document.publisher.as_ref().map(|publisher| publisher.name.as_str()), "publisher")
}

/// The one line by which a document is recognised: publisher, series (or title), country, period.
pub(crate) fn recognised(document: &DocumentSummary) -> String {
    let series = document.series.as_ref().map(|series| series.name.as_str());
    let work = or_unknown(series.or(document.title.as_deref()), "series");
    let country = or_unknown(document.country.map(|country| country.name()), "country");
    [publisher(document), work, country, period_line(document.period)].join(DOT)
}

/// Page and paragraph, as far as there are any: `p. 12 (PDF p. 14) · para. 4 (counted)`.
pub(crate) fn place(record: &IndexRecord) -> Option<String> {
    let locator = &record.passage.passage.locator;
    let parts: Vec<String> = [locator.page.as_ref().map(page_line), paragraph_line(locator)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(DOT))
}

/// What a reader must know of a record before trusting its words: that it is a digest, or text that
/// was set aside.
pub(crate) fn cautions(record: &IndexRecord) -> Vec<String> {
    let digest = record.document.digest_of.as_ref().map(digest_line);
    digest.into_iter().chain(set_aside_line(record)).collect()
}

/// That a record is no passage, where it is none.
pub(crate) fn set_aside_line(record: &IndexRecord) -> Option<String> {
    let role = record.passage.passage.role.name();
    (!record.kind.is_passage())
        .then(|| format!("set aside as {role}: not counted among the report's passages"))
}

/// The most captures that are named one by one in a line.
const MOST_NAMED: usize = 3;

/// Which capture answers for a document, and which others there are, as one of them says it: `this
/// capture answers; 1 other is held: k7m2q9x4tb3c`.
pub(crate) fn captures_line(id: &DocumentId, captures: &Captures) -> String {
    if captures.answering != *id {
        let held = captures.others.len() + 1;
        let answering = &captures.answering;
        return format!(
            "another capture of this document answers: {answering} ({held} captures held)"
        );
    }
    let count = captures.others.len();
    let named: Vec<&str> =
        captures.others.iter().take(MOST_NAMED).map(DocumentId::as_str).collect();
    let named = named.join(", ");
    let more = if count > MOST_NAMED { " …" } else { "" };
    let are = if count == 1 { "is" } else { "are" };
    format!(
        "this capture answers; {} {are} held: {named}{more}",
        counted(count as u64, "other", "others")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_values_are_in_groups_and_all_else_as_it_is() {
        for (value, shown) in [
            ("181000", "181,000"),
            ("6700000.5", "6,700,000.5"),
            ("2021", "2021"),
            ("19.83333", "19.83333"),
            ("00123456", "00123456"),
            ("99999999999999999999999", "99999999999999999999999"),
            ("-12000", "-12000"),
            ("", ""),
        ] {
            assert_eq!(grouped_value(value), shown);
        }
    }
}
