//! How a line begins: with the number of a paragraph, with a bullet or an enumerator, or with the
//! number of a heading.

use super::furniture::roman;
use super::lines::Line;

/// What a line begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// `124.` or `84.6.`: its parts.
    Number(Vec<u32>),
    /// A bullet, or an enumerator in brackets, with the depth it speaks of.
    Item(u8),
    /// `IV.`
    Roman,
    /// `B.`
    Letter(char),
    /// None of these.
    Words,
}

const BULLETS: &[char] =
    &['•', '‣', '◦', '▪', '●', '○', '■', '□', '⁃', '∙', '·', '\u{f0b7}', '\u{f0a7}', '➢', '✓'];

/// What a line begins with.
pub(super) fn of(line: &Line) -> Opening {
    let Some((first, _)) = line.text.split_once(' ') else {
        return match number(&line.text) {
            Some(parts) => Opening::Number(parts),
            None if line.text.chars().all(|c| BULLETS.contains(&c)) => Opening::Item(1),
            None => Opening::Words,
        };
    };
    let mut glyphs = first.chars();
    if let (Some(glyph), None) = (glyphs.next(), glyphs.next()) {
        let dash = matches!(glyph, '-' | '–' | '—' | '*') && line.tab_after_first;
        if BULLETS.contains(&glyph) || dash {
            return Opening::Item(1);
        }
    }
    if let Some(parts) = number(first) {
        return Opening::Number(parts);
    }
    if let Some(depth) = enumerator(first) {
        return Opening::Item(depth);
    }
    if let Some(label) = first.strip_suffix('.') {
        let mut letters = label.chars();
        if label.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && roman(label).is_some() {
            return Opening::Roman;
        }
        if let (Some(letter @ 'A'..='Z'), None) = (letters.next(), letters.next()) {
            return Opening::Letter(letter);
        }
    }
    Opening::Words
}

/// The parts of a paragraph's number, which ends with a stop.
pub(super) fn number(word: &str) -> Option<Vec<u32>> {
    let label = word.strip_suffix('.')?;
    let parts = label.split('.').map(|part| {
        let fits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if fits { part.parse().ok() } else { None }
    });
    parts.collect::<Option<Vec<u32>>>().filter(|parts| parts.len() <= 4)
}

/// The depth of an enumerator: `(a)` 1, `(iv)` 2.
fn enumerator(word: &str) -> Option<u8> {
    let label = word.strip_suffix(')')?;
    let label = label.strip_prefix('(').unwrap_or(label);
    let many = label.chars().count();
    let letters = label.chars().all(|c| c.is_ascii_lowercase());
    let digits = many <= 2 && label.bytes().all(|b| b.is_ascii_digit());
    match many {
        1 if letters || digits => Some(if label == "i" { 2 } else { 1 }),
        2..=5 if letters && roman(label).is_some() => Some(2),
        2 if digits || letters && label.chars().next() == label.chars().nth(1) => Some(1),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_enumerators_are_told_from_words() {
        assert_eq!(number("124."), Some(vec![124]));
        assert_eq!(number("84.6."), Some(vec![84, 6]));
        assert_eq!(number("2011."), None);
        assert_eq!(number("12"), None);
        assert_eq!(enumerator("(a)"), Some(1));
        assert_eq!(enumerator("(iv)"), Some(2));
        assert_eq!(enumerator("3)"), Some(1));
        assert_eq!(enumerator("(CPC)"), None);
        assert_eq!(enumerator("(the)"), None);
    }
}
