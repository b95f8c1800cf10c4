//! Where a sentence comes from, said properly: quotations that stand verbatim at their place, and
//! the plain line that attributes them.
//!
//! This crate imports only `model`. It searches nothing, prints nothing and knows no terminal: the
//! lines it makes hold the source's characters as they are, and whoever shows them makes them safe
//! to show.

mod archive;
mod attribution;
mod cited;
mod date;
mod error;
pub mod export;
mod find;
mod fragment;
mod link;
mod pinpoint;
mod quotation;
mod selectors;
pub mod style;
mod surroundings;
mod tags;
pub mod verify;
mod wording;
mod work;

pub use archive::Archived;
pub use attribution::{
    digest_line, extent_line, locator_line, page_line, paragraph_line, period_line, source_line,
    work_name,
};
pub use cited::Citation;
pub use error::CitationError;
pub use fragment::{Page, Stretch, TextFragment};
pub use link::LinkedPage;
pub use pinpoint::{Paragraph, Pinpoint};
pub use quotation::Quotation;
pub use selectors::{Anchor, InvalidAnnotation, Selectors, Target};
pub use surroundings::{SaidBy, Surroundings};
pub use tags::{InvalidName, Tag, Tagged, Tags, tag_name};
pub use wording::{Alteration, Found, find_quote};
pub use work::{SourceFacts, Title, Work, WorkKind};
