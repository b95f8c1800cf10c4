//! A tiny library made by hand: two reports on Kazakhstan and a digest, with the troubles that real
//! ones bring.
#![allow(dead_code)] // each test file uses its part

use model::{
    AnnotatedPassage, ContentHash, Country, DigestOf, DocumentRecord, Evidence, IndexRecord,
    Locator, Metadata, Origin, Passage, PassageId, PassagePosition, Publisher, RecordKind, Role,
    RuleCount, Series, Settled, TextRange,
};
use query::{Hit, SearchResult};
use render::SearchView;

/// The State Department's report of 2021, each field with its evidence.
pub fn state_metadata() -> Metadata {
    let mut metadata = Metadata::of_capture(ContentHash([1; 32]));
    let publisher = Publisher { id: "us-state".into(), name: "U.S. Department of State".into() };
    metadata.publisher.witness(
        publisher,
        Evidence::new(Origin::Text, "us-state", "the banner of the government's pages")
            .quoting("An official website of the United States Government"),
    );
    let series = Series { id: "us-state-crt".into(), name: "Country Reports on Terrorism".into() };
    metadata
        .series
        .witness(series, Evidence::new(Origin::Profile, "us-state-crt", "its run-in headings"));
    let country = Country::find("KZ").expect("it is in the table");
    metadata.country.witness(country, Evidence::new(Origin::Text, "KZ", "named 14 times"));
    metadata.period.witness(
        "2021".parse().expect("a year"),
        Evidence::new(Origin::Text, "2021", "a run-in heading")
            .quoting("2021 Terrorist Incidents:"),
    );
    metadata.period.witness(
        "2022".parse().expect("a year"),
        Evidence::new(Origin::FileName, "2022", "the file's name"),
    );
    metadata.url.witness(
        "https://example.org/kz".into(),
        Evidence::new(Origin::User, "https://example.org/kz", "set with --url"),
    );
    metadata.added = "2026-01-05".parse().ok();
    metadata.file_name = "state.txt".into();
    metadata.encoding = "UTF-8".into();
    metadata
}

/// Open Doors' profile, of unknown period.
pub fn profile_metadata() -> Metadata {
    let mut metadata = Metadata::of_capture(ContentHash([0xf0; 32]));
    let publisher = Publisher { id: "open-doors".into(), name: "Open Doors".into() };
    let witness = |value: &str, note: &str| Evidence::new(Origin::Text, value, note);
    metadata.publisher.witness(publisher, witness("open-doors", "names itself"));
    let series = Series { id: "open-doors-wwl".into(), name: "World Watch List".into() };
    metadata.series.witness(series, witness("open-doors-wwl", "rank and country"));
    let country = Country::find("KZ").expect("it is in the table");
    metadata.country.witness(country, witness("KZ", "rank and country").quoting("47 Kazakhstan"));
    metadata.captured.note(Evidence {
        origin: Origin::Text,
        value: None,
        quote: Some("As we close out 2023".into()),
        note: "bounds the day of capture".into(),
    });
    metadata.file_name = "profile.html".into();
    metadata
}

/// A digest of that profile.
pub fn digest_metadata() -> Metadata {
    let mut metadata = profile_metadata();
    metadata.sha256 = ContentHash([0xaa; 32]);
    metadata.digest_of = Some(DigestOf {
        publisher: "Open Doors".into(),
        title: "World Watch List: Kazakhstan".into(),
        period: None,
        sha256: ContentHash([0xf0; 32]),
    });
    metadata
}

/// A record of one paragraph that begins at `start` of a document with ASCII before it.
pub fn record(metadata: &Metadata, paragraph: u32, start: usize, text: &str) -> IndexRecord {
    let id = metadata.sha256.document_id();
    let characters = TextRange::new(0, text.len()).in_characters(text).expect("the whole text");
    let locator = Locator {
        section: vec!["Overview".into()],
        paragraph: Some(paragraph),
        characters: model::CharacterRange { start, end: start + characters.end },
        ..Locator::default()
    };
    let passage = Passage {
        id: PassageId::new(id.clone(), PassagePosition::Paragraph { paragraph, piece: 0 }),
        role: Role::Body,
        range: TextRange::new(start, start + text.len()),
        sentences: vec![TextRange::new(0, text.len())],
        text: text.to_owned(),
        locator,
    };
    IndexRecord {
        kind: RecordKind::Passage,
        document: metadata.summary(&id).into(),
        passage: AnnotatedPassage { passage, annotations: Vec::new() },
    }
}

/// A hit whose highlights are every place of the given words.
pub fn hit(rank: usize, record: IndexRecord, words: &[&str]) -> Hit {
    let text = &record.passage.passage.text;
    let mut highlights: Vec<TextRange> = words
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, word)| TextRange::new(at, at + word.len()))
        .collect();
    highlights.sort_unstable();
    Hit {
        rank,
        score: Some(7.5),
        parts: Vec::new(),
        lifted: false,
        record,
        highlights,
        added: Vec::new(),
        folded: Vec::new(),
        in_document: None,
    }
}

/// A result of these hits.
pub fn result(total: usize, hits: Vec<Hit>) -> SearchResult {
    SearchResult {
        total,
        own: total,
        documents: None,
        hits,
        facets: Vec::new(),
        unsorted: 0,
        left_out: 0,
        unknown_period: 0,
        added: Vec::new(),
        voice: None,
        bounded: Vec::new(),
    }
}

/// The record of a document.
pub fn document(metadata: Metadata, passages: u32, words: u64, set_aside: u32) -> DocumentRecord {
    let id = metadata.sha256.document_id();
    let rule = || RuleCount { rule: "banner of a site".into(), blocks: set_aside };
    let set_aside_by = (set_aside > 0).then(rule).into_iter().collect();
    DocumentRecord {
        id,
        metadata,
        passages,
        words,
        set_aside,
        set_aside_by,
        warnings: Vec::new(),
        chapters: Vec::new(),
        folded: Vec::new(),
        settled: Settled::default(),
    }
}

/// A view of a result with nothing chosen.
pub fn view<'a>(query: &'a str, result: &'a SearchResult) -> SearchView<'a> {
    SearchView::new(query, result)
}
