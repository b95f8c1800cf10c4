//! What the user corrected of single documents: `corpus/corrections.toml`, a table a document, which
//! `forb edit` writes and a person may read and change by hand.
//!
//! ```toml
//! [k7m2q9x4tb3c]
//! file = "kazakhstan.html"     # for people; the id is what counts
//! sha256 = "…"                 # of the document's bytes: the id is made from it
//! chapter = "KZ"               # and from this, for a chapter of a report on several countries
//! country = "Kazakhstan"       # what holds, whatever the text seems to say
//! unknown = ["period"]         # what the text seems to say is wrong, and nothing is known instead
//! withdrawn = ["publisher"]    # what was stated when it was added no longer counts
//! ```
//!
//! A correction weighs more than everything else, what was stated when the file was added included,
//! and belongs to the bytes of its document: it holds again whenever they are read. Applying it is
//! the work of [`crate::read_corrected`]; this file knows only what is written and whether it means
//! anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::str::FromStr;

use model::{
    Author, ContentHash, Country, DocumentId, Extent, Metadata, Origin, PartialDate, Period,
};
use serde::{Deserialize, Serialize};

use crate::chapters::chapter_id;
use crate::corpus::{Corpus, CorpusError, CorpusLock, io};
use crate::profiles::Profiles;
use crate::source::hash;
use crate::stated::{Stated, toml_problem};

/// The name of the file in the corpus.
const FILE: &str = "corrections.toml";

/// What a new file begins with.
const OPENING: &str = "\
# Corrections to what forb takes documents for, a table a document. `forb edit` writes here, and so
# may you: `forb index` and the next `forb add` read it again. Keys: country, publisher, series,
# period, edition, published, captured, extent, url, title, authors (a list), language, licence;
# `unknown` and `withdrawn` list keys.
";

/// A piece of metadata that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CorrectedField {
    /// Country.
    Country,
    /// Publisher.
    Publisher,
    /// Series.
    Series,
    /// Period covered.
    Period,
    /// Edition.
    Edition,
    /// Day it came out.
    Published,
    /// Day its bytes were taken.
    Captured,
    /// How much of the work it holds.
    Extent,
    /// Address.
    Url,
    /// Title.
    Title,
    /// Who wrote it.
    Authors,
    /// The language it is written in.
    Language,
    /// Terms of use.
    Licence,
}

/// What the user corrected of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Name of the file, for people.
    pub file: String,
    /// SHA-256 of the document's bytes; of the whole file's for a chapter.
    pub sha256: ContentHash,
    /// The country under whose heading it stands, for a chapter of a report on several.
    pub chapter: Option<Country>,
    /// The values that hold.
    pub values: Stated,
    /// What is unknown, whatever the text seems to say.
    pub unknown: BTreeSet<CorrectedField>,
    /// What was stated with `add` and no longer counts.
    pub withdrawn: BTreeSet<CorrectedField>,
}

/// Every correction of a library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Corrections {
    by_id: BTreeMap<DocumentId, Correction>,
    /// The file as it stands: what a person wrote between the tables is kept.
    text: String,
}

/// A table of the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    #[serde(default)]
    file: String,
    sha256: ContentHash,
    chapter: Option<Country>,
    country: Option<String>,
    publisher: Option<String>,
    series: Option<String>,
    period: Option<Period>,
    edition: Option<String>,
    published: Option<PartialDate>,
    captured: Option<PartialDate>,
    extent: Option<Extent>,
    url: Option<String>,
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authors: Vec<String>,
    language: Option<String>,
    licence: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    unknown: BTreeSet<CorrectedField>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    withdrawn: BTreeSet<CorrectedField>,
}

impl CorrectedField {
    /// Every field, in the order they are written.
    pub const ALL: [Self; 13] = [
        Self::Country,
        Self::Publisher,
        Self::Series,
        Self::Period,
        Self::Edition,
        Self::Published,
        Self::Captured,
        Self::Extent,
        Self::Url,
        Self::Title,
        Self::Authors,
        Self::Language,
        Self::Licence,
    ];

    /// Its name: the key in the file, and the option without its hyphens.
    pub fn name(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Publisher => "publisher",
            Self::Series => "series",
            Self::Period => "period",
            Self::Edition => "edition",
            Self::Published => "published",
            Self::Captured => "captured",
            Self::Extent => "extent",
            Self::Url => "url",
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Language => "language",
            Self::Licence => "licence",
        }
    }

    /// Whether something is stated of it.
    pub fn is_in(self, stated: &Stated) -> bool {
        match self {
            Self::Country => stated.country.is_some(),
            Self::Publisher => stated.publisher.is_some(),
            Self::Series => stated.series.is_some(),
            Self::Period => stated.period.is_some(),
            Self::Edition => stated.edition.is_some(),
            Self::Published => stated.published.is_some(),
            Self::Captured => stated.captured.is_some(),
            Self::Extent => stated.extent.is_some(),
            Self::Url => stated.url.is_some(),
            Self::Title => stated.title.is_some(),
            Self::Authors => !stated.authors.is_empty(),
            Self::Language => stated.language.is_some(),
            Self::Licence => stated.licence.is_some(),
        }
    }

    /// Takes a statement of it away.
    pub fn clear(self, stated: &mut Stated) {
        match self {
            Self::Country => stated.country = None,
            Self::Publisher => stated.publisher = None,
            Self::Series => stated.series = None,
            Self::Period => stated.period = None,
            Self::Edition => stated.edition = None,
            Self::Published => stated.published = None,
            Self::Captured => stated.captured = None,
            Self::Extent => stated.extent = None,
            Self::Url => stated.url = None,
            Self::Title => stated.title = None,
            Self::Authors => stated.authors.clear(),
            Self::Language => stated.language = None,
            Self::Licence => stated.licence = None,
        }
    }

    /// Its value in what is known of a document, in its written form; `None` for unknown.
    pub fn value_in(self, metadata: &Metadata) -> Option<String> {
        let m = metadata;
        match self {
            Self::Country => m.country.value.map(|country| country.code().to_owned()),
            Self::Publisher => m.publisher.value.as_ref().map(|publisher| publisher.id.clone()),
            Self::Series => m.series.value.as_ref().map(|series| series.id.clone()),
            Self::Period => m.period.value.map(|period| period.to_string()),
            Self::Edition => m.edition.value.clone(),
            Self::Published => m.published.value.map(|day| day.to_string()),
            Self::Captured => m.captured.value.map(|day| day.to_string()),
            Self::Extent => m.extent.value.map(|extent| extent.name().to_owned()),
            Self::Url => m.url.value.clone(),
            Self::Title => m.title.value.clone(),
            Self::Authors => m.authors.value.as_deref().map(Author::list),
            Self::Language => m.language.value.clone(),
            Self::Licence => m.licence.value.clone(),
        }
    }

    /// Says of a document that it is unknown, whatever is found of it.
    fn withhold(self, metadata: &mut Metadata) {
        let note = "said by the user to be unknown";
        match self {
            Self::Country => metadata.country.withhold(note),
            Self::Publisher => metadata.publisher.withhold(note),
            Self::Series => metadata.series.withhold(note),
            Self::Period => metadata.period.withhold(note),
            Self::Edition => metadata.edition.withhold(note),
            Self::Published => metadata.published.withhold(note),
            Self::Captured => metadata.captured.withhold(note),
            Self::Extent => metadata.extent.withhold(note),
            Self::Url => metadata.url.withhold(note),
            Self::Title => metadata.title.withhold(note),
            Self::Authors => metadata.authors.withhold(note),
            Self::Language => metadata.language.withhold(note),
            Self::Licence => metadata.licence.withhold(note),
        }
    }
}

impl FromStr for CorrectedField {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names = Self::ALL.map(Self::name);
        Self::ALL.into_iter().find(|field| field.name() == text).ok_or_else(|| {
            let near = model::nearest(text, names, 1);
            match near.first() {
                Some(near) => format!("`{text}` cannot be corrected; did you mean {near}?"),
                None => format!("`{text}` cannot be corrected: write one of {}", names.join(", ")),
            }
        })
    }
}

impl Correction {
    /// A correction of nothing yet.
    pub fn of(file: impl Into<String>, sha256: ContentHash) -> Self {
        let (unknown, withdrawn) = (BTreeSet::new(), BTreeSet::new());
        let (values, chapter) = (Stated::default(), None);
        Self { file: file.into(), sha256, chapter, values, unknown, withdrawn }
    }

    /// The id of the document.
    pub fn id(&self) -> DocumentId {
        match self.chapter {
            Some(country) => chapter_id(self.sha256, country),
            None => self.sha256.document_id(),
        }
    }

    /// What is corrected of a chapter: this, and of the rest what is corrected of its whole file,
    /// but for the country.
    pub(crate) fn within(&self, whole: Option<&Correction>) -> Correction {
        let mut all = self.clone();
        let Some(whole) = whole else { return all };
        let says = |field: &CorrectedField| {
            field.is_in(&self.values)
                || self.unknown.contains(field)
                || self.withdrawn.contains(field)
                || *field == CorrectedField::Country
        };
        let mut values = whole.values.clone();
        CorrectedField::ALL.iter().filter(|&field| says(field)).for_each(|f| f.clear(&mut values));
        all.values = all.values.or(&values);
        all.unknown.extend(whole.unknown.iter().filter(|field| !says(field)));
        all.withdrawn.extend(whole.withdrawn.iter().filter(|field| !says(field)));
        all
    }

    /// Whether nothing is corrected.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.unknown.is_empty() && self.withdrawn.is_empty()
    }

    /// Takes back whatever this says of a field. Returns whether it said anything.
    pub fn forget(&mut self, field: CorrectedField) -> bool {
        let said = field.is_in(&self.values);
        field.clear(&mut self.values);
        self.unknown.remove(&field) | self.withdrawn.remove(&field) | said
    }

    /// A hash of what is corrected: it changes when the document has to be read again.
    pub fn digest(&self) -> ContentHash {
        // A table holds only strings, dates and lists of them, which JSON can always say.
        hash(&serde_json::to_vec(&Table::from(self)).unwrap_or_default())
    }

    /// Says all of it of a document, before any other witness.
    pub(crate) fn witness(&self, metadata: &mut Metadata, profiles: &Profiles) {
        for field in &self.unknown {
            field.withhold(metadata);
        }
        self.values.witness_as(metadata, Origin::User, "corrected by the user", profiles);
    }

    /// What was stated, without what was withdrawn.
    pub(crate) fn without_withdrawn(&self, mut stated: Stated) -> Stated {
        self.withdrawn.iter().for_each(|field| field.clear(&mut stated));
        stated
    }

    fn check(&self, id: &DocumentId, profiles: &Profiles) -> Result<(), String> {
        if self.id() != *id {
            let chapter = self.chapter.map_or("", |_| " and the chapter");
            let are = if self.chapter.is_some() { "are" } else { "is" };
            return Err(format!("the sha256{chapter} {are} not that of document {id}"));
        }
        self.values.check(profiles).map_err(|error| error.to_string())?;
        let said = |field: &CorrectedField| {
            let says = [
                field.is_in(&self.values),
                self.unknown.contains(field),
                self.withdrawn.contains(field),
            ];
            says.into_iter().filter(|said| *said).count()
        };
        match CorrectedField::ALL.into_iter().find(|field| said(field) > 1) {
            Some(field) => {
                let name = field.name();
                Err(format!("{name} is given a value, unknown or withdrawn: keep one of them"))
            }
            None => Ok(()),
        }
    }
}

impl Corrections {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// Where it is not TOML, a key is unknown or a value means nothing, with the line.
    pub fn from_toml(text: &str, profiles: &Profiles) -> Result<Self, String> {
        let tables: BTreeMap<DocumentId, Table> =
            toml::from_str(text).map_err(|error| toml_problem(text, &error))?;
        let mut by_id = BTreeMap::new();
        for (id, table) in tables {
            let correction = Correction::from(table);
            correction.check(&id, profiles).map_err(|problem| {
                let line =
                    text.lines().position(|line| is_header(line, &id)).map_or(1, |at| at + 1);
                format!("line {line}: in [{id}], {problem}")
            })?;
            by_id.insert(id, correction);
        }
        Ok(Self { by_id, text: text.to_owned() })
    }

    /// The correction of a document.
    pub fn of(&self, id: &DocumentId) -> Option<&Correction> {
        self.by_id.get(id)
    }

    /// Every correction.
    pub fn iter(&self) -> impl Iterator<Item = (&DocumentId, &Correction)> {
        self.by_id.iter()
    }

    /// A hash of each correction, by the document it is of.
    pub fn digests(&self) -> BTreeMap<DocumentId, ContentHash> {
        self.iter().map(|(id, correction)| (id.clone(), correction.digest())).collect()
    }

    /// SHA-256 of the file they were read from; `None` where there was none, or nothing in it.
    pub fn file_digest(&self) -> Option<ContentHash> {
        digest_of(&self.text)
    }

    /// Puts a correction in the place of what there was of its document; one of nothing takes it
    /// away. The rest of the file stays as it was written.
    pub fn set(&mut self, correction: Correction) {
        let id = correction.id();
        let table = (!correction.is_empty()).then(|| written(&id, &correction));
        if correction.is_empty() {
            self.by_id.remove(&id);
        } else {
            self.by_id.insert(id.clone(), correction);
        }
        let text = replaced(&self.text, &id, table.as_deref());
        // What a person wrote in some other way than forb does (a table on one line, say) is written
        // anew, rather than left beside its correction.
        let reads = toml::from_str::<BTreeMap<DocumentId, Table>>(&text);
        let same = reads.is_ok_and(|tables| {
            tables.len() == self.by_id.len()
                && tables.into_iter().all(|(id, t)| self.by_id.get(&id) == Some(&t.into()))
        });
        self.text = if same { text } else { self.rewritten() };
    }

    fn rewritten(&self) -> String {
        let tables = self.iter().map(|(id, correction)| format!("\n{}", written(id, correction)));
        tables.fold(OPENING.to_owned(), |text, table| text + &table)
    }
}

fn digest_of(text: &str) -> Option<ContentHash> {
    (!text.is_empty()).then(|| hash(text.as_bytes()))
}

/// Whether a line opens the table of a document.
fn is_header(line: &str, id: &DocumentId) -> bool {
    let inside = line.trim().strip_prefix('[').and_then(|rest| rest.split(']').next());
    inside.is_some_and(|key| key.trim().trim_matches(['"', '\'']) == id.as_str())
}

/// The table of a document as text.
fn written(id: &DocumentId, correction: &Correction) -> String {
    // As for the digest: there is nothing in a table that TOML cannot say.
    let lines = toml::to_string(&Table::from(correction)).unwrap_or_default();
    format!("[{id}]\n{lines}")
}

/// The text with another table of a document, or without any. Comments between the tables stay.
fn replaced(text: &str, id: &DocumentId, table: Option<&str>) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(start) = lines.iter().position(|line| is_header(line, id)) else {
        let Some(table) = table else { return text.to_owned() };
        let before = if text.trim().is_empty() { OPENING } else { text };
        let break_line = if before.ends_with('\n') { "" } else { "\n" };
        return format!("{before}{break_line}\n{table}");
    };
    let after = lines.iter().skip(start + 1);
    let next = after.clone().position(|line| line.trim_start().starts_with('['));
    let mut end = next.map_or(lines.len(), |at| start + 1 + at);
    let is_loose = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    while end > start + 1 && lines.get(end - 1).is_some_and(|line| is_loose(line)) {
        end -= 1;
    }
    let own = lines.get(start + 1..end).unwrap_or_default();
    let comments: String =
        own.iter().filter(|line| line.trim_start().starts_with('#')).copied().collect();
    let (before, rest) = (lines[..start].concat(), lines[end..].concat());
    match table.and_then(|table| table.split_once('\n')) {
        Some((header, keys)) => format!("{before}{header}\n{comments}{keys}{rest}"),
        None => before + &comments + rest.trim_start_matches('\n'),
    }
}

impl From<Table> for Correction {
    fn from(table: Table) -> Self {
        Self {
            file: table.file,
            sha256: table.sha256,
            chapter: table.chapter,
            values: Stated {
                country: table.country,
                publisher: table.publisher,
                series: table.series,
                period: table.period,
                edition: table.edition,
                published: table.published,
                captured: table.captured,
                extent: table.extent,
                url: table.url,
                title: table.title,
                authors: table.authors,
                language: table.language,
                licence: table.licence,
                digest_of: None,
            },
            unknown: table.unknown,
            withdrawn: table.withdrawn,
        }
    }
}

impl From<&Correction> for Table {
    fn from(correction: &Correction) -> Self {
        let Correction { file, sha256, chapter, values, unknown, withdrawn } = correction.clone();
        Self {
            file,
            sha256,
            chapter,
            country: values.country,
            publisher: values.publisher,
            series: values.series,
            period: values.period,
            edition: values.edition,
            published: values.published,
            captured: values.captured,
            extent: values.extent,
            url: values.url,
            title: values.title,
            authors: values.authors,
            language: values.language,
            licence: values.licence,
            unknown,
            withdrawn,
        }
    }
}

impl Corpus {
    fn corrections_file(&self) -> PathBuf {
        self.root().join(FILE)
    }

    fn corrections_text(&self) -> Result<Option<String>, CorpusError> {
        let path = self.corrections_file();
        match fs::read_to_string(&path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io("read", &path)(error)),
        }
    }

    /// What the user corrected; nothing where there is no file of it.
    ///
    /// # Errors
    /// When the file cannot be read, or something in it means nothing.
    pub fn corrections(&self, profiles: &Profiles) -> Result<Corrections, CorpusError> {
        let text = self.corrections_text()?.unwrap_or_default();
        Corrections::from_toml(&text, profiles)
            .map_err(|problem| CorpusError::Corrections { path: self.corrections_file(), problem })
    }

    /// The hash of the file of corrections; `None` where there is none, or nothing in it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn corrections_digest(&self) -> Result<Option<ContentHash>, CorpusError> {
        Ok(self.corrections_text()?.and_then(|text| digest_of(&text)))
    }

    /// Writes the file of corrections, in one step that a crash cannot halve.
    ///
    /// # Errors
    /// When it cannot be written; the former one stands then.
    pub fn write_corrections(
        &self,
        corrections: &Corrections,
        _held: &CorpusLock,
    ) -> Result<(), CorpusError> {
        let path = self.corrections_file();
        let mut file = self.new_file(self.root())?;
        let written = file.write_all(corrections.text.as_bytes());
        written.and_then(|()| file.as_file().sync_data()).map_err(io("write", &path))?;
        file.persist(&path).map_err(|error| io("write", &path)(error.error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn correction(byte: u8) -> Correction {
        let mut correction = Correction::of("a.txt", ContentHash([byte; 32]));
        correction.values.country = Some("KZ".to_owned());
        correction
    }

    fn read(text: &str) -> Result<Corrections, String> {
        Corrections::from_toml(text, Profiles::built_in())
    }

    #[test]
    fn what_a_person_wrote_between_the_tables_stays() {
        let mut corrections = Corrections::default();
        corrections.set(correction(1));
        corrections.set(correction(2));
        let id = ContentHash([2; 32]).document_id();
        let noted = corrections
            .text
            .replace(&format!("[{id}]"), &format!("# see my letter\n[{id}] # here"));
        let mut corrections = read(&noted).expect("valid");
        let mut other = correction(1);
        other.unknown.insert(CorrectedField::Period);
        corrections.set(other.clone());
        assert!(corrections.text.contains("# see my letter\n"), "{}", corrections.text);
        assert_eq!(read(&corrections.text).expect("valid").by_id, corrections.by_id);
        corrections.set(Correction::of("a.txt", ContentHash([1; 32])));
        let ids: Vec<&DocumentId> = corrections.iter().map(|(id, _)| id).collect();
        assert_eq!(ids, [&id]);
        assert!(corrections.text.contains("# see my letter\n"), "{}", corrections.text);
    }

    #[test]
    fn what_means_nothing_is_named_with_its_line() {
        let mut corrections = Corrections::default();
        corrections.set(correction(1));
        let good = corrections.text;
        let line = good.lines().position(|line| line.starts_with("country")).expect("a line") + 1;
        let header = good.lines().position(|line| line.starts_with('[')).expect("a line") + 1;
        for (bad, line, word) in [
            (good.replace("country = \"KZ\"", "country = KZ"), line, ""),
            (good.replace("country", "contry"), line, "contry"),
            (good.replace("KZ", "Kazahkstan"), header, "did you mean Kazakhstan"),
            (good.replace("01010101", "02020202"), header, "is not that of document"),
            (format!("{good}unknown = [\"country\"]\n"), header, "keep one"),
        ] {
            let error = read(&bad).expect_err(&bad);
            assert!(error.starts_with(&format!("line {line}:")) && error.contains(word), "{error}");
        }
    }

    #[test]
    fn a_table_written_in_another_way_is_written_anew() {
        let (id, sha256) = (ContentHash([1; 32]).document_id(), ContentHash([1; 32]).to_hex());
        let text = format!("{id} = {{ sha256 = \"{sha256}\", country = \"PE\" }}\n");
        let mut corrections = read(&text).expect("valid");
        corrections.set(correction(1));
        assert_eq!(read(&corrections.text).expect("valid").by_id, corrections.by_id);
        assert_eq!(corrections.by_id.len(), 1);
    }

    proptest! {
        #[test]
        fn whatever_is_set_is_read_back(
            sets in proptest::collection::vec((1u8..5, "[\\PC\n\\[\\]#\"]{0,12}", any::<bool>()), 1..12),
        ) {
            let mut corrections = Corrections::default();
            for (byte, title, empty) in sets {
                let mut set = Correction::of(title.clone(), ContentHash([byte; 32]));
                if !empty {
                    set.values.title = Some(format!("t{title}"));
                }
                corrections.set(set);
                let again = read(&corrections.text).map_err(TestCaseError::fail)?;
                prop_assert_eq!(&again.by_id, &corrections.by_id);
            }
        }
    }
}
