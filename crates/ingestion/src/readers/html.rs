//! HTML and XHTML into blocks.
//!
//! The tree is built by `scraper`, gone through twice without recursion, and then let go: once to
//! survey it (`survey`: which rows are layout, what the page calls its main part, how much text
//! hangs on each word of chrome) and once to compose its blocks (`compose`). Elements that show no
//! text are passed over. All other text is kept, in the order of the source; where the markup says
//! that a piece is no part of the report, the piece carries the reason (`chrome`). Text joins as
//! browsers join it: inline elements add no space, `br` adds one, two of them end a paragraph, and
//! the cells of a row are parted by a space. What a publisher's pages look like is not known here.

mod chrome;
mod compose;
mod markup;
mod nesting;
mod shown;
mod survey;
mod tags;

use scraper::node::Element;
use scraper::{Html, Node};

use super::signature::head_of;
use super::{Format, RawDocument};
use compose::Borders;
pub use shown::shown;
use tags::{Kind, Tags};

/// How much of a text is looked at for tags.
const SNIFFED: usize = 16 * 1024;

/// Tags that tell HTML from text that merely holds an angle bracket.
#[rustfmt::skip]
const TELLING: &[&str] = &[
    "a", "article", "b", "blockquote", "body", "br", "div", "em", "h1", "h2", "h3", "h4", "head",
    "html", "i", "img", "li", "link", "main", "meta", "nav", "ol", "p", "script", "section",
    "span", "strong", "style", "table", "td", "title", "tr", "ul",
];

/// Whether a text is HTML, by its content.
pub fn looks_like_html(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let head = head_of(text, SNIFFED);
    if head.starts_with("<?xml") {
        return Tags::of(head).any(|tag| tag.is("html"));
    }
    let doctype = head.get(..14).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype html"));
    let (mut starts, mut ends) = (0, 0);
    for tag in Tags::of(head) {
        let known = TELLING.iter().any(|name| tag.is(name));
        starts += usize::from(known && tag.kind == Kind::Start);
        ends += usize::from(known && tag.kind == Kind::End);
        if ["html", "head", "body"].iter().any(|name| tag.is(name)) && tag.range.start == 0 {
            return true;
        }
    }
    doctype || head.starts_with('<') && starts + ends >= 2 || starts >= 3 && ends >= 1
}

/// Reads HTML; it cannot fail. The caller states the encoding.
pub fn read(html: &str) -> RawDocument {
    let (bounded, mut warnings) = nesting::bound(html);
    let tree = Html::parse_document(&bounded);
    let survey = survey::survey(&tree);
    let mut blocks = compose::compose(&tree, &survey, Borders::Joined);
    warnings.extend(survey.warnings);
    warnings.extend(chrome::never_everything(&mut blocks));
    let markup = markup::read(&tree);
    RawDocument { blocks, format: Format::Html, encoding: String::new(), markup, warnings }
}

/// What is met on the way through a tree.
enum Event<'a> {
    /// An element that is passed over.
    Passed(&'a Element),
    /// An element begins; its ordinal on this way.
    Open(&'a Element, usize),
    /// Text.
    Text(&'a str),
    /// An element ends.
    Close(&'a Element),
}

/// Goes through a tree in the order of the source, without recursion, past what shows no text.
fn walk<'a>(html: &'a Html, mut visit: impl FnMut(Event<'a>)) {
    let mut node = html.tree.root();
    let mut ordinal = 0;
    loop {
        let mut enters = true;
        match node.value() {
            Node::Element(element) if shows_nothing(element) => {
                enters = false;
                visit(Event::Passed(element));
            }
            Node::Element(element) => {
                visit(Event::Open(element, ordinal));
                ordinal += 1;
            }
            Node::Text(text) => visit(Event::Text(text)),
            _ => {}
        }
        if let Some(child) = node.first_child().filter(|_| enters) {
            node = child;
            continue;
        }
        let mut entered = enters;
        loop {
            if let Node::Element(element) = node.value()
                && entered
            {
                visit(Event::Close(element));
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            entered = true;
        }
    }
}

/// Elements whose content a browser does not show as text.
fn shows_nothing(element: &Element) -> bool {
    let silent = matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "iframe"
            | "noembed"
            | "noframes"
            | "canvas"
            | "video"
            | "audio"
            | "title"
    );
    silent || attribute(element, "hidden").is_some_and(|value| value != "until-found")
}

/// The value of an attribute.
fn attribute<'a>(element: &'a Element, name: &str) -> Option<&'a str> {
    element.attrs().find(|(found, _)| *found == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests;
