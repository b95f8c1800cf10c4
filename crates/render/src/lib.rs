//! Results to text and JSON.
//!
//! Text has two forms: for a terminal (headings, wrapping, colour if wanted) and for a pipe (one
//! record a line, columns parted by tabs). JSON has one, described in `docs/output-format.md`. This
//! crate turns what it is given into strings: it searches nothing, reads no files and prints
//! nothing. Whether there is a terminal, and how wide it is, its caller finds out.

mod add;
mod add_totals;
mod coverage;
mod doctor;
mod edit;
mod entry;
mod facts;
mod json;
mod line;
mod phrases;
mod remove;
mod safe;
mod search;
mod shapes;
mod show;
mod status;
mod status_json;
mod style;
mod table;

pub use add::{AddJson, AddOutcome, AddReport, add_json, add_text};
pub use add_totals::{AddMore, AddTotals, add_log_line, add_more_text, add_summary};
pub use coverage::{coverage_json, coverage_text};
pub use doctor::{Examination, Problem, doctor_json, doctor_text};
pub use edit::{EditReport, edit_json, edit_text};
pub use json::FORMAT_VERSION;
pub use remove::{RemoveReport, Removed, remove_json, remove_text};
pub use safe::safe;
pub use search::{search_json, search_text};
pub use show::{show_json, show_text};
pub use status::{Holdings, status_text};
pub use status_json::status_json;
pub use style::{Colour, Detail, Style};
