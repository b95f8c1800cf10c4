//! Tests of the measures from examples computed by hand, and of what always holds of them.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

fn nowhere(_: &str) -> Option<String> {
    None
}

fn ranking(docnos: &[&str]) -> Vec<Retrieved> {
    let scores = (0..docnos.len()).rev().map(|score| score as f32);
    let found = docnos.iter().zip(scores);
    found.map(|(docno, score)| Retrieved { docno: (*docno).to_owned(), score }).collect()
}

fn grades(written: &[(&str, i64)]) -> BTreeMap<String, i64> {
    written.iter().map(|(docno, grade)| ((*docno).to_owned(), *grade)).collect()
}

#[track_caller]
fn is(score: &QueryScore, measure: Measure, expected: f64) {
    let value = score.get(measure).expect("a value");
    assert!((value - expected).abs() < 1e-9, "{}: {value}, not {expected}", measure.name());
}

#[test]
fn the_measures_are_those_computed_by_hand() {
    let grades = grades(&[("a", 3), ("b", 1), ("c", 2), ("d", 0), ("e", -1), ("f", 2)]);
    // Relevant at ranks 2 (grade 1) and 5 (grade 3); two of the four relevant are not found.
    let found = ranking(&["d", "b", "e", "x", "a"]);
    let series = |docno: &str| match docno {
        "a" | "b" => Some("one".to_owned()),
        "c" => Some("two".to_owned()),
        "f" => Some("three".to_owned()),
        _ => Some("four".to_owned()),
    };
    let score = score_query(&grades, &found, &series);
    let gained = 1.0 / 3_f64.log2() + 3.0 / 6_f64.log2();
    let ideal = 3.0 + 2.0 / 3_f64.log2() + 2.0 / 4_f64.log2() + 1.0 / 5_f64.log2();
    is(&score, Measure::Ndcg10, gained / ideal);
    is(&score, Measure::AveragePrecision, (1.0 / 2.0 + 2.0 / 5.0) / 4.0);
    is(&score, Measure::Recall50, 0.5);
    is(&score, Measure::Precision5, 0.4);
    is(&score, Measure::ReciprocalRank, 0.5);
    // Of the three sources with a relevant passage, only the first is shown with one.
    is(&score, Measure::SourceCoverage10, 1.0 / 3.0);
    assert_eq!(score_query(&grades, &found, &nowhere).get(Measure::SourceCoverage10), None);
}

#[test]
fn depths_are_kept() {
    let names: Vec<String> = (0..120).map(|at| format!("d{at}")).collect();
    let found = ranking(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let grades = grades(&[("d10", 1), ("d49", 1), ("d50", 1), ("d99", 1), ("d100", 1)]);
    let score = score_query(&grades, &found, &|_| Some("one".to_owned()));
    is(&score, Measure::Ndcg10, 0.0);
    is(&score, Measure::Precision5, 0.0);
    is(&score, Measure::Recall50, 0.4);
    is(&score, Measure::Recall100, 0.8);
    is(&score, Measure::ReciprocalRank, 1.0 / 11.0);
    is(&score, Measure::SourceCoverage10, 0.0);
}

#[test]
fn judged_queries_that_found_nothing_count_and_queries_not_judged_do_not() {
    let judgements = read_judgements(b"1 0 a 1\n2 0 b 1\n3 0 c 0\n").held;
    let run = read_run(b"1 Q0 a 1 2.5 x\n3 Q0 c 1 1 x\n9 Q0 a 1 1 x\n").held;
    let scores = score_run(&judgements, &run, &nowhere);
    assert_eq!(scores.queries.len(), 3);
    assert_eq!((scores.without_answer, scores.not_judged), (1, 1));
    let mean = scores.mean(Measure::AveragePrecision).expect("a mean");
    assert!((mean.value - 1.0 / 3.0).abs() < 1e-12);
    assert!(mean.low <= mean.value && mean.value <= mean.high);
    assert_eq!(score_run(&Judgements::default(), &run, &nowhere).mean(Measure::Ndcg10), None);
}

#[test]
fn a_run_is_taken_by_score_then_by_docno_backwards_whatever_its_ranks_say() {
    let run = read_run(b"1 Q0 a 1 1.0 x\n1 Q0 b 2 7e0 x\n1 Q0 c 3 1 x\n").held;
    let order: Vec<&str> = run.queries["1"].iter().map(|one| one.docno.as_str()).collect();
    assert_eq!(order, ["b", "c", "a"]);
}

#[test]
fn bad_lines_are_named_and_the_others_count() {
    let bytes = b"\xef\xbb\xbf1 0 a 1\r\n\n1 0 b\n1 0 c two\n1 0 \xff 1\n1 0 a 0\n2\t0\td\t3";
    let read = read_judgements(bytes);
    assert_eq!(read.held.queries["1"], grades(&[("a", 1)]));
    assert_eq!(read.held.queries["2"], grades(&[("d", 3)]));
    let told: Vec<String> = read.bad.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "line 3 has 3 columns where 4 are expected",
            "line 4 has a grade that is no whole number",
            "line 5 is not UTF-8; save the file as UTF-8",
            "line 6 repeats what an earlier line has; the first counts",
        ]
    );
    let read = read_run(b"1 Q0 a 1 high x\n1 Q0 b 1 NaN x\n1 Q0 c 1 1 x\n1 Q0 c 2 2 x\n");
    let problems: Vec<LineProblem> = read.bad.iter().map(|bad| bad.problem).collect();
    assert_eq!(problems, [LineProblem::Score, LineProblem::Score, LineProblem::Repeated]);
}

#[test]
fn lines_of_queries_are_read_or_say_what_is_wrong() {
    assert_eq!(read_query_line(b"7\t house  church \r"), Ok(("7", "house  church")));
    assert_eq!(read_query_line(b"q1\t\"a\tb\""), Ok(("q1", "\"a\tb\"")));
    for (line, problem) in [
        (&b"7 church"[..], LineProblem::NoTab),
        (b"\tchurch", LineProblem::NoId),
        (b"a b\tchurch", LineProblem::NoId),
        (b"7\t  ", LineProblem::NoWords),
        (b"7\t\xff", LineProblem::Encoding),
    ] {
        assert_eq!(read_query_line(line), Err(problem), "{line:?}");
    }
}

#[test]
fn what_is_written_is_read_back() {
    let docno = docno_of("2021.json: Côte d'Ivoire 5%");
    assert_eq!(docno, "2021.json:%20Côte%20d'Ivoire%205%25");
    let line = run_line("7", &docno, 1, 0.1, "my run\n");
    assert_eq!(line, "7 Q0 2021.json:%20Côte%20d'Ivoire%205%25 1 0.1 my_run\n");
    let read = read_run(line.as_bytes());
    assert_eq!(
        (read.bad, &read.held.queries["7"]),
        (vec![], &vec![Retrieved { docno, score: 0.1 }])
    );
}

#[test]
fn the_randomisation_test_knows_chance_from_difference() {
    let scores = |better: &dyn Fn(usize) -> bool| {
        let lines = |at: usize| format!("{at} 0 a 1\n");
        let judgements: String = (0..12).map(lines).collect();
        let first = |at: usize| if better(at) { "a" } else { "b" };
        let run: String =
            (0..12).map(|at| run_line(&at.to_string(), first(at), 1, 1.0, "x")).collect();
        score_run(
            &read_judgements(judgements.as_bytes()).held,
            &read_run(run.as_bytes()).held,
            &nowhere,
        )
    };
    let (none, all) = (scores(&|_| false), scores(&|_| true));
    let clear = paired(&none, &all, Measure::Ndcg10).expect("queries");
    assert_eq!((clear.difference, clear.better, clear.worse, clear.queries), (1.0, 12, 0, 12));
    // Twelve coins must all fall alike: 2 of 4,096.
    assert!(clear.p < 0.002, "{}", clear.p);
    let back = paired(&all, &none, Measure::Ndcg10).expect("queries");
    assert_eq!((back.difference, back.p), (-1.0, clear.p));
    let (even, odd) = (scores(&|at| at % 2 == 0), scores(&|at| at % 2 == 1));
    let same = paired(&even, &odd, Measure::Ndcg10).expect("queries");
    assert_eq!((same.difference, same.p), (0.0, 1.0));
    // Three better of three: 2 of 8 exchanges are as large.
    let three = paired(&none, &scores(&|at| at < 3), Measure::Ndcg10).expect("queries");
    assert!((three.p - 0.25).abs() < 0.02, "{}", three.p);
    assert_eq!(paired(&RankingScores::default(), &all, Measure::Ndcg10), None);
}

fn judged() -> impl Strategy<Value = BTreeMap<String, i64>> {
    proptest::collection::btree_map("[a-j]", -1_i64..4, 0..10)
}

fn ranked() -> impl Strategy<Value = Vec<Retrieved>> {
    proptest::sample::subsequence(('a'..='p').collect::<Vec<_>>(), 0..=16).prop_shuffle().prop_map(
        |docnos| {
            let docnos: Vec<String> = docnos.into_iter().map(String::from).collect();
            ranking(&docnos.iter().map(String::as_str).collect::<Vec<_>>())
        },
    )
}

fn first_letter(docno: &str) -> Option<String> {
    docno.chars().next().map(|c| if c < 'e' { "one".to_owned() } else { "two".to_owned() })
}

proptest! {
    #[test]
    fn every_value_lies_between_nothing_and_all(grades in judged(), found in ranked()) {
        let score = score_query(&grades, &found, &first_letter);
        for measure in Measure::ALL {
            let value = score.get(measure).unwrap_or(0.0);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&value), "{measure:?}: {value}");
        }
    }

    #[test]
    fn the_best_order_is_worth_most(grades in judged(), found in ranked()) {
        let mut best = found.clone();
        best.sort_by_key(|one| -grades.get(&one.docno).copied().unwrap_or(0).max(0));
        let (best, given) =
            (score_query(&grades, &best, &nowhere), score_query(&grades, &found, &nowhere));
        for measure in Measure::ALL {
            prop_assert!(best.get(measure) >= given.get(measure), "{measure:?}");
        }
    }

    #[test]
    fn the_order_of_lines_does_not_matter(
        (lines, shuffled) in proptest::collection::vec(("[12]", "[a-f]{1,2}", 0_u8..5), 0..20)
            .prop_flat_map(|lines| {
                let mut seen = std::collections::BTreeSet::new();
                let lines: Vec<_> = lines
                    .into_iter()
                    .filter(|(query, docno, _)| seen.insert((query.clone(), docno.clone())))
                    .collect();
                (Just(lines.clone()), Just(lines).prop_shuffle())
            })
    ) {
        let run = |lines: &[(String, String, u8)]| {
            let line = |(query, docno, score): &(String, String, u8)| {
                run_line(query, docno, 1, f32::from(*score), "x")
            };
            read_run(lines.iter().map(line).collect::<String>().as_bytes())
        };
        prop_assert_eq!(run(&lines), run(&shuffled));
    }

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let lines = bytes.split(|&byte| byte == b'\n').count();
        prop_assert!(read_judgements(&bytes).bad.len() <= lines);
        prop_assert!(read_run(&bytes).bad.len() <= lines);
        let _ = read_query_line(&bytes);
    }
}
