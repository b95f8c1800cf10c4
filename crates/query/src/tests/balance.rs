//! One source's words and another's: who is heard.

use model::Codebook;

use super::*;

/// Thirty passages of one source in the words of the query, and six of two others in their own.
fn reports() -> (TempDir, Index) {
    let loud: Vec<String> =
        (0..30).map(|at| format!("Persecution of converts goes on, case {at} of many")).collect();
    let loud: Vec<&str> = loud.iter().map(String::as_str).collect();
    index(&[
        report("doors-wwl", "KZ", Some("2021"), &loud),
        report("doors-wwl", "PE", Some("2021"), &["Apostates were harassed, it is said"]),
        report(
            "state-irf",
            "TD",
            Some("2021"),
            &[
                "Apostates were harassed by neighbours",
                "Apostasy led to harassment of a family in the south",
                "Apostasy remained a crime",
                "The government said harassment of an apostate was rare there",
            ],
        ),
        report("uscirf-ar", "CN", Some("2021"), &["Officials harassed those accused of apostasy"]),
    ])
}

fn asked(words: &str) -> SearchRequest {
    let codebook = Codebook::from_toml(
        "format_version = 1\n\
         [[issue]]\nid = \"conversion\"\nname = \"C\"\ndefinition = \"D\"\nseeds = [\"convert~\"]\n\
         vocabulary = [\"convert~\", \"apostas*\", \"apostate~\"]\n\
         [[issue]]\nid = \"harassment\"\nname = \"H\"\ndefinition = \"D\"\nseeds = [\"harass*\"]\n\
         vocabulary = [\"persecut*\", \"harass*\"]\n",
    );
    let mut request = SearchRequest::new(parse(words).query);
    request.added = bridge(&request.query, &codebook.expect("a codebook").vocabularies());
    // In so small a library the words added are rare; as in a large one, they shall not come first.
    request.added.iter_mut().for_each(|added| added.weight = 0.01);
    request.limit = 20;
    request
}

/// The place and the source of each hit that is lifted.
fn lifted(result: &SearchResult) -> Vec<(usize, String)> {
    let lifted = result.hits.iter().filter(|hit| hit.lifted);
    let series = |hit: &Hit| hit.record.document.series.as_ref().map(|series| series.id.clone());
    lifted.map(|hit| (hit.rank, series(hit).unwrap_or_default())).collect()
}

#[test]
fn every_third_place_goes_to_another_source_that_says_it_otherwise() {
    let (_dir, index) = reports();
    let result = search(&index, &asked("persecution of converts")).expect("an answer");
    let voice = OneVoice { source: "DOORS-WWL".into(), hits: 20, of: 20 };
    assert_eq!(result.voice, Some(voice));
    let mut found = lifted(&result);
    assert_eq!(found.iter().map(|(rank, _)| *rank).collect::<Vec<_>>(), [3, 6, 9, 12]);
    found.sort_by(|a, b| a.1.cmp(&b.1));
    let of: Vec<&str> = found.iter().map(|(_, source)| source.as_str()).collect();
    assert_eq!(of, ["state-irf", "state-irf", "state-irf", "uscirf-ar"]);
    for hit in result.hits.iter().filter(|hit| hit.lifted) {
        let text = hit.record.passage.passage.text.to_lowercase();
        assert!(!text.contains("convert") && !text.contains("persecut"), "{text}");
        assert!(hit.highlights.is_empty() && hit.added.len() >= 2, "{text}: both words, otherwise");
    }
    assert_eq!((result.total, result.own), (36, 30));
}

#[test]
fn scores_alone_order_a_list_where_that_is_asked_for_or_nothing_was_added() {
    let (_dir, index) = reports();
    let mut by_score = asked("persecution of converts");
    by_score.ranking.balance = Balance::ByScore;
    let mut as_written = asked("persecution of converts");
    as_written.added.clear();
    let quota = Listing { per_source: std::num::NonZeroUsize::new(9), ..Listing::default() };
    let newest = Listing { sort: Sort::Newest, ..Listing::default() };
    let with = |listing| SearchRequest { listing, ..asked("persecution of converts") };
    for request in [by_score, as_written, with(quota), with(newest)] {
        let result = search(&index, &request).expect("an answer");
        assert_eq!((result.voice.as_ref(), lifted(&result)), (None, Vec::new()), "{request:?}");
    }
}

#[test]
fn a_word_that_nothing_stands_for_lifts_nothing() {
    let (_dir, index) = reports();
    // The last says one thing only.
    for words in
        ["persecution of converts goes", "converts", "persecution of converts -family +many"]
    {
        let result = search(&index, &asked(words)).expect("an answer");
        assert_eq!((result.voice.as_ref(), lifted(&result)), (None, Vec::new()), "{words}");
    }
}

#[test]
fn what_a_query_rules_out_is_not_lifted() {
    let (_dir, index) = reports();
    let mut request = asked("persecution converts -neighbours");
    request.filters = Filters::default().without(Field::Country, "CN");
    let result = search(&index, &request).expect("an answer");
    assert_eq!(lifted(&result).len(), 2);
}

#[test]
fn sources_that_are_all_heard_stay_where_they_are() {
    let texts = ["Persecution of converts here", "Persecution of converts there"];
    let (_dir, index) = index(&[
        report("doors-wwl", "KZ", None, &texts),
        report("uscirf-ar", "CN", None, &texts),
        report("state-irf", "TD", None, &["Apostates were harassed"]),
    ]);
    let result = search(&index, &asked("persecution of converts")).expect("an answer");
    assert_eq!((result.total, result.voice), (5, None));
}
