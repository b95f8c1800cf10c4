//! What rules and repetition set aside in what an `add` brought in, for the sentence at its end.

use std::collections::{BTreeSet, HashSet};

use indexing::Index;
use model::{Circle, DocumentId};
use query::SetAside;
use render::{AddOutcome, AddReport};

use crate::paths::LibraryPaths;

/// How many rules the closing line names.
const RULES_NAMED: usize = 4;

/// What was set aside of what came in.
#[derive(Default)]
pub struct AsideTally {
    set_aside: SetAside,
    /// Documents of which the rest of the library has a say: they are counted at the end.
    circled: HashSet<DocumentId>,
    circles: BTreeSet<Circle>,
}

impl AsideTally {
    /// Counts what is set aside of a document that came in.
    pub fn count(&mut self, report: &AddReport) {
        match &report.outcome {
            AddOutcome::WouldAdd { document, .. } => self.set_aside.take(document),
            AddOutcome::Added { document, .. } | AddOutcome::Updated { document } => {
                let circles = document.circles();
                if circles.is_empty() {
                    self.set_aside.take(document);
                } else {
                    self.circled.insert(document.id.clone());
                    self.circles.extend(circles);
                }
            }
            _ => {}
        }
    }

    /// Counts what is set aside of the documents of which the rest of the library had a say.
    pub fn count_settled(&mut self, library: &LibraryPaths) -> anyhow::Result<()> {
        if self.circled.is_empty() {
            return Ok(());
        }
        let index = Index::open(&library.index())?;
        for circle in &self.circles {
            for document in index.documents_in(circle)? {
                let document = document?;
                if self.circled.remove(&document.id) {
                    self.set_aside.take(&document);
                }
            }
        }
        Ok(())
    }

    /// What was set aside of what came in, by rule; `None` where nothing was.
    pub fn line(&self) -> Option<String> {
        let rules = self.set_aside.by_rule();
        let shown = rules.iter().take(RULES_NAMED);
        let mut parts: Vec<String> =
            shown.map(|(rule, tally)| format!("{} by `{rule}`", tally.blocks)).collect();
        let others = rules.iter().skip(RULES_NAMED);
        let rest: u64 = others.map(|(_, tally)| tally.blocks).sum();
        if rest > 0 {
            parts.push(format!("{rest} by other rules (`forb status` names all)"));
        }
        let blocks = self.set_aside.blocks();
        let blocks = if blocks == 1 { "1 block".to_owned() } else { format!("{blocks} blocks") };
        (!rules.is_empty()).then(|| format!("{blocks} set aside: {}", parts.join(", ")))
    }
}
