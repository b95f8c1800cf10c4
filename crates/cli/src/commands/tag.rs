//! `forb tag` and `forb tags`: names given to passages, and what became of them.

use anyhow::{anyhow, bail};
use citation::{Selectors, Tag, Tagged, Tags, tag_name};
use clap::Args;
use indexing::Index;
use ingestion::corpus::Corpus;
use model::PassageId;

use crate::arguments::{Format, GlobalArguments};
use crate::citing::{document, passage_id};
use crate::failure::Outcome;
use crate::ingest::{lock, today};
use crate::output::Output;
use crate::paths::LibraryPaths;
use crate::reread::reread;
use crate::{library, tagging};

/// Give a passage a name of your own, to find it again.
///
/// Tags are kept in `corpus/tags.jsonl`, a web annotation a line, with the passage's words and place: they
/// outlast a new index. Where the text of a document changed, a tag is said to be orphaned; it is never
/// moved to other words.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb tag k7m2q9x4tb3c.4 registration\n  \
    forb tag k7m2.4 'chapter 3' --note 'quote with the sentence after it'\n  \
    forb tag k7m2.4 registration --remove\n  \
    forb search --tag registration")]
pub struct TagArguments {
    /// Id of the passage; of the document's part the first letters are enough.
    #[arg(value_name = "PASSAGE")]
    pub passage: String,
    /// The name.
    #[arg(value_name = "NAME")]
    pub name: String,
    /// A note, kept with the tag.
    #[arg(long, value_name = "TEXT", conflicts_with = "remove")]
    pub note: Option<String>,
    /// Take the tag away from the passage. An orphaned one is named by its whole id.
    #[arg(long)]
    pub remove: bool,
}

/// List the tags of the library, and say which passages read as they did.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb tags\n  \
    forb tags registration\n  \
    forb tags --format json | jq '.tags[] | select(.status == \"orphaned\")'")]
pub struct TagsArguments {
    /// Only tags of this name.
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    /// How they are written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

/// Runs `forb tag`.
pub fn run(
    global: &GlobalArguments,
    arguments: &TagArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let name = tag_name(&arguments.name)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let corpus = library.corpus();
    if arguments.remove {
        return remove(&corpus, &index, arguments, &name, output);
    }
    let tag = tag(&corpus, &index, arguments, name)?;
    let (passage, name) = (tag.passage.clone(), tag.name.clone());
    let held = lock(&corpus, output)?;
    let mut tags = tagging::read(&corpus, output)?;
    let came = tags.add(tag);
    if came != Tagged::Held {
        corpus.write_tags(&tags.to_text(), &held)?;
    }
    output.note(&match came {
        Tagged::Added => format!("{passage} is tagged {name}"),
        Tagged::Noted => {
            format!("{passage} was tagged {name} already; its note is the new one now")
        }
        Tagged::Held => format!("{passage} was tagged {name} already"),
    });
    Ok(Outcome::Found)
}

/// The tag that a passage is given: its words stand in the document's own text, or it is an error.
fn tag(
    corpus: &Corpus,
    index: &Index,
    arguments: &TagArguments,
    name: String,
) -> anyhow::Result<Tag> {
    let id = passage_id(index, &arguments.passage)?;
    let record = index.passage(&id)?.ok_or_else(|| {
        anyhow!("there is no passage {id}; `forb show {}` shows its document", id.document)
    })?;
    let held = document(index, &id.document)?;
    let read = reread(corpus, &held)?;
    let (text, passage) = (read.document.text(), &record.passage.passage);
    let selectors = Selectors::of(text, passage.range)
        .filter(|selectors| selectors.exact == passage.text)
        .ok_or_else(|| anyhow!("passage {id} is not in its document any more; run `forb index`"))?;
    let note = arguments.note.as_deref().map(str::trim).filter(|note| !note.is_empty());
    Ok(Tag {
        name,
        note: note.map(str::to_owned),
        passage: id,
        created: today(),
        sha256: held.metadata.sha256,
        url: held.metadata.url.value.clone(),
        selectors,
    })
}

fn remove(
    corpus: &Corpus,
    index: &Index,
    arguments: &TagArguments,
    name: &str,
    output: &Output,
) -> anyhow::Result<Outcome> {
    // What is orphaned may be of a document that is gone: its whole id names it still.
    let id: PassageId = match passage_id(index, &arguments.passage) {
        Ok(id) => id,
        Err(error) => arguments.passage.parse().map_err(|_| error)?,
    };
    let held = lock(corpus, output)?;
    let mut tags: Tags = tagging::read(corpus, output)?;
    if !tags.iter().any(|tag| tag.is_called(name)) {
        bail!("{}", tagging::unknown(&tags, name));
    }
    if tags.remove(|tag| tag.is_called(name) && tag.passage == id) == 0 {
        bail!("{id} has no tag `{name}`; `forb tags '{name}'` lists the passages that have it");
    }
    corpus.write_tags(&tags.to_text(), &held)?;
    output.note(&format!("{id} is not tagged {name} any more"));
    Ok(Outcome::Found)
}

/// Runs `forb tags`.
pub fn list(
    global: &GlobalArguments,
    arguments: &TagsArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let library = LibraryPaths::find(global.library.as_deref())?;
    let index = library::open(&library, output)?;
    let corpus = library.corpus();
    let tags = tagging::read(&corpus, output)?;
    let asked = |tag: &&Tag| arguments.name.as_ref().is_none_or(|name| tag.is_called(name));
    if let Some(name) = arguments.name.as_ref().filter(|_| !tags.iter().any(|tag| asked(&tag))) {
        bail!("{}", tagging::unknown(&tags, name));
    }
    let shown = tagging::shown(tags.iter().filter(asked), &corpus, &index)?;
    output.data(&match arguments.format {
        Format::Text => render::tags_text(&shown, *output.style()),
        Format::Json => render::tags_json(&shown),
    })?;
    if shown.is_empty() {
        output.note("this library has no tags: `forb tag PASSAGE NAME` gives one");
        return Ok(Outcome::Nothing);
    }
    let orphaned = shown.iter().any(|shown| shown.is_orphaned());
    Ok(if orphaned { Outcome::Unsound } else { Outcome::Found })
}
