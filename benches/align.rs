//! Two editions aligned, at one, four and sixteen times the length: what a sentence costs must stay
//! nearly the same. The text is made up from a fixed seed, with the words of reports: few of them
//! often, many rarely, and sentences that many chapters share.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use query::align::align;

/// Sentences of the shortest edition.
const SENTENCES: usize = 1_000;

/// Numbers that look random and are the same in every run.
struct Draws(u64);

impl Draws {
    fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((u128::from(self.0 ^ (self.0 >> 33)) * end as u128) >> 64) as usize
    }
}

/// A sentence of 12 to 35 words; the rank of a word falls as ranks do in a language.
fn sentence(draws: &mut Draws) -> String {
    let words = 12 + draws.below(24);
    let word = |draws: &mut Draws| {
        let share = draws.below(1_000_000) as f64 / 1_000_000.0;
        format!("w{}", (20_000f64.powf(share)) as usize)
    };
    (0..words).map(|_| word(draws)).collect::<Vec<_>>().join(" ")
}

/// An edition and the next: a fifth reworded, a tenth dropped, a tenth new, some moved; one sentence
/// in twenty is a stock phrase.
fn editions(sentences: usize) -> (Vec<String>, Vec<String>) {
    let mut draws = Draws(6);
    let stock =
        |at: usize| format!("there were no reports of any change of this kind, part {}", at % 5);
    let old: Vec<String> = (0..sentences)
        .map(|at| if at % 20 == 0 { stock(at / 20) } else { sentence(&mut draws) })
        .collect();
    let mut new = Vec::new();
    for text in &old {
        match draws.below(10) {
            0 => {}
            1 => new.extend([text.clone(), sentence(&mut draws)]),
            2 | 3 => {
                let words: Vec<&str> = text.split(' ').collect();
                let at = draws.below(words.len());
                new.push(format!("{} again {}", words[..at].join(" "), words[at..].join(" ")));
            }
            4 if !new.is_empty() => new.insert(new.len().saturating_sub(9), text.clone()),
            _ => new.push(text.clone()),
        }
    }
    (old, new)
}

fn alignment(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("align");
    group.sample_size(10);
    for times in [1, 4, 16] {
        let (old, new) = editions(SENTENCES * times);
        group.throughput(Throughput::Elements((old.len() + new.len()) as u64));
        group.bench_with_input(BenchmarkId::from_parameter(times), &(old, new), |b, (old, new)| {
            b.iter(|| align(old, new));
        });
    }
    group.finish();
}

criterion_group!(benches, alignment);
criterion_main!(benches);
