//! Reports on several countries, such as an annual report with a chapter on each: cut into one
//! document a country where the headings say unmistakably that they are chapters. What belongs to no
//! country (an introduction, what follows the last chapter) stays the document of the whole file.
//!
//! In doubt nothing is cut, and a warning says what was seen. A chapter keeps the printed and
//! physical page numbers of its file; its id is made from the hash of the captured bytes and its
//! place there, which is the country's code, so that it stays the same however headings are spelled
//! or counted.

use std::ops::Range;

use model::{
    Block, ContentHash, Country, Document, DocumentId, Evidence, InvalidDocument, Metadata, Origin,
    PartOf, Role, TextRange,
};

use crate::source::hash;

/// How many countries have headings of one level where these are chapters.
const FEWEST: usize = 3;

/// Shortest heading that is taken for a country's name, in characters: what is shorter is a code or
/// an abbreviation (`US`, `IT`).
const SHORTEST_NAME: usize = 4;

/// What the headings of a document say of its chapters.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Too few countries have headings of their own.
    Whole,
    /// Several countries have headings, but it is not certain that these are chapters: how many,
    /// and why.
    Doubtful(usize, String),
    /// It consists of chapters, in the order of the text.
    Chapters(Vec<Chapter>),
}

/// A chapter on one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chapter {
    country: Country,
    /// Ordinals of its blocks among those of the document, its heading the first.
    blocks: Range<usize>,
}

/// The country under whose heading a document stands that is a chapter of the file with this hash;
/// `None` for any other document.
pub fn chapter_of(id: &DocumentId, file: ContentHash) -> Option<Country> {
    let mut all = Country::all();
    all.find(|&country| chapter_id(file, country) == *id).filter(|_| *id != file.document_id())
}

fn place(country: Country) -> String {
    format!("chapter {}", country.code())
}

/// The id of the chapter on a country in the file with this hash.
pub fn chapter_id(file: ContentHash, country: Country) -> DocumentId {
    let named = [&file.0[..], place(country).as_bytes()].concat();
    hash(&named).document_id()
}

/// What the headings of a document say of its chapters.
pub(crate) fn layout(document: &Document) -> Layout {
    let headings: Vec<Heading> = headings(document).collect();
    let of_level = |level: u8| {
        let named = headings.iter().filter(move |h| h.level == level && h.country.is_some());
        named.collect::<Vec<&Heading>>()
    };
    let distinct = |level: u8| {
        let mut countries: Vec<_> = of_level(level).iter().map(|h| h.country).collect();
        countries.sort_unstable();
        countries.dedup();
        countries.len()
    };
    // The outermost level of those that name the most countries.
    let Some(level) = (1..=9).max_by_key(|&l| (distinct(l), u8::MAX - l)) else {
        return Layout::Whole;
    };
    let (count, named) = (distinct(level), of_level(level));
    let (Some(first), Some(last)) = (named.first(), named.last()) else { return Layout::Whole };
    if count < FEWEST {
        return Layout::Whole;
    }
    let doubt = |why: &str| Layout::Doubtful(count, why.to_owned());
    if let Some(known) = document.metadata.country.value {
        return Layout::Doubtful(count, format!("the document as a whole is on {}", known.name()));
    }
    if named.len() > count {
        return doubt("one of them has two headings");
    }
    let between = |h: &&Heading| first.at < h.at && h.at < last.at;
    if headings.iter().filter(between).any(|h| h.level == level && h.country.is_none()) {
        return doubt("headings of the same level that name no country stand between them");
    }
    let mut chapters: Vec<Chapter> = Vec::with_capacity(count);
    for heading in named {
        let Some(country) = heading.country else { continue };
        let end = headings.iter().find(|h| h.at > heading.at && h.level <= level);
        let end = end.map_or(document.blocks().len(), |next| next.at);
        chapters.push(Chapter { country, blocks: heading.at..end });
    }
    // What is set aside at the very end surrounds the report, not its last chapter.
    if let Some(last) = chapters.last_mut() {
        let aside = document.blocks()[last.blocks.clone()].iter().rev();
        last.blocks.end -= aside.take_while(|block| block.role.is_set_aside()).count();
    }
    let text_in = |blocks: &[Block]| -> usize {
        blocks.iter().filter(|b| b.role.is_paragraph()).map(|b| b.range.len()).sum()
    };
    let lengths: Vec<usize> =
        chapters.iter().map(|c| text_in(&document.blocks()[c.blocks.clone()])).collect();
    if lengths.contains(&0) {
        return doubt("no text follows one of them");
    }
    if lengths.iter().sum::<usize>() * 2 < text_in(document.blocks()) {
        return doubt("most of the text stands elsewhere");
    }
    Layout::Chapters(chapters)
}

/// A heading: its ordinal among all blocks, its level, and the country that it names.
struct Heading {
    at: usize,
    level: u8,
    country: Option<Country>,
}

fn headings(document: &Document) -> impl Iterator<Item = Heading> {
    let blocks = document.blocks().iter().enumerate();
    blocks.filter(|(_, block)| block.role == Role::Heading).map(|(at, block)| {
        let country = named(document.text_of(block));
        Heading { at, level: block.level, country }
    })
}

/// The country whose name is the whole of a heading, but for a number before it and a mark after it.
fn named(heading: &str) -> Option<Country> {
    let is_number = |word: &str| {
        word.strip_suffix(['.', ')']).is_some_and(|number| {
            let roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
            !number.is_empty()
                && (number.bytes().all(|b| b.is_ascii_digit()) || number.chars().all(roman))
        })
    };
    let name = match heading.split_once(' ') {
        Some((first, rest)) if is_number(first) => rest,
        _ => heading,
    };
    let name = name.trim_end_matches(['*', ':', '.', ' ']);
    (name.chars().count() >= SHORTEST_NAME).then(|| Country::find(name)).flatten()
}

/// Cuts a document into what belongs to no country, under the document's own id, and its chapters.
/// `known` says what is known of a chapter before its heading is; of its country, what a person says
/// of this chapter and nothing else.
///
/// # Errors
/// Never for a document whose invariants hold.
pub(crate) fn cut(
    document: &Document,
    chapters: &[Chapter],
    known: impl Fn(Country) -> Metadata,
) -> Result<(Document, Vec<Document>), InvalidDocument> {
    let in_chapter = |at: &usize| chapters.iter().any(|c| c.blocks.contains(at));
    let outside = (0..document.blocks().len()).filter(|at| !in_chapter(at));
    let (text, blocks) = gather(document, outside);
    let mut metadata = document.metadata.clone();
    let note = format!("chapters on {} countries are documents of their own", chapters.len());
    metadata.country.note(Evidence { origin: Origin::Text, value: None, quote: None, note });
    let rest = Document::new(document.id().clone(), metadata, text, blocks)?;
    let cut = chapters.iter().map(|chapter| {
        let (text, blocks) = gather(document, chapter.blocks.clone());
        let metadata = metadata_of(document, chapter, known(chapter.country), chapters.len());
        let id = chapter_id(document.metadata.sha256, chapter.country);
        Document::new(id, metadata, text, blocks)
    });
    Ok((rest, cut.collect::<Result<_, _>>()?))
}

fn metadata_of(
    document: &Document,
    chapter: &Chapter,
    mut metadata: Metadata,
    count: usize,
) -> Metadata {
    let place = place(chapter.country);
    metadata.file_name = format!("{}: {place}", metadata.file_name);
    metadata.part_of = Some(match &document.metadata.part_of {
        Some(whole) => PartOf { place: format!("{}, {place}", whole.place), ..whole.clone() },
        None => PartOf {
            sha256: document.metadata.sha256,
            file_name: document.metadata.file_name.clone(),
            place,
        },
    });
    let heading = document.blocks().get(chapter.blocks.start).map(|b| document.text_of(b));
    let note = format!("heading of the chapter, one of {count} on a country each");
    let evidence = Evidence::new(Origin::Text, chapter.country.code(), note);
    metadata.country.witness(chapter.country, evidence.quoting(heading.unwrap_or("")));
    metadata
}

/// The text of some blocks, in order, and the blocks on it.
fn gather(document: &Document, ordinals: impl Iterator<Item = usize>) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut before = None;
    for at in ordinals {
        let Some(block) = document.blocks().get(at) else { continue };
        if let Some(before) = before {
            // Neighbours stay parted as they were.
            let gap = block.range.start.saturating_sub(1)..block.range.start;
            let separator = document.text().get(gap).filter(|_| before + 1 == at);
            text.push_str(separator.unwrap_or("\n"));
        }
        let start = text.len();
        text.push_str(document.text_of(block));
        blocks.push(Block { range: TextRange::new(start, text.len()), ..block.clone() });
        before = Some(at);
    }
    (text, blocks)
}

#[cfg(test)]
mod tests;
