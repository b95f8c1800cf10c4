//! Bounding how deep a page's elements nest, before the parser sees it.
//!
//! Building a tree costs time in proportion to its depth for many tags, and formatting that is never
//! closed is opened again in every paragraph: a page of a megabyte can be made to cost minutes and
//! gigabytes. A page within bounds, as all honest ones are, is passed on as it came. From one that
//! is not, formatting tags and the tags beyond the greatest depth are taken out, in linear time. No
//! text is; where a block's tag is taken out, a rule (`hr`) keeps the border. The model of open
//! elements here errs on the side of too deep. XHTML's `<x/>` is written out as well, for the parser
//! knows it only for elements that are always empty.

use std::borrow::Cow;
use std::collections::HashMap;

use super::tags::{Kind, Tag, Tags};

/// The greatest depth of elements that is passed on.
const DEEPEST: usize = 256;

/// The most attributes of one tag that are passed on.
const MOST_ATTRIBUTES: usize = 1024;

/// How many times formatting may be opened again: for any page, and for each of its tags.
const REOPENED: usize = 1_000_000;
const REOPENED_A_TAG: usize = 32;

/// Elements that have no end tag.
#[rustfmt::skip]
const EMPTY: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];

/// Elements that end where the next begins, or of which there is one: they do not nest by
/// themselves.
#[rustfmt::skip]
const SELF_ENDING: &[&str] = &[
    "a", "body", "caption", "colgroup", "dd", "dt", "head", "html", "li", "optgroup", "option", "p",
    "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr",
];

/// Elements that the parser opens again after it closed them, until their own end tag comes.
#[rustfmt::skip]
const FORMATTING: &[&str] = &[
    "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// Elements across which the end tag of an ordinary element has no effect; blocks of text.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "button", "center", "details", "dir", "div", "dl",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "main", "menu", "nav", "ol", "pre", "search", "section", "select",
    "summary", "ul",
];

/// Elements across which no end tag but their own has any effect.
const WALLS: &[&str] = &["applet", "marquee", "math", "object", "svg", "table", "template"];

/// The page with bounded nesting, and what a person should know about it.
pub(super) fn bound(html: &str) -> (Cow<'_, str>, Vec<String>) {
    let is_xml = html.trim_start_matches('\u{feff}').trim_start().starts_with("<?xml");
    let measured = measure(html);
    if !measured.is_out_of_bounds() {
        return match is_xml {
            true => (Cow::Owned(rewrite(html, Mode::WriteOut)), Vec::new()),
            false => (Cow::Borrowed(html), Vec::new()),
        };
    }
    let warning = if measured.deepest > DEEPEST {
        let deepest = measured.deepest;
        format!(
            "the page's elements nest {deepest} deep: tags beyond {DEEPEST} were passed over, no text was"
        )
    } else {
        "the page's tags are overloaded: some were passed over, no text was".to_owned()
    };
    let mode = if is_xml { Mode::BoundAndWriteOut } else { Mode::Bound };
    (Cow::Owned(rewrite(html, mode)), vec![warning])
}

/// What is rewritten.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// The nesting.
    Bound,
    /// Elements that close themselves as XHTML has them.
    WriteOut,
    BoundAndWriteOut,
}

/// What a page's tags would cost.
#[derive(Default)]
struct Measured {
    deepest: usize,
    tags: usize,
    reopened: usize,
    attributes: usize,
}

impl Measured {
    fn is_out_of_bounds(&self) -> bool {
        self.deepest > DEEPEST
            || self.attributes > MOST_ATTRIBUTES
            || self.reopened > REOPENED + REOPENED_A_TAG * self.tags
    }
}

fn measure(html: &str) -> Measured {
    let mut measured = Measured::default();
    let mut open = OpenElements::default();
    for tag in Tags::of(html) {
        open.take(&tag);
        measured.tags += 1;
        measured.deepest = measured.deepest.max(open.depth());
        measured.reopened = measured.reopened.saturating_add(open.formatting);
        measured.attributes = measured.attributes.max(tag.attributes);
    }
    measured
}

/// A model of the elements that are open: never fewer than the parser will have.
#[derive(Default)]
struct OpenElements<'a> {
    /// Names of open elements that nest, up to [`DEEPEST`] of them.
    stack: Vec<&'a str>,
    /// How many more of each name are open beyond those.
    beyond: HashMap<String, usize>,
    beyond_count: usize,
    /// How many formatting elements of each name wait for their end tag.
    waiting: [usize; FORMATTING.len()],
    formatting: usize,
    foreign: usize,
}

/// What the model makes of a tag.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Stays,
    IsFormatting,
    IsBeyond,
}

impl<'a> OpenElements<'a> {
    fn depth(&self) -> usize {
        self.stack.len() + self.beyond_count + self.formatting
    }

    fn take(&mut self, tag: &Tag<'a>) -> Fate {
        if let Some(at) = FORMATTING.iter().position(|name| tag.is(name)) {
            match tag.kind {
                Kind::Start => {
                    self.waiting[at] += 1;
                    self.formatting += 1;
                }
                Kind::End if self.waiting[at] > 0 => {
                    self.waiting[at] -= 1;
                    self.formatting -= 1;
                }
                Kind::End => {}
            }
            return Fate::IsFormatting;
        }
        if tag.is_any(EMPTY) {
            return Fate::Stays;
        }
        if tag.is_any(SELF_ENDING) {
            return if self.beyond_count > 0 { Fate::IsBeyond } else { Fate::Stays };
        }
        match tag.kind {
            Kind::Start if tag.closes_itself && self.foreign > 0 => Fate::Stays,
            Kind::Start => self.open(tag),
            Kind::End => self.close(tag),
        }
    }

    fn open(&mut self, tag: &Tag<'a>) -> Fate {
        if self.stack.len() >= DEEPEST {
            *self.beyond.entry(tag.name.to_ascii_lowercase()).or_default() += 1;
            self.beyond_count += 1;
            return Fate::IsBeyond;
        }
        self.foreign += usize::from(tag.is_any(&["svg", "math"]));
        self.stack.push(tag.name);
        Fate::Stays
    }

    fn close(&mut self, tag: &Tag<'a>) -> Fate {
        if self.beyond_count > 0
            && let Some(count) = self.beyond.get_mut(&tag.name.to_ascii_lowercase())
            && *count > 0
        {
            *count -= 1;
            self.beyond_count -= 1;
            return Fate::IsBeyond;
        }
        let is = |name: &&str, names: &[&str]| names.iter().any(|n| n.eq_ignore_ascii_case(name));
        let ordinary = !tag.is_any(BLOCKS) && !tag.is_any(WALLS);
        for at in (0..self.stack.len()).rev() {
            let name = self.stack[at];
            if tag.is(name) || name.eq_ignore_ascii_case(tag.name) {
                let closed = self.stack.drain(at..);
                self.foreign -= closed.filter(|name| is(name, &["svg", "math"])).count();
                break;
            }
            if is(&name, WALLS) || ordinary && is(&name, BLOCKS) {
                break;
            }
        }
        Fate::Stays
    }
}

/// Writes the page anew, tag by tag, with everything between the tags as it stands.
fn rewrite(html: &str, mode: Mode) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open = OpenElements::default();
    let mut copied = 0;
    for tag in Tags::of(html) {
        out.push_str(&html[copied..tag.range.start]);
        copied = tag.range.end;
        let fate = open.take(&tag);
        match fate {
            _ if mode == Mode::WriteOut => write_tag(&mut out, html, &tag, mode, open.foreign),
            Fate::Stays => write_tag(&mut out, html, &tag, mode, open.foreign),
            Fate::IsBeyond if is_border(&tag) && !out.ends_with(BORDER) => out.push_str(BORDER),
            Fate::IsBeyond | Fate::IsFormatting => {}
        }
    }
    out.push_str(&html[copied..]);
    out
}

/// What stands for the border of a block whose tag is taken out.
const BORDER: &str = "<hr>";

fn is_border(tag: &Tag<'_>) -> bool {
    !tag.is("a") && (tag.is_any(SELF_ENDING) || tag.is_any(BLOCKS) || tag.is_any(WALLS))
}

fn write_tag(out: &mut String, html: &str, tag: &Tag<'_>, mode: Mode, foreign: usize) {
    let empties_itself = tag.closes_itself && tag.kind == Kind::Start && !tag.is_any(EMPTY);
    if mode != Mode::WriteOut && tag.attributes > MOST_ATTRIBUTES {
        out.push('<');
        out.push_str(tag.name);
        out.push('>');
    } else {
        out.push_str(&html[tag.range.clone()]);
    }
    if mode != Mode::Bound && empties_itself && foreign == 0 {
        out.push_str("</");
        out.push_str(tag.name);
        out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(html: &str) -> String {
        bound(html).0.into_owned()
    }

    #[test]
    fn an_honest_page_is_passed_on_as_it_came() {
        let page = "<ul><li>one<li>two</ul><p>a<p>b<b>c";
        assert!(matches!(bound(page), (Cow::Borrowed(same), w) if same == page && w.is_empty()));
        let sloppy = "<p>a<li><a name=x>b<td>".repeat(5000);
        assert!(matches!(bound(&sloppy).0, Cow::Borrowed(_)));
    }

    #[test]
    fn depth_is_bounded_and_text_and_borders_are_kept() {
        let page = format!("{}deep{}after", "<div>x".repeat(2000), "</div>y".repeat(2000));
        let (html, warnings) = bound(&page);
        assert!(measure(&html).deepest <= DEEPEST);
        assert_eq!(html.matches('x').count(), 2000);
        assert_eq!(html.matches("<hr>x").count(), 2000 - DEEPEST);
        assert!(html.ends_with("</div>yafter"));
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn elements_that_an_end_tag_does_not_close_count_as_open() {
        for piece in ["<span><div></span></div>", "<div><table><tr><td></div>", "<b><div></b>"] {
            let page = piece.repeat(2000);
            assert!(measure(&bounded(&page)).deepest <= DEEPEST, "{piece}");
            assert_ne!(bounded(&page), page, "{piece}");
        }
    }

    #[test]
    fn formatting_and_attributes_are_bounded() {
        let fonts: String = (0..2000).map(|n| format!("<p><font size={n}>a</p>")).collect();
        assert!(!bounded(&fonts).contains("<font"));
        let many: String = (0..5000).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(bounded(&format!("<p{many}>text</p>")), "<p>text</p>");
    }

    #[test]
    fn xhtml_elements_that_close_themselves_are_written_out() {
        let page = "<?xml version='1.0'?><html><script src='x'/><p>a<br/></p></html>";
        assert!(bounded(page).contains("<script src='x'/></script><p>a<br/></p>"));
    }
}
