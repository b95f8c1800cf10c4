//! A document of the index read again from its capture, as it was when it came in: the index keeps
//! passages, and only the corpus has the rest.

use anyhow::{Context, anyhow, bail};
use ingestion::corpus::Corpus;
use ingestion::records;
use ingestion::unpack::{self, Mapping, Parts};
use ingestion::{ReadDocument, SourceFile};
use model::{DocumentId, DocumentRecord, ShownPiece};

use crate::contents::{Rules, read_document};

/// Reads a document again.
///
/// Fails where its capture is gone or has changed, and where what is read is no longer what the
/// index has: the two would then be shown as one.
pub fn reread(corpus: &Corpus, held: &DocumentRecord) -> anyhow::Result<ReadDocument> {
    let source = source(corpus, held)
        .with_context(|| format!("{} cannot be read again", held.metadata.file_name))?;
    let file = read_document(&source, &Rules::of(corpus)?)
        .map_err(|reason| anyhow!("{} cannot be read again: {reason}", held.metadata.file_name))?;
    let read = with_id(file, &held.id).ok_or_else(|| {
        anyhow!("{} is not found in its file any more; run `forb index`", held.id)
    })?;
    let now = records::counted(&read, &held.settled.verdict);
    let counts = |record: &DocumentRecord| (record.passages, record.words, record.set_aside);
    if counts(&now) != counts(held) || now.settled.marks != held.settled.marks {
        bail!(
            "{} reads otherwise now than when it was indexed; run `forb index`, then ask again",
            held.metadata.file_name
        );
    }
    Ok(read)
}

/// What a browser shows of the page that a document was read from; `None` where it is no page of HTML.
pub fn shown(corpus: &Corpus, held: &DocumentRecord) -> anyhow::Result<Option<Vec<ShownPiece>>> {
    let source = source(corpus, held)?;
    let charset = source.fetched.as_ref().and_then(|fetched| fetched.charset.as_deref());
    Ok(ingestion::readers::shown(source.bytes(), charset))
}

/// The document with this id among those of a file: the file itself, or a chapter of it.
fn with_id(mut file: ReadDocument, id: &DocumentId) -> Option<ReadDocument> {
    if file.document.id() == id {
        return Some(file);
    }
    let at = file.chapters.iter().position(|chapter| chapter.document.id() == id)?;
    Some(file.chapters.swap_remove(at))
}

/// The bytes of a document: its capture, or the part of it that it is.
fn source(corpus: &Corpus, held: &DocumentRecord) -> anyhow::Result<SourceFile> {
    let part = held.metadata.part_of.as_ref();
    let capture = part.map_or_else(|| held.id.clone(), |part| part.sha256.document_id());
    let records = corpus.records()?;
    let record = records
        .get(&capture)
        .ok_or_else(|| anyhow!("its capture is in no record of the corpus; run `forb doctor`"))?;
    let whole = corpus.load(record).context("its capture is damaged; run `forb doctor`")?;
    let mapping: Option<Mapping> = record.mapping.as_deref().map(str::parse).transpose()?;
    let place = part.map(|part| part.place.as_str());
    match unpack::open(&whole, mapping.as_ref())? {
        Parts::One(inner) => Ok(*inner),
        Parts::Many(many) => {
            // A chapter has the hash of the file that it was cut out of.
            let is_it = |source: &SourceFile| source.sha256() == held.metadata.sha256;
            many.flatten().find(is_it).ok_or_else(|| {
                anyhow!("{} is not found in {} any more", place.unwrap_or("it"), record.name)
            })
        }
    }
}
