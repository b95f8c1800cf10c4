//! A query as data, independent of any engine, and how it is written. What is written is read back
//! by `parser.rs` as the same query.

use std::fmt;

/// A query: its clauses in the order they were written. One without clauses finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What is looked for. Passages must hold every clause that [`Occur::Must`] and none that
    /// [`Occur::MustNot`]; where no clause must occur, at least one that [`Occur::Should`]; and
    /// where there are exclusions only, every passage without them is found.
    pub clauses: Vec<Clause>,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// Whether it is wanted, needed or excluded.
    pub occur: Occur,
    /// What it looks for.
    pub node: Node,
}

/// Whether a clause is wanted, needed or excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Occur {
    /// Passages that hold it rank higher.
    Should,
    /// Only passages that hold it are found.
    Must,
    /// Passages that hold it are not found.
    MustNot,
}

/// What a clause looks for.
///
/// The texts are as written, begin and end with a word, and hold no quotation marks and no white
/// space but single spaces; the parser makes no others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A word in any of its forms. One that is written together but holds several words
    /// (`non-violent`, `state.gov`) stands for these words one after the other.
    Word {
        /// The word.
        text: String,
    },
    /// Words one after the other, in these forms.
    Phrase {
        /// The words.
        text: String,
    },
}

impl Query {
    /// Whether anything is looked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The clauses whose occurrence earns a passage its score, in order.
    pub fn wanted(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| clause.occur != Occur::MustNot)
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, clause) in self.clauses.iter().enumerate() {
            let space = if at == 0 { "" } else { " " };
            write!(f, "{space}{clause}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        match &self.node {
            Node::Word { text } => write!(f, "{sign}{text}"),
            Node::Phrase { text } => write!(f, "{sign}\"{text}\""),
        }
    }
}
