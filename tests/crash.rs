//! Crashes and company: `kill -9` at any moment of adding files or a data set, and two writers at once. The last committed state
//! opens, and the next `add` completes the work.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use crate::harness::{Library, Ran, TERRORISM};

/// How often forb is killed; set FORB_CRASH_ROUNDS for more.
fn rounds() -> u32 {
    std::env::var("FORB_CRASH_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(10)
}

/// Pseudo-random numbers from a seed, so that a failing round can be run again.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound.max(1)
    }
}

fn reports(library: &Library, from: u32, count: u32) {
    for n in from..from + count {
        library.file(
            &format!("round/{n}.txt"),
            format!("Report number{n}.\n\n{}", "The chapel of the town was closed. ".repeat(60)),
        );
    }
}

#[test]
fn killed_at_any_moment_the_library_opens_and_the_next_add_completes() {
    let library = Library::new();
    library.add("crt.txt", TERRORISM).ends(0);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut whole = None;
    let (mut killed, mut behind) = (0, 0);
    for round in 0..rounds() {
        let _ = fs::remove_dir_all(library.file("round/x", "").parent().expect("a folder"));
        reports(&library, round * 100, 12);
        let time = *whole.get_or_insert_with(|| {
            let start = Instant::now();
            library.forb(["add", "round"]).ends(0);
            start.elapsed()
        });
        let mut command = library.command(["add", "round"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        let nanoseconds = u64::try_from(time.as_nanos()).expect("short");
        thread::sleep(Duration::from_nanos(random.below(nanoseconds + nanoseconds / 5)));
        child.kill().expect("killed, or ended already");
        // It may have ended before; then this round shows that a finished add is whole.
        killed += u32::from(child.wait().expect("ends").code().is_none());

        let opened = library.forb(["search", "temples"]).ends(0);
        behind += u32::from(opened.err.contains("not indexed yet"));
        library.forb(["add", "round"]).ends(0);
        for n in round * 100..round * 100 + 12 {
            let word = format!("number{n}");
            assert_eq!(library.search([&word]).len(), 1, "round {round}: report {n}");
        }
        let status = library.forb(["status"]).ends(0);
        let told = |line: &&str| line.starts_with("document\t") || line.starts_with("warning\t");
        let lines = status.out.lines().filter(told).count();
        assert_eq!(lines as u32, library_size(round), "{}", status.err);
        assert!(!status.err.contains("not indexed"), "{}", status.err);
    }
    eprintln!("{} rounds: killed {killed} times, found behind the corpus {behind} times", rounds());
}

/// In a pipe `status` prints a line a document, and one for each warning: every report of a round
/// is of unknown publisher and country, which is one warning each.
fn library_size(round: u32) -> u32 {
    2 + (round + 1) * 12 * 2
}

#[test]
fn a_data_set_killed_at_any_moment_is_whole_after_the_next_add() {
    const COUNT: u32 = 1_500;
    let library = Library::new();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut whole = None;
    let (mut killed, mut torn) = (0, 0);
    for round in 0..rounds() {
        let records: String = (0..COUNT)
            .map(|n| {
                format!("{{\"text\": \"Chapel marked{round}x{n} of the town was closed.\"}}\n")
            })
            .collect();
        library.file("set.jsonl", records);
        let start = Instant::now();
        if whole.is_none() {
            library.forb(["add", "set.jsonl"]).ends(0);
        }
        let time = *whole.get_or_insert_with(|| start.elapsed());
        let mut command = library.command(["add", "set.jsonl"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("runs");
        let nanoseconds = u64::try_from(time.as_nanos()).expect("short");
        thread::sleep(Duration::from_nanos(random.below(nanoseconds + nanoseconds / 5)));
        child.kill().expect("killed, or ended already");
        killed += u32::from(child.wait().expect("ends").code().is_none());
        if round > 0 {
            torn += u32::from(library.forb(["status"]).err.contains("not indexed"));
        }
        library.forb(["add", "set.jsonl"]).ends(0);
        let status = library.forb(["status", "--format", "json"]).ends(0);
        let status: serde_json::Value = serde_json::from_str(&status.out).expect("JSON");
        let expected = u64::from((round + 1) * COUNT);
        assert_eq!(status["totals"]["documents"], expected, "round {round}");
        assert_eq!(status["totals"]["passages"], expected, "round {round}");
        assert_eq!(library.search([format!("marked{round}x{}", COUNT - 1)]).len(), 1);
    }
    eprintln!("{} rounds: killed {killed} times, found behind the corpus {torn} times", rounds());
}

#[test]
fn two_adds_at_once_both_complete() {
    let library = Library::new();
    reports(&library, 0, 12);
    library.file("other/crt.txt", TERRORISM);
    let spawn = |folder: &str| {
        let mut command = library.command(["add", folder]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("runs")
    };
    let (first, second) = (spawn("round"), spawn("other"));
    for child in [first, second] {
        Ran::of(child.wait_with_output().expect("ends")).ends(0);
    }
    assert_eq!(library.search(["temples"]).len(), 1);
    assert_eq!(library.search(["number7"]).len(), 1);
}
