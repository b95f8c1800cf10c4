//! What a plain list of words would say: the seeds of a codebook without anything that makes them
//! careful. An issue is found where the words of one of its seeds stand in the text as they are,
//! letters before and after allowed; neighbours and lookalikes are not asked for, seeds with gaps
//! are left out, and what is said on an issue is always what it leans to.

use model::pattern::Step;
use model::words::next_word;
use model::{Codebook, IssueId, Polarity};

use super::labels::{IssueLabel, Labels};

/// A codebook reduced to its plain words.
#[derive(Clone, Debug)]
pub struct Baseline {
    issues: Vec<(IssueId, Polarity, Vec<String>)>,
}

impl Baseline {
    /// The plain words of a codebook.
    pub fn of(codebook: &Codebook) -> Self {
        let issues = codebook.issues.iter().map(|issue| {
            let phrases = issue.seeds.iter().flat_map(|seed| &seed.pattern.phrases);
            let mut words: Vec<String> = phrases.flat_map(|phrase| plain(phrase)).collect();
            words.sort();
            words.dedup();
            (issue.id.clone(), issue.leaning, words)
        });
        Self { issues: issues.collect() }
    }

    /// The labels it gives to a text: issues, and nothing else.
    pub fn labels(&self, text: &str) -> Labels {
        let folded = folded(text);
        let found = self
            .issues
            .iter()
            .filter(|(_, _, words)| words.iter().any(|words| folded.contains(words.as_str())));
        let label = |polarity: Polarity| IssueLabel { polarity, evidence: Vec::new() };
        Labels {
            issues: found.map(|(id, leaning, _)| (id.clone(), label(*leaning))).collect(),
            ..Labels::default()
        }
    }
}

/// The ways a phrase is written in full, folded; none for a phrase with a gap.
fn plain(phrase: &[Step]) -> Vec<String> {
    let mut ways = vec![String::new()];
    for step in phrase {
        let Step::Word(words) = step else { return Vec::new() };
        let spelt = |way: &String| -> Vec<String> {
            let before = if way.is_empty() { String::new() } else { format!("{way} ") };
            words.iter().map(|word| format!("{before}{}", folded(&word.word))).collect()
        };
        ways = ways.iter().flat_map(spelt).collect();
    }
    ways
}

/// The folded words of a text with one space between.
fn folded(text: &str) -> String {
    let (mut all, mut word, mut at) = (String::new(), String::new(), 0);
    while let Some(range) = next_word(text, at, &mut word) {
        if !all.is_empty() {
            all.push(' ');
        }
        all.push_str(&word);
        at = range.end;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const CODEBOOK: &str = r#"
format_version = 1
[[issue]]
id = "conversion"
name = "Conversion"
definition = "Changing one's religion."
leaning = "violation"
seeds = [{ find = "convert", with = ["faith"] }, "left … church"]
lookalikes = ["converted church"]
references = []
"#;

    #[test]
    fn it_has_none_of_the_care_of_the_codebook() {
        let codebook = Codebook::from_toml(CODEBOOK).expect("a codebook");
        let baseline = Baseline::of(&codebook);
        let found = |text: &str| baseline.labels(text).issues.len();
        assert_eq!(found("A Converted church is a museum."), 1);
        assert_eq!(found("They left the church."), 0);
        assert_eq!(found("Nothing."), 0);
        let labels = baseline.labels("No converts were reported.");
        assert_eq!(labels.issues.values().next().expect("one").polarity, Polarity::Violation);
    }
}
