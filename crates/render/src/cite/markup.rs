//! Citations as Markdown and HTML, to be put into a draft: block quotations, each with a note that holds
//! its citation and the passage's id, by which `verify` finds the source again. What a report says is
//! never markup.

use citation::style::{Run, StyledText};

use super::CitedQuotation;
use super::packet::rows;
use crate::safe::safe;

/// The citations as Markdown with footnotes.
pub fn cite_markdown(cited: &[CitedQuotation]) -> String {
    let mut out = String::new();
    for (at, cited) in cited.iter().enumerate() {
        let lines: Vec<String> = cited.written.split('\n').map(line_of_markdown).collect();
        out.push_str(&format!("> {}[^{}]\n\n", lines.join("\n>\n> "), label(cited, at)));
        for (name, value) in cited.surroundings.iter().flat_map(|around| rows(cited, around)) {
            out.push_str(&format!("- **{name}**: {}\n", markdown(&value)));
        }
        if cited.surroundings.is_some() {
            out.push('\n');
        }
    }
    for (at, cited) in cited.iter().enumerate() {
        let note = safe(&cited.reference.citation.to_markdown()).into_owned();
        let id = cited.citation.passage();
        out.push_str(&format!("[^{}]: {note} ({id})\n", label(cited, at)));
    }
    for entry in entries(cited, StyledText::to_markdown) {
        out.push_str(&format!("\n{entry}\n"));
    }
    out
}

/// The citations as a piece of HTML with footnotes.
pub fn cite_html(cited: &[CitedQuotation]) -> String {
    let mut out = String::new();
    for (at, cited) in cited.iter().enumerate() {
        let lines: Vec<String> = cited.written.split('\n').map(html).collect();
        let label = label(cited, at);
        out.push_str(&format!(
            "<blockquote>{}<sup><a href=\"#{label}\">{}</a></sup></blockquote>\n",
            lines.join("<br>"),
            at + 1
        ));
        if let Some(around) = &cited.surroundings {
            let row = |(name, value): (&str, String)| {
                format!("<dt>{name}</dt><dd>{}</dd>\n", html(&value))
            };
            let rows: String = rows(cited, around).into_iter().map(row).collect();
            out.push_str(&format!("<dl>\n{rows}</dl>\n"));
        }
    }
    out.push_str("<ol>\n");
    for (at, cited) in cited.iter().enumerate() {
        let note = safe(&cited.reference.citation.to_html()).into_owned();
        let (label, id) = (label(cited, at), cited.citation.passage());
        out.push_str(&format!("<li id=\"{label}\">{note} ({id})</li>\n"));
    }
    out.push_str("</ol>\n");
    for entry in entries(cited, StyledText::to_html) {
        out.push_str(&format!("<p>{entry}</p>\n"));
    }
    out
}

/// The name of a note. The passage's id alone would not tell two quotations of it apart.
fn label(cited: &CitedQuotation, at: usize) -> String {
    format!("forb-{}-{}", cited.citation.passage().document.as_str(), at + 1)
}

/// The entries of the list of works, each once.
fn entries(cited: &[CitedQuotation], write: impl Fn(&StyledText) -> String) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for entry in cited.iter().filter_map(|cited| cited.reference.bibliography.as_ref()) {
        let entry = safe(&write(entry)).into_owned();
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

/// An entry of a list of works that begins no list of Markdown's, whatever it begins with.
pub(super) fn line_of_list(entry: &StyledText) -> String {
    guarded(safe(&entry.to_markdown()).into_owned())
}

fn plain(text: &str) -> StyledText {
    let mut styled = StyledText::default();
    styled.push(Run::Plain(safe(&text.replace('\n', " ")).into_owned()));
    styled
}

pub(crate) fn markdown(text: &str) -> String {
    plain(text).to_markdown()
}

pub(crate) fn html(text: &str) -> String {
    plain(text).to_html()
}

/// A line that begins no list, whatever it begins with.
pub(crate) fn line_of_markdown(line: &str) -> String {
    guarded(markdown(line))
}

fn guarded(written: String) -> String {
    let digits = written.find(|c: char| !c.is_ascii_digit()).unwrap_or(written.len());
    let after = written[digits..].chars().next();
    match after {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &written[..digits], &written[digits..]),
        Some('-' | '+' | '=' | '~') if digits == 0 => format!("\\{written}"),
        _ => written,
    }
}
