//! Adding large data sets as a user does: whole processes of `forb add`, next to the bare engine that
//! is handed the same texts out of the same compressed file, at a tenth, a half and all of the input,
//! turn about in one run. Prints the rows of `benches/results/ingest.md`: seconds on the clock and of
//! the processors, texts and MB of text a second, and the most memory that was resident.
//!
//! usage: cargo bench -p cli --bench scale [-- us-code|factbook-fields|10|50|100 …]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use indexing::{Analyser, WriterSettings};
use serde_json::Value;
use tantivy::schema::{IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer};
use tantivy::{Index, IndexWriter, TantivyDocument};

/// As forb has it, so that the two are compared by what they do with memory and not by whose it is.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The data sets, and how much of them is added, in per cent.
const DATA_SETS: [&str; 2] = ["us-code", "factbook-fields"];
const SIZES: [usize; 3] = [10, 50, 100];

/// Who adds: forb, and this program as the bare engine with the texts in one field or, as forb has
/// them, in two.
const FORB: &str = "forb add";
const ONE_FIELD: &str = "engine, one field";
const TWO_FIELDS: &str = "engine, two fields";

/// After how many bytes of text the bare engine commits, as forb does.
const COMMIT_BYTES: usize = 512 << 20;

/// How often the memory of a process is looked at.
const LOOK: Duration = Duration::from_millis(5);

/// What a process took.
struct Taken {
    seconds: f64,
    processors: f64,
    peak_mb: f64,
}

/// A part of a data set, as a file.
struct Input {
    path: PathBuf,
    texts: usize,
    bytes: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        // Asked for by `cargo test --benches`: there is nothing to test.
        ["--test"] => {}
        [who @ (ONE_FIELD | TWO_FIELDS), input, folder] => {
            fill(Path::new(input), Path::new(folder), who == TWO_FIELDS);
        }
        ref chosen => measure(chosen),
    }
}

/// Measures the data sets and sizes that were named, or all of them.
fn measure(chosen: &[&str]) {
    let sizes: Vec<usize> = chosen.iter().filter_map(|name| name.parse().ok()).collect();
    let sizes = if sizes.is_empty() { SIZES.to_vec() } else { sizes };
    let is_named = |name: &&str| chosen.contains(name);
    let any_named = DATA_SETS.iter().any(&is_named);
    println!("load average at the start: {}", load());
    println!("| input | texts | MB of text | who | s | processors, s | texts/s | MB/s | peak MB |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for name in DATA_SETS.into_iter().filter(|name| !any_named || is_named(name)) {
        for &percent in &sizes {
            data_set(name, percent);
        }
    }
    println!("load average at the end: {}", load());
}

fn load() -> String {
    fs::read_to_string("/proc/loadavg").unwrap_or_default().trim().to_owned()
}

/// So many per cent of a data set; everybody's turn.
fn data_set(name: &str, percent: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let input = cut(name, percent, folder.path());
    let megabytes = input.bytes as f64 / 1e6;
    for who in [FORB, ONE_FIELD, TWO_FIELDS] {
        let into = folder.path().join("into");
        fs::create_dir(&into).expect("made");
        let Taken { seconds, processors, peak_mb } = run(&mut command(who, &input, &into));
        fs::remove_dir_all(&into).expect("removed");
        let (texts, a_second) = (input.texts, input.texts as f64 / seconds);
        println!(
            "| {name} {percent} % | {texts} | {megabytes:.1} | {who} | {seconds:.1} | \
             {processors:.1} | {a_second:.0} | {:.1} | {peak_mb:.0} |",
            megabytes / seconds,
        );
    }
}

fn command(who: &str, input: &Input, into: &Path) -> Command {
    let mut command = match who {
        FORB => {
            let mut forb = Command::new(env!("CARGO_BIN_EXE_forb"));
            forb.args(["add".as_ref(), "--library".as_ref(), into, &input.path]);
            forb
        }
        peer => {
            let mut this = Command::new(std::env::current_exe().expect("this program"));
            this.args([peer.as_ref(), input.path.as_path(), into]);
            this
        }
    };
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn lines(path: &Path) -> impl Iterator<Item = String> {
    let file = File::open(path).expect("../shared/corpus is needed");
    let reader = zstd::Decoder::new(file).expect("zstd");
    BufReader::new(reader).lines().map(|line| line.expect("a line"))
}

/// Writes so many per cent of the lines of a data set, spread evenly over the whole.
fn cut(name: &str, percent: usize, folder: &Path) -> Input {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let whole = corpus.join(format!("scale/{name}.jsonl.zst"));
    let path = folder.join(format!("{name}.jsonl.zst"));
    let mut encoder = zstd::Encoder::new(File::create(&path).expect("made"), 3).expect("zstd");
    let (mut texts, mut bytes) = (0, 0);
    for (at, line) in lines(&whole).enumerate() {
        if (at + 1) * percent / 100 > texts {
            texts += 1;
            bytes += text_of(&line).len();
            writeln!(encoder, "{line}").expect("written");
        }
    }
    encoder.finish().expect("finished");
    Input { path, texts, bytes }
}

fn text_of(line: &str) -> String {
    let record: Value = serde_json::from_str(line).expect("JSON");
    record["text"].as_str().expect("text").to_owned()
}

/// Runs a command and watches its memory.
fn run(command: &mut Command) -> Taken {
    let (start, before) = (Instant::now(), processors_of_children());
    let mut child = command.spawn().expect("runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak_mb = 0f64;
    let ended = loop {
        if let Some(ended) = child.try_wait().expect("waited for") {
            break ended;
        }
        peak_mb = peak_mb.max(peak_of(&status).unwrap_or(0.0));
        thread::sleep(LOOK);
    };
    assert!(ended.success(), "{command:?}: {ended}");
    let seconds = start.elapsed().as_secs_f64();
    Taken { seconds, processors: processors_of_children() - before, peak_mb }
}

/// Seconds of the processors that the processes took that this one waited for: the 16th and the 17th
/// field of its line, in hundredths.
fn processors_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field, the name, may hold spaces; it stands in parentheses.
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields = after_name.split_whitespace().skip(13).take(2);
    fields.filter_map(|field| field.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The most that was ever resident of a process, in MB; what it maps of its files is counted.
fn peak_of(status: &str) -> Option<f64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib * 1024.0 / 1e6)
}

/// Our words for the bare engine: it is measured on what an engine does with words, not on what a
/// word is.
#[derive(Clone)]
struct Words(Analyser);

struct WordsOf<'a>(indexing::analysis::Tokens<'a>, Token);

impl Tokenizer for Words {
    type TokenStream<'a> = WordsOf<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordsOf<'a> {
        WordsOf(indexing::tokens(text, self.0), Token::default())
    }
}

impl TokenStream for WordsOf<'_> {
    fn advance(&mut self) -> bool {
        let Some((range, word)) = self.0.next_borrowed() else { return false };
        self.1.position = self.1.position.wrapping_add(1);
        (self.1.offset_from, self.1.offset_to) = (range.start, range.end);
        self.1.text.clear();
        self.1.text.push_str(word);
        true
    }

    fn token(&self) -> &Token {
        &self.1
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.1
    }
}

/// The bare engine: every text of a file into an index, stored, with the same words.
fn fill(input: &Path, folder: &Path, two_fields: bool) {
    let mut schema = Schema::builder();
    let id = schema.add_text_field("id", STRING | STORED);
    let words = |analyser: Analyser| {
        TextFieldIndexing::default()
            .set_tokenizer(analyser.name())
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
    };
    let stemmed = TextOptions::default().set_indexing_options(words(Analyser::Stemmed));
    let text = schema.add_text_field("text", stemmed.set_stored());
    let exact = TextOptions::default().set_indexing_options(words(Analyser::Exact));
    let exact = two_fields.then(|| schema.add_text_field("exact", exact));
    let index = Index::create_in_dir(folder, schema.build()).expect("created");
    for analyser in Analyser::ALL {
        index.tokenizers().register(analyser.name(), TextAnalyzer::from(Words(analyser)));
    }
    let WriterSettings { threads, heap_bytes } = WriterSettings::default();
    let mut writer: IndexWriter =
        index.writer_with_num_threads(threads, heap_bytes).expect("a writer");
    let mut uncommitted = 0;
    for (at, line) in lines(input).enumerate() {
        let content = text_of(&line);
        uncommitted += content.len();
        let mut entry = TantivyDocument::new();
        entry.add_text(id, format!("{at}"));
        if let Some(exact) = exact {
            entry.add_text(exact, &content);
        }
        entry.add_text(text, &content);
        writer.add_document(entry).expect("added");
        if uncommitted > COMMIT_BYTES {
            writer.commit().expect("committed");
            uncommitted = 0;
        }
    }
    writer.commit().expect("committed");
}
