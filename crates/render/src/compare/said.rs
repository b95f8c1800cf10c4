//! What is said of a comparison and of each of its sources, in sentences that text, Markdown and HTML
//! share.

use citation::{extent_line, paragraph_line, period_line};
use model::Extent;
use query::Searched;
use query::compare::{Claim, Compared, FiguresApart, OnCountry, OriginGroup, Said, Speaking, said};

use super::{CompareAsked, CompareView, MOST_PAIRS};
use crate::labels::figure_shown;
use crate::phrases::counted;

/// Most figures, words or names that are named one by one.
const MOST_NAMED: usize = 8;

/// What is compared.
pub(super) fn heading(view: &CompareView<'_>) -> String {
    format!("{}: {}", countries(view), topic(view))
}

fn countries(view: &CompareView<'_>) -> String {
    countries_of(view.asked)
}

/// The countries that were asked for.
pub(super) fn countries_of(asked: &CompareAsked) -> String {
    let names: Vec<&str> = asked.countries.iter().map(|country| country.name()).collect();
    if names.is_empty() { "all countries".to_owned() } else { names.join(", ") }
}

/// The issue, the query, or both.
pub(super) fn topic(view: &CompareView<'_>) -> String {
    let issue = view.comparison.topic.issue.as_ref().map(|issue| issue.to_string());
    let query = view.asked.query.as_ref().map(|query| format!("`{query}`"));
    issue.into_iter().chain(query).collect::<Vec<_>>().join(" and ")
}

/// What was searched, with what, so that the answer can be had again.
pub(super) fn header_lines(view: &CompareView<'_>) -> Vec<String> {
    let (asked, sources) = (view.asked, &view.comparison.sources);
    let documents: usize = sources.iter().map(|s| s.source.searched.tally.documents).sum();
    let words: u64 = sources.iter().map(|s| s.source.searched.tally.words).sum();
    let mut lines = vec![format!(
        "{} of {} to it; searched: {} ({})",
        counted(view.comparison.speaking() as u64, "source", "sources"),
        format!(
            "{} {}",
            sources.len(),
            if view.comparison.speaking() == 1 { "speaks" } else { "speak" }
        ),
        counted(documents as u64, "document", "documents"),
        counted(words, "word", "words"),
    )];
    lines.extend(asked_lines(asked));
    lines.push(
        "labels and pairs are suggestions made by words; a silence is no evidence that nothing \
         happened"
            .to_owned(),
    );
    lines
}

/// The filters, and with which state of a library they were asked.
pub(super) fn asked_lines(asked: &CompareAsked) -> Vec<String> {
    let mut lines = Vec::new();
    let filters =
        asked.filters.iter().map(|(name, values)| format!("{name} {}", values.join(", ")));
    let period = asked.period.iter().map(|period| format!("period {period}"));
    let filters: Vec<String> = period.chain(filters).collect();
    if !filters.is_empty() {
        lines.push(format!("filters: {}", filters.join("; ")));
    }
    lines.push(asked.state.line());
    lines
}

/// What a source is: how many passages speak, or what its silence means.
pub(super) fn said_line(source: &Compared) -> String {
    let searched = &source.source.searched;
    match source.said {
        Said::Speaks if source.source.total == 1 => "1 passage speaks to it".to_owned(),
        Said::Speaks => {
            let total = counted(source.source.total as u64, "passage", "passages");
            format!("{total} speak to it")
        }
        _ => silence(source.said, searched),
    }
}

fn silence(said: Said, searched: &Searched) -> String {
    let words = counted(searched.tally.words, "word", "words");
    match said {
        Said::Speaks => String::new(),
        Said::NotMentioned => format!("not mentioned ({words} searched)"),
        Said::NotInSummary => {
            format!("not mentioned in the executive summary ({words} searched)")
        }
        Said::NotInExcerpt => {
            format!("not mentioned in the excerpt that is held ({words} searched)")
        }
        Said::TooShort => format!("text too short for a silence to mean anything ({words})"),
        Said::NoText if searched.tally.documents > 0 => {
            "no text held: what is held is empty or images of pages".to_owned()
        }
        Said::NoText => "no text held of the countries and the period asked for".to_owned(),
    }
}

/// What was searched of a source; nothing where nothing is held.
pub(super) fn searched_line(source: &Compared) -> Option<String> {
    let searched = &source.source.searched;
    if searched.tally.documents == 0 {
        return None;
    }
    let documents = searched.tally.documents;
    let limits = [Extent::Summary, Extent::Excerpt].into_iter().filter_map(|extent| {
        let held = searched.extents.get(&extent).copied().filter(|held| *held > 0)?;
        let what = match extent {
            Extent::Summary => "executive summary only",
            other => extent_line(other)?,
        };
        Some(if held == documents { what.to_owned() } else { format!("{held} {what}") })
    });
    let limits: String = limits.map(|limit| format!(", {limit}")).collect();
    Some(format!(
        "{}, {}{limits}",
        counted(documents as u64, "document", "documents"),
        counted(searched.tally.words, "word", "words"),
    ))
}

/// What is known of a source in pairs of a name and a value; what there is none of is left out.
pub(super) fn facts(source: &Compared) -> Vec<(&'static str, String)> {
    let profile = &source.profile;
    let mut facts: Vec<(&'static str, String)> = Vec::new();
    facts.extend(searched_line(source).map(|line| ("searched", line)));
    if source.said == Said::Speaks {
        if profile.passages < source.source.total {
            let read = format!("the best {} of {}", profile.passages, source.source.total);
            facts.push(("counted over", read));
        }
        let mut says: Vec<String> = profile
            .attributed
            .iter()
            .map(|(who, count)| format!("{} {count}", who.name()))
            .collect();
        if profile.by_itself > 0 {
            says.push(format!("the report itself {}", profile.by_itself));
        }
        facts.push(("who says so", says.join(", ")));
        let share =
            |count: usize| format!("{:.0} %", 100.0 * count as f64 / profile.passages as f64);
        let polarity =
            profile.polarity.iter().map(|(of, n)| format!("{} {}", of.name(), share(*n)));
        let polarity: Vec<String> = polarity.collect();
        let nature = profile.nature.iter().map(|(of, n)| format!("{} {}", of.name(), share(*n)));
        let nature: Vec<String> = nature.collect();
        for (name, values) in [("says", polarity), ("speaks of", nature)] {
            if !values.is_empty() {
                facts.push((name, values.join(", ")));
            }
        }
    }
    let figures = source.figures.iter().map(|given| figure_shown(&given.figure));
    facts.extend(named(figures).map(|figures| ("figures", figures)));
    let marks =
        source.marks.iter().map(|m| format!("{} ({} against {})", m.shown, m.here, m.there));
    facts.extend(named(marks).map(|marks| ("words that mark it", marks)));
    facts
}

fn named(values: impl Iterator<Item = String>) -> Option<String> {
    let values: Vec<String> = values.collect();
    let more = values.len().saturating_sub(MOST_NAMED);
    let shown: Vec<String> = values.into_iter().take(MOST_NAMED).collect();
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    (!shown.is_empty()).then(|| format!("{}{more}", shown.join("; ")))
}

/// What a source says on one country of several.
pub(super) fn country_line(on: &OnCountry) -> String {
    let said = said(&on.searched, on.passages);
    let what = match said {
        Said::Speaks => counted(on.passages as u64, "passage", "passages"),
        Said::NoText if on.searched.tally.documents == 0 => "no text held".to_owned(),
        _ => silence(said, &on.searched),
    };
    format!("{}: {what}", on.country.name())
}

/// Where a passage stands: its report's country and period, section and paragraph.
pub(super) fn locator_line(speaking: &Speaking) -> String {
    let document = &speaking.record.document;
    let locator = &speaking.record.passage.passage.locator;
    let country = document.country.map(|country| country.code().to_owned());
    let mut parts: Vec<String> = country.into_iter().collect();
    parts.push(period_line(document.period));
    parts.extend((!locator.section.is_empty()).then(|| locator.section.join(" › ")));
    parts.extend(paragraph_line(locator));
    parts.join(" · ")
}

/// Why two sentences stand beside each other.
pub(super) fn why_line(claim: &Claim) -> String {
    let why = &claim.why;
    let parts = [
        ("same name", &why.names),
        ("same figure", &why.figures),
        ("same date", &why.dates),
        ("same instrument", &why.instruments),
        ("same issue", &why.issues),
        ("words", &why.words),
    ];
    let said = parts.into_iter().filter(|(_, of)| !of.is_empty()).map(|(name, of)| {
        format!("{name}: {}", of.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", "))
    });
    format!("paired by {} (likeness {:.2})", said.collect::<Vec<_>>().join("; "), claim.likeness)
}

/// Two figures that differ: `us-state-irf 600 people / open-doors more than 600 people`.
pub(super) fn apart_line(view: &CompareView<'_>, apart: &FiguresApart) -> String {
    let one = |at: &query::compare::SentenceAt, figure| {
        format!("{}: {} ({})", view.source_id(at.source), figure_shown(figure), view.place(at))
    };
    format!("{} / {}", one(&apart.a.0, &apart.a.2), one(&apart.b.0, &apart.b.2))
}

/// `5 passages, 2 origins`.
pub(super) fn origins_line(view: &CompareView<'_>) -> String {
    let of = &view.comparison.independence;
    format!(
        "{}, {}",
        counted(of.passages as u64, "passage", "passages"),
        counted(of.origins as u64, "origin", "origins"),
    )
}

/// Passages that are one origin, and why.
pub(super) fn group_line(view: &CompareView<'_>, group: &OriginGroup) -> String {
    let ids = group.passages.iter().filter_map(|(source, passage)| {
        let speaking = view.comparison.sources.get(*source)?.source.passages.get(*passage)?;
        let id = &speaking.record.passage.passage.id;
        Some(format!("{} {id}", view.source_id(*source)))
    });
    let shared = group.shared_text.then(|| "shared text".to_owned());
    let cited = group.cited.iter().map(|name| format!("according to {name}"));
    let why: Vec<String> = shared.into_iter().chain(cited).collect();
    let ids: Vec<String> = ids.collect();
    let more = ids.len().saturating_sub(MOST_PAIRS);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let ids = ids.into_iter().take(MOST_PAIRS).collect::<Vec<_>>().join(", ");
    format!("one origin ({}): {ids}{more}", why.join("; "))
}

/// Who is cited by name, the most cited first.
pub(super) fn cited_line(view: &CompareView<'_>) -> Option<String> {
    let cited = &view.comparison.independence.cited;
    let said = cited.iter().map(|(name, passages)| format!("{name} ({})", passages.len()));
    named(said).map(|cited| format!("cited by name: {cited}"))
}
