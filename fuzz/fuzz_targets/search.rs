//! Any text as a question to a library: the first line chooses what is listed and how, a letter for
//! each choice, the second what the search is restricted to, and the rest is the query.
#![no_main]

use std::collections::BTreeSet;
use std::num::NonZeroUsize;

use forb_fuzz::library::LIBRARY;
use libfuzzer_sys::fuzz_target;
use model::Field;
use query::{
    CaptureChoice, Feedback, Filters, Folding, Ranking, Scope, SearchRequest, SearchResult, Sort,
    Unit, bridge, parse, search, silence,
};

fuzz_target!(|bytes: &[u8]| {
    let text = forb_fuzz::text(bytes);
    let mut lines = text.splitn(3, '\n');
    let (choices, restrictions) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
    let request = request(choices, restrictions, lines.next().unwrap_or(""));

    let found = search(&LIBRARY, &request).expect("an answer");
    holds(&request, &found);
    assert_eq!(search(&LIBRARY, &request).expect("an answer"), found);

    let counted = SearchRequest { limit: 0, offset: 0, ..request.clone() };
    let counted = search(&LIBRARY, &counted).expect("an answer");
    assert_eq!((counted.total, counted.own), (found.total, found.own));

    let held = LIBRARY.held().expect("what is held");
    let silence = silence(&LIBRARY, &held, &BTreeSet::new(), &request.query, &request.filters);
    let silence = silence.expect("a silence");
    assert!(silence.searched.tally.documents <= held.len());
});

fn request(choices: &str, restrictions: &str, query: &str) -> SearchRequest {
    let chosen = |letter: char| choices.contains(letter);
    let parsed = parse(query).query;
    let mut request = SearchRequest::new(if chosen('e') { parsed.exact() } else { parsed });
    if chosen('b') {
        request.added = bridge(&request.query, &ingestion::codebook::built_in().vocabularies());
    }
    if chosen('q') {
        request.ranking = Ranking::plain();
    }
    request.ranking.feedback = chosen('f').then(Feedback::default);
    request.explained = chosen('x');
    request.scope = if chosen('a') { Scope::WithSetAside } else { Scope::Passages };
    let listing = &mut request.listing;
    listing.unit = if chosen('d') { Unit::Documents } else { Unit::Passages };
    listing.folding = if chosen('u') { Folding::None } else { Folding::NearlyTheSame };
    listing.per_source = NonZeroUsize::new(usize::from(chosen('p')));
    listing.sort = match choices.chars().find(|c| "noc".contains(*c)) {
        Some('n') => Sort::Newest,
        Some('o') => Sort::Oldest,
        Some('c') => Sort::Country,
        _ => Sort::Relevance,
    };
    if chosen('t') {
        request.facets = vec![Field::Country, Field::Series, Field::PeriodStart, Field::Issue];
    }
    if chosen('s') {
        (request.offset, request.limit) = (2, 3);
    }
    request.filters = filters(restrictions);
    if chosen('m') {
        request.filters.captures = CaptureChoice::All;
    }
    request
}

/// `country=KZ series=us-state-irf period=2021..`, or a word that is anything.
fn filters(written: &str) -> Filters {
    let mut filters = Filters::default();
    for part in written.split(' ') {
        let (name, value) = part.split_once('=').unwrap_or(("issue", part));
        let field = Field::ALL.into_iter().find(|field| field.name() == name);
        match field {
            _ if name == "period" => filters.period = value.parse().ok(),
            Some(field) if field.is_counted() => filters = filters.with(field, value),
            _ => {}
        }
    }
    filters
}

fn holds(request: &SearchRequest, found: &SearchResult) {
    assert!(found.hits.len() <= request.limit && found.own <= found.total);
    if found.added.is_empty() {
        assert_eq!(found.own, found.total);
    }
    let by_score = request.listing.sort == Sort::Relevance && found.voice.is_none();
    for (at, hit) in found.hits.iter().enumerate() {
        assert_eq!(hit.rank, request.offset + at + 1);
        let text = &hit.record.passage.passage.text;
        for marks in [&hit.highlights, &hit.added] {
            assert!(marks.iter().all(|mark| mark.of(text).is_some_and(|word| !word.is_empty())));
            assert!(marks.windows(2).all(|two| two[0].end <= two[1].start), "{marks:?}");
        }
        let better = at > 0 && found.hits[at - 1].score < hit.score;
        assert!(!(by_score && better), "{:?} before {:?}", found.hits[at - 1].score, hit.score);
        let Some(score) = hit.score else { continue };
        assert!(score.is_finite() && score >= 0.0, "{score}");
        if request.explained {
            let sum: f32 = hit.parts.iter().map(|part| part.score).sum();
            assert!((sum - score).abs() <= 0.001 * score.max(1.0), "{sum} is not {score}");
        }
    }
}
