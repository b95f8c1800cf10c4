//! The record of `forb changes`, `forb keyness` or `forb reuse`: what was asked, of which state of the
//! library, and the rows that came out; as a file that can be kept, read by a person, and asked again.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, bail};
use clap::Parser as _;
use indexing::Index;
use render::Rows;
use serde::{Deserialize, Serialize};

use super::file::{self, LibraryRecord, RECORD_VERSION};
use crate::arguments::{Arguments, Command};
use crate::paths::LibraryPaths;

/// A request whose answer is rows.
pub trait Answered {
    /// The command that asks it.
    const COMMAND: &'static str;

    /// The options that ask it: each `--name=value`, or `--name`.
    fn options(&self) -> Vec<String>;

    /// The answer, all of it that the options ask for.
    ///
    /// # Errors
    /// When it names what the library does not know, or the index cannot be read.
    fn rows(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Rows>;
}

/// An answer, as it is kept.
#[derive(Serialize, Deserialize)]
pub struct AnswerRecord {
    record_version: u32,
    /// The command.
    of: String,
    forb: String,
    /// Its options.
    options: Vec<String>,
    library: LibraryRecord,
    /// What was found: each finding with what its columns say.
    found: BTreeMap<String, BTreeMap<String, String>>,
}

impl AnswerRecord {
    /// The record of an answer.
    pub fn of<T: Answered>(index: &Index, asked: &T, rows: &Rows) -> Self {
        Self {
            record_version: RECORD_VERSION,
            of: T::COMMAND.to_owned(),
            forb: env!("CARGO_PKG_VERSION").to_owned(),
            options: asked.options(),
            library: LibraryRecord::of(index),
            found: rows.findings(),
        }
    }

    /// Writes it to a file that is not there yet.
    ///
    /// # Errors
    /// When the file is there, or cannot be written.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        file::write(self, path)
    }

    /// Whether a record that was read is one of an answer in rows.
    pub fn is(value: &serde_json::Value) -> bool {
        value.get("options").is_some()
    }

    /// A record that was read from a file.
    ///
    /// # Errors
    /// When it lacks what such a record has.
    pub fn of_value(value: serde_json::Value, path: &Path) -> anyhow::Result<Self> {
        serde_json::from_value(value).with_context(|| file::no_record(path))
    }

    /// Asks the same again.
    ///
    /// # Errors
    /// When this forb or the library does not know what the record names.
    pub fn again(&self, library: &LibraryPaths, index: &Index) -> anyhow::Result<Self> {
        let line = ["forb", &self.of].into_iter().chain(self.options.iter().map(String::as_str));
        let asked = Arguments::try_parse_from(line);
        let asked = asked.map(|arguments| arguments.command).with_context(|| {
            format!("the record asks what this forb does not know: {}", self.options.join(" "))
        })?;
        match asked {
            Command::Changes(asked) => Self::answer(&*asked, library, index),
            Command::Keyness(asked) => Self::answer(&*asked, library, index),
            Command::Reuse(asked) => Self::answer(&*asked, library, index),
            _ => bail!("the record names a command `{}`", self.of),
        }
    }

    fn answer<T: Answered>(
        asked: &T,
        library: &LibraryPaths,
        index: &Index,
    ) -> anyhow::Result<Self> {
        Ok(Self::of(index, asked, &asked.rows(library, index)?))
    }

    /// How many findings there are.
    pub fn findings(&self) -> usize {
        self.found.len()
    }

    /// What of the library, and of forb, is another now; each a sentence.
    pub fn changed(&self, now: &Self) -> Vec<String> {
        file::changed((&self.forb, &self.library), (&now.forb, &now.library))
    }

    /// What is found differently now; each a sentence.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let mut differences = Vec::new();
        for (of, was) in &self.found {
            match now.found.get(of) {
                None => differences.push(format!("{of} is gone")),
                Some(is) => differences.extend(columns_that_differ(of, was, is)),
            }
        }
        let new = now.found.keys().filter(|of| !self.found.contains_key(*of));
        differences.extend(new.map(|of| format!("{of} is new")));
        differences
    }
}

fn columns_that_differ(
    of: &str,
    was: &BTreeMap<String, String>,
    is: &BTreeMap<String, String>,
) -> Option<String> {
    let columns = was.keys().chain(is.keys().filter(|column| !was.contains_key(*column)));
    let said = |row: &BTreeMap<String, String>, column: &str| {
        row.get(column).map_or_else(|| "nothing".to_owned(), String::clone)
    };
    let differ = columns.filter(|column| was.get(*column) != is.get(*column));
    let differ: Vec<String> = differ
        .map(|column| format!("{column} {}, was {}", said(is, column), said(was, column)))
        .collect();
    (!differ.is_empty()).then(|| format!("{of}: {}", differ.join("; ")))
}

/// `--name=value` for each value.
pub fn option<'a, T: ToString + 'a>(
    name: &'a str,
    values: impl IntoIterator<Item = T> + 'a,
) -> impl Iterator<Item = String> + 'a {
    values.into_iter().map(move |value| format!("--{name}={}", value.to_string()))
}
