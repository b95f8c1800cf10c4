//! Text of a page whose two columns stand side by side, as a program leaves it that reads a PDF line
//! by line. Where that is unmistakable the left column is put before the right one.
//!
//! Unmistakable is: at least [`FEWEST`] lines together in which, after a gutter of two spaces or
//! more, a second text begins at one and the same column; both sides are wide, and run on from line
//! to line in lower case, as prose broken to a width does and the cells of a table do not. Lines with
//! one side only may stand between and around them. The columns are parted by a blank line: whether
//! the last paragraph of the left one goes on at the top of the right one cannot be seen.

use std::ops::Range;

/// The fewest lines with both sides.
const FEWEST: usize = 5;

/// The narrowest gutter, in characters.
const GUTTER: usize = 2;

/// How wide each side is on the average at least, in characters.
const NARROWEST: usize = 25;

/// The text with its columns one after the other, and how many lines stood in columns; `None` where
/// there are none.
pub(super) fn unfold(text: &str) -> Option<(String, usize)> {
    if !text.contains("  ") {
        return None;
    }
    let lines: Vec<&str> = text.split('\n').collect();
    let mut unfolded = String::new();
    let (mut at, mut written, mut count) = (0, 0, 0);
    while at < lines.len() {
        let end = at + lines[at..].iter().take_while(|line| !line.trim().is_empty()).count();
        if let Some((block, gutter)) = columns_in(&lines[at..end]) {
            let block = at + block.start..at + block.end;
            push_lines(&mut unfolded, &lines[written..block.start]);
            let (left, right): (Vec<&str>, Vec<&str>) =
                lines[block.clone()].iter().map(|line| split(line, gutter)).unzip();
            push_lines(&mut unfolded, &left);
            unfolded.push('\n');
            push_lines(&mut unfolded, &right);
            unfolded.push('\n');
            written = block.end;
            count += block.len();
        }
        at = end + 1;
    }
    if count == 0 {
        return None;
    }
    push_lines(&mut unfolded, &lines[written..]);
    Some((unfolded, count))
}

fn push_lines(text: &mut String, lines: &[&str]) {
    for line in lines.iter().filter(|line| !line.is_empty()) {
        text.push_str(line);
        text.push('\n');
    }
    // Blank lines part paragraphs.
    if lines.last().is_some_and(|line| line.trim().is_empty()) {
        text.push('\n');
    }
}
