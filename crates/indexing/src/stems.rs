//! English stems, through the search engine's own Snowball stemmer, remembered per thread: a report
//! repeats its words, and looking a stem up is several times faster than working it out again.

use std::cell::RefCell;

use tantivy::tokenizer::{
    Language, RawTokenizer, Stemmer, TokenFilter, TokenStream, Tokenizer as _,
};

/// Places in the table: few for a query or the highlights of a page, which should not wait for a
/// large table to be laid out, and many once a thread turns out to be indexing.
const FEW_SLOTS: usize = 512;
const MANY_SLOTS: usize = 16384;

/// How many stems are worked out before the table grows.
const MISSES_OF_A_SEARCH: usize = 4096;

type RawStemmer = <Stemmer as TokenFilter>::Tokenizer<RawTokenizer>;

thread_local! {
    static STEMS: RefCell<Stems> = RefCell::new(Stems::new());
}

/// Replaces a folded word by its stem.
pub(crate) fn stem(word: &mut String) {
    STEMS.with_borrow_mut(|stems| stems.stem(word));
}

/// A table with one place for each hash of a word; a newer word takes the place of an older one.
struct Stems {
    slots: Vec<Slot>,
    misses: usize,
    stemmer: RawStemmer,
}

#[derive(Clone, Default)]
struct Slot {
    word: String,
    stem: String,
}

impl Stems {
    fn new() -> Self {
        let stemmer = Stemmer::new(Language::English).transform(RawTokenizer::default());
        Self { slots: vec![Slot::default(); FEW_SLOTS], misses: 0, stemmer }
    }

    fn stem(&mut self, word: &mut String) {
        if self.misses == MISSES_OF_A_SEARCH {
            self.slots = vec![Slot::default(); MANY_SLOTS];
            self.misses += 1;
        }
        let at = hash(word.as_bytes()) % self.slots.len();
        let slot = &mut self.slots[at];
        if slot.word != *word {
            self.misses = self.misses.saturating_add(1);
            let mut stream = self.stemmer.token_stream(word);
            slot.stem.clear();
            if stream.advance() {
                slot.stem.push_str(&stream.token().text);
            }
            drop(stream);
            // A stem is never empty; should a stemmer ever leave nothing, the word stands.
            if slot.stem.is_empty() {
                slot.stem.push_str(word);
            }
            slot.word.clone_from(word);
        }
        word.clone_from(&slot.stem);
    }
}

/// FNV-1a: short words, and only speed and spread matter.
fn hash(bytes: &[u8]) -> usize {
    let mixed = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (mixed ^ (mixed >> 32)) as usize
}
