//! A table of what is counted by row in the text of each column: issues by source, by country, by
//! period. Each cell keeps the passages behind it; a column without text says nothing, and nothing is
//! ever said of it.

use std::collections::{BTreeMap, BTreeSet};

use model::PassageId;

use super::rates::{Rate, Share, rate, share};

/// How much text of a column was searched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextVolume {
    /// Documents.
    pub documents: u64,
    /// Passages.
    pub passages: u64,
    /// Words.
    pub words: u64,
}

/// A passage that belongs to a row and a column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Observation<R, C> {
    /// The row: an issue.
    pub row: R,
    /// The column: a source, a country, a period.
    pub column: C,
    /// The passage.
    pub passage: PassageId,
}

/// What stands in one row and one column.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// The passages, in order of their ids, each once.
    pub passages: Vec<PassageId>,
    /// Their share of the column's passages; `None` where the column has none.
    pub share: Option<Share>,
    /// How often one stands in 10,000 words of the column; `None` where the column has no text.
    pub rate: Option<Rate>,
}

/// A table of rows by columns.
#[derive(Clone, Debug, PartialEq)]
pub struct CrossTable<R, C> {
    /// The rows, in order.
    pub rows: Vec<R>,
    /// The columns, in order, each with its text.
    pub columns: Vec<(C, TextVolume)>,
    /// The cells: for each row one a column.
    pub cells: Vec<Vec<Cell>>,
}

/// Counts observations by row and column. `columns` says which columns there are and how much text
/// each has; rows asked for are there also where nothing was observed. An observation of another row
/// adds that row; one of a column that is not there is left out, for its text is unknown.
pub fn cross_table<R: Ord + Clone, C: Ord + Clone>(
    rows: impl IntoIterator<Item = R>,
    columns: &BTreeMap<C, TextVolume>,
    observations: impl IntoIterator<Item = Observation<R, C>>,
) -> CrossTable<R, C> {
    let mut all_rows: BTreeSet<R> = rows.into_iter().collect();
    let mut found: BTreeMap<(R, C), BTreeSet<PassageId>> = BTreeMap::new();
    for Observation { row, column, passage } in observations {
        if columns.contains_key(&column) {
            all_rows.insert(row.clone());
            found.entry((row, column)).or_default().insert(passage);
        }
    }
    let mut cell = |row: &R, column: &C, volume: &TextVolume| {
        let passages = found.remove(&(row.clone(), column.clone())).unwrap_or_default();
        let count = passages.len() as u64;
        Cell {
            passages: passages.into_iter().collect(),
            share: share(count, volume.passages),
            rate: rate(count, volume.words),
        }
    };
    let cells = all_rows
        .iter()
        .map(|row| columns.iter().map(|(column, volume)| cell(row, column, volume)).collect())
        .collect();
    CrossTable {
        rows: all_rows.into_iter().collect(),
        columns: columns.iter().map(|(column, volume)| (column.clone(), *volume)).collect(),
        cells,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::{ContentHash, PassagePosition};

    fn observed(
        row: &'static str,
        column: &'static str,
        paragraph: u32,
    ) -> Observation<&'static str, &'static str> {
        let document = ContentHash([1; 32]).document_id();
        let position = PassagePosition::Paragraph { paragraph, piece: 0 };
        Observation { row, column, passage: PassageId { document, position } }
    }

    #[test]
    fn each_cell_opens_to_its_passages() {
        let volume = |passages, words| TextVolume { documents: 1, passages, words };
        let columns = [("irf", volume(10, 5_000)), ("wwl", volume(0, 0))].into();
        let observations = [
            observed("blasphemy", "irf", 3),
            observed("blasphemy", "irf", 1),
            observed("blasphemy", "irf", 3),
            observed("dress", "irf", 2),
            observed("dress", "unknown", 2),
        ];
        let table = cross_table(["blasphemy", "registration"], &columns, observations);
        assert_eq!(table.rows, ["blasphemy", "dress", "registration"]);
        let first = &table.cells[0][0];
        assert_eq!(first.passages.len(), 2);
        assert_eq!(first.rate.map(|rate| rate.value), Some(4.0));
        assert_eq!(first.share.map(|share| share.value), Some(0.2));
        let silent = &table.cells[2][0];
        assert_eq!(silent.rate.map(|rate| (rate.count, rate.words)), Some((0, 5_000)));
        let without_text = &table.cells[0][1];
        assert_eq!((without_text.rate, without_text.share), (None, None));
        assert!(table.cells.iter().all(|row| row.len() == 2));
    }
}
