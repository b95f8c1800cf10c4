//! `forb archive`: a whole library as one file.

use std::collections::HashMap;
use std::path::PathBuf;

use clap::Args;
use ingestion::packing::pack;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Write the whole library into one file, to keep or to hand on.
///
/// The file holds everything that was captured, recorded and corrected, with a hash of each part;
/// `forb restore` makes a library of it again. The index is derived from all that and is left out,
/// unless it is asked for. The file appears when it is whole.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb archive ~/backup/forb-2026-11.tar.zst\n  \
    forb --library ~/reports archive reports.tar.zst --with-index")]
pub struct ArchiveArguments {
    /// The file to write; by convention NAME.tar.zst.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Put the index in, too: the file is larger, and the restored library need not build it.
    #[arg(long)]
    pub with_index: bool,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ArchiveArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    library::require(&library)?;
    let corpus = library.corpus();
    // Nobody writes while it is packed.
    let _lock = crate::ingest::lock(&corpus, output)?;
    let folders: &[&str] = if arguments.with_index { &["corpus", "index"] } else { &["corpus"] };
    let manifest = pack(&library.root, folders, crate::ingest::today(), &arguments.file)?;
    let packed: HashMap<&str, _> =
        manifest.files.iter().map(|file| (file.path.as_str(), file.sha256)).collect();
    for record in corpus.records()?.captures {
        let path = format!("corpus/{}", record.file);
        if packed.get(path.as_str()) != Some(&record.sha256) {
            let name = record.name;
            output.warning(&format!(
                "{name} was packed as the library holds it, which is not as it was captured; \
                 `forb doctor` says more"
            ));
        }
    }
    output.note(&format!(
        "{} files are in {}; `forb --library DIR restore` makes a library of it again",
        manifest.files.len(),
        arguments.file.display()
    ));
    Ok(Outcome::Found)
}
