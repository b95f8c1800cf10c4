//! The numbers of a sentence, in digits or in words, with what hedges them: "600", "more than 600",
//! "twelve percent". Only what it takes to see that a number changed; what is counted stands in the
//! annotations of a passage.

use model::{Hedge, Unit};

use super::words::{Vocabulary, Word};

/// What a number is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NumberKind {
    /// It counts or measures something.
    Figure,
    /// It is a year.
    Year,
    /// It is a day of a month.
    Day,
}

/// A number among words: which words, and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NumberWords {
    /// Its first word.
    pub first: usize,
    /// The word after its last.
    pub next: usize,
    /// Its value in plain digits.
    pub value: String,
    /// What hedges it.
    pub hedge: Hedge,
    /// In what it counts: a count, percent or money.
    pub unit: Unit,
    /// What it is.
    pub kind: NumberKind,
    /// Whether it is a bare "one", which is mostly no number.
    pub bare_one: bool,
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Hedges by the words that stand before a number, the last first.
const HEDGES: &[(&[&str], Hedge)] = &[
    (&["than", "more", "no"], Hedge::UpTo),
    (&["than", "fewer", "no"], Hedge::AtLeast),
    (&["than", "less", "no"], Hedge::AtLeast),
    (&["than", "more"], Hedge::MoreThan),
    (&["than", "less"], Hedge::LessThan),
    (&["than", "fewer"], Hedge::LessThan),
    (&["least", "at"], Hedge::AtLeast),
    (&["most", "at"], Hedge::UpTo),
    (&["many", "as"], Hedge::UpTo),
    (&["as", "many", "as"], Hedge::UpTo),
    (&["to", "up"], Hedge::UpTo),
    (&["to", "close"], Hedge::About),
    (&["over"], Hedge::MoreThan),
    (&["exceeding"], Hedge::MoreThan),
    (&["nearly"], Hedge::LessThan),
    (&["almost"], Hedge::LessThan),
    (&["under"], Hedge::LessThan),
    (&["about"], Hedge::About),
    (&["around"], Hedge::About),
    (&["approximately"], Hedge::About),
    (&["roughly"], Hedge::About),
    (&["some"], Hedge::About),
    (&["estimated"], Hedge::About),
];

/// The numbers among the words of a sentence, in order.
pub(crate) fn numbers(words: &[Word], vocabulary: &Vocabulary) -> Vec<NumberWords> {
    let folded = |at: usize| words.get(at).map_or("", |word| vocabulary.folded(word.id));
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let Some((value, next, vague)) = read_value(at, &folded) else {
            at += 1;
            continue;
        };
        let digits = folded(at).starts_with(|c: char| c.is_ascii_digit());
        let kind = kind(words[at], at, next, digits, &folded);
        let (before, unit) = unit(at, next, &folded);
        let mut hedge = hedge(before, &folded);
        if vague && hedge == Hedge::None {
            hedge = Hedge::AtLeast;
        }
        let bare_one = value == "1" && !digits && unit == Unit::Count;
        found.push(NumberWords { first: at, next, value, hedge, unit, kind, bare_one });
        at = next;
    }
    found
}

/// The number that begins at a word: its value, the word after it, and whether it is vague by nature
/// ("hundreds").
fn read_value<'a>(at: usize, folded: &impl Fn(usize) -> &'a str) -> Option<(String, usize, bool)> {
    let first = folded(at);
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        let plain = first.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        return match scale(folded(at + 1)).filter(|_| plain) {
            Some(power) => Some((scaled(first, power), at + 2, false)),
            None => Some((first.to_owned(), at + 1, false)),
        };
    }
    if let Some(power) = first.strip_suffix('s').and_then(scale) {
        return Some((scaled("1", power), at + 1, true));
    }
    match first {
        "dozen" => return Some(("12".to_owned(), at + 1, false)),
        "dozens" => return Some(("12".to_owned(), at + 1, true)),
        _ => {}
    }
    read_words(at, folded).map(|(value, next)| (value.to_string(), next, false))
}

/// A number in words: "twelve", "twenty five", "three hundred and six", "two million".
fn read_words<'a>(at: usize, folded: &impl Fn(usize) -> &'a str) -> Option<(u64, usize)> {
    let (mut total, mut group, mut next) = (0u64, 0u64, at);
    while next < at + 12 {
        let word = folded(next);
        let any = next > at;
        if let Some(value) = small(word) {
            let fits = group == 0
                || group % 100 == 0
                || (group % 10 == 0 && group % 100 >= 20 && value < 10);
            if any && !fits {
                break;
            }
            group += value;
        } else if word == "hundred" && (1..100).contains(&group) {
            group *= 100;
        } else if let Some(power) = scale(word).filter(|power| *power > 2 && group > 0) {
            total = total.saturating_add(group.saturating_mul(10u64.pow(power)));
            group = 0;
        } else if word == "and"
            && group >= 100
            && group % 100 == 0
            && small(folded(next + 1)).is_some()
        {
            // "three hundred and six"
        } else {
            break;
        }
        next += 1;
    }
    (next > at).then_some((total.saturating_add(group), next))
}

fn small(word: &str) -> Option<u64> {
    let at = |list: &[&str]| list.iter().position(|name| *name == word);
    at(&SMALL).map(|n| n as u64).or_else(|| at(&TENS).map(|n| (n as u64 + 2) * 10))
}

fn scale(word: &str) -> Option<u32> {
    Some(match word {
        "hundred" => 2,
        "thousand" => 3,
        "million" => 6,
        "billion" => 9,
        "trillion" => 12,
        _ => return None,
    })
}

/// A decimal number times a power of ten, exactly.
fn scaled(value: &str, power: u32) -> String {
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let power = power as usize;
    let mut digits = format!("{whole}{part}");
    if part.len() <= power {
        digits.push_str(&"0".repeat(power - part.len()));
    } else {
        digits.insert(whole.len() + power, '.');
    }
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() }
}

fn kind<'a>(
    word: Word,
    at: usize,
    next: usize,
    digits: bool,
    folded: &impl Fn(usize) -> &'a str,
) -> NumberKind {
    let value = folded(at);
    let before = at.checked_sub(1).map_or("", folded);
    let month = |word: &str| MONTHS.contains(&word);
    // "may" is a month only where a small number is near, which is so here.
    if digits && value.len() <= 2 && (month(before) || (month(folded(next)) && before != "over")) {
        return NumberKind::Day;
    }
    let year = value.get(..4).is_some_and(|year| ("1000"..="2199").contains(&year));
    let plain =
        (word.range.len() == 4 && value.len() == 4) || (value.len() == 5 && value.ends_with('s'));
    let unit = matches!(folded(next), "%" | "percent")
        || matches!(before, "$" | "€" | "£" | "than" | "least");
    if digits && year && plain && next == at + 1 && !unit {
        NumberKind::Year
    } else {
        NumberKind::Figure
    }
}

/// Where the words before a number end, its currency apart, and in what it counts.
fn unit<'a>(at: usize, next: usize, folded: &impl Fn(usize) -> &'a str) -> (usize, Unit) {
    let currency = |code: &str| Unit::Money(code.to_owned());
    let (before, sign) = match at.checked_sub(1).map_or("", folded) {
        "$" => (at - 1, Some("USD")),
        "€" => (at - 1, Some("EUR")),
        "£" => (at - 1, Some("GBP")),
        "¥" => (at - 1, Some("JPY")),
        "₹" => (at - 1, Some("INR")),
        _ => (at, None),
    };
    let unit = match (sign, folded(next)) {
        (Some(code), _) => currency(code),
        (None, "%" | "percent" | "percentage") => Unit::Percent,
        (None, "per") if folded(next + 1) == "cent" => Unit::Percent,
        (None, "dollars" | "usd") => currency("USD"),
        (None, "euros" | "euro") => currency("EUR"),
        _ => Unit::Count,
    };
    (before, unit)
}

fn hedge<'a>(before: usize, folded: &impl Fn(usize) -> &'a str) -> Hedge {
    let stands =
        |words: &&(&[&str], Hedge)| {
            words.0.iter().enumerate().all(|(back, word)| {
                before.checked_sub(back + 1).is_some_and(|at| folded(at) == *word)
            })
        };
    HEDGES.iter().find(stands).map_or(Hedge::None, |(_, hedge)| *hedge)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, Hedge, NumberKind)> {
        let mut vocabulary = Vocabulary::default();
        let words = vocabulary.read(text);
        let found = numbers(&words, &vocabulary);
        found.into_iter().map(|n| (n.value, n.hedge, n.kind)).collect()
    }

    #[test]
    fn numbers_are_read_in_digits_and_in_words() {
        use Hedge::*;
        use NumberKind::*;
        let expected = [
            ("more than 600 people", "600", MoreThan, Figure),
            ("4,859,000 members", "4859000", None, Figure),
            ("over $1.5 million", "1500000", MoreThan, Figure),
            ("at least three hundred and six graves", "306", AtLeast, Figure),
            ("twenty-one churches", "21", None, Figure),
            ("two million", "2000000", None, Figure),
            ("hundreds of people", "100", AtLeast, Figure),
            ("no more than 12 percent", "12", UpTo, Figure),
            ("on April 25", "25", None, Day),
            ("in 2021", "2021", None, Year),
            ("the 1990s", "1990s", None, Year),
            ("more than 2021 people", "2021", MoreThan, Figure),
            ("2,021 people", "2021", None, Figure),
            ("nearly 19.8 percent", "19.8", LessThan, Figure),
        ];
        for (text, value, hedge, kind) in expected {
            assert_eq!(read(text), [(value.to_owned(), hedge, kind)], "{text}");
        }
        assert!(read("no one was hurt").len() == 1 && read("the many").is_empty());
    }

    #[test]
    fn units_are_told_apart() {
        let mut vocabulary = Vocabulary::default();
        let mut unit = |text: &str| {
            let words = vocabulary.read(text);
            numbers(&words, &vocabulary).remove(0).unit
        };
        assert_eq!(unit("12%"), Unit::Percent);
        assert_eq!(unit("12 per cent"), Unit::Percent);
        assert_eq!(unit("$12"), Unit::Money("USD".to_owned()));
        assert_eq!(unit("12 churches"), Unit::Count);
    }
}
