//! `forb edit`: what a document is taken for, corrected.

use anyhow::{anyhow, bail};
use clap::Args;
use indexing::Index;
use ingestion::Stated;
use ingestion::corrections::{CorrectedField, Correction};
use ingestion::profiles::Profiles;
use model::{DocumentRecord, Extent, Field, Metadata, Origin, PartialDate, Period, fold, nearest};
use render::EditReport;

use crate::arguments::{Format, GlobalArguments};
use crate::choice::{Chosen, choose};
use crate::failure::Outcome;
use crate::ingest::Ingest;
use crate::library;
use crate::output::Output;
use crate::paths::LibraryPaths;

/// Correct what a document is taken for.
///
/// A correction weighs more than everything else, what was stated with `forb add` included, and what
/// speaks against it is still shown by `forb status --verbose`. Corrections are kept in
/// `corpus/corrections.toml`, which may be changed by hand too; they hold however often a document is
/// read again. Only the documents named are read again. What is corrected of a report with chapters holds
/// for its chapters too, but for the country, and what is corrected of a chapter for that alone.
#[derive(Args, Debug)]
#[command(before_long_help = "Examples:\n  \
    forb edit k7m2 --country Kazakhstan\n  \
    forb edit k7m2 9xa4 --period 2021 --published 2022-06-02\n  \
    forb edit k7m2 --author \"Office of International Religious Freedom\" --licence \"public domain\"\n  \
    forb edit k7m2 --unknown period        what the text seems to say of it is wrong\n  \
    forb edit k7m2 --withdraw country      what you said of it before no longer counts")]
pub struct EditArguments {
    /// Documents: the beginnings of their ids, or their file names.
    #[arg(required = true, value_name = "DOC")]
    pub documents: Vec<String>,
    /// The country it is on: a name or a code.
    #[arg(long, value_name = "NAME")]
    pub country: Option<String>,
    /// Its publisher: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub publisher: Option<String>,
    /// Its series: a name or an id.
    #[arg(long, value_name = "NAME")]
    pub series: Option<String>,
    /// The time it covers: 2021, or 2020-10/2021-09.
    #[arg(long, value_name = "PERIOD")]
    pub period: Option<Period>,
    /// The edition, as the publisher names it.
    #[arg(long, value_name = "NAME")]
    pub edition: Option<String>,
    /// The day, month or year it came out.
    #[arg(long, value_name = "DATE")]
    pub published: Option<PartialDate>,
    /// The day its bytes were taken from the publisher.
    #[arg(long, value_name = "DATE")]
    pub captured: Option<PartialDate>,
    /// How much of the work it holds: full, summary, excerpt or unknown.
    #[arg(long, value_name = "EXTENT")]
    pub extent: Option<Extent>,
    /// Its address.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// Its title.
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// Who wrote it: a person, or the part of an institution. May be given more than once.
    #[arg(long = "author", alias = "authors", value_name = "NAME")]
    pub authors: Vec<String>,
    /// The language it is written in: a tag such as en or pt-BR.
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Under which terms its text may be used.
    #[arg(long, value_name = "TERMS")]
    pub licence: Option<String>,
    /// What the text seems to say of this is wrong, and nothing is known instead. May be given more
    /// than once.
    #[arg(long, value_name = "FIELD")]
    pub unknown: Vec<CorrectedField>,
    /// Take back what you said of this, here or with `forb add`. May be given more than once.
    #[arg(long, value_name = "FIELD")]
    pub withdraw: Vec<CorrectedField>,
    /// How the report on the work is written.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: Format,
}

impl EditArguments {
    fn stated(&self) -> Stated {
        Stated {
            country: self.country.clone(),
            publisher: self.publisher.clone(),
            series: self.series.clone(),
            period: self.period,
            edition: self.edition.clone(),
            published: self.published,
            captured: self.captured,
            extent: self.extent,
            url: self.url.clone(),
            title: self.title.clone(),
            authors: self.authors.clone(),
            language: self.language.clone(),
            licence: self.licence.clone(),
            digest_of: None,
        }
    }

    /// Fails where nothing is to be corrected, or one thing in two ways.
    fn check(&self, stated: &Stated) -> anyhow::Result<()> {
        if stated.is_empty() && self.unknown.is_empty() && self.withdraw.is_empty() {
            bail!("say what to correct, for example --country Kazakhstan or --unknown period");
        }
        for field in CorrectedField::ALL {
            let ways = [
                field.is_in(stated),
                self.unknown.contains(&field),
                self.withdraw.contains(&field),
            ];
            if ways.into_iter().filter(|way| *way).count() > 1 {
                let name = field.name();
                bail!("--{name}, --unknown {name} and --withdraw {name} exclude each other");
            }
        }
        Ok(())
    }
}

/// A document, its correction, and what there was nothing to change of.
struct Edit {
    before: DocumentRecord,
    correction: Option<Correction>,
    unchanged: Vec<(&'static str, String)>,
}

/// Runs the command.
pub fn run(
    global: &GlobalArguments,
    arguments: &EditArguments,
    output: &Output,
) -> anyhow::Result<Outcome> {
    let stated = arguments.stated();
    arguments.check(&stated)?;
    let library = LibraryPaths::find(global.library.as_deref())?;
    library::require(&library)?;
    let mut ingest = Ingest::open(&library, output)?;
    let index = Index::open(&library.index())?;
    stated.check(ingest.profiles())?;
    check_names(&stated, ingest.profiles(), &index)?;
    let mut edits: Vec<Edit> = Vec::new();
    for asked in &arguments.documents {
        let before = match choose(&index, ingest.records(), asked)? {
            Chosen::Document(document) => *document,
            Chosen::Capture(record) => return Err(no_document(&record.name, &ingest, &record.id)),
        };
        if edits.iter().all(|edit| edit.before.id != before.id) {
            edits.push(edit(before, arguments, &stated, &ingest)?);
        }
    }
    let corrected: Vec<Correction> = edits.iter().filter_map(|e| e.correction.clone()).collect();
    if !corrected.is_empty() {
        ingest.correct(corrected, output)?;
    }
    let index = Index::open(&library.index())?;
    let reports = edits.into_iter().map(|edit| {
        let after = index.document(&edit.before.id)?;
        Ok(EditReport { before: edit.before, after, unchanged: edit.unchanged })
    });
    let reports = reports.collect::<anyhow::Result<Vec<_>>>()?;
    output.data(&match arguments.format {
        Format::Text => render::edit_text(&reports, *output.style()),
        Format::Json => render::edit_json(&reports),
    })?;
    Ok(Outcome::Found)
}

fn no_document(name: &str, ingest: &Ingest, id: &model::DocumentId) -> anyhow::Error {
    match ingest.records().get(id) {
        Some(record) if ingest.records().is_retired(record) => {
            anyhow!("{name} is retired: the library holds its original, correct that")
        }
        Some(record) if record.mapping.is_some() => anyhow!(
            "{name} is a data set: name the documents in it, or say of all of them what holds by \
             adding it again with options"
        ),
        _ => anyhow!("{name} is held and could not be read; `forb add` it again"),
    }
}

/// What is to be corrected of one document.
fn edit(
    before: DocumentRecord,
    arguments: &EditArguments,
    stated: &Stated,
    ingest: &Ingest,
) -> anyhow::Result<Edit> {
    let known = ingest.corrections().of(&before.id);
    let sha256 = before.metadata.sha256;
    let new = || {
        let chapter = ingestion::chapter_of(&before.id, sha256);
        Correction { chapter, ..Correction::of(before.metadata.file_name.clone(), sha256) }
    };
    let mut next = known.cloned().unwrap_or_else(new);
    let mut unchanged = Vec::new();
    let mut asked = Metadata::of_capture(sha256);
    stated.witness(&mut asked, Origin::User, ingest.profiles());
    let mut values = stated.clone();
    for field in CorrectedField::ALL.into_iter().filter(|field| field.is_in(stated)) {
        let value = field.value_in(&before.metadata);
        if value == field.value_in(&asked) {
            field.clear(&mut values);
            unchanged.push((field.name(), format!("is {} already", value.unwrap_or_default())));
        } else {
            next.forget(field);
        }
    }
    next.values = values.or(&next.values);
    for field in &arguments.unknown {
        if field.value_in(&before.metadata).is_none() {
            unchanged.push((field.name(), "is unknown already".to_owned()));
        } else {
            next.forget(*field);
            next.unknown.insert(*field);
        }
    }
    let part_of = before.metadata.part_of.as_ref().map(|part| part.sha256.document_id());
    let capture = ingest.records().get(part_of.as_ref().unwrap_or(&before.id));
    for field in &arguments.withdraw {
        let said = next.forget(*field);
        if capture.is_some_and(|record| field.is_in(&record.stated)) {
            next.withdrawn.insert(*field);
        } else if !said {
            unchanged.push((field.name(), "was never stated by you".to_owned()));
        }
    }
    next.values.check(ingest.profiles())?;
    let changed = known.map_or(!next.is_empty(), |known| *known != next);
    Ok(Edit { before, correction: changed.then_some(next), unchanged })
}

/// Fails for a publisher or series that nobody knows but that is close to a known one: that is
/// mostly a slip. A new name that is close to none is taken as written.
fn check_names(stated: &Stated, profiles: &Profiles, index: &Index) -> anyhow::Result<()> {
    let held = |field| index.values(field);
    if let Some(name) = &stated.publisher
        && profiles.find_publisher(name).is_none()
    {
        let known = profiles.publishers.iter().flat_map(|p| [p.id.as_str(), p.name.as_str()]);
        check_name("publisher", name, known, &held(Field::Publisher)?)?;
    }
    if let Some(name) = &stated.series
        && profiles.find_series(name).is_none()
    {
        let known = profiles.series.iter().flat_map(|s| [s.id.as_str(), s.name.as_str()]);
        check_name("series", name, known, &held(Field::Series)?)?;
    }
    Ok(())
}

fn check_name<'a>(
    kind: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    held: &'a [String],
) -> anyhow::Result<()> {
    if held.iter().any(|id| fold(id) == fold(name)) {
        return Ok(());
    }
    match nearest(name, known, 3).as_slice() {
        [] => Ok(()),
        near => bail!(
            "`{name}` is not a known {kind}; did you mean {}? A {kind} of that very name can be \
             written into corpus/corrections.toml",
            near.join(", ")
        ),
    }
}
