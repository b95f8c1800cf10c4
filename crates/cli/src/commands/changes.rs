//! `forb changes`: what changed between two editions of a series.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use indexing::Index;
use model::{AnnotatedPassage, Country, DocumentRecord, Field, IssueId, Period};
use query::Filters;
use query::changes::{Changes, ChapterChange, Extent, Volume, changes, chapters};
use query::editions::{Edition, edition, passages_of, periods_held};
use render::{ChangesView, ChaptersView, EditionView, LibraryState, Rows};

use crate::arguments::GlobalArguments;
use crate::failure::Outcome;
use crate::filters::FilterArguments;
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::searching::answered::{AnswerRecord, Answered, option};
use crate::{library, names};

/// Show what changed between two editions of a series.
///
/// Sentences of the two are set beside each other: the same, reworded (the words that changed are
/// marked), moved, split, merged, new, dropped; figures that changed, sections that vanished, and the
/// share of each issue then and now. Where less than a quarter is shared, only the best
/// correspondences are shown. An edition is made of the documents whose own period ends in the period
/// that is named.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb changes --country PK --series us-state-irf --period 2021..2022\n  \
    forb changes --country PK --series us-state-irf --period 2021..2022 --issue blasphemy\n  \
    forb changes --series us-state-irf --period 2021..2022 --all-countries --format csv > where.csv\n  \
    forb changes --country PK --series us-state-irf --period 2021..2022 --format html > pakistan.html")]
pub struct ChangesArguments {
    /// The country: a name or a code.
    #[arg(long, value_name = "NAME", required_unless_present = "all_countries")]
    pub country: Option<String>,
    /// The series: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub series: String,
    /// The two editions, the earlier first: 2021..2022, or 2020-10/2021-09..2021-10/2022-09.
    #[arg(long, value_name = "OLD..NEW", value_parser = two_periods)]
    pub period: TwoPeriods,
    /// Only sentences with words of this issue of the codebook: an id or a name.
    #[arg(long, value_name = "ISSUE")]
    pub issue: Option<String>,
    /// How much each country's chapter changed, the most changed first.
    #[arg(long, conflicts_with_all = ["country", "issue"])]
    pub all_countries: bool,
    /// How it is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: ChangesFormat,
    /// Write a record of the answer to a file that is not there yet, for `forb replay`.
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// How changes are written.
#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangesFormat {
    /// For people; in a pipe one sentence or country a line.
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

/// The periods of two editions.
#[derive(Clone, Copy, Debug)]
pub struct TwoPeriods {
    old: Period,
    new: Period,
}

fn two_periods(text: &str) -> Result<TwoPeriods, String> {
    let shown: String = text.chars().take(60).collect();
    let wanted = "write the earlier and the later edition: 2021..2022";
    let Some((old, new)) = text.split_once("..").filter(|(a, b)| !a.is_empty() && !b.is_empty())
    else {
        return Err(format!("`{shown}` does not name two editions; {wanted}"));
    };
    let read = |part: &str| part.parse::<Period>().map_err(|error| error.to_string());
    let (old, new) = (read(old)?, read(new)?);
    if old.last_day() > new.last_day() {
        return Err(format!("`{shown}` is reversed: write {new}..{old}, the earlier first"));
    }
    if old == new {
        return Err(format!("`{shown}` names one edition twice; {wanted}"));
    }
    Ok(TwoPeriods { old, new })
}

/// What is compared.
struct Question<'a> {
    index: &'a Index,
    documents: &'a [DocumentRecord],
    filters: &'a Filters,
    series: &'a str,
    periods: TwoPeriods,
}

/// What came of a question.
enum Found {
    /// What changed on a country.
    Country { country: Country, old: EditionView, new: EditionView, changes: Box<Changes> },
    /// How much each country's chapter changed.
    Chapters(Vec<ChapterChange>),
    /// Nothing, and why.
    Nothing(String),
}

/// An answer, and what is said beside it.
struct Answer {
    found: Found,
    series: String,
    periods: [String; 2],
    issue: Option<IssueId>,
    state: LibraryState,
    /// That documents were left out.
    left_out: Option<String>,
}

/// What is shown of an answer.
enum View<'a> {
    Country(ChangesView<'a>),
    Chapters(ChaptersView<'a>),
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &ChangesArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let paths = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&paths, output)?;
    let answer = arguments.find(&paths, &index)?;
    if let Some(note) = &answer.left_out {
        output.note(note);
    }
    let view = answer.view();
    if let Some(path) = &arguments.record {
        AnswerRecord::of(&index, arguments, &rows(view.as_ref())).write(path)?;
    }
    let view = match (&answer.found, view) {
        (Found::Nothing(note), _) => {
            output.note(note);
            return Ok(Outcome::Nothing);
        }
        (_, Some(view)) => view,
        (_, None) => return Ok(Outcome::Nothing),
    };
    let in_pipe = output.style().width.is_none() && arguments.format == ChangesFormat::Text;
    match view {
        View::Country(view) => {
            if in_pipe {
                say_extent(view.changes.extent, output);
            }
            output.data(&match arguments.format {
                ChangesFormat::Text => render::changes_text(&view, *output.style()),
                ChangesFormat::Json => render::changes_json(&view),
                ChangesFormat::Csv => render::changes_rows(&view).csv(),
                ChangesFormat::Markdown => render::changes_markdown(&view),
                ChangesFormat::Html => render::changes_html(&view),
            })?;
            let on_issue = view.issue.is_none_or(|issue| view.changes.on(issue).next().is_some());
            if !on_issue {
                output.note("neither edition has a sentence with words of that issue");
            }
            Ok(if on_issue { Outcome::Found } else { Outcome::Nothing })
        }
        View::Chapters(view) => {
            output.data(&match arguments.format {
                ChangesFormat::Text => render::chapters_text(&view, *output.style()),
                ChangesFormat::Json => render::chapters_json(&view),
                ChangesFormat::Csv => render::chapters_rows(&view).csv(),
                ChangesFormat::Markdown => render::chapters_markdown(&view),
                ChangesFormat::Html => render::chapters_html(&view),
            })?;
            Ok(Outcome::Found)
        }
    }
}

impl Answered for ChangesArguments {
    const COMMAND: &'static str = "changes";

    fn options(&self) -> Vec<String> {
        let TwoPeriods { old, new } = self.period;
        option("country", &self.country)
            .chain(option("series", [&self.series]))
            .chain(option("period", [format!("{old}..{new}")]))
            .chain(option("issue", &self.issue))
            .chain(self.all_countries.then(|| "--all-countries".to_owned()))
            .collect()
    }

    fn rows(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Rows> {
        Ok(rows(self.find(library, index)?.view().as_ref()))
    }
}

/// The rows of an answer; none where nothing was found.
fn rows(view: Option<&View<'_>>) -> Rows {
    match view {
        Some(View::Country(view)) => render::changes_rows(view),
        Some(View::Chapters(view)) => render::chapters_rows(view),
        None => Rows::default(),
    }
}

impl Answer {
    fn view(&self) -> Option<View<'_>> {
        let (issue, state) = (self.issue.as_ref(), &self.state);
        match &self.found {
            Found::Country { country, old, new, changes } => {
                let country = *country;
                Some(View::Country(ChangesView { country, old, new, changes, issue, state }))
            }
            Found::Chapters(chapters) => {
                let ([old, new], series) = (&self.periods, &self.series);
                Some(View::Chapters(ChaptersView { series, old, new, chapters, state }))
            }
            Found::Nothing(_) => None,
        }
    }
}

impl ChangesArguments {
    fn find(&self, paths: &LibraryPaths, index: &Index) -> anyhow::Result<Answer> {
        let asked = FilterArguments {
            country: self.country.clone().into_iter().collect(),
            series: vec![self.series.clone()],
            issue: self.issue.clone().into_iter().collect(),
            ..FilterArguments::default()
        };
        let filters = asked.resolve(&paths.corpus(), index)?;
        let issue = filters.of(Field::Issue).any.first();
        // The filter knows ids of the codebook only.
        let issue = issue.and_then(|id| IssueId::new(id));
        let documents = index.documents()?;
        let question = Question {
            index,
            documents: &documents,
            filters: &filters,
            series: filters.of(Field::Series).any.first().map_or("", String::as_str),
            periods: self.period,
        };
        let old = edition(&documents, &filters, &self.period.old);
        let new = edition(&documents, &filters, &self.period.new);
        Ok(Answer {
            left_out: question.unknown_country(&old, &new),
            found: match &self.country {
                Some(name) => question.country(names::country(name)?, &old, &new)?,
                None => question.all_countries(&old, &new)?,
            },
            series: question.series.to_owned(),
            periods: [self.period.old, self.period.new].map(|period| period.to_string()),
            issue,
            state: library::state(index),
        })
    }
}

impl Question<'_> {
    fn unknown_country(&self, old: &Edition<'_>, new: &Edition<'_>) -> Option<String> {
        let unknown = old.unknown_country + new.unknown_country;
        (unknown > 0).then(|| {
            let documents =
                if unknown == 1 { "1 document" } else { &format!("{unknown} documents") };
            format!("{documents} of unknown country left out; `forb status --verbose` shows them")
        })
    }

    /// The two editions of one country.
    fn country(
        &self,
        country: Country,
        old: &Edition<'_>,
        new: &Edition<'_>,
    ) -> anyhow::Result<Found> {
        let of = |edition: &Edition<'_>| -> Vec<DocumentRecord> {
            let documents = edition.chapters.get(&country).into_iter().flatten();
            documents.map(|document| (*document).clone()).collect()
        };
        let (old, new) = (of(old), of(new));
        if let Some(note) = self.not_held(country.name(), old.is_empty(), new.is_empty()) {
            return Ok(Found::Nothing(note));
        }
        let read = |documents: &[DocumentRecord]| {
            passages_of(self.index, &documents.iter().collect::<Vec<_>>())
        };
        let changes = changes(&read(&old)?, &read(&new)?);
        if let Some(note) = self.no_text(changes.old, changes.new) {
            return Ok(Found::Nothing(note));
        }
        let shown = |documents: &[DocumentRecord], period: Period| EditionView {
            period: period.to_string(),
            documents: documents.iter().map(DocumentRecord::summary).collect(),
        };
        let (old, new) = (shown(&old, self.periods.old), shown(&new, self.periods.new));
        Ok(Found::Country { country, old, new, changes: Box::new(changes) })
    }

    /// How much each country's chapter changed.
    fn all_countries(&self, old: &Edition<'_>, new: &Edition<'_>) -> anyhow::Result<Found> {
        let missing = (old.chapters.is_empty(), new.chapters.is_empty());
        if let Some(note) = self.not_held("any country", missing.0, missing.1) {
            return Ok(Found::Nothing(note));
        }
        let read = |edition: &Edition<'_>| -> anyhow::Result<BTreeMap<Country, _>> {
            let mut read: BTreeMap<Country, Vec<AnnotatedPassage>> = BTreeMap::new();
            for (country, documents) in &edition.chapters {
                read.insert(*country, passages_of(self.index, documents)?);
            }
            Ok(read)
        };
        Ok(Found::Chapters(chapters(&read(old)?, &read(new)?)))
    }

    /// What is said where an edition is not held.
    fn not_held(&self, on: &str, no_old: bool, no_new: bool) -> Option<String> {
        let (series, TwoPeriods { old, new }) = (self.series, self.periods);
        let said = match (no_old, no_new) {
            (false, false) => return None,
            (true, false) => format!("only {new} of {series} is held on {on}, {old} is not"),
            (false, true) => format!("only {old} of {series} is held on {on}, {new} is not"),
            (true, true) => format!("of {series} neither {old} nor {new} is held on {on}"),
        };
        let held = periods_held(self.documents, self.filters);
        let held: Vec<String> = held.iter().map(ToString::to_string).collect();
        Some(match held.as_slice() {
            [] => format!("{said}, and no other edition either; `forb coverage` shows what is"),
            held => format!("{said}; held: {}", held.join(", ")),
        })
    }

    /// What is said where an edition is held without text.
    fn no_text(&self, old: Volume, new: Volume) -> Option<String> {
        let TwoPeriods { old: before, new: after } = self.periods;
        let which = match (old.sentences, new.sentences) {
            (0, 0) => format!("{before} and {after} are held without text"),
            (0, _) => format!("{before} is held without text"),
            (_, 0) => format!("{after} is held without text"),
            _ => return None,
        };
        Some(format!("{which}: nothing can be said of what changed"))
    }
}

/// Says what the rows of a pipe do not.
fn say_extent(extent: Extent, output: &Output) {
    match extent {
        Extent::Identical => output.note("the two editions are identical"),
        Extent::MostlyRewritten => output.note(
            "mostly rewritten: only the best correspondences are shown; what seems new or dropped \
             may be told in other words",
        ),
        _ => {}
    }
}
