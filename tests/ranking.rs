//! Many queries at once, and rankings scored against judgements, as somebody who evaluates meets them.

use std::fmt::Write;

use serde_json::Value;

use crate::harness::{Library, Ran};

/// Three records with ids of their own; the second is too long for one passage.
fn library() -> Library {
    let library = Library::new();
    let long = "The temple stands beside the old river. ".repeat(200);
    let records = [
        ("r1", "Officials closed the mosque in the village after a raid.".to_owned()),
        ("r 2", format!("{long}\n\nOne mosque was reopened.\n\n{long}")),
        ("r3", "Pupils may be excused from lessons in religion.".to_owned()),
    ];
    let lines =
        records.map(|(id, text)| format!("{}\n", serde_json::json!({"id": id, "text": text})));
    let path = library.file("set.jsonl", lines.concat());
    let path = path.to_str().expect("a name");
    library.forb(["add", path, "--map", "text=text,id=id"]).ends(0);
    library
}

fn search(library: &Library, queries: &str, options: &[&str]) -> Ran {
    let path = library.file("queries.tsv", queries);
    let named = ["search", "--no-bridge", "--queries", path.to_str().expect("a name")];
    library.forb(named.into_iter().chain(options.iter().copied()))
}

fn columns(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split_whitespace().collect()).collect()
}

#[test]
fn a_batch_is_a_run_with_each_record_once_by_its_own_id() {
    let library = library();
    let queries = "1\tmosque closed\n2\ttemple river\n3\tnosuchword\n";
    let ran = search(&library, queries, &["--docno", "record", "--run", "my run"]).ends(0);
    let lines = columns(&ran.out);
    let found: Vec<[&str; 4]> =
        lines.iter().map(|line| [line[0], line[2], line[3], line[5]]).collect();
    assert_eq!(
        found,
        [["1", "r1", "1", "my_run"], ["1", "r%202", "2", "my_run"], ["2", "r%202", "1", "my_run"],]
    );
    assert!(ran.err.contains("nothing was found for 1 query of 3"), "{}", ran.err);
    let passages = search(&library, "2\ttemple river", &["--limit", "1000"]).ends(0).out;
    assert!(columns(&passages).len() > 1, "the record is several passages: {passages}");
    library.forb(["show", columns(&passages)[0][2]]).ends(0);
    search(&library, "1\tnosuchword\n", &[]).ends(1);
}

#[test]
fn lines_and_rows_name_their_query() {
    let library = library();
    let lines = search(&library, "q1\tmosque\nq2\tpupils\n", &["--format", "jsonl"]).ends(0).out;
    let lines: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    let of: Vec<&Value> = lines.iter().map(|line| &line["query"]).collect();
    assert_eq!(of, ["q1", "q1", "q2"]);
    assert_eq!(lines[0]["format_version"], 1);
    assert_eq!((&lines[1]["rank"], &lines[1]["total"]), (&Value::from(2), &Value::from(2)));
    let rows = search(&library, "q2\tpupils\n", &["--format", "csv"]).ends(0).out;
    assert!(rows.starts_with("query,rank,score,passage,"), "{rows}");
    assert!(rows.lines().nth(1).is_some_and(|row| row.starts_with("q2,1,")), "{rows}");
    let one = library.forb(["search", "pupils", "--format", "trec"]).ends(0).out;
    assert_eq!(columns(&one)[0][..2], ["1", "Q0"]);
}

#[test]
fn broken_lines_are_named_and_the_others_answered() {
    let library = library();
    let mut queries = b"1\tmosque\nno tab\n\n2\t\n1\tagain\n\xff\tx\n9\tpupils\n".to_vec();
    queries.extend(vec![b'x'; 100_000]);
    let path = library.file("queries.tsv", queries);
    let named = ["search", "--no-bridge", "--queries", path.to_str().expect("a name")];
    let ran = library.forb(named).ends(2);
    let of: Vec<&str> = columns(&ran.out).iter().map(|line| line[0]).collect();
    assert_eq!(of, ["1", "1", "9"]);
    for told in
        ["line 2 has no tab", "line 4 has no words", "line 5 repeats", "line 6 is not UTF-8"]
    {
        assert!(ran.err.contains(told), "{told}: {}", ran.err);
    }
    assert!(
        ran.err.contains("line 8 is longer") && ran.err.contains("5 lines were"),
        "{}",
        ran.err
    );
    for (options, told) in [
        (&["--limit", "1001"][..], "1000 at most"),
        (&["--format", "json"], "trec, jsonl or csv"),
        (&["pupils"], "cannot be used with"),
    ] {
        let ran = search(&library, "1\tmosque\n", options).ends(2);
        assert!(ran.err.contains(told), "{}", ran.err);
    }
}

#[test]
fn many_lines_are_answered_in_their_order() {
    let library = library();
    let mut queries = String::new();
    for at in 0..3_000 {
        let line = if at % 10 == 0 { format!("{at}") } else { format!("{at}\tpupils") };
        writeln!(queries, "{line}").expect("written");
    }
    let ran = search(&library, &queries, &[]).ends(2);
    let ids: Vec<u32> =
        columns(&ran.out).iter().map(|line| line[0].parse().expect("a number")).collect();
    assert_eq!(ids, (0..3_000).filter(|at| at % 10 > 0).collect::<Vec<u32>>());
    assert!(ran.err.contains("300 lines were passed over"), "{}", ran.err);
    assert_eq!(ran.err.matches("has no tab").count(), 20, "{}", ran.err);
}

#[test]
fn a_ranking_is_scored_and_compared() {
    let library = library();
    let queries = library.file("q.tsv", "1\tmosque closed\n2\tpupils\n");
    let qrels = library.file("qrels.txt", "1 0 r%202 2\n2 0 r3 1\n3 0 r1 1\n");
    let worse = library.file("worse.run", "1 Q0 r1 1 9 x\n2 Q0 r1 1 9 x\n2 Q0 r3 2 8 x\n");
    let [queries, qrels, worse] = [&queries, &qrels, &worse].map(|p| p.to_str().expect("a name"));
    let plain = ["eval", "--queries", queries, "--qrels", qrels, "--docno", "record"];
    let ran = library.forb(plain).ends(0);
    // r1 stands before the relevant record: 1 / log2 3; the other query is right at once.
    let ndcg = format!("nDCG@10\t.{:.0} (", (1.0 / 3_f64.log2() + 1.0) / 2.0 * 1e4);
    assert!(ran.out.contains(&ndcg), "{ndcg}: {}", ran.out);
    assert!(ran.out.starts_with("2 judged queries were scored."), "{}", ran.out);
    let json = ["eval", "ranking"].into_iter().chain(plain[1..].iter().copied());
    let json = json.chain(["--compare", worse, "--format", "json", "--by-query"]);
    let scored: Value = serde_json::from_str(&library.forb(json).ends(0).out).expect("JSON");
    let mrr = &scored["measures"][5];
    assert_eq!((&mrr["measure"], &mrr["mean"]["value"]), (&"MRR".into(), &0.75.into()));
    assert_eq!((&mrr["other"]["value"], &mrr["paired"]["difference"]), (&0.25.into(), &0.5.into()));
    assert_eq!((&mrr["paired"]["better"], &scored["queries"]), (&2.into(), &2.into()));
    assert_eq!(scored["by_query"][1]["query"], "2");
    let table = [&plain[..], &["--format", "markdown", "--compare", worse]].concat();
    let table = library.forb(table).ends(0).out;
    assert!(table.contains("| measure | mean | worse.run | difference | p |"), "{table}");
    // A run is scored without queries too; then every judged query counts.
    let run =
        library.forb(["eval", "--run", worse, "--qrels", qrels, "--docno", "record"]).ends(0).out;
    assert!(run.contains("3 judged queries") && run.contains("MRR\t.1667 ("), "{run}");
}

#[test]
fn what_is_missing_for_a_score_is_said() {
    let library = library();
    let qrels = library.file("qrels.txt", "1 0 r3 1\n1 0 r3\n");
    let queries = library.file("q.tsv", "1\tpupils\n");
    let [qrels, queries] = [&qrels, &queries].map(|path| path.to_str().expect("a name"));
    let ran = library.forb(["eval", "--queries", queries, "--qrels", qrels]).ends(2);
    assert!(ran.err.contains("line 2 has 3 columns where 4 are expected"), "{}", ran.err);
    assert!(ran.out.contains("1 judged query was scored"), "{}", ran.out);
    let ran = library.forb(["eval", "--queries", queries]).ends(2);
    assert!(ran.err.contains("--qrels"), "{}", ran.err);
    let ran = library.forb(["eval", "--queries", "nosuch.tsv", "--qrels", qrels]).ends(2);
    assert!(ran.err.contains("nosuch.tsv could not be read"), "{}", ran.err);
    let other = library.file("other.txt", "8 0 r3 1\n");
    let other = other.to_str().expect("a name");
    library.forb(["eval", "--queries", queries, "--qrels", other]).ends(1);
}
