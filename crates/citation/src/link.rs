//! The address of words on a page: the page's own, with a text fragment that leads a browser to the very
//! words. What a browser shows as one block is put together from the blocks of the document.

use model::{Document, Role, TextRange};

use crate::fragment::{Page, Stretch, TextFragment};

/// The address of a byte range of a document that was read from a page; `None` where no fragment leads
/// there and nowhere else: in tables, whose cells a document does not keep apart, and where a few words
/// around it do not tell it from another place.
pub fn link(document: &Document, range: TextRange, url: &str) -> Option<String> {
    let text = document.text();
    let words = range.of(text)?;
    let lead = words.len() - words.trim_start().len();
    let range = TextRange::new(range.start + lead, range.start + words.trim_end().len());
    let in_table = |block: &model::Block| block.role == Role::Table && block.range.overlaps(&range);
    if range.is_empty() || document.blocks().iter().any(in_table) {
        return None;
    }
    let shown = shown_blocks(document);
    let place = |at: usize| shown.partition_point(|block| block.start <= at).checked_sub(1);
    let (first, last) = (place(range.start)?, place(range.end - 1)?);
    let stretch = Stretch {
        first_block: first,
        start: range.start - shown[first].start,
        last_block: last,
        end: range.end - shown[last].start,
    };
    let page = Page::of(shown.iter().filter_map(|block| block.of(text)));
    Some(TextFragment::of(&page, stretch)?.address(url))
}

/// The blocks as a browser shows them: a heading or number that shares the line of what follows is of
/// one block with it.
fn shown_blocks(document: &Document) -> Vec<TextRange> {
    let mut shown: Vec<TextRange> = Vec::new();
    for block in document.blocks() {
        let joined = document.text().get(..block.range.start).is_some_and(|t| t.ends_with(' '));
        match shown.last_mut().filter(|_| joined) {
            Some(last) => last.end = block.range.end,
            None => shown.push(block.range),
        }
    }
    shown
}
