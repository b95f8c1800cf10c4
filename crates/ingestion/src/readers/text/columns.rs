//! Text of a page whose two columns stand side by side, as a program leaves it that reads a PDF line
//! by line. Where that is unmistakable the left column is put before the right one.
//!
//! Unmistakable is: at least [`FEWEST`] lines together in which, after a gutter of two spaces or
//! more, a second text begins at one and the same column; both sides are wide, and run on from line
//! to line in lower case, as prose broken to a width does and the cells of a table do not. Lines with
//! one side only may stand between and around them. The columns are parted by a blank line: whether
//! the last paragraph of the left one goes on at the top of the right one cannot be seen.

use std::collections::BTreeMap;
use std::ops::Range;

/// The fewest lines with both sides.
const FEWEST: usize = 5;

/// The narrowest gutter, in characters.
const GUTTER: usize = 2;

/// How wide each side is on the average at least, in characters.
const NARROWEST: usize = 25;

/// What a line is in a text of two columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    One,
    /// It runs across the gutter.
    Across,
}

/// The text with its columns one after the other, and how many lines stood in columns; `None` where
/// there are none.
pub(super) fn unfold(text: &str) -> Option<(String, usize)> {
    if !text.contains("  ") {
        return None;
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut unfolded = String::with_capacity(text.len());
    let (mut at, mut written, mut count) = (0, 0, 0);
    while at < lines.len() {
        let end = at + lines[at..].iter().take_while(|line| !line.trim().is_empty()).count();
        if let Some((block, gutter)) = columns_in(&lines[at..end]) {
            let block = at + block.start..at + block.end;
            push(&mut unfolded, &lines[written..block.start]);
            let (left, right): (Vec<&str>, Vec<&str>) =
                lines[block.clone()].iter().map(|line| split(line, gutter)).unzip();
            for column in [left, right] {
                let filled: Vec<&str> =
                    column.into_iter().filter(|line| !line.trim().is_empty()).collect();
                push(&mut unfolded, &filled);
                unfolded.push('\n');
            }
            written = block.end;
            count += block.len();
        }
        at = end + 1;
    }
    if count == 0 {
        return None;
    }
    push(&mut unfolded, &lines[written..]);
    Some((unfolded, count))
}

fn push(text: &mut String, lines: &[&str]) {
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
}

/// Which of the lines stand in two columns, and in which column the right one begins.
fn columns_in(lines: &[&str]) -> Option<(Range<usize>, usize)> {
    if lines.len() < FEWEST {
        return None;
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for gutter in lines.iter().flat_map(|line| gutters(line)) {
        *counts.entry(gutter).or_default() += 1;
    }
    let mut likely = counts.into_iter().filter(|(_, count)| *count >= FEWEST);
    // Two such places are three columns, or a table.
    let (Some((gutter, _)), None) = (likely.next(), likely.next()) else { return None };
    let sides: Vec<Side> = lines.iter().map(|line| side(line, gutter)).collect();
    let start = sides.iter().position(|side| *side == Side::Both)?;
    let length = sides[start..].iter().take_while(|side| **side != Side::Across).count();
    let block = start..start + length;
    let both: Vec<(&str, &str)> = lines[block.clone()]
        .iter()
        .filter(|line| side(line, gutter) == Side::Both)
        .map(|line| split(line, gutter))
        .collect();
    let (left, right): (Vec<&str>, Vec<&str>) = both.into_iter().unzip();
    (left.len() >= FEWEST && is_prose(&left) && is_prose(&right)).then_some((block, gutter))
}

/// Where a second text begins in a line, in characters from its beginning.
fn gutters(line: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut spaces, mut begun) = (0, false);
    for (at, c) in line.chars().enumerate() {
        if c == ' ' {
            spaces += 1;
            continue;
        }
        if begun && spaces >= GUTTER {
            found.push(at);
        }
        (spaces, begun) = (0, true);
    }
    found
}

fn side(line: &str, gutter: usize) -> Side {
    let first = line.chars().take_while(|c| *c == ' ').count();
    let width = line.trim_end().chars().count();
    if gutters(line).contains(&gutter) {
        Side::Both
    } else if width + GUTTER <= gutter || first >= gutter {
        Side::One
    } else {
        Side::Across
    }
}

/// The two sides of a line.
fn split(line: &str, gutter: usize) -> (&str, &str) {
    let at = line.char_indices().nth(gutter).map_or(line.len(), |(at, _)| at);
    let (left, right) = line.split_at(at);
    (left.trim_end(), right)
}

/// Whether lines are wide and run on in lower case.
fn is_prose(lines: &[&str]) -> bool {
    let width: usize = lines.iter().map(|line| line.trim().chars().count()).sum();
    let runs_on = |line: &&&str| line.trim().starts_with(char::is_lowercase);
    let lower = lines.iter().skip(1).filter(runs_on).count();
    width >= NARROWEST * lines.len() && lower * 3 >= lines.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT: [&str; 6] = [
        "A law on meetings came into effect in",
        "the spring. It gave recognised groups",
        "a status of their own and shortened",
        "the time that they must wait, but it",
        "also asked of them to seek approval",
        "for all that they do effectively nation-",
    ];
    const RIGHT: [&str; 6] = [
        "compensation was not paid. Officers",
        "questioned leaders of three groups",
        "because they had met visitors, and",
        "took their papers. Families in the",
        "hills remained without any papers,",
        "since offices would not write them.",
    ];

    fn page(left: &[&str], right: &[&str]) -> String {
        let rows = left.iter().zip(right).map(|(l, r)| format!("  {l:<42}{r}\n"));
        rows.collect()
    }

    #[test]
    fn the_left_column_comes_first_and_no_word_is_lost() {
        let text = format!("A TITLE\n\n  FINDINGS\n{}\nAfter.\n", page(&LEFT, &RIGHT));
        let (unfolded, count) = unfold(&text).expect("two columns");
        assert_eq!(count, 6);
        let lines: Vec<&str> = unfolded.lines().map(str::trim).collect();
        assert_eq!(lines[..4], ["A TITLE", "", "FINDINGS", LEFT[0]]);
        assert_eq!(lines[8..11], [LEFT[5], "", RIGHT[0]]);
        assert_eq!(lines[15..], [RIGHT[5], "", "", "After."]);
        let sorted = |text: &str| {
            let mut words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            words.sort();
            words
        };
        assert_eq!(sorted(&unfolded), sorted(&text));
    }

    #[test]
    fn a_column_may_be_longer_than_the_other() {
        let mut right = RIGHT;
        right[5] = "";
        let (unfolded, count) = unfold(&page(&LEFT, &right)).expect("two columns");
        assert_eq!((count, unfolded.contains("nation-\n\ncompensation")), (6, true));
    }

    #[test]
    fn what_might_be_a_table_stays_as_it_is() {
        assert_eq!(unfold(&page(&LEFT[..4], &RIGHT[..4])), None, "too few lines");
        let cells = ["Kazakhstan has a law of 2011 in force"; 6];
        assert_eq!(unfold(&page(&cells, &RIGHT)), None, "cells do not run on");
        let short = ["one", "two", "three", "four", "five", "six"];
        assert_eq!(unfold(&page(&short, &RIGHT)), None, "narrow");
        let two = page(&LEFT, &RIGHT);
        let three: String = two.lines().map(|line| format!("{line:<90}more of it\n")).collect();
        assert_eq!(unfold(&three), None, "three columns");
        assert_eq!(unfold(&"A sentence.  Another of the same kind.\n".repeat(9)), None);
    }
}
