//! Words divided at the ends of lines. A soft hyphen goes. A hard one goes where the document itself
//! writes the whole word within a line more often than it writes it with a hyphen; otherwise the
//! hyphen stays and the rest of the word follows it, as on the page. What was done is counted.

use std::collections::HashMap;

/// Words that a document writes within its lines.
#[derive(Default)]
pub(super) struct Words {
    counts: HashMap<String, u32>,
    /// Divided words made whole, and those whose hyphen stays.
    pub(super) joined: usize,
    pub(super) kept: usize,
}

impl Words {
    /// Counts the words of a line; the last one is left out where it may be a part of a word.
    pub(super) fn add(&mut self, line: &str) {
        let line = match line.strip_suffix(['-', '\u{2010}', '\u{ad}']) {
            Some(_) => line.rsplit_once(' ').map_or("", |(before, _)| before),
            None => line,
        };
        for word in line.split(|c: char| !c.is_alphabetic() && !is_hyphen(c)) {
            let word = word.trim_matches(is_hyphen);
            if word.chars().count() > 3 {
                *self.counts.entry(folded(word)).or_default() += 1;
            }
        }
    }

    fn count(&self, word: &str) -> u32 {
        self.counts.get(&folded(word)).copied().unwrap_or(0)
    }

    /// Lets a line follow a text.
    pub(super) fn join(&mut self, text: &mut String, line: &str) {
        let Some(hyphen) = text.chars().next_back().filter(|c| is_hyphen(*c)) else {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
            return;
        };
        let before = &text[..text.len() - hyphen.len_utf8()];
        let end = line.find(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).unwrap_or(line.len());
        let last = before.rsplit(|c: char| !c.is_alphanumeric() && !is_hyphen(c)).next();
        let (first, rest) = (last.unwrap_or(""), line[..end].trim_end_matches(is_hyphen));
        if hyphen == '\u{ad}' {
            text.pop();
        } else if !divides(first, rest) {
            // A dash, a hanging hyphen, a range, or the parts of a name.
            let glued = first.chars().next_back().is_some_and(char::is_alphanumeric)
                && rest.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
            if !glued {
                text.push(' ');
            }
        } else {
            let whole = self.count(&format!("{first}{rest}"));
            let parted = self.count(&format!("{first}-{rest}"));
            if whole > parted {
                text.pop();
                self.joined += 1;
            } else {
                self.kept += 1;
            }
        }
        text.push_str(line);
    }

    /// What a person should know about it.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.joined > 0 {
            warnings.push(format!(
                "{} divided at a line's end made whole, as the document writes elsewhere",
                words(self.joined)
            ));
        }
        if self.kept > 0 {
            warnings.push(format!(
                "{} with a hyphen at a line's end: it is kept, for nothing shows that it is not \
                 part of the word",
                words(self.kept)
            ));
        }
        warnings
    }
}

fn words(count: usize) -> String {
    if count == 1 { "1 word".to_owned() } else { format!("{count} words") }
}

/// Whether a hyphen between these parts of words may divide one word.
fn divides(first: &str, rest: &str) -> bool {
    const AFTER_HANGING_HYPHEN: &[&str] =
        &["and", "or", "to", "nor", "und", "oder", "et", "ou", "y"];
    first.chars().next_back().is_some_and(char::is_alphabetic)
        && rest.chars().next().is_some_and(char::is_lowercase)
        && !AFTER_HANGING_HYPHEN.contains(&rest)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{ad}')
}

fn folded(word: &str) -> String {
    let kept = word.chars().filter(|c| *c != '\u{ad}');
    kept.map(|c| if is_hyphen(c) { '-' } else { c }).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(known: &str, above: &str, below: &str) -> String {
        let mut words = Words::default();
        words.add(known);
        let mut text = above.to_owned();
        words.join(&mut text, below);
        text
    }

    #[test]
    fn a_hyphen_goes_only_on_evidence() {
        assert_eq!(joined("religion is free", "of reli-", "gion in law"), "of religion in law");
        assert_eq!(joined("", "of reli-", "gion in law"), "of reli-gion in law");
        assert_eq!(joined("a well-known case", "a well-", "known case"), "a well-known case");
        assert_eq!(joined("", "reli\u{ad}", "gion"), "religion");
    }

    #[test]
    fn what_divides_no_word_stays_as_it_is() {
        assert_eq!(joined("", "pre-", "and post-election"), "pre- and post-election");
        assert_eq!(joined("", "Guinea-", "Bissau"), "Guinea-Bissau");
        assert_eq!(joined("", "in 2011-", "2012"), "in 2011-2012");
        assert_eq!(joined("", "the law -", "and others"), "the law - and others");
        assert_eq!(joined("", "one", "two"), "one two");
    }
}
