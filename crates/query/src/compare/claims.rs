//! Sentences of two sources that say the same, side by side with why they were paired; and figures
//! that differ for the same thing. A suggestion, made so that an unpaired claim is likelier than a
//! wrong pair: two sentences must be each other's best in their documents, and share enough words of content
//! that stand in no name, and issues they speak to. What they have in common besides (names, figures, dates,
//! instruments of law) decides which is the best. `docs/evaluation.md` says how many of the pairs are right,
//! and at which bounds.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{DocumentId, Figure, Period, TextRange, Unit};

use super::sentences::{FigureHere, Sentence, SentenceAt, Stems};

/// In how many sentences a word may stand to bring two of them together.
const RARE: u32 = 64;

/// Most sentences compared with one.
const MOST_COMPARED: usize = 24;

/// How alike two sentences must be, and how many words of content they must share that stand in no
/// name: two that only name the same people say different things of them. The fewer words, the more alike.
const ALIKE: [(f64, usize); 2] = [(0.38, 5), (0.46, 3)];

/// How many words an issue weighs that stands in as many sentences: two sentences that speak to the same
/// issues, and say the like of them, need fewer words in common.
const ISSUE: f64 = 1.5;

/// The same for sentences that give the same large figure, or name the same day or month: seldom two of them tell
/// different things.
const ANCHORED: (f64, usize) = (0.30, 3);

/// How much more alike they must be if their documents cover times [`FAR_APART`]: much of what is told
/// again so much later, in few of the same words, is another event.
const MORE_ALIKE_FAR_APART: f64 = 0.10;

/// Days between the times that documents cover by which they are far apart.
const FAR_APART: i64 = 5 * 365;

/// What an anchor adds when the best of several sentences is sought, and how many count.
const ANCHOR: (f64, usize) = (0.08, 2);

/// How alike the sentences around figures must be that are set against each other.
const ALIKE_AROUND_FIGURES: f64 = 0.25;

/// Two sentences of two sources that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The sentence of the source that comes first.
    pub a: SentenceAt,
    /// The sentence of the other.
    pub b: SentenceAt,
    /// How alike their words and issues are, from 0 to 1.
    pub likeness: f64,
    /// Why they stand beside each other.
    pub why: Why,
}

/// What two sentences share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Why {
    /// The words of content, as they stand in the first, rare ones first.
    pub words: Vec<String>,
    /// The issues that both speak to, and on which both say the like: violated, protected.
    pub issues: Vec<String>,
    /// Names, as they stand in the first.
    pub names: Vec<String>,
    /// The same figures of the same thing, as they stand in the first.
    pub figures: Vec<String>,
    /// The same day or month, as it stands in the first.
    pub dates: Vec<String>,
    /// The same law or instrument.
    pub instruments: Vec<String>,
}

/// Two figures that differ for what seems the same thing.
#[derive(Clone, Debug, PartialEq)]
pub struct FiguresApart {
    /// The first, and where its words stand in its sentence.
    pub a: (SentenceAt, TextRange, Figure),
    /// The other.
    pub b: (SentenceAt, TextRange, Figure),
    /// How alike the sentences are, from 0 to 1.
    pub likeness: f64,
}

/// What was found between sentences.
#[derive(Default)]
pub(super) struct Paired {
    pub claims: Vec<Claim>,
    pub figures: Vec<FiguresApart>,
    /// Sentences that would be in a claim if they gave the same figures.
    pub otherwise: Vec<SentenceAt>,
}

/// A pair that was compared.
struct Candidate {
    a: usize,
    b: usize,
    likeness: f64,
    score: f64,
    why: Why,
    accepted: bool,
    count_differently: bool,
}

/// Pairs sentences of different sources.
pub(super) fn pair(sentences: &[Sentence<'_>], stems: &Stems) -> Paired {
    let weights: Vec<f64> = (0..stems.sentences_of.len())
        .map(|stem| stems.weight(stem as u32, sentences.len()))
        .collect();
    let mut candidates: Vec<Candidate> = near(sentences, stems, &weights)
        .into_iter()
        .filter_map(|(a, b)| compare(sentences, a, b, &weights))
        .collect();
    let figures = figures_apart(sentences, &candidates);
    keep_mutually_best(sentences, &mut candidates);
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.a, a.b).cmp(&(b.a, b.b))));
    let (otherwise, alike): (Vec<Candidate>, Vec<Candidate>) =
        candidates.into_iter().partition(|candidate| candidate.count_differently);
    let claims = alike.into_iter().map(|candidate| Claim {
        a: sentences[candidate.a].at,
        b: sentences[candidate.b].at,
        likeness: candidate.likeness,
        why: candidate.why,
    });
    let otherwise = otherwise.iter().flat_map(|of| [of.a, of.b]).map(|at| sentences[at].at);
    Paired { claims: together(claims.collect()), figures, otherwise: otherwise.collect() }
}

/// The claims in their order, but those that share a sentence with an earlier one next to it: what several
/// editions of a source say is read as one.
fn together(claims: Vec<Claim>) -> Vec<Claim> {
    let mut leads: HashMap<SentenceAt, usize> = HashMap::new();
    let lead_of = |(rank, claim): (usize, &Claim)| {
        let known = [claim.a, claim.b].iter().filter_map(|at| leads.get(at).copied()).min();
        let lead = known.unwrap_or(rank);
        for at in [claim.a, claim.b] {
            leads.entry(at).or_insert(lead);
        }
        lead
    };
    let order: Vec<usize> = claims.iter().enumerate().map(lead_of).collect();
    let mut ordered: Vec<(usize, Claim)> = order.into_iter().zip(claims).collect();
    ordered.sort_by_key(|(lead, _)| *lead);
    ordered.into_iter().map(|(_, claim)| claim).collect()
}

/// Pairs of sentences of two sources on one country that share rare words, at most
/// [`MOST_COMPARED`] for each.
fn near(sentences: &[Sentence<'_>], stems: &Stems, weights: &[f64]) -> Vec<(usize, usize)> {
    let mut holding: HashMap<u32, Vec<usize>> = HashMap::new();
    let rare = |stem: &u32| stems.sentences_of.get(*stem as usize).is_some_and(|n| *n <= RARE);
    for (at, sentence) in sentences.iter().enumerate() {
        for stem in sentence.words.keys().filter(|stem| rare(stem)) {
            holding.entry(*stem).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for (at, sentence) in sentences.iter().enumerate() {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for stem in sentence.words.keys().filter(|stem| rare(stem)) {
            let others = holding.get(stem).into_iter().flatten().copied();
            for other in others.filter(|other| comparable(sentence, &sentences[*other])) {
                *shared.entry(other).or_default() += weights[*stem as usize];
            }
        }
        let mut best: Vec<(usize, f64)> = shared.into_iter().collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let best = best.into_iter().take(MOST_COMPARED);
        pairs.extend(best.map(|(other, _)| (at.min(other), at.max(other))));
    }
    pairs.into_iter().collect()
}

fn comparable(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    a.at.source != b.at.source && a.country == b.country
}

fn compare(
    sentences: &[Sentence<'_>],
    at_a: usize,
    at_b: usize,
    weights: &[f64],
) -> Option<Candidate> {
    let (a, b) = (&sentences[at_a], &sentences[at_b]);
    let weigh = |stems: &mut dyn Iterator<Item = &u32>| -> f64 {
        stems.map(|stem| weights[*stem as usize]).sum()
    };
    let weight = |sentence: &Sentence<'_>| {
        weigh(&mut sentence.words.keys()) + ISSUE * weigh(&mut sentence.issues.keys())
    };
    let mut shared: Vec<u32> =
        a.words.keys().filter(|stem| b.words.contains_key(stem)).copied().collect();
    let issues: BTreeMap<u32, &str> = a
        .issues
        .iter()
        .filter(|(number, _)| b.issues.contains_key(*number))
        .map(|(number, issue)| (*number, *issue))
        .collect();
    let common = weigh(&mut shared.iter()) + ISSUE * weigh(&mut issues.keys());
    let both = weight(a) + weight(b);
    if both == 0.0 {
        return None;
    }
    let likeness = 2.0 * common / both;
    shared.sort_by(|x, y| weights[*y as usize].total_cmp(&weights[*x as usize]).then(x.cmp(y)));
    let written = |range: &TextRange| range.of(a.text).unwrap_or_default().to_owned();
    let why = Why {
        words: shared.iter().filter_map(|stem| a.words.get(stem)).map(written).collect(),
        issues: issues.values().map(|issue| (*issue).to_owned()).collect(),
        names: a
            .names
            .iter()
            .filter(|(name, _)| b.names.contains_key(*name))
            .map(|(_, range)| written(range))
            .collect(),
        figures: same_figures(a, b).iter().map(written).collect(),
        dates: a
            .dates
            .iter()
            .filter(|(date, _)| b.dates.iter().any(|(other, _)| other == date))
            .map(|(_, range)| written(range))
            .collect(),
        instruments: a.instruments.intersection(&b.instruments).map(|n| (*n).to_owned()).collect(),
    };
    let anchors = why.names.len() + why.figures.len() + why.dates.len() + why.instruments.len();
    let anchored = !why.dates.is_empty() || give_the_same_large_figure(a, b);
    let accepted = alike(a, b, likeness, &shared, anchored) && !contradict(a, b);
    let count_differently = accepted && count_differently(a, b);
    let score = likeness + ANCHOR.0 * anchors.min(ANCHOR.1) as f64;
    Some(Candidate { a: at_a, b: at_b, likeness, score, why, accepted, count_differently })
}

/// Whether they share as much as sentences do that say the same.
fn alike(
    a: &Sentence<'_>,
    b: &Sentence<'_>,
    likeness: f64,
    shared: &[u32],
    anchored: bool,
) -> bool {
    let in_names = |stem: &&u32| match (a.words.get(stem), b.words.get(stem)) {
        (Some(here), Some(there)) => a.in_name(here) && b.in_name(there),
        _ => false,
    };
    let words = shared.len() - shared.iter().filter(in_names).count();
    let more = if far_apart(a, b) { MORE_ALIKE_FAR_APART } else { 0.0 };
    let bounds = ALIKE.into_iter().chain(anchored.then_some(ANCHORED));
    bounds.into_iter().any(|(alike, fewest)| likeness >= alike + more && words >= fewest)
}

/// Whether their documents cover times that lie years apart.
fn far_apart(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    a.period.zip(b.period).is_some_and(|(a, b)| {
        let gap = |a: &Period, b: &Period| b.first_day() - a.last_day();
        gap(&a, &b).max(gap(&b, &a)) >= FAR_APART
    })
}

/// Whether two figures are the same, however they are hedged.
fn same(a: &Figure, b: &Figure) -> bool {
    (&a.value, &a.to, &a.unit) == (&b.value, &b.to, &b.unit)
}

/// Whether both give the same figure of three digits or more, or the same range.
fn give_the_same_large_figure(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    let large = |figure: &Figure| figure.to.is_some() || figure.value.len() > 2;
    let mut here = a.figures.iter().filter(|here| large(here.figure));
    here.any(|here| b.figures.iter().any(|there| same(here.figure, there.figure)))
}

/// The figures of the first sentence that the second gives for the same thing.
fn same_figures(a: &Sentence<'_>, b: &Sentence<'_>) -> Vec<TextRange> {
    // A small count of whatever is in every other sentence.
    let telling = |figure: &Figure| figure.unit != Unit::Count || figure.value.len() > 1;
    a.figures
        .iter()
        .filter(|here| {
            b.figures.iter().any(|there| {
                let counted = !here.counted.is_disjoint(&there.counted);
                same(here.figure, there.figure) && (counted || telling(here.figure))
            })
        })
        .map(|here| here.range)
        .collect()
}

/// Whether one says what the other denies or asks for, or they speak of different days or years: "the year"
/// is that which the document covers.
fn contradict(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    let days_apart = !a.dates.is_empty()
        && !b.dates.is_empty()
        && !a.dates.iter().any(|(date, _)| b.dates.iter().any(|(other, _)| meet(date, other)));
    let years_apart = !a.years.is_empty() && !b.years.is_empty() && a.years.is_disjoint(&b.years);
    let denied = a.negated != b.negated || a.asks != b.asks;
    let covered = a.period.zip(b.period);
    let their_years_apart =
        a.of_the_year && b.of_the_year && covered.is_some_and(|(a, b)| !meet(&a, &b));
    days_apart || years_apart || their_years_apart || denied
}

fn meet(a: &Period, b: &Period) -> bool {
    a.first_day() <= b.last_day() && b.first_day() <= a.last_day()
}

/// Keeps the accepted pairs in which each sentence is the best of its document for the other: what two
/// editions of a source say alike is each beside what another source says.
fn keep_mutually_best(sentences: &[Sentence<'_>], candidates: &mut Vec<Candidate>) {
    let mut best: HashMap<(usize, &DocumentId), (f64, usize)> = HashMap::new();
    for candidate in candidates.iter() {
        for (one, other) in [(candidate.a, candidate.b), (candidate.b, candidate.a)] {
            let key = (one, sentences[other].document);
            let known = best.entry(key).or_insert((candidate.score, other));
            if candidate.score > known.0 {
                *known = (candidate.score, other);
            }
        }
    }
    let is_best = |one: usize, other: usize| {
        best.get(&(one, sentences[other].document)).is_some_and(|(_, best)| *best == other)
    };
    candidates.retain(|candidate| {
        candidate.accepted && is_best(candidate.a, candidate.b) && is_best(candidate.b, candidate.a)
    });
}

/// Figures in the same unit that count the same thing in sentences that are alike, and differ.
fn figures_apart(sentences: &[Sentence<'_>], candidates: &[Candidate]) -> Vec<FiguresApart> {
    let mut found: Vec<FiguresApart> = Vec::new();
    for candidate in candidates.iter().filter(|c| c.likeness >= ALIKE_AROUND_FIGURES) {
        let (a, b) = (&sentences[candidate.a], &sentences[candidate.b]);
        if contradict(a, b) {
            continue;
        }
        found.extend(differing(a, b).map(|(here, other)| FiguresApart {
            a: (a.at, here.range, here.figure.clone()),
            b: (b.at, other.range, other.figure.clone()),
            likeness: candidate.likeness,
        }));
    }
    found.sort_by(|a, b| {
        b.likeness.total_cmp(&a.likeness).then((a.a.0, a.b.0).cmp(&(b.a.0, b.b.0)))
    });
    found
}

/// The figures of two sentences that count the same thing in the same unit, and differ in value or in how
/// they are hedged.
fn differing<'a>(
    a: &'a Sentence<'_>,
    b: &'a Sentence<'_>,
) -> impl Iterator<Item = (&'a FigureHere<'a>, &'a FigureHere<'a>)> {
    let same_thing = |here: &FigureHere<'_>, there: &FigureHere<'_>| {
        here.figure.unit == there.figure.unit
            && here.figure.change == there.figure.change
            && counts_the_same(&here.counted, &there.counted)
    };
    let pairs = a.figures.iter().filter_map(move |here| {
        let mut there = b.figures.iter().filter(|there| same_thing(here, there));
        // Where a sentence counts the same thing twice, which of the two is meant is unknown.
        let (Some(other), None) = (there.next(), there.next()) else { return None };
        let is_only = a.figures.iter().filter(|also| same_thing(also, other)).count() == 1;
        is_only.then_some((here, other))
    });
    pairs.filter(|(here, other)| {
        !same(here.figure, other.figure) || here.figure.hedge != other.figure.hedge
    })
}

/// Whether they give different figures for the same thing: those are set against each other, and the
/// sentences do not say the same.
fn count_differently(a: &Sentence<'_>, b: &Sentence<'_>) -> bool {
    differing(a, b).any(|(here, there)| !same(here.figure, there.figure))
}

fn counts_the_same(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> bool {
    let shared = a.intersection(b).count();
    shared > 0 && 2 * shared >= a.len().max(b.len())
}
