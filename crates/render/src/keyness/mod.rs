//! What marks two sides against each other, as text, rows, Markdown, HTML and JSON. The words shown are
//! folded forms of the reports' own words; which passages hold them is said beside each.

mod html;

use model::PassageId;
use query::Filters;
use query::compare::Rate;
use query::keyness::{AskedTerm, IssueWords, Keyness, Occurrences, SideVolume, Term};
use serde::Serialize;

pub use html::keyness_html;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{counted, grouped};
use crate::rows::Rows;
use crate::search::escaped;
use crate::state::{LibraryState, StateShape};
use crate::status::write_columns;
use crate::style::Style;
use crate::table::write_cells;

/// Two sides and what marks them.
#[derive(Clone, Copy, Debug)]
pub struct KeynessView<'a> {
    /// What the first side was asked to be.
    pub a: &'a str,
    /// What the second side was asked to be.
    pub b: &'a str,
    /// What both were restricted to; empty for nothing.
    pub both: &'a str,
    /// What the sides come to.
    pub filters: [&'a Filters; 2],
    /// What was found.
    pub keyness: &'a Keyness,
    /// Of which library.
    pub state: &'a LibraryState,
}

const COLUMNS: [&str; 18] = [
    "side",
    "term",
    "forms",
    "count",
    "rate",
    "documents",
    "countries",
    "dispersion",
    "other_count",
    "other_rate",
    "other_documents",
    "other_countries",
    "ratio",
    "low",
    "log_odds",
    "example_1",
    "example_2",
    "example_3",
];

/// What is said of the issues of a side, before it.
const OF_ISSUES: &str = "issues of the codebook whose words stand more often in";

/// How many words are shown of the vocabulary of an issue.
const WORDS_OF_AN_ISSUE: usize = 4;

#[derive(Serialize)]
struct KeynessShape<'a> {
    format_version: u32,
    both: &'a str,
    a: SideShape<'a>,
    b: SideShape<'a>,
    asked: Vec<AskedShape<'a>>,
    issues: Vec<IssueShape<'a>>,
    compared: usize,
    noise: NoiseShape,
    library: StateShape<'a>,
}

#[derive(Serialize)]
struct SideShape<'a> {
    asked: &'a str,
    documents: usize,
    countries: usize,
    words: u64,
    repeated: usize,
    terms: Vec<TermShape<'a>>,
}

#[derive(Serialize)]
struct AskedShape<'a> {
    asked: &'a str,
    side: Option<&'static str>,
    term: Option<TermShape<'a>>,
}

#[derive(Serialize)]
struct IssueShape<'a> {
    issue: &'a str,
    side: &'static str,
    all: TermShape<'a>,
    words: Vec<AskedShape<'a>>,
}

#[derive(Serialize)]
struct NoiseShape {
    terms: usize,
    low: f64,
    log_odds: f64,
}

#[derive(Serialize)]
struct TermShape<'a> {
    term: &'a str,
    forms: &'a [String],
    here: OccurrencesShape,
    there: OccurrencesShape,
    ratio: f64,
    low: f64,
    log_odds: f64,
    examples: Vec<String>,
}

#[derive(Serialize)]
struct OccurrencesShape {
    count: u64,
    rate: f64,
    rate_low: f64,
    rate_high: f64,
    documents: usize,
    countries: usize,
    dispersion: Option<f64>,
}

impl KeynessView<'_> {
    fn sides(&self) -> [(&'static str, &str, SideVolume, &[Term]); 2] {
        let Keyness { a, b, marks_a, marks_b, .. } = self.keyness;
        [("a", self.a, *a, marks_a.as_slice()), ("b", self.b, *b, marks_b.as_slice())]
    }

    /// What was compared, and how far a difference must go to mean anything.
    fn summary(&self) -> Vec<String> {
        let mut lines: Vec<String> =
            self.sides().iter().map(|(side, asked, of, _)| volume(side, asked, of)).collect();
        if !self.both.is_empty() {
            lines.push(format!("both sides: {}", self.both));
        }
        let (terms, noise) = (self.keyness.compared as u64, self.keyness.noise);
        lines.push(format!(
            "{} compared; between two halves of one side, drawn by lot, the lower bound of the ratio \
             reaches {:.1} (log-odds z {:.1}): a term below that may be noise",
            counted(terms, "term was", "terms were"),
            noise.low,
            noise.log_odds,
        ));
        lines.push(self.state.line());
        lines
    }
}

fn volume(side: &str, asked: &str, of: &SideVolume) -> String {
    let repeated = match of.repeated {
        0 => String::new(),
        many => format!(
            ", {} left out that stand word for word in several",
            counted(many as u64, "clause", "clauses")
        ),
    };
    format!(
        "{side}: {asked}: {}, {}, {}{repeated}",
        counted(of.documents as u64, "document", "documents"),
        counted(of.countries as u64, "country", "countries"),
        counted(of.words, "word", "words"),
    )
}

fn per(rate: &Rate) -> String {
    format!("{:.2}", rate.value)
}

fn share(dispersion: Option<f64>) -> String {
    dispersion.map_or(String::new(), |value| format!("{value:.2}"))
}

/// The term as it is shown: its commonest form, and the others behind it.
fn name(term: &Term) -> String {
    match term.forms.get(1..).filter(|others| !others.is_empty()) {
        Some(others) => {
            let more = if others.len() > 3 { ", …" } else { "" };
            let some: Vec<&str> = others.iter().take(3).map(String::as_str).collect();
            format!("{} ({}{more})", term.shown, some.join(", "))
        }
        None => term.shown.clone(),
    }
}

fn row(side: &str, term: &Term) -> [String; 18] {
    let Term { here, there, .. } = term;
    let example = |at: usize| term.examples.get(at).map_or(String::new(), PassageId::to_string);
    [
        side.to_owned(),
        term.shown.clone(),
        term.forms.join(", "),
        here.rate.count.to_string(),
        per(&here.rate),
        here.documents.to_string(),
        here.countries.to_string(),
        share(here.dispersion),
        there.rate.count.to_string(),
        per(&there.rate),
        there.documents.to_string(),
        there.countries.to_string(),
        format!("{:.2}", term.ratio),
        format!("{:.2}", term.low),
        format!("{:.2}", term.log_odds),
        example(0),
        example(1),
        example(2),
    ]
}

fn rows(view: &KeynessView<'_>) -> impl Iterator<Item = [String; 18]> {
    let rows_of = |side: &'static str, terms: &[Term]| -> Vec<[String; 18]> {
        terms.iter().map(|term| row(side, term)).collect()
    };
    let asked = view.keyness.asked.iter().filter_map(|asked| {
        let side = if asked.marks_second { "asked-b" } else { "asked-a" };
        Some(row(side, asked.term.as_ref()?))
    });
    let marked = view.sides().map(|(side, _, _, terms)| rows_of(side, terms));
    let issues = view.keyness.issues.iter().flat_map(rows_of_issue);
    marked.into_iter().flatten().chain(asked.collect::<Vec<_>>()).chain(issues)
}

/// A row for all words of an issue, and one for each.
fn rows_of_issue(of: &IssueWords) -> Vec<[String; 18]> {
    let named = |side: &str, name: String, term: &Term| {
        let mut row = row(side, term);
        row[1] = name;
        row
    };
    let side = if of.marks_second { "issue-b" } else { "issue-a" };
    let words = of.words.iter().filter_map(|word| {
        let side = if word.marks_second { "word-b" } else { "word-a" };
        Some(named(side, format!("{}: {}", of.issue, word.words), word.term.as_ref()?))
    });
    std::iter::once(named(side, of.issue.to_string(), &of.all)).chain(words).collect()
}

/// The issues of a side.
fn issues_of<'a>(view: &KeynessView<'a>, side: &str) -> impl Iterator<Item = &'a IssueWords> {
    let is_second = side == "b";
    view.keyness.issues.iter().filter(move |issue| issue.marks_second == is_second)
}

/// An issue with the commonest of its words, each with how often it stands in the issue's side and in
/// the other.
fn issue_named(of: &IssueWords) -> String {
    let word = |word: &AskedTerm| {
        let Term { shown, here, there, .. } = word.term.as_ref()?;
        let is_beginning = word.words.ends_with('*');
        let shown = if is_beginning { &word.words } else { shown };
        let (here, there) =
            if word.marks_second == of.marks_second { (here, there) } else { (there, here) };
        Some(format!("{shown} {} / {}", per(&here.rate), per(&there.rate)))
    };
    let words: Vec<String> = of.words.iter().take(WORDS_OF_AN_ISSUE).filter_map(word).collect();
    let more = if of.words.len() > WORDS_OF_AN_ISSUE { ", …" } else { "" };
    format!("{}: {}{more}", of.issue, words.join(", "))
}

/// The terms as text: on a terminal a table for each side, in a pipe the rows of the CSV parted by
/// tabs.
pub fn keyness_text(view: &KeynessView<'_>, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for row in rows(view) {
            let none = |cell: String| if cell.is_empty() { "-".to_owned() } else { cell };
            write_columns(&mut out, style, &row.map(none));
        }
        return out;
    }
    for line in view.summary() {
        Line::new(style).plain(&line).write(&mut out, 0, 2);
    }
    let titles = ["here", "there", "documents", "countries", "times", "at least"];
    for (side, asked, _, terms) in view.sides() {
        out.push('\n');
        let heading = format!("marks {side}: {asked}");
        if terms.is_empty() {
            Line::new(style).add(Look::Strong, &heading).plain(": nothing").write(&mut out, 0, 2);
            continue;
        }
        let names: Vec<String> = terms.iter().map(named).collect();
        let cells = terms.iter().map(cells).zip(names.iter().map(String::as_str));
        write_cells(&mut out, style, titles, &heading, &cells.collect::<Vec<_>>());
    }
    let asked: Vec<(&AskedTerm, &Term)> =
        view.keyness.asked.iter().filter_map(|of| Some((of, of.term.as_ref()?))).collect();
    if !asked.is_empty() {
        out.push('\n');
        let names: Vec<String> =
            asked.iter().map(|(of, term)| format!("{}: {}", side_of(of), named(term))).collect();
        let cells = asked.iter().map(|(_, term)| cells(term));
        let rows: Vec<_> = cells.zip(names.iter().map(String::as_str)).collect();
        write_cells(&mut out, style, titles, "asked for, in the side that has more", &rows);
    }
    for (side, asked, _, _) in view.sides() {
        let issues: Vec<&IssueWords> = issues_of(view, side).collect();
        if issues.is_empty() {
            continue;
        }
        out.push('\n');
        let names: Vec<String> = issues.iter().map(|issue| issue_named(issue)).collect();
        // Its words need the room: in how many documents they stand is left to the other forms.
        let cells = issues.iter().map(|issue| {
            let [here, there, _, _, times, at_least] = cells(&issue.all);
            [here, there, times, at_least]
        });
        let rows: Vec<_> = cells.zip(names.iter().map(String::as_str)).collect();
        let titles = ["here", "there", "times", "at least"];
        let heading = format!("{OF_ISSUES} {side}: {asked}");
        Line::new(style).add(Look::Strong, &heading).write(&mut out, 0, 2);
        write_cells(&mut out, style, titles, "issue: its words, here / there", &rows);
    }
    out.push('\n');
    let said = "here, there: how often in 10,000 words; at least: 95 % lower bound of the ratio, words of one document taken together; where it is below 1, chance may be all";
    Line::new(style).add(Look::Faint, said).write(&mut out, 0, 2);
    out
}

fn named(term: &Term) -> String {
    let example = term.examples.first().map(|id| format!("  {id}")).unwrap_or_default();
    format!("{}{example}", name(term))
}

fn cells(term: &Term) -> [String; 6] {
    let Term { here, there, ratio, low, .. } = term;
    [
        per(&here.rate),
        per(&there.rate),
        format!("{} / {}", here.documents, there.documents),
        format!("{} / {}", here.countries, there.countries),
        format!("{ratio:.1}"),
        format!("{low:.1}"),
    ]
}

/// What is to be said beside the rows of a pipe.
pub fn keyness_notes(view: &KeynessView<'_>) -> Vec<String> {
    view.summary()
}

/// The terms as rows: of each a side, and what it is.
pub fn keyness_rows(view: &KeynessView<'_>) -> Rows {
    Rows::new(COLUMNS, &["side", "term"], rows(view).map(Vec::from))
}

/// The terms as Markdown: a table for each side.
pub fn keyness_markdown(view: &KeynessView<'_>) -> String {
    let mut out: String =
        view.summary().iter().map(|line| format!("- {}\n", escaped(line))).collect();
    for (side, asked, _, terms) in view.sides() {
        out.push_str(&format!("\n## Marks {side}: {}\n\n", escaped(asked)));
        out.push_str(
            "| term | here | there | documents | countries | times | at least | passages |\n",
        );
        out.push_str("|---|---:|---:|---:|---:|---:|---:|---|\n");
        for term in terms {
            let examples: Vec<String> = term.examples.iter().map(PassageId::to_string).collect();
            out.push_str(&format!(
                "| {} | {} | {} |\n",
                escaped(&name(term)),
                cells(term).join(" | "),
                examples.join(" ")
            ));
        }
    }
    if !view.keyness.asked.is_empty() {
        out.push_str("\n## Asked for, in the side that has more\n\n");
        out.push_str("| term | side | here | there | documents | countries | times | at least |\n");
        out.push_str("|---|---|---:|---:|---:|---:|---:|---:|\n");
    }
    for asked in &view.keyness.asked {
        let (words, side) = (escaped(&asked.words), side_of(asked));
        match &asked.term {
            Some(term) => {
                out.push_str(&format!("| {words} | {side} | {} |\n", cells(term).join(" | ")));
            }
            None => out.push_str(&format!("| {words} | in neither | | | | | | |\n")),
        }
    }
    for (side, asked, _, _) in view.sides() {
        let issues: Vec<&IssueWords> = issues_of(view, side).collect();
        if issues.is_empty() {
            continue;
        }
        let mut heading = format!("{OF_ISSUES} {side}: {}", escaped(asked));
        heading.replace_range(..1, "I");
        out.push_str(&format!("\n## {heading}\n\n"));
        out.push_str(
            "| issue and its words | here | there | documents | countries | times | at least |\n",
        );
        out.push_str("|---|---:|---:|---:|---:|---:|---:|\n");
        for issue in issues {
            let cells = cells(&issue.all).join(" | ");
            out.push_str(&format!("| {} | {cells} |\n", escaped(&issue_named(issue))));
        }
    }
    let words = [self::grouped(view.keyness.a.words), self::grouped(view.keyness.b.words)];
    let [a, b] = words;
    out.push_str(&format!("\nhere, there: in 10,000 words, of {a} and {b}.\n"));
    out
}

/// The terms as JSON.
pub fn keyness_json(view: &KeynessView<'_>) -> String {
    let [a, b] = view.sides().map(|(_, asked, of, terms)| SideShape {
        asked,
        documents: of.documents,
        countries: of.countries,
        words: of.words,
        repeated: of.repeated,
        terms: terms.iter().map(TermShape::from).collect(),
    });
    let noise = view.keyness.noise;
    to_json(&KeynessShape {
        format_version: FORMAT_VERSION,
        both: view.both,
        a,
        b,
        asked: view.keyness.asked.iter().map(AskedShape::from).collect(),
        issues: view.keyness.issues.iter().map(IssueShape::from).collect(),
        compared: view.keyness.compared,
        noise: NoiseShape {
            terms: noise.terms,
            low: rounded(noise.low),
            log_odds: rounded(noise.log_odds),
        },
        library: StateShape::from(view.state),
    })
}

impl<'a> From<&'a AskedTerm> for AskedShape<'a> {
    fn from(of: &'a AskedTerm) -> Self {
        let term = of.term.as_ref().map(TermShape::from);
        Self { asked: &of.words, side: term.as_ref().map(|_| side_of(of)), term }
    }
}

impl<'a> From<&'a IssueWords> for IssueShape<'a> {
    fn from(of: &'a IssueWords) -> Self {
        Self {
            issue: of.issue.as_str(),
            side: if of.marks_second { "b" } else { "a" },
            all: TermShape::from(&of.all),
            words: of.words.iter().map(AskedShape::from).collect(),
        }
    }
}

fn side_of(asked: &AskedTerm) -> &'static str {
    if asked.marks_second { "b" } else { "a" }
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}

impl<'a> From<&'a Term> for TermShape<'a> {
    fn from(of: &'a Term) -> Self {
        Self {
            term: &of.shown,
            forms: &of.forms,
            here: OccurrencesShape::from(&of.here),
            there: OccurrencesShape::from(&of.there),
            ratio: rounded(of.ratio),
            low: rounded(of.low),
            log_odds: rounded(of.log_odds),
            examples: of.examples.iter().map(PassageId::to_string).collect(),
        }
    }
}

impl From<&Occurrences> for OccurrencesShape {
    fn from(of: &Occurrences) -> Self {
        Self {
            count: of.rate.count,
            rate: rounded(of.rate.value),
            rate_low: rounded(of.rate.low),
            rate_high: rounded(of.rate.high),
            documents: of.documents,
            countries: of.countries,
            dispersion: of.dispersion.map(rounded),
        }
    }
}
