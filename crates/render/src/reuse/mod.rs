//! Text that documents share, as text, JSON, rows, Markdown and HTML. Here are the words that the formats
//! share.

mod html;
mod json;

use model::DocumentSummary;
use query::reuse::{Across, Bound, FORMULA_COUNTRIES, Place, Reuse, Shared};

pub use html::reuse_html;
pub use json::reuse_json;

use crate::line::{Line, Look};
use crate::phrases::{counted, recognised};
use crate::rows::Rows;
use crate::search::{bold, escaped};
use crate::state::LibraryState;
use crate::status::write_columns;
use crate::style::Style;

/// Shared text to be shown.
#[derive(Clone, Copy, Debug)]
pub struct ReuseView<'a> {
    /// Between which documents.
    pub across: Across,
    /// How many words had to be the same, at least.
    pub fewest: usize,
    /// What documents were restricted to, as it was asked: `country KZ`.
    pub filters: &'a [String],
    /// What was found.
    pub reuse: &'a Reuse,
    /// Most stretches that are shown.
    pub limit: usize,
    /// Of which library.
    pub state: &'a LibraryState,
}

const COLUMNS: [&str; 15] = [
    "same_words",
    "words",
    "likeness",
    "a_source",
    "a_period",
    "a_passage",
    "a_from",
    "a_to",
    "b_source",
    "b_period",
    "b_passage",
    "b_from",
    "b_to",
    "a_text",
    "b_text",
];

impl<'a> ReuseView<'a> {
    /// The stretches that are shown.
    fn shown(&self) -> &'a [Shared] {
        let shared = &self.reuse.shared;
        &shared[..shared.len().min(self.limit)]
    }

    fn more(&self) -> Option<String> {
        let more = self.reuse.shared.len() - self.shown().len();
        let stretches = if more == 1 { "stretch" } else { "stretches" };
        (more > 0).then(|| format!("and {more} shorter {stretches}; --limit shows more"))
    }
}

/// What was looked for.
fn heading(view: &ReuseView<'_>) -> String {
    let filters = match view.filters {
        [] => String::new(),
        filters => format!(": {}", filters.join(", ")),
    };
    format!("text shared across {}{filters}", view.across.name())
}

/// What was found, what was compared and what was left out.
pub fn reuse_notes(view: &ReuseView<'_>) -> Vec<String> {
    let reuse = view.reuse;
    let mut pairs: Vec<[&str; 2]> = reuse
        .shared
        .iter()
        .map(|of| [&of.a, &of.b].map(|place| place.document.id.as_str()))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    let compared = &reuse.compared;
    let mut notes = vec![format!(
        "{} of {} words or more that are the same, between {} of documents; compared: {} ({})",
        counted(reuse.shared.len() as u64, "stretch", "stretches"),
        view.fewest,
        counted(pairs.len() as u64, "pair", "pairs"),
        counted(compared.documents as u64, "document", "documents"),
        counted(compared.words, "word", "words"),
    )];
    let left = reuse.left_out;
    let parts = [
        (left.passages, "passage that is no running text", "passages that are no running text"),
        (
            left.documents,
            "document of unknown publisher or period",
            "documents of unknown publisher or period",
        ),
        (left.common, "run of words in too many passages", "runs of words in too many passages"),
    ];
    let mut parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| counted(count as u64, one, many))
        .collect();
    if left.formulas > 0 {
        let runs = counted(left.formulas as u64, "run of words", "runs of words");
        parts.push(format!("{runs} in reports on {FORMULA_COUNTRIES} countries or more"));
    }
    if !parts.is_empty() {
        notes.push(format!("left out: {}", parts.join("; ")));
    }
    notes.extend(reuse.bounded.map(bounded));
    notes.push(view.state.line());
    notes
}

/// That not all was compared.
fn bounded(bound: Bound) -> String {
    match bound {
        Bound::Passages { read, of } => format!(
            "bounded: {read} of {of} passages were compared; --country, --series or --period narrow \
             it down"
        ),
        Bound::Places(places) => format!(
            "bounded: compared at {places} places where passages hold the same words, and there are \
             more; --country, --series or --period narrow it down"
        ),
    }
}

/// That a stretch is verbatim, or how many of its words are the same.
fn extent(of: &Shared) -> String {
    match of.is_verbatim() {
        true => format!("{} words, all the same", of.words),
        false => {
            format!("{} words, {} the same ({:.0} %)", of.words, of.same, 100.0 * of.likeness())
        }
    }
}

/// Which document a stretch stands in, and where.
fn place_line(place: &Place) -> String {
    let [from, to] = place.characters;
    format!("{}, characters {from}–{to}: {}", place.passage, recognised(&place.document))
}

fn source(document: &DocumentSummary) -> String {
    let series = document.series.as_ref().map(|series| series.id.as_str());
    let publisher = document.publisher.as_ref().map(|publisher| publisher.id.as_str());
    series.or(publisher).unwrap_or("unknown").to_owned()
}

fn row(of: &Shared) -> [String; 15] {
    let side = |place: &Place| {
        let period = place.document.period.map(|period| period.to_string()).unwrap_or_default();
        let [from, to] = place.characters.map(|at| at.to_string());
        [source(&place.document), period, place.passage.to_string(), from, to]
    };
    let [a, b] = [side(&of.a), side(&of.b)];
    let numbers = [of.same.to_string(), of.words.to_string(), format!("{:.3}", of.likeness())];
    let mut row: [String; 15] = Default::default();
    let texts = [of.a.text.clone(), of.b.text.clone()];
    for (cell, value) in row.iter_mut().zip(numbers.into_iter().chain(a).chain(b).chain(texts)) {
        *cell = value;
    }
    row
}

/// Shared text as text: on a terminal each stretch with its two places, in a pipe rows.
pub fn reuse_text(view: &ReuseView<'_>, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for of in view.shown() {
            let cells = row(of).map(|cell| match cell.is_empty() {
                true => "-".to_owned(),
                false => cell.replace('\n', " ¶ "),
            });
            write_columns(&mut out, style, &cells);
        }
        return out;
    }
    Line::new(style).add(Look::Strong, &heading(view)).write(&mut out, 0, 2);
    for note in reuse_notes(view) {
        Line::new(style).add(Look::Faint, &note).write(&mut out, 2, 4);
    }
    for of in view.shown() {
        out.push('\n');
        Line::new(style).add(Look::Strong, &extent(of)).write(&mut out, 0, 2);
        for place in [&of.a, &of.b] {
            // What reads the same is written once.
            if place.text != of.a.text || std::ptr::eq(place, &of.a) {
                Line::new(style).marked(&place.text, &[]).write(&mut out, 2, 4);
            }
            Line::new(style).add(Look::Id, &place_line(place)).write(&mut out, 4, 6);
        }
    }
    if let Some(more) = view.more() {
        out.push('\n');
        Line::new(style).add(Look::Faint, &more).write(&mut out, 2, 4);
    }
    out
}

/// Shared text as rows: of each stretch its two places.
pub fn reuse_rows(view: &ReuseView<'_>) -> Rows {
    const OF: [&str; 6] = ["a_passage", "a_from", "a_to", "b_passage", "b_from", "b_to"];
    Rows::new(COLUMNS, &OF, view.shown().iter().map(|of| row(of).to_vec()))
}

/// Shared text as Markdown: for notes.
pub fn reuse_markdown(view: &ReuseView<'_>) -> String {
    let mut out = format!("# {}\n\n", escaped(&heading(view)));
    for note in reuse_notes(view) {
        out.push_str(&format!("- {}\n", escaped(&note)));
    }
    for of in view.shown() {
        out.push_str(&format!("\n## {}\n", escaped(&extent(of))));
        for place in [&of.a, &of.b] {
            let text = bold(&place.text, &[]).replace('\n', "\n> ");
            out.push_str(&format!("\n> {text}\n\n{}\n", escaped(&place_line(place))));
        }
    }
    if let Some(more) = view.more() {
        out.push_str(&format!("\n{}\n", escaped(&more)));
    }
    out
}
