//! Labels as a labeller writes them, quoting the words, made into labels with ranges. Words that do
//! not stand in the passage, and names that are no names, are refused.

use model::TextRange;
use model::gold::{GoldFigure, GoldIssue, GoldLabels, GoldSpeaker, UnitKind};
use model::{
    CharacterRange, Codebook, Country, Hedge, IssueId, Nature, PassageId, Polarity, Speaker,
};
use serde::Deserialize;

/// The labels of a passage as they are written down: each speaker and figure by its words, in the
/// order of the text.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuotedLabels {
    /// Which passage.
    pub passage: PassageId,
    /// Issue and polarity.
    pub issues: Vec<(String, Polarity)>,
    /// Law, practice.
    pub nature: Vec<Nature>,
    /// The words that name a speaker, its kind, and which occurrence of the words is meant, from 1.
    pub attribution: Vec<(String, Speaker, usize)>,
    /// The words of a figure, its value (`18-25` for a range), unit and hedge, and which occurrence
    /// of the words is meant, from 1.
    pub figures: Vec<(String, String, UnitKind, Hedge, usize)>,
    /// The codes of the countries named.
    pub countries: Vec<String>,
}

/// Why labels are not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Quoted words that the passage lacks, or has less often than is said.
    #[error("`{0}` does not stand in the passage, or not so often")]
    NotThere(String),
    /// An issue the codebook lacks.
    #[error("there is no issue `{0}` in the codebook")]
    Issue(String),
    /// The same issue or country twice.
    #[error("`{0}` is given twice")]
    Twice(String),
    /// A value that is no number.
    #[error("`{0}` is no value of a figure: write 4859000, 19.8, 18-25 or 2/3")]
    Value(String),
    /// A country not given by its code.
    #[error("`{0}` is no ISO 3166-1 code of a country")]
    Country(String),
}

/// Makes ranges of quoted words, and of shares written as percent what they are in the text.
///
/// # Errors
/// At the first thing that is not right.
pub fn take(quoted: &QuotedLabels, text: &str, codebook: &Codebook) -> Result<GoldLabels, Refusal> {
    let mut labels = GoldLabels { nature: quoted.nature.clone(), ..GoldLabels::default() };
    labels.nature.sort();
    labels.nature.dedup();
    for (id, polarity) in &quoted.issues {
        let issue = IssueId::new(id).filter(|_| codebook.issue(id).is_some());
        let issue = issue.ok_or_else(|| Refusal::Issue(id.clone()))?;
        if labels.issues.iter().any(|label| label.issue == issue) {
            return Err(Refusal::Twice(id.clone()));
        }
        labels.issues.push(GoldIssue { issue, polarity: *polarity });
    }
    for (words, kind, occurrence) in &quoted.attribution {
        let range = place(text, words, *occurrence)?;
        labels.attribution.push(GoldSpeaker { range, kind: *kind });
    }
    for (words, value, unit, hedge, occurrence) in &quoted.figures {
        let range = place(text, words, *occurrence)?;
        labels.figures.push(figure(range, words, value, *unit, *hedge)?);
    }
    for code in &quoted.countries {
        let country = Country::find(code).filter(|country| country.code() == code);
        let country = country.ok_or_else(|| Refusal::Country(code.clone()))?;
        if labels.countries.contains(&country) {
            return Err(Refusal::Twice(code.clone()));
        }
        labels.countries.push(country);
    }
    Ok(labels)
}

/// Where the `occurrence`th of these words stands, counted from 1, of those that neither begin nor
/// end within a word.
fn place(text: &str, words: &str, occurrence: usize) -> Result<CharacterRange, Refusal> {
    let missing = || Refusal::NotThere(words.to_owned());
    let before = occurrence.checked_sub(1).filter(|_| !words.is_empty()).ok_or_else(missing)?;
    let places = text.match_indices(words);
    let ranges = places.map(|(from, _)| TextRange::new(from, from + words.len()));
    let range = ranges.filter(|range| is_whole(text, range)).nth(before).ok_or_else(missing)?;
    range.in_characters(text).ok_or_else(missing)
}

fn is_whole(text: &str, range: &TextRange) -> bool {
    let joins = |left: Option<char>, right: Option<char>| {
        left.is_some_and(char::is_alphanumeric) && right.is_some_and(char::is_alphanumeric)
    };
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let inside = &text[range.start..range.end];
    !joins(before.chars().next_back(), inside.chars().next())
        && !joins(inside.chars().next_back(), after.chars().next())
}

/// Shares in words, and the percentages by which they may have been written down.
const SHARES: &[(&str, &[&str], &str)] = &[
    ("two-thirds", &["66", "66.6", "66.67", "66.7", "67", "2/3"], "2/3"),
    ("two thirds", &["66", "66.6", "66.67", "66.7", "67", "2/3"], "2/3"),
    ("three-quarters", &["75", "3/4"], "3/4"),
    ("three quarters", &["75", "3/4"], "3/4"),
    ("third", &["33", "33.3", "33.33", "1/3"], "1/3"),
    ("quarter", &["25", "1/4"], "1/4"),
    ("half", &["50", "1/2"], "1/2"),
];

fn figure(
    range: CharacterRange,
    words: &str,
    value: &str,
    unit: UnitKind,
    hedge: Hedge,
) -> Result<GoldFigure, Refusal> {
    let lower = words.to_lowercase();
    let hedged_below = ["almost ", "nearly "].iter().any(|word| lower.contains(word));
    let hedge = if hedged_below { Hedge::LessThan } else { hedge };
    let in_percent = lower.contains('%') || lower.contains("percent") || lower.contains("per cent");
    let share = SHARES
        .iter()
        .find(|(share, as_percent, _)| lower.contains(share) && as_percent.contains(&value))
        .filter(|_| !in_percent && matches!(unit, UnitKind::Percent | UnitKind::Count));
    if let Some((_, _, fraction)) = share {
        let value = (*fraction).to_owned();
        return Ok(GoldFigure { range, value, to: None, unit: UnitKind::Count, hedge });
    }
    let (value, to) = match value.split_once('-') {
        Some((from, to)) => (from, Some(to)),
        None => (value, None),
    };
    for number in [Some(value), to].into_iter().flatten() {
        if !is_value(number) {
            return Err(Refusal::Value(number.to_owned()));
        }
    }
    Ok(GoldFigure { range, value: value.to_owned(), to: to.map(str::to_owned), unit, hedge })
}

/// Whether this is a plain decimal number or a fraction of two.
fn is_value(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once(['.', '/']) {
        Some((whole, rest)) => digits(whole) && digits(rest),
        None => digits(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "Officials said two of nearly half the officials’ 22 churches closed. Officials agreed.";

    fn quoted() -> QuotedLabels {
        QuotedLabels {
            passage: "k7m2q9x4tb3c.4".parse().expect("an id"),
            issues: Vec::new(),
            nature: vec![Nature::Practice],
            attribution: Vec::new(),
            figures: Vec::new(),
            countries: Vec::new(),
        }
    }

    fn taken(quoted: &QuotedLabels) -> Result<GoldLabels, Refusal> {
        take(quoted, TEXT, &Codebook::default())
    }

    #[test]
    fn words_are_found_by_their_occurrence_and_whole() {
        let mut labels = quoted();
        let officials = |occurrence| ("Officials".to_owned(), Speaker::Government, occurrence);
        labels.attribution = vec![officials(1), officials(2)];
        labels.figures = vec![
            ("two".to_owned(), "2".to_owned(), UnitKind::Count, Hedge::None, 1),
            ("nearly half".to_owned(), "50".to_owned(), UnitKind::Percent, Hedge::About, 1),
            ("22".to_owned(), "22".to_owned(), UnitKind::Count, Hedge::None, 1),
        ];
        let found = taken(&labels).expect("taken");
        let second = found.attribution[1].range.in_bytes(TEXT).expect("there");
        assert_eq!(second.of(TEXT), Some("Officials"));
        assert!(second.start > 50);
        let half = &found.figures[1];
        assert_eq!(
            (half.value.as_str(), half.unit, half.hedge),
            ("1/2", UnitKind::Count, Hedge::LessThan)
        );
        labels.attribution.push(officials(3));
        assert_eq!(taken(&labels), Err(Refusal::NotThere("Officials".to_owned())));
        labels.attribution = vec![("fficials".to_owned(), Speaker::Government, 1)];
        assert_eq!(taken(&labels), Err(Refusal::NotThere("fficials".to_owned())));
    }

    #[test]
    fn names_that_are_none_are_refused() {
        let mut labels = quoted();
        labels.issues = vec![("no-issue".to_owned(), Polarity::Violation)];
        assert_eq!(taken(&labels), Err(Refusal::Issue("no-issue".to_owned())));
        labels.issues.clear();
        labels.countries = vec!["Kazakhstan".to_owned()];
        assert_eq!(taken(&labels), Err(Refusal::Country("Kazakhstan".to_owned())));
        labels.countries = vec!["KZ".to_owned(), "KZ".to_owned()];
        assert_eq!(taken(&labels), Err(Refusal::Twice("KZ".to_owned())));
        labels.countries.clear();
        labels.figures =
            vec![("two".to_owned(), "two".to_owned(), UnitKind::Count, Hedge::None, 1)];
        assert_eq!(taken(&labels), Err(Refusal::Value("two".to_owned())));
    }
}
