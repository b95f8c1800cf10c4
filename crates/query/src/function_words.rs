//! English words that say how a sentence is built and not what it is about: articles, pronouns,
//! prepositions, auxiliaries, conjunctions, and the adverbs that only join. Alignment gives them less
//! weight, keyness and claims leave them out. Folded, as `model::words` folds.

use std::collections::HashSet;
use std::sync::LazyLock;

const WORDS: &str = "\
a about above across after again against ago all almost alone along already also although always am \
among amongst an and another any anybody anyone anything are aren around as at away back be became \
because become becomes been before began being below beside besides between beyond both but by came \
can cannot come could couldn did didn do does doesn doing don done down during each eg either else \
etc even ever every everyone everything except few fewer for former from further furthermore gave \
get given goes got had hadn has hasn have haven having he hence her here hers herself him himself \
his how however i ie if in indeed instead into is isn it its itself just latter least less like \
likely made mainly make makes many may me meanwhile might mine more moreover most mostly much must \
my myself namely near nearly neither never nevertheless next no nobody none nonetheless nor not \
nothing now of off often on once one ones only onto or other others otherwise ought our ours \
ourselves out over own per perhaps put quite rather re really s said same say says seem seemed seems \
several shall she should shouldn since so some somebody someone something sometimes somewhat soon \
still such t take taken than that the their theirs them themselves then thence there thereby \
therefore these they this those though through throughout thus till to together too took toward \
towards two under unless until unto up upon us use used uses usually various very via was wasn we \
well went were weren what whatever when whenever where whereas whereby wherein wherever whether \
which while whilst who whoever whole whom whose why will with within without won would wouldn yet \
you your yours yourself yourselves";

static SET: LazyLock<HashSet<&'static str>> = LazyLock::new(|| WORDS.split(' ').collect());

/// Whether a folded word is one of them.
pub(crate) fn is_function_word(folded: &str) -> bool {
    SET.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_are_told_from_what_a_report_is_about() {
        for word in ["the", "are", "their", "whereas", "among"] {
            assert!(is_function_word(word), "{word}");
        }
        for word in ["believer", "police", "detained", "church", "law", "600"] {
            assert!(!is_function_word(word), "{word}");
        }
    }

    #[test]
    fn every_word_is_written_as_words_are_folded() {
        let mut folded = String::new();
        for word in SET.iter() {
            let range = model::words::next_word(word, 0, &mut folded).expect("a word");
            assert_eq!((range.len(), folded.as_str()), (word.len(), *word));
        }
    }
}
