//! Comparing names as a reader would: without case, accents or the shape of an apostrophe; and
//! finding the nearest known name to one that is not known. Text itself is never folded.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// A name reduced to what a reader compares: lower case, no accents, apostrophes dropped, every
/// other run of characters that are neither letters nor digits one space.
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.nfkd() {
        match c {
            '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' => {}
            c if is_combining_mark(c) => {}
            'ı' => folded.push('i'),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'đ' | 'Đ' => folded.push('d'),
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase()),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// Up to `most` of the `known` names that are close enough to `name` to be what was meant, nearest
/// first, each once. Closeness is Jaro-Winkler similarity of the folded names, at least 0.8; a
/// known name that begins with or contains the one asked for always counts.
pub fn nearest<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
    most: usize,
) -> Vec<&'a str> {
    // A name of thousands of characters is near to nothing; comparing it would only cost time.
    let asked = fold(&name.chars().take(80).collect::<String>());
    if asked.is_empty() {
        return Vec::new();
    }
    let mut close: Vec<(f64, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let inside = asked.chars().count() >= 3 && folded.contains(&asked);
            let score = strsim::jaro_winkler(&asked, &folded) + if inside { 0.8 } else { 0.0 };
            (score >= 0.8).then_some((score, candidate))
        })
        .collect();
    close.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    let mut names: Vec<&str> = Vec::new();
    for (_, candidate) in close {
        if names.len() < most && !names.contains(&candidate) {
            names.push(candidate);
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_to_what_a_reader_compares() {
        assert_eq!(fold("Côte d’Ivoire"), "cote divoire");
        assert_eq!(fold("  Türkiye (Turkey) "), "turkiye turkey");
        assert_eq!(fold("Bahá'í"), "bahai");
        assert_eq!(fold("…"), "");
    }

    #[test]
    fn the_nearest_name_is_found_and_a_far_one_is_not() {
        let known = ["Kazakhstan", "Kyrgyzstan", "Pakistan", "Peru"];
        assert_eq!(nearest("Kazakstan", known, 2)[0], "Kazakhstan");
        assert_eq!(nearest("stan", ["Pakistan"], 1), ["Pakistan"]);
        assert!(nearest("Wxyz", known, 3).is_empty());
        assert!(nearest("", known, 3).is_empty());
    }
}
