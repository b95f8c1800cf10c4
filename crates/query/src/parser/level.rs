//! One form for each meaning: clauses at one level of a query, with groups opened where that changes
//! nothing. What comes out is left as it is when it is read again.

use model::Field;

use crate::ast::{Boost, Clause, Node, Occur};

/// The clauses of a level in their one form.
pub(super) fn settled(mut clauses: Vec<Clause>) -> Vec<Clause> {
    loop {
        let mut changed = false;
        let mut opened = Vec::with_capacity(clauses.len());
        for clause in clauses {
            let before = opened.len();
            changed |= open(clause, &mut opened);
            opened[before..].iter_mut().for_each(unboost);
        }
        clauses = opened;
        changed |= open_only(&mut clauses);
        if !changed {
            return clauses;
        }
    }
}

/// Where a group is the only thing that is looked for, beside what restricts and what is excluded, its
/// clauses take its place. Says whether one was.
fn open_only(clauses: &mut Vec<Clause>) -> bool {
    let is_sought = |clause: &Clause| match clause.occur {
        Occur::MustNot => false,
        Occur::Must => clauses.len() == 1 || clause.node.is_scored(),
        Occur::Should => true,
    };
    let mut sought = clauses.iter().enumerate().filter(|(_, clause)| is_sought(clause));
    let (Some((at, only)), None) = (sought.next(), sought.next()) else { return false };
    let Clause { boost: Boost::ONE, node: Node::Group { clauses: inner }, .. } = only else {
        return false;
    };
    // Alternatives that restrict are written with `OR` between them, so they stand by themselves.
    let restrict = |clause: &Clause| clause.occur == Occur::Should && !clause.node.is_scored();
    if clauses.len() > 1 && inner.iter().any(restrict) {
        return false;
    }
    let inner = inner.clone();
    clauses.splice(at..=at, inner);
    true
}

/// Puts a clause to the others, or in its place what it holds where that means the same; says which.
fn open(mut clause: Clause, opened: &mut Vec<Clause>) -> bool {
    unboost(&mut clause);
    let Clause { occur, boost, node } = clause;
    let Node::Group { clauses: mut inner } = node else {
        opened.push(Clause { occur, boost, node });
        return false;
    };
    if let [only] = inner.as_mut_slice()
        && only.occur != Occur::MustNot
        && (boost == Boost::ONE || only.boost == Boost::ONE || occur == Occur::MustNot)
    {
        let boost = if boost == Boost::ONE { only.boost } else { boost };
        let node = std::mem::replace(&mut only.node, Node::Group { clauses: Vec::new() });
        opened.push(Clause { occur, boost, node });
        return true;
    }
    let all = |wanted: Occur| inner.iter().all(|clause| clause.occur == wanted);
    let same = match occur {
        Occur::Must if all(Occur::MustNot) => true,
        Occur::Must => boost == Boost::ONE && inner.iter().any(|c| c.occur == Occur::Must),
        Occur::Should => {
            boost == Boost::ONE
                && all(Occur::Should)
                && inner.iter().all(|clause| clause.node.is_scored())
        }
        Occur::MustNot => false,
    };
    if same {
        opened.extend(inner);
    } else {
        opened.push(Clause { occur, boost, node: Node::Group { clauses: inner } });
    }
    same
}

/// A factor where there is no score says nothing.
pub(super) fn unboost(clause: &mut Clause) {
    if clause.occur == Occur::MustNot || !clause.node.is_scored() {
        clause.boost = Boost::ONE;
    }
}

/// The field that a node restricts, where it is one and the same.
pub(super) fn restricts(node: &Node) -> Option<Field> {
    match node {
        Node::Is { field, .. } => Some(*field),
        Node::Covers { .. } => Some(Field::PeriodStart),
        Node::Section { .. } => Some(Field::Section),
        Node::Group { clauses } => {
            let mut fields = clauses.iter().map(|clause| match clause {
                Clause { occur: Occur::Should, node: Node::Group { .. }, .. } => None,
                Clause { occur: Occur::Should, node, .. } => restricts(node),
                _ => None,
            });
            let first = fields.next()??;
            fields.all(|field| field == Some(first)).then_some(first)
        }
        Node::Word { .. }
        | Node::Phrase { .. }
        | Node::Near { .. }
        | Node::Pattern { .. }
        | Node::Fuzzy { .. } => None,
    }
}

/// Lets one more value of a field do: `node` and `other` restrict the same one.
pub(super) fn widen(node: &mut Node, other: Node) {
    if let (Node::Is { values, .. }, Node::Is { values: more, .. }) = (&mut *node, &other) {
        for value in more {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        return;
    }
    let mut clauses = alternatives(std::mem::replace(node, Node::Group { clauses: Vec::new() }));
    for clause in alternatives(other) {
        if !clauses.contains(&clause) {
            clauses.push(clause);
        }
    }
    *node = match clauses.pop() {
        Some(only) if clauses.is_empty() => only.node,
        last => {
            clauses.extend(last);
            Node::Group { clauses }
        }
    };
}

fn alternatives(node: Node) -> Vec<Clause> {
    match node {
        Node::Group { clauses } => clauses,
        node => vec![Clause::wanted(node)],
    }
}

/// How many groups stand in one another in a node.
pub(super) fn depth(node: &Node) -> usize {
    match node {
        Node::Group { clauses } => {
            1 + clauses.iter().map(|clause| depth(&clause.node)).max().unwrap_or(0)
        }
        _ => 0,
    }
}
