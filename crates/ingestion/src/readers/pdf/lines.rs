//! Characters with places become lines in reading order: characters on one baseline, with what is
//! raised above it; two columns one after the other where the page has them; spaces where the page
//! shows them. What a line means is not asked here.

use super::columns;
use super::content::{Page, Placed};

/// How far two characters of one baseline may stand apart in height, in sizes.
const JITTER: f32 = 0.2;

/// How far a smaller character may be raised or lowered and still belong to a line, in its sizes.
const RAISED: f32 = 0.6;

/// Gaps that part words, in sizes: where the page draws its spaces, and where it does not.
const GAP_BESIDE_SPACES: f32 = 0.3;
const GAP: f32 = 0.16;

/// A gap as a tabulator makes it, in sizes.
const TAB: f32 = 0.6;

/// A line of text on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    /// Its text, without the mark raised before it.
    pub(super) text: String,
    /// What is raised before it: the mark of a footnote.
    pub(super) mark: Option<String>,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Its baseline, from the foot of the page.
    pub(super) y: f32,
    /// The size most of it is set in.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Whether the page's own marks say that it is no part of the text.
    pub(super) artifact: bool,
    /// How wide its first word is.
    pub(super) first_word: f32,
    /// Whether a tabulator's gap follows its first word.
    pub(super) tab_after_first: bool,
    /// Which column it stands in; 0 on a page, or a part of one, without columns.
    pub(super) column: u8,
    /// Why it is no part of the report.
    pub(super) aside: Option<&'static str>,
}

/// Characters on one baseline.
#[derive(Clone, Debug)]
pub(super) struct Band {
    pub(super) y: f32,
    pub(super) size: f32,
    /// From left to right.
    pub(super) characters: Vec<Placed>,
}

/// The lines of a page in reading order.
pub(super) fn of_page(page: &Page) -> Vec<Line> {
    columns::in_order(bands(&page.characters))
        .iter()
        .filter_map(|(band, column)| line(band, *column))
        .collect()
}

/// Characters by baseline, from the head of the page to its foot.
fn bands(characters: &[Placed]) -> Vec<Band> {
    let mut sorted: Vec<Placed> = characters.to_vec();
    sorted.sort_by(|a, b| b.y.total_cmp(&a.y));
    let mut bands: Vec<Band> = Vec::new();
    for placed in sorted {
        match bands.last_mut() {
            Some(band) if band.y - placed.y <= JITTER * band.size.min(placed.size) => {
                band.characters.push(placed);
            }
            _ => bands.push(Band { y: placed.y, size: placed.size, characters: vec![placed] }),
        }
    }
    bands.retain(|band| band.characters.iter().any(|placed| !placed.c.is_whitespace()));
    for band in &mut bands {
        band.characters.sort_by(|a, b| a.x.total_cmp(&b.x));
        band.size = main_size(&band.characters);
    }
    let mut bands = with_raised(bands);
    for band in &mut bands {
        drop_overprints(&mut band.characters);
    }
    bands
}

/// The size most characters are set in.
fn main_size(characters: &[Placed]) -> f32 {
    let shown = || characters.iter().filter(|placed| !placed.c.is_whitespace());
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for placed in shown() {
        match sizes.iter_mut().find(|(size, _)| (*size - placed.size).abs() < 0.05) {
            Some((_, count)) => *count += 1,
            None => sizes.push((placed.size, 1)),
        }
    }
    let most = sizes.iter().max_by_key(|(_, count)| *count);
    most.or(sizes.first()).map_or(1.0, |(size, _)| *size)
}

/// Puts what is raised or lowered, and smaller, into the line it stands beside.
fn with_raised(bands: Vec<Band>) -> Vec<Band> {
    let mut home: Vec<usize> = (0..bands.len()).collect();
    for (at, band) in bands.iter().enumerate() {
        let near = |other: usize| -> Option<f32> {
            let line = bands.get(other)?;
            let distance = (line.y - band.y).abs();
            let smaller = band.size < 0.87 * line.size;
            let may_be = smaller && distance <= RAISED * line.size;
            (may_be && stands_beside(band, line)).then_some(distance)
        };
        let reach = at.saturating_sub(3)..(at + 4).min(bands.len());
        let nearest = reach
            .filter(|other| *other != at)
            .filter_map(|other| near(other).map(|distance| (other, distance)))
            .min_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((other, _)) = nearest {
            home[at] = other;
        }
    }
    let mut merged = bands.clone();
    for (at, band) in bands.into_iter().enumerate() {
        // A band whose own home has moved on stays where it is.
        if home[at] != at && home[home[at]] == home[at] {
            merged[home[at]].characters.extend(band.characters);
            merged[at].characters.clear();
        }
    }
    merged.retain(|band| !band.characters.is_empty());
    for band in &mut merged {
        band.characters.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    merged
}

/// How far the text of a note may stand from its mark, in sizes.
const AFTER_MARK: f32 = 3.0;

/// Most characters that marks beside one line hold together.
const MARKS: usize = 16;

/// Whether what a small band holds are marks set beside the words of a line, and not a line of its
/// own that happens to stand near.
fn stands_beside(band: &Band, line: &Band) -> bool {
    let reach = 0.5 * line.size;
    let touches = |placed: &Placed| {
        let near = |other: &Placed| {
            (other.end - placed.x).abs() <= reach || (other.x - placed.end).abs() <= reach
        };
        line.characters.iter().filter(|other| !other.c.is_whitespace()).any(near)
    };
    let words = |band: &'_ Band| -> Vec<Placed> {
        band.characters.iter().filter(|placed| !placed.c.is_whitespace()).copied().collect()
    };
    let (marks, text) = (words(band), words(line));
    let (Some(first), Some(last), Some(opens)) = (marks.first(), marks.last(), text.first()) else {
        return false;
    };
    // The mark of a note may be parted from it by a tabulator.
    let leads = (-reach..=AFTER_MARK * line.size).contains(&(opens.x - last.end));
    marks.len() <= MARKS && (leads || touches(first))
}

/// Drops a character drawn a second time over itself, as some programs do to make it bold.
fn drop_overprints(characters: &mut Vec<Placed>) {
    let mut kept: Vec<Placed> = Vec::with_capacity(characters.len());
    for placed in characters.drain(..) {
        let again = kept.iter().rev().take(3).any(|other| {
            let wide = other.end - other.x;
            other.c == placed.c
                && wide > 0.0
                && !placed.c.is_whitespace()
                && (other.x - placed.x).abs() < 0.3 * wide
                && (other.y - placed.y).abs() < 0.1 * placed.size
        });
        if !again {
            kept.push(placed);
        }
    }
    *characters = kept;
}

/// Makes the line of a band.
fn line(band: &Band, column: u8) -> Option<Line> {
    let shown: Vec<&Placed> = band.characters.iter().filter(|p| !p.c.is_whitespace()).collect();
    let (first, last) = (shown.first()?, shown.last()?);
    let (size, y) = (band.size, band.y);
    let count = |holds: fn(&Placed) -> bool| shown.iter().filter(|p| holds(p)).count();
    let mut line = Line {
        text: String::with_capacity(band.characters.len()),
        mark: None,
        left: first.x,
        right: last.end,
        y,
        size,
        bold: count(|p| p.bold) * 10 > shown.len() * 8,
        artifact: count(|p| p.artifact) == shown.len(),
        first_word: 0.0,
        tab_after_first: false,
        column,
        aside: None,
    };
    line.compose(&band.characters);
    Some(line)
}

impl Line {
    /// Sets spaces between the words, and takes off the mark raised before them.
    fn compose(&mut self, characters: &[Placed]) {
        let has_spaces = characters.iter().any(|p| p.c == ' ');
        let gap = if has_spaces { GAP_BESIDE_SPACES } else { GAP };
        let is_raised = |p: &Placed| p.size < 0.8 * self.size && p.y > self.y + 0.15 * self.size;
        let (mut before, mut space): (Option<Placed>, bool) = (None, false);
        let (mut mark, mut in_mark, mut words) = (String::new(), true, 0);
        for placed in characters {
            if placed.c.is_whitespace() {
                space = true;
                continue;
            }
            let raised = is_raised(placed);
            let distance = before.map_or(0.0, |b| placed.x - b.end);
            let apart = space || distance > gap * self.size.min(placed.size * 1.5);
            if in_mark && raised && !apart {
                mark.push(placed.c);
                before = Some(*placed);
                continue;
            }
            if in_mark && !mark.is_empty() {
                self.left = placed.x;
            }
            let starts = in_mark;
            in_mark = false;
            if !starts && apart {
                if words == 0 {
                    let end = before.map_or(self.left, |b| b.end);
                    self.first_word = end - self.left;
                    self.tab_after_first = placed.x - end > TAB * self.size;
                }
                words += 1;
                self.text.push(' ');
            }
            let after_digit = self.text.ends_with(|c: char| c.is_ascii_digit());
            self.text.push(if raised && after_digit { superscript(placed.c) } else { placed.c });
            space = false;
            before = Some(*placed);
        }
        if self.text.is_empty() {
            std::mem::swap(&mut self.text, &mut mark);
        }
        if words == 0 {
            self.first_word = self.right - self.left;
        }
        self.mark = Some(mark).filter(|mark| !mark.is_empty());
    }

    /// Its text with the mark before it, as the page shows it.
    pub(super) fn whole(&self) -> String {
        match &self.mark {
            Some(mark) => format!("{mark} {}", self.text),
            None => self.text.clone(),
        }
    }
}

/// A digit raised after a digit, so that a note's mark does not become part of a number.
fn superscript(c: char) -> char {
    match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + (c as u32 - '0' as u32)).unwrap_or(c),
        _ => c,
    }
}
