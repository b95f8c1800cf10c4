//! From any text to a query. Parsing cannot fail: what is no operator is searched as words, and
//! notes say how the text was read where that may surprise.
//!
//! - Words are ranked by best match; `"several words"` is a phrase, in straight, curly or angled
//!   quotation marks.
//! - `+` and `-` before a word or phrase, at the beginning or after a space, make it needed or
//!   excluded. Elsewhere (`non-violent`, a lone `-`) they mean nothing.
//! - Words joined by a hyphen, a dot or an underscore are looked for one after the other; every other
//!   sign parts words. A sign before several words so parted (`-a:b`) counts for each of them.
//! - A quotation mark without its partner means nothing.

use std::fmt;

use indexing::{Analyser, tokens};
use model::TextRange;

use crate::ast::{Boost, Clause, Node, Occur, Query};

/// How much of a query is read, in characters; nor is the query longer as it is written.
pub const MAX_CHARACTERS: usize = 4000;

/// How many words of a query are read.
pub const MAX_WORDS: usize = 128;

/// A query and what should be said about how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// How the text was read, where that may surprise.
    pub notes: Vec<Note>,
}

/// Something to be said about how a query was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The text is longer than [`MAX_CHARACTERS`]; the rest was left out.
    TooLong,
    /// The text has more than [`MAX_WORDS`] words; the rest were left out.
    TooManyWords,
    /// A quotation mark is never closed.
    UnclosedQuote {
        /// Where it stands, in characters from the beginning, from 0.
        at: usize,
    },
    /// There is no word to look for.
    NoWords,
    /// Nothing is looked for, only excluded.
    OnlyExclusions,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Note::TooLong => write!(
                f,
                "the query is longer than {MAX_CHARACTERS} characters; what is beyond was left out"
            ),
            Note::TooManyWords => {
                write!(f, "the query has more than {MAX_WORDS} words; what is beyond was left out")
            }
            Note::UnclosedQuote { at } => write!(
                f,
                "the quotation mark at character {} is never closed; what follows was searched as words",
                at + 1
            ),
            Note::NoWords => f.write_str("the query holds no word to look for"),
            Note::OnlyExclusions => {
                f.write_str("the query only excludes; every passage without its words was found")
            }
        }
    }
}

/// Reads a query: words, `"phrases"`, `+needed`, `-excluded`. Total over any text: what cannot be
/// read as an operator is searched as words, and notes say so.
pub fn parse(text: &str) -> Parsed {
    let mut parser = Parser {
        parsed: Parsed::default(),
        words_left: MAX_WORDS,
        characters_left: MAX_CHARACTERS,
    };
    let text = parser.bounded(text);
    parser.read(text);
    let Parsed { mut query, mut notes } = parser.parsed;
    query.clauses.shrink_to_fit();
    if query.is_empty() {
        notes.push(Note::NoWords);
    } else if query.clauses.iter().all(|clause| clause.occur == Occur::MustNot) {
        notes.push(Note::OnlyExclusions);
    }
    Parsed { query, notes }
}

struct Parser {
    parsed: Parsed,
    words_left: usize,
    /// Of the query as it is written, which may be longer than its text: `-a:b` is `-a -b`.
    characters_left: usize,
}

impl Parser {
    /// The part of the text that is read: whole words up to the bound.
    fn bounded<'a>(&mut self, text: &'a str) -> &'a str {
        let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) else { return text };
        self.too_long();
        let cut = &text[..end];
        match cut.rfind(char::is_whitespace) {
            Some(space) if !text[end..].starts_with(char::is_whitespace) => &cut[..space],
            _ => cut,
        }
    }

    fn read(&mut self, text: &str) {
        let mut at = 0;
        let mut after_space = true;
        while let Some(c) = text[at..].chars().next() {
            if c.is_whitespace() {
                (at, after_space) = (at + c.len_utf8(), true);
                continue;
            }
            let (occur, sign) = if after_space { sign_at(&text[at..]) } else { (Occur::Should, 0) };
            let operand = at + sign;
            after_space = false;
            at = match quoted(&text[operand..]) {
                Quoted::Phrase { content, length } => {
                    self.phrase(occur, content);
                    operand + length
                }
                // The sign before it falls with the quotation mark.
                Quoted::Unclosed { length } => {
                    let at = text[..operand].chars().count();
                    self.parsed.notes.push(Note::UnclosedQuote { at });
                    operand + length
                }
                Quoted::No => {
                    let run = text[operand..]
                        .find(|c: char| c.is_whitespace() || is_quote(c))
                        .map_or(text.len(), |length| operand + length);
                    self.words(occur, &text[operand..run]);
                    run
                }
            };
        }
    }

    fn phrase(&mut self, occur: Occur, content: &str) {
        if let Some(range) = self.take(tokens(content, Analyser::Exact).map(|token| token.range)) {
            let text = content[range.start..range.end].split_whitespace().collect::<Vec<_>>();
            self.push(occur, Node::Phrase { text: text.join(" ") });
        }
    }

    /// The words of a run without spaces: what is joined is one node.
    fn words(&mut self, occur: Occur, run: &str) {
        let ranges: Vec<TextRange> =
            tokens(run, Analyser::Exact).map(|token| token.range).collect();
        let joined = |a: &TextRange, b: &TextRange| is_joint(&run[a.end..b.start]);
        for group in ranges.chunk_by(joined) {
            if let Some(range) = self.take(group.iter().copied()) {
                let text = run[range.start..range.end].to_owned();
                self.push(occur, Node::Word { text });
            }
        }
    }

    /// Takes as many words as may still be read, and returns the range they cover.
    fn take(&mut self, words: impl Iterator<Item = TextRange>) -> Option<TextRange> {
        let mut taken: Option<TextRange> = None;
        for word in words {
            if self.words_left == 0 {
                if !self.parsed.notes.contains(&Note::TooManyWords) {
                    self.parsed.notes.push(Note::TooManyWords);
                }
                break;
            }
            self.words_left -= 1;
            taken = Some(TextRange { start: taken.map_or(word.start, |t| t.start), end: word.end });
        }
        taken
    }

    fn push(&mut self, occur: Occur, node: Node) {
        let clause = Clause { occur, boost: Boost::ONE, node };
        let space = usize::from(!self.parsed.query.is_empty());
        let length = space + clause.to_string().chars().count();
        match self.characters_left.checked_sub(length) {
            Some(left) => {
                self.characters_left = left;
                self.parsed.query.clauses.push(clause);
            }
            None => {
                self.characters_left = 0;
                self.too_long();
            }
        }
    }

    fn too_long(&mut self) {
        if !self.parsed.notes.contains(&Note::TooLong) {
            self.parsed.notes.push(Note::TooLong);
        }
    }
}

/// The sign a text begins with, if something stands right behind it that it can belong to.
fn sign_at(text: &str) -> (Occur, usize) {
    let occur = match text.as_bytes().first() {
        Some(b'+') => Occur::Must,
        Some(b'-') => Occur::MustNot,
        _ => return (Occur::Should, 0),
    };
    let belongs = text[1..].starts_with(is_quote) || begins_word(&text[1..]);
    if belongs { (occur, 1) } else { (Occur::Should, 0) }
}

/// Whether a word begins right here. Asked of the analyser itself: the standard library's notion of
/// letters differs from it for some ideographs, and some letters are words only before others.
fn begins_word(text: &str) -> bool {
    let run = text.split(|c: char| c.is_whitespace() || is_quote(c)).next().unwrap_or("");
    tokens(run, Analyser::Exact).next().is_some_and(|word| word.range.start == 0)
}

enum Quoted<'a> {
    Phrase { content: &'a str, length: usize },
    Unclosed { length: usize },
    No,
}

/// What a text begins with: a quotation, a quotation mark without a partner, or neither. Any closing
/// mark fits any opening one; people mix them.
fn quoted(text: &str) -> Quoted<'_> {
    let Some(open) = text.chars().next().filter(|c| is_quote(*c)) else { return Quoted::No };
    let content = &text[open.len_utf8()..];
    match content.char_indices().find(|(_, c)| is_quote(*c)) {
        Some((end, close)) => Quoted::Phrase {
            content: &content[..end],
            length: open.len_utf8() + end + close.len_utf8(),
        },
        None => Quoted::Unclosed { length: open.len_utf8() },
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// Whether what stands between two words makes them one: a hyphen, a dot or the like, or nothing at
/// all, as in Chinese.
fn is_joint(between: &str) -> bool {
    let mut signs = between.chars();
    let sign = signs.next();
    signs.next().is_none()
        && sign.is_none_or(|sign| matches!(sign, '-' | '‐' | '‑' | '.' | '_' | '\'' | '’'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        let Parsed { query, notes } = parse(text);
        let notes: String = notes.iter().map(|note| format!(" !{note:?}")).collect();
        format!("{query}{notes}")
    }

    fn words(text: &str) -> Vec<Node> {
        parse(text).query.clauses.into_iter().map(|clause| clause.node).collect()
    }

    #[test]
    fn a_sign_belongs_to_whatever_the_analyser_takes_for_a_word() {
        // An ideograph newer than the standard library's tables, found by the property test below;
        // a word that begins with a vowel sign, which by itself is none, found by fuzzing.
        for text in ["-A:\u{2ee5e}", "-a:\u{64b}b", "+a:\u{345}b"] {
            let query = parse(text).query;
            assert_eq!(parse(&query.to_string()).query, query, "{text}");
        }
    }

    #[test]
    fn words_phrases_and_signs() {
        assert_eq!(read("  religious   extremism "), "religious extremism");
        assert_eq!(
            read("+blasphemy -law \"death sentence\""),
            "+blasphemy -law \"death sentence\""
        );
        assert_eq!(
            read("-\"hate speech\" +“places of   worship”"),
            "-\"hate speech\" +\"places of worship\""
        );
        assert_eq!(read("«anti-conversion law», „so“"), "\"anti-conversion law\" \"so\"");
        assert_eq!(read("-hindu"), "-hindu !OnlyExclusions");
        assert_eq!(words("non-violent"), [Node::Word { text: "non-violent".into() }]);
        assert_eq!(words("state.gov")[0], Node::Word { text: "state.gov".into() });
        assert_eq!(words("信仰自由").len(), 1);
    }

    #[test]
    fn what_is_no_operator_is_words() {
        assert_eq!(read("a:(^"), "a");
        assert_eq!(read("country:KZ (law OR order)"), "country KZ law OR order");
        assert_eq!(read("a - b + c -- d"), "a b c d");
        assert_eq!(read("--help"), "help");
        assert_eq!(read("Sunni/Shia, and 4,859,000 (U.S.)"), "Sunni Shia and 4,859,000 U.S.");
        assert_eq!(read("-a:b c"), "-a -b c");
        assert_eq!(read("rock 'n' roll"), "rock n roll");
        assert_eq!(read("x\"y z\"-w"), "x \"y z\" w");
    }

    #[test]
    fn an_unclosed_quotation_mark_means_nothing() {
        assert_eq!(read("law \"death sentence"), "law death sentence !UnclosedQuote { at: 4 }");
        assert_eq!(read("-\"death sentence"), "death sentence !UnclosedQuote { at: 1 }");
        assert_eq!(read("\"a b\" \""), "\"a b\" !UnclosedQuote { at: 6 }");
    }

    #[test]
    fn a_query_without_words_looks_for_nothing() {
        for text in ["", " ", "…", "\"\" ( ) ^", "+ - *", "\u{200f}", "🙏"] {
            assert_eq!(read(text), " !NoWords", "{text}");
        }
    }

    #[test]
    fn a_query_has_bounds() {
        let many = "word ".repeat(MAX_WORDS + 3);
        let parsed = parse(&many);
        assert_eq!(parsed.query.clauses.len(), MAX_WORDS);
        assert_eq!(parsed.notes, [Note::TooManyWords]);
        let phrase = parse(&format!("\"{many}\""));
        assert_eq!(phrase.notes, [Note::TooManyWords]);
        let long = parse(&"long-windedness ".repeat(70_000));
        assert_eq!(long.notes, [Note::TooLong, Note::TooManyWords]);
        assert_eq!(parse(&"x".repeat(1_000_000)).query.clauses.len(), 1);
        assert_eq!(read(&format!("first {}", "y".repeat(5000))), "first !TooLong");
        assert_eq!(parse(&"(".repeat(1_000_000)).notes, [Note::TooLong, Note::NoWords]);
    }

    #[test]
    fn a_query_that_is_longer_as_it_is_written_is_read_back_all_the_same() {
        let parsed = parse(&format!("{} -a:b:c:d:e:f", "x".repeat(MAX_CHARACTERS - 15)));
        assert_eq!(parsed.notes, [Note::TooLong]);
        assert_eq!(parsed.query.clauses.len(), 6);
        assert_eq!(parse(&parsed.query.to_string()), Parsed { notes: vec![], ..parsed });
    }

    #[test]
    fn notes_say_what_was_done() {
        assert_eq!(
            Note::UnclosedQuote { at: 4 }.to_string(),
            "the quotation mark at character 5 is never closed; what follows was searched as words"
        );
    }

    proptest! {
        #[test]
        fn a_query_is_read_back_as_it_is_written(
            text in "\\PC{0,60}|([-+]?[a-zé.:1,'’信]{1,6}[ \"“”-]{0,2}){0,12}|(?s).{0,40}",
        ) {
            let Parsed { query, .. } = parse(&text);
            let written = query.to_string();
            prop_assert_eq!(parse(&written).query, query, "{}", written);
        }
    }
}
