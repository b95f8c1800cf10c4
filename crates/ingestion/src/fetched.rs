//! What is known of a capture because forb fetched it itself: where from, over which redirects, on
//! which day, and what the server said of it. Set down in the record of the capture, so that reading
//! it again tells the same; the fetching is done elsewhere.

use model::{Evidence, Metadata, Origin, PartialDate};
use serde::{Deserialize, Serialize};

/// How a page was fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fetched {
    /// The address that answered with the bytes.
    pub url: String,
    /// The address that was asked for.
    pub requested: String,
    /// Every redirect on the way from one to the other, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<Redirect>,
    /// The day it was fetched (UTC).
    pub captured: PartialDate,
    /// What the server's `Last-Modified` says, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The encoding that the server names in `Content-Type`, as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
}

/// One redirect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redirect {
    /// The status it came with, such as 301.
    pub status: u16,
    /// The address it led to.
    pub to: String,
}

impl Fetched {
    /// Adds what the fetch tells to what is known of the page.
    pub(crate) fn witness(&self, metadata: &mut Metadata) {
        let evidence = Evidence::new(Origin::Fetch, self.url.clone(), self.way());
        metadata.url.witness(self.url.clone(), evidence);
        self.witness_days(metadata);
    }

    /// Adds what the fetch tells to what is known of one record of a fetched data set: the address
    /// is that of the set.
    pub(crate) fn witness_on_record(&self, metadata: &mut Metadata) {
        let note = format!("the data set was {}", self.way());
        let quote = Some(self.url.clone());
        metadata.url.note(Evidence { origin: Origin::Fetch, value: None, quote, note });
        self.witness_days(metadata);
    }

    fn witness_days(&self, metadata: &mut Metadata) {
        let day = self.captured;
        let evidence = Evidence::new(Origin::Fetch, day.to_string(), "the day forb fetched it");
        metadata.captured.witness(day, evidence);
        if let Some(said) = &self.last_modified {
            let note = "Last-Modified of the server, a day of the file, not of the report";
            metadata.published.note(Evidence {
                origin: Origin::Fetch,
                value: None,
                quote: Some(said.clone()),
                note: note.to_owned(),
            });
        }
    }

    /// How its address was come by, in words.
    fn way(&self) -> String {
        if self.redirects.is_empty() {
            return "fetched by forb".to_owned();
        }
        let steps: Vec<String> =
            self.redirects.iter().map(|step| format!("{} to {}", step.status, step.to)).collect();
        format!("fetched by forb; asked for {}, redirected {}", self.requested, steps.join(", "))
    }
}
