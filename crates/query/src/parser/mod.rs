//! From any text to a query. Parsing cannot fail: what is no operator is searched as words, and
//! notes say how the text was read where that may surprise. `docs/query-language.md` tells users what
//! can be written; here stand the bounds, and what is read in which file:
//!
//! - `read.rs`: from text to parts: words, phrases, fields, signs and operators, each where it stands;
//! - `words.rs`: the words of a stretch without spaces, with their signs `*`, `?`;
//! - `values.rs`: what stands behind `field:`;
//! - `tree.rs`: from parts to groups of clauses; `level.rs`: the one form of a group;
//! - `fields.rs`: which fields there are; `notes.rs`: what is said.

mod fields;
mod level;
mod notes;
mod read;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod words;

use crate::ast::{Occur, Query};
use crate::parser::level::settled;
use crate::parser::read::{Parentheses, Reader};

pub use fields::{ClosedNames, FieldForm, Names, QueryField, query_field, query_fields};
pub use notes::Note;

/// How much of a query is read, in characters; nor is the query longer as it is written.
pub const MAX_CHARACTERS: usize = 4000;

/// How many words of a query are read. What restricts counts as one.
pub const MAX_WORDS: usize = 128;

/// How deep groups may stand in one another. Parentheses that change nothing do not count.
pub const MAX_DEPTH: usize = 32;

/// A query and what should be said about how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The query.
    pub query: Query,
    /// How the text was read, where that may surprise; those on places in their order.
    pub notes: Vec<Note>,
}

/// Reads a query without a library: only the names that are the same in every library are known
/// ([`ClosedNames`]). See [`parse_with`].
pub fn parse(text: &str) -> Parsed {
    parse_with(text, &ClosedNames)
}

/// Reads a query. Total over any text: what cannot be read as an operator is searched as words, and
/// notes say so. Takes time in proportion to the length of the text, of which at most
/// [`MAX_CHARACTERS`] are read; `names` is asked at most [`MAX_WORDS`] times for each field.
pub fn parse_with(text: &str, names: &dyn Names) -> Parsed {
    let mut notes = Vec::new();
    let bounded = bounded(text);
    if bounded.len() < text.len() {
        notes.push(Note::TooLong);
    }
    let (parts, said) = Reader::read(bounded, names, Parentheses::Group);
    let (clauses, said) = match tree::clauses(parts) {
        Ok(clauses) => (clauses, said),
        Err(tree::TooDeep) => {
            notes.push(Note::TooDeep);
            let (parts, said) = Reader::read(bounded, names, Parentheses::Ignored);
            // Without parentheses nothing is deep.
            (tree::clauses(parts).unwrap_or_default(), said)
        }
    };
    // Written out, a query can be longer than its text: `a/b` is `a b`, a name may stand for several
    // values. It is cut so that it can be read back whole.
    let mut query = Query { clauses };
    while query.to_string().chars().count() > MAX_CHARACTERS {
        query.clauses.pop();
        query.clauses = settled(query.clauses);
        if !notes.contains(&Note::TooLong) {
            notes.push(Note::TooLong);
        }
    }
    query.clauses.shrink_to_fit();
    notes.extend(said);
    if query.is_empty() {
        notes.push(Note::NoWords);
    } else if query.clauses.iter().all(|clause| clause.occur == Occur::MustNot) {
        notes.push(Note::OnlyExclusions);
    }
    Parsed { query, notes }
}

/// The part of the text that is read: whole words up to the bound.
fn bounded(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(MAX_CHARACTERS) else { return text };
    let cut = &text[..end];
    match cut.rfind(char::is_whitespace) {
        Some(space) if !text[end..].starts_with(char::is_whitespace) => &cut[..space],
        _ => cut,
    }
}
