//! The judgement on one quotation of a draft: it stands in what is cited, with or without marked
//! alterations; it stands elsewhere; it differs, and how; it stands nowhere; or it cannot be checked.

use model::{DocumentId, Locator, PassageId, TextRange};

use super::callouts::{Callout, callouts};
use super::cited::CitedId;
use super::compare::{Comparison, Difference, MOST_TOKENS, compare};
use super::draft::DraftQuotation;
use super::words::{Gaps, Token, TokenKind, tokens};
use crate::find::Comparable;
use crate::wording::{Alteration, Found, find_in};

/// Fewer words than this, with nothing cited, would be found anywhere.
const FEWEST_WORDS: usize = 3;

/// Where the texts come from that a quotation may have been taken from.
pub trait QuoteSource {
    /// Why a text could not be had.
    type Error;

    /// The texts that a citation names: the passage with what stands around it, or the document.
    /// `None` where the library does not hold it.
    ///
    /// # Errors
    /// When the library cannot be read.
    fn cited(&self, id: &CitedId) -> Result<Option<Vec<Candidate>>, Self::Error>;

    /// Texts that may hold these words one after the other.
    ///
    /// # Errors
    /// When the library cannot be read.
    fn holding(&self, words: &str) -> Result<Vec<Candidate>, Self::Error>;

    /// Texts that may hold words like these, asked for where none holds them one after the other.
    ///
    /// # Errors
    /// When the library cannot be read.
    fn like(&self, words: &str) -> Result<Vec<Candidate>, Self::Error>;
}

/// A stretch of a document's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The document.
    pub document: DocumentId,
    /// The text.
    pub text: String,
    /// Where it begins, in bytes of the document's text.
    pub offset: usize,
    /// The passages in it, in order.
    pub passages: Vec<CandidatePassage>,
}

/// A passage within a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CandidatePassage {
    /// Its id.
    pub id: PassageId,
    /// Its place, in bytes of the candidate's text.
    pub range: TextRange,
    /// Its place in the terms of a citation.
    pub locator: Locator,
}

/// Where words stand in a library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The document.
    pub document: DocumentId,
    /// The passage in which they begin, where they begin in one.
    pub passage: Option<PassageId>,
    /// Its place in the terms of a citation.
    pub locator: Option<Locator>,
    /// From their first word to their last, in bytes of the document's text.
    pub range: TextRange,
    /// The words, as the source prints them.
    pub words: String,
}

/// A marked alteration that hides something which may matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// What the ellipsis or bracket stands for, as the source prints it.
    pub hidden: String,
    /// What it hides.
    pub callouts: Vec<Callout>,
}

/// What was found of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Judgement {
    /// It stands there word for word. Case at the start and a closing mark may follow custom.
    Exact {
        /// Where.
        place: Place,
        /// What custom changed.
        alterations: Vec<Alteration>,
    },
    /// It stands there with ellipses and brackets that a reader sees.
    Marked {
        /// Where.
        place: Place,
        /// What they stand for.
        alterations: Vec<Alteration>,
        /// Those that hide what may matter.
        concerns: Vec<Concern>,
    },
    /// It stands in another document or passage than the one cited.
    FoundElsewhere {
        /// Where.
        place: Place,
        /// How it departs from it.
        alterations: Vec<Alteration>,
        /// Those that hide what may matter.
        concerns: Vec<Concern>,
    },
    /// The source reads otherwise.
    Differs {
        /// Where it reads most like it.
        place: Place,
        /// Every difference, in order.
        differences: Vec<Difference>,
    },
    /// Nothing like it stands in any text looked at.
    NotFound,
    /// It was not checked.
    CannotCheck(NotChecked),
}

/// Why a quotation was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotChecked {
    /// What is cited is not in the library, and the words stand nowhere else in it.
    NotHeld(CitedId),
    /// It holds no words.
    NoWords,
    /// It has one or two words and cites nothing: they would be found anywhere.
    TooShort,
    /// It has more words than are compared.
    TooLong,
}

impl Judgement {
    /// Whether the draft may stand as it is: the quotation is exact, or its alterations are marked.
    pub fn holds(&self) -> bool {
        matches!(self, Judgement::Exact { .. } | Judgement::Marked { .. })
    }

    /// The word for it in output.
    pub fn name(&self) -> &'static str {
        match self {
            Judgement::Exact { .. } => "exact",
            Judgement::Marked { .. } => "marked",
            Judgement::FoundElsewhere { .. } => "found elsewhere",
            Judgement::Differs { .. } => "differs",
            Judgement::NotFound => "not found",
            Judgement::CannotCheck(_) => "cannot check",
        }
    }
}

/// Judges one quotation.
///
/// # Errors
/// Those of the source of texts.
pub fn judge<S: QuoteSource>(
    quotation: &DraftQuotation,
    source: &S,
) -> Result<Judgement, S::Error> {
    let pieces = tokens(&quotation.text, Gaps::Marked);
    let words = pieces.iter().filter(|token| token.kind == TokenKind::Word).count();
    let refused = match words {
        0 => Some(NotChecked::NoWords),
        words if words < FEWEST_WORDS && quotation.cited.is_empty() => Some(NotChecked::TooShort),
        _ if pieces.len() > MOST_TOKENS => Some(NotChecked::TooLong),
        _ => None,
    };
    if let Some(refused) = refused {
        return Ok(Judgement::CannotCheck(refused));
    }
    let (mut cited, mut missing) = (Vec::new(), None);
    for id in &quotation.cited {
        match source.cited(id)? {
            Some(texts) => cited.extend(texts.into_iter().map(|text| (id, text))),
            None => missing = missing.or_else(|| Some(id.clone())),
        }
    }
    let mut elsewhere = None;
    for (id, candidate) in &cited {
        match located(&quotation.text, candidate, id) {
            Located::Cited(found) => return Ok(standing(candidate, found)),
            Located::Elsewhere(found) if elsewhere.is_none() => {
                elsewhere = Some(found_elsewhere(candidate, found));
            }
            _ => {}
        }
    }
    if let Some(elsewhere) = elsewhere {
        return Ok(elsewhere);
    }
    let among = |candidates: &[Candidate]| {
        let mut found = candidates.iter().filter_map(|candidate| {
            let found = first_found(&quotation.text, candidate)?;
            Some(match quotation.cited.is_empty() {
                true => standing(candidate, found),
                false => found_elsewhere(candidate, found),
            })
        });
        found.next()
    };
    let mut others = source.holding(longest_piece(&quotation.text, &pieces))?;
    if let Some(found) = among(&others) {
        return Ok(found);
    }
    let like = source.like(&quotation.text)?;
    if let Some(found) = among(&like) {
        return Ok(found);
    }
    others.extend(like);
    let near = nearest(&quotation.text, cited.iter().map(|(_, candidate)| candidate))
        .or_else(|| nearest(&quotation.text, &others));
    Ok(match (near, missing) {
        (Some(differs), _) => differs,
        (None, Some(missing)) if cited.is_empty() => {
            Judgement::CannotCheck(NotChecked::NotHeld(missing))
        }
        _ => Judgement::NotFound,
    })
}

/// The words of a quotation that stand together in its source, between ellipses and brackets: where there
/// are several such stretches, the one with the most words.
fn longest_piece<'a>(quote: &'a str, pieces: &[Token]) -> &'a str {
    let words =
        |piece: &&[Token]| piece.iter().filter(|token| token.kind == TokenKind::Word).count();
    let longest = pieces.split(|token| token.kind == TokenKind::Gap).max_by_key(words);
    let ends = longest.and_then(|piece| Some((piece.first()?, piece.last()?)));
    let Some((first, last)) = ends else { return quote };
    TextRange::new(first.range.start, last.range.end).of(quote).unwrap_or(quote)
}

enum Located {
    Cited(Found),
    Elsewhere(Found),
    Nowhere,
}

/// Where a quotation stands in a text that it cites: at the place cited, or elsewhere in it.
fn located(quote: &str, candidate: &Candidate, id: &CitedId) -> Located {
    let mut found = find_in(&Comparable::of_text(&candidate.text), &candidate.text, quote);
    let wanted = match id {
        CitedId::Document(_) => None,
        CitedId::Passage(id) => candidate.passages.iter().find(|passage| passage.id == *id),
    };
    let there = |found: &Found| wanted.is_none_or(|passage| passage.range.overlaps(&found.range));
    let named = matches!(id, CitedId::Document(_)) || wanted.is_some();
    match found.iter().position(there).filter(|_| named) {
        Some(at) => Located::Cited(found.swap_remove(at)),
        None if found.is_empty() => Located::Nowhere,
        None => Located::Elsewhere(found.swap_remove(0)),
    }
}

fn first_found(quote: &str, candidate: &Candidate) -> Option<Found> {
    find_in(&Comparable::of_text(&candidate.text), &candidate.text, quote).into_iter().next()
}

fn standing(candidate: &Candidate, found: Found) -> Judgement {
    let place = place(candidate, found.range);
    if found.is_verbatim() {
        return Judgement::Exact { place, alterations: found.alterations };
    }
    let concerns = concerns(&found.alterations);
    Judgement::Marked { place, alterations: found.alterations, concerns }
}

fn found_elsewhere(candidate: &Candidate, found: Found) -> Judgement {
    let concerns = concerns(&found.alterations);
    let place = place(candidate, found.range);
    Judgement::FoundElsewhere { place, alterations: found.alterations, concerns }
}

/// The candidate that reads most like the quotation.
fn nearest<'a>(
    quote: &str,
    candidates: impl IntoIterator<Item = &'a Candidate>,
) -> Option<Judgement> {
    let mut best: Option<(&Candidate, Comparison)> = None;
    for candidate in candidates {
        if let Some(found) = compare(quote, &candidate.text)
            && best.as_ref().is_none_or(|(_, best)| found.cost < best.cost)
        {
            best = Some((candidate, found));
        }
    }
    let (candidate, found) = best?;
    let place = place(candidate, found.range);
    Some(Judgement::Differs { place, differences: found.differences })
}

fn place(candidate: &Candidate, range: TextRange) -> Place {
    let passage = candidate
        .passages
        .iter()
        .find(|passage| passage.range.start <= range.start && range.start < passage.range.end);
    Place {
        document: candidate.document.clone(),
        passage: passage.map(|passage| passage.id.clone()),
        locator: passage.map(|passage| passage.locator.clone()),
        range: range.shifted(candidate.offset),
        words: range.of(&candidate.text).unwrap_or("").to_owned(),
    }
}

/// The marked alterations that hide a negation, a qualifier, or another number than they write.
fn concerns(alterations: &[Alteration]) -> Vec<Concern> {
    let mut found = Vec::new();
    for alteration in alterations {
        let (written, hidden) = match alteration {
            Alteration::Omitted { source } => ("", source),
            Alteration::Bracketed { written, source } => (written.as_str(), source),
            Alteration::Case { .. } | Alteration::ClosingPunctuation { .. } => continue,
        };
        let [ours, theirs] = [written, hidden.as_str()].map(|text| tokens(text, Gaps::Own));
        let words = |tokens: &[Token]| -> Vec<String> {
            tokens.iter().map(|token| token.text.clone()).collect()
        };
        let (ours, theirs) = (words(&ours), words(&theirs));
        let ours: Vec<&str> = ours.iter().map(String::as_str).collect();
        let theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
        // Numbers in words left out are no change of a number.
        let mut callouts = callouts(&ours, &theirs);
        if written.is_empty() {
            callouts.retain(|callout| *callout != Callout::NumberChanged);
        }
        if !callouts.is_empty() {
            found.push(Concern { hidden: hidden.clone(), callouts });
        }
    }
    found
}
