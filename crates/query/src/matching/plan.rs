//! From a query as data to what is evaluated: leaves (words to look for) and groups of them, by an
//! exhaustive match over the query's nodes.

use indexing::{Analyser, Fields, Index, kind_word, tokens};
use model::{Field, RecordKind};
use tantivy::query::{BooleanQuery, Query as EngineQuery};
use tantivy::schema::{Field as EngineField, Term};

use crate::ast::{Clause, Node, Occur};
use crate::filters::{CaptureChoice, any_of, keyword, period_queries, unscored};
use crate::matching::vocabulary::{Bounded, words_like};
use crate::search::{AddedWords, Scope};
use crate::wording::Wording;

/// What a query comes to.
#[derive(Default)]
pub(crate) struct Plan {
    /// The words looked for. Those that are scored are added up in this order.
    pub leaves: Vec<Leaf>,
    /// How many of the leaves are the query's own; those after them were added to it.
    pub own: usize,
    /// For each of the query's own leaves, the added ones that say it in other words.
    pub otherwise: Vec<Vec<usize>>,
    /// Which records match.
    pub root: Group,
    /// Patterns that stand for more words than were searched.
    pub bounded: Vec<Bounded>,
}

/// Words looked for.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// By which analyser they are compared.
    pub analyser: Analyser,
    /// What is looked for.
    pub sought: Sought,
    /// What its score is multiplied by; `None` where it earns none, in an exclusion.
    pub factor: Option<f32>,
    /// As it is written in the query.
    pub written: String,
}

/// What a leaf looks for.
#[derive(Debug)]
pub(crate) enum Sought {
    /// Any of these words, each occurrence counted with a weight above 0 and up to 1.
    Any(Vec<(String, f32)>),
    /// The words one after the other.
    InOrder(Vec<String>),
    /// The words near one another.
    Near {
        /// The words, none twice.
        words: Vec<String>,
        /// How often each is wanted.
        wanted: Vec<usize>,
        /// How many other words may stand between the first and the last.
        within: u8,
    },
}

/// Words to try beside those of the query.
pub(crate) struct Supplement<'a> {
    /// What is looked for.
    pub words: &'a AddedWords,
    /// What their score is multiplied by.
    pub factor: f32,
    /// As a reader knows them.
    pub written: &'a str,
    /// The parts of the query that they say otherwise.
    pub instead_of: &'a [String],
}

/// Parts that match together; see [`Node::Group`].
#[derive(Default)]
pub(crate) struct Group {
    /// Each part, whether it must match, and whether it can earn a score.
    pub parts: Vec<(Occur, Part)>,
}

/// A part of a group.
pub(crate) enum Part {
    /// The leaf of that number.
    Leaf(usize),
    /// A restriction.
    Filter(Vec<Box<dyn EngineQuery>>),
    /// Parts together.
    Group(Group),
}

impl Part {
    fn is_scored(&self) -> bool {
        match self {
            Part::Leaf(_) => true,
            Part::Filter(_) => false,
            Part::Group(group) => group.is_scored(),
        }
    }
}

impl Group {
    fn is_scored(&self) -> bool {
        self.parts.iter().any(|(occur, part)| *occur != Occur::MustNot && part.is_scored())
    }

    /// Whether at least one of the parts that should match has to.
    pub fn needs_one(&self) -> bool {
        let must_score =
            self.parts.iter().any(|(occur, part)| *occur == Occur::Must && part.is_scored());
        !must_score && self.parts.iter().any(|(occur, _)| *occur == Occur::Should)
    }
}

/// Words one after the other, as the leaf they come to.
fn in_order(text: &str, analyser: Analyser) -> Sought {
    let mut words: Vec<String> = tokens(text, analyser).map(|token| token.word).collect();
    match (words.len(), words.pop()) {
        (1, Some(word)) => Sought::Any(vec![(word, 1.0)]),
        (_, last) => {
            words.extend(last);
            Sought::InOrder(words)
        }
    }
}

fn near(text: &str, within: u8) -> Sought {
    let (mut words, mut wanted) = (Vec::new(), Vec::new());
    for token in tokens(text, Analyser::Stemmed) {
        match words.iter().position(|word| *word == token.word) {
            Some(at) => wanted[at] += 1,
            None => {
                words.push(token.word);
                wanted.push(1);
            }
        }
    }
    Sought::Near { words, wanted, within }
}

/// How much an occurrence of a word that is spelt otherwise counts beside the word itself.
const OTHER_SPELLING: f32 = 0.5;

/// Makes plans over one index.
pub(crate) struct Planner<'a> {
    index: &'a Index,
    /// The fields that hold the words as they are written.
    exact: Vec<EngineField>,
    plan: Plan,
}

impl<'a> Planner<'a> {
    pub fn new(index: &'a Index, kinds: &Kinds) -> Self {
        let plan = Plan::default();
        Self { index, exact: kinds.fields(index.fields(), Analyser::Exact), plan }
    }

    /// The plan of the clauses, and after them of words added to the query.
    pub fn plan(mut self, clauses: &[Clause], added: &[Supplement<'_>]) -> tantivy::Result<Plan> {
        self.plan.root = self.group(clauses, Some(1.0))?;
        self.plan.own = self.plan.leaves.len();
        self.plan.otherwise = vec![Vec::new(); self.plan.own];
        for supplement in added {
            let (analyser, sought) = match supplement.words {
                AddedWords::Stem(stem) => {
                    (Analyser::Stemmed, Sought::Any(vec![(stem.clone(), 1.0)]))
                }
                AddedWords::Words(text) => (Analyser::Stemmed, in_order(text, Analyser::Stemmed)),
                AddedWords::Pattern(text) => {
                    let (words, _) = words_like(self.index, &self.exact, &Wording::pattern(text))?;
                    let words = words.into_iter().map(|word| (word, 1.0)).collect();
                    (Analyser::Exact, Sought::Any(words))
                }
            };
            let written = supplement.written.to_owned();
            let factor = Some(supplement.factor);
            let added = self.plan.leaves.len();
            let own = self.plan.leaves[..self.plan.own].iter().zip(&mut self.plan.otherwise);
            let said = own.filter(|(own, _)| supplement.instead_of.contains(&own.written));
            said.for_each(|(_, otherwise)| otherwise.push(added));
            self.plan.leaves.push(Leaf { analyser, sought, factor, written });
        }
        Ok(self.plan)
    }

    fn group(&mut self, clauses: &[Clause], factor: Option<f32>) -> tantivy::Result<Group> {
        let mut group = Group::default();
        for clause in clauses {
            let factor = match clause.occur {
                Occur::MustNot => None,
                Occur::Should | Occur::Must => factor.map(|f| f * clause.boost.factor()),
            };
            let part = self.part(&clause.node, factor)?;
            group.parts.push((clause.occur, part));
        }
        Ok(group)
    }

    fn part(&mut self, node: &Node, factor: Option<f32>) -> tantivy::Result<Part> {
        let fields = self.index.fields();
        Ok(match node {
            Node::Word { .. }
            | Node::Phrase { .. }
            | Node::Near { .. }
            | Node::Pattern { .. }
            | Node::Fuzzy { .. } => Part::Leaf(self.leaf(node, factor)?),
            Node::Section { text } => Part::Filter(vec![section_query(fields, text)]),
            Node::Is { field, values } => {
                let query = any_of(fields, *field, values.iter().map(String::as_str));
                Part::Filter(query.into_iter().collect())
            }
            Node::Covers { period } => Part::Filter(period_queries(fields, period)),
            Node::Group { clauses } => Part::Group(self.group(clauses, factor)?),
        })
    }

    /// Adds a leaf and returns its number.
    fn leaf(&mut self, node: &Node, factor: Option<f32>) -> tantivy::Result<usize> {
        let (analyser, sought) = match node {
            Node::Word { text } => (Analyser::Stemmed, in_order(text, Analyser::Stemmed)),
            Node::Phrase { text } => (Analyser::Exact, in_order(text, Analyser::Exact)),
            Node::Near { text, within } => (Analyser::Stemmed, near(text, *within)),
            Node::Pattern { text } => {
                let words = self.like(node, &Wording::pattern(text))?;
                (Analyser::Exact, Sought::Any(words.into_iter().map(|word| (word, 1.0)).collect()))
            }
            Node::Fuzzy { text, edits } => {
                let itself: String =
                    tokens(text, Analyser::Exact).map(|token| token.word).collect();
                let words = self.like(node, &Wording::fuzzy(text, *edits))?;
                let weight = |word: &String| if *word == itself { 1.0 } else { OTHER_SPELLING };
                let words = words.into_iter().map(|word| (weight(&word), word));
                (Analyser::Exact, Sought::Any(words.map(|(weight, word)| (word, weight)).collect()))
            }
            // Not words that are scored: they never come here.
            Node::Section { .. } | Node::Is { .. } | Node::Covers { .. } | Node::Group { .. } => {
                (Analyser::Exact, Sought::Any(Vec::new()))
            }
        };
        self.plan.leaves.push(Leaf { analyser, sought, factor, written: node.to_string() });
        Ok(self.plan.leaves.len() - 1)
    }

    fn like(&mut self, node: &Node, wording: &Wording) -> tantivy::Result<Vec<String>> {
        let (words, bounded) = words_like(self.index, &self.exact, wording)?;
        self.plan.bounded.extend(bounded.map(|of| Bounded { written: node.to_string(), ..of }));
        Ok(words)
    }
}

/// Words one after the other in the headings above a passage.
fn section_query(fields: &Fields, text: &str) -> Box<dyn EngineQuery> {
    let field = fields.of(Field::Section);
    let terms: Vec<Term> = tokens(text, Analyser::Stemmed)
        .map(|token| Term::from_field_text(field, &token.word))
        .collect();
    unscored(match terms.as_slice() {
        [] => Box::new(tantivy::query::EmptyQuery),
        [term] => keyword(term.clone()),
        _ => Box::new(tantivy::query::PhraseQuery::new(terms)),
    })
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
    pub(crate) fn only_ranked(&self) -> bool {
        self.0 == [RecordKind::Passage]
    }

    /// Every record of these kinds. Records of documents are of no kind, so they are never among
    /// them.
    pub(crate) fn everything(&self, fields: &Fields) -> Box<dyn EngineQuery> {
        of_kinds(&self.0, fields)
    }

    /// The records of other kinds whose words have the same fields as these records'; `None` where there
    /// are none such. They are few beside all of those that are searched.
    pub(crate) fn with_the_same_fields(&self, fields: &Fields) -> Option<Box<dyn EngineQuery>> {
        if self.only_ranked() {
            return None;
        }
        let mut others = RecordKind::ALL.to_vec();
        others.retain(|kind| !self.0.contains(kind));
        (!others.is_empty()).then(|| of_kinds(&others, fields))
    }

    /// The fields that hold the words of these records, as an analyser reads them. A record has words
    /// in one of them only.
    pub(crate) fn fields(&self, fields: &Fields, analyser: Analyser) -> Vec<EngineField> {
        let (passages, others) = word_fields(analyser);
        let others = (!self.only_ranked()).then(|| fields.of(others));
        std::iter::once(fields.of(passages)).chain(others).collect()
    }
}

fn of_kinds(kinds: &[RecordKind], fields: &Fields) -> Box<dyn EngineQuery> {
    let kinds = kinds.iter().map(|kind| Term::from_field_text(fields.kind, kind_word(*kind)));
    unscored(Box::new(BooleanQuery::union(kinds.map(keyword).collect())))
}

/// The field of the words of passages that answer, and that of all other records.
pub(crate) fn word_fields(analyser: Analyser) -> (Field, Field) {
    match analyser {
        Analyser::Stemmed => (Field::Text, Field::SetAsideText),
        Analyser::Exact => (Field::Exact, Field::SetAsideExact),
    }
}
