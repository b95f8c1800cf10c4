//! What annotation adds to the time of ingest and index, and what each annotator takes of it: one
//! thread, the same reports of the State Department and a part of the US Code, in one run.
//! usage: cargo bench -p cli --bench annotate

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indexing::{Coverage, Writer, WriterSettings};
use ingestion::annotate::attribution::Heard;
use ingestion::annotate::finder::Finder;
use ingestion::annotate::issues::Issues;
use ingestion::annotate::polarity::Leanings;
use ingestion::annotate::words::Words;
use ingestion::annotate::{
    acronyms, attribution, countries, figures, groups, instruments, nature, places, polarity, times,
};
use ingestion::codebook::{built_in, built_in_annotators};
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::unpack::{Parts, open};
use ingestion::{SourceFile, read};
use model::{ContentHash, IndexRecord, Passage};

/// Times everything is measured; the shortest counts.
const ROUNDS: usize = 3;

/// Documents of a capture that are read.
const MOST: usize = 4_000;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus")
}

fn capture(name: &str) -> SourceFile {
    let path = corpus().join(name);
    let bytes = std::fs::read(&path).expect("../shared/corpus is needed");
    SourceFile::new(path.display().to_string(), bytes)
}

/// The first documents of some captures, as they are read before anything is annotated.
fn documents(captures: &[&str]) -> Vec<SourceFile> {
    let mut documents = Vec::new();
    for name in captures {
        match open(&capture(name), None).expect("opened") {
            Parts::One(one) => documents.push(*one),
            Parts::Many(many) => documents.extend(many.filter_map(Result::ok).take(MOST)),
        }
    }
    documents
}

fn records(source: &SourceFile) -> Option<DocumentRecords> {
    read(source, Profiles::built_in()).ok().as_ref().map(DocumentRecords::of)
}

/// The shortest of several runs.
fn shortest(mut run: impl FnMut()) -> Duration {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed()
    };
    (0..ROUNDS).map(time).min().unwrap_or_default()
}

/// Reading, segmenting, annotating and indexing.
fn whole(sources: &[SourceFile]) {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = WriterSettings { threads: 1, heap_bytes: 128_000_000 };
    let mut writer = Writer::open(folder.path(), settings).expect("a writer");
    for source in sources {
        let Some(ready) = records(source) else { continue };
        let (document, records) = ready.into_records(built_in_annotators());
        writer.replace(&document, &records.collect::<Vec<IndexRecord>>()).expect("indexed");
    }
    let coverage = Coverage {
        corpus: Vec::new(),
        publishers_digest: ContentHash([0; 32]),
        unread: Vec::new(),
        begun: Vec::new(),
        corrections: Default::default(),
        codebook: ContentHash([0; 32]),
    };
    writer.commit(&coverage).expect("committed");
}

fn passages(sources: &[SourceFile]) -> Vec<Passage> {
    let of = |source: &SourceFile| -> Vec<Passage> {
        let Some(ready) = records(source) else { return Vec::new() };
        ready.into_records(built_in_annotators()).1.map(|record| record.passage.passage).collect()
    };
    sources.iter().flat_map(of).filter(|p| !p.role.is_set_aside()).collect()
}

fn measure(name: &str, sources: &[SourceFile]) {
    let passages = passages(sources);
    let bytes: usize = passages.iter().map(|passage| passage.text.len()).sum();
    let all = shortest(|| whole(sources));
    let annotation = shortest(|| {
        for passage in &passages {
            black_box(built_in_annotators().annotations(passage));
        }
    });
    let rest = all.saturating_sub(annotation);
    println!(
        "{name}: {} passages, {:.1} MB of text; ingest and index {:.0} ms, of which annotation {:.0} ms: \
         it adds {:.0} %",
        passages.len(),
        bytes as f64 / 1e6,
        all.as_secs_f64() * 1e3,
        annotation.as_secs_f64() * 1e3,
        100.0 * annotation.as_secs_f64() / rest.as_secs_f64().max(1e-9),
    );
    let mut each = each_annotator(&passages);
    each.sort_by_key(|(_, time)| std::cmp::Reverse(*time));
    for (annotator, time) in each {
        let share = 100.0 * time.as_secs_f64() / rest.as_secs_f64().max(1e-9);
        println!("  {annotator:<28} {:>8.1} ms {share:>6.1} %", time.as_secs_f64() * 1e3);
    }
}

/// The time of each annotator over all passages; of those that read words, without making them.
fn each_annotator(passages: &[Passage]) -> Vec<(&'static str, Duration)> {
    let words: Vec<Words<'_>> =
        passages.iter().map(|passage| Words::of(&passage.text, &passage.sentences)).collect();
    let issues = Issues::of(built_in());
    let finder = Finder::of(&[
        issues.patterns(),
        polarity::patterns(),
        attribution::patterns(),
        nature::patterns(),
        groups::patterns(),
    ]);
    let found: Vec<_> = words.iter().map(|words| finder.find(words)).collect();
    let leanings: Vec<Leanings> =
        words.iter().zip(&found).map(|(words, f)| Leanings::of_met(words, f.of(1))).collect();
    let mentions: Vec<Vec<_>> =
        passages.iter().map(|passage| countries::mentions(&passage.text).collect()).collect();
    let short: Vec<_> = passages.iter().map(|passage| acronyms::annotate(&passage.text)).collect();
    let numbered = |annotate: &dyn Fn(usize)| shortest(|| (0..words.len()).for_each(annotate));
    let texts = |annotate: &dyn Fn(&str)| {
        shortest(|| passages.iter().for_each(|passage| annotate(&passage.text)))
    };
    let read = |annotate: &dyn Fn(&Words<'_>)| shortest(|| words.iter().for_each(annotate));
    let mut times: BTreeMap<&'static str, Duration> = BTreeMap::new();
    times.insert(
        "words (shared)",
        shortest(|| {
            for passage in passages {
                black_box(Words::of(&passage.text, &passage.sentences));
            }
        }),
    );
    times.insert("patterns (shared)", read(&|words| drop(black_box(finder.find(words)))));
    times.insert(
        "polarity (cues)",
        numbered(&|n| drop(black_box(Leanings::of_met(&words[n], found[n].of(1))))),
    );
    times.insert(
        "issues",
        numbered(&|n| drop(black_box(issues.annotate(&words[n], found[n].of(0), &leanings[n])))),
    );
    times.insert(
        "attribution",
        numbered(&|n| {
            let heard = Heard { met: found[n].of(2), countries: &mentions[n], acronyms: &short[n] };
            drop(black_box(attribution::annotate(&words[n], heard)));
        }),
    );
    times.insert(
        "nature",
        numbered(&|n| drop(black_box(nature::annotate(&words[n], found[n].of(3))))),
    );
    times.insert(
        "groups",
        numbered(&|n| drop(black_box(groups::annotate(&words[n], found[n].of(4))))),
    );
    times.insert("figures", read(&|words| drop(black_box(figures::annotate(words)))));
    times.insert(
        "countries",
        texts(&|text| drop(black_box(countries::mentions(text).collect::<Vec<_>>()))),
    );
    times.insert("places", texts(&|text| drop(black_box(places::annotate(text)))));
    times.insert("times", texts(&|text| drop(black_box(times::annotate(text)))));
    times.insert("instruments", texts(&|text| drop(black_box(instruments::annotate(text)))));
    times.insert("acronyms", texts(&|text| drop(black_box(acronyms::annotate(text)))));
    times.into_iter().collect()
}

fn main() {
    // Asked for by `cargo test --benches`: there is nothing to test.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    measure("us-state-irf", &documents(&["us-state-irf/2021.json", "us-state-irf/2022.json"]));
    measure("us-code, a part", &documents(&["scale/us-code.jsonl.zst"]));
}
