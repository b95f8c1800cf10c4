//! The nouns of forb, shared by every other crate: what a document, a passage, a locator, a
//! country, a period and an index field are, and which invariants each one keeps.
//!
//! This crate imports none of ours. It reads no files, knows no search engine, prints nothing.

mod annotation;
mod author;
pub mod codebook;
mod country;
mod document;
mod evidence;
mod field;
mod fold;
pub mod gold;
mod held;
mod ids;
mod locator;
mod passage;
pub mod pattern;
mod period;
mod publisher;
mod range;
mod record;
mod settled;
mod shown;
pub mod words;

pub use annotation::{
    AnnotatedPassage, Annotation, AnnotationKind, Change, Figure, Hedge, Nature, Speaker, Unit,
};
pub use author::{Author, AuthorKind};
pub use codebook::{Codebook, Issue, IssueId, Polarity, Vocabulary};
pub use country::{Country, CountryKind, CountryNames};
pub use document::{Block, Document, InvalidDocument, Page, Role};
pub use evidence::{Confidence, Evidence, Finding, Origin};
pub use field::{Field, FieldKind, FieldValue, THE_SOURCE};
pub use fold::{fold, nearest};
pub use held::{Held, HeldAs, HeldDocument};
pub use ids::{ContentHash, DocumentId, InvalidId, PassageId, PassagePosition};
pub use locator::Locator;
pub use passage::{InvalidPassage, Passage};
pub use period::{InvalidDate, PartialDate, Period, PeriodFilter, year_of};
pub use publisher::{Publisher, Series};
pub use range::{CharacterRange, TextRange};
pub use record::{
    DigestOf, DocumentRecord, DocumentSummary, Extent, IndexRecord, Metadata, NEEDS_OCR, PartOf,
    RecordKind, RuleCount,
};
pub use settled::{
    BlockMark, CaptureMark, Captures, Circle, Form, SetAsideBlock, Settled, Verdict,
};
pub use shown::ShownPiece;
