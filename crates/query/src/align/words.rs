//! Sentences as lists of words that can be compared by number. A percent sign and the signs of
//! currencies count as words: `12` and `12%` do not say the same.

use std::collections::HashMap;

use model::TextRange;
use model::words::next_word;

use crate::function_words::is_function_word;

/// A word of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The same for words that fold to the same form, on both sides.
    pub id: u32,
    /// Where it stands in its sentence.
    pub range: TextRange,
}

/// Every word seen so far, each with a number.
#[derive(Default)]
pub(crate) struct Vocabulary {
    numbers: HashMap<String, u32>,
    folded: Vec<String>,
    weights: Vec<u8>,
}

/// What a word of content weighs; one that only builds the sentence weighs 1.
const CONTENT: u8 = 3;

impl Vocabulary {
    /// The words of a sentence, in order.
    pub fn read(&mut self, sentence: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let (mut at, mut folded) = (0, String::new());
        while let Some(range) = next_word(sentence, at, &mut folded) {
            self.read_signs(sentence, TextRange::new(at, range.start), &mut words);
            words.push(Word { id: self.number(&folded), range });
            at = range.end;
        }
        self.read_signs(sentence, TextRange::new(at, sentence.len()), &mut words);
        words
    }

    /// The folded form of a word.
    pub fn folded(&self, id: u32) -> &str {
        self.folded.get(id as usize).map_or("", String::as_str)
    }

    /// What a word weighs when sentences are compared: from 1 to 3.
    pub fn weight(&self, id: u32) -> u32 {
        self.weights.get(id as usize).copied().unwrap_or(1).into()
    }

    /// Whether a word says what a sentence is about.
    pub fn is_content(&self, id: u32) -> bool {
        self.weight(id) == u32::from(CONTENT)
    }

    fn number(&mut self, folded: &str) -> u32 {
        if let Some(number) = self.numbers.get(folded) {
            return *number;
        }
        let number = self.folded.len() as u32;
        self.numbers.insert(folded.to_owned(), number);
        self.folded.push(folded.to_owned());
        self.weights.push(if is_function_word(folded) { 1 } else { CONTENT });
        number
    }

    fn read_signs(&mut self, sentence: &str, between: TextRange, words: &mut Vec<Word>) {
        let Some(text) = between.of(sentence) else { return };
        for (at, sign) in text.char_indices() {
            if matches!(sign, '%' | '$' | '€' | '£' | '¥' | '₹') {
                let mut written = [0; 4];
                let id = self.number(sign.encode_utf8(&mut written));
                let start = between.start + at;
                words.push(Word { id, range: TextRange::new(start, start + sign.len_utf8()) });
            }
        }
    }
}

/// A number that stands for several words in order; never the same for two orders, but by a chance
/// that [`super::likeness`] removes.
pub(crate) fn hash_of(words: &[Word]) -> u64 {
    let mixed = words.iter().fold(words.len() as u64, |hash, word| {
        (hash.rotate_left(23) ^ u64::from(word.id)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    });
    mixed ^ (mixed >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_the_same_whatever_their_case_and_accents() {
        let mut vocabulary = Vocabulary::default();
        let ids = |words: Vec<Word>| words.iter().map(|word| word.id).collect::<Vec<_>>();
        let one = ids(vocabulary.read("The Bahá’í community paid $50."));
        let other = ids(vocabulary.read("the Baha'i community PAID  $ 50!"));
        assert_eq!(one, other);
        assert_eq!(one.len(), 6);
        assert_ne!(one, ids(vocabulary.read("The Baha’i community paid 50.")));
    }

    #[test]
    fn ranges_lie_in_the_sentence() {
        let sentence = "Up to 90 % paid €12,5 and 1,200%.";
        let words = Vocabulary::default().read(sentence);
        let written: Vec<&str> = words.iter().filter_map(|word| word.range.of(sentence)).collect();
        assert_eq!(written, ["Up", "to", "90", "%", "paid", "€", "12", "5", "and", "1,200", "%"]);
    }
}
