//! Sources set beside each other, over passages made here.

use std::collections::BTreeMap;

use model::{
    AnnotatedPassage, Annotation, AnnotationKind, ContentHash, Extent, Figure, Hedge, IndexRecord,
    IssueId, Locator, Metadata, Passage, PassageId, PassagePosition, Polarity, RecordKind, Role,
    Series, Speaker, TextRange, Unit,
};

use super::*;
use crate::coverage::Searched;
use crate::overview::Tally;

/// A source of passages of one sentence each, all of it on the topic.
fn source(byte: u8, texts: &[&str]) -> Source {
    let hash = ContentHash([byte; 32]);
    let id = hash.document_id();
    let mut document = Metadata::of_capture(hash).summary(&id);
    let name = format!("series-{byte}");
    document.series = Some(Series { id: name.clone(), name });
    let passages = texts.iter().zip(1..).map(|(text, paragraph)| {
        let whole = TextRange::new(0, text.len());
        let position = PassagePosition::Paragraph { paragraph, piece: 0 };
        let passage = Passage {
            id: PassageId { document: id.clone(), position },
            role: Role::Body,
            range: whole,
            text: (*text).to_owned(),
            sentences: vec![whole],
            locator: Locator::default(),
        };
        let passage = AnnotatedPassage { passage, annotations: annotations(text) };
        let record =
            IndexRecord { kind: RecordKind::Passage, document: document.clone().into(), passage };
        Speaking { record, words: vec![whole] }
    });
    let passages: Vec<Speaking> = passages.collect();
    let tally = Tally { documents: 1, passages: texts.len() as u64, words: 1_000 };
    let extents = BTreeMap::from([(Extent::Full, 1)]);
    Source {
        name: SourceName::of(&document),
        searched: Searched { tally, extents, ..Searched::default() },
        total: texts.len(),
        passages,
        ..Source::default()
    }
}

/// "12 graves" is a figure, "According to X," says who speaks.
fn annotations(text: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    if let Some(end) = text.find(" graves") {
        let start = text[..end].rfind(' ').map_or(0, |space| space + 1);
        let figure = Figure {
            value: text[start..end].to_owned(),
            to: None,
            unit: Unit::Count,
            hedge: match text[..start].ends_with("more than ") {
                true => Hedge::MoreThan,
                false => Hedge::None,
            },
            change: None,
            counted: Some("graves".to_owned()),
        };
        let kind = AnnotationKind::Figure(figure);
        found.push(Annotation { kind, evidence: vec![TextRange::new(start, end)] });
    }
    if let (Some(start), Some(end)) = (text.find("According to "), text.find(',')) {
        let kind = AnnotationKind::Attribution(Speaker::Ngo);
        let evidence = vec![TextRange::new(start + 13, end), TextRange::new(start, start + 12)];
        found.push(Annotation { kind, evidence });
    }
    found
}

const BROKEN: &str = "In the Valley Cemetery of Borostyan unknown men broke 12 graves overnight";
const BROKEN_TOO: &str =
    "Unknown men broke 12 graves overnight in the Valley Cemetery of Borostyan";
const BROKEN_MORE: &str =
    "Unknown men broke 15 graves overnight in the Valley Cemetery of Borostyan";
const OTHER: &str = "The ministry opened a school for orphans and paid for the books of pupils";

fn beside(sources: Vec<Source>) -> Comparison {
    compare(sources, Topic::default())
}

#[test]
fn sentences_that_say_the_same_are_paired_and_the_rest_stands_alone() {
    let found = beside(vec![source(1, &[OTHER, BROKEN]), source(2, &[BROKEN_TOO])]);
    assert_eq!(found.claims.len(), 1);
    let claim = &found.claims[0];
    assert_eq!(found.text(&claim.a), Some(BROKEN));
    assert_eq!(found.text(&claim.b), Some(BROKEN_TOO));
    assert!(claim.why.names.contains(&"Borostyan".to_owned()), "{:?}", claim.why);
    let only: Vec<Option<&str>> = found.sources[0].only.iter().map(|at| found.text(at)).collect();
    assert_eq!(only, [Some(OTHER)]);
    assert!(found.sources[1].only.is_empty());
}

#[test]
fn figures_that_differ_for_the_same_thing_are_set_against_each_other() {
    let found = beside(vec![source(1, &[BROKEN]), source(2, &[BROKEN_MORE])]);
    let [apart] = found.figures.as_slice() else { panic!("{:?}", found.figures) };
    assert_eq!((apart.a.2.value.as_str(), apart.b.2.value.as_str()), ("12", "15"));
    // They do not say the same, nor is what either says said by it alone.
    assert_eq!(found.claims, []);
    assert!(found.sources.iter().all(|source| source.only.is_empty()));
    let same = beside(vec![source(1, &[BROKEN]), source(2, &[BROKEN])]);
    assert!(same.figures.is_empty());
    let hedged = BROKEN_TOO.replace("12", "more than 12");
    let hedged = beside(vec![source(1, &[BROKEN]), source(2, &[&hedged])]);
    assert_eq!((hedged.claims.len(), hedged.figures.len()), (1, 1));
}

#[test]
fn what_one_denies_and_what_one_source_repeats_is_no_pair() {
    let denied = "No unknown men broke any graves in the Valley Cemetery";
    assert!(beside(vec![source(1, &[BROKEN]), source(2, &[denied])]).claims.is_empty());
    assert!(beside(vec![source(1, &[BROKEN, BROKEN_TOO])]).claims.is_empty());
    assert!(beside(vec![source(1, &[BROKEN]), source(2, &[OTHER])]).claims.is_empty());
}

/// The sources, with the year that their documents cover.
fn of_year(mut source: Source, year: &str) -> Source {
    for speaking in &mut source.passages {
        let document = std::sync::Arc::make_mut(&mut speaking.record.document);
        document.period = year.parse().ok();
    }
    source
}

#[test]
fn words_that_stand_in_names_bring_no_two_sentences_together() {
    let elected = "Voters chose President Milan Adorjan Borostyani of the Lantern Union in May";
    let attended = "Singers greeted President Milan Adorjan Borostyani of the Lantern Union again";
    assert!(beside(vec![source(1, &[elected]), source(2, &[attended])]).claims.is_empty());
}

#[test]
fn what_is_told_of_the_year_is_no_pair_across_years() {
    let one = "At year’s end unknown men kept breaking graves overnight near villages";
    let other = "Unknown men kept breaking graves overnight near most villages at year’s end";
    let pairs = |a: &str, b: &str| {
        let sources = vec![of_year(source(1, &[one]), a), of_year(source(2, &[other]), b)];
        assert!(sources[0].passages[0].record.document.period.is_some());
        beside(sources).claims.len()
    };
    assert_eq!((pairs("2021", "2021"), pairs("2021", "2022")), (1, 0));
}

#[test]
fn documents_far_apart_in_time_must_be_more_alike() {
    let one = "Guards often shut small village halls, fined singers and seized printed books today";
    let other =
        "Small village halls were shut while singers paid and printed leaflets burned slowly";
    let pairs = |a: &str, b: &str| {
        let sources = vec![of_year(source(1, &[one]), a), of_year(source(2, &[other]), b)];
        let found = beside(sources);
        found.claims.first().map(|claim| claim.likeness)
    };
    let near = pairs("2021", "2022").expect("a pair");
    assert!((0.38..0.48).contains(&near), "{near}");
    assert_eq!(pairs("2009", "2022"), None);
}

#[test]
fn what_two_editions_say_alike_is_each_beside_what_another_source_says() {
    let mut editions = of_year(source(1, &[BROKEN]), "2021");
    let retold =
        "Unknown men broke 12 graves in the Valley Cemetery of Borostyan while guards slept";
    let mut later = of_year(source(3, &[retold]), "2022");
    editions.searched.tally.documents = 2;
    editions.passages.append(&mut later.passages);
    let between = source(4, &["A choir of orphans sang in the burnt chapel of Hollowford again"]);
    let alike = source(5, &["A choir of orphans sang in the burnt chapel of Hollowford again"]);
    let found = beside(vec![editions, source(2, &[BROKEN]), between, alike]);
    // Pairs that share a sentence stand together, though one of them is less sure than another pair.
    let sources: Vec<[usize; 2]> =
        found.claims.iter().map(|claim| [claim.a.source, claim.b.source]).collect();
    assert_eq!((sources.len(), sources[0]), (3, sources[1]), "{sources:?}");
    assert!(found.claims[1].likeness < found.claims[2].likeness);
    let found = Comparison { claims: found.claims[..2].to_vec(), ..found };
    let years = found.claims.iter().map(|claim| {
        let [a, b] =
            [&claim.a, &claim.b].map(|at| &found.sources[at.source].source.passages[at.passage]);
        a.record.document.period.or(b.record.document.period).map(|period| period.to_string())
    });
    let mut years: Vec<Option<String>> = years.collect();
    years.sort();
    assert_eq!(years, [Some("2021".to_owned()), Some("2022".to_owned())]);
    // What one edition says and another source too is not said by its source alone.
    assert!(found.sources.iter().all(|source| source.only.is_empty()));
}

/// A source all of whose passages speak to an issue, and say the same on it.
fn on_issue(mut source: Source, issue: &str, polarity: Polarity) -> Source {
    for speaking in &mut source.passages {
        let evidence = vec![speaking.record.passage.passage.range];
        let issue = IssueId::new(issue).expect("the id of an issue");
        let kind = AnnotationKind::Issue { issue, polarity };
        speaking.record.passage.annotations.push(Annotation { kind, evidence });
    }
    source
}

#[test]
fn sentences_on_the_same_issue_need_fewer_words_in_common() {
    let one =
        "Guards shut village halls, fined singers, seized printed leaflets, counted lamps early";
    let other =
        "Printed leaflets burned while guards watched village halls, kept poems, sold bread dear";
    let pairs = |a: (&str, Polarity), b: (&str, Polarity)| {
        let [a, b] = [(1, one, a), (2, other, b)]
            .map(|(byte, text, (issue, says))| on_issue(source(byte, &[text]), issue, says));
        beside(vec![a, b]).claims
    };
    let bare = beside(vec![source(1, &[one]), source(2, &[other])]).claims;
    assert!(bare.is_empty(), "{bare:?}");
    let violated = ("literature-media", Polarity::Violation);
    let both = pairs(violated, violated);
    assert_eq!(both.len(), 1);
    assert_eq!(both[0].why.issues, ["literature-media"]);
    assert!(pairs(violated, ("literature-media", Polarity::Protection)).is_empty());
    assert!(pairs(violated, ("registration", Polarity::Violation)).is_empty());
}

#[test]
fn the_same_large_figure_brings_sentences_together_that_are_less_alike() {
    let one =
        "Guards held 1200 graves open while the ministry counted bones, lamps and candle stubs";
    let other = "Weeping families kept watch by 1200 graves that guards of the ministry held shut";
    let pairs = |other: &str| beside(vec![source(1, &[one]), source(2, &[other])]).claims;
    let found = pairs(other);
    assert!(found.iter().all(|claim| (0.30..0.38).contains(&claim.likeness)), "{found:?}");
    assert_eq!(found.len(), 1);
    assert!(pairs(&other.replace("1200", "1300")).is_empty());
}

#[test]
fn what_is_asked_for_is_set_beside_no_statement() {
    let said = "The police protect the graves of the Valley Cemetery of Borostyan every night";
    let asked = "Protect the graves of the Valley Cemetery of Borostyan every night by the police";
    let pairs = |a: &str, b: &str| beside(vec![source(1, &[a]), source(2, &[b])]).claims.len();
    assert_eq!((pairs(said, asked), pairs(said, said), pairs(asked, asked)), (0, 1, 1));
}

#[test]
fn passages_that_share_text_or_cite_one_name_are_one_origin() {
    let cites = "According to the Lantern Trust, two halls were shut";
    let cites_too = "According to Lantern Trust, a bell tower in the north was torn down";
    let found = beside(vec![source(1, &[cites, BROKEN, OTHER]), source(2, &[cites_too, BROKEN])]);
    let of = &found.independence;
    assert_eq!((of.passages, of.origins, of.groups.len()), (5, 3, 2));
    let shared = of.groups.iter().find(|group| group.shared_text).expect("one shares text");
    assert_eq!(shared.passages, [(0, 1), (1, 1)]);
    let citing = of.groups.iter().find(|group| !group.shared_text).expect("one cites");
    assert_eq!((citing.passages.len(), citing.cited.len()), (2, 1));
    assert!(citing.cited[0].contains("Lantern Trust"));
}

#[test]
fn a_silence_means_what_was_searched() {
    let searched = |words: u64, extent: Extent| Searched {
        tally: Tally { documents: 1, passages: 9, words },
        extents: BTreeMap::from([(extent, 1)]),
        ..Searched::default()
    };
    let cases = [
        (500, Extent::Summary, 0, Said::NotInSummary),
        (500, Extent::Excerpt, 0, Said::NotInExcerpt),
        (500, Extent::Full, 0, Said::NotMentioned),
        (500, Extent::Summary, 1, Said::Speaks),
        (50, Extent::Summary, 0, Said::TooShort),
        (50, Extent::Summary, 1, Said::Speaks),
        (0, Extent::Full, 0, Said::NoText),
    ];
    for (words, extent, passages, expected) in cases {
        assert_eq!(said(&searched(words, extent), passages), expected, "{words} {extent:?}");
    }
    let mut mixed = searched(500, Extent::Full);
    mixed.extents.insert(Extent::Summary, 1);
    assert_eq!(said(&mixed, 0), Said::NotMentioned);
}

#[test]
fn nothing_is_compared_with_nothing() {
    let found = beside(Vec::new());
    assert_eq!((found.speaking(), found.claims.len(), found.independence.origins), (0, 0, 0));
}

proptest::proptest! {
    #[test]
    fn the_order_of_the_sources_is_no_matter(
        texts in proptest::collection::vec(
            proptest::collection::vec("(Red |blue |Castle |old |12 |graves |No |of |kept ){3,9}end", 0..4),
            0..4,
        )
    ) {
        let made = || texts.iter().zip(1u8..).map(|(texts, byte)| {
            source(byte, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let forwards = beside(made().collect());
        let mut reversed: Vec<Source> = made().collect();
        reversed.reverse();
        let backwards = beside(reversed);
        proptest::prop_assert_eq!(&forwards, &backwards);
        for claim in &forwards.claims {
            proptest::prop_assert!(claim.a.source != claim.b.source);
            proptest::prop_assert!((0.0..=1.0 + 1e-9).contains(&claim.likeness));
        }
        // Every sentence on the topic is paired, set against another for its figures, or stands alone.
        type Sentences = std::collections::BTreeSet<SentenceAt>;
        let alone: Sentences =
            forwards.sources.iter().flat_map(|source| source.only.iter().copied()).collect();
        let paired: Sentences =
            forwards.claims.iter().flat_map(|claim| [claim.a, claim.b]).collect();
        let apart: Sentences =
            forwards.figures.iter().flat_map(|apart| [apart.a.0, apart.b.0]).collect();
        let all: usize = texts.iter().map(Vec::len).sum();
        proptest::prop_assert!(alone.is_disjoint(&paired));
        let either: Sentences = alone.union(&paired).copied().collect();
        proptest::prop_assert_eq!(either.union(&apart).count(), all);
        proptest::prop_assert!(forwards.independence.origins <= forwards.independence.passages);
    }
}
