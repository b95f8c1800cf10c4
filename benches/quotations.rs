//! Quotations of real reports, altered in known ways, and what `forb verify` calls them: `cargo bench -p cli
//! --bench quotations -- FOLDER` (`../shared/corpus` where none is named; a library is asked as it is) makes a library
//! of the reports, plants 500 quotations in a draft, and prints the table of `docs/evaluation.md`. FORB names another
//! program to ask. Ends with 1 where an altered quotation is called exact, or fewer than 98 of 100 true ones are.

#[path = "../tests/quotations/draft.rs"]
mod draft;
#[path = "../crates/citation/tests/common/planting.rs"]
mod planting;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use draft::Asked;
use planting::Planted;

const FORB: &str = env!("CARGO_BIN_EXE_forb");
const FOLDERS: [&str; 7] = [
    "seeds",
    "us-state-irf",
    "us-state-hrr",
    "open-doors",
    "uscirf",
    "un-upr/pdf",
    "page-excerpts",
];

fn main() -> ExitCode {
    let named = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let reports = named.map_or(beside, PathBuf::from);
    if !reports.is_dir() {
        eprintln!("SKIPPED: the real reports ({}) are absent", reports.display());
        return ExitCode::SUCCESS;
    }
    let forb = std::env::var_os("FORB").map_or(PathBuf::from(FORB), PathBuf::from);
    let folder = tempfile::tempdir().expect("a folder");
    // A folder that is a library already is asked as it is.
    let library = match reports.join("index/meta.json").is_file() {
        true => reports,
        false => added(&forb, &reports, &folder.path().join("library")),
    };
    let table = Asked { forb: &forb, library: &library }.check(500, 800);
    println!("{}", table.markdown());
    let exact = table.count(Planted::True, "exact") * 100 >= 98 * table.all(Planted::True);
    if exact && table.wrongly_exact() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A library made of the reports.
fn added(forb: &Path, reports: &Path, library: &Path) -> PathBuf {
    for part in FOLDERS.iter().map(|part| reports.join(part)).filter(|part| part.is_dir()) {
        let mut add = Command::new(forb);
        add.args(["--quiet", "--library"]).arg(library).arg("add").arg(&part);
        let output = add.output().expect("forb runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", part.display());
    }
    library.to_owned()
}
