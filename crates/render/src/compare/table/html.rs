//! A cross table as one page of HTML that needs nothing else: the heat map, the numbers, and the
//! command that opens each cell, to which its number leads.

use query::compare::{Cell, Heard};

use super::said::{header_lines, heading, label};
use super::svg::heat_map;
use super::{TableView, cell_lines};
use crate::compare::html::{STYLE, open, open_scroll, write_head, write_list};
use crate::search::html_escaped as escaped;

/// What this page adds to the look of a comparison.
const OWN_STYLE: &str = "td.number{white-space:nowrap}.interval{font-size:.8rem}code{font-size:.85rem}\
    svg{display:block}@media print{svg{max-width:100%;height:auto}.scroll{overflow:visible}\
    table{font-size:.75rem}}";

/// A cross table as a page of HTML.
pub fn table_html(view: &TableView<'_>) -> String {
    let mut out = String::new();
    write_head(&mut out, &heading(view), &format!("{STYLE}{OWN_STYLE}"));
    write_list(&mut out, header_lines(view));
    out.push_str("</header>\n<main>\n");
    let table = view.table;
    if table.rows.is_empty() || table.columns.is_empty() {
        out.push_str("<h2>No cells</h2>\n<p>Nothing is held of what was asked for.</p>\n");
    } else {
        open(&mut out, "map", "Heat map: passages in 10,000 words");
        open_scroll(&mut out, "map-title");
        out.push_str(&heat_map(view));
        out.push_str("</div>\n</section>\n");
        write_numbers(&mut out, view);
        write_commands(&mut out, view);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn write_numbers(out: &mut String, view: &TableView<'_>) {
    let table = view.table;
    open(out, "numbers", "Numbers");
    open_scroll(out, "cells");
    out.push_str(&format!(
        "<table>\n<caption id=\"cells\">Passages and their share; in 10,000 words, with the 95 % \
         interval</caption>\n<thead><tr><th scope=\"col\">{}</th>",
        table.rows_are.name()
    ));
    for column in &table.columns {
        out.push_str(&format!(
            "<th scope=\"col\" class=\"number\">{}</th>",
            escaped(&label(column))
        ));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (at, (row, cells)) in table.rows.iter().zip(&table.cells).enumerate() {
        out.push_str(&format!("<tr><th scope=\"row\">{}</th>", escaped(&label(row))));
        for (column, cell) in cells.iter().enumerate() {
            write_cell(out, cell, &format!("open-{at}-{column}"));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}

/// A number leads to the command that opens it.
fn write_cell(out: &mut String, cell: &Cell, opens: &str) {
    let [count, rate] = cell_lines(cell);
    if cell.heard() == Heard::NoText {
        return out.push_str("<td class=\"number faint\">no text</td>");
    }
    let count = match cell.passages {
        0 => escaped(&count),
        _ => format!("<a href=\"#{opens}\">{}</a>", escaped(&count)),
    };
    let rate = escaped(&rate);
    out.push_str(&format!(
        "<td class=\"number\">{count}<br><span class=\"interval\">{rate}</span></td>"
    ));
}

fn write_commands(out: &mut String, view: &TableView<'_>) {
    let table = view.table;
    if table.total() == 0 {
        return;
    }
    open(out, "open", "Open a cell");
    open_scroll(out, "commands");
    out.push_str(&format!(
        "<table>\n<caption id=\"commands\">The command that shows the passages of each cell</caption>\n\
         <thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th><th scope=\"col\" \
         class=\"number\">passages</th><th scope=\"col\">command</th></tr></thead>\n<tbody>\n",
        table.rows_are.name(),
        table.columns_are.name(),
    ));
    for (at, (row, cells)) in table.rows.iter().zip(&table.cells).enumerate() {
        let counted = cells.iter().zip(&table.columns).enumerate();
        for (number, (cell, column)) in counted.filter(|(_, (cell, _))| cell.passages > 0) {
            out.push_str(&format!(
                "<tr id=\"open-{at}-{number}\"><td>{}</td><td>{}</td><td class=\"number\">{}</td>\
                 <td><code>{}</code></td></tr>\n",
                escaped(&label(row)),
                escaped(&label(column)),
                cell.passages,
                escaped(&view.command_line(cell)),
            ));
        }
    }
    out.push_str("</tbody>\n</table>\n</div>\n</section>\n");
}
