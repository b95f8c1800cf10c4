//! Two labellings of one passage, compared facet by facet: what both say, and where they differ.

use std::collections::{BTreeMap, BTreeSet};

use model::{CharacterRange, IssueId, Polarity, Speaker};

use super::labels::{FigureLabel, Labels, SpeakerLabel};
use super::measures::Tally;

/// What is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// All issues together.
    Issues,
    /// One issue.
    Issue(IssueId),
    /// The polarity of the issues that both have: an accuracy.
    Polarity,
    /// The same, of those that are expected to be of this polarity.
    PolarityOf(Polarity),
    /// Law and practice.
    Nature,
    /// Speakers: the ranges overlap, the kind is the same.
    Attribution,
    /// Speakers, whatever their kind.
    Speakers,
    /// Speakers of one kind.
    SpeakersOf(Speaker),
    /// Figures: the ranges overlap, the value is the same.
    Figures,
    /// The hedge of the figures that both have: an accuracy.
    Hedge,
    /// The unit of the figures that both have: an accuracy.
    Unit,
    /// Countries.
    Countries,
}

/// One thing in which two labellings differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// In which facet.
    pub facet: Facet,
    /// What the first says: what was expected. `None` for nothing.
    pub expected: Option<String>,
    /// What the second says: what was found. `None` for nothing.
    pub found: Option<String>,
    /// The words concerned.
    pub words: Vec<CharacterRange>,
}

/// What became of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What was counted, by facet.
    pub tallies: BTreeMap<Facet, Tally>,
    /// Where they differ, facet by facet in the order of the text.
    pub differences: Vec<Difference>,
}

/// Compares what was expected of a passage with what was found.
pub fn compare(expected: &Labels, found: &Labels) -> Comparison {
    let mut comparison = Comparison::default();
    comparison.issues(expected, found);
    comparison.sets(
        &Facet::Nature,
        &expected.nature.iter().map(|nature| nature.name()).collect(),
        &found.nature.iter().map(|nature| nature.name()).collect(),
    );
    comparison.speakers(&expected.speakers, &found.speakers);
    comparison.figures(&expected.figures, &found.figures);
    comparison.sets(
        &Facet::Countries,
        &expected.countries.iter().map(|country| country.code()).collect(),
        &found.countries.iter().map(|country| country.code()).collect(),
    );
    comparison
}

impl Comparison {
    fn count(&mut self, facet: Facet, both: usize, expected: usize, found: usize) {
        let tally = Tally { both: both as u64, expected: expected as u64, found: found as u64 };
        self.tallies.entry(facet).or_default().add(tally);
    }

    fn differ(
        &mut self,
        facet: Facet,
        expected: Option<String>,
        found: Option<String>,
        words: Vec<CharacterRange>,
    ) {
        self.differences.push(Difference { facet, expected, found, words });
    }

    fn issues(&mut self, expected: &Labels, found: &Labels) {
        let ids: BTreeSet<&IssueId> = expected.issues.keys().chain(found.issues.keys()).collect();
        for id in ids {
            let (wanted, got) = (expected.issues.get(id), found.issues.get(id));
            let counts = (usize::from(wanted.is_some()), usize::from(got.is_some()));
            for facet in [Facet::Issues, Facet::Issue(id.clone())] {
                self.count(facet, counts.0 * counts.1, counts.0, counts.1);
            }
            let words = got.map(|label| label.evidence.clone()).unwrap_or_default();
            let (Some(wanted), Some(got)) = (wanted, got) else {
                let said = |present| (present > 0).then(|| id.to_string());
                self.differ(Facet::Issue(id.clone()), said(counts.0), said(counts.1), words);
                continue;
            };
            let same = usize::from(wanted.polarity == got.polarity);
            for facet in [Facet::Polarity, Facet::PolarityOf(wanted.polarity)] {
                self.count(facet, same, 1, 1);
            }
            if same == 0 {
                let said = |polarity: Polarity| Some(format!("{id}: {}", polarity.name()));
                self.differ(Facet::Polarity, said(wanted.polarity), said(got.polarity), words);
            }
        }
    }

    fn sets(&mut self, facet: &Facet, expected: &BTreeSet<&str>, found: &BTreeSet<&str>) {
        let both = expected.intersection(found).count();
        self.count(facet.clone(), both, expected.len(), found.len());
        for missed in expected.difference(found) {
            self.differ(facet.clone(), Some((*missed).to_owned()), None, Vec::new());
        }
        for extra in found.difference(expected) {
            self.differ(facet.clone(), None, Some((*extra).to_owned()), Vec::new());
        }
    }

    fn speakers(&mut self, expected: &[SpeakerLabel], found: &[SpeakerLabel]) {
        let meets = |a: &SpeakerLabel, b: &SpeakerLabel| overlap(a.range, b.range);
        let of_kind = |a: &SpeakerLabel, b: &SpeakerLabel| a.kind == b.kind && meets(a, b);
        let both = matched(expected, found, of_kind);
        self.count(Facet::Attribution, both.len(), expected.len(), found.len());
        let met = matched(expected, found, meets);
        self.count(Facet::Speakers, met.len(), expected.len(), found.len());
        for kind in Speaker::ALL {
            let number = |of: &[SpeakerLabel]| of.iter().filter(|s| s.kind == kind).count();
            let same = both.iter().filter(|(at, _)| expected[*at].kind == kind).count();
            let (wanted, got) = (number(expected), number(found));
            if wanted + got > 0 {
                self.count(Facet::SpeakersOf(kind), same, wanted, got);
            }
        }
        let name = |label: &SpeakerLabel| label.kind.name().to_owned();
        self.unmatched(Facet::Attribution, expected, found, &met, |label| {
            (name(label), label.range)
        });
        for (a, b) in met {
            let (wanted, got) = (&expected[a], &found[b]);
            if wanted.kind != got.kind {
                let words = vec![wanted.range, got.range];
                self.differ(Facet::Attribution, Some(name(wanted)), Some(name(got)), words);
            }
        }
    }

    fn figures(&mut self, expected: &[FigureLabel], found: &[FigureLabel]) {
        let same =
            |a: &FigureLabel, b: &FigureLabel| a.value == b.value && overlap(a.range, b.range);
        let both = matched(expected, found, same);
        self.count(Facet::Figures, both.len(), expected.len(), found.len());
        let said = |label: &FigureLabel| {
            format!("{} {} {}", label.value, label.unit.name(), hedge_name(label))
        };
        self.unmatched(Facet::Figures, expected, found, &both, |label| (said(label), label.range));
        for (a, b) in both {
            let (wanted, got) = (&expected[a], &found[b]);
            for (facet, same) in
                [(Facet::Hedge, wanted.hedge == got.hedge), (Facet::Unit, wanted.unit == got.unit)]
            {
                self.count(facet.clone(), usize::from(same), 1, 1);
                if !same {
                    self.differ(facet, Some(said(wanted)), Some(said(got)), vec![wanted.range]);
                }
            }
        }
    }

    /// Notes what one labelling has and the other does not.
    fn unmatched<T>(
        &mut self,
        facet: Facet,
        expected: &[T],
        found: &[T],
        pairs: &[(usize, usize)],
        say: impl Fn(&T) -> (String, CharacterRange),
    ) {
        for (at, label) in expected.iter().enumerate() {
            if pairs.iter().all(|pair| pair.0 != at) {
                let (said, range) = say(label);
                self.differ(facet.clone(), Some(said), None, vec![range]);
            }
        }
        for (at, label) in found.iter().enumerate() {
            if pairs.iter().all(|pair| pair.1 != at) {
                let (said, range) = say(label);
                self.differ(facet.clone(), None, Some(said), vec![range]);
            }
        }
    }
}

fn overlap(a: CharacterRange, b: CharacterRange) -> bool {
    a.start < b.end && b.start < a.end
}

fn hedge_name(label: &FigureLabel) -> &'static str {
    use model::Hedge;
    match label.hedge {
        Hedge::None => "none",
        Hedge::MoreThan => "more-than",
        Hedge::AtLeast => "at-least",
        Hedge::LessThan => "less-than",
        Hedge::UpTo => "up-to",
        Hedge::About => "about",
    }
}

/// Pairs of what meets, each in one pair at most, in the order of the first list.
fn matched<T>(expected: &[T], found: &[T], meets: impl Fn(&T, &T) -> bool) -> Vec<(usize, usize)> {
    let mut taken = vec![false; found.len()];
    let mut pairs = Vec::new();
    for (a, wanted) in expected.iter().enumerate() {
        let first = (0..found.len()).find(|&b| !taken[b] && meets(wanted, &found[b]));
        if let Some(b) = first {
            taken[b] = true;
            pairs.push((a, b));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::IssueLabel;
    use model::Hedge;
    use model::gold::UnitKind;

    fn speaker(start: usize, end: usize, kind: Speaker) -> SpeakerLabel {
        SpeakerLabel { range: CharacterRange { start, end }, kind }
    }

    fn issue(id: &str, polarity: Polarity) -> (IssueId, IssueLabel) {
        (IssueId::new(id).expect("an id"), IssueLabel { polarity, evidence: Vec::new() })
    }

    fn tally(both: u64, expected: u64, found: u64) -> Tally {
        Tally { both, expected, found }
    }

    #[test]
    fn issues_and_their_polarity_are_counted_apart() {
        let expected = Labels {
            issues: [issue("bans", Polarity::Violation), issue("gender", Polarity::Context)].into(),
            ..Labels::default()
        };
        let found = Labels {
            issues: [issue("bans", Polarity::Protection), issue("killings", Polarity::Violation)]
                .into(),
            ..Labels::default()
        };
        let counted = compare(&expected, &found);
        assert_eq!(counted.tallies[&Facet::Issues], tally(1, 2, 2));
        assert_eq!(counted.tallies[&Facet::Polarity], tally(0, 1, 1));
        assert_eq!(counted.differences.len(), 3);
    }

    #[test]
    fn a_speaker_is_met_once_and_its_kind_counts() {
        let expected = Labels {
            speakers: vec![speaker(0, 4, Speaker::Ngo), speaker(10, 14, Speaker::Media)],
            ..Labels::default()
        };
        let found = Labels {
            speakers: vec![
                speaker(0, 9, Speaker::Ngo),
                speaker(2, 3, Speaker::Ngo),
                speaker(12, 20, Speaker::Other),
            ],
            ..Labels::default()
        };
        let counted = compare(&expected, &found);
        assert_eq!(counted.tallies[&Facet::Attribution], tally(1, 2, 3));
        assert_eq!(counted.tallies[&Facet::Speakers], tally(2, 2, 3));
        assert_eq!(counted.tallies[&Facet::SpeakersOf(Speaker::Ngo)], tally(1, 1, 2));
    }

    #[test]
    fn a_figure_of_another_value_is_missed_and_another_hedge_is_not() {
        let figure = |start, value: &str, hedge| FigureLabel {
            range: CharacterRange { start, end: start + 3 },
            value: value.to_owned(),
            unit: UnitKind::Count,
            hedge,
        };
        let expected = Labels {
            figures: vec![figure(0, "600", Hedge::MoreThan), figure(9, "2", Hedge::None)],
            ..Labels::default()
        };
        let found = Labels {
            figures: vec![figure(0, "600", Hedge::None), figure(9, "3", Hedge::None)],
            ..Labels::default()
        };
        let counted = compare(&expected, &found);
        assert_eq!(counted.tallies[&Facet::Figures], tally(1, 2, 2));
        assert_eq!(counted.tallies[&Facet::Hedge], tally(0, 1, 1));
        assert_eq!(counted.tallies[&Facet::Unit], tally(1, 1, 1));
    }
}
