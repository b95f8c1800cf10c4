//! From the parts of a query to its tree. `NOT` binds tighter than `AND`, `AND` tighter than `OR`,
//! and these tighter than standing beside one another. The stack is a vector: no nesting is too deep
//! for it, and a tree that is deeper than [`MAX_DEPTH`] is given up.

use crate::ast::{Boost, Clause, Node, Occur};
use crate::parser::MAX_DEPTH;
use crate::parser::level::{depth, restricts, settled, unboost, widen};

/// A part of a query, with lone operators already made words and parentheses matched.
#[derive(Debug)]
pub(super) enum Part {
    And,
    Or,
    Not,
    /// Opens a group; its sign, and whether its words are meant in their form.
    Open(Occur, Forms),
    /// Closes a group; its factor.
    Close(Boost),
    Operand(Operand),
}

/// In which forms the words of a group are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    Any,
    AsWritten,
}

/// Something looked for: written together it may come to several nodes, and sign and factor belong
/// to each. [`Occur::Should`] is no sign.
#[derive(Debug)]
pub(super) struct Operand {
    pub occur: Occur,
    pub boost: Boost,
    pub nodes: Vec<Node>,
}

/// Operands joined by `AND`.
type Together = Vec<Operand>;

/// A group that is being read: alternatives joined by `OR`, several of them beside one another.
struct Frame {
    occur: Occur,
    forms: Forms,
    chains: Vec<Vec<Together>>,
    joined: Joined,
    negated: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Joined {
    No,
    And,
    Or,
}

/// The tree is deeper than [`MAX_DEPTH`].
pub(super) struct TooDeep;

/// The clauses of a query.
pub(super) fn clauses(parts: Vec<Part>) -> Result<Vec<Clause>, TooDeep> {
    let mut frame = Frame::new(Occur::Should, Forms::Any);
    let mut outer: Vec<Frame> = Vec::new();
    for part in parts {
        match part {
            Part::And => frame.joined = Joined::And,
            Part::Or => frame.joined = Joined::Or,
            Part::Not => frame.negated = !frame.negated,
            Part::Open(occur, forms) => {
                let occur = frame.signed(occur);
                outer.push(std::mem::replace(&mut frame, Frame::new(occur, forms)));
            }
            Part::Close(boost) => {
                // Parentheses are matched before.
                let Some(parent) = outer.pop() else { continue };
                let group = std::mem::replace(&mut frame, parent);
                let (occur, clauses) = (group.occur, group.lower()?);
                if !clauses.is_empty() {
                    frame.push(grouped(occur, boost, clauses));
                }
            }
            Part::Operand(operand) => {
                let occur = frame.signed(operand.occur);
                frame.push(Operand { occur, ..operand });
            }
        }
    }
    frame.lower()
}

/// Words in the form in which they are written.
fn as_written(clauses: &mut [Clause]) {
    for Clause { node, .. } in clauses {
        match node {
            Node::Word { text } => *node = Node::Phrase { text: std::mem::take(text) },
            Node::Group { clauses } => as_written(clauses),
            _ => {}
        }
    }
}

/// A group as an operand.
fn grouped(occur: Occur, boost: Boost, clauses: Vec<Clause>) -> Operand {
    let Clause { occur, boost, node } = Clause::grouped(occur, boost, clauses);
    Operand { occur, boost, nodes: vec![node] }
}

impl Frame {
    fn new(occur: Occur, forms: Forms) -> Self {
        Self { occur, forms, chains: Vec::new(), joined: Joined::No, negated: false }
    }

    /// A sign under the `NOT`s before it.
    fn signed(&mut self, occur: Occur) -> Occur {
        match (std::mem::take(&mut self.negated), occur) {
            (false, occur) => occur,
            (true, Occur::MustNot) => Occur::Should,
            (true, Occur::Should | Occur::Must) => Occur::MustNot,
        }
    }

    fn push(&mut self, operand: Operand) {
        match (std::mem::replace(&mut self.joined, Joined::No), self.chains.last_mut()) {
            (Joined::And, Some(chain)) => match chain.last_mut() {
                Some(together) => together.push(operand),
                None => chain.push(vec![operand]),
            },
            (Joined::Or, Some(chain)) => chain.push(vec![operand]),
            _ => self.chains.push(vec![vec![operand]]),
        }
    }

    fn lower(self) -> Result<Vec<Clause>, TooDeep> {
        let mut level = Level::default();
        for chain in self.chains {
            if chain.len() == 1 {
                for together in chain {
                    level.beside(together);
                }
            } else {
                level.alternatives(chain);
            }
        }
        let mut clauses = settled(level.clauses);
        if self.forms == Forms::AsWritten {
            as_written(&mut clauses);
        }
        let deepest = clauses.iter().map(|clause| depth(&clause.node)).max().unwrap_or(0);
        if deepest > MAX_DEPTH { Err(TooDeep) } else { Ok(clauses) }
    }
}

#[derive(Default)]
struct Level {
    clauses: Vec<Clause>,
    /// Which clauses restrict without having been signed: another value of the same field widens.
    unsigned: Vec<usize>,
}

impl Level {
    /// Takes in what stands beside the others.
    fn beside(&mut self, mut together: Together) {
        if together.len() > 1 {
            let node = Node::Group { clauses: settled(needed(together)) };
            return self.unsigned(node, Boost::ONE);
        }
        for Operand { occur, boost, nodes } in together.drain(..) {
            for node in nodes {
                match occur {
                    Occur::Should => self.unsigned(node, boost),
                    occur => self.clauses.push(Clause { occur, boost, node }),
                }
            }
        }
    }

    /// Takes in a node without a sign: what restricts is needed, and several values of a field widen.
    fn unsigned(&mut self, node: Node, boost: Boost) {
        if node.is_scored() {
            return self.clauses.push(Clause { occur: Occur::Should, boost, node });
        }
        if let Some(field) = restricts(&node) {
            let mut before = self.unsigned.iter().copied();
            if let Some(at) = before.find(|at| restricts(&self.clauses[*at].node) == Some(field)) {
                return widen(&mut self.clauses[at].node, node);
            }
            self.unsigned.push(self.clauses.len());
        }
        self.clauses.push(Clause { occur: Occur::Must, boost: Boost::ONE, node });
    }

    /// Takes in alternatives. One that is signed as needed is needed all the same.
    fn alternatives(&mut self, chain: Vec<Together>) {
        let mut any: Vec<Clause> = Vec::new();
        for mut together in chain {
            if together.len() > 1 {
                let clauses = settled(needed(together));
                alternative(&mut any, Clause::wanted(Node::Group { clauses }));
                continue;
            }
            for Operand { occur, boost, nodes } in together.drain(..) {
                let clauses = nodes.into_iter().map(|node| Clause { occur, boost, node });
                match occur {
                    Occur::Must => self.clauses.extend(clauses),
                    Occur::Should => clauses.for_each(|clause| alternative(&mut any, clause)),
                    Occur::MustNot => {
                        let node = Node::Group { clauses: settled(clauses.collect()) };
                        alternative(&mut any, Clause::wanted(node));
                    }
                }
            }
        }
        let scored = any.iter().filter(|clause| clause.node.is_scored()).count();
        if scored == any.len() {
            return self.clauses.extend(any);
        }
        let clause = match any.pop() {
            Some(only) if any.is_empty() => only,
            last => {
                any.extend(last);
                Clause::wanted(Node::Group { clauses: settled(any) })
            }
        };
        self.unsigned(clause.node, clause.boost);
    }
}

/// Puts an alternative to the others: those within a group of alternatives one by one, and values of
/// one field as one.
fn alternative(any: &mut Vec<Clause>, mut clause: Clause) {
    unboost(&mut clause);
    match clause {
        Clause { boost: Boost::ONE, node: Node::Group { clauses }, .. }
            if clauses.iter().all(|clause| clause.occur == Occur::Should) =>
        {
            clauses.into_iter().for_each(|clause| alternative(any, clause));
        }
        clause => {
            let same = |other: &&mut Clause| match (&other.node, &clause.node) {
                (Node::Is { field, .. }, Node::Is { field: wanted, .. }) => field == wanted,
                _ => false,
            };
            match any.iter_mut().find(same) {
                Some(other) => widen(&mut other.node, clause.node),
                None => any.push(clause),
            }
        }
    }
}

/// Operands all of which must hold.
fn needed(together: Together) -> Vec<Clause> {
    let clauses = |Operand { occur, boost, nodes }| {
        let occur = if occur == Occur::MustNot { occur } else { Occur::Must };
        nodes.into_iter().map(move |node| Clause { occur, boost, node })
    };
    together.into_iter().flat_map(clauses).collect()
}
