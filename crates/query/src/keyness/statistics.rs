//! The measures. The rate ratio compares occurrences per word, half an occurrence added to each
//! count. Its lower bound is that of the share `p` of all occurrences that fall here (given their
//! number, that share is binomial where both are Poisson): Wilson's lower limit of `p`, turned back
//! into a ratio, `p/(1−p)` times the words there over the words here. Words of one document are not
//! independent, so the number of occurrences is first divided by how much more they vary from document
//! to document than by chance: the greater, of both sides, of 1 and `Σ(cᵢ − r·wᵢ)²/c` over documents
//! `i` with `wᵢ` words and `cᵢ` of the `c` occurrences, `r` being the side's rate. So a word used a
//! hundred times in one document counts for little. The weighted log-odds ratio has as its prior the
//! words of both sides, weighing as much as 10,000 words.

use std::collections::HashSet;

use model::Country;
use rayon::prelude::*;

use super::count::{Counts, Key, Tally, half, holds};
use super::detail::{Detail, details};
use super::sought::{self, Sought};
use super::texts::Texts;
use super::{AskedTerm, Keyness, KeynessRequest, NoiseFloor, Occurrences, Order, Term, issues};
use crate::compare::rate;

/// How many words the prior of the log-odds ratio weighs.
const PRIOR_WORDS: f64 = 10_000.0;

/// The quantile of the normal distribution for a lower bound of 95 %: which side a term marks is said
/// by its ratio, and only how little it may be is asked.
const Z: f64 = 1.644_853_627;

/// Which part of a term's occurrences is nearly all of them.
const NEARLY_ALL: f64 = 0.8;

/// How many terms between halves are looked at closely.
const OF_NOISE: usize = 100;

/// Two sets of halves that are compared: those here and those there.
type Sets = ([usize; 2], [usize; 2]);

const FIRST: Sets = ([0, 1], [2, 3]);
const SECOND: Sets = ([2, 3], [0, 1]);
const NULLS: [Sets; 4] = [([0, 0], [1, 1]), ([1, 1], [0, 0]), ([2, 2], [3, 3]), ([3, 3], [2, 2])];

/// Compares the sides by what was counted.
pub(super) fn compare(texts: &Texts, counts: &Counts, request: &KeynessRequest) -> Keyness {
    let enough = request.fewest_documents.max(1) as u32;
    let wanted = request.most.saturating_mul(8).saturating_add(100);
    let list = |sets: Sets, side: usize, most: usize| {
        let mut scored: Vec<(f64, Key)> = counts
            .terms
            .iter()
            .filter(|(_, tally)| tally.documents[side] >= enough)
            .map(|(key, tally)| (rough(tally, &counts.words, sets, request.order), *key))
            .filter(|(score, _)| *score > 0.0)
            .collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(most);
        scored.into_iter().map(|(_, key)| key).collect::<Vec<Key>>()
    };
    let lists = [(FIRST, 0, wanted), (SECOND, 1, wanted)].into_iter();
    let lists: Vec<(Sets, usize, usize)> =
        lists.chain((0..4).map(|at| (NULLS[at], at / 2, OF_NOISE))).collect();
    let lists: Vec<Vec<Key>> =
        lists.into_par_iter().map(|(sets, side, most)| list(sets, side, most)).collect();
    let keys: HashSet<Key> = lists.iter().flatten().copied().collect();
    let (marks, nulls) = lists.split_at(2);
    let details = details(texts, counts, &keys);
    let measure = Measure { texts, counts, sums: Sums::of(texts) };
    let terms = |side: usize, sets: Sets| {
        let found = marks[side].par_iter().filter_map(|key| details.get(key).map(|d| (*key, d)));
        let found = found.map(|(key, detail)| (key, measure.term(detail, side, sets)));
        let mut found: Vec<(Key, Term)> = found.filter(|(_, term)| term.low > 1.0).collect();
        let score = |term: &Term| match request.order {
            Order::RateRatio => term.low,
            Order::LogOdds => term.log_odds,
        };
        found.sort_by(|a, b| score(&b.1).total_cmp(&score(&a.1)).then(a.1.shown.cmp(&b.1.shown)));
        telling(found, request.most)
    };
    let mut noise = NoiseFloor { terms: counts.terms.len(), ..NoiseFloor::default() };
    for (sets, keys) in NULLS.iter().zip(nulls) {
        for detail in keys.iter().filter_map(|key| details.get(key)) {
            noise.low = noise.low.max(measure.ratio(detail, *sets).1);
            noise.log_odds = noise.log_odds.max(measure.log_odds(detail, *sets));
        }
    }
    Keyness {
        a: texts.volumes[0],
        b: texts.volumes[1],
        marks_a: terms(0, FIRST),
        marks_b: terms(1, SECOND),
        asked: measure.asked(&request.asked),
        issues: issues::measure(&request.vocabularies, request.most, &measure),
        compared: counts.terms.len(),
        noise,
    }
}

fn sum<T: Copy + Into<u64>>(of: &[T; 4], halves: [usize; 2]) -> f64 {
    let one: u64 = of[halves[0]].into();
    let other: u64 = if halves[0] == halves[1] { 0 } else { of[halves[1]].into() };
    (one + other) as f64
}

/// A first score from the counts alone, above 0 where the term stands more often here.
fn rough(tally: &Tally, words: &[u64; 4], (here, there): Sets, order: Order) -> f64 {
    let (a, b) = (sum(&tally.counts, here) + 0.5, sum(&tally.counts, there) + 0.5);
    let (n, m) = (sum(words, here), sum(words, there));
    if n == 0.0 || m == 0.0 {
        return 0.0;
    }
    match order {
        Order::RateRatio => lower_bound(a - 0.5, b - 0.5, m / n, 1.0).ln(),
        Order::LogOdds => odds(tally, words, (here, there)),
    }
}

/// The lower end of the interval of the ratio of two rates: `here` and `there` occurrences, in sides of
/// which the other has `words` times as many words, `spread` times as much varied as by chance.
pub(super) fn lower_bound(here: f64, there: f64, words: f64, spread: f64) -> f64 {
    let all = here + there;
    if all <= 0.0 {
        return 0.0;
    }
    let (p, n, z2) = (here / all, all / spread, Z * Z);
    let middle = p + z2 / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    let low = ((middle - reach) / (1.0 + z2 / n)).clamp(0.0, 1.0);
    // The share is 1 only where its interval has no width, which Wilson's never has.
    low / (1.0 - low).max(f64::EPSILON) * words
}

/// The first `most` terms that say more than those before them: a term within another, or around it,
/// is left out where nearly all its occurrences are those of the other, or where the other, which is
/// the shorter, marks the side more.
fn telling(found: Vec<(Key, Term)>, most: usize) -> Vec<Term> {
    let mut kept: Vec<(Key, Term)> = Vec::new();
    for (key, term) in found.iter() {
        let count = |term: &Term| term.here.rate.count as f64;
        let is_said = kept.iter().any(|(other, _)| holds(*key, *other));
        let is_part = |(other, longer): &(Key, Term)| {
            holds(*other, *key) && count(longer) >= NEARLY_ALL * count(term)
        };
        if !is_said && !found.iter().any(is_part) {
            kept.push((*key, term.clone()));
        }
        if kept.len() == most {
            break;
        }
    }
    kept.into_iter().map(|(_, term)| term).collect()
}

/// The z-score of the weighted log-odds ratio.
fn odds(tally: &Tally, words: &[u64; 4], (here, there): Sets) -> f64 {
    let (a, b) = (sum(&tally.counts, here), sum(&tally.counts, there));
    let (n, m) = (sum(words, here), sum(words, there));
    if n + m == 0.0 {
        return 0.0;
    }
    let prior = PRIOR_WORDS * (a + b).max(0.5) / (n + m);
    let (a, b) = (a + prior, b + prior);
    let rest = |all: f64, part: f64| (all + PRIOR_WORDS - part).max(0.5);
    let difference = (a / rest(n, a)).ln() - (b / rest(m, b)).ln();
    difference / (1.0 / a + 1.0 / b).sqrt()
}

/// Sums over the documents of each half.
struct Sums {
    squares: [f64; 4],
}

impl Sums {
    fn of(texts: &Texts) -> Self {
        let mut squares = [0.0; 4];
        for (side, documents) in texts.documents.iter().enumerate() {
            for (number, document) in (0..).zip(documents) {
                squares[half(side, number)] += f64::from(document.words).powi(2);
            }
        }
        Self { squares }
    }
}

pub(super) struct Measure<'a> {
    texts: &'a Texts,
    counts: &'a Counts,
    sums: Sums,
}

impl Measure<'_> {
    fn term(&self, detail: &Detail, side: usize, sets: Sets) -> Term {
        let (ratio, low) = self.ratio(detail, sets);
        let forms = self.forms(detail);
        Term {
            shown: forms.first().cloned().unwrap_or_default(),
            forms,
            here: self.occurrences(detail, side),
            there: self.occurrences(detail, 1 - side),
            ratio,
            low,
            log_odds: self.log_odds(detail, sets),
            examples: detail.examples[side].iter().map(|(_, passage)| passage.clone()).collect(),
        }
    }

    fn forms(&self, detail: &Detail) -> Vec<String> {
        let written = |forms: &[u32]| {
            let words = forms.iter().map(|form| self.texts.forms.written().of(*form));
            words.collect::<Vec<_>>().join(" ")
        };
        let mut forms: Vec<(u32, String)> =
            detail.forms.iter().map(|(forms, count)| (*count, written(forms))).collect();
        forms.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        forms.into_iter().map(|(_, form)| form).collect()
    }

    fn occurrences(&self, detail: &Detail, side: usize) -> Occurrences {
        let places = &detail.places[side];
        let document = |number: u32| &self.texts.documents[side][number as usize];
        let countries: HashSet<Country> =
            places.iter().filter_map(|(number, _)| document(*number).country).collect();
        let words = self.texts.volumes[side].words;
        let parts: Vec<(u64, u64)> = places
            .iter()
            .map(|(number, count)| (u64::from(document(*number).words), u64::from(*count)))
            .collect();
        let count = parts.iter().map(|(_, count)| count).sum();
        Occurrences {
            // A side without words has no term that marks it, and none that stands there.
            rate: rate(count, words.max(1)).unwrap_or(crate::compare::Rate {
                count,
                words,
                value: 0.0,
                low: 0.0,
                high: 0.0,
            }),
            documents: places.len(),
            countries: countries.len(),
            dispersion: dispersion(words, &parts),
        }
    }

    /// The rate ratio and the lower end of its interval.
    fn ratio(&self, detail: &Detail, (here, there): Sets) -> (f64, f64) {
        let (a, spread_a) = self.count(detail, here);
        let (b, spread_b) = self.count(detail, there);
        let words = |halves| sum(&self.counts.words, halves).max(1.0);
        let (n, m) = (words(here), words(there));
        let ratio = ((a + 0.5) / n) / ((b + 0.5) / m);
        (ratio, lower_bound(a, b, m / n, spread_a.max(spread_b)))
    }

    /// The occurrences in halves, and how many times more they vary from document to document than by
    /// chance, at least 1.
    fn count(&self, detail: &Detail, halves: [usize; 2]) -> (f64, f64) {
        let words = sum(&self.counts.words, halves).max(1.0);
        let (mut count, mut squares, mut products) = (0.0, 0.0, 0.0);
        for (side, places) in detail.places.iter().enumerate() {
            let documents = &self.texts.documents[side];
            for (number, times) in places {
                if halves.contains(&half(side, *number)) {
                    let words = documents[*number as usize].words;
                    let (c, w) = (f64::from(*times), f64::from(words));
                    count += c;
                    squares += c * c;
                    products += c * w;
                }
            }
        }
        let all_squares: f64 = if halves[0] == halves[1] {
            self.sums.squares[halves[0]]
        } else {
            self.sums.squares[halves[0]] + self.sums.squares[halves[1]]
        };
        let rate = count / words;
        let spread = squares - 2.0 * rate * products + rate * rate * all_squares;
        (count, if count > 0.0 { (spread / count).max(1.0) } else { 1.0 })
    }

    fn log_odds(&self, detail: &Detail, sets: Sets) -> f64 {
        odds(&detail.tally(), &self.counts.words, sets)
    }

    /// The terms that were asked for.
    fn asked(&self, asked: &[String]) -> Vec<AskedTerm> {
        let sought: Vec<Sought> = asked.iter().map(|words| Sought::words(words)).collect();
        let details = self.find(&sought);
        asked.iter().zip(&details).map(|(words, detail)| self.either(words, detail)).collect()
    }

    /// Where each of some stands.
    pub(super) fn find(&self, sought: &[Sought]) -> Vec<Detail> {
        sought::find(sought, self.texts)
    }

    /// Words that were found, in the side where they stand more often.
    pub(super) fn either(&self, words: &str, detail: &Detail) -> AskedTerm {
        // By what was counted: half an occurrence more would outweigh few in the longer side.
        let rate = |halves| self.count(detail, halves).0 / sum(&self.counts.words, halves).max(1.0);
        let is_of_second = rate(SECOND.0) > rate(FIRST.0);
        let (side, sets) = if is_of_second { (1, SECOND) } else { (0, FIRST) };
        let stands = detail.places.iter().any(|places| !places.is_empty());
        let term = stands.then(|| self.term(detail, side, sets));
        AskedTerm { words: words.to_owned(), marks_second: is_of_second, term }
    }
}

/// Gries' deviation of proportions: half the sum, over documents, of the difference between the share
/// of the words that stand in a document and the share of the occurrences. `words` are those of all
/// documents, `parts` are the documents that hold the term: the words of each, and how often it stands
/// there. From 0 (spread as the words are) to nearly 1; `None` where the term stands nowhere.
pub fn dispersion(words: u64, parts: &[(u64, u64)]) -> Option<f64> {
    let count: u64 = parts.iter().map(|(_, count)| count).sum();
    if words == 0 || count == 0 {
        return None;
    }
    let share = |part: u64, of: u64| part as f64 / of as f64;
    let differences =
        parts.iter().map(|(size, here)| (share(*size, words) - share(*here, count)).abs());
    // In the others nothing stands: each differs by its whole share of the words.
    let others = 1.0 - parts.iter().map(|(size, _)| share(*size, words)).sum::<f64>();
    Some((differences.sum::<f64>() + others.max(0.0)) / 2.0)
}
