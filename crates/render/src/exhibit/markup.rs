//! Exhibits as Markdown and as a page of HTML that needs nothing else.

use super::{Exhibit, TITLE, exhibits};
use crate::cite::{CitedQuotation, html, line_of_markdown, markdown};
use crate::safe::safe;

const STYLE: &str = "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 serif;\
    color:#111;background:#fff}blockquote{margin:1rem 0;padding-left:1rem;border-left:3px solid #666}\
    dt{font-weight:bold}dd{margin:0 0 .5rem 1rem}article{break-inside:avoid-page}";

/// The exhibits as Markdown.
pub fn exhibit_markdown(cited: &[CitedQuotation]) -> String {
    let mut out = format!("# {TITLE}\n");
    for exhibit in exhibits(cited) {
        let Exhibit { heading, quoted, cited, rows } = exhibit;
        out.push_str(&format!("\n## {}\n\n", markdown(&heading)));
        let quoted: Vec<String> = quoted.iter().map(|line| line_of_markdown(line)).collect();
        out.push_str(&format!("> {}\n\n", quoted.join("\n>\n> ")));
        out.push_str(&format!("{}\n\n", safe(&cited.reference.citation.to_markdown())));
        for (name, value) in rows {
            out.push_str(&format!("- **{name}**: {}\n", markdown(&value)));
        }
    }
    out
}

/// The exhibits as a page of HTML.
pub fn exhibit_html(cited: &[CitedQuotation]) -> String {
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta \
         name=\"viewport\" content=\"width=device-width\">\n<title>{TITLE}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{TITLE}</h1>\n"
    );
    for (at, exhibit) in exhibits(cited).enumerate() {
        let Exhibit { heading, quoted, cited, rows } = exhibit;
        let id = at + 1;
        out.push_str(&format!("<article id=\"exhibit-{id}\">\n<h2>{}</h2>\n", html(&heading)));
        let quoted: Vec<String> = quoted.iter().map(|line| html(line)).collect();
        out.push_str(&format!("<blockquote>{}</blockquote>\n", quoted.join("<br>\n")));
        out.push_str(&format!("<p>{}</p>\n<dl>\n", safe(&cited.reference.citation.to_html())));
        for (name, value) in rows {
            out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", html(&value)));
        }
        out.push_str("</dl>\n</article>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}
