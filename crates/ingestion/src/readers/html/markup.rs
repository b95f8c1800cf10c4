//! What a page's markup states about the whole: title, address, language, authors, terms, dates. Which of several
//! dates is the day of publication is not decided here.

use model::AuthorKind;
use scraper::node::Element;
use scraper::{Html, Node};
use serde_json::Value;

use super::attribute;
use crate::normalise::normalise;
use crate::readers::{Credit, Markup};

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

/// The most authors that are kept.
const MOST_AUTHORS: usize = 32;

/// Names of `meta` elements that hold an author.
const AUTHORS: &[&str] =
    &["article:author", "author", "citation_author", "dc.creator", "dcterms.creator"];

/// Names of `meta` elements that hold terms of use.
const LICENCES: &[&str] = &["dc.rights", "dcterms.license", "dcterms.rights", "license"];

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
            "link" if has_relation(element, "canonical") && markup.url.is_none() => {
                markup.url = attribute(element, "href").and_then(some_text);
            }
            "link" if has_relation(element, "license") => {
                set_licence(&mut markup, "rel=license", attribute(element, "href"));
            }
            "meta" => read_meta(element, &mut markup, &mut open_graph),
            "time" => add_date(&mut markup, "time", attribute(element, "datetime")),
            "a" if markup.licence.is_none() && has_relation(element, "license") => {
                set_licence(&mut markup, "rel=license", attribute(element, "href"));
            }
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

fn has_relation(link: &Element, wanted: &str) -> bool {
    let mut relations = attribute(link, "rel").unwrap_or("").split_ascii_whitespace();
    relations.any(|relation| relation.eq_ignore_ascii_case(wanted))
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
        name if AUTHORS.contains(&name) => {
            add_author(markup, Credit::new(name, content.unwrap_or("")));
        }
        name if LICENCES.contains(&name) => set_licence(markup, name, content),
        name if DATES.contains(&name) => add_date(markup, name, content),
        _ => {}
    }
}

/// Takes terms of use, unless the page named some before.
fn set_licence(markup: &mut Markup, tag: &str, terms: Option<&str>) {
    if markup.licence.is_none() {
        markup.licence = terms.and_then(some_text).map(|terms| (tag.to_owned(), terms));
    }
}

/// Takes an author that the page names; the address of one is no name.
fn add_author(markup: &mut Markup, credit: Credit) {
    let Some(name) = some_text(&credit.name) else { return };
    let credit = Credit { name, ..credit };
    let is_address = credit.name.contains("://");
    if !is_address && markup.authors.len() < MOST_AUTHORS && !markup.authors.contains(&credit) {
        markup.authors.push(credit);
    }
}

/// Takes the authors of linked data: of the page itself, or of the first thing in it that has any.
fn read_linked_authors(json: &str, markup: &mut Markup) {
    let Ok(data) = serde_json::from_str::<Value>(json) else { return };
    let within = data.get("@graph").unwrap_or(&data);
    let things = within.as_array().map_or(std::slice::from_ref(within), Vec::as_slice);
    let Some(authors) = things.iter().find_map(|thing| thing.get("author")) else { return };
    for author in authors.as_array().map_or(std::slice::from_ref(authors), Vec::as_slice) {
        let name = author.get("name").unwrap_or(author).as_str().unwrap_or("");
        let kind = match author.get("@type").and_then(Value::as_str) {
            Some("Person") => AuthorKind::Person,
            Some(kind) if kind.ends_with("Organization") => AuthorKind::Institution,
            _ => AuthorKind::Unknown,
        };
        add_author(markup, Credit { kind, ..Credit::new("author of the linked data", name) });
    }
}

/// Finds the dates of linked data by their keys, and its authors.
fn read_linked_data(json: &str, markup: &mut Markup) {
    read_linked_authors(json, markup);
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
