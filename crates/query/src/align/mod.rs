//! Sentences of two texts set beside each other: which are the same, reworded, moved, split or
//! merged, new or dropped; which words changed, and which numbers.
//!
//! Texts are lists of sentences in reading order; nothing is known of documents or of the index.
//! The cost is near linear in the sentences: only sentences that share a rare run of words are
//! compared, each with at most a handful of others. The same texts always give the same alignment.

mod assign;
mod candidates;
mod likeness;
mod marks;
mod numbers;
mod order;
#[cfg(test)]
mod tests;
mod words;

pub use marks::{Mark, MarkKind, Number, NumberChange, Span};
pub use numbers::NumberKind;

use self::assign::{Group, assign};
use self::candidates::Runs;
use self::marks::{Row, differences};
use self::words::{Vocabulary, Word};

/// Share of a new sentence's runs of three words that must stand in one old sentence for the two to
/// be nearly identical.
pub const NEARLY_IDENTICAL: f64 = 0.6;

/// Share of the new sentences that must be the same or nearly so; below it a text is mostly
/// rewritten.
pub const MOSTLY_REWRITTEN: f64 = 0.25;

/// What became of sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One sentence, the same words; punctuation and capitals may differ.
    Same,
    /// One sentence, some of its words changed.
    Reworded,
    /// The same words in another place.
    Moved,
    /// One old sentence, now several.
    Split,
    /// Several old sentences, now one.
    Merged,
    /// In the new text only.
    New,
    /// In the old text only.
    Dropped,
}

/// Sentences that belong together, or one that stands alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// What became of them.
    pub status: Status,
    /// Whether they stand in another place than the order of the others would have them; always so
    /// where the status is [`Status::Moved`].
    pub moved: bool,
    /// Places of the old sentences, from 0, ascending; none where the status is [`Status::New`].
    pub old: Vec<usize>,
    /// Places of the new sentences, from 0, ascending; none where it is [`Status::Dropped`].
    pub new: Vec<usize>,
    /// How alike the two sides are: twice the weight of the words they share in order over the
    /// weight of both, words of content weighing three times as much as others. From 0 to 1.
    pub likeness: f64,
    /// The words that changed, in reading order.
    pub marks: Vec<Mark>,
    /// The numbers that changed, in reading order.
    pub numbers: Vec<NumberChange>,
}

/// How many sentences of the new text stand in the old, counted sentence by sentence without regard
/// to order or to which sentence was linked with which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// Sentences of the new text; those without a word are not counted.
    pub sentences: usize,
    /// Those whose words are, all and in order, a sentence of the old text.
    pub identical: usize,
    /// Those beside them of whose runs of three words at least [`NEARLY_IDENTICAL`] stand in one
    /// old sentence.
    pub nearly: usize,
}

/// Two texts set beside each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// The links in the order of the new text; a dropped sentence follows what it followed before.
    /// Every sentence of either text stands in exactly one.
    pub links: Vec<Link>,
    /// How much of the new text stands in the old.
    pub shared: Shared,
}

impl Shared {
    /// Share of the sentences that are identical or nearly so; `None` of a text without sentences.
    pub fn share(&self) -> Option<f64> {
        let shared = (self.identical + self.nearly) as f64;
        (self.sentences > 0).then(|| shared / self.sentences as f64)
    }

    /// Whether less than [`MOSTLY_REWRITTEN`] is shared: then only the links between sentences of
    /// both sides say something, and what is called new or dropped may be told in other words.
    pub fn is_mostly_rewritten(&self) -> bool {
        self.share().is_some_and(|share| share < MOSTLY_REWRITTEN)
    }

    /// Adds the counts of another text.
    pub fn add(&mut self, other: Shared) {
        self.sentences += other.sentences;
        self.identical += other.identical;
        self.nearly += other.nearly;
    }
}

impl Status {
    /// Every value, in order.
    pub const ALL: [Status; 7] = [
        Status::Same,
        Status::Reworded,
        Status::Moved,
        Status::Split,
        Status::Merged,
        Status::New,
        Status::Dropped,
    ];

    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Status::Same => "same",
            Status::Reworded => "reworded",
            Status::Moved => "moved",
            Status::Split => "split",
            Status::Merged => "merged",
            Status::New => "new",
            Status::Dropped => "dropped",
        }
    }
}

/// Both texts as words.
pub(crate) struct Texts {
    pub vocabulary: Vocabulary,
    pub old: Vec<Vec<Word>>,
    pub new: Vec<Vec<Word>>,
}

/// Sets two texts beside each other, each given as its sentences in reading order.
pub fn align<S: AsRef<str>, T: AsRef<str>>(old: &[S], new: &[T]) -> Alignment {
    let mut vocabulary = Vocabulary::default();
    let old: Vec<_> = old.iter().map(|sentence| vocabulary.read(sentence.as_ref())).collect();
    let new: Vec<_> = new.iter().map(|sentence| vocabulary.read(sentence.as_ref())).collect();
    let texts = Texts { vocabulary, old, new };
    let runs = Runs::of(&texts.old, &texts.vocabulary);
    let (groups, shared) = assign(&texts, &runs);
    let links = groups.into_iter().map(|group| link(&texts, group)).collect();
    Alignment { links, shared }
}

/// Fills in what changed inside a group.
fn link(texts: &Texts, group: Group) -> Link {
    let Group { old, new, moved, likeness } = group;
    let status = match (old.len(), new.len()) {
        (0, _) => Status::New,
        (_, 0) => Status::Dropped,
        (1, 1) if likeness >= 1.0 && moved => Status::Moved,
        (1, 1) if likeness >= 1.0 => Status::Same,
        (1, 1) => Status::Reworded,
        (1, _) => Status::Split,
        _ => Status::Merged,
    };
    let one_sided = old.is_empty() || new.is_empty();
    let (marks, numbers) = if one_sided || matches!(status, Status::Same | Status::Moved) {
        (Vec::new(), Vec::new())
    } else {
        let (before, after) = (Row::of(&texts.old, &old), Row::of(&texts.new, &new));
        differences(&before, &after, &texts.vocabulary)
    };
    Link { status, moved, old, new, likeness, marks, numbers }
}
