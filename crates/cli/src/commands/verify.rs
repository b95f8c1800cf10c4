//! `forb verify`: the quotations of a draft, each judged against its source.

use std::path::PathBuf;

use citation::verify::{Draft, judge};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use render::{CheckedQuotation, DraftReport};

use crate::arguments::GlobalArguments;
use crate::citing::draft::DraftFile;
use crate::citing::paraphrases::paraphrases;
use crate::citing::quotes::LibraryTexts;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Check every quotation of a draft.
///
/// Quotations are what stands in quotation marks, guillemets and block quotes; what is cited near one is
/// an id of a passage or document, as forb prints it. Each quotation is exact, marked (its ellipses and
/// brackets show what was altered), found elsewhere than cited, differs (with every difference), not
/// found, or cannot be checked. Of a passage that is cited for words of the draft's own it is said whether
/// it is still there, and what became of it in a newer edition. The exit code is 0 only where every
/// quotation is exact or marked and every passage cited is there.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb verify draft.md\n  \
    forb verify chapter.docx\n  \
    forb verify draft.tex --format json | jq '.quotations[] | select(.holds | not)'\n  \
    forb verify draft.md --format html > checked.html\n  \
    forb verify draft.md --format sarif > quotations.sarif")]
pub struct VerifyArguments {
    /// The draft: Markdown, plain text, HTML, LaTeX, DOCX, ODT or PDF.
    #[arg(value_name = "DRAFT")]
    pub draft: PathBuf,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: VerifyFormat,
}

/// How the judgements are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerifyFormat {
    /// For people; in a pipe one record a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// SARIF 2.1.0, for editors.
    Sarif,
    /// A copy of the draft as a page, its quotations marked, with a note on each.
    Html,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &VerifyArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let file = DraftFile::read(&arguments.draft)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let draft = Draft::read(&file.text, file.kind);
    let paraphrases = paraphrases(&draft, &index)?;
    let texts = LibraryTexts::of(&index);
    let judged = draft.quotations.into_par_iter().map(|quotation| {
        let judgement = judge(&quotation, &texts)?;
        Ok(CheckedQuotation { quotation, judgement })
    });
    let quotations: Vec<CheckedQuotation> = judged.collect::<anyhow::Result<_>>()?;
    for warning in &file.warnings {
        output.warning(&format!("{}: {warning}", file.name));
    }
    let report = DraftReport {
        name: &file.name,
        text: &file.text,
        places: file.places,
        quotations: &quotations,
        paraphrases: &paraphrases,
        faults: &draft.faults,
    };
    output.data(&match arguments.format {
        VerifyFormat::Text => render::verify_text(&report, *output.style()),
        VerifyFormat::Json => render::verify_json(&report),
        VerifyFormat::Sarif => render::verify_sarif(&report),
        VerifyFormat::Html => render::verify_html(&report),
    })?;
    Ok(match (quotations.is_empty() && paraphrases.is_empty(), report.holds()) {
        (true, _) => {
            output.note(&format!("no quotations are found in {}", file.name));
            Outcome::Nothing
        }
        (false, true) => Outcome::Found,
        (false, false) => Outcome::Unsound,
    })
}
