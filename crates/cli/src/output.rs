//! Where output goes and how it looks: data on stdout, everything else on stderr; colour and
//! wrapping only where a person reads. The environment is read here and in `paths`, nowhere else.

use std::io::{self, IsTerminal, Write};

use render::{Colour, Style, safe};

use crate::arguments::{ColorChoice, GlobalArguments};
use crate::progress::Shown;

/// The two streams and how to write on them.
pub struct Output {
    quiet: bool,
    stdout: Style,
    stderr: Colour,
}

impl Output {
    /// Looks at the options, the environment and the terminal.
    pub fn new(global: &GlobalArguments) -> Self {
        let wanted = |terminal: bool| {
            let on = match global.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => {
                    let no_color = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
                    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
                    terminal && !no_color && !dumb
                }
            };
            if on { Colour::Always } else { Colour::Never }
        };
        let stdout_terminal = io::stdout().is_terminal();
        let stderr_terminal = io::stderr().is_terminal();
        Self {
            quiet: global.quiet,
            stdout: Style { colour: wanted(stdout_terminal), width: width(stdout_terminal) },
            stderr: wanted(stderr_terminal),
        }
    }

    /// Whether a person looks at stderr and did not ask for quiet.
    pub fn shows_progress(&self) -> Shown {
        let looks = !self.quiet && io::stderr().is_terminal();
        if looks { Shown::OnStderr } else { Shown::No }
    }

    /// How data on stdout is written.
    pub fn style(&self) -> &Style {
        &self.stdout
    }

    /// Writes data.
    pub fn data(&self, text: &str) -> anyhow::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()?;
        Ok(())
    }

    /// Says something beside the data, unless asked to be quiet.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", message);
        }
    }

    /// Says something beside the data with lines that show it, unless asked to be quiet.
    pub fn note_with(&self, message: &str, lines: &[String]) {
        if !self.quiet {
            self.say("note", message);
            let lines: String = lines.iter().map(|line| format!("  {}\n", safe(line))).collect();
            let _ = io::stderr().write_all(lines.as_bytes());
        }
    }

    /// Says that something is not as it should be, unless asked to be quiet.
    pub fn warning(&self, message: &str) {
        if !self.quiet {
            self.say("warning", message);
        }
    }

    /// Says that documents were left out because a period was asked for and theirs is unknown.
    pub fn unknown_period(&self, documents: usize) {
        let noun = if documents == 1 { "document" } else { "documents" };
        self.note(&format!(
            "{documents} {noun} of unknown period left out; `forb status --verbose` shows them"
        ));
    }

    /// Says what went wrong.
    pub fn error(&self, message: &str) {
        self.say("error", message);
    }

    fn say(&self, kind: &str, message: &str) {
        let message = safe(message);
        let line = match self.stderr {
            Colour::Always => format!("\u{1b}[1m{kind}:\u{1b}[0m {message}\n"),
            Colour::Never => format!("{kind}: {message}\n"),
        };
        // Where stderr is closed there is nobody to tell.
        let _ = io::stderr().write_all(line.as_bytes());
    }
}

/// Columns to wrap at: those of the terminal, or none where nobody looks.
fn width(terminal: bool) -> Option<usize> {
    let size = || terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
    terminal.then(size)
}
