//! `forb reuse`: text that documents of different publishers or years share.

use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, ValueEnum};
use indexing::Index;
use model::PeriodFilter;
use query::reuse::{Across, Reuse, ReuseRequest, least_words, reuse};
use render::{LibraryState, ReuseView, Rows};

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::restrictions::Restrictions;
use crate::searching::answered::{AnswerRecord, Answered, option};

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
    forb reuse --across years --series us-state-irf --country KZ --format json\n  \
    forb reuse --country PK --format html --record pakistan.json > pakistan.html")]
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
    /// Write a record of the answer to a file that is not there yet, for `forb replay`.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
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
    /// A page that needs nothing else, to be read, printed or sent.
    Html,
}

/// What was found, and what was asked.
struct Found {
    across: Across,
    restricted: Vec<String>,
    reuse: Reuse,
    state: LibraryState,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ReuseArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    arguments.check()?;
    let paths = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&paths, output)?;
    let found = arguments.find(&paths, &index)?;
    let view = arguments.view(&found);
    if let Some(path) = &arguments.record {
        AnswerRecord::of(&index, arguments, &render::reuse_rows(&view)).write(path)?;
    }
    let in_pipe = output.style().width.is_none() && arguments.format == ReuseFormat::Text;
    if in_pipe || arguments.format == ReuseFormat::Csv {
        render::reuse_notes(&view).iter().for_each(|note| output.note(note));
    }
    output.data(&match arguments.format {
        ReuseFormat::Text => render::reuse_text(&view, *output.style()),
        ReuseFormat::Json => render::reuse_json(&view),
        ReuseFormat::Csv => render::reuse_rows(&view).csv(),
        ReuseFormat::Markdown => render::reuse_markdown(&view),
        ReuseFormat::Html => render::reuse_html(&view),
    })?;
    if found.reuse.compared.documents == 0 {
        output.note(match found.across {
            Across::Publishers => {
                "no text of two publishers is held of what was asked for; `forb coverage` shows what is"
            }
            Across::Years => {
                "no text of two years of one publisher on one country is held of what was asked for; \
                 `forb coverage` shows what is"
            }
        });
    }
    Ok(if found.reuse.shared.is_empty() { Outcome::Nothing } else { Outcome::Found })
}

impl Answered for ReuseArguments {
    const COMMAND: &'static str = "reuse";

    fn options(&self) -> Vec<String> {
        let across = match self.across {
            AcrossWhat::Publishers => "publishers",
            AcrossWhat::Years => "years",
        };
        let many =
            [("country", &self.country), ("series", &self.series), ("publisher", &self.publisher)];
        let many = many.into_iter().flat_map(|(name, values)| option(name, values));
        many.chain(option("period", self.period))
            .chain(option("across", [across]))
            .chain(option("words", [self.words]))
            .chain(option("limit", [self.limit]))
            .collect()
    }

    fn rows(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Rows> {
        self.check()?;
        Ok(render::reuse_rows(&self.view(&self.find(library, index)?)))
    }
}

impl ReuseArguments {
    fn check(&self) -> anyhow::Result<()> {
        if self.words < least_words() {
            bail!(
                "--words is {} at least: shorter text is shared by chance, and not found for certain",
                least_words()
            );
        }
        Ok(())
    }

    fn find(&self, paths: &LibraryPaths, index: &Index) -> anyhow::Result<Found> {
        let asked = Restrictions {
            country: self.country.clone(),
            publisher: self.publisher.clone(),
            series: self.series.clone(),
            period: self.period,
        };
        let filters = asked.filters(paths, index)?;
        let across = match self.across {
            AcrossWhat::Publishers => Across::Publishers,
            AcrossWhat::Years => Across::Years,
        };
        let request = ReuseRequest { across, filters: &filters, fewest: self.words };
        let reuse = reuse(index, &index.documents()?, &request)?;
        Ok(Found { across, restricted: self.restricted(), reuse, state: library::state(index) })
    }

    fn view<'a>(&self, found: &'a Found) -> ReuseView<'a> {
        ReuseView {
            across: found.across,
            fewest: self.words,
            filters: &found.restricted,
            reuse: &found.reuse,
            limit: self.limit,
            state: &found.state,
        }
    }

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
