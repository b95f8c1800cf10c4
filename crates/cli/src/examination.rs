//! A library examined: captures against their hashes, files against records, the index against the
//! corpus, every passage against its document read again. Nothing is changed here.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::fs;

use indexing::{Index, IndexError};
use ingestion::captures::{self, Capture};
use ingestion::corpus::{CaptureRecord, Corpus, CorpusError, Records};
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile};
use model::{Captures, ContentHash, DocumentId, DocumentRecord};
use rayon::prelude::*;
use render::{Examination, Problem};

use crate::contents::{Prepared, PreparedRecords, Rules, prepared, read_document};
use crate::library::{Standing, standing};
use crate::paths::LibraryPaths;

/// How many records of a data set are read at once.
const BATCH: usize = 256;

/// How much is examined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Everything but reading the documents again.
    Quick,
    /// Everything.
    Full,
}

/// What an examination goes by.
struct Held {
    corpus: Corpus,
    records: Records,
    rules: Rules,
}

fn problem(kind: &'static str, what: impl ToString, mend: impl Into<String>) -> Problem {
    Problem { kind, what: what.to_string(), mend: mend.into() }
}

const REBUILD: &str = "run `forb index`";

/// Examines a library.
pub fn examine(library: &LibraryPaths, depth: Depth) -> anyhow::Result<Examination> {
    let mut found = Examination::default();
    let held = match held(library.corpus()) {
        Ok(held) => held,
        Err(error @ CorpusError::Io { .. }) => return Err(error.into()),
        Err(error) => {
            found.problems.push(problem(
                "unreadable",
                error,
                "mend the line it names, then look again",
            ));
            return Ok(found);
        }
    };
    for file in held.corpus.record_files()? {
        if file.complete()? < file.length {
            let what = format!("{} ends in half a line, from a write cut off", file.path.display());
            found.problems.push(problem("torn-line", what, "the next `forb add` takes it away"));
        }
    }
    let damaged = |record: &CaptureRecord| match held.corpus.load(record) {
        Ok(_) => None,
        Err(error) => {
            let mend = format!("`forb add` the file again, or `forb remove {}`", record.id);
            Some(problem("capture", error, mend))
        }
    };
    found.captures = held.records.captures.len();
    found.problems.par_extend(held.records.captures.par_iter().filter_map(damaged));
    files(&held, &mut found.problems)?;
    match Index::open(&library.index()) {
        Ok(index) => index_against_corpus(&held, &index, depth, &mut found)?,
        Err(error @ (IndexError::Engine { .. } | IndexError::Io { .. })) => {
            return Err(error.into());
        }
        Err(error) => found.problems.push(problem("index", error, REBUILD)),
    }
    Ok(found)
}

fn held(corpus: Corpus) -> Result<Held, CorpusError> {
    let (records, rules) = (corpus.records()?, Rules::of(&corpus)?);
    Ok(Held { corpus, records, rules })
}

/// Files in the corpus that no record names.
fn files(held: &Held, problems: &mut Vec<Problem>) -> anyhow::Result<()> {
    let named: HashSet<&str> = held.records.captures.iter().map(|r| r.file.as_str()).collect();
    let removed: HashSet<&str> = held.records.removed().map(|r| r.file.as_str()).collect();
    let captures = held.corpus.root().join("captures");
    let Ok(shards) = fs::read_dir(&captures) else { return Ok(()) };
    for shard in shards {
        let shard = shard?.path();
        let Ok(entries) = fs::read_dir(&shard) else { continue };
        for entry in entries {
            let path = entry?.path();
            let part = |path: &std::path::Path| {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            };
            let name = part(&path);
            let relative = format!("captures/{}/{name}", part(&shard));
            let shown = path.display();
            problems.extend(if named.contains(relative.as_str()) {
                None
            } else if removed.contains(relative.as_str()) {
                let what = format!("{shown} was removed, and its bytes are still there");
                Some(problem("removal", what, "the next `forb add` or `forb index` deletes them"))
            } else if name.starts_with(".forb-") {
                let what = format!("{shown} is left over from a write cut off");
                Some(problem("left-over", what, "delete it, unless forb is writing just now"))
            } else {
                let what = format!("{shown} is in no record");
                Some(problem("stranger", what, format!("`forb add {shown}`, or delete it")))
            });
        }
    }
    Ok(())
}

fn index_against_corpus(
    held: &Held,
    index: &Index,
    depth: Depth,
    found: &mut Examination,
) -> anyhow::Result<()> {
    let problems = &mut found.problems;
    match standing(&held.corpus, &index.commit().coverage)? {
        Standing::Current => {}
        Standing::Behind(what) => {
            problems.extend(what.into_iter().map(|what| problem("behind", what, REBUILD)));
        }
        Standing::Differs(what) => {
            problems.push(problem("index", format!("the index does not match: {what}"), REBUILD));
        }
    }
    let unread: HashSet<&DocumentId> =
        index.commit().coverage.unread.iter().map(|(id, _)| id).collect();
    for (_, name) in &index.commit().coverage.unread {
        let what = format!("{name} is held and could not be read");
        problems.push(problem("unread", what, "`forb add` it again"));
    }
    let documents = index.documents()?;
    let mut of: HashMap<DocumentId, Vec<&DocumentRecord>> = HashMap::new();
    for document in &documents {
        let part_of = document.metadata.part_of.as_ref();
        let capture = part_of.map_or_else(|| document.id.clone(), |p| p.sha256.document_id());
        of.entry(capture).or_default().push(document);
    }
    problems.extend(captures_against_rules(&documents));
    let is_active = |id: &DocumentId| {
        held.records.get(id).is_some_and(|record| !held.records.is_retired(record))
    };
    for document in of.iter().filter(|(id, _)| !is_active(id)).flat_map(|(_, inside)| inside) {
        let what = format!(
            "document {} ({}) is indexed, and nothing in the corpus holds it",
            document.id, document.metadata.file_name
        );
        problems.push(problem("stranger", what, REBUILD));
    }
    for record in held.records.active().filter(|record| !unread.contains(&record.id)) {
        if depth == Depth::Full {
            // A capture that cannot be read is named already.
            let Ok(source) = held.corpus.load(record) else { continue };
            if let Err(reason) = reread(held, index, record, &source, found) {
                let what = format!("{} cannot be read: {reason}", record.name);
                found.problems.push(problem("unread", what, "`forb add` it again"));
            }
        } else if !of.contains_key(&record.id) && record.mapping.is_none() {
            let what = format!("document {} ({}) is not indexed", record.id, record.name);
            found.problems.push(problem("not-indexed", what, REBUILD));
        }
    }
    Ok(())
}

/// The documents of which the index says something else about their captures than the rules do.
fn captures_against_rules(documents: &[DocumentRecord]) -> Vec<Problem> {
    let mut works: HashMap<&str, Vec<Capture>> = HashMap::new();
    for document in documents {
        let (capture, mark) = (Capture::of(document), document.settled.capture.as_ref());
        if let (Some(capture), Some(mark)) = (capture, mark) {
            works.entry(&mark.work).or_default().push(capture);
        }
    }
    let verdicts: HashMap<DocumentId, Option<Captures>> =
        works.into_values().flat_map(|of_work| captures::verdicts(&of_work)).collect();
    let differs = |document: &&DocumentRecord| {
        document.captures() != verdicts.get(&document.id).and_then(Option::as_ref)
    };
    let wrong = |document: &DocumentRecord| {
        let (id, name) = (&document.id, &document.metadata.file_name);
        let what = format!("of document {id} ({name}) the wrong capture answers");
        problem("captures", what, REBUILD)
    };
    documents.iter().filter(differs).map(wrong).collect()
}

/// Reads what a capture holds again and compares it with the index.
fn reread(
    held: &Held,
    index: &Index,
    record: &CaptureRecord,
    source: &SourceFile,
    found: &mut Examination,
) -> anyhow::Result<()> {
    let mapping: Option<Mapping> = record.mapping.as_deref().map(str::parse).transpose()?;
    let mut known: HashMap<ContentHash, DocumentId> = HashMap::new();
    let without: HashSet<&DocumentId> = record.without.iter().flatten().collect();
    match unpack::open(source, mapping.as_ref())? {
        Parts::One(inner) => compare(held, index, vec![*inner], &without, &mut known, found),
        Parts::Many(many) => {
            let mut records = many
                .filter_map(Result::ok)
                .filter(|record| !without.contains(&record.sha256().document_id()));
            loop {
                let batch: Vec<SourceFile> = records.by_ref().take(BATCH).collect();
                if batch.is_empty() {
                    return Ok(());
                }
                compare(held, index, batch, &without, &mut known, found)?;
            }
        }
    }
}

fn compare(
    held: &Held,
    index: &Index,
    sources: Vec<SourceFile>,
    without: &HashSet<&DocumentId>,
    known: &mut HashMap<ContentHash, DocumentId>,
    found: &mut Examination,
) -> anyhow::Result<()> {
    // What the rest of the library said of a document when it was indexed is taken as it stands.
    let read = |source: SourceFile| -> anyhow::Result<Vec<(Prepared, String)>> {
        let Ok(read) = read_document(&source, &held.rules) else { return Ok(Vec::new()) };
        let documents = read.each().filter(|read| !without.contains(read.document.id()));
        let prepare = |read: &ReadDocument| {
            let indexed = index.document(read.document.id())?;
            let verdict = indexed.map(|indexed| indexed.settled.verdict).unwrap_or_default();
            Ok((prepared(read, &verdict, &held.rules), read.document.text().to_owned()))
        };
        documents.map(prepare).collect()
    };
    let read: Vec<Vec<(Prepared, String)>> =
        sources.into_par_iter().map(read).collect::<anyhow::Result<_>>()?;
    for (ready, text) in read.into_iter().flatten() {
        let id = ready.document.id.clone();
        // What reads the same as an earlier record is folded into that.
        let first = ready.likeness.map(|likeness| known.entry(likeness).or_insert(id.clone()));
        if first.is_none_or(|first| *first == id) {
            found.documents += 1;
            found.problems.extend(compare_document(index, &ready, &text)?);
        }
    }
    Ok(())
}

fn compare_document(
    index: &Index,
    ready: &Prepared,
    text: &str,
) -> anyhow::Result<Option<Problem>> {
    let (id, name) = (&ready.document.id, &ready.document.metadata.file_name);
    if index.document(id)?.is_none() {
        let what = format!("document {id} ({name}) is not indexed");
        return Ok(Some(problem("not-indexed", what, REBUILD)));
    }
    let records = match &ready.records {
        PreparedRecords::Made(records) => Cow::Borrowed(records.as_slice()),
        PreparedRecords::Later(large) => Cow::Owned(large.bare_records().collect()),
    };
    let passages = records.iter().map(|record| &record.passage.passage);
    if let Some(wrong) = passages.clone().find(|p| p.range.of(text) != Some(p.text.as_str())) {
        let what = format!("passage {} does not stand at its place in {name}", wrong.id);
        return Ok(Some(problem("range", what, "please report this: it is a defect of forb")));
    }
    let read: HashMap<String, _> =
        passages.map(|p| (p.id.to_string(), (&p.text, p.range))).collect();
    let stored = index.passages_of(id)?;
    let same = |record: &model::IndexRecord| {
        let passage = &record.passage.passage;
        read.get(&passage.id.to_string()) == Some(&(&passage.text, passage.range))
    };
    if stored.len() == read.len() && stored.iter().all(same) {
        return Ok(None);
    }
    let what = format!("the passages of {id} ({name}) are not those of the document read again");
    Ok(Some(problem("passages", what, REBUILD)))
}
