//! Long work: stopped by Ctrl-C and gone on with, told in few words, and every exception in a log.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::harness::{Library, Ran};

/// A data set of so many records, each with a word of its own; every hundredth without text.
fn data_set(count: usize) -> String {
    (0..count)
        .map(|n| match n % 100 {
            7 => format!("{{\"name\": \"no. {n}\", \"text\": \"\"}}\n"),
            _ => format!("{{\"name\": \"no. {n}\", \"text\": \"Chapel marked{n} was closed.\"}}\n"),
        })
        .collect()
}

fn documents(library: &Library) -> u64 {
    let status = library.forb(["status", "--format", "json"]).ends(0);
    let status: Value = serde_json::from_str(&status.out).expect("JSON");
    status["totals"]["documents"].as_u64().expect("a number")
}

/// Adds and presses Ctrl-C once the first line is out. Returns how it ended and what it said.
fn interrupted(library: &Library, path: &str) -> (Option<i32>, String) {
    let mut command = library.command(["add", path]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("runs");
    let mut out = BufReader::new(child.stdout.take().expect("stdout"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a first line");
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill runs").success());
    std::io::copy(&mut out, &mut std::io::sink()).expect("read to the end");
    let ended = child.wait_with_output().expect("ends");
    (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
#[cfg(unix)]
fn a_data_set_that_ctrl_c_stopped_is_completed_by_adding_it_again() {
    const COUNT: usize = 5_000;
    let library = Library::new();
    library.file("set.jsonl", data_set(COUNT));
    let (code, err) = interrupted(&library, "set.jsonl");
    assert_eq!(code, Some(130), "{err}");
    assert!(err.contains("stopping after the document at hand"), "{err}");
    assert!(err.contains("Add the same again to go on"), "{err}");

    // What is in is served, and that it is not all is said.
    let begun = documents(&library);
    assert!(begun > 0 && begun < COUNT as u64, "{begun} of {COUNT}");
    let early = library.forb(["search", "marked1"]).ends(0);
    assert!(early.err.contains("not indexed yet"), "{}", early.err);

    let again = library.forb(["add", "set.jsonl"]).ends(0);
    assert!(again.err.contains("records are in; taking in the rest"), "{}", again.err);
    assert!(again.out.starts_with("held"), "{}", again.out);
    assert_eq!(documents(&library), COUNT as u64);
    for n in [1, 511, 512, 513, COUNT - 1] {
        assert_eq!(library.search([format!("marked{n}")]).len(), 1, "record {n}");
    }
    assert!(!library.forb(["status"]).ends(0).err.contains("not indexed"));
    let third = library.forb(["add", "set.jsonl"]).ends(0);
    assert_eq!((third.err.as_str(), third.out.lines().count()), ("", 1));
}

#[test]
fn a_large_data_set_is_told_in_few_lines_and_its_exceptions_are_in_the_log() {
    let library = Library::new();
    library.file("in/set.jsonl", format!("{}not json\n", data_set(400)));
    library.file("in/blank.txt", "");
    let ran = library.forb(["add", "in"]).ends(0);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("added\t")).count(), 54);
    let more: Vec<&str> = ran.out.lines().filter(|line| line.starts_with("more\t")).collect();
    assert_eq!(more, ["more\tset.jsonl\t346\t346\t0"]);
    assert!(ran.out.contains("skipped\tset.jsonl: line 401\tis no record"), "{}", ran.out);
    assert!(ran.err.contains("400 added, 2 skipped; 396 passages"), "{}", ran.err);
    assert!(ran.err.contains("empty: 4: the first is set.jsonl: line 8"), "{}", ran.err);
    assert!(ran.err.contains("last-add.jsonl"), "{}", ran.err);
    let log = fs::read_to_string(library.root().join("index/last-add.jsonl")).expect("a log");
    let entries: Vec<Value> =
        log.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let of = |outcome: &str| entries.iter().filter(|e| e["outcome"] == outcome).count();
    assert_eq!((of("empty"), of("skipped"), entries.len()), (4, 2, 6));
    assert!(entries.iter().all(|e| !e["reason"].as_str().expect("a reason").is_empty()));

    let all = library.forb(["add", "--dry-run", "--format", "json", "in"]).ends(0);
    let all: Value = serde_json::from_str(&all.out).expect("JSON");
    assert_eq!(all["totals"]["held"], 1);

    let other = Library::new();
    other.file("set.jsonl", data_set(120));
    let full = other.forb(["add", "--verbose", "set.jsonl"]).ends(0);
    assert_eq!(full.out.lines().filter(|line| line.starts_with("added\t")).count(), 120);
    let json = Library::new();
    json.file("set.jsonl", data_set(120));
    let ran: Ran = json.forb(["add", "--format", "json", "set.jsonl"]).ends(0);
    let told: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(told["files"].as_array().expect("files").len(), 120);
    assert_eq!(told["totals"]["empty"], 2);
    assert!(told["log"].as_str().expect("a log").ends_with("last-add.jsonl"));
}

#[test]
fn a_compressed_data_set_too_large_for_memory_reads_as_the_same_lines_in_memory() {
    // Larger than what is unpacked at once, mostly in blanks between the fields; and not so regular
    // that it would pass for a file made to swell.
    let mut state = 1_u32;
    let blanks = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if state < u32::MAX / 2 { ' ' } else { '\t' }
    });
    let filler: String = blanks.take(6_000_000).collect();
    let records: String = (0..3)
        .map(|n| {
            format!("{{\"text\": \"Chapel marked{n} was closed.\", {filler} \"note\": {n}}}\n")
        })
        .collect();
    let library = Library::new();
    library.file("set.jsonl.zst", zstd::encode_all(records.as_bytes(), 1).expect("compressed"));
    library.forb(["add", "set.jsonl.zst", "--map", "text=text"]).ends(0);
    assert_eq!(documents(&library), 3);
    assert_eq!(library.search(["marked2"]).len(), 1);

    // Cut short it is refused whole, not taken in by halves.
    let mut cut = zstd::encode_all(records.as_bytes(), 1).expect("compressed");
    cut.truncate(cut.len() - 9);
    let other = Library::new();
    other.file("cut.jsonl.zst", cut);
    let refused = other.forb(["add", "cut.jsonl.zst", "--map", "text=text"]).ends(2);
    assert!(refused.out.contains("is compressed (zstd) and is cut short"), "{}", refused.out);
}
