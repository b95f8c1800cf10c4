//! Columns beside each other on a terminal: each written on its own, then joined line by line.

use unicode_width::UnicodeWidthStr;

/// What stands between two columns.
const BETWEEN: &str = " │ ";

/// The narrowest column that can be read.
const NARROWEST: usize = 34;

/// How wide each of so many columns is in so many columns of a terminal; `None` where they do not
/// fit beside each other.
pub(super) fn width_of_each(columns: usize, terminal: usize) -> Option<usize> {
    let between = BETWEEN.width() * columns.saturating_sub(1);
    let each = terminal.checked_sub(between)?.checked_div(columns)?;
    (columns > 1 && each >= NARROWEST).then_some(each)
}

/// Texts beside each other, each of lines no wider than `width`.
pub(super) fn beside(columns: &[String], width: usize) -> String {
    let columns: Vec<Vec<&str>> = columns.iter().map(|column| column.lines().collect()).collect();
    let height = columns.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for at in 0..height {
        let mut line = String::new();
        for (number, column) in columns.iter().enumerate() {
            if number > 0 {
                line.push_str(BETWEEN);
            }
            let text = column.get(at).copied().unwrap_or("");
            line.push_str(text);
            let room = width.saturating_sub(seen_width(text));
            line.extend(std::iter::repeat_n(' ', room));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The columns a line takes up, its colours not counted.
fn seen_width(line: &str) -> usize {
    let mut seen = String::new();
    let mut rest = line;
    while let Some(at) = rest.find('\u{1b}') {
        seen.push_str(&rest[..at]);
        let after = &rest[at..];
        rest = after.find('m').map_or("", |end| &after[end + 1..]);
    }
    seen.push_str(rest);
    seen.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_beside_each_other_where_they_fit() {
        assert_eq!(width_of_each(2, 80), Some(38));
        assert_eq!(width_of_each(3, 80), None);
        assert_eq!(width_of_each(1, 80), None);
        assert_eq!(width_of_each(0, 80), None);
        let columns = ["\u{1b}[1mone\u{1b}[0m\ntwo\n".to_owned(), "宗教\n".to_owned()];
        assert_eq!(beside(&columns, 5), "\u{1b}[1mone\u{1b}[0m   │ 宗教\ntwo   │\n");
    }
}
