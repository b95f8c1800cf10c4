//! A table of how many passages speak to something, by row and column: issues by source, countries by
//! period. Each cell has the filters under which a search finds the passages it counts, and how much
//! text they were counted in; where there is none, nothing is ever said of it.

use std::collections::BTreeMap;

use indexing::Index;
use model::Held as _;
use model::{Field, HeldDocument, IssueId};
use rayon::prelude::*;

use super::members::{Axis, Held, Member, members};
use super::rates::{Rate, Share, rate, share};
use super::read::all_words;
use crate::ast::Query;
use crate::coverage::{SHORT_WORDS, is_rest};
use crate::error::QueryError;
use crate::filters::Filters;
use crate::overview::Tally;
use crate::search::{SearchRequest, search};

/// What is to be counted.
#[derive(Clone, Copy, Debug)]
pub struct TableRequest<'a> {
    /// What has a row.
    pub rows: Axis,
    /// What has a column; something else than a row.
    pub columns: Axis,
    /// The issues that have a row or a column, where issues have.
    pub issues: &'a [IssueId],
    /// What passages must say to be counted, every word of it; empty for all.
    pub query: &'a Query,
    /// What the search is restricted to.
    pub filters: &'a Filters,
}

/// What stands in one row and one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// How many passages there are.
    pub passages: u64,
    /// In how much text they were counted. Of an issue's row that is all text of the column.
    pub searched: Tally,
    /// Their share of all passages there; `None` where there is none.
    pub share: Option<Share>,
    /// How often one stands in 10,000 words; `None` where no text is held.
    pub rate: Option<Rate>,
    /// The filters under which a search finds these passages and no others.
    pub filters: Filters,
}

/// What a count of a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Heard {
    /// There is text: a count of 0 is a 0.
    Text,
    /// There is so little text that a 0 means nothing.
    TooShort,
    /// No text is held: nothing was counted.
    NoText,
}

impl Heard {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Heard::Text => "text",
            Heard::TooShort => "too-short",
            Heard::NoText => "no-text",
        }
    }
}

/// A table of rows by columns.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossTable {
    /// What has a row.
    pub rows_are: Axis,
    /// What has a column.
    pub columns_are: Axis,
    /// The query that the cells count and open with, every word of it needed; empty for none.
    pub query: Query,
    /// The rows, in order.
    pub rows: Vec<Member>,
    /// The columns, in order.
    pub columns: Vec<Member>,
    /// The cells: for each row one a column.
    pub cells: Vec<Vec<Cell>>,
    /// All text that was searched, each document once.
    pub searched: Tally,
    /// How many documents are in no row or column because their country is unknown.
    pub unknown_country: usize,
    /// How many because their period is unknown.
    pub unknown_period: usize,
}

impl Cell {
    /// What its count says.
    pub fn heard(&self) -> Heard {
        match self.searched.words {
            0 => Heard::NoText,
            words if words < SHORT_WORDS && self.passages == 0 => Heard::TooShort,
            _ => Heard::Text,
        }
    }
}

impl CrossTable {
    /// Every cell with its row and its column, row by row.
    pub fn each(&self) -> impl Iterator<Item = (&Member, &Member, &Cell)> {
        self.rows.iter().zip(&self.cells).flat_map(|(row, cells)| {
            self.columns.iter().zip(cells).map(move |(column, cell)| (row, column, cell))
        })
    }

    /// The highest rate of any cell whose text is not too short to mean anything, or of any where all
    /// are; 0 where nothing was counted.
    pub fn highest(&self) -> f64 {
        let highest_of = |fewest: u64| {
            let rates = self.each().filter_map(|(_, _, cell)| cell.rate);
            let long = rates.filter(|rate| rate.words >= fewest);
            long.map(|rate| rate.value).fold(0.0, f64::max)
        };
        let highest = highest_of(SHORT_WORDS);
        if highest > 0.0 { highest } else { highest_of(0) }
    }

    /// How many passages all cells count together; one that belongs to several is counted in each.
    pub fn total(&self) -> u64 {
        self.each().map(|(_, _, cell)| cell.passages).sum()
    }
}

/// Counts the passages of a library by row and column. What is counted in a cell is what a search with
/// its filters finds, for it is counted by searches: one for each row or column of the side that has
/// fewer, with the other side as its facet.
///
/// # Errors
/// When the index cannot be read.
pub fn cross_table(
    index: &Index,
    documents: &[HeldDocument],
    request: &TableRequest<'_>,
) -> Result<CrossTable, QueryError> {
    let TableRequest { filters, issues, .. } = *request;
    let query = all_words(request.query);
    let of = |axis| members(axis, issues, documents, filters);
    let (rows, columns) = (of(request.rows), of(request.columns));
    let held = Held::of(documents);
    let volumes = Volumes::of(documents, filters, &rows, &columns);
    // A source is no facet; else the side with fewer members is searched for one by one.
    let by_row = match (request.rows.field(), request.columns.field()) {
        (None, _) => true,
        (_, None) => false,
        _ => rows.len() < columns.len(),
    };
    let (outer, inner, facet) = if by_row {
        (&rows, &columns, request.columns.field())
    } else {
        (&columns, &rows, request.rows.field())
    };
    let counting = Counting { index, query: &query, filters, held: &held, issues };
    let counts: Vec<Vec<u64>> = outer
        .par_iter()
        .map(|member| counting.by(member, inner, facet))
        .collect::<Result<_, QueryError>>()?;
    let cell = |row: usize, column: usize| {
        let (a, b) = if by_row { (row, column) } else { (column, row) };
        let searched = volumes.of_cell(row, column);
        let within = held.narrowed(filters, &rows[row]);
        let filters = held.narrowed(&within, &columns[column]);
        let passages = counts[a][b];
        let (share, rate) = (share(passages, searched.passages), rate(passages, searched.words));
        Cell { passages, searched, share, rate, filters }
    };
    let cells = (0..rows.len())
        .map(|row| (0..columns.len()).map(|column| cell(row, column)).collect())
        .collect();
    let axes = [request.rows, request.columns];
    let unknown = |axis: Axis, is_known: fn(&HeldDocument) -> bool| {
        let admitted = documents.iter().filter(|of| filters.admit(*of) && !is_rest(*of));
        if axes.contains(&axis) { admitted.filter(|of| !is_known(of)).count() } else { 0 }
    };
    Ok(CrossTable {
        rows_are: request.rows,
        columns_are: request.columns,
        query,
        cells,
        searched: volumes.all,
        unknown_country: unknown(Axis::Country, |of| of.country().is_some()),
        unknown_period: unknown(Axis::Period, |of| of.period().is_some()),
        rows,
        columns,
    })
}

/// Counts matches.
struct Counting<'a> {
    index: &'a Index,
    query: &'a Query,
    filters: &'a Filters,
    held: &'a Held,
    issues: &'a [IssueId],
}

impl Counting<'_> {
    /// How many matches that belong to `outer` belong to each of `inner`.
    fn by(
        &self,
        outer: &Member,
        inner: &[Member],
        facet: Option<Field>,
    ) -> Result<Vec<u64>, QueryError> {
        let mut filters = self.held.narrowed(self.filters, outer);
        if facet == Some(Field::Issue) {
            let choice = filters.choices.entry(Field::Issue).or_default();
            choice.any = self.issues.iter().map(|issue| issue.to_string()).collect();
        }
        let asked = SearchRequest {
            filters,
            facets: facet.into_iter().collect(),
            limit: 0,
            ..SearchRequest::new(self.query.clone())
        };
        let found = search(self.index, &asked)?;
        let counts: BTreeMap<String, usize> =
            found.facets.into_iter().flat_map(|facet| facet.values).collect();
        Ok(inner.iter().map(|of| counts.get(&of.id()).copied().unwrap_or(0) as u64).collect())
    }
}

/// How much text there is by row and column.
struct Volumes {
    all: Tally,
    by_cell: Vec<Vec<Tally>>,
}

impl Volumes {
    fn of(
        documents: &[HeldDocument],
        filters: &Filters,
        rows: &[Member],
        columns: &[Member],
    ) -> Self {
        let mut all = Tally::default();
        let mut by_cell = vec![vec![Tally::default(); columns.len()]; rows.len()];
        for document in documents.iter().filter(|of| filters.admit(*of) && !is_rest(*of)) {
            all.count(document);
            let in_columns: Vec<usize> =
                (0..columns.len()).filter(|at| columns[*at].holds(document)).collect();
            for (_, cells) in rows.iter().zip(&mut by_cell).filter(|(row, _)| row.holds(document)) {
                in_columns.iter().for_each(|at| cells[*at].count(document));
            }
        }
        Self { all, by_cell }
    }

    fn of_cell(&self, row: usize, column: usize) -> Tally {
        self.by_cell.get(row).and_then(|cells| cells.get(column)).copied().unwrap_or_default()
    }
}
