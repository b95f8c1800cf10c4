//! What every container of documents gives, one after the other: members, and what is refused or
//! passed over, each with its reason.

use std::collections::BTreeMap;
use std::fmt::Display;

use super::bounds::{Budget, Trouble};
use crate::source::RecordContent;
use crate::stated::Stated;

/// A container that is being read, from front to back.
pub(super) trait Layer {
    /// The next member; `None` at the end. What is not worth a line is only counted.
    fn next(&mut self, budget: &mut Budget, passed: &mut Passed) -> Option<Step>;
}

/// A member, or why one is not read.
pub(super) type Step = Result<Member, Refused>;

/// One thing in a container.
#[derive(Debug)]
pub(super) struct Member {
    /// Where it stands in the container.
    pub(super) place: String,
    /// Its bytes.
    pub(super) bytes: Vec<u8>,
    /// What the container states of it.
    pub(super) stated: Stated,
    /// The text of the report, where the bytes are a record that holds more.
    pub(super) record: Option<RecordContent>,
    /// Whether it may itself be a container.
    pub(super) may_hold_more: bool,
}

impl Member {
    /// A file in an archive.
    pub(super) fn file(place: String, bytes: Vec<u8>) -> Self {
        Self { place, bytes, stated: Stated::default(), record: None, may_hold_more: true }
    }
}

/// Something in a container that is not read.
#[derive(Debug)]
pub(super) struct Refused {
    /// Where it stands.
    pub(super) place: String,
    /// Why it is not read.
    pub(super) reason: String,
}

impl Refused {
    pub(super) fn new(place: &str, reason: impl Display) -> Self {
        Self { place: place.to_owned(), reason: reason.to_string() }
    }

    /// Everything after the point where a container breaks off.
    pub(super) fn rest(container: &str, read: u64, what: &str, trouble: &Trouble) -> Self {
        let plural = if read == 1 { "" } else { "s" };
        Self::new(
            "the rest",
            format!("the {container} {trouble}; {read} {what}{plural} before it were read"),
        )
    }
}

/// What is passed over and only counted, by what it is.
#[derive(Debug, Default)]
pub(super) struct Passed(BTreeMap<String, u64>);

impl Passed {
    pub(super) fn count(&mut self, what: &str) {
        match self.0.get_mut(what) {
            Some(count) => *count += 1,
            None => drop(self.0.insert(what.to_owned(), 1)),
        }
    }

    /// The line that says so, once.
    pub(super) fn take(&mut self) -> Option<Refused> {
        let counts = std::mem::take(&mut self.0);
        let list: Vec<String> =
            counts.iter().map(|(what, count)| format!("{count} × {what}")).collect();
        let reason = format!("passed over: {}", list.join(", "));
        (!list.is_empty()).then(|| Refused::new("what holds no report", reason))
    }
}
