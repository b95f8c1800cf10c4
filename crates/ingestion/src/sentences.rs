//! Sentence borders: those of Unicode (UAX #29, through `unicode-segmentation`), less the ones that
//! an abbreviation, an initial or a numbered reference pretends ("U.S. citizens", "Mr. Kim",
//! "art. 18", "p. 4"). Where it cannot be told whether an abbreviation ends a sentence ("… in the
//! U.S. The court …") the next word decides: a word that commonly opens sentences opens one.

mod plain;

use model::TextRange;
use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations that never end a sentence, in lower case without their last dot.
const ALWAYS_GO_ON: &[&str] = &[
    "mr", "mrs", "ms", "messrs", "dr", "prof", "rev", "fr", "sr", "st", "sts", "gen", "col", "lt",
    "sgt", "capt", "maj", "brig", "sen", "rep", "gov", "hon", "amb", "pres", "supt", "cf", "e.g",
    "i.e", "viz", "vs", "approx", "ca", "incl", "esp", "resp", "ft", "h.e",
];

/// Abbreviations that may end a sentence or not: the next word decides, as for initials.
const MAY_END: &[&str] =
    &["jr", "inc", "ltd", "co", "corp", "bros", "al", "etc", "a.m", "p.m", "ph.d", "a.d", "b.c"];

/// Abbreviations that go on before a number or a reference.
const GO_ON_BEFORE_NUMBER: &[&str] = &[
    "no", "nos", "art", "arts", "sec", "secs", "para", "paras", "par", "p", "pp", "vol", "vols",
    "ch", "chap", "cl", "fig", "figs", "ed", "eds", "res", "doc", "docs", "ser", "reg", "dec",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "v", "add",
    "rev", "corr", "ann", "app", "tit", "pt", "pts", "n",
];

/// Words that commonly open a sentence; after an abbreviation or an initial they open one.
const OPENERS: &[&str] = &[
    "The",
    "In",
    "On",
    "At",
    "A",
    "An",
    "It",
    "Its",
    "He",
    "She",
    "His",
    "Her",
    "They",
    "Their",
    "We",
    "This",
    "These",
    "That",
    "Those",
    "There",
    "According",
    "However",
    "Although",
    "Though",
    "While",
    "When",
    "As",
    "After",
    "Before",
    "During",
    "Since",
    "For",
    "From",
    "By",
    "If",
    "Some",
    "Many",
    "Most",
    "Several",
    "Others",
    "Under",
    "Nevertheless",
    "Moreover",
    "Meanwhile",
    "Furthermore",
    "Despite",
    "Because",
    "Once",
    "Until",
    "Nor",
    "But",
    "And",
    "Yet",
    "Also",
    "Where",
    "Who",
    "Whereas",
    "Each",
    "Both",
    "No",
    "Such",
    "One",
    "Two",
    "Three",
];

/// The sentences of a text, as ranges of it: ordered, not overlapping, without the white space
/// between them, and together holding everything else.
pub fn sentences(text: &str) -> Vec<TextRange> {
    if plain::is_plain(text) {
        return cut(text, plain::borders(text));
    }
    cut(text, text.split_sentence_bound_indices().map(|(at, _)| at))
}

/// The sentences of a text, from the places at which Unicode sees a border.
fn cut(text: &str, borders: impl Iterator<Item = usize>) -> Vec<TextRange> {
    let mut found: Vec<TextRange> = Vec::new();
    let mut start = 0;
    for at in borders {
        if at > start && is_border(&text[start..at], &text[at..]) {
            push_trimmed(text, TextRange::new(start, at), &mut found);
            start = at;
        }
    }
    push_trimmed(text, TextRange::new(start, text.len()), &mut found);
    found
}

fn push_trimmed(text: &str, range: TextRange, found: &mut Vec<TextRange>) {
    let Some(piece) = range.of(text) else { return };
    let from = range.start + (piece.len() - piece.trim_start().len());
    let kept = piece.trim();
    if !kept.is_empty() {
        found.push(TextRange::new(from, from + kept.len()));
    }
}

/// Whether a border that Unicode sees between `before` and `after` ends a sentence.
fn is_border(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after = after.trim_start();
    let Some(next) = after.chars().next() else { return true };
    if next.is_lowercase() {
        // “Why?” she asked.
        return false;
    }
    let Some(head) = before.strip_suffix('.') else { return true };
    // "12. The delegation …": a printed number is no sentence of its own.
    if !head.is_empty() && head.chars().all(|c| c.is_ascii_digit() || c == '.') {
        return false;
    }
    let last = head
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '“' | '"' | '‘' | '/'))
        .next()
        .unwrap_or("");
    if last.is_empty() || last.len() > 12 {
        return true;
    }
    let word = last.to_lowercase();
    if ALWAYS_GO_ON.contains(&word.as_str()) {
        return false;
    }
    if GO_ON_BEFORE_NUMBER.contains(&word.as_str()) && is_reference(after) {
        return false;
    }
    if is_initials(last) || MAY_END.contains(&word.as_str()) {
        return opens_sentence(after);
    }
    true
}

/// A number, a Roman numeral or a bracket: what follows "No.", "art.", "p.".
fn is_reference(after: &str) -> bool {
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    after.starts_with(|c: char| c.is_ascii_digit() || c == '(' || c == '[')
        || (!word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C')))
}

/// "U.S", "J", "H.E": single letters parted by dots, as they stand before the last dot.
fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    }) && word.starts_with(char::is_uppercase)
}

fn opens_sentence(after: &str) -> bool {
    let after = after.trim_start_matches(['“', '"', '‘', '(', '[']);
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    OPENERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).iter().filter_map(|range| range.of(text)).collect()
    }

    #[test]
    fn abbreviations_initials_and_references_do_not_end_a_sentence() {
        for text in [
            "Mr. Kim met Dr. J. K. Rowe of the U.S. Government on Jan. 3, citing art. 18 and No. 5 (see p. 4).",
            "The U.S. Agency for International Development piloted e.g. Arabic lessons.",
            "“Why?” she asked.",
            "Rev. Paul and Gen. Ne Win spoke vs. St. Mary.",
            "See Sec. II and Arts. 12–14 of Law No. 483-IV.",
        ] {
            assert_eq!(split(text), [text]);
        }
    }

    #[test]
    fn a_name_after_an_abbreviation_does_not_begin_a_sentence() {
        for text in [
            "The U.N. Human Rights Committee met U.S. Police chiefs at 5 p.m. Friday.",
            "The U.S. Religious Freedom Act honoured Martin King Jr. Day and Acme Inc. Chairman Lee et al. Report.",
            "12. The delegation spoke.",
            "H.E. Mr. Tokayev came.",
        ] {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(
            split("They came at 5 p.m. The court sat."),
            ["They came at 5 p.m.", "The court sat."]
        );
    }

    #[test]
    fn real_ends_end_a_sentence() {
        assert_eq!(
            split("He left the U.S. The court agreed.  It rose 19.8 percent! “Enough.” They went."),
            [
                "He left the U.S.",
                "The court agreed.",
                "It rose 19.8 percent!",
                "“Enough.”",
                "They went."
            ]
        );
        assert_eq!(split("They said no. Officials left."), ["They said no.", "Officials left."]);
    }

    #[test]
    fn nothing_and_white_space_hold_no_sentence() {
        assert!(split("").is_empty());
        assert!(split("   ").is_empty());
    }

    proptest! {
        #[test]
        fn sentences_are_ordered_and_hold_everything_but_space(text in "\\PC{0,80}|[A-Z. a-z?]{0,60}") {
            let mut covered = 0;
            for range in sentences(&text) {
                prop_assert!(range.start >= covered && range.end > range.start);
                prop_assert!(text[covered..range.start].trim().is_empty());
                prop_assert!(range.of(&text).is_some());
                covered = range.end;
            }
            prop_assert!(text[covered..].trim().is_empty());
        }
    }
}
