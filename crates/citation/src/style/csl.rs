//! Styles that are CSL files: the six that come with the processor, and the user's own. What the
//! processor is known to get wrong is put right here: a date of which only the year is known, doubled
//! spaces. What CSL cannot say (that a copy was captured, that a digest is one) is added at the end.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, LOCALES, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{self, IndependentStyle, Locale, LocaleCode};
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, CitationItem, CitationRequest,
    ElemChild, ElemChildren, LocatorPayload, SpecificLocator,
};

use super::complete::completed;
use super::text::{Run, StyledText};
use super::{Listed, Reference, Style, copy_line};
use crate::export::{csl_item, key};
use crate::pinpoint::{Paragraph, Pinpoint};
use crate::work::Work;

static ALL: LazyLock<Vec<Locale>> = LazyLock::new(locales);
/// The locales of English: reading all of them takes longer than everything else that a citation needs.
static ENGLISH: LazyLock<Vec<Locale>> = LazyLock::new(|| {
    let english = LOCALES.iter().filter(|file| is_english(file));
    english.filter_map(|file| ciborium::from_reader(*file).ok()).collect()
});

/// The largest style file that is read, in bytes.
const LARGEST_FILE: usize = 4 << 20;

/// A CSL style of the user's.
#[derive(Debug)]
pub struct CslFile {
    style: IndependentStyle,
}

/// A style that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidStyle {
    /// The file is no CSL.
    #[error("this is no CSL style ({0}): give an independent style in CSL 1.0, a file `….csl`")]
    NotCsl(String),
    /// The style only points to another one.
    #[error("this CSL style only points to {0}: give the file of that style")]
    Dependent(String),
    /// The file is too large to be a style.
    #[error("this style has {0} bytes: a CSL style has at most {LARGEST_FILE}")]
    TooLarge(usize),
    /// The style asks for something that the processor cannot do.
    #[error("the CSL style cannot be applied to this work: choose another style")]
    NotApplicable,
}

impl CslFile {
    /// Reads a style. Nothing that the file points to is fetched.
    ///
    /// # Errors
    /// When the file is no independent CSL style.
    pub fn read(xml: &str) -> Result<Self, InvalidStyle> {
        if xml.len() > LARGEST_FILE {
            return Err(InvalidStyle::TooLarge(xml.len()));
        }
        match citationberg::Style::from_xml(xml) {
            Ok(citationberg::Style::Independent(style)) => Ok(Self { style: completed(style) }),
            Ok(citationberg::Style::Dependent(style)) => {
                Err(InvalidStyle::Dependent(style.parent_link.href))
            }
            Err(error) => {
                let told = error.to_string().chars().take(120).collect();
                Err(InvalidStyle::NotCsl(told))
            }
        }
    }

    /// The style's title.
    pub fn title(&self) -> &str {
        &self.style.info.title.value
    }

    /// A place in a work, cited in this style.
    ///
    /// # Errors
    /// When the style cannot be applied.
    pub fn cite(&self, work: &Work, pinpoint: &Pinpoint) -> Result<Reference, InvalidStyle> {
        let place = printed_place(pinpoint).or_else(|| heading_place(pinpoint));
        let item = item_of(csl_item(work))?;
        let mut reference = rendered(&self.style, None, &item, place.as_ref())?;
        append(&mut reference, work.caution());
        Ok(reference)
    }

    /// The list of works in this style, in its order. A style without one lists what it prints for each
    /// work.
    ///
    /// # Errors
    /// When the style cannot be applied.
    pub fn list(&self, works: &[Work]) -> Result<Vec<Listed>, InvalidStyle> {
        let items: Vec<Item> =
            works.iter().map(|work| item_of(csl_item(work))).collect::<Result<_, _>>()?;
        listed(&self.style, None, works, &items, Work::caution)
    }
}

/// A place in a work, cited in one of the styles that come with the processor.
pub(super) fn cite(
    style: Style,
    work: &Work,
    pinpoint: &Pinpoint,
) -> Result<Reference, InvalidStyle> {
    let (csl, locale) = archived(style)?;
    let place = place_in(style, pinpoint);
    let mut reference = rendered(&csl, Some(locale), &item_in(style, work)?, place.as_ref())?;
    // What stands in brackets in the text leaves the copy to the list of works.
    let in_text = (style != Style::Chicago).then(|| reference.citation.clone());
    append(&mut reference, copy_in(style, work));
    if let Some(citation) = in_text {
        reference.citation = citation;
    }
    Ok(reference)
}

/// The list of works in one of the styles that come with the processor.
pub(super) fn list(style: Style, works: &[Work]) -> Result<Vec<Listed>, InvalidStyle> {
    let (csl, locale) = archived(style)?;
    let items: Vec<Item> =
        works.iter().map(|work| item_in(style, work)).collect::<Result<_, _>>()?;
    listed(&csl, Some(locale), works, &items, |work| copy_in(style, work))
}

/// The style's file and the locale that its manual is written in.
fn archived(style: Style) -> Result<(IndependentStyle, LocaleCode), InvalidStyle> {
    let (archived, locale) = match style {
        Style::Apa => (ArchivedStyle::AmericanPsychologicalAssociation, "en-US"),
        Style::Mla => (ArchivedStyle::ModernLanguageAssociation, "en-US"),
        Style::Harvard => (ArchivedStyle::HarvardCiteThemRight, "en-GB"),
        Style::Vancouver => (ArchivedStyle::NlmCitationSequence, "en-US"),
        Style::Ieee => (ArchivedStyle::InstituteOfElectricalAndElectronicsEngineers, "en-US"),
        _ => (ArchivedStyle::ChicagoNotes, "en-US"),
    };
    match archived.get() {
        citationberg::Style::Independent(csl) => {
            Ok((completed(csl), LocaleCode(locale.to_owned())))
        }
        citationberg::Style::Dependent(_) => Err(InvalidStyle::NotApplicable),
    }
}

/// Whether a style prints the day of reading in words of its own.
fn prints_access(style: Style) -> bool {
    matches!(style, Style::Harvard | Style::Vancouver | Style::Ieee)
}

/// A work with the fields that a style wants of it.
fn item_in(style: Style, work: &Work) -> Result<Item, InvalidStyle> {
    let mut fields = csl_item(work);
    // Where an organisation publishes its own report, APA leaves the publisher out and MLA the author.
    let drop = match style {
        Style::Apa if work.is_published_by_its_author() => Some("publisher"),
        Style::Mla if work.is_published_by_its_author() => Some("author"),
        _ => None,
    };
    if let Some(fields) = fields.as_object_mut() {
        drop.map(|name| fields.remove(name));
        if !prints_access(style) {
            fields.remove("accessed");
        }
        // The archive's address is in the line of the copy.
        fields.remove("archive_location");
    }
    item_of(fields)
}

/// What is added of the copy at the end of an entry.
fn copy_in(style: Style, work: &Work) -> Option<String> {
    match (prints_access(style), &work.archived) {
        (true, None) => work.caution(),
        _ => copy_line(work),
    }
}

/// Where in the work, in the words of a style that has no label for it.
struct PlaceName {
    kind: Locator,
    words: String,
}

/// The pinpoint as far as the style allows one.
fn place_in(style: Style, pinpoint: &Pinpoint) -> Option<PlaceName> {
    let custom = |words: String| Some(PlaceName { kind: Locator::Custom, words });
    let counted = pinpoint.paragraph.as_ref().filter(|paragraph| paragraph.is_counted());
    match style {
        // Numbered styles cite whole works; a printed number may be added.
        Style::Vancouver => None,
        // APA 7 §8.28: page, paragraph (counted where none is printed), or the heading's section.
        Style::Apa => printed_place(pinpoint).or_else(|| {
            let heading = pinpoint.heading().map(|heading| format!("“{heading}” section"));
            joined_by(heading, counted.map(counted_paragraph)).and_then(custom)
        }),
        // Chicago 18 §14.53: the heading under which the words stand, where nothing is numbered.
        Style::Chicago => printed_place(pinpoint).or_else(|| {
            pinpoint.heading().and_then(|heading| custom(format!("under “{heading}”")))
        }),
        // MLA 9 §6.20: only numbers and sections that the work itself shows.
        _ => printed_place(pinpoint).or_else(|| heading_place(pinpoint)),
    }
}

fn joined_by(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}, {second}")),
        (first, second) => first.or(second),
    }
}

fn counted_paragraph(paragraph: &Paragraph) -> String {
    let label = if paragraph.is_several() { "paras." } else { "para." };
    // In square brackets: the processor drops a round one before the one that closes the citation.
    format!("{label} {} [counted]", paragraph.number())
}

/// A number that is printed: the paragraph's, else the page's.
fn printed_place(pinpoint: &Pinpoint) -> Option<PlaceName> {
    let paragraph = pinpoint.printed_paragraph().map(|label| (Locator::Paragraph, label));
    let page = pinpoint.printed_page().map(|label| (Locator::Page, label));
    let (kind, words) = paragraph.or(page)?;
    Some(PlaceName { kind, words: words.to_owned() })
}

fn heading_place(pinpoint: &Pinpoint) -> Option<PlaceName> {
    let words = format!("“{}”", pinpoint.heading()?);
    Some(PlaceName { kind: Locator::Section, words })
}

fn item_of(fields: serde_json::Value) -> Result<Item, InvalidStyle> {
    serde_json::from_value(fields).map_err(|_| InvalidStyle::NotApplicable)
}

/// The locales that are looked at for a style: in English nothing but English is.
fn locales_of(style: &IndependentStyle, locale: Option<&LocaleCode>) -> &'static [Locale] {
    let named = locale.or(style.default_locale.as_ref());
    match named.is_none_or(|code| code.0.starts_with("en-")) {
        true => &ENGLISH,
        false => &ALL,
    }
}

/// Whether an archived locale is of English: near the beginning it names its language.
fn is_english(file: &[u8]) -> bool {
    let head = &file[..file.len().min(200)];
    ["en-US", "en-GB"].iter().any(|code| head.windows(5).any(|part| part == code.as_bytes()))
}

/// The citation and the entry of the list. The processor breaks off by a panic where it has met
/// something it does not know; that is an error here.
fn rendered(
    style: &IndependentStyle,
    locale: Option<LocaleCode>,
    item: &Item,
    place: Option<&PlaceName>,
) -> Result<Reference, InvalidStyle> {
    let files = locales_of(style, locale.as_ref());
    let render = || {
        let locator =
            place.map(|place| SpecificLocator(place.kind, LocatorPayload::Str(&place.words)));
        let items = vec![CitationItem::with_locator(item, locator)];
        let mut driver = BibliographyDriver::new();
        driver.citation(CitationRequest::new(items, style, locale.clone(), files, Some(1)));
        driver.finish(BibliographyRequest::new(style, locale.clone(), files))
    };
    let made = catch_unwind(AssertUnwindSafe(render)).map_err(|_| InvalidStyle::NotApplicable)?;
    let citation = made.citations.first().map(|made| styled(&made.citation)).unwrap_or_default();
    let entries = made.bibliography.map(|made| made.items);
    let bibliography = entries.and_then(|items| items.first().map(entry));
    Ok(Reference { citation, bibliography })
}

/// The list of works, numbered, ordered and told apart by the style.
fn listed(
    style: &IndependentStyle,
    locale: Option<LocaleCode>,
    works: &[Work],
    items: &[Item],
    copy: impl Fn(&Work) -> Option<String>,
) -> Result<Vec<Listed>, InvalidStyle> {
    let files = locales_of(style, locale.as_ref());
    let render = || {
        let mut driver = BibliographyDriver::new();
        for (at, item) in items.iter().enumerate() {
            let items = vec![CitationItem::with_entry(item)];
            let note = Some(at + 1);
            driver.citation(CitationRequest::new(items, style, locale.clone(), files, note));
        }
        driver.finish(BibliographyRequest::new(style, locale.clone(), files))
    };
    let made = catch_unwind(AssertUnwindSafe(render)).map_err(|_| InvalidStyle::NotApplicable)?;
    let place = |id: &str| works.iter().position(|work| key(work) == id);
    let finished = |work: usize, text: StyledText| {
        let mut reference = Reference { citation: StyledText::default(), bibliography: Some(text) };
        append(&mut reference, copy(&works[work]));
        Listed { work, entry: reference.bibliography.unwrap_or_default() }
    };
    Ok(match made.bibliography {
        Some(made) => {
            let entries = made.items.iter();
            entries.filter_map(|item| Some(finished(place(&item.key)?, entry(item)))).collect()
        }
        None => {
            let notes = made.citations.iter().enumerate();
            notes.map(|(at, made)| finished(at, styled(&made.citation))).collect()
        }
    })
}

fn entry(item: &BibliographyItem) -> StyledText {
    let mut runs = Vec::new();
    if let Some(first) = &item.first_field {
        collect(first, &mut runs);
        runs.push(Run::Plain(" ".to_owned()));
    }
    item.content.0.iter().for_each(|child| collect(child, &mut runs));
    mended(runs)
}

fn styled(children: &ElemChildren) -> StyledText {
    let mut runs = Vec::new();
    children.0.iter().for_each(|child| collect(child, &mut runs));
    mended(runs)
}

fn collect(child: &ElemChild, runs: &mut Vec<Run>) {
    match child {
        ElemChild::Text(text) => {
            let words = text.text.clone();
            runs.push(match (text.formatting.font_style, text.formatting.font_variant) {
                (citationberg::FontStyle::Italic, _) => Run::Italic(words),
                (_, citationberg::FontVariant::SmallCaps) => Run::SmallCaps(words),
                _ => Run::Plain(words),
            });
        }
        ElemChild::Elem(elem) => elem.children.0.iter().for_each(|child| collect(child, runs)),
        ElemChild::Markup(text) => runs.push(Run::Plain(text.clone())),
        ElemChild::Link { text, url } if text.text == *url => runs.push(Run::Link(url.clone())),
        ElemChild::Link { text, url } => {
            runs.push(Run::Linked { text: text.text.clone(), url: url.clone() });
        }
        ElemChild::Transparent { .. } => {}
    }
}

/// Puts right what the processor gets wrong: `(2024,)`, two spaces in a row.
fn mended(runs: Vec<Run>) -> StyledText {
    let mut text = StyledText::default();
    let mut spaced = false;
    for run in runs {
        let mend = |words: String| {
            let mut words = words.replace(",)", ")");
            while words.contains("  ") {
                words = words.replace("  ", " ");
            }
            if spaced { words.trim_start_matches(' ').to_owned() } else { words }
        };
        let run = match run {
            Run::Plain(words) => Run::Plain(mend(words)),
            Run::Italic(words) => Run::Italic(mend(words)),
            other => other,
        };
        spaced = match &run {
            Run::Plain(words) | Run::Italic(words) if !words.is_empty() => words.ends_with(' '),
            Run::Plain(_) | Run::Italic(_) => spaced,
            _ => false,
        };
        match run {
            Run::Plain(words) => text.plain(words),
            run => text.push(run),
        }
    }
    text
}

/// Adds a line at the end of the note and of the entry, before the full stop that closes a note.
fn append(reference: &mut Reference, line: Option<String>) {
    let Some(line) = line else { return };
    if reference.citation.open_end() {
        reference.citation.plain(format!("; {line}."));
    } else if !reference.citation.runs().is_empty() {
        reference.citation.plain(format!("; {line}"));
    }
    if let Some(entry) = &mut reference.bibliography {
        if entry.to_plain().trim_end().ends_with('.') {
            let mut letters = line.chars();
            let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
            entry.plain(format!(" {first}{}.", letters.as_str()));
        } else {
            // An address that closes the entry has no full stop after it.
            entry.plain(format!(" [{line}]"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locales_of_english_are_those_of_all() {
        let codes = |files: &[Locale]| -> Vec<String> {
            let codes = files.iter().filter_map(|file| file.lang.clone());
            codes.map(|code| code.0).filter(|code| code.starts_with("en-")).collect()
        };
        assert_eq!(codes(&ENGLISH), ["en-GB", "en-US"]);
        assert_eq!(codes(&ALL), codes(&ENGLISH));
    }
}
