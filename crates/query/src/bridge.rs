//! The vocabulary bridge: a query word that belongs to an issue of the codebook brings the words in
//! which others write of that issue, at a lower weight. What is put in quotation marks, excluded, or
//! written as a pattern brings nothing: who writes so means these words.

use std::collections::{BTreeSet, HashSet};

use indexing::{Analyser, tokens};
use model::pattern::{Pattern, PatternWord, Step, WordMatch};
use model::{IssueId, Vocabulary};

use crate::ast::{Clause, Node, Occur, Query};
use crate::search::{Added, AddedWords, Because};

/// How much an added word counts beside a word of the query.
pub const BRIDGE_WEIGHT: f32 = 0.1;

/// The most words that are added to a query.
pub const MOST_ADDED: usize = 64;

/// A word of the query: as it is written, folded, and the part of the query that it is of.
struct Word {
    written: String,
    folded: String,
    of: String,
}

/// The words that the issues of a codebook add to a query, in the order of the codebook.
pub fn bridge(query: &Query, vocabularies: &[Vocabulary]) -> Vec<Added> {
    let mut runs = Vec::new();
    gather(&query.clauses, &mut runs);
    let mut added: Vec<Added> = Vec::new();
    let mut written = HashSet::new();
    for Vocabulary { issue, words } in vocabularies {
        let standing = |words: &Pattern| standing(words, &runs);
        let told: BTreeSet<String> = words.iter().flat_map(standing).collect();
        let others = words.iter().filter(|words| standing(words).is_empty());
        for words in others.filter(|_| !told.is_empty()) {
            if added.len() < MOST_ADDED && written.insert(words.text.clone()) {
                added.push(of_issue(issue, words, &told));
            }
        }
    }
    added
}

fn of_issue(issue: &IssueId, pattern: &Pattern, told: &BTreeSet<String>) -> Added {
    let plain = pattern.text.replace(['*', '~'], "");
    let is_one_word = tokens(&plain, Analyser::Exact).nth(1).is_none();
    let words = match pattern.text.strip_suffix('*') {
        Some(_) if is_one_word => AddedWords::Pattern(pattern.text.clone()),
        _ => AddedWords::Words(plain.clone()),
    };
    let written = match (&words, is_one_word) {
        (AddedWords::Pattern(text), _) => text.clone(),
        (_, true) => plain,
        (_, false) => format!("\"{plain}\""),
    };
    let because = Because::Issue(issue.clone());
    let instead_of = told.iter().cloned().collect();
    Added { written, words, weight: BRIDGE_WEIGHT, because, instead_of }
}

/// The words of each group, exclusions left out.
fn gather(clauses: &[Clause], runs: &mut Vec<Vec<Word>>) {
    let mut run = Vec::new();
    for clause in clauses.iter().filter(|clause| clause.occur != Occur::MustNot) {
        match &clause.node {
            Node::Word { text } => {
                run.extend(tokens(text, Analyser::Exact).map(|token| Word {
                    written: token.range.of(text).unwrap_or_default().to_owned(),
                    folded: token.word,
                    of: clause.node.to_string(),
                }));
            }
            Node::Group { clauses } => gather(clauses, runs),
            _ => {}
        }
    }
    runs.push(run);
}

/// The parts of the query in which a pattern stands: those of every run of words that one of its
/// phrases meets.
fn standing(pattern: &Pattern, runs: &[Vec<Word>]) -> BTreeSet<String> {
    let mut parts = BTreeSet::new();
    for phrase in &pattern.phrases {
        let steps: Vec<&[PatternWord]> = phrase
            .iter()
            .filter_map(|step| match step {
                Step::Word(words) => Some(words.as_slice()),
                Step::Gap(_) => None,
            })
            .collect();
        if steps.is_empty() {
            continue;
        }
        for window in runs.iter().flat_map(|run| run.windows(steps.len())) {
            let mut pairs = window.iter().zip(&steps);
            if pairs.all(|(word, step)| step.iter().any(|met| meets(met, word))) {
                parts.extend(window.iter().map(|word| word.of.clone()));
            }
        }
    }
    parts
}

fn meets(pattern: &PatternWord, word: &Word) -> bool {
    match pattern.how {
        WordMatch::Whole => word.folded == pattern.word,
        WordMatch::Prefix => word.folded.starts_with(&pattern.word),
        WordMatch::AsWritten => word.written == pattern.word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;
    use model::Codebook;

    fn added(query: &str) -> Vec<String> {
        let codebook = Codebook::from_toml(
            "format_version = 1\n\
             [[issue]]\nid = \"conversion\"\nname = \"C\"\ndefinition = \"D\"\nseeds = [\"convert~\"]\n\
             vocabulary = [\"convert~\", \"apostas*\", \"leave Islam\", \"FCRA\"]\n\
             [[issue]]\nid = \"raids\"\nname = \"R\"\ndefinition = \"D\"\nseeds = [\"raid~\"]\n\
             vocabulary = [\"raid~\", \"house church*\"]\n",
        );
        let added = bridge(&parse(query).query, &codebook.expect("a codebook").vocabularies());
        added.into_iter().map(|added| added.written).collect()
    }

    #[test]
    fn a_word_of_an_issue_brings_the_others() {
        assert_eq!(added("persecution of converts"), ["apostas*", "\"leave Islam\"", "FCRA"]);
        assert_eq!(added("those who leave Islam"), ["convert", "apostas*", "FCRA"]);
        assert_eq!(added("house churches raided"), [""; 0]);
        assert_eq!(added("house churches"), ["raid"]);
        assert_eq!(added("+apostasy"), ["convert", "\"leave Islam\"", "FCRA"]);
    }

    #[test]
    fn an_added_word_knows_what_it_stands_for() {
        let codebook = Codebook::from_toml(
            "format_version = 1\n\
             [[issue]]\nid = \"conversion\"\nname = \"C\"\ndefinition = \"D\"\nseeds = [\"convert~\"]\n\
             vocabulary = [\"convert~\", \"apostas*\", \"leave Islam\"]\n",
        );
        let codebook = codebook.expect("a codebook");
        let stands_for = |query: &str| {
            let added = bridge(&parse(query).query, &codebook.vocabularies());
            added.into_iter().map(|added| added.instead_of).collect::<Vec<_>>()
        };
        assert_eq!(stands_for("persecution of converts"), [["converts"], ["converts"]]);
        assert_eq!(stands_for("who leave Islam"), [["Islam", "leave"], ["Islam", "leave"]]);
    }

    #[test]
    fn what_is_meant_as_written_brings_nothing() {
        for query in ["\"converts\"", "-converts law", "fcra", "Islam leave", ""] {
            assert_eq!(added(query), [""; 0], "{query}");
        }
    }
}
