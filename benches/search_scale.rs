//! One query over a large library, next to the bare engine over the same passages in the same run:
//! p50 and p99 of the time to the ten best hits with their number, fetched; forb also marks matches.
//!
//! usage: cargo bench --bench search_scale -- LIBRARY QUERIES.txt [PASSAGES.jsonl]
//! With a third path the passages are also written there, for peers of other kinds (`fts5.py`).

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use indexing::Index;
use model::{Codebook, Field};
use query::{Feedback, Ranking, SearchRequest, bridge, parse, search};
use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, MultiCollector, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{
    FAST, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Searcher, TantivyDocument, doc};

const ROUNDS: usize = 3;

fn main() {
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [library, queries, rest @ ..] = arguments.as_slice() else {
        println!("search_scale: give a library and a file of queries, one a line");
        return;
    };
    let index = Index::open(&Path::new(library).join("index")).expect("a library");
    let words = std::fs::read_to_string(queries).expect("queries");
    let words: Vec<&str> = words.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let peer = Peer::fill(&index, folder.path(), rest.first().map(String::as_str));
    println!("{} passages, {} queries", index.commit().counts.passages, words.len());
    println!("{:<40} {:>9} {:>9} {:>9}", "", "p50 ms", "p99 ms", "found");
    let codebook = Codebook::from_toml(include_str!("../corpus/codebook.toml")).expect("read");
    let plain = |words: &str| SearchRequest {
        ranking: Ranking::plain(),
        ..SearchRequest::new(parse(words).query)
    };
    let usual = |words: &str| SearchRequest::new(parse(words).query);
    let bridged = |words: &str| {
        let mut request = usual(words);
        request.added = bridge(&request.query, &codebook.vocabularies());
        request
    };
    let fed_back = |words: &str| {
        let mut request = bridged(words);
        request.ranking.feedback = Some(Feedback::default());
        request
    };
    let counted = |words: &str| SearchRequest { facets: vec![Field::Country], ..plain(words) };
    let ours = |request: SearchRequest| search(&index, &request).expect("an answer").total;
    report("bare engine", &words, |words| peer.answer(words));
    report("forb, plain", &words, |words| ours(plain(words)));
    report("forb, usual ranking", &words, |words| ours(usual(words)));
    report("forb, and the bridge", &words, |words| ours(bridged(words)));
    report("forb, and feedback", &words, |words| ours(fed_back(words)));
    report("bare engine with counts by country", &words, |words| peer.count_countries(words));
    report("forb, plain, with counts by country", &words, |words| ours(counted(words)));
}

fn report(name: &str, words: &[&str], answer: impl Fn(&str) -> usize) {
    for words in words {
        std::hint::black_box(answer(words));
    }
    let (mut times, mut found) = (Vec::new(), 0);
    for _ in 0..ROUNDS {
        for words in words {
            let start = Instant::now();
            found += answer(words);
            times.push(start.elapsed());
        }
    }
    times.sort_unstable();
    let at = |share: f64| -> f64 {
        let place = ((times.len() - 1) as f64 * share).round() as usize;
        times.get(place).map_or(0.0, Duration::as_secs_f64) * 1000.0
    };
    println!("{name:<40} {:>9.2} {:>9.2} {:>9}", at(0.5), at(0.99), found / ROUNDS);
}

/// The same passages in the bare engine, with its own analyser and parser.
struct Peer {
    searcher: Searcher,
    parser: QueryParser,
    id: tantivy::schema::Field,
}

impl Peer {
    fn fill(index: &Index, folder: &Path, dump: Option<&str>) -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing).set_stored();
        let text = schema.add_text_field("text", options);
        let country = schema.add_text_field("country", STRING | FAST);
        let engine = tantivy::Index::create_in_dir(folder, schema.build()).expect("created");
        let mut writer = engine.writer_with_num_threads(2, 256_000_000).expect("a writer");
        let mut dump = dump.map(|path| {
            std::io::BufWriter::new(std::fs::File::create(path).expect("a file for passages"))
        });
        // The texts are read before the clock starts: it is the engine that is timed.
        let records: Vec<_> = index.passages().expect("passages").collect();
        let start = Instant::now();
        for record in records {
            let record = record.expect("a record");
            let passage = &record.passage.passage;
            if let Some(dump) = &mut dump {
                let line =
                    serde_json::json!({ "id": passage.id.to_string(), "text": passage.text });
                writeln!(dump, "{line}").expect("written");
            }
            let code = record.document.country.map_or("", |country| country.code());
            let entry =
                doc!(id => passage.id.to_string(), text => passage.text.as_str(), country => code);
            writer.add_document(entry).expect("added");
        }
        writer.commit().expect("committed");
        writer.wait_merging_threads().expect("merged");
        println!("the bare engine indexed the passages in {:.1} s", start.elapsed().as_secs_f64());
        let searcher = engine.reader().expect("a reader").searcher();
        let parser = QueryParser::for_index(&engine, vec![text]);
        Self { searcher, parser, id }
    }

    fn answer(&self, words: &str) -> usize {
        let (query, _) = self.parser.parse_query_lenient(words);
        let collectors = (TopDocs::with_limit(10).order_by_score(), Count);
        let (top, count) = self.searcher.search(&query, &collectors).expect("found");
        for (_, address) in top {
            let found: TantivyDocument = self.searcher.doc(address).expect("fetched");
            std::hint::black_box(found.get_first(self.id).and_then(|id| id.as_str()).map(str::len));
        }
        count
    }

    fn count_countries(&self, words: &str) -> usize {
        let (query, _) = self.parser.parse_query_lenient(words);
        let request = r#"{"countries": {"terms": {"field": "country", "size": 300}}}"#;
        let request: Aggregations = serde_json::from_str(request).expect("a request");
        let mut collectors = MultiCollector::new();
        let top = collectors.add_collector(TopDocs::with_limit(10).order_by_score());
        let count = collectors.add_collector(Count);
        let countries = collectors
            .add_collector(AggregationCollector::from_aggs(request, AggContextParams::default()));
        let mut fruits = self.searcher.search(&query, &collectors).expect("found");
        for (_, address) in top.extract(&mut fruits) {
            let found: TantivyDocument = self.searcher.doc(address).expect("fetched");
            std::hint::black_box(found);
        }
        std::hint::black_box(countries.extract(&mut fruits));
        count.extract(&mut fruits)
    }
}
