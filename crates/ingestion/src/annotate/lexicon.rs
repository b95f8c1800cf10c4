//! The words of many patterns, as one tree of letters: a word of a text is walked down it once, and
//! most words leave it after a few letters. What comes out is a class: the words of patterns that a
//! word meets, known beforehand for every place where a walk can end.

use std::collections::HashMap;

use model::pattern::{PatternWord, WordMatch};

/// The words of patterns, by their numbers.
#[derive(Debug)]
pub struct Lexicon {
    nodes: Vec<Node>,
    /// The letter that leads to each node from the one above.
    letters: Vec<u8>,
    /// For each first byte: the node it leads to, 0 for none.
    first: Box<[u32; 256]>,
    classes: Vec<Box<[u32]>>,
    /// The signature of each class: a bit for each of its words, several words sharing a bit.
    signatures: Vec<u64>,
}

/// The bit of a word of patterns in signatures: where two signatures share none, no word is in both.
pub fn bit(form: u32) -> u64 {
    1 << (form % 64)
}

/// A place in the tree.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// The nodes below, which stand side by side in the order of their letters.
    below: u32,
    below_end: u32,
    /// The class of words that go on from here.
    beginning: Class,
    /// The class of the word that ends here.
    whole: Class,
}

/// Which words of patterns a word meets; the default is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    /// Whether a word of this class meets none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// A node that is made: its words, all of which agree up to some letters.
struct Growing {
    words: std::ops::Range<usize>,
    depth: usize,
    /// The words that are met by whatever begins like this, above it.
    beginning: Class,
}

impl Lexicon {
    /// The tree of these words. A word that is met as written is looked for in lower case; whoever
    /// asks compares it with the text.
    pub fn of(forms: &[PatternWord]) -> Self {
        let spelt = |form: &PatternWord| match form.how {
            WordMatch::AsWritten => form.word.to_lowercase(),
            WordMatch::Whole | WordMatch::Prefix => form.word.clone(),
        };
        let mut words: Vec<(String, usize)> =
            forms.iter().map(spelt).enumerate().map(|(number, word)| (word, number)).collect();
        words.sort_unstable();
        let mut classes = Classes::default();
        let (mut nodes, mut letters, mut first) = (Vec::new(), vec![0], Box::new([0; 256]));
        let mut growing = vec![Growing { words: 0..words.len(), depth: 0, beginning: Class(0) }];
        // Nodes are made in the order in which they were found, so those below one are neighbours.
        let mut next = 0;
        while let Some(Growing { words: range, depth, beginning }) = growing.get(next) {
            let (depth, end, number) = (*depth, range.end, nodes.len());
            let ended = words[range.clone()].iter().take_while(|(word, _)| word.len() == depth);
            let ended: Vec<u32> = ended.map(|(_, form)| *form as u32).collect();
            let prefixes = ended.iter().copied();
            let prefixes = prefixes.filter(|form| forms[*form as usize].how == WordMatch::Prefix);
            let beginning = classes.with(*beginning, prefixes);
            let whole = classes.with(beginning, ended.iter().copied());
            let mut from = range.start + ended.len();
            let below = growing.len();
            while from < end {
                let letter = words[from].0.as_bytes()[depth];
                let same = |(word, _): &(String, usize)| word.as_bytes()[depth] == letter;
                let to = from + words[from..end].partition_point(same);
                if number == 0 {
                    first[usize::from(letter)] = growing.len() as u32;
                }
                growing.push(Growing { words: from..to, depth: depth + 1, beginning });
                letters.push(letter);
                from = to;
            }
            let (below, below_end) = (below as u32, growing.len() as u32);
            nodes.push(Node { below, below_end, beginning, whole });
            next += 1;
        }
        let signature = |forms: &[u32]| forms.iter().fold(0, |all, form| all | bit(*form));
        let signatures = classes.all.iter().map(|forms| signature(forms)).collect();
        Self { nodes, letters, first, classes: classes.all, signatures }
    }

    /// The class of a folded word.
    pub fn class_of(&self, word: &str) -> Class {
        let mut letters = word.bytes();
        let Some(first) = letters.next() else { return Class(0) };
        let mut at = self.first[usize::from(first)] as usize;
        if at == 0 {
            return Class(0);
        }
        for letter in letters {
            let node = self.nodes[at];
            let below = &self.letters[node.below as usize..node.below_end as usize];
            match below.iter().position(|other| *other >= letter) {
                Some(step) if below[step] == letter => at = node.below as usize + step,
                _ => return node.beginning,
            }
        }
        self.nodes[at].whole
    }

    /// The signature of a class.
    pub fn signature(&self, class: Class) -> u64 {
        self.signatures[class.0 as usize]
    }

    /// The words of patterns, by number and in order, that a word of this class meets.
    pub fn forms(&self, class: Class) -> &[u32] {
        &self.classes[class.0 as usize]
    }
}

/// The classes made so far, each once.
struct Classes {
    all: Vec<Box<[u32]>>,
    numbers: HashMap<Box<[u32]>, Class>,
}

impl Default for Classes {
    fn default() -> Self {
        let none: Box<[u32]> = Box::new([]);
        Self { all: vec![none.clone()], numbers: HashMap::from([(none, Class(0))]) }
    }
}

impl Classes {
    /// The class that meets what another meets, and these.
    fn with(&mut self, class: Class, more: impl Iterator<Item = u32>) -> Class {
        let mut forms = self.all[class.0 as usize].to_vec();
        forms.extend(more);
        forms.sort_unstable();
        forms.dedup();
        let forms = forms.into_boxed_slice();
        if let Some(class) = self.numbers.get(&forms) {
            return *class;
        }
        let class = Class(self.all.len() as u32);
        self.all.push(forms.clone());
        self.numbers.insert(forms, class);
        class
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form((word, prefix): (String, bool)) -> PatternWord {
        PatternWord { word, how: if prefix { WordMatch::Prefix } else { WordMatch::Whole } }
    }

    proptest! {
        #[test]
        fn a_word_meets_what_comparing_it_with_every_word_meets(
            forms in proptest::collection::vec(("[a-cé]{1,4}", any::<bool>()), 0..12),
            word in "[a-dé]{0,5}",
        ) {
            let forms: Vec<PatternWord> = forms.into_iter().map(form).collect();
            let lexicon = Lexicon::of(&forms);
            let met = forms.iter().enumerate().filter(|(_, form)| match form.how {
                WordMatch::Prefix => word.starts_with(&form.word),
                _ => form.word == word,
            });
            let met: Vec<u32> = met.map(|(number, _)| number as u32).collect();
            prop_assert_eq!(lexicon.forms(lexicon.class_of(&word)), &met[..]);
        }
    }
}
