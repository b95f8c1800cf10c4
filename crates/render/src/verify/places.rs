//! Places in a draft as people and editors count them: line (or paragraph) and character.

use super::{DraftPlaces, DraftReport};

/// The beginnings of a draft's lines or paragraphs.
pub(super) struct Places<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

/// A line or paragraph and a character of it, both from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl<'a> Places<'a> {
    pub(super) fn of(report: &DraftReport<'a>) -> Self {
        let border = match report.places {
            DraftPlaces::Lines => "\n",
            DraftPlaces::Paragraphs => "\n\n",
        };
        let after = report.text.match_indices(border).map(|(at, found)| at + found.len());
        Self { text: report.text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The place of a byte; of the end for one beyond it.
    pub(super) fn at(&self, byte: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= byte).max(1);
        let start = self.starts[line - 1];
        let before = self.text.get(start..byte).unwrap_or_default();
        Place { line, column: before.chars().count() + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_paragraphs_are_counted_from_one_in_characters() {
        let report = |places| DraftReport {
            name: "d",
            text: "é “a”\n\nb\nc",
            places,
            quotations: &[],
            paraphrases: &[],
            faults: &[],
        };
        let lines = Places::of(&report(DraftPlaces::Lines));
        assert_eq!(lines.at(6), Place { line: 1, column: 4 });
        assert_eq!(lines.at(14), Place { line: 4, column: 1 });
        let paragraphs = Places::of(&report(DraftPlaces::Paragraphs));
        assert_eq!(paragraphs.at(14), Place { line: 2, column: 3 });
        assert_eq!(paragraphs.at(999).line, 2);
    }
}
