//! `forb exhibit`: passages as a numbered list of exhibits.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::arguments::GlobalArguments;
use crate::citing::style::ChosenStyle;
use crate::commands::cite;
use crate::failure::Outcome;
use crate::output::Output;

/// Make a numbered list of exhibits of passages.
///
/// Each passage is quoted whole, with its citation and its packet: the sentences around it, who is said to
/// say so, place, edition, capture and its hash, extent, source and licence.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb exhibit k7m2q9x4tb3c.4 p3w8.12 > exhibits.md\n  \
    forb exhibit k7m2.4 k7m2.9 --format html > exhibits.html\n  \
    forb exhibit k7m2.4 p3w8.12 --style bluebook --format docx --output exhibits.docx")]
pub struct ExhibitArguments {
    /// Ids of passages, in the order of the list; of the document's part of each the first letters are
    /// enough.
    #[arg(required = true, value_name = "PASSAGE")]
    pub passages: Vec<String>,
    /// The style: chicago, apa, mla, harvard, vancouver, ieee, oscola, bluebook, euaa, or a CSL file.
    #[arg(long, value_name = "STYLE", default_value = "chicago")]
    pub style: String,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub format: ExhibitFormat,
    /// Write it to a file that is not there yet.
    #[arg(long, value_name = "FILE", required_if_eq("format", "docx"))]
    pub output: Option<PathBuf>,
}

/// How a list of exhibits is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExhibitFormat {
    /// For notes.
    Markdown,
    /// A page that needs nothing else.
    Html,
    /// A Word file; it needs --output.
    Docx,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ExhibitArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let style = ChosenStyle::open(&arguments.style)?;
    let cited = cite::packets(global, &arguments.passages, &style, output)?;
    let bytes = match arguments.format {
        ExhibitFormat::Markdown => render::exhibit_markdown(&cited).into_bytes(),
        ExhibitFormat::Html => render::exhibit_html(&cited).into_bytes(),
        ExhibitFormat::Docx => render::exhibit_docx(&cited)?,
    };
    match &arguments.output {
        Some(path) => write_new(path, &bytes)?,
        None => match String::from_utf8(bytes) {
            Ok(text) => output.data(&text)?,
            Err(_) => bail!("a Word file is not written to the terminal: give --output FILE"),
        },
    }
    Ok(Outcome::Found)
}

fn write_new(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let named = || format!("{} could not be written", path.display());
    let mut file = File::create_new(path)
        .with_context(|| format!("{}; choose a name that is not taken", named()))?;
    file.write_all(bytes).with_context(named)
}
