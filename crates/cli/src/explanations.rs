//! What only the codebook and the lexicons can say of the labels of a passage: the names of issues
//! and groups, and the seeds that earned an issue.

use std::borrow::Cow;
use std::collections::HashMap;

use indexing::Index;
use ingestion::annotate::groups::GROUPS;
use ingestion::annotate::issues::Issues;
use ingestion::annotate::words::Words;
use ingestion::corpus::Corpus;
use model::codebook::Seed;
use model::{Codebook, IndexRecord, RecordKind};
use render::{EarningSeed, Explanation};

/// Explains passages by the codebook they were labelled with.
pub struct Explainer {
    names: HashMap<(&'static str, String), String>,
    /// `None` where the codebook is not the one the labels were made with.
    labelled_by: Option<(Cow<'static, Codebook>, Issues)>,
}

impl Explainer {
    /// An explainer for the passages of an index.
    pub fn open(corpus: &Corpus, index: &Index) -> Self {
        let digest = corpus.codebook_digest().ok();
        let codebook = corpus.codebook().ok();
        let groups = GROUPS.iter().map(|g| (("group", g.id.to_owned()), g.name.to_owned()));
        let issues = codebook.iter().flat_map(|codebook| &codebook.issues);
        let issues = issues.map(|i| (("issue", i.id.to_string()), i.name.clone()));
        let names = issues.chain(groups).collect();
        let same = digest == Some(index.commit().coverage.codebook);
        let labelled_by = codebook.filter(|_| same).map(|codebook| {
            let issues = Issues::of(&codebook);
            (codebook, issues)
        });
        Self { names, labelled_by }
    }

    /// A passage with what there is to say of its labels.
    pub fn explain<'a>(&'a self, record: &'a IndexRecord) -> Explanation<'a> {
        let seeds = match &self.labelled_by {
            Some((codebook, issues)) if record.kind == RecordKind::Passage => {
                earning(codebook, issues, record)
            }
            _ => Vec::new(),
        };
        Explanation { record, names: &self.names, seeds }
    }
}

/// The seeds that earn a passage its issues.
fn earning(codebook: &Codebook, issues: &Issues, record: &IndexRecord) -> Vec<EarningSeed> {
    let passage = &record.passage.passage;
    let words = Words::of(&passage.text, &passage.sentences);
    let seeds: Vec<(&str, &Seed)> = codebook
        .issues
        .iter()
        .flat_map(|issue| issue.seeds.iter().map(|seed| (issue.id.as_str(), seed)))
        .collect();
    let earned = issues.earned(&words).into_iter();
    earned
        .filter_map(|earned| {
            let (issue, seed) = seeds.get(earned.seed)?;
            Some(EarningSeed {
                issue: (*issue).to_owned(),
                range: earned.met.range(&words),
                pattern: seed.pattern.text.clone(),
                line: seed.line,
            })
        })
        .collect()
}
