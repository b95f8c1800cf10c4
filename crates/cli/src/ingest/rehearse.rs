//! A dry run: files read without changing anything, and a report on what would become of each.

use ingestion::SourceFile;
use ingestion::corpus::Records;
use ingestion::corrections::Corrections;
use ingestion::profiles::Profiles;
use ingestion::unpack::{Mapping, Opened, Parts};
use render::{AddOutcome, AddReport};

use super::Reading;
use super::known::Known;
use crate::contents::{Contents, contents, prepare};
use crate::incoming::{Incoming, load};
use crate::paths::{Found, LibraryPaths};

/// Reads files without changing anything, and reports on each what would become of it.
pub fn rehearse(
    library: &LibraryPaths,
    found: &[Found],
    reading: &Reading<'_>,
    profiles: &Profiles,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let corpus = library.corpus();
    let records = if corpus.exists() { corpus.records()? } else { Records::default() };
    let corrections = corpus.corrections(profiles)?;
    for Incoming { name, source } in load(found, reading.stated, profiles) {
        let source = match source {
            Ok(source) => source,
            Err(outcome) => {
                report(AddReport { file: name, outcome })?;
                continue;
            }
        };
        let known = Known { corpus: &corpus, records: &records, unread: None };
        let (id, is_new) = (source.sha256().document_id(), known.is_new(&source));
        let outcome =
            match contents(&known.completed(&source), profiles, &corrections, reading.mapping) {
                Err(reason) => AddOutcome::Skipped { reason },
                Ok(Contents::Set(_)) if !is_new => AddOutcome::HeldSet,
                Ok(Contents::Document(ready)) if !is_new => {
                    known.held(Box::new(ready.document), &id)
                }
                Ok(Contents::Document(ready)) => {
                    let document = Box::new(ready.document);
                    let digests = records.digests_of(document.metadata.sha256);
                    let retired = digests.map(|record| record.id.clone()).collect();
                    AddOutcome::WouldAdd { document, retired }
                }
                Ok(Contents::Set(mapping)) => {
                    reading.output.note(&format!("{name}: a data set, read with --map {mapping}"));
                    rehearse_set(&source, &mapping, profiles, &corrections, report)?;
                    continue;
                }
            };
        report(AddReport { file: name, outcome })?;
    }
    Ok(())
}

fn rehearse_set(
    source: &SourceFile,
    mapping: &Mapping,
    profiles: &Profiles,
    corrections: &Corrections,
    report: &mut dyn FnMut(AddReport) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let opened = Opened::new(source)?;
    let Parts::Records(records) = opened.parts(Some(mapping))? else { return Ok(()) };
    for record in records {
        let (place, outcome) = match record {
            Err((place, reason)) => (place, AddOutcome::Skipped { reason }),
            Ok(part) => {
                let outcome = match prepare(&part, profiles, corrections) {
                    Err(reason) => AddOutcome::Skipped { reason },
                    Ok(ready) => {
                        let document = Box::new(ready.document);
                        AddOutcome::WouldAdd { document, retired: Vec::new() }
                    }
                };
                (part.part_of.map(|part| part.place).unwrap_or_default(), outcome)
            }
        };
        report(AddReport { file: format!("{}: {place}", source.name()), outcome })?;
    }
    Ok(())
}
