//! Search results as Markdown: a heading, a quotation and a source for each hit. What a report says is
//! never markup.

use citation::{period_line, work_name};
use model::TextRange;
use query::Hit;

use super::SearchView;
use super::facets::facet_cells;
use super::said::{folded_line, heading, said_beside, score_line};
use crate::export::cited;
use crate::line::sound;
use crate::phrases::{cautions, publisher};
use crate::safe::safe;

/// The hits as Markdown.
pub fn search_markdown(view: &SearchView<'_>) -> String {
    let mut out = format!("# {}\n\n{}\n", escaped(view.query), escaped(&heading(view)));
    for said in said_beside(view) {
        out.push_str(&format!("\n{}\n", escaped(&said)));
    }
    for (hit, citation) in view.cited() {
        write_hit(&mut out, hit);
        if let Some(citation) = citation {
            out.push_str(&format!("\n{}\n", safe(&citation.to_markdown())));
        }
    }
    let cells = facet_cells(view);
    if !cells.is_empty() {
        out.push_str("\n| field | value | passages |\n|---|---|---:|\n");
        for [field, value, count] in cells {
            out.push_str(&format!("| {} | {} | {count} |\n", escaped(&field), escaped(&value)));
        }
    }
    out
}

fn write_hit(out: &mut String, hit: &Hit) {
    let (document, passage) = (&hit.record.document, &hit.record.passage.passage);
    out.push_str(&format!("\n## {}. {}\n\n", hit.rank, escaped(&work_name(document))));
    let about = format!("{} · {}", publisher(document), period_line(document.period));
    out.push_str(&format!("{}\n\n", escaped(&about)));
    for line in bold(&passage.text, &hit.highlights).split('\n') {
        out.push_str(&format!("> {line}\n"));
    }
    out.push_str(&format!("\n`{}` · {}\n", passage.id, escaped(&cited(&hit.record))));
    let more = [folded_line(&hit.folded), score_line(hit)].into_iter().flatten();
    for said in cautions(&hit.record).into_iter().chain(more) {
        out.push_str(&format!("\n{}\n", escaped(&said)));
    }
}

/// A text with its matches in bold.
pub(crate) fn bold(text: &str, highlights: &[TextRange]) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for range in sound(text, highlights) {
        out.push_str(&escaped_lines(&text[from..range.start]));
        // Bold may not hold a line feed.
        let bold: Vec<String> = text[range.start..range.end]
            .split('\n')
            .map(
                |line| {
                    if line.is_empty() { String::new() } else { format!("**{}**", escaped(line)) }
                },
            )
            .collect();
        out.push_str(&bold.join("\n"));
        from = range.end;
    }
    out.push_str(&escaped_lines(&text[from..]));
    out
}

fn escaped_lines(text: &str) -> String {
    text.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// Text in which no character is markup, safe to show.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in safe(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\n' => out.push(' '),
            c if c.is_ascii_punctuation()
                && !matches!(c, ',' | ';' | '\'' | '"' | '/' | '%' | '?') =>
            {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}
