//! What the caller decided about the place text is shown in: colour or none, a width or none, brief
//! or in full. Whether standard output is a terminal, how wide it is and what the user asked for is
//! found out elsewhere.

/// Whether escape sequences for colour are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// They are: matches are bold and underlined.
    Always,
    /// They are not: matches stand in `⟦…⟧`.
    Never,
}

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// The summary.
    Brief,
    /// Every document with every finding and its evidence.
    Full,
}

/// The settings of text output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Colour or none.
    pub colour: Colour,
    /// The terminal's columns. `None` is no terminal: nothing is wrapped, and each record is one
    /// line of columns parted by tabs.
    pub width: Option<usize>,
}

impl Style {
    /// Plain and unwrapped, one record a line: what a pipe gets.
    pub const PIPE: Style = Style { colour: Colour::Never, width: None };

    /// A terminal of that many columns.
    pub fn terminal(colour: Colour, columns: usize) -> Self {
        Self { colour, width: Some(columns) }
    }
}
