//! `forb reuse`: text that documents of different publishers or years share.

use anyhow::bail;
use clap::{Args, ValueEnum};
use model::PeriodFilter;
use query::reuse::{Across, ReuseRequest, least_words, reuse};
use render::ReuseView;

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::restrictions::Restrictions;

/// Show text that documents of different publishers, or of different years of one, share.
///
/// Stretches of words that are the same, with a few exchanged, put in or left out between them, each
/// with its exact place on either side. Formulas that stand in reports on five countries or more, and
/// whatever is no running text, are left out and counted. Who took it from whom is not said: both may
/// have it from a third.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb reuse --country PK\n  \
    forb reuse --publisher us-state --period 2021..2022 --words 20\n  \
    forb reuse --across years --series us-state-irf --country KZ --format json")]
pub struct ReuseArguments {
    /// Only between documents on this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Only where one of the two is of this series: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub series: Vec<String>,
    /// Only where one of the two is of this publisher: a name or an id. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub publisher: Vec<String>,
    /// Only between documents that cover some of this time: 2021, 2019..2023, 2020-10/2021-09.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Between which documents.
    #[arg(long, value_name = "WHAT", default_value = "publishers")]
    pub across: AcrossWhat,
    /// How many words must be the same, at least.
    #[arg(long, value_name = "NUMBER", default_value_t = 12)]
    pub words: usize,
    /// Most stretches that are shown, the longest first.
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    pub limit: usize,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ReuseFormat,
}

/// Between which documents shared text is looked for.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcrossWhat {
    /// Those of different publishers.
    Publishers,
    /// Those of one publisher on one country whose periods do not overlap.
    Years,
}

/// How shared text is written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReuseFormat {
    /// For people; in a pipe one stretch a line.
    Text,
    /// For programs; see docs/output-format.md.
    Json,
    /// For spreadsheets: the lines of a pipe, with a head.
    Csv,
    /// For notes.
    Markdown,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ReuseArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    if arguments.words < least_words() {
        bail!(
            "--words is {} at least: shorter text is shared by chance, and not found for certain",
            least_words()
        );
    }
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let asked = Restrictions {
        country: arguments.country.clone(),
        publisher: arguments.publisher.clone(),
        series: arguments.series.clone(),
        period: arguments.period,
    };
    let filters = asked.filters(&library, &index)?;
    let across = match arguments.across {
        AcrossWhat::Publishers => Across::Publishers,
        AcrossWhat::Years => Across::Years,
    };
    let request = ReuseRequest { across, filters: &filters, fewest: arguments.words };
    let found = reuse(&index, &index.documents()?, &request)?;
    let restricted = arguments.restricted();
    let view = ReuseView {
        across,
        fewest: arguments.words,
        filters: &restricted,
        reuse: &found,
        limit: arguments.limit,
    };
    let in_pipe = output.style().width.is_none() && arguments.format == ReuseFormat::Text;
    if in_pipe || arguments.format == ReuseFormat::Csv {
        render::reuse_notes(&view).iter().for_each(|note| output.note(note));
    }
    output.data(&match arguments.format {
        ReuseFormat::Text => render::reuse_text(&view, *output.style()),
        ReuseFormat::Json => render::reuse_json(&view),
        ReuseFormat::Csv => render::reuse_csv(&view),
        ReuseFormat::Markdown => render::reuse_markdown(&view),
    })?;
    if found.compared.documents == 0 {
        output.note(match across {
            Across::Publishers => {
                "no text of two publishers is held of what was asked for; `forb coverage` shows what is"
            }
            Across::Years => {
                "no text of two years of one publisher on one country is held of what was asked for; \
                 `forb coverage` shows what is"
            }
        });
    }
    Ok(if found.shared.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

impl ReuseArguments {
    /// What documents are restricted to, as it is shown.
    fn restricted(&self) -> Vec<String> {
        let of = |name: &str, values: &[String]| {
            values.iter().map(|value| format!("{name} {value}")).collect::<Vec<_>>()
        };
        let fields =
            [("country", &self.country), ("series", &self.series), ("publisher", &self.publisher)];
        let named = fields.into_iter().flat_map(|(name, values)| of(name, values));
        named.chain(self.period.map(|period| format!("period {period}"))).collect()
    }
}
