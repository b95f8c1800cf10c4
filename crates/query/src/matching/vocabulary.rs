//! The words of an index that a pattern or a fuzzy word stands for: all of them where they are few,
//! else those in most passages.

use std::collections::BTreeMap;

use indexing::Index;
use levenshtein_automata::{DFA, Distance, SINK_STATE};
use tantivy::SegmentReader;
use tantivy::schema::Field as EngineField;
use tantivy_fst::Automaton;

use crate::wording::Wording;

/// How many words a pattern or a fuzzy word may stand for; of more, those in most passages are
/// searched.
pub const MAX_WORDS_LIKE: usize = 1024;

/// A pattern or fuzzy word that stands for more words than were searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounded {
    /// As it is written in the query.
    pub written: String,
    /// How many words it stands for.
    pub words: usize,
    /// How many of them were searched: those in most passages.
    pub searched: usize,
}

/// The words that stand in these fields, in their order; and whether there are more.
pub(crate) fn words_like(
    index: &Index,
    fields: &[EngineField],
    wording: &Wording,
) -> tantivy::Result<(Vec<String>, Option<Bounded>)> {
    let mut found: BTreeMap<String, u64> = BTreeMap::new();
    for segment in index.searcher().segment_readers() {
        words_in(segment, fields, wording, &mut found)?;
    }
    if found.len() <= MAX_WORDS_LIKE {
        return Ok((found.into_keys().collect(), None));
    }
    let words = found.len();
    let mut ordered: Vec<(String, u64)> = found.into_iter().collect();
    ordered.sort_by(|(a, in_a), (b, in_b)| in_b.cmp(in_a).then_with(|| a.cmp(b)));
    ordered.truncate(MAX_WORDS_LIKE);
    ordered.sort();
    let searched = ordered.len();
    let bounded = Bounded { written: String::new(), words, searched };
    Ok((ordered.into_iter().map(|(word, _)| word).collect(), Some(bounded)))
}

/// Adds the words of a segment, with the number of records they stand in.
fn words_in(
    segment: &SegmentReader,
    fields: &[EngineField],
    wording: &Wording,
    found: &mut BTreeMap<String, u64>,
) -> tantivy::Result<()> {
    let mut add = |word: &[u8], records: u32| {
        if let Ok(word) = str::from_utf8(word) {
            *found.entry(word.to_owned()).or_default() += u64::from(records);
        }
    };
    for field in fields {
        let inverted = segment.inverted_index(*field)?;
        match wording {
            Wording::Fuzzy(near) => {
                let mut terms = inverted.terms().search(Near(near)).into_stream()?;
                while terms.advance() {
                    add(terms.key(), terms.value().doc_freq);
                }
            }
            Wording::Pattern(pattern) => {
                let prefix = pattern.prefix();
                let mut terms = inverted.terms().range().ge(prefix).into_stream()?;
                while terms.advance() && terms.key().starts_with(prefix.as_bytes()) {
                    if str::from_utf8(terms.key()).is_ok_and(|word| pattern.matches(word)) {
                        add(terms.key(), terms.value().doc_freq);
                    }
                }
            }
        }
    }
    Ok(())
}

/// The automaton of a fuzzy word as the engine's dictionaries are searched with it: only branches that can
/// still come to a match are followed.
struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
