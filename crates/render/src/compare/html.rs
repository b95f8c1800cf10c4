//! A comparison as one page of HTML that needs nothing else: it prints, it is read by screen readers,
//! and its columns stand beside each other where there is room and one below the other where there is
//! none. No script, no address is loaded; what a report says is never markup.

use query::compare::{Claim, Compared, Said, SentenceAt, Speaking};

use super::said::{
    apart_line, cited_line, country_line, facts, group_line, header_lines, heading, locator_line,
    origins_line, said_line, searched_line, why_line,
};
use super::{CompareView, MOST_PAIRS};
use crate::export::cited;
use crate::phrases::cautions;
use crate::search::{html_escaped as escaped, html_marked as marked};

/// How every page of a comparison looks. Colours have a contrast of seven to one at least.
pub(crate) const STYLE: &str = "*{box-sizing:border-box}body{font:1rem/1.5 Georgia,serif;margin:0 \
    auto;padding:1rem;max-width:90rem;color:#1a1a1a;background:#fff;overflow-wrap:anywhere}\
    h1{font-size:1.5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem;border-top:1px solid #767676;\
    padding-top:1rem}h3{font-size:1.05rem;margin:0 0 .3rem}h4{font-size:.9rem;margin:1rem 0 0}\
    p{margin:.3rem 0}ul{margin:.3rem 0;padding-left:1.2rem}blockquote{margin:.3rem 0;\
    padding-left:.8rem;border-left:3px solid #767676}mark{background:#ffe9a8;color:inherit;\
    text-decoration:underline}.faint{color:#4a4a4a;font-size:.85rem}.warning{color:#7a1650}\
    .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));\
    gap:1.5rem}.columns>*{min-width:0}dl{margin:.3rem 0;font-size:.85rem}dt{font-weight:bold}\
    dd{margin:0 0 .2rem}.scroll{overflow-x:auto;overflow-wrap:normal}table{border-collapse:collapse;width:100%}\
    caption{text-align:left;font-weight:bold;margin-bottom:.3rem;max-width:calc(100vw - 2rem)}\
    th,td{text-align:left;\
    vertical-align:top;padding:.2rem .8rem .2rem 0;border-bottom:1px solid #d0d0d0}\
    td.number,th.number{text-align:right}a{color:#0b3d91}.pair{margin:0 0 1.2rem;break-inside:avoid}\
    @media(prefers-color-scheme:dark){body{color:#e6e6e6;background:#161616}.faint{color:#b8b8b8}\
    mark{background:#5c4a12}.warning{color:#f7b3d5}a{color:#a8c7ff}}\
    @media print{body{color:#000;background:#fff;max-width:none}.columns{display:block}\
    blockquote{break-inside:avoid}}";

/// The head of a page up to the heading of its content.
pub(crate) fn write_head(out: &mut String, title: &str, style: &str) {
    let title = escaped(title);
    out.push_str(&format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <meta name=\"generator\" content=\"forb\">\n<title>{title}</title>\n\
         <style>{style}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n"
    ));
}

/// A comparison as a page of HTML.
pub fn compare_html(view: &CompareView<'_>) -> String {
    let mut out = String::new();
    write_head(&mut out, &heading(view), STYLE);
    write_list(&mut out, header_lines(view));
    out.push_str("</header>\n<main>\n");
    write_overview(&mut out, view);
    write_sources(&mut out, view);
    write_alike(&mut out, view);
    write_figures(&mut out, view);
    write_only(&mut out, view);
    write_origins(&mut out, view);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

pub(crate) fn write_list(out: &mut String, lines: impl IntoIterator<Item = String>) {
    let items: String =
        lines.into_iter().map(|line| format!("<li>{}</li>\n", escaped(&line))).collect();
    if !items.is_empty() {
        out.push_str(&format!("<ul class=\"faint\">\n{items}</ul>\n"));
    }
}

/// Opens a part of the page under its heading.
pub(crate) fn open(out: &mut String, id: &str, title: &str) {
    out.push_str(&format!(
        "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{}</h2>\n",
        escaped(title)
    ));
}

/// Opens a part that is scrolled by itself where it is wider than the page.
pub(crate) fn open_scroll(out: &mut String, named: &str) {
    out.push_str(&format!(
        "<div class=\"scroll\" role=\"region\" aria-labelledby=\"{named}\" tabindex=\"0\">\n"
    ));
}

fn write_overview(out: &mut String, view: &CompareView<'_>) {
    open(out, "overview", "Sources");
    open_scroll(out, "sources");
    out.push_str(
        "<table>\n<caption id=\"sources\">What was searched, and what was found</caption>\n\
         <thead><tr><th scope=\"col\">source</th><th scope=\"col\">found</th>\
         <th scope=\"col\">searched</th></tr></thead>\n<tbody>\n",
    );
    for (number, source) in view.comparison.sources.iter().enumerate() {
        let name = escaped(&source.source.name.shown());
        let name = match source.said {
            Said::Speaks => format!("<a href=\"#source-{number}\">{name}</a>"),
            _ => name,
        };
        let on: String = source
            .source
            .countries
            .iter()
            .map(|on| format!("<br>\n{}", escaped(&country_line(on))))
            .collect();
        out.push_str(&format!(
            "<tr><th scope=\"row\">{name}</th><td>{}{on}</td><td>{}</td></tr>\n",
            escaped(&said_line(source)),
            escaped(&searched_line(source).unwrap_or_else(|| "nothing held".to_owned())),
        ));
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn write_sources(out: &mut String, view: &CompareView<'_>) {
    let speak = |(_, source): &(usize, &Compared)| source.said == Said::Speaks;
    let speaking: Vec<(usize, &Compared)> =
        view.comparison.sources.iter().enumerate().filter(speak).collect();
    if speaking.is_empty() {
        return;
    }
    open(out, "beside", "Side by side");
    out.push_str("<div class=\"columns\">\n");
    for (number, source) in speaking {
        out.push_str(&format!(
            "<section aria-labelledby=\"source-{number}\">\n<h3 id=\"source-{number}\">{}</h3>\n\
             <p>{}</p>\n<dl>\n",
            escaped(&source.source.name.shown()),
            escaped(&said_line(source)),
        ));
        for (name, value) in facts(source) {
            out.push_str(&format!("<dt>{name}</dt><dd>{}</dd>\n", escaped(&value)));
        }
        out.push_str("</dl>\n");
        view.best(source).iter().for_each(|speaking| write_passage(out, speaking));
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n</section>\n");
}

fn write_passage(out: &mut String, speaking: &Speaking) {
    let passage = &speaking.record.passage.passage;
    let id = escaped(&passage.id.to_string());
    let text = marked(&passage.text, &speaking.words).replace('\n', "<br>\n");
    out.push_str(&format!(
        "<h4 id=\"{id}\">{}</h4>\n<blockquote>{text}</blockquote>\n\
         <p class=\"faint\"><code>{id}</code> {}</p>\n",
        escaped(&locator_line(speaking)),
        escaped(&cited(&speaking.record)),
    ));
    for caution in cautions(&speaking.record) {
        out.push_str(&format!("<p class=\"warning\">{}</p>\n", escaped(&caution)));
    }
}

fn write_alike(out: &mut String, view: &CompareView<'_>) {
    let claims = &view.comparison.claims;
    if claims.is_empty() {
        return;
    }
    open(out, "alike", "Said alike");
    for claim in claims.iter().take(MOST_PAIRS) {
        write_claim(out, view, claim);
    }
    write_more(out, claims.len(), MOST_PAIRS, "pairs");
    out.push_str("</section>\n");
}

fn write_claim(out: &mut String, view: &CompareView<'_>, claim: &Claim) {
    out.push_str("<div class=\"pair\">\n<div class=\"columns\">\n");
    for at in [&claim.a, &claim.b] {
        out.push_str("<div>\n");
        write_sentence(out, view, at);
        out.push_str("</div>\n");
    }
    let why = escaped(&why_line(claim));
    out.push_str(&format!("</div>\n<p class=\"faint\">{why}</p>\n</div>\n"));
}

fn write_sentence(out: &mut String, view: &CompareView<'_>, at: &SentenceAt) {
    let text = escaped(view.comparison.text(at).unwrap_or_default()).replace('\n', "<br>\n");
    out.push_str(&format!(
        "<p><strong>{}</strong></p>\n<blockquote>{text}</blockquote>\n\
         <p class=\"faint\"><code>{}</code></p>\n",
        escaped(view.source_id(at.source)),
        escaped(&view.place(at)),
    ));
}

fn write_figures(out: &mut String, view: &CompareView<'_>) {
    let figures = &view.comparison.figures;
    if figures.is_empty() {
        return;
    }
    open(out, "figures", "Figures that differ");
    write_list(out, figures.iter().take(MOST_PAIRS).map(|apart| apart_line(view, apart)));
    write_more(out, figures.len(), MOST_PAIRS, "pairs of figures");
    out.push_str("</section>\n");
}

fn write_only(out: &mut String, view: &CompareView<'_>) {
    let speaking = view.comparison.speaking();
    let alone = |(_, source): &(usize, &Compared)| !source.only.is_empty() && speaking > 1;
    let sources: Vec<(usize, &Compared)> =
        view.comparison.sources.iter().enumerate().filter(alone).collect();
    if sources.is_empty() {
        return;
    }
    open(out, "only", "Said by one source only");
    out.push_str("<div class=\"columns\">\n");
    for (number, source) in sources {
        let (shown, left) = view.only(source);
        out.push_str(&format!(
            "<section aria-labelledby=\"only-{number}\">\n<h3 id=\"only-{number}\">Only in {}</h3>\n",
            escaped(view.source_id(number))
        ));
        for at in shown {
            write_sentence(out, view, at);
        }
        write_more(out, shown.len() + left, shown.len(), "sentences");
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n</section>\n");
}

fn write_origins(out: &mut String, view: &CompareView<'_>) {
    let of = &view.comparison.independence;
    if of.passages == 0 {
        return;
    }
    open(out, "origins", "Independence");
    out.push_str(&format!("<p>{}</p>\n", escaped(&origins_line(view))));
    let groups = of.groups.iter().take(MOST_PAIRS).map(|group| group_line(view, group));
    write_list(out, groups.chain(cited_line(view)));
    out.push_str("</section>\n");
}

fn write_more(out: &mut String, all: usize, shown: usize, what: &str) {
    if all > shown {
        let more = all - shown;
        out.push_str(&format!("<p class=\"faint\">and {more} more {what}</p>\n"));
    }
}
