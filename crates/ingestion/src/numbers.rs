//! The numbers printed before paragraphs, where a series has them: which block begins with one,
//! which block is nothing but one, and to which paragraphs they belong. The number becomes a small
//! block of its own beside the prose, so that what is quoted is the prose alone and nothing of the
//! source is lost; the paragraph carries it as its label. Layout is [`crate::arrange`]'s work.
//!
//! A number is taken for what is printed only where it fits: paragraphs count upwards, and a list
//! within a paragraph begins at 1 again. An item of such a list is labelled by both numbers,
//! `56 (3)` or `3 (a)`: its own alone would lead to another paragraph. What does not fit stays text.

use std::collections::HashSet;

use crate::profiles::Pattern;
use crate::readers::{RawBlock, Shape};

/// How many numbers may be missing between two paragraphs: a reader may have lost one.
const MISSING: u32 = 2;

/// What the numbering says of one block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Numbering {
    /// It begins with the number that this label is made from; so many bytes are the number.
    Opens { bytes: usize, label: String, item: bool },
    /// It is nothing but a number, that of the next block of the report.
    Alone,
    /// It belongs to the paragraph with this label.
    Within { label: String, item: bool },
}

/// How a block of a source stands to the report's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Text of the report.
    Text,
    /// A heading: no paragraph goes on across it.
    Heading,
    /// Set aside: a paragraph may go on after it.
    Aside,
}

/// The numbers before the paragraphs of a report, one answer a block.
pub(crate) fn numbering(
    blocks: &[RawBlock],
    pattern: &Pattern,
    standing: impl Fn(usize) -> Standing,
) -> Vec<Option<Numbering>> {
    let found: Vec<Option<Found<'_>>> =
        blocks.iter().map(|block| Found::in_block(block, pattern)).collect();
    let mut again = Vec::with_capacity(found.len());
    let mut later = HashSet::new();
    for found in found.iter().rev() {
        let number = found.as_ref().and_then(|found| found.plain());
        again.push(number.is_some_and(|n| !later.insert(n)));
    }
    again.reverse();
    let mut walk = Walk::default();
    let mut answers: Vec<Option<Numbering>> = vec![None; blocks.len()];
    for (at, block) in blocks.iter().enumerate() {
        match standing(at) {
            Standing::Aside => continue,
            Standing::Heading => walk.leave_paragraph(),
            Standing::Text => {
                let label = found[at].as_ref().and_then(|f| walk.label(f, again[at]));
                match (&found[at], label) {
                    (Some(found), Some((label, item))) if found.bytes == block.text.len() => {
                        walk.alone = Some((at, label, item));
                    }
                    (Some(found), Some((label, item))) if found.bytes == 0 => {
                        walk.alone = None;
                        walk.last = Some(label.clone());
                        answers[at] = Some(Numbering::Within { label, item });
                    }
                    (Some(found), Some((label, item))) => {
                        walk.alone = None;
                        walk.last = Some(label.clone());
                        answers[at] = Some(Numbering::Opens { bytes: found.bytes, label, item });
                    }
                    _ => answers[at] = walk.without_number(block, &mut answers),
                }
                walk.broken_off = !ends_a_sentence(&block.text);
            }
        }
    }
    answers
}

/// A number that a block begins with.
struct Found<'a> {
    /// What is printed, without the full stop.
    printed: &'a str,
    /// Whether it counts the items of a list, as `(a)` does.
    item: bool,
    /// How many bytes it takes.
    bytes: usize,
}

impl<'a> Found<'a> {
    fn in_block(block: &'a RawBlock, pattern: &Pattern) -> Option<Self> {
        if !matches!(block.shape, Shape::Paragraph | Shape::Line | Shape::ListItem(_)) {
            return None;
        }
        // A reader that sees the layout may have taken the number off the text already.
        if let Some(printed) = block.label.as_deref() {
            let item = !printed.starts_with(|c: char| c.is_ascii_digit());
            return Some(Self { printed, item, bytes: 0 });
        }
        let groups = pattern.captures(&block.text)?;
        let whole = groups.get(0).filter(|whole| whole.start() == 0)?;
        let bytes = whole.as_str().trim_end().len();
        let (printed, item) = match (groups.name("label"), groups.name("item")) {
            (Some(label), _) => (label, false),
            (None, item) => (item?, true),
        };
        // The number must be parted from the prose by a space, which becomes the border of blocks.
        let rest = &block.text[bytes..];
        (bytes > 0 && (rest.is_empty() || rest.starts_with(' '))).then_some(Self {
            printed: printed.as_str(),
            item,
            bytes,
        })
    }

    /// The number, where it is one without parts.
    fn plain(&self) -> Option<u32> {
        (!self.item).then(|| self.printed.parse().ok()).flatten()
    }
}

/// Where the walk over a report's blocks has come to.
#[derive(Default)]
struct Walk {
    /// Number of the last paragraph.
    paragraph: u32,
    /// Number of the last item of the list within it.
    nested: Option<u32>,
    /// Label of the paragraph or numbered item that is open.
    open: Option<String>,
    /// Label of the block before.
    last: Option<String>,
    /// A number alone, whose paragraph is still to come.
    alone: Option<(usize, String, bool)>,
    /// Whether the block before ended within a sentence.
    broken_off: bool,
}

impl Walk {
    fn leave_paragraph(&mut self) {
        (self.open, self.nested, self.last, self.alone) = (None, None, None, None);
        self.broken_off = false;
    }

    /// The label that a number makes here, and whether it is that of a list's lettered item.
    fn label(&mut self, found: &Found<'_>, again: bool) -> Option<(String, bool)> {
        if found.item {
            let label = format!("{} {}", self.open.as_ref()?, found.printed);
            return Some((label, true));
        }
        let Some(number) = found.plain() else {
            return self.parted(found.printed);
        };
        let first = self.paragraph == 0;
        let next = self.paragraph + 1;
        let goes_on = first || (next..=next + MISSING).contains(&number);
        let in_list = self.open.is_some()
            && match self.nested {
                Some(before) => (before + 1..=before + 1 + MISSING).contains(&number),
                None => number == 1,
            };
        // Both fit: a number that comes again was the list's.
        let is_paragraph = goes_on && (!in_list || number == next && !again);
        if is_paragraph {
            (self.paragraph, self.nested) = (number, None);
            self.open = Some(found.printed.to_owned());
        } else if in_list {
            self.nested = Some(number);
            self.open = Some(format!("{} ({number})", self.paragraph));
        } else {
            return None;
        }
        self.open.clone().map(|label| (label, false))
    }

    /// The label of a number with parts, `84.6`: that of a paragraph within the last one.
    fn parted(&mut self, printed: &str) -> Option<(String, bool)> {
        let paragraph: u32 = printed.split('.').next()?.parse().ok()?;
        if paragraph.abs_diff(self.paragraph) > 1 {
            return None;
        }
        self.paragraph = paragraph.max(self.paragraph);
        self.nested = None;
        self.open = Some(printed.to_owned());
        Some((printed.to_owned(), false))
    }

    /// What a block without a number belongs to.
    fn without_number(
        &mut self,
        block: &RawBlock,
        answers: &mut [Option<Numbering>],
    ) -> Option<Numbering> {
        if let Some(printed) = &block.label {
            // Its reader took the number off the text; it goes on counting from there.
            if let Ok(number) = printed.parse() {
                (self.paragraph, self.nested) = (number, None);
            }
            self.open = Some(printed.clone());
            (self.last, self.alone) = (None, None);
            return None;
        }
        if let Some((at, label, item)) = self.alone.take() {
            answers[at] = Some(Numbering::Alone);
            self.last = Some(label.clone());
            return Some(Numbering::Within { label, item });
        }
        let in_list = matches!(block.shape, Shape::ListItem(_));
        let goes_on = self.broken_off && block.text.starts_with(char::is_lowercase);
        if in_list || goes_on {
            let last = self.last.as_ref().filter(|_| goes_on).or(self.open.as_ref());
            return last.cloned().map(|label| Numbering::Within { label, item: false });
        }
        None
    }
}

fn ends_a_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', ':', ';', '”', '"', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profiles::Profiles;

    /// The labels of these blocks; a block that starts with `#` stands for a heading, with `~` for
    /// one set aside.
    fn labels(blocks: &[&str]) -> Vec<String> {
        let pattern = Profiles::built_in()
            .find_series("un-upr")
            .and_then(|series| series.numbered_paragraphs.as_ref())
            .expect("a profile with numbered paragraphs");
        let raw: Vec<RawBlock> =
            blocks.iter().map(|text| RawBlock::new(Shape::Paragraph, (*text).into())).collect();
        let answers = numbering(&raw, pattern, |at| match blocks[at].as_bytes()[0] {
            b'#' => Standing::Heading,
            b'~' => Standing::Aside,
            _ => Standing::Text,
        });
        let shown = answers.into_iter().map(|answer| match answer {
            None => "-".to_owned(),
            Some(Numbering::Alone) => "alone".to_owned(),
            Some(Numbering::Opens { label, .. } | Numbering::Within { label, .. }) => label,
        });
        shown.collect()
    }

    #[test]
    fn a_number_in_the_line_or_on_its_own_labels_its_paragraph() {
        let blocks =
            ["# Introduction", "1.", "It met.", "2. It chose.", "3.", "~ page 3", "It asked:"];
        assert_eq!(labels(&blocks), ["-", "alone", "1", "2", "alone", "-", "3"]);
        let items = ["3. It received:", "(a)", "A report;", "(b) A summary."];
        assert_eq!(labels(&items), ["3", "alone", "3 (a)", "3 (b)"]);
        assert_eq!(
            labels(&["84. Put:", "84.1. Ratify;", "84.2.", "Abolish;"])[1..],
            ["84.1", "alone", "84.2"]
        );
    }

    #[test]
    fn numbers_that_a_reader_took_off_the_text_count_like_printed_ones() {
        let pattern = Profiles::built_in()
            .find_series("un-upr")
            .and_then(|series| series.numbered_paragraphs.as_ref())
            .expect("a profile with numbered paragraphs");
        let block = |label: &str| RawBlock {
            label: Some(label.to_owned()),
            ..RawBlock::new(Shape::Paragraph, "It met.".into())
        };
        let raw: Vec<RawBlock> = ["1", "2", "1", "2", "3", "3"].map(block).into();
        let labels: Vec<String> = numbering(&raw, pattern, |_| Standing::Text)
            .into_iter()
            .filter_map(|answer| match answer {
                Some(Numbering::Within { label, .. }) => Some(label),
                _ => None,
            })
            .collect();
        assert_eq!(labels, ["1", "2", "2 (1)", "2 (2)", "2 (3)", "3"]);
    }

    #[test]
    fn a_list_within_a_paragraph_counts_for_itself_even_past_the_next_paragraph() {
        let blocks = ["2. Accepted:", "1. One;", "2. Two;", "3. Three;", "4. Four.", "3. Noted."];
        assert_eq!(labels(&blocks), ["2", "2 (1)", "2 (2)", "2 (3)", "2 (4)", "3"]);
    }

    #[test]
    fn what_does_not_fit_is_no_number_of_a_paragraph() {
        let blocks =
            ["21. It said", "169. cases were open.", "22. It went on.", "# Annex", "1. Mr. A"];
        assert_eq!(labels(&blocks), ["21", "-", "22", "-", "-"]);
        assert_eq!(labels(&["1.", "# Annex"]), ["-", "-"]);
        assert_eq!(labels(&["2012. A year", "1.5 million", "(see)"]), ["-", "-", "-"]);
    }

    #[test]
    fn a_paragraph_broken_by_a_page_goes_on() {
        let blocks = ["8. It noted that", "~ A/HRC/1/2", "all could enjoy it.", "New words."];
        assert_eq!(labels(&blocks), ["8", "-", "8", "-"]);
    }
}
