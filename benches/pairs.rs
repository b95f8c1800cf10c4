//! The pairs of sentences that `forb compare` suggests over a library, and how many of them a reader
//! judged right: `cargo bench -p cli --bench pairs -- LIBRARY`. Compares, for each country of which two
//! sources are held, all that they say, and what they say on each issue; each pair is counted once, and
//! looked up in `corpus/eval/pairs.tsv`. With `--pairs` every pair is printed too, one a line: country,
//! verdict, likeness, passage and sentence of both. The texts themselves are `forb show`'s to print.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indexing::Index;
use model::{Field, Held as _, HeldDocument, IssueId};
use query::compare::{Comparison, SentenceAt, SourcesRequest, Topic, compare, sources};
use query::{Filters, Query, SearchRequest, search};

const JUDGED: &str = include_str!("../corpus/eval/pairs.tsv");

/// A pair: of each sentence its passage and number, the lesser first.
type Pair = [(String, String); 2];

/// What is known of a pair that was suggested.
struct Suggested {
    country: String,
    likeness: f64,
    /// Whether it is suggested on some issue, not only where all texts are compared.
    on_issue: bool,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(library) = arguments.iter().find(|argument| !argument.starts_with('-')) else {
        eprintln!("SKIPPED: name a library");
        return;
    };
    let index = Index::open(&Path::new(library).join("index")).expect("the library has an index");
    let documents = index.held().expect("the index can be read");
    let suggested = suggested(&index, &documents);
    let judged = judged();
    if arguments.iter().any(|argument| argument == "--pairs") {
        for (pair, known) in &suggested {
            let verdict = judged.get(pair).map_or("unjudged", |verdict| verdict.first);
            let [a, b] = pair;
            let (country, likeness) = (&known.country, known.likeness);
            println!("{country}\t{verdict}\t{likeness:.2}\t{}\t{}\t{}\t{}", a.0, a.1, b.0, b.1);
        }
    }
    println!(
        "| pairs | suggested | countries | judged | right | precision | second reader | both |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    row("of all that is held", &suggested, &judged, |_, _| true);
    row("on an issue", &suggested, &judged, |known, _| known.on_issue);
    row("tuning", &suggested, &judged, |_, part| part == Some("tuning"));
    row("held out", &suggested, &judged, |_, part| part == Some("held-out"));
    agreement(&judged);
}

/// A line of the table, over the pairs that are wanted.
fn row(
    name: &str,
    suggested: &BTreeMap<Pair, Suggested>,
    judged: &BTreeMap<Pair, Verdict>,
    wanted: impl Fn(&Suggested, Option<&str>) -> bool,
) {
    let part = |pair: &Pair| judged.get(pair).map(|verdict| verdict.part);
    let of: Vec<_> = suggested.iter().filter(|(pair, known)| wanted(known, part(pair))).collect();
    let countries: BTreeSet<&str> = of.iter().map(|(_, known)| known.country.as_str()).collect();
    let verdicts: Vec<&Verdict> = of.iter().filter_map(|(pair, _)| judged.get(*pair)).collect();
    let right =
        |of: &dyn Fn(&Verdict) -> bool| verdicts.iter().filter(|verdict| of(verdict)).count();
    let first = right(&|verdict| verdict.first == "right");
    let second = right(&|verdict| verdict.second == "right");
    let both = right(&|verdict| verdict.first == "right" && verdict.second == "right");
    let precision = first as f64 / verdicts.len().max(1) as f64;
    let (all, countries, judged) = (of.len(), countries.len(), verdicts.len());
    println!(
        "| {name} | {all} | {countries} | {judged} | {first} | {precision:.2} | {second} | {both} |"
    );
}

/// How far the two readers agree on the pairs that both judged: their share, and Cohen's kappa.
fn agreement(judged: &BTreeMap<Pair, Verdict>) {
    let both: Vec<&Verdict> = judged.values().filter(|verdict| verdict.second != "-").collect();
    let share = |of: &dyn Fn(&Verdict) -> bool| {
        both.iter().filter(|verdict| of(verdict)).count() as f64 / both.len().max(1) as f64
    };
    let agree = share(&|verdict| verdict.first == verdict.second);
    let (first, second) =
        (share(&|verdict| verdict.first == "right"), share(&|verdict| verdict.second == "right"));
    let by_chance = first * second + (1.0 - first) * (1.0 - second);
    let kappa = (agree - by_chance) / (1.0 - by_chance);
    println!("\nTwo readers on {} pairs: {agree:.2} alike, kappa {kappa:.2}", both.len());
}

/// What is known of a pair that was judged.
struct Verdict {
    /// Which part of the countries it belongs to.
    part: &'static str,
    /// What the first reader says of it.
    first: &'static str,
    /// What the second reader says of it; `-` where none did.
    second: &'static str,
}

/// The pairs that were judged.
fn judged() -> BTreeMap<Pair, Verdict> {
    let lines = JUDGED.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    let of = |cells: Vec<&'static str>| match cells[..] {
        [_, part, a, number_a, b, number_b, first, second] => {
            Some((pair((a, number_a), (b, number_b)), Verdict { part, first, second }))
        }
        _ => None,
    };
    lines.filter_map(of).collect()
}

fn pair(a: (&str, &str), b: (&str, &str)) -> Pair {
    let owned = |(passage, number): (&str, &str)| (passage.to_owned(), number.to_owned());
    let mut pair = [owned(a), owned(b)];
    pair.sort();
    pair
}

/// All pairs that are suggested, each once.
fn suggested(index: &Index, documents: &[HeldDocument]) -> BTreeMap<Pair, Suggested> {
    let mut held: BTreeMap<String, BTreeSet<Option<String>>> = BTreeMap::new();
    for known in documents {
        if let Some(country) = known.country() {
            let series = known.series().map(|series| series.id.clone());
            held.entry(country.code().to_owned()).or_default().insert(series);
        }
    }
    let mut all: BTreeMap<Pair, Suggested> = BTreeMap::new();
    for country in held.iter().filter(|(_, series)| series.len() > 1).map(|(country, _)| country) {
        let issues = issues(index, country).into_iter().map(Some);
        for issue in issues.chain([None]) {
            let found = compared(index, documents, country, issue.as_deref());
            for claim in &found.claims {
                let place = |at: &SentenceAt| {
                    let passage = found.passage(at).map(ToString::to_string).unwrap_or_default();
                    (passage, at.sentence.to_string())
                };
                let mut pair = [place(&claim.a), place(&claim.b)];
                pair.sort();
                let known = all.entry(pair).or_insert_with(|| Suggested {
                    country: country.clone(),
                    likeness: claim.likeness,
                    on_issue: false,
                });
                known.on_issue |= issue.is_some();
            }
        }
    }
    all
}

fn filters(country: &str, issue: Option<&str>) -> Filters {
    let mut filters = Filters::default();
    filters.choices.entry(Field::Country).or_default().any = vec![country.to_owned()];
    if let Some(issue) = issue {
        filters.choices.entry(Field::Issue).or_default().any = vec![issue.to_owned()];
    }
    filters
}

/// The issues that passages on a country speak to.
fn issues(index: &Index, country: &str) -> Vec<String> {
    let request = SearchRequest {
        facets: vec![Field::Issue],
        filters: filters(country, None),
        ..SearchRequest::new(Query::default())
    };
    let found = search(index, &request).expect("the index can be read");
    let values = found.facets.into_iter().flat_map(|facet| facet.values);
    values.map(|(issue, _)| issue).collect()
}

fn compared(
    index: &Index,
    documents: &[HeldDocument],
    country: &str,
    issue: Option<&str>,
) -> Comparison {
    let (query, filters) = (Query::default(), filters(country, issue));
    let issue = issue.and_then(IssueId::new);
    let request = SourcesRequest { query: &query, issue: issue.as_ref(), filters: &filters };
    let sources = sources(index, documents, &request).expect("the index can be read");
    compare(sources, Topic { issue, query: None })
}
