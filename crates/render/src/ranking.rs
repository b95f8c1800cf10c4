//! How well a ranking finds, as text, Markdown and JSON: a row a measure with its interval, the other
//! ranking beside it where two are compared, and where asked every query.

use query::evaluation::Estimate;
use query::evaluation::retrieval::{Measure, Paired, QueryScore, RankingScores, paired};
use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::phrases::counted;
use crate::status::write_columns;
use crate::style::{Detail, Style};

/// How well a ranking finds.
#[derive(Clone, Copy, Debug)]
pub struct RankingView<'a> {
    /// Its scores.
    pub scores: &'a RankingScores,
    /// The ranking it is compared with: its name and its scores.
    pub compared: Option<(&'a str, &'a RankingScores)>,
    /// Whether every query is shown.
    pub detail: Detail,
}

#[derive(Serialize)]
struct RankingShape<'a> {
    format_version: u32,
    queries: usize,
    without_answer: usize,
    not_judged: usize,
    compared_with: Option<&'a str>,
    measures: Vec<MeasureShape>,
    by_query: Vec<QueryShape<'a>>,
}

#[derive(Serialize)]
struct MeasureShape {
    measure: &'static str,
    mean: Option<EstimateShape>,
    other: Option<EstimateShape>,
    paired: Option<PairedShape>,
}

#[derive(Serialize)]
struct EstimateShape {
    value: f64,
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct PairedShape {
    difference: f64,
    p: f64,
    better: usize,
    worse: usize,
}

#[derive(Serialize)]
struct QueryShape<'a> {
    query: &'a str,
    values: Vec<Option<f64>>,
}

/// The scores as JSON.
pub fn ranking_json(view: &RankingView<'_>) -> String {
    let measure = |measure: Measure| MeasureShape {
        measure: measure.name(),
        mean: estimate_shape(view.scores.mean(measure)),
        other: estimate_shape(view.compared.and_then(|(_, other)| other.mean(measure))),
        paired: difference(view, measure).map(|Paired { difference, p, better, worse, .. }| {
            PairedShape { difference, p, better, worse }
        }),
    };
    let query = |(id, score): (&'_ String, &QueryScore)| -> (String, Vec<Option<f64>>) {
        (id.clone(), Measure::ALL.iter().map(|measure| score.get(*measure)).collect())
    };
    let by_query: Vec<(String, Vec<Option<f64>>)> = match view.detail {
        Detail::Full => view.scores.queries.iter().map(query).collect(),
        Detail::Brief => Vec::new(),
    };
    let by_query = by_query.iter();
    to_json(&RankingShape {
        format_version: FORMAT_VERSION,
        queries: view.scores.queries.len(),
        without_answer: view.scores.without_answer,
        not_judged: view.scores.not_judged,
        compared_with: view.compared.map(|(name, _)| name),
        measures: Measure::ALL.into_iter().map(measure).collect(),
        by_query: by_query.map(|(q, v)| QueryShape { query: q, values: v.clone() }).collect(),
    })
}

fn estimate_shape(estimate: Option<Estimate>) -> Option<EstimateShape> {
    estimate.map(|Estimate { value, low, high }| EstimateShape { value, low, high })
}

/// The other ranking is the first: what the difference says is how much is gained over it.
fn difference(view: &RankingView<'_>, measure: Measure) -> Option<Paired> {
    paired(view.compared?.1, view.scores, measure)
}

/// The tables: titles, then rows, all of one length.
fn tables(view: &RankingView<'_>) -> Vec<Vec<Vec<String>>> {
    let own = |titles: &[&str]| titles.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
    let mut means = vec![own(&["measure", "mean"])];
    if let Some((name, _)) = view.compared {
        means[0].push(crate::safe(name).into_owned());
        means[0].extend(own(&["difference", "p", "better", "worse"]));
    }
    for measure in Measure::ALL {
        let mut row = vec![measure.name().to_owned(), interval(view.scores.mean(measure))];
        if let Some((_, other)) = view.compared {
            row.push(interval(other.mean(measure)));
            row.extend(match difference(view, measure) {
                Some(Paired { difference, p, better, worse, .. }) => [
                    format!(
                        "{}{}",
                        if difference < 0.0 { "−" } else { "+" },
                        share(difference.abs())
                    ),
                    share(p),
                    better.to_string(),
                    worse.to_string(),
                ],
                None => ["–", "–", "–", "–"].map(str::to_owned),
            });
        }
        means.push(row);
    }
    let mut tables = vec![means];
    if view.detail == Detail::Full {
        let titles = Measure::ALL.iter().map(|measure| measure.name().to_owned());
        let mut queries = vec![own(&["query"]).into_iter().chain(titles).collect::<Vec<_>>()];
        for (id, score) in &view.scores.queries {
            let values = Measure::ALL.iter().map(|measure| match score.get(*measure) {
                Some(value) => share(value),
                None => "–".to_owned(),
            });
            queries.push([crate::safe(id).into_owned()].into_iter().chain(values).collect());
        }
        tables.push(queries);
    }
    tables
}

/// `.3656 (.3284–.4031)`.
fn interval(estimate: Option<Estimate>) -> String {
    match estimate {
        Some(Estimate { value, low, high }) => {
            format!("{} ({}–{})", share(value), share(low), share(high))
        }
        None => "–".to_owned(),
    }
}

fn share(value: f64) -> String {
    let rounded = format!("{value:.4}");
    match rounded.strip_prefix("0.") {
        Some(decimals) => format!(".{decimals}"),
        None => rounded,
    }
}

fn heading(view: &RankingView<'_>) -> String {
    let scores = view.scores;
    let mut said = counted(
        scores.queries.len() as u64,
        "judged query was scored",
        "judged queries were scored",
    );
    if scores.without_answer > 0 {
        said.push_str(&format!("; nothing was found for {}, which score 0", scores.without_answer));
    }
    if scores.not_judged > 0 {
        let queries = counted(scores.not_judged as u64, "query", "queries");
        said.push_str(&format!("; {queries} without judgements left out"));
    }
    said.push('.');
    said
}

/// The scores as Markdown.
pub fn ranking_markdown(view: &RankingView<'_>) -> String {
    let mut out = format!("{}\n", heading(view));
    for table in tables(view) {
        out.push('\n');
        for (at, row) in table.iter().enumerate() {
            out.push_str(&format!("| {} |\n", row.join(" | ")));
            if at == 0 {
                out.push_str(&format!("|---|{}\n", "---:|".repeat(row.len() - 1)));
            }
        }
    }
    out
}

/// The scores as text: on a terminal aligned tables, in a pipe columns parted by tabs.
pub fn ranking_text(view: &RankingView<'_>, style: Style) -> String {
    let mut out = format!("{}\n", heading(view));
    for table in tables(view) {
        out.push('\n');
        write_aligned(&mut out, style, &table);
    }
    out
}

fn write_aligned(out: &mut String, style: Style, rows: &[Vec<String>]) {
    let columns = rows.first().map_or(0, Vec::len);
    let cell = |row: &'_ Vec<String>, at: usize| row.get(at).map_or(0, |cell| cell.chars().count());
    let longest = |at: usize| rows.iter().map(|row| cell(row, at)).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(longest).collect();
    for row in rows {
        if style.width.is_none() {
            write_columns(out, style, row);
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
