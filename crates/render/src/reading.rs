//! How a query was read: as it is written out, as an outline in plain words, and the place in the
//! typed text that a note is about.

use std::ops::Range;

use query::{Boost, Clause, Node, Occur, Query};
use unicode_width::UnicodeWidthChar;

use crate::safe::safe;

/// Characters of the typed text shown on either side of the place a note is about.
const AROUND: usize = 30;

/// A query as it is written out and, below, as an outline: a line for each part, what belongs to a
/// group behind two more spaces.
pub fn reading_text(query: &Query) -> String {
    if query.is_empty() {
        return "read as nothing to look for\n".to_owned();
    }
    let mut out = format!("read as: {}\n", safe(&query.to_string()));
    write_clauses(&mut out, &query.clauses, 1);
    out
}

fn write_clauses(out: &mut String, clauses: &[Clause], depth: usize) {
    let needed = |clause: &Clause| clause.occur == Occur::Must && clause.node.is_scored();
    let some_needed = clauses.iter().any(needed);
    let wanted = clauses.iter().filter(|clause| clause.occur == Occur::Should).count();
    for Clause { occur, boost, node } in clauses {
        let role = match occur {
            Occur::Must => "needed",
            Occur::Should if some_needed => "better with",
            Occur::Should if wanted == 1 => "needed",
            Occur::Should => "any of",
            Occur::MustNot => "without",
        };
        let weight = match *boost {
            Boost::ONE => String::new(),
            boost => format!(", counted {} times", boost.factor()),
        };
        let line = format!("{role}: {}{weight}", described(node));
        out.push_str(&"  ".repeat(depth));
        out.push_str(&safe(&line));
        out.push('\n');
        if let Node::Group { clauses } = node {
            write_clauses(out, clauses, depth + 1);
        }
    }
}

/// What a node looks for, in plain words.
fn described(node: &Node) -> String {
    match node {
        Node::Word { text } => format!("the word {text} in any form"),
        Node::Phrase { text } if text.contains(' ') => {
            format!("“{text}”: these words one after the other, in these forms")
        }
        Node::Phrase { text } => format!("“{text}” in this form"),
        Node::Near { text, within } => {
            format!(
                "{text}: all of them in any order, with at most {within} other words among them"
            )
        }
        Node::Pattern { text } => format!("words of the shape {text}"),
        Node::Fuzzy { text, edits } => {
            let letters = if *edits == 1 { "letter" } else { "letters" };
            format!("{text} and words that differ from it in at most {edits} {letters}")
        }
        Node::Section { text } => format!("under a heading with the words {text}"),
        Node::Is { field, values } => format!("{} is {}", field.name(), values.join(" or ")),
        Node::Covers { period } => format!("the document covers some of {period}"),
        Node::Group { clauses } => match clauses.as_slice() {
            [first, ..] if clauses.iter().all(|clause| clause.occur == first.occur) => {
                match first.occur {
                    Occur::Must => "all of these".to_owned(),
                    Occur::Should => "at least one of these".to_owned(),
                    Occur::MustNot => "none of these".to_owned(),
                }
            }
            _ => "these together".to_owned(),
        },
    }
}

/// The typed text around a place, and a line with `^` under the place. The place is in characters;
/// text far from it is left out and shown as `…`.
pub fn caret_lines(typed: &str, place: Range<usize>) -> [String; 2] {
    let typed = safe(typed);
    let characters: Vec<char> = typed.chars().collect();
    let start = place.start.min(characters.len());
    let end = place.end.clamp(start, characters.len()).min(start + 2 * AROUND);
    let from = start.saturating_sub(AROUND);
    let to = (end + AROUND).min(characters.len());
    let before = if from > 0 { "…" } else { "" };
    let after = if to < characters.len() { "…" } else { "" };
    let shown: String = characters[from..to].iter().collect();
    let columns =
        |characters: &[char]| -> usize { characters.iter().map(|c| c.width().unwrap_or(0)).sum() };
    let indent = before.chars().count() + columns(&characters[from..start]);
    let carets = columns(&characters[start..end]).max(1);
    [format!("{before}{shown}{after}"), format!("{}{}", " ".repeat(indent), "^".repeat(carets))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use query::parse;

    #[test]
    fn a_query_is_told_in_plain_words() {
        let text = reading_text(&parse("country:KZ (mosque OR \"house church\"^2) -hindu").query);
        assert_eq!(
            text,
            "read as: +country:\"KZ\" mosque \"house church\"^2 -hindu\n  \
               needed: country is KZ\n  \
               any of: the word mosque in any form\n  \
               any of: “house church”: these words one after the other, in these forms, counted 2 \
               times\n  \
               without: the word hindu in any form\n"
        );
        assert_eq!(reading_text(&parse("").query), "read as nothing to look for\n");
        for (query, said) in [
            ("a", "needed: the word a in any form"),
            ("\"a b\"~5", "a b: all of them in any order, with at most 5 other words among them"),
            ("conver*", "words of the shape conver*"),
            ("uyghur~", "uyghur and words that differ from it in at most 1 letter\n"),
            ("section:law", "under a heading with the words law"),
            ("period:2019..2023", "the document covers some of 2019..2023"),
            ("exact:law", "“law” in this form"),
            ("a AND (b OR c)", "needed: at least one of these\n    any of: the word b"),
            ("+a b", "better with: the word b in any form"),
            ("a OR (-b)", "any of: none of these"),
        ] {
            let text = reading_text(&parse(query).query);
            assert!(text.contains(said), "{query}: {text}");
        }
    }

    #[test]
    fn a_place_is_pointed_at() {
        assert_eq!(caret_lines("law contry:KZ", 4..11), ["law contry:KZ", "    ^^^^^^^"]);
        assert_eq!(caret_lines("信仰 (law", 3..4), ["信仰 (law", "     ^"]);
        assert_eq!(caret_lines("a\u{1b}[2J (", 6..7), ["a\u{fffd}[2J (", "      ^"]);
        let long = format!("{} ( {}", "x".repeat(100), "y".repeat(100));
        let [text, carets] = caret_lines(&long, 101..102);
        assert_eq!(text.chars().count(), 2 * AROUND + 3);
        assert_eq!(text.chars().nth(carets.len() - 1), Some('('));
        assert_eq!(caret_lines("", 5..9), ["", "^"]);
    }
}
