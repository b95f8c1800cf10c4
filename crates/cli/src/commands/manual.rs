//! `forb completions` and `forb manual`: made from the same definitions as the command line itself.

use clap::Args;

use crate::arguments;
use crate::failure::Outcome;
use crate::output::Output;

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

/// Prints the manual page.
pub fn manual(output: &Output) -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(arguments::command()).render(&mut page)?;
    output.data(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Found)
}
