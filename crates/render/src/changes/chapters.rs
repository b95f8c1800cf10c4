//! How much each country's chapter changed, as a table: text, CSV, Markdown, HTML and JSON.

use query::align::{Shared, Status};
use query::changes::{ChapterChange, Standing};
use serde::Serialize;

use super::html::OWN_STYLE;
use super::{extent_name, percent};
use crate::compare::{STYLE, open, open_scroll, write_head, write_list};
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::counted;
use crate::rows::Rows;
use crate::search::{escaped, html_escaped};
use crate::state::{LibraryState, StateShape};
use crate::status::write_columns;
use crate::style::Style;
use crate::table::write_cells;

/// The chapters of two editions.
#[derive(Clone, Copy, Debug)]
pub struct ChaptersView<'a> {
    /// What they are editions of.
    pub series: &'a str,
    /// The period of the old edition.
    pub old: &'a str,
    /// The period of the new edition.
    pub new: &'a str,
    /// A row a country, as they are to be listed.
    pub chapters: &'a [ChapterChange],
    /// Of which library.
    pub state: &'a LibraryState,
}

const COLUMNS: [&str; 19] = [
    "country",
    "name",
    "held",
    "extent",
    "shared_share",
    "compared",
    "identical",
    "nearly_identical",
    "old_sentences",
    "new_sentences",
    "old_words",
    "new_words",
    "same",
    "reworded",
    "moved",
    "split",
    "merged",
    "new",
    "dropped",
];

/// What the columns of the page are called.
const HEADS: [&str; 8] =
    ["country", "shared", "sentences", "reworded", "new", "dropped", "figures", "to be known"];

/// Those of them that hold numbers.
const NUMBERS: [&str; 6] = ["shared", "sentences", "reworded", "new", "dropped", "figures"];

#[derive(Serialize)]
struct ChaptersShape<'a> {
    format_version: u32,
    series: &'a str,
    old: &'a str,
    new: &'a str,
    compared: usize,
    identical: usize,
    nearly_identical: usize,
    countries: Vec<ChapterShape>,
    library: StateShape<'a>,
}

#[derive(Serialize)]
struct ChapterShape {
    country: &'static str,
    held: &'static str,
    extent: &'static str,
    compared: usize,
    identical: usize,
    nearly_identical: usize,
    old_sentences: usize,
    new_sentences: usize,
    old_words: usize,
    new_words: usize,
    same: usize,
    reworded: usize,
    moved: usize,
    split: usize,
    merged: usize,
    new: usize,
    dropped: usize,
    figures: usize,
}

impl ChaptersView<'_> {
    /// What is shared over all chapters that stand in both editions.
    fn shared(&self) -> Shared {
        let mut shared = Shared::default();
        let both = self.chapters.iter().filter(|chapter| chapter.standing == Standing::Both);
        both.for_each(|chapter| shared.add(chapter.shared));
        shared
    }

    fn summary(&self) -> String {
        let shared = self.shared();
        let of = |standing: Standing| {
            self.chapters.iter().filter(|chapter| chapter.standing == standing).count()
        };
        format!(
            "{}: {} → {}: {} in both editions, {} in the old only, {} in the new only; of {} of {}, \
             {} ({}) stood there word for word and {} ({}) nearly so",
            self.series,
            self.old,
            self.new,
            counted(of(Standing::Both) as u64, "country", "countries"),
            of(Standing::OnlyOld),
            of(Standing::OnlyNew),
            counted(shared.sentences as u64, "sentence", "sentences"),
            self.new,
            shared.identical,
            percent(shared.identical, shared.sentences),
            shared.nearly,
            percent(shared.nearly, shared.sentences),
        )
    }
}

fn held(chapter: &ChapterChange) -> &'static str {
    match chapter.standing {
        Standing::Both => "both",
        Standing::OnlyOld => "old",
        Standing::OnlyNew => "new",
    }
}

fn count(chapter: &ChapterChange, status: Status) -> usize {
    let at = Status::ALL.iter().position(|known| *known == status);
    at.map_or(0, |at| chapter.statements[at])
}

/// What is to be said of a chapter beside its numbers: nothing where it was revised.
fn remark(chapter: &ChapterChange, view: &ChaptersView<'_>) -> Option<String> {
    match (chapter.standing, extent_name(chapter.extent)) {
        (Standing::OnlyOld, _) => Some(format!("nothing held of {}", view.new)),
        (Standing::OnlyNew, _) => Some(format!("nothing held of {}", view.old)),
        (_, "only-old") => Some(format!("no text in {}", view.new)),
        (_, "only-new") => Some(format!("no text in {}", view.old)),
        (_, "nothing") => Some("no text in either".to_owned()),
        (_, "identical") => Some("identical".to_owned()),
        (_, "mostly-rewritten") => Some("mostly rewritten".to_owned()),
        _ => None,
    }
}

fn row(chapter: &ChapterChange) -> Vec<String> {
    let shared = chapter.shared;
    let share = shared.share().map_or(String::new(), |share| format!("{share:.3}"));
    let mut row = vec![
        chapter.country.code().to_owned(),
        chapter.country.name().to_owned(),
        held(chapter).to_owned(),
        extent_name(chapter.extent).to_owned(),
        share,
    ];
    let numbers = [
        shared.sentences,
        shared.identical,
        shared.nearly,
        chapter.old.sentences,
        chapter.new.sentences,
        chapter.old.words,
        chapter.new.words,
    ];
    let numbers = numbers.into_iter().chain(chapter.statements).chain([chapter.figures]);
    row.extend(numbers.map(|number| number.to_string()));
    row
}

/// The table as text: on a terminal with a head, in a pipe the rows of the CSV parted by tabs.
pub fn chapters_text(view: &ChaptersView<'_>, style: Style) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for chapter in view.chapters {
            let none = |cell: String| if cell.is_empty() { "-".to_owned() } else { cell };
            let cells: Vec<String> = row(chapter).into_iter().map(none).collect();
            write_columns(&mut out, style, &cells);
        }
        return out;
    }
    Line::new(style).plain(&view.summary()).write(&mut out, 0, 2);
    Line::new(style).add(Look::Faint, &view.state.line()).write(&mut out, 2, 4);
    out.push('\n');
    let names: Vec<String> = view
        .chapters
        .iter()
        .map(|chapter| {
            let remark = remark(chapter, view).map(|said| format!(" ({said})"));
            format!("{}{}", chapter.country.name(), remark.unwrap_or_default())
        })
        .collect();
    let rows: Vec<([String; 6], &str)> = view
        .chapters
        .iter()
        .zip(&names)
        .map(|(chapter, name)| (cells(chapter), name.as_str()))
        .collect();
    let titles = ["shared", "sentences", "reworded", "new", "dropped", "figures"];
    write_cells(&mut out, style, titles, "country, the most changed first", &rows);
    out
}

fn cells(chapter: &ChapterChange) -> [String; 6] {
    let shared = chapter.shared;
    [
        percent(shared.identical + shared.nearly, shared.sentences),
        format!("{} → {}", chapter.old.sentences, chapter.new.sentences),
        count(chapter, Status::Reworded).to_string(),
        count(chapter, Status::New).to_string(),
        count(chapter, Status::Dropped).to_string(),
        chapter.figures.to_string(),
    ]
}

/// The table as rows, a country each.
pub fn chapters_rows(view: &ChaptersView<'_>) -> Rows {
    let columns = COLUMNS.into_iter().chain(["figures"]);
    Rows::new(columns, &["country"], view.chapters.iter().map(row))
}

/// The table as Markdown.
pub fn chapters_markdown(view: &ChaptersView<'_>) -> String {
    let mut out = format!("{}\n\n", escaped(&view.summary()));
    out.push_str(&format!("{}\n\n", escaped(&view.state.line())));
    out.push_str("| country | shared | sentences | reworded | new | dropped | figures | |\n");
    out.push_str("|---|---:|---:|---:|---:|---:|---:|---|\n");
    for chapter in view.chapters {
        let cells = cells(chapter).join(" | ");
        let remark = remark(chapter, view).unwrap_or_default();
        let name = escaped(chapter.country.name());
        out.push_str(&format!("| {name} | {cells} | {} |\n", escaped(&remark)));
    }
    out
}

/// The table as a page of HTML that needs nothing else.
pub fn chapters_html(view: &ChaptersView<'_>) -> String {
    let mut out = String::new();
    let title = format!("{}: {} → {}, all countries", view.series, view.old, view.new);
    write_head(&mut out, &title, &format!("{STYLE}{OWN_STYLE}"));
    out.push_str(&format!("<p>{}</p>\n", html_escaped(&view.summary())));
    write_list(&mut out, [view.state.line()]);
    out.push_str("</header>\n<main>\n");
    open(&mut out, "chapters", "How much each country's chapter changed");
    open_scroll(&mut out, "most");
    out.push_str("<table>\n<caption id=\"most\">The most changed first</caption>\n<thead><tr>");
    for head in HEADS {
        let number = if NUMBERS.contains(&head) { " class=\"number\"" } else { "" };
        out.push_str(&format!("<th scope=\"col\"{number}>{head}</th>"));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for chapter in view.chapters {
        let name = html_escaped(chapter.country.name());
        out.push_str(&format!("<tr><th scope=\"row\">{name}</th>"));
        for cell in cells(chapter) {
            out.push_str(&format!("<td class=\"number\">{cell}</td>"));
        }
        let remark = remark(chapter, view).unwrap_or_default();
        out.push_str(&format!("<td>{}</td></tr>\n", html_escaped(&remark)));
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n</main>\n</body>\n</html>\n");
    out
}

/// The table as JSON.
pub fn chapters_json(view: &ChaptersView<'_>) -> String {
    let shared = view.shared();
    to_json(&ChaptersShape {
        format_version: FORMAT_VERSION,
        series: view.series,
        old: view.old,
        new: view.new,
        compared: shared.sentences,
        identical: shared.identical,
        nearly_identical: shared.nearly,
        countries: view.chapters.iter().map(ChapterShape::from).collect(),
        library: StateShape::from(view.state),
    })
}

impl From<&ChapterChange> for ChapterShape {
    fn from(of: &ChapterChange) -> Self {
        Self {
            country: of.country.code(),
            held: held(of),
            extent: extent_name(of.extent),
            compared: of.shared.sentences,
            identical: of.shared.identical,
            nearly_identical: of.shared.nearly,
            old_sentences: of.old.sentences,
            new_sentences: of.new.sentences,
            old_words: of.old.words,
            new_words: of.new.words,
            same: count(of, Status::Same),
            reworded: count(of, Status::Reworded),
            moved: count(of, Status::Moved),
            split: count(of, Status::Split),
            merged: count(of, Status::Merged),
            new: count(of, Status::New),
            dropped: count(of, Status::Dropped),
            figures: of.figures,
        }
    }
}
