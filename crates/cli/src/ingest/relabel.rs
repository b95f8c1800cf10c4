//! Labels made again from the passages that an index holds, after the codebook changed. No report is
//! read for it, nothing but labels changes, and one commit makes all of it hold, or none.

use anyhow::{Context, bail};
use indexing::{Coverage, Index, IndexError, Writer, WriterSettings};
use model::{DocumentRecord, IndexRecord, RecordKind};
use rayon::prelude::*;

use super::{Ingest, lock};
use crate::contents::Rules;
use crate::library::{Standing, standing};
use crate::output::Output;
use crate::paths::LibraryPaths;

/// How many documents are labelled at once.
const BATCH: usize = 64;

/// What came of labelling again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Relabelled {
    /// Passages that were looked at.
    pub passages: u64,
    /// Those whose labels are others now.
    pub changed: u64,
}

/// Labels every passage of a library again, and commits. What else the index lacks stays lacking.
pub fn relabel_library(library: &LibraryPaths, output: &Output) -> anyhow::Result<Relabelled> {
    let corpus = library.corpus();
    let _lock = lock(&corpus, output)?;
    let rules = Rules::of(&corpus)?;
    let folder = library.index();
    let index = match Index::open(&folder) {
        Err(IndexError::Missing { .. }) => {
            bail!("there is no index to label; run `forb index` to build it")
        }
        other => other?,
    };
    if let Standing::Differs(what) = standing(&corpus, &index.commit().coverage)? {
        bail!("the index does not match the corpus ({what}); run `forb index` to build it again");
    }
    let mut writer = Writer::open(&folder, WriterSettings::default())?;
    let relabelled = relabel(&index, &writer, &rules).context("no label was changed")?;
    let coverage =
        Coverage { codebook: corpus.codebook_digest()?, ..index.commit().coverage.clone() };
    writer.commit(&coverage)?;
    Ok(relabelled)
}

impl Ingest {
    /// Labels what the last commit holds again, if that was labelled by another codebook.
    pub(super) fn relabel_since(&self, coverage: &Coverage, output: &Output) -> anyhow::Result<()> {
        if coverage.codebook == self.corpus.codebook_digest()? {
            return Ok(());
        }
        let index = Index::open(&self.folder)?;
        let relabelled = relabel(&index, &self.writer, &self.rules)?;
        output.note(&format!(
            "the codebook has changed: the labels of {} of {} passages are others now",
            relabelled.changed, relabelled.passages
        ));
        Ok(())
    }
}

/// Labels the passages of an index again, but for documents that its writer has changed since.
fn relabel(index: &Index, writer: &Writer, rules: &Rules) -> anyhow::Result<Relabelled> {
    let mut total = Relabelled::default();
    let documents = index.documents()?;
    for batch in documents.chunks(BATCH) {
        let read = |document: &DocumentRecord| label(index, document, rules);
        let labelled: Vec<(Vec<IndexRecord>, Relabelled)> =
            batch.par_iter().map(read).collect::<anyhow::Result<_>>()?;
        for (document, (records, done)) in batch.iter().zip(labelled) {
            if writer.is_changed(&document.id) {
                continue;
            }
            total.passages += done.passages;
            total.changed += done.changed;
            if done.changed > 0 {
                writer.relabel(document, &records)?;
            }
        }
    }
    Ok(total)
}

/// The records of a document with their labels made again.
fn label(
    index: &Index,
    document: &DocumentRecord,
    rules: &Rules,
) -> anyhow::Result<(Vec<IndexRecord>, Relabelled)> {
    let mut done = Relabelled::default();
    let mut records = index.passages_of(&document.id)?;
    for record in records.iter_mut().filter(|record| record.kind == RecordKind::Passage) {
        let annotations = rules.annotators.annotations(&record.passage.passage);
        done.passages += 1;
        if annotations != record.passage.annotations {
            done.changed += 1;
            record.passage.annotations = annotations;
        }
    }
    Ok((records, done))
}
