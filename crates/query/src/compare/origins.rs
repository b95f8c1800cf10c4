//! Independence: passages that share text, or that rest on one cited origin, are one witness and not
//! several. "5 passages, 2 origins" says more than five passages.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use model::words::next_word;
use model::{AnnotatedPassage, AnnotationKind, TextRange};

use super::source::Source;
use crate::function_words::is_function_word;
use crate::keyness::name_at;

/// How many words a run has by which passages are seen to share text.
const RUN: usize = 6;

/// Share of the runs of the shorter passage that the other must hold.
const SHARED: f64 = 0.25;

/// In how many passages a run may stand to say something.
const RARE: usize = 40;

/// A passage: its source, and which of its passages.
pub type PassageAt = (usize, usize);

/// What passages rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Independence {
    /// How many passages there are.
    pub passages: usize,
    /// How many origins they come to: those of a group are one.
    pub origins: usize,
    /// Passages that are one origin, two at least each, the largest group first.
    pub groups: Vec<OriginGroup>,
    /// Who is cited by name, with the passages, the most cited first.
    pub cited: Vec<(String, Vec<PassageAt>)>,
}

/// Passages that are no independent witnesses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OriginGroup {
    /// The passages, in order.
    pub passages: Vec<PassageAt>,
    /// Whether some of them share text.
    pub shared_text: bool,
    /// The one that some of them cite, and nobody else by name.
    pub cited: Vec<String>,
}

/// What the passages of all sources rest on.
pub(super) fn independence(sources: &[Source]) -> Independence {
    let passages: Vec<(PassageAt, &AnnotatedPassage)> = sources
        .iter()
        .enumerate()
        .flat_map(|(source, of)| {
            let passages = of.passages.iter().enumerate();
            passages.map(move |(at, speaking)| ((source, at), &speaking.record.passage))
        })
        .collect();
    let mut groups = Groups((0..passages.len()).collect());
    let shared = shared_text(&passages);
    shared.iter().for_each(|(a, b)| groups.join(*a, *b));
    let mut cited: BTreeMap<String, (String, Vec<usize>)> = BTreeMap::new();
    let mut alone: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, passage)) in passages.iter().enumerate() {
        let named = named_origins(passage);
        if let (1, Some((key, _))) = (named.len(), named.first_key_value()) {
            alone.entry(key.clone()).or_default().push(at);
        }
        for (key, shown) in named {
            cited.entry(key).or_insert_with(|| (shown, Vec::new())).1.push(at);
        }
    }
    for citing in alone.values() {
        citing.windows(2).for_each(|two| groups.join(two[0], two[1]));
    }
    let mut by_root: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..passages.len() {
        by_root.entry(groups.root(at)).or_default().push(at);
    }
    let origins = by_root.len();
    let place = |at: &usize| passages[*at].0;
    let group = |members: Vec<usize>| OriginGroup {
        shared_text: shared.iter().any(|(a, _)| members.contains(a)),
        cited: alone
            .iter()
            .filter(|(_, citing)| citing.len() > 1 && members.contains(&citing[0]))
            .filter_map(|(key, _)| cited.get(key).map(|(shown, _)| shown.clone()))
            .collect(),
        passages: members.iter().map(place).collect(),
    };
    let mut joined: Vec<OriginGroup> =
        by_root.into_values().filter(|members| members.len() > 1).map(group).collect();
    joined.sort_by_key(|group| std::cmp::Reverse(group.passages.len()));
    let mut cited: Vec<(String, Vec<PassageAt>)> = cited
        .into_values()
        .map(|(shown, citing)| (shown, citing.iter().map(place).collect()))
        .collect();
    cited.sort_by_key(|(_, citing)| std::cmp::Reverse(citing.len()));
    Independence { passages: passages.len(), origins, groups: joined, cited }
}

/// Pairs of passages that share text.
fn shared_text(passages: &[(PassageAt, &AnnotatedPassage)]) -> Vec<(usize, usize)> {
    let runs: Vec<BTreeSet<u64>> =
        passages.iter().map(|(_, passage)| runs_of(&passage.passage.text)).collect();
    let mut holding: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, runs) in runs.iter().enumerate() {
        runs.iter().for_each(|run| holding.entry(*run).or_default().push(at));
    }
    let mut common: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for of_run in holding.values().filter(|of_run| (2..=RARE).contains(&of_run.len())) {
        for (number, a) in of_run.iter().enumerate() {
            of_run[number + 1..].iter().for_each(|b| *common.entry((*a, *b)).or_default() += 1);
        }
    }
    let enough = |((a, b), shared): &((usize, usize), usize)| {
        *shared as f64 >= SHARED * runs[*a].len().min(runs[*b].len()).max(1) as f64
    };
    common.into_iter().filter(enough).map(|(pair, _)| pair).collect()
}

fn runs_of(text: &str) -> BTreeSet<u64> {
    let (mut at, mut folded, mut words) = (0, String::new(), Vec::new());
    while let Some(range) = next_word(text, at, &mut folded) {
        words.push(folded.clone());
        at = range.end;
    }
    let hash = |run: &[String]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(RUN).map(hash).collect()
}

/// Those whom a passage names as the ones who say so: by their folded names, as they stand there.
fn named_origins(passage: &AnnotatedPassage) -> BTreeMap<String, String> {
    let text = &passage.passage.text;
    let groups: Vec<TextRange> = passage
        .annotations
        .iter()
        .filter(|annotation| matches!(annotation.kind, AnnotationKind::Group(_)))
        .flat_map(|annotation| annotation.evidence.iter().copied())
        .collect();
    let speakers = passage
        .annotations
        .iter()
        .filter(|annotation| matches!(annotation.kind, AnnotationKind::Attribution(_)));
    let mut named = BTreeMap::new();
    for range in speakers.filter_map(|annotation| annotation.evidence.first()) {
        let Some(speaker) = range.of(text) else { continue };
        if let Some(name) = proper_name(speaker, |word| {
            groups.iter().any(|group| group.overlaps(&word.shifted(range.start)))
        }) {
            let shown = name.of(speaker).unwrap_or_default();
            named.entry(model::fold(shown)).or_insert_with(|| shown.to_owned());
        }
    }
    named
}

/// Words that stand with capitals before a name and are none.
const NOT_NAMES: [&str; 6] = ["ngo", "ngos", "mr", "mrs", "ms", "dr"];

/// The longest proper name among words: two words with capitals, an acronym, or a word with a number.
fn proper_name(text: &str, is_group: impl Fn(TextRange) -> bool) -> Option<TextRange> {
    let (mut at, mut folded, mut words) = (0, String::new(), Vec::new());
    while let Some(range) = next_word(text, at, &mut folded) {
        words.push((folded.clone(), range));
        at = range.end;
    }
    let of_country = |at: usize| name_at(at, |at| words.get(at).map(|(word, _)| word.as_str())) > 0;
    let begins = |at: usize| {
        let (word, range) = &words[at];
        text[range.start..].starts_with(char::is_uppercase)
            && !is_function_word(word)
            && !NOT_NAMES.contains(&word.as_str())
            && !is_group(*range)
            && !of_country(at)
    };
    let goes_on = |at: usize| {
        let (word, _) = &words[at];
        begins(at)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || (matches!(word.as_str(), "of" | "for" | "on" | "and")
                && at + 1 < words.len()
                && begins(at + 1))
    };
    let (mut at, mut best): (usize, Option<(usize, TextRange)>) = (0, None);
    while at < words.len() {
        let mut end = at;
        while end < words.len() && if end == at { begins(end) } else { goes_on(end) } {
            end += 1;
        }
        if end > at {
            let range = TextRange::new(words[at].1.start, words[end - 1].1.end);
            let written = range.of(text).unwrap_or_default();
            let acronym = written.len() > 2 && written.chars().all(char::is_uppercase);
            let longer = best.is_none_or(|(length, _)| end - at > length);
            if (end - at > 1 || acronym) && longer {
                best = Some((end - at, range));
            }
        }
        at = end.max(at + 1);
    }
    best.map(|(_, range)| range)
}

/// Which belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn root(&mut self, at: usize) -> usize {
        let mut root = at;
        while self.0[root] != root {
            self.0[root] = self.0[self.0[root]];
            root = self.0[root];
        }
        root
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_from_what_stands_before_it() {
        let name = |text: &str| {
            proper_name(text, |_| false).and_then(|range| range.of(text)).map(str::to_owned)
        };
        assert_eq!(name("the NGO Forum 18").as_deref(), Some("Forum 18"));
        assert_eq!(name("The Ministry of Justice").as_deref(), Some("Ministry of Justice"));
        assert_eq!(name("Human Rights Watch and others").as_deref(), Some("Human Rights Watch"));
        assert_eq!(name("USCIRF").as_deref(), Some("USCIRF"));
        for nobody in ["local leaders", "Kazakhstan", "NGOs", "An official", "the police"] {
            assert_eq!(name(nobody), None, "{nobody}");
        }
    }
}
