//! What only the rest of a library can tell of a document: with which others it is settled, what of
//! it they are compared by, and the verdict that was applied to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::document::Role;

/// Documents that are settled together: each says something about the others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Circle {
    /// The documents of the publisher with this id.
    Publisher(String),
}

/// A block by which a document is compared with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BlockMark {
    /// Its ordinal among all blocks of the document, from 1.
    pub block: u32,
    /// Hash of its text; [`BlockMark::BORDER`] for a heading, across which nothing is compared.
    pub hash: u64,
}

/// A block that is set aside because of what the other documents hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SetAsideBlock {
    /// Its ordinal among all blocks of the document, from 1.
    pub block: u32,
    /// What it becomes: [`Role::Chrome`] or [`Role::FrontMatter`].
    pub role: Role,
}

/// What the rest of the library says of a document. The default is that it says nothing, which is
/// how a document comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The blocks that repeat in so many documents of its publisher that they are no part of the
    /// report, in order.
    pub set_aside: Vec<SetAsideBlock>,
}

/// What settling needs to know of a document, and what it did to it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settled {
    /// The blocks it is compared by, in order; none in a document with which nothing can be settled.
    /// They do not depend on the verdict.
    pub marks: Vec<BlockMark>,
    /// The verdict that was applied.
    pub verdict: Verdict,
}

impl BlockMark {
    /// The hash of a heading.
    pub const BORDER: u64 = 0;
}

impl fmt::Display for Circle {
    /// A kind and a name, parted by one space: the key under which its documents are found.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Publisher(id) => write!(f, "publisher {id}"),
        }
    }
}
