//! Rows as CSV (RFC 4180, lines ended by a line feed): safe to show, and safe to open in a
//! spreadsheet, where a cell that begins like a formula would be run.

use crate::safe::safe;

/// One row.
pub(crate) fn csv_row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    let mut row = cells.join(",");
    row.push('\n');
    row
}

/// A cell. One that a spreadsheet could take for a formula begins with an apostrophe, which
/// spreadsheets do not show.
fn cell(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    if text
        .trim_start()
        .starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
        || text.starts_with(['\t', '\r'])
    {
        shown.push('\'');
    }
    // Line feeds are kept: a quoted cell may hold them.
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            shown.push('\n');
        }
        shown.push_str(&safe(line));
    }
    if shown.contains(['"', ',', '\n', ';']) || shown.starts_with(' ') {
        return format!("\"{}\"", shown.replace('"', "\"\""));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cells_are_quoted_and_no_cell_is_a_formula() {
        assert_eq!(csv_row(["a", "b,c", "say \"d\""]), "a,\"b,c\",\"say \"\"d\"\"\"\n");
        assert_eq!(csv_row(["=1+1", "-x", " @y"]), "'=1+1,'-x,' @y\n");
        assert_eq!(csv_row(["a\nb", "\u{1b}[2J"]), "\"a\nb\",\u{fffd}[2J\n");
    }

    /// What a spreadsheet takes the only cell of a row to hold.
    fn content(cell: &str) -> String {
        match cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(quoted) => quoted.replace("\"\"", "\""),
            None => cell.to_string(),
        }
    }

    /// A quotation mark before the sign makes the cell a text: the mark is written twice.
    #[test]
    fn a_sign_behind_a_quotation_mark_is_no_formula() {
        assert_eq!(csv_row(["\"-"]), "\"\"\"-\"\n");
        assert_eq!(content("\"\"\"-\""), "\"-");
        assert_eq!(content("\"=1,2\""), "=1,2");
    }

    proptest! {
        #[test]
        fn no_cell_begins_a_formula(text in "\\PC{0,20}") {
            let row = csv_row([text.as_str()]);
            let shown = content(row.trim_end_matches('\n'));
            prop_assert!(!shown.trim_start().starts_with(['=', '+', '-', '@']), "{}", row);
        }
    }
}
