//! From a run that two passages share to the whole stretch: words that are the same in the same order,
//! with a few put in, left out or exchanged between them. A run only says where to look: what is shared
//! is compared word by word.

use super::words::Words;

/// How many words of either side may be put in, left out or exchanged in one place.
const GAP: usize = 4;

/// How many words must be the same again after such a place.
const AGAIN: usize = 3;

/// Least share of the longer side's words that must be the same.
pub(super) const ALIKE: f64 = 0.75;

/// A stretch of two texts, as words of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    /// First word, and one past the last, of the one.
    pub a: (usize, usize),
    /// The same of the other.
    pub b: (usize, usize),
    /// How many words are the same.
    pub same: usize,
}

impl Stretch {
    /// How many words the longer side has.
    pub fn words(&self) -> usize {
        (self.a.1 - self.a.0).max(self.b.1 - self.b.0)
    }

    /// Share of the longer side's words that are the same, above 0, to 1.
    pub fn likeness(&self) -> f64 {
        self.same as f64 / self.words().max(1) as f64
    }

    fn holds(&self, a: usize, b: usize) -> bool {
        (self.a.0..self.a.1).contains(&a) && (self.b.0..self.b.1).contains(&b)
    }
}

/// The stretches of at least so many words that are the same, found from places where a run begins in
/// both; in order, none within another of the same two places.
pub(super) fn stretches(
    a: &Words,
    b: &Words,
    seeds: &[(usize, usize)],
    fewest: usize,
) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    for &(x, y) in seeds {
        if found.iter().any(|known| known.holds(x, y)) || !same(a, b, x, y) {
            continue;
        }
        let exact = exact(a, b, (x, y));
        let whole = bridged(a, b, exact);
        let best = if whole.likeness() >= ALIKE { whole } else { exact };
        if best.same >= fewest {
            found.push(best);
        }
    }
    found.sort_unstable();
    found
}

fn same(a: &Words, b: &Words, x: usize, y: usize) -> bool {
    matches!((a.hashes.get(x), b.hashes.get(y)), (Some(one), Some(other)) if one == other)
}

/// How many words from a place on are the same.
fn ahead(a: &Words, b: &Words, x: usize, y: usize) -> usize {
    (0..).take_while(|step| same(a, b, x + step, y + step)).count()
}

/// How many words before a place are the same.
fn behind(a: &Words, b: &Words, x: usize, y: usize) -> usize {
    (1..=x.min(y)).take_while(|step| same(a, b, x - step, y - step)).count()
}

/// The longest stretch without any difference around a place.
fn exact(a: &Words, b: &Words, (x, y): (usize, usize)) -> Stretch {
    let (before, after) = (behind(a, b, x, y), ahead(a, b, x, y));
    let same = before + after;
    Stretch { a: (x - before, x + after), b: (y - before, y + after), same }
}

/// The stretch with what stands beyond small differences on either side.
fn bridged(a: &Words, b: &Words, mut of: Stretch) -> Stretch {
    while let Some((dx, dy)) = gap(|dx, dy| ahead(a, b, of.a.1 + dx, of.b.1 + dy)) {
        let more = ahead(a, b, of.a.1 + dx, of.b.1 + dy);
        of.a.1 += dx + more;
        of.b.1 += dy + more;
        of.same += more;
    }
    let back = |of: &Stretch, dx: usize, dy: usize| {
        let (x, y) = (of.a.0.checked_sub(dx)?, of.b.0.checked_sub(dy)?);
        Some(behind(a, b, x, y))
    };
    while let Some((dx, dy)) = gap(|dx, dy| back(&of, dx, dy).unwrap_or(0)) {
        let more = back(&of, dx, dy).unwrap_or(0);
        of.a.0 -= dx + more;
        of.b.0 -= dy + more;
        of.same += more;
    }
    of
}

/// The smallest gap behind which enough words are the same again.
fn gap(length: impl Fn(usize, usize) -> usize) -> Option<(usize, usize)> {
    let mut gaps: Vec<(usize, usize)> =
        (0..=GAP).flat_map(|dx| (0..=GAP).map(move |dy| (dx, dy))).skip(1).collect();
    gaps.sort_by_key(|(dx, dy)| (dx + dy, dx.abs_diff(*dy), *dx));
    gaps.into_iter().find(|(dx, dy)| length(*dx, *dy) >= AGAIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(a: &str, b: &str, fewest: usize) -> Vec<(String, String, usize)> {
        let (x, y) = (Words::of(a), Words::of(b));
        let seeds: Vec<(usize, usize)> = x
            .runs()
            .enumerate()
            .flat_map(|(at, run)| {
                let there = y.runs().enumerate().filter(move |(_, other)| *other == run);
                there.map(move |(other, _)| (at, other)).collect::<Vec<_>>()
            })
            .collect();
        let of = |text: &str, words: &Words, (from, to): (usize, usize)| {
            text[words.ranges[from].start..words.ranges[to - 1].end].to_owned()
        };
        let stretches = stretches(&x, &y, &seeds, fewest);
        stretches.iter().map(|s| (of(a, &x, s.a), of(b, &y, s.b), s.same)).collect()
    }

    #[test]
    fn small_differences_are_bridged_and_large_ones_are_not() {
        let a = "It said the police closed three old prayer rooms near the harbour in March 2021.";
        let b = "We read: the police closed three old prayer rooms close to the harbour in March.";
        let [(one, other, same)] = &found(a, b, 8)[..] else { panic!() };
        assert_eq!(one, "the police closed three old prayer rooms near the harbour in March");
        assert_eq!(other, "the police closed three old prayer rooms close to the harbour in March");
        assert_eq!(*same, 11);
        assert!(found(a, b, 12).is_empty());
        let apart = "the police closed three old prayer rooms and then, a long time after all that, \
                     went to the harbour in March";
        let [(one, _, same)] = &found(a, apart, 5)[..] else { panic!() };
        assert_eq!((one.as_str(), *same), ("the police closed three old prayer rooms", 7));
    }

    #[test]
    fn case_and_punctuation_are_no_difference() {
        let a = "The court, it said, closed the school of the sisters.";
        let b = "the Court it said closed the school of the sisters";
        assert_eq!(found(a, b, 6)[0].2, 10);
    }

    proptest! {
        #[test]
        fn a_stretch_lies_in_both_texts_and_counts_what_is_the_same(
            a in "[a-c]( [a-c]){5,40}", b in "[a-c]( [a-c]){5,40}",
        ) {
            let (x, y) = (Words::of(&a), Words::of(&b));
            let seeds: Vec<(usize, usize)> = (0..x.hashes.len())
                .flat_map(|at| (0..y.hashes.len()).map(move |other| (at, other)))
                .collect();
            for stretch in stretches(&x, &y, &seeds, 6) {
                prop_assert!(stretch.a.0 < stretch.a.1 && stretch.a.1 <= x.hashes.len());
                prop_assert!(stretch.b.0 < stretch.b.1 && stretch.b.1 <= y.hashes.len());
                let shorter = (stretch.a.1 - stretch.a.0).min(stretch.b.1 - stretch.b.0);
                prop_assert!(stretch.same >= 6 && stretch.same <= shorter);
                prop_assert!(stretch.likeness() >= ALIKE);
            }
        }

        #[test]
        fn a_text_is_one_stretch_of_itself(text in "[a-z]{2,6}( [a-z]{2,6}){8,30}") {
            let words = Words::of(&text);
            let count = words.hashes.len();
            let stretches = stretches(&words, &words, &[(2, 2)], 6);
            prop_assert_eq!(stretches, vec![Stretch { a: (0, count), b: (0, count), same: count }]);
        }
    }
}
