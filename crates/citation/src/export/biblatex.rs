//! BibLaTeX, which BibTeX reads as far as it knows the fields: a year stands beside the date.

use std::fmt::Write;

use super::names::person;
use super::{Entry, key, notes};
use crate::date::DateParts;
use crate::work::WorkKind;

/// Works as a BibLaTeX file, an entry each.
pub fn biblatex(entries: &[Entry]) -> String {
    entries.iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn entry(entry: &Entry) -> String {
    let work = &entry.work;
    let kind = match work.kind() {
        WorkKind::Report => "report",
        WorkKind::Chapter => "incollection",
        WorkKind::WebPage => "online",
    };
    let mut written = format!("@{kind}{{{},\n", key(work));
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            // A string takes every line.
            let _ = writeln!(written, "  {name} = {{{value}}},");
        }
    };
    let authors: Vec<String> = work
        .responsible()
        .iter()
        .map(|author| match person(author) {
            Some(name) => {
                let family = format!("{} {}", name.particle, name.family);
                format!("{}, {}", escaped(family.trim()), escaped(&name.given))
            }
            // In braces, so that an institution's name is not taken apart.
            None => format!("{{{}}}", escaped(&author.name)),
        })
        .collect();
    put("author", (!authors.is_empty()).then(|| authors.join(" and ")));
    // In braces, so that no style changes the capitals of a title.
    put("title", work.title.as_ref().map(|title| format!("{{{}}}", escaped(title.text()))));
    put("booktitle", work.container.as_deref().map(|title| format!("{{{}}}", escaped(title))));
    let publisher = if work.kind() == WorkKind::Report { "institution" } else { "publisher" };
    put(publisher, work.publisher.as_deref().map(|name| format!("{{{}}}", escaped(name))));
    put("location", work.place.as_deref().map(escaped));
    if work.kind() == WorkKind::Report {
        put("type", Some("Report".to_owned()));
    }
    put("date", work.published.map(|date| date.to_string()));
    put("year", work.published.map(|date| DateParts::of(date).year.to_string()));
    put("url", work.address().map(address));
    put("urldate", work.captured.map(|date| date.to_string()));
    put("langid", work.language.as_deref().map(escaped));
    put("note", Some(escaped(&notes(entry).join("; "))));
    written.push_str("}\n");
    written
}

/// Text for LaTeX: its ten special signs are escaped, line ends are spaces.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                written.push('\\');
                written.push(c);
            }
            // A brace that has no other half would break the entry, even escaped.
            '{' => written.push_str("\\textbraceleft{}"),
            '}' => written.push_str("\\textbraceright{}"),
            '~' => written.push_str("\\textasciitilde{}"),
            '^' => written.push_str("\\textasciicircum{}"),
            '\\' => written.push_str("\\textbackslash{}"),
            c if c.is_whitespace() || c.is_control() => written.push(' '),
            c => written.push(c),
        }
    }
    written
}

/// An address stands as it is; braces and spaces, which it cannot hold, are percent-encoded.
fn address(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace(' ', "%20").replace('\\', "%5C")
}
