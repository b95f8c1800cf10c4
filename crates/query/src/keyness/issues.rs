//! How the vocabulary of each issue stands in the two sides: the words in which sources write of it,
//! taken together and one by one, whether they mark a side or not.

use std::cmp::Reverse;

use model::Vocabulary;

use super::sought::Sought;
use super::statistics::Measure;
use super::{AskedTerm, IssueWords, Term};

/// Measures the vocabularies of issues, the first `most` of each side; those of which no word stands
/// anywhere are left out.
pub(super) fn measure(
    vocabularies: &[Vocabulary],
    most: usize,
    measure: &Measure,
) -> Vec<IssueWords> {
    let words = |of: &Vocabulary| of.words.iter().map(Sought::pattern).collect();
    let words: Vec<Vec<Sought>> = vocabularies.iter().map(words).collect();
    let together = words.iter().map(|words| Sought::any(words));
    let sought: Vec<Sought> = together.chain(words.iter().flatten().cloned()).collect();
    let details = measure.find(&sought);
    let (of_issues, mut of_words) = details.split_at(vocabularies.len());
    let mut issues = Vec::new();
    for (Vocabulary { issue, words }, detail) in vocabularies.iter().zip(of_issues) {
        let (here, rest) = of_words.split_at(words.len());
        of_words = rest;
        let found = measure.either(issue.as_str(), detail);
        let Some(all) = found.term else { continue };
        let words = words.iter().zip(here).map(|(word, of)| measure.either(&word.text, of));
        let (marks_second, words) = (found.marks_second, different(words.collect()));
        issues.push(IssueWords { issue: issue.clone(), marks_second, all, words });
    }
    issues.sort_by(|a, b| {
        let by_score = || b.all.log_odds.total_cmp(&a.all.log_odds);
        a.marks_second.cmp(&b.marks_second).then_with(by_score).then_with(|| a.issue.cmp(&b.issue))
    });
    let (mut first, mut second) = (0, 0);
    issues.retain(|issue| {
        let of_side = if issue.marks_second { &mut second } else { &mut first };
        *of_side += 1;
        *of_side <= most
    });
    issues
}

/// The words that stand anywhere, the commonest first, without those whose forms another of them has.
fn different(mut words: Vec<AskedTerm>) -> Vec<AskedTerm> {
    words.sort_by_key(|word| Reverse(times(word)));
    let mut kept: Vec<AskedTerm> = Vec::new();
    for word in words {
        let Some(term) = &word.term else { continue };
        let has_all = |other: &Term| term.forms.iter().all(|form| other.forms.contains(form));
        if !kept.iter().filter_map(|other| other.term.as_ref()).any(has_all) {
            kept.push(word);
        }
    }
    kept
}

/// How often a word stands in both sides.
fn times(word: &AskedTerm) -> u64 {
    word.term.as_ref().map_or(0, |term| term.here.rate.count + term.there.rate.count)
}
