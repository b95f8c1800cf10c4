//! A first way through a page: what can only be known once all of it has been seen.
//!
//! Which element the page calls its main part; which rows of tables are rows, and which only place
//! things on the page; which elements the words of their classes may set aside without taking the
//! report with them; whether a heading in the page's head is its only title. No text is kept here.

use std::collections::{HashMap, HashSet};

use scraper::Html;
use scraper::node::Element;

use super::chrome::{self, OUTSIDE_ARTICLE, OUTSIDE_MAIN};
use super::{Event, walk};

/// Elements that have a structure of their own: a row that holds one is no row of cells.
#[rustfmt::skip]
const STRUCTURED: &[&str] = &[
    "article", "blockquote", "dl", "h1", "h2", "h3", "h4", "h5", "h6", "main", "ol", "pre",
    "section", "table", "ul",
];

/// What is known of a page; elements are given by their ordinals on the way through it.
#[derive(Default)]
pub(super) struct Survey {
    /// The elements of its main part, and the reason for all that stands outside.
    pub(super) main: HashSet<usize>,
    pub(super) outside: Option<&'static str>,
    /// Rows that are layout.
    pub(super) layout_rows: HashSet<usize>,
    /// Elements set aside by the words of their classes and ids.
    pub(super) worded: HashMap<usize, &'static str>,
    /// Whether there is one `h1` on the page, and no more.
    pub(super) has_one_title: bool,
    /// What a person should know.
    pub(super) warnings: Vec<String>,
}

/// Surveys a page.
pub(super) fn survey(html: &Html) -> Survey {
    let mut surveyor = Surveyor::default();
    walk(html, |event| match event {
        Event::Passed(_) => {}
        Event::Open(element, ordinal) => surveyor.open(element, ordinal),
        Event::Text(text) => surveyor.text(text),
        Event::Close(element) => surveyor.close(element),
    });
    surveyor.conclude()
}

#[derive(Default)]
struct Surveyor {
    survey: Survey,
    open: Vec<Open>,
    tables: Vec<Table>,
    /// Characters of text so far, but for what elements or roles set aside.
    text: usize,
    set_aside: usize,
    /// Main parts and articles: ordinal and text.
    mains: Vec<(usize, usize)>,
    articles: Vec<(usize, usize)>,
    open_articles: usize,
    titles: usize,
    /// Elements with words of chrome: ordinal, reason, text.
    worded: Vec<(usize, &'static str, usize)>,
    /// Pieces of text that blocks and breaks have parted, for rows.
    pieces: usize,
    text_at_break: Option<usize>,
}

/// An element that is open.
struct Open {
    ordinal: usize,
    is_aside: bool,
    words: Option<&'static str>,
    text: usize,
    mains: usize,
    pieces: usize,
}

/// A table that is open.
#[derive(Default)]
struct Table {
    has_heads: bool,
    /// Rows that may be layout.
    doubtful: Vec<usize>,
    row: Option<Row>,
}

struct Row {
    ordinal: usize,
    cells: usize,
    is_parted: bool,
}

impl Surveyor {
    fn open(&mut self, element: &Element, ordinal: usize) {
        let name = element.name();
        let is_aside = chrome::by_element(element).is_some();
        self.set_aside += usize::from(is_aside);
        self.titles += usize::from(name == "h1");
        self.open_articles += usize::from(name == "article");
        if STRUCTURED.contains(&name)
            && let Some(row) = self.tables.last_mut().and_then(|table| table.row.as_ref())
        {
            self.survey.layout_rows.insert(row.ordinal);
        }
        self.open_in_table(name, ordinal);
        if name == "br" {
            self.pieces += usize::from(self.text_at_break == Some(self.text));
            self.text_at_break = Some(self.text);
        }
        self.open.push(Open {
            ordinal,
            is_aside,
            words: chrome::by_words(element),
            text: self.text,
            mains: self.mains.len(),
            pieces: self.pieces,
        });
    }

    fn open_in_table(&mut self, name: &str, ordinal: usize) {
        if name == "table" {
            self.tables.push(Table::default());
        }
        let Some(table) = self.tables.last_mut() else { return };
        match name {
            "tr" => table.row = Some(Row { ordinal, cells: 0, is_parted: false }),
            "td" | "th" => {
                table.has_heads |= name == "th";
                if let Some(row) = &mut table.row {
                    row.cells += 1;
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.set_aside == 0 {
            self.text += text.bytes().filter(|byte| !byte.is_ascii_whitespace()).count();
        }
    }

    fn close(&mut self, element: &Element) {
        let Some(open) = self.open.pop() else { return };
        let name = element.name();
        let text = self.text - open.text;
        self.set_aside -= usize::from(open.is_aside);
        if chrome::is_main(element) {
            self.mains.push((open.ordinal, text));
        } else if name == "article" {
            self.open_articles -= 1;
            if self.open_articles == 0 {
                self.articles.push((open.ordinal, text));
            }
        }
        if let Some(reason) = open.words.filter(|_| self.mains.len() == open.mains) {
            self.worded.push((open.ordinal, reason, text));
        }
        if matches!(name, "p" | "div" | "address") && self.pieces == open.pieces && text > 0 {
            self.pieces += 1;
        }
        self.close_in_table(name, &open);
    }

    fn close_in_table(&mut self, name: &str, open: &Open) {
        let Some(table) = self.tables.last_mut() else { return };
        match name {
            "td" | "th" => {
                if let Some(row) = &mut table.row {
                    row.is_parted |= self.pieces - open.pieces >= 2;
                }
            }
            "tr" => {
                let row = table.row.take();
                let doubtful = row.filter(|row| row.is_parted || row.cells == 1);
                table.doubtful.extend(doubtful.map(|row| row.ordinal));
            }
            "table" => {
                let table = self.tables.pop().unwrap_or_default();
                if !table.has_heads {
                    self.survey.layout_rows.extend(table.doubtful);
                }
            }
            _ => {}
        }
    }

    fn conclude(mut self) -> Survey {
        let all = self.text;
        let has_text = |part: &&(usize, usize)| part.1 > 0;
        if self.mains.iter().any(|main| main.1 > 0) {
            self.survey.main = self.mains.iter().filter(has_text).map(|main| main.0).collect();
            self.survey.outside = Some(OUTSIDE_MAIN);
        } else if let [(ordinal, text)] = self.articles[..]
            && text * 4 >= all
            && text > 0
        {
            self.survey.main.insert(ordinal);
            self.survey.outside = Some(OUTSIDE_ARTICLE);
        }
        for (ordinal, reason, text) in self.worded {
            if text * 2 <= all {
                self.survey.worded.insert(ordinal, reason);
            } else {
                self.survey.warnings.push(format!(
                    "the page's markup calls most of its text {reason}: read as the report all the same"
                ));
            }
        }
        self.survey.has_one_title = self.titles == 1;
        self.survey
    }
}
