//! Shared text as one page of HTML that needs nothing else: each stretch with its two places, the texts
//! beside each other where they differ.

use query::reuse::{Place, Shared};

use super::{ReuseView, extent, heading, place_line, reuse_notes};
use crate::compare::{STYLE, open, write_head, write_list};
use crate::search::html_escaped as escaped;

/// Shared text as a page of HTML.
pub fn reuse_html(view: &ReuseView<'_>) -> String {
    let mut out = String::new();
    let mut title = heading(view);
    title.replace_range(..1, "T");
    write_head(&mut out, &title, STYLE);
    write_list(&mut out, reuse_notes(view));
    out.push_str("</header>\n<main>\n");
    if view.shown().is_empty() {
        out.push_str("<h2>Nothing</h2>\n<p>No text is shared by what was compared.</p>\n");
    } else {
        open(&mut out, "stretches", "Stretches, the longest first");
        for (number, of) in view.shown().iter().enumerate() {
            write_stretch(&mut out, number + 1, of);
        }
        out.push_str("</section>\n");
    }
    if let Some(more) = view.more() {
        out.push_str(&format!("<p class=\"faint\">{}</p>\n", escaped(&more)));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_stretch(out: &mut String, number: usize, of: &Shared) {
    out.push_str(&format!("<div class=\"pair\">\n<h3>{number}. {}</h3>\n", escaped(&extent(of))));
    if of.a.text == of.b.text {
        // What reads the same is written once.
        write_text(out, &of.a);
        write_place(out, &of.a);
        write_place(out, &of.b);
    } else {
        out.push_str("<div class=\"columns\">\n");
        for place in [&of.a, &of.b] {
            out.push_str("<div>\n");
            write_text(out, place);
            write_place(out, place);
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
}

fn write_text(out: &mut String, place: &Place) {
    let text = escaped(&place.text).replace('\n', "<br>\n");
    out.push_str(&format!("<blockquote>{text}</blockquote>\n"));
}

fn write_place(out: &mut String, place: &Place) {
    out.push_str(&format!("<p class=\"faint\">{}</p>\n", escaped(&place_line(place))));
}
