//! The balance of sources: where most of the best matches are of one source, whose words the query
//! happens to be in, every third place goes to a passage of another source that says each word of the
//! query otherwise. Without that, a list of keywords is one source's voice.

use std::collections::{HashMap, HashSet};

use indexing::Index;
use tantivy::DocAddress;

use super::groups::{By, Groups};
use super::walk::Candidate;
use crate::ranking::best::{Best, in_order};

/// How many of the best matches are looked at for whether one source has most of them.
pub const HEAD: usize = 20;

/// Every how many places one goes to another source.
pub const EVERY: usize = 3;

/// How many passages that say it otherwise are looked at, the best of them.
pub(crate) const SAID_OTHERWISE: usize = 1_000;

/// The source that most of the best matches are of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneVoice {
    /// The name of its series, or of its publisher where the series is unknown.
    pub source: String,
    /// How many of the best matches are of it.
    pub hits: usize,
    /// How many were looked at: [`HEAD`], or all where there are fewer.
    pub of: usize,
}

/// What is lifted in a list, and why.
#[derive(Default)]
pub(crate) struct Lifted {
    pub voice: Option<OneVoice>,
    /// Passages of other sources, the best first.
    pub candidates: Vec<Candidate>,
}

/// What is lifted among matches of which `head` are the best; `otherwise` are those that say it in
/// other words.
pub(crate) fn lifted(
    index: &Index,
    head: &[Candidate],
    otherwise: Best,
) -> tantivy::Result<Lifted> {
    let head = &head[..head.len().min(HEAD)];
    let otherwise = otherwise.finish();
    if otherwise.is_empty() {
        return Ok(Lifted::default());
    }
    let mut groups = Groups::new(By::Source);
    let segments = index.searcher().segment_readers().iter();
    let sources: Vec<_> =
        segments.map(|segment| groups.within(segment)).collect::<tantivy::Result<_>>()?;
    let source = |address: DocAddress| {
        sources.get(address.segment_ord as usize).map_or(0, |segment| segment.of(address.doc_id))
    };
    let mut counts: HashMap<u64, usize> = HashMap::new();
    head.iter().for_each(|one| *counts.entry(source(one.ranked.address)).or_default() += 1);
    // 0 is of what is unknown, which is no source.
    let most = counts.into_iter().find(|(of, hits)| *of != 0 && hits * 2 > head.len());
    let Some((loud, hits)) = most else { return Ok(Lifted::default()) };
    let otherwise = in_order(index, otherwise, SAID_OTHERWISE)?;
    let of_others = otherwise.into_iter().filter(|one| source(one.address) != loud);
    let candidates: Vec<Candidate> =
        of_others.map(|ranked| Candidate { ranked, near: 0.0, group: 0 }).collect();
    let of_it = head.iter().find(|one| source(one.ranked.address) == loud);
    let (Some(one), false) = (of_it, candidates.is_empty()) else { return Ok(Lifted::default()) };
    let source = name_of_source(index, one.ranked.address)?;
    Ok(Lifted { voice: Some(OneVoice { source, hits, of: head.len() }), candidates })
}

fn name_of_source(index: &Index, address: DocAddress) -> tantivy::Result<String> {
    let record = index.record(address);
    let record = record.map_err(|e| tantivy::TantivyError::InternalError(e.to_string()))?;
    let (series, publisher) = (&record.document.series, &record.document.publisher);
    let of_series = series.as_ref().map(|series| series.name.clone());
    let name = of_series.or_else(|| publisher.as_ref().map(|publisher| publisher.name.clone()));
    Ok(name.unwrap_or_default())
}

/// Two lists gone through as one: every third place is for the next that is lifted.
pub(crate) struct Merged<'a> {
    usual: std::slice::Iter<'a, Candidate>,
    lifted: std::slice::Iter<'a, Candidate>,
    passed: HashSet<DocAddress>,
}

impl<'a> Merged<'a> {
    pub fn new(usual: &'a [Candidate], lifted: &'a [Candidate]) -> Self {
        Self { usual: usual.iter(), lifted: lifted.iter(), passed: HashSet::new() }
    }

    /// The next for a place, counted from 1, and whether it is lifted there.
    pub fn next(&mut self, place: usize) -> Option<(Candidate, bool)> {
        if place.is_multiple_of(EVERY) {
            let next = self.lifted.by_ref().find(|one| !self.passed.contains(&one.ranked.address));
            if let Some(one) = next {
                self.passed.insert(one.ranked.address);
                return Some((*one, true));
            }
        }
        let next = self.usual.by_ref().find(|one| !self.passed.contains(&one.ranked.address))?;
        // Only what may come again has to be remembered.
        if self.lifted.len() > 0 {
            self.passed.insert(next.ranked.address);
        }
        Some((*next, false))
    }
}
