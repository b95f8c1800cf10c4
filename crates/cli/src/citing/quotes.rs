//! The texts of a library in which a draft's quotations may stand: what they cite, what else holds their
//! words one after the other, and what holds the rarest of them.

use citation::verify::{Candidate, CandidatePassage, CitedId, QuoteSource};
use indexing::Index;
use model::{IndexRecord, PassageId, TextRange};

/// How many passages on either side of a cited one are looked at with it.
const AROUND_CITED: usize = 4;
/// How many records are looked at that hold the words of a quotation: some may write them otherwise.
const MOST_HOLDING: usize = 100;
/// How many are looked at that hold its rarest words.
const MOST_LIKE: usize = 20;
/// To how many of them, the likeliest, their neighbours are added: a quotation may run on.
const WITH_NEIGHBOURS: usize = 3;

/// A library's texts.
pub struct LibraryTexts<'a> {
    index: &'a Index,
}

impl<'a> LibraryTexts<'a> {
    /// The texts of an index.
    pub fn of(index: &'a Index) -> Self {
        Self { index }
    }

    /// A passage and those around it.
    fn around(&self, id: &PassageId, passages: usize) -> anyhow::Result<Option<Vec<Candidate>>> {
        let found = query::neighbours(self.index, id, passages)?;
        Ok(found.map(|found| {
            runs(found.before.into_iter().chain([found.record]).chain(found.after).collect())
        }))
    }

    fn with_neighbours(&self, records: Vec<IndexRecord>) -> anyhow::Result<Vec<Candidate>> {
        let mut found = Vec::new();
        for (at, record) in records.into_iter().enumerate() {
            let id = &record.passage.passage.id;
            let around = if at < WITH_NEIGHBOURS { self.around(id, 1)? } else { None };
            found.extend(around.unwrap_or_else(|| runs(vec![record])));
        }
        Ok(found)
    }
}

impl QuoteSource for LibraryTexts<'_> {
    type Error = anyhow::Error;

    fn cited(&self, id: &CitedId) -> anyhow::Result<Option<Vec<Candidate>>> {
        if let CitedId::Passage(id) = id
            && let Some(found) = self.around(id, AROUND_CITED)?
        {
            return Ok(Some(found));
        }
        let records = self.index.passages_of(id.document())?;
        Ok((!records.is_empty()).then(|| runs(records)))
    }

    fn holding(&self, words: &str) -> anyhow::Result<Vec<Candidate>> {
        self.with_neighbours(query::holding_quoted(self.index, words, MOST_HOLDING)?)
    }

    fn like(&self, words: &str) -> anyhow::Result<Vec<Candidate>> {
        self.with_neighbours(query::like_quoted(self.index, words, MOST_LIKE)?)
    }
}

/// The stretches of text that records of one document cover without a gap. What stands between two
/// others (a heading, a printed number) is not in the index.
fn runs(mut records: Vec<IndexRecord>) -> Vec<Candidate> {
    records.sort_by_key(|record| record.passage.passage.range.start);
    let mut runs: Vec<Candidate> = Vec::new();
    for record in records {
        let passage = record.passage.passage;
        let last = runs.last_mut();
        let follows = last.filter(|run| run.offset + run.text.len() + 1 == passage.range.start);
        let run = match follows {
            Some(run) => {
                run.text.push('\n');
                run
            }
            None => {
                let (document, offset) = (record.document.id.clone(), passage.range.start);
                let (text, passages) = (String::new(), Vec::new());
                runs.push(Candidate { document, text, offset, passages });
                let Some(run) = runs.last_mut() else { continue };
                run
            }
        };
        let start = run.text.len();
        run.text.push_str(&passage.text);
        let range = TextRange::new(start, run.text.len());
        let (id, locator) = (passage.id, passage.locator);
        run.passages.push(CandidatePassage { id, range, locator });
    }
    runs
}
