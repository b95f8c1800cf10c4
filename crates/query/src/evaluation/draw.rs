//! Which passages a gold set is drawn from, and in what order: by a hash of a seed and the
//! passage's id, so that anyone draws the same ones again, and nobody chooses.

use model::PassageId;

/// Fewest words of a passage that is drawn; a shorter one says too little to be labelled.
pub const SHORTEST_DRAWN: usize = 10;

/// The text whose SHA-256, in hexadecimal digits, says where a passage stands in the order.
pub fn drawing_key(seed: &str, id: &PassageId) -> String {
    format!("{seed} {id}")
}

/// How many words a passage has, parted by white space.
pub fn words_of_passage(text: &str) -> usize {
    text.split_whitespace().count()
}
