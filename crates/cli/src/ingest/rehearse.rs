//! A dry run: files read without changing anything, and a report on what would become of each.

use ingestion::SourceFile;
use ingestion::corpus::Records;
use ingestion::unpack::{self, Mapping, Parts};
use render::{AddOutcome, AddReport};

use super::Reading;
use super::known::Known;
use crate::contents::{Contents, Prepared, Rules, contents, prepare};
use crate::incoming::{Incoming, load};
use crate::output::Output;
use crate::paths::{Found, LibraryPaths};

/// Reads files without changing anything, and reports on each what would become of it.
pub fn rehearse(
    library: &LibraryPaths,
    found: &[Found],
    reading: &Reading<'_>,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let corpus = library.corpus();
    let records = if corpus.exists() { corpus.records()? } else { Records::default() };
    let rules = Rules::of(&corpus)?;
    for Incoming { name, source } in load(found, reading, &rules.profiles) {
        let source = match source {
            Ok(source) => source,
            Err(outcome) => {
                report(AddReport { file: name, outcome })?;
                continue;
            }
        };
        let known = Known { corpus: &corpus, records: &records, unread: None };
        let (id, is_new) = (source.sha256().document_id(), known.is_new(&source));
        let mut chapters = Vec::new();
        let outcome = match contents(&known.completed(&source), &rules, reading.mapping) {
            Err(reason) => AddOutcome::Skipped { reason },
            Ok(Contents::Set(_)) if !is_new => AddOutcome::HeldSet,
            Ok(Contents::Document(ready)) if !is_new => known.held(Box::new(ready.document), &id),
            Ok(Contents::Document(ready)) => {
                chapters = would_add_chapters(&ready);
                let document = Box::new(ready.document);
                let digests = records.digests_of(document.metadata.sha256);
                let retired = digests.map(|record| record.id.clone()).collect();
                AddOutcome::WouldAdd { document, retired }
            }
            Ok(Contents::Set(mapping)) => {
                if let Some(mapping) = &mapping {
                    reading.output.note(&format!("{name}: read with --map {mapping}"));
                }
                rehearse_set(&source, mapping.as_ref(), &rules, reading.output, report)?;
                continue;
            }
        };
        report(AddReport { file: name, outcome })?;
        chapters.into_iter().try_for_each(&mut *report)?;
    }
    Ok(())
}

fn rehearse_set(
    source: &SourceFile,
    mapping: Option<&Mapping>,
    rules: &Rules,
    output: &Output,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let Parts::Many(mut many) = unpack::open(source, mapping)? else { return Ok(()) };
    while let Some(part) = many.next() {
        many.take_notes().iter().for_each(|note| output.note(note));
        let mut chapters = Vec::new();
        let (place, outcome) = match part {
            Err((place, reason)) => (place, AddOutcome::Skipped { reason }),
            Ok(part) => {
                let outcome = match prepare(&part, rules) {
                    Err(reason) => AddOutcome::Skipped { reason },
                    Ok(ready) => {
                        chapters = would_add_chapters(&ready);
                        let document = Box::new(ready.document);
                        AddOutcome::WouldAdd { document, retired: Vec::new() }
                    }
                };
                (part.part_of.map(|part| part.place).unwrap_or_default(), outcome)
            }
        };
        report(AddReport { file: format!("{}: {place}", source.name()), outcome })?;
        chapters.into_iter().try_for_each(&mut *report)?;
    }
    Ok(())
}

/// What would become of the chapters of a file.
fn would_add_chapters(ready: &Prepared) -> Vec<AddReport> {
    let chapters = ready.chapters.iter().map(|chapter| {
        let document = Box::new(chapter.document.clone());
        let file = document.metadata.file_name.clone();
        AddReport { file, outcome: AddOutcome::WouldAdd { document, retired: Vec::new() } }
    });
    chapters.collect()
}
