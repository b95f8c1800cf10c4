//! A list of works: as text, as Markdown, and as a page of HTML. What a work is called is never markup.

use citation::Work;
use citation::style::{Listed, StyledText};

use super::markup::line_of_list;
use crate::line::{Line, Look};
use crate::safe::safe;
use crate::style::Style;

/// The list as text: for a terminal an entry a paragraph, in a pipe the document's id and the entry.
pub fn works_text(works: &[Work], listed: &[Listed], style: Style) -> String {
    let mut out = String::new();
    for listed in listed {
        let entry = listed.entry.to_plain();
        if style.width.is_some() {
            Line::new(style).plain(&entry).write(&mut out, 0, 4);
            continue;
        }
        let id = works.get(listed.work).map_or("-", |work| work.document.as_str());
        let line = Line::new(style).plain("work").tab().add(Look::Id, id).tab();
        line.plain(&entry).write(&mut out, 0, 0);
    }
    out
}

/// The list as Markdown, a paragraph an entry.
pub fn works_markdown(listed: &[Listed]) -> String {
    let entries = listed.iter().map(|listed| line_of_list(&listed.entry) + "\n");
    entries.collect::<Vec<_>>().join("\n")
}

/// The list as a piece of HTML, a paragraph an entry.
pub fn works_html(listed: &[Listed]) -> String {
    let entry = |entry: &StyledText| safe(&entry.to_html()).into_owned();
    listed.iter().map(|listed| format!("<p>{}</p>\n", entry(&listed.entry))).collect()
}
