//! A passage as annotators read it: its words, folded, each with its place and its sentence. Made
//! once for all of them.

use model::TextRange;
use model::words::next_word;

/// Parts the folded words of a passage; no folded word holds it.
pub const SEPARATOR: char = '\u{1f}';

/// The words of a passage.
#[derive(Debug)]
pub struct Words<'a> {
    /// The passage's text.
    pub text: &'a str,
    /// The folded words, each with a [`SEPARATOR`] before it, and one after the last.
    pub folded: String,
    words: Vec<Word>,
}

/// A word of a passage.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// Where it stands in the passage's text.
    pub range: TextRange,
    /// Where its folded form begins in [`Words::folded`].
    folded: usize,
    /// Which sentence it stands in, from 0.
    pub sentence: usize,
    /// Which clause it stands in, from 0: a sentence, or what semicolons cut it into.
    pub clause: usize,
}

impl<'a> Words<'a> {
    /// Reads the words of a text that has these sentences.
    pub fn of(text: &'a str, sentences: &[TextRange]) -> Self {
        let mut folded = String::with_capacity(text.len() + text.len() / 4);
        let mut words = Vec::with_capacity(text.len() / 5);
        let (mut at, mut word, mut sentence, mut clause) = (0, String::new(), 0, 0);
        while let Some(range) = next_word(text, at, &mut word) {
            let before = sentence;
            while sentences.get(sentence).is_some_and(|s| s.end <= range.start) {
                sentence += 1;
            }
            let parted = text.get(at..range.start).is_some_and(|gap| gap.contains(';'));
            clause += usize::from(sentence != before || (parted && !words.is_empty()));
            folded.push(SEPARATOR);
            words.push(Word { range, folded: folded.len(), sentence, clause });
            folded.push_str(&word);
            at = range.end;
        }
        folded.push(SEPARATOR);
        Self { text, folded, words }
    }

    /// The words, in order.
    pub fn all(&self) -> &[Word] {
        &self.words
    }

    /// The folded form of a word by its number; empty where there is no such word.
    pub fn folded(&self, word: usize) -> &str {
        let Some(this) = self.words.get(word) else { return "" };
        let end = self.words.get(word + 1).map_or(self.folded.len(), |next| next.folded);
        // A separator stands before the next word, and one after the last.
        self.folded.get(this.folded..end - 1).unwrap_or("")
    }

    /// A word by its number, as written.
    pub fn written(&self, word: usize) -> &'a str {
        self.words.get(word).and_then(|word| word.range.of(self.text)).unwrap_or("")
    }

    /// The text from one word to another, both included.
    pub fn range(&self, first: usize, last: usize) -> TextRange {
        let place = |word: usize| self.words.get(word).map_or(TextRange::new(0, 0), |w| w.range);
        TextRange::new(place(first).start, place(last).end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_their_place_their_form_and_their_sentence() {
        let text = "Shari‘a is law. Women’s rights: anti-extremism.";
        let sentences = [TextRange::new(0, 17), TextRange::new(18, text.len())];
        let words = Words::of(text, &sentences);
        let read: Vec<_> = (0..words.all().len()).map(|w| words.folded(w)).collect();
        assert_eq!(read, ["sharia", "is", "law", "women", "rights", "anti", "extremism"]);
        assert_eq!(words.written(3), "Women’s");
        assert_eq!(
            words.all().iter().map(|w| w.sentence).collect::<Vec<_>>(),
            [0, 0, 0, 1, 1, 1, 1]
        );
        assert_eq!(words.range(5, 6).of(text), Some("anti-extremism"));
        assert_eq!(words.folded(99), "");
    }
}
