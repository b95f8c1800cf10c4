//! Publisher profiles: what is known about the publishers and series of this field, as data. The
//! file `corpus/publishers.toml` documents its own keys; a copy is built into the binary, and a
//! library may carry its own. Here the file is parsed and checked; [`crate::recognise`] and
//! [`crate::arrange`] apply it.

use std::cell::Cell;
use std::sync::{LazyLock, OnceLock};

use model::fold;
use regex::{Captures, Match, Regex, RegexSet};
use serde::{Deserialize, Deserializer};

/// The version of the file's format that this program reads.
const FORMAT_VERSION: u32 = 1;

static BUILT_IN: LazyLock<Profiles> = LazyLock::new(|| {
    // The built-in file is part of the program: a test parses it.
    Profiles::from_toml(BUILT_IN_TEXT).unwrap_or_default()
});

const BUILT_IN_TEXT: &str = include_str!("../../../corpus/publishers.toml");

thread_local! {
    /// Whether the file that is being read is the built-in one, which a library holds a copy of: its
    /// expressions are known to be right, and checking them is most of the work of reading them.
    static IS_BUILT_IN: Cell<bool> = const { Cell::new(false) };
}

/// A regular expression of a profile, matched against one block of text with single spaces. It is
/// compiled when it is first used, so that a command which only looks names up does not wait for it.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

/// All profiles of a library.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profiles {
    format_version: u32,
    /// Rules for what is set aside in the reports of every publisher.
    #[serde(default)]
    pub aside: Vec<AsideRule>,
    /// Publishers.
    #[serde(default, rename = "publisher")]
    pub publishers: Vec<Publisher>,
    /// Series.
    #[serde(default)]
    pub series: Vec<Series>,
    /// The marks of every publisher and series, made ready when they are first used.
    #[serde(skip)]
    marks: OnceLock<Marks>,
}

/// The marks by which publishers and series are recognised, for asking whether there is any.
#[derive(Clone, Debug, Default)]
struct Marks {
    /// Those that are found together.
    together: RegexSet,
    /// The others. The border of a word slows an expression down where letters are not ASCII, and
    /// several such in one a hundred times.
    one_by_one: Vec<Pattern>,
}

impl Marks {
    fn of(marks: Vec<Pattern>) -> Self {
        let has_border = |pattern: &Pattern| pattern.text.contains(r"\b");
        let (one_by_one, others): (Vec<_>, Vec<_>) = marks.into_iter().partition(has_border);
        match RegexSet::new(others.iter().map(|pattern| &pattern.text)) {
            Ok(together) => Self { together, one_by_one },
            // Too many for one expression.
            Err(_) => {
                let one_by_one = one_by_one.into_iter().chain(others).collect();
                Self { together: RegexSet::empty(), one_by_one }
            }
        }
    }
}

/// What is known of a publisher.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Publisher {
    /// Short id, stable.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Other names that `--publisher` takes.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Hosts whose pages are its own, such as `state.gov`; hosts below them count.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Where it is published, for citations.
    pub place: Option<String>,
    /// Under which terms its texts may be used.
    pub licence: Option<String>,
    /// Blocks that show that this publisher speaks; one is enough.
    #[serde(default)]
    pub recognise: Vec<Pattern>,
    /// What is set aside in its reports.
    #[serde(default)]
    pub aside: Vec<AsideRule>,
    /// Words that bound the day of capture from below, with a group `year`; they settle nothing.
    #[serde(default)]
    pub captured_not_before: Vec<Pattern>,
}

/// What is known of a series.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Short id, stable.
    pub id: String,
    /// Id of its publisher.
    pub publisher: String,
    /// Full name.
    pub name: String,
    /// Other names that `--series` takes.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Blocks by which a report of this series is recognised.
    #[serde(default)]
    pub recognise: Vec<Pattern>,
    /// How many different patterns of `recognise` a report must match.
    #[serde(default = "one")]
    pub needs: usize,
    /// Addresses of its reports; one is enough. Groups `country` and `period` may say more.
    #[serde(default)]
    pub url: Vec<Pattern>,
    /// Lines near which a line stands that is a country's name.
    #[serde(default)]
    pub country_line: Vec<CountryLine>,
    /// Where the country is named: a group `country` that is a country's name, or a group `sentence`
    /// in which the only country named is meant.
    #[serde(default)]
    pub country: Vec<Pattern>,
    /// Where the period covered is stated: a group `period`, or two written dates, `from` and `to`.
    #[serde(default)]
    pub period: Vec<Pattern>,
    /// Where the day or month it came out is stated, near the beginning: a group `date`.
    #[serde(default)]
    pub published: Vec<Pattern>,
    /// Where the edition is named: a group `edition`.
    #[serde(default)]
    pub edition: Vec<Pattern>,
    /// Whether editions of the series are named by the period they cover.
    #[serde(default)]
    pub edition_is_period: bool,
    /// Headings that stand on their own.
    #[serde(default)]
    pub headings: Vec<HeadingRule>,
    /// Headings that open a paragraph and share its line, up to the end of the match.
    #[serde(default)]
    pub run_in_headings: Vec<Pattern>,
    /// The number printed before a paragraph, at the beginning of a block or alone in one: a group
    /// `label`, or a group `item` for lettered items of a list within a paragraph.
    pub numbered_paragraphs: Option<Pattern>,
    /// Blocks that are footnotes.
    #[serde(default)]
    pub footnotes: Vec<Pattern>,
    /// Keys of facts written as key, then value.
    #[serde(default)]
    pub facts: Vec<String>,
    /// What is set aside in its reports, beyond the publisher's rules.
    #[serde(default)]
    pub aside: Vec<AsideRule>,
    /// A document in which every one of these stands holds the whole of the work's part.
    #[serde(default)]
    pub full_when: Vec<Pattern>,
    /// Which countries an edition covers, where that is settled: what a library lacks of it is then
    /// missing.
    pub covers: Option<Covers>,
    /// Of what the series publishes one report only: two captures of that are of one document.
    pub one_per: Option<OnePer>,
    /// Title composed for a document that states none: `{country}` and `{ period}` are filled in.
    pub title: Option<String>,
    /// Who wrote it, for citations, where that is not the publisher.
    pub author: Option<String>,
    /// Under which terms its texts may be used, where they differ from the publisher's.
    pub licence: Option<String>,
    /// Mandate, method and coverage of the series, in neutral words.
    pub description: Option<String>,
    /// Whether the rules were checked on real pages; otherwise they rest on headings that are well
    /// known.
    #[serde(default)]
    pub checked: bool,
    /// How pages that lost all their line ends are cut again.
    pub flattened: Option<FlattenedRule>,
}

/// Which countries the editions of a series cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Every country, or every one but a few that are the same in each edition.
    AllCountries,
}

/// Of what a series publishes one report only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnePer {
    /// Of one country in one period.
    CountryPeriod,
}

/// Where a line stands that is a country's name and nothing else.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountryLine {
    /// It is one of the two lines after a line that matches.
    pub after: Option<Pattern>,
    /// It is one of the two lines before a line that matches.
    pub before: Option<Pattern>,
}

/// How a page is cut again that was flattened to one line.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlattenedRule {
    /// What such a block begins with, up to the report itself.
    pub head: Pattern,
    /// Its headings, in the order in which they stand.
    pub headings: Vec<String>,
}

/// The most blocks that a rule with `until` sets aside.
pub const LONGEST_SPAN: usize = 60;

/// How headings of a series look.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingRule {
    /// The heading, whole.
    pub pattern: Pattern,
    /// Its level, from 1 (the title).
    pub level: u8,
    /// Whether only the first block that is not set aside can be it.
    #[serde(default)]
    pub first: bool,
}

/// What is set aside, and as what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AsideRule {
    /// Name shown with every block it sets aside.
    pub name: String,
    /// A block that matches is set aside.
    pub block: Option<Pattern>,
    /// The first block that matches is set aside with everything after it, provided that at least
    /// half of the document's text comes before it.
    pub from: Option<Pattern>,
    /// With `from`: only the blocks before the next one that matches this, of which there may be
    /// [`LONGEST_SPAN`] at most.
    pub until: Option<Pattern>,
    /// What the blocks become.
    #[serde(default)]
    pub role: AsideRole,
}

/// What a block set aside becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsideRole {
    /// What surrounds the report and is no part of it.
    #[default]
    Chrome,
    /// What belongs to the publication but not to its content.
    FrontMatter,
}

/// Why a file of profiles cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfilesError {
    /// Not TOML, an unknown key, or a pattern that is no regular expression; with line and column.
    #[error("{0}")]
    Syntax(String),
    /// Written for another version of forb.
    #[error("format_version is {found}, this forb reads {FORMAT_VERSION}")]
    Version {
        /// The version the file states.
        found: u32,
    },
    /// Two entries share an id.
    #[error("the id `{0}` stands twice: rename one of the two")]
    DuplicateId(String),
    /// A series names a publisher that the file does not hold.
    #[error("series `{series}` names the publisher `{publisher}`, which the file does not hold")]
    UnknownPublisher {
        /// Id of the series.
        series: String,
        /// Id it names.
        publisher: String,
    },
    /// A rule for a country's line that says where it stands twice or not at all.
    #[error("series `{0}`: a country_line needs either `after` or `before`")]
    CountryLine(String),
    /// A rule that sets nothing aside.
    #[error("the rule `{0}` needs `block` or `from`, and `until` needs `from`")]
    EmptyRule(String),
}

fn one() -> usize {
    1
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if !IS_BUILT_IN.get() {
            regex_syntax::parse(&text).map_err(serde::de::Error::custom)?;
        }
        Ok(Self { text, compiled: OnceLock::new() })
    }
}

impl Pattern {
    /// The expression. Its syntax was checked when it was read; one too large to compile matches
    /// nothing.
    fn regex(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.text).ok()).as_ref()
    }

    /// Whether it matches somewhere in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }

    /// Where it first matches.
    pub fn find<'t>(&self, text: &'t str) -> Option<Match<'t>> {
        self.regex()?.find(text)
    }

    /// The groups of its first match.
    pub fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        self.regex()?.captures(text)
    }
}

impl Profiles {
    /// The profiles built into the program.
    pub fn built_in() -> &'static Profiles {
        &BUILT_IN
    }

    /// The text of the built-in file, as a start for one's own.
    pub fn built_in_text() -> &'static str {
        BUILT_IN_TEXT
    }

    /// Whether a block may be a mark by which a publisher or a series is recognised. Asked before all
    /// those marks are looked for one by one: most blocks, and most texts of data sets, are none.
    pub(crate) fn may_be_a_mark(&self, text: &str) -> bool {
        let marks = self.marks.get_or_init(|| {
            let of_publishers = self.publishers.iter().flat_map(|publisher| &publisher.recognise);
            let of_series = self.series.iter().flat_map(|series| &series.recognise);
            Marks::of(of_publishers.chain(of_series).cloned().collect())
        });
        marks.together.is_match(text) || marks.one_by_one.iter().any(|mark| mark.is_match(text))
    }

    /// Reads the text of a `publishers.toml` file.
    ///
    /// # Errors
    /// When it is not a valid file of profiles; see [`ProfilesError`].
    pub fn from_toml(text: &str) -> Result<Self, ProfilesError> {
        IS_BUILT_IN.set(text == BUILT_IN_TEXT);
        let read = toml::from_str(text);
        IS_BUILT_IN.set(false);
        let profiles: Profiles =
            read.map_err(|error| ProfilesError::Syntax(crate::stated::toml_problem(text, &error)))?;
        profiles.check()?;
        Ok(profiles)
    }

    fn check(&self) -> Result<(), ProfilesError> {
        if self.format_version != FORMAT_VERSION {
            return Err(ProfilesError::Version { found: self.format_version });
        }
        let mut ids: Vec<&str> = self.publishers.iter().map(|p| p.id.as_str()).collect();
        ids.extend(self.series.iter().map(|s| s.id.as_str()));
        ids.sort_unstable();
        if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ProfilesError::DuplicateId(pair[0].to_owned()));
        }
        for series in &self.series {
            if !self.publishers.iter().any(|p| p.id == series.publisher) {
                let (series, publisher) = (series.id.clone(), series.publisher.clone());
                return Err(ProfilesError::UnknownPublisher { series, publisher });
            }
            if series.country_line.iter().any(|line| line.after.is_some() == line.before.is_some())
            {
                return Err(ProfilesError::CountryLine(series.id.clone()));
            }
        }
        let of_publishers = self.publishers.iter().flat_map(|p| &p.aside);
        let of_series = self.series.iter().flat_map(|s| &s.aside);
        match self
            .aside
            .iter()
            .chain(of_publishers)
            .chain(of_series)
            .find(|rule| rule.from.is_none() && (rule.block.is_none() || rule.until.is_some()))
        {
            Some(rule) => Err(ProfilesError::EmptyRule(rule.name.clone())),
            None => Ok(()),
        }
    }

    /// The publisher with this id, name or alias.
    pub fn find_publisher(&self, name: &str) -> Option<&Publisher> {
        let wanted = fold(name);
        self.publishers.iter().find(|p| {
            [&p.id, &p.name].into_iter().chain(&p.aliases).any(|known| fold(known) == wanted)
        })
    }

    /// The series with this id, name or alias.
    pub fn find_series(&self, name: &str) -> Option<&Series> {
        let wanted = fold(name);
        self.series.iter().find(|s| {
            [&s.id, &s.name].into_iter().chain(&s.aliases).any(|known| fold(known) == wanted)
        })
    }

    /// The ids of the series whose editions cover every country.
    pub fn covering_all_countries(&self) -> impl Iterator<Item = &str> {
        let all = |series: &&Series| series.covers == Some(Covers::AllCountries);
        self.series.iter().filter(all).map(|series| series.id.as_str())
    }

    /// The full name of the publisher with this id; the id itself where there is none.
    pub fn publisher_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.publishers.iter().find(|p| p.id == id).map_or(id, |p| &p.name)
    }

    /// The publisher with this id, as a noun.
    pub fn publisher(&self, id: &str) -> model::Publisher {
        model::Publisher { id: id.to_owned(), name: self.publisher_name(id).to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_file_is_valid() {
        // With a line more it is a file like any other, and every expression is checked.
        let profiles = Profiles::from_toml(&format!("{BUILT_IN_TEXT}\n")).expect("a right file");
        assert!(Profiles::from_toml(BUILT_IN_TEXT).is_ok());
        assert!(profiles.find_series("Country Reports on Terrorism").is_some());
        assert!(profiles.find_publisher("state department").is_some_and(|p| p.id == "us-state"));
    }

    #[test]
    fn marks_are_told_from_other_blocks_at_once() {
        let profiles = Profiles::built_in();
        for mark in ["Human Rights Watch", "Executive summary", "See the Open Doors USA page"] {
            assert!(profiles.may_be_a_mark(mark), "{mark}");
        }
        assert!(!profiles.may_be_a_mark("The law provides for freedom of belief."));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said_with_its_place() {
        for (text, says) in [
            ("format_version = 2", "format_version is 2, this forb reads 1"),
            ("format_version = 1\nformat = 3", "line 2"),
            (
                "format_version = 1\n[[publisher]]\nid='a'\nname='A'\nrecognise=['(']",
                "regex parse error",
            ),
            (
                "format_version = 1\n[[publisher]]\nid='a'\nname='A'\n[[publisher]]\nid='a'\nname='B'",
                "`a` stands twice",
            ),
            (
                "format_version = 1\n[[series]]\nid='s'\nname='S'\npublisher='x'",
                "names the publisher `x`",
            ),
            ("format_version = 1\n[[aside]]\nname='menu'", "`menu` needs `block` or `from`"),
        ] {
            let error = Profiles::from_toml(text).expect_err(text).to_string();
            assert!(error.contains(says), "{text}\n{error}");
        }
    }
}
