//! `forb keyness`: the words and phrases that mark one side of a library against another.

use std::path::PathBuf;

use anyhow::{anyhow, bail};
use clap::{Args, ValueEnum};
use indexing::Index;
use ingestion::corpus::Corpus;
use model::{Field, PeriodFilter};
use query::Filters;
use query::keyness::{Keyness, KeynessRequest, Order, Texts, keyness};
use render::{KeynessView, LibraryState, Rows};

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::answered::{AnswerRecord, Answered, option};

/// Show the words and phrases that mark one side of a library against another.
///
/// A side is what FIELD:VALUE says of its documents and passages: publisher, series, country, period,
/// issue, polarity, nature, group. Said more than once, values of one field widen a side, fields
/// narrow it. Words are counted by their stem; names of countries and their people, function words,
/// page chrome and clauses that stand word for word in several documents are left out. Of each term:
/// how often it stands in 10,000 words of either side, in how many documents and on how many
/// countries, how many times more often, and at least how many times more often; and passages that
/// hold it. What comes out between two halves of one side, drawn by lot, shows what is noise. Then,
/// whether they mark a side or not, the words that the codebook has for its issues (`forb codebook`),
/// each issue on the side where its words stand more often.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb keyness --a publisher:us-state --b publisher:open-doors\n  \
    forb keyness --a series:us-state-irf --b series:un-upr --country PK --issue blasphemy\n  \
    forb keyness --a series:us-state-irf --a period:2021 --b series:us-state-irf --b period:2022\n  \
    forb keyness --a publisher:us-state --b publisher:open-doors --term \"place of worship\" --term \"persecut*\"\n  \
    forb keyness --a publisher:us-state --b publisher:open-doors --order ratio --format csv > words.csv\n  \
    forb keyness --a publisher:us-state --b publisher:open-doors --format html --record words.json > words.html")]
pub struct KeynessArguments {
    /// The first side. May be given more than once.
    #[arg(long, value_name = "FIELD:VALUE", required = true)]
    pub a: Vec<String>,
    /// The second side. May be given more than once.
    #[arg(long, value_name = "FIELD:VALUE", required = true)]
    pub b: Vec<String>,
    /// Both sides: only documents on this country: a name or a code. May be given more than once.
    #[arg(long, value_name = "NAME")]
    pub country: Vec<String>,
    /// Both sides: only documents that cover some of this time: 2021, 2019..2023.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<PeriodFilter>,
    /// Both sides: only passages labelled with this issue: an id or a name. May be given more than once.
    #[arg(long, value_name = "ISSUE")]
    pub issue: Vec<String>,
    /// Also this word or phrase, whatever it marks: "place of worship", persecut*. May be given more
    /// than once.
    #[arg(long, value_name = "WORDS")]
    pub term: Vec<String>,
    /// How many terms a side, at most.
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub limit: usize,
    /// In how many documents of its side a term must stand, at least.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub min_documents: usize,
    /// By what terms are ordered.
    #[arg(long, value_name = "ORDER", default_value = "log-odds")]
    pub order: KeynessOrder,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: KeynessFormat,
    /// Write a record of the answer to a file that is not there yet, for `forb replay`.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// By what terms are ordered.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeynessOrder {
    /// The z-score of the weighted log-odds ratio: what is much used comes first.
    LogOdds,
    /// At least how many times more often they stand there: what only one side uses comes first.
    Ratio,
}

/// How terms are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeynessFormat {
    /// For people; in a pipe one term a line.
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

/// What was found, and of which sides.
struct Found {
    a: String,
    b: String,
    both: String,
    filters: [Filters; 2],
    keyness: Keyness,
    state: LibraryState,
}

impl Found {
    fn view(&self) -> KeynessView<'_> {
        let Self { a, b, both, filters, keyness, state } = self;
        KeynessView { a, b, both, filters: filters.each_ref(), keyness, state }
    }
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &KeynessArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let paths = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&paths, output)?;
    let found = arguments.find(&paths, &index)?;
    let view = found.view();
    if let Some(path) = &arguments.record {
        AnswerRecord::of(&index, arguments, &render::keyness_rows(&view)).write(path)?;
    }
    let Keyness { a, b, marks_a, marks_b, asked, .. } = &found.keyness;
    for (side, said, words) in [("a", &found.a, a.words), ("b", &found.b, b.words)] {
        if words == 0 {
            output.note(&format!(
                "no text is held of side {side}: {said}; `forb coverage` shows what is"
            ));
        }
    }
    if a.words.min(b.words) == 0 {
        return Ok(Outcome::Nothing);
    }
    if output.style().width.is_none() && arguments.format == KeynessFormat::Text {
        render::keyness_notes(&view).iter().for_each(|line| output.note(line));
    }
    output.data(&match arguments.format {
        KeynessFormat::Text => render::keyness_text(&view, *output.style()),
        KeynessFormat::Json => render::keyness_json(&view),
        KeynessFormat::Csv => render::keyness_rows(&view).csv(),
        KeynessFormat::Markdown => render::keyness_markdown(&view),
        KeynessFormat::Html => render::keyness_html(&view),
    })?;
    for asked in asked.iter().filter(|asked| asked.term.is_none()) {
        output.note(&format!("`{}` stands in neither side", asked.words));
    }
    let marked = !marks_a.is_empty() || !marks_b.is_empty();
    if !marked {
        output.note("no term marks either side: too little text, or no difference");
    }
    let stands = asked.iter().any(|asked| asked.term.is_some());
    Ok(if marked || stands { Outcome::Found } else { Outcome::Nothing })
}

impl Answered for KeynessArguments {
    const COMMAND: &'static str = "keyness";

    fn options(&self) -> Vec<String> {
        let order = match self.order {
            KeynessOrder::LogOdds => "log-odds",
            KeynessOrder::Ratio => "ratio",
        };
        let many = [
            ("a", &self.a),
            ("b", &self.b),
            ("country", &self.country),
            ("issue", &self.issue),
            ("term", &self.term),
        ];
        let many = many.into_iter().flat_map(|(name, values)| option(name, values));
        many.chain(option("period", self.period))
            .chain(option("limit", [self.limit]))
            .chain(option("min-documents", [self.min_documents]))
            .chain(option("order", [order]))
            .collect()
    }

    fn rows(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Rows> {
        Ok(render::keyness_rows(&self.find(library, index)?.view()))
    }
}

impl KeynessArguments {
    fn find(&self, paths: &LibraryPaths, index: &Index) -> anyhow::Result<Found> {
        let filters = |terms: &[String]| self.side(terms, &paths.corpus(), index);
        let (of_a, of_b) = (filters(&self.a)?, filters(&self.b)?);
        if of_a == of_b {
            bail!("both sides are the same: say of --a and --b what tells them apart");
        }
        let texts = Texts::read(index, &index.held()?, [&of_a, &of_b])?;
        let request = KeynessRequest {
            most: self.limit,
            fewest_documents: self.min_documents,
            order: match self.order {
                KeynessOrder::Ratio => Order::RateRatio,
                KeynessOrder::LogOdds => Order::LogOdds,
            },
            asked: self.term.clone(),
            vocabularies: paths.corpus().vocabularies()?.into_owned(),
        };
        Ok(Found {
            a: self.a.join(", "),
            b: self.b.join(", "),
            both: self.both(),
            keyness: keyness(&texts, &request),
            filters: [of_a, of_b],
            state: library::state(index),
        })
    }

    /// The filters of one side.
    fn side(&self, terms: &[String], corpus: &Corpus, index: &Index) -> anyhow::Result<Filters> {
        let mut asked = FilterArguments::default();
        for term in terms {
            take(term, &mut asked)?;
        }
        for (field, own, both) in [
            (Field::Country, &mut asked.country, &self.country),
            (Field::Issue, &mut asked.issue, &self.issue),
        ] {
            if !both.is_empty() && !own.is_empty() {
                let name = field.name();
                bail!("--{name} is of both sides, and one of them says {name}: leave one out");
            }
            own.extend(both.iter().cloned());
        }
        if self.period.is_some() && asked.period.is_some() {
            bail!("--period is of both sides, and one of them says period: leave one out");
        }
        asked.period = asked.period.or(self.period);
        asked.resolve(corpus, index)
    }

    /// What both sides are restricted to, as it is shown.
    fn both(&self) -> String {
        let of = |name: &str, values: &[String]| {
            values.iter().map(|value| format!("{name}:{value}")).collect::<Vec<_>>()
        };
        let period = self.period.map(|period| format!("period:{period}"));
        let all = of("country", &self.country).into_iter().chain(of("issue", &self.issue));
        all.chain(period).collect::<Vec<_>>().join(", ")
    }
}

/// Takes one `FIELD:VALUE` of a side.
fn take(term: &str, asked: &mut FilterArguments) -> anyhow::Result<()> {
    const FIELDS: [&str; 8] =
        ["publisher", "series", "country", "period", "issue", "polarity", "nature", "group"];
    let shown: String = term.chars().take(60).collect();
    let written = term.split_once(':').map(|(field, value)| (field.trim(), value.trim()));
    let Some((field, value)) = written.filter(|(_, value)| !value.is_empty()) else {
        bail!("`{shown}` is no side: write FIELD:VALUE, for example publisher:us-state");
    };
    let values = match field {
        "publisher" => &mut asked.publisher,
        "series" => &mut asked.series,
        "country" => &mut asked.country,
        "issue" => &mut asked.issue,
        "polarity" => &mut asked.polarity,
        "nature" => &mut asked.nature,
        "group" => &mut asked.group,
        "period" => {
            let period = value.parse().map_err(|error| anyhow!("`{shown}`: {error}"))?;
            if asked.period.replace(period).is_some() {
                bail!("a side has one period; write a range: period:2019..2023");
            }
            return Ok(());
        }
        _ => {
            let near = model::nearest(field, FIELDS, 1);
            let did_you_mean = near.first().map(|near| format!("; did you mean {near}?"));
            bail!(
                "`{shown}`: sides are told apart by {}{}",
                FIELDS.join(", "),
                did_you_mean.unwrap_or_default()
            );
        }
    };
    values.push(value.to_owned());
    Ok(())
}
