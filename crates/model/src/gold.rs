//! Passages labelled by hand: the lines of a gold set. Each refers to its passage by id, range and
//! hash, and holds labels with their places, never the report's text. The rules by which labels are
//! given stand in `docs/labelling.md`.

use serde::{Deserialize, Serialize};

use crate::annotation::{Hedge, Nature, Speaker, Unit};
use crate::codebook::{IssueId, Polarity};
use crate::country::{Country, CountryKind};
use crate::ids::{ContentHash, DocumentId, PassageId};
use crate::range::{CharacterRange, TextRange};

/// A passage labelled by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldPassage {
    /// Which passage.
    pub passage: PassageId,
    /// The document it stands in.
    pub document: DocumentId,
    /// The id of the document's series, where it is known.
    pub series: Option<String>,
    /// Where it stands in the document's text, in bytes.
    #[serde(with = "pair")]
    pub range: TextRange,
    /// SHA-256 of the passage's text.
    pub sha256: ContentHash,
    /// What was found in it.
    pub labels: GoldLabels,
}

/// The labels of a passage. Ranges count characters of the passage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldLabels {
    /// The issues it speaks to, each once.
    pub issues: Vec<GoldIssue>,
    /// Whether it says what the law is, or what happens; both are possible.
    pub nature: Vec<Nature>,
    /// Everyone to whom it attributes something, in the order of the text.
    pub attribution: Vec<GoldSpeaker>,
    /// Its figures, in the order of the text.
    pub figures: Vec<GoldFigure>,
    /// The countries named, each once.
    pub countries: Vec<Country>,
}

/// An issue, and what is said on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldIssue {
    /// Which.
    pub issue: IssueId,
    /// What the passage says on it.
    pub polarity: Polarity,
}

/// Someone to whom something is attributed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldSpeaker {
    /// The words that name the speaker.
    #[serde(with = "character_pair")]
    pub range: CharacterRange,
    /// What kind of speaker.
    pub kind: Speaker,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldFigure {
    /// Its words, with hedge and unit.
    #[serde(with = "character_pair")]
    pub range: CharacterRange,
    /// Its value, as in [`crate::Figure::value`].
    pub value: String,
    /// The upper end of a range.
    pub to: Option<String>,
    /// In what.
    pub unit: UnitKind,
    /// How sure the text is of it.
    pub hedge: Hedge,
}

/// In what a figure counts, without the currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitKind {
    /// Things or people.
    Count,
    /// Hundredths.
    Percent,
    /// Money.
    Money,
    /// Times.
    Times,
    /// Years.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
}

impl From<&Unit> for UnitKind {
    fn from(unit: &Unit) -> Self {
        match unit {
            Unit::Count => UnitKind::Count,
            Unit::Percent => UnitKind::Percent,
            Unit::Money(_) => UnitKind::Money,
            Unit::Times => UnitKind::Times,
            Unit::Years => UnitKind::Years,
            Unit::Months => UnitKind::Months,
            Unit::Days => UnitKind::Days,
        }
    }
}

impl UnitKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            UnitKind::Count => "count",
            UnitKind::Percent => "percent",
            UnitKind::Money => "money",
            UnitKind::Times => "times",
            UnitKind::Years => "years",
            UnitKind::Months => "months",
            UnitKind::Days => "days",
        }
    }
}

/// Whether countries are compared by this one: forb's own codes for regions are left out, for
/// labels are given by ISO 3166-1.
pub fn is_labelled(country: Country) -> bool {
    country.names().kind != CountryKind::Region
}

/// A range of bytes as `[start, end]`.
mod pair {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::range::TextRange;

    pub fn serialize<S: Serializer>(range: &TextRange, serializer: S) -> Result<S::Ok, S::Error> {
        (range.start, range.end).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<TextRange, D::Error> {
        let (start, end) = Deserialize::deserialize(deserializer)?;
        Ok(TextRange { start, end })
    }
}

/// A range of characters as `[start, end]`.
mod character_pair {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::range::CharacterRange;

    pub fn serialize<S: Serializer>(
        range: &CharacterRange,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        (range.start, range.end).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<CharacterRange, D::Error> {
        let (start, end) = Deserialize::deserialize(deserializer)?;
        Ok(CharacterRange { start, end })
    }
}
