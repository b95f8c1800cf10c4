//! The issues a passage speaks to, by the words of the codebook. A seed counts where its neighbours
//! allow it and no lookalike covers it; what the passage says on the issue is told by
//! [`super::polarity`], sentence by sentence.

use model::codebook::{Seed, Within};
use model::pattern::Pattern;
use model::{Annotation, AnnotationKind, Codebook, IssueId, Polarity};

use super::polarity::Leanings;
use super::vocabulary::{Met, Vocabulary};
use super::words::Words;

/// A codebook made ready for finding its words.
#[derive(Debug)]
pub struct Issues {
    issues: Vec<(IssueId, Polarity)>,
    seeds: Vec<CompiledSeed>,
    vocabulary: Vocabulary<Part>,
}

#[derive(Debug)]
struct CompiledSeed {
    issue: usize,
    needs: bool,
    within: Within,
}

/// What part a pattern plays in the codebook; seeds by their number.
#[derive(Clone, Copy, Debug)]
enum Part {
    Seed(usize),
    With(usize),
    Without(usize),
    /// A lookalike of an issue.
    Lookalike(usize),
}

/// A seed met in a text, its neighbours and lookalikes considered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earned {
    /// Number of the issue in the codebook.
    pub issue: usize,
    /// Number of the seed in the codebook, all issues' seeds in one row.
    pub seed: usize,
    /// Where.
    pub met: Met,
}

impl Issues {
    /// Makes a codebook ready.
    pub fn of(codebook: &Codebook) -> Self {
        let (mut issues, mut seeds, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        for (number, issue) in codebook.issues.iter().enumerate() {
            issues.push((issue.id.clone(), issue.leaning));
            for Seed { pattern, with, without, within, .. } in &issue.seeds {
                let seed = seeds.len();
                let all = |of: &[Pattern], part: Part| -> Vec<(Pattern, Part)> {
                    of.iter().map(|pattern| (pattern.clone(), part)).collect()
                };
                patterns.push((pattern.clone(), Part::Seed(seed)));
                patterns.extend(all(with, Part::With(seed)));
                patterns.extend(all(without, Part::Without(seed)));
                seeds.push(CompiledSeed {
                    issue: number,
                    needs: !with.is_empty(),
                    within: *within,
                });
            }
            let lookalikes = issue.lookalikes.iter().cloned();
            patterns.extend(lookalikes.map(|pattern| (pattern, Part::Lookalike(number))));
        }
        Self { issues, seeds, vocabulary: Vocabulary::new(patterns) }
    }

    /// Every seed that earns its label in a text, in the order of the text.
    pub fn earned(&self, words: &Words<'_>) -> Vec<Earned> {
        let met = self.vocabulary.find(words);
        let part = |met: &Met| *self.vocabulary.meaning(met);
        let earns = |this: &Met, seed: usize, issue: usize| {
            let near = |part_wanted: fn(Part) -> Option<usize>| {
                met.iter().any(|other| {
                    part_wanted(part(other)) == Some(seed)
                        && is_near(this, other, self.seeds[seed].within, words)
                })
            };
            let with = |part| if let Part::With(seed) = part { Some(seed) } else { None };
            let without = |part| if let Part::Without(seed) = part { Some(seed) } else { None };
            let lookalike = |other: &Met| {
                matches!(part(other), Part::Lookalike(of) if of == issue) && other.covers(this)
            };
            (!self.seeds[seed].needs || near(with)) && !near(without) && !met.iter().any(lookalike)
        };
        let seeds = met.iter().filter_map(|this| match part(this) {
            Part::Seed(seed) => Some((this, seed, self.seeds[seed].issue)),
            _ => None,
        });
        seeds
            .filter(|(this, seed, issue)| earns(this, *seed, *issue))
            .map(|(met, seed, issue)| Earned { issue, seed, met: *met })
            .collect()
    }

    /// The issues of a passage, each once, in the order of the codebook, with what is said on each.
    pub fn annotate(&self, words: &Words<'_>, leanings: &Leanings) -> Vec<Annotation> {
        let earned = self.earned(words);
        let mut annotations = Vec::new();
        for (number, (issue, leaning)) in self.issues.iter().enumerate() {
            let own: Vec<&Earned> = earned.iter().filter(|e| e.issue == number).collect();
            let said = own.iter().map(|e| leanings.of(words, &e.met, *leaning));
            let Some(polarity) = said.min() else { continue };
            let mut evidence: Vec<_> = own.iter().map(|earned| earned.met.range(words)).collect();
            evidence.dedup();
            let kind = AnnotationKind::Issue { issue: issue.clone(), polarity };
            annotations.push(Annotation { kind, evidence });
        }
        annotations
    }
}

fn is_near(this: &Met, other: &Met, within: Within, words: &Words<'_>) -> bool {
    let sentence = |word: usize| words.all().get(word).map(|word| word.sentence);
    match within {
        Within::Passage => true,
        Within::Sentence => sentence(this.first) == sentence(other.first),
        Within::Words(most) => {
            let gap = if other.first > this.last {
                other.first - this.last
            } else {
                this.first.saturating_sub(other.last)
            };
            sentence(this.first) == sentence(other.first) && gap <= usize::from(most)
        }
    }
}
