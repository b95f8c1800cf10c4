//! What changed between two editions, as text, JSON, CSV, Markdown and HTML, for one country or as a table
//! of all. Here are the words that the formats share.

mod chapters;
mod html;
mod json;
mod rows;
mod said;
mod text;

use model::{Country, DocumentSummary, IssueId, TextRange};
use query::align::{Mark, Span};
use query::changes::{Changes, Extent, SentencePlace, Statement};

use crate::state::LibraryState;

pub use chapters::{
    ChaptersView, chapters_html, chapters_json, chapters_markdown, chapters_rows, chapters_text,
};
pub use html::changes_html;
pub use json::changes_json;
pub use rows::changes_rows;
pub use text::{changes_markdown, changes_text};

/// An edition: the period that was asked for, and its documents.
#[derive(Clone, Debug)]
pub struct EditionView {
    /// The period asked for.
    pub period: String,
    /// The documents, in the order in which they were read.
    pub documents: Vec<DocumentSummary>,
}

/// What changed between two editions on a country.
#[derive(Clone, Copy, Debug)]
pub struct ChangesView<'a> {
    /// The country.
    pub country: Country,
    /// The old edition.
    pub old: &'a EditionView,
    /// The new edition.
    pub new: &'a EditionView,
    /// What changed.
    pub changes: &'a Changes,
    /// The only issue whose statements are shown; `None` for all statements.
    pub issue: Option<&'a IssueId>,
    /// Of which library.
    pub state: &'a LibraryState,
}

/// The most correspondences that are shown of texts that were mostly rewritten.
const BEST: usize = 12;

impl<'a> ChangesView<'a> {
    /// The statements that are shown. Of a text that was mostly rewritten these are the best
    /// correspondences, the most alike first: what seems new or dropped may be told in other words.
    fn shown(&self) -> Vec<&'a Statement> {
        let on = |statement: &&Statement| {
            self.issue.is_none_or(|issue| statement.issues.contains(issue))
        };
        let mut shown: Vec<&Statement> = self.changes.statements.iter().filter(on).collect();
        if self.changes.extent == Extent::MostlyRewritten {
            shown.retain(|statement| !statement.old.is_empty() && !statement.new.is_empty());
            shown.sort_by(|a, b| b.likeness.total_cmp(&a.likeness));
            shown.truncate(BEST);
        }
        shown
    }
}

fn extent_name(extent: Extent) -> &'static str {
    match extent {
        Extent::Nothing => "nothing",
        Extent::OnlyOld => "only-old",
        Extent::OnlyNew => "only-new",
        Extent::Identical => "identical",
        Extent::Revised => "revised",
        Extent::MostlyRewritten => "mostly-rewritten",
    }
}

/// Which side of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Old,
    New,
}

/// The words of a side, its sentences parted by spaces, and which of them changed.
fn words(statement: &Statement, side: Side) -> (String, Vec<TextRange>) {
    let sentences = match side {
        Side::Old => &statement.old,
        Side::New => &statement.new,
    };
    let (mut text, mut starts) = (String::new(), Vec::new());
    for sentence in sentences {
        if !text.is_empty() {
            text.push(' ');
        }
        starts.push(text.len());
        text.push_str(&sentence.text);
    }
    let place = |span: &Span| Some(span.range.shifted(*starts.get(span.sentence)?));
    let marked = statement.marks.iter().flat_map(|mark| spans(mark, side).iter().filter_map(place));
    let marked = marked.collect();
    (text, marked)
}

/// The words of a side that a mark is on.
fn spans(mark: &Mark, side: Side) -> &[Span] {
    match side {
        Side::Old => &mark.old,
        Side::New => &mark.new,
    }
}

/// Where sentences stand: `k7m2q9x4tb3c.4, sentence 2`.
fn places(sentences: &[SentencePlace]) -> String {
    let mut places: Vec<String> = Vec::new();
    for group in sentences.chunk_by(|a, b| a.passage == b.passage) {
        let numbers: Vec<String> =
            group.iter().map(|sentence| sentence.sentence.to_string()).collect();
        let word = if numbers.len() == 1 { "sentence" } else { "sentences" };
        places.push(format!("{}, {word} {}", group[0].passage, numbers.join(", ")));
    }
    places.join("; ")
}

/// A share in percent: `38 %`; nothing of nothing is `-`.
fn percent(part: usize, whole: usize) -> String {
    match whole {
        0 => "-".to_owned(),
        _ => format!("{:.0} %", 100.0 * part as f64 / whole as f64),
    }
}
