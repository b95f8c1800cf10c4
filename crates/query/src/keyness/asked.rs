//! Terms that are asked for by name, whatever they mark: words and phrases, each word by its stem, or
//! by its beginning where it ends with `*`.

use indexing::{Analyser, tokens};
use model::words::next_word;
use rayon::prelude::*;

use super::count::documents;
use super::detail::Detail;
use super::texts::Texts;
use crate::function_words::is_function_word;

/// For each word of an asked term, whether it stands for a form.
struct Pattern(Vec<Vec<bool>>);

impl Pattern {
    fn of(words: &str, texts: &Texts) -> Self {
        let (mut at, mut folded, mut pattern) = (0, String::new(), Vec::new());
        while let Some(range) = next_word(words, at, &mut folded) {
            let begins = words[range.end..].starts_with('*');
            pattern.push(fitting(&folded, begins, texts));
            at = range.end;
        }
        Self(pattern)
    }

    /// A border is no form, and stands for nothing.
    fn stands_in(&self, words: &[u32]) -> bool {
        let fits = |(any, word): (&Vec<bool>, &u32)| any.get(*word as usize) == Some(&true);
        self.0.iter().zip(words).all(fits)
    }
}

/// Whether each form begins with a word, or shares its stem; a function word stands for itself.
fn fitting(word: &str, begins: bool, texts: &Texts) -> Vec<bool> {
    let stem_of = |word: &str| tokens(word, Analyser::Stemmed).next().map(|token| token.word);
    let stem = stem_of(word).filter(|_| !is_function_word(word));
    let fits = |form: &str| match (begins, &stem) {
        (true, _) => form.starts_with(word),
        (false, None) => form == word,
        (false, stem) => form == word || (!is_function_word(form) && stem_of(form) == *stem),
    };
    let forms = 0..texts.forms.written().len() as u32;
    forms
        .into_par_iter()
        .with_min_len(1_024)
        .map(|form| fits(texts.forms.written().of(form)))
        .collect()
}

/// Where the term that is asked for stands.
pub(super) fn find(words: &str, texts: &Texts) -> Detail {
    let pattern = Pattern::of(words, texts);
    let length = pattern.0.len();
    let mut detail = Detail::default();
    if length == 0 {
        return detail;
    }
    let of_groups = texts.in_groups(|parts| {
        let mut detail = Detail::default();
        for (part, document) in documents(parts) {
            for (at, words) in document.words.windows(length).enumerate() {
                if pattern.stands_in(words) {
                    detail.add(part, &document, at..at + length);
                }
            }
        }
        detail
    });
    of_groups.into_iter().for_each(|more| detail.append(more));
    detail.sort();
    detail
}
