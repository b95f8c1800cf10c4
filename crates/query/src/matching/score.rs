//! BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), with
//! the inverse document frequency that is never negative, ln(1 + (N - n + 0.5) / (n + 0.5)).

use tantivy::fieldnorm::FieldNormReader;

/// The parameters of BM25.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bm25 {
    /// How soon further occurrences of a word stop to count: 0 (at once) and more; finite.
    pub k1: f32,
    /// How much the length of a passage counts: 0 (not at all) to 1.
    pub b: f32,
}

/// The passages of a library in figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Collection {
    /// How many passages there are, one at least.
    pub passages: u64,
    /// The mean number of words of one, above 0.
    pub mean_words: f32,
}

/// BM25 over a collection.
#[derive(Clone)]
pub(crate) struct Scorer {
    pub bm25: Bm25,
    collection: Collection,
    /// For each length as the engine keeps it (a byte): k1 (1 - b + b length / mean).
    saturation: [f32; 256],
}

impl Scorer {
    pub fn new(bm25: Bm25, collection: Collection) -> Self {
        let mut saturation = [0.0; 256];
        for (id, value) in (0..=u8::MAX).zip(&mut saturation) {
            let length = FieldNormReader::id_to_fieldnorm(id) as f32;
            *value = bm25.k1 * (1.0 - bm25.b + bm25.b * length / collection.mean_words);
        }
        Self { bm25, collection, saturation }
    }

    /// How much it says of a passage that it holds a word that `holding` passages hold.
    pub fn rarity(&self, holding: u64) -> f32 {
        let all = self.collection.passages as f64;
        let holding = (holding as f64).min(all);
        (1.0 + (all - holding + 0.5) / (holding + 0.5)).ln() as f32
    }

    /// What a word whose rarity, times its factor, is `weight` earns by occurring `count` times in a
    /// passage whose length the engine keeps as `length`.
    #[inline]
    pub fn earned(&self, weight: f32, count: f32, length: u8) -> f32 {
        weight * (self.bm25.k1 + 1.0) * count / (count + self.saturation[usize::from(length)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_is_that_of_the_formula() {
        let scorer =
            Scorer::new(Bm25 { k1: 1.2, b: 0.75 }, Collection { passages: 10, mean_words: 20.0 });
        // ln(1 + (10 - 2 + 0.5) / (2 + 0.5)) = ln 4.4
        assert!((scorer.rarity(2) - 1.481_604_5).abs() < 1e-6);
        let length = FieldNormReader::fieldnorm_to_id(20);
        assert!((scorer.earned(1.0, 3.0, length) - 2.2 * 3.0 / 4.2).abs() < 1e-6);
        assert!(scorer.rarity(11) > 0.0);
    }

    #[test]
    fn without_k1_a_word_counts_once_and_without_b_length_does_not_count() {
        let collection = Collection { passages: 10, mean_words: 20.0 };
        let once = Scorer::new(Bm25 { k1: 0.0, b: 0.5 }, collection);
        assert_eq!(once.earned(1.0, 1.0, 3), once.earned(1.0, 9.0, 40));
        let any_length = Scorer::new(Bm25 { k1: 1.0, b: 0.0 }, collection);
        assert_eq!(any_length.earned(1.0, 2.0, 3), any_length.earned(1.0, 2.0, 40));
    }
}
