//! The address that leads a browser to quoted words, for documents that were read from a page.

use citation::Citation;
use indexing::Index;
use ingestion::corpus::Corpus;

use super::document;
use crate::reread::{is_page, reread};

/// The address of the words on their page; `None` where the source is no page, its address is not known,
/// or no fragment leads to them and nowhere else.
pub fn link(
    citation: &Citation,
    address: Option<&str>,
    index: &Index,
    corpus: &Corpus,
) -> anyhow::Result<Option<String>> {
    let Some(url) = address else { return Ok(None) };
    let held = document(index, &citation.document().id)?;
    if !is_page(corpus, &held)? {
        return Ok(None);
    }
    let read = reread(corpus, &held)?;
    citation.verify(read.document.text())?;
    let range = citation.quotation().range().in_bytes(read.document.text());
    Ok(range.and_then(|range| citation::link(&read.document, range, url)))
}
