//! A number as it is written, in digits or in words: its value, exactly.

use crate::annotate::words::Words;

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its first word.
    pub first: usize,
    /// The word after its last.
    pub next: usize,
    /// Its value as a plain decimal number, or a fraction such as `2/3`.
    pub value: String,
    /// The power of ten that a word such as "million" gave it.
    pub scale: u32,
    /// Whether it is written in words only.
    pub is_word: bool,
    /// Whether it is a lower bound by its nature: "hundreds".
    pub vague: bool,
    /// Whether it is a multiple: "eightfold", "twice".
    pub times: bool,
}

/// The number that begins with a word.
pub fn number_at(words: &Words<'_>, at: usize) -> Option<Number> {
    let first = words.folded(at);
    if !may_begin(first) {
        return None;
    }
    let number = |next: usize, value: String| Number {
        first: at,
        next,
        value,
        scale: 0,
        is_word: true,
        vague: false,
        times: false,
    };
    if let Some(digits) = digits(first, words.written(at)) {
        let scale = scale(words.folded(at + 1));
        let next = at + 1 + usize::from(scale.is_some());
        let scale = scale.unwrap_or(0);
        let value = scaled(&digits, scale);
        return Some(Number { scale, is_word: false, ..number(next, value) });
    }
    if let Some(multiple) = first.strip_suffix("fold").and_then(small) {
        return Some(Number { times: true, ..number(at + 1, multiple.to_string()) });
    }
    if let Some((value, next)) = vague(words, at) {
        return Some(Number { vague: true, ..number(next, value) });
    }
    if let Some((value, next)) = fraction(words, at) {
        return Some(number(next, value));
    }
    cardinal(words, at).map(|(value, next)| number(next, value.to_string()))
}

/// Whether a number may begin with a word, by its letters: most words of a text are passed over here.
fn may_begin(word: &str) -> bool {
    match word.as_bytes() {
        [b'0'..=b'9', ..] | b"a" | b"one" => true,
        [b't', b'h', third, ..] => matches!(third, b'i' | b'o' | b'r'),
        [b'f', b'o', third, ..] => matches!(third, b'r' | b'u'),
        [first, second, ..] => {
            matches!(
                [*first, *second],
                [b'z', b'e']
                    | [b't', b'w' | b'e']
                    | [b'f', b'i']
                    | [b's', b'i' | b'e' | b'c']
                    | [b'e', b'i' | b'l']
                    | [b'n', b'i']
                    | [b'd', b'o']
                    | [b'h', b'u' | b'a']
                    | [b'm', b'i']
                    | [b'b', b'i']
                    | [b'o', b'n']
            )
        }
        _ => false,
    }
}

/// A number times a power of ten, exactly.
pub fn scaled(value: &str, scale: u32) -> String {
    if scale == 0 {
        return value.to_owned();
    }
    let (whole, part) = value.split_once('.').unwrap_or((value, ""));
    let places = scale as usize;
    let mut digits = format!("{whole}{part}");
    match places.checked_sub(part.len()) {
        Some(more) => digits.push_str(&"0".repeat(more)),
        None => digits.insert(whole.len() + places, '.'),
    }
    let trimmed = digits.trim_start_matches('0');
    if trimmed.is_empty() { "0".to_owned() } else { trimmed.to_owned() }
}

fn digits(folded: &str, written: &str) -> Option<String> {
    let plain = folded.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let starts = folded.starts_with(|c: char| c.is_ascii_digit());
    let short = folded.len() <= 18 && folded.matches('.').count() <= 1;
    // Digits of other scripts or shapes fold to these and are not looked for.
    let ascii = written.is_ascii() || written.ends_with("’s");
    (plain && starts && short && ascii).then(|| folded.trim_end_matches('.').to_owned())
}

fn scale(word: &str) -> Option<u32> {
    match word {
        "hundred" => Some(2),
        "thousand" => Some(3),
        "million" => Some(6),
        "billion" => Some(9),
        "trillion" => Some(12),
        _ => None,
    }
}

/// Cardinal words up to ninety.
fn small(word: &str) -> Option<u64> {
    let value = match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    };
    Some(value)
}

/// "three hundred and twelve", "a million", "twenty-one".
fn cardinal(words: &Words<'_>, at: usize) -> Option<(u64, usize)> {
    let mut next = at;
    let (mut total, mut group, mut any) = (0u64, 0u64, false);
    if words.folded(at) == "a" {
        scale(words.folded(at + 1))?;
        (group, next) = (1, at + 1);
    }
    loop {
        let word = words.folded(next);
        if let Some(value) = small(word) {
            // "one two" are two numbers; "twenty one" is one.
            let fits = group == 0
                || group % 100 == 0
                || (group % 10 == 0 && group % 100 >= 20 && value < 10);
            if any && !fits {
                break;
            }
            group += value;
        } else if let Some(power) = scale(word) {
            if group == 0 && !any {
                return None;
            }
            let factor = 10u64.pow(power);
            if power == 2 {
                group = group.checked_mul(factor)?;
            } else {
                total = total.checked_add(group.max(1).checked_mul(factor)?)?;
                group = 0;
            }
        } else if word == "and" && any && group % 100 == 0 && group > 0 {
            // "two hundred and ten"; "two and three" are two numbers.
            if small(words.folded(next + 1)).is_none() {
                break;
            }
        } else {
            break;
        }
        any = true;
        next += 1;
    }
    any.then(|| (total + group, next))
}

/// "hundreds of thousands", "dozens", "millions".
fn vague(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let power = |word: &str| match word {
        "tens" => Some("10"),
        "dozens" => Some("12"),
        "scores" => Some("20"),
        "hundreds" => Some("100"),
        "thousands" => Some("1000"),
        "millions" => Some("1000000"),
        "billions" => Some("1000000000"),
        _ => None,
    };
    let first = power(words.folded(at))?;
    let second = (words.folded(at + 1) == "of").then(|| power(words.folded(at + 2))).flatten();
    match second {
        Some(second) => Some((format!("{first}{}", second.trim_start_matches('1')), at + 3)),
        // "tens" and "scores" alone are rarely numbers.
        None if first.len() == 2 && first != "12" => None,
        None => Some((first.to_owned(), at + 1)),
    }
}

/// "two-thirds", "a third", "half".
fn fraction(words: &Words<'_>, at: usize) -> Option<(String, usize)> {
    let denominator = |word: &str| match word {
        "half" | "halves" => Some(2),
        "third" | "thirds" => Some(3),
        "quarter" | "quarters" => Some(4),
        "fifth" | "fifths" => Some(5),
        "tenth" | "tenths" => Some(10),
        _ => None,
    };
    let first = words.folded(at);
    if first == "half" {
        return Some(("1/2".to_owned(), at + 1));
    }
    let count = if first == "a" { 1 } else { small(first)? };
    let below = denominator(words.folded(at + 1))?;
    // "a third person" counts persons in order; "a third of" is a share.
    let of = words.folded(at + 2) == "of";
    let plural = words.folded(at + 1).ends_with('s');
    (of || plural).then(|| (format!("{count}/{below}"), at + 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::TextRange;

    fn value(text: &str) -> Option<String> {
        let words = Words::of(text, &[TextRange::new(0, text.len())]);
        number_at(&words, 0).map(|number| number.value)
    }

    #[test]
    fn every_word_that_begins_a_number_is_looked_at() {
        let cardinals = "zero one two three four five six seven eight nine ten eleven twelve \
            thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty \
            fifty sixty seventy eighty ninety";
        for word in cardinals.split_whitespace() {
            assert!(small(word).is_some(), "{word}");
            assert!(may_begin(word) && may_begin(&format!("{word}fold")), "{word}");
        }
        let others = "a half tens dozens scores hundreds thousands millions billions hundred \
            thousand million billion 7 19.8";
        assert!(others.split_whitespace().all(may_begin));
        assert!(!["the", "of", "and", "", "that", "x"].into_iter().any(may_begin));
    }

    #[test]
    fn numbers_have_their_exact_value() {
        let cases = [
            ("4,859,000", "4859000"),
            ("1.2 million", "1200000"),
            ("0.25 billion", "250000000"),
            ("three hundred and twelve", "312"),
            ("a million", "1000000"),
            ("twenty-one", "21"),
            ("twelve", "12"),
            ("two thousand five hundred", "2500"),
            ("eightfold", "8"),
            ("tens of thousands", "10000"),
            ("a quarter of", "1/4"),
            ("19.8", "19.8"),
        ];
        for (text, expected) in cases {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(value("million"), None);
        assert_eq!(value("a church"), None);
        assert_eq!(scaled("1.2345", 2), "123.45");
    }
}
