//! What the fuzz targets check, over the public interface of the libraries: the rules of
//! ARCHITECTURE.md under "What always holds". A rule that is broken panics, which is what a fuzzer
//! looks for. How inputs come about is the targets' and the fuzzer's part; files of several parts are
//! put together in [`pieces`] and [`paper`].

#[cfg(feature = "engine")]
pub mod library;
pub mod paper;
pub mod pieces;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use ingestion::codebook::built_in_annotators;
use ingestion::normalise::normalise;
use ingestion::profiles::Profiles;
use ingestion::readers::{self, Format, RawDocument};
use ingestion::segment::{LONGEST_SENTENCE, segment, set_aside};
use ingestion::unpack::{self, Parts};
use ingestion::{ReadError, SourceFile, read};
use model::{Document, Passage, Role};
#[cfg(feature = "engine")]
use query::{Highlighter, Query};
use unicode_normalization::UnicodeNormalization;

/// Any bytes as text: what is not UTF-8 is replaced, so that no input is wasted.
pub fn text(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// Reads a source file, and whatever it holds where it is compressed, a data set or an archive.
pub fn opens(source: &SourceFile, profiles: &Profiles) {
    reads(source, profiles);
    match unpack::open(source, None) {
        Ok(Parts::One(part)) if part.sha256() == source.sha256() => {}
        Ok(Parts::One(part)) => reads(&part, profiles),
        Ok(Parts::Many(many)) => many.flatten().for_each(|part| reads(&part, profiles)),
        Err(_) => {}
    }
}

/// Reads a source file. It is refused for what it is, or the document made of it keeps every rule.
pub fn reads(source: &SourceFile, profiles: &Profiles) {
    match read(source, profiles) {
        Ok(read) => {
            passages_hold(&read.document);
            if source.record.is_none() {
                no_glyph_is_lost(source.bytes(), &read.document);
            }
        }
        Err(ReadError::Defect(rule)) => panic!("{rule}"),
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
}

/// What a reader returns: blocks in the form of the house, none empty, at least one with a word;
/// pages counted from 1; warnings that say something; and the same for the same bytes.
fn reading_holds(bytes: &[u8], raw: &RawDocument) {
    for block in &raw.blocks {
        assert!(!block.text.is_empty(), "{block:?}");
        assert_eq!(normalise(&block.text), block.text);
        assert!(block.label.as_ref().is_none_or(|label| !label.trim().is_empty()), "{block:?}");
        assert!(block.page.as_ref().is_none_or(|page| page.physical > 0), "{block:?}");
        assert_eq!(block.page.is_some(), raw.format == Format::Pdf, "{block:?}");
    }
    assert!(raw.blocks.iter().any(|block| block.text.contains(char::is_alphanumeric)));
    assert!(raw.warnings.iter().all(|warning| !warning.trim().is_empty()), "{:?}", raw.warnings);
    assert_eq!(readers::read(bytes).as_ref(), Ok(raw));
}

/// Passages are verbatim, in order, each with an id of its own; and together they hold all text of
/// the report itself and nothing of what is set aside.
fn passages_hold(document: &Document) {
    let (passages, aside) = (segment(document), set_aside(document));
    let mut ids = HashSet::new();
    for passage in passages.iter().chain(&aside) {
        assert_eq!(passage.verify(document), Ok(()));
        assert_eq!(passage.id.to_string().parse().as_ref(), Ok(&passage.id));
        assert!(ids.insert(&passage.id), "{} stands twice", passage.id);
        assert!(!passage.text.trim().is_empty(), "{} is empty", passage.id);
    }
    in_order(&passages);
    in_order(&aside);
    let longest = passages.iter().map(|passage| passage.text.len()).max();
    assert!(longest <= Some(LONGEST_SENTENCE), "{longest:?} bytes");

    let mut covered = vec![false; document.text().len()];
    passages.iter().for_each(|passage| covered[passage.range.start..passage.range.end].fill(true));
    // A printed number stands in a passage only between a lead-in and its items: either is right.
    for block in document.blocks().iter().filter(|block| block.role != Role::Number) {
        let text = document.text_of(block);
        let mut glyphs = text.char_indices().filter(|(_, c)| *c != ' ');
        let belongs = block.role.is_passage_text();
        let wrong = glyphs.find(|(at, _)| covered[block.range.start + at] != belongs);
        assert_eq!(wrong, None, "{:?}: {text}", block.role);
    }

    for passage in passages {
        let annotated = built_in_annotators().annotate(passage);
        for evidence in annotated.annotations.iter().flat_map(|annotation| &annotation.evidence) {
            let words = evidence.of(&annotated.passage.text);
            assert!(words.is_some_and(|words| !words.is_empty()), "{annotated:?}");
        }
    }
}

fn in_order(passages: &[Passage]) {
    for pair in passages.windows(2) {
        assert!(pair[0].range.end <= pair[1].range.start, "{} overlaps", pair[1].id);
    }
}

/// A document holds all that its reader read, in that order; and plain text is read whole, whatever
/// was done about columns. Nothing but space comes or goes.
fn no_glyph_is_lost(bytes: &[u8], document: &Document) {
    let raw = readers::read(bytes).expect("it was read before");
    reading_holds(bytes, &raw);
    let blocks: String = raw.blocks.iter().map(|block| block.text.clone() + "\n").collect();
    assert_eq!(glyphs(document.text()), glyphs(&blocks));
    if let Ok(text) = str::from_utf8(bytes)
        && (raw.format, raw.encoding.as_str()) == (Format::Text, "UTF-8")
    {
        let (mut before, mut after) = (glyphs(text), glyphs(&blocks));
        before.sort_unstable();
        after.sort_unstable();
        assert_eq!(after.iter().collect::<String>(), before.iter().collect::<String>());
    }
}

/// What can be seen of a text, in an order that does not depend on its form of normalisation.
fn glyphs(text: &str) -> Vec<char> {
    let no_mark = text.chars().filter(|c| *c != '\u{feff}');
    no_mark.nfd().filter(|c| !c.is_whitespace() && !c.is_control()).collect()
}

/// A query is read back as it is written, and marks places of `text` that are whole characters,
/// ordered and apart.
#[cfg(feature = "engine")]
pub fn asks(query: &Query, text: &str) {
    let written = query.to_string();
    assert_eq!(query::parse(&written).query, *query, "{written}");
    let mut before = None;
    for range in Highlighter::new(query).ranges(text) {
        assert!(range.of(text).is_some_and(|marked| !marked.is_empty()), "{range:?}");
        assert!(before.is_none_or(|end| end < range.start), "{range:?}");
        before = Some(range.end);
    }
}

/// What can be read from `text` is written so that it is read back as the same.
pub fn reads_back<T>(text: &str)
where
    T: FromStr<Err: Debug + Display + PartialEq> + Display + Debug + PartialEq,
{
    match text.parse::<T>() {
        Ok(value) => assert_eq!(value.to_string().parse::<T>(), Ok(value)),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
