//! The vocabulary bridge: a query word that belongs to an issue of the codebook brings the words in
//! which others write of that issue, at a lower weight. What is put in quotation marks, excluded, or
//! written as a pattern brings nothing: who writes so means these words.

use std::collections::HashSet;

use indexing::{Analyser, tokens};
use model::pattern::{Pattern, PatternWord, Step, WordMatch};
use model::{Codebook, Issue};

use crate::ast::{Clause, Node, Occur, Query};
use crate::search::{Added, AddedWords, Because};

/// How much an added word counts beside a word of the query.
pub const BRIDGE_WEIGHT: f32 = 0.1;

/// The most words that are added to a query.
pub const MOST_ADDED: usize = 64;

/// A word of the query: as it is written, and folded.
struct Word {
    written: String,
    folded: String,
}

/// The words that the issues of a codebook add to a query, in the order of the codebook.
pub fn bridge(query: &Query, codebook: &Codebook) -> Vec<Added> {
    let mut runs = Vec::new();
    gather(&query.clauses, &mut runs);
    let mut added: Vec<Added> = Vec::new();
    let mut written = HashSet::new();
    for issue in &codebook.issues {
        let told = issue.vocabulary.iter().any(|words| stands(words, &runs));
        for words in issue.vocabulary.iter().filter(|words| told && !stands(words, &runs)) {
            if added.len() < MOST_ADDED && written.insert(words.text.clone()) {
                added.push(of_issue(issue, words));
            }
        }
    }
    added
}

fn of_issue(issue: &Issue, pattern: &Pattern) -> Added {
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
    Added { written, words, weight: BRIDGE_WEIGHT, because: Because::Issue(issue.id.clone()) }
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
                }));
            }
            Node::Group { clauses } => gather(clauses, runs),
            _ => {}
        }
    }
    runs.push(run);
}

/// Whether one of the phrases of a pattern stands in a run of words.
fn stands(pattern: &Pattern, runs: &[Vec<Word>]) -> bool {
    pattern.phrases.iter().any(|phrase| {
        let steps: Vec<&[PatternWord]> = phrase
            .iter()
            .filter_map(|step| match step {
                Step::Word(words) => Some(words.as_slice()),
                Step::Gap(_) => None,
            })
            .collect();
        runs.iter().any(|run| {
            run.windows(steps.len()).any(|window| {
                window
                    .iter()
                    .zip(&steps)
                    .all(|(word, step)| step.iter().any(|met| meets(met, word)))
            })
        })
    })
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

    fn added(query: &str) -> Vec<String> {
        let codebook = Codebook::from_toml(
            "format_version = 1\n\
             [[issue]]\nid = \"conversion\"\nname = \"C\"\ndefinition = \"D\"\nseeds = [\"convert~\"]\n\
             vocabulary = [\"convert~\", \"apostas*\", \"leave Islam\", \"FCRA\"]\n\
             [[issue]]\nid = \"raids\"\nname = \"R\"\ndefinition = \"D\"\nseeds = [\"raid~\"]\n\
             vocabulary = [\"raid~\", \"house church*\"]\n",
        );
        let added = bridge(&parse(query).query, &codebook.expect("a codebook"));
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
    fn what_is_meant_as_written_brings_nothing() {
        for query in ["\"converts\"", "-converts law", "fcra", "Islam leave", ""] {
            assert_eq!(added(query), [""; 0], "{query}");
        }
    }
}
