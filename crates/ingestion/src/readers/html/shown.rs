//! What a browser shows of a page, in pieces: the same way through it as the reader's, with the borders
//! kept at which a search for words in a browser stops: of blocks, lines and cells, and what is no text.

use model::ShownPiece;
use scraper::Html;

use super::compose::{Borders, INVISIBLE, LINE, OBSTACLE, compose};
use super::{nesting, survey};
use crate::normalise::normalise;
use crate::readers::RawBlock;

/// The pieces of a page, in the order in which the reader has its text.
pub fn shown(html: &str) -> Vec<ShownPiece> {
    let (bounded, _) = nesting::bound(html);
    let tree = Html::parse_document(&bounded);
    let blocks = compose(&tree, &survey::survey(&tree), Borders::Marked);
    blocks.iter().flat_map(pieces).collect()
}

/// The pieces of a block: what stands between its borders.
fn pieces(block: &RawBlock) -> Vec<ShownPiece> {
    let is_unseen = block.aside == Some(INVISIBLE);
    let mut pieces = Vec::new();
    for part in block.text.split_inclusive([LINE, OBSTACLE]) {
        let words = normalise(part).into_owned();
        if !words.is_empty() {
            pieces.push(match is_unseen {
                true => ShownPiece::Unseen(words),
                false => ShownPiece::Words(words),
            });
        }
        if part.ends_with(OBSTACLE) && !is_unseen {
            pieces.push(ShownPiece::Obstacle);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> String {
        let said = shown(html).into_iter().map(|piece| match piece {
            ShownPiece::Words(words) => words,
            ShownPiece::Unseen(words) => format!("({words})"),
            ShownPiece::Obstacle => "*".to_owned(),
        });
        said.collect::<Vec<_>>().join("|")
    }

    #[test]
    fn lines_cells_and_what_is_no_text_part_the_words() {
        assert_eq!(said("<p>One <b>w</b>ord<br>and another<wbr>s</p>"), "One word|and anothers");
        assert_eq!(said("<p>On <img src=x> a <svg></svg>line</p>"), "On|*|a|*|line");
        let table = "<table><tr><th>Valley<td>41<td>Two were<br>sealed</table>";
        assert_eq!(said(table), "Valley|41|Two were|sealed");
        assert_eq!(
            said("<h2>A heading<br>of two lines</h2><dl><dt>Term<dd>Said</dl>"),
            "A heading|of two lines|Term|Said"
        );
        assert_eq!(said("<p>Law<sup>1</sup> and<!-- no --> order</p>"), "Law¹ and order");
    }

    #[test]
    fn what_the_markup_hides_is_told_apart() {
        assert_eq!(said("<p style='display:none'>No</p><p>Yes</p>"), "(No)|Yes");
        let within = "<p>Seen <span style='display:none'>not</span> again</p>";
        assert_eq!(said(within), "Seen|*|again|(not)");
        assert_eq!(said("<p>A <button>press</button> b</p>"), "A|*|*|b|press");
    }
}
