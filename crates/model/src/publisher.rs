//! Who published a report, and in which series. A series is what forb calls a *source*: two series
//! of one publisher are two sources. Which publishers and series exist is data
//! (`corpus/publishers.toml`), not code.

use serde::{Deserialize, Serialize};

/// A publisher.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Publisher {
    /// Short id, stable, in lower case with hyphens: `us-state`.
    pub id: String,
    /// Full name: `U.S. Department of State`.
    pub name: String,
}

/// A series of reports by one publisher.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Series {
    /// Short id, stable: `us-state-crt`.
    pub id: String,
    /// Full name: `Country Reports on Terrorism`.
    pub name: String,
}
