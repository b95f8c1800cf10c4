//! Dates and stretches of time that a text names: a day, a month, a year, a range of years.

use std::sync::LazyLock;

use model::{Annotation, AnnotationKind, PartialDate, Period, TextRange};
use regex::Regex;

const MONTHS: &str =
    "January|February|March|April|May|June|July|August|September|October|November|December";

static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let year = r"(?:1[89]|20)\d\d";
    Regex::new(&format!(
        r"\b(?:(?P<month>{MONTHS})\s(?P<day>\d{{1,2}}),?\s(?P<year>{year})|(?P<day2>\d{{1,2}})\s(?P<month2>{MONTHS})\s(?P<year2>{year})|(?P<month3>{MONTHS})\s(?:of\s)?(?P<year3>{year})|(?P<from>{year})\s?[-–]\s?(?P<to>{year}|\d\d)|(?P<only>{year}))\b"
    ))
    .ok()
});

/// More bytes than may stand between the beginning of a time and its first year: the longest month,
/// a day, a comma and spaces, of whatever script.
const MOST_BEFORE: usize = 32;

/// More bytes than may follow from the first year on, with the sign after it.
const MOST_AFTER: usize = 48;

/// The times a text names, each once, in the order of their first mention.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    let mut last_end = 0;
    let Some(pattern) = &*PATTERN else { return found };
    let mut at = 0;
    // Every one of them has a year: the pattern is compared only around what looks like one.
    while let Some(year) = year_from(text.as_bytes(), at) {
        if stands_alone(text.as_bytes(), year) {
            (last_end, at) = (year + 4, year + 4);
            let range = TextRange::new(year, year + 4);
            let period = text.get(year..year + 4).and_then(|year| year.parse().ok());
            if let Some(period) = period.filter(|_| !is_part_of_a_number(text, year, year + 4)) {
                take(period, range, &mut found);
            }
            continue;
        }
        let start = border_before(text, year.saturating_sub(MOST_BEFORE)).max(last_end);
        let end = border_after(text, year + MOST_AFTER);
        let captures = pattern.captures_at(&text[..end], start);
        let whole = captures.as_ref().and_then(|captures| captures.get(0));
        let (Some(captures), Some(whole)) =
            (&captures, whole.filter(|whole| whole.start() <= year))
        else {
            at = year + 1;
            continue;
        };
        last_end = whole.end();
        at = last_end;
        if is_part_of_a_number(text, whole.start(), whole.end()) {
            continue;
        }
        let group = |name: &str| captures.name(name).map(|group| group.as_str());
        let period = match (group("from"), group("to")) {
            (Some(from), Some(to)) => years(from, to),
            _ => date(&group).and_then(|date| date.to_string().parse().ok()),
        };
        let Some(period) = period else { continue };
        let range = TextRange::new(whole.start(), whole.end());
        take(period, range, &mut found);
    }
    found
}

fn take(period: Period, range: TextRange, found: &mut Vec<Annotation>) {
    let kind = AnnotationKind::Time(period);
    match found.iter_mut().find(|annotation| annotation.kind == kind) {
        Some(annotation) => annotation.evidence.push(range),
        None => found.push(Annotation { kind, evidence: vec![range] }),
    }
}

/// Whether the signs around four digits that may be a year, all of them ASCII, leave room for neither
/// a month before them nor another year after them.
fn stands_alone(bytes: &[u8], year: usize) -> bool {
    let at = |place: Option<usize>| place.and_then(|place| bytes.get(place)).copied();
    // What the name of a month, "of", or a day ends with.
    let may_end_a_date = |byte: u8| !byte.is_ascii() || b"ylhetrf,0123456789".contains(&byte);
    let before = match (at(year.checked_sub(1)), at(year.checked_sub(2))) {
        (Some(b' '), Some(byte)) => !may_end_a_date(byte) && !byte.is_ascii_whitespace(),
        (Some(sign), _) => sign.is_ascii() && !sign.is_ascii_whitespace(),
        (None, _) => true,
    };
    let after = match (at(Some(year + 4)), at(Some(year + 5))) {
        (Some(b' '), Some(byte)) => byte.is_ascii() && byte != b'-',
        (Some(sign), _) => sign.is_ascii() && !sign.is_ascii_whitespace() && sign != b'-',
        (None, _) => true,
    };
    before && after && bytes[year..year + 4].is_ascii()
}

/// Where, from a byte on, four digits begin that may be a year and are no part of a longer word.
/// Signs beyond ASCII are left for the pattern to judge.
fn year_from(bytes: &[u8], from: usize) -> Option<usize> {
    let joins = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let digit = |byte: &u8| byte.is_ascii_digit() || !byte.is_ascii();
    (from..bytes.len().saturating_sub(3)).find(|&at| {
        let four = &bytes[at..at + 4];
        matches!(four, [b'1', b'8' | b'9', ..] | [b'2', b'0', ..])
            && four[2..].iter().all(digit)
            && !joins(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !(four.is_ascii() && joins(bytes.get(at + 4)))
    })
}

/// "1,850", "£1850", "2,396 of", "A/HRC/2010": not a year.
fn is_part_of_a_number(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let (next, then) = (after.next(), after.next());
    matches!(before, Some(',' | '.' | '/' | '$' | '€' | '£' | '-'))
        || next == Some('/')
        || (matches!(next, Some(',' | '.')) && then.is_some_and(|c| c.is_ascii_digit()))
        || (next == Some('%'))
}

fn date<'t>(group: &dyn Fn(&str) -> Option<&'t str>) -> Option<PartialDate> {
    let first = |names: [&str; 3]| names.into_iter().find_map(group);
    let year = first(["year", "year2", "year3"]).or_else(|| group("only"))?;
    let month = first(["month", "month2", "month3"]);
    let written = match (month, group("day").or_else(|| group("day2"))) {
        (None, _) => year.to_owned(),
        (Some(month), day) => {
            let number = MONTHS.split('|').position(|name| name == month)? + 1;
            match day {
                Some(day) => format!("{year}-{number:02}-{day:0>2}"),
                None => format!("{year}-{number:02}"),
            }
        }
    };
    written.parse().ok()
}

fn years(from: &str, to: &str) -> Option<Period> {
    let to = if to.len() == 2 { format!("{}{to}", &from[..2]) } else { to.to_owned() };
    format!("{from}/{to}").parse().ok()
}

/// The last character border at or before a byte.
fn border_before(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// The first character border at or after a byte.
fn border_after(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn times(text: &str) -> Vec<String> {
        let period = |annotation: Annotation| match annotation.kind {
            AnnotationKind::Time(period) => period.to_string(),
            _ => String::new(),
        };
        annotate(text).into_iter().map(period).collect()
    }

    proptest! {
        #[test]
        fn looking_only_around_years_finds_what_looking_everywhere_finds(
            text in "((March|May|5|12|31|2019|1850|20|18|2٠١٩|–|-|,|of|x|é|\\.) ?){0,12}",
        ) {
            let all = PATTERN.iter().flat_map(|pattern| pattern.find_iter(&text));
            let all: Vec<_> = all
                .filter(|m| !is_part_of_a_number(&text, m.start(), m.end()))
                .map(|m| TextRange::new(m.start(), m.end()))
                .collect();
            let mut found: Vec<_> =
                annotate(&text).into_iter().flat_map(|annotation| annotation.evidence).collect();
            found.sort_by_key(|range| range.start);
            // What is no date, such as February 31, is met and not kept.
            prop_assert!(found.iter().all(|range| all.contains(range)));
            let kept = |range: &&TextRange| !annotate(range.of(&text).unwrap_or("")).is_empty();
            prop_assert_eq!(found, all.iter().filter(kept).copied().collect::<Vec<_>>());
        }
    }

    #[test]
    fn days_months_years_and_ranges() {
        assert!(PATTERN.is_some());
        assert_eq!(times("On June 13, 2021, and 5 May 2010"), ["2021-06-13", "2010-05-05"]);
        assert_eq!(times("in March 2019, since 2019, (2018-22)"), ["2019-03", "2019", "2018/2022"]);
        assert_eq!(times("1,850 men, A/HRC/2010/3, 2396, $2000"), Vec::<String>::new());
        assert_eq!(times("February 31, 2020"), Vec::<String>::new());
    }
}
