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

/// The times a text names, each once, in the order of their first mention.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    // Every one of them has a digit.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return found;
    }
    for captures in PATTERN.iter().flat_map(|pattern| pattern.captures_iter(text)) {
        let Some(whole) = captures.get(0) else { continue };
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
        let kind = AnnotationKind::Time(period);
        match found.iter_mut().find(|annotation| annotation.kind == kind) {
            Some(annotation) => annotation.evidence.push(range),
            None => found.push(Annotation { kind, evidence: vec![range] }),
        }
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;

    fn times(text: &str) -> Vec<String> {
        let period = |annotation: Annotation| match annotation.kind {
            AnnotationKind::Time(period) => period.to_string(),
            _ => String::new(),
        };
        annotate(text).into_iter().map(period).collect()
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
