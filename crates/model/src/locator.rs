//! Where a passage stands, in the terms a citation uses.

use serde::{Deserialize, Serialize};

use crate::document::Page;
use crate::range::CharacterRange;

/// The place of a passage in its document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// The headings above it, the outermost first, without the document's title.
    pub section: Vec<String>,
    /// Ordinal of its first paragraph among the body blocks of the document, from 1, headings not
    /// counted; `None` for what is no paragraph (a footnote, front matter, chrome).
    pub paragraph: Option<u32>,
    /// Ordinal of its last paragraph, where it holds several (a list kept with its lead-in).
    pub last_paragraph: Option<u32>,
    /// The number printed before the paragraph, where there is one.
    pub paragraph_label: Option<String>,
    /// The page it begins on, where there are pages.
    pub page: Option<Page>,
    /// The same place as the passage's byte range, counted in Unicode scalar values of the
    /// document's text.
    pub characters: CharacterRange,
}
