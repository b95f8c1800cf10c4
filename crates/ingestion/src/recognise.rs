//! What a report is: publisher, series, country, period and the rest, each with the evidence it
//! rests on. Nothing is guessed: where the profiles' patterns do not settle a value it stays
//! unknown, and what was seen is kept as evidence. Roles of blocks are [`crate::arrange`]'s work.

use model::{Country, Evidence, Extent, Metadata, Origin, PartialDate, Period};

use crate::annotate::countries;
use crate::profiles::{self, Pattern, Profiles};
use crate::readers::{Format, RawBlock, RawDocument};
use crate::written_dates;
use crate::{credits, language};

/// What was recognised: the metadata, and the profiles by which the report is to be laid out.
#[derive(Debug)]
pub struct Recognition<'p> {
    /// What is known, with evidence.
    pub metadata: Metadata,
    /// The publisher's profile, where there is one.
    pub publisher: Option<&'p profiles::Publisher>,
    /// The series' profile, where there is one.
    pub series: Option<&'p profiles::Series>,
}

/// Longest stretch of a block quoted as evidence, in characters.
const QUOTE_LENGTH: usize = 120;

/// How many of a report's first blocks may state the day it came out.
const BEGINNING: usize = 40;

/// How many of a report's first blocks may hold the one mark that alone shows a series: further on
/// the title of another report is cited, not borne.
const TITLE_LINES: usize = 12;

/// How many lines from its mark a country's line may stand.
const NEAR: usize = 2;

/// The line with which the first block of a file says where it was taken from: `# url: …` or
/// `# origin: …`, written by whoever kept the file. It is no part of the report, and nothing in it
/// but the address counts as evidence.
pub(crate) fn note_of_origin(raw: &RawDocument) -> Option<&str> {
    let first = raw.blocks.first()?;
    let is_note = |key: &str| first.text.starts_with(key);
    ["# url: ", "# origin: "].into_iter().any(is_note).then_some(&first.text)
}

/// The blocks that may be the report's: all but a note of where it was taken from.
fn report(raw: &RawDocument) -> &[RawBlock] {
    raw.blocks.get(usize::from(note_of_origin(raw).is_some())..).unwrap_or_default()
}

/// The report's own blocks: those that the markup does not set aside. Menus and lists of other
/// reports name other series, countries and years.
fn own(raw: &RawDocument) -> impl Iterator<Item = &RawBlock> {
    report(raw).iter().filter(|block| block.aside.is_none())
}

/// Recognises a report. `metadata` comes in with what people stated of it and goes out completed:
/// what is stated weighs more than anything found here, and what is found is kept beside it.
pub fn recognise<'p>(
    raw: &RawDocument,
    mut metadata: Metadata,
    profiles: &'p Profiles,
) -> Recognition<'p> {
    read_markup(raw, &mut metadata);
    let has_marks = raw.blocks.iter().any(|block| profiles.may_be_a_mark(&block.text));
    let found = if has_marks { find_series(raw, profiles) } else { None };
    let mut taken = None;
    if let Some((series, quotes)) = &found {
        let marks = if quotes.len() == 1 { "mark" } else { "marks" };
        let note = format!("{} {marks} of the series {} found", quotes.len(), series.name);
        let evidence = Evidence::new(Origin::Text, series.id.clone(), note);
        let evidence = evidence.quoting(quotes.join(" · "));
        taken = take_series(series, evidence, &mut metadata, profiles).then_some(*series);
    }
    let by_address = find_series_by_address(profiles, &mut metadata);
    if has_marks {
        find_publisher(raw, profiles, &mut metadata);
    }
    find_publisher_by_address(profiles, &mut metadata);
    if let Some(series) = taken.or(by_address) {
        let note = format!("publisher of the series {}", series.name);
        let evidence = Evidence::new(Origin::Profile, series.publisher.clone(), note);
        metadata.publisher.witness(profiles.publisher(&series.publisher), evidence);
    }
    let series = metadata.series.value.as_ref().and_then(|s| profiles.find_series(&s.id));
    let publisher = metadata.publisher.value.as_ref().and_then(|p| profiles.find_publisher(&p.id));
    if let Some(series) = series {
        find_country(raw, series, &mut metadata);
        find_period(raw, series, &mut metadata);
        find_published(raw, series, &mut metadata);
        find_edition(raw, series, &mut metadata);
        find_extent(raw, series, &mut metadata);
    }
    count_countries(raw, &mut metadata);
    if let Some(publisher) = publisher {
        note_bounds(raw, publisher, &mut metadata);
    }
    if let Some(series) = series {
        compose_edition(series, &mut metadata);
        compose_title(series, &mut metadata);
    }
    credits::find(raw, publisher, series, &mut metadata);
    Recognition { metadata, publisher, series }
}

/// The series most of whose marks stand in the report, with the words of each mark. Two series with
/// an equal share settle nothing.
fn find_series<'p>(
    raw: &RawDocument,
    profiles: &'p Profiles,
) -> Option<(&'p profiles::Series, Vec<String>)> {
    let mut best: Option<(f64, &profiles::Series, Vec<String>)> = None;
    let mut tied = false;
    for series in &profiles.series {
        let quotes: Vec<String> =
            series.recognise.iter().filter_map(|p| first_match(raw, p)).collect();
        if quotes.is_empty() || quotes.len() < series.needs {
            continue;
        }
        let opens = |p: &Pattern| own(raw).take(TITLE_LINES).any(|block| p.is_match(&block.text));
        if quotes.len() == 1 && !series.recognise.iter().any(opens) {
            continue;
        }
        let share = quotes.len() as f64 / series.recognise.len() as f64;
        match &best {
            Some((highest, ..)) if share < *highest => {}
            Some((highest, ..)) if share == *highest => tied = true,
            _ => {
                tied = false;
                best = Some((share, series, quotes));
            }
        }
    }
    best.filter(|_| !tied).map(|(_, series, quotes)| (series, quotes))
}

/// The words of the report that a pattern matches first.
fn first_match(raw: &RawDocument, pattern: &Pattern) -> Option<String> {
    own(raw).find_map(|block| pattern.find(&block.text)).map(|m| quote(m.as_str()))
}

/// How a publisher is named.
enum Naming {
    /// In a block of its own, as a masthead or a foot is.
    Alone(String),
    /// In a sentence: anybody may name it so.
    InPassing(String),
}

fn naming(raw: &RawDocument, publisher: &profiles::Publisher) -> Option<Naming> {
    let mut passing = None;
    for block in report(raw) {
        for found in publisher.recognise.iter().filter_map(|mark| mark.find(&block.text)) {
            if found.len() == block.text.len() {
                return Some(Naming::Alone(quote(found.as_str())));
            }
            passing.get_or_insert_with(|| Naming::InPassing(quote(found.as_str())));
        }
    }
    passing
}

/// A stretch of text as evidence quotes it.
pub(crate) fn quote(words: &str) -> String {
    match words.char_indices().nth(QUOTE_LENGTH) {
        Some((cut, _)) => format!("{}…", &words[..cut]),
        None => words.to_owned(),
    }
}

fn find_publisher(raw: &RawDocument, profiles: &Profiles, metadata: &mut Metadata) {
    let named: Vec<(&profiles::Publisher, Naming)> =
        profiles.publishers.iter().filter_map(|p| Some((p, naming(raw, p)?))).collect();
    let alone = named.iter().filter(|(_, naming)| matches!(naming, Naming::Alone(_))).count();
    // A report may name other publishers than its own; then only its series can tell.
    let series_says = metadata.series.value.as_ref().and_then(|s| profiles.find_series(&s.id));
    for (publisher, naming) in named {
        let of_series = series_says.map(|series| series.publisher == publisher.id);
        let (words, settles, note) = match naming {
            Naming::Alone(words) if of_series.unwrap_or(alone == 1) => {
                (words, true, "named in the text, on its own")
            }
            Naming::Alone(words) => (words, false, "named in the text, but so are others"),
            Naming::InPassing(words) => (words, false, "named in the text, in passing"),
        };
        let evidence = Evidence::new(Origin::Text, publisher.id.clone(), note).quoting(words);
        if settles {
            metadata.publisher.witness(profiles.publisher(&publisher.id), evidence);
        } else {
            metadata.publisher.note(Evidence { value: None, ..evidence });
        }
    }
}

/// Takes a series that was recognised, unless the publisher that people state publishes another.
fn take_series(
    series: &profiles::Series,
    evidence: Evidence,
    metadata: &mut Metadata,
    profiles: &Profiles,
) -> bool {
    // The weightiest statement counts: a correction stands above what was stated before it.
    let stated = metadata
        .publisher
        .evidence
        .iter()
        .find(|e| matches!(e.origin, Origin::User | Origin::Sidecar) && e.value.is_some());
    if stated.is_some_and(|e| e.value.as_ref() != Some(&series.publisher)) {
        let by = profiles.publisher_name(&series.publisher);
        let note = format!("{}, but that is published by {by}: {}", series.name, evidence.note);
        metadata.series.note(Evidence { value: None, note, ..evidence });
        return false;
    }
    let noun = model::Series { id: series.id.clone(), name: series.name.clone() };
    metadata.series.witness(noun, evidence);
    !metadata.series.is_withheld()
}

/// The series one of whose addresses this is; two settle nothing.
fn find_series_by_address<'p>(
    profiles: &'p Profiles,
    metadata: &mut Metadata,
) -> Option<&'p profiles::Series> {
    let url = metadata.url.value.clone()?;
    let mut all = profiles.series.iter().filter(|s| s.url.iter().any(|p| p.is_match(&url)));
    let (series, None) = (all.next()?, all.next()) else { return None };
    let evidence = Evidence::new(Origin::Profile, series.id.clone(), "by the address of the page");
    take_series(series, evidence.quoting(quote(&url)), metadata, profiles).then_some(series)
}

/// The publisher at whose address the page stands. Others keep copies of reports under theirs: that
/// settles nothing.
fn find_publisher_by_address(profiles: &Profiles, metadata: &mut Metadata) {
    let Some(url) = metadata.url.value.clone() else { return };
    let after = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    let host = after.split(['/', ':', '?', '#']).next().unwrap_or("").to_ascii_lowercase();
    let is_below = |known: &String| {
        host.strip_suffix(known.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    if let Some(publisher) = profiles.publishers.iter().find(|p| p.hosts.iter().any(is_below)) {
        let note = "the page stands at the publisher's own address";
        let evidence = Evidence::new(Origin::Profile, publisher.id.clone(), note);
        metadata.publisher.witness(profiles.publisher(&publisher.id), evidence.quoting(host));
    }
}

/// One place where a value is stated.
struct Statement<T> {
    value: T,
    written: String,
    words: String,
    note: &'static str,
}

/// Takes what is stated in several places. Where they do not agree nothing is settled, and all of it
/// is kept as evidence.
fn settle<T: PartialEq>(finding: &mut model::Finding<T>, statements: Vec<Statement<T>>) {
    let agree = statements.windows(2).all(|pair| pair[0].value == pair[1].value);
    for statement in statements {
        let Statement { value, written, words, note } = statement;
        let evidence = Evidence::new(Origin::Text, written, note).quoting(quote(&words));
        if agree {
            finding.witness(value, evidence);
        } else {
            let said = evidence.value.unwrap_or_default();
            let note = format!("{note}: {said}; another place says otherwise, nothing is settled");
            finding.note(Evidence { value: None, note, ..evidence });
        }
    }
}

fn find_country(raw: &RawDocument, series: &profiles::Series, metadata: &mut Metadata) {
    let blocks = report(raw);
    let lines = series.country_line.iter().filter_map(|line| country_on_a_line(blocks, line));
    let mut statements: Vec<Statement<Country>> = lines.collect();
    for pattern in &series.country {
        let found = blocks.iter().filter(|block| block.aside.is_none()).find_map(|block| {
            let groups = pattern.captures(&block.text)?;
            if let Some(name) = groups.name("country") {
                return Some((Country::find(name.as_str())?, groups.get(0)?, "named by its place"));
            }
            let sentence = groups.name("sentence")?;
            Some((only_country(sentence.as_str())?, sentence, "the only country named there"))
        });
        statements.extend(found.map(|(value, words, note)| Statement {
            value,
            written: value.code().to_owned(),
            words: words.as_str().to_owned(),
            note,
        }));
    }
    settle(&mut metadata.country, statements);
    let Some(url) = metadata.url.value.clone() else { return };
    let by_address = series.url.iter().find_map(|pattern| {
        let name = pattern.captures(&url)?.name("country")?.as_str().replace('-', " ");
        Country::find(&name)
    });
    if let Some(country) = by_address {
        let evidence = Evidence::new(Origin::Profile, country.code(), "by the address of the page");
        metadata.country.witness(country, evidence.quoting(quote(&url)));
    }
}

/// The one country that a sentence names, the United States left out where it names others: they
/// are everybody's partner. `None` where it names several.
fn only_country(sentence: &str) -> Option<Country> {
    let mut named: Vec<Country> = countries::mentions(sentence).map(|(c, _)| c).collect();
    named.sort_unstable();
    named.dedup();
    if named.len() > 1 {
        named.retain(|country| country.code() != "US");
    }
    (named.len() == 1).then(|| named[0])
}

/// The country whose name stands alone on a line, or before its colon, near a mark. The star of a
/// note may stand after it.
fn country_on_a_line(
    blocks: &[RawBlock],
    rule: &profiles::CountryLine,
) -> Option<Statement<Country>> {
    let mark = rule.after.as_ref().or(rule.before.as_ref())?;
    blocks.iter().enumerate().filter(|(_, block)| mark.is_match(&block.text)).find_map(|(at, _)| {
        let near = match rule.after {
            Some(_) => at + 1..(at + 1 + NEAR).min(blocks.len()),
            None => at.saturating_sub(NEAR)..at,
        };
        blocks.get(near)?.iter().find_map(|block| {
            let line = block.text.trim_end_matches(['*', '.', ' ']);
            let before_colon = || Country::find(line.split_once(':')?.0);
            let value = Country::find(line).or_else(before_colon)?;
            Some(Statement {
                value,
                written: value.code().to_owned(),
                words: block.text.clone(),
                note: "the line of the title that names the country",
            })
        })
    })
}

/// Notes which countries the text names most. It settles nothing: a report on one country may well
/// name another more often.
fn count_countries(raw: &RawDocument, metadata: &mut Metadata) {
    let mut counts: std::collections::HashMap<Country, usize> = std::collections::HashMap::new();
    for block in report(raw).iter().filter(|block| block.aside.is_none()) {
        for (country, _) in countries::mentions(&block.text) {
            *counts.entry(country).or_default() += 1;
        }
    }
    let mut counts: Vec<(Country, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|&(country, count)| (std::cmp::Reverse(count), country));
    let named: Vec<String> =
        counts.iter().take(3).map(|(c, n)| format!("{} ({n})", c.name())).collect();
    if !named.is_empty() {
        let note = format!("countries named most: {}", named.join(", "));
        metadata.country.note(Evidence { origin: Origin::Text, value: None, quote: None, note });
    }
}

fn find_period(raw: &RawDocument, series: &profiles::Series, metadata: &mut Metadata) {
    let stated = series.period.iter().filter_map(|pattern| {
        own(raw).find_map(|block| {
            let groups = pattern.captures(&block.text)?;
            let value: Period = match (groups.name("from"), groups.name("to")) {
                (Some(from), Some(to)) => written_dates::period(from.as_str(), to.as_str())?,
                _ => groups.name("period")?.as_str().parse().ok()?,
            };
            let words = groups.get(0)?.as_str().to_owned();
            Some(Statement { value, written: value.to_string(), words, note: "stated there" })
        })
    });
    settle(&mut metadata.period, stated.collect());
    let Some(url) = metadata.url.value.clone() else { return };
    let by_address = series.url.iter().find_map(|pattern| {
        let period: Period = pattern.captures(&url)?.name("period")?.as_str().parse().ok()?;
        Some(period)
    });
    if let Some(period) = by_address {
        let note = "by the address of the page";
        let evidence = Evidence::new(Origin::Profile, period.to_string(), note);
        metadata.period.witness(period, evidence.quoting(quote(&url)));
    }
}

fn find_published(raw: &RawDocument, series: &profiles::Series, metadata: &mut Metadata) {
    let stated = series.published.iter().filter_map(|pattern| {
        own(raw).take(BEGINNING).find_map(|block| {
            let groups = pattern.captures(&block.text)?;
            let value = written_dates::date(groups.name("date")?.as_str())?;
            let words = groups.get(0)?.as_str().to_owned();
            Some(Statement { value, written: value.to_string(), words, note: "stated there" })
        })
    });
    settle(&mut metadata.published, stated.collect());
}

fn find_edition(raw: &RawDocument, series: &profiles::Series, metadata: &mut Metadata) {
    let stated = series.edition.iter().filter_map(|pattern| {
        own(raw).find_map(|block| {
            let groups = pattern.captures(&block.text)?;
            let value = groups.name("edition")?.as_str().to_owned();
            let words = groups.get(0)?.as_str().to_owned();
            Some(Statement { written: value.clone(), value, words, note: "named there" })
        })
    });
    settle(&mut metadata.edition, stated.collect());
}

fn find_extent(raw: &RawDocument, series: &profiles::Series, metadata: &mut Metadata) {
    let all = series.full_when.iter().all(|pattern| first_match(raw, pattern).is_some());
    if all && !series.full_when.is_empty() {
        let note = format!("all {} marks of a whole report stand in it", series.full_when.len());
        let evidence = Evidence::new(Origin::Profile, Extent::Full.name(), note);
        metadata.extent.witness(Extent::Full, evidence);
    }
}

fn note_bounds(raw: &RawDocument, publisher: &profiles::Publisher, metadata: &mut Metadata) {
    let words = publisher.captured_not_before.iter().find_map(|pattern| {
        report(raw).iter().find_map(|block| {
            let groups = pattern.captures(&block.text)?;
            Some((groups.get(0)?.as_str().to_owned(), groups.name("year")?.as_str().to_owned()))
        })
    });
    let Some((words, year)) = words else { return };
    let bound = |note: String| Evidence {
        origin: Origin::Text,
        value: None,
        quote: Some(words.clone()),
        note,
    };
    metadata.captured.note(bound(format!(
        "words around the report: the page was taken late in {year} or after; no day is stated"
    )));
    for unsettled in [&mut metadata.period.evidence, &mut metadata.edition.evidence] {
        unsettled.push(bound(format!(
            "not stated; words around the report bound only the day of capture ({year})"
        )));
    }
}

fn read_markup(raw: &RawDocument, metadata: &mut Metadata) {
    let markup = &raw.markup;
    if let Some(title) = &markup.title {
        let evidence = Evidence::new(Origin::Markup, title.clone(), "title of the page");
        if raw.format == Format::Pdf {
            // Mostly the name of the file the PDF was made from.
            let note = "title in the file's own properties".to_owned();
            metadata.title.note(Evidence { value: None, note, ..evidence.quoting(title.clone()) });
        } else {
            metadata.title.witness(title.clone(), evidence);
        }
    }
    if let Some(url) = &markup.url {
        let evidence = Evidence::new(Origin::Markup, url.clone(), "address the page gives itself");
        metadata.url.witness(url.clone(), evidence);
    }
    if let Some(day) = markup.saved.as_ref().and_then(|day| day.parse::<PartialDate>().ok()) {
        let evidence =
            Evidence::new(Origin::Markup, day.to_string(), "day the browser saved the page");
        metadata.captured.witness(day, evidence);
    }
    let noted = note_of_origin(raw).and_then(|note| note.strip_prefix("# url: "));
    if let Some(note) = noted {
        let url = note.split(' ').next().unwrap_or("").to_owned();
        let evidence = Evidence::new(Origin::Text, url.clone(), "first line of the file");
        metadata.url.witness(url, evidence.quoting(quote(note)));
    }
    if let Some(tag) = &markup.language {
        language::witness(metadata, tag, Origin::Markup, "language the markup states");
    }
    for (tag, value) in &markup.dates {
        // Only the day counts; a time of day may follow it.
        let day: Option<PartialDate> = value.get(..10).unwrap_or(value).parse().ok();
        let Some(day) = day else { continue };
        let evidence = Evidence::new(Origin::Markup, day.to_string(), format!("from {tag}"));
        let evidence = evidence.quoting(quote(value));
        if is_of_the_file(tag) {
            let note = format!("{}: {day}, a day of the file, not of the report", evidence.note);
            metadata.published.note(Evidence { value: None, note, ..evidence });
        } else {
            metadata.published.witness(day, evidence);
        }
    }
}

/// Whether a date in the markup tells when the file was made or changed, which says little about the
/// day the report came out.
fn is_of_the_file(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    ["creat", "modif", "moddate", "updat"].iter().any(|part| tag.contains(part))
}

fn compose_edition(series: &profiles::Series, metadata: &mut Metadata) {
    if let (true, Some(period)) = (series.edition_is_period, metadata.period.value) {
        let note = "editions of this series are named by the time they cover";
        let evidence = Evidence::new(Origin::Profile, period.to_string(), note);
        metadata.edition.witness(period.to_string(), evidence);
    }
}

fn compose_title(series: &profiles::Series, metadata: &mut Metadata) {
    let (Some(template), Some(country)) = (&series.title, metadata.country.value) else { return };
    let period = metadata.period.value.map_or(String::new(), |p| format!(" {p}"));
    let title = template.replace("{country}", country.name()).replace("{ period}", &period);
    let title = title.trim().to_owned();
    let note = "composed from series, period and country";
    metadata.title.witness(title.clone(), Evidence::new(Origin::Profile, title, note));
}
