//! What changed between two editions as one page of HTML that needs nothing else: the old words beside
//! the new, removed ones struck out and added ones underlined, and both said in words to whoever does
//! not see the page.

use model::TextRange;
use query::align::Status;
use query::changes::{FigureChange, IssueChange, Statement};

use super::said::{edition_lines, figure_line, heading, whole_lines};
use super::text::status;
use super::{ChangesView, Side, percent, places, words};
use crate::compare::{STYLE, open, open_scroll, write_head, write_list};
use crate::line::sound;
use crate::search::html_escaped as escaped;

/// What these pages add to the look of a comparison.
pub(super) const OWN_STYLE: &str = "del{background:#fbe0e0;text-decoration:line-through 2px}\
    ins{background:#dff2df;text-decoration:underline 2px}del,ins{color:inherit;padding:0 .1em;\
    -webkit-print-color-adjust:exact;print-color-adjust:exact}.cue{position:absolute;width:1px;\
    height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\
    article{margin:0 0 1.4rem;break-inside:avoid}article h3{margin-bottom:0}svg{display:block}\
    article p{position:relative}.side{font-weight:bold;margin-right:.4em}\
    @media(prefers-color-scheme:dark){del{background:#5a2323}ins{background:#1f4a24}}\
    @media print{.scroll{overflow:visible}table{font-size:.75rem}}";

/// Most issues that are drawn.
const MOST_DRAWN: usize = 12;

/// What changed as a page of HTML.
pub fn changes_html(view: &ChangesView<'_>) -> String {
    let mut out = String::new();
    write_head(&mut out, &heading(view), &format!("{STYLE}{OWN_STYLE}"));
    write_list(&mut out, edition_lines(view));
    out.push_str("</header>\n<main>\n");
    open(&mut out, "whole", "On the whole");
    for line in whole_lines(view) {
        out.push_str(&format!("<p>{}</p>\n", escaped(&line)));
    }
    out.push_str("</section>\n");
    let shown: Vec<&Statement> =
        view.shown().into_iter().filter(|of| of.status != Status::Same).collect();
    write_figures(&mut out, &shown);
    write_issues(&mut out, view);
    write_statements(&mut out, view, &shown);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_figures(out: &mut String, shown: &[&Statement]) {
    let changed: Vec<(usize, &FigureChange)> = shown
        .iter()
        .enumerate()
        .flat_map(|(at, statement)| statement.figures.iter().map(move |figure| (at, figure)))
        .collect();
    if changed.is_empty() {
        return;
    }
    open(out, "figures", "Figures that changed");
    out.push_str("<ul>\n");
    for (at, figure) in changed {
        let line = escaped(&figure_line(figure));
        out.push_str(&format!("<li>{line} (<a href=\"#s{at}\">sentence {}</a>)</li>\n", at + 1));
    }
    out.push_str("</ul>\n</section>\n");
}

/// The issues whose share moved most, then and now.
fn moved_most<'a>(view: &ChangesView<'a>) -> Vec<&'a IssueChange> {
    let (old, new) = (view.changes.old.sentences, view.changes.new.sentences);
    let moved = |of: &IssueChange| (share(of.new, new) - share(of.old, old)).abs();
    let wanted = |of: &&IssueChange| view.issue.is_none_or(|only| of.issue == *only);
    let mut issues: Vec<&IssueChange> = view.changes.issues.iter().filter(wanted).collect();
    issues.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    issues
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn write_issues(out: &mut String, view: &ChangesView<'_>) {
    let issues = moved_most(view);
    if issues.is_empty() {
        return;
    }
    let (old, new) = (view.changes.old.sentences, view.changes.new.sentences);
    open(out, "issues", "Issues then and now");
    open_scroll(out, "shares");
    out.push_str(&bars(view, &issues));
    out.push_str(&format!(
        "<table>\n<caption id=\"shares\">Sentences with words of an issue, the most changed first</caption>\n\
         <thead><tr><th scope=\"col\">issue</th><th scope=\"col\" class=\"number\">{}</th>\
         <th scope=\"col\" class=\"number\">{}</th></tr></thead>\n<tbody>\n",
        escaped(&view.old.period),
        escaped(&view.new.period),
    ));
    for of in issues {
        out.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{} ({})</td><td class=\"number\">{} \
             ({})</td></tr>\n",
            escaped(of.issue.as_str()),
            of.old,
            percent(of.old, old),
            of.new,
            percent(of.new, new),
        ));
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// How high an issue with its two bars is.
const STEP: usize = 58;

/// How long a bar is at most: what is written behind it has room on the narrowest page.
const LONGEST_BAR: f64 = 170.0;

/// The shares of issues then and now, a bar each, with the share written beside it.
fn bars(view: &ChangesView<'_>, issues: &[&IssueChange]) -> String {
    let (old, new) = (view.changes.old.sentences, view.changes.new.sentences);
    let drawn = &issues[..issues.len().min(MOST_DRAWN)];
    let shares = drawn.iter().flat_map(|of| [share(of.old, old), share(of.new, new)]);
    let longest = shares.fold(0.01, f64::max);
    let height = drawn.len() * STEP + 8;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"bars-title\" \
         width=\"340\" height=\"{height}\" viewBox=\"0 0 340 {height}\" font-size=\"13\">\n\
         <title id=\"bars-title\">Share of the sentences with words of each issue, {} above {}; the \
         table below has the numbers</title>\n<rect width=\"340\" height=\"{height}\" \
         fill=\"#ffffff\"/>\n",
        escaped(&view.old.period),
        escaped(&view.new.period),
    );
    for (at, of) in drawn.iter().enumerate() {
        let y = at * STEP + 14;
        let name = escaped(of.issue.as_str());
        out.push_str(&format!("<text x=\"2\" y=\"{y}\" fill=\"#1a1a1a\">{name}</text>\n"));
        for (part, whole, period, fill, y) in [
            (of.old, old, &view.old.period, "#ffffff", y + 5),
            (of.new, new, &view.new.period, "#1d4f91", y + 22),
        ] {
            let width = LONGEST_BAR * share(part, whole) / longest;
            out.push_str(&format!(
                "<rect x=\"2\" y=\"{y}\" width=\"{width:.0}\" height=\"14\" fill=\"{fill}\" \
                 stroke=\"#1d4f91\"/><text x=\"{:.0}\" y=\"{}\" fill=\"#1a1a1a\">{}: {}</text>\n",
                9.0 + width,
                y + 12,
                escaped(period),
                percent(part, whole),
            ));
        }
    }
    out.push_str("</svg>\n");
    out
}

fn write_statements(out: &mut String, view: &ChangesView<'_>, shown: &[&Statement]) {
    if shown.is_empty() {
        return;
    }
    open(out, "sentences", "Sentences that did not stay the same");
    out.push_str("<p class=\"faint\">Removed words are struck out, added ones underlined.</p>\n");
    for (at, statement) in shown.iter().enumerate() {
        write_statement(out, view, at, statement);
    }
    out.push_str("</section>\n");
}

fn write_statement(out: &mut String, view: &ChangesView<'_>, at: usize, statement: &Statement) {
    out.push_str(&format!(
        "<article id=\"s{at}\">\n<h3>{}. {}</h3>\n<div class=\"columns\">\n",
        at + 1,
        escaped(&status(statement))
    ));
    for (side, sentences, edition, element, cue) in [
        (Side::Old, &statement.old, view.old, "del", "removed"),
        (Side::New, &statement.new, view.new, "ins", "added"),
    ] {
        if sentences.is_empty() {
            continue;
        }
        let (text, mut changed) = words(statement, side);
        // Where there is no other side, all of it was removed or added.
        if matches!(statement.status, Status::New | Status::Dropped) {
            changed = vec![TextRange::new(0, text.len())];
        }
        let period = escaped(&edition.period);
        out.push_str(&format!(
            "<div>\n<p><span class=\"side\">{period}</span>{}</p>\n<p class=\"faint\"><code>{}</code>\
             </p>\n</div>\n",
            marked(&text, &changed, element, cue),
            escaped(&places(sentences)),
        ));
    }
    out.push_str("</div>\n");
    for change in &statement.figures {
        let line = escaped(&figure_line(change));
        out.push_str(&format!("<p class=\"warning\">figure: {line}</p>\n"));
    }
    out.push_str("</article>\n");
}

/// A text in which the words that changed stand in an element, with what it means in words.
fn marked(text: &str, changed: &[TextRange], element: &str, cue: &str) -> String {
    let (mut out, mut from) = (String::new(), 0);
    for range in sound(text, changed) {
        out.push_str(&escaped(&text[from..range.start]));
        out.push_str(&format!(
            "<{element}><span class=\"cue\">[{cue}: </span>{}<span class=\"cue\">]</span></{element}>",
            escaped(&text[range.start..range.end])
        ));
        from = range.end;
    }
    out.push_str(&escaped(&text[from..]));
    out.replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changed_is_said_in_words_and_never_markup() {
        let text = "five <b>men\nleft";
        let html = marked(text, &[TextRange::new(5, 11)], "del", "removed");
        assert_eq!(
            html,
            "five <del><span class=\"cue\">[removed: </span>&lt;b&gt;men<span \
             class=\"cue\">]</span></del><br>\nleft"
        );
        // A range off the borders of characters marks nothing.
        assert_eq!(marked("é", &[TextRange::new(1, 2)], "ins", "added"), "é");
    }
}
