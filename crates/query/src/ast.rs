//! A query as data, independent of any engine, and how it is written. What is written is read back
//! by `parser/` as the same query.
//!
//! A query is a group of clauses, and a clause may itself be a group. `a AND b`, `a OR b`, `NOT a` are
//! ways to write `(+a +b)`, `(a b)`, `-a`: there is one form for each meaning.

use std::fmt;

use model::{Field, PeriodFilter};

use crate::function_words::carried;

/// A query: a group of clauses in the order they were written. One without clauses finds nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Query {
    /// What is looked for; see [`Node::Group`].
    pub clauses: Vec<Clause>,
}

/// One part of a query.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    /// Whether it is wanted, needed or excluded.
    pub occur: Occur,
    /// How much its occurrence counts beside the other clauses of the query.
    pub boost: Boost,
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

/// A factor of a clause's score, in hundredths: 1 to 10,000 (0.01 to 100).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Boost(u16);

/// What a clause looks for.
///
/// The texts are as written, begin and end with a word (a pattern may begin or end with its signs),
/// and hold no quotation marks and no white space but single spaces; the parser makes no others.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// A word in any of its forms. One that is written together but holds several words
    /// (`non-violent`, `state.gov`) stands for these words one after the other.
    Word {
        /// The word.
        text: String,
    },
    /// Words one after the other, in these forms; one word in this form.
    Phrase {
        /// The words.
        text: String,
    },
    /// Words in any of their forms and in any order, near one another.
    Near {
        /// The words, two at least.
        text: String,
        /// How many other words may stand between the first and the last of them, at most.
        within: u8,
    },
    /// Words of a shape: `*` stands for any letters or none, `?` for one.
    Pattern {
        /// The shape: one word with signs.
        text: String,
    },
    /// A word and those spelt nearly like it.
    Fuzzy {
        /// The word.
        text: String,
        /// How many letters may be put in, left out, exchanged or swapped: 1 or 2.
        edits: u8,
    },
    /// Words of the headings above a passage, in any of their forms, one after the other. Not scored.
    Section {
        /// The words.
        text: String,
    },
    /// A keyword field that has one of these values. Not scored.
    Is {
        /// The field.
        field: Field,
        /// The values in the form in which the index holds them: ids and codes. One at least.
        values: Vec<String>,
    },
    /// The document covers some of this time. Not scored.
    Covers {
        /// The time.
        period: PeriodFilter,
    },
    /// Clauses together. A passage must hold every clause that [`Occur::Must`] and none that
    /// [`Occur::MustNot`]; where no clause that must occur is scored, also at least one that
    /// [`Occur::Should`], if there are any; and where there are exclusions only, every passage without
    /// them is found.
    Group {
        /// The clauses, one at least.
        clauses: Vec<Clause>,
    },
}

impl Boost {
    /// No change to the score.
    pub const ONE: Boost = Boost(100);

    /// A factor in hundredths; `None` outside 1 to 10,000.
    pub fn from_hundredths(hundredths: u16) -> Option<Self> {
        (1..=10_000).contains(&hundredths).then_some(Self(hundredths))
    }

    /// The factor.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Clause {
    /// A clause that is wanted and counts as any other.
    pub fn wanted(node: Node) -> Self {
        Self { occur: Occur::Should, boost: Boost::ONE, node }
    }

    /// A group; one that holds one clause is that clause, unless a sign or a factor were lost.
    pub(crate) fn grouped(occur: Occur, boost: Boost, mut clauses: Vec<Clause>) -> Self {
        let alone = |only: &Clause| {
            let unfactored = boost == Boost::ONE || only.boost == Boost::ONE;
            only.occur != Occur::MustNot && (unfactored || occur == Occur::MustNot)
        };
        match clauses.pop() {
            Some(only) if clauses.is_empty() && alone(&only) => {
                let boost = if boost == Boost::ONE { only.boost } else { boost };
                Self { occur, boost, node: only.node }
            }
            last => {
                clauses.extend(last);
                Self { occur, boost, node: Node::Group { clauses } }
            }
        }
    }
}

impl Node {
    /// Whether its occurrence can earn a passage a score.
    pub fn is_scored(&self) -> bool {
        match self {
            Node::Word { .. }
            | Node::Phrase { .. }
            | Node::Near { .. }
            | Node::Pattern { .. }
            | Node::Fuzzy { .. } => true,
            Node::Section { .. } | Node::Is { .. } | Node::Covers { .. } => false,
            Node::Group { clauses } => clauses
                .iter()
                .any(|clause| clause.occur != Occur::MustNot && clause.node.is_scored()),
        }
    }
}

impl Query {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty()
    }

    /// The parts whose occurrence earns a passage its score, in the order they are written, groups
    /// opened, exclusions left out; each with the boosts of the groups it stands in.
    pub fn scored(&self) -> Vec<(&Node, f32)> {
        fn gather<'a>(clauses: &'a [Clause], factor: f32, scored: &mut Vec<(&'a Node, f32)>) {
            for clause in clauses.iter().filter(|clause| clause.occur != Occur::MustNot) {
                let factor = factor * clause.boost.factor();
                match &clause.node {
                    Node::Group { clauses } => gather(clauses, factor, scored),
                    node if node.is_scored() => scored.push((node, factor)),
                    _ => {}
                }
            }
        }
        let mut scored = Vec::new();
        gather(&self.clauses, 1.0, &mut scored);
        scored
    }

    /// The same query with every word in the form in which it is written. Function words beside other
    /// words are left out: they carry no hit.
    #[must_use]
    pub fn exact(self) -> Self {
        fn each(clauses: &mut [Clause]) {
            for clause in clauses {
                match &mut clause.node {
                    Node::Word { text } => {
                        clause.node = Node::Phrase { text: std::mem::take(text) };
                    }
                    Node::Group { clauses } => each(clauses),
                    _ => {}
                }
            }
        }
        let mut query = carried(&self);
        each(&mut query.clauses);
        query
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_clauses(f, &self.clauses)
    }
}

/// What restricts without a sign before it would be read as needed, so that where it is one of
/// several that will do, these are joined by `OR`; the parser makes no such group with other clauses.
fn write_clauses(f: &mut fmt::Formatter<'_>, clauses: &[Clause]) -> fmt::Result {
    let restricts = |clause: &Clause| clause.occur == Occur::Should && !clause.node.is_scored();
    let between = if clauses.len() > 1 && clauses.iter().any(restricts) { " OR " } else { " " };
    for (at, clause) in clauses.iter().enumerate() {
        let space = if at == 0 { "" } else { between };
        write!(f, "{space}{clause}")?;
    }
    Ok(())
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::MustNot => "-",
        };
        write!(f, "{sign}{}", self.node)?;
        if self.boost != Boost::ONE {
            write!(f, "^{}", self.boost.factor())?;
        }
        Ok(())
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Node::Word { text } | Node::Pattern { text } => f.write_str(text),
            Node::Phrase { text } => write!(f, "\"{text}\""),
            Node::Near { text, within } => write!(f, "\"{text}\"~{within}"),
            Node::Fuzzy { text, edits } => write!(f, "{text}~{edits}"),
            Node::Section { text } => write!(f, "{}:\"{text}\"", Field::Section.name()),
            Node::Is { field, values } => match values.as_slice() {
                [value] => write!(f, "{}:\"{value}\"", field.name()),
                values => {
                    write!(f, "{}:(", field.name())?;
                    for (at, value) in values.iter().enumerate() {
                        let or = if at == 0 { "" } else { " OR " };
                        write!(f, "{or}\"{value}\"")?;
                    }
                    f.write_str(")")
                }
            },
            Node::Covers { period } => write!(f, "period:{period}"),
            Node::Group { clauses } => {
                f.write_str("(")?;
                write_clauses(f, clauses)?;
                f.write_str(")")
            }
        }
    }
}
