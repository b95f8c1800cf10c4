//! The place in a work that a citation points to, in the terms that styles know: a paragraph, a
//! section, a page. A number that forb counted is kept apart from one that is printed, because a
//! reader with the report on paper can only find the second.

use model::{Locator, Page};

/// The place cited. Every part may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pinpoint {
    /// The paragraph.
    pub paragraph: Option<Paragraph>,
    /// The headings above it, the outermost first.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<Page>,
}

/// The number of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Paragraph {
    /// Printed before it.
    Printed(String),
    /// Counted by forb among the paragraphs of the document, from 1, both ends included.
    Counted {
        /// The first paragraph.
        first: u32,
        /// The last; the first again where there is one only.
        last: u32,
    },
}

impl Pinpoint {
    /// The place a locator gives.
    pub fn of(locator: &Locator) -> Self {
        let counted = locator.paragraph.map(|first| Paragraph::Counted {
            first,
            last: locator.last_paragraph.unwrap_or(first).max(first),
        });
        let printed = locator.paragraph_label.clone().map(Paragraph::Printed);
        Self {
            paragraph: printed.or(counted),
            section: locator.section.clone(),
            page: locator.page.clone(),
        }
    }

    /// The paragraph's number as it is printed; `None` for one that was counted.
    pub fn printed_paragraph(&self) -> Option<&str> {
        match &self.paragraph {
            Some(Paragraph::Printed(label)) => Some(label),
            _ => None,
        }
    }

    /// The number printed on the page, where it is known.
    pub fn printed_page(&self) -> Option<&str> {
        self.page.as_ref()?.label.as_deref()
    }

    /// The innermost heading.
    pub fn heading(&self) -> Option<&str> {
        self.section.last().map(String::as_str)
    }

    /// Whether nothing but the work is cited.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Paragraph {
    /// The number alone: `124`, `4`, `4–6`.
    pub fn number(&self) -> String {
        match self {
            Paragraph::Printed(label) => label.clone(),
            Paragraph::Counted { first, last } if last > first => format!("{first}–{last}"),
            Paragraph::Counted { first, .. } => first.to_string(),
        }
    }

    /// Whether several paragraphs are meant.
    pub fn is_several(&self) -> bool {
        matches!(self, Paragraph::Counted { first, last } if last > first)
    }

    /// Whether forb counted it.
    pub fn is_counted(&self) -> bool {
        matches!(self, Paragraph::Counted { .. })
    }
}
