//! Tests of the whole crate over small libraries in temporary directories: what goes in comes out,
//! and whatever happens in between, the last committed state opens.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use model::{
    AnnotatedPassage, Annotation, AnnotationKind, BlockMark, Captures, Circle, ContentHash,
    Country, DigestOf, DocumentRecord, DocumentSummary, Evidence, HeldAs, HeldDocument,
    IndexRecord, Locator, Metadata, Origin, Page, Passage, PassageId, PassagePosition, Period,
    Publisher, RecordKind, Role, RuleCount, SetAsideBlock, Settled, TextRange, Verdict,
};
use proptest::prelude::*;
use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};
use tantivy::schema::Value;

use super::*;
use crate::layout::generation_dir;
use crate::stored::Stored;

const SETTINGS: WriterSettings = WriterSettings { threads: 1, heap_bytes: 16_000_000 };

/// A document on Kazakhstan with these passages, the last of them set aside.
fn document(seed: u8, texts: &[&str]) -> (DocumentRecord, Vec<IndexRecord>) {
    let sha256 = ContentHash([seed; 32]);
    let id = sha256.document_id();
    let mut metadata = Metadata::of_capture(sha256);
    let witness = |value: &str| Evidence::new(Origin::Text, value, "it says so").quoting(value);
    let state = Publisher { id: "us-state".into(), name: "U.S. Department of State".into() };
    metadata.publisher.witness(state, witness("us-state"));
    metadata.country.witness(Country::find("Kazakhstan").expect("known"), witness("KZ"));
    metadata.period.witness(Period::year(2021).expect("a year"), witness("2021"));
    metadata.file_name = format!("{seed}.txt");
    let records = texts.iter().enumerate().map(|(at, text)| {
        let set_aside = at + 1 == texts.len();
        let number = at as u32 + 1;
        let (kind, role, position) = if set_aside {
            (RecordKind::SetAside, Role::Chrome, PassagePosition::Block { block: number, piece: 0 })
        } else {
            let position = PassagePosition::Paragraph { paragraph: number, piece: 0 };
            (RecordKind::Passage, Role::Body, position)
        };
        let range = TextRange::new(at * 1000, at * 1000 + text.len());
        let locator = Locator {
            section: vec!["Overview".into(), "Legal framework".into()],
            paragraph: (!set_aside).then_some(number),
            page: Some(Page { physical: 3, label: Some("iii".into()) }),
            ..Locator::default()
        };
        let passage = Passage {
            id: PassageId::new(id.clone(), position),
            role,
            range,
            text: (*text).to_owned(),
            sentences: vec![TextRange::new(0, text.len())],
            locator,
        };
        let annotations = vec![Annotation {
            kind: AnnotationKind::Country(Country::find("Kosovo").expect("known")),
            evidence: vec![TextRange::new(0, 1)],
        }];
        let passage = AnnotatedPassage { passage, annotations };
        IndexRecord { kind, document: metadata.summary(&id).into(), passage }
    });
    let records: Vec<IndexRecord> = records.collect();
    let record = DocumentRecord {
        id: id.clone(),
        metadata,
        passages: records.len() as u32 - 1,
        words: 10,
        set_aside: 1,
        set_aside_by: vec![RuleCount { rule: "banner".into(), blocks: 1 }],
        warnings: vec!["none to speak of".into()],
        chapters: Vec::new(),
        folded: vec!["set.json: Gambia, The".into()],
        settled: Settled {
            marks: vec![BlockMark { block: 1, hash: u64::from(seed) }],
            capture: None,
            verdict: Verdict {
                set_aside: vec![SetAsideBlock { block: 2, role: Role::Chrome }],
                captures: None,
            },
        },
    };
    (record, records)
}

/// Every document is counted by its row as it is by its record.
fn assert_counted(index: &Index) {
    let (rows, records) = (index.held().expect("read"), index.documents().expect("read"));
    assert!(!rows.is_empty());
    let of_record = |record: &DocumentRecord| HeldDocument {
        id: record.id.clone(),
        passages: record.passages,
        words: record.words,
        standing: HeldAs::of(record).into(),
    };
    assert_eq!(rows, records.iter().map(of_record).collect::<Vec<_>>());
}

fn coverage(bytes: u64) -> Coverage {
    let file = CoveredFile {
        name: "documents.jsonl".into(),
        bytes,
        sha256: ContentHash([bytes as u8; 32]),
        stamp: Some(FileStamp { modified_ns: 5, bytes }),
    };
    Coverage {
        corpus: vec![file],
        publishers_digest: ContentHash([9; 32]),
        unread: Vec::new(),
        begun: Vec::new(),
        corrections: Default::default(),
        codebook: ContentHash([0; 32]),
    }
}

fn add(writer: &Writer, seed: u8, texts: &[&str]) -> DocumentRecord {
    let (document, records) = document(seed, texts);
    writer.replace(&document, &records).expect("a consistent document");
    document
}

fn library() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary directory")
}

#[test]
fn what_goes_in_comes_out() {
    let dir = library();
    let dir = dir.path().join("not/yet/there");
    let mut writer = Writer::open(&dir, SETTINGS).expect("a new index");
    assert_eq!(writer.last_commit(), None);
    let (first, records) = document(1, &["Converts were fined.", "Qur’an lessons.", "Donate!"]);
    writer.replace(&first, &records).expect("consistent");
    let second = add(&writer, 2, &["Other.", "Menu"]);
    let commit = writer.commit(&coverage(70)).expect("committed");

    let index = Index::open(&dir).expect("an index");
    assert_eq!(index.commit(), &commit);
    assert_eq!(
        commit.counts,
        Counts { documents: 2, passages: 3, set_aside: 2, words: 20, ..Counts::default() }
    );
    assert_eq!(index.passages_of(&first.id).expect("read"), records);
    assert_eq!(index.document(&first.id).expect("read"), Some(first.clone()));
    assert_eq!(
        index.passage(&records[1].passage.passage.id).expect("read"),
        Some(records[1].clone())
    );
    let documents = index.documents().expect("read");
    assert_counted(&index);
    assert_eq!(documents.iter().map(|d| &d.id).collect::<Vec<_>>(), {
        let mut ids = [&first.id, &second.id];
        ids.sort();
        ids
    });
    let missing = ContentHash([7; 32]).document_id();
    assert_eq!(index.document(&missing).expect("read"), None);
    assert!(index.passages_of(&missing).expect("read").is_empty());
    let second_writer = Writer::open(&dir, SETTINGS);
    assert!(matches!(second_writer, Err(IndexError::Locked { .. })));
    drop(writer);
    Writer::open(&dir, SETTINGS).expect("free again").finish().expect("nothing to do");
}

#[test]
fn documents_are_found_by_the_beginning_of_their_id() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let a = add(&writer, 0x10, &["a", "x"]).id;
    let b = add(&writer, 0x11, &["b", "x"]).id;
    let c = add(&writer, 0xff, &["c", "x"]).id;
    writer.commit(&coverage(1)).expect("committed");
    let index = Index::open(dir.path()).expect("an index");
    let find = |prefix: &str| index.find_document(prefix).expect("read");
    assert_eq!(find("zz"), FoundDocument::One(c.clone()));
    assert_eq!(find("ZZZZZZZZZZZZ"), FoundDocument::One(c));
    assert_eq!(find(&a.as_str()[..1]), FoundDocument::Several(vec![a, b]));
    for nothing in ["q", "", "no id at all", "il"] {
        assert_eq!(find(nothing), FoundDocument::None, "{nothing}");
    }
}

#[test]
fn a_replaced_document_leaves_nothing_behind() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let kept = add(&writer, 1, &["kept", "x"]);
    let old = add(&writer, 2, &["one", "two", "three", "x"]);
    writer.commit(&coverage(1)).expect("committed");
    add(&writer, 2, &["first try", "x"]);
    add(&writer, 2, &["one", "new", "x"]);
    writer.remove(&kept.id).expect("removed");
    let commit = writer.commit(&coverage(2)).expect("committed");
    assert_eq!(
        commit.counts,
        Counts { documents: 1, passages: 2, set_aside: 1, words: 10, ..Counts::default() }
    );
    let index = Index::open(dir.path()).expect("whole");
    let texts: Vec<String> = index
        .passages_of(&old.id)
        .expect("read")
        .into_iter()
        .map(|record| record.passage.passage.text)
        .collect();
    assert_eq!(texts, ["one", "new", "x"]);
    assert_eq!(index.document(&kept.id).expect("read"), None);
    assert_eq!(index.documents().expect("read").len(), 1);
}

#[test]
fn a_capture_that_does_not_answer_has_counts_of_its_own() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let answering = add(&writer, 1, &["kept", "x"]).id;
    let counts = writer.commit(&coverage(1)).expect("committed").counts;
    let (mut other, mut records) = document(2, &["one", "two", "x"]);
    let captures = Captures { answering: answering.clone(), others: vec![other.id.clone()] };
    other.settled.verdict.captures = Some(captures);
    // Records that say nothing of it are refused.
    let refused = writer.replace(&other, &records);
    assert!(matches!(refused, Err(IndexError::Inconsistent { .. })));
    for record in &mut records {
        record.document = other.summary().into();
        record.kind = match record.kind.is_passage() {
            true => RecordKind::of_passage(&record.document),
            false => RecordKind::of_set_aside(&record.document),
        };
    }
    writer.replace(&other, &records).expect("consistent");
    let with_other = writer.commit(&coverage(1)).expect("committed").counts;
    assert_eq!(with_other, Counts { other_captures: 1, other_records: 3, ..counts });
    let index = Index::open(dir.path()).expect("whole");
    assert_eq!(index.passages_of(&other.id).expect("read"), records);
    // The best one goes, and the other answers.
    writer.remove(&answering).expect("removed");
    let (alone, records) = document(2, &["one", "two", "x"]);
    writer.replace(&alone, &records).expect("consistent");
    let now = writer.commit(&coverage(1)).expect("committed").counts;
    let expected =
        Counts { documents: 1, passages: 2, set_aside: 1, words: 10, ..Counts::default() };
    assert_eq!(now, expected);
    Index::open(dir.path()).expect("whole");
}

#[test]
fn chapters_leave_with_what_they_were_cut_out_of() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let chapters = [add(&writer, 2, &["two", "x"]), add(&writer, 3, &["three", "x"])];
    let (mut whole, records) = document(1, &["one", "x"]);
    whole.chapters = chapters.iter().map(|chapter| chapter.id.clone()).collect();
    writer.replace(&whole, &records).expect("added");
    assert_eq!(writer.commit(&coverage(1)).expect("committed").counts.documents, 3);
    // Cut in another way: what is no chapter any more leaves, also before a commit.
    whole.chapters.pop();
    writer.replace(&whole, &records).expect("replaced");
    assert_eq!(writer.commit(&coverage(2)).expect("committed").counts.documents, 2);
    add(&writer, 4, &["four", "x"]);
    whole.chapters.push(ContentHash([4; 32]).document_id());
    writer.replace(&whole, &records).expect("replaced");
    writer.remove(&whole.id).expect("removed");
    let commit = writer.commit(&coverage(3)).expect("committed");
    assert_eq!(commit.counts, Counts::default());
    assert_eq!(Index::open(dir.path()).expect("whole").documents().expect("read"), []);
}

#[test]
fn what_is_rolled_back_or_dropped_was_never_there() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let kept = add(&writer, 1, &["kept", "x"]);
    let commit = writer.commit(&coverage(1)).expect("committed");
    add(&writer, 2, &["gone", "x"]);
    writer.remove(&kept.id).expect("removed");
    writer.rollback().expect("rolled back");
    assert_eq!(writer.commit(&coverage(1)).expect("committed"), commit);
    add(&writer, 3, &["gone too", "x"]);
    drop(writer);
    let index = Index::open(dir.path()).expect("an index");
    assert_eq!(index.commit(), &commit);
    assert_eq!(index.documents().expect("read"), [kept]);
    assert_counted(&index);
}

#[test]
fn an_open_index_does_not_change_under_its_reader() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let first = add(&writer, 1, &["first", "x"]);
    writer.commit(&coverage(1)).expect("committed");
    let index = Index::open(dir.path()).expect("an index");
    drop(writer);
    let mut writer = Writer::rebuild(dir.path(), SETTINGS).expect("a new generation");
    add(&writer, 2, &["second", "x"]);
    assert_eq!(Index::open(dir.path()).expect("the old one").commit().coverage, coverage(1));
    writer.commit(&coverage(2)).expect("committed");
    assert!(index.document(&first.id).expect("read").is_some());
    let now = Index::open(dir.path()).expect("the new one");
    assert_eq!(now.commit().coverage, coverage(2));
    assert_eq!(now.document(&first.id).expect("read"), None);
    assert_eq!(layout::generations(dir.path()).expect("listed"), [2]);
}

#[test]
fn a_rebuild_that_never_ends_leaves_the_present_index() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    add(&writer, 1, &["first", "x"]);
    writer.commit(&coverage(1)).expect("committed");
    drop(writer);
    for _ in 0..2 {
        let writer = Writer::rebuild(dir.path(), SETTINGS).expect("a new generation");
        add(&writer, 2, &["second", "x"]);
        drop(writer);
        assert_eq!(Index::open(dir.path()).expect("old").commit().counts.documents, 1);
    }
    assert_eq!(layout::generations(dir.path()).expect("listed"), [1, 2]);
    drop(Writer::open(dir.path(), SETTINGS).expect("clears up"));
    assert_eq!(layout::generations(dir.path()).expect("listed"), [1]);
}

#[test]
fn the_engines_commit_counts_where_meta_json_is_behind() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    add(&writer, 1, &["first", "x"]);
    writer.commit(&coverage(1)).expect("committed");
    let behind = fs::read(dir.path().join("meta.json")).expect("written");
    add(&writer, 2, &["second", "x"]);
    writer.commit(&coverage(2)).expect("committed");
    fs::write(dir.path().join("meta.json"), behind).expect("as after a kill between the two");
    drop(writer);
    let index = Index::open(dir.path()).expect("an index");
    assert_eq!(index.commit().coverage, coverage(2));
    assert_eq!(index.documents().expect("read").len(), 2);
    let writer = Writer::open(dir.path(), SETTINGS).expect("goes on");
    assert_eq!(writer.last_commit().map(|commit| &commit.coverage), Some(&coverage(2)));
}

fn open_error(dir: &Path) -> String {
    match Index::open(dir) {
        Ok(_) => panic!("it opened"),
        Err(error) => error.to_string().replace(&dir.display().to_string(), "DIR"),
    }
}

#[test]
fn what_cannot_be_read_says_what_to_run() {
    let dir = library();
    assert_eq!(open_error(dir.path()), "no index stands in DIR; run `forb index` to build it");
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    add(&writer, 1, &["first", "x"]);
    assert!(open_error(dir.path()).starts_with("no index stands"), "nothing is committed yet");
    writer.commit(&coverage(1)).expect("committed");
    drop(writer);

    let meta = dir.path().join("meta.json");
    let good = fs::read_to_string(&meta).expect("written");
    let version = format!("\"format_version\": {FORMAT_VERSION}");
    fs::write(&meta, good.replace(&version, "\"format_version\": 99")).expect("w");
    assert_eq!(
        open_error(dir.path()),
        format!(
            "the index in DIR is of format 99 (forb 0.1.0), this forb reads format {FORMAT_VERSION}; run `forb index` to rebuild it"
        )
    );
    fs::write(&meta, good.replace(analysers_digest(), "others")).expect("w");
    assert!(open_error(dir.path()).starts_with("the index in DIR is of analysers others"));
    let same_version = format!("{{\"format_version\":{FORMAT_VERSION}}}");
    for (half, reason) in [("", "EOF"), ("{}", "format_version"), (&same_version, "tool")] {
        fs::write(&meta, half).expect("w");
        let error = open_error(dir.path());
        assert!(error.starts_with("the index in DIR is damaged (meta.json"), "{error}");
        assert!(error.contains(reason), "{error}");
    }
    fs::write(&meta, &good).expect("w");
    assert!(Index::open(dir.path()).is_ok());

    let engine_meta = generation_dir(dir.path(), 1).join("meta.json");
    let engine = fs::read_to_string(&engine_meta).expect("written");
    fs::write(&engine_meta, &engine[..engine.len() / 2]).expect("w");
    assert!(open_error(dir.path()).contains("is damaged"));
    fs::write(&engine_meta, &engine).expect("w");
    let segment = fs::read_dir(generation_dir(dir.path(), 1))
        .expect("listed")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|e| e == "store"))
        .expect("a store");
    let whole = fs::read(&segment).expect("read");
    fs::write(&segment, b"").expect("w");
    assert!(open_error(dir.path()).contains("is damaged"));
    fs::remove_file(&segment).expect("removed");
    assert!(open_error(dir.path()).contains("is damaged"));
    fs::write(&segment, whole).expect("w");
    assert!(Index::open(dir.path()).is_ok());

    fs::remove_dir_all(generation_dir(dir.path(), 1)).expect("removed");
    assert_eq!(
        open_error(dir.path()),
        "the index in DIR is damaged (passages-1 is missing); run `forb index` to rebuild it"
    );
    let mut writer = Writer::rebuild(dir.path(), SETTINGS).expect("whatever its state");
    writer.commit(&coverage(0)).expect("committed");
    assert!(Index::open(dir.path()).is_ok());
}

#[test]
fn records_that_do_not_fit_their_document_are_refused() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let (document_one, records) = document(1, &["first", "x"]);
    let (document_two, _) = document(2, &["second", "x"]);
    let refused = |error: IndexError| matches!(error, IndexError::Inconsistent { .. });
    assert!(writer.replace(&document_two, &records).is_err_and(refused));
    assert!(writer.replace(&document_one, &records[..1]).is_err_and(refused));
    writer.replace(&document_one, &records).expect("consistent");
    let mut other_capture = document_one.clone();
    other_capture.metadata.sha256 = ContentHash([3; 32]);
    assert!(writer.replace(&other_capture, &records).is_err_and(refused));
    let commit = writer.commit(&coverage(1)).expect("committed");
    assert_eq!(commit.counts.documents, 1);
}

#[test]
fn records_taken_one_by_one_replace_a_document_and_are_checked() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let (old, records) = document(1, &["old", "x"]);
    writer.replace(&old, &records).expect("consistent");
    writer.commit(&coverage(1)).expect("committed");
    let (new, records) = document(1, &["new", "newer", "x"]);
    writer.replace_from(&new, records.clone().into_iter()).expect("consistent");
    assert_eq!(writer.commit(&coverage(2)).expect("committed").counts.passages, 2);
    let stored = Index::open(dir.path()).expect("whole").passages_of(&new.id).expect("read");
    assert_eq!(stored, records);

    let refused = |error: IndexError| matches!(error, IndexError::Inconsistent { .. });
    let too_few = records[1..].iter().cloned();
    assert!(writer.replace_from(&new, too_few).is_err_and(refused));
    writer.rollback().expect("back");
    let (_, strange) = document(2, &["new", "newer", "x"]);
    assert!(writer.replace_from(&new, strange.into_iter()).is_err_and(refused));
    writer.rollback().expect("back");
    writer.commit(&coverage(2)).expect("committed");
    let stored = Index::open(dir.path()).expect("whole").passages_of(&new.id).expect("read");
    assert_eq!(stored, records);
}

#[test]
fn documents_come_from_several_threads_at_once() {
    let dir = library();
    let mut writer =
        Writer::open(dir.path(), WriterSettings { threads: 2, heap_bytes: 0 }).expect("new");
    std::thread::scope(|scope| {
        let writer = &writer;
        for thread in 0..4_u8 {
            scope.spawn(move || {
                for n in 0..10 {
                    add(writer, thread * 10 + n, &["text", "x"]);
                }
            });
        }
    });
    assert_eq!(writer.commit(&coverage(1)).expect("committed").counts.documents, 40);
    assert_eq!(Index::open(dir.path()).expect("whole").documents().expect("read").len(), 40);
}

/// A directory on a file system that refuses every write, as a read-only library does.
#[derive(Clone, Debug)]
struct ReadOnly(MmapDirectory);

fn refusal() -> std::io::Error {
    std::io::ErrorKind::ReadOnlyFilesystem.into()
}

impl Directory for ReadOnly {
    fn get_file_handle(
        &self,
        path: &Path,
    ) -> Result<std::sync::Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }
    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let io_error = std::sync::Arc::new(refusal());
        Err(DeleteError::IoError { io_error, filepath: path.to_owned() })
    }
    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let io_error = std::sync::Arc::new(refusal());
        Err(OpenWriteError::IoError { io_error, filepath: path.to_owned() })
    }
    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }
    fn atomic_write(&self, _path: &Path, _data: &[u8]) -> std::io::Result<()> {
        Err(refusal())
    }
    fn sync_directory(&self) -> std::io::Result<()> {
        Err(refusal())
    }
    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Err(LockError::wrap_io_error(refusal()))
    }
    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

#[test]
fn a_read_only_library_can_be_read() {
    let dir = library();
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("new");
    let first = add(&writer, 1, &["first", "x"]);
    writer.commit(&coverage(1)).expect("committed");
    drop(writer);
    let directory = MmapDirectory::open(generation_dir(dir.path(), 1)).expect("a directory");
    let opened = engine::open_in(dir.path(), ReadOnly(directory)).expect("no lock is needed");
    let index = Index::of(dir.path(), opened).expect("whole");
    assert_eq!(index.document(&first.id).expect("read"), Some(first));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn any_record_is_read_back_as_it_was_stored(
        text in "\\PC{1,80}", label in proptest::option::of("\\PC{0,8}"), set_aside: bool,
        paragraph in 1u32.., piece: u32, block in 1u32.., start in 0usize..1_000_000_000,
        known: [bool; 6],
    ) {
        let (_, mut records) = document(4, &[&text, "x"]);
        let mut record = records.remove(usize::from(set_aside));
        let mut of = DocumentSummary::clone(&record.document);
        of.title = known[0].then(|| text.clone());
        of.publisher = of.publisher.filter(|_| known[1]);
        of.country = Country::find("PK").filter(|_| known[2]);
        of.published = known[3].then(|| "2021-03".parse().expect("a date"));
        of.digest_of = known[4].then(|| DigestOf {
            publisher: "p".into(),
            title: text.clone(),
            period: known[0].then(|| "2021".parse().expect("a period")),
            sha256: ContentHash([7; 32]),
        });
        of.captures = known[5].then(|| Captures {
            answering: of.id.clone(),
            others: vec![ContentHash([9; 32]).document_id(); 2],
        });
        record.document = Arc::new(of);
        let passage = &mut record.passage.passage;
        passage.locator.paragraph_label = label;
        passage.range = TextRange::new(start, start + text.len());
        passage.id.position = if set_aside {
            PassagePosition::Block { block, piece }
        } else {
            PassagePosition::Paragraph { paragraph, piece }
        };
        let (_, fields) = schema::schema();
        let entry = schema::record_entry(&fields, &record).expect("stored");
        let bytes = entry.get_first(fields.record).and_then(|value| value.as_bytes());
        let bytes = bytes.expect("a record").to_vec();
        let beginning = stored::id_and_text(&bytes[1..]);
        let (id, words) = (record.passage.passage.id.clone(), &*record.passage.passage.text);
        prop_assert_eq!(beginning, Ok((id, words)));
        let entry = Stored { field: fields.record, bytes: bytes.clone() };
        prop_assert_eq!(schema::decode_record(&fields, &entry), Ok(record));
        prop_assert!(schema::decode_document(&fields, &entry).is_err());
    }
}

#[test]
fn a_commit_says_which_circles_are_unsettled_until_one_says_that_none_is() {
    let dir = library();
    let state = Circle::Publisher("us-state".into());
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("a new index");
    assert_eq!(writer.unsettled(), []);
    let (first, second) = (add(&writer, 1, &["One.", "Menu"]), add(&writer, 2, &["Two.", "Menu"]));
    assert_eq!(writer.unsettled(), std::slice::from_ref(&state));
    assert_eq!(
        writer.commit(&coverage(1)).expect("committed").unsettled,
        std::slice::from_ref(&state)
    );
    drop(writer);

    // Whoever writes next finds it.
    let mut writer = Writer::open(dir.path(), SETTINGS).expect("the index");
    assert_eq!(writer.unsettled(), std::slice::from_ref(&state));
    let index = Index::open(dir.path()).expect("an index");
    let found: Result<Vec<DocumentRecord>, _> =
        index.documents_in(&state).expect("found").collect();
    let mut found = found.expect("read");
    found.sort_by(|a, b| a.id.cmp(&b.id));
    let mut expected = [first.clone(), second];
    expected.sort_by(|a, b| a.id.cmp(&b.id));
    assert_eq!(found, expected);
    assert_eq!(index.documents_in(&Circle::Publisher("us".into())).expect("found").count(), 0);

    add(&writer, 1, &["One.", "Menu"]);
    assert_eq!(writer.commit_settled(&coverage(2)).expect("committed").unsettled, []);
    assert_eq!(writer.unsettled(), []);
    // What goes leaves its circle unsettled too.
    writer.remove(&first.id).expect("removed");
    assert_eq!(writer.unsettled(), [state]);
    writer.rollback().expect("rolled back");
    assert_eq!(writer.unsettled(), []);
}
