//! Footnotes: what is set smaller than the text at the foot of a page, from the first line that
//! begins with a mark.

use super::lines::Line;

/// How much smaller than the text a note is set, at least.
const SMALLER: f32 = 0.96;

/// Longest line below the notes, in characters.
const IMPRINT: usize = 20;

/// What a line is at the foot of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foot {
    /// No part of it.
    Above,
    /// A note's.
    Note,
    /// Below the notes: the number of the printing job, on a cover.
    Imprint,
}

/// What the lines of a page are. `open` says whether the page before ended within a note.
pub(super) fn find(lines: &[Line], body: f32, open: bool) -> Vec<Foot> {
    let mut feet = vec![Foot::Above; lines.len()];
    for column in 0..=2 {
        let mut of_column: Vec<usize> = (0..lines.len())
            .filter(|at| lines[*at].column == column && lines[*at].aside.is_none())
            .collect();
        of_column.sort_by(|a, b| lines[*a].y.total_cmp(&lines[*b].y));
        let is_small = |at: &usize| lines[*at].size < SMALLER * body;
        let below = of_column.iter().take_while(|at| !is_small(at));
        let below = below.take_while(|at| lines[**at].text.chars().count() <= IMPRINT).count();
        let below = if below == 1 { 1 } else { 0 };
        let small = of_column.iter().skip(below).take_while(|at| is_small(at));
        let small: Vec<usize> = small.copied().collect();
        let last = small.iter().rposition(|at| split_mark(&lines[*at]).is_some());
        let all = open && small.len() < of_column.len() && last.is_some();
        let end = if all { small.len() } else { last.map_or(0, |last| last + 1) };
        for at in &small[..end] {
            feet[*at] = Foot::Note;
        }
        if end > 0 {
            of_column[..below].iter().for_each(|at| feet[*at] = Foot::Imprint);
        }
    }
    feet
}

/// The mark a note's line begins with, and its text without it.
pub(super) fn split_mark(line: &Line) -> Option<(String, String)> {
    if let Some(mark) = &line.mark {
        let label = mark.trim_matches(|c: char| matches!(c, '/' | '.' | ')'));
        return (label.chars().count() <= 4).then(|| (label.to_owned(), line.text.clone()));
    }
    let stars = line.text.chars().take_while(|c| matches!(c, '*' | '†' | '‡' | '§')).count();
    if stars > 0 {
        let end = line.text.char_indices().nth(stars).map_or(line.text.len(), |(at, _)| at);
        let (mark, rest) = line.text.split_at(end);
        let fits = stars <= 4 && rest.chars().any(char::is_alphanumeric);
        return fits.then(|| (mark.to_owned(), rest.trim_start().to_owned()));
    }
    let (first, rest) = line.text.split_once(' ')?;
    let digits = first.strip_suffix(['/', '.', ')']).unwrap_or(first);
    let fits =
        !digits.is_empty() && digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit());
    let opens = rest.starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '('));
    (fits && opens).then(|| (digits.to_owned(), rest.to_owned()))
}
