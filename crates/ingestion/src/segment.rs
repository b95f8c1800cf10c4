//! Passages: the stretches of a document that are retrieved, quoted and cited.
//!
//! **The size rule.** A paragraph is a passage. One longer than [`LONGEST`] bytes is cut at sentence
//! borders into pieces of nearly equal length. 1,600 bytes are about 250 words: nine in ten
//! paragraphs of the State Department's summaries (2,388 measured: median 661 characters, 90th
//! percentile 1,626) stay whole, which is what people cite, while the longest (7,321) would bury a
//! sentence among fifty others, in ranking and on the page. A sentence is never cut, unless it is
//! longer than [`LONGEST_SENTENCE`] bytes, which no prose is: then at a space.
//!
//! Short list items stay with the line that leads into them, and rows of a table with their
//! neighbours, as far as the size rule allows: alone they say little. Headings are no part of a
//! passage; they travel in its locator as the section path. Nor is the number printed before a
//! paragraph: it travels as the locator's `paragraph_label`, and the passage is the prose. Only where
//! items stand with their lead-in are their numbers between them.

use std::ops::Range;

use model::{
    Block, CharacterRange, Document, Locator, Passage, PassageId, PassagePosition, Role, TextRange,
    Verdict,
};

use crate::sentences::sentences;
use crate::settled::roles;

/// Longest passage, in bytes, unless a single sentence is longer.
pub const LONGEST: usize = 1_600;

/// Longest sentence that is kept whole, in bytes.
pub const LONGEST_SENTENCE: usize = 4 * LONGEST;

/// Longest list item that stays with its lead-in, in bytes.
const SHORT_ITEM: usize = 300;

/// Longest list item without a lead-in that stays with its neighbours, in bytes.
const FRAGMENT: usize = 80;

/// The passages of a document: ordered, not overlapping, together covering all text of the report
/// itself (every block but headings, numbers and what is set aside).
pub fn segment(document: &Document) -> Vec<Passage> {
    segment_under(document, &Verdict::default())
}

/// As [`segment`], by another size: the longest passage in bytes. Places in a document do not depend on
/// it; a library is made with [`LONGEST`].
pub fn segment_sized(document: &Document, longest: usize) -> Vec<Passage> {
    passages_sized(document, &Verdict::default(), longest.max(1)).collect()
}

/// As [`segment`], without the passages that a verdict sets aside. Their paragraphs are counted all
/// the same, so ids and paragraph numbers do not depend on the verdict.
pub fn segment_under(document: &Document, verdict: &Verdict) -> Vec<Passage> {
    passages_under(document, verdict).collect()
}

/// The passages that [`segment_under`] gives, each made when it is asked for.
pub fn passages_under<'d>(
    document: &'d Document,
    verdict: &Verdict,
) -> impl Iterator<Item = Passage> + use<'d> {
    passages_sized(document, verdict, LONGEST)
}

fn passages_sized<'d>(
    document: &'d Document,
    verdict: &Verdict,
    longest: usize,
) -> impl Iterator<Item = Passage> + use<'d> {
    let roles = roles(document, verdict);
    let mut walk = Walk::new(document, longest);
    groups_sized(document, longest).flat_map(move |group| {
        let is_set_aside = roles[group.clone()].iter().any(|role| role.is_set_aside());
        walk.take(&document.blocks()[group], is_set_aside);
        std::mem::take(&mut walk.passages)
    })
}

/// The blocks set aside (chrome and front matter), in the shape of passages so that they can be
/// found when they are asked for. They are no passages: no sentences, no paragraph number.
pub fn set_aside(document: &Document) -> Vec<Passage> {
    set_aside_under(document, &Verdict::default()).collect()
}

/// As [`set_aside`], with the blocks that a verdict sets aside, each made when it is asked for.
pub fn set_aside_under<'d>(
    document: &'d Document,
    verdict: &Verdict,
) -> impl Iterator<Item = Passage> + use<'d> {
    let mut counter = Characters::new(document.text());
    let numbered = (1u32..).zip(document.blocks()).zip(roles(document, verdict));
    numbered.filter(|(_, role)| role.is_set_aside()).map(move |((ordinal, block), role)| Passage {
        id: PassageId::new(
            document.id().clone(),
            PassagePosition::Block { block: ordinal, piece: 0 },
        ),
        role,
        range: block.range,
        text: document.text_of(block).to_owned(),
        sentences: vec![TextRange::new(0, block.range.len())],
        locator: Locator { characters: counter.range(block.range), ..Locator::default() },
    })
}

/// The blocks of a document by what belongs together, as ranges of their places from 0.
pub(crate) fn groups(document: &Document) -> impl Iterator<Item = Range<usize>> {
    groups_sized(document, LONGEST)
}

fn groups_sized(document: &Document, longest: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let from = at;
        document.blocks().get(from)?;
        at += group_at(document, from, longest);
        Some(from..at)
    })
}

/// How many blocks from `at` on belong together: a lead-in and its short items, short rows of one
/// table, a run of fragments; otherwise one.
fn group_at(document: &Document, at: usize, longest: usize) -> usize {
    let blocks = document.blocks();
    let first = &blocks[at];
    let length = |block: &Block| block.range.len();
    let joins: &dyn Fn(&Block) -> bool = match first.role {
        Role::Body if is_lead_in(document.text_of(first)) => {
            &|next: &Block| next.role == Role::ListItem && length(next) <= SHORT_ITEM
        }
        Role::Table => &|next: &Block| next.role == Role::Table,
        Role::ListItem if length(first) <= FRAGMENT => {
            &|next: &Block| next.role == Role::ListItem && length(next) <= FRAGMENT
        }
        _ => return 1,
    };
    let fits = |block: &Block| joins(block) && block.range.end - first.range.start <= longest;
    let mut count = 1;
    loop {
        // The number printed before an item comes with it.
        let rest = &blocks[at + count..];
        let numbers = rest.iter().take_while(|block| block.role == Role::Number).count();
        match rest.get(numbers) {
            Some(next) if fits(next) => count += numbers + 1,
            _ => return count,
        }
    }
}

/// A line that leads into a list: it ends with a colon, or is short and ends no sentence.
fn is_lead_in(text: &str) -> bool {
    text.ends_with(':')
        || (text.len() <= SHORT_ITEM && !text.ends_with(['.', '!', '?', '”', '"', ')', ';']))
}

/// Counts Unicode scalar values up to byte positions that never go back.
struct Characters<'a> {
    text: &'a str,
    bytes: usize,
    characters: usize,
}

impl<'a> Characters<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, bytes: 0, characters: 0 }
    }

    fn up_to(&mut self, byte: usize) -> usize {
        self.characters += self.text.get(self.bytes..byte).map_or(0, |t| t.chars().count());
        self.bytes = byte;
        self.characters
    }

    fn range(&mut self, range: TextRange) -> CharacterRange {
        let start = self.up_to(range.start);
        CharacterRange { start, end: self.up_to(range.end) }
    }
}

/// One walk over a document's blocks: what has been counted and which headings stand above.
struct Walk<'a> {
    document: &'a Document,
    longest: usize,
    characters: Characters<'a>,
    headings: Vec<(u8, String)>,
    titled: bool,
    ordinal: u32,
    paragraph: u32,
    passages: Vec<Passage>,
}

impl<'a> Walk<'a> {
    fn new(document: &'a Document, longest: usize) -> Self {
        Self {
            document,
            longest,
            characters: Characters::new(document.text()),
            headings: Vec::new(),
            titled: false,
            ordinal: 0,
            paragraph: 0,
            passages: Vec::new(),
        }
    }

    /// Takes blocks that belong together.
    fn take(&mut self, group: &[Block], is_set_aside: bool) {
        let [first, ..] = group else { return };
        let ordinal = self.ordinal + 1;
        self.ordinal += group.len() as u32;
        match first.role {
            Role::Heading => self.enter_section(first),
            role if !role.is_passage_text() => {}
            _ => {
                let before = self.paragraph;
                self.paragraph += group.iter().filter(|b| b.role.is_paragraph()).count() as u32;
                let paragraphs = (self.paragraph > before).then_some((before + 1, self.paragraph));
                if !is_set_aside {
                    self.cut(group, ordinal, paragraphs);
                }
            }
        }
    }

    /// The first heading of level 1 is the document's title, and in no section path.
    fn enter_section(&mut self, heading: &Block) {
        self.headings.retain(|(level, _)| *level < heading.level);
        if heading.level <= 1 && !self.titled {
            self.titled = true;
            return;
        }
        let name = self.document.text_of(heading).trim_end_matches(':').to_owned();
        self.headings.push((heading.level, name));
    }

    /// Makes the passages of blocks that belong together.
    fn cut(&mut self, group: &[Block], ordinal: u32, paragraphs: Option<(u32, u32)>) {
        let text = self.document.text();
        let sentences: Vec<TextRange> = self
            .sentences_of(group)
            .into_iter()
            .flat_map(|sentence| cut_sentence(text, sentence))
            .collect();
        let pieces = balance(&sentences, self.longest);
        let cut = pieces.len() > 1;
        for (piece, sentences) in (1u32..).zip(pieces) {
            let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else { continue };
            let range = TextRange::new(first.start, last.end);
            let piece = if cut { piece } else { 0 };
            let position = match paragraphs {
                Some((paragraph, _)) => PassagePosition::Paragraph { paragraph, piece },
                None => PassagePosition::Block { block: ordinal, piece },
            };
            self.push(&group[0], position, range, sentences, paragraphs);
        }
    }

    /// The sentences of blocks that belong together. A number printed before one of them belongs to
    /// its first sentence.
    fn sentences_of(&self, group: &[Block]) -> Vec<TextRange> {
        let mut all = Vec::new();
        let mut number = None;
        for block in group {
            if block.role == Role::Number {
                number = number.or(Some(block.range.start));
                continue;
            }
            let inside = sentences(self.document.text_of(block));
            let at = all.len();
            all.extend(inside.into_iter().map(|sentence| sentence.shifted(block.range.start)));
            if let (Some(start), Some(first)) = (number.take(), all.get_mut(at)) {
                *first = TextRange::new(start, first.end);
            }
        }
        all
    }

    fn push(
        &mut self,
        first: &Block,
        position: PassagePosition,
        range: TextRange,
        sentences: &[TextRange],
        paragraphs: Option<(u32, u32)>,
    ) {
        let within = |s: &TextRange| TextRange::new(s.start - range.start, s.end - range.start);
        let locator = Locator {
            section: self.headings.iter().map(|(_, name)| name.clone()).collect(),
            paragraph: paragraphs.map(|(first, _)| first),
            last_paragraph: paragraphs.and_then(|(first, last)| (last > first).then_some(last)),
            paragraph_label: first.label.clone(),
            page: first.page.clone(),
            characters: self.characters.range(range),
        };
        self.passages.push(Passage {
            id: PassageId::new(self.document.id().clone(), position),
            role: first.role,
            range,
            text: range.of(self.document.text()).unwrap_or("").to_owned(),
            sentences: sentences.iter().map(within).collect(),
            locator,
        });
    }
}

/// A sentence, or, when it is longer than any prose, pieces of it cut at spaces.
fn cut_sentence(text: &str, sentence: TextRange) -> Vec<TextRange> {
    let mut pieces = Vec::new();
    let mut start = sentence.start;
    while sentence.end - start > LONGEST_SENTENCE {
        let mut limit = start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &text[start..limit];
        let (end, next) = match window.rfind(' ') {
            Some(space) if space > 0 => (start + space, start + space + 1),
            _ => (limit, limit),
        };
        pieces.push(TextRange::new(start, end));
        start = next;
    }
    pieces.push(TextRange::new(start, sentence.end));
    pieces
}

/// Shares sentences out to as few pieces as the size rule allows, of nearly equal length.
fn balance(sentences: &[TextRange], longest: usize) -> Vec<&[TextRange]> {
    let (Some(first), Some(last)) = (sentences.first(), sentences.last()) else {
        return Vec::new();
    };
    let length = last.end - first.start;
    let target = length.div_ceil(length.div_ceil(longest).max(1));
    let mut pieces = Vec::new();
    let mut from = 0;
    for at in 1..sentences.len() {
        let piece = sentences[at - 1].end - sentences[from].start;
        let with_next = sentences[at].end - sentences[from].start;
        // Cut where the piece is nearer to its target without the next sentence than with it.
        let past = with_next.saturating_sub(target);
        if with_next > longest || past > target.saturating_sub(piece) {
            pieces.push(&sentences[from..at]);
            from = at;
        }
    }
    pieces.push(&sentences[from..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ContentHash, Metadata};
    use proptest::prelude::*;

    fn document(parts: &[(Role, u8, &str)]) -> Document {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for (role, level, content) in parts {
            if !text.is_empty() {
                text.push('\n');
            }
            let range = TextRange::new(text.len(), text.len() + content.len());
            text.push_str(content);
            let (role, level) = (*role, *level);
            blocks.push(Block { role, range, level, label: None, page: None, rule: None });
        }
        let hash = ContentHash([7; 32]);
        Document::new(hash.document_id(), Metadata::of_capture(hash), text, blocks).expect("valid")
    }

    fn outline(document: &Document) -> Vec<String> {
        segment(document)
            .iter()
            .map(|p| format!("{} [{}] {}", p.id.position, p.locator.section.join(" > "), p.text))
            .collect()
    }

    #[test]
    fn headings_become_the_section_path_and_the_title_does_not() {
        let made = document(&[
            (Role::Chrome, 0, "Menu"),
            (Role::Heading, 1, "Kazakhstan"),
            (Role::Heading, 2, "Law:"),
            (Role::Body, 0, "It forbids."),
            (Role::Heading, 3, "Practice"),
            (Role::Body, 0, "It happens."),
            (Role::Heading, 2, "Society"),
            (Role::Body, 0, "They talk."),
        ]);
        assert_eq!(
            outline(&made),
            ["1 [Law] It forbids.", "2 [Law > Practice] It happens.", "3 [Society] They talk."]
        );
        let aside = set_aside(&made);
        assert_eq!(
            (aside.len(), aside[0].id.position),
            (1, PassagePosition::Block { block: 1, piece: 0 })
        );
    }

    #[test]
    fn short_items_stay_with_their_lead_in_and_paragraph_numbers_go_on() {
        let made = document(&[
            (Role::Body, 0, "Persecution Type"),
            (Role::ListItem, 1, "• Dictatorial paranoia"),
            (Role::ListItem, 1, "• Clan oppression"),
            (Role::Body, 0, "A sentence ends here."),
            (
                Role::ListItem,
                1,
                "• An item of its own, long enough not to be a fragment of anything else that stands near it, and with a verb.",
            ),
            (Role::Table, 0, "Leader Tokayev"),
            (Role::Table, 0, "Main Religion Islam"),
            (Role::Footnote, 0, "See above."),
        ]);
        let passages = segment(&made);
        let places: Vec<String> = passages.iter().map(|p| p.id.position.to_string()).collect();
        assert_eq!(places, ["1", "4", "5", "6", "b8"]);
        assert_eq!(passages[0].text, "Persecution Type\n• Dictatorial paranoia\n• Clan oppression");
        assert_eq!(passages[0].locator.last_paragraph, Some(3));
        assert_eq!(passages[3].locator.last_paragraph, Some(7));
        assert_eq!(passages[4].locator.paragraph, None);
    }

    #[test]
    fn a_long_paragraph_is_cut_at_sentences_into_pieces_of_nearly_equal_length() {
        let sentence = "The court fined the congregation for meeting without registration. ";
        let long = sentence.repeat(60);
        let passages = segment(&document(&[(Role::Body, 0, long.trim_end())]));
        let places: Vec<String> = passages.iter().map(|p| p.id.position.to_string()).collect();
        assert_eq!(places, ["1-1", "1-2", "1-3"]);
        for passage in &passages {
            assert!(passage.text.len() <= LONGEST && passage.text.len() > 1_200);
            assert!(passage.text.ends_with("registration."));
        }
    }

    #[test]
    fn text_without_any_border_is_cut_all_the_same() {
        let endless = "é".repeat(10_000);
        let made = document(&[(Role::Body, 0, &endless)]);
        let passages = segment(&made);
        assert!(passages.len() > 5);
        assert_eq!(passages.iter().map(|p| p.text.len()).sum::<usize>(), endless.len());
    }

    fn role() -> impl Strategy<Value = (Role, u8)> {
        prop_oneof![
            4 => Just((Role::Body, 0)),
            1 => Just((Role::Heading, 1)),
            1 => Just((Role::Heading, 2)),
            2 => Just((Role::ListItem, 1)),
            1 => Just((Role::Table, 0)),
            1 => Just((Role::Footnote, 0)),
            1 => Just((Role::Number, 0)),
            1 => Just((Role::Chrome, 0)),
            1 => Just((Role::FrontMatter, 0)),
        ]
    }

    proptest! {
        #[test]
        fn passages_are_verbatim_ordered_and_cover_all_body_text(
            parts in proptest::collection::vec((role(), "[a-zA-Zé’]{1,9}( [a-zA-Zé.:]{1,9}){0,12}", 1usize..40), 0..14)
        ) {
            let parts: Vec<(Role, u8, String)> = parts
                .into_iter()
                .map(|((role, level), words, times)| (role, level, vec![words; times].join(" ")))
                .collect();
            let borrowed: Vec<(Role, u8, &str)> =
                parts.iter().map(|(role, level, text)| (*role, *level, text.as_str())).collect();
            let made = document(&borrowed);
            let passages = segment(&made);
            let mut ids = std::collections::HashSet::new();
            let mut covered = vec![false; made.text().len()];
            let mut end = 0;
            for passage in &passages {
                prop_assert_eq!(passage.verify(&made), Ok(()));
                prop_assert!(passage.range.start >= end);
                prop_assert!(ids.insert(passage.id.clone()), "{} twice", passage.id);
                end = passage.range.end;
                covered[passage.range.start..passage.range.end].fill(true);
            }
            for block in made.blocks().iter().filter(|block| block.role != Role::Number) {
                for (at, c) in made.text_of(block).char_indices() {
                    let is_covered = covered[block.range.start + at];
                    prop_assert!(is_covered == block.role.is_passage_text() || c == ' ');
                }
            }
            for passage in set_aside(&made) {
                prop_assert_eq!(passage.verify(&made), Ok(()));
            }
        }
    }
}
