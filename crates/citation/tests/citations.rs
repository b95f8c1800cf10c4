//! The invariant of a citation: its quotation stands verbatim at its locator, or making it is an
//! error.

use citation::{Alteration, Citation, CitationError, Quotation};
use model::{
    AnnotatedPassage, CharacterRange, ContentHash, IndexRecord, Locator, Metadata, Passage,
    PassageId, PassagePosition, RecordKind, Role, TextRange,
};
use proptest::prelude::*;

const TEXT: &str = "Overview\nThe state’s “laws” were applied broadly. The laws stayed.\n\
                    Three groups were named:\none group;\nanother, in Алматы.";

/// The record of the paragraphs `from..=to` of a document of one paragraph a line, from 1.
fn record(text: &str, from: usize, to: usize) -> IndexRecord {
    let lines: Vec<&str> = text.split('\n').collect();
    let before: usize = lines[..from - 1].iter().map(|line| line.len() + 1).sum();
    let held = lines[from - 1..to].join("\n");
    let range = TextRange::new(before, before + held.len());
    let hash = ContentHash([3; 32]);
    let id = hash.document_id();
    let position = PassagePosition::Paragraph { paragraph: from as u32, piece: 0 };
    let locator = Locator {
        section: vec!["Overview".into()],
        paragraph: Some(from as u32),
        last_paragraph: (to > from).then_some(to as u32),
        paragraph_label: Some("12".into()),
        page: None,
        characters: range.in_characters(text).expect("a place of the text"),
    };
    let passage = Passage {
        id: PassageId::new(id.clone(), position),
        role: Role::Body,
        range,
        sentences: vec![TextRange::new(0, held.len())],
        text: held,
        locator,
    };
    IndexRecord {
        kind: RecordKind::Passage,
        document: Metadata::of_capture(hash).summary(&id).into(),
        passage: AnnotatedPassage { passage, annotations: Vec::new() },
    }
}

#[test]
fn a_quoted_string_comes_back_in_the_source_s_glyphs_at_its_place() {
    let cited = Citation::of_words(&record(TEXT, 2, 2), "The state's \"laws\"").expect("it stands");
    assert_eq!(cited.quotation().exact(), "The state’s “laws”");
    assert_eq!(cited.quotation().prefix(), "");
    assert_eq!(cited.quotation().suffix(), " were applied broadly. The laws ");
    assert_eq!(cited.quotation().range(), CharacterRange { start: 9, end: 27 });
    assert_eq!(cited.verify(TEXT), Ok(()));
    assert_eq!(
        cited.line(),
        "publisher unknown, title unknown, period unknown, section “Overview”, para. 12"
    );
}

#[test]
fn ellipses_and_brackets_are_recorded_and_the_whole_stretch_is_cited() {
    let record = record(TEXT, 2, 2);
    let (cited, found) =
        Citation::of_wording(&record, "[t]he state's ... applied broadly.").expect("it stands");
    assert_eq!(cited.quotation().exact(), "he state’s “laws” were applied broadly.");
    assert_eq!(
        found.alterations,
        [
            Alteration::Bracketed { written: "t".into(), source: "T".into() },
            Alteration::Omitted { source: "“laws” were".into() },
        ]
    );
    let written = found.written(&record.passage.passage.text);
    assert_eq!(written, "[t]he state’s … applied broadly.");
    let error = Citation::of_wording(&record, "laws … broadly … gone").expect_err("not there");
    assert!(matches!(error, CitationError::NotFound { .. }));
    let error = Citation::of_wording(&record, "laws").expect_err("twice");
    assert!(matches!(error, CitationError::Ambiguous { places: 2, .. }), "{error:?}");
}

#[test]
fn a_quotation_is_placed_in_the_paragraphs_it_touches() {
    let record = record(TEXT, 3, 5);
    let place = |quote: &str| {
        let cited = Citation::of_words(&record, quote).expect("it stands");
        let locator = cited.locator().clone();
        (locator.paragraph, locator.last_paragraph, locator.paragraph_label)
    };
    assert_eq!(place("groups were"), (Some(3), None, Some("12".into())));
    assert_eq!(place("in Алматы"), (Some(5), None, None));
    assert_eq!(place("one group; another"), (Some(4), Some(5), None));
    let whole = Citation::of_passage(&record).expect("it stands");
    assert_eq!((whole.locator().paragraph, whole.locator().last_paragraph), (Some(3), Some(5)));
    assert_eq!(whole.locator(), &record.passage.passage.locator);
}

#[test]
fn a_footnote_between_paragraphs_leaves_the_passage_s_own_numbers() {
    let mut record = record(TEXT, 3, 5);
    record.passage.passage.locator.last_paragraph = Some(4);
    let cited = Citation::of_words(&record, "in Алматы").expect("it stands");
    assert_eq!((cited.locator().paragraph, cited.locator().last_paragraph), (Some(3), Some(4)));
}

#[test]
fn words_that_stand_nowhere_or_twice_are_errors_that_say_what_to_do() {
    let record = record(TEXT, 2, 2);
    let says = |quote: &str| Citation::of_words(&record, quote).expect_err(quote).to_string();
    let id = record.passage.passage.id.to_string();
    assert_eq!(
        says("laws were not applied"),
        format!(
            "“laws were not applied” does not stand in passage {id}: quote its words as `forb show \
             {id}` prints them"
        )
    );
    assert_eq!(
        says("laws"),
        format!(
            "“laws” stands at 2 places in passage {id}: quote more words, so that only one is meant"
        )
    );
    assert_eq!(
        says(" "),
        format!("nothing is quoted from passage {id}: ask for at least one character")
    );
}

#[test]
fn ranges_that_are_no_text_are_errors() {
    let record = record(TEXT, 5, 5);
    let made = |start, end| Citation::new(&record, TextRange { start, end });
    let at = record.passage.passage.text.find('А').expect("it stands");
    assert!(matches!(made(0, 0), Err(CitationError::Empty(_))));
    assert!(matches!(made(3, 3), Err(CitationError::Empty(_))));
    for (start, end) in [(0, 500), (4, 2), (at, at + 1), (usize::MAX, usize::MAX)] {
        assert!(matches!(made(start, end), Err(CitationError::Outside { .. })), "{start} {end}");
    }
}

#[test]
fn a_record_that_contradicts_itself_is_not_cited() {
    let mut moved = record(TEXT, 2, 2);
    moved.passage.passage.locator.characters.end += 1;
    assert!(matches!(Citation::of_passage(&moved), Err(CitationError::Unsound(_))));
    let mut changed = record(TEXT, 2, 2);
    changed.passage.passage.text.push('!');
    assert!(matches!(Citation::of_passage(&changed), Err(CitationError::Unsound(_))));
    let mut strange = record(TEXT, 2, 2);
    std::sync::Arc::make_mut(&mut strange.document).id = ContentHash([4; 32]).document_id();
    assert!(matches!(Citation::of_passage(&strange), Err(CitationError::OtherDocument { .. })));
}

#[test]
fn a_document_that_changed_is_noticed() {
    let cited = Citation::of_words(&record(TEXT, 2, 2), "applied broadly").expect("it stands");
    let changed = TEXT.replace("broadly", "narrowly");
    let error = cited.verify(&changed).expect_err("it changed");
    assert!(error.to_string().contains("does not read “applied broadly” at characters 33 to 48"));
    assert!(cited.verify("").is_err());
    assert!(cited.verify(&format!(" {TEXT}")).is_err());
}

proptest! {
    #[test]
    fn a_citation_stands_verbatim_at_its_locator_or_is_an_error(
        lines in proptest::collection::vec("[a-z é’“”\"'好𐍈\u{301}]{1,30}", 1..8),
        from in 0usize..8, more in 0usize..8, start in 0usize..130, length in 0usize..130,
    ) {
        let text = lines.join("\n");
        let from = from.min(lines.len() - 1) + 1;
        let record = record(&text, from, (from + more).min(lines.len()));
        let range = TextRange::new(start, start + length);
        match Citation::new(&record, range) {
            Err(_) => {
                let there = range.of(&record.passage.passage.text);
                prop_assert!(there.is_none_or(str::is_empty));
            }
            Ok(cited) => {
                prop_assert_eq!(cited.verify(&text), Ok(()));
                let bytes = cited.locator().characters.in_bytes(&text).expect("inside");
                prop_assert_eq!(bytes.of(&text), Some(cited.quotation().exact()));
                prop_assert_eq!(range.of(&record.passage.passage.text), bytes.of(&text));
                let number = text[..bytes.start].matches('\n').count() + 1;
                prop_assert_eq!(cited.locator().paragraph, Some(number as u32));
                prop_assert!(cited.quotation().prefix().chars().count() <= 32);
                prop_assert!(cited.quotation().suffix().chars().count() <= 32);
            }
        }
    }

    #[test]
    fn words_of_a_passage_are_found_in_it_whatever_their_quotation_marks(
        text in "[a-c é’“”\"'好]{1,40}", start in 0usize..60, length in 1usize..60,
    ) {
        let record = record(&text, 1, 1);
        let passage = &record.passage.passage;
        let range = TextRange::new(start, start + length);
        let Some(words) = range.of(&text).filter(|words| !words.trim().is_empty()) else {
            return Ok(());
        };
        let typed = words.replace(['“', '”'], "\"").replace('’', "'");
        match Quotation::find(passage, &typed) {
            Ok(found) => {
                prop_assert!(found.stands_in(&text));
                let plain = |text: &str| text.replace(['“', '”'], "\"").replace('’', "'");
                let (shown, asked) = (plain(found.exact()), plain(words));
                prop_assert!(shown.split_whitespace().eq(asked.split_whitespace()));
            }
            Err(CitationError::Ambiguous { places, .. }) => prop_assert!(places > 1),
            Err(error) => prop_assert!(false, "{}", error),
        }
    }

    #[test]
    fn any_text_can_be_asked_for(text in "\\PC{0,40}", quote in "\\PC{0,8}") {
        if let Ok(found) = Quotation::find(&record(&text, 1, 1).passage.passage, &quote) {
            prop_assert!(found.stands_in(&text));
        }
    }
}
