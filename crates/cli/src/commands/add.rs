//! `forb add`: reports into the library.

use std::cell::RefCell;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use ingestion::Stated;
use ingestion::unpack::Mapping;
use model::{Extent, PartialDate, Period};
use render::AddReport;

use crate::arguments::{Format, GlobalArguments};
use crate::aside_tally::AsideTally;
use crate::failure::Outcome;
use crate::fetch::{Fetcher, Limits};
use crate::ingest::{self, Ingest, Reading};
use crate::interrupt::{self, Interrupted};
use crate::output::Output;
use crate::paths::{LibraryPaths, files};
use crate::progress::Progress;
use crate::told::{AddLog, Told};

/// Read reports into the library.
///
/// Each file is copied into the library's corpus, read, and indexed. What it is (publisher, series,
/// country, period) is read from its text; `--verbose` shows the words that say so. What the text
/// does not say stays unknown until you say it, with the options below or in a file NAME.meta.toml
/// beside the report, with the same names as keys. Adding the same bytes twice changes nothing;
/// adding them again with another option sets what the option says.
///
/// An address is fetched: the site's robots.txt is asked first, pages of one host are asked for a
/// second apart, and the page is kept with its address, its redirects and the day. This is the only
/// way in which forb reaches out. A dry run fetches, too, and keeps nothing.
///
/// Of a capture that holds many documents, such as a data set, the first fifty are shown and the rest
/// counted; --verbose shows each. Ctrl-C stops after the document at hand and keeps what is done: add
/// the same again to go on.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb add report.html\n  \
    forb add reports/ --publisher \"Forum 18\" --captured 2024-03-01\n  \
    forb add https://example.org/report        fetch a page and keep it\n  \
    curl https://example.org/report | forb add - --url https://example.org/report\n  \
    forb add --dry-run --verbose report.txt    how it would be read, and why")]
pub struct AddArguments {
    /// Files, folders, addresses of pages, or - for standard input.
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Read and report, but change nothing.
    #[arg(long)]
    pub dry_run: bool,
    /// Show the evidence for everything recognised.
    #[arg(long, short)]
    pub verbose: bool,
    /// Of a data set (JSON, JSON Lines, CSV): which field of its records is what, as
    /// text=summary,country=name,url=url. Without it, it is guessed, and the guess is shown.
    #[arg(long, value_name = "WHAT=FIELD,…")]
    pub map: Option<Mapping>,
    /// How the report on the work is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
    /// The country it is on: a name or a code.
    #[arg(long, value_name = "NAME")]
    pub country: Option<String>,
    /// Its publisher: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Its series: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub series: Option<String>,
    /// The time it covers: 2021, or 2020-10/2021-09.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<Period>,
    /// The day, month or year it came out.
    #[arg(long, value_name = "DATE")]
    pub published: Option<PartialDate>,
    /// The day its bytes were taken from the publisher.
    #[arg(long, value_name = "DATE")]
    pub captured: Option<PartialDate>,
    /// How much of the work it holds: full, summary, excerpt or unknown.
    #[arg(long, value_name = "EXTENT")]
    pub extent: Option<Extent>,
    /// Its address.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Its title.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Who wrote it; once for each author.
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// The language it is written in: en, fr, pt-BR.
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Under which terms its text may be used.
    #[arg(long, value_name = "TERMS")]
    pub licence: Option<String>,
    /// How far fetching goes.
    #[command(flatten)]
    pub limits: LimitArguments,
}

/// How far fetching goes, where not as far as usual: for tests, and for sites that need it.
#[derive(Args, Debug)]
pub struct LimitArguments {
    /// Most seconds for one request.
    #[arg(long, value_name = "SECONDS", hide = true, value_parser = seconds)]
    pub fetch_time: Option<Duration>,
    /// Most bytes of one page.
    #[arg(long, value_name = "BYTES", hide = true)]
    pub fetch_bytes: Option<u64>,
    /// Seconds between two pages of one host.
    #[arg(long, value_name = "SECONDS", hide = true, value_parser = seconds)]
    pub fetch_pause: Option<Duration>,
}

impl LimitArguments {
    fn over(&self, usual: Limits) -> Limits {
        let whole = self.fetch_time.unwrap_or(usual.whole);
        Limits {
            connect: usual.connect.min(whole),
            whole,
            bytes: self.fetch_bytes.unwrap_or(usual.bytes),
            pause: self.fetch_pause.unwrap_or(usual.pause),
        }
    }
}

/// A number of seconds, such as `0.5`.
fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.parse().map_err(|_| "not a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(number).map_err(|error| error.to_string())
}

impl AddArguments {
    fn stated(&self) -> Stated {
        Stated {
            country: self.country.clone(),
            publisher: self.publisher.clone(),
            series: self.series.clone(),
            period: self.period,
            edition: None,
            published: self.published,
            captured: self.captured,
            extent: self.extent,
            url: self.url.clone(),
            title: self.title.clone(),
            authors: self.authors.clone(),
            language: self.language.clone(),
            licence: self.licence.clone(),
            digest_of: None,
        }
    }
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &AddArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let stated = arguments.stated();
    let found = files(&arguments.paths);
    let fetcher = RefCell::new(Fetcher::new(arguments.limits.over(Limits::default())));
    let progress = Progress::over(&found, output.shows_progress());
    let mapping = arguments.map.as_ref();
    let reading =
        Reading { stated: &stated, mapping, fetcher: &fetcher, output, progress: &progress };
    let log = (!arguments.dry_run).then(|| AddLog::at(library.index()));
    let mut told = Told::new(arguments, output, &progress, log);
    let mut aside = AsideTally::default();
    let mut report = |report: AddReport| {
        aside.count(&report);
        told.tell(&report)
    };
    let ended = if arguments.dry_run {
        stated.check(&*library.corpus().profiles()?)?;
        ingest::rehearse(&library, &found, &reading, &mut report)
    } else {
        interrupt::watch();
        let mut ingest = Ingest::open(&library, output).context("nothing was added")?;
        stated.check(ingest.profiles())?;
        ingest.add(&found, &reading, &mut report)
    };
    progress.end();
    aside.count_settled(&library)?;
    if let Some(said) = aside.line() {
        output.note(&said);
    }
    // What was done before the work stopped is told whole.
    match ended {
        Err(error) if !error.is::<Interrupted>() => Err(error),
        ended => {
            let outcome = told.end()?;
            ended.map(|()| outcome)
        }
    }
}
