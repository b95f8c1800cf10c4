//! Sides of a few documents, made up, with a known difference between them.

use std::collections::{BTreeMap, BTreeSet};

use indexing::{Analyser, tokens};
use model::pattern::{Pattern, Step, WordMatch};
use model::{ContentHash, Country, IssueId, PassageId, PassagePosition, Vocabulary};
use proptest::prelude::*;

use super::count::{Tally, count, count_in_shares, half};
use super::sought::{self, Sought};
use super::*;
use crate::function_words::is_function_word;

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

fn compared(a: &[Made], b: &[Made], request: &KeynessRequest) -> Keyness {
    keyness(&Texts::of(&sides(a), &sides(b)), request)
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
    let found = compared(&a, &b, &request);
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

fn vocabulary(issue: &str, words: &[&str]) -> Vocabulary {
    let words = words.iter().map(|words| Pattern::parse(words).expect("a pattern"));
    Vocabulary { issue: IssueId::new(issue).expect("an id"), words: words.collect() }
}

#[test]
fn the_words_of_an_issue_are_measured_together_and_one_by_one() {
    let (a, b) = two_sides();
    let vocabularies = vec![
        vocabulary("pressure", &["persecuted", "persecut*", "believer~", "zeppelin"]),
        vocabulary("silence", &["zeppelin"]),
        vocabulary("worship", &["place of worship", "place~ of worship", "worship", "executi*"]),
        vocabulary("law", &["law"]),
    ];
    let request = KeynessRequest { vocabularies, ..KeynessRequest::default() };
    let found = compared(&a, &b, &request).issues;
    let named = |issue: &IssueWords| {
        let counts = |term: &Term| (term.here.rate.count, term.there.rate.count);
        let words = issue
            .words
            .iter()
            .map(|word| (word.words.clone(), word.marks_second, word.term.as_ref().map(counts)));
        (issue.issue.to_string(), issue.marks_second, counts(&issue.all), words.collect::<Vec<_>>())
    };
    let found: Vec<_> = found.iter().map(named).collect();
    let word = |text: &str, second, counts| (text.to_owned(), second, Some(counts));
    // `worship` alone stands only where the longer words do, which are counted in its place.
    let worship = vec![word("place~ of worship", false, (24, 0)), word("worship", false, (24, 0))];
    let pressure = vec![word("persecut*", true, (24, 0)), word("believer~", true, (24, 0))];
    let law = found.iter().find(|issue| issue.0 == "law").expect("the law");
    assert_eq!((law.2, law.3.len()), ((12, 12), 1));
    let others: Vec<_> = found.iter().filter(|issue| issue.0 != "law").cloned().collect();
    assert_eq!(
        others,
        [
            ("worship".to_owned(), false, (24, 0), worship),
            ("pressure".to_owned(), true, (48, 0), pressure),
        ]
    );
}

/// A word that stands once in the longer side and nowhere in the other stands more often in the longer.
#[test]
fn the_side_of_a_term_that_was_asked_for_is_by_what_was_counted() {
    let (a, b) = two_sides();
    let more = |n: u8| (0..60).map(|at| format!("number{n}x{at} site ")).collect::<String>();
    let long = |n: u8, of: &Made| made(n, "KZ", more(n) + &of.passages[0].1);
    let a: Vec<Made> = (0..).zip(&a).map(|(n, of)| long(n, of)).collect();
    let asked = vec!["site11".to_owned()];
    let found = compared(&a, &b, &KeynessRequest { asked, ..KeynessRequest::default() });
    let term =
        found.asked[0].term.as_ref().map(|term| (term.here.rate.count, term.there.rate.count));
    assert!(found.a.words > 3 * found.b.words);
    assert_eq!((found.asked[0].marks_second, term), (false, Some((1, 0))));
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
    let found = compared(&a, &b, &request);
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
    let found = compared(&a, &b, &KeynessRequest::default());
    let all = shown(&found.marks_a);
    assert!(!all.iter().any(|term| term.contains("zeppelin")), "{all:?}");
    assert!(!all.iter().any(|term| term.contains("quokka")), "{all:?}");
    assert_eq!((found.a.repeated, found.b.repeated), (12, 0));
}

#[test]
fn sides_with_nothing_in_them_have_clear_answers() {
    let (a, _) = two_sides();
    let found = compared(&a, &[], &KeynessRequest::default());
    assert_eq!((found.marks_a.len(), found.marks_b.len(), found.b.words), (0, 0, 0));
    let found = compared(&a, &a, &KeynessRequest::default());
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

/// A made-up document: sentences of clauses of words.
type Sentences = Vec<Vec<Vec<&'static str>>>;

const WORDS: [&str; 14] = [
    "the",
    "of",
    "many",
    "12",
    "law",
    "laws",
    "believer",
    "believers",
    "persecuted",
    "persecution",
    "place",
    "worship",
    "kazakhstan",
    "georgian",
];

/// What a publisher puts into every report.
const TEMPLATES: [[&str; 7]; 2] = [
    ["read", "more", "of", "the", "law", "worship", "place"],
    ["kazakhstan", "believers", "tell", "friends", "of", "many", "laws"],
];

fn documents() -> impl Strategy<Value = Vec<Sentences>> {
    let word = prop::sample::select(&WORDS[..]);
    let clause = prop_oneof![
        4 => prop::collection::vec(word, 1..8),
        1 => prop::sample::select(&TEMPLATES[..]).prop_map(|clause| clause.to_vec()),
    ];
    let sentence = prop::collection::vec(clause, 1..4);
    prop::collection::vec(prop::collection::vec(sentence, 0..4), 0..14)
}

/// The documents as they are read, a passage for each two sentences.
fn written(documents: &[Sentences], first: u8) -> Vec<Made> {
    let document = |(number, sentences): (u8, &Sentences)| {
        let passages = (1..).zip(sentences.chunks(2)).map(|(paragraph, sentences)| {
            let clauses = sentences.iter().map(|clauses| {
                clauses.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join(", ")
            });
            (id(number, paragraph), clauses.collect::<Vec<_>>().join(". ") + ".")
        });
        let country = Country::find(COUNTRIES[usize::from(number) % 6]);
        Made { country, passages: passages.collect() }
    };
    (first..).zip(documents).map(document).collect()
}

/// A term by its stems, some forms of it, and how often it stands where.
type Counted = BTreeMap<Vec<String>, (Vec<String>, Tally)>;

/// Counts the terms of a side as it is defined, over strings; returns how many words there are and
/// how many pieces were left out.
fn count_plainly(side: usize, documents: &[Sentences], counted: &mut Counted) -> (u64, usize) {
    let is_long = |words: usize| words >= 6;
    let pieces = |sentences: &Sentences| -> BTreeSet<String> {
        let whole = sentences.iter().filter(|s| s.len() > 1 && is_long(s.concat().len()));
        let whole = whole.map(|clauses| format!("{clauses:?}"));
        let clauses = sentences.iter().flatten().filter(|clause| is_long(clause.len()));
        whole.chain(clauses.map(|clause| format!("{clause:?}"))).collect()
    };
    let mut stand: BTreeMap<String, usize> = BTreeMap::new();
    for piece in documents.iter().flat_map(pieces) {
        *stand.entry(piece).or_default() += 1;
    }
    let is_repeated = |piece: String| stand.get(&piece).is_some_and(|documents| *documents >= 5);
    let (mut words, mut repeated) = (0, 0);
    for (number, sentences) in (0..).zip(documents) {
        let mut held = BTreeSet::new();
        for clauses in sentences {
            let is_whole = clauses.len() > 1 && is_long(clauses.concat().len());
            if is_whole && is_repeated(format!("{clauses:?}")) {
                repeated += 1;
                continue;
            }
            for clause in clauses {
                if is_long(clause.len()) && is_repeated(format!("{clause:?}")) {
                    repeated += 1;
                    continue;
                }
                for run in clause.split(|word| ["kazakhstan", "georgian"].contains(word)) {
                    words += run.len() as u64;
                    for (stems, forms) in terms(run) {
                        let (_, tally) =
                            counted.entry(stems.clone()).or_insert((forms, Tally::default()));
                        tally.counts[half(side, number)] += 1;
                        tally.documents[side] += u32::from(held.insert(stems));
                    }
                }
            }
        }
    }
    (words, repeated)
}

/// The terms of words that follow one another: their stems, and the words.
fn terms(run: &[&str]) -> Vec<(Vec<String>, Vec<String>)> {
    let says = |word: &str| !is_function_word(word) && !["many", "12"].contains(&word);
    let stem = |word: &&str| match says(word) {
        true => tokens(word, Analyser::Stemmed).next().expect("a word").word,
        false => format!("{word} "),
    };
    let all = (1..=3).flat_map(|length| run.windows(length));
    let begin_and_end = all.filter(|words| says(words[0]) && says(words[words.len() - 1]));
    begin_and_end
        .map(|words| {
            (words.iter().map(stem).collect(), words.iter().map(|w| w.to_string()).collect())
        })
        .collect()
}

/// How many words a pattern has that stands at the start of some, at most.
fn length_at(pattern: &Pattern, words: &[&str]) -> Option<usize> {
    let meets = |(step, word): (&Step, &&str)| match step {
        Step::Gap(_) => false,
        Step::Word(any) => any.iter().any(|one| match one.how {
            WordMatch::Prefix => word.starts_with(&one.word),
            _ => *word == one.word,
        }),
    };
    let phrases = pattern.phrases.iter().filter(|steps| steps.len() <= words.len());
    phrases.filter(|steps| steps.iter().zip(words).all(meets)).map(Vec::len).max()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn terms_are_counted_as_they_are_defined(a in documents(), b in documents(), fewest in 1usize..4) {
        let mut plain = Counted::new();
        let volumes = [count_plainly(0, &a, &mut plain), count_plainly(1, &b, &mut plain)];
        let (a, b) = (written(&a, 0), written(&b, 100));
        let texts = Texts::of(&sides(&a), &sides(&b));
        let counts = count(&texts, fewest);
        prop_assert_eq!([0, 1].map(|s| (texts.volumes[s].words, texts.volumes[s].repeated)), volumes);
        let mut expected: Vec<(u64, Tally)> = Vec::new();
        for (forms, tally) in plain.into_values() {
            if tally.documents.iter().any(|documents| *documents as usize >= fewest) {
                let forms: Vec<u32> = forms.iter().filter_map(|form| texts.forms.find(form)).collect();
                counts.phrases.visit(&forms, |_| true, |key, at, length| {
                    if (at, length) == (0, forms.len()) {
                        expected.push((key, tally));
                    }
                });
            }
        }
        expected.sort_unstable_by_key(|(key, _)| *key);
        prop_assert_eq!(&counts.terms, &expected);
        prop_assert_eq!(count_in_shares(&texts, fewest, counts.words, 3).terms, expected);
    }

    #[test]
    fn what_is_sought_is_found_as_it_is_defined(a in documents(), b in documents()) {
        const PATTERNS: [&str; 8] = [
            "law~", "place of worship", "(place|law) of (worship|law)", "beli*", "of", "persecuted",
            "place of", "the persec* belie*",
        ];
        let (a, b) = (written(&a, 0), written(&b, 100));
        let texts = Texts::of(&sides(&a), &sides(&b));
        let patterns = PATTERNS.map(|text| Pattern::parse(text).expect("a pattern"));
        let single = patterns.iter().map(Sought::pattern);
        let mut sought: Vec<Sought> = single.collect();
        sought.push(Sought::any(&sought));
        let patterns: Vec<&[Pattern]> =
            patterns.chunks(1).chain([patterns.as_slice()]).collect();
        for (detail, patterns) in sought::find(&sought, &texts).iter().zip(patterns) {
            let mut plain = [Vec::new(), Vec::new()];
            for (part, document) in super::count::documents(&texts.parts) {
                let word = |word: &u32| (*word as usize) < texts.forms.written().len();
                let word = |number: &u32| if word(number) { texts.forms.written().of(*number) } else { "|" };
                let words: Vec<&str> = document.words.iter().map(word).collect();
                let (mut at, mut times) = (0, 0);
                while at < words.len() {
                    let longest = patterns.iter().filter_map(|of| length_at(of, &words[at..])).max();
                    times += u32::from(longest.is_some());
                    at += longest.unwrap_or(1);
                }
                if times > 0 {
                    plain[part.side].push((document.number, times));
                }
            }
            plain.iter_mut().for_each(|places| places.sort_unstable());
            prop_assert_eq!(&detail.places, &plain);
        }
    }

    #[test]
    fn what_comes_out_does_not_depend_on_how_texts_are_read_or_on_threads(
        a in documents(), b in documents(), in_chunk in 1usize..5, of_a_part in 1usize..5,
        from in 0usize..9,
    ) {
        let (a, b) = (written(&a, 0), written(&b, 100));
        let asked = ["persecut*", "place of worship", "law"].map(str::to_owned).to_vec();
        let vocabularies = vec![vocabulary("worship", &["place of worship", "worship", "beli*"])];
        let request =
            KeynessRequest { fewest_documents: 2, asked, vocabularies, ..KeynessRequest::default() };
        let whole = compared(&a, &b, &request);
        for threads in [1, 4] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            let cut = pool.expect("threads").install(|| {
                let [a, b] = [sides(&a), sides(&b)];
                let mut numbered: [Vec<_>; 2] = [&a, &b].map(|side| (0..).zip(side).collect());
                for side in &mut numbered {
                    let from = from.min(side.len());
                    side.rotate_left(from);
                }
                keyness(&Texts::of_numbered(numbered, in_chunk, of_a_part), &request)
            });
            prop_assert_eq!(&cut, &whole);
        }
    }
}
