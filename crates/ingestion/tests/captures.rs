//! When two captures are of one document and which of them answers, and that neither depends on the
//! order in which captures came.

use ingestion::captures::{Answer, Capture, Work, best, proposals};
use ingestion::profiles::Profiles;
use model::{
    ContentHash, Country, DocumentId, Evidence, Extent, Form, Metadata, Origin, PartialDate,
    Publisher,
};
use proptest::prelude::*;

fn known(series: &str, country: &str, period: &str) -> Metadata {
    let profiles = Profiles::built_in();
    let profile = profiles.find_series(series).expect("a series");
    let mut metadata = Metadata::of_capture(ContentHash([1; 32]));
    let user = || Evidence::new(Origin::User, "x", "stated");
    let publisher: Publisher = profiles.publisher(&profile.publisher);
    metadata.publisher.witness(publisher, user());
    let series = model::Series { id: profile.id.clone(), name: profile.name.clone() };
    metadata.series.witness(series, user());
    metadata.country.witness(Country::find(country).expect("known"), user());
    if let Ok(period) = period.parse() {
        metadata.period.witness(period, user());
    }
    metadata
}

fn titled(mut metadata: Metadata, title: &str) -> Metadata {
    metadata.title.witness(title.to_owned(), Evidence::new(Origin::Markup, title, "heading"));
    metadata
}

fn work(metadata: &Metadata) -> Option<Work> {
    Work::of(metadata, Profiles::built_in())
}

#[test]
fn next_year_another_series_and_another_country_are_other_documents() {
    let one = work(&known("us-state-irf", "China", "2021"));
    assert!(one.is_some());
    assert_eq!(work(&known("us-state-irf", "CN", "2021")), one);
    for other in [
        known("us-state-irf", "China", "2022"),
        known("us-state-hrr", "China", "2021"),
        known("us-state-crt", "China", "2021"),
        known("us-state-irf", "Chad", "2021"),
    ] {
        assert_ne!(work(&other), one);
    }
}

#[test]
fn what_is_unknown_or_many_in_a_year_is_never_merged() {
    assert_eq!(work(&known("us-state-irf", "China", "")), None);
    for many in ["forum-18-news", "uk-cpin", "un-srforb", "cia-world-factbook"] {
        assert_eq!(work(&known(many, "China", "2021")), None, "{many}");
    }
    let mut digest = known("us-state-irf", "China", "2021");
    digest.digest_of = Some(model::DigestOf {
        publisher: "x".into(),
        title: "x".into(),
        period: None,
        sha256: ContentHash([2; 32]),
    });
    assert_eq!(work(&digest), None);
}

#[test]
fn titles_that_say_more_keep_documents_apart_and_are_proposed() {
    let plain = known("us-state-irf", "China", "2021");
    let same = titled(plain.clone(), "2021 Report on International Religious Freedom: China");
    let part = titled(plain.clone(), "2021 Report on International Religious Freedom: China—Tibet");
    assert_eq!(work(&plain), work(&same));
    assert_ne!(work(&plain), work(&part));
    let ids = [1u8, 2, 3].map(|byte| ContentHash([byte; 32]).document_id());
    let works = [plain, same, part].map(|metadata| work(&metadata).expect("known"));
    let proposed = proposals(ids.iter().zip(&works));
    let mut all = ids.to_vec();
    all.sort();
    assert_eq!(proposed, [all]);
    assert!(proposals(ids[..2].iter().zip(&works)).is_empty());
    assert_ne!(works[0].key(), works[2].key());
}

#[test]
fn a_country_may_be_named_in_any_of_its_ways() {
    let plain = known("us-state-irf", "China", "2021");
    let title = "China (Includes Tibet, Hong Kong, and Macau)";
    assert_eq!(work(&plain), work(&titled(plain.clone(), title)));
    assert_ne!(work(&plain), work(&titled(plain.clone(), "China: Hong Kong")));
}

#[test]
fn an_addendum_is_another_document() {
    let report = known("un-upr", "China", "2009-02-02/2009-02-13");
    let mut addendum = report.clone();
    let symbol = "A/HRC/11/25/Add.1";
    addendum.edition.witness(symbol.into(), Evidence::new(Origin::Text, symbol, "its symbol"));
    assert_ne!(work(&report), work(&addendum));
}

fn capture(byte: u8) -> Capture {
    let id = ContentHash([byte; 32]).document_id();
    let (extent, form) = (Extent::Unknown, Form::Text);
    Capture { id, edition: None, extent, form, day: None, words: 100 }
}

#[test]
fn fuller_then_pages_then_newer_then_the_id() {
    let plain = capture(1);
    let newer = Capture { day: "2024-01-02".parse().ok(), ..capture(2) };
    let paged = Capture { form: Form::Pages, ..capture(3) };
    let full = Capture { extent: Extent::Full, ..capture(4) };
    let empty = Capture { extent: Extent::Full, form: Form::Pages, words: 0, ..capture(5) };
    let all = [empty, plain, newer, paged, full];
    let id = |byte: u8| ContentHash([byte; 32]).document_id();
    let expected = Answer { by: id(4), others: [3, 2, 1, 5].map(id).to_vec() };
    assert_eq!(best(&all), [expected]);
    assert_eq!(best(&[capture(8), capture(7)])[0].by, id(7));
    assert_eq!(best(&[]), []);
}

#[test]
fn different_editions_are_different_documents() {
    let first = Capture { edition: Some("A/HRC/12/6".into()), ..capture(1) };
    let second = Capture { edition: Some("A/HRC/12/7".into()), ..capture(2) };
    let silent = capture(3);
    assert_eq!(best(&[first.clone(), silent.clone()]).len(), 1);
    assert_eq!(best(&[first, second, silent]).len(), 3);
}

fn any_capture() -> impl Strategy<Value = Capture> {
    let day = prop_oneof![Just(None), (2000i16..2003).prop_map(PartialDate::year)];
    let edition = prop_oneof![3 => Just(None), 1 => "[ab]".prop_map(Some)];
    (any::<u8>(), edition, 0usize..4, 0usize..3, day, 0u64..2).prop_map(
        |(byte, edition, extent, form, day, words)| Capture {
            edition,
            extent: Extent::ALL[extent],
            form: [Form::Pages, Form::Structure, Form::Text][form],
            day,
            words,
            ..capture(byte)
        },
    )
}

proptest! {
    #[test]
    fn the_answer_does_not_depend_on_the_order(
        captures in proptest::collection::btree_map(any::<u8>(), any_capture(), 0..8),
        turn: usize,
    ) {
        // Ids are hashes of bytes, so no two captures share one.
        let captures: Vec<Capture> = captures
            .into_iter()
            .map(|(byte, capture)| Capture { id: ContentHash([byte; 32]).document_id(), ..capture })
            .collect();
        let answers = best(&captures);
        let mut turned = captures.clone();
        turned.rotate_left(turn % captures.len().max(1));
        prop_assert_eq!(&best(&turned), &answers);
        turned.reverse();
        prop_assert_eq!(&best(&turned), &answers);
        let mut named: Vec<DocumentId> =
            answers.into_iter().flat_map(|a| [vec![a.by], a.others].concat()).collect();
        named.sort();
        let mut all: Vec<DocumentId> = captures.into_iter().map(|capture| capture.id).collect();
        all.sort();
        prop_assert_eq!(named, all, "every capture is of one document");
    }

    #[test]
    fn taking_away_a_capture_that_does_not_answer_changes_no_answer(
        mut captures in proptest::collection::vec(any_capture(), 2..8),
    ) {
        for (byte, capture) in (0u8..).zip(&mut captures) {
            capture.id = ContentHash([byte; 32]).document_id();
            capture.edition = None;
        }
        let answer = best(&captures).remove(0);
        let gone = answer.others.last().expect("there are two").clone();
        captures.retain(|capture| capture.id != gone);
        prop_assert_eq!(&best(&captures)[0].by, &answer.by);
    }
}
