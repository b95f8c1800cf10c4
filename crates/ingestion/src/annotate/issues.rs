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

#[derive(Clone, Copy, Debug)]
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

/// What is met around seeds, each list in the order of the seeds or issues it serves.
#[derive(Default)]
struct Around {
    with: Vec<(usize, Met)>,
    without: Vec<(usize, Met)>,
    lookalikes: Vec<(usize, Met)>,
}

impl Around {
    /// The part of a list that serves a seed or an issue.
    fn of(list: &[(usize, Met)], number: usize) -> impl Iterator<Item = &Met> {
        let from = list.partition_point(|(other, _)| *other < number);
        list[from..].iter().take_while(move |(other, _)| *other == number).map(|(_, met)| met)
    }
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

    /// The patterns of the codebook, by their number.
    pub fn patterns(&self) -> &[Pattern] {
        self.vocabulary.patterns()
    }

    /// Every seed that earns its label in a text, in the order of the text.
    pub fn earned(&self, words: &Words<'_>) -> Vec<Earned> {
        self.earned_of(words, &self.vocabulary.find(words))
    }

    /// The seeds that earn their label among the patterns met in a text.
    fn earned_of(&self, words: &Words<'_>, met: &[Met]) -> Vec<Earned> {
        // Few patterns are met in a text; each is looked up by the seed or issue it serves.
        let mut around = Around::default();
        for met in met {
            match *self.vocabulary.meaning(met) {
                Part::With(seed) => around.with.push((seed, *met)),
                Part::Without(seed) => around.without.push((seed, *met)),
                Part::Lookalike(issue) => around.lookalikes.push((issue, *met)),
                Part::Seed(_) => {}
            }
        }
        [&mut around.with, &mut around.without, &mut around.lookalikes]
            .into_iter()
            .for_each(|of| of.sort_unstable_by_key(|(number, _)| *number));
        let seeds = met.iter().filter_map(|met| match *self.vocabulary.meaning(met) {
            Part::Seed(seed) => Some(Earned { issue: self.seeds[seed].issue, seed, met: *met }),
            _ => None,
        });
        seeds.filter(|earned| self.earns(earned, &around, words)).collect()
    }

    /// Whether a seed that is met counts: its neighbours and lookalikes allow it.
    fn earns(
        &self,
        Earned { issue, seed, met }: &Earned,
        around: &Around,
        words: &Words<'_>,
    ) -> bool {
        let CompiledSeed { needs, within, .. } = self.seeds[*seed];
        let near = |of: &[(usize, Met)]| {
            Around::of(of, *seed).any(|other| is_near(met, other, within, words))
        };
        (!needs || near(&around.with))
            && !near(&around.without)
            && !Around::of(&around.lookalikes, *issue).any(|other| other.covers(met))
    }

    /// The issues of a passage by the patterns met in it, each once, in the order of the codebook,
    /// with what is said on each.
    pub fn annotate(&self, words: &Words<'_>, met: &[Met], leanings: &Leanings) -> Vec<Annotation> {
        let mut earned = self.earned_of(words, met);
        earned.sort_by_key(|earned| earned.issue);
        let mut annotations = Vec::new();
        for own in earned.chunk_by(|a, b| a.issue == b.issue) {
            let Some((issue, leaning)) = own.first().and_then(|e| self.issues.get(e.issue)) else {
                continue;
            };
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
