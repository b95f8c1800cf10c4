//! The codebook: the issues of freedom of religion or belief, each with the words that earn its
//! label. It is data (`corpus/codebook.toml`) which a researcher may edit; here it is parsed and
//! checked, so that a codebook in the program's hands is always whole.

use std::collections::HashMap;
use std::fmt;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::pattern::{Pattern, PatternError, Step};

/// The version of the file's format that this program reads.
const FORMAT_VERSION: u32 = 1;

/// Most issues of a codebook. Coding schemes of the field have tens, the largest a few hundred.
pub const MOST_ISSUES: usize = 2_000;

/// Most phrases of a codebook, all alternatives of all its patterns multiplied out.
pub const MOST_PHRASES: usize = 100_000;

/// The id of an issue: short, stable, lower case with hyphens, such as `security-laws`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct IssueId(String);

/// What a passage says on an issue when no other words in it decide.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Something limits or harms freedom of religion or belief.
    Violation,
    /// Something protects or improves it.
    Protection,
    /// It is said that nothing of the kind was reported or found.
    NoneReported,
    /// Neither: description, demand, plan, history.
    #[default]
    Context,
}

/// Where the neighbours of a seed must stand, or must not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// In the same sentence.
    #[default]
    Sentence,
    /// In the same passage.
    Passage,
    /// At most so many words before or after, in the same sentence.
    Words(u8),
}

/// Words that earn a label, with the neighbours they need or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed {
    /// The words themselves.
    pub pattern: Pattern,
    /// One of these must be near, if there are any.
    pub with: Vec<Pattern>,
    /// None of these may be near.
    pub without: Vec<Pattern>,
    /// What near means.
    pub within: Within,
    /// The line of the file it stands in, from 1.
    pub line: usize,
}

/// Whether someone compared a reference with the published scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Compared with the scheme as published.
    Checked,
    /// A lead, to be checked before it is relied on.
    Lead,
}

/// Where an issue stands in a published scheme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Id of the scheme: `pew-gri`, `iccpr`.
    pub scheme: String,
    /// The entry in it: a question, an article.
    pub entry: String,
    /// Whether that was checked.
    pub status: Standing,
}

/// A published scheme that references point to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scheme {
    /// Short id.
    pub id: String,
    /// Full name.
    pub name: String,
}

/// An issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Its id.
    pub id: IssueId,
    /// Its name, for people.
    pub name: String,
    /// What it is, in a sentence or two.
    pub definition: String,
    /// What a passage says on it when nothing else decides.
    pub leaning: Polarity,
    /// Words that people search the issue by and that sources write of it in: one word each, or words
    /// one after the other; no gaps. They earn no label.
    pub vocabulary: Vec<Pattern>,
    /// The words that earn its label.
    pub seeds: Vec<Seed>,
    /// Longer words that look like a seed and mean something else: a seed within one does not count.
    pub lookalikes: Vec<Pattern>,
    /// Where it stands in published schemes.
    pub references: Vec<Reference>,
}

/// The words by which an issue is searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vocabulary {
    /// The issue.
    pub issue: IssueId,
    /// See [`Issue::vocabulary`].
    pub words: Vec<Pattern>,
}

/// A codebook: whole, every id once, every pattern readable.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Codebook {
    /// The schemes that its references name.
    pub schemes: Vec<Scheme>,
    /// Its issues, in the order of the file.
    pub issues: Vec<Issue>,
    by_id: HashMap<IssueId, usize>,
}

/// What is wrong with a codebook, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {problem}")]
pub struct CodebookError {
    /// The line, from 1.
    pub line: usize,
    /// The character in it, from 1.
    pub column: usize,
    /// What is wrong.
    pub problem: CodebookProblem,
}

/// What can be wrong with a codebook.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodebookProblem {
    /// It is not TOML of this shape: a syntax error, an unknown or missing key, a wrong value.
    #[error("{0}")]
    Syntax(String),
    /// It is of a format this program does not know.
    #[error("the codebook is of format {found}; this forb reads format {FORMAT_VERSION}")]
    Version {
        /// Its version.
        found: u32,
    },
    /// An id that is no id.
    #[error("`{0}` is no id of an issue: write lower-case letters, digits and hyphens")]
    Id(String),
    /// Two issues or schemes share an id.
    #[error("the id `{0}` is used twice")]
    Duplicate(String),
    /// A reference to a scheme that is not declared.
    #[error("the scheme `{0}` is not declared; add a [[scheme]] with that id")]
    Scheme(String),
    /// A set that is not declared.
    #[error("there is no set `{0}`; add it under [sets]")]
    Set(String),
    /// An issue that no words can earn.
    #[error("the issue `{0}` has no seeds")]
    NoSeeds(String),
    /// Words to search by with a gap between them.
    #[error("`{0}` has a gap: the words of a vocabulary stand one after the other")]
    VocabularyGap(String),
    /// A pattern that means nothing.
    #[error(transparent)]
    Pattern(#[from] PatternError),
    /// More issues or phrases than are read.
    #[error("the codebook is too large: at most {MOST_ISSUES} issues and {MOST_PHRASES} phrases")]
    TooLarge,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawCodebook {
    format_version: u32,
    #[serde(default)]
    sets: HashMap<String, Vec<Spanned<String>>>,
    #[serde(default, rename = "scheme")]
    schemes: Vec<Spanned<Scheme>>,
    #[serde(default, rename = "issue")]
    issues: Vec<RawIssue>,
}

/// Patterns that several seeds share, by name.
type Sets = HashMap<String, Vec<Pattern>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawIssue {
    id: Spanned<String>,
    name: String,
    definition: String,
    #[serde(default)]
    leaning: Polarity,
    #[serde(default)]
    vocabulary: Vec<Spanned<String>>,
    seeds: Vec<Spanned<RawSeed>>,
    #[serde(default)]
    lookalikes: Vec<Spanned<String>>,
    #[serde(default)]
    references: Vec<Spanned<Reference>>,
}

/// A codebook of which only the words to search by are read.
#[derive(Deserialize)]
struct RawVocabularies {
    #[serde(default, rename = "issue")]
    issues: Vec<RawVocabulary>,
}

#[derive(Deserialize)]
struct RawVocabulary {
    id: String,
    #[serde(default)]
    vocabulary: Vec<String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a seed is a pattern, or { find, with, without, within }")]
enum RawSeed {
    Bare(String),
    Full(FullSeed),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FullSeed {
    find: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    #[serde(default)]
    within: Within,
}

impl IssueId {
    /// An issue id, if `text` is one.
    pub fn new(text: &str) -> Option<Self> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let whole = !text.is_empty() && text.len() <= 64 && text.bytes().all(plain);
        (whole && !text.starts_with('-') && !text.ends_with('-')).then(|| Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IssueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Polarity {
    /// Every value, in order.
    pub const ALL: [Polarity; 4] =
        [Polarity::Violation, Polarity::Protection, Polarity::NoneReported, Polarity::Context];

    /// The word for it in output and options.
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Violation => "violation",
            Polarity::Protection => "protection",
            Polarity::NoneReported => "none-reported",
            Polarity::Context => "context",
        }
    }
}

impl std::str::FromStr for Polarity {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|polarity| polarity.name() == text).ok_or_else(|| {
            format!(
                "`{text}` is no polarity: write violation, protection, none-reported or context"
            )
        })
    }
}

impl<'de> Deserialize<'de> for Within {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "within is \"sentence\", \"passage\" or a number of words")]
        enum Raw {
            Name(String),
            Words(u8),
        }
        match Raw::deserialize(deserializer)? {
            Raw::Words(words) => Ok(Within::Words(words)),
            Raw::Name(name) if name == "sentence" => Ok(Within::Sentence),
            Raw::Name(name) if name == "passage" => Ok(Within::Passage),
            Raw::Name(name) => Err(serde::de::Error::custom(format!(
                "`{name}` is no distance: write \"sentence\", \"passage\" or a number of words"
            ))),
        }
    }
}

impl Codebook {
    /// Parses a codebook.
    ///
    /// # Errors
    /// The first thing that is wrong with it, with its line and column; see [`CodebookProblem`].
    pub fn from_toml(text: &str) -> Result<Self, CodebookError> {
        let written = text;
        let text = &Lines::of(written);
        let at = |offset: usize, problem: CodebookProblem| place(text, offset, problem);
        let raw: RawCodebook = toml::from_str(written).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            at(offset, CodebookProblem::Syntax(error.message().replace('\n', " ")))
        })?;
        if raw.format_version != FORMAT_VERSION {
            return Err(at(0, CodebookProblem::Version { found: raw.format_version }));
        }
        let mut book = Self::default();
        for scheme in raw.schemes {
            let (offset, scheme) = (scheme.span().start, scheme.into_inner());
            if book.schemes.iter().any(|known| known.id == scheme.id) {
                return Err(at(offset, CodebookProblem::Duplicate(scheme.id)));
            }
            book.schemes.push(scheme);
        }
        let mut sets = Sets::new();
        for (name, patterns) in raw.sets {
            let read = |pattern: &Spanned<String>| {
                read_pattern(pattern.get_ref(), text, pattern.span().start)
            };
            sets.insert(name, patterns.iter().map(read).collect::<Result<_, _>>()?);
        }
        let mut phrases = 0;
        for raw_issue in raw.issues {
            let offset = raw_issue.id.span().start;
            let issue = read_issue(raw_issue, text, &sets, &book.schemes)?;
            phrases += issue.phrases();
            if book.issues.len() == MOST_ISSUES || phrases > MOST_PHRASES {
                return Err(at(offset, CodebookProblem::TooLarge));
            }
            if book.by_id.insert(issue.id.clone(), book.issues.len()).is_some() {
                return Err(at(offset, CodebookProblem::Duplicate(issue.id.0)));
            }
            book.issues.push(issue);
        }
        Ok(book)
    }

    /// The issue with this id.
    pub fn issue(&self, id: &str) -> Option<&Issue> {
        // Ids are short; a lookup by text needs one made.
        self.issues.get(*self.by_id.get(&IssueId(id.to_owned()))?)
    }

    /// The words by which its issues are searched, in their order.
    pub fn vocabularies(&self) -> Vec<Vocabulary> {
        let of =
            |issue: &Issue| Vocabulary { issue: issue.id.clone(), words: issue.vocabulary.clone() };
        self.issues.iter().map(of).collect()
    }

    /// The name of a scheme.
    pub fn scheme(&self, id: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.id == id)
    }
}

impl Vocabulary {
    /// Those of a codebook's text, its issues in their order; of a text that is no codebook, those that can be
    /// read. Nothing else of it is read, which takes a third of the time: for a codebook that is known to be whole.
    pub fn all_in(text: &str) -> Vec<Self> {
        let read: Option<RawVocabularies> = toml::from_str(text).ok();
        let issues = read.into_iter().flat_map(|read| read.issues);
        let of = |raw: RawVocabulary| {
            let words = raw.vocabulary.iter().filter_map(|words| Pattern::parse(words).ok());
            Some(Self { issue: IssueId::new(&raw.id)?, words: words.collect() })
        };
        issues.filter_map(of).collect()
    }
}

impl Issue {
    /// How many phrases its patterns stand for.
    fn phrases(&self) -> usize {
        let of = |patterns: &[Pattern]| -> usize { patterns.iter().map(|p| p.phrases.len()).sum() };
        let seeds = self.seeds.iter();
        let seeds: usize =
            seeds.map(|s| s.pattern.phrases.len() + of(&s.with) + of(&s.without)).sum();
        seeds + of(&self.lookalikes) + of(&self.vocabulary)
    }
}

fn read_issue(
    raw: RawIssue,
    text: &Lines<'_>,
    sets: &Sets,
    schemes: &[Scheme],
) -> Result<Issue, CodebookError> {
    let offset = raw.id.span().start;
    let name = raw.id.into_inner();
    let id = IssueId::new(&name)
        .ok_or_else(|| place(text, offset, CodebookProblem::Id(name.clone())))?;
    if raw.seeds.is_empty() {
        return Err(place(text, offset, CodebookProblem::NoSeeds(name)));
    }
    let mut vocabulary = Vec::with_capacity(raw.vocabulary.len());
    for words in raw.vocabulary {
        let (offset, words) = (words.span().start, words.into_inner());
        let pattern = read_pattern(&words, text, offset)?;
        if pattern.phrases.iter().flatten().any(|step| matches!(step, Step::Gap(_))) {
            return Err(place(text, offset, CodebookProblem::VocabularyGap(words)));
        }
        vocabulary.push(pattern);
    }
    let mut seeds = Vec::with_capacity(raw.seeds.len());
    for seed in raw.seeds {
        seeds.push(read_seed(seed, text, sets)?);
    }
    let mut lookalikes = Vec::with_capacity(raw.lookalikes.len());
    for lookalike in raw.lookalikes {
        let offset = lookalike.span().start;
        lookalikes.push(read_pattern(lookalike.get_ref(), text, offset)?);
    }
    let mut references = Vec::with_capacity(raw.references.len());
    for reference in raw.references {
        let (offset, reference) = (reference.span().start, reference.into_inner());
        if !schemes.iter().any(|scheme| scheme.id == reference.scheme) {
            return Err(place(text, offset, CodebookProblem::Scheme(reference.scheme)));
        }
        references.push(reference);
    }
    let (name, definition, leaning) = (raw.name, raw.definition, raw.leaning);
    Ok(Issue { id, name, definition, leaning, vocabulary, seeds, lookalikes, references })
}

fn read_seed(raw: Spanned<RawSeed>, text: &Lines<'_>, sets: &Sets) -> Result<Seed, CodebookError> {
    let offset = raw.span().start;
    let full = match raw.into_inner() {
        RawSeed::Bare(find) => {
            FullSeed { find, with: Vec::new(), without: Vec::new(), within: Within::default() }
        }
        RawSeed::Full(full) => full,
    };
    let neighbours =
        |written: &[String]| -> Result<Vec<Pattern>, CodebookError> {
            let mut patterns = Vec::new();
            for pattern in written {
                match pattern.strip_prefix('@') {
                    Some(name) => patterns.extend_from_slice(sets.get(name).ok_or_else(|| {
                        place(text, offset, CodebookProblem::Set(name.to_owned()))
                    })?),
                    None => patterns.push(read_pattern(pattern, text, offset)?),
                }
            }
            Ok(patterns)
        };
    Ok(Seed {
        pattern: read_pattern(&full.find, text, offset)?,
        with: neighbours(&full.with)?,
        without: neighbours(&full.without)?,
        within: full.within,
        line: text.line(offset),
    })
}

fn read_pattern(written: &str, text: &Lines<'_>, offset: usize) -> Result<Pattern, CodebookError> {
    Pattern::parse(written).map_err(|problem| place(text, offset, problem.into()))
}

fn place(text: &Lines<'_>, offset: usize, problem: CodebookProblem) -> CodebookError {
    let (line, column) = (text.line(offset), text.column(offset));
    CodebookError { line, column, problem }
}

/// A text and where its lines begin: every seed says its line, so lines are found without counting anew.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(0).chain(after).collect() }
    }

    /// The line of an offset, from 1.
    fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Its place in that line in characters, from 1.
    fn column(&self, offset: usize) -> usize {
        let start = self.starts[self.line(offset) - 1];
        self.text.get(start..offset).map_or(1, |before| before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "format_version = 1\n[[scheme]]\nid = \"iccpr\"\nname = \"Covenant\"\n";

    fn book(issues: &str) -> Result<Codebook, CodebookError> {
        Codebook::from_toml(&format!("{HEAD}{issues}"))
    }

    fn issue(rest: &str) -> String {
        format!("[[issue]]\nid = \"blasphemy\"\nname = \"B\"\ndefinition = \"D\"\n{rest}\n")
    }

    #[test]
    fn an_issue_is_read_with_its_words_neighbours_and_references() {
        let text = issue(
            "leaning = \"violation\"\nvocabulary = [\"blasphem*\", \"insult~ religion\"]\nseeds = [\"blasphem*\", { find = \"insult* … prophet\", with = \
             [\"law*\"], without = [\"no\"], within = 8 }]\nlookalikes = [\"hate speech\"]\n\
             references = [{ scheme = \"iccpr\", entry = \"18, 19\", status = \"lead\" }]",
        );
        let book = book(&text).expect("a codebook");
        let issue = book.issue("blasphemy").expect("held");
        assert_eq!(issue.leaning, Polarity::Violation);
        assert_eq!(issue.vocabulary[1].text, "insult~ religion");
        assert_eq!(issue.seeds[1].within, Within::Words(8));
        assert_eq!(issue.seeds[1].with[0].text, "law*");
        assert_eq!((issue.seeds[0].line, issue.references[0].status), (11, Standing::Lead));
        assert!(book.issue("other").is_none());
    }

    #[test]
    fn what_is_wrong_is_said_with_line_and_column() {
        let fails = |text: &str| book(text).expect_err("wrong").to_string();
        assert!(fails("[[issue]").starts_with("line 5, column 9: "), "{}", fails("[[issue]"));
        assert!(
            fails(&issue("seeds = [\"a b\"]\ncolour = \"red\"")).contains("unknown field `colour`")
        );
        assert_eq!(
            fails(&issue("seeds = [\"worship\", \"co*\"]")),
            "line 9, column 21: `co*` is met by too many words: write at least 3 letters before `*`"
        );
        assert!(
            fails(&issue("seeds = [\"worship\"]\nvocabulary = [\"leave … Islam\"]"))
                .ends_with("has a gap: the words of a vocabulary stand one after the other")
        );
        let twice = issue("seeds = [\"word\"]");
        assert_eq!(
            fails(&format!("{twice}{twice}")),
            "line 11, column 6: the id `blasphemy` is used twice"
        );
        assert!(fails(&issue("seeds = []")).contains("has no seeds"));
        assert!(fails(&issue("seeds = [{ find = \"word\", near = \"x\" }]")).contains("line 9"));
        let no_set = issue("seeds = [{ find = \"word\", with = [\"@x\"] }]");
        assert!(fails(&no_set).contains("there is no set `x`"));
        let unknown = "seeds = [\"word\"]\nreferences = [{ scheme = \"x\", entry = \"1\", status = \"lead\" }]";
        assert!(fails(&issue(unknown)).contains("the scheme `x` is not declared"));
        assert!(
            fails(&issue("seeds = [\"word\"]").replace("blasphemy", "Blasphemy!"))
                .contains("no id")
        );
        let other = Codebook::from_toml("format_version = 9").expect_err("another version");
        assert!(other.to_string().contains("format 9"), "{other}");
    }

    #[test]
    fn a_codebook_of_ten_thousand_issues_is_refused() {
        let mut text = String::new();
        for number in 0..10_000 {
            text.push_str(
                &issue("seeds = [\"word\"]").replace("blasphemy", &format!("issue-{number}")),
            );
        }
        let error = book(&text).expect_err("too large");
        assert_eq!(error.problem, CodebookProblem::TooLarge);
    }
}
