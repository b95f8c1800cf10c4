//! Going through the records of a segment that hold words: all of them, or those of them that hold
//! several words as a phrase or near one another, each with how often it does.

use std::collections::HashMap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::{Field as EngineField, IndexRecordOption, Term};
use tantivy::{DocSet, SegmentReader, TERMINATED};

use crate::matching::plan::Sought;
use crate::matching::positions::{in_order, near};

/// Visits the records that hold a word, in order, with how often they do.
pub(crate) fn each_with_word(
    segment: &SegmentReader,
    field: EngineField,
    word: &str,
    mut visit: impl FnMut(u32, u32),
) -> tantivy::Result<()> {
    let inverted = segment.inverted_index(field)?;
    let term = Term::from_field_text(field, word);
    let option = IndexRecordOption::WithFreqs;
    let Some(mut block) = inverted.read_block_postings(&term, option)? else { return Ok(()) };
    while !block.docs().is_empty() {
        for (doc, count) in block.docs().iter().zip(block.freqs()) {
            visit(*doc, *count);
        }
        block.advance();
    }
    Ok(())
}

/// Words whose records and places in them are read side by side.
pub(crate) struct Together {
    /// Of each word once, however often it is sought.
    postings: Vec<SegmentPostings>,
    /// The numbers of the words, the rarest first.
    by_rarity: Vec<usize>,
    places: Vec<Vec<u32>>,
    /// The numbers of the words in the order in which they are sought.
    order: Vec<usize>,
}

impl Together {
    /// The words in a field of a segment; `None` where one of them does not occur.
    pub fn open(
        segment: &SegmentReader,
        field: EngineField,
        words: &[String],
    ) -> tantivy::Result<Option<Self>> {
        let inverted = segment.inverted_index(field)?;
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let (mut postings, mut order) = (Vec::new(), Vec::with_capacity(words.len()));
        for word in words {
            let number = *numbers.entry(word).or_insert(postings.len());
            order.push(number);
            if number < postings.len() {
                continue;
            }
            let term = Term::from_field_text(field, word);
            let option = IndexRecordOption::WithFreqsAndPositions;
            match inverted.read_postings(&term, option)? {
                Some(of_word) => postings.push(of_word),
                None => return Ok(None),
            }
        }
        let mut by_rarity: Vec<usize> = (0..postings.len()).collect();
        by_rarity.sort_by_key(|word| postings[*word].doc_freq());
        let places = vec![Vec::new(); postings.len()];
        Ok(Some(Self { postings, by_rarity, places, order }))
    }

    /// The first record from `from` on that holds all words; [`TERMINATED`] where there is none.
    fn next(&mut self, from: u32) -> u32 {
        let mut candidate = from;
        'candidates: loop {
            for word in &self.by_rarity {
                let postings = &mut self.postings[*word];
                if postings.doc() < candidate {
                    postings.seek(candidate);
                }
                if postings.doc() == TERMINATED {
                    return TERMINATED;
                }
                if postings.doc() > candidate {
                    candidate = postings.doc();
                    continue 'candidates;
                }
            }
            return candidate;
        }
    }

    /// How often the record at hand holds what is sought.
    fn count(&mut self, sought: &Sought) -> u32 {
        for (postings, places) in self.postings.iter_mut().zip(&mut self.places) {
            postings.positions(places);
        }
        match sought {
            Sought::InOrder(_) => in_order(&self.places, &self.order),
            Sought::Near { wanted, within, .. } => near(&self.places, wanted, *within),
            Sought::Any(_) => 0,
        }
    }

    /// Visits the records that hold what is sought, in order, with how often they do.
    pub fn each(mut self, sought: &Sought, mut visit: impl FnMut(u32, u32)) {
        let mut doc = self.next(0);
        while doc != TERMINATED {
            match self.count(sought) {
                0 => {}
                count => visit(doc, count),
            }
            doc = self.next(doc + 1);
        }
    }

    /// How often a record holds what is sought. Records must be asked for in ascending order.
    pub fn count_in(&mut self, doc: u32, sought: &Sought) -> u32 {
        if self.next(doc) == doc { self.count(sought) } else { 0 }
    }
}
