//! Terms that are asked for by name, whatever they mark: words and phrases, each word by its stem, or
//! by its beginning where it ends with `*`.

use std::collections::HashSet;

use indexing::{Analyser, tokens};
use model::words::next_word;

use super::count::for_each_document;
use super::read::Texts;
use super::statistics::Detail;
use crate::function_words::is_function_word;

/// The forms that each word of an asked term stands for.
struct Pattern(Vec<HashSet<u32>>);

impl Pattern {
    fn of(words: &str, texts: &Texts) -> Self {
        let (mut at, mut folded, mut pattern) = (0, String::new(), Vec::new());
        while let Some(range) = next_word(words, at, &mut folded) {
            let begins = words[range.end..].starts_with('*');
            pattern.push(forms_of(&folded, begins, texts));
            at = range.end;
        }
        Self(pattern)
    }

    fn stands_in(&self, forms: &[u32]) -> bool {
        self.0.iter().zip(forms).all(|(any, form)| any.contains(form))
    }
}

/// The forms that begin with a word, or share its stem; a function word stands for itself.
fn forms_of(word: &str, begins: bool, texts: &Texts) -> HashSet<u32> {
    let stem_of = |word: &str| tokens(word, Analyser::Stemmed).next().map(|token| token.word);
    let stem = stem_of(word).filter(|_| !is_function_word(word));
    let fits = |form: &str| match (begins, &stem) {
        (true, _) => form.starts_with(word),
        (false, None) => form == word,
        (false, stem) => form == word || (!is_function_word(form) && stem_of(form) == *stem),
    };
    let numbered = (0..).zip(&texts.forms);
    numbered.filter(|(_, form)| fits(form)).map(|(number, _)| number).collect()
}

/// Where the term that is asked for stands.
pub(super) fn find(words: &str, texts: &Texts) -> Detail {
    let pattern = Pattern::of(words, texts);
    let length = pattern.0.len();
    let mut detail = Detail::default();
    if length == 0 {
        return detail;
    }
    for_each_document(texts, |side, number, document, _| {
        for (at, forms) in document.forms.windows(length).enumerate() {
            if pattern.stands_in(forms) {
                detail.add(side, number, document, at..at + length);
            }
        }
    });
    detail
}
