//! What marks two sides as one page of HTML that needs nothing else: of each side its foremost terms
//! drawn, all of them as a table with passages and the search that shows more, and the words of issues.

use query::Filters;
use query::keyness::{AskedTerm, IssueWords, Term};

use super::{KeynessView, OF_ISSUES, cells, issue_named, issues_of, name, side_of};
use crate::command::{search_command, shell_line};
use crate::compare::{STYLE, open, open_scroll, write_head, write_list};
use crate::search::html_escaped as escaped;

/// What these pages add to the look of a comparison.
const OWN_STYLE: &str = "td.number{white-space:nowrap}code{font-size:.85rem}svg{display:block}\
    @media print{svg{max-width:100%;height:auto}.scroll{overflow:visible}table{font-size:.75rem}}";

/// Most terms of a side that are drawn.
const MOST_DRAWN: usize = 15;

/// How high a term with its line is.
const STEP: usize = 38;

/// How wide the drawing is: on the narrowest page it has room.
const WIDTH: f64 = 340.0;

/// Where its scale begins and ends.
const SCALE: (f64, f64) = (8.0, 330.0);

/// What the columns of numbers are called, and the terms before them.
const HEADS: [&str; 6] = ["here", "there", "documents", "countries", "times", "at least"];

/// What marks two sides as a page of HTML.
pub fn keyness_html(view: &KeynessView<'_>) -> String {
    let mut out = String::new();
    let title = format!("Words that mark {} against {}", view.a, view.b);
    write_head(&mut out, &title, &format!("{STYLE}{OWN_STYLE}"));
    write_list(&mut out, view.summary());
    out.push_str(
        "<p class=\"faint\">here, there: how often in 10,000 words of the side and of the other; times: \
         the one over the other; at least: 95 % lower bound of that, words of one document taken \
         together; where it is below 1, chance may be all</p>\n</header>\n<main>\n",
    );
    for ((side, asked, _, terms), filters) in view.sides().into_iter().zip(view.filters) {
        write_side(&mut out, view, side, asked, terms, filters);
    }
    write_asked(&mut out, view);
    for (side, asked, _, _) in view.sides() {
        write_issues(&mut out, side, asked, &issues_of(view, side).collect::<Vec<_>>());
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_side(
    out: &mut String,
    view: &KeynessView<'_>,
    side: &str,
    asked: &str,
    terms: &[Term],
    filters: &Filters,
) {
    open(out, &format!("marks-{side}"), &format!("Marks {side}: {asked}"));
    if terms.is_empty() {
        return out.push_str("<p>Nothing marks it.</p>\n</section>\n");
    }
    let caption = format!("terms-{side}");
    open_scroll(out, &caption);
    out.push_str(&drawing(view, side, terms));
    let heads = (["term"].as_slice(), ["passages", "more of them"].as_slice());
    write_table_head(out, &caption, &format!("Terms of {side}, the most marking first"), heads);
    for term in terms {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", escaped(&name(term))));
        write_numbers(out, &cells(term));
        let passages: Vec<String> = term
            .examples
            .iter()
            .map(|id| format!("<code>{}</code>", escaped(&id.to_string())))
            .collect();
        let command = search_command(&format!("+{}", quoted(&term.shown)), filters, 0);
        out.push_str(&format!(
            "<td>{}</td><td><code>{}</code></td></tr>\n",
            passages.join(" "),
            escaped(&shell_line(&command))
        ));
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// A term as a search takes it: a word by its stem, a phrase in quotation marks.
fn quoted(term: &str) -> String {
    if term.contains(' ') { format!("\"{term}\"") } else { term.to_owned() }
}

/// The foremost terms of a side: of each a line from what its ratio is at least to what it is, on a
/// logarithmic scale, and how far noise reaches.
fn drawing(view: &KeynessView<'_>, side: &str, terms: &[Term]) -> String {
    let drawn = &terms[..terms.len().min(MOST_DRAWN)];
    let noise = view.keyness.noise.low.max(1.0);
    let greatest = drawn.iter().map(|term| term.ratio).fold(noise.max(2.0), f64::max);
    let at = |value: f64| {
        let share = value.max(1.0).ln() / greatest.ln();
        SCALE.0 + (SCALE.1 - SCALE.0) * share.clamp(0.0, 1.0)
    };
    let height = drawn.len() * STEP + 24;
    let title = format!("drawn-{side}");
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"{title}\" \
         width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" font-size=\"13\">\n\
         <title id=\"{title}\">How many times more often each term stands here: a line from at least to \
         measured, on a logarithmic scale; left of the dashed mark may be noise; the table below has the \
         numbers</title>\n<rect width=\"{WIDTH}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
    );
    for (number, term) in drawn.iter().enumerate() {
        let (y, low, ratio) = (number * STEP + 16, at(term.low), at(term.ratio));
        out.push_str(&format!(
            "<text x=\"2\" y=\"{y}\" fill=\"#1a1a1a\">{}: {:.1}, at least {:.1}</text>\
             <line x1=\"{noise:.1}\" x2=\"{noise:.1}\" y1=\"{}\" y2=\"{}\" stroke=\"#595959\" \
             stroke-dasharray=\"3 2\"/><line x1=\"{low:.1}\" x2=\"{ratio:.1}\" y1=\"{line}\" \
             y2=\"{line}\" stroke=\"#1d4f91\" stroke-width=\"3\"/><circle cx=\"{ratio:.1}\" cy=\"{line}\" r=\"5\" fill=\"#1d4f91\"/>\n",
            escaped(&term.shown),
            term.ratio,
            term.low,
            y + 4,
            y + 17,
            noise = at(noise),
            line = y + 10,
        ));
    }
    for tick in [1.0, 10.0, 100.0, 1_000.0, 10_000.0].into_iter().filter(|tick| *tick <= greatest) {
        let anchor = if tick > 1.0 { "middle" } else { "start" };
        out.push_str(&format!(
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"{anchor}\" fill=\"#595959\">{tick}</text>\n",
            at(tick).min(SCALE.1 - 10.0),
            height - 4
        ));
    }
    out.push_str("</svg>\n");
    out
}

/// Begins a table: its caption, and the heads of the columns before the numbers and behind them.
fn write_table_head(
    out: &mut String,
    id: &str,
    caption: &str,
    (before, behind): (&[&str], &[&str]),
) {
    let text = |head: &&str| format!("<th scope=\"col\">{head}</th>");
    let number = |head: &&str| format!("<th scope=\"col\" class=\"number\">{head}</th>");
    let heads = before.iter().map(text).chain(HEADS.iter().map(number));
    let heads: String = heads.chain(behind.iter().map(text)).collect();
    out.push_str(&format!(
        "<table>\n<caption id=\"{id}\">{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n",
        escaped(caption)
    ));
}

fn write_numbers(out: &mut String, cells: &[String]) {
    for cell in cells {
        out.push_str(&format!("<td class=\"number\">{cell}</td>"));
    }
}

fn write_asked(out: &mut String, view: &KeynessView<'_>) {
    if view.keyness.asked.is_empty() {
        return;
    }
    open(out, "asked", "Asked for, in the side that has more");
    open_scroll(out, "asked-terms");
    write_table_head(out, "asked-terms", "Terms that were asked for", (&["term", "side"], &[]));
    for asked in &view.keyness.asked {
        let AskedTerm { words, term, .. } = asked;
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", escaped(words)));
        match term {
            Some(term) => {
                out.push_str(&format!("<td>{}</td>", side_of(asked)));
                write_numbers(out, &cells(term));
            }
            None => out.push_str("<td colspan=\"7\">in neither</td>"),
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

fn write_issues(out: &mut String, side: &str, asked: &str, issues: &[&IssueWords]) {
    if issues.is_empty() {
        return;
    }
    let mut heading = format!("{OF_ISSUES} {side}: {asked}");
    heading.replace_range(..1, "I");
    open(out, &format!("issues-{side}"), &heading);
    let caption = format!("issue-words-{side}");
    open_scroll(out, &caption);
    let said = format!("In {side}: all words of an issue, and the commonest of them, here / there");
    write_table_head(out, &caption, &said, (&["issue: its words"], &[]));
    for issue in issues {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", escaped(&issue_named(issue))));
        write_numbers(out, &cells(&issue.all));
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}
