//! The words that hold a sentence together and say nothing of what it is about: articles, pronouns,
//! prepositions, conjunctions, auxiliaries. They are indexed and can be searched; they are no words to
//! add to a query, and carry no hit by themselves.

use indexing::{Analyser, tokens};

use crate::ast::{Clause, Node, Occur, Query};

/// The English function words, folded, in alphabetical order.
const FUNCTION_WORDS: [&str; 127] = [
    "a", "about", "above", "after", "again", "against", "all", "also", "although", "am", "among",
    "an", "and", "any", "are", "as", "at", "be", "because", "been", "before", "being", "below",
    "between", "both", "but", "by", "can", "cannot", "could", "did", "do", "does", "doing", "down",
    "during", "each", "either", "for", "from", "further", "had", "has", "have", "having", "he",
    "her", "here", "hers", "him", "his", "how", "however", "i", "if", "in", "into", "is", "it",
    "its", "itself", "may", "me", "might", "more", "most", "must", "my", "neither", "no", "nor",
    "not", "of", "off", "on", "once", "only", "or", "other", "our", "out", "over", "own", "same",
    "shall", "she", "should", "since", "so", "some", "such", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "under",
    "until", "up", "upon", "very", "was", "we", "were", "what", "when", "where", "which", "while",
    "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
];

/// Whether a folded word is one of them.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// The query without the function words that stand beside other words: they carry no hit by
/// themselves, and say little of a passage. What must occur, what is excluded and what stands in
/// quotation marks is kept.
pub(crate) fn carried(query: &Query) -> Query {
    Query { clauses: carried_clauses(&query.clauses) }
}

fn carried_clauses(clauses: &[Clause]) -> Vec<Clause> {
    let idle = |clause: &Clause| match &clause.node {
        Node::Word { text } => {
            clause.occur == Occur::Should
                && tokens(text, Analyser::Exact).all(|token| is_function_word(&token.word))
        }
        _ => false,
    };
    let speaks = |clause: &Clause| {
        clause.occur != Occur::MustNot && clause.node.is_scored() && !idle(clause)
    };
    let keeps_all = !clauses.iter().any(speaks);
    let kept = clauses.iter().filter(|clause| keeps_all || !idle(clause)).cloned();
    kept.map(|clause| match clause.node {
        Node::Group { clauses } => {
            Clause::grouped(clause.occur, clause.boost, carried_clauses(&clauses))
        }
        _ => clause,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn they_carry_no_hit_beside_other_words() {
        let carried = |text: &str| carried(&parse(text).query).to_string();
        assert_eq!(carried("persecution of the converts"), "persecution converts");
        assert_eq!(carried("to be or not to be"), "to be or not to be");
        assert_eq!(carried("+of law -the \"of the\""), "+of law -the \"of the\"");
        assert_eq!(carried("the -law"), "the -law");
        // What is left alone in a group is no group, as the parser has it.
        assert_eq!(carried("(law or)^2 court"), "law^2 court");
        assert_eq!(carried("+(the law) court"), "+law court");
        let exact = parse("(law OR |)^2 court").query.exact();
        assert_eq!(parse(&exact.to_string()).query, exact);
    }

    #[test]
    fn they_stand_in_order() {
        assert!(FUNCTION_WORDS.is_sorted());
        assert!(is_function_word("against") && !is_function_word("law"));
    }
}
