//! What is said of a cross table beside its cells, in sentences that text, Markdown and HTML share.

use query::Filters;
use query::compare::{Axis, Cell, Member};

use super::TableView;
use crate::command::{filter_options, search_command, shell_line};
use crate::compare::said::{asked_lines, countries_of};
use crate::phrases::counted;

/// What the table counts.
pub(super) fn heading(view: &TableView<'_>) -> String {
    let (rows, columns) = (view.table.rows_are.name(), view.table.columns_are.name());
    let issues = view.issues.iter().map(|issue| issue.to_string());
    let query = view.asked.query.iter().map(|query| format!("`{query}`"));
    let topic: Vec<String> = issues.chain(query).collect();
    let topic = if topic.is_empty() { String::new() } else { format!(": {}", topic.join(", ")) };
    format!("{}: {rows} by {columns}{topic}", countries_of(view.asked))
}

/// What was searched and with what, what a cell says, and what is in none.
pub(super) fn header_lines(view: &TableView<'_>) -> Vec<String> {
    let table = view.table;
    let mut lines = vec![format!(
        "{} and {}; searched: {} ({})",
        counted(table.rows.len() as u64, "row", "rows"),
        counted(table.columns.len() as u64, "column", "columns"),
        counted(table.searched.documents as u64, "document", "documents"),
        counted(table.searched.words, "word", "words"),
    )];
    lines.extend(asked_lines(view.asked));
    lines.push(
        "each cell: passages and their share of all passages there; how many in 10,000 words, with \
         the 95 % interval; `no text` where none is held, which is not 0"
            .to_owned(),
    );
    lines.extend(several(view));
    lines.extend(left_out(view));
    lines.push(
        "labels are suggestions made by words; a 0 is no evidence that nothing happened".to_owned(),
    );
    lines
}

/// What is counted more than once.
fn several(view: &TableView<'_>) -> Option<String> {
    let axes = [view.table.rows_are, view.table.columns_are];
    let of = |axis: Axis, line: &str| axes.contains(&axis).then(|| line.to_owned());
    let issues = of(Axis::Issue, "a passage that speaks to several issues counts for each");
    let years = of(Axis::Period, "a document that covers several years counts for each");
    let lines: Vec<String> = [issues, years].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// What is in no row or column.
pub(super) fn left_out(view: &TableView<'_>) -> Option<String> {
    let of = |count: usize, what: &str| {
        let documents = counted(count as u64, "document", "documents");
        (count > 0).then(|| format!("{documents} of unknown {what}"))
    };
    let country = of(view.table.unknown_country, "country");
    let period = of(view.table.unknown_period, "period");
    let lines: Vec<String> = [country, period].into_iter().flatten().collect();
    (!lines.is_empty()).then(|| format!("in no cell: {}", lines.join("; ")))
}

/// A line on how cells are opened: words, what is typed, words.
pub(super) struct Opening {
    pub before: String,
    pub typed: String,
    pub after: String,
}

impl Opening {
    fn of(before: String, typed: String) -> Self {
        Self { before, typed, after: String::new() }
    }

    /// As one line of text.
    pub fn line(&self) -> String {
        format!("{} `{}`{}", self.before, self.typed, self.after)
    }
}

/// How the cells are opened: the command without row and column, then what each of them adds.
pub(super) fn openings(view: &TableView<'_>) -> Vec<Opening> {
    let table = view.table;
    let Some((_, _, cell)) = table.each().next() else { return Vec::new() };
    // What the filters ask for beside row and column is the same in every cell.
    let mut common = cell.filters.clone();
    for axis in [table.rows_are, table.columns_are] {
        axis.fields().iter().for_each(|field| drop(common.choices.remove(field)));
        if axis == Axis::Period {
            common.period = None;
        }
    }
    let query = table.query.to_string();
    let words = match query.is_empty() {
        true => String::new(),
        false => format!(" --no-bridge --unfold -- {}", shell_line(&[query])),
    };
    let command = shell_line(&search_command("", &common, 0));
    let mut openings = vec![Opening {
        before: "a cell opens with".to_owned(),
        typed: format!("{command} ROW COLUMN --limit NUMBER{words}"),
        after: "; `--format csv` has the whole command of each".to_owned(),
    }];
    let first = |cells: &Vec<Cell>| cells.first().map(|cell| cell.filters.clone());
    let of_rows = table.cells.iter().map(first).collect();
    let of_columns = table.cells.first().into_iter().flatten();
    let of_columns = of_columns.map(|cell| Some(cell.filters.clone())).collect();
    openings.extend(side("ROW", table.rows_are, &table.rows, of_rows));
    openings.extend(side("COLUMN", table.columns_are, &table.columns, of_columns));
    openings
}

/// What rows or columns add to a command.
fn side(what: &str, axis: Axis, members: &[Member], filters: Vec<Option<Filters>>) -> Vec<Opening> {
    let named = |option: &str| {
        let (before, after) = (format!("{what} is"), " with its name".to_owned());
        vec![Opening { before, typed: option.to_owned(), after }]
    };
    match axis {
        Axis::Issue => named("--issue"),
        Axis::Country => named("--country"),
        Axis::Period | Axis::Source => {
            let each = members.iter().zip(filters).map(|(member, filters)| {
                let own = filters.map(|filters| own(&filters, axis)).unwrap_or_default();
                let typed = shell_line(&filter_options(&own));
                Opening::of(format!("{what} {} is", member.id()), typed)
            });
            each.collect()
        }
    }
}

/// What of the filters of a cell is there for its row or column.
fn own(filters: &Filters, axis: Axis) -> Filters {
    let fields = axis.fields();
    let choices = filters.choices.iter().filter(|(field, _)| fields.contains(field));
    Filters {
        choices: choices.map(|(field, choice)| (*field, choice.clone())).collect(),
        period: filters.period.filter(|_| axis == Axis::Period),
        ..Filters::default()
    }
}

/// What a row or column is called where there is room.
pub(super) fn label(member: &Member) -> String {
    match member {
        Member::Country(country) => country.name().to_owned(),
        _ => member.id(),
    }
}
