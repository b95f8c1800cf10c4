//! A numbered list of exhibits: each passage quoted whole with its packet, as Markdown, as a page of HTML
//! and as a Word file. What a report says is never markup.

mod docx;
mod markup;

pub use docx::exhibit_docx;
pub use markup::{exhibit_html, exhibit_markdown};

use citation::work_name;

use crate::cite::{CitedQuotation, packet_rows};
use crate::safe::safe;

/// What is written of one exhibit.
struct Exhibit<'a> {
    /// `Exhibit 3: Country Reports on Terrorism 2021: Kazakhstan`.
    heading: String,
    /// The paragraphs quoted.
    quoted: Vec<String>,
    cited: &'a CitedQuotation,
    /// What is known of it, name and value.
    rows: Vec<(&'static str, String)>,
}

/// The name of the whole list.
const TITLE: &str = "Exhibits";

/// The exhibits, in the order given, from 1.
fn exhibits(cited: &[CitedQuotation]) -> impl Iterator<Item = Exhibit<'_>> {
    cited.iter().enumerate().map(|(at, cited)| {
        let name = work_name(cited.citation.document());
        let rows = cited.surroundings.iter().flat_map(|around| packet_rows(cited, around));
        Exhibit {
            heading: safe(&format!("Exhibit {}: {name}", at + 1)).into_owned(),
            quoted: cited.written.split('\n').map(|line| safe(line).into_owned()).collect(),
            cited,
            rows: rows.map(|(name, value)| (name, safe(&value).into_owned())).collect(),
        }
    })
}
