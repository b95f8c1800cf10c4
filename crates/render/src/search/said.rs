//! What is said of a result as a whole, in sentences that several formats share.

use citation::period_line;
use model::{DocumentSummary, Field};
use query::{Because, Earner, Folded, Hit, OneVoice, SearchResult, Sort};

use super::SearchView;
use crate::phrases::{counted, grouped};

/// The most places that are named of a fold.
const MOST_PLACES: usize = 3;

/// How many there are, and which of them are shown.
pub(crate) fn heading(view: &SearchView<'_>) -> String {
    let result = view.result;
    let passages = counted(result.total as u64, "passage found", "passages found");
    let found = match result.documents {
        Some(documents) => {
            format!("{passages} in {}", counted(documents as u64, "document", "documents"))
        }
        None => passages,
    };
    let listed = result.documents.unwrap_or(result.total);
    let said = match (result.hits.first(), result.hits.last()) {
        (None, _) | (_, None) if result.total == 0 => "no passage found".to_owned(),
        (None, _) | (_, None) => format!("{found}; none of them is this far down the list"),
        _ if result.hits.len() == listed => found,
        (Some(first), Some(last)) => {
            let (from, to) = (grouped(first.rank as u64), grouped(last.rank as u64));
            format!("{found}; {from} to {to} shown, {}", order(view.sort, first))
        }
    };
    let folded: usize = result.hits.iter().map(|hit| hit.folded.len()).sum();
    match folded {
        0 => said,
        folded => format!("{said}; {} nearly the same folded under them", grouped(folded as u64)),
    }
}

fn order(sort: Sort, first: &Hit) -> &'static str {
    match (sort, first.score) {
        (Sort::Newest, _) => "the newest first",
        (Sort::Oldest, _) => "the oldest first",
        (Sort::Country, _) => "by country",
        (Sort::Relevance, Some(_)) => "the best match first",
        (Sort::Relevance, None) => "in the order of the documents",
    }
}

/// The words that were added: `also tried: apostasy, apostat* (issue conversion-apostasy)`.
pub fn added_line(result: &SearchResult) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for group in result.added.chunk_by(|a, b| a.because == b.because) {
        let words: Vec<&str> = group.iter().map(|added| added.written.as_str()).collect();
        let why = match &group[0].because {
            Because::Issue(issue) => format!("issue {issue}"),
            Because::Feedback => "from the best matches".to_owned(),
        };
        parts.push(format!("{} ({why})", words.join(", ")));
    }
    (!parts.is_empty()).then(|| format!("also tried: {}", parts.join("; ")))
}

/// Why others stand higher than by their scores: `12 of the 20 best matches are of World Watch List, so
/// …`.
fn voice_line(voice: &OneVoice) -> String {
    format!(
        "{} of the {} best matches are of {}, so every third place goes to another source that says it \
         in other words (--no-balance: by score alone)",
        voice.hits, voice.of, voice.source
    )
}

/// All that must be said beside the hits: the words added, how many matches hold the query's own, what
/// was lifted, what lacks what the list is ordered by, what was left out, which patterns were searched in part.
pub fn said_beside(view: &SearchView<'_>) -> Vec<String> {
    let result = view.result;
    let mut said: Vec<String> = added_line(result).into_iter().collect();
    if result.own != result.total {
        let own = grouped(result.own as u64);
        let total = grouped(result.total as u64);
        said.push(format!("{own} of {total} hold words of the query itself"));
    }
    said.extend(result.voice.as_ref().map(voice_line));
    if result.unsorted > 0 {
        let what = match view.sort {
            Sort::Country => "country",
            _ => "period",
        };
        let passages = counted(result.unsorted as u64, "passage", "passages");
        said.push(format!("{passages} of unknown {what} at the end of the list"));
    }
    if result.left_out > 0 {
        said.push("left out: the passage itself and what is nearly the same".to_owned());
    }
    for bounded in &result.bounded {
        said.push(format!(
            "{} stands for {} words; the {} in most passages were searched",
            bounded.written,
            grouped(bounded.words as u64),
            grouped(bounded.searched as u64)
        ));
    }
    said
}

/// What stands under a hit: `and 4 nearly the same in: Chad 2021, Chad 2022, Niger 2021, …`.
pub(crate) fn folded_line(folded: &[Folded]) -> Option<String> {
    if folded.is_empty() {
        return None;
    }
    let mut places: Vec<String> = Vec::new();
    for one in folded {
        let place = place(&one.document);
        if !places.contains(&place) {
            places.push(place);
        }
    }
    let more = if places.len() > MOST_PLACES { ", …" } else { "" };
    places.truncate(MOST_PLACES);
    Some(format!("and {} nearly the same in: {}{more}", folded.len(), places.join(", ")))
}

fn place(document: &DocumentSummary) -> String {
    let name = document.country.map(|country| country.name());
    let series = document.series.as_ref().map(|series| series.name.as_str());
    let name = name.or(series).or(document.title.as_deref()).unwrap_or("country unknown");
    format!("{name} {}", period_line(document.period))
}

/// What a score is made of: `7.50 = mosque ×2 4.10 + nearness 3.40`.
pub(crate) fn score_line(hit: &Hit) -> Option<String> {
    let score = hit.score.filter(|_| !hit.parts.is_empty())?;
    let parts: Vec<String> = hit
        .parts
        .iter()
        .map(|part| {
            let times = if part.count > 1 { format!(" ×{}", part.count) } else { String::new() };
            let what = match &part.what {
                Earner::Own(words) => words.clone(),
                Earner::Added(words) => format!("{words} (added)"),
                Earner::Beside(Field::Section, words) => format!("{words} in a heading"),
                Earner::Beside(_, words) => format!("{words} in what the report is of"),
                Earner::Nearness => "nearness".to_owned(),
            };
            format!("{what}{times} {:.3}", part.score)
        })
        .collect();
    Some(format!("score {score:.3} = {}", parts.join(" + ")))
}
