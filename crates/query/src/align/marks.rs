//! What changed inside a pair: the words deleted, inserted and replaced, and the numbers that are no
//! longer the same. Words that only build sentences and were kept by chance between two changes
//! belong to the change, so that a reader sees phrases and not crumbs.

use model::{Hedge, TextRange, Unit};

use super::likeness::{Matches, common_words};
use super::numbers::{NumberKind, NumberWords, numbers};
use super::words::{Vocabulary, Word};

/// A stretch of one sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Which sentence of its side, from 0.
    pub sentence: usize,
    /// Where in that sentence, in bytes.
    pub range: TextRange,
}

/// What happened to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MarkKind {
    /// They stand in the old only.
    Deleted,
    /// They stand in the new only.
    Inserted,
    /// The old words were replaced by the new ones.
    Replaced,
}

/// Words that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// What happened.
    pub kind: MarkKind,
    /// The old words, one span a sentence; none where words were inserted.
    pub old: Vec<Span>,
    /// The new words, one span a sentence; none where words were deleted.
    pub new: Vec<Span>,
}

/// A number of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Where it stands, its hedge and unit apart.
    pub span: Span,
    /// Its value in plain digits, without grouping.
    pub value: String,
    /// What hedges it.
    pub hedge: Hedge,
    /// In what it counts: a count, percent or money.
    pub unit: Unit,
    /// Whether it is a figure, a year or a day.
    pub kind: NumberKind,
}

/// A number that is another than before, hedged otherwise, gone or new. At least one side is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberChange {
    /// As it was.
    pub old: Option<Number>,
    /// As it is.
    pub new: Option<Number>,
}

/// The words of several sentences in a row, each with its sentence.
pub(crate) struct Row {
    words: Vec<Word>,
    sentences: Vec<usize>,
}

impl Row {
    /// The words of these sentences of one side.
    pub fn of(side: &[Vec<Word>], sentences: &[usize]) -> Self {
        let mut row = Self { words: Vec::new(), sentences: Vec::new() };
        for &sentence in sentences {
            let words = side.get(sentence).map_or(&[][..], Vec::as_slice);
            row.words.extend_from_slice(words);
            row.sentences.extend(words.iter().map(|_| sentence));
        }
        row
    }

    /// Its words.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    fn spans(&self, from: usize, to: usize) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        for (word, &sentence) in self.words[from..to].iter().zip(&self.sentences[from..to]) {
            match spans.last_mut().filter(|span| span.sentence == sentence) {
                Some(span) => span.range.end = word.range.end,
                None => spans.push(Span { sentence, range: word.range }),
            }
        }
        spans
    }

    fn number(&self, number: &NumberWords) -> Option<Number> {
        let span = *self.spans(number.first, number.next).first()?;
        let (value, unit) = (number.value.clone(), number.unit.clone());
        Some(Number { span, value, unit, hedge: number.hedge, kind: number.kind })
    }
}

/// The words and the numbers that differ between two rows.
pub(crate) fn differences(
    old: &Row,
    new: &Row,
    vocabulary: &Vocabulary,
) -> (Vec<Mark>, Vec<NumberChange>) {
    let matches = common_words(old.words(), new.words(), vocabulary);
    let numbers = number_changes(old, new, &matches, vocabulary);
    (marks(old, new, without_crumbs(matches, old, new, vocabulary)), numbers)
}

fn marks(old: &Row, new: &Row, matches: Matches) -> Vec<Mark> {
    let mut marks = Vec::new();
    let (mut x, mut y) = (0, 0);
    for (next_x, next_y) in matches.into_iter().chain([(old.words.len(), new.words.len())]) {
        let kind = match (next_x > x, next_y > y) {
            (true, true) => Some(MarkKind::Replaced),
            (true, false) => Some(MarkKind::Deleted),
            (false, true) => Some(MarkKind::Inserted),
            (false, false) => None,
        };
        if let Some(kind) = kind {
            marks.push(Mark { kind, old: old.spans(x, next_x), new: new.spans(y, next_y) });
        }
        (x, y) = (next_x + 1, next_y + 1);
    }
    marks
}

/// Leaves out runs of matches that hold no word of content and stand between two changes that are
/// both longer than they.
fn without_crumbs(matches: Matches, old: &Row, new: &Row, vocabulary: &Vocabulary) -> Matches {
    let mut runs: Vec<Matches> = Vec::new();
    for (x, y) in matches {
        match runs
            .last_mut()
            .filter(|run| run.last() == Some(&(x.wrapping_sub(1), y.wrapping_sub(1))))
        {
            Some(run) => run.push((x, y)),
            None => runs.push(vec![(x, y)]),
        }
    }
    let border = |run: Option<&Matches>, end: (usize, usize)| run.map_or(end, |run| run[0]);
    let mut kept: Matches = Vec::new();
    for (at, run) in runs.iter().enumerate() {
        let (first, last) = (run[0], run[run.len() - 1]);
        let (before_x, before_y) = kept.last().map_or((0, 0), |(x, y)| (x + 1, y + 1));
        let (after_x, after_y) = border(runs.get(at + 1), (old.words.len(), new.words.len()));
        let before = (first.0 - before_x).min(first.1 - before_y);
        let after = (after_x - last.0 - 1).min(after_y - last.1 - 1);
        let content = run.iter().any(|(x, _)| vocabulary.is_content(old.words[*x].id));
        if content || before <= run.len() || after <= run.len() {
            kept.extend(run);
        }
    }
    kept
}

/// Where a word stands among what both sides share: between which matches.
fn slots(length: usize, matched: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut slots = Vec::with_capacity(length);
    let mut slot = 0;
    for at in matched {
        slots.resize(at, slot);
        slots.push(slot + 1);
        slot += 2;
    }
    slots.resize(length, slot);
    slots
}

fn number_changes(
    old: &Row,
    new: &Row,
    matches: &Matches,
    vocabulary: &Vocabulary,
) -> Vec<NumberChange> {
    let old_slots = slots(old.words.len(), matches.iter().map(|(x, _)| *x));
    let new_slots = slots(new.words.len(), matches.iter().map(|(_, y)| *y));
    let (before, after) = (numbers(&old.words, vocabulary), numbers(&new.words, vocabulary));
    let (mut x, mut y) = (0, 0);
    let mut changes = Vec::new();
    while x < before.len() || y < after.len() {
        let ends = |number: Option<&NumberWords>, slots: &[usize]| {
            number.map(|n| (slots[n.first], slots[n.next - 1]))
        };
        let (o, n) = (ends(before.get(x), &old_slots), ends(after.get(y), &new_slots));
        let (old_first, new_first) = match (o, n) {
            (Some(o), Some(n)) => (o.1 < n.0, n.1 < o.0),
            (old, _) => (old.is_some(), old.is_none()),
        };
        let was = before.get(x).filter(|_| !new_first);
        let is = after.get(y).filter(|_| !old_first);
        x += usize::from(was.is_some());
        y += usize::from(is.is_some());
        if let Some(change) = change(was, is) {
            let (was, is) = change;
            changes.push(NumberChange {
                old: was.and_then(|number| old.number(number)),
                new: is.and_then(|number| new.number(number)),
            });
        }
    }
    changes
}

type Sides<'a> = (Option<&'a NumberWords>, Option<&'a NumberWords>);

fn change<'a>(was: Option<&'a NumberWords>, is: Option<&'a NumberWords>) -> Option<Sides<'a>> {
    match (was, is) {
        (Some(was), Some(is)) => {
            let same = (&was.value, was.hedge, &was.unit) == (&is.value, is.hedge, &is.unit);
            (!same).then_some((Some(was), Some(is)))
        }
        (was, is) => {
            let alone = was.or(is)?;
            (!alone.bare_one).then_some((was, is))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What happened, the old words, the new words.
    type Marked = Vec<(MarkKind, String, String)>;

    fn compare(old: &str, new: &str) -> (Marked, Vec<(String, String)>) {
        let mut vocabulary = Vocabulary::default();
        let (a, b) = (vec![vocabulary.read(old)], vec![vocabulary.read(new)]);
        let (marks, numbers) = differences(&Row::of(&a, &[0]), &Row::of(&b, &[0]), &vocabulary);
        let text = |spans: &[Span], of: &str| {
            spans.iter().filter_map(|span| span.range.of(of)).collect::<Vec<_>>().join(" ")
        };
        let number = |number: Option<Number>| {
            number.map_or("-".to_owned(), |n| format!("{} {}", n.hedge.name(), n.value))
        };
        (
            marks.iter().map(|m| (m.kind, text(&m.old, old), text(&m.new, new))).collect(),
            numbers.into_iter().map(|n| (number(n.old), number(n.new))).collect(),
        )
    }

    #[test]
    fn words_are_marked_in_phrases() {
        let (marks, numbers) = compare(
            "Police detained Mr. Kim for holding a service in May.",
            "Police briefly detained Mr. Kim for leading prayers.",
        );
        let marks: Vec<_> = marks.iter().map(|(k, o, n)| (*k, o.as_str(), n.as_str())).collect();
        assert_eq!(
            marks,
            [
                (MarkKind::Inserted, "", "briefly"),
                (MarkKind::Replaced, "holding a service in May", "leading prayers"),
            ]
        );
        assert!(numbers.is_empty());
    }

    #[test]
    fn a_number_changes_by_its_value_its_hedge_or_its_unit() {
        let change = |old: &str, new: &str| compare(old, new).1;
        let pair = |old: &str, new: &str| vec![(old.to_owned(), new.to_owned())];
        let base = "The state held 600 believers.";
        assert_eq!(change(base, "The state held 595 believers."), pair("none 600", "none 595"));
        assert_eq!(
            change(base, "The state held more than 600 believers."),
            pair("none 600", "more-than 600")
        );
        assert_eq!(change(base, "The state held six hundred believers."), []);
        assert_eq!(change(base, "The state held believers."), pair("none 600", "-"));
        assert_eq!(change("It paid 5 percent", "It paid 5 dollars").len(), 1);
        assert_eq!(change("They held 1.5 million", "They held 1.5 billion").len(), 1);
        assert_eq!(
            change("In 2019, 5 men and 6 women", "In 2020, 5 men and 7 women"),
            [
                ("none 2019".to_owned(), "none 2020".to_owned()),
                ("none 6".to_owned(), "none 7".to_owned())
            ]
        );
    }

    #[test]
    fn one_that_is_no_number_is_no_change() {
        assert_eq!(compare("He is one of them.", "He is among them.").1, []);
        assert_eq!(compare("One man left.", "Two men left.").1.len(), 1);
    }
}
