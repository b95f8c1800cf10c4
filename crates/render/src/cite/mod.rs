//! Citations of passages: as text, as Markdown and HTML with notes, as JSON; and the packet, everything
//! that is known of a quotation and of where it comes from.

mod alterations;
mod json;
mod list;
mod markup;
mod packet;
mod text;

pub(crate) use alterations::{AlterationShape, alteration_line};
pub use json::{cite_json, json_line};
pub use list::{works_html, works_markdown, works_text};
pub use markup::{cite_html, cite_markdown};
pub(crate) use markup::{html, line_of_markdown, markdown};
pub(crate) use packet::rows as packet_rows;
pub use text::{ExportFormat, cite_text, export_text};

use citation::style::Reference;
use citation::{Alteration, Citation, Surroundings, Work};
use model::IndexRecord;

/// A quotation, cited.
#[derive(Clone, Debug)]
pub struct CitedQuotation {
    /// The quotation at its place.
    pub citation: Citation,
    /// The record it stands in.
    pub record: IndexRecord,
    /// The work it is of.
    pub work: Work,
    /// The words in the source's glyphs, with the ellipses and brackets that were asked for.
    pub written: String,
    /// How they depart from the source.
    pub alterations: Vec<Alteration>,
    /// The work cited in a style.
    pub reference: Reference,
    /// What stands around it; `Some` where the packet is wanted.
    pub surroundings: Option<Surroundings>,
    /// The address that leads a browser to the words, where it was asked for and there is one.
    pub link: Option<String>,
}

/// Text of several lines in which each is safe to show.
fn safe_lines(text: &str) -> String {
    let line = |line: &str| match line.strip_suffix('\r') {
        Some(line) => format!("{}\r", crate::safe::safe(line)),
        None => crate::safe::safe(line).into_owned(),
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
