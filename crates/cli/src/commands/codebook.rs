//! `forb codebook`: the built-in codebook printed, and a codebook examined before it is relied on.

use std::borrow::Cow;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand};
use indexing::Index;
use ingestion::annotate::issues::Issues;
use ingestion::annotate::words::Words;
use ingestion::codebook::{BUILT_IN, FILE_NAME};
use model::codebook::Seed;
use model::{Codebook, DocumentRecord, RecordKind};
use rayon::prelude::*;
use render::{CodebookReport, Detail, SeedFirings, SharedPassages};

use crate::arguments::{Format, GlobalArguments};
use crate::failure::Outcome;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Print the built-in codebook, or examine one.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb codebook show > corpus/codebook.toml   a copy to edit, in the library\n  \
    forb codebook check                         the library's codebook\n  \
    forb codebook check draft.toml --verbose    another, and how often each seed fires")]
pub struct CodebookArguments {
    /// What to do.
    #[command(subcommand)]
    pub what: What,
}

/// What is done with a codebook.
#[derive(Subcommand, Debug)]
pub enum What {
    /// Say what is wrong with a codebook: syntax, seeds that never fire, seeds met nearly
    /// everywhere, issues hardly told apart.
    Check(CheckArguments),
    /// Print the codebook that comes with forb.
    Show,
}

/// Options of `forb codebook check`.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// The codebook; that of the library, if none is named.
    pub file: Option<PathBuf>,
    /// Show how often each seed fires.
    #[arg(long, short)]
    pub verbose: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &CodebookArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let arguments = match &arguments.what {
        What::Show => {
            output.data(BUILT_IN)?;
            return Ok(Outcome::Found);
        }
        What::Check(arguments) => arguments,
    };
    let library = LibraryPaths::find(global.library.as_deref())?;
    let (name, codebook) = match &arguments.file {
        Some(path) => {
            let name = path.display().to_string();
            let text = fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
            let codebook =
                Codebook::from_toml(&text).map_err(|problem| anyhow!("{name}, {problem}"))?;
            (name, Cow::Owned(codebook))
        }
        None => {
            let own = library.corpus().root().join(FILE_NAME);
            let name = if own.exists() { own.display().to_string() } else { "built-in".to_owned() };
            (name, library.corpus().codebook()?)
        }
    };
    let mut firings = Firings::new(&codebook);
    if library.corpus().exists() {
        let index = library::open(&library, output)?;
        firings = try_on(&codebook, &index)?;
    } else {
        output.note("there is no library to try it on: only its form was examined");
    }
    let report = firings.report(name, &codebook);
    let detail = if arguments.verbose { Detail::Full } else { Detail::Brief };
    output.data(&match arguments.format {
        Format::Text => render::codebook_text(&report, *output.style(), detail),
        Format::Json => render::codebook_json(&report),
    })?;
    Ok(Outcome::Found)
}

/// In how many passages seeds fire, and issues meet.
struct Firings {
    passages: u64,
    seeds: Vec<u64>,
    /// Passages of two issues, by their numbers, the lower first; of one, where both are the same.
    pairs: std::collections::BTreeMap<(usize, usize), u64>,
}

impl Firings {
    fn new(codebook: &Codebook) -> Self {
        let seeds = codebook.issues.iter().map(|issue| issue.seeds.len()).sum();
        Self { passages: 0, seeds: vec![0; seeds], pairs: std::collections::BTreeMap::new() }
    }

    fn with(mut self, other: Self) -> Self {
        self.passages += other.passages;
        self.seeds.iter_mut().zip(other.seeds).for_each(|(sum, more)| *sum += more);
        for (pair, passages) in other.pairs {
            *self.pairs.entry(pair).or_default() += passages;
        }
        self
    }

    /// Counts a passage in which these seeds, of these issues, earn their labels.
    fn count(&mut self, mut seeds: Vec<usize>, mut issues: Vec<usize>) {
        self.passages += 1;
        for numbers in [&mut seeds, &mut issues] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        for seed in seeds {
            self.seeds[seed] += 1;
        }
        for (at, one) in issues.iter().enumerate() {
            for other in &issues[at..] {
                *self.pairs.entry((*one, *other)).or_default() += 1;
            }
        }
    }

    fn report(self, file: String, codebook: &Codebook) -> CodebookReport {
        let all = codebook.issues.iter().flat_map(|i| i.seeds.iter().map(move |seed| (i, seed)));
        let firing = |((issue, seed), passages): ((&model::Issue, &Seed), &u64)| SeedFirings {
            issue: issue.id.to_string(),
            pattern: seed.pattern.text.clone(),
            line: seed.line,
            passages: *passages,
        };
        let seeds = all.zip(&self.seeds).map(firing).collect();
        let of = |issue: usize| self.pairs.get(&(issue, issue)).copied().unwrap_or(0);
        let id = |issue: usize| codebook.issues[issue].id.to_string();
        let distinct = self.pairs.iter().filter(|((one, other), _)| one != other);
        let pairs = distinct.map(|((one, other), both)| {
            let (small, large) =
                if of(*other) < of(*one) { (*other, *one) } else { (*one, *other) };
            SharedPassages { issues: [id(small), id(large)], both: *both, smaller: of(small) }
        });
        let (issues, passages) = (codebook.issues.len() as u64, self.passages);
        CodebookReport { file, issues, passages, seeds, pairs: pairs.collect() }
    }
}

/// Tries a codebook on every passage of an index.
fn try_on(codebook: &Codebook, index: &Index) -> anyhow::Result<Firings> {
    let issues = Issues::of(codebook);
    let read = |document: &DocumentRecord| -> anyhow::Result<Firings> {
        let mut firings = Firings::new(codebook);
        for record in index.passages_of(&document.id)? {
            if record.kind == RecordKind::Passage {
                let passage = &record.passage.passage;
                let earned = issues.earned(&Words::of(&passage.text, &passage.sentences));
                let seeds = earned.iter().map(|earned| earned.seed).collect();
                firings.count(seeds, earned.iter().map(|earned| earned.issue).collect());
            }
        }
        Ok(firings)
    };
    let documents = index.documents()?;
    documents
        .par_iter()
        .map(read)
        .try_reduce(|| Firings::new(codebook), |one, other| Ok(one.with(other)))
}
