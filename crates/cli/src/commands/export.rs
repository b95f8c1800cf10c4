//! `forb export`: passages with all their labels and where they come from, one a line.

use clap::{Args, ValueEnum};
use indexing::Index;
use model::{DocumentRecord, RecordKind};
use query::Filters;

use crate::arguments::GlobalArguments;
use crate::explanations::Explainer;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::{library, tagging};

/// Write passages with all their labels, one a line.
///
/// The options of `forb search` restrict what is written. In CSV no cell can be taken for a formula:
/// one that begins like one has an apostrophe before it.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb export --format csv --country KZ > kazakhstan.csv\n  \
    forb export --issue security-laws --polarity violation | jq .passage.text")]
pub struct ExportArguments {
    /// What is written.
    #[command(flatten)]
    pub filters: FilterArguments,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: ExportFormat,
}

/// How passages are exported.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// For spreadsheets, with a row of headings.
    Csv,
    /// One JSON object a line; see docs/output-format.md.
    Jsonl,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ExportArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let filters = arguments.filters.resolve(&library.corpus(), &index)?;
    let tags = &arguments.filters.tag;
    let filters = tagging::restrict(filters, tags, &library.corpus(), &index, output)?;
    let explainer = Explainer::open(&library.corpus(), &index);
    if arguments.format == ExportFormat::Csv {
        output.data(&render::export_csv_head())?;
    }
    let (mut written, mut undated) = (0_usize, 0_usize);
    for document in index.documents()? {
        undated +=
            usize::from(filters.period.is_some() && document.metadata.period.value.is_none());
        if !filters.allow_document(&document.metadata.summary(&document.id)) {
            continue;
        }
        // A document at a time: a library is larger than memory.
        let mut lines = String::new();
        for record in passages(&index, &document, &filters)? {
            written += 1;
            lines.push_str(&match arguments.format {
                ExportFormat::Csv => render::export_csv(&record),
                ExportFormat::Jsonl => render::export_json(&explainer.explain(&record)),
            });
        }
        output.data(&lines)?;
    }
    if undated > 0 {
        output.note(&format!("{undated} documents of unknown period are left out"));
    }
    Ok(if written == 0 { Outcome::Nothing } else { Outcome::Found })
}

/// The passages of a document that the filters let through, in its order.
fn passages(
    index: &Index,
    document: &DocumentRecord,
    filters: &Filters,
) -> anyhow::Result<Vec<model::IndexRecord>> {
    let mut records = index.passages_of(&document.id)?;
    records.retain(|record| record.kind == RecordKind::Passage && filters.allow(record));
    Ok(records)
}
