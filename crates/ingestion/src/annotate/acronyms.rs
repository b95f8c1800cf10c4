//! Acronyms that a text explains: "Committee for National Security (KNB)". The letters must be found
//! in the words before, in order, so that nothing is explained by chance.

use model::{Annotation, AnnotationKind, TextRange};

/// Most words that an acronym of some letters stands for, beyond its letters.
const EXTRA_WORDS: usize = 4;

/// The acronyms a text explains, each once, in order.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    for (open, _) in text.match_indices('(') {
        let inside = &text[open + 1..];
        let Some(close) = inside.find([')', ';', ',']) else { continue };
        let short = &inside[..close];
        if !is_acronym(short) {
            continue;
        }
        let Some(range) = explanation(text, open, short) else { continue };
        let long = range.of(text).unwrap_or("").to_owned();
        let kind = AnnotationKind::Acronym { short: short.to_owned(), long };
        if found.iter().all(|annotation| annotation.kind != kind) {
            let acronym = TextRange::new(open + 1, open + 1 + close);
            found.push(Annotation { kind, evidence: vec![acronym, range] });
        }
    }
    found
}

fn is_acronym(short: &str) -> bool {
    let letters = short.chars().filter(|c| c.is_uppercase()).count();
    let plain = short.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '.'));
    plain && letters >= 2 && short.chars().count() <= 12 && letters * 2 > short.chars().count()
}

/// The words before an acronym that it stands for.
fn explanation(text: &str, open: usize, short: &str) -> Option<TextRange> {
    let before = text[..open].trim_end();
    let end = before.len();
    let letters: Vec<char> =
        short.trim_end_matches('s').chars().filter(|c| c.is_alphabetic()).collect();
    let mut starts: Vec<usize> = Vec::new();
    let mut last = ' ';
    for (at, c) in before.char_indices() {
        if c.is_alphanumeric() && !last.is_alphanumeric() && !matches!(last, '’' | '\'') {
            starts.push(at);
        }
        // Nothing beyond the end of the sentence before belongs to it.
        if matches!(c, '.' | ';' | ':' | '(' | ')') {
            starts.clear();
        }
        last = c;
    }
    let least = letters.len().saturating_sub(2).max(1);
    // The fewest words that say all letters in order; a word may hold several.
    (least..=letters.len() + EXTRA_WORDS).find_map(|count| {
        let start = *starts.get(starts.len().checked_sub(count)?)?;
        let phrase = &text[start..end];
        let first = phrase.chars().next()?;
        let fits =
            first.to_uppercase().eq(letters.first()?.to_uppercase()) && says(phrase, &letters);
        fits.then_some(TextRange::new(start, end))
    })
}

/// Whether the letters stand in the words in order, each at the beginning of a word, or inside one
/// that begins with the letter before.
fn says(phrase: &str, letters: &[char]) -> bool {
    let words: Vec<&str> =
        phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    fn fit(words: &[&str], letters: &[char]) -> bool {
        let Some(first) = letters.first() else { return true };
        let Some((word, rest)) = words.split_first() else { return false };
        let same = |a: char, b: &char| a.to_lowercase().eq(b.to_lowercase());
        let mut inside = word.chars();
        if inside.next().is_some_and(|c| same(c, first)) {
            let mut taken = 1;
            if fit(rest, &letters[taken..]) {
                return true;
            }
            for c in inside {
                if letters.get(taken).is_some_and(|letter| same(c, letter)) {
                    taken += 1;
                    if fit(rest, &letters[taken..]) {
                        return true;
                    }
                }
            }
        }
        let small = matches!(
            *word,
            "of" | "the" | "for" | "and" | "on" | "in" | "to" | "de" | "la" | "des" | "du" | "a"
        );
        small && fit(rest, letters)
    }
    fit(&words, letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> Vec<(String, String)> {
        let pair = |annotation: Annotation| match annotation.kind {
            AnnotationKind::Acronym { short, long } => (short, long),
            _ => Default::default(),
        };
        annotate(text).into_iter().map(pair).collect()
    }

    fn pair(short: &str, long: &str) -> Vec<(String, String)> {
        vec![(short.to_owned(), long.to_owned())]
    }

    #[test]
    fn acronyms_are_explained_by_the_words_before_them() {
        assert_eq!(
            explained("the Ministry of Information and Social Development (MISD) did"),
            pair("MISD", "Ministry of Information and Social Development")
        );
        assert_eq!(
            explained("nongovernmental organizations (NGOs) said"),
            pair("NGOs", "nongovernmental organizations")
        );
        assert_eq!(
            explained("the Shanghai Cooperation Organization (SCO)."),
            pair("SCO", "Shanghai Cooperation Organization")
        );
        assert_eq!(explained("the law (ICCPR) and a man (US)"), Vec::new());
    }
}
