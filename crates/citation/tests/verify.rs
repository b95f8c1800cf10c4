//! Quotations planted in drafts with known alterations: no altered or invented one may be called
//! exact, and at least 98 of 100 true ones must be. The table of what came out is printed.

#[path = "common/planting.rs"]
mod planting;

use std::cell::Cell;
use std::convert::Infallible;

use citation::verify::{
    Callout, Candidate, CandidatePassage, CitedId, DifferenceKind, Draft, DraftKind, Judgement,
    NotChecked, QuoteSource, judge,
};
use model::{ContentHash, DocumentId, Locator, PassageId, PassagePosition, TextRange};
use planting::{Chance, KINDS, Planted, Table, altered, typed};
use proptest::prelude::*;

/// A library in memory: each document a list of paragraphs.
struct Held {
    documents: Vec<(DocumentId, String, Vec<CandidatePassage>)>,
    asked: Cell<usize>,
}

impl Held {
    fn of(documents: &[Vec<String>]) -> Self {
        let documents = documents.iter().enumerate().map(|(number, paragraphs)| {
            let id = ContentHash([number as u8 + 1; 32]).document_id();
            let (mut text, mut passages) = (String::new(), Vec::new());
            for (at, paragraph) in paragraphs.iter().enumerate() {
                if at > 0 {
                    text.push('\n');
                }
                let range = TextRange::new(text.len(), text.len() + paragraph.len());
                text.push_str(paragraph);
                let position = PassagePosition::Paragraph { paragraph: at as u32 + 1, piece: 0 };
                let id = PassageId::new(id.clone(), position);
                passages.push(CandidatePassage { id, range, locator: Locator::default() });
            }
            (id, text, passages)
        });
        Self { documents: documents.collect(), asked: Cell::new(0) }
    }

    fn candidate(&self, number: usize) -> Candidate {
        let (document, text, passages) = self.documents[number].clone();
        Candidate { document, text, offset: 0, passages }
    }

    fn passage(&self, document: usize, paragraph: usize) -> String {
        self.documents[document].2[paragraph].id.to_string()
    }
}

impl QuoteSource for Held {
    type Error = Infallible;

    fn cited(&self, id: &CitedId) -> Result<Option<Vec<Candidate>>, Infallible> {
        let held = self.documents.iter().position(|(document, ..)| document == id.document());
        Ok(held.map(|number| vec![self.candidate(number)]))
    }

    fn holding(&self, words: &str) -> Result<Vec<Candidate>, Infallible> {
        assert!(!words.contains('…'), "stretches between marks only: {words}");
        Ok(Vec::new())
    }

    fn like(&self, _: &str) -> Result<Vec<Candidate>, Infallible> {
        self.asked.set(self.asked.get() + 1);
        Ok((0..self.documents.len()).map(|number| self.candidate(number)).collect())
    }
}

/// A library that knows where words stand one after the other, and is asked for nothing else.
struct InOrder(Held);

impl QuoteSource for InOrder {
    type Error = Infallible;

    fn cited(&self, id: &CitedId) -> Result<Option<Vec<Candidate>>, Infallible> {
        self.0.cited(id)
    }

    fn holding(&self, words: &str) -> Result<Vec<Candidate>, Infallible> {
        let documents = 0..self.0.documents.len();
        let candidates = documents.map(|number| self.0.candidate(number));
        Ok(candidates.filter(|candidate| candidate.text.contains(words)).collect())
    }

    fn like(&self, words: &str) -> Result<Vec<Candidate>, Infallible> {
        panic!("words like {words} are asked for, and the very words stand there");
    }
}

const SUBJECTS: &[&str] = &[
    "Authorities",
    "Local officials",
    "The ministry",
    "Police officers",
    "Members of the council",
    "Religious leaders",
    "Courts in the capital",
    "The committee",
    "Unregistered groups",
    "Prosecutors",
];
const VERBS: &[&str] = &[
    "did not register",
    "closed",
    "reportedly fined",
    "inspected",
    "did not release",
    "questioned",
    "allegedly expelled",
    "returned",
    "censored",
    "recognised",
];
const OBJECTS: &[&str] = &[
    "some communities of the minority",
    "the prayer house in the district",
    "several foreign pastors",
    "a number of students’ associations",
    "the “non-traditional” congregations",
    "many imported books",
    "the cemetery — by then abandoned —",
    "a charity run by volunteers",
    "two schools of the parish",
];
const TAILS: &[&str] = &[
    "in {n} cases",
    "during {n} raids",
    "after {n} complaints were filed",
    "for up to {n} days",
    "although {n} appeals were pending",
    "in at least {n} villages",
    "without giving {n} reasons",
];

/// A sentence that holds a number, and often a negation or a qualifier.
fn sentence(chance: &mut Chance) -> String {
    let number = (12 + chance.below(900)).to_string();
    let tail = chance.of(TAILS).replace("{n}", &number);
    let (subject, verb, object) = (chance.of(SUBJECTS), chance.of(VERBS), chance.of(OBJECTS));
    format!("{subject} {verb} {object} {tail}.")
}

fn library(chance: &mut Chance) -> Vec<Vec<String>> {
    let paragraph = |chance: &mut Chance| {
        (0..3 + chance.below(3)).map(|_| sentence(chance)).collect::<Vec<_>>().join(" ")
    };
    (0..6).map(|_| (0..12).map(|_| paragraph(chance)).collect()).collect()
}

#[test]
fn nothing_altered_or_invented_is_called_exact() {
    let mut chance = Chance(2026);
    let documents = library(&mut chance);
    let held = Held::of(&documents);
    let mut draft = String::new();
    let mut planted = Vec::new();
    while planted.len() < 500 {
        let kind = KINDS[planted.len() % KINDS.len()];
        let (document, paragraph) = (chance.below(documents.len()), chance.below(12));
        let passage = &documents[document][paragraph];
        let sentences: Vec<&str> = passage.split_inclusive(". ").map(str::trim).collect();
        let Some(words) = altered(kind, &sentences, &mut chance) else {
            continue;
        };
        let words = typed(&words, &mut chance);
        let cited = if kind == Planted::WrongDocument {
            (document + 1) % documents.len()
        } else {
            document
        };
        let (open, close) = match chance.below(3) {
            0 => ("“", "”"),
            1 if !words.contains('"') => ("\"", "\""),
            _ => ("«", "»"),
        };
        let id = held.passage(cited, paragraph);
        draft.push_str(&format!("One source says: {open}{words}{close} ({id}).\n\n"));
        planted.push(kind);
    }
    let read = Draft::read(&draft, DraftKind::Markdown);
    assert_eq!(read.quotations.len(), planted.len());
    let (mut table, mut hidden) = (Table::default(), 0);
    for (quotation, kind) in read.quotations.iter().zip(&planted) {
        let Ok(judged) = judge(quotation, &held);
        if let Judgement::Marked { concerns, .. } = &judged {
            hidden += usize::from(!concerns.is_empty());
        }
        if judged.name() != kind.expected() {
            println!("{kind:?}: {} — {judged:?}", quotation.text);
        }
        table.add(*kind, judged.name());
    }
    println!("{}", table.markdown());
    assert_eq!(table.wrongly_exact(), 0);
    let as_expected = |kind: Planted| table.count(kind, kind.expected());
    assert!(as_expected(Planted::True) * 100 >= 98 * table.all(Planted::True));
    assert_eq!(as_expected(Planted::HidingEllipsis), hidden, "each hidden caveat is told");
    assert_eq!(as_expected(Planted::Invented), 50);
    assert_eq!(as_expected(Planted::WrongDocument), 50);
}

const REPORT: &str = "Authorities did not apply the “laws” broadly in 2021. Some groups — few of them \
                      large — reported up to 12 raids, and the state’s officials denied none of it.";

fn held() -> Held {
    Held::of(&[
        vec![REPORT.into(), "A second paragraph of it.".into()],
        vec!["Other words stand here.".into()],
    ])
}

fn judged(held: &Held, draft: &str) -> Judgement {
    let read = Draft::read(draft, DraftKind::Markdown);
    assert_eq!(read.quotations.len(), 1, "{read:?}");
    let Ok(judged) = judge(&read.quotations[0], held);
    judged
}

#[test]
fn each_outcome_says_what_was_found() {
    let held = held();
    let (first, second) = (held.passage(0, 0), held.passage(0, 1));
    let exact = judged(&held, &format!("“did not apply the 'laws' broadly” ({first})"));
    let Judgement::Exact { place, alterations } = exact else { panic!("{exact:?}") };
    assert_eq!(place.words, "did not apply the “laws” broadly");
    assert_eq!(place.passage.map(|id| id.to_string()), Some(first.clone()));
    assert!(alterations.is_empty());

    let marked = judged(&held, &format!("“Authorities did … apply the ‘laws’ broadly” ({first})"));
    let Judgement::Marked { concerns, .. } = &marked else { panic!("{marked:?}") };
    assert_eq!(concerns[0].callouts, [Callout::NegationDropped]);
    assert!(marked.holds());

    let elsewhere = judged(&held, &format!("“reported up to 12 raids” ({second})"));
    assert!(matches!(elsewhere, Judgement::FoundElsewhere { .. }), "{elsewhere:?}");
    assert!(!elsewhere.holds());

    let differs =
        judged(&held, &format!("“Some groups — few of them large — reported 12 raids” ({first})"));
    let Judgement::Differs { differences, .. } = differs else { panic!("{differs:?}") };
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].kind, DifferenceKind::Dropped);
    assert_eq!(differences[0].callouts, [Callout::QualifierDropped]);

    let invented = judged(&held, &format!("“the king rode out to meet his army” ({first})"));
    assert_eq!(invented, Judgement::NotFound);
    let foreign = judged(&held, "“the king rode out to meet his army” (zzzzzzzzzzz9.4)");
    assert!(matches!(foreign, Judgement::CannotCheck(NotChecked::NotHeld(_))), "{foreign:?}");
    let short = judged(&held, "They are “not” so.");
    assert_eq!(short, Judgement::CannotCheck(NotChecked::TooShort));
    let nothing = judged(&held, "A “—” there.");
    assert_eq!(nothing, Judgement::CannotCheck(NotChecked::NoWords));
}

#[test]
fn a_quotation_over_a_passage_s_border_is_found() {
    let held = held();
    let across = format!("“denied none of it. A second paragraph” ({})", held.passage(0, 1));
    assert!(matches!(judged(&held, &across), Judgement::Exact { .. }));
}

#[test]
fn a_very_long_quotation_is_judged() {
    let mut chance = Chance(5);
    let sentences: Vec<String> = (0..450).map(|_| sentence(&mut chance)).collect();
    let text = sentences.join(" ");
    assert!(text.split(' ').count() > 4_500);
    let held = Held::of(&[vec![text.clone()]]);
    let id = held.passage(0, 0);
    assert!(matches!(judged(&held, &format!("“{text}” ({id})")), Judgement::Exact { .. }));
    let number = text.find(|c: char| c.is_ascii_digit()).expect("a number");
    let changed = format!("{}7{}", &text[..number], &text[number..]);
    let differs = judged(&held, &format!("> {changed}\n\n({id})"));
    let Judgement::Differs { differences, .. } = differs else { panic!("{differs:?}") };
    assert_eq!(differences.len(), 1, "{differences:?}");
    assert_eq!(differences[0].callouts, [Callout::NumberChanged]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn every_stretch_of_whole_words_is_exact_and_none_is_with_a_word_more(
        seed in 0u64..1_000_000, from in 0usize..40, length in 3usize..25,
    ) {
        let mut chance = Chance(seed);
        let held = Held::of(&library(&mut chance));
        let id = held.passage(0, 0);
        let passage = held.documents[0].1.split('\n').next().unwrap_or("").to_owned();
        let words: Vec<&str> = passage.split(' ').collect();
        let from = from % words.len().saturating_sub(length).max(1);
        let to = (from + length).min(words.len());
        let quote = words[from..to].join(" ");
        prop_assume!(quote.matches('“').count() == quote.matches('”').count());
        let exact = judged(&held, &format!("> {quote}\n\n({id})"));
        prop_assert!(matches!(exact, Judgement::Exact { .. }), "{} {:?}", quote, exact);
        let mut longer: Vec<&str> = words[from..to].to_vec();
        longer.insert(1, "purple");
        let altered = judged(&held, &format!("> {}\n\n({id})", longer.join(" ")));
        prop_assert!(!matches!(altered, Judgement::Exact { .. }), "{} {:?}", quote, altered);
    }

    #[test]
    fn any_quotation_is_judged(quote in "([\\[\\]…\"“”‘’.,—-]|[a-z]{1,4} |some |not |12 |\\n|é){1,40}") {
        let held = held();
        let id = held.passage(0, 0);
        for quotation in Draft::read(&format!("> {quote}\n\n({id})"), DraftKind::Markdown).quotations {
            let Ok(judged) = judge(&quotation, &held);
            prop_assert!(!judged.name().is_empty());
        }
    }
}

#[test]
fn the_longest_stretch_of_a_quotation_is_looked_for_first() {
    let text = "The law of the state, as some read it, is the law of the land. It is hard.";
    let held = InOrder(Held::of(&[vec!["Nothing of the kind.".to_owned()], vec![text.to_owned()]]));
    for (quote, judgement) in [
        ("the law of the land", "exact"),
        ("The law … is the law of the land", "marked"),
        ("[T]he law of the state, as some read it … hard", "marked"),
        ("It is hard", "exact"),
    ] {
        let draft = Draft::read(&format!("It says: “{quote}”."), DraftKind::Plain);
        let Ok(judged) = judge(&draft.quotations[0], &held);
        assert_eq!(judged.name(), judgement, "{quote}");
    }
}
