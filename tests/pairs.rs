//! The pairs of sentences judged by hand (`corpus/eval/pairs.tsv`) are well-formed.

use std::collections::BTreeSet;

use model::Country;

const HEAD: &str = "country\tpart\ta\tsentence_a\tb\tsentence_b\tverdict\tsecond";
const PAIRS: &str = include_str!("../corpus/eval/pairs.tsv");

/// A passage's id and the number of a sentence, from 1.
fn sentence(passage: &str, number: &str) -> bool {
    let Some((document, position)) = passage.split_once('.') else { return false };
    let letters = document.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let place = position.chars().all(|c| c.is_ascii_digit() || c == '-');
    let counted = number.parse::<usize>().is_ok_and(|number| number > 0);
    document.len() == 12 && letters && !position.is_empty() && place && counted
}

#[test]
fn the_judged_pairs_are_well_formed() {
    let mut lines = PAIRS.lines();
    assert_eq!(lines.next(), Some(HEAD));
    let (mut seen, mut countries, mut parts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for line in lines {
        let cells: Vec<&str> = line.split('\t').collect();
        let [country, part, a, number_a, b, number_b, verdict, second] = cells[..] else {
            panic!("not eight cells: {line}");
        };
        assert!(Country::find(country).is_some_and(|known| known.code() == country), "{line}");
        assert!(["tuning", "held-out"].contains(&part), "{line}");
        assert!(["right", "wrong"].contains(&verdict), "{line}");
        assert!(["right", "wrong", "-"].contains(&second), "{line}");
        assert!(sentence(a, number_a) && sentence(b, number_b), "{line}");
        assert!((a, number_a) < (b, number_b), "in order: {line}");
        assert!(seen.insert((a, number_a, b, number_b)), "once: {line}");
        countries.insert(country);
        parts.insert((country, part));
    }
    assert!(seen.len() >= 260 && countries.len() >= 10, "{} {}", seen.len(), countries.len());
    assert_eq!(parts.len(), countries.len(), "a country is of one part");
}
