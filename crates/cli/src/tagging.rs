//! A library's tags against its texts: where the words of each stand now, and the passages that a
//! search for a tag is restricted to.

use std::collections::BTreeMap;

use anyhow::bail;
use citation::{Anchor, Tag, Tags};
use indexing::Index;
use ingestion::corpus::Corpus;
use model::{DocumentId, Field, PassageId, nearest};
use query::Filters;
use render::{ShownTag, TagStanding};

use crate::output::Output;
use crate::reread::reread;

/// The tags of a library. Lines that are no tags are told.
pub fn read(corpus: &Corpus, output: &Output) -> anyhow::Result<Tags> {
    let tags = Tags::read(&corpus.tags_text()?);
    for (line, reason) in tags.unread() {
        output
            .warning(&format!("line {line} of corpus/tags.jsonl is no tag and is kept: {reason}"));
    }
    Ok(tags)
}

/// Where the words of each tag stand now.
pub fn shown<'a>(
    tags: impl IntoIterator<Item = &'a Tag>,
    corpus: &Corpus,
    index: &Index,
) -> anyhow::Result<Vec<ShownTag>> {
    let mut texts = BTreeMap::new();
    let shown = tags.into_iter().map(|tag| {
        let standing = match held_whole(tag, index)? {
            Some(passage) => TagStanding::Exact(vec![passage]),
            None => in_document(tag, corpus, index, &mut texts)?,
        };
        Ok(ShownTag { tag: tag.clone(), standing })
    });
    shown.collect()
}

/// The passage of the tag's own id, where all its words stand in it as they did.
fn held_whole(tag: &Tag, index: &Index) -> anyhow::Result<Option<PassageId>> {
    let record = index.passage(&tag.passage)?;
    Ok(record.filter(|record| tag.stands_in(&record.passage.passage)).map(|_| tag.passage.clone()))
}

/// The passages over which the tag's words stand now in the text of its document.
fn in_document(
    tag: &Tag,
    corpus: &Corpus,
    index: &Index,
    texts: &mut BTreeMap<DocumentId, Option<String>>,
) -> anyhow::Result<TagStanding> {
    let id = &tag.passage.document;
    let Some(held) = index.document(id)? else {
        return Ok(TagStanding::Orphaned(format!("{id} is not in this library")));
    };
    let text = texts
        .entry(id.clone())
        .or_insert_with(|| Some(reread(corpus, &held).ok()?.document.text().to_owned()));
    let Some(text) = text else {
        return Ok(TagStanding::Orphaned(format!("{id} cannot be read again; run `forb doctor`")));
    };
    let range = match tag.selectors.find(text) {
        Anchor::InPlace(range) => range,
        Anchor::Moved(range) => {
            let now = range.in_characters(text).unwrap_or(tag.selectors.position);
            let (start, end) = (now.start, now.end);
            return Ok(TagStanding::Orphaned(format!(
                "the text of {id} changed: the words stand at characters {start} to {end} of it now; \
                 tag them again there"
            )));
        }
        Anchor::Ambiguous { places } => {
            return Ok(TagStanding::Orphaned(format!(
                "the text of {id} changed: the words stand at {places} places of it now"
            )));
        }
        Anchor::Orphaned => {
            return Ok(TagStanding::Orphaned(format!(
                "the text of {id} changed: the words do not stand in it any more"
            )));
        }
    };
    let records = index.passages_of(id)?.into_iter().map(|record| record.passage.passage);
    let over: Vec<PassageId> = records
        .filter(|passage| passage.range.overlaps(&range))
        .map(|passage| passage.id)
        .collect();
    Ok(match over.is_empty() {
        true => TagStanding::Orphaned(format!("the words stand in no passage of {id} any more")),
        false => TagStanding::Exact(over),
    })
}

/// Restricts a search to the passages that have any of these tags. Those that are orphaned are told.
pub fn restrict(
    mut filters: Filters,
    names: &[String],
    corpus: &Corpus,
    index: &Index,
    output: &Output,
) -> anyhow::Result<Filters> {
    if names.is_empty() {
        return Ok(filters);
    }
    let tags = read(corpus, output)?;
    for name in names {
        if !tags.iter().any(|tag| tag.is_called(name)) {
            bail!("{}", unknown(&tags, name));
        }
    }
    let asked = |tag: &&Tag| names.iter().any(|name| tag.is_called(name));
    let shown = shown(tags.iter().filter(asked), corpus, index)?;
    let orphaned = shown.iter().filter(|shown| shown.is_orphaned()).count();
    if orphaned == shown.len() {
        bail!("no passage with this tag reads as it did; `forb tags` says what became of each");
    }
    if orphaned > 0 {
        let noun = if orphaned == 1 { "tagged passage" } else { "tagged passages" };
        output.note(&format!("{orphaned} {noun} left out as orphaned; `forb tags` shows them"));
    }
    for passage in shown.iter().flat_map(ShownTag::passages) {
        filters = filters.with(Field::Passage, passage.to_string());
    }
    Ok(filters)
}

/// That no tag is called so, with the nearest that are.
pub fn unknown(tags: &Tags, name: &str) -> String {
    let names: std::collections::BTreeSet<&str> =
        tags.iter().map(|tag| tag.name.as_str()).collect();
    match (names.is_empty(), nearest(name, names, 3)) {
        (true, _) => format!(
            "this library has no tag `{name}`, and no other: `forb tag PASSAGE NAME` gives one"
        ),
        (_, near) if near.is_empty() => {
            format!("this library has no tag `{name}`; `forb tags` lists those it has")
        }
        (_, near) => format!("this library has no tag `{name}`; did you mean {}?", near.join(", ")),
    }
}
