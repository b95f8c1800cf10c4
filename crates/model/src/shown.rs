//! What a browser shows of a page, for addresses that lead to words on it.

/// A piece of a page, in the order of its source. Words that a browser is asked to find stand within one
/// piece: a line of a paragraph, an item of a list, a cell of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownPiece {
    /// Words that it shows.
    Words(String),
    /// Words that the markup keeps from being shown.
    Unseen(String),
    /// Something that is no text, such as an image or a field of a form: nothing is read across it.
    Obstacle,
}
