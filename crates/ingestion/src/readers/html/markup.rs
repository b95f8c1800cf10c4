//! What a page's markup states about the whole: title, address, language, dates. Which of several
//! dates is the day of publication is not decided here.

use scraper::node::Element;
use scraper::{Html, Node};

use super::attribute;
use crate::normalise::normalise;
use crate::readers::Markup;

/// The most dates that are kept: a page of news carries hundreds that are not its own.
const MOST_DATES: usize = 16;

/// Names of `meta` elements that hold a date.
const DATES: &[&str] = &[
    "article:modified_time",
    "article:published_time",
    "citation_date",
    "citation_publication_date",
    "date",
    "datemodified",
    "datepublished",
    "dc.date",
    "dc.date.created",
    "dc.date.issued",
    "dc.date.modified",
    "dcterms.created",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.modified",
    "last-modified",
    "og:updated_time",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "publish_date",
];

/// Keys of a page's linked data that hold a date.
const LINKED_DATES: [&str; 2] = ["datePublished", "dateModified"];

/// Reads what a page states about itself.
pub(super) fn read(html: &Html) -> Markup {
    let mut markup = Markup::default();
    let mut open_graph = (None, None);
    for node in html.tree.nodes() {
        let Node::Element(element) = node.value() else { continue };
        let text = || node.children().find_map(|child| child.value().as_text().map(|text| &**text));
        match element.name() {
            "html" => {
                let language = attribute(element, "lang").or(attribute(element, "xml:lang"));
                markup.language = markup.language.or(language.and_then(some_text));
            }
            "title" if markup.title.is_none() && &*element.name.ns == HTML => {
                markup.title = text().and_then(some_text);
            }
            "link" if is_canonical(element) && markup.url.is_none() => {
                markup.url = attribute(element, "href").and_then(some_text);
            }
            "meta" => read_meta(element, &mut markup, &mut open_graph),
            "time" => add_date(&mut markup, "time", attribute(element, "datetime")),
            "script" if attribute(element, "type") == Some("application/ld+json") => {
                read_linked_data(text().unwrap_or(""), &mut markup);
            }
            _ => {}
        }
    }
    markup.title = markup.title.or(open_graph.0);
    markup.url = markup.url.or(open_graph.1);
    markup
}

/// The name space of HTML: a drawing has titles too.
const HTML: &str = "http://www.w3.org/1999/xhtml";

fn is_canonical(link: &Element) -> bool {
    let mut relations = attribute(link, "rel").unwrap_or("").split_ascii_whitespace();
    relations.any(|relation| relation.eq_ignore_ascii_case("canonical"))
}

fn read_meta(
    meta: &Element,
    markup: &mut Markup,
    open_graph: &mut (Option<String>, Option<String>),
) {
    let content = attribute(meta, "content");
    let names = ["property", "name", "itemprop", "http-equiv"];
    let Some(name) = names.iter().find_map(|key| attribute(meta, key)) else { return };
    let name = name.trim().to_ascii_lowercase();
    match name.as_str() {
        "og:title" if open_graph.0.is_none() => open_graph.0 = content.and_then(some_text),
        "og:url" if open_graph.1.is_none() => open_graph.1 = content.and_then(some_text),
        "content-language" if markup.language.is_none() => {
            markup.language = content.and_then(some_text);
        }
        name if DATES.contains(&name) => add_date(markup, name, content),
        _ => {}
    }
}

/// Finds the dates of linked data by their keys; the rest of it is not read.
fn read_linked_data(json: &str, markup: &mut Markup) {
    for key in LINKED_DATES {
        let quoted = format!("\"{key}\"");
        let Some((_, after)) = json.split_once(&quoted) else { continue };
        let value = after.trim_start().strip_prefix(':').map(str::trim_start);
        let value = value.and_then(|value| value.strip_prefix('"'));
        add_date(markup, key, value.and_then(|value| value.split('"').next()));
    }
}

fn add_date(markup: &mut Markup, name: &str, value: Option<&str>) {
    let Some(value) = value.and_then(some_text) else { return };
    let date = (name.to_owned(), value);
    if markup.dates.len() < MOST_DATES && !markup.dates.contains(&date) {
        markup.dates.push(date);
    }
}

fn some_text(text: &str) -> Option<String> {
    let text = normalise(text);
    (!text.is_empty()).then(|| text.into_owned())
}
