//! What the records of searches, comparisons and other answers share: the file, what a search was restricted to, and
//! the state of the library that was asked.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use indexing::Index;
use model::Field;
use query::{CaptureChoice, Filters, Names, Scope, SearchRequest};
use serde::{Deserialize, Serialize};

/// The version of the shape of a record.
pub const RECORD_VERSION: u32 = 1;

/// The largest file that is read as a record, in bytes.
const LARGEST: u64 = 64 << 20;

/// What a search was restricted to.
#[derive(Serialize, Deserialize)]
pub struct Restrictions {
    fields: BTreeMap<String, ChoiceRecord>,
    period: Option<String>,
    /// `answering`, `all`, or ids parted by commas.
    captures: String,
    set_aside: bool,
}

#[derive(Serialize, Deserialize)]
struct ChoiceRecord {
    any: Vec<String>,
    none: Vec<String>,
}

/// The state of the library that was searched.
#[derive(Serialize, Deserialize, PartialEq)]
pub struct LibraryRecord {
    index_format: u32,
    analysers: String,
    codebook: String,
    publishers: String,
    corpus: Vec<CorpusFile>,
    documents: u64,
    passages: u64,
    words: u64,
}

#[derive(Serialize, Deserialize, PartialEq)]
struct CorpusFile {
    file: String,
    bytes: u64,
    sha256: String,
}

/// The values of a recorded query are those of the index: they stand for themselves.
pub struct AsRecorded;

impl Names for AsRecorded {
    fn resolve(&self, _: Field, value: &str) -> Result<Vec<String>, Vec<String>> {
        Ok(vec![value.to_owned()])
    }
}

/// Writes a record to a file that is not there yet.
///
/// # Errors
/// When the file is there, or cannot be written.
pub fn write(record: &impl Serialize, path: &Path) -> anyhow::Result<()> {
    let named = || format!("the record {} could not be written", path.display());
    let mut json = serde_json::to_vec_pretty(record).with_context(named)?;
    json.push(b'\n');
    let mut file = File::create_new(path)
        .with_context(|| format!("{}; choose a name that is not taken", named()))?;
    file.write_all(&json).with_context(named)
}

/// Reads a record.
///
/// # Errors
/// When it cannot be read, or is no record of this version.
pub fn read(path: &Path) -> anyhow::Result<serde_json::Value> {
    let named = || format!("the record {} could not be read", path.display());
    let length = fs::metadata(path).with_context(named)?.len();
    if length > LARGEST {
        bail!("{} is no record: it has {length} bytes", path.display());
    }
    let bytes = fs::read(path).with_context(named)?;
    let value: serde_json::Value =
        serde_json::from_slice(&bytes).with_context(|| no_record(path))?;
    match value.get("record_version").and_then(serde_json::Value::as_u64) {
        Some(version) if version == u64::from(RECORD_VERSION) => Ok(value),
        Some(version) => bail!(
            "{} is a record of version {version}, and this forb reads {RECORD_VERSION}",
            path.display()
        ),
        None => bail!(no_record(path)),
    }
}

/// That a file is no record.
pub fn no_record(path: &Path) -> String {
    format!("{} is no record that `--record` wrote", path.display())
}

/// What of forb, and of the library, is another now; each a sentence.
pub fn changed(was: (&str, &LibraryRecord), is: (&str, &LibraryRecord)) -> Vec<String> {
    let mut changed = Vec::new();
    if was.0 != is.0 {
        changed.push(format!("forb {} wrote it, this is forb {}", was.0, is.0));
    }
    let (was, is) = (was.1, is.1);
    for (what, same) in [
        ("the format of the index", was.index_format == is.index_format),
        ("how words are read", was.analysers == is.analysers),
        ("the codebook", was.codebook == is.codebook),
        ("the publishers' profiles", was.publishers == is.publishers),
    ] {
        changed.extend((!same).then(|| format!("{what} has changed")));
    }
    if was.corpus != is.corpus {
        changed.push(format!(
            "the corpus has changed: {} documents and {} passages then, {} and {} now",
            was.documents, was.passages, is.documents, is.passages
        ));
    }
    changed
}

impl Restrictions {
    /// What a request is restricted to.
    pub fn of(request: &SearchRequest) -> Self {
        let filters = &request.filters;
        let choice = |(field, choice): (&Field, &query::Choice)| {
            let (any, none) = (choice.any.clone(), choice.none.clone());
            (field.name().to_owned(), ChoiceRecord { any, none })
        };
        Self {
            fields: filters.choices.iter().map(choice).collect(),
            period: filters.period.map(|period| period.to_string()),
            captures: match &filters.captures {
                CaptureChoice::Answering => "answering".to_owned(),
                CaptureChoice::All => "all".to_owned(),
                CaptureChoice::Only(ids) => {
                    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
                }
            },
            set_aside: request.scope == Scope::WithSetAside,
        }
    }

    /// Whether what is set aside was searched, too.
    pub fn set_aside(&self) -> bool {
        self.set_aside
    }

    /// The filters they were.
    pub fn filters(&self) -> anyhow::Result<Filters> {
        let mut filters = Filters::default();
        for (name, choice) in &self.fields {
            let field = Field::ALL.into_iter().find(|field| field.name() == name);
            let field = field.ok_or_else(|| anyhow!("the record names a field `{name}`"))?;
            for value in &choice.any {
                filters = filters.with(field, value);
            }
            for value in &choice.none {
                filters = filters.without(field, value);
            }
        }
        filters.period = self.period.as_deref().map(str::parse).transpose()?;
        filters.captures = match self.captures.as_str() {
            "answering" => CaptureChoice::Answering,
            "all" => CaptureChoice::All,
            ids => CaptureChoice::Only(ids.split(',').map(str::parse).collect::<Result<_, _>>()?),
        };
        Ok(filters)
    }
}

impl LibraryRecord {
    /// The state of a library.
    pub fn of(index: &Index) -> Self {
        let indexing::Commit { coverage, counts, .. } = index.commit();
        let file = |file: &indexing::CoveredFile| CorpusFile {
            file: file.name.clone(),
            bytes: file.bytes,
            sha256: file.sha256.to_hex(),
        };
        Self {
            index_format: indexing::FORMAT_VERSION,
            analysers: indexing::analysers_digest().to_owned(),
            codebook: coverage.codebook.to_hex(),
            publishers: coverage.publishers_digest.to_hex(),
            corpus: coverage.corpus.iter().map(file).collect(),
            documents: counts.documents,
            passages: counts.passages,
            words: counts.words,
        }
    }
}
