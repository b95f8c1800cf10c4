//! One query answered: top ten, exact count, records fetched, matches marked; forb next to the bare
//! engine with its own snippets, over the same passages and the same ten queries, in the same run.

mod peer;

use criterion::{Criterion, criterion_group, criterion_main};
use indexing::{Coverage, Index, Writer, WriterSettings};
use ingestion::profiles::Profiles;
use ingestion::read;
use ingestion::records::DocumentRecords;
use model::{ContentHash, RecordKind};
use query::{SearchRequest, parse, search};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::Value;
use tantivy::snippet::SnippetGenerator;
use tantivy::{IndexReader, TantivyDocument};

use crate::peer::{HEAP, Peer, THREADS, sources};

/// Queries in the words of forb's users.
const QUERIES: &[&str] = &[
    "converts from Islam pressure from family",
    "registration of religious groups denied",
    "extremism law applied to peaceful believers",
    "blasphemy",
    "Jehovah's Witnesses conscientious objection prison",
    "freedom of religion special rapporteur recommendation",
    "religious education compulsory in public schools",
    "discrimination against religious minorities",
    "tax exemption",
    "the law on the registration of the churches in the country",
];

/// Top ten, count, fetch and the engine's own snippets.
fn bare(peer: &Peer, reader: &IndexReader, words: &str) -> usize {
    let searcher = reader.searcher();
    let parser = QueryParser::for_index(&peer.index, vec![peer.text]);
    let (query, _) = parser.parse_query_lenient(words);
    let collectors = (TopDocs::with_limit(10).order_by_score(), Count);
    let (top, count) = searcher.search(&query, &collectors).expect("found");
    let snippets = SnippetGenerator::create(&searcher, &*query, peer.text).expect("snippets");
    let mut length = 0;
    for (_, address) in top {
        let found: TantivyDocument = searcher.doc(address).expect("fetched");
        length += found.get_first(peer.id).and_then(|id| id.as_str()).map_or(0, str::len);
        length += snippets.snippet_from_doc(&found).highlighted().len();
    }
    std::hint::black_box(length);
    count
}

fn answers(criterion: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let (ours, theirs) = (folder.path().join("forb"), folder.path().join("peer"));
    std::fs::create_dir_all(&theirs).expect("made");
    let settings = WriterSettings { threads: THREADS, heap_bytes: HEAP };
    let mut writer = Writer::open(&ours, settings).expect("a writer");
    let mut passages = Vec::new();
    for source in sources(8) {
        let read = read(&source, Profiles::built_in()).expect("readable");
        let (document, records) =
            DocumentRecords::of(&read).into_records(ingestion::codebook::built_in_annotators());
        let records: Vec<_> = records.collect();
        writer.replace(&document, &records).expect("indexed");
        let kept = records.into_iter().filter(|record| record.kind == RecordKind::Passage);
        passages.extend(kept.map(|r| (r.passage.passage.id.to_string(), r.passage.passage.text)));
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
    drop(writer);
    let index = Index::open(&ours).expect("open");
    let peer = Peer::create(&theirs);
    peer.fill(&passages);
    let reader = peer.index.reader().expect("a reader");
    eprintln!("{} passages", passages.len());

    let mut group = criterion.benchmark_group("ten queries");
    group.bench_function("forb", |b| {
        b.iter(|| {
            for words in QUERIES {
                let request = SearchRequest::new(parse(words).query);
                std::hint::black_box(search(&index, &request).expect("answered").total);
            }
        });
    });
    group.bench_function("bare engine", |b| {
        b.iter(|| {
            for words in QUERIES {
                std::hint::black_box(bare(&peer, &reader, words));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, answers);
criterion_main!(benches);
