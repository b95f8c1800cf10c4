//! From a query as data to the engine's query: each node to one scored part, in the fields of the
//! scope that is searched.

use indexing::{Analyser, Fields, kind_word, tokens};
use model::{Field, RecordKind};
use tantivy::query::{
    BooleanQuery, EmptyQuery, Occur as EngineOccur, PhraseQuery, Query as EngineQuery, TermQuery,
};
use tantivy::schema::{IndexRecordOption, Term};

use crate::ast::{Node, Occur, Query};
use crate::filters::{CaptureChoice, keyword, unscored};
use crate::search::Scope;

/// The engine's form of a query.
pub(crate) struct EngineForm {
    /// What matches.
    pub query: Box<dyn EngineQuery>,
    /// The parts whose scores add up to a passage's score, in the order they were written.
    pub scored: Vec<Box<dyn EngineQuery>>,
}

/// The words a node looks for one after the other, and by which analyser they are compared. None for
/// a node that looks for something else.
pub(crate) fn words_of(node: &Node) -> (Analyser, Vec<String>) {
    let (analyser, text) = match node {
        Node::Word { text } => (Analyser::Stemmed, text.as_str()),
        Node::Phrase { text } => (Analyser::Exact, text.as_str()),
        _ => (Analyser::Exact, ""),
    };
    (analyser, tokens(text, analyser).map(|token| token.word).collect())
}

/// The kinds of records that are searched.
#[derive(Clone, Debug)]
pub(crate) struct Kinds(Vec<RecordKind>);

impl Kinds {
    pub(crate) fn of(scope: Scope, captures: &CaptureChoice) -> Self {
        let mut kinds = vec![RecordKind::Passage];
        kinds.extend((scope == Scope::WithSetAside).then_some(RecordKind::SetAside));
        if captures.reaches_others() {
            kinds.push(RecordKind::OtherPassage);
            kinds.extend((scope == Scope::WithSetAside).then_some(RecordKind::OtherSetAside));
        }
        Self(kinds)
    }

    /// Whether nothing but passages that answer is searched: their words have fields of their own.
    fn only_ranked(&self) -> bool {
        self.0 == [RecordKind::Passage]
    }

    /// The restriction to these kinds, where the fields searched hold others, too.
    pub(crate) fn restriction(&self, fields: &Fields) -> Option<Box<dyn EngineQuery>> {
        (!self.only_ranked()).then(|| unscored(self.everything(fields)))
    }

    /// Every record of these kinds. Records of documents are of no kind, so they are never among
    /// them.
    fn everything(&self, fields: &Fields) -> Box<dyn EngineQuery> {
        let kinds = self.0.iter().map(|kind| Term::from_field_text(fields.kind, kind_word(*kind)));
        Box::new(BooleanQuery::union(kinds.map(keyword).collect()))
    }
}

pub(crate) fn lower(query: &Query, fields: &Fields, kinds: &Kinds) -> EngineForm {
    let mut clauses: Vec<(EngineOccur, Box<dyn EngineQuery>)> = Vec::new();
    let mut scored = Vec::new();
    for clause in &query.clauses {
        let part = lower_node(&clause.node, fields, kinds);
        let occur = match clause.occur {
            Occur::Should => EngineOccur::Should,
            Occur::Must => EngineOccur::Must,
            Occur::MustNot => EngineOccur::MustNot,
        };
        if clause.occur != Occur::MustNot {
            scored.push(part.box_clone());
        }
        clauses.push((occur, part));
    }
    if scored.is_empty() {
        clauses.push((EngineOccur::Must, unscored(kinds.everything(fields))));
    }
    EngineForm { query: Box::new(BooleanQuery::new(clauses)), scored }
}

fn lower_node(node: &Node, fields: &Fields, kinds: &Kinds) -> Box<dyn EngineQuery> {
    let (analyser, words) = words_of(node);
    let (passages, set_aside) = match analyser {
        Analyser::Stemmed => (Field::Text, Field::SetAsideText),
        Analyser::Exact => (Field::Exact, Field::SetAsideExact),
    };
    let in_field = |field| in_order(&words, fields.of(field));
    if kinds.only_ranked() {
        return in_field(passages);
    }
    // A record has words in one of the two fields only, so their scores never add up.
    Box::new(BooleanQuery::union(vec![in_field(passages), in_field(set_aside)]))
}

/// Words one after the other in a field.
fn in_order(words: &[String], field: tantivy::schema::Field) -> Box<dyn EngineQuery> {
    let mut terms: Vec<Term> =
        words.iter().map(|word| Term::from_field_text(field, word)).collect();
    match (terms.len(), terms.pop()) {
        (1, Some(term)) => Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)),
        (_, Some(last)) => {
            terms.push(last);
            Box::new(PhraseQuery::new(terms))
        }
        // No node is without words; one that were would be found nowhere.
        (_, None) => Box::new(EmptyQuery),
    }
}
