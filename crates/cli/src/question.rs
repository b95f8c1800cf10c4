//! The words of a search as a question to a library: the names in it are looked up where the options
//! look theirs up, each field when it is first asked for; and what is to be said of how it was read.

use std::cell::RefCell;
use std::collections::BTreeMap;

use indexing::{FoundDocument, Index};
use ingestion::corpus::Corpus;
use model::Field;
use query::{ClosedNames, Names, Note, Parsed};

use crate::filters::Known;
use crate::output::Output;

/// Reads the words of a search.
pub fn read(typed: &str, corpus: &Corpus, index: &Index) -> Parsed {
    query::parse_with(typed, &LibraryNames { corpus, index, known: RefCell::default() })
}

/// Says how the words were read, each note with the place it is about.
pub fn say(typed: &str, notes: &[Note], output: &Output) {
    for note in notes {
        match note.place() {
            Some(place) => output.note_with(&note.to_string(), &render::caret_lines(typed, place)),
            None => output.note(&note.to_string()),
        }
    }
}

/// What values are called in a library.
struct LibraryNames<'a> {
    corpus: &'a Corpus,
    index: &'a Index,
    /// The fields asked for so far; `None` for one whose names cannot be read.
    known: RefCell<BTreeMap<Field, Option<Known>>>,
}

impl Names for LibraryNames<'_> {
    fn resolve(&self, field: Field, value: &str) -> Result<Vec<String>, Vec<String>> {
        match field {
            Field::Publisher
            | Field::Series
            | Field::Issue
            | Field::Group
            | Field::Place
            | Field::Instrument => {
                let mut known = self.known.borrow_mut();
                let known = known
                    .entry(field)
                    .or_insert_with(|| Known::of(field, self.corpus, self.index).ok());
                let Some(known) = known else { return Err(Vec::new()) };
                known.values_of(value).map_err(|_| known.near(value))
            }
            Field::Document => match self.index.find_document(value) {
                Ok(FoundDocument::One(id)) => Ok(vec![id.to_string()]),
                _ => Err(Vec::new()),
            },
            _ => ClosedNames.resolve(field, value),
        }
    }
}
