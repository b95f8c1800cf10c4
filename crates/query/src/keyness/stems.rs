//! What the forms of words are counted by: their stems, but for words that only build sentences.

use std::collections::HashMap;

use indexing::{Analyser, tokens};
use rayon::prelude::*;

use super::forms::Forms;
use crate::function_words::is_function_word;

/// Words that connect and grade beside the function words, and mark no side.
const CONNECTING: [&str; 40] = [
    "according",
    "almost",
    "along",
    "already",
    "amid",
    "among",
    "another",
    "despite",
    "dont",
    "else",
    "even",
    "ever",
    "every",
    "including",
    "instead",
    "just",
    "later",
    "like",
    "many",
    "meanwhile",
    "much",
    "never",
    "often",
    "per",
    "quite",
    "rather",
    "regarding",
    "several",
    "still",
    "throughout",
    "together",
    "toward",
    "towards",
    "upon",
    "usually",
    "via",
    "well",
    "whether",
    "within",
    "without",
];

/// The stems of all forms.
pub(super) struct Stems {
    /// The stem of each form.
    pub of: Vec<u32>,
    /// Whether a stem only builds sentences, or is a bare number.
    pub is_function: Vec<bool>,
}

/// Numbers the stems of all forms in the order in which the forms are given.
pub(super) fn stems(forms: &Forms, order: &[u32]) -> Stems {
    let stems: Vec<(String, bool)> =
        order.par_iter().with_min_len(1_024).map(|form| stem(forms.written().of(*form))).collect();
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let (mut of, mut is_function) = (vec![0; forms.written().len()], Vec::new());
    for (form, (stem, is_empty)) in order.iter().zip(stems) {
        of[*form as usize] = *numbers.entry(stem).or_insert_with(|| {
            is_function.push(is_empty);
            is_function.len() as u32 - 1
        });
    }
    Stems { of, is_function }
}

/// The stem of a form, and whether it only builds sentences. Such a word keeps a stem of its own, so
/// that no word of content shares it.
fn stem(form: &str) -> (String, bool) {
    let is_empty = is_function_word(form)
        || CONNECTING.contains(&form)
        || form.chars().all(|c| c.is_ascii_digit() || c == '.');
    match tokens(form, Analyser::Stemmed).next() {
        Some(token) if !is_empty => (token.word, false),
        _ => (format!("{form} "), is_empty),
    }
}
