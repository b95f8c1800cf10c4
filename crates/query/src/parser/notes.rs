//! What is said about how a query was read: each note names the place in the text as it was typed.

use std::fmt;
use std::ops::Range;

use crate::parser::{MAX_CHARACTERS, MAX_DEPTH, MAX_WORDS};

/// How many notes on places of a query are made; the others are counted.
pub(super) const MAX_NOTES: usize = 16;

/// Something to be said about how a query was read. Places are in characters from the beginning,
/// from 0, the end left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The text is longer than [`MAX_CHARACTERS`]; the rest was left out.
    TooLong,
    /// The text has more than [`MAX_WORDS`] words; the rest were left out.
    TooManyWords,
    /// Groups stand in groups more than [`MAX_DEPTH`] deep; the parentheses were left out.
    TooDeep,
    /// A quotation mark is never closed.
    UnclosedQuote {
        /// The mark.
        at: Range<usize>,
    },
    /// A parenthesis is never closed.
    UnclosedParenthesis {
        /// The parenthesis.
        at: Range<usize>,
    },
    /// A parenthesis closes what was never opened.
    UnopenedParenthesis {
        /// The parenthesis.
        at: Range<usize>,
    },
    /// `AND`, `OR` or `NOT` with nothing to join.
    LoneOperator {
        /// The word.
        at: Range<usize>,
        /// The word as written.
        word: &'static str,
    },
    /// The word before a colon names no field.
    UnknownField {
        /// The word and the colon.
        at: Range<usize>,
        /// The word.
        name: String,
        /// The nearest fields.
        near: Vec<&'static str>,
    },
    /// A field has no such value.
    UnknownValue {
        /// Field and value.
        at: Range<usize>,
        /// The field.
        field: &'static str,
        /// The value.
        value: String,
        /// The nearest values.
        near: Vec<String>,
    },
    /// A field without a value.
    NoValue {
        /// The field and its colon.
        at: Range<usize>,
        /// The field.
        field: &'static str,
    },
    /// What stands behind `period:` is no time, or ends before it begins.
    NoPeriod {
        /// Field and value.
        at: Range<usize>,
        /// The value.
        value: String,
    },
    /// What stands in parentheses behind a field is no list of values.
    NoList {
        /// The field and its colon.
        at: Range<usize>,
        /// The field.
        field: &'static str,
    },
    /// A `~` behind quotation marks without a number of words, or behind fewer than two words.
    NoDistance {
        /// The sign.
        at: Range<usize>,
    },
    /// A `~` behind a word that cannot be read as nearness of spelling.
    NoSpelling {
        /// The sign.
        at: Range<usize>,
    },
    /// A `^` without a factor.
    NoBoost {
        /// The sign.
        at: Range<usize>,
    },
    /// A factor of something that earns no score.
    NoScore {
        /// The sign and its number.
        at: Range<usize>,
    },
    /// `*` or `?` without a letter.
    BarePattern {
        /// The sign.
        at: Range<usize>,
    },
    /// Words joined with a pattern, which are looked for apart.
    PatternApart {
        /// The words.
        at: Range<usize>,
    },
    /// There is more to say than is said.
    More {
        /// How many notes were left out.
        count: usize,
    },
    /// There is nothing to look for.
    NoWords,
    /// Nothing is looked for, only excluded.
    OnlyExclusions,
}

impl Note {
    /// The place in the text that it is about, in characters from 0; `None` where it is about all.
    pub fn place(&self) -> Option<Range<usize>> {
        match self {
            Note::UnclosedQuote { at }
            | Note::UnclosedParenthesis { at }
            | Note::UnopenedParenthesis { at }
            | Note::LoneOperator { at, .. }
            | Note::UnknownField { at, .. }
            | Note::UnknownValue { at, .. }
            | Note::NoValue { at, .. }
            | Note::NoPeriod { at, .. }
            | Note::NoList { at, .. }
            | Note::NoDistance { at }
            | Note::NoSpelling { at }
            | Note::NoBoost { at }
            | Note::NoScore { at }
            | Note::BarePattern { at }
            | Note::PatternApart { at } => Some(at.clone()),
            Note::TooLong
            | Note::TooManyWords
            | Note::TooDeep
            | Note::More { .. }
            | Note::NoWords
            | Note::OnlyExclusions => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = self.place() {
            write!(f, "at character {}: ", place.start + 1)?;
        }
        match self {
            Note::TooLong => write!(
                f,
                "the query is longer than {MAX_CHARACTERS} characters; what is beyond was left out"
            ),
            Note::TooManyWords => {
                write!(f, "the query has more than {MAX_WORDS} words; what is beyond was left out")
            }
            Note::TooDeep => write!(
                f,
                "the query has groups in groups more than {MAX_DEPTH} deep; its parentheses were \
                 left out"
            ),
            Note::UnclosedQuote { .. } => {
                f.write_str("the quotation mark is never closed; what follows was searched as words")
            }
            Note::UnclosedParenthesis { .. } => {
                f.write_str("the parenthesis is never closed, and was left out")
            }
            Note::UnopenedParenthesis { .. } => {
                f.write_str("the parenthesis closes nothing, and was left out")
            }
            Note::LoneOperator { word, .. } => {
                write!(f, "`{word}` has nothing to join here, and was searched as a word")
            }
            Note::UnknownField { name, near, .. } => {
                write!(f, "`{}` is no field, and was searched as a word", shortened(name))?;
                meant(f, near.iter().map(|name| format!("{name}:")))
            }
            Note::UnknownValue { field, value, near, .. } => {
                let value = shortened(value);
                write!(f, "`{value}` is no {field} known here, and was searched as words")?;
                meant(f, near.iter().cloned())
            }
            Note::NoValue { field, .. } => write!(
                f,
                "`{field}:` has no value right behind it, and was searched as a word; write \
                 {field}:VALUE without a space"
            ),
            Note::NoPeriod { value, .. } => write!(
                f,
                "`{}` is no time that begins before it ends, and was searched as words; write \
                 period:2021, period:2019..2023 or period:2020-10/2021-09",
                shortened(value)
            ),
            Note::NoList { field, .. } => write!(
                f,
                "what stands in parentheses is no list of values, and was searched as words; write \
                 {field}:(ONE OR OTHER)"
            ),
            Note::NoDistance { .. } => f.write_str(
                "`~` needs two words or more in quotation marks before it and a number up to 255 \
                 behind it, and was left out; write \"near words\"~5",
            ),
            Note::NoSpelling { .. } => f.write_str(
                "`~` needs a single word before it and 1, 2 or nothing behind it, and was left out",
            ),
            Note::NoBoost { .. } => f.write_str(
                "`^` needs a number from 0.01 to 100 behind it, such as ^2 or ^0.5, and was left out",
            ),
            Note::NoScore { .. } => {
                f.write_str("what restricts or excludes earns no score, so the factor was left out")
            }
            Note::BarePattern { .. } => {
                f.write_str("`*` and `?` need a letter of the word beside them, and were left out")
            }
            Note::PatternApart { .. } => f.write_str(
                "a word with `*` or `?` is looked for by itself, not next to those joined to it",
            ),
            Note::More { count } => write!(f, "{count} more things were not read as operators"),
            Note::NoWords => f.write_str("the query holds no word to look for"),
            Note::OnlyExclusions => {
                f.write_str("the query only excludes; every passage without its words was found")
            }
        }
    }
}

/// A name short enough to be shown in a line.
fn shortened(name: &str) -> String {
    match name.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}

fn meant(f: &mut fmt::Formatter<'_>, near: impl Iterator<Item = String>) -> fmt::Result {
    let near: Vec<String> = near.collect();
    if near.is_empty() { Ok(()) } else { write!(f, "; did you mean {}?", near.join(", ")) }
}
