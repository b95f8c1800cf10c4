//! How well labels agree, as text, Markdown and JSON: tables of counts and measures with their
//! intervals, the plain baseline beside them, and where asked each difference with its words.

use model::{DocumentRecord, IndexRecord, PassageId};
use query::evaluation::{Difference, Estimate, Facet, Measures, Row, Scores};
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::Line;
use crate::style::Style;

/// What an evaluation found.
#[derive(Clone, Copy, Debug)]
pub struct Evaluation<'a> {
    /// The comparison.
    pub scores: &'a Scores,
    /// What a plain list of the seed words would reach, where that was measured.
    pub baseline: Option<&'a Scores>,
    /// Passages that were not compared because one side lacks them.
    pub missing: &'a [PassageId],
    /// Passages that were not compared because their text is another.
    pub changed: &'a [PassageId],
    /// Differences to show.
    pub differences: &'a [ShownDifference],
}

/// A difference with the words concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownDifference {
    /// In which passage.
    pub passage: PassageId,
    /// What differs.
    pub difference: Difference,
    /// The words, as they stand in the passage.
    pub words: Vec<String>,
}

#[derive(Serialize)]
struct EvaluationShape<'a> {
    format_version: u32,
    passages: usize,
    missing: Vec<String>,
    changed: Vec<String>,
    rows: Vec<RowShape>,
    mean_of_issues: MeasuresShape,
    baseline: Option<Vec<RowShape>>,
    differences: Vec<DifferenceShape<'a>>,
}

#[derive(Serialize)]
struct RowShape {
    facet: &'static str,
    of: Option<String>,
    expected: u64,
    found: u64,
    both: u64,
    precision: Option<EstimateShape>,
    recall: Option<EstimateShape>,
    f1: Option<EstimateShape>,
    kappa: Option<EstimateShape>,
}

#[derive(Serialize)]
struct MeasuresShape {
    precision: Option<EstimateShape>,
    recall: Option<EstimateShape>,
    f1: Option<EstimateShape>,
}

#[derive(Serialize)]
struct EstimateShape {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct DifferenceShape<'a> {
    passage: String,
    facet: &'static str,
    expected: Option<&'a str>,
    found: Option<&'a str>,
    words: &'a [String],
}

#[derive(Serialize)]
struct DrawnShape<'a> {
    passage: String,
    series: Option<&'a str>,
    country: Option<&'static str>,
    period: Option<String>,
    section: &'a [String],
    range: [usize; 2],
    document_sha256: String,
    text: &'a str,
}

/// A passage drawn for a labeller, as one line of JSON.
pub fn drawn_json(record: &IndexRecord, document: &DocumentRecord) -> String {
    let passage = &record.passage.passage;
    let characters = passage.locator.characters;
    to_json(&DrawnShape {
        passage: passage.id.to_string(),
        series: record.document.series.as_ref().map(|series| series.id.as_str()),
        country: record.document.country.map(model::Country::code),
        period: record.document.period.map(|period| period.to_string()),
        section: &passage.locator.section,
        range: [characters.start, characters.end],
        document_sha256: document.metadata.sha256.to_hex(),
        text: &passage.text,
    })
}

/// The evaluation as JSON.
pub fn evaluation_json(evaluation: &Evaluation<'_>) -> String {
    let ids = |ids: &[PassageId]| ids.iter().map(ToString::to_string).collect();
    let rows = |scores: &Scores| scores.rows.iter().map(row_shape).collect();
    let differences = evaluation.differences.iter().map(|shown| DifferenceShape {
        passage: shown.passage.to_string(),
        facet: facet_name(&shown.difference.facet).0,
        expected: shown.difference.expected.as_deref(),
        found: shown.difference.found.as_deref(),
        words: &shown.words,
    });
    let Measures { precision, recall, f1 } = evaluation.scores.issues_mean;
    to_json(&EvaluationShape {
        format_version: FORMAT_VERSION,
        passages: evaluation.scores.passages,
        missing: ids(evaluation.missing),
        changed: ids(evaluation.changed),
        rows: rows(evaluation.scores),
        mean_of_issues: MeasuresShape {
            precision: estimate_shape(precision),
            recall: estimate_shape(recall),
            f1: estimate_shape(f1),
        },
        baseline: evaluation.baseline.map(rows),
        differences: differences.collect(),
    })
}

fn row_shape(row: &Row) -> RowShape {
    let (facet, of) = facet_name(&row.facet);
    RowShape {
        facet,
        of,
        expected: row.tally.expected,
        found: row.tally.found,
        both: row.tally.both,
        precision: estimate_shape(row.measures.precision),
        recall: estimate_shape(row.measures.recall),
        f1: estimate_shape(row.measures.f1),
        kappa: estimate_shape(row.kappa),
    }
}

fn estimate_shape(estimate: Option<Estimate>) -> Option<EstimateShape> {
    estimate.map(|Estimate { value, low, high }| EstimateShape { value, low, high })
}

/// The id of a facet, and which of it.
fn facet_name(facet: &Facet) -> (&'static str, Option<String>) {
    match facet {
        Facet::Issues => ("issues", None),
        Facet::Issue(id) => ("issue", Some(id.to_string())),
        Facet::Polarity => ("polarity", None),
        Facet::PolarityOf(polarity) => ("polarity-of", Some(polarity.name().to_owned())),
        Facet::Nature => ("nature", None),
        Facet::Attribution => ("attribution", None),
        Facet::Speakers => ("speakers", None),
        Facet::SpeakersOf(kind) => ("attribution-of", Some(kind.name().to_owned())),
        Facet::Figures => ("figures", None),
        Facet::Hedge => ("hedge", None),
        Facet::Unit => ("unit", None),
        Facet::Countries => ("countries", None),
    }
}

/// What a facet is called in a table.
fn title(facet: &Facet) -> String {
    match facet {
        Facet::Issues => "issues, all together".to_owned(),
        Facet::Issue(id) => id.to_string(),
        Facet::Polarity => "polarity of the issues that both have".to_owned(),
        Facet::PolarityOf(polarity) => format!("polarity, {}", polarity.name()),
        Facet::Nature => "law or practice".to_owned(),
        Facet::Attribution => "attribution".to_owned(),
        Facet::Speakers => "attribution, whatever the kind".to_owned(),
        Facet::SpeakersOf(kind) => format!("attribution, {}", kind.name()),
        Facet::Figures => "figures".to_owned(),
        Facet::Hedge => "hedge of the figures that both have".to_owned(),
        Facet::Unit => "unit of the figures that both have".to_owned(),
        Facet::Countries => "countries".to_owned(),
    }
}

fn is_accuracy(facet: &Facet) -> bool {
    matches!(facet, Facet::Polarity | Facet::PolarityOf(_) | Facet::Hedge | Facet::Unit)
}

/// A table: its titles, then its rows, all of one length.
struct Table {
    heading: &'static str,
    rows: Vec<Vec<String>>,
}

const MEASURES: [&str; 6] = ["expected", "found", "both", "precision", "recall", "F1"];

fn tables(evaluation: &Evaluation<'_>) -> Vec<Table> {
    let scores = evaluation.scores;
    let mut facets = vec![titles("facet", &MEASURES)];
    let mut accuracies = vec![titles("accuracy", &["cases", "right", "share"])];
    let mut issues = vec![titles("issue", &MEASURES)];
    let with_kappa = evaluation.baseline.is_none();
    for table in [&mut facets, &mut issues] {
        if with_kappa {
            table[0].push("kappa".to_owned());
        } else {
            table[0].push("F1 of the plain words".to_owned());
        }
    }
    for row in &scores.rows {
        if is_accuracy(&row.facet) {
            let counts = [row.tally.expected.to_string(), row.tally.both.to_string()];
            let share = interval(row.measures.recall);
            accuracies.push([title(&row.facet)].into_iter().chain(counts).chain([share]).collect());
            continue;
        }
        let last = match evaluation.baseline {
            Some(baseline) => baseline.row(&row.facet).and_then(|plain| plain.measures.f1),
            None => row.kappa,
        };
        let is_issue = matches!(row.facet, Facet::Issue(_));
        let shown_last =
            if is_issue || row.facet == Facet::Issues { interval(last) } else { "–".into() };
        let line = measured(&title(&row.facet), row, shown_last);
        if is_issue {
            issues.push(line)
        } else {
            facets.push(line)
        }
        if row.facet == Facet::Issues {
            let plain = evaluation.baseline.and_then(|baseline| baseline.issues_mean.f1);
            facets.push(mean_line(&scores.issues_mean, interval(plain)));
        }
    }
    let mut tables = vec![
        Table { heading: "Facets", rows: facets },
        Table { heading: "Accuracy", rows: accuracies },
        Table { heading: "Issues", rows: issues },
    ];
    tables.extend(evaluation.baseline.map(baseline_table));
    tables
}

fn baseline_table(scores: &Scores) -> Table {
    let mut rows = vec![titles("plain seed words", &MEASURES)];
    rows.extend(scores.row(&Facet::Issues).map(|row| {
        let mut line = measured(&title(&row.facet), row, String::new());
        line.pop();
        line
    }));
    let mut mean = mean_line(&scores.issues_mean, String::new());
    mean.pop();
    rows.push(mean);
    rows.extend(scores.row(&Facet::Polarity).map(|row| {
        let counts = [row.tally.expected.to_string(), "–".into(), row.tally.both.to_string()];
        let accuracy = [interval(row.measures.recall), "–".to_owned(), "–".to_owned()];
        let name = "polarity: always what the issue leans to (share that is right)".to_owned();
        [name].into_iter().chain(counts).chain(accuracy).collect()
    }));
    Table { heading: "Baseline", rows }
}

fn titles(first: &str, rest: &[&str]) -> Vec<String> {
    [first].iter().chain(rest).map(|title| (*title).to_owned()).collect()
}

fn measured(name: &str, row: &Row, last: String) -> Vec<String> {
    let counts = [row.tally.expected, row.tally.found, row.tally.both].map(|n| n.to_string());
    let Measures { precision, recall, f1 } = row.measures;
    let measures = [precision, recall, f1].map(interval);
    [name.to_owned()].into_iter().chain(counts).chain(measures).chain([last]).collect()
}

fn mean_line(mean: &Measures, last: String) -> Vec<String> {
    let name = "issues, mean of those expected at least once".to_owned();
    let measures = [mean.precision, mean.recall, mean.f1].map(interval);
    let none = ["–", "–", "–"].map(str::to_owned);
    [name].into_iter().chain(none).chain(measures).chain([last]).collect()
}

/// `.92 (.89–.95)`.
fn interval(estimate: Option<Estimate>) -> String {
    match estimate {
        Some(Estimate { value, low, high }) => {
            format!("{} ({}–{})", share(value), share(low), share(high))
        }
        None => "–".to_owned(),
    }
}

fn share(value: f64) -> String {
    let rounded = format!("{value:.2}");
    match rounded.strip_prefix("0.") {
        Some(decimals) => format!(".{decimals}"),
        None => rounded,
    }
}

/// The evaluation as Markdown.
pub fn evaluation_markdown(evaluation: &Evaluation<'_>) -> String {
    let mut out = format!("{} passages were compared.\n", evaluation.scores.passages);
    for named in not_compared(evaluation) {
        out.push_str(&format!("{named}\n"));
    }
    for Table { heading, rows } in tables(evaluation) {
        out.push_str(&format!("\n#### {heading}\n\n"));
        for (at, row) in rows.iter().enumerate() {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if at == 0 {
                out.push_str(&format!("|---|{}\n", "---:|".repeat(row.len() - 1)));
            }
        }
    }
    if !evaluation.differences.is_empty() {
        out.push_str("\n#### Differences\n\n");
        for shown in evaluation.differences {
            out.push_str(&format!("- {}\n", crate::safe(&difference_columns(shown).join(" · "))));
        }
    }
    out
}

/// The evaluation as text: on a terminal aligned tables, in a pipe columns parted by tabs.
pub fn evaluation_text(evaluation: &Evaluation<'_>, style: Style) -> String {
    let mut out = String::new();
    let compared = format!("{} passages were compared.", evaluation.scores.passages);
    for line in [compared].into_iter().chain(not_compared(evaluation)) {
        Line::new(style).plain(&line).write(&mut out, 0, 4);
    }
    for Table { rows, .. } in tables(evaluation) {
        out.push('\n');
        let columns = rows.first().map_or(0, Vec::len);
        let longest = |at: usize| rows.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns).map(longest).collect();
        for row in &rows {
            if style.width.is_none() {
                crate::status::write_columns(&mut out, style, row);
                continue;
            }
            let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, width))| match at {
                0 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            });
            out.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
            out.push('\n');
        }
    }
    if !evaluation.differences.is_empty() {
        out.push('\n');
    }
    for shown in evaluation.differences {
        crate::status::write_columns(&mut out, style, &difference_columns(shown));
    }
    out
}

fn not_compared(evaluation: &Evaluation<'_>) -> Vec<String> {
    let named = |ids: &[PassageId], why: &str| {
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        (!ids.is_empty()).then(|| format!("{} not compared, {why}: {}", ids.len(), ids.join(", ")))
    };
    let missing = named(evaluation.missing, "one side lacks them");
    let changed = named(evaluation.changed, "their text is another");
    missing.into_iter().chain(changed).collect()
}

fn difference_columns(shown: &ShownDifference) -> Vec<String> {
    let ShownDifference { passage, difference, words } = shown;
    let said = |what: &Option<String>| what.clone().unwrap_or_else(|| "-".to_owned());
    vec![
        passage.to_string(),
        facet_name(&difference.facet).0.to_owned(),
        format!("expected {}", said(&difference.expected)),
        format!("found {}", said(&difference.found)),
        words.iter().map(|words| format!("“{words}”")).collect::<Vec<_>>().join(" "),
    ]
}
