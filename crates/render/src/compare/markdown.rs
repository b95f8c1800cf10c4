//! A comparison as Markdown: for notes. What a report says is never markup.

use query::compare::{Compared, Said, SentenceAt};

use super::said::{
    apart_line, cited_line, country_line, facts, group_line, header_lines, heading, locator_line,
    origins_line, said_line, why_line,
};
use super::{CompareView, MOST_PAIRS};
use crate::export::cited;
use crate::phrases::cautions;
use crate::search::{bold, escaped};

/// A comparison as Markdown.
pub fn compare_markdown(view: &CompareView<'_>) -> String {
    let mut out = format!("# {}\n\n", escaped(&heading(view)));
    list(&mut out, header_lines(view));
    for source in &view.comparison.sources {
        write_source(&mut out, view, source);
    }
    write_pairs(&mut out, view);
    for (number, source) in view.comparison.sources.iter().enumerate() {
        let (shown, left) = view.only(source);
        if shown.is_empty() || view.comparison.speaking() < 2 {
            continue;
        }
        out.push_str(&format!("\n## Only in {}\n\n", escaped(view.source_id(number))));
        shown.iter().for_each(|at| quote(&mut out, view, at));
        if left > 0 {
            let sentences = if left == 1 { "sentence" } else { "sentences" };
            out.push_str(&format!("And {left} more {sentences}.\n"));
        }
    }
    if view.comparison.independence.passages > 0 {
        out.push_str(&format!("\n## {}\n\n", escaped(&origins_line(view))));
        let groups = view.comparison.independence.groups.iter().take(MOST_PAIRS);
        list(&mut out, groups.map(|group| group_line(view, group)).chain(cited_line(view)));
    }
    out
}

fn list(out: &mut String, lines: impl IntoIterator<Item = String>) {
    for line in lines {
        out.push_str(&format!("- {}\n", escaped(&line)));
    }
}

fn write_source(out: &mut String, view: &CompareView<'_>, source: &Compared) {
    out.push_str(&format!("\n## {}\n\n", escaped(&source.source.name.shown())));
    list(out, [said_line(source)]);
    list(out, source.source.countries.iter().map(country_line));
    if source.said != Said::NoText {
        list(out, facts(source).into_iter().map(|(name, value)| format!("{name}: {value}")));
    }
    for speaking in view.best(source) {
        let passage = &speaking.record.passage.passage;
        out.push_str(&format!("\n### {}\n\n", escaped(&locator_line(speaking))));
        for line in bold(&passage.text, &speaking.words).split('\n') {
            out.push_str(&format!("> {line}\n"));
        }
        out.push_str(&format!("\n`{}` · {}\n", passage.id, escaped(&cited(&speaking.record))));
        for caution in cautions(&speaking.record) {
            out.push_str(&format!("\n{}\n", escaped(&caution)));
        }
    }
}

fn write_pairs(out: &mut String, view: &CompareView<'_>) {
    let comparison = view.comparison;
    if !comparison.claims.is_empty() {
        out.push_str("\n## Said alike\n\n");
        for claim in comparison.claims.iter().take(MOST_PAIRS) {
            quote(out, view, &claim.a);
            quote(out, view, &claim.b);
            out.push_str(&format!("{}\n\n", escaped(&why_line(claim))));
        }
    }
    if !comparison.figures.is_empty() {
        out.push_str("\n## Figures that differ\n\n");
        list(out, comparison.figures.iter().take(MOST_PAIRS).map(|apart| apart_line(view, apart)));
    }
}

fn quote(out: &mut String, view: &CompareView<'_>, at: &SentenceAt) {
    let text = bold(view.comparison.text(at).unwrap_or_default(), &[]).replace('\n', "\n> ");
    let place = format!("{}: {}", view.source_id(at.source), view.place(at));
    out.push_str(&format!("> {text}\n\n{}\n\n", escaped(&place)));
}
