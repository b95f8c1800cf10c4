//! What an examination of a codebook found, as text and as JSON: how often each seed fires, which
//! never does, which is met nearly everywhere, and which issues are hardly told apart.

use serde::Serialize;

use crate::json::{FORMAT_VERSION, to_json};
use crate::line::{Line, Look};
use crate::phrases::{counted, grouped};
use crate::style::{Detail, Style};

/// A seed is met nearly everywhere when it fires in more than one passage of so many.
const BROAD: u64 = 4;

/// Two issues overlap when more than one of so many passages of the smaller are the other's, too.
const OVERLAPPING: u64 = 2;

/// Of fewer passages than that nothing can be said of an issue's overlaps.
const FEW: u64 = 10;

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodebookReport {
    /// The file, or that it is the built-in one.
    pub file: String,
    /// Number of issues.
    pub issues: u64,
    /// Passages it was tried on.
    pub passages: u64,
    /// How often each seed fires, in the order of the codebook.
    pub seeds: Vec<SeedFirings>,
    /// Pairs of issues that share passages.
    pub pairs: Vec<SharedPassages>,
}

/// How often a seed fires.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedFirings {
    /// Id of its issue.
    pub issue: String,
    /// The pattern, as written.
    pub pattern: String,
    /// Its line in the codebook, from 1.
    pub line: usize,
    /// In how many passages it earns its label.
    pub passages: u64,
}

/// Passages that two issues share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPassages {
    /// The ids of the issues; the one of fewer passages first.
    pub issues: [String; 2],
    /// Passages of both.
    pub both: u64,
    /// Passages of the first.
    pub smaller: u64,
}

#[derive(Serialize)]
struct CodebookShape<'a> {
    format_version: u32,
    file: &'a str,
    issues: u64,
    passages: u64,
    seeds: Vec<FiringShape<'a>>,
    overlaps: Vec<OverlapShape<'a>>,
}

#[derive(Serialize)]
struct FiringShape<'a> {
    issue: &'a str,
    pattern: &'a str,
    line: usize,
    passages: u64,
    finding: Option<&'static str>,
}

#[derive(Serialize)]
struct OverlapShape<'a> {
    issues: &'a [String; 2],
    both: u64,
    smaller: u64,
}

impl CodebookReport {
    /// What is to be said against a seed.
    fn finding(&self, seed: &SeedFirings) -> Option<&'static str> {
        match seed.passages {
            _ if self.passages == 0 => None,
            0 => Some("dead"),
            passages if passages.saturating_mul(BROAD) > self.passages => Some("broad"),
            _ => None,
        }
    }

    fn found(&self, finding: &str) -> impl Iterator<Item = &SeedFirings> {
        self.seeds.iter().filter(move |seed| self.finding(seed) == Some(finding))
    }

    fn overlaps(&self) -> impl Iterator<Item = &SharedPassages> {
        self.pairs.iter().filter(|pair| {
            pair.smaller >= FEW && pair.both.saturating_mul(OVERLAPPING) > pair.smaller
        })
    }
}

/// The report as text; with [`Detail::Full`] every seed with how often it fires. In a pipe one line
/// each: `seed`, issue, line, passages, `dead`, `broad` or `-`, pattern; and `overlap`, both issues,
/// passages of both, passages of the smaller.
pub fn codebook_text(report: &CodebookReport, style: Style, detail: Detail) -> String {
    let mut out = String::new();
    if style.width.is_none() {
        for seed in &report.seeds {
            let finding = report.finding(seed);
            if finding.is_some() || detail == Detail::Full {
                let columns =
                    [seed.issue.as_str(), &seed.line.to_string(), &seed.passages.to_string()]
                        .map(str::to_owned);
                let line =
                    columns.iter().fold(Line::new(style).plain("seed"), |l, c| l.tab().plain(c));
                let line = line.tab().plain(finding.unwrap_or("-")).tab().plain(&seed.pattern);
                line.write(&mut out, 0, 0);
            }
        }
        for pair in report.overlaps() {
            let [smaller, other] = &pair.issues;
            let line = Line::new(style).plain("overlap").tab().plain(smaller).tab().plain(other);
            let line = line.tab().plain(&pair.both.to_string());
            line.tab().plain(&pair.smaller.to_string()).write(&mut out, 0, 0);
        }
        return out;
    }
    let said = format!(
        "{}: {}, {}, tried on {}",
        report.file,
        counted(report.issues, "issue", "issues"),
        counted(report.seeds.len() as u64, "seed", "seeds"),
        counted(report.passages, "passage", "passages"),
    );
    Line::new(style).plain(&said).write(&mut out, 0, 2);
    let mut list = |heading: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            out.push('\n');
            Line::new(style).add(Look::Strong, heading).write(&mut out, 0, 2);
            lines.iter().for_each(|line| Line::new(style).plain(line).write(&mut out, 2, 6));
        }
    };
    let line = |seed: &SeedFirings| {
        let passages = grouped(seed.passages);
        format!("{passages}  {}, line {}: {}", seed.issue, seed.line, seed.pattern)
    };
    list("seeds that never fire", report.found("dead").map(line).collect());
    list(
        "seeds that fire in more than a quarter of the passages",
        report.found("broad").map(line).collect(),
    );
    let overlap = |pair: &SharedPassages| {
        format!(
            "{} of {} passages of {} are {}, too",
            pair.both, pair.smaller, pair.issues[0], pair.issues[1]
        )
    };
    list("issues that are hardly told apart", report.overlaps().map(overlap).collect());
    if detail == Detail::Full {
        list("how often each seed fires", report.seeds.iter().map(line).collect());
    }
    out
}

/// The report as JSON.
pub fn codebook_json(report: &CodebookReport) -> String {
    let seeds = report.seeds.iter().map(|seed| FiringShape {
        issue: &seed.issue,
        pattern: &seed.pattern,
        line: seed.line,
        passages: seed.passages,
        finding: report.finding(seed),
    });
    let overlaps = report.overlaps().map(|pair| OverlapShape {
        issues: &pair.issues,
        both: pair.both,
        smaller: pair.smaller,
    });
    to_json(&CodebookShape {
        format_version: FORMAT_VERSION,
        file: &report.file,
        issues: report.issues,
        passages: report.passages,
        seeds: seeds.collect(),
        overlaps: overlaps.collect(),
    })
}
