//! The citation style that was asked for: one that forb knows, or a CSL file of the user's.

use std::fs::File;
use std::io::Read;

use anyhow::{Context, bail};
use citation::style::{CslFile, Listed, Reference, Style};
use citation::{Pinpoint, Work};

/// More of a file than any style has.
const MOST_READ: u64 = 5 << 20;

/// A style to cite in.
#[derive(Debug)]
pub enum ChosenStyle {
    /// One that forb knows.
    Known(Style),
    /// The user's own.
    File(Box<CslFile>),
}

impl ChosenStyle {
    /// The style of this name, or in this file.
    pub fn open(asked: &str) -> anyhow::Result<Self> {
        // Chicago's notes are what forb writes for Chicago.
        let name = if asked == "chicago-note" { "chicago" } else { asked };
        let not_known = match name.parse() {
            Ok(style) => return Ok(Self::Known(style)),
            Err(error) => error,
        };
        if !asked.ends_with(".csl") {
            bail!("{not_known}");
        }
        let mut xml = String::new();
        let file = File::open(asked).with_context(|| format!("{asked} cannot be opened"))?;
        file.take(MOST_READ)
            .read_to_string(&mut xml)
            .with_context(|| format!("{asked} cannot be read as text"))?;
        Ok(Self::File(Box::new(CslFile::read(&xml).with_context(|| asked.to_owned())?)))
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::Known(style) => style.name(),
            Self::File(file) => file.title(),
        }
    }

    /// The list of works in this style and its order.
    pub fn list(&self, works: &[Work]) -> anyhow::Result<Vec<Listed>> {
        Ok(match self {
            Self::Known(style) => style.list(works)?,
            Self::File(file) => file.list(works)?,
        })
    }

    /// A place in a work, cited in this style.
    pub fn cite(&self, work: &Work, pinpoint: &Pinpoint) -> anyhow::Result<Reference> {
        Ok(match self {
            Self::Known(style) => style.cite(work, pinpoint)?,
            Self::File(file) => file.cite(work, pinpoint)?,
        })
    }
}
