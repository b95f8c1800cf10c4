//! Sides of a few documents, made up, with a known difference between them.

use model::{ContentHash, PassageId, PassagePosition};
use proptest::prelude::*;

use super::*;

struct Made {
    country: Option<Country>,
    passages: Vec<(PassageId, String)>,
}

fn id(document: u8, paragraph: u32) -> PassageId {
    let document = ContentHash([document; 32]).document_id();
    PassageId { document, position: PassagePosition::Paragraph { paragraph, piece: 0 } }
}

fn made(number: u8, country: &str, text: String) -> Made {
    Made { country: Country::find(country), passages: vec![(id(number, 1), text)] }
}

fn sides(made: &[Made]) -> Vec<SideDocument<'_>> {
    made.iter()
        .map(|made| SideDocument {
            country: made.country,
            passages: made.passages.iter().map(|(id, text)| (id, text.as_str())).collect(),
        })
        .collect()
}

const COUNTRIES: [&str; 6] = ["KZ", "UZ", "PK", "IN", "NG", "EG"];

fn two_sides() -> (Vec<Made>, Vec<Made>) {
    let name = |at: usize| Country::find(COUNTRIES[at % 6]).map_or("", Country::name);
    let a = (0..12u8).map(|n| {
        let at = usize::from(n);
        let text = format!(
            "In {} the places of worship number{n} were open, and a place of worship was built \
             at site{n} there. The law applied to group{n}.",
            name(at)
        );
        made(n, COUNTRIES[at % 6], text)
    });
    let b = (0..12u8).map(|n| {
        let at = usize::from(n);
        let text = format!(
            "In {} the believers of town{n} are persecuted, and persecution of a believer grew \
             by step{n} there. The law applied to group{n}.",
            name(at)
        );
        made(100 + n, COUNTRIES[at % 6], text)
    });
    (a.collect(), b.collect())
}

fn shown(terms: &[Term]) -> Vec<&str> {
    terms.iter().map(|term| term.shown.as_str()).collect()
}

#[test]
fn each_side_is_marked_by_its_own_words_and_phrases() {
    let (a, b) = two_sides();
    let asked = ["persec*", "place of worship", "zeppelin", "the law", ""].map(str::to_owned);
    let request = KeynessRequest { asked: asked.to_vec(), ..KeynessRequest::default() };
    let found = keyness(&sides(&a), &sides(&b), &request);
    assert!(shown(&found.marks_a).contains(&"place of worship"), "{:?}", shown(&found.marks_a));
    let persecuted = found.marks_b.iter().find(|term| term.forms.contains(&"persecution".into()));
    let persecuted = persecuted.expect("persecut*");
    assert_eq!(persecuted.forms, ["persecuted", "persecution"]);
    assert_eq!((persecuted.here.documents, persecuted.here.countries), (12, 6));
    assert_eq!((persecuted.here.rate.count, persecuted.there.rate.count), (24, 0));
    assert!(persecuted.low > 1.0 && persecuted.low < persecuted.ratio);
    assert_eq!(persecuted.examples, [id(100, 1), id(101, 1), id(102, 1)]);
    assert!(persecuted.here.dispersion.is_some_and(|dp| dp < 0.05));
    assert_eq!(persecuted.there.dispersion, None);
    let all = [shown(&found.marks_a), shown(&found.marks_b)].concat();
    for word in ["the", "are", "law", "kazakhstan", "in", "applied"] {
        assert!(!all.contains(&word), "{word}: {all:?}");
    }
    assert!(found.noise.low < persecuted.low, "{:?}", found.noise);
    assert_eq!((found.a.documents, found.a.countries), (12, 6));
    let asked = |at: usize| {
        let of = &found.asked[at];
        let term = of.term.as_ref()?;
        Some((of.marks_second, term.here.rate.count, term.there.rate.count, term.low > 1.0))
    };
    assert_eq!(asked(0), Some((true, 24, 0, true)));
    assert_eq!(asked(1), Some((false, 24, 0, true)));
    assert_eq!(found.asked[1].term.as_ref().map(|t| t.forms.len()), Some(2));
    assert_eq!((asked(2), asked(4)), (None, None));
    assert!(matches!(asked(3), Some((_, 12, 12, false))));
}

/// Ten in a hundred words against none in as many, and against ten of them.
#[test]
fn the_lower_bound_is_wilsons() {
    // Of 10, all: p ≥ 10 / (10 + z²) = .787, a ratio of 3.70.
    let low = super::statistics::lower_bound(10.0, 0.0, 1.0, 1.0);
    assert!((low - 10.0 / 1.644_853_627_f64.powi(2)).abs() < 1e-6, "{low}");
    assert!(super::statistics::lower_bound(10.0, 10.0, 1.0, 1.0) < 1.0);
    assert!(super::statistics::lower_bound(10.0, 0.0, 1.0, 4.0) < low);
    assert_eq!(super::statistics::lower_bound(0.0, 0.0, 1.0, 1.0), 0.0);
}

#[test]
fn log_odds_are_an_option() {
    let (a, b) = two_sides();
    let request = KeynessRequest { order: Order::LogOdds, most: 3, ..Default::default() };
    let found = keyness(&sides(&a), &sides(&b), &request);
    assert_eq!(found.marks_a.len(), 3);
    assert!(found.marks_a.windows(2).all(|pair| pair[0].log_odds >= pair[1].log_odds));
    assert!(found.marks_a.iter().all(|term| term.log_odds > 0.0));
}

#[test]
fn a_word_of_one_document_or_of_a_template_marks_nothing() {
    let (mut a, b) = two_sides();
    a[0].passages[0].1.push_str(&" Zeppelin zeppelin zeppelin.".repeat(50));
    let template = " Learn more about quokka stories from our friends abroad";
    a.iter_mut().for_each(|made| made.passages[0].1.push_str(&format!(".{template}.")));
    let found = keyness(&sides(&a), &sides(&b), &KeynessRequest::default());
    let all = shown(&found.marks_a);
    assert!(!all.iter().any(|term| term.contains("zeppelin")), "{all:?}");
    assert!(!all.iter().any(|term| term.contains("quokka")), "{all:?}");
    assert_eq!((found.a.repeated, found.b.repeated), (12, 0));
}

#[test]
fn sides_with_nothing_in_them_have_clear_answers() {
    let (a, _) = two_sides();
    let found = keyness(&sides(&a), &[], &KeynessRequest::default());
    assert_eq!((found.marks_a.len(), found.marks_b.len(), found.b.words), (0, 0, 0));
    let found = keyness(&sides(&a), &sides(&a), &KeynessRequest::default());
    assert_eq!((found.marks_a.len(), found.marks_b.len()), (0, 0));
}

proptest! {
    #[test]
    fn dispersion_lies_between_nothing_and_one(
        sizes in prop::collection::vec(1u64..500, 1..9),
        counts in prop::collection::vec(0u64..9, 1..9),
    ) {
        let words: u64 = sizes.iter().sum();
        let held: Vec<(u64, u64)> = sizes.iter().copied().zip(counts).collect();
        let count = held.iter().map(|(_, count)| count).sum::<u64>();
        let parts: Vec<(u64, u64)> = held.iter().copied().filter(|(_, here)| *here > 0).collect();
        let found = dispersion(words, &parts);
        prop_assert_eq!(found.is_none(), parts.is_empty());
        if let Some(dp) = found {
            prop_assert!((-1e-9..=1.0).contains(&dp));
            // As it is defined: over every document, whether the term stands there or not.
            let differences = sizes.iter().enumerate().map(|(at, size)| {
                let here = held.get(at).map_or(0, |(_, here)| *here);
                (*size as f64 / words as f64 - here as f64 / count as f64).abs()
            });
            prop_assert!((dp - differences.sum::<f64>() / 2.0).abs() < 1e-9);
        }
        let even: Vec<(u64, u64)> = sizes.iter().map(|size| (*size, *size)).collect();
        prop_assert!(dispersion(words, &even).is_some_and(|dp| dp.abs() < 1e-9));
    }
}
