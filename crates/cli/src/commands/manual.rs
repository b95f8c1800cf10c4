//! `forb completions` and `forb manual`: made from the same definitions as the command line itself, and
//! from the pages of `docs/`.

use clap::Args;

use crate::arguments;
use crate::failure::Outcome;
use crate::manual_page::roff;
use crate::output::Output;

/// Print a manual page (roff).
#[derive(Args, Debug)]
#[command(
    before_long_help = "Examples:\n  forb manual | man -l -\n  forb manual query > forb-query.7"
)]
pub struct ManualArguments {
    /// Which page.
    #[arg(value_name = "PAGE", default_value = "forb")]
    pub page: Page,
}

/// A manual page.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// forb(1): the commands and their options.
    Forb,
    /// forb-query(7): what can be written in a search.
    Query,
}

/// What can be written in a search, as users read it.
const QUERY_LANGUAGE: &str = include_str!("../../../../docs/query-language.md");

/// Print a script that completes forb's commands and options in a shell.
#[derive(Args, Debug)]
#[command(
    before_long_help = "Examples:\n  forb completions bash > ~/.local/share/bash-completion/completions/forb"
)]
pub struct CompletionsArguments {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// Prints a completion script.
pub fn completions(arguments: &CompletionsArguments, output: &Output) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut arguments::command(), "forb", &mut script);
    output.data(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Found)
}

/// Prints a manual page.
pub fn manual(arguments: &ManualArguments, output: &Output) -> anyhow::Result<Outcome> {
    match arguments.page {
        Page::Forb => {
            let mut page = Vec::new();
            clap_mangen::Man::new(arguments::command()).render(&mut page)?;
            output.data(&String::from_utf8_lossy(&page))?;
        }
        Page::Query => {
            output.data(&roff("forb-query", "what can be written in a search", QUERY_LANGUAGE))?;
        }
    }
    Ok(Outcome::Found)
}
