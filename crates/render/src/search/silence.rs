//! What it means that nothing was found, or little, in sentences.

use std::collections::BTreeMap;

use citation::period_line;
use model::{Country, Extent};
use query::{Absent, Missing, Searched, Silence, Standing};

use super::json::CAUTION;
use crate::phrases::counted;

/// The most sources, reports or words that are named one by one.
const MOST_NAMED: usize = 6;

/// What it means that `total` passages were found, each a sentence: what was searched, what of it is
/// not held, which words stand nowhere, and that a silence is no evidence.
pub fn silence_lines(silence: &Silence, total: usize) -> Vec<String> {
    let searched = &silence.searched;
    let mut lines = Vec::new();
    if searched.tally.words == 0 {
        lines.push(not_held(searched));
    } else {
        let found = match total {
            0 => "nothing found in".to_owned(),
            total => format!("{} in", counted(total as u64, "passage found", "passages found")),
        };
        lines.push(format!("{found} {}", searched_line(searched)));
        lines.extend(sources_line(silence));
    }
    lines.extend(missing_lines(&silence.missing));
    lines.extend(silence.absent.iter().take(MOST_NAMED).map(absent_line));
    if let Some(first) = lines.first_mut() {
        first.push_str("; ");
        first.push_str(CAUTION);
    }
    lines
}

/// That there was nothing to search.
fn not_held(searched: &Searched) -> String {
    match searched.tally.documents as u64 {
        0 => "nothing was searched: no text is held of the country, publisher, series and period \
              asked for; `forb coverage` shows what is"
            .to_owned(),
        documents => format!(
            "nothing was searched: no text is held, only {} without any",
            counted(documents, "document", "documents")
        ),
    }
}

fn searched_line(searched: &Searched) -> String {
    let tally = &searched.tally;
    let mut said = format!(
        "{} and {} ({})",
        counted(tally.documents as u64, "document", "documents"),
        counted(tally.passages, "passage", "passages"),
        counted(tally.words, "word", "words"),
    );
    let of = |extent| searched.extents.get(&extent).copied().unwrap_or(0);
    let limits = [
        (of(Extent::Summary), "held as a summary only"),
        (of(Extent::Excerpt), "held as an excerpt only"),
        (of(Extent::Unknown), "of unknown extent"),
        (searched.short, "too short for a silence to mean anything"),
        (searched.empty, "empty"),
    ];
    for (count, what) in limits.into_iter().filter(|(count, _)| *count > 0) {
        said.push_str(&format!(", {count} {what}"));
    }
    said
}

/// How much of what was searched is of which source, the most first.
fn sources_line(silence: &Silence) -> Option<String> {
    if silence.by_source.len() < 2 {
        return None;
    }
    let mut sources: Vec<_> = silence.by_source.iter().collect();
    sources.sort_by_key(|(_, tally)| std::cmp::Reverse(tally.words));
    let named: Vec<String> = sources
        .iter()
        .take(MOST_NAMED)
        .map(|(source, tally)| {
            let source = source.as_deref().unwrap_or("source unknown");
            format!("{source} {}", counted(tally.words, "word", "words"))
        })
        .collect();
    let more = sources.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and {more} more sources") } else { String::new() };
    Some(format!("searched: {}{more}", named.join(", ")))
}

/// What is not held, by country and what there is instead: `not held: us-state-irf 2023 on China`.
fn missing_lines(missing: &[Missing]) -> Vec<String> {
    let mut of: BTreeMap<(Option<Standing>, Country), Vec<String>> = BTreeMap::new();
    for one in missing {
        let series = one.series.as_ref().map_or("series unknown", |series| series.id.as_str());
        let report = format!("{series} {}", period_line(one.period));
        of.entry((one.held, one.country)).or_default().push(report);
    }
    of.into_iter()
        .map(|((held, country), mut reports)| {
            let what = match held {
                None => "not held",
                Some(Standing::Empty) => "held without text",
                Some(Standing::NeedsOcr) => "held as images of pages only",
                Some(Standing::Short | Standing::Held) => {
                    "too short for a silence to mean anything"
                }
            };
            let more = reports.len().saturating_sub(MOST_NAMED);
            reports.truncate(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("{what} on {}: {}{more}", country.name(), reports.join(", "))
        })
        .collect()
}

fn absent_line(absent: &Absent) -> String {
    let near: Vec<String> = absent
        .near
        .iter()
        .map(|(word, passages)| format!("{word} ({})", counted(*passages, "passage", "passages")))
        .collect();
    let nowhere = format!("`{}` stands in no passage of the library", absent.word);
    match near.as_slice() {
        [] => nowhere,
        near => format!("{nowhere}; spelt nearly so: {}", near.join(", ")),
    }
}
