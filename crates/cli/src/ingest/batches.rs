//! How much is read at once.

use std::fs;

use crate::paths::Found;

/// How many files are read at once, and after how many bytes of them the next ones wait: short lines
/// take fifteen times their bytes until they are in the index.
const BATCH_FILES: usize = 64;
const BATCH_BYTES: u64 = 24 << 20;

/// How many records of a data set are read at once, and after how many bytes of them the next wait.
pub(super) const BATCH_RECORDS: usize = 512;
const BATCH_RECORD_BYTES: usize = 16 << 20;

/// After how many records of one data set what was done is committed.
pub(super) const COMMIT_RECORDS: u64 = 200_000;

/// After how many bytes of reports what was done is committed, so that little is left to do again.
pub(super) const COMMIT_BYTES: u64 = 512 << 20;

/// How many of the files to come are read at once.
pub(super) fn batch_length(found: &[Found]) -> usize {
    within_batch(found, |item| match item {
        Found::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
        // Kept as soon as it is fetched: it is not asked for twice because something failed later.
        Found::Url(_) => BATCH_BYTES,
        Found::Input | Found::Failed(..) | Found::PassedOver(..) => 0,
    })
}

/// How many of these things make one batch: at least one.
pub(super) fn within_batch<T>(things: &[T], bytes_of: impl Fn(&T) -> u64) -> usize {
    let mut bytes = 0;
    let fits = |thing: &&T| {
        bytes += bytes_of(thing);
        bytes <= BATCH_BYTES
    };
    things.iter().take(BATCH_FILES).take_while(fits).count().max(1)
}

/// The next records of a data set that are read at once; none at its end.
pub(super) fn next_records<T>(
    records: &mut impl Iterator<Item = T>,
    bytes_of: impl Fn(&T) -> usize,
) -> Vec<T> {
    let (mut batch, mut bytes) = (Vec::new(), 0);
    while batch.len() < BATCH_RECORDS
        && bytes < BATCH_RECORD_BYTES
        && let Some(record) = records.next()
    {
        bytes += bytes_of(&record);
        batch.push(record);
    }
    batch
}
