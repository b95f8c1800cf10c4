//! What was set aside, counted by the rule that did it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use model::DocumentRecord;

/// How much a rule set aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleTally {
    /// Blocks.
    pub blocks: u64,
    /// Documents in which it set aside at least one.
    pub documents: usize,
}

/// What was set aside in some documents, by rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SetAside(BTreeMap<String, RuleTally>);

impl SetAside {
    /// Takes in a document.
    pub fn take(&mut self, document: &DocumentRecord) {
        for count in &document.set_aside_by {
            let tally = match self.0.get_mut(&count.rule) {
                Some(tally) => tally,
                None => self.0.entry(count.rule.clone()).or_default(),
            };
            tally.blocks += u64::from(count.blocks);
            tally.documents += 1;
        }
    }

    /// Blocks set aside, whatever the rule.
    pub fn blocks(&self) -> u64 {
        self.0.values().map(|tally| tally.blocks).sum()
    }

    /// The rules that set something aside, the most blocks first, then by name.
    pub fn by_rule(&self) -> Vec<(&str, RuleTally)> {
        let mut rules: Vec<_> =
            self.0.iter().map(|(rule, tally)| (rule.as_str(), *tally)).collect();
        rules.sort_by_key(|(_, tally)| Reverse(tally.blocks));
        rules
    }
}
