//! The issues of a codebook with how many passages speak to each, as text, JSON and CSV.

use std::collections::BTreeMap;

use model::codebook::{Seed, Standing};
use model::{Codebook, Issue, Polarity};
use query::{ByPolarity, IssueCounts, Source};
use serde::Serialize;

use crate::csv::csv_row;
use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{counted, grouped};
use crate::style::{Detail, Style};

/// Issues to be shown.
#[derive(Clone, Copy, Debug)]
pub struct IssueList<'a> {
    /// The codebook they stand in.
    pub codebook: &'a Codebook,
    /// Those to be shown, in order.
    pub issues: &'a [&'a Issue],
    /// How many passages speak to each.
    pub counts: &'a IssueCounts,
}

#[derive(Serialize)]
struct IssuesShape<'a> {
    format_version: u32,
    issues: Vec<IssueShape<'a>>,
}

#[derive(Serialize)]
struct IssueShape<'a> {
    id: &'a str,
    name: &'a str,
    definition: &'a str,
    leaning: &'static str,
    passages: u64,
    by_source: Vec<SourceShape<'a>>,
    references: Vec<ReferenceShape<'a>>,
    seeds: Vec<SeedShape<'a>>,
    lookalikes: Vec<&'a str>,
}

#[derive(Serialize)]
struct SourceShape<'a> {
    source: Option<&'a str>,
    country: Option<&'a str>,
    passages: u64,
    violation: u64,
    protection: u64,
    none_reported: u64,
    context: u64,
}

#[derive(Serialize)]
struct ReferenceShape<'a> {
    scheme: &'a str,
    scheme_name: Option<&'a str>,
    entry: &'a str,
    status: &'static str,
}

#[derive(Serialize)]
struct SeedShape<'a> {
    pattern: &'a str,
    with: Vec<&'a str>,
    without: Vec<&'a str>,
    line: usize,
}

const COLUMNS: [&str; 9] = [
    "issue",
    "name",
    "source",
    "country",
    "passages",
    "violation",
    "protection",
    "none_reported",
    "context",
];

/// The word for a standing.
pub(crate) fn standing(status: Standing) -> &'static str {
    match status {
        Standing::Checked => "checked",
        Standing::Lead => "lead",
    }
}

impl<'a> IssueList<'a> {
    fn sources(&self, issue: &Issue) -> Option<&'a BTreeMap<Source, ByPolarity>> {
        self.counts.get(issue.id.as_str())
    }

    /// A row for each issue, source and country; one without either for an issue nobody speaks to.
    fn rows(&self) -> Vec<[String; 9]> {
        let mut rows = Vec::new();
        for issue in self.issues {
            let mut row = |source: Option<&str>, country: Option<&str>, by: &ByPolarity| {
                let shown = |value: Option<&str>| value.unwrap_or("-").to_owned();
                let total: u64 = by.iter().sum();
                let [violation, protection, none, context] = by.map(|number| number.to_string());
                rows.push([
                    issue.id.to_string(),
                    issue.name.clone(),
                    shown(source),
                    shown(country),
                    total.to_string(),
                    violation,
                    protection,
                    none,
                    context,
                ]);
            };
            match self.sources(issue) {
                None => row(None, None, &ByPolarity::default()),
                Some(sources) => {
                    for ((source, country), by) in sources {
                        let unknown =
                            |value: &'a Option<String>| Some(value.as_deref().unwrap_or("unknown"));
                        row(unknown(source), unknown(country), by);
                    }
                }
            }
        }
        rows
    }
}

fn total(sources: Option<&BTreeMap<Source, ByPolarity>>) -> ByPolarity {
    let mut total = ByPolarity::default();
    for by in sources.iter().flat_map(|sources| sources.values()) {
        total.iter_mut().zip(by).for_each(|(total, number)| *total += number);
    }
    total
}

/// The issues as text. On a terminal a line for each, with [`Detail::Full`] everything that the
/// codebook says of it; in a pipe the rows of the CSV, parted by tabs.
pub fn issues_text(list: &IssueList<'_>, style: Style, detail: Detail) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for row in list.rows() {
            let mut cells = row.iter();
            let mut line = Line::new(style).plain(cells.next().map_or("", String::as_str));
            for cell in cells {
                line = line.tab().plain(cell);
            }
            line.write(&mut out, 0, 0);
        }
        return out;
    }
    for issue in list.issues {
        let by = total(list.sources(issue));
        let passages = by.iter().sum::<u64>();
        let said = Polarity::ALL.iter().zip(by).filter(|(_, number)| *number > 0);
        let said: Vec<String> = said
            .map(|(polarity, number)| format!("{} {}", grouped(number), polarity.name()))
            .collect();
        Line::new(style)
            .plain(&format!("{:>6}  ", grouped(passages)))
            .add(Look::Id, issue.id.as_str())
            .plain("  ")
            .add(Look::Strong, &issue.name)
            .add(
                Look::Faint,
                &if said.is_empty() { String::new() } else { format!("  {}", said.join(", ")) },
            )
            .write(&mut out, 0, 8);
        if detail == Detail::Full {
            write_issue(&mut out, style, list, issue);
        }
    }
    out
}

fn write_issue(out: &mut String, style: Style, list: &IssueList<'_>, issue: &Issue) {
    let mut write = |look: Look, text: &str| Line::new(style).add(look, text).write(out, 8, 10);
    write(Look::Plain, &issue.definition);
    write(Look::Plain, &format!("where nothing else decides: {}", issue.leaning.name()));
    write(Look::Strong, "references");
    for reference in &issue.references {
        let scheme = list.codebook.scheme(&reference.scheme);
        let name = scheme.map_or(reference.scheme.as_str(), |scheme| scheme.name.as_str());
        let status = match reference.status {
            Standing::Checked => "checked",
            Standing::Lead => "lead, to be checked before it is relied on",
        };
        write(Look::Plain, &format!("{name}: {} ({status})", reference.entry));
    }
    write(Look::Strong, "seeds");
    for seed in &issue.seeds {
        write(Look::Plain, &format!("line {}: {}", seed.line, written(seed)));
    }
    if !issue.lookalikes.is_empty() {
        write(Look::Strong, "lookalikes");
        let texts: Vec<&str> = issue.lookalikes.iter().map(|p| p.text.as_str()).collect();
        write(Look::Plain, &texts.join("; "));
    }
    write(Look::Strong, "passages");
    for ((source, country), by) in list.sources(issue).into_iter().flatten() {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "unknown".to_owned());
        let passages = counted(by.iter().sum(), "passage", "passages");
        write(Look::Plain, &format!("{} {}: {passages}", shown(source), shown(country)));
    }
}

/// A seed in a line.
pub(crate) fn written(seed: &Seed) -> String {
    let texts = |patterns: &[model::pattern::Pattern]| -> String {
        let few: Vec<&str> = patterns.iter().take(4).map(|p| p.text.as_str()).collect();
        let more = if patterns.len() > few.len() { ", …" } else { "" };
        format!("{}{more}", few.join(", "))
    };
    let mut line = seed.pattern.text.clone();
    if !seed.with.is_empty() {
        line.push_str(&format!("; with {}", texts(&seed.with)));
    }
    if !seed.without.is_empty() {
        line.push_str(&format!("; without {}", texts(&seed.without)));
    }
    line
}

/// The issues as JSON.
pub fn issues_json(list: &IssueList<'_>) -> String {
    let issues = list.issues.iter().map(|issue| {
        let sources = list.sources(issue);
        let by_source = sources.into_iter().flatten().map(|((source, country), by)| SourceShape {
            source: source.as_deref(),
            country: country.as_deref(),
            passages: by.iter().sum(),
            violation: by[0],
            protection: by[1],
            none_reported: by[2],
            context: by[3],
        });
        let references = issue.references.iter().map(|reference| ReferenceShape {
            scheme: &reference.scheme,
            scheme_name: list.codebook.scheme(&reference.scheme).map(|s| s.name.as_str()),
            entry: &reference.entry,
            status: standing(reference.status),
        });
        let seeds = issue.seeds.iter().map(|seed| SeedShape {
            pattern: &seed.pattern.text,
            with: seed.with.iter().map(|pattern| pattern.text.as_str()).collect(),
            without: seed.without.iter().map(|pattern| pattern.text.as_str()).collect(),
            line: seed.line,
        });
        IssueShape {
            id: issue.id.as_str(),
            name: &issue.name,
            definition: &issue.definition,
            leaning: issue.leaning.name(),
            passages: total(sources).iter().sum(),
            by_source: by_source.collect(),
            references: references.collect(),
            seeds: seeds.collect(),
            lookalikes: issue.lookalikes.iter().map(|pattern| pattern.text.as_str()).collect(),
        }
    });
    to_json(&IssuesShape { format_version: FORMAT_VERSION, issues: issues.collect() })
}

/// The counts as CSV, with a row of headings.
pub fn issues_csv(list: &IssueList<'_>) -> String {
    let mut out = csv_row(COLUMNS);
    for row in list.rows() {
        let cells = row.iter().map(String::as_str);
        out.push_str(&csv_row(cells.map(|cell| if cell == "-" { "" } else { cell })));
    }
    out
}
