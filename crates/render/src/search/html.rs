//! Search results as one page of HTML that needs nothing else: no script, no address is loaded. What
//! a report says is never markup.

use citation::style::StyledText;
use citation::{period_line, work_name};
use model::TextRange;
use query::Hit;

use super::SearchView;
use super::facets::facet_cells;
use super::said::{folded_line, heading, said_beside, score_line};
use crate::export::cited;
use crate::labels::label_line;
use crate::line::sound;
use crate::phrases::{cautions, publisher};
use crate::safe::safe;

const STYLE: &str = "body{font:1rem/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;\
    color:#1a1a1a;background:#fff}h1{font-size:1.4rem}h2{font-size:1.1rem;margin:2rem 0 0}\
    p{margin:.3rem 0}blockquote{margin:.5rem 0;padding-left:1rem;border-left:3px solid #bbb}\
    mark{background:#ffe9a8;color:inherit;text-decoration:underline}.faint{color:#595959;\
    font-size:.85rem}.warning{color:#8a1c5b}table{border-collapse:collapse;margin-top:2rem}\
    td,th{text-align:left;padding:.1rem .8rem .1rem 0}td:last-child{text-align:right}\
    @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.faint{color:#a8a8a8}\
    mark{background:#5c4a12}.warning{color:#f19ac9}}";

/// The hits as a page of HTML.
pub fn search_html(view: &SearchView<'_>) -> String {
    let title = escaped(view.query);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"generator\" \
         content=\"forb\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <h1>{title}</h1>\n"
    );
    for said in std::iter::once(heading(view)).chain(said_beside(view)) {
        write_paragraph(&mut out, "faint", &said);
    }
    for (hit, citation) in view.cited() {
        write_hit(&mut out, hit, citation);
    }
    let cells = facet_cells(view);
    if !cells.is_empty() {
        out.push_str("<table>\n<tr><th>field</th><th>value</th><th>passages</th></tr>\n");
        for cells in cells {
            let cells = cells.map(|cell| format!("<td>{}</td>", escaped(&cell))).concat();
            out.push_str(&format!("<tr>{cells}</tr>\n"));
        }
        out.push_str("</table>\n");
    }
    out.push_str("</body>\n</html>\n");
    out
}

fn write_hit(out: &mut String, hit: &Hit, citation: Option<&StyledText>) {
    let (document, passage) = (&hit.record.document, &hit.record.passage.passage);
    let name = escaped(&work_name(document));
    out.push_str(&format!("<article>\n<h2>{}. {name}</h2>\n", hit.rank));
    let mut about = vec![publisher(document), period_line(document.period)];
    about.extend(passage.locator.section.iter().cloned());
    write_paragraph(out, "faint", &about.join(" · "));
    let text = marked(&passage.text, &hit.highlights).replace('\n', "<br>\n");
    out.push_str(&format!("<blockquote>{text}</blockquote>\n"));
    out.push_str(&format!(
        "<p class=\"faint\"><code>{}</code> {}</p>\n",
        escaped(&passage.id.to_string()),
        escaped(&cited(&hit.record))
    ));
    if let Some(citation) = citation {
        out.push_str(&format!("<p>{}</p>\n", safe(&citation.to_html())));
    }
    let labels = Some(label_line(&hit.record)).filter(|labels| !labels.is_empty());
    for said in [labels, folded_line(&hit.folded), score_line(hit)].into_iter().flatten() {
        write_paragraph(out, "faint", &said);
    }
    for caution in cautions(&hit.record) {
        write_paragraph(out, "warning", &caution);
    }
    out.push_str("</article>\n");
}

fn write_paragraph(out: &mut String, class: &str, text: &str) {
    out.push_str(&format!("<p class=\"{class}\">{}</p>\n", escaped(text)));
}

/// A text with its matches marked; line feeds stay.
pub(crate) fn marked(text: &str, highlights: &[TextRange]) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for range in sound(text, highlights) {
        out.push_str(&escaped(&text[from..range.start]));
        out.push_str(&format!("<mark>{}</mark>", escaped(&text[range.start..range.end])));
        from = range.end;
    }
    out.push_str(&escaped(&text[from..]));
    out
}

/// Text in which no character is markup, safe to show; line feeds stay.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        for c in safe(line).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                '\'' => out.push_str("&#39;"),
                c => out.push(c),
            }
        }
    }
    out
}
