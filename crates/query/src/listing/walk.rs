//! Goes through matches in their order and lets each into the list, puts it under one that is nearly
//! the same, or passes it over. What becomes of a match depends on those before it only, so that every
//! part of a list is a part of the same list.

use std::collections::HashMap;

use indexing::Index;
use tantivy::DocAddress;

use super::balance::Merged;
use super::folding::Comparing;
use super::{FOLDED_AMONG, Folding, Listing, Unit};
use crate::ranking::best::Ranked;

/// A match with what places it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub ranked: Ranked,
    /// What nearness earned it.
    pub near: f32,
    /// The group of which only so many are listed; see [`Listing::per_source`].
    pub group: u64,
}

/// A place of the list.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub candidate: Candidate,
    /// Whether it stands there for the balance of sources; see [`super::balance`].
    pub lifted: bool,
    /// What is nearly the same and comes behind it, in order.
    pub folded: Vec<DocAddress>,
}

/// The first `most` places of the list, with what is lifted in its place, and how many matches were left out for being like the passage
/// that is to be left out.
pub(crate) fn walk(
    index: &Index,
    candidates: &[Candidate],
    lifted: &[Candidate],
    listing: &Listing,
    unlike: Option<DocAddress>,
    most: usize,
) -> tantivy::Result<(Vec<Entry>, usize)> {
    let mut comparing = Comparing::new(index)?;
    let folds = listing.folding == Folding::NearlyTheSame && listing.unit == Unit::Passages;
    let unlike = unlike.map(|address| (address, comparing.fingerprint(address)));
    let quota = listing.per_source.map(std::num::NonZeroUsize::get);
    let mut listed: HashMap<u64, usize> = HashMap::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut fingerprints: Vec<u64> = Vec::new();
    let mut left_out = 0;
    let mut merged = Merged::new(candidates, lifted);
    let (mut at, mut place) = (0, 1);
    while let Some((candidate, lifted)) = merged.next(place) {
        at += 1;
        let address = candidate.ranked.address;
        let compared = at <= FOLDED_AMONG && (folds || unlike.is_some());
        let print = if compared { comparing.fingerprint(address) } else { 0 };
        if let Some(unlike) = unlike
            && (unlike.0 == address || compared && comparing.alike(unlike, (address, print))?)
        {
            left_out += 1;
            continue;
        }
        if compared && folds {
            let mut under = None;
            for (entry, its_print) in entries.iter_mut().zip(&fingerprints) {
                let first = (entry.candidate.ranked.address, *its_print);
                if comparing.alike(first, (address, print))? {
                    under = Some(entry);
                    break;
                }
            }
            if let Some(entry) = under {
                entry.folded.push(address);
                continue;
            }
        } else if entries.len() >= most {
            break;
        }
        place += 1;
        let of_group = listed.entry(candidate.group).or_default();
        if entries.len() < most && quota.is_none_or(|quota| *of_group < quota) {
            *of_group += 1;
            entries.push(Entry { candidate, lifted, folded: Vec::new() });
            fingerprints.push(print);
        }
    }
    Ok((entries, left_out))
}
