//! Lists made of matches: in which order they stand, what is folded, how many of a source there are,
//! how matches are counted.

use std::num::NonZeroUsize;

use super::*;

const LONG: &str = "the mosque in the old town was closed by the police after a complaint of \
    neighbours in the spring of that year and no reason was given to the community";

/// Four reports that say nearly the same and other things, of three sources.
fn reports() -> (TempDir, Index) {
    let later = LONG.replace("spring", "autumn");
    let reports = [
        report("state-irf", "KZ", Some("2021"), &[LONG, "a mosque was opened", "temples"]),
        report("state-irf", "CN", Some("2022"), &[&later, "one more mosque and mosque"]),
        report("state-crt", "PE", None, &["mosque mosque", "mosque of the south"]),
        report("doors-wwl", "KZ", Some("2020-10/2021-09"), &["mosque by mosque by mosque"]),
    ];
    super::index(&reports)
}

fn asked(words: &str) -> SearchRequest {
    SearchRequest { limit: 20, ..SearchRequest::new(parse(words).query) }
}

fn ids(result: &SearchResult) -> Vec<String> {
    result.hits.iter().map(|hit| hit.record.passage.passage.id.to_string()).collect()
}

fn countries(result: &SearchResult) -> Vec<&'static str> {
    let country = |hit: &Hit| hit.record.document.country.map_or("", |country| country.code());
    result.hits.iter().map(country).collect()
}

#[test]
fn matches_are_counted_by_what_they_are() {
    let (_dir, index) = reports();
    let facets = vec![Field::Country, Field::Series, Field::PeriodStart, Field::Issue];
    let result = search(&index, &SearchRequest { facets, limit: 1, ..asked("mosque") });
    let result = result.expect("an answer");
    assert_eq!((result.total, result.hits.len()), (7, 1));
    let shown = |at: usize| -> Vec<(&str, usize)> {
        result.facets[at].values.iter().map(|(value, count)| (value.as_str(), *count)).collect()
    };
    assert_eq!(shown(0), [("KZ", 3), ("CN", 2), ("PE", 2)]);
    assert_eq!(shown(1), [("state-irf", 4), ("state-crt", 2), ("doors-wwl", 1)]);
    // A period of two years counts for both, and two matches have none.
    assert_eq!(shown(2), [("2022", 2), ("2021", 3), ("2020", 1)]);
    assert_eq!(result.facets[2].without, 2);
    assert_eq!((shown(3), result.facets[3].without), (Vec::new(), 7));
}

#[test]
fn a_list_is_in_the_order_asked_for_and_what_lacks_it_comes_last() {
    let (_dir, index) = reports();
    let sorted = |sort: Sort| {
        let listing = Listing { sort, ..Listing::default() };
        search(&index, &SearchRequest { listing, ..asked("mosque") }).expect("an answer")
    };
    assert_eq!(countries(&sorted(Sort::Newest)), ["CN", "CN", "KZ", "KZ", "KZ", "PE", "PE"]);
    assert_eq!(countries(&sorted(Sort::Oldest))[..3], ["KZ", "KZ", "KZ"]);
    assert_eq!(countries(&sorted(Sort::Country)), ["CN", "CN", "KZ", "KZ", "KZ", "PE", "PE"]);
    assert_eq!(sorted(Sort::Newest).unsorted, 2);
    assert_eq!(sorted(Sort::Country).unsorted, 0);
    let newest = sorted(Sort::Newest);
    let scores: Vec<f32> = newest.hits[..2].iter().filter_map(|hit| hit.score).collect();
    assert!(scores[0] > scores[1], "{scores:?}");
}

#[test]
fn what_is_nearly_the_same_stands_under_the_better_match() {
    let (_dir, index) = reports();
    let listing = Listing { folding: Folding::NearlyTheSame, ..Listing::default() };
    let request = SearchRequest { listing, ..asked("mosque") };
    let result = search(&index, &request).expect("an answer");
    assert_eq!((result.total, result.hits.len()), (7, 6));
    let folded: Vec<&Hit> = result.hits.iter().filter(|hit| !hit.folded.is_empty()).collect();
    assert_eq!(folded.len(), 1);
    assert_eq!(folded[0].folded.len(), 1);
    assert_ne!(folded[0].folded[0].document.country, folded[0].record.document.country);
}

#[test]
fn no_more_than_so_many_are_listed_of_a_source() {
    let (_dir, index) = reports();
    let listing = Listing { per_source: NonZeroUsize::new(1), ..Listing::default() };
    let result = search(&index, &SearchRequest { listing, ..asked("mosque") }).expect("an answer");
    let mut series: Vec<String> = result
        .hits
        .iter()
        .filter_map(|hit| Some(hit.record.document.series.as_ref()?.id.clone()))
        .collect();
    series.sort();
    assert_eq!(series, ["doors-wwl", "state-crt", "state-irf"]);
    assert_eq!(result.total, 7);
}

#[test]
fn documents_are_listed_by_their_best_match() {
    let (_dir, index) = reports();
    let listing = Listing { unit: Unit::Documents, ..Listing::default() };
    let result = search(&index, &SearchRequest { listing, ..asked("mosque") }).expect("an answer");
    assert_eq!((result.total, result.documents, result.hits.len()), (7, Some(4), 4));
    let mut sizes: Vec<Option<usize>> = result.hits.iter().map(|hit| hit.in_document).collect();
    sizes.sort();
    assert_eq!(sizes, [Some(1), Some(2), Some(2), Some(2)]);
    let best = search(&index, &asked("mosque")).expect("an answer");
    assert_eq!(ids(&result)[0], ids(&best)[0]);
}

#[test]
fn a_passage_and_its_likes_are_left_out() {
    let (_dir, index) = reports();
    let all = search(&index, &asked("spring autumn neighbours")).expect("an answer");
    let unlike = Some(all.hits[0].record.passage.passage.id.clone());
    let listing = Listing { unlike, ..Listing::default() };
    let request = SearchRequest { listing, ..asked("spring autumn neighbours opened") };
    let result = search(&index, &request).expect("an answer");
    assert_eq!((result.total, result.left_out), (3, 2));
    assert_eq!(result.hits[0].record.passage.passage.text, "a mosque was opened");
}

fn any_listing() -> impl Strategy<Value = Listing> {
    let sorts = [Sort::Relevance, Sort::Newest, Sort::Oldest, Sort::Country];
    let foldings = [Folding::None, Folding::NearlyTheSame];
    let units = [Unit::Passages, Unit::Documents];
    (
        proptest::sample::select(sorts.to_vec()),
        proptest::sample::select(foldings.to_vec()),
        proptest::sample::select(units.to_vec()),
        proptest::option::of(1usize..4),
    )
        .prop_map(|(sort, folding, unit, quota)| Listing {
            unit,
            sort,
            folding,
            per_source: quota.and_then(NonZeroUsize::new),
            unlike: None,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    /// Whatever the list, its pages are parts of one list, and every match is counted once.
    #[test]
    fn pages_fit_together(
        listing in any_listing(), size in 1usize..5,
        texts in proptest::collection::vec("(mosque |old |town |closed |by |police ){4,9}", 1..24),
        quota_free: bool, other_words: bool,
    ) {
        let listing = match quota_free {
            true => Listing { per_source: None, ..listing },
            false => listing,
        };
        let sources = ["state-irf", "state-crt", "doors-wwl"];
        let periods = [Some("2021"), None, Some("2022")];
        let reports: Vec<Report> = texts
            .chunks(3)
            .enumerate()
            .map(|(at, texts)| Report {
                series: sources[at % 5 % 3],
                country: ["KZ", "CN", "PE", "TD"][at % 4],
                period: periods[at / 2 % 3],
                texts: texts.to_vec(),
            })
            .collect();
        let (_dir, index) = super::index(&reports);
        let mut of_words = asked("mosque police");
        for (words, instead_of) in [("town", "mosque"), ("closed", "police"), ("by", "police")] {
            of_words.added.extend(other_words.then(|| Added {
                written: words.into(),
                words: AddedWords::Words(words.into()),
                weight: 0.1,
                because: Because::Feedback,
                instead_of: vec![instead_of.into()],
            }));
        }
        let request = |offset, limit| {
            SearchRequest { listing: listing.clone(), offset, limit, ..of_words.clone() }
        };
        let whole = search(&index, &request(0, 100)).expect("an answer");
        let mut pages = Vec::new();
        for page in 0..=whole.hits.len() / size {
            pages.extend(search(&index, &request(page * size, size)).expect("an answer").hits);
        }
        prop_assert_eq!(&pages, &whole.hits);
        if listing.per_source.is_none() && listing.unit == Unit::Passages {
            let folded: usize = whole.hits.iter().map(|hit| hit.folded.len()).sum();
            prop_assert_eq!(whole.hits.len() + folded, whole.total);
        }
    }
}
