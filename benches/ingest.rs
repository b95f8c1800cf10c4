//! From bytes to a committed index, in MB of source a second: forb with all its analysis (decoding,
//! recognising, roles, segmenting, annotating, two analysed fields, filters, stored records), next to
//! the bare engine that is handed the finished passages, in the same run.

mod peer;

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use indexing::{Coverage, Writer, WriterSettings};
use ingestion::profiles::Profiles;
use ingestion::records::DocumentRecords;
use ingestion::{SourceFile, read};
use model::{ContentHash, DocumentRecord, IndexRecord};
use rayon::prelude::*;

use crate::peer::{HEAP, Peer, THREADS, sources};

fn prepare(source: &SourceFile) -> (DocumentRecord, Vec<IndexRecord>) {
    let read = read(source, Profiles::built_in()).expect("readable");
    let (document, records) =
        DocumentRecords::of(&read).into_records(ingestion::codebook::built_in_annotators());
    (document, records.collect())
}

fn forb(sources: &[SourceFile], folder: &std::path::Path) {
    let settings = WriterSettings { threads: THREADS, heap_bytes: HEAP };
    let mut writer = Writer::open(folder, settings).expect("a writer");
    for batch in sources.chunks(64) {
        let prepared: Vec<_> = batch.par_iter().map(prepare).collect();
        for (document, records) in &prepared {
            writer.replace(document, records).expect("indexed");
        }
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

fn ingest(criterion: &mut Criterion) {
    for copies in [1, 8] {
        let sources = sources(copies);
        let bytes: usize = sources.iter().map(|source| source.bytes().len()).sum();
        let passages: Vec<(String, String)> = sources
            .iter()
            .flat_map(|source| prepare(source).1)
            .map(|record| (record.passage.passage.id.to_string(), record.passage.passage.text))
            .collect();
        let mut group = criterion.benchmark_group(format!("ingest x{copies}"));
        group.sample_size(10).throughput(Throughput::Bytes(bytes as u64));
        let folder = || tempfile::tempdir().expect("a folder");
        group.bench_function("forb", |b| {
            b.iter_batched(
                folder,
                |folder| {
                    forb(&sources, folder.path());
                    folder
                },
                BatchSize::PerIteration,
            );
        });
        group.bench_function("bare engine", |b| {
            b.iter_batched(
                folder,
                |folder| {
                    Peer::create(folder.path()).fill(&passages);
                    folder
                },
                BatchSize::PerIteration,
            );
        });
        group.bench_function("forb, analysis only", |b| {
            b.iter(|| black_box(sources.par_iter().map(prepare).collect::<Vec<_>>()));
        });
        group.finish();
    }
}

criterion_group!(benches, ingest);
criterion_main!(benches);
