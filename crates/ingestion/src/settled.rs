//! What only the rest of a library can tell of a document, as rules without a library: by which
//! blocks a document is compared with others, and what a verdict does to its roles. Which documents
//! are compared, and when, is the caller's part.
//!
//! A verdict comes after reading and changes nothing that was counted before it: paragraph numbers
//! and passages are those of the document as it was read, and the passages that a verdict sets aside
//! are left out whole.

use std::collections::{BTreeSet, HashMap};

use model::{Block, BlockMark, Country, Document, DocumentRecord, Role, SetAsideBlock, Verdict};

use crate::segment::groups;
use crate::source::hash;

/// What is said of a block that repetition sets aside.
pub const REPEATS: &str = "repeats in documents on five or more countries of its publisher";

/// Least number of blocks that repeat together.
const RUN: usize = 3;

/// On how many countries there must be documents in which they repeat.
const COUNTRIES: usize = 5;

/// How many fingerprints are gathered before those that stand twice are taken out.
const GATHERED: usize = 1 << 16;

/// What repeats in the documents of one publisher, while they are looked through.
#[derive(Debug, Default)]
pub struct Repetition {
    /// The runs of [`RUN`] blocks, each with a country on which a document has it.
    seen: Vec<(u64, Country)>,
    compact: usize,
    countries: BTreeSet<Country>,
}

/// The runs that repeat in the documents of one publisher.
#[derive(Debug, Default)]
pub struct RepeatedRuns {
    /// On how many countries there are documents with a run of [`RUN`] blocks.
    runs: HashMap<u64, usize>,
    /// On how many countries there are documents at all.
    countries: usize,
}

/// The blocks by which a document is compared with others: what belongs to its passages, by the hash
/// of its text, and its headings as borders. None where too little stands between two headings.
pub fn marks(document: &Document) -> Vec<BlockMark> {
    let mark = |(block, found): (u32, &Block)| match found.role {
        Role::Heading => Some(BlockMark { block, hash: BlockMark::BORDER }),
        role if role.is_passage_text() => {
            Some(BlockMark { block, hash: text_hash(document.text_of(found)) })
        }
        _ => None,
    };
    let marks: Vec<BlockMark> = (1u32..).zip(document.blocks()).filter_map(mark).collect();
    let is_border = |mark: &BlockMark| mark.hash == BlockMark::BORDER;
    let comparable = marks.split(is_border).any(|stretch| stretch.len() >= RUN);
    if comparable { marks } else { Vec::new() }
}

fn text_hash(text: &str) -> u64 {
    fingerprint(text.as_bytes()).max(BlockMark::BORDER + 1)
}

fn fingerprint(bytes: &[u8]) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = hash(bytes).0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h])
}

/// The role of every block under a verdict. Blocks that stand together in one passage are set aside
/// together or not at all.
pub fn roles(document: &Document, verdict: &Verdict) -> Vec<Role> {
    let blocks = document.blocks();
    let mut roles: Vec<Role> = blocks.iter().map(|block| block.role).collect();
    if verdict.set_aside.is_empty() {
        return roles;
    }
    let mut asked = vec![None; blocks.len()];
    for set_aside in &verdict.set_aside {
        let at = (set_aside.block as usize).checked_sub(1);
        if let Some(asked) = at.and_then(|at| asked.get_mut(at)) {
            *asked = Some(set_aside.role).filter(|role| role.is_set_aside());
        }
    }
    for group in groups(document) {
        let text = || group.clone().filter(|&at| blocks[at].role.is_passage_text());
        if text().all(|at| asked[at].is_some()) {
            text().for_each(|at| roles[at] = asked[at].unwrap_or(roles[at]));
        }
    }
    roles
}

impl Repetition {
    /// Takes in a document. One of unknown country says nothing.
    pub fn take(&mut self, document: &DocumentRecord) {
        if let Some(country) = document.metadata.country.value {
            self.take_marks(country, &document.settled.marks);
        }
    }

    fn take_marks(&mut self, country: Country, marks: &[BlockMark]) {
        self.countries.insert(country);
        self.seen.extend(windows(marks).filter_map(|(_, run)| Some((run?, country))));
        if self.seen.len() >= self.compact.max(GATHERED) {
            self.dedup();
        }
    }

    fn dedup(&mut self) {
        self.seen.sort_unstable();
        self.seen.dedup();
        self.compact = self.seen.len() * 2;
    }

    /// What repeats on enough countries, now that every document was taken in.
    pub fn runs(mut self) -> RepeatedRuns {
        self.dedup();
        let same = self.seen.chunk_by(|a, b| a.0 == b.0);
        let often = same.filter(|run| run.len() >= COUNTRIES).map(|run| (run[0].0, run.len()));
        RepeatedRuns { runs: often.collect(), countries: self.countries.len() }
    }
}

impl RepeatedRuns {
    /// Which blocks of a document are set aside, in order.
    ///
    /// At the beginning and the end of a document, where what surrounds reports stands, a run that
    /// repeats on five countries is set aside. Between paragraphs that do not repeat stand the
    /// sentences that a publisher uses of every quiet country, and they are evidence: there a run
    /// must repeat on four in five of all countries. A run ends where the next block repeats on much
    /// fewer countries than the run does. A document is never set aside as a whole.
    pub fn set_aside(&self, marks: &[BlockMark]) -> Vec<SetAsideBlock> {
        let counts: Vec<usize> = windows(marks)
            .map(|(_, run)| run.and_then(|run| self.runs.get(&run)).copied().unwrap_or(0))
            .collect();
        let support = supports(&counts, marks.len());
        let is_text = |at: &usize| marks[*at].hash != BlockMark::BORDER;
        let stays = |at: &usize| is_text(at) && support[*at] == 0;
        let first = (0..marks.len()).find(stays);
        let last = (0..marks.len()).rfind(stays);
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        let set_aside = |at: usize| {
            let role = if at < first { Role::FrontMatter } else { Role::Chrome };
            let at_an_end = at < first || at > last;
            let repeats = support[at] > 0 && (at_an_end || support[at] * 5 >= self.countries * 4);
            repeats.then_some(SetAsideBlock { block: marks[at].block, role })
        };
        (0..marks.len()).filter(is_text).filter_map(set_aside).collect()
    }
}

/// Every [`RUN`] neighbours among the marks, by the place of the first, with their fingerprint where
/// no border stands between.
fn windows(marks: &[BlockMark]) -> impl Iterator<Item = (usize, Option<u64>)> {
    marks.windows(RUN).enumerate().map(|(at, window)| {
        let whole = window.iter().all(|mark| mark.hash != BlockMark::BORDER);
        let bytes: Vec<u8> = window.iter().flat_map(|mark| mark.hash.to_be_bytes()).collect();
        (at, whole.then(|| fingerprint(&bytes)))
    })
}

/// On how many countries the run repeats that a mark belongs to; 0 where it belongs to none.
/// `counts` says it of every [`RUN`] neighbours. The widest runs are taken first, with all that
/// repeats nearly as widely; what is left beside them must be a run of its own.
fn supports(counts: &[usize], marks: usize) -> Vec<usize> {
    let mut support = vec![0; marks];
    let mut order: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(counts[at]), at));
    for at in order {
        let covered = || support[at..at + RUN].iter().filter(|&&count| count > 0);
        if covered().all(|&count| counts[at] * 5 >= count * 4) {
            let widest = covered().max().copied().unwrap_or(counts[at]);
            support[at..at + RUN].iter_mut().filter(|count| **count == 0).for_each(|count| {
                *count = widest;
            });
        }
    }
    support
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CODES: [&str; 7] = ["KZ", "UZ", "TJ", "KG", "TM", "AM", "GE"];

    /// A document whose blocks are letters; `#` is a heading.
    fn marks(letters: &str) -> Vec<BlockMark> {
        let hash = |letter| if letter == '#' { BlockMark::BORDER } else { u64::from(letter) };
        let numbered = (1u32..).zip(letters.chars());
        numbered.map(|(block, letter)| BlockMark { block, hash: hash(letter) }).collect()
    }

    fn runs<'a>(documents: impl IntoIterator<Item = (usize, &'a str)>) -> RepeatedRuns {
        let mut repetition = Repetition::default();
        for (country, letters) in documents {
            let country = Country::find(CODES[country]).expect("known");
            repetition.take_marks(country, &marks(letters));
        }
        repetition.runs()
    }

    /// The letters with what is set aside: `<` for front matter, `>` for chrome.
    fn judged(runs: &RepeatedRuns, letters: &str) -> String {
        let mut judged: Vec<char> = letters.chars().collect();
        for found in runs.set_aside(&marks(letters)) {
            let mark = if found.role == Role::FrontMatter { '<' } else { '>' };
            judged[found.block as usize - 1] = mark;
        }
        judged.into_iter().collect()
    }

    fn on_each(countries: usize, letters: &str) -> impl Iterator<Item = (usize, &str)> {
        (0..countries).map(move |country| (country, letters))
    }

    #[test]
    fn runs_of_three_on_five_countries_are_set_aside_at_the_ends() {
        let five = runs(on_each(5, "abc1xyz"));
        assert_eq!(judged(&five, "abc2xyz"), "<<<2>>>");
        assert_eq!(judged(&five, "2abcxyz"), "2>>>>>>");
        // Another order, a gap, or a heading between: nothing.
        assert_eq!(judged(&five, "acb2xzy"), "acb2xzy");
        assert_eq!(judged(&five, "ab2cx#yz"), "ab2cx#yz");
        // Two blocks are evidence however often they recur, and so is one.
        assert_eq!(judged(&runs(on_each(7, "ab1yz")), "ab2yz"), "ab2yz");
        assert_eq!(judged(&runs(on_each(4, "abc1xyz")), "abc2xyz"), "abc2xyz");
        // Five documents on one country are not five countries.
        assert_eq!(judged(&runs([(0, "abc1"); 9]), "abc2"), "abc2");
    }

    #[test]
    fn between_paragraphs_that_do_not_repeat_a_run_must_be_nearly_everywhere() {
        let everywhere = runs(on_each(7, "1abc2"));
        assert_eq!(judged(&everywhere, "3abc4"), "3>>>4");
        let on_five_of_seven = runs(on_each(5, "1abc2").chain([(5, "3456"), (6, "789")]));
        assert_eq!(judged(&on_five_of_seven, "3abc4"), "3abc4");
        assert_eq!(judged(&on_five_of_seven, "abc4"), "<<<4");
    }

    #[test]
    fn a_sentence_beside_chrome_is_not_drawn_into_it() {
        let library = runs(on_each(7, "abc1").chain(on_each(5, "abce2")));
        assert_eq!(judged(&library, "abce2"), "<<<e2");
        // Three sentences of their own are a run of their own.
        let own = ["abcefg2", "abcefg3", "abcefg4", "abcefg5", "abcefg6"];
        let library = runs(on_each(7, "abc1").chain((0..5).zip(own)));
        assert_eq!(judged(&library, "abcefg2"), "<<<<<<2");
    }

    #[test]
    fn a_document_is_never_set_aside_as_a_whole() {
        let same = runs(on_each(7, "abcd"));
        assert_eq!(judged(&same, "abcd"), "abcd");
        assert_eq!(judged(&same, "#abcd"), "#abcd");
    }

    proptest! {
        #[test]
        fn the_order_of_adding_does_not_matter(
            documents in proptest::collection::vec((0usize..7, "[abc#12]{0,9}"), 0..24),
            seed in any::<prop::sample::Index>(),
        ) {
            let given = || documents.iter().map(|(country, text)| (*country, text.as_str()));
            let mut other: Vec<_> = given().collect();
            other.sort_unstable();
            let at = seed.index(other.len().max(1));
            other.rotate_left(at);
            let (one, two) = (runs(given()), runs(other));
            for (_, letters) in given() {
                prop_assert_eq!(judged(&one, letters), judged(&two, letters));
            }
        }

        #[test]
        fn what_is_set_aside_stands_in_runs_and_something_stays(
            documents in proptest::collection::vec((0usize..7, "[abc#1]{3,9}"), 5..40),
        ) {
            let all = runs(documents.iter().map(|(country, text)| (*country, text.as_str())));
            for (_, letters) in &documents {
                let judged = judged(&all, letters);
                let set_aside = |c: char| matches!(c, '<' | '>');
                for run in judged.split(|c| !set_aside(c)).filter(|run| !run.is_empty()) {
                    prop_assert!(run.len() >= RUN, "{letters} {judged}");
                }
                let stays = judged.chars().any(|c| c != '#' && !set_aside(c));
                prop_assert!(stays || letters.chars().all(|c| c == '#'));
            }
        }
    }
}
