//! Records to cite: one report whose publisher and series are known, and one of which nothing is.

#![allow(dead_code)]

use citation::SourceFacts;
use model::{
    ContentHash, Country, DocumentRecord, Evidence, Metadata, Origin, Publisher, Series, Settled,
};

/// What a profile says of the terrorism reports.
pub const PROFILE: SourceFacts<'static> = SourceFacts {
    author: Some("Bureau of Counterterrorism"),
    place: Some("Washington, D.C."),
    licence: Some("public domain"),
    description: Some("Annual country reports."),
};

/// A record of which nothing is known but what `told` says.
pub fn record(told: impl FnOnce(&mut Metadata)) -> DocumentRecord {
    let hash = ContentHash([7; 32]);
    let mut metadata = Metadata::of_capture(hash);
    told(&mut metadata);
    DocumentRecord {
        id: hash.document_id(),
        metadata,
        passages: 1,
        words: 1,
        set_aside: 0,
        set_aside_by: Vec::new(),
        warnings: Vec::new(),
        chapters: Vec::new(),
        folded: Vec::new(),
        settled: Settled::default(),
    }
}

/// The terrorism report on Kazakhstan for 2021, with what else `told` says.
pub fn terrorism_report(told: impl FnOnce(&mut Metadata)) -> DocumentRecord {
    record(|metadata| {
        let says = |value: &str| Evidence::new(Origin::Text, value, "said");
        let publisher =
            Publisher { id: "us-state".into(), name: "U.S. Department of State".into() };
        metadata.publisher.witness(publisher, says("us-state"));
        let name = "Country Reports on Terrorism".to_owned();
        metadata.series.witness(Series { id: "us-state-crt".into(), name }, says("us-state-crt"));
        metadata.edition.witness("2021".into(), says("2021"));
        if let Some(country) = Country::find("KZ") {
            metadata.country.witness(country, says("KZ"));
        }
        told(metadata);
    })
}
