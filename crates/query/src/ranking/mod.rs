//! The best matches, in an order that depends on nothing but the library and the request: by what
//! their words earn (`best`), then by how near the words stand to one another (`proximity`); and what
//! words the best matches suggest (`feedback`).

pub(crate) mod best;
pub(crate) mod feedback;
pub(crate) mod proximity;

pub use crate::matching::score::Bm25;

/// How matches are ranked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranking {
    /// What words earn.
    pub bm25: Bm25,
    /// What a word earns by standing in a heading above the passage, as a share of its rarity; 0 for
    /// nothing.
    pub heading: f32,
    /// What a word earns by saying what report the passage is of: its title, country, publisher,
    /// series or year; as a share of its rarity, 0 for nothing.
    pub about: f32,
    /// How much the nearness of the words to one another counts beside the words; 0 for not at all.
    pub proximity: f32,
    /// Whether, where most of the best matches are of one source, passages of others that say it
    /// otherwise stand higher than by their scores; see [`crate::OneVoice`].
    pub balance: Balance,
    /// Whether, and how, words of the best matches are added to the query.
    pub feedback: Option<Feedback>,
}

/// Whether scores alone order a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Balance {
    /// They do.
    ByScore,
    /// Where more than half of the first twenty are of one source, every third place goes to the best
    /// passage of another that holds no word of the query and says each of them otherwise.
    OfSources,
}

/// How words of the best matches are added to a query: relevance model RM3 (Abdul-Jaleel and others,
/// "UMass at TREC 2004: Novelty and HARD").
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// How many of the best matches are read.
    pub passages: usize,
    /// How many words are taken from them.
    pub words: usize,
    /// The share of the query's own words in the new query, above 0 and up to 1.
    pub own: f32,
}

impl Ranking {
    /// BM25 with the parameters that Lucene and Tantivy have, and nothing else.
    pub fn plain() -> Self {
        let bm25 = Bm25 { k1: 1.2, b: 0.75 };
        Self {
            bm25,
            heading: 0.0,
            about: 0.0,
            proximity: 0.0,
            balance: Balance::ByScore,
            feedback: None,
        }
    }
}

impl Default for Ranking {
    /// What ranks best by the judged queries of `docs/evaluation.md`.
    fn default() -> Self {
        let bm25 = Bm25 { k1: 0.9, b: 0.4 };
        Self {
            bm25,
            heading: 0.0,
            about: 1.0,
            proximity: 0.5,
            balance: Balance::OfSources,
            feedback: None,
        }
    }
}

impl Default for Feedback {
    /// What Anserini has.
    fn default() -> Self {
        Self { passages: 10, words: 10, own: 0.5 }
    }
}
