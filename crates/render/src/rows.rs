//! An answer as rows: what its CSV holds, and what a record of it keeps.

use std::collections::BTreeMap;

use crate::csv::csv_row;

/// Rows under a row of headings; as default none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// What the columns are called.
    columns: Vec<&'static str>,
    /// The columns that say what a row is of.
    of: &'static [&'static str],
    /// The cells of each row, one a column.
    rows: Vec<Vec<String>>,
}

impl Rows {
    pub(crate) fn new(
        columns: impl IntoIterator<Item = &'static str>,
        of: &'static [&'static str],
        rows: impl IntoIterator<Item = Vec<String>>,
    ) -> Self {
        let columns = columns.into_iter().collect();
        Self { columns, of, rows: rows.into_iter().collect() }
    }

    /// The rows as CSV.
    pub fn csv(&self) -> String {
        let mut out = csv_row(self.columns.iter().copied());
        for row in &self.rows {
            out.push_str(&csv_row(row.iter().map(String::as_str)));
        }
        out
    }

    /// For each row what it is of, and what its other columns say; where several rows are of the same,
    /// all but the first are numbered. Empty cells say nothing.
    pub fn findings(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut findings = BTreeMap::new();
        for row in &self.rows {
            let cells = self.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
            let (of, said): (Vec<_>, Vec<_>) =
                cells.partition(|(column, _)| self.of.contains(*column));
            let of: Vec<&str> = of.into_iter().map(|(_, cell)| cell.as_str()).collect();
            let of = of.join(" / ");
            let numbered = (2..).map(|number| format!("{of} ({number})"));
            let mut names = std::iter::once(of.clone()).chain(numbered);
            let name = names.find(|name| !findings.contains_key(name)).unwrap_or(of.clone());
            let said = said.into_iter().map(|(column, cell)| ((*column).to_owned(), cell.clone()));
            findings.insert(name, said.collect());
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_has_a_name_of_its_own_and_says_what_is_not_its_name() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = [row(["a", "law", "1"]), row(["a", "law", "2"]), row(["b", "", ""])];
        let rows = Rows::new(["side", "term", "count"], &["side", "term"], rows);
        let found: Vec<(String, Vec<(String, String)>)> = rows
            .findings()
            .into_iter()
            .map(|(of, said)| (of, said.into_iter().collect()))
            .collect();
        let count = |value: &str| vec![("count".to_owned(), value.to_owned())];
        assert_eq!(
            found,
            [
                ("a / law".to_owned(), count("1")),
                ("a / law (2)".to_owned(), count("2")),
                ("b".to_owned(), Vec::new())
            ]
        );
        assert_eq!(rows.csv(), "side,term,count\na,law,1\na,law,2\nb,,\n");
    }
}
