//! The one word scanner: where a word of a text begins and ends, and its folded form. Index, query
//! and highlighting all read words through it, so that they can never disagree. Stemming is not
//! done here (`stems.rs`), nor is anything known of the search engine.
//!
//! A word is a run of letters, digits and combining marks. Inside it, and leaving no trace in the
//! folded form, may stand: an apostrophe between letters (`Qur’an`), dots between single letters
//! (`U.S.`), a comma that groups three digits (`4,859,000`), and invisible format characters such as
//! the soft hyphen. The dot of a decimal number stays (`19.8`). A possessive `’s` belongs to the
//! word's range and not to its form. Each Chinese or Japanese character is a word. Superscript and
//! subscript digits are none: in reports they are footnote marks glued to the word before.

use crate::range::TextRange;
use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

/// Bytes of a folded word that count: a longer word is cut here, so two words that agree so far are
/// taken for one. No natural word is longer, and whatever is indexed is cut just as what is asked.
pub const LONGEST_WORD: usize = 64;

/// Finds the first word that begins at byte `at` or later, writes its folded form into `folded` and
/// returns its range; `None` when no further word follows. `at` must be a character border.
pub fn next_word(text: &str, mut at: usize, folded: &mut String) -> Option<TextRange> {
    loop {
        folded.clear();
        let start = word_start(text, at)?;
        if let Some(end) = plain_word_end(text.as_bytes(), start) {
            push_ascii(&text[start..end], folded);
            return Some(TextRange { start, end });
        }
        let end = read_word(text, start, folded);
        if !folded.is_empty() {
            return Some(TextRange { start, end });
        }
        // A letter whose whole folded form is marks: nothing to search for.
        at = end;
    }
}

/// What a character is to a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Mark,
    /// A word by itself.
    Ideograph,
    Apostrophe,
    /// Invisible: neither ends a word nor enters it.
    Ignorable,
    Separator,
}

fn class(c: char) -> Class {
    match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '\'' | '`' => Class::Apostrophe,
        '\0'..='\x7f' => Class::Separator,
        '´' | '’' | '‘' | '‛' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | '′' | '＇' => {
            Class::Apostrophe
        }
        '\u{ad}' | '\u{200c}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Class::Ignorable,
        '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{2079}' | '\u{2080}'..='\u{2089}' => {
            Class::Separator
        }
        '\u{3099}' | '\u{309a}' => Class::Mark,
        '\u{30fb}' => Class::Separator,
        '\u{3040}'..='\u{30ff}'
        | '\u{ff66}'..='\u{ff9d}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        c if c.is_alphabetic() => Class::Letter,
        c if c.is_numeric() => Class::Digit,
        c if is_combining_mark(c) => Class::Mark,
        _ => Class::Separator,
    }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn class_at(text: &str, at: usize) -> Class {
    match text.as_bytes().get(at) {
        None => Class::Separator,
        Some(_) => char_at(text, at).map_or(Class::Separator, class),
    }
}

fn word_start(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        let byte = *bytes.get(at)?;
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
            continue;
        }
        let c = char_at(text, at)?;
        if matches!(class(c), Class::Letter | Class::Digit | Class::Ideograph) {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Where a word of ASCII letters ends that begins at `start`, if nothing about it needs a closer
/// look: most words are read by this alone.
fn plain_word_end(bytes: &[u8], start: usize) -> Option<usize> {
    if !bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let run = bytes[start..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let plain = match bytes.get(start + run) {
        None => true,
        // A single letter and a dot may be the beginning of an acronym.
        Some(b'.') => run > 1,
        Some(sign) => sign.is_ascii() && !matches!(sign, b'\'' | b'`'),
    };
    plain.then_some(start + run)
}

/// Reads the word that begins at `start` and returns where it ends.
fn read_word(text: &str, start: usize, folded: &mut String) -> usize {
    let bytes = text.as_bytes();
    let (mut at, mut end) = (start, start);
    let mut after_letter = false;
    if bytes[start].is_ascii_digit() {
        end = numeral_end(bytes, start);
        push_numeral(&text[start..end], folded);
        at = end;
    } else if let Some((acronym_end, possessive)) = acronym(text, start) {
        text[start..acronym_end].chars().filter(|c| *c != '.').for_each(|c| fold(c, folded));
        return possessive.unwrap_or(acronym_end);
    }
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            let run = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
            push_ascii(&text[at..at + run], folded);
            at += run;
            end = at;
            after_letter = bytes[at - 1].is_ascii_alphabetic();
            continue;
        }
        // `at` only ever moves by whole characters.
        let Some(c) = char_at(text, at) else { break };
        let next = at + c.len_utf8();
        match class(c) {
            Class::Letter | Class::Digit | Class::Mark => {
                fold(c, folded);
                (end, after_letter) = (next, class(c) != Class::Digit);
            }
            Class::Ideograph if at == start => return read_ideograph(text, start, folded),
            Class::Apostrophe => match possessive_end(text, at) {
                Some(possessive) => return possessive,
                None if after_letter && class_at(text, next) == Class::Letter => {}
                None => break,
            },
            Class::Ignorable => {}
            Class::Ideograph | Class::Separator => break,
        }
        at = next;
    }
    end
}

/// Reads one Chinese or Japanese character and the marks that follow it.
fn read_ideograph(text: &str, start: usize, folded: &mut String) -> usize {
    let mut end = start;
    while let Some(c) = char_at(text, end) {
        if end > start && class(c) != Class::Mark {
            break;
        }
        fold(c, folded);
        end += c.len_utf8();
    }
    end
}

/// Where a possessive `’s` that begins at `at` ends, if one stands there.
fn possessive_end(text: &str, at: usize) -> Option<usize> {
    let apostrophe = char_at(text, at).filter(|c| class(*c) == Class::Apostrophe)?;
    let s = at + apostrophe.len_utf8();
    let is_s = matches!(text.as_bytes().get(s), Some(b's' | b'S'));
    (is_s && !continues(text, s + 1)).then_some(s + 1)
}

/// Whether the word before byte `at` goes on there.
fn continues(text: &str, at: usize) -> bool {
    let next = class_at(text, at);
    match next {
        Class::Letter | Class::Digit | Class::Mark => true,
        // Read past what is invisible; one step is enough for a decision that is the same for
        // index and query.
        Class::Ignorable => char_at(text, at).is_some_and(|c| {
            matches!(class_at(text, at + c.len_utf8()), Class::Letter | Class::Digit | Class::Mark)
        }),
        Class::Ideograph | Class::Apostrophe | Class::Separator => false,
    }
}

/// Single letters joined by dots, as in `U.S.` or `e.g.`: where they end, the last dot included,
/// and where a possessive after them ends.
fn acronym(text: &str, start: usize) -> Option<(usize, Option<usize>)> {
    let single_letter = |at: usize| -> Option<usize> {
        let letter = char_at(text, at).filter(|c| class(*c) == Class::Letter)?;
        let end = at + letter.len_utf8();
        (!continues(text, end)).then_some(end)
    };
    let dot = |at: usize| text.as_bytes().get(at) == Some(&b'.');
    let mut end = single_letter(start).filter(|end| dot(*end))?;
    let first = end;
    while dot(end)
        && let Some(next) = single_letter(end + 1)
    {
        end = next;
    }
    if end == first {
        return None;
    }
    let end = if dot(end) { end + 1 } else { end };
    Some((end, possessive_end(text, end)))
}

/// Where the numeral that begins at `start` ends: digits, in groups of three parted by commas or
/// not, with one decimal dot or not. Digits parted by several dots are a date or a section number:
/// each part is a word.
fn numeral_end(bytes: &[u8], start: usize) -> usize {
    let digits =
        |at: usize| bytes[at.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let is = |at: usize, wanted: u8| bytes.get(at) == Some(&wanted);
    let first = digits(start);
    let mut end = start + first;
    if first <= 3 {
        while is(end, b',') && digits(end + 1) == 3 {
            end += 4;
        }
    }
    let dotted_before = start >= 2 && bytes[start - 1] == b'.' && bytes[start - 2].is_ascii_digit();
    let decimals = if is(end, b'.') { digits(end + 1) } else { 0 };
    if decimals == 0 || dotted_before {
        return end;
    }
    let after = end + 1 + decimals;
    let dotted_after = is(after, b'.') && digits(after + 1) > 0;
    if dotted_after { end } else { after }
}

fn push_numeral(numeral: &str, folded: &mut String) {
    for part in numeral.split(',') {
        push_ascii(part, folded);
    }
}

fn push_ascii(run: &str, folded: &mut String) {
    let from = folded.len();
    folded.push_str(&run[..run.len().min(LONGEST_WORD.saturating_sub(from))]);
    folded[from..].make_ascii_lowercase();
}

/// Adds the folded form of a character: compatibility forms spelled out, lower case, no accents.
fn fold(c: char, folded: &mut String) {
    // Hangul syllables are letters of their own, not letters with accents.
    if matches!(c, '\u{ac00}'..='\u{d7a3}') {
        return push(c, folded);
    }
    let whole = class(c);
    decompose_compatible(c, |part| {
        let kind = class(part);
        // A numeral in a circle is still a numeral, but what decorates it is none of the word.
        let belongs = match kind {
            Class::Letter | Class::Digit | Class::Mark => !is_accent(part),
            Class::Ideograph => whole == Class::Ideograph,
            Class::Apostrophe | Class::Ignorable | Class::Separator => false,
        };
        if belongs {
            part.to_lowercase().filter(|lower| !is_accent(*lower)).for_each(|c| plain(c, folded));
        }
    });
}

/// Adds a lower-case letter in the form a reader without that letter on the keyboard would type.
fn plain(c: char, folded: &mut String) {
    match c {
        'ø' => push('o', folded),
        'ł' => push('l', folded),
        'đ' | 'ð' => push('d', folded),
        'ħ' => push('h', folded),
        'ı' => push('i', folded),
        'ə' => push('e', folded),
        'ς' => push('σ', folded),
        'æ' => "ae".chars().for_each(|c| push(c, folded)),
        'œ' => "oe".chars().for_each(|c| push(c, folded)),
        'ß' => "ss".chars().for_each(|c| push(c, folded)),
        'þ' => "th".chars().for_each(|c| push(c, folded)),
        c => push(c, folded),
    }
}

fn push(c: char, folded: &mut String) {
    if folded.len() + c.len_utf8() <= LONGEST_WORD {
        folded.push(c);
    }
}

/// Whether a mark only accents the letter before it. Vowel signs, viramas, nuktas and the voicing
/// marks of kana (combining classes 0, 7, 8 and 9) make another letter and stay.
fn is_accent(c: char) -> bool {
    !c.is_ascii() && !matches!(canonical_combining_class(c), 0 | 7 | 8 | 9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_plain_word_is_what_the_closer_look_finds(text in "[aB1 .,'`’é\u{ad}\u{301}信-]{0,24}") {
            for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
                if let Some(end) = plain_word_end(text.as_bytes(), at) {
                    let mut folded = String::new();
                    prop_assert_eq!(read_word(&text, at, &mut folded), end);
                    prop_assert_eq!(folded, text[at..end].to_ascii_lowercase());
                }
            }
        }
    }
}
