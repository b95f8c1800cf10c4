//! Passages as they are read, a chunk at a time: their texts become numbers of words at once, and are
//! let go of.

use std::ops::Range;

use model::PassageId;
use model::words::next_word;

use super::forms::{Forms, Written, mix};

/// Stands between words that do not follow one another: at the end of a clause, at a name.
pub(super) const BORDER: u32 = u32::MAX;

/// How many passages make a chunk.
pub(super) const PASSAGES: usize = 4_096;

/// Fewest words of a sentence that may be left out as repeated: shorter ones recur by themselves.
const LONG_ENOUGH: usize = 6;

/// Passages that were read one after the other.
#[derive(Default)]
pub(super) struct Chunk {
    /// The forms of its words.
    pub forms: Written,
    /// Their numbers, with borders between clauses and after each passage.
    pub words: Vec<u32>,
    pub passages: Vec<Read>,
    pub pieces: Vec<Piece>,
}

/// Reads passages into chunks, one after the other, always in the same room.
#[derive(Default)]
pub(super) struct Reader {
    forms: Forms,
    words: Vec<u32>,
    passages: Vec<Read>,
    pieces: Vec<Piece>,
    /// Where the sentences of the passage at hand end.
    sentences: Vec<usize>,
    folded: String,
}

/// A passage of a chunk.
pub(super) struct Read {
    pub id: PassageId,
    /// Where its words end.
    words: u32,
    /// Where its pieces end.
    pieces: u32,
}

/// A sentence of several clauses, or a clause, that is long enough to be no formula of the language
/// itself.
#[derive(Clone, Copy)]
pub(super) struct Piece {
    /// The same for the same words.
    pub hash: u64,
    start: u32,
    end: u32,
}

impl Piece {
    /// Where it stands among the words of its passage.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl Reader {
    /// Takes in one more passage.
    pub fn add(&mut self, id: PassageId, text: &str) {
        let from = self.words.len();
        self.read(text);
        self.cut(from);
        let (words, pieces) = (self.words.len() as u32, self.pieces.len() as u32);
        self.passages.push(Read { id, words, pieces });
    }

    /// What was read, as a chunk of its own size.
    pub fn chunk(&mut self) -> Chunk {
        let chunk = Chunk {
            forms: self.forms.written().clone(),
            words: self.words.as_slice().to_vec(),
            passages: self.passages.drain(..).collect(),
            pieces: self.pieces.as_slice().to_vec(),
        };
        self.forms.clear();
        self.words.clear();
        self.pieces.clear();
        chunk
    }

    fn read(&mut self, text: &str) {
        let (from, mut at) = (self.words.len(), 0);
        self.sentences.clear();
        while let Some(range) = next_word(text, at, &mut self.folded) {
            let is_space = range.start == at + 1 && text.as_bytes()[at] == b' ';
            let between = text.get(at..range.start).unwrap_or_default();
            if at > 0 && !is_space && !is_within_clause(between) {
                if between.contains(['.', '!', '?', '\n']) {
                    self.sentences.push(self.words.len() - from);
                }
                self.words.push(BORDER);
            }
            self.words.push(self.forms.number(&self.folded));
            at = range.end;
        }
        self.sentences.push(self.words.len() - from);
        self.words.push(BORDER);
    }

    /// Notes the pieces of the passage that was read last.
    fn cut(&mut self, from: usize) {
        let words = &self.words[from..];
        let mut note = |range: Range<usize>| {
            let hash = hash(&words[range.clone()], self.forms.written());
            self.pieces.push(Piece { hash, start: range.start as u32, end: range.end as u32 });
        };
        let mut start = 0;
        for end in &self.sentences {
            let sentence = &words[start..*end];
            let borders = sentence.iter().filter(|word| **word == BORDER).count();
            if borders > 0 && sentence.len() - borders >= LONG_ENOUGH {
                note(start..*end);
            }
            start = end + 1;
        }
        let mut start = 0;
        for clause in words.split(|word| *word == BORDER) {
            if clause.len() >= LONG_ENOUGH {
                note(start..start + clause.len());
            }
            start += clause.len() + 1;
        }
    }
}

impl Chunk {
    /// The words of a passage.
    pub fn words(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.passages[before].words);
        &self.words[start as usize..self.passages[at].words as usize]
    }

    /// The pieces of a passage, the sentences before the clauses.
    pub fn pieces(&self, at: usize) -> &[Piece] {
        let start = at.checked_sub(1).map_or(0, |before| self.passages[before].pieces);
        &self.pieces[start as usize..self.passages[at].pieces as usize]
    }

    /// Gives its forms other numbers.
    pub fn renumber(&mut self, number: impl Fn(u32) -> u32) {
        for word in self.words.iter_mut().filter(|word| **word != BORDER) {
            *word = number(*word);
        }
    }
}

/// Whether what stands between two words parts no clause.
fn is_within_clause(between: &str) -> bool {
    between.chars().all(|c| c == ' ' || c == '-' || c == '\u{a0}')
}

fn hash(words: &[u32], forms: &Written) -> u64 {
    words.iter().fold(words.len() as u64, |hash, word| {
        let of_word = if *word == BORDER { 1 } else { forms.hash(*word) };
        mix(hash.rotate_left(23) ^ of_word)
    })
}
