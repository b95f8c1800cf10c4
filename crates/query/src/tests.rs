//! Searching small libraries: every test reads as a question and its answer.

use std::collections::BTreeSet;
use std::path::Path;

use indexing::{Counts, Coverage, Index, Writer, WriterSettings};
use model::{
    AnnotatedPassage, Captures, ContentHash, Country, DocumentId, DocumentRecord, Evidence, Field,
    IndexRecord, Locator, Metadata, Origin, Passage, PassageId, PassagePosition, Publisher,
    RecordKind, Role, Series, Settled, TextRange,
};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::*;

/// A document of a small library: publisher and series, country, period, and its passages; those
/// that begin with `#` are set aside.
struct Report {
    series: &'static str,
    country: &'static str,
    period: Option<&'static str>,
    texts: Vec<String>,
}

fn report(
    series: &'static str,
    country: &'static str,
    period: Option<&'static str>,
    texts: &[&str],
) -> Report {
    Report { series, country, period, texts: texts.iter().map(|t| (*t).to_owned()).collect() }
}

impl Report {
    fn records(&self, seed: u8) -> (DocumentRecord, Vec<IndexRecord>) {
        let sha256 = ContentHash([seed; 32]);
        let id = sha256.document_id();
        let says = |value: &str| Evidence::new(Origin::Text, value, "it says so");
        let mut metadata = Metadata::of_capture(sha256);
        let publisher =
            self.series.rsplit_once('-').map_or(self.series, |(publisher, _)| publisher);
        let publisher = Publisher { id: publisher.into(), name: publisher.to_uppercase() };
        metadata.publisher.witness(publisher, says(self.series));
        let series = Series { id: self.series.into(), name: self.series.to_uppercase() };
        metadata.series.witness(series, says(self.series));
        metadata.country.witness(Country::find(self.country).expect("known"), says(self.country));
        if let Some(period) = self.period {
            metadata.period.witness(period.parse().expect("a period"), says(period));
        }
        let summary = metadata.summary(&id);
        let records: Vec<IndexRecord> = self
            .texts
            .iter()
            .enumerate()
            .map(|(at, text)| {
                let number = at as u32 + 1;
                let (kind, role, position) = match text.strip_prefix('#') {
                    Some(_) => {
                        let position = PassagePosition::Block { block: number, piece: 0 };
                        (RecordKind::SetAside, Role::Chrome, position)
                    }
                    None => {
                        let position = PassagePosition::Paragraph { paragraph: number, piece: 0 };
                        (RecordKind::Passage, Role::Body, position)
                    }
                };
                let passage = Passage {
                    id: PassageId::new(id.clone(), position),
                    role,
                    range: TextRange::new(at * 1000, at * 1000 + text.len()),
                    text: text.clone(),
                    sentences: Vec::new(),
                    locator: Locator::default(),
                };
                let passage = AnnotatedPassage { passage, annotations: Vec::new() };
                IndexRecord { kind, document: summary.clone().into(), passage }
            })
            .collect();
        let passages = records.iter().filter(|r| r.kind == RecordKind::Passage);
        let words =
            passages.clone().map(|r| r.passage.passage.text.split(' ').count() as u64).sum();
        let passages = passages.count() as u32;
        let set_aside = records.len() as u32 - passages;
        let document = DocumentRecord {
            id,
            metadata,
            passages,
            words,
            set_aside,
            set_aside_by: Vec::new(),
            warnings: Vec::new(),
            chapters: Vec::new(),
            folded: Vec::new(),
            settled: Settled::default(),
        };
        (document, records)
    }
}

fn coverage() -> Coverage {
    Coverage {
        corpus: Vec::new(),
        publishers_digest: ContentHash([0; 32]),
        unread: Vec::new(),
        begun: Vec::new(),
        corrections: Default::default(),
        codebook: ContentHash([0; 32]),
    }
}

fn writer(dir: &Path, threads: usize) -> Writer {
    Writer::open(dir, WriterSettings { threads, heap_bytes: 0 }).expect("a writer")
}

fn index(reports: &[Report]) -> (TempDir, Index) {
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = writer(dir.path(), 1);
    for (seed, report) in (1..).zip(reports) {
        let (document, records) = report.records(seed);
        writer.replace(&document, &records).expect("indexed");
    }
    writer.commit(&coverage()).expect("committed");
    let index = Index::open(dir.path()).expect("an index");
    (dir, index)
}

fn kazakhstan() -> (TempDir, Index) {
    index(&[
        report(
            "open-doors-wwl",
            "KZ",
            None,
            &[
                "#Watch the countdown: 10 Seconds left for a year-end gift",
                "Converts from Islam face pressure from family and neighbours.",
                "The law requires religious groups to register; some groups were denied.",
                "Kazakhstan’s President spoke of religious extremism.",
            ],
        ),
        report(
            "us-state-crt",
            "KZ",
            Some("2021"),
            &[
                "#Secure .gov websites use HTTPS",
                "Overview: Kazakhstan applied its laws on terrorism and extremism broadly.",
                "The government fined non-violent believers. A death sentence was not imposed.",
                "#The Lessons of 1989",
            ],
        ),
        report(
            "us-state-irf",
            "UZ",
            Some("2020-10/2021-09"),
            &["Converts were fined in Uzbekistan; the death of a believer and his sentence."],
        ),
    ])
}

fn ask(index: &Index, text: &str, change: impl FnOnce(&mut SearchRequest)) -> SearchResult {
    let mut request = SearchRequest::new(parse(text).query);
    change(&mut request);
    search(index, &request).expect("an answer")
}

/// The beginnings of the hits' texts, with their marks.
fn found(result: &SearchResult) -> Vec<String> {
    let marked = result.hits.iter().map(|hit| {
        let mut text = hit.record.passage.passage.text.clone();
        for range in hit.highlights.iter().rev() {
            text.insert(range.end, ']');
            text.insert(range.start, '[');
        }
        text.split(' ').take(4).collect::<Vec<_>>().join(" ")
    });
    marked.collect()
}

#[test]
fn words_are_ranked_by_best_match() {
    let (_dir, index) = kazakhstan();
    let result = ask(&index, "converts from Islam", |_| {});
    assert_eq!(found(&result), ["[Converts] from [Islam] face", "[Converts] were fined in"]);
    assert_eq!((result.total, result.hits[0].rank, result.hits[1].rank), (2, 1, 2));
    assert!(result.hits[0].score > result.hits[1].score);
    let result = ask(&index, "terrorism laws applied broadly", |_| {});
    assert_eq!(found(&result)[0], "Overview: Kazakhstan [applied] its");
    assert_eq!(result.total, 2);
}

#[test]
fn phrases_needs_and_exclusions_hold() {
    let (_dir, index) = kazakhstan();
    let total = |query| ask(&index, query, |_| {}).total;
    assert_eq!(total("death sentence"), 2);
    assert_eq!(total("\"death sentence\""), 1);
    assert_eq!(total("\"death sentences\""), 0, "a phrase is exact");
    assert_eq!(total("non-violent"), 1);
    assert_eq!(total("violent-non"), 0);
    assert_eq!(total("converts fined -Uzbekistan"), 2);
    assert_eq!(total("+converts fined"), 2);
    assert_eq!(total("+converts +fined"), 1);
    assert_eq!(total("+absent converts"), 0);
    assert_eq!(total("kazakhstan"), 2, "possessives are found");
    assert_eq!(total("absent"), 0);
    assert_eq!(total("the of and"), 6, "stop words are words");
}

#[test]
fn exclusions_alone_find_the_rest_in_reading_order() {
    let (_dir, index) = kazakhstan();
    let result = ask(&index, "-converts", |_| {});
    assert_eq!(result.total, 4);
    assert!(result.hits.iter().all(|hit| hit.score.is_none() && hit.highlights.is_empty()));
    let places: Vec<_> = result.hits.iter().map(|hit| &hit.record.passage.passage).collect();
    assert!(places.is_sorted_by_key(|p| (p.id.document.clone(), p.range.start)));
    assert_eq!(ask(&index, "-absent", |r| r.scope = Scope::WithSetAside).total, 9);
    assert_eq!(ask(&index, "", |_| {}).total, 0);
    assert_eq!(ask(&index, "+law -law", |_| {}).total, 0);
}

#[test]
fn what_is_set_aside_is_found_only_when_asked_for() {
    let (_dir, index) = kazakhstan();
    for query in [
        "\"Secure .gov websites use HTTPS\"",
        "\"year-end gift\"",
        "Seconds",
        "\"The Lessons of 1989\"",
    ] {
        assert_eq!(ask(&index, query, |_| {}).total, 0, "{query}");
        let result = ask(&index, query, |request| request.scope = Scope::WithSetAside);
        assert_eq!(result.total, 1, "{query}");
        assert_eq!(result.hits[0].record.kind, RecordKind::SetAside);
        assert!(!result.hits[0].highlights.is_empty());
    }
    let scores = |scope| -> Vec<f32> {
        let result = ask(&index, "converts of the government", |request| request.scope = scope);
        let passages = result.hits.into_iter().filter(|h| h.record.kind == RecordKind::Passage);
        passages.filter_map(|hit| hit.score).collect()
    };
    assert_eq!(scores(Scope::Passages), scores(Scope::WithSetAside));
}

/// Makes a document with its records a capture for which another answers.
fn other_capture(
    answering: &DocumentId,
    document: &mut DocumentRecord,
    records: &mut [IndexRecord],
) {
    let others = vec![document.id.clone()];
    document.settled.verdict.captures = Some(Captures { answering: answering.clone(), others });
    for record in records {
        record.document = document.summary().into();
        record.kind = match record.kind.is_passage() {
            true => RecordKind::of_passage(&record.document),
            false => RecordKind::of_set_aside(&record.document),
        };
    }
}

#[test]
fn a_capture_that_does_not_answer_is_reached_when_asked_for_and_changes_no_score() {
    let texts = ["Converts were fined.", "The law was amended.", "#Share this page"];
    let (one, two) = (report("us-irf", "KZ", Some("2021"), &texts), ["Converts fined twice."]);
    let (_alone, before) = index(std::slice::from_ref(&one));
    let dir = tempfile::tempdir().expect("a directory");
    let mut writer = writer(dir.path(), 1);
    let (document, records) = one.records(1);
    writer.replace(&document, &records).expect("indexed");
    let answering = document.id;
    let [second, third] = [2, 3].map(|seed| {
        let texts = if seed == 2 { &texts[..] } else { &two[..] };
        let (mut document, mut records) = report("us-irf", "KZ", Some("2021"), texts).records(seed);
        other_capture(&answering, &mut document, &mut records);
        writer.replace(&document, &records).expect("indexed");
        document.id
    });
    writer.commit(&coverage()).expect("committed");
    let index = Index::open(dir.path()).expect("an index");

    for query in ["converts", "fined converts law", "\"were fined\"", "-absent", "share page"] {
        for scope in [Scope::Passages, Scope::WithSetAside] {
            let alone = ask(&before, query, |request| request.scope = scope);
            assert_eq!(ask(&index, query, |request| request.scope = scope), alone, "{query}");
        }
    }
    let found = |query: &str, scope, captures: &CaptureChoice| -> Vec<DocumentId> {
        let result = ask(&index, query, |request| {
            request.scope = scope;
            request.filters.captures = captures.clone();
        });
        let mut ids: Vec<_> =
            result.hits.into_iter().map(|hit| hit.record.document.id.clone()).collect();
        ids.sort();
        ids
    };
    let all = |ids: &[&DocumentId]| -> Vec<DocumentId> {
        let mut ids: Vec<DocumentId> = ids.iter().map(|id| (*id).clone()).collect();
        ids.sort();
        ids
    };
    let only = |id: &DocumentId| CaptureChoice::Only(vec![id.clone()]);
    let everywhere = all(&[&answering, &second, &third]);
    assert_eq!(found("converts", Scope::Passages, &CaptureChoice::All), everywhere);
    assert_eq!(found("converts", Scope::Passages, &only(&third)), all(&[&third]));
    assert_eq!(found("converts", Scope::Passages, &only(&answering)), all(&[&answering]));
    assert_eq!(found("share", Scope::Passages, &CaptureChoice::All), []);
    assert_eq!(found("share", Scope::WithSetAside, &only(&second)), all(&[&second]));
    let both = CaptureChoice::Only(vec![second.clone(), third.clone()]);
    assert_eq!(found("-absent", Scope::Passages, &both), all(&[&second, &second, &third]));

    let documents = index.documents().expect("read");
    let overview = overview(&documents);
    assert_eq!((overview.total.documents, overview.other_captures), (1, 2));
    let searched = within(&documents, &Filters::default());
    assert_eq!(searched.tally, overview.total);
    let rows = index.held().expect("read");
    assert_eq!(within(&rows, &Filters::default()), searched);
    let everything = coverage::coverage(&documents, &BTreeSet::new(), &Filters::default());
    assert_eq!(coverage::coverage(&rows, &BTreeSet::new(), &Filters::default()), everything);
}

#[test]
fn filters_restrict_and_do_not_change_scores() {
    let (_dir, index) = kazakhstan();
    let in_country = |code| Filters::default().with(Field::Country, code);
    let plain = ask(&index, "converts fined", |_| {});
    let uzbek = ask(&index, "converts fined", |r| r.filters = in_country("UZ"));
    assert_eq!((plain.total, uzbek.total), (3, 1));
    assert_eq!(uzbek.hits[0].score, plain.hits[0].score);
    assert_eq!(uzbek.hits[0].record, plain.hits[0].record);
    let both = in_country("UZ").with(Field::Country, "KZ");
    assert_eq!(ask(&index, "converts", |r| r.filters = both).total, 2);
    let narrow = |request: &mut SearchRequest| {
        request.filters = in_country("KZ")
            .with(Field::Series, "us-state-crt")
            .with(Field::Series, "us-state-irf");
    };
    assert_eq!(ask(&index, "fined", narrow).total, 1);
    let publisher =
        |r: &mut SearchRequest| r.filters = Filters::default().with(Field::Publisher, "us-state");
    assert_eq!(ask(&index, "fined", publisher).total, 2);
    assert_eq!(ask(&index, "-absent", publisher).total, 3);
    let elsewhere = ask(&index, "converts fined", |r| {
        r.filters = Filters::default().without(Field::Country, "UZ")
    });
    assert_eq!(
        (elsewhere.total, elsewhere.hits[0].score),
        (2, plain.hits.iter().find(|h| h.record == elsewhere.hits[0].record).and_then(|h| h.score))
    );
}

#[test]
fn a_period_leaves_out_what_is_of_unknown_period_and_counts_it() {
    let (_dir, index) = kazakhstan();
    let in_period = |query, period: &str| {
        let period = period.parse().expect("a range of time");
        let result = ask(&index, query, |request| request.filters.period = Some(period));
        (result.total, result.unknown_period)
    };
    assert_eq!(in_period("converts", "2021"), (1, 1));
    assert_eq!(in_period("converts", "2020"), (1, 1));
    assert_eq!(in_period("extremism", "2020"), (0, 1));
    assert_eq!(in_period("extremism", "2019..2023"), (1, 1));
    assert_eq!(in_period("extremism", "..2020"), (0, 1));
    assert_eq!(in_period("extremism", "2021-12-31.."), (1, 1));
    assert_eq!(in_period("extremism", "2022.."), (0, 1));
    assert_eq!(in_period("terrorism", "2021"), (1, 0));
    assert_eq!(in_period("absent", "2021"), (0, 0));
}

#[test]
fn pages_of_an_answer_fit_together() {
    let texts: Vec<String> = (0..50).map(|n| format!("law {}", "word ".repeat(n % 7))).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let (_dir, index) =
        index(&[report("a-b", "KZ", None, &texts), report("a-c", "UZ", None, &texts)]);
    let page = |offset, limit| {
        ask(&index, "law word", |request| (request.offset, request.limit) = (offset, limit))
    };
    let all = page(0, 1000);
    assert_eq!((all.total, all.hits.len()), (100, 100));
    assert!(all.hits.is_sorted_by(|a, b| a.score >= b.score));
    for offset in [0, 3, 95, 100, usize::MAX] {
        let some = page(offset, 7);
        let from = offset.min(100);
        assert_eq!(some.hits, all.hits[from..(from + 7).min(100)]);
        assert_eq!(some.total, 100);
    }
    assert_eq!(page(0, 0).total, 100);
    for (at, hit) in all.hits.iter().enumerate() {
        assert_eq!(hit.rank, at + 1);
    }
}

#[test]
fn a_passage_stands_among_its_neighbours() {
    let (_dir, index) = kazakhstan();
    let hit = ask(&index, "\"death sentence\"", |_| {}).hits.remove(0);
    let id = &hit.record.passage.passage.id;
    let around = neighbours(&index, id, 1).expect("read").expect("held");
    assert_eq!(around.record, hit.record);
    assert_eq!(around.before.len(), 1);
    assert!(around.before[0].passage.passage.text.starts_with("Overview"));
    assert!(around.after.is_empty(), "what is set aside is no neighbour");
    let alone = neighbours(&index, id, 0).expect("read").expect("held");
    assert!(alone.before.is_empty() && alone.after.is_empty());
    let aside =
        ask(&index, "countdown", |request| request.scope = Scope::WithSetAside).hits.remove(0);
    let around =
        neighbours(&index, &aside.record.passage.passage.id, 2).expect("read").expect("held");
    assert_eq!((around.before.len(), around.after.len()), (0, 2));
    let absent =
        PassageId::new(id.document.clone(), PassagePosition::Block { block: 99, piece: 0 });
    assert_eq!(neighbours(&index, &absent, 3).expect("read"), None);
}

#[test]
fn an_overview_adds_up() {
    let (_dir, index) = kazakhstan();
    let overview = overview(&index.documents().expect("read"));
    let Counts { documents, passages, words, .. } = index.commit().counts;
    assert_eq!(overview.total, Tally { documents: documents as usize, passages, words });
    assert_eq!(overview.countries[&Country::find("KZ")].documents, 2);
    assert_eq!(overview.periods[&None].documents, 1);
    let sum = |tallies: Vec<&Tally>| tallies.iter().map(|tally| tally.passages).sum::<u64>();
    assert_eq!(sum(overview.countries.values().collect()), passages);
    assert_eq!(sum(overview.publishers.values().collect()), passages);
    assert_eq!(sum(overview.series.values().collect()), passages);
    assert_eq!(sum(overview.periods.values().collect()), passages);
}

/// What an answer says, in a form that two indexes of one library must share to the last bit.
fn fingerprint(index: &Index, query: &str) -> (usize, Vec<(Option<u32>, String)>) {
    let result = ask(index, query, |request| request.limit = 12);
    let hits = result
        .hits
        .iter()
        .map(|hit| (hit.score.map(f32::to_bits), hit.record.passage.passage.id.to_string()));
    (result.total, hits.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]
    #[test]
    fn the_same_library_answers_the_same_however_it_was_indexed(
        texts in proptest::collection::vec("(a|b|c|d|e)( (a|a|a|b|b|c|d|e|f|g)){0,12}", 6..40),
        cut in 3usize..9,
    ) {
        let reports: Vec<Report> = texts
            .chunks(cut)
            .map(|texts| Report { series: "x-y", country: "KZ", period: None, texts: texts.to_vec() })
            .collect();
        let (_one, once) = index(&reports);
        // The same in many commits and segments, backwards, with documents replaced and removed.
        let dir = tempfile::tempdir().expect("a directory");
        let mut writer = writer(dir.path(), 2);
        for (seed, report) in (1..).zip(&reports).collect::<Vec<_>>().into_iter().rev() {
            let (document, records) = report.records(seed);
            let (stray, stray_records) =
                report_of_many().records(200_u8.wrapping_add(seed));
            writer.replace(&document, &records).expect("indexed");
            writer.replace(&stray, &stray_records).expect("indexed");
            writer.commit(&coverage()).expect("committed");
            writer.replace(&document, &records).expect("indexed");
            writer.remove(&stray.id).expect("removed");
        }
        writer.commit(&coverage()).expect("committed");
        let many = Index::open(dir.path()).expect("an index");
        for query in ["a", "a b", "a b c d e f", "+a +b +c", "+a b c g", "\"a b\" c d e", "-a", "a-b c d -e"] {
            prop_assert_eq!(fingerprint(&once, query), fingerprint(&many, query), "{}", query);
        }
    }
}

fn report_of_many() -> Report {
    report("z-z", "UZ", None, &["a a a a b c d e f g", "a b", "#a b c"])
}

/// Queries that say more than words, as data: what finds them does not depend on how they are written.
mod nodes {
    use super::*;

    fn found(index: &Index, clauses: Vec<Clause>) -> Vec<String> {
        let request = SearchRequest { limit: 100, ..SearchRequest::new(Query { clauses }) };
        let result = search(index, &request).expect("an answer");
        let mut texts: Vec<String> =
            result.hits.into_iter().map(|hit| hit.record.passage.passage.text).collect();
        texts.sort();
        texts
    }

    fn library() -> (TempDir, Index) {
        index(&[
            report(
                "a-one",
                "KZ",
                Some("2021"),
                &[
                    "mobs burned the mosque",
                    "the mosque, mobs say, was not burned",
                    "#mosque banner",
                ],
            ),
            report("b-two", "UZ", Some("2022"), &["women fled", "a woman and a mosk", "convert"]),
        ])
    }

    fn of(node: Node) -> Vec<Clause> {
        vec![Clause::wanted(node)]
    }

    fn word(text: &str) -> Node {
        Node::Word { text: text.into() }
    }

    #[test]
    fn patterns_and_fuzzy_words_find_what_is_spelt_so() {
        let (_dir, index) = library();
        let pattern = |text: &str| found(&index, of(Node::Pattern { text: text.into() }));
        assert_eq!(pattern("wom?n"), ["a woman and a mosk", "women fled"]);
        assert_eq!(pattern("*osque").len(), 2);
        assert_eq!(pattern("x*"), [""; 0]);
        let fuzzy = |edits| found(&index, of(Node::Fuzzy { text: "mosk".into(), edits }));
        assert_eq!(fuzzy(1), ["a woman and a mosk"]);
        assert_eq!(fuzzy(2).len(), 3, "`mobs` is two letters away");
    }

    #[test]
    fn near_words_stand_within_the_window_in_any_order() {
        let (_dir, index) = library();
        let near = |within| {
            let text = "mosque mobs burning".to_owned();
            found(&index, of(Node::Near { text, within }))
        };
        assert_eq!(near(0), [""; 0]);
        assert_eq!(near(1), ["mobs burned the mosque"]);
        assert_eq!(near(3).len(), 2);
    }

    #[test]
    fn restrictions_narrow_and_do_not_score() {
        let (_dir, index) = library();
        let is = |field, value: &str| Node::Is { field, values: vec![value.into()] };
        let must = |node| Clause { occur: Occur::Must, boost: Boost::ONE, node };
        let in_kz = must(is(Field::Country, "KZ"));
        assert_eq!(found(&index, vec![in_kz.clone()]).len(), 2, "not what is set aside");
        let words = vec![Clause::wanted(word("burned")), Clause::wanted(word("women"))];
        let mut all = words.clone();
        all.push(in_kz);
        assert_eq!(found(&index, words).len(), 3);
        assert_eq!(found(&index, all).len(), 2, "a word is needed all the same");
        let either = [is(Field::Country, "KZ"), Node::Covers { period: "2022..".parse().unwrap() }];
        let group = Node::Group { clauses: either.into_iter().map(Clause::wanted).collect() };
        assert_eq!(found(&index, vec![must(group)]).len(), 5);
        let not = Clause { occur: Occur::MustNot, ..must(is(Field::Series, "b-two")) };
        assert_eq!(found(&index, vec![not]).len(), 2);
    }

    #[test]
    fn a_boost_changes_the_order_and_nothing_else() {
        let (_dir, index) = library();
        let boosted = |boost: u16| {
            let boost = Boost::from_hundredths(boost).unwrap();
            let clauses = vec![
                Clause { boost, ..Clause::wanted(word("fled")) },
                Clause::wanted(word("convert")),
            ];
            let result = search(&index, &SearchRequest::new(Query { clauses })).expect("an answer");
            assert_eq!(result.total, 2);
            result.hits[0].record.passage.passage.text.clone()
        };
        assert_eq!(boosted(1000), "women fled");
        assert_eq!(boosted(10), "convert");
    }

    #[test]
    fn the_parts_of_a_score_add_up_to_it() {
        let (_dir, index) = library();
        let clauses = ["mosque", "burned", "mobs"].map(|text| Clause::wanted(word(text)));
        let mut request = SearchRequest::new(Query { clauses: clauses.into() });
        request.explained = true;
        request.ranking = Ranking { proximity: 1.0, heading: 0.1, ..Ranking::default() };
        request.added = vec![Added {
            written: "say".into(),
            words: AddedWords::Words("say".into()),
            weight: 0.2,
            because: Because::Feedback,
            instead_of: Vec::new(),
        }];
        let result = search(&index, &request).expect("an answer");
        assert_eq!((result.total, result.own), (2, 2));
        for hit in &result.hits {
            let sum: f32 = hit.parts.iter().map(|part| part.score).sum();
            assert!((sum - hit.score.unwrap()).abs() < 1e-5, "{:?}", hit.parts);
            assert!(hit.parts.iter().any(|part| part.what == Earner::Nearness));
        }
    }

    #[test]
    fn words_added_find_more_and_say_so() {
        let (_dir, index) = library();
        let mut request = SearchRequest::new(Query { clauses: of(word("convert")) });
        request.added = vec![Added {
            written: "wom*".into(),
            words: AddedWords::Pattern("wom*".into()),
            weight: 0.2,
            because: Because::Feedback,
            instead_of: Vec::new(),
        }];
        let result = search(&index, &request).expect("an answer");
        assert_eq!((result.total, result.own), (3, 1));
        assert_eq!(result.hits[0].record.passage.passage.text, "convert");
        request.filters = Filters::default().with(Field::Country, "KZ");
        assert_eq!(search(&index, &request).expect("an answer").total, 0);
    }
}

/// Lists made of matches: order, folds, quotas, counts.
mod lists;

/// Which sources are heard.
mod balance;

/// What finding nothing means.
mod silences;

#[test]
fn a_quotation_of_common_words_is_looked_up_by_their_order() {
    let long =
        format!("It is said again {}that the law of the state is hard.", "and again ".repeat(80));
    let mut texts: Vec<&str> = vec!["The state of the law: hard is the law."; 120];
    texts.extend([long.as_str(), "#That the law of the state is hard, they say."]);
    let (_dir, index) = index(&[report("us-state-irf", "KZ", Some("2021"), &texts)]);
    let quote = "“that the law of the state is hard”";
    let held = holding_quoted(&index, quote, 10).expect("looked up");
    let held: Vec<&str> = held.iter().map(|found| found.passage.passage.text.as_str()).collect();
    assert_eq!(held, [texts[121], &long], "what is set aside, too; the shortest first");
    let rarest = like_quoted(&index, quote, 10).expect("looked up");
    assert!(rarest.iter().all(|found| found.passage.passage.text != long), "none would be left");

    for (words, expected) in
        [("the law of the states is hard", 0), ("…“”", 0), ("", 0), ("hard", 100)]
    {
        assert_eq!(
            holding_quoted(&index, words, 100).expect("looked up").len(),
            expected,
            "{words}"
        );
    }
    // Of a long quotation the middle is looked for.
    let words = format!("turnips {}turnips", "and again ".repeat(20));
    let held = holding_quoted(&index, &words, 10).expect("looked up");
    assert_eq!(held.len(), 1);
}

#[test]
fn an_altered_quotation_is_looked_up_by_its_rarest_words() {
    let (_dir, index) = kazakhstan();
    let quote = "The government fined non-violent turnips. A death sentence was imposed.";
    let like = like_quoted(&index, quote, 10).expect("looked up");
    assert!(like[0].passage.passage.text.starts_with("The government fined non-violent believers"));
    let aside = like_quoted(&index, "seconds left for a summer gift", 10).expect("looked up");
    assert!(
        aside[0].passage.passage.text.starts_with("#Watch the countdown"),
        "words only set aside"
    );
    for (words, most) in [("turnips", 10), ("", 10), ("converts", 0)] {
        assert!(like_quoted(&index, words, most).expect("looked up").is_empty(), "{words}");
    }
    assert_eq!(like_quoted(&index, "converts", 1).expect("looked up").len(), 1);
}

#[test]
fn the_dictionary_holds_for_near_what_is_near_word_by_word() {
    use crate::matching::vocabulary::words_like;
    use crate::wording::Wording;

    let words =
        "uyghur uighur uygur yughur uyghurs ughyur islam isam siam ислам исламы ıslam ab ba a";
    let (_dir, index) = index(&[
        report("us-state-irf", "CN", Some("2021"), &[words]),
        report("us-state-irf", "CN", Some("2022"), &["uyghor islamic", "#uighurs"]),
    ]);
    let fields = [Field::Exact, Field::SetAsideExact].map(|field| index.fields().of(field));
    let like = |wording: &Wording| words_like(&index, &fields, wording).expect("read").0;
    let every = like(&Wording::pattern("*"));
    assert_eq!(every.len(), 17, "ı is folded to i");
    for word in every.iter().map(String::as_str).chain(["uyhgur", "исллам", "", "🕊"]) {
        for edits in 0..=2 {
            let wording = Wording::fuzzy(word, edits);
            let one_by_one: Vec<&String> = every.iter().filter(|w| wording.matches(w)).collect();
            assert_eq!(like(&wording).iter().collect::<Vec<_>>(), one_by_one, "{word}~{edits}");
        }
    }
}
