//! The record of a search: what was asked, how it was read, of which state of the library, and what
//! was found; as a file that can be kept, read by a person, and asked again.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use indexing::Index;
use model::IssueId;
use query::{
    Added, AddedWords, Balance, Because, Bm25, Feedback, Folding, Listing, Ranking, Scope,
    SearchRequest, SearchResult, Sort, Unit,
};
use serde::{Deserialize, Serialize};

use super::file::{self, AsRecorded, LibraryRecord, RECORD_VERSION, Restrictions};

/// A search, as it is kept.
#[derive(Serialize, Deserialize)]
pub struct SearchRecord {
    record_version: u32,
    forb: String,
    typed: String,
    read: String,
    restrictions: Restrictions,
    ranking: RankingRecord,
    listing: ListingRecord,
    library: LibraryRecord,
    found: FoundRecord,
}

#[derive(Serialize, Deserialize)]
struct RankingRecord {
    k1: f32,
    b: f32,
    heading: f32,
    about: f32,
    proximity: f32,
    /// Whether sources are balanced; a record that does not say so was made by score alone.
    #[serde(default)]
    balance: bool,
    feedback: Option<FeedbackRecord>,
    added: Vec<AddedRecord>,
}

#[derive(Serialize, Deserialize)]
struct FeedbackRecord {
    passages: usize,
    words: usize,
    own: f32,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct AddedRecord {
    written: String,
    /// `stem`, `words` or `pattern`.
    kind: String,
    words: String,
    weight: f32,
    /// The issue it was added for; `None` for one that the best matches suggest.
    issue: Option<String>,
    /// The parts of the query that it says otherwise.
    #[serde(default)]
    instead_of: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct ListingRecord {
    sort: String,
    unit: String,
    fold: bool,
    per_source: Option<NonZeroUsize>,
    unlike: Option<String>,
    limit: usize,
    offset: usize,
}

#[derive(Serialize, Deserialize)]
struct FoundRecord {
    total: usize,
    own: usize,
    hits: Vec<HitRecord>,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct HitRecord {
    rank: usize,
    passage: String,
    score: Option<f32>,
    folded: Vec<String>,
}

impl SearchRecord {
    /// The record of a search. `typed` is the query as it was given.
    pub fn of(index: &Index, typed: &str, request: &SearchRequest, result: &SearchResult) -> Self {
        Self {
            record_version: RECORD_VERSION,
            forb: env!("CARGO_PKG_VERSION").to_owned(),
            typed: typed.to_owned(),
            read: request.query.to_string(),
            restrictions: Restrictions::of(request),
            ranking: RankingRecord::of(&request.ranking, &result.added),
            listing: ListingRecord::of(request),
            library: LibraryRecord::of(index),
            found: FoundRecord::of(result),
        }
    }

    /// Writes it to a file that is not there yet.
    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        file::write(self, path)
    }

    /// A record that was read from a file.
    pub fn of_value(value: serde_json::Value, path: &Path) -> anyhow::Result<Self> {
        serde_json::from_value(value).with_context(|| file::no_record(path))
    }

    /// The request it records.
    pub fn request(&self) -> anyhow::Result<SearchRequest> {
        let mut request = SearchRequest::new(query::parse_with(&self.read, &AsRecorded).query);
        request.filters = self.restrictions.filters()?;
        request.scope =
            if self.restrictions.set_aside() { Scope::WithSetAside } else { Scope::Passages };
        request.ranking = self.ranking.ranking();
        // What the best matches suggest is found again.
        let stated = self.ranking.added.iter().filter(|added| added.issue.is_some());
        request.added = stated.map(AddedRecord::added).collect::<anyhow::Result<_>>()?;
        self.listing.apply(&mut request)?;
        Ok(request)
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What of the library, and of forb, is another now; each a sentence.
    pub fn changed(&self, now: &Self) -> Vec<String> {
        file::changed((&self.forb, &self.library), (&now.forb, &now.library))
    }

    /// What is found differently now; each a sentence, in the order of the hits.
    pub fn differences(&self, now: &Self) -> Vec<String> {
        let (was, is) = (&self.found, &now.found);
        let mut differences = Vec::new();
        if self.read != now.read {
            differences.push(format!("the query is read as {}, was {}", now.read, self.read));
        }
        if self.ranking.added != now.ranking.added {
            let written = |record: &Self| {
                let words = record.ranking.added.iter();
                words.map(|added| added.written.as_str()).collect::<Vec<_>>().join(", ")
            };
            differences.push(format!("words added: {}; were: {}", written(now), written(self)));
        }
        for (what, was, is) in [("found", was.total, is.total), ("own matches", was.own, is.own)] {
            if was != is {
                differences.push(format!("{what}: {is}, was {was}"));
            }
        }
        let rank_of: BTreeMap<&str, &HitRecord> =
            is.hits.iter().map(|hit| (hit.passage.as_str(), hit)).collect();
        for hit in &was.hits {
            match rank_of.get(hit.passage.as_str()) {
                None => differences.push(format!("{} is gone, was {}", hit.passage, hit.rank)),
                Some(now) if *now != hit => differences.push(hit.differs(now)),
                Some(_) => {}
            }
        }
        for hit in is.hits.iter().filter(|hit| was.hits.iter().all(|w| w.passage != hit.passage)) {
            differences.push(format!("{} is new, at {}", hit.passage, hit.rank));
        }
        differences
    }
}

impl HitRecord {
    fn differs(&self, now: &Self) -> String {
        let score = |hit: &Self| hit.score.map_or("none".to_owned(), |score| score.to_string());
        let mut parts = Vec::new();
        if self.rank != now.rank {
            parts.push(format!("rank {}, was {}", now.rank, self.rank));
        }
        if self.score != now.score {
            parts.push(format!("score {}, was {}", score(now), score(self)));
        }
        if self.folded != now.folded {
            let (now, was) = (now.folded.len(), self.folded.len());
            parts.push(format!("other passages are folded under it: {now}, were {was}"));
        }
        format!("{}: {}", self.passage, parts.join("; "))
    }
}

impl RankingRecord {
    fn of(ranking: &Ranking, added: &[Added]) -> Self {
        let feedback = ranking.feedback.map(|feedback| FeedbackRecord {
            passages: feedback.passages,
            words: feedback.words,
            own: feedback.own,
        });
        Self {
            k1: ranking.bm25.k1,
            b: ranking.bm25.b,
            heading: ranking.heading,
            about: ranking.about,
            proximity: ranking.proximity,
            balance: ranking.balance == Balance::OfSources,
            feedback,
            added: added.iter().map(AddedRecord::of).collect(),
        }
    }

    fn ranking(&self) -> Ranking {
        Ranking {
            bm25: Bm25 { k1: self.k1, b: self.b },
            heading: self.heading,
            about: self.about,
            proximity: self.proximity,
            balance: if self.balance { Balance::OfSources } else { Balance::ByScore },
            feedback: self.feedback.as_ref().map(|feedback| Feedback {
                passages: feedback.passages,
                words: feedback.words,
                own: feedback.own,
            }),
        }
    }
}

impl AddedRecord {
    fn of(added: &Added) -> Self {
        let (kind, words) = match &added.words {
            AddedWords::Stem(words) => ("stem", words),
            AddedWords::Words(words) => ("words", words),
            AddedWords::Pattern(words) => ("pattern", words),
        };
        let issue = match &added.because {
            Because::Issue(issue) => Some(issue.to_string()),
            Because::Feedback => None,
        };
        Self {
            written: added.written.clone(),
            kind: kind.to_owned(),
            words: words.clone(),
            weight: added.weight,
            issue,
            instead_of: added.instead_of.clone(),
        }
    }

    fn added(&self) -> anyhow::Result<Added> {
        let words = match self.kind.as_str() {
            "stem" => AddedWords::Stem(self.words.clone()),
            "words" => AddedWords::Words(self.words.clone()),
            "pattern" => AddedWords::Pattern(self.words.clone()),
            kind => bail!("the record names added words of a kind `{kind}`"),
        };
        let because = match &self.issue {
            Some(issue) => Because::Issue(
                IssueId::new(issue)
                    .ok_or_else(|| anyhow!("the record names an issue `{issue}`"))?,
            ),
            None => Because::Feedback,
        };
        let (written, instead_of) = (self.written.clone(), self.instead_of.clone());
        Ok(Added { written, words, weight: self.weight, because, instead_of })
    }
}

const SORTS: [(&str, Sort); 4] = [
    ("relevance", Sort::Relevance),
    ("newest", Sort::Newest),
    ("oldest", Sort::Oldest),
    ("country", Sort::Country),
];
const UNITS: [(&str, Unit); 2] = [("passages", Unit::Passages), ("documents", Unit::Documents)];

impl ListingRecord {
    fn of(request: &SearchRequest) -> Self {
        let listing = &request.listing;
        Self {
            sort: name_of(&SORTS, listing.sort),
            unit: name_of(&UNITS, listing.unit),
            fold: listing.folding == Folding::NearlyTheSame,
            per_source: listing.per_source,
            unlike: listing.unlike.as_ref().map(ToString::to_string),
            limit: request.limit,
            offset: request.offset,
        }
    }

    fn apply(&self, request: &mut SearchRequest) -> anyhow::Result<()> {
        request.listing = Listing {
            unit: named(&UNITS, &self.unit)?,
            sort: named(&SORTS, &self.sort)?,
            folding: if self.fold { Folding::NearlyTheSame } else { Folding::None },
            per_source: self.per_source,
            unlike: self.unlike.as_deref().map(str::parse).transpose()?,
        };
        (request.limit, request.offset) = (self.limit, self.offset);
        Ok(())
    }
}

fn name_of<T: PartialEq + Copy>(names: &[(&str, T)], value: T) -> String {
    let found = names.iter().find(|(_, known)| *known == value);
    found.map_or_else(String::new, |(name, _)| (*name).to_owned())
}

fn named<T: Copy>(names: &[(&str, T)], name: &str) -> anyhow::Result<T> {
    let found = names.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| anyhow!("the record says `{name}`"))
}

impl FoundRecord {
    fn of(result: &SearchResult) -> Self {
        let hit = |hit: &query::Hit| HitRecord {
            rank: hit.rank,
            passage: hit.record.passage.passage.id.to_string(),
            score: hit.score,
            folded: hit.folded.iter().map(|folded| folded.passage.to_string()).collect(),
        };
        let hits = result.hits.iter().map(hit).collect();
        Self { total: result.total, own: result.own, hits }
    }
}
