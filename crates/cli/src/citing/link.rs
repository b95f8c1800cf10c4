//! The addresses that lead a browser to quoted words, for documents that were read from a page.

use citation::{Citation, LinkedPage};
use indexing::Index;
use ingestion::corpus::Corpus;
use model::DocumentId;

use super::document;
use crate::reread::{reread, shown};

/// Makes addresses; the page that was asked for last is at hand.
pub struct Links<'a> {
    index: &'a Index,
    corpus: &'a Corpus,
    page: Option<(DocumentId, Option<LinkedPage>)>,
}

impl<'a> Links<'a> {
    /// Of the documents of a library.
    pub fn of(index: &'a Index, corpus: &'a Corpus) -> Self {
        Self { index, corpus, page: None }
    }

    /// The address of the words on their page; `None` where the source is no page, its address is not
    /// known, or no fragment leads to them and nowhere else.
    pub fn link(
        &mut self,
        citation: &Citation,
        address: Option<&str>,
    ) -> anyhow::Result<Option<String>> {
        let Some(url) = address else { return Ok(None) };
        let Some(page) = self.page(&citation.document().id)? else { return Ok(None) };
        citation.verify(page.text())?;
        let range = citation.quotation().range().in_bytes(page.text());
        Ok(range.and_then(|range| page.address(range, url)))
    }

    fn page(&mut self, id: &DocumentId) -> anyhow::Result<Option<&LinkedPage>> {
        if self.page.as_ref().is_none_or(|(at_hand, _)| at_hand != id) {
            let held = document(self.index, id)?;
            let page = match shown(self.corpus, &held)? {
                Some(shown) => LinkedPage::of(&reread(self.corpus, &held)?.document, shown),
                None => None,
            };
            self.page = Some((id.clone(), page));
        }
        Ok(self.page.as_ref().and_then(|(_, page)| page.as_ref()))
    }
}
