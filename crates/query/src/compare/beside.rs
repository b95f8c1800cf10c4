//! Sources set beside each other: what each says, what two of them say alike, what only one says, the
//! words that mark each, and how many origins it all comes to.

use std::collections::{BTreeMap, BTreeSet};

use model::{Country, DocumentId, PassageId};

use super::claims::{Claim, FiguresApart, pair};
use super::origins::{Independence, independence};
use super::sentences::{SentenceAt, Stems, sentences};
use super::source::{FigureGiven, Profile, Said, Source, Topic};
use crate::keyness::{KeynessRequest, Order, SideDocument, Texts, keyness};

/// Most words that mark a source.
const MOST_MARKS: usize = 8;

/// Sources set beside each other on a topic.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The topic.
    pub topic: Topic,
    /// The sources, those that speak first; of equals in order of their names.
    pub sources: Vec<Compared>,
    /// Sentences of two sources that say the same, the surest first, and with each those pairs that share a
    /// sentence with it.
    pub claims: Vec<Claim>,
    /// Figures that differ for what seems the same thing.
    pub figures: Vec<FiguresApart>,
    /// What the passages rest on.
    pub independence: Independence,
}

/// A source among others.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The source.
    pub source: Source,
    /// Whether it speaks to the topic, and what it means if not.
    pub said: Said,
    /// What its passages say, counted.
    pub profile: Profile,
    /// The figures it gives.
    pub figures: Vec<FigureGiven>,
    /// Words that mark it against the other sources.
    pub marks: Vec<Marking>,
    /// Sentences on the topic that were paired with none of another source, nor set against one for its
    /// figures, in the order of its passages.
    pub only: Vec<SentenceAt>,
}

/// A word or phrase that marks a source against the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Marking {
    /// The form that stands there most often, folded.
    pub shown: String,
    /// How often it stands in the passages of this source.
    pub here: u64,
    /// How often in those of the others.
    pub there: u64,
    /// Passages that hold it.
    pub examples: Vec<PassageId>,
}

impl Comparison {
    /// The id of the passage of a sentence.
    pub fn passage(&self, at: &SentenceAt) -> Option<&PassageId> {
        let speaking = self.sources.get(at.source)?.source.passages.get(at.passage)?;
        Some(&speaking.record.passage.passage.id)
    }

    /// The words of a sentence.
    pub fn text(&self, at: &SentenceAt) -> Option<&str> {
        let speaking = self.sources.get(at.source)?.source.passages.get(at.passage)?;
        at.range.of(&speaking.record.passage.passage.text)
    }

    /// How many sources speak to the topic.
    pub fn speaking(&self) -> usize {
        self.sources.iter().filter(|source| source.said == Said::Speaks).count()
    }
}

/// Sets sources beside each other.
pub fn compare(mut sources: Vec<Source>, topic: Topic) -> Comparison {
    sources.sort_by(|a, b| (a.said(), &a.name).cmp(&(b.said(), &b.name)));
    let mut stems = Stems::default();
    let sentences = sentences(&sources, &mut stems);
    let paired = pair(&sentences, &stems);
    let alike = paired.claims.iter().flat_map(|claim| [claim.a, claim.b]);
    let together: BTreeSet<SentenceAt> = alike.chain(paired.otherwise).collect();
    let mut only: Vec<Vec<SentenceAt>> = vec![Vec::new(); sources.len()];
    for sentence in sentences.iter().filter(|sentence| sentence.on_topic) {
        if !together.contains(&sentence.at) {
            only[sentence.at.source].push(sentence.at);
        }
    }
    drop(sentences);
    let independence = independence(&sources);
    let marks: Vec<Vec<Marking>> = (0..sources.len()).map(|at| marks(&sources, at)).collect();
    let compared =
        sources.into_iter().zip(marks).zip(only).map(|((source, marks), only)| Compared {
            said: source.said(),
            profile: source.profile(&topic),
            figures: source.figures(),
            marks,
            only,
            source,
        });
    let sources = compared.collect();
    Comparison { sources, topic, claims: paired.claims, figures: paired.figures, independence }
}

/// The words that mark the passages of one source against those of all others.
fn marks(sources: &[Source], at: usize) -> Vec<Marking> {
    let side = |wanted: &dyn Fn(usize) -> bool| -> Vec<SideDocument<'_>> {
        let of = sources.iter().enumerate().filter(|(number, _)| wanted(*number));
        of.flat_map(|(_, source)| documents(source)).collect()
    };
    let (here, there) = (side(&|number| number == at), side(&|number| number != at));
    if here.is_empty() || there.is_empty() {
        return Vec::new();
    }
    let request = KeynessRequest {
        most: MOST_MARKS,
        fewest_documents: 1,
        order: Order::LogOdds,
        ..KeynessRequest::default()
    };
    let found = keyness(&Texts::of(&here, &there), &request).marks_a;
    // What stands once marks nothing.
    let marking = found.into_iter().filter(|term| term.here.rate.count > 1);
    marking
        .map(|term| Marking {
            shown: term.shown,
            here: term.here.rate.count,
            there: term.there.rate.count,
            examples: term.examples,
        })
        .collect()
}

/// The passages of a source that were read, by document and in reading order.
fn documents(source: &Source) -> Vec<SideDocument<'_>> {
    type Passages<'a> = BTreeMap<&'a PassageId, &'a str>;
    let mut documents: BTreeMap<&DocumentId, (Option<Country>, Passages<'_>)> = BTreeMap::new();
    for speaking in &source.passages {
        let passage = &speaking.record.passage.passage;
        let of = documents.entry(&passage.id.document).or_default();
        of.0 = speaking.record.document.country;
        of.1.insert(&passage.id, &passage.text);
    }
    let side = documents.into_values();
    side.map(|(country, passages)| SideDocument {
        country,
        passages: passages.into_iter().collect(),
    })
    .collect()
}
