//! Places within countries, by a list of those that reports on religion or belief name often. A place
//! that is not on the list is not found; a name that is also an ordinary word is not on it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use model::{Annotation, AnnotationKind, TextRange};

/// One place a line: name, code of the country.
const PLACES: &str = include_str!("../../data/places.tsv");

static NAMES: LazyLock<Option<(AhoCorasick, Vec<&'static str>)>> = LazyLock::new(|| {
    let names: Vec<&str> = all().map(|(name, _)| name).collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(&names);
    Some((automaton.ok()?, names))
});

/// Every place of the list, with the code of its country.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// The places named in a text, each once, in the order of their first mention.
pub fn annotate(text: &str) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    for (automaton, names) in NAMES.iter() {
        for hit in automaton.find_iter(text) {
            let range = TextRange::new(hit.start(), hit.end());
            let Some(name) = names.get(hit.pattern().as_usize()) else { continue };
            if !is_whole_word(text, range) {
                continue;
            }
            let is_same =
                |a: &&mut Annotation| matches!(&a.kind, AnnotationKind::Place(n) if n == name);
            match found.iter_mut().find(is_same) {
                Some(annotation) => annotation.evidence.push(range),
                None => {
                    let kind = AnnotationKind::Place((*name).to_owned());
                    found.push(Annotation { kind, evidence: vec![range] });
                }
            }
        }
    }
    found
}

fn is_whole_word(text: &str, range: TextRange) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Country;

    #[test]
    fn every_place_is_in_a_country_and_stands_once() {
        let mut names: Vec<&str> = all().map(|(name, _)| name).collect();
        assert!(names.len() > 150);
        for (name, country) in all() {
            assert!(Country::try_from(country.to_owned()).is_ok(), "{name} is in {country}");
        }
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn places_are_whole_names() {
        let places = |text: &str| annotate(text).len();
        assert_eq!(places("a court in Atyrau and in Xinjiang, Xinjiang"), 2);
        assert_eq!(places("Punjabi; Sindhis"), 0);
    }
}
