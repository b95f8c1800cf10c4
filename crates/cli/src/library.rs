//! A library opened for reading: its index, made first where there is none yet, and checked against
//! the corpus, so that nothing is searched that does not match what is held.

use std::path::Path;

use anyhow::{Context, bail};
use indexing::{Coverage, Index, IndexError};
use ingestion::corpus::{Corpus, CorpusError};

use render::LibraryState;

use crate::ingest::Ingest;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// How an index stands to its corpus.
#[derive(Debug, PartialEq, Eq)]
pub enum Standing {
    /// It has taken in everything.
    Current,
    /// Something in the corpus is not taken in yet; what, each a sentence.
    Behind(Vec<&'static str>),
    /// The corpus is not the one it was made from; what differs.
    Differs(String),
}

/// What the library is now, to be said beside an answer.
pub fn state(index: &Index) -> LibraryState {
    let indexing::Commit { coverage, counts, .. } = index.commit();
    let files = coverage.corpus.iter();
    LibraryState {
        codebook: coverage.codebook.to_hex(),
        corpus: files.map(|file| (file.name.clone(), file.sha256.to_hex())).collect(),
        documents: counts.documents,
        passages: counts.passages,
    }
}

/// Compares what an index has taken in with the corpus. Record files that the file system says are
/// unchanged are not read.
pub fn standing(corpus: &Corpus, coverage: &Coverage) -> Result<Standing, CorpusError> {
    let files = corpus.record_files()?;
    let mut behind = false;
    for covered in &coverage.corpus {
        let Some(file) = files.iter().find(|file| file.name == covered.name) else {
            return Ok(Standing::Differs(format!("{} is gone", covered.name)));
        };
        let same = |stamp: &indexing::FileStamp| {
            stamp.bytes == file.length && stamp.modified_ns == file.modified_ns
        };
        if covered.stamp.as_ref().is_some_and(same) {
            continue;
        }
        if file.prefix_hash(covered.bytes)? != Some(covered.sha256) {
            return Ok(Standing::Differs(format!("{} has changed", covered.name)));
        }
        behind |= file.complete()? > covered.bytes;
    }
    for file in files.iter().filter(|f| !coverage.corpus.iter().any(|c| c.name == f.name)) {
        behind |= file.complete()? > 0;
    }
    if corpus.profiles_digest()? != coverage.publishers_digest {
        return Ok(Standing::Differs("the publisher profiles have changed".to_owned()));
    }
    let mut what = Vec::new();
    if behind {
        what.push(
            "some reports in the corpus are not indexed yet, because an `add` was interrupted, and \
             are not searched; run `forb index` or the next `forb add` to take them in",
        );
    }
    if corpus.corrections_digest()? != coverage.corrections.file {
        what.push(
            "corrections.toml has changed, and what changed does not hold yet; run `forb index` or \
             the next `forb add` to take it in",
        );
    }
    if corpus.codebook_digest()? != coverage.codebook {
        what.push(
            "the codebook has changed, and the labels are those of the one before; run `forb index \
             --labels` to bring them up to date",
        );
    }
    Ok(if what.is_empty() { Standing::Current } else { Standing::Behind(what) })
}

/// Fails where there is no library.
pub fn require(library: &LibraryPaths) -> anyhow::Result<()> {
    if library.corpus().exists() {
        return Ok(());
    }
    bail!(
        "there is no library in {}; `forb add PATH` makes one, or name another with --library DIR",
        library.root.display()
    )
}

/// Opens a library's index for reading, building it where there is none.
pub fn open(library: &LibraryPaths, output: &Output) -> anyhow::Result<Index> {
    require(library)?;
    let folder = library.index();
    let index = match Index::open(&folder) {
        Err(IndexError::Missing { .. }) => build(library, &folder, output)?,
        other => other?,
    };
    match standing(&library.corpus(), &index.commit().coverage)? {
        Standing::Current => {}
        Standing::Behind(what) => what.into_iter().for_each(|what| output.warning(what)),
        Standing::Differs(what) => bail!(
            "the index in {} does not match the corpus ({what}); run `forb index` to build it again",
            folder.display()
        ),
    }
    for (_, name) in &index.commit().coverage.unread {
        output.warning(&format!(
            "{name} is held and could not be read, so it is not searched; `forb add` it again"
        ));
    }
    Ok(index)
}

fn build(library: &LibraryPaths, folder: &Path, output: &Output) -> anyhow::Result<Index> {
    output.note("there is no index yet; it is built from the corpus, once");
    Ingest::open(library, output).context("the index could not be built")?.commit()?;
    Ok(Index::open(folder)?)
}
