//! The `forb` command: arguments in, exit code out. Here the command line is read and a command
//! chosen; each command is a file of its own under `commands`, and what several of them need stands
//! beside it (`library`, `ingest`, `output`). No rule of the domain lives in this crate.

mod arguments;
mod aside_tally;
mod batch;
mod choice;
mod citing;
mod commands;
mod contents;
mod docnos;
mod examination;
mod explanations;
mod failure;
mod fetch;
mod filters;
mod incoming;
mod ingest;
mod interrupt;
mod library;
mod manual_page;
mod names;
mod output;
mod paths;
mod progress;
mod question;
mod rank;
mod reread;
mod restrictions;
mod searching;
mod tagging;
mod told;

use std::process::ExitCode;

use clap::FromArgMatches;

use crate::arguments::{Arguments, Command};
use crate::output::Output;

/// The system's own keeps what one thread asks for and another lets go of apart for long.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let typed: Vec<_> = std::env::args_os().collect();
    let matches = match arguments::command().try_get_matches_from(arguments::guard_words(typed)) {
        Ok(matches) => matches,
        Err(error) => return failure::of_arguments(error),
    };
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => return failure::of_arguments(error),
    };
    let output = Output::new(&arguments.global);
    let outcome = match arguments.command {
        Command::Add(add) => commands::add::run(&arguments.global, &add, &output),
        Command::Search(search) => commands::search::run(&arguments.global, &search, &output),
        Command::Similar(similar) => commands::similar::run(&arguments.global, &similar, &output),
        Command::Replay(replay) => commands::replay::run(&arguments.global, &replay, &output),
        Command::Show(show) => commands::show::run(&arguments.global, &show, &output),
        Command::Cite(cite) => commands::cite::run(&arguments.global, &cite, &output),
        Command::Verify(verify) => commands::verify::run(&arguments.global, &verify, &output),
        Command::Bibliography(draft) => {
            commands::bibliography::run(&arguments.global, &draft, &output)
        }
        Command::Exhibit(list) => commands::exhibit::run(&arguments.global, &list, &output),
        Command::Tag(tag) => commands::tag::run(&arguments.global, &tag, &output),
        Command::Tags(tags) => commands::tag::list(&arguments.global, &tags, &output),
        Command::Explain(explain) => commands::explain::run(&arguments.global, &explain, &output),
        Command::Codebook(codebook) => {
            commands::codebook::run(&arguments.global, &codebook, &output)
        }
        Command::Export(export) => commands::export::run(&arguments.global, &export, &output),
        Command::Worksheet(sheet) => commands::worksheet::run(&arguments.global, &sheet, &output),
        Command::Issues(issues) => commands::issues::run(&arguments.global, &issues, &output),
        Command::Status(status) => commands::status::run(&arguments.global, &status, &output),
        Command::Coverage(coverage) => {
            commands::coverage::run(&arguments.global, &coverage, &output)
        }
        Command::Compare(compare) => commands::compare::run(&arguments.global, &compare, &output),
        Command::Keyness(keyness) => commands::keyness::run(&arguments.global, &keyness, &output),
        Command::Changes(changes) => commands::changes::run(&arguments.global, &changes, &output),
        Command::Reuse(reuse) => commands::reuse::run(&arguments.global, &reuse, &output),
        Command::Edit(edit) => commands::edit::run(&arguments.global, &edit, &output),
        Command::Remove(remove) => commands::remove::run(&arguments.global, &remove, &output),
        Command::Archive(archive) => commands::archive::run(&arguments.global, &archive, &output),
        Command::Restore(restore) => commands::restore::run(&arguments.global, &restore, &output),
        Command::Doctor(doctor) => commands::doctor::run(&arguments.global, &doctor, &output),
        Command::Eval(eval) => commands::eval::run(&arguments.global, &eval, &output),
        Command::Index(index) => commands::index::run(&arguments.global, &index, &output),
        Command::Init(init) => commands::init::run(&init, &output),
        Command::Completions(shell) => commands::manual::completions(&shell, &output),
        Command::Manual(page) => commands::manual::manual(&page, &output),
    };
    failure::exit_code(outcome, &output)
}
