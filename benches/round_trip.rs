//! Every passage of a folder of reports cited and found again: `cargo bench -p cli --bench round_trip -- FOLDER`
//! (`../shared/corpus` where none is named). Prints how many documents and passages there are, and how many of
//! the passages are cited verbatim, found by their selectors at the very range, and found whole at that range
//! where the text is cut by other sizes. Ends with 1 where any is not.

#[path = "../tests/round_trip/places.rs"]
mod places;

use std::path::Path;
use std::process::ExitCode;

use places::{SIZES, Tally, files, tally_file};
use rayon::prelude::*;

fn main() -> ExitCode {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let folder = named.map_or(beside, Into::into);
    let paths = files(&folder);
    if paths.is_empty() {
        eprintln!("SKIPPED: there are no files below {}", folder.display());
        return ExitCode::SUCCESS;
    }
    let each = paths.par_iter().map(|path| tally_file(path, 1));
    let tally = each.reduce(Tally::default, Tally::and);
    let share = |count: usize| 100.0 * count as f64 / tally.passages.max(1) as f64;
    println!("documents                         {:>9}", tally.documents);
    println!("passages                          {:>9}", tally.passages);
    println!("cited, verbatim at their place    {:>9} {:6.2} %", tally.cited, share(tally.cited));
    println!(
        "found again at the very range     {:>9} {:6.2} %",
        tally.in_place,
        share(tally.in_place)
    );
    println!(
        "the same cut by {:<17} {:>9} {:6.2} %",
        format!("{SIZES:?}"),
        tally.cut_otherwise,
        share(tally.cut_otherwise)
    );
    let all =
        [tally.cited, tally.in_place, tally.cut_otherwise].iter().all(|&c| c == tally.passages);
    if all { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
