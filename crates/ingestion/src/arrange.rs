//! The role of every block, and the document made of them: what is heading, list, fact, front
//! matter or chrome follows from the source's structure and from the publisher's profile. Nothing
//! is dropped: what is set aside keeps its place in the text, with the rule that set it aside.

use model::{Block, Document, DocumentId, InvalidDocument, Metadata, Page, Role, TextRange};

use crate::numbers::{self, Numbering, Standing};
use crate::profiles::{self, AsideRole, AsideRule, LONGEST_SPAN, Pattern, Profiles};
use crate::readers::{RawBlock, RawDocument, Shape};
use crate::recognise::{self, Recognition};

/// Longest value of a fact, in characters: "4,859,000", "Presidential Republic".
const FACT_LENGTH: usize = 100;

/// A block on its way: its text, its role, and whether the next one shares its line.
struct Piece<'a> {
    text: std::borrow::Cow<'a, str>,
    role: Role,
    level: u8,
    rule: Option<String>,
    runs_on: bool,
    label: Option<String>,
    page: Option<Page>,
}

/// Makes the document of what was read, by the profiles that were recognised.
///
/// # Errors
/// Never for blocks whose text is normalised, as the readers promise; an invariant of
/// [`Document`] that fails is a defect, reported instead of stored.
pub fn arrange(
    id: DocumentId,
    raw: &RawDocument,
    recognition: &Recognition<'_>,
    profiles: &Profiles,
) -> Result<Document, InvalidDocument> {
    let rules = Rules::new(recognition, profiles);
    let by_place = rules.by_place(raw);
    let numbering = rules.numbering(raw, &by_place);
    let mut pieces: Vec<Piece<'_>> = Vec::with_capacity(raw.blocks.len());
    let mut opened = false;
    let mut at = 0;
    while let Some(block) = raw.blocks.get(at) {
        let first = pieces.len();
        let aside = by_place.get(at).copied().flatten().or_else(|| rules.aside_rule(&block.text));
        if at == 0 && recognise::note_of_origin(raw).is_some() {
            let rule = Some("note of where it was taken from".to_owned());
            pieces.push(Piece::new(&block.text, Role::FrontMatter, 0, rule));
        } else if let Some(reason) = block.aside {
            let rule = Some(format!("markup: {reason}"));
            pieces.push(Piece::new(&block.text, Role::Chrome, 0, rule));
        } else if let Some(rule) = aside {
            let role = match rule.role {
                AsideRole::Chrome => Role::Chrome,
                AsideRole::FrontMatter => Role::FrontMatter,
            };
            pieces.push(Piece::new(&block.text, role, 0, Some(rule.name.clone())));
        } else if let Some(value) = rules.fact_value(raw, at, &by_place) {
            let mut fact = Piece::new(&block.text, Role::Table, 0, Some("fact".to_owned()));
            fact.text = format!("{} {}", block.text, value.text).into();
            pieces.push(fact);
            opened = true;
            at += 1;
        } else {
            let label = rules.place(block, numbering.get(at), opened, &mut pieces);
            for piece in pieces[first..].iter_mut().filter(|piece| piece.role != Role::Number) {
                piece.label.clone_from(&label);
            }
            opened = true;
        }
        for piece in &mut pieces[first..] {
            piece.page.clone_from(&block.page);
            if piece.role != Role::Number && piece.label.is_none() {
                piece.label.clone_from(&block.label);
            }
        }
        at += 1;
    }
    join(id, recognition.metadata.clone(), pieces)
}

/// The rules that hold for one report.
struct Rules<'a> {
    aside: Vec<&'a AsideRule>,
    series: Option<&'a profiles::Series>,
}

impl<'a> Rules<'a> {
    fn new(recognition: &Recognition<'a>, profiles: &'a Profiles) -> Self {
        let of_publisher = recognition.publisher.iter().flat_map(|p| &p.aside);
        let of_series = recognition.series.iter().flat_map(|s| &s.aside);
        let aside = profiles.aside.iter().chain(of_publisher).chain(of_series).collect();
        Self { aside, series: recognition.series }
    }

    fn aside_rule(&self, text: &str) -> Option<&'a AsideRule> {
        let matches = |rule: &&&AsideRule| rule.block.as_ref().is_some_and(|p| p.is_match(text));
        self.aside.iter().find(matches).copied()
    }

    /// What rules set aside by its place: all from the earliest match in the second half of the text
    /// to the end, and what stands between two marks. One answer a block.
    fn by_place(&self, raw: &RawDocument) -> Vec<Option<&'a AsideRule>> {
        let mut answers = vec![None; raw.blocks.len()];
        for rule in self.aside.iter().copied() {
            if let (Some(from), Some(until)) = (&rule.from, &rule.until)
                && let Some(span) = span(raw, from, until)
            {
                answers[span].fill(Some(rule));
            }
        }
        if let Some((from, rule)) = self.first_of_the_rest(raw) {
            answers[from..].fill(Some(rule));
        }
        answers
    }

    /// Where a rule sets aside everything to the end, and which one: the earliest match in the
    /// second half of the text.
    fn first_of_the_rest(&self, raw: &RawDocument) -> Option<(usize, &'a AsideRule)> {
        let to_the_end = |rule: &&&AsideRule| rule.from.is_some() && rule.until.is_none();
        let rules: Vec<_> = self.aside.iter().filter(to_the_end).collect();
        if rules.is_empty() {
            return None;
        }
        let content = |block: &RawBlock| if block.aside.is_some() { 0 } else { block.text.len() };
        let total: usize = raw.blocks.iter().map(content).sum();
        let mut before = 0;
        for (at, block) in raw.blocks.iter().enumerate() {
            let starts = |rule: &&&&AsideRule| {
                rule.from.as_ref().is_some_and(|pattern| pattern.is_match(&block.text))
            };
            if before * 2 >= total
                && let Some(rule) = rules.iter().find(starts)
            {
                return Some((at, rule));
            }
            before += content(block);
        }
        None
    }

    /// The block that holds the value of the fact whose key stands at `at`.
    fn fact_value<'r>(
        &self,
        raw: &'r RawDocument,
        at: usize,
        by_place: &[Option<&AsideRule>],
    ) -> Option<&'r RawBlock> {
        let (key, value) = (raw.blocks.get(at)?, raw.blocks.get(at + 1)?);
        let known = |text: &str| self.series.is_some_and(|s| s.facts.iter().any(|f| f == text));
        let is_key = key.shape == Shape::Term || known(&key.text);
        let is_value = matches!(value.shape, Shape::Paragraph | Shape::Line)
            && value.aside.is_none()
            && value.text.chars().count() <= FACT_LENGTH
            && !known(&value.text)
            && self.heading(&value.text, false).is_none()
            && by_place.get(at + 1).copied().flatten().is_none()
            && self.aside_rule(&value.text).is_none();
        (is_key && is_value).then_some(value)
    }

    /// The level of the heading that this text is, by the profile. Some headings can only be the
    /// `first` block of the report.
    fn heading(&self, text: &str, first: bool) -> Option<u8> {
        let rules = &self.series?.headings;
        let fits =
            |rule: &&profiles::HeadingRule| (!rule.first || first) && rule.pattern.is_match(text);
        rules.iter().find(fits).map(|rule| rule.level)
    }

    /// The numbers printed before the report's paragraphs, one answer a block.
    fn numbering(
        &self,
        raw: &RawDocument,
        by_place: &[Option<&AsideRule>],
    ) -> Vec<Option<Numbering>> {
        let Some(pattern) = self.series.and_then(|s| s.numbered_paragraphs.as_ref()) else {
            return Vec::new();
        };
        numbers::numbering(&raw.blocks, pattern, |at| {
            let block = &raw.blocks[at];
            // A paragraph goes on past a footnote as it does past a running head.
            let is_aside = block.aside.is_some()
                || by_place[at].is_some()
                || block.shape == Shape::Footnote
                || self.is_footnote(&block.text);
            if is_aside || self.aside_rule(&block.text).is_some() {
                Standing::Aside
            } else if matches!(block.shape, Shape::Heading(_))
                || self.heading(&block.text, at == 0).is_some()
            {
                Standing::Heading
            } else {
                Standing::Text
            }
        })
    }

    fn is_footnote(&self, text: &str) -> bool {
        let patterns = self.series.map_or(&[][..], |series| &series.footnotes);
        patterns.iter().any(|pattern| pattern.is_match(text))
    }

    /// Gives a block of the report itself its role; answers with the label of its paragraph.
    fn place<'r>(
        &self,
        block: &'r RawBlock,
        numbering: Option<&Option<Numbering>>,
        opened: bool,
        pieces: &mut Vec<Piece<'r>>,
    ) -> Option<String> {
        let rule = || Some("number of a paragraph".to_owned());
        let text = block.text.as_str();
        let (text, label, item) = match numbering.and_then(Option::as_ref) {
            None => (text, None, false),
            Some(Numbering::Alone) => {
                pieces.push(Piece::new(text, Role::Number, 0, rule()));
                return None;
            }
            Some(Numbering::Opens { bytes, label, item }) => {
                let (number, prose) = text.split_at(*bytes);
                let mut number = Piece::new(number, Role::Number, 0, rule());
                number.runs_on = true;
                pieces.push(number);
                (prose.trim_start(), Some(label.clone()), *item)
            }
            Some(Numbering::Within { label, item }) => (text, Some(label.clone()), *item),
        };
        let shape = match block.shape {
            _ if item => Shape::ListItem(1),
            Shape::Paragraph | Shape::Line | Shape::ListItem(_) if self.is_footnote(text) => {
                Shape::Footnote
            }
            shape => shape,
        };
        self.place_text(text, shape, opened, pieces);
        label
    }

    fn place_text<'r>(
        &self,
        text: &'r str,
        shape: Shape,
        opened: bool,
        pieces: &mut Vec<Piece<'r>>,
    ) {
        let plain = |role, level| Piece::new(text, role, level, None);
        match shape {
            Shape::Heading(level) => pieces.push(plain(Role::Heading, level)),
            Shape::ListItem(depth) => pieces.push(plain(Role::ListItem, depth)),
            Shape::TableRow => pieces.push(plain(Role::Table, 0)),
            Shape::Footnote => pieces.push(plain(Role::Footnote, 0)),
            Shape::Paragraph | Shape::Line | Shape::Term | Shape::Caption => {
                if let Some(level) = self.heading(text, !opened) {
                    let rule = Some("heading of the series".to_owned());
                    pieces.push(Piece::new(text, Role::Heading, level, rule));
                } else if let Some(cut) = self.run_in_heading(text) {
                    self.place_run_in(text, cut, pieces);
                } else {
                    pieces.push(plain(Role::Body, 0));
                }
            }
        }
    }

    /// Where the run-in heading of this paragraph ends.
    fn run_in_heading(&self, text: &str) -> Option<usize> {
        let patterns = &self.series?.run_in_headings;
        patterns.iter().find_map(|pattern| pattern.find(text)).map(|found| found.end())
    }

    fn place_run_in<'r>(&self, text: &'r str, cut: usize, pieces: &mut Vec<Piece<'r>>) {
        let (heading, rest) = text.split_at(cut);
        let rule = Some("run-in heading of the series".to_owned());
        let mut heading = Piece::new(heading, Role::Heading, 2, rule);
        match rest.strip_prefix(' ') {
            Some(body) if !body.is_empty() => {
                heading.runs_on = true;
                pieces.push(heading);
                pieces.push(Piece::new(body, Role::Body, 0, None));
            }
            _ if rest.is_empty() => pieces.push(heading),
            // The heading's last word runs straight into the text: no border can be drawn.
            _ => pieces.push(Piece::new(text, Role::Body, 0, None)),
        }
    }
}

/// The blocks from the first match of `from` up to the next of `until`, if they are few.
fn span(raw: &RawDocument, from: &Pattern, until: &Pattern) -> Option<std::ops::Range<usize>> {
    let start = raw.blocks.iter().position(|block| from.is_match(&block.text))?;
    let rest = raw.blocks.get(start + 1..)?;
    let length = rest.iter().take(LONGEST_SPAN).position(|block| until.is_match(&block.text))?;
    Some(start..start + 1 + length)
}

impl<'a> Piece<'a> {
    fn new(text: &'a str, role: Role, level: u8, rule: Option<String>) -> Self {
        Self { text: text.into(), role, level, rule, runs_on: false, label: None, page: None }
    }
}

fn join(
    id: DocumentId,
    metadata: Metadata,
    pieces: Vec<Piece<'_>>,
) -> Result<Document, InvalidDocument> {
    let length = pieces.iter().map(|piece| piece.text.len() + 1).sum();
    let mut text = String::with_capacity(length);
    let mut blocks = Vec::with_capacity(pieces.len());
    let mut separator = None;
    for piece in pieces {
        text.extend(separator);
        let start = text.len();
        text.push_str(&piece.text);
        blocks.push(Block {
            role: piece.role,
            range: TextRange::new(start, text.len()),
            level: piece.level,
            label: piece.label,
            page: piece.page,
            rule: piece.rule,
        });
        separator = Some(if piece.runs_on { ' ' } else { '\n' });
    }
    Document::new(id, metadata, text, blocks)
}
