//! `forb bibliography`: the works that a draft cites, as a list in a style.

use std::path::PathBuf;

use citation::export::{Entry, csl_json, entries};
use citation::verify::{CitedId, Draft};
use citation::{Pinpoint, Work};
use clap::{Args, ValueEnum};
use indexing::Index;
use ingestion::profiles::Profiles;
use render::ExportFormat;

use crate::arguments::GlobalArguments;
use crate::citing::draft::DraftFile;
use crate::citing::style::ChosenStyle;
use crate::citing::work;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// List the works that a draft cites.
///
/// What a draft cites is the ids of passages and documents in it, beside quotations, in footnotes and
/// after sentences of its own words. Each work is listed once, in the order of the style. An id that is
/// not in the library is named, and the exit code is 1.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb bibliography draft.md\n  \
    forb bibliography draft.docx --style apa\n  \
    forb bibliography draft.md --style oscola --format markdown >> draft.md\n  \
    forb bibliography draft.tex --format bibtex > sources.bib")]
pub struct BibliographyArguments {
    /// The draft: Markdown, plain text, HTML, LaTeX, DOCX, ODT or PDF.
    #[arg(value_name = "DRAFT")]
    pub draft: PathBuf,
    /// The style: chicago, apa, mla, harvard, vancouver, ieee, oscola, bluebook, euaa, or a CSL file.
    #[arg(long, value_name = "STYLE", default_value = "chicago")]
    pub style: String,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: WorksFormat,
}

/// How a list of works is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorksFormat {
    /// For people; in a pipe one record a line.
    Text,
    /// A paragraph a work.
    Markdown,
    /// A paragraph a work.
    Html,
    /// BibLaTeX, an entry a work, with the places cited.
    Bibtex,
    /// RIS, a record a work, with the places cited.
    Ris,
    /// CSL-JSON, an item a work, with the places cited.
    CslJson,
}

/// What a draft cites, and what of it the library does not hold.
struct CitedWorks {
    entries: Vec<Entry>,
    missing: Vec<CitedId>,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &BibliographyArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let style = ChosenStyle::open(&arguments.style)?;
    let file = DraftFile::read(&arguments.draft)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let profiles = library.corpus().profiles()?;
    let draft = Draft::read(&file.text, file.kind);
    for warning in &file.warnings {
        output.warning(&format!("{}: {warning}", file.name));
    }
    let cited = CitedWorks::of(&draft, &index, &profiles)?;
    for id in &cited.missing {
        output.warning(&format!("{id} is cited in {} and is not in this library", file.name));
    }
    output.data(&written(&cited.entries, &style, arguments.format, *output.style())?)?;
    Ok(match (cited.entries.is_empty(), cited.missing.is_empty()) {
        (true, true) => {
            let name = &file.name;
            output.note(&format!("{name} cites nothing: put ids such as k7m2q9x4tb3c.4 into it"));
            Outcome::Nothing
        }
        (_, false) => Outcome::Unsound,
        (false, true) => Outcome::Found,
    })
}

impl CitedWorks {
    fn of(draft: &Draft, index: &Index, profiles: &Profiles) -> anyhow::Result<Self> {
        let (mut cited, mut missing) = (Vec::new(), Vec::new());
        for id in draft.mentions.iter().map(|mention| &mention.id) {
            let held = index.document(id.document())?;
            let place = match id {
                CitedId::Document(_) => Some(Pinpoint::default()),
                CitedId::Passage(passage) => index
                    .passage(passage)?
                    .map(|record| Pinpoint::of(&record.passage.passage.locator)),
            };
            if (held.is_none() || place.is_none()) && !missing.contains(id) {
                missing.push(id.clone());
            }
            // A passage that is gone still names the work it was of.
            if let Some(held) = held {
                cited.push((work(&held, profiles), place.unwrap_or_default()));
            }
        }
        Ok(Self { entries: entries(cited), missing })
    }
}

fn written(
    entries: &[Entry],
    style: &ChosenStyle,
    format: WorksFormat,
    look: render::Style,
) -> anyhow::Result<String> {
    let works: Vec<Work> = entries.iter().map(|entry| entry.work.clone()).collect();
    Ok(match format {
        WorksFormat::Text => render::works_text(&works, &style.list(&works)?, look),
        WorksFormat::Markdown => render::works_markdown(&style.list(&works)?),
        WorksFormat::Html => render::works_html(&style.list(&works)?),
        WorksFormat::Bibtex => render::export_text(entries, ExportFormat::Bibtex),
        WorksFormat::Ris => render::export_text(entries, ExportFormat::Ris),
        WorksFormat::CslJson => render::json_line(&csl_json(entries)),
    })
}
