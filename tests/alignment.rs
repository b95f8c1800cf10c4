//! How well sentences are aligned: against new editions whose truth is known, made out of the digests
//! of this repository and, where they are there, out of real chapters; and what is shared between two
//! real editions.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use ingestion::sentences::sentences;
use query::align::{Alignment, Shared, Status, align};
use serde_json::Value;

use crate::harness::{real_reports, repository};
use crate::planted::{Planted, Truth, plant};

/// The sentences of a text, white space made one space.
fn cut(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for paragraph in text.split("\n\n") {
        let paragraph = paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
        let ranges = sentences(&paragraph);
        found.extend(ranges.iter().filter_map(|range| range.of(&paragraph)).map(str::to_owned));
    }
    found
}

/// The summaries of a year by country, as sentences; the empty ones are left out.
fn summaries(folder: &Path, year: &str) -> BTreeMap<String, Vec<String>> {
    let path = folder.join("us-state-irf").join(format!("{year}.json"));
    let parsed: Value =
        serde_json::from_str(&fs::read_to_string(path).expect("read")).expect("JSON");
    let chapters = parsed.as_object().expect("an object").iter();
    let text = |chapter: &Value| cut(chapter["summary"].as_str().unwrap_or_default());
    let chapters = chapters.map(|(name, chapter)| (name.clone(), text(chapter)));
    chapters.filter(|(_, sentences)| !sentences.is_empty()).collect()
}

#[derive(Default)]
struct Score {
    expected: usize,
    found: usize,
    both: usize,
    pairs_expected: usize,
    pairs_found: usize,
    pairs_both: usize,
    figures: usize,
    missed: Vec<String>,
    planted: BTreeMap<&'static str, usize>,
    wrong: Vec<String>,
}

impl Score {
    fn take(&mut self, old: &[String], planted: &Planted) {
        let alignment = align(old, &planted.sentences);
        let expected: BTreeSet<Truth> = planted.truth.iter().cloned().collect();
        let found: BTreeSet<Truth> = alignment.links.iter().map(truth).collect();
        self.expected += expected.len();
        self.found += found.len();
        self.both += expected.intersection(&found).count();
        for link in &expected {
            *self.planted.entry(link.status).or_default() += 1;
        }
        self.wrong.extend(expected.symmetric_difference(&found).map(|link| format!("{link:?}")));
        let (expected, found) = (pairs(&expected), pairs(&found));
        self.pairs_expected += expected.len();
        self.pairs_found += found.len();
        self.pairs_both += expected.intersection(&found).count();
        self.take_figures(old, planted, &alignment);
    }

    fn take_figures(&mut self, old: &[String], planted: &Planted, alignment: &Alignment) {
        for figure in &planted.figures {
            self.figures += 1;
            let link = alignment.links.iter().find(|link| link.new.contains(&figure.new));
            let seen = link.is_some_and(|link| {
                link.old.contains(&figure.old)
                    && link.numbers.iter().any(|change| match (&change.old, &change.new) {
                        (Some(was), Some(is)) if figure.hedged => {
                            is.value == figure.value
                                && was.value == is.value
                                && was.hedge != is.hedge
                        }
                        (_, Some(is)) => is.value == figure.value,
                        _ => false,
                    })
            });
            if !seen {
                let (was, is) = (&old[figure.old], &planted.sentences[figure.new]);
                self.missed.push(format!("{}: {was} -> {is}", figure.value));
            }
        }
    }

    fn f1(&self) -> f64 {
        2.0 * self.both as f64 / (self.expected + self.found) as f64
    }

    fn pairs_f1(&self) -> f64 {
        2.0 * self.pairs_both as f64 / (self.pairs_expected + self.pairs_found) as f64
    }

    fn report(&self, what: &str) {
        println!(
            "{what}: F1 of links with their status {:.4} ({} expected, {} found), of pairs {:.4}; \
             figures {} planted, {} missed; {:?}; {} links differ",
            self.f1(),
            self.expected,
            self.found,
            self.pairs_f1(),
            self.figures,
            self.missed.len(),
            self.planted,
            self.wrong.len()
        );
    }
}

fn truth(link: &query::align::Link) -> Truth {
    Truth { status: link.status.name(), old: link.old.clone(), new: link.new.clone() }
}

fn pairs(links: &BTreeSet<Truth>) -> BTreeSet<(usize, usize)> {
    links.iter().flat_map(|l| l.old.iter().flat_map(|o| l.new.iter().map(|n| (*o, *n)))).collect()
}

#[test]
fn planted_edits_of_the_digests_are_found() {
    let digests = repository().join("corpus/digests");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(digests).expect("listed").map(|entry| entry.expect("entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    assert!(!paths.is_empty());
    let other = cut(
        "The town council lent its hall to a choir.\n\nA magistrate dismissed the complaint of \
         a publisher whose calendars were held at the border.\n\nTwo students left their school \
         over its rule on scarves and were taken in by another one nearby.\n\nThe rabbi and the \
         imam opened a garden between their houses.",
    );
    let mut score = Score::default();
    for path in paths {
        let old = cut(&fs::read_to_string(&path).expect("read"));
        assert!(old.len() > 20, "{}", path.display());
        for seed in 0..20 {
            score.take(&old, &plant(&old, &other, seed));
        }
    }
    score.report("digests");
    assert!(score.figures > 20);
    assert!(score.f1() >= 0.97 && score.pairs_f1() >= 0.97, "{}", score.f1());
    assert!(score.missed.is_empty(), "{:#?}", score.missed);
}

#[test]
fn planted_edits_of_real_chapters_are_found() {
    let Some(folder) = real_reports("planted_edits_of_real_chapters") else { return };
    let chapters: Vec<Vec<String>> = summaries(&folder, "2021").into_values().collect();
    let mut score = Score::default();
    for (at, old) in chapters.iter().enumerate() {
        let other = &chapters[(at + 97) % chapters.len()];
        for seed in 0..3 {
            score.take(old, &plant(old, other, 3 * at as u64 + seed));
        }
    }
    score.report("real chapters");
    assert!(score.figures > 100);
    assert!(score.f1() >= 0.97 && score.pairs_f1() >= 0.97, "{}", score.f1());
    assert!(score.missed.is_empty(), "{:#?}", score.missed);
}

#[test]
fn a_third_of_the_real_summaries_of_2022_stood_there_in_2021() {
    let Some(folder) = real_reports("a_third_of_the_real_summaries") else { return };
    let (old, new) = (summaries(&folder, "2021"), summaries(&folder, "2022"));
    let mut total = Shared::default();
    let mut statuses: BTreeMap<Status, usize> = BTreeMap::new();
    let (mut both, mut rewritten) = (0, 0);
    for (country, new) in &new {
        let Some(old) = old.get(country) else { continue };
        let alignment = align(old, new);
        both += 1;
        rewritten += usize::from(alignment.shared.is_mostly_rewritten());
        total.add(alignment.shared);
        for link in &alignment.links {
            *statuses.entry(link.status).or_default() += link.new.len().max(link.old.len());
        }
    }
    let share = |count: usize| 100.0 * count as f64 / total.sentences as f64;
    println!(
        "{both} countries, {} sentences in 2022: {:.1} % identical, {:.1} % nearly; {rewritten} \
         chapters mostly rewritten; {statuses:?}",
        total.sentences,
        share(total.identical),
        share(total.nearly)
    );
    assert!(both > 180);
    assert!((14.0..20.0).contains(&share(total.identical)), "{}", share(total.identical));
    assert!((14.0..22.0).contains(&share(total.nearly)), "{}", share(total.nearly));
}
