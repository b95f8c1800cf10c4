//! What annotators add to a passage. Annotations only add: the passage under them is unchanged, and
//! each names the words that earned it. They are suggestions, made by rules that can be read.

use serde::{Deserialize, Serialize};

use crate::codebook::{IssueId, Polarity};
use crate::country::Country;
use crate::passage::Passage;
use crate::period::Period;
use crate::range::TextRange;

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnnotationKind {
    /// A country is named, or its people are.
    Country(Country),
    /// The passage speaks to an issue of the codebook.
    Issue {
        /// Which.
        issue: IssueId,
        /// What it says on it.
        polarity: Polarity,
    },
    /// Its words say that something is violated, protected, or was not reported.
    Polarity(Polarity),
    /// It speaks of what the law says, or of what happens.
    Nature(Nature),
    /// It says that someone other than its source says so. The first range of the evidence is the
    /// one who speaks, the second the words that make a speaker of them.
    Attribution(Speaker),
    /// A group affected is named; the id of the lexicon, variants made one.
    Group(String),
    /// A place within a country is named, as the lexicon spells it.
    Place(String),
    /// A number of something.
    Figure(Figure),
    /// A date or a stretch of time is named.
    Time(Period),
    /// A law or instrument is cited, in its usual short form: `ICCPR 18`, `UNSCR 2396`.
    Instrument(String),
    /// An acronym is explained. The first range of the evidence is the acronym, the second what it
    /// stands for.
    Acronym {
        /// The acronym.
        short: String,
        /// What it stands for, as the text says it.
        long: String,
    },
}

/// Whether something is law or happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// What a constitution, law, decree or rule says.
    Law,
    /// What authorities, groups or people do.
    Practice,
}

/// Who is said to say something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Speaker {
    /// A government, its bodies and officials, police and courts included.
    Government,
    /// Non-governmental organisations, human rights groups, activists, lawyers.
    Ngo,
    /// The press and other media.
    Media,
    /// Religious groups, their leaders and members.
    ReligiousGroup,
    /// International bodies and their experts.
    International,
    /// Observers, analysts, scholars, researchers.
    Observer,
    /// Witnesses, residents, victims, families.
    Witness,
    /// Anyone else, named or not ("reports", "sources").
    Other,
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Figure {
    /// Its value as a plain decimal number without grouping: `4859000`, `19.8`. For a range, its
    /// lower end.
    pub value: String,
    /// The upper end of a range.
    pub to: Option<String>,
    /// In what.
    pub unit: Unit,
    /// How sure the text is of it.
    pub hedge: Hedge,
    /// Whether it is the size of a change.
    pub change: Option<Change>,
    /// What is counted, in the words of the text.
    pub counted: Option<String>,
}

/// In what a figure counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things or people: [`Figure::counted`] says which.
    Count,
    /// Hundredths.
    Percent,
    /// Money: the code or sign of the currency.
    Money(String),
    /// Times: `eightfold`.
    Times,
    /// Years, as of a sentence or an age.
    Years,
    /// Months.
    Months,
    /// Days.
    Days,
}

/// How a figure is hedged.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// Not at all.
    #[default]
    None,
    /// More than it, over it.
    MoreThan,
    /// It or more.
    AtLeast,
    /// Less than it, nearly it.
    LessThan,
    /// Up to it, it at most.
    UpTo,
    /// About it.
    About,
}

/// Which way something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// More than before.
    Increase,
    /// Less than before.
    Decrease,
}

/// One annotation of a passage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// What it says.
    pub kind: AnnotationKind,
    /// The words that earned it, as ranges of the passage's text; never none.
    pub evidence: Vec<TextRange>,
}

/// A passage with everything the annotators found in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnotatedPassage {
    /// The passage, as segmented.
    pub passage: Passage,
    /// The annotations, in the order of their first words.
    pub annotations: Vec<Annotation>,
}

impl AnnotationKind {
    /// The annotator that makes annotations of this kind, and the word for the kind in output.
    pub fn name(&self) -> &'static str {
        match self {
            AnnotationKind::Country(_) => "country",
            AnnotationKind::Issue { .. } => "issue",
            AnnotationKind::Polarity(_) => "polarity",
            AnnotationKind::Nature(_) => "nature",
            AnnotationKind::Attribution(_) => "attribution",
            AnnotationKind::Group(_) => "group",
            AnnotationKind::Place(_) => "place",
            AnnotationKind::Figure(_) => "figure",
            AnnotationKind::Time(_) => "time",
            AnnotationKind::Instrument(_) => "instrument",
            AnnotationKind::Acronym { .. } => "acronym",
        }
    }
}

impl Unit {
    /// The word for each in output and options.
    pub const NAMES: [&str; 7] = ["count", "percent", "money", "times", "years", "months", "days"];

    /// The word for it in output and options; the currency is not part of it.
    pub fn name(&self) -> &'static str {
        match self {
            Unit::Count => "count",
            Unit::Percent => "percent",
            Unit::Money(_) => "money",
            Unit::Times => "times",
            Unit::Years => "years",
            Unit::Months => "months",
            Unit::Days => "days",
        }
    }
}

impl Hedge {
    /// The word for it in output; `none` where nothing hedges the figure.
    pub fn name(self) -> &'static str {
        match self {
            Hedge::None => "none",
            Hedge::MoreThan => "more-than",
            Hedge::AtLeast => "at-least",
            Hedge::LessThan => "less-than",
            Hedge::UpTo => "up-to",
            Hedge::About => "about",
        }
    }
}

impl Change {
    /// The word for it in output.
    pub fn name(self) -> &'static str {
        match self {
            Change::Increase => "increase",
            Change::Decrease => "decrease",
        }
    }
}

impl Nature {
    /// Every value, in order.
    pub const ALL: [Nature; 2] = [Nature::Law, Nature::Practice];

    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Nature::Law => "law",
            Nature::Practice => "practice",
        }
    }
}

impl Speaker {
    /// Every value, in order.
    pub const ALL: [Speaker; 8] = [
        Speaker::Government,
        Speaker::Ngo,
        Speaker::Media,
        Speaker::ReligiousGroup,
        Speaker::International,
        Speaker::Observer,
        Speaker::Witness,
        Speaker::Other,
    ];

    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Speaker::Government => "government",
            Speaker::Ngo => "ngo",
            Speaker::Media => "media",
            Speaker::ReligiousGroup => "religious-group",
            Speaker::International => "international",
            Speaker::Observer => "observer",
            Speaker::Witness => "witness",
            Speaker::Other => "other",
        }
    }
}
