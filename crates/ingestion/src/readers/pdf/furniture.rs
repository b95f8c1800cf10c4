//! What stands on pages and is no part of the report: running heads and feet, page numbers, and
//! tables of contents. Heads and feet are known by repetition near the same edge of several pages,
//! page numbers by keeping step with the pages, contents by the dots that lead to a number. Each
//! line keeps the reason; nothing is dropped.

use std::collections::HashMap;

use super::lines::Line;

/// The reasons.
pub(super) const RUNNING_HEAD: &str = "running head";
pub(super) const PAGE_NUMBER: &str = "page number";
pub(super) const CONTENTS: &str = "table of contents";

/// How many lines from the head and from the foot of a page may be furniture.
const LINES: usize = 3;

/// How far from the edge they may stand, in parts of the page's height.
const MARGIN: f32 = 0.16;

/// How far the same furniture may shift from page to page, in points.
const SHIFT: f32 = 6.0;

/// How many dots lead to a page number.
const LEADERS: usize = 5;

/// The lines of a page, as far as they are known.
pub(super) struct PageLines {
    pub(super) lines: Vec<Line>,
    pub(super) height: f32,
    /// The number printed on the page.
    pub(super) label: Option<String>,
}

/// A line's place: its page, and its index there.
type Place = (usize, usize);

/// A line that may bear its page's number: its place, and the number as printed.
type Numbered = (usize, usize, String);

/// Marks furniture, and finds the numbers printed on the pages.
pub(super) fn mark(pages: &mut [PageLines]) {
    let edges: Vec<Place> = (0..pages.len())
        .flat_map(|page| at_edges(&pages[page]).into_iter().map(move |line| (page, line)))
        .collect();
    number_pages(pages, &edges);
    mark_repeated(pages, &edges);
    for page in pages {
        mark_contents(&mut page.lines);
    }
}

/// The lines near the head and the foot of a page, by height.
fn at_edges(page: &PageLines) -> Vec<usize> {
    let mut by_height: Vec<usize> = (0..page.lines.len()).collect();
    by_height.sort_by(|a, b| page.lines[*b].y.total_cmp(&page.lines[*a].y));
    let head = by_height.iter().take(LINES * 2);
    let head = head.filter(|at| page.lines[**at].y > page.height * (1.0 - MARGIN));
    let foot = by_height.iter().rev().take(LINES);
    let foot = foot.filter(|at| page.lines[**at].y < page.height * MARGIN);
    let mut edges: Vec<usize> = head.chain(foot).copied().collect();
    edges.sort_unstable();
    edges.dedup();
    edges
}

/// Finds the numbers that keep step with the pages.
fn number_pages(pages: &mut [PageLines], edges: &[Place]) {
    let mut shapes: HashMap<String, usize> = HashMap::new();
    for &(page, at) in edges {
        *shapes.entry(shape(&pages[page].lines[at].text)).or_default() += 1;
    }
    let mut votes: HashMap<(bool, i64), Vec<Numbered>> = HashMap::new();
    for &(page, at) in edges {
        let text = &pages[page].lines[at].text;
        let recurs = shapes.get(&shape(text)).is_some_and(|count| *count > 1);
        let alone = text.chars().filter(|c| c.is_alphabetic()).count() <= 4;
        for (label, number, roman) in numbers(text) {
            if !recurs && !alone {
                continue;
            }
            let step = number - page as i64;
            let pages = votes.entry((roman, step)).or_default();
            if pages.last().is_none_or(|(last, ..)| *last != page) {
                pages.push((page, at, label));
            }
        }
    }
    let needed = if pages.len() < 3 { pages.len() } else { 3.max(pages.len() / 4).min(10) };
    let mut kept: Vec<_> = votes.into_iter().filter(|(_, found)| found.len() >= needed).collect();
    kept.sort_by_key(|((roman, step), found)| (std::cmp::Reverse(found.len()), *roman, *step));
    for (_, found) in kept {
        // One page alone proves nothing; there its number stays in the text.
        if found.len() < 2 {
            continue;
        }
        for (page, at, label) in found {
            if pages[page].label.is_some() {
                continue;
            }
            let line = &mut pages[page].lines[at];
            let letters = line.text.chars().filter(|c| c.is_alphabetic()).count();
            let is_alone = line.text.trim_matches(|c: char| !c.is_alphanumeric()) == label
                || line.text.to_lowercase().starts_with("page ") && letters <= 10;
            line.aside = Some(if is_alone { PAGE_NUMBER } else { RUNNING_HEAD });
            pages[page].label = Some(label);
        }
    }
}

/// Numbers a line begins or ends with: as printed, their value, and whether they are Roman.
fn numbers(text: &str) -> Vec<(String, i64, bool)> {
    if text.chars().count() > 80 {
        return Vec::new();
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = [words.first(), words.last()];
    let mut found: Vec<(String, i64, bool)> = ends
        .into_iter()
        .flatten()
        .filter_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if word.len() <= 4 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit()) {
                return Some((word.to_owned(), word.parse().ok()?, false));
            }
            (words.len() == 1).then(|| roman(word).map(|n| (word.to_owned(), n, true)))?
        })
        .collect();
    found.dedup();
    found
}

/// The value of a small Roman number.
pub(super) fn roman(word: &str) -> Option<i64> {
    let value = |c: char| match c.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        _ => None,
    };
    if word.is_empty() || word.len() > 8 {
        return None;
    }
    let values: Vec<i64> = word.chars().map(value).collect::<Option<_>>()?;
    let next = values.iter().skip(1).chain([&0]);
    Some(values.iter().zip(next).map(|(a, b)| if a < b { -a } else { *a }).sum())
}

/// Marks what is repeated at the same height of several pages, its digits left aside.
fn mark_repeated(pages: &mut [PageLines], edges: &[Place]) {
    let mut groups: HashMap<String, Vec<(Place, f32)>> = HashMap::new();
    for &(page, at) in edges {
        let line = &pages[page].lines[at];
        let shape = shape(&line.text);
        if shape.chars().any(char::is_alphabetic) {
            groups.entry(shape).or_default().push(((page, at), line.y));
        }
    }
    let needed = if pages.len() < 4 { 2 } else { 3 };
    for group in groups.into_values() {
        for ((page, at), y) in &group {
            let same = group
                .iter()
                .filter(|((other, _), height)| other == page || (height - y).abs() <= SHIFT);
            let mut on: Vec<usize> = same.map(|((page, _), _)| *page).collect();
            on.dedup();
            let line = &mut pages[*page].lines[*at];
            let stated = line.artifact && on.len() >= 2;
            if (on.len() >= needed || stated) && line.aside.is_none() {
                line.aside = Some(RUNNING_HEAD);
            }
        }
    }
}

/// A line's text with every number as one sign.
fn shape(text: &str) -> String {
    let mut shape = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if shape.ends_with('#') => {}
            '0'..='9' => shape.push('#'),
            c if c.is_whitespace() => {}
            c => shape.extend(c.to_lowercase()),
        }
    }
    shape
}

/// Marks a table of contents: lines with leaders, and what stands between and directly above them.
fn mark_contents(lines: &mut [Line]) {
    let led: Vec<usize> = (0..lines.len()).filter(|at| has_leaders(&lines[*at].text)).collect();
    let Some(first) = led.first() else { return };
    let mut runs: Vec<(usize, usize)> = vec![(*first, *first)];
    for at in led.iter().skip(1) {
        match runs.last_mut() {
            Some((_, end)) if at - *end <= 4 => *end = *at,
            _ => runs.push((*at, *at)),
        }
    }
    for (start, end) in runs {
        if end == start {
            continue;
        }
        let head = (0..start).rev().take(4).take_while(|at| is_head_of_contents(&lines[*at].text));
        let start = head.last().unwrap_or(start);
        for line in lines.iter_mut().take(end + 1).skip(start) {
            line.aside.get_or_insert(CONTENTS);
        }
    }
}

/// Whether dots lead on to a number in this line.
pub(super) fn has_leaders(text: &str) -> bool {
    let mut dots = 0;
    for c in text.chars() {
        match c {
            '.' => dots += 1,
            '…' => dots += 3,
            ' ' => {}
            _ => dots = 0,
        }
        if dots >= LEADERS {
            return true;
        }
    }
    false
}

fn is_head_of_contents(text: &str) -> bool {
    let known = ["contents", "table", "of", "paragraphs", "paragraph", "page", "pages", "chapter"];
    text.split_whitespace().all(|word| known.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_roman_numbers_are_read() {
        assert_eq!(roman("iv"), Some(4));
        assert_eq!(roman("XII"), Some(12));
        assert_eq!(roman("mix"), None);
        assert_eq!(roman(""), None);
    }

    #[test]
    fn leaders_are_dots_that_lead() {
        assert!(has_leaders("Introduction ........ 3"));
        assert!(has_leaders("A. Law . . . . . 12"));
        assert!(!has_leaders("and so on ..."));
    }

    #[test]
    fn numbers_stand_at_the_ends_of_a_line() {
        let values = |text: &str| numbers(text).into_iter().map(|n| n.1).collect::<Vec<_>>();
        assert_eq!(values("GE.10-12722 5"), [5]);
        assert_eq!(values("- 7 -"), Vec::<i64>::new());
        assert_eq!(values("iv"), [4]);
        assert_eq!(values("A/HRC/14/10"), Vec::<i64>::new());
    }
}
