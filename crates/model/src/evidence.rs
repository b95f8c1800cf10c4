//! Where a piece of metadata came from. forb guesses nothing silently: every value carries the
//! evidence it rests on, evidence that speaks for another value is kept beside it, and what no
//! evidence settles stays unknown.

use serde::{Deserialize, Serialize};

/// What kind of witness a piece of evidence is, the weightiest first. Where witnesses disagree the
/// weightier one decides and the disagreement is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Set by the user for this document.
    User,
    /// Written in the file `NAME.meta.toml` beside the source file.
    Sidecar,
    /// Seen by forb itself when it fetched the page.
    Fetch,
    /// Stated in the report's own text.
    Text,
    /// Stated by another field of the record that holds the report's text, in a data set or a web
    /// archive (WARC).
    Record,
    /// Stated in the page's markup, such as an HTML title.
    Markup,
    /// Follows from the publisher's profile.
    Profile,
    /// Read from the file's name.
    FileName,
}

/// How far a value may be relied on, the surest first. It follows from the witnesses alone:
///
/// - a value that a person states or that forb saw itself when it fetched the page is certain, and so
///   is one for which witnesses of two kinds speak;
/// - a value for which witnesses of one kind speak is likely; if all they have is the file's name,
///   it is possible;
/// - a witness for another value takes one step away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// A person says so, or witnesses of several kinds agree.
    Certain,
    /// Witnesses of one kind say so, or surer ones are contradicted.
    Likely,
    /// Weak or contradicted.
    Possible,
}

impl Confidence {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Confidence::Certain => "certain",
            Confidence::Likely => "likely",
            Confidence::Possible => "possible",
        }
    }
}

/// One witness for a piece of metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// What kind of witness this is.
    pub origin: Origin,
    /// The value it speaks for, in its written form; `None` when it settles no value but says
    /// something worth knowing, such as a bound.
    pub value: Option<String>,
    /// The words relied on, as they stand in the source; several stretches are parted by ` · `.
    pub quote: Option<String>,
    /// How the words lead to the value.
    pub note: String,
}

/// A piece of metadata: the value, if it is known, and everything known about where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding<T> {
    /// The value; `None` is "unknown".
    pub value: Option<T>,
    /// All evidence, the weightiest first. A known value always has at least one piece.
    pub evidence: Vec<Evidence>,
}

impl<T> Default for Finding<T> {
    fn default() -> Self {
        Self { value: None, evidence: Vec::new() }
    }
}

impl Evidence {
    /// A witness of kind `origin` for `value`.
    pub fn new(origin: Origin, value: impl Into<String>, note: impl Into<String>) -> Self {
        Self { origin, value: Some(value.into()), quote: None, note: note.into() }
    }

    /// The same, with the words it rests on.
    pub fn quoting(mut self, quote: impl Into<String>) -> Self {
        self.quote = Some(quote.into());
        self
    }
}

impl<T> Finding<T> {
    /// Takes in one more witness. The value is replaced only when this witness is weightier than
    /// every earlier one that spoke for a value; among equals the first stands.
    pub fn witness(&mut self, value: T, evidence: Evidence) {
        let best = self.evidence.iter().filter(|e| e.value.is_some()).map(|e| e.origin).min();
        if !self.is_withheld() && best.is_none_or(|best| evidence.origin < best) {
            self.value = Some(value);
        }
        self.note(evidence);
    }

    /// Takes in that the user says the value is unknown, whatever speaks for one. Called before any
    /// other witness of the user; what comes later is kept as disagreement.
    pub fn withhold(&mut self, note: impl Into<String>) {
        self.value = None;
        let evidence =
            Evidence { origin: Origin::User, value: None, quote: None, note: note.into() };
        self.evidence.insert(0, evidence);
    }

    /// Whether the user said that the value is unknown: the weightiest evidence is the user's and
    /// speaks for no value.
    pub fn is_withheld(&self) -> bool {
        self.evidence.first().is_some_and(|e| e.origin == Origin::User && e.value.is_none())
    }

    /// The value that evidence has to speak for to agree, in its written form; `None` when none is
    /// taken.
    pub fn taken(&self) -> Option<&str> {
        let speaks = || self.evidence.iter().find_map(|e| e.value.as_deref());
        if self.is_withheld() { None } else { speaks() }
    }

    /// Takes in evidence that settles no value.
    pub fn note(&mut self, evidence: Evidence) {
        let at = self.evidence.partition_point(|e| e.origin <= evidence.origin);
        self.evidence.insert(at, evidence);
    }

    /// How far the value may be relied on; `None` where it is unknown.
    pub fn confidence(&self) -> Option<Confidence> {
        self.value.as_ref()?;
        confidence(&self.evidence)
    }

    /// The evidence that speaks for another value than the one taken.
    pub fn disagreements(&self) -> impl Iterator<Item = &Evidence> {
        let taken = self.taken();
        self.evidence.iter().filter(move |e| e.value.as_deref().is_some_and(|v| Some(v) != taken))
    }
}

/// How far the value may be relied on for which the first of these witnesses speaks that speaks for
/// any, the weightiest standing first; `None` where none of them speaks for a value.
fn confidence(evidence: &[Evidence]) -> Option<Confidence> {
    let mut speaking = evidence.iter().filter(|e| e.value.is_some());
    let first = speaking.next()?;
    let (mut agrees, mut disagrees) = (false, false);
    for other in speaking {
        let is_same = other.value == first.value;
        agrees |= is_same && other.origin != first.origin;
        disagrees |= !is_same;
    }
    let undisputed = match first.origin {
        Origin::User | Origin::Sidecar | Origin::Fetch => Confidence::Certain,
        _ if agrees => Confidence::Certain,
        Origin::FileName => Confidence::Possible,
        Origin::Text | Origin::Record | Origin::Markup | Origin::Profile => Confidence::Likely,
    };
    Some(match (disagrees, undisputed) {
        (false, undisputed) => undisputed,
        (true, Confidence::Certain) => Confidence::Likely,
        (true, Confidence::Likely | Confidence::Possible) => Confidence::Possible,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ORIGINS: [Origin; 8] = [
        Origin::User,
        Origin::Sidecar,
        Origin::Fetch,
        Origin::Text,
        Origin::Record,
        Origin::Markup,
        Origin::Profile,
        Origin::FileName,
    ];

    proptest! {
        #[test]
        fn the_weightiest_witness_decides_and_none_is_lost(order in proptest::collection::vec(0usize..8, 1..12)) {
            let mut finding = Finding::default();
            for (n, &origin) in order.iter().enumerate() {
                finding.witness(n, Evidence::new(ORIGINS[origin], n.to_string(), ""));
            }
            let weightiest = order.iter().min().copied().unwrap_or(0);
            let expected = order.iter().position(|&o| o == weightiest);
            prop_assert_eq!(finding.value, expected);
            prop_assert_eq!(finding.evidence.len(), order.len());
            prop_assert_eq!(finding.evidence[0].value.clone(), expected.map(|n| n.to_string()));
            prop_assert_eq!(finding.disagreements().count(), order.len() - 1);
        }
    }

    #[test]
    fn confidence_follows_from_who_agrees_and_who_does_not() {
        use Confidence::{Certain, Likely, Possible};
        use Origin::{Fetch, FileName, Markup, Text, User};
        for (witnesses, expected) in [
            (&[][..], None),
            (&[(User, 1)], Some(Certain)),
            (&[(User, 1), (Text, 2)], Some(Likely)),
            (&[(Text, 1)], Some(Likely)),
            // Two places of one text are one witness.
            (&[(Text, 1), (Text, 1)], Some(Likely)),
            (&[(Text, 1), (Markup, 1)], Some(Certain)),
            (&[(Text, 1), (Markup, 1), (FileName, 2)], Some(Likely)),
            (&[(Text, 1), (Markup, 2)], Some(Possible)),
            (&[(FileName, 1)], Some(Possible)),
            (&[(Fetch, 1)], Some(Certain)),
        ] {
            let mut finding = Finding::default();
            for &(origin, value) in witnesses {
                finding.witness(value, Evidence::new(origin, value.to_string(), ""));
            }
            assert_eq!(finding.confidence(), expected, "{witnesses:?}");
        }
    }

    #[test]
    fn what_the_user_says_is_unknown_stays_so_and_the_rest_disagrees() {
        let mut finding: Finding<i32> = Finding::default();
        finding.withhold("it is wrong");
        for origin in ORIGINS {
            finding.witness(1, Evidence::new(origin, "1", ""));
        }
        assert_eq!(finding.value, None);
        assert_eq!(finding.disagreements().count(), ORIGINS.len());
    }

    #[test]
    fn a_bound_settles_nothing() {
        let mut finding: Finding<i32> = Finding::default();
        finding.note(Evidence {
            origin: Origin::Text,
            value: None,
            quote: Some("As we close out 2023".into()),
            note: "bounds the day of capture".into(),
        });
        assert_eq!(finding.value, None);
        assert_eq!(finding.disagreements().count(), 0);
    }
}
