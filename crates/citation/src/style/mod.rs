//! Citation styles. Chicago, APA, MLA, Harvard, Vancouver and IEEE come from their CSL files, and so
//! does any file of the user's; OSCOLA, Bluebook and the EUAA's are templates of our own, because CSL
//! has no words for what they need. The decision stands in `docs/adr/0001-citation-styles.md`.

mod bluebook;
mod complete;
mod csl;
mod euaa;
mod oscola;
mod text;

pub use csl::{CslFile, InvalidStyle};
pub use text::{Run, StyledText};

use crate::date::DateParts;
use crate::pinpoint::Pinpoint;
use crate::work::Work;

/// A citation style that forb knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// The Chicago Manual of Style, 18th edition, notes and bibliography.
    Chicago,
    /// The Publication Manual of the American Psychological Association, 7th edition.
    Apa,
    /// The MLA Handbook, 9th edition.
    Mla,
    /// Cite Them Right, 12th edition: Harvard.
    Harvard,
    /// Citing Medicine, 2nd edition: Vancouver.
    Vancouver,
    /// The IEEE Reference Guide.
    Ieee,
    /// The Oxford University Standard for the Citation of Legal Authorities, 4th edition.
    Oscola,
    /// The Bluebook, 21st edition, in the form of law reviews.
    Bluebook,
    /// The European Union Agency for Asylum's country of origin information reports.
    Euaa,
}

/// A work cited in a style.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// The note, or what stands in the text in brackets, with the pinpoint.
    pub citation: StyledText,
    /// The entry of the list of works; `None` where the style has none.
    pub bibliography: Option<StyledText>,
}

/// An entry of a list of works.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Which of the works it is of.
    pub work: usize,
    /// The entry.
    pub entry: StyledText,
}

impl Style {
    /// Every style, in the order of output.
    pub const ALL: [Style; 9] = [
        Style::Chicago,
        Style::Apa,
        Style::Mla,
        Style::Harvard,
        Style::Vancouver,
        Style::Ieee,
        Style::Oscola,
        Style::Bluebook,
        Style::Euaa,
    ];

    /// The word for it in options and output.
    pub fn name(self) -> &'static str {
        match self {
            Style::Chicago => "chicago",
            Style::Apa => "apa",
            Style::Mla => "mla",
            Style::Harvard => "harvard",
            Style::Vancouver => "vancouver",
            Style::Ieee => "ieee",
            Style::Oscola => "oscola",
            Style::Bluebook => "bluebook",
            Style::Euaa => "euaa",
        }
    }

    /// A place in a work, cited in this style.
    ///
    /// # Errors
    /// When the style's file could not be applied.
    pub fn cite(self, work: &Work, pinpoint: &Pinpoint) -> Result<Reference, InvalidStyle> {
        match self {
            Style::Oscola => Ok(oscola::cite(work, pinpoint)),
            Style::Bluebook => Ok(bluebook::cite(work, pinpoint)),
            Style::Euaa => Ok(euaa::cite(work, pinpoint)),
            _ => csl::cite(self, work, pinpoint),
        }
    }

    /// The list of works in this style and in its order: by the first word of their entries, or, in
    /// numbered styles, as they were first cited. A style without a list of works lists its notes.
    ///
    /// # Errors
    /// When the style's file could not be applied.
    pub fn list(self, works: &[Work]) -> Result<Vec<Listed>, InvalidStyle> {
        if !matches!(self, Style::Oscola | Style::Bluebook | Style::Euaa) {
            return csl::list(self, works);
        }
        let mut entries = Vec::new();
        for (work, cited) in works.iter().enumerate() {
            let reference = self.cite(cited, &Pinpoint::default())?;
            let entry = reference.bibliography.unwrap_or(reference.citation);
            entries.push(Listed { work, entry });
        }
        entries.sort_by_key(|listed| model::fold(&listed.entry.to_plain()));
        Ok(entries)
    }
}

impl std::str::FromStr for Style {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|style| style.name() == text).ok_or_else(|| {
            let names = Self::ALL.map(Style::name).join(", ");
            format!("`{text}` is no citation style: write one of {names}, or give a CSL file")
        })
    }
}

/// The title, or that there is none known.
fn title_of(work: &Work) -> &str {
    work.title.as_ref().map_or("[title unknown]", |title| title.text())
}

/// What stands at the end of a citation in every style: the copy kept, and what must be known of it.
fn copy_line(work: &Work) -> Option<String> {
    let captured = work.captured.map(|day| DateParts::of(day).day_first());
    let copy = match (&captured, &work.archived) {
        (Some(day), Some(archived)) => {
            Some(format!("archived copy, captured {day}: {}", archived.url))
        }
        (Some(day), None) => Some(format!("archived copy, captured {day}")),
        (None, Some(archived)) => Some(match archived.taken {
            Some(day) => {
                format!(
                    "archived copy, captured {}: {}",
                    DateParts::of(day).day_first(),
                    archived.url
                )
            }
            None => format!("archived copy: {}", archived.url),
        }),
        (None, None) => None,
    };
    joined(copy, work.caution())
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first}; {second}")),
        (first, second) => first.or(second),
    }
}
