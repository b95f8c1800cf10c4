//! What a document's record says of the work it holds: all that is known, and nothing else.

mod common;

use citation::{Paragraph, Pinpoint, SourceFacts, Title, Work, WorkKind};
use common::{PROFILE, record, terrorism_report};
use model::{Author, AuthorKind, ContentHash, DigestOf, Evidence, Extent, Locator, Origin, Page};

#[test]
fn an_empty_record_is_a_work_of_which_nothing_is_known() {
    let work = Work::of(&record(|_| {}), SourceFacts::default());
    assert_eq!(work.title, None);
    assert_eq!((work.publisher.clone(), work.published, work.captured), (None, None, None));
    assert!(work.responsible().is_empty());
    assert_eq!(work.kind(), WorkKind::Report);
    assert_eq!((work.caution(), work.address()), (None, None));
}

#[test]
fn the_day_a_capture_was_added_is_not_the_day_it_was_captured() {
    let added = record(|metadata| metadata.added = "2026-01-02".parse().ok());
    let work = Work::of(&added, PROFILE);
    assert_eq!(work.captured, None);
    assert_eq!(work.added, "2026-01-02".parse().ok());
}

#[test]
fn the_profile_names_the_part_of_the_publisher_unless_the_document_does() {
    let work = Work::of(&terrorism_report(|_| {}), PROFILE);
    let names: Vec<String> = work.responsible().into_iter().map(|author| author.name).collect();
    assert_eq!(names, ["Bureau of Counterterrorism"]);
    assert!(!work.is_published_by_its_author());
    assert_eq!(work.place.as_deref(), Some("Washington, D.C."));

    let author = Author { name: "Jane Example".into(), kind: AuthorKind::Person };
    let signed = terrorism_report(|metadata| {
        let evidence = Evidence::new(Origin::Text, "Jane Example", "named as the author");
        metadata.authors.witness(vec![author.clone()], evidence);
    });
    assert_eq!(Work::of(&signed, PROFILE).responsible(), [author]);

    let unsigned = Work::of(&terrorism_report(|_| {}), SourceFacts::default());
    assert_eq!(unsigned.responsible()[0].name, "U.S. Department of State");
    assert!(unsigned.is_published_by_its_author());
}

#[test]
fn a_title_without_its_series_is_a_chapter_of_it() {
    let titled = |title: &str| {
        let record = terrorism_report(|metadata| {
            metadata.title.witness(title.into(), Evidence::new(Origin::Text, title, "the title"));
        });
        Work::of(&record, PROFILE)
    };
    let chapter = titled("Kazakhstan");
    assert_eq!(chapter.kind(), WorkKind::Chapter);
    assert_eq!(chapter.container.as_deref(), Some("Country Reports on Terrorism 2021"));
    assert_eq!(chapter.title, Some(Title::Stated("Kazakhstan".into())));

    let whole = titled("Country Reports on Terrorism 2021: Kazakhstan");
    assert_eq!((whole.kind(), whole.container.clone()), (WorkKind::Report, None));
    let without_country = titled("Country Reports on Terrorism 2021");
    let described = "Country Reports on Terrorism 2021: Kazakhstan".to_owned();
    assert_eq!(without_country.title, Some(Title::Described(described.clone())));
    let untitled = Work::of(&terrorism_report(|_| {}), PROFILE);
    assert_eq!(untitled.title, Some(Title::Described(described)));
}

#[test]
fn a_digest_and_a_part_say_what_they_are() {
    let digest = terrorism_report(|metadata| {
        metadata.digest_of = Some(DigestOf {
            publisher: "U.S. Department of State".into(),
            title: "Country Reports on Terrorism 2021: Kazakhstan".into(),
            period: "2021".parse().ok(),
            sha256: ContentHash([9; 32]),
        });
    });
    let caution = Work::of(&digest, PROFILE).caution().expect("a digest says so");
    assert!(caution.starts_with("digest in forb's own words of: "), "{caution}");
    let part = terrorism_report(|metadata| {
        let evidence = Evidence::new(Origin::Text, "summary", "its heading");
        metadata.extent.witness(Extent::Summary, evidence);
    });
    assert_eq!(Work::of(&part, PROFILE).caution().as_deref(), Some("summary only held"));
}

#[test]
fn an_archive_s_address_is_kept_beside_the_publisher_s() {
    let archived = "https://web.archive.org/web/20220601000000/https://www.state.gov/r/";
    let record = terrorism_report(|metadata| {
        metadata.url.witness(archived.into(), Evidence::new(Origin::User, archived, "set"));
    });
    let work = Work::of(&record, PROFILE);
    assert_eq!(work.address(), Some("https://www.state.gov/r/"));
    let copy = work.archived.expect("a copy");
    assert_eq!((copy.url.as_str(), copy.taken), (archived, "2022-06-01".parse().ok()));
}

#[test]
fn a_printed_number_is_told_from_a_counted_one() {
    let counted = Locator { paragraph: Some(4), last_paragraph: Some(6), ..Locator::default() };
    let pinpoint = Pinpoint::of(&counted);
    assert_eq!(pinpoint.paragraph, Some(Paragraph::Counted { first: 4, last: 6 }));
    assert_eq!(pinpoint.printed_paragraph(), None);
    let paragraph = pinpoint.paragraph.expect("counted");
    assert_eq!((paragraph.number().as_str(), paragraph.is_several()), ("4–6", true));

    let page = Some(Page { physical: 14, label: Some("12".into()) });
    let printed = Locator { paragraph_label: Some("124".into()), page, ..counted };
    let pinpoint = Pinpoint::of(&printed);
    assert_eq!((pinpoint.printed_paragraph(), pinpoint.printed_page()), (Some("124"), Some("12")));
    assert!(Pinpoint::of(&Locator::default()).is_empty());
}
