//! Lists of words that are asked for again and again: whether a word is among them is mostly told by
//! its length and its first letter.

/// A list of words.
#[derive(Debug)]
pub struct WordList {
    words: &'static [&'static str],
    /// For each length: the first letters of words of that length, a bit each.
    firsts: [u32; LONGEST],
}

/// Words of this length or longer share a place.
const LONGEST: usize = 16;

/// Where a word of this length and first byte is told.
const fn place(length: usize, first: u8) -> (usize, u32) {
    let length = if length < LONGEST { length } else { LONGEST - 1 };
    (length, 1 << (first & 31))
}

impl WordList {
    /// A list of these words, none of them empty.
    pub const fn new(words: &'static [&'static str]) -> Self {
        let mut firsts = [0; LONGEST];
        let mut at = 0;
        while at < words.len() {
            let word = words[at].as_bytes();
            let (length, bit) = place(word.len(), word[0]);
            firsts[length] |= bit;
            at += 1;
        }
        Self { words, firsts }
    }

    /// Whether a word is in the list.
    pub fn contains(&self, word: &str) -> bool {
        let Some(first) = word.as_bytes().first() else { return false };
        let (length, bit) = place(word.len(), *first);
        self.firsts[length] & bit != 0 && self.words.contains(&word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_the_list_or_not() {
        const LIST: WordList =
            WordList::new(&["of", "the", "recommendations", "incomprehensibilities"]);
        for word in ["of", "the", "recommendations", "incomprehensibilities"] {
            assert!(LIST.contains(word), "{word}");
        }
        for word in ["", "on", "tho", "th", "offer", "incomprehensibilitied"] {
            assert!(!LIST.contains(word), "{word}");
        }
    }
}
