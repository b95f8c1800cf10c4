//! Places found again: passages cited and described by selectors, read back and found in the document's text,
//! also where the text is cut into passages otherwise. Over the digests, and over a sample of the real
//! reports, skipped loudly where they are absent; `benches/round_trip.rs` goes over all of them.

mod places;

use places::{Tally, files, tally_file};
use rayon::prelude::*;

use crate::harness::{real_reports, repository};

/// The largest file of a sample, in bytes, and which passages of it are looked at.
const LARGEST: u64 = 60_000;
const EVERY: usize = 2;

fn all_are_found(tally: Tally, least: usize) {
    eprintln!("{tally:?}");
    assert!(tally.passages >= least, "{tally:?}");
    let counts = [tally.cited, tally.in_place, tally.cut_otherwise];
    assert_eq!(counts, [tally.passages; 3], "{tally:?}");
}

#[test]
fn every_passage_of_the_digests_is_found_again_at_its_range() {
    let paths = files(&repository().join("corpus/digests"));
    let tally = paths.iter().map(|path| tally_file(path, 1)).fold(Tally::default(), Tally::and);
    all_are_found(tally, 40);
}

#[test]
fn a_sample_of_the_reports_is_found_again_at_its_range() {
    let Some(reports) = real_reports("a_sample_of_the_reports_is_found_again") else { return };
    let is_small = |path: &std::path::PathBuf| {
        path.metadata().is_ok_and(|file| file.len() <= LARGEST) && path.is_file()
    };
    let paths: Vec<_> = files(&reports).into_iter().filter(is_small).collect();
    let each = paths.par_iter().map(|path| tally_file(path, EVERY));
    all_are_found(each.reduce(Tally::default, Tally::and), 100);
}
