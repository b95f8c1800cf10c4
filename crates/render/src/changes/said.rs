//! What is said of two editions as a whole, in sentences that text and Markdown share.

use citation::{digest_line, extent_line};
use model::{DocumentId, Hedge};
use query::align::{Number, NumberKind, Status};
use query::changes::{Extent, FigureChange, Volume};

use super::{ChangesView, EditionView, percent};
use crate::phrases::{counted, publisher, recognised};

/// The most issues, sections or figures that are named one by one.
const MOST_NAMED: usize = 12;

/// What is compared with what.
pub(super) fn heading(view: &ChangesView<'_>) -> String {
    let document = view.new.documents.iter().chain(&view.old.documents).next();
    let work = document.map(|document| match &document.series {
        Some(series) => series.name.clone(),
        None => publisher(document),
    });
    let of = work.map(|work| format!(", {work}")).unwrap_or_default();
    let on = view.issue.map(|issue| format!(", on {issue}")).unwrap_or_default();
    format!("{}{of}: {} → {}{on}", view.country.name(), view.old.period, view.new.period)
}

/// How much text each edition has, and in which documents of which library.
pub(super) fn edition_lines(view: &ChangesView<'_>) -> Vec<String> {
    let line = |edition: &EditionView, volume: Volume| {
        let documents = edition.documents.iter().map(|document| {
            let extent = extent_line(document.extent);
            let extent = extent.map(|extent| format!(", {extent}")).unwrap_or_default();
            format!("{} ({}{extent})", document.id, recognised(document))
        });
        format!(
            "{}: {} in {}; {}",
            edition.period,
            counted(volume.words as u64, "word", "words"),
            counted(volume.sentences as u64, "sentence", "sentences"),
            documents.collect::<Vec<_>>().join("; ")
        )
    };
    let mut lines = vec![line(view.old, view.changes.old), line(view.new, view.changes.new)];
    lines.extend(digests(view, |_| true));
    lines.push(view.state.line());
    lines
}

/// What must be known of the documents that `read` holds of, where they are digests.
pub(super) fn digests(view: &ChangesView<'_>, read: impl Fn(&DocumentId) -> bool) -> Vec<String> {
    let documents = view.old.documents.iter().chain(&view.new.documents);
    let digests = documents.filter(|document| read(&document.id)).filter_map(|document| {
        let original = document.digest_of.as_ref()?;
        Some(format!("{}: {}", document.id, digest_line(original)))
    });
    digests.collect()
}

/// How the editions stand to each other, what became of the sentences, which sections stand in one
/// only, and the issues then and now.
pub(super) fn summary_lines(view: &ChangesView<'_>) -> Vec<String> {
    let mut lines = whole_lines(view);
    lines.extend(issue_line(view));
    lines
}

/// The same without the issues.
pub(super) fn whole_lines(view: &ChangesView<'_>) -> Vec<String> {
    let changes = view.changes;
    let shared = changes.shared;
    let mut lines = vec![match changes.extent {
        Extent::Nothing => "neither edition has text".to_owned(),
        Extent::OnlyOld => format!("the edition of {} has no text", view.new.period),
        Extent::OnlyNew => format!("the edition of {} has no text", view.old.period),
        Extent::Identical => "identical: the same sentences in the same order".to_owned(),
        Extent::Revised | Extent::MostlyRewritten => {
            let what = match changes.extent {
                Extent::Revised => "revised",
                _ => "mostly rewritten",
            };
            format!(
                "{what}: of {} of {}, {} ({}) stood there word for word and {} ({}) nearly so",
                counted(shared.sentences as u64, "sentence", "sentences"),
                view.new.period,
                shared.identical,
                percent(shared.identical, shared.sentences),
                shared.nearly,
                percent(shared.nearly, shared.sentences),
            )
        }
    }];
    if changes.extent == Extent::MostlyRewritten {
        lines.push(
            "only the best correspondences are shown: what seems new or dropped may be told in \
             other words"
                .to_owned(),
        );
    } else if changes.extent == Extent::Revised {
        lines.push(counts(view));
    }
    let sections = |what: &str, sections: &[Vec<String>]| {
        let named: Vec<String> =
            sections.iter().take(MOST_NAMED).map(|section| section.join(" › ")).collect();
        let more = sections.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        (!named.is_empty()).then(|| format!("{what}: {}{more}", named.join("; ")))
    };
    lines.extend(sections("sections that vanished", &changes.sections.vanished));
    lines.extend(sections("sections that are new", &changes.sections.new));
    lines
}

fn counts(view: &ChangesView<'_>) -> String {
    let shown = view.shown();
    let count = |status: Status| {
        let of = shown.iter().filter(|statement| statement.status == status).count();
        (of > 0).then(|| format!("{of} {}", status.name()))
    };
    let parts: Vec<String> = Status::ALL.into_iter().filter_map(count).collect();
    match parts.as_slice() {
        [] => "no sentence on it in either edition".to_owned(),
        parts => parts.join(", "),
    }
}

/// In how many sentences the words of each issue stand, then and now; what moved most first.
fn issue_line(view: &ChangesView<'_>) -> Option<String> {
    let (old, new) = (view.changes.old.sentences, view.changes.new.sentences);
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let wanted =
        |issue: &&query::changes::IssueChange| view.issue.is_none_or(|only| issue.issue == *only);
    let mut issues: Vec<_> = view.changes.issues.iter().filter(wanted).collect();
    let moved = |of: &query::changes::IssueChange| (share(of.new, new) - share(of.old, old)).abs();
    issues.sort_by(|a, b| moved(b).total_cmp(&moved(a)));
    let more = issues.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(", and {more} more") } else { String::new() };
    let named: Vec<String> = issues
        .iter()
        .take(MOST_NAMED)
        .map(|of| {
            let (was, is) = (percent(of.old, old), percent(of.new, new));
            format!("{} {} ({was}) → {} ({is})", of.issue, of.old, of.new)
        })
        .collect();
    (!named.is_empty())
        .then(|| format!("sentences with words of an issue: {}{more}", named.join(", ")))
}

/// A figure that changed: `600 → more than 600 believers`.
pub(super) fn figure_line(change: &FigureChange) -> String {
    let said = |number: &Option<Number>| match number {
        None => "none".to_owned(),
        Some(number) => {
            let unit = match &number.unit {
                model::Unit::Count => String::new(),
                model::Unit::Money(currency) => format!(" {currency}"),
                unit => format!(" {}", unit.name()),
            };
            format!("{}{}{unit}", hedge(number.hedge), number.value)
        }
    };
    let counted = change.counted.as_ref().map(|of| format!(" {of}")).unwrap_or_default();
    format!("{} → {}{counted}", said(&change.old), said(&change.new))
}

fn hedge(hedge: Hedge) -> &'static str {
    match hedge {
        Hedge::None => "",
        Hedge::MoreThan => "more than ",
        Hedge::AtLeast => "at least ",
        Hedge::LessThan => "less than ",
        Hedge::UpTo => "up to ",
        Hedge::About => "about ",
    }
}

/// The word for a kind of number.
pub(super) fn kind_name(kind: NumberKind) -> &'static str {
    match kind {
        NumberKind::Figure => "figure",
        NumberKind::Year => "year",
        NumberKind::Day => "day",
    }
}
