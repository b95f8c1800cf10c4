//! The peer of the benchmarks: the same passages in the bare engine, with its own English analyser,
//! its own parser and its own snippets. What forb costs beyond it is what forb adds.

use std::path::{Path, PathBuf};

use ingestion::SourceFile;
use tantivy::schema::{
    Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::{Index, IndexWriter, doc};

/// Threads and memory of every writer, ours and the peer's.
pub const THREADS: usize = 2;
pub const HEAP: usize = 128_000_000;

/// The readable reports: the seeds, the page excerpts and the texts of the UN reports, `copies`
/// times, each copy made different by a first paragraph of its own.
pub fn sources(copies: usize) -> Vec<SourceFile> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in ["seeds", "page-excerpts", "un-upr/txt"] {
        let entries = std::fs::read_dir(corpus.join(folder)).expect("../shared/corpus is needed");
        paths.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    paths.sort();
    let mut sources = Vec::new();
    for copy in 0..copies {
        for path in &paths {
            let mut bytes = Vec::new();
            if copy > 0 {
                bytes.extend(format!("Copy {copy}.\r\r").as_bytes());
            }
            bytes.extend(std::fs::read(path).expect("read"));
            sources.push(SourceFile::new(path.display().to_string(), bytes));
        }
    }
    sources
}

/// A bare engine's index of passages.
pub struct Peer {
    pub index: Index,
    pub id: Field,
    pub text: Field,
}

impl Peer {
    pub fn create(folder: &Path) -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let options = TextOptions::default().set_indexing_options(indexing).set_stored();
        let text = schema.add_text_field("text", options);
        let index = Index::create_in_dir(folder, schema.build()).expect("created");
        Self { index, id, text }
    }

    pub fn fill(&self, passages: &[(String, String)]) {
        let mut writer: IndexWriter =
            self.index.writer_with_num_threads(THREADS, HEAP).expect("a writer");
        for (id, text) in passages {
            let entry = doc!(self.id => id.as_str(), self.text => text.as_str());
            writer.add_document(entry).expect("added");
        }
        writer.commit().expect("committed");
    }
}
