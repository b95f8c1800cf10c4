//! How much each country's chapter changed from one edition to the next: a row a country, to find
//! where to look.

use std::collections::BTreeMap;

use model::{AnnotatedPassage, Country};

use super::{Changes, Extent, Volume, changes};
use crate::align::{Shared, Status};

/// Whether a country stands in both editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// In both.
    Both,
    /// There is a chapter in the old edition only.
    OnlyOld,
    /// There is a chapter in the new edition only.
    OnlyNew,
}

/// How much a country's chapter changed.
#[derive(Clone, Debug, PartialEq)]
pub struct ChapterChange {
    /// The country.
    pub country: Country,
    /// Whether it has a chapter in both editions. A chapter that is there and empty is there:
    /// [`ChapterChange::extent`] then says which side has text.
    pub standing: Standing,
    /// How the two chapters stand to each other.
    pub extent: Extent,
    /// How many of the new sentences stood there before.
    pub shared: Shared,
    /// How much text the old chapter has.
    pub old: Volume,
    /// How much text the new chapter has.
    pub new: Volume,
    /// How many statements have each status, in the order of [`Status::ALL`].
    pub statements: [usize; 7],
    /// How many figures changed; years and days are not counted.
    pub figures: usize,
}

/// The chapters of two editions by country, compared: the most changed first, then by code. A
/// chapter is its passages in reading order; a country that is there without text has none.
pub fn chapters<'a>(
    old: &'a BTreeMap<Country, Vec<AnnotatedPassage>>,
    new: &'a BTreeMap<Country, Vec<AnnotatedPassage>>,
) -> Vec<ChapterChange> {
    let mut countries: Vec<Country> = old.keys().chain(new.keys()).copied().collect();
    countries.sort_unstable();
    countries.dedup();
    let chapter = |country: Country| {
        let (before, after) = (old.get(&country), new.get(&country));
        let standing = match (before, after) {
            (Some(_), Some(_)) => Standing::Both,
            (Some(_), None) => Standing::OnlyOld,
            _ => Standing::OnlyNew,
        };
        let text =
            |chapter: Option<&'a Vec<AnnotatedPassage>>| chapter.map_or(&[][..], Vec::as_slice);
        row(country, standing, &changes(text(before), text(after)))
    };
    let mut rows: Vec<ChapterChange> = countries.into_iter().map(chapter).collect();
    rows.sort_by(|a, b| order(a).total_cmp(&order(b)).then(a.country.cmp(&b.country)));
    rows
}

/// A row of the table.
pub(super) fn row(country: Country, standing: Standing, changes: &Changes) -> ChapterChange {
    let figures = changes.statements.iter().flat_map(|statement| &statement.figures);
    let is_figure = |number: &crate::align::Number| number.kind == crate::align::NumberKind::Figure;
    ChapterChange {
        country,
        standing,
        extent: changes.extent,
        shared: changes.shared,
        old: changes.old,
        new: changes.new,
        statements: Status::ALL.map(|status| changes.count(status)),
        figures: figures
            .filter(|change| change.old.iter().chain(&change.new).any(is_figure))
            .count(),
    }
}

/// Chapters in both editions by how little they share; those in one only at the end.
fn order(row: &ChapterChange) -> f64 {
    match row.extent {
        Extent::Nothing => 4.0,
        Extent::OnlyOld => 3.0,
        Extent::OnlyNew => 2.0,
        _ => row.shared.share().unwrap_or(1.0),
    }
}
