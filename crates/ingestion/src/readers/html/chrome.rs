//! What HTML itself says is no part of the report: by element, by role, by the words of classes and
//! ids. Whether a publisher's page has other chrome, in its words, is for its profile to say.

use scraper::node::Element;

use super::attribute;
use crate::readers::{RawBlock, holds_a_word};

/// Words of classes and ids, and the reason each gives. A class or id counts when all its words are
/// known, here or among [`FILLERS`], and one of them stands here: `cookie-notice` and
/// `social_share_buttons` count, `social-hostilities` and `has-sidebar` do not.
const WORDS: &[(&str, &str)] = &[
    ("addthis", "share links"),
    ("addtoany", "share links"),
    ("advert", "advertisement"),
    ("advertisement", "advertisement"),
    ("appeal", "donation appeal"),
    ("breadcrumb", "breadcrumb"),
    ("breadcrumbs", "breadcrumb"),
    ("consent", "cookie notice"),
    ("cookie", "cookie notice"),
    ("cookies", "cookie notice"),
    ("countdown", "countdown"),
    ("donate", "donation appeal"),
    ("donation", "donation appeal"),
    ("donations", "donation appeal"),
    ("gdpr", "cookie notice"),
    ("menu", "menu"),
    ("nav", "menu"),
    ("navbar", "menu"),
    ("navigation", "menu"),
    ("newsletter", "newsletter"),
    ("pagination", "pagination"),
    ("related", "related links"),
    ("share", "share links"),
    ("sharethis", "share links"),
    ("sharing", "share links"),
    ("sidebar", "sidebar"),
    ("skip", "skip link"),
    ("skiplink", "skip link"),
    ("social", "share links"),
    ("subscribe", "newsletter"),
];

/// Words that an id may also have because it was made from a heading of the report: alone, they say
/// nothing in an id.
const NOT_ALONE_IN_IDS: &[&str] =
    &["appeal", "consent", "donations", "related", "share", "sharing", "social"];

/// Words that go with those of [`WORDS`] and say nothing by themselves.
#[rustfmt::skip]
const FILLERS: &[&str] = &[
    "area", "articles", "banner", "bar", "block", "bottom", "box", "btn", "button", "buttons", "cta",
    "container", "content", "footer", "form", "global", "group", "header", "heading", "icon",
    "icons", "inner", "item", "items", "js", "left", "link", "links", "list", "main", "media",
    "message", "modal", "nav", "notice", "overlay", "page", "pages", "panel", "policy", "popup",
    "post", "posts", "primary", "right", "row", "secondary", "section", "signup", "site", "sub",
    "text", "title", "to", "toggle", "top", "widget", "widgets", "wrap", "wrapper",
];

/// Reasons for what stands outside the main part.
pub(super) const OUTSIDE_MAIN: &str = "outside main";
pub(super) const OUTSIDE_ARTICLE: &str = "outside article";

/// The reason that an element's name or role gives, by itself.
pub(super) fn by_element(element: &Element) -> Option<&'static str> {
    let role = attribute(element, "role");
    if role.is_some_and(|role| role.starts_with("doc-")) {
        return None; // footnotes and the like: parts of the document, whatever holds them
    }
    let reason = match element.name() {
        "nav" => Some("nav"),
        "footer" => Some("footer"),
        "aside" => Some("aside"),
        "button" | "select" | "input" | "label" | "textarea" | "datalist" => Some("form"),
        "dialog" => Some("dialog"),
        _ => None,
    };
    reason.or_else(|| match role? {
        "navigation" => Some("nav"),
        "banner" => Some("banner"),
        "contentinfo" => Some("footer"),
        "complementary" => Some("aside"),
        "search" => Some("search"),
        "dialog" | "alertdialog" => Some("dialog"),
        "menu" | "menubar" => Some("menu"),
        _ => None,
    })
}

/// Whether an element is, or may be, the page's main part.
pub(super) fn is_main(element: &Element) -> bool {
    element.name() == "main" || attribute(element, "role") == Some("main")
}

/// The reason that the words of an element's classes and id give. Elements that hold a page
/// together, and headings, are not judged by them.
pub(super) fn by_words(element: &Element) -> Option<&'static str> {
    let exempt = ["html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6"];
    if exempt.contains(&element.name()) {
        return None;
    }
    let classes = attribute(element, "class").unwrap_or("").split_ascii_whitespace();
    let id = attribute(element, "id").unwrap_or("").trim();
    classes.into_iter().find_map(reason_of).or_else(|| {
        let alone = NOT_ALONE_IN_IDS.iter().any(|word| id.eq_ignore_ascii_case(word));
        if alone { None } else { reason_of(id) }
    })
}

/// The reason that a class or id gives.
fn reason_of(name: &str) -> Option<&'static str> {
    let mut reason = None;
    let mut rest = name;
    while !rest.is_empty() {
        let (word, after) = first_word(rest);
        rest = after;
        let known = WORDS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word));
        match known {
            Some((_, found)) => reason = reason.or(Some(*found)),
            None if FILLERS.iter().any(|filler| filler.eq_ignore_ascii_case(word)) => {}
            None if word.bytes().all(|byte| byte.is_ascii_digit()) => {}
            None => return None,
        }
    }
    reason
}

/// The first word of a name, and the rest; words are parted by signs or by a capital.
fn first_word(name: &str) -> (&str, &str) {
    let mut before = None;
    for (at, c) in name.char_indices() {
        if matches!(c, '-' | '_' | ':') {
            return (&name[..at], &name[at + 1..]);
        }
        if c.is_uppercase() && before.is_some_and(char::is_lowercase) {
            return (&name[..at], &name[at..]);
        }
        before = Some(c);
    }
    (name, "")
}

/// Whether an element is set aside by its inline style.
pub(super) fn is_invisible(element: &Element) -> bool {
    let Some(style) = attribute(element, "style") else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase().contains("display:none")
}

/// Takes back the reasons, the weakest first, while no words are left without one.
pub(super) fn never_everything(blocks: &mut [RawBlock]) -> Option<String> {
    let left = |blocks: &[RawBlock]| {
        blocks.iter().any(|block| block.aside.is_none() && holds_a_word(&block.text))
    };
    let holds_words = blocks.iter().any(|block| holds_a_word(&block.text));
    if left(blocks) || !holds_words {
        return None;
    }
    let outside = |reason: &str| [OUTSIDE_MAIN, OUTSIDE_ARTICLE].contains(&reason);
    let worded = |reason: &str| outside(reason) || WORDS.iter().any(|(_, given)| *given == reason);
    let any = |_: &str| true;
    let tiers: [&dyn Fn(&str) -> bool; 3] = [&outside, &worded, &any];
    for tier in tiers {
        for block in blocks.iter_mut() {
            block.aside = block.aside.filter(|reason| !tier(reason));
        }
        if left(blocks) {
            break;
        }
    }
    Some("the page's markup sets all its text aside: read as the report all the same".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_count_when_all_their_words_are_known() {
        for name in ["cookie-notice", "social_share_buttons", "cookieBanner", "menu-item-12"] {
            assert!(reason_of(name).is_some(), "{name}");
        }
        for name in
            ["social-hostilities", "has-sidebar", "court-of-appeal", "market-share", "x", ""]
        {
            assert_eq!(reason_of(name), None, "{name}");
        }
        assert_eq!(reason_of("donation-appeal"), Some("donation appeal"));
        assert_eq!(reason_of("skip-link"), Some("skip link"));
    }
}
