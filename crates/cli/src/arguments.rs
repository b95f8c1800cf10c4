//! The command line as data: global options, and one struct a command, whose doc comments are its
//! help. Options may stand before and after the words of a search, and a word such as `-hindu`
//! excludes a word: it is never taken for the options `-h -i …`.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::commands::{
    add::AddArguments, archive::ArchiveArguments, bibliography::BibliographyArguments,
    changes::ChangesArguments, cite::CiteArguments, codebook::CodebookArguments,
    compare::CompareArguments, coverage::CoverageArguments, doctor::DoctorArguments,
    edit::EditArguments, eval::EvalArguments, exhibit::ExhibitArguments, explain::ExplainArguments,
    export::ExportArguments, index::IndexArguments, init::InitArguments, issues::IssuesArguments,
    keyness::KeynessArguments, manual::CompletionsArguments, manual::ManualArguments,
    remove::RemoveArguments, replay::ReplayArguments, restore::RestoreArguments,
    reuse::ReuseArguments, search::SearchArguments, show::ShowArguments, similar::SimilarArguments,
    status::StatusArguments, tag::TagArguments, tag::TagsArguments, verify::VerifyArguments,
    worksheet::WorksheetArguments,
};

/// Stands before a word of a search that begins with a hyphen, so that the parser of options leaves
/// it alone. A character of Unicode's private use area, which nobody types.
const GUARD: char = '\u{E0F0}';

/// Find, compare and cite passages in reports on freedom of religion or belief.
#[derive(Parser, Debug)]
#[command(
    name = "forb",
    version,
    max_term_width = 100,
    before_long_help = "Examples:\n  \
        forb add reports/               read a folder of reports into the library\n  \
        forb add https://example.org/r  fetch one page, and nothing else\n  \
        forb search religious extremism passages on it, best first\n  \
        forb search '\"house church\"' --country CN --period 2019..2023\n  \
        forb show k7m2q9x4tb3c.4        a passage between its neighbours\n  \
        forb status --verbose           what the library holds, and how that is known",
    after_long_help = "Exit codes: 0 found or done, 1 nothing found, 2 error, 130 stopped by Ctrl-C.\n\
        The library is the folder given with --library, else in FORB_LIBRARY, else the nearest folder \
        upward that holds one, else `forb` in the platform's folder for data.\n\
        forb works offline. Only `forb add https://…` reaches out, to fetch the page you name."
)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArguments,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Args, Debug)]
pub struct GlobalArguments {
    /// The library to use.
    #[arg(long, global = true, value_name = "DIR", env = "FORB_LIBRARY", hide_env_values = true)]
    pub library: Option<PathBuf>,
    /// When to use colour; `NO_COLOR` in the environment switches it off.
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true
    )]
    pub color: ColorChoice,
    /// Say nothing on stderr but errors.
    #[arg(long, global = true)]
    pub quiet: bool,
}

/// When to use colour.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColorChoice {
    /// On a terminal that can show it.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How results are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people; in a pipe one record a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
}

/// The commands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read reports into the library.
    Add(Box<AddArguments>),
    /// Find passages, best first.
    Search(Box<SearchArguments>),
    /// Find passages that speak of the same as one.
    Similar(Box<SimilarArguments>),
    /// Ask a recorded search, comparison or other answer again.
    Replay(ReplayArguments),
    /// Show a passage between its neighbours, or a whole document.
    Show(ShowArguments),
    /// Cite a passage, a sentence of it, or words of it.
    Cite(Box<CiteArguments>),
    /// Check every quotation of a draft.
    Verify(VerifyArguments),
    /// List the works that a draft cites.
    Bibliography(BibliographyArguments),
    /// Make a numbered list of exhibits of passages.
    Exhibit(ExhibitArguments),
    /// Give a passage a name of your own, to find it again.
    Tag(TagArguments),
    /// List the tags of the library, and say which passages read as they did.
    Tags(TagsArguments),
    /// Show why a passage has the labels it has.
    Explain(ExplainArguments),
    /// Show the issues of the codebook, and how many passages speak to each.
    Issues(IssuesArguments),
    /// Print the built-in codebook, or examine one.
    Codebook(CodebookArguments),
    /// Write passages with all their labels, one a line.
    Export(Box<ExportArguments>),
    /// Write a worksheet for coding by hand.
    Worksheet(WorksheetArguments),
    /// Say what the library holds, and how that is known.
    Status(StatusArguments),
    /// Set sources beside each other on an issue or a query.
    Compare(Box<CompareArguments>),
    /// Show what changed between two editions of a series.
    Changes(Box<ChangesArguments>),
    /// Show the words and phrases that mark one side of a library against another.
    Keyness(Box<KeynessArguments>),
    /// Show text that documents of different publishers or years share.
    Reuse(Box<ReuseArguments>),
    /// Say for which countries, series and periods how much text is held.
    Coverage(CoverageArguments),
    /// Correct what a document is taken for.
    Edit(Box<EditArguments>),
    /// Take documents out of the library.
    Remove(RemoveArguments),
    /// Say whether the library is as it should be, and how to mend what is not.
    Doctor(DoctorArguments),
    /// Write the whole library into one file.
    Archive(ArchiveArguments),
    /// Make a library of a file that `archive` wrote.
    Restore(RestoreArguments),
    /// Draw passages for labelling by hand, and say how well labels agree.
    Eval(Box<EvalArguments>),
    /// Build the index again from the corpus.
    Index(IndexArguments),
    /// Make an empty library.
    Init(InitArguments),
    /// Print a script that completes forb's commands and options in a shell.
    Completions(CompletionsArguments),
    /// Print a manual page (roff).
    Manual(ManualArguments),
}

/// The definition of the command line.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Guards the words of a search that begin with a single hyphen. Everything else stays as typed.
pub fn guard_words(typed: Vec<OsString>) -> Vec<OsString> {
    let command = command();
    let takes_value = |name: &str| {
        let long = |argument: &&clap::Arg| argument.get_long() == Some(name);
        let search = command.find_subcommand("search").into_iter();
        let found = search.chain([&command]).find_map(|c| c.get_arguments().find(long));
        found.is_some_and(|argument| argument.get_action().takes_values())
    };
    let mut place = Place::BeforeCommand;
    let mut is_value = false;
    let guard = |(at, argument): (usize, OsString)| {
        let text = argument.to_str().unwrap_or("").to_owned();
        if at == 0 || place == Place::ElsewhereOrDone || std::mem::take(&mut is_value) {
            return argument;
        }
        if let Some(long) = text.strip_prefix("--").filter(|_| place != Place::OnlyWords) {
            is_value = takes_value(long);
            if long.is_empty() && place == Place::AmongWords {
                place = Place::OnlyWords;
            }
            return argument;
        }
        match place {
            Place::BeforeCommand if text.starts_with('-') => argument,
            Place::BeforeCommand if text == "search" => {
                place = Place::AmongWords;
                argument
            }
            Place::BeforeCommand | Place::ElsewhereOrDone => {
                place = Place::ElsewhereOrDone;
                argument
            }
            Place::AmongWords if text == "-h" => argument,
            Place::AmongWords | Place::OnlyWords if text.starts_with('-') => {
                format!("{GUARD}{text}").into()
            }
            Place::AmongWords | Place::OnlyWords => argument,
        }
    };
    typed.into_iter().enumerate().map(guard).collect()
}

/// Where on the command line an argument stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    BeforeCommand,
    AmongWords,
    OnlyWords,
    ElsewhereOrDone,
}

/// A word of a search as it was typed, for the parser of arguments.
///
/// # Errors
/// Never.
pub fn unguarded(word: &str) -> Result<String, std::convert::Infallible> {
    Ok(word.strip_prefix(GUARD).unwrap_or(word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::FromArgMatches;

    fn search(line: &[&str]) -> Result<SearchArguments, clap::Error> {
        let typed = ["forb"].iter().chain(line).map(OsString::from).collect();
        let matches = command().try_get_matches_from(guard_words(typed))?;
        match Arguments::from_arg_matches(&matches)?.command {
            Command::Search(search) => Ok(*search),
            other => panic!("{other:?} is no search"),
        }
    }

    #[test]
    fn the_definition_is_consistent() {
        command().debug_assert();
    }

    #[test]
    fn a_word_with_a_hyphen_excludes_and_is_never_an_option() {
        for line in [
            &["search", "temple", "-hindu", "--limit", "3"][..],
            &["search", "--limit", "3", "temple", "-hindu"],
            &["--library", "search", "search", "temple", "--limit", "3", "-hindu"],
            &["--library=x", "search", "temple", "-hindu", "--limit=3"],
            &["search", "--limit", "3", "--", "temple", "-hindu"],
        ] {
            let search = search(line).unwrap_or_else(|error| panic!("{line:?}: {error}"));
            assert_eq!(search.words, ["temple", "-hindu"], "{line:?}");
            assert_eq!(search.listing.limit, 3, "{line:?}");
        }
        let only_words = search(&["search", "--", "-h", "--limit"]).expect("words");
        assert_eq!(only_words.words, ["-h", "--limit"]);
        assert_eq!(search(&["search", "-", "+must", "-\"a b\""]).expect("words").words.len(), 3);
    }

    #[test]
    fn help_is_help_and_an_unknown_option_is_an_error() {
        let kind = |line: &[&str]| search(line).expect_err("no search").kind();
        assert_eq!(kind(&["search", "-h"]), clap::error::ErrorKind::DisplayHelp);
        assert_eq!(kind(&["search", "temple", "--help"]), clap::error::ErrorKind::DisplayHelp);
        assert_eq!(
            kind(&["search", "x", "--limits", "3"]),
            clap::error::ErrorKind::UnknownArgument
        );
    }
}
