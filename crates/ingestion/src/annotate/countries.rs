//! Countries named in a text, by name or by the name of their people. Names that are ordinary words
//! or shared between countries are left out: a missed mention is better than an invented one.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use model::{Annotation, AnnotationKind, Country, TextRange};

/// Names that more often mean something else in running text: persons, churches, towns, common
/// words, parts of other countries' names.
const AMBIGUOUS: &[&str] = &[
    "Antigua",
    "CAR",
    "Gold Coast",
    "Jersey",
    "Occupied Territories",
    "Pole",
    "Polish",
    "RSA",
    "SRV",
    "Saint Helena",
    "Saint Martin",
    "South Georgia",
    "St. Helena",
    "St. Martin",
    "TAR",
    "Trinidad",
    "US",
];

/// Longer names that hold a country's name and mean something else: matched, so that the country in
/// them is not.
const OTHER_THINGS: &[&str] = &[
    "African American",
    "American Samoa",
    "Central American",
    "Greek Catholic",
    "Greek Orthodox",
    "Latin America",
    "Latin American",
    "Native American",
    "New Mexico",
    "Niger Delta",
    "North American",
    "Northern Ireland",
    "Northern Irish",
    "Papua",
    "South American",
    "West Papua",
];

static NAMES: LazyLock<Option<(AhoCorasick, Vec<Option<Country>>)>> = LazyLock::new(|| {
    let mut owners: HashMap<String, Option<Country>> = HashMap::new();
    for country in Country::all() {
        let names = country.names();
        for name in names.all_names().chain(names.demonyms.iter().copied()) {
            if name.chars().count() < 2 || AMBIGUOUS.contains(&name) {
                continue;
            }
            for spelling in [name.to_owned(), name.replace('\'', "’")] {
                owners
                    .entry(spelling)
                    .and_modify(|owner| *owner = owner.filter(|&o| o == country))
                    .or_insert(Some(country));
            }
        }
    }
    for name in OTHER_THINGS {
        owners.entry((*name).to_owned()).or_insert(None);
    }
    let (names, countries): (Vec<String>, Vec<Option<Country>>) = owners.into_iter().unzip();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA))
        .build(names)
        .ok()?;
    Some((automaton, countries))
});

/// Every mention of a country in `text`, in order: whole words only, letters' case as in the name.
pub fn mentions(text: &str) -> impl Iterator<Item = (Country, TextRange)> {
    NAMES.iter().flat_map(move |(automaton, countries)| {
        automaton.find_iter(text).filter_map(move |found| {
            let range = TextRange::new(found.start(), found.end());
            let country = (*countries.get(found.pattern().as_usize())?)?;
            (is_whole_word(text, range) && !names_a_church(text, range)).then_some((country, range))
        })
    })
}

/// "Serbian Orthodox", "Armenian Apostolic", "the Somali language": the name of a church, a language or
/// a region within another country, not of a country.
fn names_a_church(text: &str, range: TextRange) -> bool {
    const AFTER: &[&str] = &[
        " Orthodox",
        " Apostolic",
        " Greek Catholic",
        "-language",
        "-speaking",
        " language",
        " region",
    ];
    let after = text.get(range.end..).unwrap_or("");
    AFTER.iter().any(|words| after.starts_with(words))
}

fn is_whole_word(text: &str, range: TextRange) -> bool {
    let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or("").chars();
    let next = after.next();
    // The plural of a demonym ("Kazakhstanis") is still its people.
    let plural = next == Some('s') && !joins(after.next());
    // "Inter-American", "Afro-Brazilian": a hyphen before the name makes another word of it.
    !joins(before) && before != Some('-') && (!joins(next) || plural)
}

/// The countries of these mentions, each once, in the order of their first.
pub fn annotate(mentions: &[(Country, TextRange)]) -> Vec<Annotation> {
    let mut found: Vec<Annotation> = Vec::new();
    for &(country, range) in mentions {
        let kind = AnnotationKind::Country(country);
        match found.iter_mut().find(|annotation| annotation.kind == kind) {
            Some(annotation) => annotation.evidence.push(range),
            None => {
                found.push(Annotation { kind, evidence: vec![range] });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&'static str, &str)> {
        mentions(text).map(|(c, r)| (c.code(), r.of(text).unwrap_or(""))).collect()
    }

    #[test]
    fn names_peoples_and_possessives_are_found_where_they_stand() {
        let text =
            "Two Kazakhstanis left Kazakhstan’s border for Syria; Guinea-Bissau is not Guinea.";
        let expected = [
            ("KZ", "Kazakhstani"),
            ("KZ", "Kazakhstan"),
            ("SY", "Syria"),
            ("GW", "Guinea-Bissau"),
            ("GN", "Guinea"),
        ];
        assert_eq!(named(text), expected);
    }

    #[test]
    fn curly_and_straight_apostrophes_name_the_same_country() {
        assert_eq!(named("Côte d’Ivoire"), [("CI", "Côte d’Ivoire")]);
        assert_eq!(named("Cote d'Ivoire"), [("CI", "Cote d'Ivoire")]);
    }

    #[test]
    fn parts_of_words_ordinary_words_and_shared_peoples_are_not_countries() {
        assert!(
            named("Chadian-ish Omanisation, polish the cars, Congolese")
                .iter()
                .all(|(c, _)| *c == "TD")
        );
        assert_eq!(named("the car, tar and us"), []);
        assert_eq!(
            named("Inter-American, Northern Ireland, the Niger Delta, Greek Orthodox, New Mexico"),
            []
        );
    }
}
