//! Names of countries and of their people, to be kept out of what marks a side: which countries a
//! side is on is no property of its words.

use std::collections::HashMap;
use std::sync::LazyLock;

use model::Country;
use model::words::next_word;

use super::forms::Forms;

/// Names by their first word; each as its words, folded, the longest first.
static NAMES: LazyLock<HashMap<String, Vec<Vec<String>>>> = LazyLock::new(|| {
    let mut names: HashMap<String, Vec<Vec<String>>> = HashMap::new();
    let mut add = |name: &str| {
        let words = folded(name);
        if let Some(first) = words.first() {
            names.entry(first.clone()).or_default().push(words);
        }
    };
    for country in Country::all() {
        country.names().all_names().for_each(&mut add);
        for people in &country.names().demonyms {
            add(people);
            add(&format!("{people}s"));
        }
    }
    for list in names.values_mut() {
        list.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.clone()));
        list.dedup();
    }
    names
});

fn folded(name: &str) -> Vec<String> {
    let (mut at, mut word, mut words) = (0, String::new(), Vec::new());
    while let Some(range) = next_word(name, at, &mut word) {
        words.push(word.clone());
        at = range.end;
    }
    words
}

/// How many words of a name of a country begin here; 0 for none. `word` gives the folded words of a
/// text by their places.
pub(crate) fn name_at<'a>(at: usize, word: impl Fn(usize) -> Option<&'a str>) -> usize {
    let Some(names) = word(at).and_then(|first| NAMES.get(first)) else { return 0 };
    let stands = |name: &&Vec<String>| {
        name.iter().enumerate().all(|(place, part)| word(at + place) == Some(part.as_str()))
    };
    names.iter().find(stands).map_or(0, Vec::len)
}

/// The names as numbers of forms.
pub(super) struct NumberedNames {
    /// For each form the place of those names that begin with it, from 1; 0 where there are none.
    begins: Vec<u32>,
    /// Names that begin alike, the longest first.
    alike: Vec<Vec<Vec<u32>>>,
}

impl NumberedNames {
    /// Names all of whose words are among the forms.
    pub fn of(forms: &Forms) -> Self {
        let mut names = Self { begins: vec![0; forms.written().len()], alike: Vec::new() };
        for (first, list) in NAMES.iter() {
            let Some(first) = forms.find(first) else { continue };
            let numbered = |name: &Vec<String>| name.iter().map(|word| forms.find(word)).collect();
            names.alike.push(list.iter().filter_map(numbered).collect());
            names.begins[first as usize] = names.alike.len() as u32;
        }
        names
    }

    /// How many words of a name begin here; 0 for none. A border is in no name.
    pub fn at(&self, words: &[u32]) -> usize {
        let begins = words.first().and_then(|first| self.begins.get(*first as usize));
        let Some(place) = begins.and_then(|begins| begins.checked_sub(1)) else { return 0 };
        let stands = |name: &&Vec<u32>| words.starts_with(name);
        self.alike[place as usize].iter().find(stands).map_or(0, Vec::len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_name_is_found() {
        let words = folded("the United States of America and Georgians met Kazakhstani police");
        let found: Vec<usize> = (0..words.len())
            .map(|at| name_at(at, |at| words.get(at).map(String::as_str)))
            .collect();
        assert_eq!(found, [5, 4, 0, 0, 0, 0, 1, 0, 1, 0]);
        let mut forms = Forms::default();
        let numbers: Vec<u32> = words.iter().map(|word| forms.number(word)).collect();
        let names = NumberedNames::of(&forms);
        let numbered: Vec<usize> = (0..words.len()).map(|at| names.at(&numbers[at..])).collect();
        assert_eq!(numbered, found);
    }
}
