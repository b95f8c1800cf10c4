//! The addresses of words on a page: the page's own, with a text fragment that leads a browser to the very
//! words. Where they stand among the pieces that a browser shows is told by the text itself: without white
//! space the document and the page read the same.

use model::{Document, ShownPiece, TextRange};

use crate::fragment::{OBSTACLE, Page, Stretch, TextFragment};

/// A document that was read from a page, beside what a browser shows of that page.
pub struct LinkedPage {
    text: String,
    shown: Vec<ShownPiece>,
    page: Page,
    /// At which byte of the page's text without white space each piece begins.
    starts: Vec<usize>,
    /// At which byte of it the document begins: a report on several countries is one page.
    begins: usize,
}

impl LinkedPage {
    /// A document and the pieces of its page; `None` where the page does not read as the document does.
    pub fn of(document: &Document, shown: Vec<ShownPiece>) -> Option<Self> {
        let (mut plain, mut starts) = (String::new(), Vec::with_capacity(shown.len()));
        for piece in &shown {
            starts.push(plain.len());
            plain.extend(dense(text_of(piece)).map(|(_, c)| c));
        }
        let text = document.text().to_owned();
        let wanted: String = dense(&text).map(|(_, c)| c).collect();
        let mut places = crate::find::occurrences(&plain, &wanted);
        let begins = places.next().filter(|_| places.next().is_none())?;
        let page = Page::of(shown.iter().map(|piece| match piece {
            ShownPiece::Words(words) => words.as_str(),
            ShownPiece::Unseen(_) => "",
            ShownPiece::Obstacle => OBSTACLE,
        }));
        Some(Self { text, shown, page, starts, begins })
    }

    /// The document's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The address of a byte range of the document; `None` where no fragment leads there and nowhere else:
    /// where a few words around it do not tell it from another place, and where the page does not show it.
    pub fn address(&self, range: TextRange, url: &str) -> Option<String> {
        let before = self.text.get(..range.start)?;
        let start = self.begins + length(before);
        let end = start + length(range.of(&self.text)?);
        if start == end {
            return None;
        }
        let (first, last) = (self.place(start)?, self.place(end - 1)?);
        let (first_block, start, _) = first;
        let (last_block, _, end) = last;
        let stretch = Stretch { first_block, start, last_block, end };
        Some(TextFragment::of(&self.page, stretch)?.address(url))
    }

    /// The piece that holds a byte, and where the character of it begins and ends in the piece.
    fn place(&self, at: usize) -> Option<(usize, usize, usize)> {
        let piece = self.starts.partition_point(|&start| start <= at).checked_sub(1)?;
        let within = at - self.starts[piece];
        let mut passed = 0;
        let (start, c) = dense(text_of(&self.shown[piece])).find(|(_, c)| {
            passed += c.len_utf8();
            passed > within
        })?;
        Some((piece, start, start + c.len_utf8()))
    }
}

fn text_of(piece: &ShownPiece) -> &str {
    match piece {
        ShownPiece::Words(words) | ShownPiece::Unseen(words) => words,
        ShownPiece::Obstacle => "",
    }
}

/// The characters that are no white space, with their bytes.
fn dense(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices().filter(|(_, c)| !c.is_whitespace())
}

/// How many bytes are no white space.
fn length(text: &str) -> usize {
    dense(text).map(|(_, c)| c.len_utf8()).sum()
}
