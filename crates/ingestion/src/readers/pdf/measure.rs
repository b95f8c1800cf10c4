//! What the lines of a document have in common: the size of its text, its margins, the distance
//! between its lines, and whether its paragraphs are parted by space.

use std::collections::HashMap;

use super::furniture::PageLines;
use super::lines::Line;

/// Measures of a document.
pub(super) struct Measure {
    /// The size most of the text is set in.
    pub(super) size: f32,
    /// Whether most of the text is bold.
    bold: bool,
    /// Distance of lines, in sizes.
    leading: f32,
    /// Whether space parts the paragraphs.
    pub(super) by_spacing: bool,
    /// Left and right edge of each page's columns.
    edges: HashMap<(usize, u8), (f32, f32)>,
}

impl Measure {
    pub(super) fn of(pages: &[PageLines]) -> Self {
        let lines = || pages.iter().flat_map(|p| &p.lines).filter(|line| line.aside.is_none());
        let mut sizes: HashMap<i64, usize> = HashMap::new();
        let mut bold = 0i64;
        for line in lines() {
            let length = line.text.len();
            *sizes.entry((line.size * 10.0).round() as i64).or_default() += length;
            bold += length as i64 * if line.bold { 1 } else { -1 };
        }
        let most = sizes.iter().max_by_key(|(size, length)| (**length, **size));
        let size = most.map_or(10.0, |(size, _)| *size as f32 / 10.0);
        let mut measure =
            Self { size, bold: bold > 0, leading: 1.2, by_spacing: false, edges: HashMap::new() };
        measure.measure_edges(pages);
        measure.measure_leading(pages);
        measure
    }

    fn measure_edges(&mut self, pages: &[PageLines]) {
        let mut counts: HashMap<(usize, u8), usize> = HashMap::new();
        let mut widest: HashMap<u8, (f32, f32)> = HashMap::new();
        for (at, page) in pages.iter().enumerate() {
            for line in &page.lines {
                if line.aside.is_some() || !self.is_text_size(line) {
                    continue;
                }
                for edge in [
                    self.edges.entry((at, line.column)).or_insert((line.left, line.right)),
                    widest.entry(line.column).or_insert((line.left, line.right)),
                ] {
                    *edge = (edge.0.min(line.left), edge.1.max(line.right));
                }
                *counts.entry((at, line.column)).or_default() += 1;
            }
        }
        for (place, edge) in &mut self.edges {
            if counts.get(place).is_none_or(|count| *count < 5)
                && let Some(all) = widest.get(&place.1)
            {
                *edge = *all;
            }
        }
    }

    fn measure_leading(&mut self, pages: &[PageLines]) {
        let mut distances: Vec<f32> = Vec::new();
        for page in pages {
            for pair in page.lines.windows(2) {
                if let [above, line] = pair
                    && above.aside.is_none()
                    && line.aside.is_none()
                    && above.column == line.column
                    && self.is_text_size(above)
                    && self.is_text_size(line)
                    && above.y > line.y
                {
                    distances.push((above.y - line.y) / self.size);
                }
            }
        }
        distances.sort_by(f32::total_cmp);
        if let Some(median) = distances.get(distances.len() / 2) {
            self.leading = median.clamp(0.9, 2.6);
        }
        let wide = distances.iter().filter(|d| **d > self.leading + 0.3).count();
        self.by_spacing = wide * 12 > distances.len();
    }

    fn is_text_size(&self, line: &Line) -> bool {
        (line.size - self.size).abs() <= 0.06 * self.size
    }

    /// Whether a line is set as headings are: larger than the text, or bold where it is not.
    pub(super) fn is_styled(&self, line: &Line) -> bool {
        line.size > 1.06 * self.size || line.bold && !self.bold
    }

    /// Whether a line stands as the next one below another.
    pub(super) fn is_next_line(&self, above: &Line, line: &Line) -> bool {
        let distance = (above.y - line.y) / line.size.max(above.size);
        let larger = line.size > 1.06 * self.size;
        let most = if larger { self.leading.max(1.3) + 0.3 } else { self.leading + 0.25 };
        (0.0..=most).contains(&distance)
    }

    /// Whether a line could not have taken the first word of the next one.
    pub(super) fn is_full(&self, line: &Line, page: usize, next: &Line) -> bool {
        let right = self.edges.get(&(page, line.column)).map_or(line.right, |edge| edge.1);
        right - line.right < next.first_word + 0.5 * line.size
    }

    /// Whether a line begins to the right of its column's edge.
    pub(super) fn is_indented(&self, line: &Line, page: usize) -> bool {
        let left = self.edges.get(&(page, line.column)).map_or(line.left, |edge| edge.0);
        line.left > left + 0.8 * line.size
    }
}
