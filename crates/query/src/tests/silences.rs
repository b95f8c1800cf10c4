//! What a silence means, and which words tell most about a passage.

use std::collections::BTreeSet;

use super::*;

fn silent(query: &str, filters: Filters) -> Silence {
    let (_dir, index) = super::index(&[
        report("us-state-irf", "KZ", Some("2022"), &["Uighurs and the Uighur language", "mosque"]),
        report("us-state-irf", "CN", Some("2021"), &["the Uyghur region"]),
        report("open-doors-wwl", "CN", Some("2022"), &["churches"]),
    ]);
    let documents = index.held().expect("documents");
    let all = BTreeSet::from(["us-state-irf".to_owned()]);
    super::super::silence(&index, &documents, &all, &parse(query).query, &filters).expect("read")
}

#[test]
fn words_that_stand_nowhere_are_named_with_those_that_do() {
    let silence = silent("uygurh mosque zebra", Filters::default());
    let absent: Vec<&str> = silence.absent.iter().map(|absent| absent.word.as_str()).collect();
    assert_eq!(absent, ["uygurh", "zebra"]);
    assert_eq!(silence.absent[0].near[0], ("uyghur".to_owned(), 1));
    assert_eq!(silence.absent[1].near, []);
    assert_eq!(silence.searched.tally.documents, 3);
    assert_eq!(silence.by_source.len(), 2);
    assert_eq!(silence.missing, []);
}

#[test]
fn an_edition_that_is_not_held_is_missing() {
    let filters = Filters { period: "2022".parse().ok(), ..Filters::default() };
    let filters = filters.with(Field::Country, "CN").with(Field::Series, "us-state-irf");
    let silence = silent("uyghur", filters);
    assert_eq!(silence.searched.tally.documents, 0);
    assert_eq!(silence.absent, []);
    let missing = &silence.missing[0];
    assert_eq!((missing.country.code(), silence.missing.len()), ("CN", 1));
    assert_eq!(missing.period, "2022".parse().ok());
}

#[test]
fn the_telling_words_of_a_passage_find_it_and_its_like() {
    let (_dir, index) = kazakhstan();
    let found = ask(&index, "\"death of a believer\"", |_| {});
    let record = &found.hits[0].record;
    let query = similar(&index, record).expect("words");
    let written = query.to_string();
    assert!(written.contains("uzbekistan") && !written.contains("were"), "{written}");
    let mut request = SearchRequest::new(query);
    request.listing.unlike = Some(record.passage.passage.id.clone());
    let result = search(&index, &request).expect("an answer");
    assert_eq!(result.left_out, 1);
    assert!(result.hits[0].record.passage.passage.text.contains("non-violent believers"));
}
