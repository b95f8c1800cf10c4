//! What only the rest of a library can tell of a document, as rules without a library: by which
//! blocks a document is compared with others, and what a verdict does to its roles. Which documents
//! are compared, and when, is the caller's part.
//!
//! A verdict comes after reading and changes nothing that was counted before it: paragraph numbers
//! and passages are those of the document as it was read, and the passages that a verdict sets aside
//! are left out whole.

use model::{Block, BlockMark, Document, Role, Verdict};

use crate::segment::groups;
use crate::source::hash;

/// Least number of blocks that repeat together.
const RUN: usize = 3;

/// The blocks by which a document is compared with others: what belongs to its passages, by the hash
/// of its text, and its headings as borders. None where too little stands between two headings.
pub fn marks(document: &Document) -> Vec<BlockMark> {
    let mark = |(block, found): (u32, &Block)| match found.role {
        Role::Heading => Some(BlockMark { block, hash: BlockMark::BORDER }),
        role if role.is_passage_text() => {
            Some(BlockMark { block, hash: text_hash(document.text_of(found)) })
        }
        _ => None,
    };
    let marks: Vec<BlockMark> = (1u32..).zip(document.blocks()).filter_map(mark).collect();
    let is_border = |mark: &BlockMark| mark.hash == BlockMark::BORDER;
    let comparable = marks.split(is_border).any(|stretch| stretch.len() >= RUN);
    if comparable { marks } else { Vec::new() }
}

fn text_hash(text: &str) -> u64 {
    let [a, b, c, d, e, f, g, h, ..] = hash(text.as_bytes()).0;
    u64::from_be_bytes([a, b, c, d, e, f, g, h]).max(BlockMark::BORDER + 1)
}

/// The role of every block under a verdict. Blocks that stand together in one passage are set aside
/// together or not at all.
pub fn roles(document: &Document, verdict: &Verdict) -> Vec<Role> {
    let blocks = document.blocks();
    let mut roles: Vec<Role> = blocks.iter().map(|block| block.role).collect();
    if verdict.set_aside.is_empty() {
        return roles;
    }
    let mut asked = vec![None; blocks.len()];
    for set_aside in &verdict.set_aside {
        let at = (set_aside.block as usize).checked_sub(1);
        if let Some(asked) = at.and_then(|at| asked.get_mut(at)) {
            *asked = Some(set_aside.role).filter(|role| role.is_set_aside());
        }
    }
    for group in groups(document) {
        let text = || group.clone().filter(|&at| blocks[at].role.is_passage_text());
        if text().all(|at| asked[at].is_some()) {
            text().for_each(|at| roles[at] = asked[at].unwrap_or(roles[at]));
        }
    }
    roles
}
